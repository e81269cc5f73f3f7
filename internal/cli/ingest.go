package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"annals/internal/ledger/sqlite"
	"annals/internal/source"
	"annals/record"
)

type ingestCommand struct {
	inputs
	ledgerFlag
	Batch   int  `default:"20" help:"Articles a transaction: more is faster, fewer are acknowledged sooner."`
	NoMatch bool `help:"Leave happenings and disputes to a later annals match; faster for a bulk of articles."`
	Records bool `help:"The inputs are records, as annals read --json or --jsonl writes them, not articles."`
}

// Run reads articles into the ledger. A line on standard output acknowledges an article: it is written after the
// transaction that keeps the article has reached the disk, so whatever happens then, what the line names is kept.
func (c *ingestCommand) Run(ctx context.Context, s *streams) error {
	if c.Batch < 1 {
		return usagef("--batch must be at least 1, not %d", c.Batch)
	}
	l, err := c.open(ctx, s, false)
	if err != nil {
		return err
	}
	in := ingest{ctx: ctx, s: s, ledger: l, batch: c.Batch, counts: map[sqlite.Outcome]int{}}
	if !c.NoMatch {
		in.matching = l.MatchBeside(ctx)
	}
	err = in.finish(c.all(s, in.add))
	fmt.Fprintf(s.err, "added %d articles, of which %d correct an earlier text; read %d again, knew %d already\n",
		in.counts[sqlite.Added]+in.counts[sqlite.Corrected], in.counts[sqlite.Corrected], in.counts[sqlite.Reread], in.counts[sqlite.Already])
	return errors.Join(err, l.Close())
}

// all hands over what the inputs hold: records as they are, or articles once they are read.
func (c *ingestCommand) all(s *streams, use func(reading) error) error {
	if c.Records {
		if c.Date != "" || c.Publisher != "" || c.Force || c.Dict != "" {
			return usagef("--date, --publisher, --force and --dict are about reading, and records are read already")
		}
		return eachResult(s, source.Records(c.Files, s.in), decodeRecord, use)
	}
	date, err := c.date()
	if err != nil {
		return err
	}
	reader, err := openReader(c.Dict)
	if err != nil {
		return err
	}
	read := func(i source.Item) reading { return c.read(reader, i, date, true) }
	return eachResult(s, source.Open(c.Files, s.in), read, use)
}

// decodeRecord takes a record only when it is sound in every part.
func decodeRecord(item source.Item) reading {
	r := reading{name: item.Name, record: new(record.Record)}
	err := json.Unmarshal(item.Body, r.record)
	if err != nil {
		err = fmt.Errorf("this is no record of annals: %w", err)
	} else {
		err = r.record.Check()
	}
	if err != nil {
		r.err = &source.Error{Name: item.Name, Err: err}
	}
	return r
}

type ingest struct {
	ctx      context.Context
	s        *streams
	ledger   *sqlite.Ledger
	batch    int
	matching *sqlite.Beside // nil: none
	waiting  []reading
	counts   map[sqlite.Outcome]int
}

func (in *ingest) add(r reading) error {
	in.waiting = append(in.waiting, r)
	if len(in.waiting) < in.batch {
		return nil
	}
	return in.flush()
}

// finish keeps and matches what could be read, unless err says that more went wrong than single inputs.
func (in *ingest) finish(err error) error {
	var partial errPartial
	if err != nil && !errors.As(err, &partial) {
		if in.matching != nil {
			err = errors.Join(err, in.matching.Stop())
		}
		return err
	}
	err = errors.Join(in.flush(), err)
	if in.matching != nil {
		err = errors.Join(err, in.matching.Finish())
	}
	return err
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
	if in.matching != nil {
		in.matching.Ingested()
	}
	return nil
}
