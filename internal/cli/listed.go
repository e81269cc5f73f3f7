package cli

import (
	"context"
	"fmt"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
)

type listedCommand struct {
	ledgerFlag
	Names []string `arg:"" name:"name" help:"Names of persons, firms, bodies or vessels, whole; case and accents do not count."`
	On    string   `help:"Show the listings that touch this day, month or year; all by default." placeholder:"DAYS"`
	AsOf  string   `help:"Answer as the ledger knew on this day, or at this moment." placeholder:"DATE"`
	JSON  bool     `name:"json" help:"Print one JSON object a line."`
}

// Run looks names up in the imported lists. Only equal names are found: a score of likeness would prove nothing.
func (c *listedCommand) Run(ctx context.Context, s *streams) error {
	at, err := ledger.ParseMoment(c.AsOf)
	if err != nil {
		return usagef("reading --as-of: %v", err)
	}
	var days civil.Interval
	if c.On != "" {
		if days, err = ledger.ParseDays(c.On); err != nil {
			return usagef("reading --on: %v", err)
		}
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	found, err := l.ListedAs(ctx, c.Names, days, at)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSONLines(s, found)
	}
	if len(found) == 0 {
		fmt.Fprintf(s.err, "annals: no imported list holds %s\n", strings.Join(c.Names, ", "))
		return nil
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), width: width(s)}
	for i := range found {
		render.field(listedWords(&found[i]))
	}
	render.note("The names are equal; whether they are the same, a name cannot tell.")
	return nil
}
