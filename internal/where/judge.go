package where

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// judge drops the hits that are no places, gives the others their kinds and binds names to containers.
func (r *reading) judge() {
	r.prepare()
	kept := r.hits[:0]
	for i := range r.hits {
		h := &r.hits[i]
		if h.source != fromLexicon && !r.stage.model.accepts(&r.signs[i]) {
			continue
		}
		kept = append(kept, *h)
	}
	r.hits = kept
	for i := range r.hits {
		if h := &r.hits[i]; h.kind == "" {
			h.kind = r.kind(h)
		}
	}
	r.containers()
}

// collectSurnames notes the last words of persons' names, so that the name alone is not read as a place later.
func (r *reading) collectSurnames() {
	d := r.d
	note := func(t int32) {
		if r.surnames == nil {
			r.surnames = map[string]bool{}
		}
		r.surnames[d.Tokens[t].Form] = true
	}
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Type == "PER" && m.Kind == doc.NameMention && m.Last-m.First > 1 {
			note(m.Last - 1)
		}
	}
	for t := int32(1); int(t) < len(d.Tokens); t++ {
		if capital(d.Tokens[t].Form) && d.Tokens[t].UPOS == "PROPN" && d.Tokens[t].Sentence == d.Tokens[t-1].Sentence &&
			r.role(t-1)&(roleGiven|roleTitle) != 0 && capital(d.Tokens[t-1].Form) {
			note(t)
		}
	}
}

// kind tells how the name is used. Hits before it in the text have their kinds.
func (r *reading) kind(h *hit) string {
	d := r.d
	if h.source == fromDateline {
		return "literal"
	}
	if m := r.cover[h.first]; m != doc.None {
		switch mention := &d.Mentions[m]; {
		case mention.Metonym:
			return "metonymic"
		case mention.Type == "ORG" && mention.Last-mention.First > h.last-h.first:
			return "modifier"
		}
	}
	head := r.headOf(h)
	t := &d.Tokens[head]
	if next := h.last; int(next) < len(d.Tokens) && d.Tokens[next].Sentence == t.Sentence && d.Tokens[next-1].End+1 == d.Tokens[next].Start {
		switch named := capital(d.Tokens[next].Form); {
		case named && r.role(next)&roleSite != 0, !named && r.role(next)&rolePeople != 0 && d.Tokens[next].UPOS != "VERB":
			return "modifier" // next to it, the parse is not needed and cannot err
		}
	}
	if t.Head == doc.None {
		return "literal"
	}
	governor := &d.Tokens[t.Head]
	switch {
	case d.IsRelation(head, "compound") || d.IsRelation(head, "amod") || d.IsRelation(head, "flat"):
		return r.unlessPlace(governor, rolePlace|roleDivision|roleTown|roleCounty)
	case d.IsRelation(head, "nmod:poss"):
		return r.unlessPlace(governor, rolePlace|roleDivision|roleTown)
	case d.IsRelation(head, "conj"):
		return r.kindOfConjunct(h, t.Head)
	case t.Deprel == "nsubj" && r.acts(h, governor):
		return "metonymic"
	case t.Deprel == "obl:agent":
		return "metonymic"
	case d.IsRelation(head, "obl") || d.IsRelation(head, "nmod"):
		return r.kindAfter(h, head, t.Head)
	case t.Deprel == "obj" || t.Deprel == "iobj":
		if r.actsLikeGovernment(h) && r.stage.words.roles[governor.Lemma]&roleSpeak != 0 {
			return "metonymic"
		}
	}
	return "literal"
}

// unlessPlace is "modifier", but "literal" before nouns that leave the place what it is: "a Damascus prison".
func (r *reading) unlessPlace(governor *doc.Token, places role) string {
	if r.stage.words.roles[strings.ToLower(governor.Form)]&places != 0 {
		return "literal"
	}
	return "modifier"
}

