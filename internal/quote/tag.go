package quote

import (
	"cmp"
	"math"
	"slices"

	"annals/internal/doc"
)

// tagged is what the tagger says of a document.
type tagged struct {
	labels []uint8
	cueOdd []float32 // probability that the token is part of a cue
}

// strange is the confidence that a claim needs whose cue the table does not know.
const strange = 0.3

// claims finds the attributions of the document: what the model finds, what the rules add, and what lies inside.
func (s *Stage) claims(x *Text) []claim {
	parsed := x.byRule(run{0, int32(len(x.doc.Tokens))})
	claims := x.outermost(parsed)
	if s.weights != nil {
		found := s.learned(x)
		for i := range found {
			x.classify(&found[i])
		}
		x.correct(found, parsed)
		found = slices.DeleteFunc(found, func(c claim) bool {
			return c.confidence < s.weights.decoding.Least || c.row == nil && c.confidence < strange && !x.inSpeech(c.content)
		})
		claims = x.voice(x.join(x.settle(found), parsed, rare), parsed)
	}
	claims = x.overlay(claims, x.transcripts())
	claims = x.overlay(claims, x.signed())
	byText(claims)
	claims = append(claims, x.bare(claims)...)
	byText(claims)
	claims = x.nested(x.stack(x.parted(claims, parsed)), parsed)
	for i := range claims {
		x.classify(&claims[i])
	}
	return claims
}

// outermost leaves out the claims whose cue lies in the content of another.
func (x *Text) outermost(claims []claim) []claim {
	held := make([]bool, len(x.doc.Tokens))
	for i := range claims {
		for _, r := range claims[i].content {
			for t := r.first; t < r.last; t++ {
				held[t] = true
			}
		}
	}
	var out []claim
	for i := range claims {
		if !held[claims[i].cue[0].first] {
			out = append(out, claims[i])
		}
	}
	return out
}

// join adds claims by rule that have a cue of their own and say nothing of what is claimed already. keep tells which
// may be added; nil: all.
func (x *Text) join(claims, more []claim, keep func(*claim) bool) []claim {
	taken := make([]bool, len(x.doc.Tokens))
	for i := range claims {
		for _, rs := range [2][]run{claims[i].cue, claims[i].content} {
			for _, r := range rs {
				for t := r.first; t < r.last; t++ {
					taken[t] = true
				}
			}
		}
	}
	for i := range more {
		c := &more[i]
		if keep != nil && !keep(c) || touches(taken, c.cue) || touches(taken, c.content) {
			continue
		}
		claims = append(claims, *c)
		if last := &claims[len(claims)-1]; last.confidence == 0 {
			last.confidence = ruleConfidence(last)
		}
	}
	return claims
}

// overlay adds claims that the layout of the text shows, which is surer than its words: what they hold is nobody
// else's, and claims inside them are claims of what is said there.
func (x *Text) overlay(claims, laid []claim) []claim {
	for i := range laid {
		c := &laid[i]
		kept := claims[:0]
		for _, o := range claims {
			switch inside := anyHolds(c.content, o.cueHead); {
			case anyOverlaps(o.cue, c.cue), inside && (!nestable(&o) || x.selfReport(&o)):
				continue
			case !inside && anyOverlaps(o.content, c.content):
				if o.content = cutAll(o.content, c.source, c.cue, c.content); len(trimAll(x.doc, slices.Clone(o.content))) == 0 {
					continue
				}
			}
			kept = append(kept, o)
		}
		claims = append(kept, *c)
	}
	return claims
}

// byText puts claims in the order of the text.
func byText(claims []claim) {
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.first(), b.first()), cmp.Compare(b.last(), a.last()))
	})
}

// first is the first token of a claim.
func (c *claim) first() int32 {
	first := int32(math.MaxInt32)
	for _, rs := range [3][]run{c.source, c.cue, c.content} {
		for _, r := range rs {
			first = min(first, r.first)
		}
	}
	return first
}

// last is the end of a claim.
func (c *claim) last() int32 {
	last := int32(0)
	for _, rs := range [3][]run{c.source, c.cue, c.content} {
		for _, r := range rs {
			last = max(last, r.last)
		}
	}
	return last
}

