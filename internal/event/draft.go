package event

import (
	"slices"

	"annals/internal/doc"
)

// draft is an event with what is needed to put it in its place.
type draft struct {
	event doc.Event
	from  *candidate
	scope scope
	worth float32 // salience
	gone  bool
}

// draft makes an event of a candidate; false when it has nobody and nothing to it.
func (r *reading) draft(c *candidate) (draft, bool) {
	d := r.d
	s := r.scopeOf(c)
	e := doc.Event{
		Anchor: d.Tokens[c.token].Span, AnchorToken: c.token, Sentence: d.Tokens[c.token].Sentence, Span: r.clause(c),
		Type: c.row.typ, Mode: c.row.mode, CAMEO: c.row.cameo, Polarity: "positive", Modality: s.modality, Tense: s.tense,
		Toponym: doc.None, SameAs: doc.None, Attribution: r.attributionOf(c), Confidence: c.trust, Rule: c.rule,
	}
	if s.negative {
		e.Polarity = "negative"
	}
	if s.condition != doc.None {
		first, last := d.Subtree(s.condition)
		e.Condition = d.TokenSpan(first, last)
	}
	e.Actors = r.participants(c, 'A')
	if len(e.Actors) == 0 {
		e.Actors = r.speakers(c)
	}
	e.Recipients = r.without(r.participants(c, 'R'), e.Actors)
	r.items(c, &e)
	r.timeOf(c, &e)
	r.placeOf(c, &e)
	r.figures(c, &e)
	r.contextsOf(c, &e)
	r.basis(c, &e)
	r.refine(c, &e, &s)
	if !r.worthKeeping(c, &e) {
		return draft{}, false
	}
	return draft{event: e, from: c, scope: s}, true
}

// speakers are the sources of the attribution whose cue the anchor is.
func (r *reading) speakers(c *candidate) []doc.Participant {
	for i := range r.d.Attributions {
		a := &r.d.Attributions[i]
		if a.CueHead != c.token || a.SourceHead == doc.None {
			continue
		}
		p, ok := r.participant(a.SourceHead, "subj", 'A')
		if ok && p.Actor == doc.None {
			p.Actor = a.Speaker
		}
		if ok {
			return []doc.Participant{p}
		}
	}
	return nil
}

// without leaves out of a side whoever is on the other.
func (r *reading) without(side, other []doc.Participant) []doc.Participant {
	return slices.DeleteFunc(side, func(p doc.Participant) bool {
		return slices.ContainsFunc(other, func(q doc.Participant) bool {
			return p.Head == q.Head || p.Mention != doc.None && p.Mention == q.Mention
		})
	})
}

// worthKeeping: a bare noun without participants, figures or a verb that carries it names no happening of its own.
func (r *reading) worthKeeping(c *candidate, e *doc.Event) bool {
	if !c.row.noun {
		return true
	}
	if len(e.Actors)+len(e.Recipients)+len(e.Casualties) > 0 || c.verb != doc.None {
		return true
	}
	return e.Type == "ASSAULT" && (e.Toponym != doc.None || r.is(c.token, "nsubj", "root"))
}

// clause is the words of the happening: the subtree of a verb, the phrase of a noun, without the clauses that
// hang on them loosely.
func (r *reading) clause(c *candidate) doc.Span {
	top := c.token
	if c.verb != doc.None {
		top = c.verb
	}
	first, last := top, top+1
	if c.token < first {
		first = c.token
	}
	if c.token >= last {
		last = c.token + 1
	}
	for _, k := range r.d.Children(top) {
		if r.is(k, "punct", "parataxis", "cc", "mark", "discourse", "dep") || r.is(k, "conj") && r.verbal(k) {
			continue
		}
		f, l := r.d.Subtree(k)
		first, last = min(first, f), max(last, l)
	}
	return r.d.TokenSpan(first, last)
}

// items are the things that were supplied, sold, seized or used, with their weapon category.
func (r *reading) items(c *candidate, e *doc.Event) {
	for _, p := range r.participants(c, 'I') {
		it := doc.Item{Span: p.Span, Head: p.Head, Quantity: doc.None}
		first, last := r.d.Subtree(p.Head)
		for t := first; t < last; t++ {
			if r.category[t] != "" && (it.Category == "" || it.Category == "unspecified") {
				it.Category = r.category[t]
			}
		}
		for q := range r.d.Quantities {
			if r.d.Quantities[q].Of == p.Head || p.Span.Contains(r.d.Quantities[q].Span) {
				it.Quantity = int32(q)
				break
			}
		}
		e.Items = append(e.Items, it)
	}
}

