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
	if a := r.outletWithin(m); a != doc.None {
		return a
	}
	q := r.describe(m, h)
	if q.office != nil && !q.former && q.country == "" && q.organisation == nil && !q.several && r.definite(m) && !q.plural {
		q.country = r.only()
	}
	if q.office != nil && q.office.Unique && !q.plural && !q.former && !r.nameFollows(m) {
		if a, ok := r.holder(q); ok {
			return a
		}
	}
	if q.organisation != nil && r.onlySays(m, q) {
		return r.organisation(r.whichOrganisation(q.organisation, find(q.organisation, lexicon.OrganisationName).Index))
	}
	return r.described(m, q)
}

// nameFollows tells whether a person's name comes right behind the phrase: "Senate Majority Leader Ana Costa" is who the
// story says it is, whoever holds the office in the register.
func (r *reading) nameFollows(m *doc.Mention) bool {
	for i := range r.d.Mentions {
		o := &r.d.Mentions[i]
		if o.Kind == doc.NameMention && o.Type == "PER" && o.First == m.Head+1 {
			return true
		}
	}
	return false
}

// onlySays tells whether a noun only says what the name before it is: "the Hezbollah movement", "the al-Ahram daily"; not
// "Hamas police", "a Reuters photographer".
func (r *reading) onlySays(m *doc.Mention, q qualities) bool {
	if q.role == nil || q.plural {
		return false
	}
	switch q.role.ID {
	case "commission", "party", "ruling-party", "militia", "rebel", "militant":
		return isOne(lower(r.d.Tokens[m.Head].Form), "movement", "group", "organisation", "organization", "party", "militia", "front", "alliance", "coalition",
			"bloc", "faction", "league", "council", "union", "force")
	case "journalist":
		return r.stage.media[lower(r.d.Tokens[m.Head].Form)]
	}
	return false
}

// outletWithin is the outlet that a phrase names right before its last noun, whatever the parser takes for the head:
// "Egypt's state al-Ahram daily"; or None.
func (r *reading) outletWithin(m *doc.Mention) int32 {
	if m.Last-m.First < 3 || !r.stage.media[lower(r.d.Tokens[m.Last-1].Form)] {
		return doc.None
	}
	for t := m.First; t < m.Last-1; t++ {
		if h := r.hitAt(t); h != nil && h.Last >= m.Last-1 {
			if x := find(h, lexicon.OrganisationName); x != nil {
				return r.organisation(r.whichOrganisation(h, x.Index))
			}
		}
	}
	return doc.None
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
		if p, ok := r.personOf(h); ok && r.agrees(p, m) {
			return r.person(p)
		}
		if x := find(h, lexicon.OrganisationName); x != nil && c > m.Head && c < m.Last {
			return r.organisation(r.whichOrganisation(h, x.Index)) // "Egypt's state al-Ahram daily"
		}
	}
	if a := r.nameBehind(m); a != doc.None {
		return a
	}
	if d.IsRelation(m.Head, "appos") && d.Tokens[m.Head].Head != doc.None {
		if h := r.hitAt(d.Tokens[m.Head].Head); h != nil && !r.indefinitePlural(m) {
			if p, ok := r.personOf(h); ok && r.agrees(p, m) {
				return r.person(p)
			}
			if x := find(h, lexicon.OrganisationName); x != nil {
				return r.organisation(x.Index)
			}
		}
	}
	return doc.None
}

// nameBehind is the organisation whose name stands right behind a noun for its kind, wherever the parser hung it: "the West
// African bloc ECOWAS".
func (r *reading) nameBehind(m *doc.Mention) int32 {
	t := m.Head + 1
	if int(t) >= len(r.d.Tokens) || !isOne(lower(r.d.Tokens[m.Head].Form), "bloc", "group", "grouping", "movement", "militia", "alliance", "organisation", "organization", "watchdog", "agency", "party") {
		return doc.None
	}
	h := r.hitAt(t)
	if h == nil || h.First != t || find(h, lexicon.CountryName, lexicon.CapitalName) != nil {
		return doc.None
	}
	if x := find(h, lexicon.OrganisationName); x != nil {
		return r.organisation(r.whichOrganisation(h, x.Index))
	}
	return doc.None
}

// agrees tells whether the country in a phrase is that of the person beside it, as far as both are known: the parse may
// have tied a name to the wrong title.
func (r *reading) agrees(person int32, m *doc.Mention) bool {
	country := r.describe(m, r.hitAt(m.Head)).country
	of := r.d.Actors[r.person(person)].Country
	return country == "" || of == "" || country == of || r.lex.Country(of) == nil
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
	if q.organisation != nil && isOne(lower(r.d.Tokens[m.Head].Form), "member", "members") {
		if x := find(q.organisation, lexicon.OrganisationName); r.lex.Organisations[x.Index].Kind == "igo" {
			q.organisation = nil // the members of a body of states are states
		}
	}
	if q.role == nil && q.office == nil && head == nil && m.Type != "PER" {
		q.role = r.compoundRole(m)
	}
	q.former = r.former(m.First, m.Head+1)
	if marker := r.d.Child(m.Head, "case"); marker != doc.None && lower(r.d.Tokens[marker].Form) == "as" {
		q.past = true // "her time as secretary of state"
	}
	q.plural = q.plural || r.d.Feature(m.Head, "Number") == "Plur"
	if q.several {
		q.country = ""
	}
	return q
}

