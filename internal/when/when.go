// Package when finds time expressions and says which days they mean.
//
// In: tokens with syntax, the parts of the headline, and the date of the article when it is known. Out: TIMEX3
// expressions (dates, times, durations, sets) with value, modifier, interval of days, grain, what they were resolved
// against and the rule that read them; and the date of the article, when the text gives it away. It never reads the
// clock: without a date of the article, what is relative keeps a value with X in it.
//
// Method: a grammar of token classes (tables when_words, when_rules, when_mods), longest match first, as in HeidelTime
// and SynTime; under-specified forms are resolved in text order against the date of the article or, in narratives and
// for "the next day", against the last date mentioned; the tense of the governing verb, taken from the parse, decides
// between past and future.
package when

import (
	"sync"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// Stage is the reader of time expressions. It may be used by many goroutines at once.
type Stage struct {
	grammar *grammar
	scratch sync.Pool // *reader
}

// New reads the tables. It fails when one is malformed.
func New() (*Stage, error) {
	g, err := readGrammar()
	if err != nil {
		return nil, err
	}
	s := &Stage{grammar: g}
	s.scratch.New = func() any { return &reader{grammar: g} }
	return s, nil
}

// Name is the name of the stage.
func (s *Stage) Name() string { return "when" }

// Reads are the layers the stage looks at. Without the syntax layer it still works, on words alone.
func (s *Stage) Reads() doc.Layer { return doc.LayerTokens | doc.LayerSyntax }

// Writes is the layer of time expressions; Doc.Date is filled in when it was empty.
func (s *Stage) Writes() doc.Layer { return doc.LayerTimexes }

// Annotate writes d.Timexes, in text order, and d.Date with d.DateSource when they were unknown and the text tells.
func (s *Stage) Annotate(d *doc.Doc) error {
	r := s.scratch.Get().(*reader)
	defer s.scratch.Put(r)
	r.reset(d)
	for i := range d.Sentences {
		r.sentence(int32(i))
	}
	if d.Date.IsZero() {
		d.Date, d.DateSource = r.documentDate()
	}
	d.Timexes = r.resolve()
	d.Done |= doc.LayerTimexes
	r.doc = nil
	return nil
}

// reader is the scratch of one document.
type reader struct {
	grammar *grammar
	doc     *doc.Doc
	items   []numeral.Item
	masks   []class // of items
	trial   match
	found   []match // of the whole document, in text order
}

func (r *reader) reset(d *doc.Doc) {
	r.doc = d
	r.found = r.found[:0]
}

// sentence finds the expressions of one sentence: patterns, longest first; then joins and modifiers.
func (r *reader) sentence(number int32) {
	s := &r.doc.Sentences[number]
	r.items = r.grammar.scanner.Scan(r.doc, s.First, s.Last, r.items[:0])
	r.classify()
	from := len(r.found)
	for i := 0; i < len(r.items); {
		m, ok := r.longest(i)
		if !ok {
			i++
			continue
		}
		m.sentence = number
		i = m.last
		r.add(m)
	}
	if len(r.found) > from {
		r.joinNeighbours(from)
		r.modify(from)
		for i := from; i < len(r.found); i++ {
			r.settle(&r.found[i])
		}
	}
}

// add keeps a match, as one or, for a pair, as two expressions.
func (r *reader) add(m match) {
	if m.form.kind == kindNone {
		return
	}
	if m.rule.pair && m.second.kind != kindNone {
		first, second := m, m
		first.last = m.linkFirst
		second.first, second.form = m.linkLast, m.second
		r.found = append(r.found, first, second)
		return
	}
	r.found = append(r.found, m)
}

// settle turns item positions into tokens and bytes, and asks the parse for the tense, while the items are at hand.
func (r *reader) settle(m *match) {
	first, last := &r.items[m.first], &r.items[m.last-1]
	m.tokenFirst, m.tokenLast = first.First, last.Last
	m.span = doc.Span{Start: first.Start, End: last.End}
	m.tense = r.tense(m)
	if next := m.last; next < len(r.items) {
		name := r.grammar.scanner.Name(r.items[next].Word)
		m.ended = name == "ended" || name == "ending"
	}
}
