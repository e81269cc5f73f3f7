package event

import (
	"testing"

	"annals/internal/onto"
)

func TestTables(t *testing.T) {
	o, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := readLexicon(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d verbs, %d nouns, %d words of scope", len(l.verbs), len(l.nouns), len(l.effects))
	if len(l.verbs) < 400 || len(l.nouns) < 150 {
		t.Errorf("%d verbs, %d nouns", len(l.verbs), len(l.nouns))
	}
}
