package actor

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// resolve gives a mention its actor.
func (r *reading) resolve(i int32) {
	m := &r.d.Mentions[i]
	switch m.Kind {
	case doc.NameMention:
		m.Actor, m.Metonym = r.name(m)
	case doc.NominalMention:
		if r.acts(m) {
			m.Actor = r.nominal(m)
		}
	}
}

// acts tells whether a phrase can be an actor: places and buildings are none, but for "European countries", "70 countries"
// and "an army base".
func (r *reading) acts(m *doc.Mention) bool {
	h := r.hitAt(m.Head)
	switch m.Type {
	case "LOC":
		if x := find(h, lexicon.RoleNoun); x != nil && x.Plural && r.lex.Roles[x.Index].ID == "state" {
			return true
		}
		return find(h, lexicon.CollectiveName) != nil
	case "FAC":
		q := r.describe(m, h)
		return q.role != nil || q.organisation != nil
	}
	return true
}

// name resolves a mention with a name.
func (r *reading) name(m *doc.Mention) (actor int32, metonym bool) {
	h := r.covering(m)
	if h == nil {
		return r.unlisted(m), false
	}
	if p, ok := r.personOf(h); ok && (m.Type == "PER" || find(h, lexicon.CountryName, lexicon.CapitalName, lexicon.OrganisationName) == nil) {
		return r.titledPerson(p, m), false
	}
	if find(h, lexicon.RoleNoun, lexicon.OfficeName) != nil && r.common(m) && find(h, lexicon.OrganisationName, lexicon.MetonymName) == nil {
		return r.nominal(m), false
	}
	if !r.whole(m, h) {
		return r.compound(m, h)
	}
	if m.Type == "PER" && m.Last-m.First == 1 && givenName(r.d.Tokens[m.First].Form) {
		return r.unlisted(m), false
	}
	return r.listed(m, h)
}

// common tells whether a mention found among the names is a common noun: its head is in lower case, or opens the sentence.
func (r *reading) common(m *doc.Mention) bool {
	form := r.d.Tokens[m.Head].Form
	return form != "" && 'a' <= form[0] && form[0] <= 'z' || m.First == r.d.Sentences[r.d.Tokens[m.Head].Sentence].First && r.d.Tokens[m.Head].UPOS == "NOUN"
}

// givenName tells whether a country's name is a common given or family name.
func givenName(form string) bool {
	return isOne(form, "Jordan", "Georgia", "Chad", "Kenya", "Dominica", "Israel", "Cuba", "Jersey")
}

// covering is the name of the lexicon in a mention that decides: the one over its head, or over all of it.
func (r *reading) covering(m *doc.Mention) *lexicon.Hit {
	h := r.hitAt(m.Head)
	if h == nil {
		h = r.hitAt(m.Last - 1)
	}
	if h == nil || h.First >= m.First && h.Last <= m.Last {
		return h
	}
	// The name goes beyond the mention ("Security Council" in "Security Council members"): read the mention alone.
	r.alone = r.lex.Match(r.d, m.First, m.Last, r.alone[:0])
	for i := len(r.alone) - 1; i >= 0; i-- {
		if r.alone[i].First <= m.Head && m.Head < r.alone[i].Last || r.whole(m, &r.alone[i]) {
			h := r.alone[i] // a copy: r.alone is used again
			return &h
		}
	}
	if m.Type == "NORP" || find(h, lexicon.CollectiveName) != nil {
		return nil
	}
	return h
}

// whole tells whether a name of the lexicon is all of a mention, but for an article and a possessive.
func (r *reading) whole(m *doc.Mention, h *lexicon.Hit) bool {
	first, last := m.First, m.Last
	for first < last && isOne(r.d.Tokens[first].Form, "the", "The", "THE", "a", "an") {
		first++
	}
	for last > first && isOne(r.d.Tokens[last-1].Form, "'s", "’s", "'", "'S") {
		last--
	}
	return h.First <= first && last <= h.Last
}

