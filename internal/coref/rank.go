package coref

import (
	"annals/internal/doc"
	"annals/internal/model"
)

// How far back antecedents are looked for.
const (
	pronounWindow   = 40 // phrases
	nominalWindow   = 30
	sameHeadWindow  = 12 // phrases with the same head word, however far
	pronounDistance = 8  // sentences
	mostCandidates  = 64
)

// candidates lists the possible antecedents of node i, nearest first.
func (w *work) candidates(i int32, out []int32) []int32 {
	n := &w.nodes[i]
	window := int32(nominalWindow)
	if n.pronoun != 0 {
		window = pronounWindow
	}
	for j := i - 1; j >= 0 && i-j <= window; j-- {
		o := &w.nodes[j]
		if n.sentence-o.sentence > pronounDistance && n.pronoun != 0 {
			break
		}
		if w.possible(n, o, i, j) {
			out = append(out, j)
		}
	}
	if n.pronoun != 0 {
		return out
	}
	same := w.byHead[n.lemma]
	for k, left := len(same)-1, sameHeadWindow; k >= 0 && left > 0; k-- {
		if j := same[k]; i-j > window {
			out = append(out, j)
			left--
		}
	}
	return out
}

// possible leaves out pairs that cannot or hardly ever refer to the same.
func (w *work) possible(n, o *node, i, j int32) bool {
	if o.first <= n.first && n.last <= o.last && n.pronoun != 0 && o.pronoun == 0 && n.head > o.head && n.pronoun < 18 {
		return w.doc.Tokens[n.head].Head != o.head // "the army and its chief" may, "his brother" may not
	}
	if n.first <= o.first && o.last <= n.last && n.pronoun == 0 {
		return false
	}
	if n.pronoun == 0 {
		if o.pronoun != 0 {
			return n.form == doc.NominalMention && n.definite != indefinite && n.definite != counted && n.sentence-o.sentence <= 2
		}
		if n.lemma == o.lemma || n.headText == o.headText {
			return true
		}
		if n.form == doc.NameMention && o.form == doc.NameMention {
			return n.kindFits(o) && (n.shares(o) || n.nameLast-n.nameFirst == 1 && o.nameLast-o.nameFirst > 1)
		}
		if n.definite == indefinite || n.definite == counted {
			return false
		}
		return n.kindFits(o) && n.numberFits(o) && (n.definite == the || n.definite == demonstrative || n.form == doc.NameMention)
	}
	if n.person != o.person && o.pronoun != 0 && n.quote == o.quote {
		return false
	}
	c := &w.chains[w.find(j)]
	if n.person == 3 && n.number == singular && (n.gender == male || n.gender == female) {
		if o.number == plural || c.gender == neuter || c.gender+n.gender == male+female && c.gender != 0 && c.gender <= female {
			return false
		}
	}
	if n.gender == neuter && n.person == 3 && (c.gender == male || c.gender == female || o.number == plural) {
		return false
	}
	return true
}

// shares tells whether two phrases have a modifier in common.
func (n *node) shares(o *node) bool {
	for _, a := range n.modifiers {
		if a == 0 {
			break
		}
		if a == o.headText {
			return true
		}
		for _, b := range o.modifiers {
			if a == b {
				return true
			}
		}
	}
	return false
}

// rankAll gives each node that no rule has linked its best antecedent, or none.
func (s *Stage) rankAll(w *work) {
	w.startRanking()
	var buffer [mostCandidates * 2]int32
	for i := range w.nodes {
		n := &w.nodes[i]
		if !w.linked[i] {
			best, top := doc.None, s.score(w, w.alone(int32(i)))
			for _, j := range w.candidates(int32(i), buffer[:0]) {
				if w.twoPersons(int32(i), j) || w.coArgument(int32(i), j) || w.coArgument(j, int32(i)) {
					continue
				}
				if score := s.score(w, w.pair(int32(i), j)); score > top {
					best, top = j, score
				}
			}
			if best != doc.None {
				w.join(int32(i), best, rankRule[n.form])
			}
		}
		w.passed(int32(i))
	}
}

var rankRule = [...]string{doc.NameMention: "name-ranker", doc.NominalMention: "nominal-ranker", doc.PronounMention: "pronoun-ranker"}

func (s *Stage) score(w *work, features []uint64) int32 {
	w.single[0] = 0
	s.rank.Score(features, w.single[:])
	return w.single[0]
}

func (w *work) startRanking() {
	if w.byHead == nil {
		w.byHead = map[uint64][]int32{}
	}
	clear(w.byHead)
}

// passed makes node i a candidate by its head for those after it.
func (w *work) passed(i int32) {
	if n := &w.nodes[i]; n.pronoun == 0 {
		w.byHead[n.lemma] = append(w.byHead[n.lemma], i)
	}
}

// sort is what kind of phrase a node is, as features see it: each class of pronouns, names by type, nominals by
// definiteness.
func (n *node) sort() uint64 {
	switch {
	case n.pronoun != 0:
		return uint64(n.pronoun)
	case n.form == doc.NameMention:
		return 64
	}
	return 65
}

// fine is sort with more detail.
func (n *node) fine() uint64 {
	if n.pronoun != 0 {
		return uint64(n.pronoun)
	}
	return 64 + uint64(n.form)<<12 + uint64(n.kind)<<8 + uint64(n.definite)<<4 + uint64(n.number)
}

