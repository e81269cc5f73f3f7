package linear

// absent stands for a word that is not there.
var absent = Word{Form: 31, Lower: 37, Tag: 41, UPOS: 43, Fine: 1 << 42, Coarse: 1 << 42}

// noNode has no word and no dependents.
var noNode = node{word: None, below: None, left: None, left2: None, right: None, right2: None}

func (m *Machine) node(n int32) *node {
	if n == None {
		return &noNode
	}
	return &m.nodes[n]
}

func (m *Machine) wordOf(n *node) *Word {
	if n.word == None {
		return &absent
	}
	return &m.Words[n.word]
}

func (m *Machine) ahead(i int32) *Word {
	if int(i) >= len(m.Words) {
		return &absent
	}
	return &m.Words[i]
}

// distance puts the distance of two words into one of seven classes.
func distance(a, b int32) uint64 {
	switch d := b - a; {
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	default:
		return 7
	}
}

// The features of a state come in groups, by what they look at. States of a beam share most of what they look at, so
// that the scores of a group are worth keeping: see groupCache.
const (
	topGroup   = iota // the word on top of the stack and the words ahead
	nextGroup         // the two words on top of the stack and the words ahead
	topNode           // the top of the stack with its dependents
	nextNode          // the one below it with its dependents
	frontNode         // the first word ahead with its dependents
	keptGroups        // from here on groups are not worth keeping
	arcGroup   = keptGroups
	groups     = keptGroups + 1
)

// Features appends all features of a state to out. In the comments s0, s1, s2 are the stack from the top and b0, b1,
// b2 the words ahead.
func (m *Machine) Features(s *State, out []uint64) []uint64 {
	for group := range groups {
		out = m.group(group, s, out)
	}
	return out
}

// key tells apart the states that differ in what a group looks at, inside one sentence.
func (m *Machine) key(group int, s *State) uint64 {
	n0 := m.node(s.Stack)
	switch group {
	case topGroup:
		return uint64(n0.word+1)<<32 | uint64(m.nodes[s.Front].word)
	case nextGroup:
		return uint64(m.node(n0.below).word+1)<<42 | uint64(n0.word+1)<<21 | uint64(m.nodes[s.Front].word)
	case topNode:
		return uint64(s.Stack + 1)
	case nextNode:
		return uint64(n0.below + 1)
	default:
		return uint64(s.Front)
	}
}

func (m *Machine) group(group int, s *State, out []uint64) []uint64 {
	n0 := m.node(s.Stack)
	n1 := m.node(n0.below)
	nb := &m.nodes[s.Front]
	f := feature{template(128 + 64*group), out}
	switch group {
	case topGroup:
		m.topFeatures(&f, n0, nb)
	case nextGroup:
		m.nextFeatures(&f, n1, n0, nb)
	case topNode:
		m.topNodeFeatures(&f, n0)
	case nextNode:
		m.nextNodeFeatures(&f, n1)
	case frontNode:
		m.frontNodeFeatures(&f, nb)
	default:
		m.arcFeatures(&f, m.node(n1.below), n1, n0, nb)
	}
	return f.out
}

// feature collects the features of a group.
type feature struct {
	template template
	out      []uint64
}

func (f *feature) one(a uint64)         { f.out = append(f.out, f.template.one(a)) }
func (f *feature) two(a, b uint64)      { f.out = append(f.out, f.template.two(a, b)) }
func (f *feature) three(a, b, c uint64) { f.out = append(f.out, f.template.three(a, b, c)) }

