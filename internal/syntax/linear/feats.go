package linear

import (
	"annals/internal/model"
)

// Inflector gives morphological features once the arcs are known: a past tense takes its person and number from
// its subject, a participle its voice from its auxiliary.
type Inflector struct {
	weights    *model.Linear
	candidates map[uint64][]uint16 // classes that were seen with a tag
}

// OpenInflector opens the inflector in f.
func OpenInflector(f *model.File) (*Inflector, error) {
	weights, err := model.OpenLinear(f, "feats")
	if err != nil {
		return nil, err
	}
	var seen map[string][]uint16
	if err := f.JSON("feats.candidates", &seen); err != nil {
		return nil, err
	}
	in := &Inflector{weights, make(map[uint64][]uint16, len(seen))}
	for class, candidates := range seen {
		in.candidates[NewTag(class).class] = candidates
	}
	return in, nil
}

// Arcs are the heads (indexes into the words, the root after the last) and relations of a sentence.
type Arcs struct {
	Heads       []int32
	Relations   []string
	first, next []int32 // dependents of every word and the root as lists, in text order
}

// Index must be called once the heads are set.
func (a *Arcs) Index() {
	if len(a.first) != len(a.Heads)+1 {
		a.first, a.next = make([]int32, len(a.Heads)+1), make([]int32, len(a.Heads))
	}
	for i := range a.first {
		a.first[i] = None
	}
	for i := len(a.Heads) - 1; i >= 0; i-- {
		a.next[i] = a.first[a.Heads[i]]
		a.first[a.Heads[i]] = int32(i)
	}
}

// child is the first dependent of head with one of the relations, or the absent word.
func (a *Arcs) child(words []Word, head int, relations ...string) *Word {
	for i := a.first[head]; i != None; i = a.next[i] {
		for _, r := range relations {
			if a.Relations[i] == r {
				return &words[i]
			}
		}
	}
	return &absent
}

// InflectionFeatures appends the features of word i to out.
func InflectionFeatures(words []Word, i int, arcs *Arcs, out []uint64) []uint64 {
	t := template(300)
	w, p1, n1 := &words[i], at(words, i-1), at(words, i+1)
	head := &Root
	if h := arcs.Heads[i]; int(h) < len(words) {
		head = &words[h]
	}
	relation := hashBytes([]byte(arcs.Relations[i]))
	one := func(a uint64) { out = append(out, t.one(a)) }
	two := func(a, b uint64) { out = append(out, t.two(a, b)) }
	one(w.Tag)
	two(w.Tag, w.Lower)
	two(w.Tag, w.Form)
	for _, s := range w.Suffix[:4] {
		two(w.Tag, s)
	}
	two(w.Tag, w.Shape)
	two(w.Tag, relation)
	out = append(out, t.three(w.Tag, w.Lower, relation))
	two(w.Tag, p1.Lower)
	two(w.Tag, n1.Lower)
	two(w.Tag, p1.Tag)
	two(w.Tag, n1.Tag)
	out = append(out, t.three(w.Tag, w.Lower, p1.Lower), t.three(w.Tag, w.Lower, n1.Lower), t.three(w.Tag, w.Lower, n1.Tag))
	out = append(out, t.three(w.Tag, relation, head.Tag), t.three(w.Tag, w.Lower, head.Tag))
	if len(w.Text) == 0 || !verbal(w) {
		return out
	}
	// The subject of an auxiliary is its head's.
	of := i
	if isAux(arcs.Relations[i]) {
		of = int(arcs.Heads[i])
	}
	subject := arcs.child(words, of, "nsubj", "nsubj:pass", "expl", "csubj")
	if arcs.Relations[i] == "conj" && subject == &absent {
		subject = arcs.child(words, int(arcs.Heads[i]), "nsubj", "nsubj:pass")
	}
	passive := arcs.child(words, i, "aux:pass")
	aux := arcs.child(words, i, "aux")
	out = append(out, t.three(w.Tag, subject.Lower, 0), t.three(w.Tag, subject.Tag, w.Lower), t.three(w.Tag, subject.Tag, 1),
		t.three(w.Tag, passive.Lower, aux.Lower), t.three(w.Tag, passive.Tag, relation), t.three(w.Tag, aux.Lower, relation))
	return out
}

var verb, auxiliary = hashBytes([]byte("VERB")), hashBytes([]byte("AUX"))

func verbal(w *Word) bool { return w.UPOS == verb || w.UPOS == auxiliary }

func isAux(relation string) bool {
	return relation == "aux" || relation == "aux:pass" || relation == "cop"
}

// inflect is the feature string of word i.
func (in *Inflector) inflect(words []Word, i int, arcs *Arcs, s *scratch) string {
	candidates := in.candidates[words[i].Tag]
	classes := in.weights.Classes()
	switch len(candidates) {
	case 0:
		return ""
	case 1:
		return classes[candidates[0]]
	}
	scores := sized(&s.scores, len(classes))
	clear(scores)
	s.features = InflectionFeatures(words, i, arcs, s.features[:0])
	in.weights.Score(s.features, scores)
	best := candidates[0]
	for _, c := range candidates[1:] {
		if scores[c] > scores[best] {
			best = c
		}
	}
	return classes[best]
}
