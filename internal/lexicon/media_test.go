package lexicon

import (
	"strings"
	"testing"
)

// TestMediumNouns holds every row of the table to its example, and every use to a noun that has it and one that has not.
func TestMediumNouns(t *testing.T) {
	nouns := map[MediumUse]map[string]bool{}
	for _, c := range []struct {
		use         MediumUse
		has, hasNot string
	}{{AfterName, "newswire", "website"}, {Unnamed, "website", "tv"}, {Channel, "show", "newswire"}} {
		found, err := MediumNouns(c.use)
		if err != nil {
			t.Fatal(err)
		}
		if !found[c.has] || found[c.hasNot] || !found["newspaper"] {
			t.Errorf("use %s: %v; expected newspaper and %s, not %s", c.use, found, c.has, c.hasNot)
		}
		nouns[c.use] = found
	}
	r, err := openRows("media")
	if err != nil {
		t.Fatal(err)
	}
	for r.next() {
		for _, use := range r.list("uses") {
			shown := false
			for word := range strings.FieldsSeq(strings.ToLower(strings.Trim(r.cell("example"), "."))) {
				shown = shown || nouns[MediumUse(use)][word]
			}
			if !shown {
				t.Errorf("row %s: its example %q holds no noun with the use %s", r.cell("id"), r.cell("example"), use)
			}
		}
	}
	if r.err != nil {
		t.Fatal(r.err)
	}
}
