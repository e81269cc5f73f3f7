package quote

import (
	"annals/internal/doc"
	"annals/internal/model"
)

// Labels of the tagger.
const (
	tagOut = iota
	tagCue
	tagCueIn
	tagSource
	tagSourceIn
	tagContent
	tagContentIn
	tagCount
)

// TagLabels names the labels of the tagger in the order of its scores.
var TagLabels = []string{"O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content"}

// Sequences are the token ranges that the tagger reads at one go: paragraphs, and with a paragraph that leaves its
// quotation open those that go on with it.
func (x *Text) Sequences() [][2]int32 {
	d := x.doc
	var out [][2]int32
	for i := 0; i < len(d.Sentences); {
		first := d.Sentences[i].First
		j := i + 1
		for j < len(d.Sentences) && (d.Sentences[j].Paragraph == d.Sentences[i].Paragraph || x.goesOn(int32(j))) && d.Sentences[j].Last-first < 4000 {
			j++
		}
		if last := d.Sentences[j-1].Last; last > first {
			out = append(out, [2]int32{first, last})
		}
		i = j
	}
	return out
}

// goesOn tells whether sentence j opens a paragraph that goes on with the unended quotation before it.
func (x *Text) goesOn(j int32) bool {
	d := x.doc
	s := d.Sentences[j]
	if s.First >= s.Last || s.First == 0 {
		return false
	}
	before, here := x.quote[s.First-1], x.quote[s.First]
	return before != doc.None && here != doc.None && before != here && d.Quotes[before].Unended && d.Quotes[here].Start == d.Tokens[s.First].Start
}

// collect adds hashed features, numbering their templates.
type collect struct {
	out      []uint64
	template uint32
}

func (c *collect) one(a uint64) {
	c.template++
	c.out = append(c.out, model.Feature(c.template, a))
}

func (c *collect) two(a, b uint64) {
	c.template++
	c.out = append(c.out, model.Join(model.Feature(c.template, a), b))
}

func (c *collect) three(a, b, d uint64) {
	c.template++
	c.out = append(c.out, model.Join(model.Join(model.Feature(c.template, a), b), d))
}

// skip leaves out n templates, so that a condition does not shift the numbers of those after it.
func (c *collect) skip(n uint32) { c.template += n }

var edge = atom{word: 1, lemma: 1, tag: 1, relation: 1, shape: 1, suffix: 1, above: doc.None, branch: doc.None, left: doc.None, right: doc.None}

func (x *Text) at(t int32) *atom {
	if t < 0 || int(t) >= len(x.atoms) {
		return &edge
	}
	return &x.atoms[t]
}

// bucket makes a distance coarse.
func bucket(n int32) uint64 {
	switch {
	case n < 0:
		return 100 + bucket(-n)
	case n < 4:
		return uint64(n)
	case n < 7:
		return 4
	case n < 12:
		return 5
	case n < 20:
		return 6
	case n < 40:
		return 7
	}
	return 8
}

// TagFeatures appends the features of token t for the tagger.
func (x *Text) TagFeatures(t int32, out []uint64) []uint64 {
	c := collect{out: out}
	a, p1, n1, p2, n2 := x.at(t), x.at(t-1), x.at(t+1), x.at(t-2), x.at(t+2)
	c.one(a.word)
	c.one(p1.word)
	c.one(n1.word)
	c.one(p2.word)
	c.one(n2.word)
	c.one(a.lemma)
	c.two(p1.word, a.word)
	c.two(a.word, n1.word)
	c.two(p1.lemma, a.tag)
	c.two(a.lemma, n1.tag)
	c.two(a.tag, n1.lemma)
	c.two(p1.tag, a.lemma)
	c.one(a.tag)
	c.two(p1.tag, a.tag)
	c.two(a.tag, n1.tag)
	c.three(p2.tag, p1.tag, a.tag)
	c.three(p1.tag, a.tag, n1.tag)
	c.three(a.tag, n1.tag, n2.tag)
	c.one(a.shape)
	c.one(a.suffix)
	x.tagTree(&c, t, a)
	x.tagMarks(&c, t, a, p1, n1)
	x.tagNear(&c, t, a)
	return c.out
}

