package pipeline

import (
	"annals/internal/clean"
	"annals/internal/lexicon"
	"annals/internal/onto"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/when"
)

// parts is what a reader is put together from.
type parts struct {
	stages []Stage
	models map[string]string
}

// open makes the stages in the order in which the house builds its layers.
func open() (parts, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return parts{}, err
	}
	ontology, err := onto.Load()
	if err != nil {
		return parts{}, err
	}
	_, _ = lex, ontology
	b := parts{models: map[string]string{}}
	add := func(s Stage, err error) error {
		b.stages = append(b.stages, s)
		return err
	}
	for _, err := range []error{
		add(clean.NewHeadline()),
		add(segment.New()),
		add(syntax.New()),
		add(when.New()),
	} {
		if err != nil {
			return parts{}, err
		}
	}
	return b, nil
}
