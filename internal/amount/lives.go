package amount

import (
	"strings"

	"annals/internal/doc"
)

// lives reads lives that are taken or lost: "claimed 14 lives", "took the lives of seven guards", "cost 18 people their
// lives", "nine farmers lost their lives". Lives saved or spared are no one's death.
func (r *reader) lives(tr *trigger, t int32, from int) bool {
	verb := r.takesLives(t)
	if verb == doc.None || r.unreal(verb) {
		return true
	}
	heads := []int32{t}
	add := func(h int32) { heads = append(heads, h) }
	r.ofVictims(t, add)
	if strings.EqualFold(r.doc.Tokens[verb].Lemma, "lose") {
		if s := r.doc.Child(verb, "nsubj"); s != doc.None {
			add(s)
		}
	} else {
		for _, c := range r.doc.Children(verb) {
			if c > verb && c != t && (r.doc.IsRelation(c, "iobj") || r.doc.IsRelation(c, "obj")) {
				add(c)
			}
		}
	}
	for _, h := range heads {
		if q := r.quantityOf(h, from); q != doc.None && r.countsPeople(q) {
			return r.write(victims{trigger: tr, token: t, head: h, quantity: q})
		}
		if n, ok := r.numberOf(h); ok && h != t {
			return r.write(victims{trigger: tr, token: t, head: h, quantity: doc.None, number: n})
		}
	}
	return true
}

// takesLives is the verb by which lives are taken or lost, or None.
func (r *reader) takesLives(t int32) int32 {
	h := r.doc.Tokens[t].Head
	if h == doc.None || !r.doc.IsRelation(t, "obj") && !r.doc.IsRelation(t, "nsubj") && !r.doc.IsRelation(t, "iobj") {
		return doc.None
	}
	switch strings.ToLower(r.doc.Tokens[h].Lemma) {
	case "claim", "take", "cost", "lose":
		return h
	}
	return doc.None
}

// numberOfDead tells whether "number of" counts the dead or wounded of a trigger: what it came to follows as after a toll.
func (r *reader) numberOfDead(t int32) bool {
	form := func(k int32) string { return strings.ToLower(r.doc.Tokens[k].Form) }
	first := r.doc.Sentences[r.doc.Tokens[t].Sentence].First
	k := t - 1
	for k > first+1 {
		switch form(k) {
		case "the", "those", "people", "civilians", "soldiers":
			k--
			continue
		}
		break
	}
	return k > first && form(k) == "of" && form(k-1) == "number"
}

// members reads "the dead included six women" and "among the wounded were two boys": parts of a group told before, where one was.
func (r *reader) members(tr *trigger, t int32, from int) bool {
	d := r.doc
	s := &d.Sentences[d.Tokens[t].Sentence]
	if tr.form != "adjective" || t == s.First || !strings.EqualFold(d.Tokens[t-1].Form, "the") || t+1 >= s.Last {
		return false
	}
	next := strings.ToLower(d.Tokens[t+1].Form)
	among := t-1 > s.First && strings.EqualFold(d.Tokens[t-2].Form, "among") && (next == "were" || next == "are" || next == "was")
	if !among && next != "included" && next != "include" {
		return false
	}
	whole := r.wholeOf(tr.effect)
	for k := from; k < len(d.Quantities); k++ {
		q := &d.Quantities[k]
		if q.First <= t || !r.countsPeople(int32(k)) || r.taken(int32(k)) {
			continue
		}
		if r.verbBetween(t+2, q.First) {
			break
		}
		n := len(d.Casualties)
		r.write(victims{trigger: tr, token: t, head: q.Of, quantity: int32(k)})
		if len(d.Casualties) > n && whole != doc.None && (d.Casualties[whole].High < 0 || d.Casualties[n].Low <= d.Casualties[whole].High) {
			d.Casualties[n].SubsetOf = whole
		}
	}
	return true
}

// wholeOf is the last group told of with an effect that is no part of another, or None.
func (r *reader) wholeOf(effect string) int32 {
	for c := len(r.doc.Casualties) - 1; c >= 0; c-- {
		if e := &r.doc.Casualties[c]; e.Effect == effect && e.SubsetOf == doc.None {
			return int32(c)
		}
	}
	return doc.None
}

func (r *reader) verbBetween(first, last int32) bool {
	for t := first; t < last; t++ {
		if r.doc.Tokens[t].UPOS == "VERB" {
			return true
		}
	}
	return false
}
