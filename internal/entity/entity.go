// Package entity finds the phrases that refer to someone or something: names with their types, nominals such as
// "the rebels" or "a Russian official", and pronouns.
//
// In: tokens, tags and arcs, the lexicon, the gazetteer of places, the model "names". Out: doc.Mentions in text order,
// each with its tokens, syntactic head, phrase, type and kind. It never says who is meant: actors are given by a later stage, chains by another.
package entity

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"annals/internal/doc"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/weapon"
)

// Stage finds mentions. It is immutable and safe for concurrent use.
type Stage struct {
	lexicon    *lexicon.Lexicon
	given      map[uint64]uint32 // given names by hash of the lower-case form
	nouns      nouns
	finder     *weapon.Finder
	names      *chain
	clusters   clusters
	placeNames *gazetteer.Gazetteer
	ties       map[uint64]bool // words that may stand inside names
	telling    map[uint64]bool // words that tell a report from an encyclopaedia
	nameWords
	pool *sync.Pool
}

// New opens the model and reads the tables.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	file, err := model.Embedded("names")
	if err != nil {
		return nil, err
	}
	return Open(lex, file)
}

// Open is New with a given model file.
func Open(lex *lexicon.Lexicon, file *model.File) (*Stage, error) {
	words, _ := file.Section("clusters") // a model may do without
	s, err := NewUntrained(lex, words)
	if err != nil {
		return nil, err
	}
	if s.names, err = openChain(file, "names"); err != nil {
		return nil, err
	}
	return s, nil
}

// NewUntrained is a stage without its model of names: for the trainer, which needs its features, and for tests.
// It finds nominals and pronouns only. Words is what WriteClusters made, or "".
func NewUntrained(lex *lexicon.Lexicon, words string) (*Stage, error) {
	s := &Stage{
		lexicon: lex, given: map[uint64]uint32{}, clusters: openClusters(words),
		ties: hashes(tyingWords), telling: hashes(tellingWords),
		pool: &sync.Pool{New: func() any { return newScratch() }},
	}
	if err := s.readGivenNames(); err != nil {
		return nil, err
	}
	var err error
	if s.nameWords, err = readNameWords(); err != nil {
		return nil, err
	}
	if s.placeNames, err = gazetteer.Open(); err != nil {
		return nil, err
	}
	if s.nouns, err = readNouns(lex); err != nil {
		return nil, err
	}
	if s.finder, err = weapon.New(); err != nil {
		return nil, err
	}
	return s, nil
}

func errShape(name string) error {
	return fmt.Errorf("opening the model names: section %s was made for other labels; run go run ./train names", name)
}

// Name of the stage.
func (s *Stage) Name() string { return "entity" }

// Reads tells the layers it needs.
func (s *Stage) Reads() doc.Layer { return doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax }

// Writes tells the layer it makes.
func (s *Stage) Writes() doc.Layer { return doc.LayerMentions }

// Annotate finds the mentions of d.
func (s *Stage) Annotate(d *doc.Doc) error {
	w := s.pool.Get().(*scratch)
	defer s.pool.Put(w)
	s.read(d, w)
	d.Mentions = d.Mentions[:0]
	if s.names != nil {
		s.tag(d, w)
		s.collectNames(d, w)
		s.agree(d, w)
	}
	w.taken = grow(w.taken, len(d.Tokens))
	clear(w.taken)
	for _, m := range d.Mentions {
		for t := m.First; t < m.Last; t++ {
			w.taken[t] = true
		}
	}
	s.weapons(d, w.taken)
	if d.Done&doc.LayerSyntax != 0 {
		s.nominals(d, w.taken)
		s.pronouns(d, w.taken)
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		m.Phrase = d.TokenSpan(markedPhrase(d, m))
	}
	slices.SortFunc(d.Mentions, func(a, b doc.Mention) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
	})
	d.Done |= doc.LayerMentions
	return nil
}

// tag labels every token of the document.
func (s *Stage) tag(d *doc.Doc, w *scratch) {
	w.labels = grow(w.labels, len(d.Tokens))
	clear(w.labels)
	for i, sentence := range d.Sentences {
		for first, last := w.stretch(sentence, sentence.First); first < last; first, last = w.stretch(sentence, last) {
			s.names.decode(w, int(last-first), func(t int, out []uint64) []uint64 {
				return w.observe(first+int32(t), sentence.First, sentence.Last, w.voices[i], out)
			}, w.labels[first:last])
		}
	}
}

// stretch is the next run of tokens from t on that may belong to names.
func (w *scratch) stretch(sentence doc.Sentence, t int32) (first, last int32) {
	for t < sentence.Last && !w.words[t].near {
		t++
	}
	first = t
	for t < sentence.Last && w.words[t].near {
		t++
	}
	return first, t
}

// collectNames turns runs of labels into mentions.
func (s *Stage) collectNames(d *doc.Doc, w *scratch) {
	for t := int32(0); int(t) < len(w.labels); t++ {
		label := int(w.labels[t])
		if label == Outside {
			continue
		}
		kind, place := split(label)
		first := t
		for place == Begin || place == Inside {
			t++
			_, place = split(int(w.labels[t]))
		}
		if kind < dateType {
			s.addName(d, w, types[kind], first, t+1)
		}
	}
}

// headOf is the token of [first, last) that hangs highest: the one whose head lies outside. The last one of several.
func headOf(d *doc.Doc, first, last int32) int32 {
	for t := last - 1; t >= first; t-- {
		if h := d.Tokens[t].Head; h < first || h >= last {
			return t
		}
	}
	return last - 1
}

// Stretch is a part of a sentence that the tagger looks at, with the features of every token.
type Stretch struct {
	First, Last int32
	Features    [][]uint64
}

// Observations are the stretches of a document: what the trainer learns from.
func (s *Stage) Observations(d *doc.Doc) []Stretch {
	w := newScratch()
	s.read(d, w)
	var out []Stretch
	for i, sentence := range d.Sentences {
		for first, last := w.stretch(sentence, sentence.First); first < last; first, last = w.stretch(sentence, last) {
			stretch := Stretch{First: first, Last: last}
			for t := first; t < last; t++ {
				stretch.Features = append(stretch.Features, w.observe(t, sentence.First, sentence.Last, w.voices[i], nil))
			}
			out = append(out, stretch)
		}
	}
	return out
}