// tag runs the tagger over the document.
func (s *Stage) tag(x *Text) tagged {
	n := len(x.doc.Tokens)
	out := tagged{labels: make([]uint8, n), cueOdd: make([]float32, n)}
	var e Emissions
	var w lattice
	var features []uint64
	var counts [tagCount]int32
	c := s.weights.tagger
	for _, q := range x.Sequences() {
		e.reset(tagCount, int(q[1]-q[0]))
		for t := q[0]; t < q[1]; t++ {
			features = x.TagFeatures(t, features[:0])
			row := e.At(int(t - q[0]))
			c.add(features, row, counts[:])
			row[tagCue] += s.weights.decoding.CueBonus
		}
		copy(out.labels[q[0]:q[1]], c.viterbi(&e, &w))
		c.marginals(&e, &w)
		for t := q[0]; t < q[1]; t++ {
			m := w.Marginals[int(t-q[0])*tagCount:]
			out.cueOdd[t] = float32(m[tagCue] + m[tagCueIn])
		}
	}
	return out
}

// learned finds attributions with the model.
func (s *Stage) learned(x *Text) []claim {
	tags := s.tag(x)
	var out []claim
	var scratch link
	var e Emissions
	var w lattice
	for _, r := range runsOf(tags.labels, 0, tagCue) {
		cue := x.NewCue(r.first, r.last)
		if c, ok := s.link(x, cue, tags, &scratch, &e, &w); ok {
			out = append(out, c)
		}
	}
	return out
}

// link gives a cue its source and content.
func (s *Stage) link(x *Text, cue Cue, tags tagged, scratch *link, e *Emissions, w *lattice) (claim, bool) {
	l := x.newLink(cue, tags.labels, scratch)
	n := int(l.window.size())
	e.reset(linkCount, n)
	var features []uint64
	var counts [linkCount]int32
	for t := l.window.first; t < l.window.last; t++ {
		features = l.features(t, features[:0])
		s.weights.linker.add(features, e.At(int(t-l.window.first)), counts[:])
		if cue.First <= t && t < cue.Last {
			row := e.At(int(t - l.window.first))
			for i := 1; i < linkCount; i++ {
				row[i] = float32(math.Inf(-1))
			}
		}
	}
	labels, margin := s.weights.linker.viterbiWith(e, w, linkContent)
	c := claim{cueHead: cue.Head, cue: []run{{cue.First, cue.Last}}, sourceHead: doc.None, outer: doc.None, rule: "model"}
	c.source = nearest(runsOf(labels, l.window.first, linkSource), c.cue[0])
	c.content = runsOf(labels, l.window.first, linkContent)
	if len(c.content) == 0 {
		return c, false
	}
	x.snap(&c)
	if len(c.source) > 0 {
		c.sourceHead = x.headOf(c.source[0])
	}
	s.weights.linker.marginals(e, w)
	c.evidence = x.weigh(l, &c, tags, labels, w)
	c.evidence[12] = float64(min(max(margin, -8), 8))
	c.confidence = float32(s.weights.calibration.Probability(c.evidence[:]))
	return c, true
}

// headOf is the token of a run whose own head lies outside of it, a noun before others.
func (r *reader) headOf(x run) int32 {
	other := x.last - 1
	for t := x.last - 1; t >= x.first; t-- {
		h := r.doc.Tokens[t].Head
		if h != doc.None && x.holds(h) {
			continue
		}
		switch r.doc.Tokens[t].UPOS {
		case "NOUN", "PROPN", "PRON":
			other = t
		}
	}
	return other
}

// nearest keeps the run that is nearest to the cue.
func nearest(rs []run, cue run) []run {
	if len(rs) < 2 {
		return rs
	}
	best, distance := 0, int32(math.MaxInt32)
	for i, r := range rs {
		away := r.first - cue.last
		if r.last <= cue.first {
			away = cue.first - r.last
		}
		if away < distance {
			best, distance = i, away
		}
	}
	return rs[best : best+1]
}

// runsOf are the runs of a role in a sequence of labels; begin is its label B, begin+1 its label I.
func runsOf(labels []uint8, offset int32, begin uint8) []run {
	var out []run
	for i := 0; i < len(labels); i++ {
		if labels[i] != begin {
			continue
		}
		j := i + 1
		for j < len(labels) && labels[j] == begin+1 {
			j++
		}
		out = append(out, run{offset + int32(i), offset + int32(j)})
		i = j - 1
	}
	return out
}

// Tags are the tagger's labels of all tokens, for training the linker.
func (s *Stage) Tags(x *Text) []uint8 { return s.tag(x).labels }
