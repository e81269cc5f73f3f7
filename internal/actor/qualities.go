package actor

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// qualities are what words around a name tell about its bearer.
type qualities struct {
	country      string // ISO3, UNO, EUR, …
	role         *lexicon.Role
	office       *lexicon.Office
	organisation *lexicon.Hit
	token        int32 // where the role or office stands
	plural       bool
	person       int32 // person of the lexicon whose country is meant, or -1
	former       bool  // "former", "ousted"
	past         bool  // "as secretary of state": not who holds it today
	several      bool  // two countries: neither is meant alone
}

// add takes over what q does not know yet.
func (q *qualities) add(more qualities) {
	if q.country == "" {
		q.country = more.country
	}
	if q.role == nil && q.office == nil {
		q.role, q.office = more.role, more.office
	}
	if q.organisation == nil {
		q.organisation = more.organisation
	}
	q.former = q.former || more.former
}

// see adds what one name of the lexicon tells.
func (r *reading) see(q *qualities, h *lexicon.Hit) {
	if x := find(h, lexicon.OfficeName); x != nil && q.office == nil && q.role == nil {
		q.office, q.token, q.plural = r.whichOffice(h, q.country), h.Last-1, x.Plural
	}
	if x := find(h, lexicon.RoleNoun); x != nil && q.role == nil && q.office == nil {
		q.role, q.token, q.plural = &r.lex.Roles[x.Index], h.Last-1, x.Plural
	}
	if c := r.countryOf(h); c != "" {
		q.several = q.several || q.country != "" && q.country != c
		if q.country == "" {
			q.country = c
		}
	}
	if x := find(h, lexicon.MetonymName); x != nil && q.role == nil && q.office == nil {
		q.role = &lexicon.Role{ID: r.lex.Metonyms[x.Index].ID, Sectors: r.lex.Metonyms[x.Index].Sectors}
	}
	if find(h, lexicon.OrganisationName) != nil && q.organisation == nil && find(h, lexicon.CountryName, lexicon.CountryAdjective) == nil {
		q.organisation = h
	}
}

// countryOf is the country that a name tells, "" for none.
func (r *reading) countryOf(h *lexicon.Hit) string {
	x := find(h, lexicon.CountryName, lexicon.CountryAdjective, lexicon.CountryPeople, lexicon.CountryPerson)
	if x == nil {
		if m := find(h, lexicon.MetonymName); m != nil {
			if c := r.lex.Country(r.lex.Metonyms[m.Index].Country); c != nil {
				return r.code(c)
			}
		}
		if x = find(h, lexicon.CapitalName); x == nil {
			return ""
		}
	}
	return r.code(&r.lex.Countries[x.Index])
}

// whichOffice chooses the sense of a title: that of its country, or the general one.
func (r *reading) whichOffice(h *lexicon.Hit, country string) *lexicon.Office {
	var general, special *lexicon.Office
	for i := range h.Readings {
		x := &h.Readings[i]
		if x.Kind != lexicon.OfficeName {
			continue
		}
		o := &r.lex.Offices[x.Index]
		switch {
		case o.Country == country && country != "":
			return o
		case o.Country == "":
			if general == nil {
				general = o
			}
		case special == nil:
			special = o
		}
	}
	if general != nil {
		return general
	}
	return special
}

// qualities reads the names of the lexicon in a range of tokens.
func (r *reading) qualities(first, last int32) qualities {
	q := qualities{person: -1}
	for t := first; t < last; {
		h := r.hitAt(t)
		if h != nil && h.Last > last && h.First >= first {
			h = r.shorter(t, last)
		}
		if h == nil || h.Last > last || h.First < first {
			t++
			continue
		}
		r.see(&q, h)
		t = h.Last
	}
	return q
}

// shorter is the name at t within [t, last), when a longer one runs over the end: "Foreign Ministry" in "Foreign Ministry spokesman".
func (r *reading) shorter(t, last int32) *lexicon.Hit {
	r.cut = r.lex.Match(r.d, t, last, r.cut[:0])
	if len(r.cut) == 0 || r.cut[0].First != t {
		return nil
	}
	h := r.cut[0] // a copy: r.cut is used again
	return &h
}

// inside reads the titles that a mention begins with: "President Assad".
func (r *reading) inside(m *doc.Mention) qualities {
	h := r.hitAt(m.First)
	if h == nil || h.Last >= m.Last || find(h, lexicon.OfficeName, lexicon.RoleNoun, lexicon.CountryAdjective) == nil {
		return qualities{person: -1}
	}
	return r.qualities(m.First, m.Last)
}

