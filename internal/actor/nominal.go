package actor

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// nominal resolves a phrase without a name of its own: "Russia's foreign minister", "the rebels", "a security source".
func (r *reading) nominal(m *doc.Mention) int32 {
	h := r.hitAt(m.Head)
	if x := find(h, lexicon.CollectiveName); x != nil {
		return r.collective(x.Index)
	}
	if x := find(h, lexicon.CountryPeople, lexicon.CountryPerson); x != nil && find(h, lexicon.RoleNoun) == nil {
		return r.people(x.Index, x.Kind == lexicon.CountryPeople, bare(r.d, m.First, m.Last))
	}
	if x := find(h, lexicon.OrganisationName, lexicon.MetonymName); x != nil && r.whole(m, h) {
		if x.Kind == lexicon.MetonymName {
			return r.metonym(x.Index)
		}
		return r.organisation(x.Index)
	}
	if a := r.namedBeside(m); a != doc.None {
		return a
	}
	q := r.describe(m, h)
	if q.office != nil && q.country == "" && q.organisation == nil && !q.several && r.definite(m) && !q.plural {
		q.country = r.only()
	}
	if q.office != nil && q.office.Unique && !q.plural {
		if a, ok := r.holder(q); ok {
			return a
		}
	}
	if q.role != nil && q.role.Group && q.organisation != nil && q.country == "" {
		return r.organisation(r.whichOrganisation(q.organisation, find(q.organisation, lexicon.OrganisationName).Index))
	}
	return r.described(m, q)
}

// namedBeside is the actor of a name that the phrase is only a title or an apposition of: "the foreign minister,
// Sergei Lavrov", "the group Hezbollah".
func (r *reading) namedBeside(m *doc.Mention) int32 {
	d := r.d
	for _, c := range d.Children(m.Head) {
		relation := d.Tokens[c].Deprel
		if relation != "appos" && relation != "flat" && !(relation == "compound" && c > m.Head) {
			continue
		}
		h := r.hitAt(c)
		if h == nil {
			continue
		}
		if p, ok := r.personOf(h); ok {
			return r.person(p)
		}
	}
	if d.IsRelation(m.Head, "appos") && d.Tokens[m.Head].Head != doc.None {
		if h := r.hitAt(d.Tokens[m.Head].Head); h != nil && !r.indefinitePlural(m) {
			if p, ok := r.personOf(h); ok {
				return r.person(p)
			}
			if x := find(h, lexicon.OrganisationName); x != nil {
				return r.organisation(x.Index)
			}
		}
	}
	return doc.None
}

func (r *reading) indefinitePlural(m *doc.Mention) bool {
	return r.d.Feature(m.Head, "Number") == "Plur"
}

// describe reads the head of a phrase and what modifies it.
func (r *reading) describe(m *doc.Mention, head *lexicon.Hit) qualities {
	q := qualities{person: -1}
	from := m.Head
	if head != nil {
		from = head.First
	}
	r.modifiers(&q, m, from)
	if head != nil {
		if find(head, lexicon.OfficeName) != nil {
			x := find(head, lexicon.OfficeName)
			q.office, q.plural = r.whichOffice(head, q.country), x.Plural
			if find(head, lexicon.RoleNoun) != nil && q.office.Country != "" && q.office.Country != q.country {
				q.office = nil // "a secretary of state" of no country we know
			}
		}
		if x := find(head, lexicon.RoleNoun); x != nil && q.office == nil {
			q.role, q.plural = &r.lex.Roles[x.Index], x.Plural
		}
		if c := find(head, lexicon.CountryAdjective); c != nil && q.country == "" {
			q.country = r.countryOf(head)
		}
	}
	q.plural = q.plural || r.d.Feature(m.Head, "Number") == "Plur"
	if q.several {
		q.country = ""
	}
	return q
}

// modifiers reads the adjectives, possessors and compounds before the head, then "of Syria", "in Lagos" after it.
func (r *reading) modifiers(q *qualities, m *doc.Mention, head int32) {
	d := r.d
	for t := m.First; t < head; {
		h := r.hitAt(t)
		if h == nil || h.Last > head {
			t++
			continue
		}
		if r.qualifies(t, m.Head) {
			r.seeModifier(q, h)
		}
		t = h.Last
	}
	for _, c := range d.Children(m.Head) {
		if c <= m.Head || !d.IsRelation(c, "nmod") || q.country != "" {
			continue
		}
		marker := d.Child(c, "case")
		if marker == doc.None || !isOne(lower(d.Tokens[marker].Form), "of", "for", "from", "in", "at") {
			continue
		}
		if h := r.hitAt(c); h != nil {
			r.seeModifier(q, h)
		}
	}
}

// qualifies tells whether token t qualifies the head itself, not a participle before it: "Iranian" in "Iranian officials",
// not in "Iranian-backed officials".
func (r *reading) qualifies(t, head int32) bool {
	d := r.d
	for steps := 0; t != doc.None && steps < 5; steps++ {
		h := d.Tokens[t].Head
		if h == head {
			return true
		}
		if h == doc.None || d.Tokens[h].UPOS == "VERB" || d.Tokens[h].XPOS == "VBN" || d.Tokens[h].XPOS == "VBG" {
			return false
		}
		t = h
	}
	return false
}

