package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTables checks the committed reviews: every row has its columns, offsets in order and a known judgement, and no
// table holds a sentence of the stories (a cell of many words).
func TestTables(t *testing.T) {
	judgements := []string{"right", "announced", "doubted", "denied", "wrong type", "wrong sides", "not an event", "stands"}
	for name, want := range map[string]int{"realised-isot.tsv": 200, "realised-isot-second.tsv": 200, "realised-isot-third.tsv": 200, "realised-isot-fourth.tsv": 200, "misread.tsv": 20} {
		body, err := os.ReadFile(filepath.Join("..", "..", "docs", "reviews", name))
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		var columns []string
		for line := range strings.Lines(string(body)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			switch {
			case strings.HasPrefix(line, "#"):
				continue
			case columns == nil:
				columns = cells
				continue
			}
			rows++
			if len(cells) != len(columns) {
				t.Errorf("%s: %q has %d columns, not %d", name, line, len(cells), len(columns))
				continue
			}
			at := slices.Index(columns, "start")
			start, err1 := strconv.Atoi(cells[at])
			end, err2 := strconv.Atoi(cells[at+1])
			if err1 != nil || err2 != nil || start < 0 || end <= start || !strings.HasPrefix(cells[at-1], "isot-") {
				t.Errorf("%s: %q does not name a place in a story", name, line)
			}
			if j := slices.Index(columns, "judgement"); j >= 0 && !slices.Contains(judgements, cells[j]) {
				t.Errorf("%s: %q has the unknown judgement %q", name, line, cells[j])
			}
			for _, c := range cells {
				if len(strings.Fields(c)) > 25 {
					t.Errorf("%s: the cell %q is too long for words of our own", name, c)
				}
			}
		}
		if rows != want {
			t.Errorf("%s has %d rows, want %d", name, rows, want)
		}
	}
}

// TestDisputeTables checks the reviews of disputes: ids, known kinds and judgements, and the shares that the pages tell.
func TestDisputeTables(t *testing.T) {
	for name, want := range map[string]struct{ real, rows int }{"disputes-fakes-syria.tsv": {37, 48}, "disputes-held-out.tsv": {15, 30}} {
		body, err := os.ReadFile(filepath.Join("..", "..", "docs", "reviews", name))
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		rows, held := 0, 0
		for line := range strings.Lines(string(body)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if columns == nil {
				columns = cells
				continue
			}
			rows++
			cell := func(column string) string { return cells[slices.Index(columns, column)] }
			switch {
			case len(cells) != len(columns):
				t.Errorf("%s: %q has %d columns, not %d", name, line, len(cells), len(columns))
				continue
			case !strings.HasPrefix(cell("dispute"), "d") || !strings.HasPrefix(cell("claim"), "c") || !strings.HasPrefix(cell("other_claim"), "c"):
				t.Errorf("%s: %q names no dispute and two claims", name, line)
			case !slices.Contains([]string{"denied", "figure", "culprit"}, cell("kind")):
				t.Errorf("%s: %q has an unknown kind", name, line)
			case !slices.Contains([]string{"real", "not"}, cell("judgement")):
				t.Errorf("%s: %q has an unknown judgement", name, line)
			case len(strings.Fields(cell("cause"))) > 25:
				t.Errorf("%s: %q is too long for words of our own", name, cell("cause"))
			}
			if cell("judgement") == "real" {
				held++
			}
		}
		if rows != want.rows || held != want.real {
			t.Errorf("%s: %d of %d real, want %d of %d", name, held, rows, want.real, want.rows)
		}
	}
}
