package petrarch

import (
	"slices"

	"annals/internal/doc"
)

// binding is what a pattern has found: groups for its signs, or None.
type binding struct {
	source, target, compound int32
}

// matcher tries one pattern around one verb.
type matcher struct {
	*sentence
	pattern *Pattern
	limit   int32 // atoms: the pattern may not reach beyond
	steps   int   // left before the search is given up
	bound   binding
}

// maxSteps bounds the search for one pattern around one verb.
const maxSteps = 4000

// match tries a pattern around the verb that covers atoms [first, last).
func (x *sentence) match(p *Pattern, first, last, limit int32) (binding, bool) {
	none := binding{doc.None, doc.None, doc.None}
	m := matcher{sentence: x, pattern: p, limit: limit, steps: maxSteps, bound: none}
	if m.right(p.Verb+1, last) && m.left(p.Verb-1, first) {
		return m.bound, true
	}
	return none, false
}

// right matches the elements from index e on at or behind atom at.
func (m *matcher) right(e int, at int32) bool {
	if e == len(m.pattern.Elements) {
		return true
	}
	furthest := m.limit - 1
	if m.pattern.Elements[e].Tight {
		furthest = at
	}
	for ; at <= furthest && at < m.limit; at++ {
		if m.steps--; m.steps < 0 {
			return false
		}
		before := m.bound
		for _, next := range m.after(&m.pattern.Elements[e], at) {
			if next <= m.limit && m.right(e+1, next) {
				return true
			}
			m.bound = before
		}
	}
	return false
}

// left matches the elements from index e down to the first, ending at or before atom at.
func (m *matcher) left(e int, at int32) bool {
	if e < 0 {
		return true
	}
	furthest := int32(1)
	if m.pattern.Elements[e+1].Tight {
		furthest = at
	}
	for ; at >= furthest && at > 0; at-- {
		if m.steps--; m.steps < 0 {
			return false
		}
		before := m.bound
		for _, next := range m.before(&m.pattern.Elements[e], at) {
			if m.left(e-1, next) {
				return true
			}
			m.bound = before
		}
	}
	return false
}

// after lists where an element that begins at an atom may end; signs are bound.
func (m *matcher) after(e *Element, at int32) []int32 {
	switch e.Kind {
	case WordElement:
		if m.is(at, e.Text) {
			return []int32{at + 1}
		}
	case SynsetElement:
		var out []int32
		for _, phrase := range m.stage.synsets[e.Text] {
			if end := at + int32(len(phrase)); int(end) <= len(m.atoms) && m.spells(at, phrase) {
				out = append(out, end)
			}
		}
		return out
	case SkipElement:
		if c := m.chunkAt(m.atoms[at].token); c != nil && m.atoms[at].token == c.first {
			_, end := m.atomsOf(c.first, c.last)
			return []int32{end}
		}
	default:
		for i := range m.chunks {
			c := &m.chunks[i]
			if from, to := m.actorAtoms(c); len(c.codes) > 0 && from == at && m.bind(e.Kind, c.group) {
				return []int32{to}
			}
		}
	}
	return nil
}

// before lists where an element that ends before an atom may begin; signs are bound.
func (m *matcher) before(e *Element, at int32) []int32 {
	switch e.Kind {
	case WordElement:
		if m.is(at-1, e.Text) {
			return []int32{at - 1}
		}
	case SynsetElement:
		var out []int32
		for _, phrase := range m.stage.synsets[e.Text] {
			if start := at - int32(len(phrase)); start >= 0 && m.spells(start, phrase) {
				out = append(out, start)
			}
		}
		return out
	case SkipElement:
		if c := m.chunkAt(m.atoms[at-1].token); c != nil && m.atoms[at-1].token == c.last-1 {
			start, _ := m.atomsOf(c.first, c.last)
			return []int32{start}
		}
	default:
		for i := range m.chunks {
			c := &m.chunks[i]
			if from, to := m.actorAtoms(c); len(c.codes) > 0 && to == at && m.bind(e.Kind, c.group) {
				return []int32{from}
			}
		}
	}
	return nil
}

