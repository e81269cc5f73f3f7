package match_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/match"
	"annals/internal/pipeline"
)

// TestStories reads the stories of testdata/disputes.tsv as they are read for a ledger and looks for what is disputed in them.
func TestStories(t *testing.T) {
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := match.NewMatcher()
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("testdata/disputes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || row[0] == "id" {
			continue
		}
		if len(row) != 3 {
			t.Fatalf("the row %q has %d columns, and it must have 3", line, len(row))
		}
		var tellings []match.Telling
		for text := range strings.SplitSeq(row[2], " || ") {
			d, err := reader.Annotate(pipeline.Article{Text: text, Date: civil.Of(2016, 3, 5)})
			if err != nil {
				t.Fatalf("%s: %v", row[0], err)
			}
			tellings = append(tellings, match.Tellings(reader.Record(d), match.Story{})...)
		}
		if got := disputed(matcher, tellings); got != row[1] {
			t.Errorf("%s: got %s, want %s", row[0], got, row[1])
		}
	}
}

// disputed lists the kinds of disputes among tellings.
func disputed(m *match.Matcher, tellings []match.Telling) string {
	groups := make(map[int][]*match.Telling)
	for i, root := range match.Roots(m.Happenings(tellings)) {
		groups[root] = append(groups[root], &tellings[i])
	}
	var kinds []string
	for _, g := range groups {
		if len(g) > 1 || g[0].Disputed() {
			for _, d := range m.Disputes(g) {
				kinds = append(kinds, d.Kind)
			}
		}
	}
	slices.Sort(kinds)
	return cmp.Or(strings.Join(kinds, ","), "-")
}
