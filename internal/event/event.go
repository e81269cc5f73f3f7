// Package event reads who did what to whom: happenings in the terms of PLOVER 2.0 with their participants, scope,
// time, place and figures.
//
// In: a document with every earlier layer: arcs, time expressions, quantities, mentions with actors, places,
// chains, attributions. Out: LayerEvents. The words that name happenings, what must stand around them and where
// their participants are found lie in tables (event_verbs, event_nouns, event_support, event_scope, event_classes,
// event_contexts); a classifier speaks where the tables are silent. It never drops a happening for being denied,
// possible or planned: it says so. It resolves no names, reads no clock, and judges no source.
package event

import (
	"fmt"

	"annals/internal/doc"
	"annals/internal/lexicon"
	"annals/internal/onto"
	"annals/internal/weapon"
)

// Stage finds events. It is immutable and safe for concurrent use.
type Stage struct {
	onto    *onto.Ontology
	lex     *words
	names   *lexicon.Lexicon
	weapons *weapon.Finder
	model   *classifier     // nil: the tables alone
	open    map[string]*row // rows for what the classifier finds, by type
}

// New reads the tables and the model. It fails when a table contradicts the ontology.
func New(names *lexicon.Lexicon, ontology *onto.Ontology) (*Stage, error) {
	lex, err := readLexicon(ontology)
	if err != nil {
		return nil, fmt.Errorf("making the event stage: %w", err)
	}
	weapons, err := weapon.New()
	if err != nil {
		return nil, fmt.Errorf("making the event stage: %w", err)
	}
	s := &Stage{onto: ontology, lex: lex, names: names, weapons: weapons}
	if s.model, err = openClassifier(); err != nil {
		return nil, fmt.Errorf("making the event stage: %w", err)
	}
	if s.open, err = openRows(s); err != nil {
		return nil, fmt.Errorf("making the event stage: %w", err)
	}
	return s, nil
}

// Name of the stage.
func (*Stage) Name() string { return "event" }

// Reads tells which layers must be there.
func (*Stage) Reads() doc.Layer {
	return doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerTimexes | doc.LayerQuantities | doc.LayerMentions |
		doc.LayerActors | doc.LayerToponyms | doc.LayerChains | doc.LayerQuotes | doc.LayerAttributions
}

// Writes tells which layer is written.
func (*Stage) Writes() doc.Layer { return doc.LayerEvents }

// Annotate writes the events of d. It returns no error: a text without happenings has none.
func (s *Stage) Annotate(d *doc.Doc) error {
	d.Events = nil
	d.Done |= doc.LayerEvents
	if len(d.Tokens) == 0 {
		return nil
	}
	r := s.read(d)
	drafts := r.draftAll()
	r.weigh(drafts)
	if more := r.openVerbs(drafts); len(more) > len(drafts) {
		drafts = more
		r.order(drafts)
	}
	r.retellings(drafts)
	for i := range drafts {
		d.Events = append(d.Events, drafts[i].event)
	}
	return nil
}

// draftAll makes all events of the document, in order of salience.
func (r *reading) draftAll() []draft {
	r.findCandidates()
	drafts := make([]draft, 0, len(r.candidates))
	for i := range r.candidates {
		if e, ok := r.draft(&r.candidates[i]); ok {
			drafts = append(drafts, e)
		}
	}
	r.linkContents(drafts)
	drafts = append(drafts, r.refusals(drafts)...)
	drafts = append(drafts, r.denials(drafts)...)
	for i := range drafts {
		r.supply(drafts[i].from, &drafts[i].event)
		r.implied(&drafts[i].event)
	}
	drafts = r.sift(drafts)
	r.order(drafts)
	return drafts
}
