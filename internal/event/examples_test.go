package event_test

import (
	"fmt"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/doc"
)

// Every row of the lexicon brings an example; it must give an event of the row's type and mode with the
// participants that the row expects. The parser is allowed to spoil a few: one in fifty.
func TestExamples(t *testing.T) {
	all, missed := 0, 0
	for _, table := range []string{"event_verbs", "event_nouns"} {
		rows, err := data.Read(table)
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for i, c := range rows.Columns {
			at[c] = i
		}
		for _, row := range rows.Rows {
			cell := func(name string) string { return strings.TrimSpace(row[at[name]]) }
			if cell("example") == "" {
				t.Errorf("%s has no example", cell("id"))
				continue
			}
			d := read(t, cell("example"))
			all++
			if !found(d, cell("type"), cell("mode"), cell("expect")) {
				missed++
				t.Logf("%s: %q gives %s; want %s %s %s\n%s", cell("id"), cell("example"), show(d), cell("type"), cell("mode"), cell("expect"), tree(d))
			}
		}
	}
	if 50*missed > all {
		t.Errorf("%d of %d examples are misread", missed, all)
	}
}

// found tells whether an event has the type, the mode and the participants "a, b > c, d".
func found(d *doc.Doc, typ, mode, want string) bool {
	actors, recipients, _ := strings.Cut(want, ">")
	for i := range d.Events {
		e := &d.Events[i]
		if e.Type == typ && e.Mode == mode && side(d, e.Actors, actors) && side(d, e.Recipients, recipients) {
			return true
		}
	}
	return false
}

// side tells whether all that is wanted is there; "police@NGA" asks for the country, the actor's or the context's, too.
func side(d *doc.Doc, have []doc.Participant, want string) bool {
	for _, w := range strings.Split(want, ",") {
		w, country, _ := strings.Cut(strings.TrimSpace(w), "@")
		ok := w == "" && country == ""
		for _, p := range have {
			is := p.Country
			if p.Actor >= 0 && d.Actors[p.Actor].Country != "" {
				is = d.Actors[p.Actor].Country
			}
			if country != "" && is != country {
				continue
			}
			ok = ok || strings.Contains(d.Slice(p.Span), w) || p.Actor >= 0 && strings.Contains(d.Actors[p.Actor].Name, w)
		}
		if !ok {
			return false
		}
	}
	return true
}

// show writes the events of a document on one line.
func show(d *doc.Doc) string {
	var out []string
	for i := range d.Events {
		e := &d.Events[i]
		out = append(out, fmt.Sprintf("%s %s [%s > %s] %s %s %s (%s)", e.Type, e.Mode, texts(d, e.Actors), texts(d, e.Recipients), e.Polarity, e.Modality, e.Tense, e.Rule))
	}
	return strings.Join(out, "; ")
}

func texts(d *doc.Doc, ps []doc.Participant) string {
	var out []string
	for _, p := range ps {
		out = append(out, d.Slice(p.Span))
	}
	return strings.Join(out, ", ")
}

func tree(d *doc.Doc) string {
	var b strings.Builder
	for i, t := range d.Tokens {
		head := "root"
		if t.Head >= 0 {
			head = d.Tokens[t.Head].Form
		}
		fmt.Fprintf(&b, "  %d %s/%s/%s %s<%s", i, t.Form, t.XPOS, t.Lemma, t.Deprel, head)
	}
	return b.String()
}
