package petrarch

import (
	"slices"
	"strings"

	"annals/internal/doc"
)

// sides finds source and target of a clause: what the pattern binds, else the subject and the first actor behind the
// verb, turned round in a passive clause.
func (x *sentence) sides(c *clause, bound binding) {
	if bound.compound != doc.None {
		c.sources = x.members(bound.compound)
		if bound.source == doc.None && bound.target == doc.None {
			c.targets = c.sources
			return
		}
	}
	source, target := bound.source, bound.target
	subject := x.subjectGroup(c.verb)
	if source == doc.None && target == doc.None && x.passive(c.verb) {
		source, target = x.agentGroup(c.verb), subject
		if source == doc.None || target == doc.None {
			return // nobody says who did it, or to whom: better no coding than a wrong one
		}
	}
	if c.sources == nil {
		if source == doc.None {
			source = subject
		}
		if source == target {
			source = doc.None
		}
		if source == doc.None {
			source = x.nearestBefore(c.verb, target)
		}
		c.sources = x.members(source)
	}
	if target == doc.None {
		target = x.firstBehind(c.verb, source)
	}
	c.targets = x.members(target)
}

// subject is the subject of a verb, its own or that of the verb it hangs on, or None.
func (x *sentence) subject(verb int32) int32 {
	d := x.doc
	for steps := 0; verb != doc.None && steps < 8; steps++ {
		if s := d.Child(verb, "nsubj", "csubj"); s != doc.None {
			if strings.HasPrefix(d.Tokens[s].XPOS, "W") && d.IsRelation(verb, "acl") {
				return d.Tokens[verb].Head // who, which, that: the noun before them
			}
			return s
		}
		switch {
		case d.IsRelation(verb, "acl"):
			return d.Tokens[verb].Head
		case d.Tokens[verb].UPOS == "AUX", d.IsRelation(verb, "xcomp"), d.IsRelation(verb, "conj"), d.IsRelation(verb, "advcl"),
			d.IsRelation(verb, "ccomp"), d.IsRelation(verb, "parataxis"):
			verb = d.Tokens[verb].Head
		default:
			return doc.None
		}
	}
	return doc.None
}

// subjectGroup is the first group with a code in the subject of a verb, or None.
func (x *sentence) subjectGroup(verb int32) int32 {
	s := x.subject(verb)
	if s == doc.None {
		return doc.None
	}
	first, last := x.doc.Subtree(s)
	if s < verb {
		last = min(last, verb)
	}
	return x.groupIn(first, last, doc.None)
}

// groupIn is the first group with a code, other than one, that has a chunk in tokens [first, last).
func (x *sentence) groupIn(first, last, other int32) int32 {
	for i := range x.chunks {
		if c := &x.chunks[i]; c.group != other && len(c.codes) > 0 && c.first < last && c.last > first && c.head >= first {
			return c.group
		}
	}
	return doc.None
}

// passive tells whether a verb is in the passive voice: by its auxiliary or subject, or as a participle that hangs on a
// noun and has neither subject nor object. The tag alone is not asked: a past tense is often taken for a participle.
func (x *sentence) passive(verb int32) bool {
	d := x.doc
	return d.Child(verb, "aux:pass", "nsubj:pass") != doc.None ||
		d.Tokens[verb].XPOS == "VBN" && d.IsRelation(verb, "acl") && d.Child(verb, "aux", "nsubj", "obj") == doc.None
}

// agentGroup is the group behind the "by" of a passive verb, or None.
func (x *sentence) agentGroup(verb int32) int32 {
	for _, t := range x.doc.Children(verb) {
		if t < verb || !x.doc.IsRelation(t, "obl") {
			continue
		}
		if by := x.doc.Child(t, "case"); by != doc.None && strings.EqualFold(x.doc.Tokens[by].Form, "by") {
			first, last := x.doc.Subtree(t)
			return x.groupIn(first, last, doc.None)
		}
	}
	return doc.None
}

// nearestBefore is the last group with a code before a verb that no preposition brings, or the last at all; None when
// there is none but the other side.
func (x *sentence) nearestBefore(verb, other int32) int32 {
	any := doc.None
	for i := len(x.chunks) - 1; i >= 0; i-- {
		c := &x.chunks[i]
		if c.last > verb || c.group == other || len(c.codes) == 0 {
			continue
		}
		if first, _ := x.bounds(); c.first == first || x.doc.Tokens[c.first-1].UPOS != "ADP" {
			return c.group
		}
		if any == doc.None {
			any = c.group
		}
	}
	return any
}

// firstBehind is the first group with a code behind a verb and inside its clause, other than its source: first among
// what hangs on the verb, then up to where another clause begins.
func (x *sentence) firstBehind(verb, source int32) int32 {
	_, last := x.doc.Subtree(verb)
	if g := x.groupIn(verb+1, last, source); g != doc.None {
		return g
	}
	reach := x.reach(verb)
	for i := range x.chunks {
		c := &x.chunks[i]
		if _, end := x.atomsOf(c.first, c.last); c.first > verb && end <= reach && c.group != source && len(c.codes) > 0 {
			return c.group
		}
	}
	return doc.None
}

// retell applies the transformations: what somebody says of an action becomes the action that the rule names.
func (x *sentence) retell(clauses []clause) {
	for i := range x.stage.dict.Retells {
		rule := &x.stage.dict.Retells[i]
		for outer := range clauses {
			if clauses[outer].dropped || !x.called(&clauses[outer], rule.Verb) {
				continue
			}
			for inner := range clauses {
				told := &clauses[inner]
				if inner != outer && !told.dropped && x.doc.Tokens[told.verb].Head == clauses[outer].verb && x.called(told, rule.Inner) {
					x.apply(rule, &clauses[outer], told)
				}
			}
		}
	}
}

// called tells whether the verb of a clause is one that a transformation names: Q is any; WILL_X asks for a future.
func (x *sentence) called(c *clause, name string) bool {
	if name == "Q" {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "WILL_"); ok {
		name = rest
		if !slices.ContainsFunc(x.doc.Children(c.verb), func(t int32) bool {
			w := strings.ToLower(x.doc.Tokens[t].Form)
			return w == "will" || w == "would" || w == "'ll"
		}) {
			return false
		}
	}
	dict := x.stage.dict
	for _, v := range x.stage.lemmas[name] {
		for _, mine := range c.verbs {
			if dict.Verbs[v].Block == dict.Verbs[mine].Block {
				return true
			}
		}
	}
	return false
}

// apply turns the inner clause into what the rule says, when its sides agree with those of the outer one.
func (x *sentence) apply(rule *Transform, outer, inner *clause) {
	sides := map[string][]*chunk{}
	agree := func(name string, side []*chunk) bool {
		switch name {
		case ".":
			return true
		case "_":
			return len(side) == 0
		}
		if have, ok := sides[name]; ok {
			return len(have) > 0 && len(side) > 0 && slices.Equal(have[0].codes, side[0].codes)
		}
		sides[name] = side
		return len(side) > 0
	}
	if !agree(rule.Outer, outer.sources) || !agree(rule.Source, inner.sources) || !agree(rule.Target, inner.targets) {
		return
	}
	inner.sources, inner.targets = sides[rule.Result[0]], sides[rule.Result[1]]
	if rule.Result[2] != "Q" {
		inner.code = Code{Forward: present(rule.Result[2])}
	}
	inner.row, outer.dropped = rule.Row, true
}
