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

// kind tells how the name is used.
func (r *reading) kind(h *hit) string {
	d := r.d
	if m := h.mention; m != doc.None && d.Mentions[m].Metonym {
		return "metonymic"
	}
	head := r.headOf(h)
	t := &d.Tokens[head]
	if h.source == fromDateline || t.Head == doc.None {
		return "literal"
	}
	if m := h.mention; m != doc.None && d.Mentions[m].Type == "ORG" && d.Mentions[m].Last-d.Mentions[m].First > h.last-h.first {
		return "modifier"
	}
	governor := &d.Tokens[t.Head]
	switch {
	case r.role(h.last)&roleSite != 0 && capital(d.Tokens[h.last].Form):
		return "modifier"
	case d.IsRelation(head, "compound") || d.IsRelation(head, "amod") || d.IsRelation(head, "flat"):
		if r.stage.words.roles[strings.ToLower(governor.Form)]&(rolePlace|roleDivision|roleTown|roleCounty) != 0 {
			return "literal"
		}
		return "modifier"
	case t.Deprel == "nsubj" && r.actsLikeGovernment(h) && r.stage.words.roles[governor.Lemma]&roleSpeak != 0:
		return "metonymic"
	case t.Deprel == "obl:agent":
		return "metonymic"
	case d.IsRelation(head, "obl"):
		if c := d.Child(head, "case"); c != doc.None && r.actsLikeGovernment(h) {
			switch strings.ToLower(d.Tokens[c].Form) {
			case "by", "with", "against":
				return "metonymic"
			}
		}
	case t.Deprel == "obj" || t.Deprel == "iobj":
		if r.actsLikeGovernment(h) && r.stage.words.roles[governor.Lemma]&roleSpeak != 0 {
			return "metonymic"
		}
	case t.Deprel == "nmod:poss":
		if r.stage.words.roles[strings.ToLower(governor.Form)]&(rolePlace|roleTown|roleDivision) != 0 {
			return "literal"
		}
		return "modifier"
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