// compoundRole is the role that stands before a head which is none: "police convoy", "army base".
func (r *reading) compoundRole(m *doc.Mention) *lexicon.Role {
	for _, c := range r.d.Children(m.Head) {
		if c > m.Head || !isOne(r.d.Tokens[c].Deprel, "compound", "amod") {
			continue
		}
		if x := find(r.hitAt(c), lexicon.RoleNoun); x != nil && !x.Plural && len(r.lex.Roles[x.Index].Sectors) > 0 {
			return &r.lex.Roles[x.Index]
		}
	}
	return nil
}

// modifiers reads the adjectives, possessors and compounds before the head, then "of Syria", "in Lagos" after it.
func (r *reading) modifiers(q *qualities, m *doc.Mention, head int32) {
	d := r.d
	first := m.First
	for _, c := range d.Children(m.Head) {
		if c < first && isOne(d.Tokens[c].Deprel, "nmod:poss", "amod", "compound", "nmod") {
			first, _ = d.Subtree(c)
		}
	}
	for t := first; t < head; {
		h := r.hitAt(t)
		if h == nil || h.Last > head {
			t++
			continue
		}
		if !r.preposition(h.Last, head) && (r.qualifies(h.Last-1, m.Head) || r.qualifies(t, m.Head)) {
			r.seeModifier(q, h)
		}
		t = h.Last
	}
	if c := r.possessor(m); c != "" && q.country == "" {
		q.country = c
	}
	if r.relational(head) {
		q.country, q.several = "", false
		return
	}
	for _, c := range d.Children(m.Head) {
		if c <= m.Head || !d.IsRelation(c, "nmod") || q.country != "" {
			continue
		}
		marker := d.Child(c, "case")
		if marker == doc.None || !isOne(lower(d.Tokens[marker].Form), "of", "for", "from", "in", "at") {
			continue
		}
		if isOne(lower(d.Tokens[marker].Form), "in", "at") && !r.local(m.Head) {
			continue
		}
		if h := r.hitAt(c); h != nil {
			r.seeModifier(q, h)
		}
		if other := d.Child(c, "conj"); other != doc.None && r.hitAt(other) != nil && r.countryOf(r.hitAt(other)) != "" {
			q.several = true // "people from China and Taiwan"
		}
	}
}

// local tells whether those whom a noun means belong to the country they are in: "police in Lagos", not "troops in Mali"
// nor "reporters in Moscow".
func (r *reading) local(head int32) bool {
	x := find(r.hitAt(head), lexicon.RoleNoun)
	if x == nil {
		return false
	}
	role := &r.lex.Roles[x.Index]
	switch strings.TrimSuffix(lower(r.d.Tokens[head].Form), "s") {
	case "prisoner", "hostage", "detainee", "tourist", "foreigner", "passenger", "traveler", "traveller", "expatriate", "national", "personnel":
		return false // they need not be from where they are
	}
	if role.ID == "government" || role.ID == "ministry" || role.ID == "defence-ministry" || role.ID == "parliament" || role.ID == "mayor" || role.ID == "governor" {
		return true
	}
	if len(role.Sectors) == 0 {
		return false
	}
	switch role.Sectors[0] {
	case "CVL", "COP", "JUD", "OPP", "REB", "CRM", "LAB", "AGR":
		return true
	}
	return false
}

// relational tells whether the head names a relation, in which "Assad's critic" is no Syrian and no official.
func (r *reading) relational(head int32) bool {
	x := find(r.hitAt(head), lexicon.RoleNoun)
	return x != nil && r.lex.Roles[x.Index].ID == "relation"
}

// qualifies tells whether token t qualifies the head itself, not a participle before it: "Iranian" in "Iranian officials",
// not in "Iranian-backed officials".
func (r *reading) qualifies(t, head int32) bool {
	d := r.d
	for steps := 0; t != doc.None && steps < 5; steps++ {
		h := d.Tokens[t].Head
		if !qualifier(d.Tokens[t].Deprel) {
			return false
		}
		if h == head {
			return steps > 0 || d.Tokens[t].Deprel != "conj"
		}
		if h == doc.None || d.Tokens[h].UPOS == "VERB" || d.Tokens[h].XPOS == "VBN" || d.Tokens[h].XPOS == "VBG" {
			return false
		}
		t = h
	}
	return false
}

