package event_test

import (
	"sync"
	"testing"

	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/event"
	"annals/internal/lexicon"
	"annals/internal/onto"
	"annals/internal/segment"
	"annals/internal/syntax"
)

type stage interface {
	Name() string
	Annotate(*doc.Doc) error
}

var stages = sync.OnceValues(func() ([]stage, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	o, err := onto.Load()
	if err != nil {
		return nil, err
	}
	seg, err := segment.New()
	if err != nil {
		return nil, err
	}
	syn, err := syntax.New()
	if err != nil {
		return nil, err
	}
	ev, err := event.New(lex, o)
	if err != nil {
		return nil, err
	}
	return []stage{seg, syn, names{}, ev}, nil
})

type names struct{}

func (names) Name() string { return "names" }
func (names) Annotate(d *doc.Doc) error {
	for i := 0; i < len(d.Tokens); i++ {
		if d.Tokens[i].UPOS != "PROPN" && !(d.Tokens[i].UPOS == "ADJ" && d.Tokens[i].Form[0] >= 'A' && d.Tokens[i].Form[0] <= 'Z') {
			continue
		}
		j := i + 1
		for j < len(d.Tokens) && d.Tokens[j].UPOS == "PROPN" {
			j++
		}
		head := int32(i)
		for k := i; k < j; k++ {
			if h := d.Tokens[k].Head; h < int32(i) || h >= int32(j) {
				head = int32(k)
			}
		}
		s := d.TokenSpan(int32(i), int32(j))
		d.Actors = append(d.Actors, doc.Actor{ID: d.Slice(s) + string(rune('a'+i%26)), Name: d.Slice(s)})
		d.Mentions = append(d.Mentions, doc.Mention{Span: s, First: int32(i), Last: int32(j), Head: head, Type: "LOC", Kind: doc.NameMention, Actor: int32(len(d.Actors) - 1)})
		i = j - 1
	}
	return nil
}

func read(t testing.TB, text string) *doc.Doc {
	t.Helper()
	all, err := stages()
	if err != nil {
		t.Fatal(err)
	}
	d := &doc.Doc{Text: text, Date: civil.Of(2012, 11, 5)}
	for _, s := range all {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	return d
}