// title reads the title that ends where a name begins, from right to left: "Russian Foreign Minister" before "Lavrov".
func (r *reading) title(before int32) qualities {
	q := qualities{person: -1}
	if before <= 0 || int(before) > len(r.d.Tokens) {
		return q
	}
	sentence := int32(-1)
	if int(before) < len(r.d.Tokens) {
		sentence = r.d.Tokens[before].Sentence
	}
	var found [4]*lexicon.Hit
	n := 0
	for t := before - 1; t >= 0 && n < len(found) && r.d.Tokens[t].Sentence == sentence; {
		if n > 0 && isOne(r.d.Tokens[t].Form, "'s", "’s", "'", "'S", "’") {
			t--
			continue
		}
		h := r.hitAt(t)
		if h == nil || n == 0 && find(h, lexicon.OfficeName, lexicon.RoleNoun, lexicon.MetonymName) == nil {
			if h == nil && n > 0 && r.d.Tokens[t].UPOS == "ADJ" && n < 2 {
				t--
				continue
			}
			break
		}
		if n > 0 && find(h, lexicon.CountryName, lexicon.CountryAdjective, lexicon.OrganisationName, lexicon.MetonymName, lexicon.CapitalName, lexicon.RoleNoun) == nil {
			break
		}
		found[n] = h
		n++
		t = h.First - 1
	}
	if n > 0 {
		q.former = r.former(found[n-1].First-1, before)
	}
	country := ""
	for i := 0; i < n && country == ""; i++ {
		country = r.countryOf(found[i])
	}
	for i := range n {
		if i == 0 && find(found[i], lexicon.OfficeName) != nil {
			q.office, q.token = r.whichOffice(found[i], country), found[i].Last-1
			continue
		}
		r.see(&q, found[i])
	}
	if q.country == "" {
		q.country = country
	}
	if q.office != nil && q.country == "" && q.organisation == nil && len(q.office.Country) == 3 {
		q.country = q.office.Country
	}
	return q
}

// apposition reads what stands in apposition to a name: "Hasan Ali, a Turkish lawmaker,".
func (r *reading) apposition(m *doc.Mention) qualities {
	d := r.d
	if a := d.Child(m.Head, "appos"); a != doc.None && a >= m.Last {
		first, last := d.Subtree(a)
		return r.qualities(first, min(last, a+8))
	}
	if d.IsRelation(m.Head, "appos") && d.Tokens[m.Head].Head != doc.None {
		h := d.Tokens[m.Head].Head
		first, _ := d.Subtree(h)
		if h < m.First {
			return r.qualities(max(first, h-6), m.First)
		}
	}
	return r.afterComma(m)
}

// afterComma reads an apposition by its looks: a comma, then a noun phrase with a role, up to the next comma or verb.
func (r *reading) afterComma(m *doc.Mention) qualities {
	d, t := r.d, m.Last
	none := qualities{person: -1}
	if int(t)+1 >= len(d.Tokens) || d.Tokens[t].Form != "," || d.Tokens[t].Sentence != d.Tokens[m.Head].Sentence {
		return none
	}
	first := t + 1
	for t = first; int(t) < len(d.Tokens) && t < first+12 && d.Tokens[t].Sentence == d.Tokens[m.Head].Sentence; t++ {
		if isOne(d.Tokens[t].Form, ",", ";", ".", "who", "which", "said", "told") || d.Tokens[t].UPOS == "VERB" || d.Tokens[t].UPOS == "PUNCT" && d.Tokens[t].Form != "-" {
			break
		}
	}
	q := r.qualities(first, t)
	// "Ali, Turkey and …" is a list, no apposition: ask for a role in the singular.
	if q.role == nil && q.office == nil || q.plural || int(t) < len(d.Tokens) && d.Tokens[t].Form != "," && d.Tokens[t].Form != "." {
		return none
	}
	return q
}

// possessor is the country of what possesses a mention: "Egypt's Interior Ministry".
func (r *reading) possessor(m *doc.Mention) string {
	t := m.First - 1
	if t > 0 && isOne(r.d.Tokens[t].Form, "'s", "’s", "'", "'S", "’") {
		t--
	}
	if h := r.hitAt(t); h != nil && find(h, lexicon.CountryName, lexicon.CountryAdjective, lexicon.CapitalName) != nil {
		return r.countryOf(h)
	}
	return ""
}

// former tells whether a word in [first, last) says that an office is over.
func (r *reading) former(first, last int32) bool {
	for t := max(first, 0); t < last; t++ {
		if isOne(lower(r.d.Tokens[t].Form), "former", "ex", "ousted", "deposed", "toppled", "ex-president", "retired", "disgraced") {
			return true
		}
	}
	return false
}

func lower(s string) string { return strings.ToLower(s) }
