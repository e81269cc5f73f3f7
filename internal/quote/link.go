package quote

import (
	"annals/internal/doc"
	"annals/internal/model"
)

// Labels of the linker: what a token is to one given cue.
const (
	linkOut = iota
	linkSource
	linkSourceIn
	linkContent
	linkContentIn
	linkCount
)

// LinkLabels names the labels of the linker in the order of its scores.
var LinkLabels = []string{"O", "B-source", "I-source", "B-content", "I-content"}

// Cue is a cue whose source and content are sought.
type Cue struct {
	First, Last int32 // tokens
	Head        int32
}

// NewCue makes a cue of a token range; its head is the token whose own head lies outside.
func (x *Text) NewCue(first, last int32) Cue {
	c := Cue{First: first, Last: last, Head: last - 1}
	for t := first; t < last; t++ {
		if h := x.doc.Tokens[t].Head; h == doc.None || h < first || h >= last {
			c.Head = t
			if x.atoms[t].cue != 0 || x.doc.Tokens[t].UPOS == "VERB" {
				break
			}
		}
	}
	return c
}

// How far from its cue the linker looks.
const (
	sentencesBefore = 2
	sentencesAfter  = 4
	windowTokens    = 400
	cuesAcross      = 10 // and it does not look past so many other cues on a side
)

// link is a cue with the window in which its source and content are sought, and what the features ask of it.
type link struct {
	x       *Text
	cue     Cue
	window  run
	tags    []uint8 // the tagger's label of every token of the document
	step    []int8  // for tokens of the window: how many arcs above the cue its branch leaves the way up, -1 below it
	branch  []int32 // for tokens of the window: the token of its branch next to that way
	cues    []int32 // for tokens of the window: cues the tagger saw up to it
	atCue   int32   // the same count at the cue
	lemma   uint64
	kind    uint64
	frame   uint64
	voice   uint64
	climb   []int32 // the cue's head and the tokens above it
	quoteAt int32   // the quotation nearest to the cue, or None
}

// Window is the token range in which the linker looks for the source and content of a cue.
func (x *Text) Window(c Cue) (first, last int32) {
	d := x.doc
	s := d.Tokens[c.Head].Sentence
	low, high := s, s
	for i := 0; i < sentencesBefore && low > 0 && (d.Sentences[low-1].Paragraph == d.Sentences[s].Paragraph || x.allQuoted(low-1)); i++ {
		low--
	}
	for i := 0; i < 6*sentencesAfter && int(high)+1 < len(d.Sentences); i++ {
		next := high + 1
		same := d.Sentences[next].Paragraph == d.Sentences[s].Paragraph
		running := x.goesOn(next) || x.sameQuote(next)
		if !running && !(same && i < sentencesAfter) && !(next == s+1 && x.allQuoted(next)) {
			break
		}
		high = next
	}
	first, last = d.Sentences[low].First, d.Sentences[high].Last
	return max(first, c.First-windowTokens), min(last, c.Last+2*windowTokens)
}

// sameQuote tells whether sentence s begins inside the quotation in which the one before it ends.
func (x *Text) sameQuote(s int32) bool {
	first := x.doc.Sentences[s].First
	return first > 0 && first < x.doc.Sentences[s].Last && x.quote[first] != doc.None && x.quote[first] == x.quote[first-1]
}

// allQuoted tells whether sentence s begins and ends in marks.
func (x *Text) allQuoted(s int32) bool {
	sentence := x.doc.Sentences[s]
	return sentence.First < sentence.Last && x.quote[sentence.First] != doc.None && x.quote[sentence.Last-1] != doc.None
}

// newLink readies a cue. scratch is reused from link to link.
func (x *Text) newLink(c Cue, tags []uint8, scratch *link) *link {
	l := scratch
	first, last := x.Window(c)
	first, last = x.narrow(tags, c, first, last)
	l.x, l.cue, l.tags, l.window = x, c, tags, run{first, last}
	a := &x.atoms[c.Head]
	l.lemma, l.kind, l.frame, l.voice = a.lemma, a.cue, a.frame, 0
	if x.isPassive(c.Head) {
		l.voice = 1
	}
	l.climb = append(l.climb[:0], c.Head)
	for h := x.doc.Tokens[c.Head].Head; h != doc.None && len(l.climb) < 12; h = x.doc.Tokens[h].Head {
		l.climb = append(l.climb, h)
	}
	l.ways()
	l.countCues()
	l.nearestQuote()
	return l
}

