// Package amount reads how much and how many: quantities, and people hurt.
//
// In: tokens with syntax, and time expressions, so that no date is taken for a number. Out: quantities – money with its
// ISO 4217 code, percentages, measures, counts with what they count, fractions, ages – with their bounds and the change
// they tell of; and casualties: people killed, injured, missing, displaced or detained, with subsets marked and never
// added. It converts no currency, adds nothing up and guesses no number that the text does not give.
//
// Method: a number grammar (package numeral) widened by tables of units, currencies, vague counts and bounds; the parse
// tells what is counted and which verb makes it rise or fall. Casualties are read from a table of triggers and the noun
// phrases before or after them, so that text in capitals, which parsers read badly, is read too.
package amount

import (
	"sync"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// Stage is the reader of amounts. It may be used by many goroutines at once.
type Stage struct {
	tables  *tables
	scratch sync.Pool // *reader
}

// New reads the tables. It fails when one is malformed.
func New() (*Stage, error) {
	t, err := readTables()
	if err != nil {
		return nil, err
	}
	s := &Stage{tables: t}
	s.scratch.New = func() any { return &reader{tables: t} }
	return s, nil
}

// Name is the name of the stage.
func (s *Stage) Name() string { return "amount" }

// Reads are the layers the stage looks at.
func (s *Stage) Reads() doc.Layer { return doc.LayerTokens | doc.LayerSyntax | doc.LayerTimexes }

// Writes is the layer of quantities and casualties.
func (s *Stage) Writes() doc.Layer { return doc.LayerQuantities }

// Annotate writes d.Quantities and d.Casualties, in text order.
func (s *Stage) Annotate(d *doc.Doc) error {
	r := s.scratch.Get().(*reader)
	defer s.scratch.Put(r)
	r.doc, r.timex = d, 0
	d.Quantities, d.Casualties = nil, nil
	for i := range d.Sentences {
		r.sentence(int32(i))
	}
	d.Done |= doc.LayerQuantities
	r.doc = nil
	return nil
}

// reader is the scratch of one document.
type reader struct {
	tables *tables
	doc    *doc.Doc
	items  []numeral.Item
	timex  int // the first expression that may still overlap
	parsed bool

	capitals, capitalsKnown bool // of the sentence
	from, first             int  // the first quantity and casualty of the sentence
}

func (r *reader) sentence(number int32) {
	s := &r.doc.Sentences[number]
	r.items = r.tables.scanner.Scan(r.doc, s.First, s.Last, r.items[:0])
	r.parsed = r.doc.Done&doc.LayerSyntax != 0
	r.capitalsKnown = false
	from := len(r.doc.Quantities)
	for i := 0; i < len(r.items); {
		next := r.quantity(i)
		i = max(next, i+1)
	}
	r.casualties(number, from)
}

// word is the vocabulary entry of item i, or an empty one.
func (r *reader) word(i int) *word {
	if i < 0 || i >= len(r.items) {
		return &r.tables.words[0]
	}
	return &r.tables.words[r.items[i].Word]
}

func (r *reader) text(i int) string { return r.doc.Slice(r.items[i].Span) }

func (r *reader) isMark(i int, mark byte) bool {
	return i >= 0 && i < len(r.items) && r.items[i].Kind == numeral.Mark && r.items[i].Mark == mark
}

func (r *reader) is(i int, kind numeral.Kind) bool {
	return i >= 0 && i < len(r.items) && r.items[i].Kind == kind
}

// name is the lower-case vocabulary word of item i, "" when it is not in the tables.
func (r *reader) name(i int) string {
	if i < 0 || i >= len(r.items) {
		return ""
	}
	return r.tables.scanner.Name(r.items[i].Word)
}

// token is the token of item i.
func (r *reader) token(i int) *doc.Token { return &r.doc.Tokens[r.items[i].First] }
