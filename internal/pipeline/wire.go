package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"

	"annals/internal/actor"
	"annals/internal/amount"
	"annals/internal/clean"
	"annals/internal/coref"
	"annals/internal/entity"
	"annals/internal/event"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/onto"
	"annals/internal/petrarch"
	"annals/internal/quote"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/when"
	"annals/internal/where"
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
	places, err := gazetteer.Open()
	if err != nil {
		return parts{}, err
	}
	var p parts
	for _, open := range []func() (Stage, error){
		func() (Stage, error) { return clean.NewHeadline() },
		func() (Stage, error) { return segment.New() },
		func() (Stage, error) { return syntax.New() },
		func() (Stage, error) { return when.New() },
		func() (Stage, error) { return amount.New() },
		func() (Stage, error) { return entity.New(lex) },
		func() (Stage, error) { return actor.New(lex) },
		func() (Stage, error) { return where.New(places, lex) },
		func() (Stage, error) { return coref.New(lex) },
		func() (Stage, error) { return quote.New() },
		func() (Stage, error) { return event.New(lex, ontology) },
	} {
		stage, err := open()
		if err != nil {
			return parts{}, err
		}
		p.stages = append(p.stages, stage)
	}
	p.models, err = model.Hashes()
	return p, err
}

// add puts the stage of a user's dictionary behind the others; the dictionary counts as a model of the run.
func (p *parts) add(dictionary []byte) error {
	dict, err := petrarch.Decode(dictionary)
	if err != nil {
		return err
	}
	stage, err := petrarch.New(dict)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(dictionary)
	p.stages = append(p.stages, stage)
	p.models = maps.Clone(p.models)
	p.models["dictionary"] = hex.EncodeToString(sum[:])
	return nil
}
