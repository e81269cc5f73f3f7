package when

import (
	"strings"
	"testing"

	"annals/data"
	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/doc/doctest"
)

// written is the day on which the examples of the tables are read, a Tuesday.
var written = civil.Of(2015, 6, 16)

func annotate(t testing.TB, s *Stage, text string, date civil.Date) *doc.Doc {
	t.Helper()
	d := doctest.Plain(text)
	d.Date = date
	if err := s.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

// found writes the expressions of a document as the tables do: "span=VALUE MOD; …", "-" for none.
func found(d *doc.Doc, mods bool) string {
	var out []string
	for _, x := range d.Timexes {
		s := d.Slice(x.Span) + "=" + x.Value
		if mods && x.Mod != "" {
			s += " " + x.Mod
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, "; ")
}

func TestEveryRuleReadsItsExample(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.grammar.rules {
		d := annotate(t, s, r.example, written)
		if got, plain := found(d, true), found(d, false); got != r.expected && plain != r.expected {
			t.Errorf("rule %s reads %q as\n got %s\nwant %s", r.id, r.example, got, r.expected)
		}
	}
}

func TestEveryModifierReadsItsExample(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range s.grammar.modifiers {
		if got := found(annotate(t, s, m.example, written), true); got != m.expected {
			t.Errorf("modifier %s reads %q as\n got %s\nwant %s", m.id, m.example, got, m.expected)
		}
	}
}

func TestRuleIDsAreUnique(t *testing.T) {
	for _, name := range []string{"when_rules", "when_mods"} {
		table, err := data.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, row := range table.Rows {
			if seen[row[0]] {
				t.Errorf("%s: the id %s is taken twice", name, row[0])
			}
			seen[row[0]] = true
		}
	}
}
