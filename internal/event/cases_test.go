package event_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"annals/internal/doc"
)

// TestCases reads the passages of testdata/cases.tsv. Anyone can add a row. The parser is allowed to spoil one in
// fifty; but nothing that a passage denies, doubts or only announces may ever be shown as realised.
func TestCases(t *testing.T) {
	body, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n, missed := 0, 0
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "id" || len(cells) < 3 {
			continue
		}
		n++
		t.Run(cells[0], func(t *testing.T) {
			d := read(t, cells[1])
			whole := true
			for _, want := range split(cells[2], ";") {
				if !slices.ContainsFunc(d.Events, func(e doc.Event) bool { return fits(d, &e, want) }) {
					whole = false
					t.Logf("%q has no event %q:\n%s\n%s", cells[1], want, show(d), tree(d))
				}
			}
			if !whole {
				missed++
			}
			if len(cells) > 3 {
				for _, typ := range split(cells[3], ",") {
					if i := slices.IndexFunc(d.Events, func(e doc.Event) bool { return e.Type == typ && realised(&e) }); i >= 0 {
						t.Errorf("%q shows %s as realised:\n%s\n%s", cells[1], typ, show(d), tree(d))
					}
				}
			}
		})
	}
	if 50*missed > n {
		t.Errorf("%d of %d cases are misread", missed, n)
	}
	if n < 200 {
		t.Errorf("%d cases, want 200", n)
	}
}

func split(cell, by string) []string {
	var out []string
	for _, part := range strings.Split(cell, by) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func realised(e *doc.Event) bool { return e.Polarity == "positive" && e.Modality == "asserted" }

// fits tells whether an event is what "TYPE/mode neg modality hist: actors > recipients" asks for.
func fits(d *doc.Doc, e *doc.Event, want string) bool {
	head, roles, _ := strings.Cut(want, ":")
	words := strings.Fields(head)
	typ, mode, hasMode := strings.Cut(words[0], "/")
	if e.Type != typ || hasMode && e.Mode != mode {
		return false
	}
	polarity, modality, either := "positive", []string{"asserted"}, false
	for _, w := range words[1:] {
		switch w {
		case "neg":
			polarity = "negative"
			modality = append(modality, "future", "conditional", "hypothetical", "possible", "scheduled", "obligation")
		case "hist":
			if !e.Historical {
				return false
			}
		default:
			modality = strings.Split(w, "|")
			either = slices.Contains(modality, "neg")
		}
	}
	if either && e.Polarity == "negative" {
		modality = append(modality, e.Modality)
		polarity = "negative"
	}
	actors, recipients, _ := strings.Cut(roles, ">")
	return e.Polarity == polarity && slices.Contains(modality, e.Modality) && side(d, e.Actors, actors) && side(d, e.Recipients, recipients)
}
