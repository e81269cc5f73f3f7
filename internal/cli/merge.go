package cli

import (
	"context"
	"fmt"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
)

// decisionFlags are those of the commands by which a person decides what is one happening.
type decisionFlags struct {
	ledgerFlag
	IDs  []string `arg:"" optional:"" name:"id" help:"Two ids: of happenings (h…), claims (c…) or propositions (p…)."`
	Why  string   `help:"The reason, kept with the decision." placeholder:"TEXT"`
	Undo int64    `help:"Take a decision back, by its number." placeholder:"N"`
}

// decide undoes a decision, or makes one about two ids.
func (c *decisionFlags) decide(ctx context.Context, s *streams, make func(l *sqlite.Ledger, a, b string) (ledger.Decision, error)) error {
	if (c.Undo != 0) == (len(c.IDs) != 0) || c.Undo == 0 && len(c.IDs) != 2 {
		return usagef("give two ids, or --undo and the number of a decision")
	}
	l, err := c.open(ctx, s, false)
	if err != nil {
		return err
	}
	defer l.Close()
	var d ledger.Decision
	if c.Undo != 0 {
		d, err = l.Undo(ctx, c.Undo, c.Why)
	} else {
		d, err = make(l, c.IDs[0], c.IDs[1])
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "decision %d\t%s\n", d.ID, d.Kind)
	return nil
}

type mergeCommand struct{ decisionFlags }

// Run decides that two happenings are one.
func (c *mergeCommand) Run(ctx context.Context, s *streams) error {
	return c.decide(ctx, s, func(l *sqlite.Ledger, a, b string) (ledger.Decision, error) { return l.Merge(ctx, a, b, c.Why) })
}

type splitCommand struct{ decisionFlags }

// Run decides that two claims are not of one happening.
func (c *splitCommand) Run(ctx context.Context, s *streams) error {
	return c.decide(ctx, s, func(l *sqlite.Ledger, a, b string) (ledger.Decision, error) { return l.Split(ctx, a, b, c.Why) })
}

type matchCommand struct{ ledgerFlag }

// Run finds happenings, copies and disputes among what was ingested since the last time.
func (c *matchCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, false)
	if err != nil {
		return err
	}
	defer l.Close()
	done, err := l.Match(ctx)
	fmt.Fprintf(s.err, "matched %d readings: %d tellings, %d links, %d copies\n", done.Readings, done.Tellings, done.Links, done.Copies)
	return err
}
