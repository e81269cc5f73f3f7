package event_test

import (
	"errors"
	"sync"
	"testing"

	"annals/internal/actor"
	"annals/internal/amount"
	"annals/internal/civil"
	"annals/internal/clean"
	"annals/internal/coref"
	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/event"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/onto"
	"annals/internal/quote"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/when"
	"annals/internal/where"
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
	var out []stage
	add := func(s stage, e error) {
		err = errors.Join(err, e)
		out = append(out, s)
	}
	add(clean.NewHeadline())
	add(segment.New())
	add(syntax.New())
	add(when.New())
	add(amount.New())
	add(entity.New(lex))
	add(actor.New(lex))
	if places, e := gazetteer.Open(); e == nil {
		if s, e := where.New(places, lex); e == nil {
			add(s, nil)
		}
	}
	add(coref.New(lex))
	add(quote.New())
	add(event.New(lex, o))
	return out, err
})

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