// listed is the actor of a name that stands in the lexicon.
func (r *reading) listed(m *doc.Mention, h *lexicon.Hit) (actor int32, metonym bool) {
	place := m.Type == "LOC" || m.Type == "FAC" || m.Type == ""
	if x := find(h, lexicon.CollectiveName); x != nil {
		return r.collective(x.Index), false
	}
	if x := find(h, lexicon.CountryName); x != nil && (find(h, lexicon.CountryAdjective) == nil || m.Type != "NORP") {
		return r.state(r.whichCountry(h, x.Index)), r.usage(m.Head) == asActor || r.usage(m.Head) == asBoth
	}
	if x := find(h, lexicon.CountryAdjective); x != nil && r.modifies(m.Head) {
		return r.state(x.Index), false
	}
	if x := find(h, lexicon.CountryPeople, lexicon.CountryPerson); x != nil && r.standsAlone(m.Head, x) {
		return r.people(x.Index, x.Kind == lexicon.CountryPeople, r.d.Slice(m.Span)), false
	}
	if x := find(h, lexicon.CountryAdjective); x != nil {
		return r.state(x.Index), false
	}
	if x := find(h, lexicon.MetonymName); x != nil {
		if r.lex.Metonyms[x.Index].Place && r.usage(m.Head) == asPlace && !r.modifies(m.Head) {
			return doc.None, false
		}
		return r.metonym(x.Index), r.lex.Metonyms[x.Index].Place
	}
	if x := find(h, lexicon.OrganisationName); x != nil && (!place || find(h, lexicon.CapitalName) == nil) {
		o := r.whichOrganisation(h, x.Index)
		if r.foreignAcronym(h, o) {
			return r.unlisted(m), false
		}
		return r.organisation(o), false
	}
	if x := find(h, lexicon.CapitalName); x != nil {
		if u := r.usage(m.Head); u == asActor || u == asBoth {
			return r.government(x.Index, "capital"), true
		}
		return doc.None, false
	}
	if p, ok := r.personOf(h); ok {
		return r.person(p), false
	}
	if x := find(h, lexicon.RegionName); x != nil {
		return doc.None, false
	}
	return r.unlisted(m), false
}

// whichCountry chooses among countries of one name: the one that the rest of the document speaks of, or the first.
func (r *reading) whichCountry(h *lexicon.Hit, first int32) int32 {
	best := first
	for i := range h.Readings {
		if x := &h.Readings[i]; x.Kind == lexicon.CountryName && r.seen[r.lex.Countries[x.Index].ISO3] > r.seen[r.lex.Countries[best].ISO3] {
			best = x.Index
		}
	}
	return best
}

// whichOrganisation chooses among organisations of one name: one that existed on the day, or of a country that the
// document names.
func (r *reading) whichOrganisation(h *lexicon.Hit, first int32) int32 {
	best, score := first, -1
	for i := range h.Readings {
		x := &h.Readings[i]
		if x.Kind != lexicon.OrganisationName {
			continue
		}
		o := &r.lex.Organisations[x.Index]
		s := 2 * r.seen[o.Country]
		if d := r.d.Date; !d.IsZero() && (!o.From.IsZero() && d.Before(o.From) || !o.To.IsZero() && o.To.Before(d)) {
			s -= 3
		}
		if s > score {
			best, score = x.Index, s
		}
	}
	return best
}

// foreignAcronym tells whether a short acronym stands for a little-known body of a country of which the document does not
// speak: then it is likelier to be another one's.
func (r *reading) foreignAcronym(h *lexicon.Hit, organisation int32) bool {
	o := &r.lex.Organisations[organisation]
	form := r.d.Slice(r.d.TokenSpan(h.First, h.Last))
	if o.Known || len(form) > 4 || form != strings.ToUpper(form) || r.lex.Country(o.Country) == nil || r.seen[o.Country] > 0 || len(r.seen) == 0 {
		return false
	}
	for i := range r.hits { // the full name elsewhere in the document settles it
		x := find(&r.hits[i], lexicon.OrganisationName)
		if x != nil && x.Index == organisation && len(r.d.Slice(r.d.TokenSpan(r.hits[i].First, r.hits[i].Last))) > 4 {
			return false
		}
	}
	return true
}

// modifies tells whether a token only qualifies a noun: "Russian" in "Russian official".
func (r *reading) modifies(t int32) bool {
	switch r.d.Tokens[t].Deprel {
	case "amod", "compound", "nmod:poss", "nmod:desc", "nmod":
		return r.d.Tokens[t].Deprel != "nmod"
	}
	return false
}

// standsAlone tells whether a word for people is a noun of its own: "a Syrian", "Turks"; not "Soviet" in "Soviet-era".
func (r *reading) standsAlone(t int32, x *lexicon.Reading) bool {
	d := r.d
	if x.Plural && find(r.hitAt(t), lexicon.CountryAdjective) == nil {
		return true
	}
	if d.Tokens[t].UPOS == "ADJ" && find(r.hitAt(t), lexicon.CountryAdjective) != nil {
		return x.Plural && d.Child(t, "det") != doc.None && !r.modifies(t)
	}
	if next := t + 1; int(next) < len(d.Tokens) && isOne(d.Tokens[next].UPOS, "NOUN", "PROPN", "ADJ") && d.Tokens[next].Sentence == d.Tokens[t].Sentence {
		return false
	}
	relation, _, _ := strings.Cut(d.Tokens[t].Deprel, ":")
	if !isOne(relation, "nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root") || d.Tokens[t].Deprel == "nmod:poss" && !x.Plural {
		return false
	}
	return d.Child(t, "det", "nummod", "amod") != doc.None
}