// tagTree: where the token hangs.
func (x *Text) tagTree(c *collect, t int32, a *atom) {
	d := x.doc
	h := d.Tokens[t].Head
	head, grand := x.at(h), &edge
	if h != doc.None {
		grand = x.at(d.Tokens[h].Head)
	}
	side := uint64(0)
	if h > t {
		side = 1
	}
	c.two(a.relation, a.tag)
	c.two(a.relation, head.lemma)
	c.three(a.relation, head.tag, side)
	c.three(a.relation, head.cue, head.frame)
	c.three(a.relation, head.relation, grand.lemma)
	c.three(a.relation, head.relation, grand.cue)
	c.two(a.lemma, a.frame)
	c.two(a.tag, a.frame)
	c.three(a.cue, a.frame, a.relation)
	c.two(a.lemma, a.relation)
	up := x.at(a.above)
	branch := x.at(a.branch)
	side = 0
	if a.above > t {
		side = 1
	}
	c.three(branch.relation, side, uint64(min(a.depth, 4)))
	c.three(branch.relation, side, up.lemma)
	c.three(branch.relation, up.cue, up.relation)
	c.three(branch.relation, branch.tag, up.frame)
	if a.above != doc.None {
		e := x.extent[a.branch]
		position := uint64(0)
		if e.first == t {
			position |= 1
		}
		if e.last == t+1 {
			position |= 2
		}
		c.three(branch.relation, up.cue, position<<1|side)
		c.three(branch.relation, a.tag, position<<1|side)
	} else {
		c.skip(2)
	}
}

// tagMarks: quotation marks around the token.
func (x *Text) tagMarks(c *collect, t int32, a, p1, n1 *atom) {
	c.three(uint64(a.mark), uint64(p1.mark), uint64(n1.mark))
	c.two(uint64(a.mark), a.tag)
	c.two(uint64(a.mark), a.word)
	q := x.quote[t]
	if q == doc.None {
		c.skip(3)
		return
	}
	kind, length := uint64(0), x.doc.Quotes[q].Len()
	if x.doc.Quotes[q].Speech {
		kind = 1
	}
	if x.doc.Quotes[q].Unended {
		kind |= 2
	}
	c.two(kind, uint64(min(length/20, 4)))
	c.three(kind, uint64(a.mark), a.tag)
	c.three(kind, uint64(min(length/20, 4)), x.at(x.beforeQuote(q)).word)
}

// beforeQuote is the last token before a quotation.
func (x *Text) beforeQuote(q int32) int32 {
	first, _ := x.doc.TokensIn(doc.Span{Start: x.doc.Quotes[q].Start, End: x.doc.Quotes[q].Start})
	return first - 1
}

// tagNear: the nearest words of the cue table on both sides.
func (x *Text) tagNear(c *collect, t int32, a *atom) {
	left, right := x.at(a.left), x.at(a.right)
	leftAway, rightAway := uint64(50), uint64(50)
	if a.left != doc.None {
		leftAway = bucket(t - a.left)
	}
	if a.right != doc.None {
		rightAway = bucket(a.right - t)
	}
	c.two(left.lemma, leftAway)
	c.two(right.lemma, rightAway)
	c.three(leftAway, rightAway, a.tag)
	c.three(left.cue, right.cue, a.tag)
	end := uint64(0)
	if a.first {
		end = 1
	}
	if a.last {
		end |= 2
	}
	c.three(end, a.tag, uint64(a.mark))
	s := &x.doc.Sentences[x.doc.Tokens[t].Sentence]
	c.three(uint64(s.Kind), end, a.word)
	c.two(a.cue, uint64(a.mark))
}