// actorAtoms is the range from the first to the last phrase of the dictionary in a chunk.
func (x *sentence) actorAtoms(c *chunk) (from, to int32) {
	if len(c.marks) == 0 {
		return x.atomsOf(c.first, c.last)
	}
	from, to = x.marks[c.marks[0]].first, x.marks[c.marks[0]].last
	for _, i := range c.marks {
		from, to = min(from, x.marks[i].first), max(to, x.marks[i].last)
	}
	return from, to
}

// bind gives a sign its group. A compound needs two members with codes.
func (m *matcher) bind(kind ElementKind, group int32) bool {
	switch kind {
	case SourceElement:
		m.bound.source = group
	case TargetElement:
		m.bound.target = group
	case CompoundElement:
		if len(m.members(group)) < 2 {
			return false
		}
		m.bound.compound = group
	default:
		return false
	}
	return true
}

// is tells whether an atom is a word of a pattern, by its form or lemma.
func (x *sentence) is(at int32, word string) bool {
	return x.atoms[at].word == word || x.atoms[at].lemma == word
}

func (x *sentence) spells(at int32, phrase []string) bool {
	for i, w := range phrase {
		if !x.is(at+int32(i), w) {
			return false
		}
	}
	return true
}

// members are the chunks of a group that have codes.
func (x *sentence) members(group int32) (out []*chunk) {
	if group == doc.None {
		return nil
	}
	for _, i := range x.groups[group] {
		if c := &x.chunks[i]; len(c.codes) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// verbAt finds the verb of the dictionary that a token is: the one with most words, by form before lemma.
func (x *sentence) verbAt(t int32) (verbs []int32, first, last int32) {
	from, to := x.atomsOf(t, t+1)
	if to == from {
		return nil, 0, 0
	}
	head := to - 1 // of a token with hyphens the last part is inflected
	most, found := 0, false
	try := func(candidates []int32) {
		for _, v := range candidates {
			verb := &x.stage.dict.Verbs[v]
			start := head - int32(verb.Head)
			if len(verb.Words) < most || !x.verbWords(verb, start, head) {
				continue
			}
			if len(verb.Words) > most {
				verbs = nil
			}
			verbs = append(verbs, v)
			most, first, last, found = len(verb.Words), start, start+int32(len(verb.Words)), true
		}
	}
	try(x.stage.forms[x.atoms[head].word])
	if !found {
		try(x.stage.lemmas[x.atoms[head].lemma])
	}
	return verbs, first, last
}

// verbWords tells whether the other words of a verb stand around its inflected word.
func (x *sentence) verbWords(verb *Verb, start, head int32) bool {
	if start < 0 || int(start)+len(verb.Words) > len(x.atoms) {
		return false
	}
	for i, w := range verb.Words {
		if at := start + int32(i); at != head && x.atoms[at].word != w {
			return false
		}
	}
	return true
}

// patternFor is the most telling pattern of the verbs' blocks that fits, with what it binds, or nil.
func (x *sentence) patternFor(verbs []int32, first, last, limit int32) (*Pattern, binding) {
	var blocks []int32
	for _, v := range verbs {
		if b := x.stage.dict.Verbs[v].Block; !slices.Contains(blocks, b) {
			blocks = append(blocks, b)
		}
	}
	var best *Pattern
	bound := binding{doc.None, doc.None, doc.None}
	for _, b := range blocks {
		for _, i := range x.stage.patterns[b] {
			p := &x.stage.dict.Patterns[i]
			if best != nil && p.weight() <= best.weight() {
				break
			}
			if got, ok := x.match(p, first, last, limit); ok {
				best, bound = p, got
				break
			}
		}
	}
	return best, bound
}
