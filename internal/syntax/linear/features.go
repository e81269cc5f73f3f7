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

// The features of a state come in groups, by what they look at. The states of a beam, and the states before and after
// them, share most of what they look at, so that the scores of a group are worth keeping: see groupCache.
const (
	frontWords = iota // the words ahead
	topWord           // the word on top of the stack
	topPair           // the top of the stack and the words ahead
	nextWord          // the word below the top
	nextPair          // the two words on top of the stack
	nextTriple        // these and the words ahead
	topNode           // the top of the stack with its dependents
	nextNode          // the one below it with its dependents
	frontNode         // the first word ahead with its dependents
	topArc            // two words that an arc may join, with their dependents: the top and the first ahead
	nextArc           // the one below the top, and the top
	thirdWord         // the third word of the stack with the two above it
	groups
)

// Features appends all features of a state to out. In the comments s0, s1, s2 are the stack from the top and b0, b1,
// b2 the words ahead.
func (m *Machine) Features(s *State, out []uint64) []uint64 {
	v := m.view(s)
	for group := range groups {
		out = v.group(group, out)
	}
	return out
}

// view is what the features of a state look at: the nodes and their words.
type view struct {
	m              *Machine
	n2, n1, n0, nb *node
	s2, s1, s0     *Word
	b0, b1, b2, b3 *Word
}

func (m *Machine) view(s *State) view {
	v := view{m: m, n0: m.node(s.Stack), nb: &m.nodes[s.Front]}
	v.n1 = m.node(v.n0.below)
	v.n2 = m.node(v.n1.below)
	v.s0, v.s1, v.s2 = m.wordOf(v.n0), m.wordOf(v.n1), m.wordOf(v.n2)
	at := v.nb.word
	v.b0, v.b1, v.b2, v.b3 = m.ahead(at), m.ahead(at+1), m.ahead(at+2), m.ahead(at+3)
	return v
}

// key tells apart, inside one sentence, the states that differ in what a group looks at.
func (v *view) key(group int) uint64 {
	s1, s0, b0 := uint64(v.n1.word+1), uint64(v.n0.word+1), uint64(v.nb.word+1)
	switch group {
	case frontWords:
		return b0
	case topWord:
		return s0
	case topPair:
		return s0<<32 | b0
	case nextWord:
		return s1
	case nextPair:
		return s1<<32 | s0
	case nextTriple:
		return s1<<42 | s0<<21 | b0
	case topNode:
		return v.n0.content
	case nextNode:
		return v.n1.content
	case frontNode:
		return v.nb.content
	case topArc:
		return fold(v.n0.content, v.nb.content)
	case nextArc:
		return fold(v.n1.content, v.n0.content)
	default:
		return uint64(v.n2.word+1)<<42 | s1<<21 | s0
	}
}

