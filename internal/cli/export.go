package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"annals/internal/export"
	"annals/internal/ledger"
	"annals/internal/onto"
)

type exportCommand struct {
	ledgerFlag
	Query  []string `arg:"" optional:"" help:"Filters, as for claims; docs/query.md lists them."`
	Format string   `required:"" enum:"jsonl,csv,parquet" help:"One row a claim: jsonl, csv or parquet."`
	Output string   `short:"o" help:"File to write; it must not exist. By default standard output." placeholder:"FILE"`
	AsOf   string   `help:"Export what the ledger knew on this day." placeholder:"DATE"`
}

// Run writes the claims that fit, oldest report first; those of one day by article and in the order of their article.
func (c *exportCommand) Run(ctx context.Context, s *streams) error {
	flags := queryFlags{Query: c.Query, AsOf: c.AsOf, Limit: math.MaxInt32}
	q, err := flags.query()
	if err != nil {
		return err
	}
	ontology, err := onto.Load()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	found, err := l.Claims(ctx, q)
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(a, b ledger.ClaimRow) int {
		return cmp.Or(cmp.Compare(a.Reported, b.Reported), cmp.Compare(a.Article, b.Article))
	})
	var rows []export.Row
	for from := 0; from < len(found); {
		to, chosen := from, map[string]bool{}
		for ; to < len(found) && found[to].Article == found[from].Article; to++ {
			chosen[found[to].ID] = true
		}
		readings, err := l.Readings(ctx, found[from].Article)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(readings, func(r ledger.Reading) bool { return r.Learned == found[from].Learned })
		if at < 0 {
			return fmt.Errorf("exporting the article %s: %w", found[from].Article, ledger.ErrCorrupt)
		}
		rows = append(rows, export.Rows(ontology, readings[at].Record, func(id string) bool { return chosen[id] })...)
		from = to
	}
	if c.Output == "" {
		return export.Write(s.out, c.Format, rows)
	}
	f, err := os.OpenFile(c.Output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("exporting: %w", err)
	}
	return errors.Join(export.Write(f, c.Format, rows), f.Close())
}