// kindOfConjunct is the kind of the name that a name is joined to: "Mexico and the United States".
func (r *reading) kindOfConjunct(h *hit, first int32) string {
	for i := range r.hits {
		o := &r.hits[i]
		if o.first > h.first {
			break
		}
		if o != h && o.first <= first && first < o.last && o.source != fromLexicon && o.kind != "" {
			return o.kind
		}
	}
	return "literal"
}

// acts tells whether the subject of a verb stands for those who govern there: a state or its capital where the verb is
// no way of lying or undergoing, a region where it is one of saying and dealing.
func (r *reading) acts(h *hit, verb *doc.Token) bool {
	role := r.stage.words.roles[verb.Lemma]
	if role&roleSpeak != 0 {
		return r.actsLikeGovernment(h)
	}
	return verb.UPOS == "VERB" && role&roleUndergo == 0 && r.isStateOrCapital(h)
}

// kindAfter reads a preposition: "against China", "relations between Mexico and Spain", "the people of Mexico".
func (r *reading) kindAfter(h *hit, head, governor int32) string {
	d := r.d
	c := d.Child(head, "case")
	if c == doc.None {
		return "literal"
	}
	roles := r.role(governor)
	switch strings.ToLower(d.Tokens[c].Form) {
	case "by", "with", "against":
		if roles&rolePlace == 0 && r.actsLikeGovernment(h) { // but "the border with Mexico"
			return "metonymic"
		}
	case "between":
		if roles&roleRelation != 0 && r.actsLikeGovernment(h) {
			return "metonymic"
		}
	case "of":
		if roles&(rolePeople|roleTitle) != 0 && roles&roleTown == 0 {
			return "modifier"
		}
	}
	return "literal"
}

// actsLikeGovernment tells whether a name can stand for those who govern from there.
func (r *reading) actsLikeGovernment(h *hit) bool {
	for _, c := range r.candidates[h.from:h.to] {
		if c.Class == gazetteer.Country || c.Class == gazetteer.Capital || c.Class == gazetteer.Region || c.Class == gazetteer.Historical {
			return true
		}
	}
	return false
}

// isStateOrCapital tells whether a name is that of a country or a capital.
func (r *reading) isStateOrCapital(h *hit) bool {
	for _, c := range r.candidates[h.from:h.to] {
		if c.Class == gazetteer.Country || c.Class == gazetteer.Capital && !c.Alternate {
			return true
		}
	}
	return false
}

// containers binds a name to the place named right after it: "Cairo, Illinois", "Homs, Syria", "Paris (Texas)".
func (r *reading) containers() {
	d := r.d
	for i := range r.hits {
		h := &r.hits[i]
		h.inside, h.wants = doc.None, wantAny
		own := role(0)
		if h.last-h.first > 1 && !capital(d.Tokens[h.last-1].Form) {
			own = r.role(h.last - 1) // "Homs province" as one name
		}
		switch after := own | r.role(h.last); {
		case after&roleCounty != 0 && int(h.last) < len(d.Tokens):
			h.wants = wantCounty
		case after&roleDivision != 0:
			h.wants = wantDivision
		case after&roleTown != 0 && d.Tokens[h.last].Form != "capital":
			h.wants = wantTown
		case h.first > 1 && d.Tokens[h.first-1].Form == "of" && r.role(h.first-2)&roleTown != 0:
			h.wants = wantTown
		case h.first > 1 && d.Tokens[h.first-1].Form == "of" && r.role(h.first-2)&roleDivision != 0:
			h.wants = wantDivision
		}
		if i+1 == len(r.hits) {
			continue
		}
		next := &r.hits[i+1]
		between := ""
		if h.span.End <= next.span.Start {
			between = d.Text[h.span.End:next.span.Start]
		}
		switch strings.TrimSpace(between) {
		case ",", "(", ", in", "in", "city,", "County,", "Township,", "province,", "province in", "province of", "district,", "district of", "region of", ", the capital of", "city in":
			if next.kind == "literal" || next.kind == "" || next.source != fromLexicon {
				h.inside = int32(i + 1)
				if next.kind == "modifier" && next.source != fromLexicon {
					next.kind = "literal"
				}
			}
		}
	}
}
