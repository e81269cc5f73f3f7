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

// Features appends the features of a state to out. w is a word's lower form, p its tag, c its cluster, l a label;
// s0, s1, s2 are the stack from the top, b0, b1, b2 the buffer.
func (m *Machine) Features(s *State, out []uint64) []uint64 {
	n0 := m.node(s.Stack)
	n1 := m.node(n0.below)
	n2 := m.node(n1.below)
	nb := &m.nodes[s.Front]
	s0, s1, s2 := m.wordOf(n0), m.wordOf(n1), m.wordOf(n2)
	b0, b1, b2, b3 := m.ahead(nb.word), m.ahead(nb.word+1), m.ahead(nb.word+2), m.ahead(nb.word+3)
	labels := m.Actions.hashes
	label := func(n int32, action uint8) uint64 {
		if n == None {
			return 1
		}
		return labels[action]
	}
	s0l, s0r, s0l2, s0r2 := m.node(n0.left), m.node(n0.right), m.node(n0.left2), m.node(n0.right2)
	s1l, s1r, s1r2 := m.node(n1.left), m.node(n1.right), m.node(n1.right2)
	b0l, b0l2 := m.node(nb.left), m.node(nb.left2)
	s0lw, s0rw, s0l2w, s0r2w := m.wordOf(s0l), m.wordOf(s0r), m.wordOf(s0l2), m.wordOf(s0r2)
	s1lw, s1rw, s1r2w, b0lw, b0l2w := m.wordOf(s1l), m.wordOf(s1r), m.wordOf(s1r2), m.wordOf(b0l), m.wordOf(b0l2)
	s0ll, s0rl := label(n0.left, n0.leftLabel), label(n0.right, n0.rightLabel)
	s1ll, s1rl := label(n1.left, n1.leftLabel), label(n1.right, n1.rightLabel)
	b0ll := label(nb.left, nb.leftLabel)

	t := template(128)
	one := func(a uint64) { out = append(out, t.one(a)) }
	two := func(a, b uint64) { out = append(out, t.two(a, b)) }
	three := func(a, b, c uint64) { out = append(out, t.three(a, b, c)) }

	// Words alone.
	s0wp, s1wp, b0wp := fold(s0.Lower, s0.Tag), fold(s1.Lower, s1.Tag), fold(b0.Lower, b0.Tag)
	one(s0.Lower)
	one(s0.Tag)
	one(s0wp)
	one(s1.Lower)
	one(s1.Tag)
	one(s1wp)
	one(s2.Tag)
	two(s2.Lower, s2.Tag)
	one(b0.Lower)
	one(b0.Tag)
	one(b0wp)
	one(b1.Lower)
	one(b1.Tag)
	two(b1.Lower, b1.Tag)
	one(b2.Tag)
	two(b2.Lower, b2.Tag)
	one(b3.Tag)
	// Pairs: top and front, the two on the stack.
	s0b0p := fold(s0.Tag, b0.Tag)
	s1s0p := fold(s1.Tag, s0.Tag)
	two(s0wp, b0wp)
	two(s0wp, b0.Lower)
	two(s0.Lower, b0wp)
	two(s0wp, b0.Tag)
	two(s0.Tag, b0wp)
	two(s0.Lower, b0.Lower)
	one(s0b0p)
	two(b0.Tag, b1.Tag)
	two(b0.Lower, b1.Tag)
	two(s1wp, s0wp)
	two(s1wp, s0.Tag)
	two(s1.Tag, s0wp)
	two(s1.Lower, s0.Lower)
	one(s1s0p)
	two(s1.Tag, b0.Tag)
	two(s1.Lower, b0.Lower)
	// Triples of tags.
	three(s0.Tag, b0.Tag, b1.Tag)
	three(b0.Tag, b1.Tag, b2.Tag)
	three(s1.Tag, s0.Tag, b0.Tag)
	three(s2.Tag, s1.Tag, s0.Tag)
	two(s0b0p, fold(b1.Tag, b2.Tag))
	two(s1s0p, fold(b0.Tag, b1.Tag))
	three(s1.Lower, s0.Tag, b0.Tag)
	three(s1.Tag, s0.Lower, b0.Tag)
	three(s1.Tag, s0.Tag, b0.Lower)
	// With dependents.
	two(s0b0p, s0lw.Tag)
	two(s0b0p, s0rw.Tag)
	two(s0b0p, b0lw.Tag)
	two(s1s0p, s0lw.Tag)
	two(s1s0p, s0rw.Tag)
	two(s1s0p, s1lw.Tag)
	two(s1s0p, s1rw.Tag)
	three(s0.Tag, s0lw.Tag, s0l2w.Tag)
	three(s0.Tag, s0rw.Tag, s0r2w.Tag)
	three(b0.Tag, b0lw.Tag, b0l2w.Tag)
	three(s1.Tag, s1rw.Tag, s1r2w.Tag)
	two(s0lw.Lower, s0ll)
	two(s0rw.Lower, s0rl)
	two(b0lw.Lower, b0ll)
	two(s1lw.Lower, s1ll)
	two(s1rw.Lower, s1rl)
	three(s0.Tag, s0lw.Tag, s0ll)
	three(s0.Tag, s0rw.Tag, s0rl)
	three(b0.Tag, b0lw.Tag, b0ll)
	three(s1.Tag, s1rw.Tag, s1rl)
	// A preposition or mark decides what its phrase hangs on.
	three(s1.Lower, s0lw.Lower, s0.Tag)
	three(s1.Tag, s0lw.Lower, s0.Lower)
	three(s1.Tag, s0lw.Lower, s0.Tag)
	three(s0.Tag, b0lw.Lower, b0.Tag)
	three(s0.Lower, b0lw.Lower, b0.Tag)
	// Distance.
	d0, d1 := distance(n0.word, nb.word), distance(n1.word, n0.word)
	two(s0.Lower, d0)
	two(s0.Tag, d0)
	two(b0.Lower, d0)
	two(b0.Tag, d0)
	two(s0b0p, d0)
	two(s1s0p, d1)
	two(s1.Lower, d1)
	two(s0.Lower, d1)
	// Number of dependents.
	two(s0.Lower, uint64(n0.lefts))
	two(s0.Tag, uint64(n0.lefts))
	two(s0.Lower, uint64(n0.rights))
	two(s0.Tag, uint64(n0.rights))
	two(b0.Lower, uint64(nb.lefts))
	two(b0.Tag, uint64(nb.lefts))
	two(s1.Lower, uint64(n1.rights))
	two(s1.Tag, uint64(n1.rights))
	// Their labels.
	two(s0.Lower, n0.leftSet)
	two(s0.Tag, n0.leftSet)
	two(s0.Lower, n0.rightSet)
	two(s0.Tag, n0.rightSet)
	two(b0.Lower, nb.leftSet)
	two(b0.Tag, nb.leftSet)
	two(s1.Lower, n1.rightSet)
	two(s1.Tag, n1.rightSet)
	two(s1s0p, n1.rightSet)
	three(s1.Tag, s0.Tag, n1.leftSet)
	three(s0.Tag, b0.Tag, n0.leftSet)
	// Clusters.
	two(s0.Fine, s0.Tag)
	two(b0.Fine, b0.Tag)
	two(s1.Fine, s1.Tag)
	two(s0.Fine, b0.Fine)
	two(s1.Fine, s0.Fine)
	two(s0.Fine, b0.Tag)
	two(s0.Tag, b0.Fine)
	two(s1.Fine, s0.Tag)
	two(s1.Tag, s0.Fine)
	three(s1.Coarse, s0lw.Lower, s0.Coarse)
	three(s1.Coarse, s0.Coarse, b0.Coarse)
	two(b1.Fine, s0b0p)
	return out
}