// alone are the features of the answer "refers to nothing before".
func (w *work) alone(i int32) []uint64 {
	n := &w.nodes[i]
	d := w.doc
	f := w.features[:0]
	sort := n.sort()
	add := func(template uint32, a uint64) {
		f = append(f, model.Feature(1000+template, a), model.Join(model.Feature(2000+template, a), sort))
	}
	add(0, 0)
	add(1, n.fine())
	add(2, uint64(n.role))
	add(3, uint64(n.definite))
	add(4, uint64(min(n.last-n.first, 6)))
	add(5, n.headText)
	add(6, uint64(n.kind)<<4|uint64(n.number))
	add(7, n.spread)
	add(8, model.HashString(d.Tokens[n.head].Deprel))
	add(9, near(d, n.first-1))
	add(10, near(d, n.last))
	if n.first < n.head {
		add(11, near(d, n.first))
	}
	add(12, bucket(i))
	add(13, uint64(min(len(w.byHead[n.lemma]), 3)))
	add(14, flag(n.quote != 0))
	w.features = f
	return f
}

func near(d *doc.Doc, t int32) uint64 {
	if t < 0 || int(t) >= len(d.Tokens) {
		return 0
	}
	return model.HashString(d.Tokens[t].Lemma)
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// bucket is a number by its order of size.
func bucket(n int32) uint64 {
	switch {
	case n < 4:
		return uint64(n)
	case n < 6:
		return 4
	case n < 8:
		return 5
	case n < 12:
		return 6
	case n < 20:
		return 7
	case n < 40:
		return 8
	case n < 100:
		return 9
	}
	return 10
}

// pair are the features of node i with antecedent j.
func (w *work) pair(i, j int32) []uint64 {
	n, o := &w.nodes[i], &w.nodes[j]
	c := &w.chains[w.find(j)]
	d := w.doc
	f := w.features[:0]
	sort := n.sort()
	both := model.Join(model.Feature(1, sort), o.sort())
	add := func(template uint32, a uint64) {
		f = append(f, model.Feature(10+template, a), model.Join(model.Feature(200+template, a), sort), model.Join(model.Feature(400+template, a), both))
	}
	few := func(template uint32, a uint64) { f = append(f, model.Join(model.Feature(600+template, a), sort)) }

	sentences := min(n.sentence-o.sentence, 10)
	add(0, 0)
	add(1, bucket(i-j))
	add(2, uint64(sentences))
	add(3, flag(n.headText == o.headText)<<1|flag(n.lemma == o.lemma))
	add(4, flag(n.text == o.text))
	add(5, w.matchOf(n, o))
	add(6, uint64(o.role)<<4|uint64(n.role))
	add(7, flag(o.first <= n.first && n.last <= o.last)<<1|flag(n.first <= o.first && o.last <= n.last))
	add(8, flag(n.quote == o.quote)<<1|flag(n.quote != 0))
	add(9, uint64(n.number)<<4|uint64(o.number))
	add(10, uint64(n.gender)<<4|uint64(c.gender))
	add(11, uint64(n.kind)<<4|uint64(c.kind))
	add(12, uint64(o.definite)<<4|uint64(n.definite))
	add(13, uint64(min(c.size, 5)))
	add(14, uint64(min(c.subjects, 3))<<1|flag(c.named))
	add(15, flag(c.last == j)<<3|bucket(i-c.last))
	add(16, flag(n.paragraph == o.paragraph))
	add(17, uint64(o.role)<<4|uint64(min(sentences, 3)))
	few(20, o.headText)
	few(21, o.spread)
	few(22, o.fine())
	few(23, near(d, o.first-1))
	few(24, near(d, o.last))
	few(25, near(d, n.last))
	few(26, flag(n.spread == o.spread))
	few(27, uint64(o.role)<<8|uint64(min(sentences, 3))<<4|bucket(i-j))
	few(28, uint64(n.role)<<8|uint64(o.role)<<4|flag(c.named)<<3|uint64(min(c.size, 4)))
	if n.pronoun == 0 {
		few(29, model.Join(n.headText, o.headText))
		few(30, model.Join(uint64(n.kind)<<4|uint64(n.definite), uint64(o.kind)<<4|uint64(o.definite)))
	} else {
		few(31, model.Join(n.spread, o.headText))
		few(32, model.Join(o.fine(), uint64(n.role)))
		few(33, model.Join(o.fine(), uint64(min(sentences, 2))<<4|uint64(o.role)))
	}
	w.features = f
	return f
}

// matchOf tells how the words of two phrases agree beyond their heads: modifiers shared, left out, added or at odds.
func (w *work) matchOf(n, o *node) uint64 {
	if n.pronoun != 0 || o.pronoun != 0 {
		return 0
	}
	missing, extra, shared := 0, 0, 0
	for _, a := range n.modifiers {
		if a == 0 {
			break
		}
		if a == o.headText || contains(o.modifiers, a) {
			shared++
		} else {
			extra++
		}
	}
	for _, b := range o.modifiers {
		if b == 0 {
			break
		}
		if !contains(n.modifiers, b) {
			missing++
		}
	}
	out := uint64(min(shared, 2))<<4 | uint64(min(extra, 2))<<2 | uint64(min(missing, 2))
	return out<<2 | flag(n.headText == o.headText)<<1 | flag(contains(o.modifiers, n.headText))
}

func contains(set [4]uint64, x uint64) bool {
	return x == set[0] || x == set[1] || x == set[2] || x == set[3]
}
