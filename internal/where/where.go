// Package where finds the places that a text names and says which places they are.
//
// In: tokens, tags and arcs, mentions where a stage has found them, the gazetteer, the lexicon. Out: doc.Toponyms in
// text order, each with its kind (literal, metonymic, modifier, demonym) and, where the table knows the place, its
// point, GeoNames id, country and precision. A name that no place in the table fits, or only a small one in a country of
// which the text does not speak, stays unresolved and says so; its country may be that of the other places.
// It never links a place to an event, and never guesses a place that the text does not name.
package where

import (
	"annals/data"
	"annals/internal/doc"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"fmt"
	"sync"
)

// Stage is immutable and safe for concurrent use.
type Stage struct {
	places *gazetteer.Gazetteer
	lex    *lexicon.Lexicon
	words  *words
	model  Model
	pool   sync.Pool // of *reading
}

// New reads the tables and opens the model of places.
func New(g *gazetteer.Gazetteer, lex *lexicon.Lexicon) (*Stage, error) {
	model, err := openModel()
	if err != nil {
		return nil, err
	}
	return NewWith(g, lex, model)
}

// NewWith is a stage with another model than the shipped one: for the trainer.
func NewWith(g *gazetteer.Gazetteer, lex *lexicon.Lexicon, model Model) (*Stage, error) {
	w, err := readWords(g)
	if err != nil {
		return nil, err
	}
	s := &Stage{places: g, lex: lex, words: w, model: model}
	s.pool.New = func() any { return &reading{stage: s, senses: map[string]int32{}} }
	return s, nil
}

// Name is the name of the stage.
func (*Stage) Name() string { return "where" }

// Reads are the layers it needs.
func (*Stage) Reads() doc.Layer {
	return doc.LayerHeadline | doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerMentions
}

// Writes are the layers it makes.
func (*Stage) Writes() doc.Layer { return doc.LayerToponyms }

// Annotate finds and resolves the places of d.
func (s *Stage) Annotate(d *doc.Doc) error {
	r := s.pool.Get().(*reading)
	r.begin(d)
	r.find()
	r.judge()
	r.resolve()
	d.Toponyms = r.write()
	d.Done |= doc.LayerToponyms
	r.d = nil
	s.pool.Put(r)
	return nil
}

// Spans resolves places whose spans are given, as a reader who had found them would: for scoring resolution apart
// from recognition, and for the trainer. Places that it finds itself serve as context.
func (s *Stage) Spans(d *doc.Doc, spans []doc.Span) []doc.Toponym {
	r := s.pool.Get().(*reading)
	r.begin(d)
	r.find()
	r.judge()
	r.addGiven(spans)
	r.resolve()
	all := r.write()
	out := make([]doc.Toponym, 0, len(spans))
	for _, span := range spans {
		found := doc.Toponym{Span: span}
		for _, t := range all {
			if t.Span == span {
				found = t
			}
		}
		out = append(out, found)
	}
	r.d = nil
	s.pool.Put(r)
	return out
}

// words are the tables of data/where_*.tsv that are about words, by lower-case form.
type words struct {
	roles  map[string]role
	states map[string]int32 // abbreviation as written → first-level division
	postal map[string]int32
}

// role is what a word beside a name says about it.
type role uint16

const (
	roleStop     role = 1 << iota // never a place by itself
	roleTitle                     // before a person's name
	roleSite                      // after a place's name: the whole is a body or a site named after the place
	roleDivision                  // makes its neighbour a division: "province", "governorate"
	roleCounty
	roleTown     // "city", "town", "village"
	roleInto     // prepositions of place
	roleSpeak    // verbs whose subject acts or speaks
	rolePlace    // nouns that keep a place literal: "suburb", "airport"
	roleGiven    // first names
	rolePeople   // people and bodies that the place before or after them describes: "police", "people"
	roleRelation // what is between states: "tensions"
	roleUndergo  // verbs whose subject only lies there or undergoes
)

var roleNames = map[string]role{
	"stop": roleStop, "title": roleTitle, "site": roleSite, "division": roleDivision, "county": roleCounty, "town": roleTown,
	"into": roleInto, "speak": roleSpeak, "place": rolePlace, "given": roleGiven,
	"people": rolePeople, "relation": roleRelation, "undergo": roleUndergo,
}

func readWords(g *gazetteer.Gazetteer) (*words, error) {
	w := &words{roles: map[string]role{}, states: map[string]int32{}, postal: map[string]int32{}}
	table, err := data.Read("where_words")
	if err != nil {
		return nil, err
	}
	for i, row := range table.Rows {
		r, ok := roleNames[row[1]]
		if !ok {
			return nil, fmt.Errorf("reading the table where_words, line %d: there is no role %q", table.Lines[i], row[1])
		}
		for _, word := range data.List(row[2]) {
			w.roles[word] |= r
		}
	}
	if table, err = data.Read("where_states"); err != nil {
		return nil, err
	}
	for i, row := range table.Rows {
		place := gazetteer.None
		for _, c := range g.Find(nil, row[1]) {
			if c.Class == gazetteer.Admin1 && c.Country == countryOfCode(row[0]) {
				place = c.Index
			}
		}
		if place == gazetteer.None {
			return nil, fmt.Errorf("reading the table where_states, line %d: the gazetteer has no division %q", table.Lines[i], row[1])
		}
		if row[2] != "" {
			w.postal[row[2]] = place
		}
		for _, form := range data.List(row[3]) {
			w.states[form] = place
		}
	}
	return w, nil
}

func countryOfCode(iso string) string {
	switch iso[:2] {
	case "US":
		return "USA"
	case "CA":
		return "CAN"
	}
	return "AUS"
}