func (v *view) group(group int, out []uint64) []uint64 {
	f := feature{template(128 + 64*group), out}
	switch group {
	case frontWords:
		v.frontWordsFeatures(&f)
	case topWord:
		wordFeatures(&f, v.s0)
	case topPair:
		v.topPairFeatures(&f)
	case nextWord:
		wordFeatures(&f, v.s1)
	case nextPair:
		v.nextPairFeatures(&f)
	case nextTriple:
		v.nextTripleFeatures(&f)
	case topNode:
		v.m.topNodeFeatures(&f, v.n0)
	case nextNode:
		v.m.nextNodeFeatures(&f, v.n1)
	case frontNode:
		v.m.frontNodeFeatures(&f, v.nb)
	case topArc:
		v.topArcFeatures(&f)
	case nextArc:
		v.nextArcFeatures(&f)
	default:
		v.thirdWordFeatures(&f)
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

func wordFeatures(f *feature, w *Word) {
	f.one(w.Lower)
	f.one(w.Tag)
	f.two(w.Lower, w.Tag)
	f.two(w.Fine, w.Tag)
}

func (v *view) frontWordsFeatures(f *feature) {
	b0, b1, b2, b3 := v.b0, v.b1, v.b2, v.b3
	wordFeatures(f, b0)
	f.one(b1.Lower)
	f.one(b1.Tag)
	f.two(b1.Lower, b1.Tag)
	f.one(b2.Tag)
	f.two(b2.Lower, b2.Tag)
	f.one(b3.Tag)
	f.two(b0.Tag, b1.Tag)
	f.two(b0.Lower, b1.Tag)
	f.three(b0.Tag, b1.Tag, b2.Tag)
}

func (v *view) topPairFeatures(f *feature) {
	s0, b0, b1, b2 := v.s0, v.b0, v.b1, v.b2
	s0wp, b0wp, s0b0p := fold(s0.Lower, s0.Tag), fold(b0.Lower, b0.Tag), fold(s0.Tag, b0.Tag)
	f.two(s0wp, b0wp)
	f.two(s0wp, b0.Lower)
	f.two(s0.Lower, b0wp)
	f.two(s0wp, b0.Tag)
	f.two(s0.Tag, b0wp)
	f.two(s0.Lower, b0.Lower)
	f.one(s0b0p)
	f.three(s0.Tag, b0.Tag, b1.Tag)
	f.two(s0b0p, fold(b1.Tag, b2.Tag))
	f.two(s0.Fine, b0.Fine)
	f.two(s0.Fine, b0.Tag)
	f.two(s0.Tag, b0.Fine)
	f.two(b1.Fine, s0b0p)
	d := distance(v.n0.word, v.nb.word)
	f.two(s0.Lower, d)
	f.two(s0.Tag, d)
	f.two(b0.Lower, d)
	f.two(b0.Tag, d)
	f.two(s0b0p, d)
}

func (v *view) nextPairFeatures(f *feature) {
	s1, s0 := v.s1, v.s0
	s1wp, s0wp, s1s0p := fold(s1.Lower, s1.Tag), fold(s0.Lower, s0.Tag), fold(s1.Tag, s0.Tag)
	f.two(s1wp, s0wp)
	f.two(s1wp, s0.Tag)
	f.two(s1.Tag, s0wp)
	f.two(s1.Lower, s0.Lower)
	f.one(s1s0p)
	f.two(s1.Fine, s0.Fine)
	f.two(s1.Fine, s0.Tag)
	f.two(s1.Tag, s0.Fine)
	d := distance(v.n1.word, v.n0.word)
	f.two(s1s0p, d)
	f.two(s1.Lower, d)
	f.two(s0.Lower, d)
}

func (v *view) nextTripleFeatures(f *feature) {
	s1, s0, b0, b1 := v.s1, v.s0, v.b0, v.b1
	f.two(s1.Tag, b0.Tag)
	f.two(s1.Lower, b0.Lower)
	f.three(s1.Tag, s0.Tag, b0.Tag)
	f.two(fold(s1.Tag, s0.Tag), fold(b0.Tag, b1.Tag))
	f.three(s1.Lower, s0.Tag, b0.Tag)
	f.three(s1.Tag, s0.Lower, b0.Tag)
	f.three(s1.Tag, s0.Tag, b0.Lower)
	f.three(s1.Coarse, s0.Coarse, b0.Coarse)
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

// topArcFeatures look at the top of the stack and the first word ahead, which an arc may join, and at their
// dependents; a preposition or mark among these decides what its phrase hangs on.
func (v *view) topArcFeatures(f *feature) {
	s0, b0 := v.s0, v.b0
	s0l, s0r, b0l := v.dependent(v.n0.left), v.dependent(v.n0.right), v.dependent(v.nb.left)
	s0b0p := fold(s0.Tag, b0.Tag)
	f.two(s0b0p, s0l.Tag)
	f.two(s0b0p, s0r.Tag)
	f.two(s0b0p, b0l.Tag)
	f.three(s0.Tag, b0l.Lower, b0.Tag)
	f.three(s0.Lower, b0l.Lower, b0.Tag)
	f.two(s0b0p, v.n0.leftSet)
	f.two(s0b0p, v.n0.rightSet)
	f.two(s0b0p, v.nb.leftSet)
}

// nextArcFeatures look at the two words on top of the stack in the same way.
func (v *view) nextArcFeatures(f *feature) {
	s1, s0 := v.s1, v.s0
	s0l, s0r, s1l, s1r := v.dependent(v.n0.left), v.dependent(v.n0.right), v.dependent(v.n1.left), v.dependent(v.n1.right)
	s1s0p := fold(s1.Tag, s0.Tag)
	f.two(s1s0p, s0l.Tag)
	f.two(s1s0p, s0r.Tag)
	f.two(s1s0p, s1l.Tag)
	f.two(s1s0p, s1r.Tag)
	f.three(s1.Lower, s0l.Lower, s0.Tag)
	f.three(s1.Tag, s0l.Lower, s0.Lower)
	f.three(s1.Tag, s0l.Lower, s0.Tag)
	f.two(s1s0p, v.n1.rightSet)
	f.two(s1s0p, v.n0.leftSet)
	f.two(s1s0p, v.n1.leftSet)
	f.three(s1.Coarse, s0l.Lower, s0.Coarse)
}

func (v *view) thirdWordFeatures(f *feature) {
	f.one(v.s2.Tag)
	f.two(v.s2.Lower, v.s2.Tag)
	f.three(v.s2.Tag, v.s1.Tag, v.s0.Tag)
}

func (v *view) dependent(n int32) *Word { return v.m.wordOf(v.m.node(n)) }