// compound is the actor of a name that holds a name of the lexicon: "Syrian Interior Ministry", "Bank of Japan".
func (r *reading) compound(m *doc.Mention, h *lexicon.Hit) (actor int32, metonym bool) {
	if x := find(h, lexicon.CountryName); x != nil && m.Type == "LOC" && h.Last >= m.Last && direction(lower(r.d.Tokens[m.First].Form)) {
		return r.state(r.whichCountry(h, x.Index)), false // "northern Iraq"
	}
	if m.Type == "FAC" {
		return doc.None, false
	}
	if m.Type == "NORP" {
		return r.listed(m, h)
	}
	q := r.qualities(m.First, m.Last)
	if x := find(r.hitAt(m.Head), lexicon.RoleNoun); x != nil && q.role != nil {
		q.role = &r.lex.Roles[x.Index] // a bank, in "Union Bank"
	}
	if q.organisation != nil && (q.role == nil || len(q.role.Sectors) == 0) {
		x := find(q.organisation, lexicon.OrganisationName)
		if o := &r.lex.Organisations[x.Index]; q.role == nil && q.organisation.Last >= m.Last || o.Kind == "armed-group" || o.Kind == "igo" && q.role != nil {
			return r.organisation(r.whichOrganisation(q.organisation, x.Index)), false
		}
	}
	if q.role != nil && r.hitAt(m.Head) != nil && find(r.hitAt(m.Head), lexicon.RoleNoun) != nil && m.Type != "LOC" || m.Type == "ORG" && q.role != nil {
		if q.country == "" {
			q.country = r.possessor(m)
		}
		return r.institutionOf(m, q), false
	}
	return r.unlisted(m), false
}

func direction(word string) bool {
	switch word {
	case "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
		"northeastern", "northwestern", "southeastern", "southwestern", "north-eastern", "north-western", "south-eastern", "south-western", "mainland", "rural":
		return true
	}
	return false
}

// institutionOf is a named body of a state: "Egypt's Interior Ministry".
func (r *reading) institutionOf(m *doc.Mention, q qualities) int32 {
	role := q.role
	if q.country != "" && role.Group && isOne(role.ID, "government", "army", "police", "parliament") && m.Last-m.First <= 3 {
		if a := r.institution(q.country, role, "agents:"+role.ID); a != doc.None {
			return a
		}
	}
	name := bare(r.d, m.First, m.Last)
	a := doc.Actor{ID: lexicon.Slug(name), Name: name, Kind: "organisation", Country: q.country, Rule: "agents:" + role.ID}
	a.Sectors = role.Sectors
	if role.Group && len(role.Sectors) > 0 && role.Sectors[0] == "GOV" {
		a.Kind = "government"
	}
	if q.organisation != nil && a.Country == "" {
		r.belongs(&a, q)
	}
	if a.Country != "" {
		if c := r.lex.Country(a.Country); c != nil && !strings.HasPrefix(a.ID, lexicon.Slug(c.Name)) {
			a.ID = lexicon.Slug(c.Name) + "-" + a.ID
		}
	}
	if a.Code == "" {
		a.Code = cameo(a.Country, a.Sectors)
	}
	return r.add(a)
}

// unlisted is the actor of a name that the lexicon does not hold: a person with what titles and appositions tell, an
// organisation with what its own words tell. Other names are no actors.
func (r *reading) unlisted(m *doc.Mention) int32 {
	switch m.Type {
	case "PER":
		return r.stranger(m)
	case "ORG":
		name := bare(r.d, m.First, m.Last)
		q := r.qualities(m.First, m.Last)
		a := doc.Actor{ID: lexicon.Slug(name), Name: name, Kind: "organisation", Country: q.country, Rule: "name"}
		if q.role != nil {
			a.Sectors = q.role.Sectors
			a.Rule = "agents:" + q.role.ID
		}
		a.Code = cameo(a.Country, a.Sectors)
		return r.add(a)
	}
	return doc.None
}

// bare is a mention's text without a leading article and a trailing possessive.
func bare(d *doc.Doc, first, last int32) string {
	for first < last-1 && isOne(d.Tokens[first].Form, "the", "The", "THE", "a", "A", "an", "An") {
		first++
	}
	for last > first+1 && isOne(d.Tokens[last-1].Form, "'s", "’s", "'", "'S", "’") {
		last--
	}
	return strings.Join(strings.Fields(d.Slice(d.TokenSpan(first, last))), " ")
}

func isOne(s string, of ...string) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}
