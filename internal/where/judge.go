package where

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// judge drops the hits that are no places, gives the others their kinds and binds names to containers.
func (r *reading) judge() {
	r.collectSurnames()
	kept := r.hits[:0]
	for i := range r.hits {
		h := &r.hits[i]
		if h.source == fromTable && !r.isPlace(h) {
			for t := h.first; t < h.last; t++ {
				r.taken[t] = false
			}
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

// run is the stretch of capitalised words around a hit that no other hit and no punctuation breaks.
func (r *reading) run(h *hit) (first, last int32) {
	d := r.d
	s := &d.Sentences[d.Tokens[h.first].Sentence]
	first, last = h.first, h.last
	for first > s.First && r.runsOn(first-1, first) {
		first--
	}
	for last < s.Last && r.runsOn(last, last-1) {
		last++
	}
	return first, last
}

// runsOn tells whether token t continues a capitalised run into its neighbour.
func (r *reading) runsOn(t, neighbour int32) bool {
	d := r.d
	form := d.Tokens[t].Form
	if !capital(form) || r.taken[t] {
		return false
	}
	left, right := min(t, neighbour), max(t, neighbour)
	gap := d.Text[d.Tokens[left].End:d.Tokens[right].Start]
	if len(gap) > 1 || strings.Contains(gap, "\n") {
		return false
	}
	// A sentence's first word is capital anyway.
	s := &d.Sentences[d.Tokens[t].Sentence]
	if t == s.First && d.Tokens[t].UPOS != "PROPN" {
		return false
	}
	return d.Tokens[t].UPOS == "PROPN" || d.Tokens[t].UPOS == "NOUN" || d.Tokens[t].UPOS == "ADJ" || d.Tokens[t].UPOS == "X"
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

// isPlace judges a name that only the gazetteer vouches for.
func (r *reading) isPlace(h *hit) bool {
	d := r.d
	best := r.strongest(h)
	strong := best.Class >= gazetteer.Country || best.Class == gazetteer.Capital || best.Class == gazetteer.Admin1 && best.Population > 300_000
	large := strong || best.Population >= 100_000
	if h.source == fromDateline {
		return true
	}
	one := h.last-h.first == 1
	word := strings.ToLower(d.Tokens[h.first].Form)
	if one && r.stage.words.roles[word]&roleStop != 0 && !best.isCountryName() || h.span.Len() < 2 {
		return false
	}
	if one && h.span.Len() == 2 && (best.Class != gazetteer.Country || d.Slice(h.span) != strings.ToUpper(d.Slice(h.span))) {
		return false
	}
	if one && !strong && strings.ToUpper(d.Slice(h.span)) == d.Slice(h.span) && !r.loud[d.Tokens[h.first].Sentence] && d.Sentences[d.Tokens[h.first].Sentence].Kind != doc.InTitle {
		return false // an acronym
	}
	if m := h.mention; m != doc.None {
		switch d.Mentions[m].Type {
		case "PER", "PRODUCT", "WEAPON":
			return false
		case "ORG":
			return d.Mentions[m].First == h.first && large && d.Mentions[m].Last > h.last && !one || d.Mentions[m].First == h.first && strong && d.Mentions[m].Last > h.last
		case "MISC":
			return strong
		}
	}
	if d.Done&doc.LayerMentions != 0 && len(d.Mentions) > 0 && h.mention == doc.None && !strong && !r.placed(h) {
		return false
	}
	before, after := r.role(h.first-1), r.role(h.last)
	if after&(roleCounty|roleDivision|roleTown) != 0 && h.last < int32(len(d.Tokens)) {
		return r.tagged(h)
	}
	first, last := r.run(h)
	if first < h.first && before&(roleTitle|roleGiven) != 0 {
		return false
	}
	if r.surnames[d.Tokens[h.last-1].Form] && !(strong && best.Class != gazetteer.Admin1) {
		return false
	}
	if one && r.stage.words.roles[word]&roleGiven != 0 && last > h.last && after&roleSite == 0 {
		return false
	}
	if last > h.last { // "Houston Smith", "Boston Police"
		if after&roleSite != 0 {
			return large
		}
		return strong && best.Class != gazetteer.Admin1 && best.Class != gazetteer.Capital
	}
	if first < h.first { // "Smith Houston", "East Timor"
		return strong && before&roleSite == 0
	}
	if !r.tagged(h) && !strong {
		return false
	}
	if large || r.placed(h) {
		return true
	}
	// A small town must be announced by the words around it.
	return false
}

// tagged tells whether the tagger takes the name for one.
func (r *reading) tagged(h *hit) bool {
	if r.loud[r.d.Tokens[h.first].Sentence] {
		return true
	}
	for t := h.first; t < h.last; t++ {
		if r.d.Tokens[t].UPOS == "PROPN" {
			return true
		}
	}
	return false
}

// placed tells whether a preposition of place or a container stands beside the name.
func (r *reading) placed(h *hit) bool {
	d := r.d
	if h.first > 0 && d.Tokens[h.first].Sentence == d.Tokens[h.first-1].Sentence {
		switch strings.ToLower(d.Tokens[h.first-1].Form) {
		case "in", "at", "near", "from", "to", "into", "outside", "around", "toward", "towards", "across", "throughout", "through", "between":
			return true
		}
		if r.role(h.first-1)&(roleTown|roleDivision) != 0 {
			return true
		}
		if d.Tokens[h.first-1].Form == "of" && h.first > 1 && r.role(h.first-2)&(roleTown|roleDivision|rolePlace) != 0 {
			return true
		}
	}
	return int(h.last)+1 < len(d.Tokens) && d.Tokens[h.last].Form == "," && r.hitAt(h.last+1) != doc.None
}

// hitAt is the hit that starts at token t, or None.
func (r *reading) hitAt(t int32) int32 {
	for i := range r.hits {
		if r.hits[i].first == t {
			return int32(i)
		}
	}
	return doc.None
}

// strongest is the candidate of the greatest class or population.
func (r *reading) strongest(h *hit) candidate {
	var best candidate
	best.Population = -1
	for _, c := range r.candidates[h.from:h.to] {
		if c.Class >= gazetteer.Country && best.Class < gazetteer.Country || c.Population > best.Population && (best.Class < gazetteer.Country || c.Class >= gazetteer.Country) {
			best = candidate(c)
		}
	}
	return best
}

type candidate gazetteer.Candidate

func (c candidate) isCountryName() bool { return c.Class == gazetteer.Country }

// kind tells how the name is used.
func (r *reading) kind(h *hit) string {
	d := r.d
	if m := h.mention; m != doc.None && d.Mentions[m].Metonym {
		return "metonymic"
	}
	head := h.last - 1
	for t := h.first; t < h.last; t++ {
		if g := d.Tokens[t].Head; g < h.first || g >= h.last {
			head = t
			break
		}
	}
	t := &d.Tokens[head]
	if h.source == fromDateline || t.Head == doc.None {
		return "literal"
	}
	if m := h.mention; m != doc.None && d.Mentions[m].Type == "ORG" {
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
		switch after := r.role(h.last); {
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
			}
		}
	}
}