// narrow ends a window before the first sentence on each side in which the tagger saw nothing, and at the
// cuesAcross-th other cue, so that text full of cues costs no more.
func (x *Text) narrow(tags []uint8, c Cue, first, last int32) (int32, int32) {
	d := x.doc
	s := d.Tokens[c.Head].Sentence
	for n := s - 1; n >= 0 && d.Sentences[n].Last > first; n-- {
		if !anyTag(tags[d.Sentences[n].First:d.Sentences[n].Last]) {
			first = d.Sentences[n].Last
		}
	}
	for n := s + 1; int(n) < len(d.Sentences) && d.Sentences[n].First < last; n++ {
		if !anyTag(tags[d.Sentences[n].First:d.Sentences[n].Last]) {
			last = d.Sentences[n].First
		}
	}
	count := 0
	for t := c.First - 1; t >= first; t-- {
		if tags[t] == tagCue {
			if count++; count == cuesAcross {
				first = t + 1
			}
		}
	}
	count = 0
	for t := c.Last; t < last; t++ {
		if tags[t] == tagCue {
			if count++; count == cuesAcross {
				last = t
			}
		}
	}
	return first, last
}

func anyTag(tags []uint8) bool {
	for _, t := range tags {
		if t != tagOut {
			return true
		}
	}
	return false
}

// unknownStep marks tokens that are in no tree with the cue.
const unknownStep = -2

// ways finds, for every token of the window, where its branch leaves the way from the cue to the root.
func (l *link) ways() {
	n := int(l.window.size())
	l.step, l.branch = resize(l.step, n), resize(l.branch, n)
	for i := range l.step {
		l.step[i], l.branch[i] = unknownStep, doc.None
	}
	s := l.x.doc.Sentences[l.x.doc.Tokens[l.cue.Head].Sentence]
	for i, h := range l.climb {
		if l.window.holds(h) {
			l.step[h-l.window.first], l.branch[h-l.window.first] = int8(i), h
		}
	}
	for t := max(s.First, l.window.first); t < min(s.Last, l.window.last); t++ {
		l.way(t)
	}
}

func (l *link) way(t int32) {
	u := t
	steps := 0
	for ; l.window.holds(u) && l.step[u-l.window.first] == unknownStep && steps < 64; steps++ {
		h := l.x.doc.Tokens[u].Head
		if h == doc.None || !l.window.holds(h) {
			return
		}
		if at := l.step[h-l.window.first]; at != unknownStep {
			step, branch := at, l.branch[h-l.window.first]
			if branch == h && l.onClimb(h) {
				branch = u
			}
			for v := t; ; v = l.x.doc.Tokens[v].Head {
				l.step[v-l.window.first], l.branch[v-l.window.first] = step, branch
				if v == u {
					return
				}
			}
		}
		u = h
	}
}

func (l *link) onClimb(t int32) bool {
	for _, h := range l.climb {
		if h == t {
			return true
		}
	}
	return false
}

func (l *link) countCues() {
	l.cues = resize(l.cues, int(l.window.size()))
	count := int32(0)
	for t := l.window.first; t < l.window.last; t++ {
		if l.tags[t] == tagCue && !(l.cue.First <= t && t < l.cue.Last) {
			count++
		}
		l.cues[t-l.window.first] = count
		if t == l.cue.First {
			l.atCue = count
		}
	}
}

