package cli

import (
	"encoding/json"
	"fmt"
	"strconv"

	"annals/internal/onto"
)

type readCommand struct {
	inputs
	JSON    bool `name:"json" help:"Print the record as JSON instead; several articles give several objects."`
	JSONL   bool `name:"jsonl" help:"Print one record a line."`
	All     bool `help:"Also show the claims that only say that somebody spoke."`
	Explain bool `help:"Show the ids of the rules and models behind each claim."`
}

func (c *readCommand) Run(s *streams) error {
	reader, err := openReader(c.Dict)
	if err != nil {
		return err
	}
	show, err := c.printer(s)
	if err != nil {
		return err
	}
	return c.readAll(s, reader, true, show)
}

// printer chooses how a record is shown.
func (c *readCommand) printer(s *streams) (func(reading) error, error) {
	if c.JSON || c.JSONL {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		if !c.JSONL {
			out.SetIndent("", "  ")
		}
		return func(r reading) error { return out.Encode(r.record) }, nil
	}
	ontology, err := onto.Load()
	if err != nil {
		return nil, err
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), ontology: ontology, explain: c.Explain, all: c.All, width: width(s)}
	many := false
	return func(r reading) error {
		if many {
			fmt.Fprintln(s.out, "────────")
		}
		many = true
		return render.record(r.record)
	}, nil
}

// width is that of the terminal as COLUMNS tells, kept readable.
func width(s *streams) int {
	if n, err := strconv.Atoi(s.env("COLUMNS")); err == nil {
		return min(max(n, 60), 160)
	}
	return defaultWidth
}
