package cli

import (
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"text/tabwriter"

	"annals/internal/ledger"
)

type countsCommand struct {
	ledgerFlag
	Query         []string `arg:"" optional:"" help:"Filters, as for annals claims."`
	By            string   `default:"month,type" help:"What to count by, separated by commas: day, week, month, year, happened, type, mode, cameo, actor, recipient, publisher, act, polarity, modality, value, place."`
	AsOf          string   `help:"Count what the ledger knew on this day, or at this moment." placeholder:"DATE"`
	MinConfidence float64  `help:"Leave out what was read with less confidence than this (0 to 1)."`
	CSV           bool     `name:"csv" xor:"form" help:"Print CSV with a header."`
	JSON          bool     `name:"json" xor:"form" help:"Print one JSON object a line."`
}

// Run prints how many claims assert, deny or leave open, by what was asked for.
func (c *countsCommand) Run(ctx context.Context, s *streams) error {
	by, err := ledger.ParseDimensions(c.By)
	if err != nil {
		return usagef("reading --by: %v", err)
	}
	asked := queryFlags{Query: c.Query, AsOf: c.AsOf, MinConfidence: c.MinConfidence}
	q, err := asked.query()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	rows, err := l.Counts(ctx, q, by)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSONLines(s, rows)
	}
	header := append(append([]string{}, by...), "asserted", "denied", "other", "claims")
	if c.CSV {
		out := csv.NewWriter(s.out)
		return out.WriteAll(countTable(header, rows))
	}
	out := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, line := range countTable(header, rows) {
		for i, field := range line {
			if i > 0 {
				fmt.Fprint(out, "\t")
			}
			if field == "" {
				field = "–"
			}
			fmt.Fprint(out, field)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func countTable(header []string, rows []ledger.CountRow) [][]string {
	table := [][]string{header}
	for _, r := range rows {
		line := append([]string{}, r.By...)
		for _, n := range []int{r.Asserted, r.Denied, r.Other, r.Claims} {
			line = append(line, strconv.Itoa(n))
		}
		table = append(table, line)
	}
	return table
}
