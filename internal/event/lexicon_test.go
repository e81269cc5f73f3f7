package event

import (
	"testing"

	"annals/internal/onto"
)

// The tables load, and between them they reach every type, mode and context of the ontology.
func TestTablesCoverTheOntology(t *testing.T) {
	o, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := readLexicon(o)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.verbs) < 500 || len(l.nouns) < 200 {
		t.Errorf("%d verbs, %d nouns", len(l.verbs), len(l.nouns))
	}
	have := map[string]bool{}
	for _, table := range []map[string][]row{l.verbs, l.nouns} {
		for _, rows := range table {
			for _, r := range rows {
				have[r.typ], have[r.typ+" "+r.mode] = true, true
				for _, c := range r.contexts {
					have["context "+c] = true
				}
			}
		}
	}
	for _, contexts := range l.contexts {
		for _, c := range contexts {
			have["context "+c] = true
		}
	}
	for _, typ := range o.Types {
		if !have[typ.Code] {
			t.Errorf("no row gives %s", typ.Code)
		}
		for _, m := range typ.Modes {
			if !have[typ.Code+" "+m.Code] {
				t.Errorf("no row gives %s %s", typ.Code, m.Code)
			}
		}
	}
	for _, c := range o.Contexts {
		if !have["context "+c.Code] {
			t.Errorf("no row or word gives the context %s", c.Code)
		}
	}
}