// figures links the quantities and casualties of the clause.
func (r *reading) figures(c *candidate, e *doc.Event) {
	inner := r.core(c)
	for q := range r.d.Quantities {
		s := r.d.Quantities[q].Span
		if inner.Contains(s) && r.ownerOf(s) == c.token {
			e.Quantities = append(e.Quantities, int32(q))
		}
	}
	for k := range r.d.Casualties {
		hurt := &r.d.Casualties[k]
		if hurt.Trigger == c.token || e.Type == "ASSAULT" && inner.Contains(hurt.Span) || e.Type == "COERCE" && hurt.Effect == "DETAINED" && inner.Contains(hurt.Span) {
			e.Casualties = append(e.Casualties, int32(k))
		}
	}
}

func (r *reading) core(c *candidate) doc.Span {
	s := r.clause(c)
	a := r.d.Tokens[c.token].Span
	return doc.Span{Start: min(s.Start, a.Start), End: max(s.End, a.End)}
}

// ownerOf is the anchor that a figure belongs to: the first one above it.
func (r *reading) ownerOf(s doc.Span) int32 {
	first, last := r.d.TokensIn(s)
	if first >= last {
		return doc.None
	}
	t := first
	for i := first; i < last; i++ {
		if h := r.d.Tokens[i].Head; h < first || h >= last {
			t = i
			break
		}
	}
	for steps := 0; t != doc.None && steps < maxClimb; steps++ {
		if a := r.anchored[t]; a != doc.None {
			return t
		}
		for _, k := range r.d.Children(t) {
			if a := r.anchored[k]; a != doc.None && r.candidates[a].verb == t {
				return k
			}
		}
		t = r.d.Tokens[t].Head
	}
	return doc.None
}

// contextsOf adds to the row's contexts those that words of the clause speak of.
func (r *reading) contextsOf(c *candidate, e *doc.Event) {
	e.Contexts = slices.Clone(c.row.contexts)
	first, last := r.d.TokensIn(e.Span)
	for t := first; t < last; t++ {
		for _, ctx := range r.stage.lex.contexts[r.lemma(t)] {
			e.Contexts = withContext(e.Contexts, ctx)
		}
		if r.weaponAt[t] {
			e.Contexts = withContext(e.Contexts, "military")
		}
	}
	if len(e.Contexts) > 6 {
		e.Contexts = e.Contexts[:6]
	}
	if len(e.Contexts) > len(c.row.contexts) && len(c.row.contexts) == 0 {
		e.CAMEO = r.closer(c.row.cameo, e)
	}
}

func withContext(have []string, c string) []string {
	if slices.Contains(have, c) {
		return have
	}
	return append(have, c)
}

// closer refines a general CAMEO code by the contexts, as long as it stays in its family.
func (r *reading) closer(code string, e *doc.Event) string {
	near := r.stage.onto.Nearest(e.Type, e.Mode, e.Contexts)
	if len(code) >= 2 && len(near) >= 2 && near[:2] == code[:2] && (code[len(code)-1] == '0' || len(near) > len(code) && near[:len(code)] == code) {
		return near
	}
	return code
}

// basis is what a transfer rests on: "under Soviet-era contracts".
func (r *reading) basis(c *candidate, e *doc.Event) {
	if e.Type != "AID" && e.Type != "COOPERATE" && e.Type != "SANCTION" {
		return
	}
	for _, p := range []string{"under", "as part of", "within", "in line with", "in accordance with", "pursuant to", "part of"} {
		if b := r.preposition(c.token, p, true); b != doc.None && r.stage.lex.classes["basis"][r.lemma(b)] {
			e.Basis = r.withCase(b)
			return
		}
	}
	// "the arms are part of old contracts": a predicate over the happening.
	if h := r.d.Tokens[c.token].Head; h != doc.None && r.stage.lex.classes["basis"][r.lemma(h)] {
		e.Basis = r.nounPhrase(h)
	}
	if h := r.d.Tokens[c.token].Head; h != doc.None && r.is(c.token, "acl") {
		g := r.d.Tokens[h].Head
		if g != doc.None && r.is(h, "nsubj") {
			if b := r.preposition(g, "of", false); b != doc.None && r.stage.lex.classes["basis"][r.lemma(b)] {
				e.Basis = r.nounPhrase(b)
			} else if r.stage.lex.classes["basis"][r.lemma(g)] {
				e.Basis = r.nounPhrase(g)
			}
		}
	}
}

func (r *reading) withCase(t int32) doc.Span {
	s := r.nounPhrase(t)
	for _, c := range r.d.Children(t) {
		if r.is(c, "case") {
			s.Start = min(s.Start, r.d.Tokens[c].Start)
		}
	}
	return s
}
