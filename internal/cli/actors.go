package cli

import (
	"context"
	"fmt"

	"annals/internal/ledger"
)

type actorsCommand struct {
	ledgerFlag
	Names []string `arg:"" optional:"" name:"name" help:"Countries (RUS), beginnings of codes (RUSGOV) or parts of names; by default all."`
	AsOf  string   `help:"Answer as the ledger knew on this day, or at this moment." placeholder:"DATE"`
	Limit int      `default:"100" help:"At most this many rows."`
	JSON  bool     `name:"json" help:"Print one JSON object a line."`
}

// Run lists the actors of the ledger: who they are, in how many claims, on which side, and on which days.
func (c *actorsCommand) Run(ctx context.Context, s *streams) error {
	at, err := ledger.ParseMoment(c.AsOf)
	if err != nil {
		return usagef("reading --as-of: %v", err)
	}
	if c.Limit < 1 {
		return usagef("--limit must be at least 1, not %d", c.Limit)
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	rows, err := l.Actors(ctx, c.Names, at, c.Limit)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSONLines(s, rows)
	}
	colour := newPalette(s.out, s.env)
	for _, r := range rows {
		days := r.First
		if r.Last != r.First {
			days += " … " + r.Last
		}
		fmt.Fprintf(s.out, "%s  %s\n    %s · acts in %d, is acted on in %d, is a source of %d · %s\n", colour.bold(r.Name), colour.dim(actorWords(&r)),
			count(r.Claims, "claim", "claims"), r.Acts, r.Receives, r.Speaks, days)
	}
	return nil
}

// actorWords are what an actor is known by: its kind, its code and its id.
func actorWords(r *ledger.ActorRow) string {
	out := r.Kind
	if r.Code != "" {
		out += " · " + r.Code
	}
	return out + " · " + r.ID
}