// preposition tells whether one stands among the tokens [first, last): what is before it does not qualify what is after it.
func (r *reading) preposition(first, last int32) bool {
	for t := first; t < last; t++ {
		if r.d.Tokens[t].UPOS == "ADP" && r.d.Tokens[t].XPOS != "POS" && r.hitAt(t) == nil {
			return true
		}
	}
	return false
}

func qualifier(relation string) bool {
	switch relation {
	case "amod", "compound", "nmod:poss", "nmod:desc", "flat", "conj", "nmod:unmarked", "nmod", "det":
		return true
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
	if of == "" || r.d.Date.IsZero() || q.past {
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
	text := r.description(m)
	a := doc.Actor{Name: text, Kind: "role", Country: q.country, Plural: q.plural, Rule: "nominal"}
	id := lower(text)
	switch {
	case q.office != nil:
		a.Role, a.Sectors, a.Rule = q.office.ID, q.office.Sectors, "offices:"+q.office.ID
		id = q.office.ID
	case q.role != nil:
		a.Sectors, a.Rule = q.role.Sectors, "agents:"+q.role.ID
		id = r.nounOf(m)
		if q.role.Country != "" && a.Country == "" {
			a.Country = q.role.Country
		}
	default:
		a.Kind = "unknown"
		if !r.byAdjective(m) {
			a.Country, q.organisation = "", nil // what belongs to Canada need not be Canadian
		}
	}
	if a.Country == "" && q.organisation == nil && !q.several && r.unqualified(m) {
		if a.Country = r.context(m, q); a.Country != "" {
			a.Inferred = true
		}
	}
	if q.organisation != nil {
		r.belongs(&a, q)
	}
	if a.Country != "" && q.organisation == nil && r.institutional(m, q) {
		if i := r.institution(a.Country, r.plain(q.role), a.Rule); i != doc.None {
			return i
		}
	}
	if q.former && (q.role != nil || q.office != nil) {
		a.Sectors = []string{"ELI"}
		if a.Role != "" {
			a.Role = "former " + strings.TrimPrefix(a.Role, "former ")
		}
		id, a.Code = "former-"+id, ""
	}
	if c := r.lex.Country(a.Country); c != nil && (q.role != nil || q.office != nil) {
		id = lexicon.Slug(c.Name) + "-" + id
	}
	return r.anonymous(a, lexicon.Slug(id), !r.definite(m) && !a.Plural)
}

// plain is the role under which an institution is kept: an administration is a government.
func (r *reading) plain(role *lexicon.Role) *lexicon.Role {
	if role.ID == "administration" {
		return &lexicon.Role{ID: "government", Sectors: role.Sectors, Group: true}
	}
	return role
}

// nounOf is the head of a phrase with the words that the lexicon ties to it: "foreign ministry", "rebels".
func (r *reading) nounOf(m *doc.Mention) string {
	if h := r.hitAt(m.Head); h != nil && find(h, lexicon.RoleNoun) != nil {
		return lower(r.d.Slice(r.d.TokenSpan(h.First, h.Last)))
	}
	return lower(r.d.Tokens[m.Head].Form)
}

// institutional tells whether a phrase means the one such body of its country: "the Syrian army", "Turkish police",
// "Egyptian authorities"; not "20 Syrian soldiers", "two governments".
func (r *reading) institutional(m *doc.Mention, q qualities) bool {
	if q.role == nil || q.role.Country != "" || q.former || r.d.Child(m.Head, "nummod") != doc.None || r.hitAt(m.Head) == nil {
		return false
	}
	noun := r.nounOf(m)
	switch q.role.ID {
	case "government", "administration":
		return isOne(noun, "government", "authorities", "regime", "administration", "cabinet", "leadership")
	case "army":
		return isOne(noun, "army", "military", "armed forces", "forces", "troops", "soldiers", "military forces", "government forces")
	case "police":
		return isOne(noun, "police", "police force", "national police", "federal police")
	case "parliament":
		return isOne(noun, "parliament", "legislature", "national assembly", "assembly")
	case "opposition":
		return noun == "opposition" || noun == "political opposition"
	case "government-forces", "security-forces", "intelligence-service":
		return isOne(noun, "government forces", "government troops", "security forces", "intelligence", "intelligence service", "intelligence services")
	}
	return false
}

// description is the text of a phrase without its determiner and count.
func (r *reading) description(m *doc.Mention) string {
	first := m.First
	for first < m.Head && (isOne(r.d.Tokens[first].UPOS, "DET", "ADP", "SCONJ", "CCONJ", "ADV", "VERB", "AUX", "PUNCT") || r.d.Tokens[first].UPOS == "PRON" && !r.d.IsRelation(first, "nmod:poss")) {
		first++
	}
	return bare(r.d, first, m.Last)
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

// byAdjective tells whether the word before the head is a country's adjective: "Turkish hosts".
func (r *reading) byAdjective(m *doc.Mention) bool {
	return m.Type != "" && find(r.hitAt(m.Head-1), lexicon.CountryAdjective) != nil
}
