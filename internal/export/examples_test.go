package export_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/civil"
	"annals/internal/export"
	"annals/internal/ledger"
	"annals/internal/pipeline"
	"annals/record"
)

// TestExamplesOfTheRules reads the example of each row of the rule tables and exports it: it must come out as the row says.
func TestExamplesOfTheRules(t *testing.T) {
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		table, format string
		want          func(row []string) []string
	}{
		{"export_future", "gdelt-events", func(row []string) []string { return []string{"\t" + row[4] + "\t"} }},
		{"export_future", "plover", func(row []string) []string { return []string{`"event":["` + row[3] + `"]`} }},
		{"export_acled", "acled", func(row []string) []string { return []string{row[4], row[5]} }},
	} {
		list, err := data.Read(c.table)
		if err != nil {
			t.Fatal(err)
		}
		format, err := export.Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		failed := 0
		for _, row := range list.Rows {
			example := row[len(row)-1]
			article, err := reader.Annotate(pipeline.Article{Text: "PRAGUE, March 3 (Example Wire) - " + example, Date: civil.Of(2020, 3, 3), Publisher: "Example Wire"})
			if err != nil {
				t.Fatal(err)
			}
			rec := reader.Record(article)
			var out bytes.Buffer
			if _, err := export.Write(format, []io.Writer{&out}, export.Stances, stream(rec)); err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want(row) {
				if !strings.Contains(out.String(), want) {
					failed++
					t.Logf("%s %s: %q is not exported with %q:\n%s", c.table, row[0], example, want, out.String())
					break
				}
			}
		}
		if failed > 0 {
			t.Errorf("%s as %s: %d of %d examples", c.table, c.format, failed, len(list.Rows))
		}
	}
}

func stream(r *record.Record) func(func(ledger.Chosen, error) bool) {
	return func(yield func(ledger.Chosen, error) bool) {
		for i := range r.Claims {
			c := &r.Claims[i]
			if !yield(ledger.Chosen{Record: r, Claim: c, Proposition: r.PropositionByID(c.Proposition), Learned: "2020-03-03T00:00:00.000Z", Day: "2020-03-03"}, nil) {
				return
			}
		}
	}
}
