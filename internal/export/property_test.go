package export

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"annals/record"
)

// strange puts generated words into every field of the sample that holds words.
func strange(t *rapid.T) []*record.Record {
	words := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("\t\n\r\"',;\\ 🕊𝔛\u2028\u00a0\x00abc"))))
	word := func(label string) string { return strings.ToValidUTF8(words.Draw(t, label), "") }
	records := sampleRecords()
	r := records[0]
	r.Article.Publisher, r.Article.Title, r.Article.URL = word("publisher"), word("title"), word("url")
	r.Actors[0].Name, r.Actors[0].Code, r.Actors[0].Role = word("name"), word("code"), word("role")
	r.Propositions[0].Actors[0].Text, r.Propositions[0].Items[0].Text = word("text"), word("item")
	r.Propositions[0].Contexts = []string{word("context")}
	r.Claims[0].Cue, r.Claims[0].Condition = word("cue"), word("condition")
	return records
}

// TestAnyWordsKeepTheColumns: whatever the words, each row of a table has its columns, and each value comes back:
// whole from CSV and JSON, with blanks for white space from the tables without quotes.
func TestAnyWordsKeepTheColumns(t *testing.T) {
	columns := map[string]int{"gdelt-events": 61, "gdelt-mentions": 16, "polecat": 40, "icews": 20, "phoenix": 26}
	rapid.Check(t, func(rt *rapid.T) {
		records := strange(rt)
		for format, n := range columns {
			bodies, _ := written(t, format, Stances, records)
			for _, row := range strings.Split(strings.TrimSuffix(bodies[0], "\n"), "\n") {
				if strings.Count(row, "\t") != n-1 || strings.ContainsAny(row, "\r\"\x00\u2028") {
					rt.Fatalf("%s: the row %q does not have %d cells", format, row, n)
				}
			}
		}
		bodies, _ := written(t, "csv", nil, records)
		rows, err := csv.NewReader(strings.NewReader(bodies[0])).ReadAll()
		if err != nil {
			rt.Fatalf("CSV: %v\n%s", err, bodies[0])
		}
		lines, _ := written(t, "jsonl", nil, records)
		found := false
		for i, line := range strings.Split(strings.TrimSuffix(lines[0], "\n"), "\n") {
			var row Row
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				rt.Fatalf("JSON: %v\n%s", err, line)
			}
			if string(row.Claim) != rows[i+1][0] || returns(string(row.Title)) != returns(rows[i+1][6]) {
				rt.Fatalf("row %d is %q in JSON and %q in CSV", i, row.Title, rows[i+1][6])
			}
			if row.Claim == "c1" {
				r := records[0]
				found = string(row.Title) == r.Article.Title && string(row.Cue) == r.Claims[0].Cue && string(row.Actors[0].Text) == r.Propositions[0].Actors[0].Text
			}
		}
		if !found {
			rt.Fatalf("the words did not come back from JSON:\n%s", lines[0])
		}
	})
}

// returns leaves out carriage returns: Go's reader of CSV drops one before a line feed.
func returns(s string) string { return strings.ReplaceAll(s, "\r", "") }

func TestUnquoted(t *testing.T) {
	for in, want := range map[string]string{"": "", " a  b ": "a b", "a\tb\r\nc": "a b c", `say "yes"`: "say 'yes'", "x\u2028y\x00z": "x y z", "𝔛 🕊": "𝔛 🕊", "\xff": "�"} {
		if got := unquoted(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