func (m *Machine) topFeatures(f *feature, n0, nb *node) {
	s0, b0, b1, b2, b3 := m.wordOf(n0), m.ahead(nb.word), m.ahead(nb.word+1), m.ahead(nb.word+2), m.ahead(nb.word+3)
	s0wp, b0wp, s0b0p := fold(s0.Lower, s0.Tag), fold(b0.Lower, b0.Tag), fold(s0.Tag, b0.Tag)
	f.one(s0.Lower)
	f.one(s0.Tag)
	f.one(s0wp)
	f.one(b0.Lower)
	f.one(b0.Tag)
	f.one(b0wp)
	f.one(b1.Lower)
	f.one(b1.Tag)
	f.two(b1.Lower, b1.Tag)
	f.one(b2.Tag)
	f.two(b2.Lower, b2.Tag)
	f.one(b3.Tag)
	f.two(s0wp, b0wp)
	f.two(s0wp, b0.Lower)
	f.two(s0.Lower, b0wp)
	f.two(s0wp, b0.Tag)
	f.two(s0.Tag, b0wp)
	f.two(s0.Lower, b0.Lower)
	f.one(s0b0p)
	f.two(b0.Tag, b1.Tag)
	f.two(b0.Lower, b1.Tag)
	f.three(s0.Tag, b0.Tag, b1.Tag)
	f.three(b0.Tag, b1.Tag, b2.Tag)
	f.two(s0b0p, fold(b1.Tag, b2.Tag))
	f.two(s0.Fine, s0.Tag)
	f.two(b0.Fine, b0.Tag)
	f.two(s0.Fine, b0.Fine)
	f.two(s0.Fine, b0.Tag)
	f.two(s0.Tag, b0.Fine)
	f.two(b1.Fine, s0b0p)
	d := distance(n0.word, nb.word)
	f.two(s0.Lower, d)
	f.two(s0.Tag, d)
	f.two(b0.Lower, d)
	f.two(b0.Tag, d)
	f.two(s0b0p, d)
}

func (m *Machine) nextFeatures(f *feature, n1, n0, nb *node) {
	s1, s0, b0, b1 := m.wordOf(n1), m.wordOf(n0), m.ahead(nb.word), m.ahead(nb.word+1)
	s1wp, s0wp, s1s0p := fold(s1.Lower, s1.Tag), fold(s0.Lower, s0.Tag), fold(s1.Tag, s0.Tag)
	f.one(s1.Lower)
	f.one(s1.Tag)
	f.one(s1wp)
	f.two(s1wp, s0wp)
	f.two(s1wp, s0.Tag)
	f.two(s1.Tag, s0wp)
	f.two(s1.Lower, s0.Lower)
	f.one(s1s0p)
	f.two(s1.Tag, b0.Tag)
	f.two(s1.Lower, b0.Lower)
	f.three(s1.Tag, s0.Tag, b0.Tag)
	f.two(s1s0p, fold(b0.Tag, b1.Tag))
	f.three(s1.Lower, s0.Tag, b0.Tag)
	f.three(s1.Tag, s0.Lower, b0.Tag)
	f.three(s1.Tag, s0.Tag, b0.Lower)
	f.two(s1.Fine, s1.Tag)
	f.two(s1.Fine, s0.Fine)
	f.two(s1.Fine, s0.Tag)
	f.two(s1.Tag, s0.Fine)
	f.three(s1.Coarse, s0.Coarse, b0.Coarse)
	d := distance(n1.word, n0.word)
	f.two(s1s0p, d)
	f.two(s1.Lower, d)
	f.two(s0.Lower, d)
}

// label is the hash of the relation that an action made, or 1 where there is no dependent.
func (m *Machine) label(dependent int32, action uint8) uint64 {
	if dependent == None {
		return 1
	}
	return m.Actions.hashes[action]
}

func (m *Machine) topNodeFeatures(f *feature, n *node) {
	w, l, l2, r, r2 := m.wordOf(n), m.wordOf(m.node(n.left)), m.wordOf(m.node(n.left2)), m.wordOf(m.node(n.right)), m.wordOf(m.node(n.right2))
	ll, rl := m.label(n.left, n.leftLabel), m.label(n.right, n.rightLabel)
	f.three(w.Tag, l.Tag, l2.Tag)
	f.three(w.Tag, r.Tag, r2.Tag)
	f.two(l.Lower, ll)
	f.two(r.Lower, rl)
	f.three(w.Tag, l.Tag, ll)
	f.three(w.Tag, r.Tag, rl)
	f.two(w.Lower, uint64(n.lefts))
	f.two(w.Tag, uint64(n.lefts))
	f.two(w.Lower, uint64(n.rights))
	f.two(w.Tag, uint64(n.rights))
	f.two(w.Lower, n.leftSet)
	f.two(w.Tag, n.leftSet)
	f.two(w.Lower, n.rightSet)
	f.two(w.Tag, n.rightSet)
	f.three(w.Tag, n.leftSet, n.rightSet)
}

