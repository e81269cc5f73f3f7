package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
)

// queryFlags are the flags of every command that asks the ledger.
type queryFlags struct {
	ledgerFlag
	Query         []string `arg:"" optional:"" help:"Filters such as actor:RUS type:AID polarity:negative said:2012-11 source:lavrov text:\"fighter planes\"; docs/query.md lists them."`
	AsOf          string   `help:"Answer as the ledger knew on this day, or at this moment." placeholder:"DATE"`
	MinConfidence float64  `help:"Leave out what was read with less confidence than this (0 to 1)."`
	Limit         int      `default:"100" help:"At most this many rows."`
	JSON          bool     `name:"json" help:"Print one JSON object a line."`
}

func (c *queryFlags) query() (ledger.Query, error) {
	q, err := ledger.ParseQuery(joinQuery(c.Query))
	if err != nil {
		return q, err
	}
	q.Limit = c.Limit
	q.MinConfidence = max(q.MinConfidence, c.MinConfidence)
	if q.AsOf, err = ledger.ParseMoment(c.AsOf); err != nil {
		return q, usagef("reading --as-of: %v", err)
	}
	return q, nil
}

// joinQuery puts the arguments together again: the shell has taken the quotation marks off a phrase.
func joinQuery(args []string) string {
	var out []string
	for _, a := range args {
		name, value, ok := strings.Cut(a, ":")
		switch {
		case !strings.Contains(a, " ") || strings.Contains(a, `"`):
		case strings.Contains(value, ":"): // several fields in one argument: a query already
		case ok && !strings.Contains(name, " "):
			a = name + `:"` + value + `"`
		}
		out = append(out, a)
	}
	return strings.Join(out, " ")
}

// ask opens the ledger, puts the query and shows the rows: as JSON lines, or each by show.
func ask[T any](ctx context.Context, c *queryFlags, s *streams, rows func(*sqlite.Ledger, ledger.Query) ([]T, error), show func(palette, T)) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	found, err := rows(l, q)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSONLines(s, found)
	}
	colour := newPalette(s.out, s.env)
	for _, r := range found {
		show(colour, r)
	}
	return nil
}

type claimsCommand struct{ queryFlags }

// Run lists the claims that fit.
func (c *claimsCommand) Run(ctx context.Context, s *streams) error {
	rows := func(l *sqlite.Ledger, q ledger.Query) ([]ledger.ClaimRow, error) { return l.Claims(ctx, q) }
	return ask(ctx, &c.queryFlags, s, rows, func(colour palette, r ledger.ClaimRow) {
		fmt.Fprintf(s.out, "%s  %s  %s %s  %s\n", r.Reported, colour.bold(who(r.Actors, r.Recipients)), r.Type, r.Mode, stanceWords(r.Polarity, r.Modality, r.Value))
		fmt.Fprintf(s.out, "    %s · %s · %s\n", colour.cyan(strings.Join(r.Chain, " ‹ ")), r.Act, colour.dim(r.ID+" in "+r.Article))
		for _, line := range wrap(r.Sentence, width(s)-4) {
			fmt.Fprintf(s.out, "    %s\n", line)
		}
	})
}

func who(actors, recipients []string) string {
	side := strings.Join(actors, ", ")
	if side == "" {
		side = "someone"
	}
	if len(recipients) > 0 {
		side += " → " + strings.Join(recipients, ", ")
	}
	return oneLine(side)
}

func stanceWords(polarity, modality, value string) string {
	if polarity == "negative" {
		return "not, " + modality + " (" + value + ")"
	}
	return modality + " (" + value + ")"
}

func writeJSONLines[T any](s *streams, rows []T) error {
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for _, r := range rows {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}
