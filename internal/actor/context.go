package actor

import (
	"annals/internal/doc"
	"annals/internal/lexicon"
)

// What a description without a country of its own takes from the rest of the document.

// survey collects the roles whose country the text gives, so that "the opposition" in the lead can take the country of
// "the Syrian opposition" below.
func (r *reading) survey() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == doc.PronounMention {
			continue
		}
		h := r.hitAt(m.Head)
		if find(h, lexicon.RoleNoun) == nil {
			continue
		}
		q := r.describe(m, h)
		if q.role == nil || q.several {
			continue
		}
		if q.country == "" {
			q.country = r.partner(m)
		}
		if q.country != "" {
			r.roles = append(r.roles, roleSeen{q.role.ID, r.nounOf(m), q.country})
		}
	}
}

// partner is the country that a phrase shares with the one it is coordinated with: "the Syrian government and the opposition".
func (r *reading) partner(m *doc.Mention) string {
	d := r.d
	h := d.Tokens[m.Head].Head
	if !d.IsRelation(m.Head, "conj") || h == doc.None || find(r.hitAt(h), lexicon.RoleNoun) == nil {
		return ""
	}
	first, _ := d.Subtree(h)
	q := r.describe(&doc.Mention{First: max(first, h-4), Last: h + 1, Head: h}, r.hitAt(h))
	if q.several || q.role == nil || !domestic(q.role) {
		return ""
	}
	return q.country
}

// unqualified tells whether nothing in a phrase says whose it is: "the government", "police", not "his government" nor
// "the Obama administration".
func (r *reading) unqualified(m *doc.Mention) bool {
	d := r.d
	if !r.definite(m) {
		return false
	}
	for _, c := range d.Children(m.Head) {
		if isOne(d.Tokens[c].Deprel, "nmod:poss", "nmod:of") || d.IsRelation(c, "nmod") && c > m.Head {
			return false
		}
		if c < m.Head && isOne(d.Tokens[c].UPOS, "PROPN", "NUM") {
			return false
		}
	}
	return m.First == 0 || !isOne(d.Tokens[m.First-1].Form, "'s", "’s", "'", "’", "his", "her", "their", "its", "your", "our", "my")
}

// context is the country that a description without one belongs to: the one for which the document has used the same
// description, or the only country that the document names. Only what each state has one of takes it.
func (r *reading) context(m *doc.Mention, q qualities) string {
	if q.role == nil || !domestic(q.role) && !r.institutional(m, q) {
		return ""
	}
	country := r.spokenFor(m)
	if country != "" {
		return country
	}
	for _, seen := range r.roles {
		if seen.role != q.role.ID || seen.role == "ministry" && seen.noun != r.nounOf(m) { // an economy ministry is not the foreign one
			continue
		}
		if country != "" && country != seen.country {
			return ""
		}
		country = seen.country
	}
	if country != "" {
		return country
	}
	return r.only()
}

// spokenFor is the state of whose doings a description tells as their source: "Norway will suspend exports, the foreign
// ministry said".
func (r *reading) spokenFor(m *doc.Mention) string {
	d := r.d
	said := d.Tokens[m.Head].Head
	if said == doc.None || !d.IsRelation(m.Head, "nsubj") {
		return ""
	}
	told := d.Child(said, "ccomp")
	if told == doc.None && d.IsRelation(said, "parataxis") {
		told = d.Tokens[said].Head
	}
	if told == doc.None || told > m.Head {
		return ""
	}
	subject := d.Child(told, "nsubj", "nsubj:pass")
	if subject == doc.None {
		return ""
	}
	if h := r.hitAt(subject); h != nil && find(h, lexicon.CapitalName, lexicon.CountryName) != nil {
		return r.countryOf(h)
	}
	return ""
}

// only is the country that the document speaks of: the one it names, or that of its dateline when most of what it names
// is there.
func (r *reading) only() string {
	total := 0
	for _, n := range r.seen {
		total += n
	}
	if home := r.dateline(); home != "" && r.seen[home] >= 3 && 10*r.seen[home] >= 6*total {
		return home
	}
	if len(r.seen) != 1 {
		return ""
	}
	for c := range r.seen {
		return c
	}
	return ""
}

// dateline is the country from which the article was sent.
func (r *reading) dateline() string {
	first, last := r.d.TokensIn(r.d.Head.Dateline)
	for t := first; t < last; t++ {
		if h := r.hitAt(t); h != nil && find(h, lexicon.CapitalName, lexicon.CountryName) != nil {
			return r.countryOf(h)
		}
	}
	return ""
}

// domestic tells whether a role is one that a story about one country means of that country.
func domestic(role *lexicon.Role) bool {
	switch role.ID {
	case "government", "administration", "opposition", "parliament", "government-official", "official", "lawmaker", "minister", "ministry",
		"defence-ministry", "prosecutor", "court", "judge", "police", "police-official", "opposition-leader", "opposition-party",
		"opposition-lawmaker", "ruling-party", "governor", "mayor", "health-official", "election-official", "security-official",
		"military-official", "court-official", "security-forces", "government-forces", "military-government", "interim-government":
		return true
	}
	return false
}
