package cli

import (
	"context"
	"errors"
	"fmt"

	"annals/internal/ledger/sqlite"
	"annals/internal/pipeline"
	"annals/record"
)

type ingestCommand struct {
	inputs
	ledgerFlag
	Batch int `default:"20" help:"Articles a transaction: more is faster, fewer are acknowledged sooner."`
}

// Run reads articles into the ledger. A line on standard output acknowledges an article: what it says is kept.
func (c *ingestCommand) Run(ctx context.Context, s *streams) error {
	if c.Batch < 1 {
		return usagef("--batch must be at least 1, not %d", c.Batch)
	}
	reader, err := pipeline.New()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, false)
	if err != nil {
		return err
	}
	in := ingest{ctx: ctx, s: s, ledger: l, batch: c.Batch, counts: map[sqlite.Outcome]int{}}
	err = c.readAll(s, reader, true, in.add)
	var partial errPartial
	if err == nil || errors.As(err, &partial) { // what could be read is kept
		err = errors.Join(in.flush(), err)
	}
	fmt.Fprintf(s.err, "added %d articles, read %d again, knew %d already\n", in.counts[sqlite.Added], in.counts[sqlite.Reread], in.counts[sqlite.Already])
	return errors.Join(err, l.Close())
}

type ingest struct {
	ctx     context.Context
	s       *streams
	ledger  *sqlite.Ledger
	batch   int
	waiting []reading
	counts  map[sqlite.Outcome]int
}

func (in *ingest) add(r reading) error {
	in.waiting = append(in.waiting, r)
	if len(in.waiting) < in.batch {
		return nil
	}
	return in.flush()
}

func (in *ingest) flush() error {
	if len(in.waiting) == 0 {
		return nil
	}
	records := make([]*record.Record, len(in.waiting))
	for i, r := range in.waiting {
		records[i] = r.record
	}
	outcomes, err := in.ledger.Ingest(in.ctx, records)
	if err != nil {
		return err
	}
	for i, outcome := range outcomes {
		in.counts[outcome]++
		if _, err := fmt.Fprintf(in.s.out, "%s\t%s\t%s\n", outcome, records[i].Article.ID, in.waiting[i].name); err != nil {
			return err
		}
	}
	in.waiting = in.waiting[:0]
	return nil
}