// seeModifier adds the country or organisation that a modifier names; a person stands for his country.
func (r *reading) seeModifier(q *qualities, h *lexicon.Hit) {
	if p, ok := r.personOf(h); ok {
		if t, ok := r.lex.TermAt(p, r.d.Date); ok && q.country == "" {
			q.country = r.termCountry(t)
		} else if i := r.person(p); q.country == "" {
			q.country = r.d.Actors[i].Country
		}
		q.person = p
		return
	}
	role, office := q.role, q.office
	r.see(q, h)
	q.role, q.office = role, office
}

// holder is the person who held an office on the day.
func (r *reading) holder(q qualities) (int32, bool) {
	of := q.country
	if q.organisation != nil && of == "" {
		of = r.lex.Organisations[find(q.organisation, lexicon.OrganisationName).Index].ID
	}
	if of == "" && q.office.Country != "" {
		of = q.office.Country
	}
	if of == "" || r.d.Date.IsZero() {
		return doc.None, false
	}
	t, ok := r.lex.Holder(of, q.office.ID, r.d.Date)
	if !ok && r.parentOf(of) != "" {
		t, ok = r.lex.Holder(r.parentOf(of), q.office.ID, r.d.Date)
	}
	if !ok {
		return doc.None, false
	}
	_, named := r.byID[r.lex.Persons[t.Person].ID]
	i := r.person(t.Person)
	if !named {
		r.d.Actors[i].Inferred = !r.isNamed(t.Person)
	}
	return i, true
}

func (r *reading) parentOf(id string) string {
	if o := r.lex.Organisation(id); o != nil {
		return o.Parent
	}
	return ""
}

func (r *reading) isNamed(person int32) bool {
	for _, p := range r.named {
		if p == person {
			return true
		}
	}
	return false
}

// described is an actor who is known by a description only.
func (r *reading) described(m *doc.Mention, q qualities) int32 {
	text := bare(r.d, m.First, m.Last)
	a := doc.Actor{Name: text, Kind: "role", Country: q.country, Plural: q.plural, Rule: "nominal"}
	id, group := lower(text), false
	switch {
	case q.office != nil:
		a.Role, a.Sectors, a.Rule = q.office.ID, q.office.Sectors, "offices:"+q.office.ID
	case q.role != nil:
		a.Sectors, a.Rule, group = q.role.Sectors, "agents:"+q.role.ID, q.role.Group
		id = q.role.ID
		if q.role.Country != "" && a.Country == "" {
			a.Country = q.role.Country
		}
	default:
		a.Kind = "unknown"
	}
	if a.Country == "" && q.organisation == nil && !q.several && r.definite(m) {
		if a.Country = r.context(q); a.Country != "" {
			a.Inferred = true
		}
	} else if a.Country != "" && q.role != nil {
		r.roles = append(r.roles, roleSeen{q.role.ID, a.Country})
	}
	if q.organisation != nil {
		r.belongs(&a, q)
	}
	if group && a.Country != "" && q.organisation == nil && q.role.Country == "" && !q.plural {
		if i := r.institution(a.Country, q.role, a.Rule); i != doc.None {
			return i
		}
	}
	if c := r.lex.Country(a.Country); c != nil && (q.role != nil || q.office != nil) {
		id = slug(c.Name) + "-" + id
	}
	if a.Plural && q.role != nil {
		id += "-plural"
	}
	return r.anonymous(a, slug(id), !r.definite(m) && !a.Plural)
}

// definite tells whether a phrase points at someone known: "the official", "Russia's minister", "police".
func (r *reading) definite(m *doc.Mention) bool {
	for t := m.First; t < m.Head; t++ {
		if isOne(strings.ToLower(r.d.Tokens[t].Form), "a", "an", "another", "one", "some", "several", "other", "any", "two", "three", "many") {
			return false
		}
	}
	return true
}

// context is the country that a description without one belongs to: the one for which the document has used the same
// description, or the only country that the document names. Only institutions that each state has take it.
func (r *reading) context(q qualities) string {
	if q.role == nil {
		return ""
	}
	country := ""
	for _, seen := range r.roles {
		if seen.role != q.role.ID {
			continue
		}
		if country != "" && country != seen.country {
			return ""
		}
		country = seen.country
	}
	if country != "" || !domestic(q.role) {
		return country
	}
	return r.only()
}

// only is the country that the document speaks of, when there is just one.
func (r *reading) only() string {
	if len(r.seen) != 1 {
		return ""
	}
	for c := range r.seen {
		return c
	}
	return ""
}

// domestic tells whether a role is one that a story about one country means of that country.
func domestic(role *lexicon.Role) bool {
	if len(role.Sectors) == 0 || role.Country != "" {
		return false
	}
	switch role.Sectors[0] {
	case "GOV", "COP", "LEG", "JUD", "MIL", "OPP":
		return role.ID != "state"
	}
	return false
}
