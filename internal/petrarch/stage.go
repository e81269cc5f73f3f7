package petrarch

import (
	"cmp"
	"slices"
	"strings"

	"annals/internal/doc"
)

// Stage codes documents with one dictionary. It is immutable and safe for concurrent use.
type Stage struct {
	dict     *Dictionary
	actors   *trie
	agents   *trie
	issues   *trie
	synsets  map[string][][]string // phrases as words
	forms    map[string][]int32    // inflected word → verbs
	lemmas   map[string][]int32    // the same for the base forms
	patterns map[int32][]int32     // block → patterns, the most telling first
	discards []discard
}

// discard is a phrase to look for in the words of a text.
type discard struct {
	phrase string // " WORD WORD", with a final " " where a word must end
	story  bool
}

// New prepares a dictionary for reading.
func New(d *Dictionary) (*Stage, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	s := &Stage{dict: d, actors: &trie{}, agents: &trie{}, issues: &trie{}, forms: map[string][]int32{}, lemmas: map[string][]int32{},
		patterns: map[int32][]int32{}}
	for i := range d.Actors {
		s.actors.add(words(d.Actors[i].Phrase), int32(i))
	}
	for i := range d.Agents {
		s.agents.add(words(d.Agents[i].Phrase), int32(i))
	}
	for i := range d.Issues {
		s.issues.add(words(d.Issues[i].Phrase), int32(i))
	}
	s.indexSynsets()
	s.indexVerbs()
	for i := range d.Discards {
		end := ""
		if d.Discards[i].Whole {
			end = " "
		}
		s.discards = append(s.discards, discard{" " + strings.Join(words(d.Discards[i].Phrase), " ") + end, d.Discards[i].Story})
	}
	return s, nil
}

// indexSynsets spells the synonym sets out, those inside others too. A set inside itself adds nothing.
func (s *Stage) indexSynsets() {
	s.synsets = make(map[string][][]string, len(s.dict.Synsets))
	byName := make(map[string]*Synset, len(s.dict.Synsets))
	for i := range s.dict.Synsets {
		byName[s.dict.Synsets[i].Name] = &s.dict.Synsets[i]
	}
	for name := range byName {
		seen := map[string]bool{}
		var spell func(name string) [][]string
		spell = func(name string) (out [][]string) {
			if seen[name] || byName[name] == nil {
				return nil
			}
			seen[name] = true
			for _, p := range byName[name].Phrases {
				if strings.HasPrefix(p, "&") {
					out = append(out, spell(p)...)
				} else if w := words(p); len(w) > 0 {
					out = append(out, w)
				}
			}
			return out
		}
		phrases := spell(name)
		slices.SortStableFunc(phrases, func(a, b []string) int { return cmp.Compare(len(b), len(a)) })
		s.synsets[name] = phrases
	}
}

// indexVerbs files verbs under the word that is inflected, and patterns under their block.
func (s *Stage) indexVerbs() {
	for i := range s.dict.Verbs {
		v := &s.dict.Verbs[i]
		s.forms[v.Words[v.Head]] = append(s.forms[v.Words[v.Head]], int32(i))
		if v.Base {
			s.lemmas[v.Words[v.Head]] = append(s.lemmas[v.Words[v.Head]], int32(i))
		}
	}
	for i := range s.dict.Patterns {
		b := s.dict.Patterns[i].Block
		s.patterns[b] = append(s.patterns[b], int32(i))
	}
	for _, list := range s.patterns {
		slices.SortStableFunc(list, func(x, y int32) int {
			return cmp.Compare(s.dict.Patterns[y].weight(), s.dict.Patterns[x].weight())
		})
	}
}

// weight is how telling a pattern is: more elements first, and among as many the one whose elements are bound closer.
func (p *Pattern) weight() int {
	n := 0
	for _, e := range p.Elements {
		n += 8
		if e.Tight {
			n++
		}
	}
	return n
}

// Name of the stage.
func (*Stage) Name() string { return "petrarch" }

// Reads tells which layers must be there.
func (*Stage) Reads() doc.Layer {
	return doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerMentions | doc.LayerChains | doc.LayerEvents
}

// Writes tells which layer is written.
func (*Stage) Writes() doc.Layer { return doc.LayerCodings }

// Annotate writes the codings of d. It returns no error: a text of which the dictionary knows nothing has none.
func (s *Stage) Annotate(d *doc.Doc) error {
	d.Codings = nil
	d.Done |= doc.LayerCodings
	r := reading{stage: s, doc: d}
	if r.discarded(d.Title) == wholeStory {
		return nil
	}
	r.sentences = make([]sentence, len(d.Sentences))
	for i := range d.Sentences {
		r.sentences[i] = r.read(int32(i))
		if r.sentences[i].discard == wholeStory {
			return nil
		}
	}
	r.pronouns()
	for i := range r.sentences {
		if x := &r.sentences[i]; x.discard == nothing && d.Sentences[i].Kind != doc.InSignOff && d.Sentences[i].Kind != doc.InByline {
			x.group()
			d.Codings = append(d.Codings, x.code()...)
		}
	}
	return nil
}

// extent is how much a discard takes away.
type extent uint8

const (
	nothing extent = iota
	thisSentence
	wholeStory
)

// reading is one document while it is coded.
type reading struct {
	stage     *Stage
	doc       *doc.Doc
	sentences []sentence
}

// discarded tells what the discards say of a text.
func (r *reading) discarded(text string) (out extent) {
	if len(r.stage.discards) == 0 || text == "" {
		return nothing
	}
	text = " " + strings.Join(strings.FieldsFunc(strings.ToUpper(text), func(c rune) bool { return strings.ContainsRune(" \t\n\r-_.,;:!?()\"“”‘’", c) }), " ") + " "
	for _, d := range r.stage.discards {
		if strings.Contains(text, d.phrase) {
			if d.story {
				return wholeStory
			}
			out = thisSentence
		}
	}
	return out
}

// trie finds the longest phrase that begins at a word.
type trie struct {
	next    map[string]*trie
	entries []int32
}

func (t *trie) add(words []string, entry int32) {
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		if t.next == nil {
			t.next = map[string]*trie{}
		}
		if t.next[w] == nil {
			t.next[w] = &trie{}
		}
		t = t.next[w]
	}
	t.entries = append(t.entries, entry)
}

// longest is the number of atoms of the longest phrase at the start of atoms, and its entries.
func (t *trie) longest(atoms []atom) (length int, entries []int32) {
	for i := range atoms {
		if t = t.next[atoms[i].word]; t == nil {
			break
		}
		if t.entries != nil {
			length, entries = i+1, t.entries
		}
	}
	return length, entries
}
