package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
)

type runsCommand struct {
	ledgerFlag
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

// Run lists the versions and models that have read articles of the ledger, the last first.
func (c *runsCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	rows, err := l.Runs(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSONLines(s, rows)
	}
	for _, r := range rows {
		fmt.Fprintf(s.out, "%s  version %s  %d readings, %d of them open  %s to %s\n", r.Name, r.Version, r.Readings, r.Open, r.First, r.Last)
	}
	return nil
}

type diffCommand struct {
	ledgerFlag
	What  []string `arg:"" optional:"" help:"Id of an article (its last two readings are compared, or it and the text that it corrects), or filters as for annals claims: the articles with a claim that fits."`
	Names []string `name:"run" sep:"none" help:"A run to compare, earlier one first; say it twice. By default the last two, or the named one and the last. annals runs lists them." placeholder:"RUN"`
	JSON  bool     `name:"json" help:"Print one JSON object a line."`
}

var articleID = regexp.MustCompile(`^a[0-9a-f]{16}$`)

// Run shows what another run, or a correction, has changed: claims gone, new, and read differently, field by field.
func (c *diffCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	pairs, err := c.pairs(ctx, l)
	if err != nil {
		return err
	}
	colour := newPalette(s.out, s.env)
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	counts := map[string]int{}
	articles, same := 0, 0
	for pair, err := range pairs {
		if err != nil {
			return err
		}
		changes, alike := ledger.Compare(pair.Before.Record, pair.After.Record)
		articles, same = articles+1, same+alike
		for _, change := range changes {
			counts[change.Kind]++
			if c.JSON {
				if err := out.Encode(change); err != nil {
					return err
				}
			}
		}
		if !c.JSON && len(changes) > 0 {
			fmt.Fprintf(s.out, "%s  %s\n", colour.bold(oneLine(pair.After.Record.Article.Title)), colour.dim(pair.Article))
			showChanges(s, colour, changes)
		}
	}
	fmt.Fprintf(s.err, "compared %d articles: %d claims alike, %d changed, %d gone, %d new\n", articles, same, counts[ledger.Changed], counts[ledger.Gone], counts[ledger.New])
	return nil
}

// pairs chooses what is compared with what.
func (c *diffCommand) pairs(ctx context.Context, l *sqlite.Ledger) (iter.Seq2[ledger.ReadingPair, error], error) {
	if len(c.What) == 1 && articleID.MatchString(c.What[0]) && len(c.Names) == 0 {
		pair, err := l.LastTwo(ctx, c.What[0])
		return func(yield func(ledger.ReadingPair, error) bool) { yield(pair, nil) }, err
	}
	if len(c.What) == 1 && articleID.MatchString(c.What[0]) {
		c.What[0] = "article:" + c.What[0]
	}
	q, err := ledger.ParseQuery(joinQuery(c.What))
	if err != nil {
		return nil, err
	}
	runs, err := l.Runs(ctx)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, r := range runs {
		known = append(known, r.Name)
	}
	before, after, err := chooseRuns(known, c.Names)
	if err != nil {
		return nil, err
	}
	return l.Pairs(ctx, q, before, after), nil
}

// chooseRuns takes the runs that are named by the beginning of their names: two, or one and the last, or the last
// two; known has the last first.
func chooseRuns(known, names []string) (before, after string, err error) {
	var chosen []string
	for _, name := range names {
		var fit []string
		for _, k := range known {
			if strings.HasPrefix(k, name) {
				fit = append(fit, k)
			}
		}
		if len(fit) != 1 {
			return "", "", usagef("%d runs of the ledger are called %s…; annals runs lists them", len(fit), name)
		}
		chosen = append(chosen, fit[0])
	}
	switch {
	case len(chosen) > 2:
		return "", "", usagef("two runs are compared, and %d were named", len(chosen))
	case len(chosen) == 1:
		chosen = append(chosen, known[0])
	case len(chosen) == 0 && len(known) >= 2:
		chosen = []string{known[1], known[0]}
	case len(chosen) == 0:
		return "", "", usagef("the ledger knows %d runs, and a comparison needs two; annals runs lists them", len(known))
	}
	if chosen[0] == chosen[1] {
		return "", "", usagef("a run is not compared with itself (%s); annals runs lists them", chosen[0])
	}
	return chosen[0], chosen[1], nil
}

func showChanges(s *streams, colour palette, changes []ledger.Change) {
	signs := map[string]string{ledger.Gone: "-", ledger.New: "+", ledger.Changed: "~"}
	for _, change := range changes {
		id := change.After
		if id == "" {
			id = change.Before
		}
		fmt.Fprintf(s.out, "  %s %s  %s\n", colour.bold(signs[change.Kind]), oneLine(change.What), colour.dim(id))
		for _, f := range change.Fields {
			fmt.Fprintf(s.out, "      %-11s %s → %s\n", f.Name, shown(f.Before), colour.cyan(shown(f.After)))
		}
		for _, line := range wrap(change.Sentence, width(s)-6) {
			fmt.Fprintf(s.out, "      %s\n", colour.dim(line))
		}
	}
}

// shown is a value, or a sign that there is none.
func shown(value string) string {
	if value == "" {
		return "–"
	}
	return oneLine(value)
}