func (m *Machine) nextNodeFeatures(f *feature, n *node) {
	w, l, r, r2 := m.wordOf(n), m.wordOf(m.node(n.left)), m.wordOf(m.node(n.right)), m.wordOf(m.node(n.right2))
	ll, rl := m.label(n.left, n.leftLabel), m.label(n.right, n.rightLabel)
	f.three(w.Tag, r.Tag, r2.Tag)
	f.two(l.Lower, ll)
	f.two(r.Lower, rl)
	f.three(w.Tag, r.Tag, rl)
	f.two(w.Lower, uint64(n.rights))
	f.two(w.Tag, uint64(n.rights))
	f.two(w.Lower, n.rightSet)
	f.two(w.Tag, n.rightSet)
	f.three(w.Tag, n.leftSet, n.rightSet)
}

func (m *Machine) frontNodeFeatures(f *feature, n *node) {
	w, l, l2 := m.wordOf(n), m.wordOf(m.node(n.left)), m.wordOf(m.node(n.left2))
	ll := m.label(n.left, n.leftLabel)
	f.three(w.Tag, l.Tag, l2.Tag)
	f.two(l.Lower, ll)
	f.three(w.Tag, l.Tag, ll)
	f.two(w.Lower, uint64(n.lefts))
	f.two(w.Tag, uint64(n.lefts))
	f.two(w.Lower, n.leftSet)
	f.two(w.Tag, n.leftSet)
}

// arcFeatures look at two words that an arc may join and at their dependents; a preposition or mark among these
// decides what its phrase hangs on.
func (m *Machine) arcFeatures(f *feature, n2, n1, n0, nb *node) {
	s2, s1, s0, b0 := m.wordOf(n2), m.wordOf(n1), m.wordOf(n0), m.wordOf(nb)
	s0l, s0r, s1l, s1r, b0l := m.wordOf(m.node(n0.left)), m.wordOf(m.node(n0.right)), m.wordOf(m.node(n1.left)), m.wordOf(m.node(n1.right)), m.wordOf(m.node(nb.left))
	s0b0p, s1s0p := fold(s0.Tag, b0.Tag), fold(s1.Tag, s0.Tag)
	f.one(s2.Tag)
	f.two(s2.Lower, s2.Tag)
	f.three(s2.Tag, s1.Tag, s0.Tag)
	f.two(s0b0p, s0l.Tag)
	f.two(s0b0p, s0r.Tag)
	f.two(s0b0p, b0l.Tag)
	f.two(s1s0p, s0l.Tag)
	f.two(s1s0p, s0r.Tag)
	f.two(s1s0p, s1l.Tag)
	f.two(s1s0p, s1r.Tag)
	f.three(s1.Lower, s0l.Lower, s0.Tag)
	f.three(s1.Tag, s0l.Lower, s0.Lower)
	f.three(s1.Tag, s0l.Lower, s0.Tag)
	f.three(s0.Tag, b0l.Lower, b0.Tag)
	f.three(s0.Lower, b0l.Lower, b0.Tag)
	f.two(s1s0p, n1.rightSet)
	f.two(s1s0p, n0.leftSet)
	f.three(s1.Tag, s0.Tag, n1.leftSet)
	f.three(s0.Tag, b0.Tag, n0.leftSet)
	f.three(s0.Tag, b0.Tag, n0.rightSet)
	f.three(s0.Tag, b0.Tag, nb.leftSet)
	f.three(s1.Coarse, s0l.Lower, s0.Coarse)
}
