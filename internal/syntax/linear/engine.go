package linear

import (
	"sync"

	"annals/internal/doc"
	"annals/internal/model"
)

// Engine reads sentences. It is immutable and safe for concurrent use.
type Engine struct {
	lexicon    *Lexicon
	tagger     *Tagger
	retagger   *Retagger
	reattacher *Reattacher
	inflector  *Inflector
	lemmatiser *Lemmatiser
	parser     *Parser
	pool       sync.Pool
}

// scratch is what one reader needs, kept for the next.
type scratch struct {
	words      []Word
	arena      []byte
	lemmas     []byte
	ends       []int32
	features   []uint64
	keys       []uint64
	scores     []int32
	sure       []bool
	classes    []uint16
	heads      []int32
	actions    []Action
	relations  []string
	children   []int32
	siblings   []int32
	machine    Machine
	states     []State
	candidates []candidate
	scorer     Scorer[int32]
}

// largestKept is how many nodes a scratch may have that is kept: one endless sentence must not hold memory for ever.
const largestKept = 1 << 18

func sized[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n+n/2)
	}
	*s = (*s)[:n]
	return *s
}

// Open opens the embedded models.
func Open() (*Engine, error) {
	e := &Engine{}
	e.pool.New = func() any { return new(scratch) }
	var dictionary *Dictionary
	for _, part := range []struct {
		name string
		open func(*model.File) error
	}{
		{"dictionary", func(f *model.File) (err error) { dictionary, err = OpenDictionary(f); return err }},
		{"lexicon", func(f *model.File) (err error) { e.lexicon, err = OpenLexicon(f, dictionary); return err }},
		{"words", func(f *model.File) (err error) { e.lemmatiser, err = OpenLemmatiser(f); return err }},
		{"words", func(f *model.File) (err error) { e.inflector, err = OpenInflector(f); return err }},
		{"tagger", func(f *model.File) (err error) { e.tagger, err = OpenTagger(f); return err }},
		{"parser", func(f *model.File) (err error) { e.parser, err = OpenParser(f); return err }},
	} {
		f, err := model.Embedded(part.name)
		if err != nil {
			return nil, err
		}
		if err := part.open(f); err != nil {
			return nil, err
		}
	}
	var err error
	if e.retagger, err = OpenRetagger(e.tagger); err != nil {
		return nil, err
	}
	e.reattacher, err = OpenReattacher()
	return e, err
}

// Read writes tags, features, lemmas and arcs into all sentences of d.
func (e *Engine) Read(d *doc.Doc) {
	s := e.pool.Get().(*scratch)
	s.lemmas, s.ends = s.lemmas[:0], s.ends[:0]
	for _, sentence := range d.Sentences {
		if sentence.Last > sentence.First {
			e.sentence(d.Tokens[sentence.First:sentence.Last], sentence.First, s)
		}
	}
	giveLemmas(d, s)
	if cap(s.machine.nodes) <= largestKept {
		e.pool.Put(s)
	}
}

func (e *Engine) sentence(tokens []doc.Token, first int32, s *scratch) {
	n := len(tokens)
	words := e.lexicon.Words(tokens, &s.words, &s.arena)
	classes := sized(&s.classes, n)
	e.tagger.tag(words[:n], classes, s)
	e.retagger.mend(e.tagger, tokens, words, classes)
	heads, actions, relations := sized(&s.heads, n), sized(&s.actions, n), sized(&s.relations, n)
	e.parser.parse(words, heads, actions, s)
	for i := range tokens {
		relations[i] = e.parser.actions.Labels[actions[i]]
	}
	e.reattacher.mend(&clause{tokens, e.tagger.tags, classes, heads, relations})
	arcs := Arcs{Heads: heads, Relations: relations, first: sized(&s.children, n+1), next: sized(&s.siblings, n)}
	arcs.Index()
	for i := range tokens {
		t := &tokens[i]
		tag := e.tagger.tags[classes[i]]
		t.UPOS, t.XPOS, t.Deprel = tag.UPOS, tag.XPOS, relations[i]
		t.Head = doc.None
		if int(heads[i]) < n {
			t.Head = first + heads[i]
		}
		t.Feats = e.inflector.inflect(words[:n], i, &arcs, s)
		s.lemmas = e.lemmatiser.lemma(&words[i], tag, s, s.lemmas)
		s.ends = append(s.ends, int32(len(s.lemmas)))
	}
}

// giveLemmas cuts the lemmas from one string, so that a document costs one allocation for all of them.
func giveLemmas(d *doc.Doc, s *scratch) {
	all := string(s.lemmas)
	at, next := int32(0), 0
	for _, sentence := range d.Sentences {
		for i := sentence.First; i < sentence.Last; i++ {
			d.Tokens[i].Lemma = all[at:s.ends[next]]
			at = s.ends[next]
			next++
		}
	}
}

// Words looks up the words of a sentence; the root is put after the last. Both buffers are used again.
func (l *Lexicon) Words(tokens []doc.Token, words *[]Word, arena *[]byte) []Word {
	size := 0
	for i := range tokens {
		size += 12*len(tokens[i].Form) + 64 // room for all copies of a form, so that the arena moves seldom
	}
	textCase := CaseOf(tokens)
	if cap(*arena) < size {
		*arena = make([]byte, 0, size+size/2)
	}
	bytes := (*arena)[:0]
	out := sized(words, len(tokens)+1)
	for i := range tokens {
		bytes = l.look(&out[i], tokens[i].Form, textCase, bytes)
	}
	out[len(tokens)] = Root
	return out
}