// nearestQuote is the quotation of the window that is nearest to the cue.
func (l *link) nearestQuote() {
	l.quoteAt = doc.None
	for away := int32(1); away < 40; away++ {
		if t := l.cue.First - away; t >= l.window.first && l.x.quote[t] != doc.None {
			l.quoteAt = l.x.quote[t]
			return
		}
		if t := l.cue.Last - 1 + away; t < l.window.last && l.x.quote[t] != doc.None {
			l.quoteAt = l.x.quote[t]
			return
		}
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// LinkFeatures appends the features of token t of the window.
func (l *link) features(t int32, out []uint64) []uint64 {
	c := collect{out: out, template: 200}
	x := l.x
	a, p1, n1 := x.at(t), x.at(t-1), x.at(t+1)
	place := l.place(t)
	tags := uint64(l.tag(t)) | uint64(l.tag(t-1))<<4 | uint64(l.tag(t+1))<<8
	c.two(uint64(l.tag(t)), place)
	c.one(tags)
	c.two(tags, place)
	c.two(place, l.lemma)
	c.two(place, a.tag)
	c.two(place, a.word)
	c.three(p1.tag, a.tag, n1.tag)
	c.three(p1.word, a.word, place)
	c.three(a.word, n1.word, place)
	c.three(a.tag, n1.tag, uint64(l.tag(t)))
	l.distances(&c, t, a, place)
	l.tree(&c, t, a, p1, place)
	l.marks(&c, t, a, p1, n1, place)
	return c.out
}

// place: before, in or after the cue, and in how many sentences' distance.
func (l *link) place(t int32) uint64 {
	d := l.x.doc
	sentences := d.Tokens[t].Sentence - d.Tokens[l.cue.Head].Sentence
	place := uint64(max(-3, min(3, sentences)) + 3)
	switch {
	case t < l.cue.First:
		return place << 2
	case t >= l.cue.Last:
		return place<<2 | 1
	}
	return place<<2 | 2
}

func (l *link) tag(t int32) uint8 {
	if t < 0 || int(t) >= len(l.tags) {
		return tagOut
	}
	if l.cue.First <= t && t < l.cue.Last {
		return tagCount
	}
	return l.tags[t]
}

func (l *link) distances(c *collect, t int32, a *atom, place uint64) {
	away := t - l.cue.Last + 1
	if t < l.cue.First {
		away = t - l.cue.First
	}
	between := l.cues[t-l.window.first] - l.atCue
	others := uint64(max(-2, min(2, between)) + 2)
	c.one(bucket(away))
	c.two(bucket(away), a.tag)
	c.two(bucket(away), uint64(l.tag(t)))
	c.two(others, place)
	c.three(others, uint64(l.tag(t)), place)
	c.two(l.kind, place)
	c.three(l.kind, place, uint64(l.tag(t)))
	c.three(l.frame, place, uint64(l.tag(t)))
}

func (l *link) tree(c *collect, t int32, a, p1 *atom, place uint64) {
	i := t - l.window.first
	step, branch := l.step[i], l.x.at(l.branch[i])
	way := uint64(step + 2)
	c.three(way, branch.relation, place)
	c.three(way, branch.relation, l.lemma)
	c.three(way, branch.relation, l.kind<<1|l.voice)
	c.three(way, branch.relation, model.Join(l.frame, l.voice))
	c.three(way, branch.tag, branch.relation)
	c.three(way, branch.relation, a.tag)
	c.three(way, branch.relation, uint64(l.tag(t)))
	c.three(way, a.relation, place)
	c.two(a.relation, a.tag)
	if l.branch[i] == doc.None {
		c.skip(6)
		return
	}
	e := l.x.extent[l.branch[i]]
	edges := uint64(0)
	if e.first == t {
		edges |= 1
	}
	if e.last == t+1 {
		edges |= 2
	}
	if e.first == t-1 {
		edges |= 4
	}
	c.three(edges, way, branch.relation)
	c.three(edges, a.tag, branch.relation)
	c.three(edges, a.word, branch.relation)
	c.three(edges, branch.relation, l.lemma)
	c.three(way, branch.relation, model.Join(l.x.relationOf(l.cue.Head), place))
	own := l.x.extent[t]
	c.three(edges, uint64(boolean(own.first < t))|uint64(boolean(own.last > t+1))<<1, a.relation)
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *Text) relationOf(t int32) uint64 { return x.atoms[t].relation }

func (l *link) marks(c *collect, t int32, a, p1, n1 *atom, place uint64) {
	q := l.x.quote[t]
	near := uint64(0)
	if q != doc.None {
		near = 1
		if q == l.quoteAt {
			near = 2
		}
		if l.x.doc.Quotes[q].Speech {
			near |= 4
		}
		if l.x.quote[l.cue.Head] == q {
			near |= 8
		}
	}
	c.three(near, uint64(a.mark), place)
	c.three(near, uint64(a.mark), uint64(l.tag(t)))
	c.three(near, uint64(a.mark)|uint64(p1.mark)<<4|uint64(n1.mark)<<8, l.kind)
	c.three(near, a.tag, uint64(a.mark))
	c.three(near, uint64(boolean(l.quoteAt != doc.None)), place)
}

// LinkFeatures are the window of a cue and the linker's features of each of its tokens, for training. tags are the
// tagger's labels of all tokens.
func (x *Text) LinkFeatures(c Cue, tags []uint8) (first, last int32, features [][]uint64) {
	l := x.newLink(c, tags, &link{})
	for t := l.window.first; t < l.window.last; t++ {
		features = append(features, l.features(t, nil))
	}
	return l.window.first, l.window.last, features
}
