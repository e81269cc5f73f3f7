package actor

import (
	"cmp"
	"slices"
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// personOf is the person of the lexicon whom a name stands for: by the full name, or by a family name once the document
// has named the person.
func (r *reading) personOf(h *lexicon.Hit) (person int32, ok bool) {
	person = -1
	full := false
	for i := range h.Readings {
		x := &h.Readings[i]
		if x.Kind != lexicon.PersonName || x.Surname && (!slices.Contains(r.named, x.Index) || r.otherGiven(h, x.Index)) {
			continue
		}
		if x.Surname && full {
			continue
		}
		if !x.Surname && !full {
			person, full = -1, true
		}
		if person < 0 || r.inOffice(x.Index) && !r.inOffice(person) {
			person, ok = x.Index, true
			continue
		}
		if person != x.Index && r.inOffice(x.Index) == r.inOffice(person) {
			if p, found := r.titled(h); found {
				return p, true
			}
			if !r.inOffice(person) {
				continue // two namesakes, neither in office: the first named one
			}
			return -1, false
		}
	}
	return person, ok
}

func (r *reading) inOffice(person int32) bool {
	_, ok := r.lex.TermAt(person, r.d.Date)
	return ok && !r.d.Date.IsZero()
}

// titled is the person whom a family name with a title before it stands for: "Foreign Minister Lavrov" names the one
// Lavrov who is foreign minister on that day.
func (r *reading) titled(h *lexicon.Hit) (person int32, ok bool) {
	title := r.title(h.First)
	if title.office == nil && title.country == "" {
		return -1, false
	}
	person = -1
	for i := range h.Readings {
		x := &h.Readings[i]
		if x.Kind != lexicon.PersonName || !r.fits(x.Index, title) || x.Surname && r.otherGiven(h, x.Index) {
			continue
		}
		if person >= 0 && person != x.Index {
			return -1, false
		}
		person, ok = x.Index, true
	}
	return person, ok
}

// otherGiven tells whether the name that a family name stands in has a given name that begins as none of the person's does:
// "spokesperson Qin Yue" is not Qin Gang, "Sergey Lavrov" may be Sergei.
func (r *reading) otherGiven(h *lexicon.Hit, person int32) bool {
	words := strings.Fields(r.lex.Persons[person].Name)
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != doc.NameMention || m.Type != "PER" || m.First > h.First || m.Last < h.Last {
			continue
		}
		for t := m.First; t < m.Last; t++ {
			form := r.d.Tokens[t].Form
			if t >= h.First && t < h.Last || r.d.Tokens[t].UPOS != "PROPN" || len(form) < 2 || r.hitAt(t) != nil || r.stage.gender[form] != "" {
				continue
			}
			if !slices.ContainsFunc(words, func(w string) bool { return lower(w[:1]) == lower(form[:1]) }) {
				return true
			}
		}
	}
	return false
}

// surnameCountry is the country of all who have held the office of a title and bear a family name: whichever President
// Bush an undated article means, he is of the United States. "" when they differ.
func (r *reading) surnameCountry(m *doc.Mention, title qualities) string {
	h := r.covering(m)
	if h == nil || title.office == nil {
		return ""
	}
	country := ""
	for i := range h.Readings {
		x := &h.Readings[i]
		if x.Kind != lexicon.PersonName || !r.fits(x.Index, title) {
			continue
		}
		terms := r.lex.TermsOf(x.Index)
		for j := range terms {
			if terms[j].Office != title.office.ID {
				continue
			}
			if c := r.termCountry(&terms[j]); country == "" {
				country = c
			} else if c != country {
				return ""
			}
		}
	}
	return country
}

// titledPerson is a person of the lexicon with what the title in the text adds: that the office is over, or which of
// several offices is meant when the article has no date.
func (r *reading) titledPerson(index int32, m *doc.Mention) int32 {
	i := r.person(index)
	if r.inOffice(index) {
		return i
	}
	title := r.title(m.First)
	if title.office == nil && title.role == nil {
		title = r.inside(m)
	}
	a := &r.d.Actors[i]
	switch {
	case title.former && !strings.HasPrefix(a.Role, "former "):
		a.Sectors, a.Role = []string{"ELI"}, "former "+cmp.Or(a.Role, "official")
		if title.office != nil {
			a.Role = "former " + strings.TrimPrefix(title.office.ID, "former ")
		}
		a.Code = cameo(a.Country, a.Sectors)
	case !title.former && strings.HasPrefix(a.Role, "former ") && len(a.Sectors) == 1 && a.Sectors[0] == "ELI" && r.introduced(m):
		// Some title stands before the name that the lexicon does not know, or that is not over: what they are now is open.
		a.Sectors, a.Role, a.Code = nil, "", a.Country
		if title.office != nil && title.country == "" {
			a.Sectors, a.Role, a.Code = title.office.Sectors, title.office.ID, cameo(a.Country, title.office.Sectors)
		}
	case title.office != nil && r.d.Date.IsZero() && (a.Country == "" || a.Sectors == nil):
		terms := r.lex.TermsOf(index)
		for j := range terms {
			if t := &terms[j]; t.Office == title.office.ID {
				a.Country, a.Sectors, a.Role, a.Code = r.termCountry(t), t.Sectors, t.Office, t.Code
				a.Code = cmp.Or(a.Code, cameo(a.Country, a.Sectors))
				break
			}
		}
	}
	return i
}

// introduced tells whether a noun stands right before a name: "Special Counsel Robert Mueller".
func (r *reading) introduced(m *doc.Mention) bool {
	t := m.First - 1
	return t >= 0 && r.d.Tokens[t].Sentence == r.d.Tokens[m.First].Sentence && isOne(r.d.Tokens[t].UPOS, "PROPN", "NOUN") && r.stage.gender[r.d.Tokens[t].Form] == ""
}

// fits tells whether a person held the office of a title in its country on the day; without a date, at any time.
func (r *reading) fits(person int32, q qualities) bool {
	if q.office == nil {
		return false
	}
	terms := r.lex.TermsOf(person)
	for i := range terms {
		t := &terms[i]
		if t.Office == q.office.ID && (q.country == "" || q.country == r.termCountry(t)) && (r.d.Date.IsZero() || t.At(r.d.Date)) {
			return true
		}
	}
	return false
}

// stranger is a person whom the lexicon does not know.
func (r *reading) stranger(m *doc.Mention) int32 {
	name := r.withoutTitle(m)
	last := name[strings.LastIndexByte(name, ' ')+1:]
	if last == name {
		for _, p := range r.names {
			if p.last == last {
				return p.actor
			}
		}
	}
	if k := r.d.Sentences[r.d.Tokens[m.Head].Sentence].Kind; k == doc.InSignOff || k == doc.InByline || r.d.Head.Byline.Contains(m.Span) || r.d.Head.SignOff.Contains(m.Span) {
		return r.add(doc.Actor{ID: lexicon.Slug(name), Name: name, Kind: "person", Sectors: []string{"JRN"}, Role: "reporter", Rule: "byline"})
	}
	q := r.title(m.First)
	q.add(r.inside(m))
	q.add(r.apposition(m))
	a := doc.Actor{ID: lexicon.Slug(name), Name: name, Kind: "person", Country: q.country, Gender: r.genderBefore(m.First), Rule: "name"}
	if q.role != nil {
		a.Sectors, a.Rule = q.role.Sectors, "agents:"+q.role.ID
		if q.role.Country != "" && a.Country == "" {
			a.Country = q.role.Country
		}
	}
	if q.office != nil {
		a.Sectors, a.Role, a.Rule = q.office.Sectors, q.office.ID, "offices:"+q.office.ID
	}
	if a.Country == "" && last == name {
		a.Country = r.surnameCountry(m, q)
	}
	if q.organisation != nil && q.role == nil && q.office == nil {
		a.Country = ""
	}
	if q.organisation != nil && (q.role != nil || q.office != nil) {
		r.belongs(&a, q)
	}
	if q.former && (q.office != nil || q.role != nil) {
		a.Sectors, a.Code = []string{"ELI"}, ""
		if a.Role != "" {
			a.Role = "former " + strings.TrimPrefix(a.Role, "former ")
		}
	}
	if a.Code == "" {
		a.Code = cameo(a.Country, a.Sectors)
	}
	i := r.add(a)
	r.enrich(i, &a)
	r.names = append(r.names, personName{last, i})
	return i
}

// enrich fills what an earlier mention of the same name did not tell.
func (r *reading) enrich(i int32, a *doc.Actor) {
	have := &r.d.Actors[i]
	if have.Kind != "person" || have.Country != "" && have.Sectors != nil {
		return
	}
	if have.Country == "" {
		have.Country = a.Country
	}
	if have.Sectors == nil {
		have.Sectors, have.Role = a.Sectors, a.Role
	}
	if have.Code == "" {
		have.Code = cameo(have.Country, have.Sectors)
	}
}

// belongs gives someone who speaks or acts for an organisation its country and sectors.
func (r *reading) belongs(a *doc.Actor, q qualities) {
	x := find(q.organisation, lexicon.OrganisationName)
	if x == nil {
		return
	}
	o := &r.lex.Organisations[r.whichOrganisation(q.organisation, x.Index)]
	if a.Country != "" && q.country != "" && o.Kind != "armed-group" {
		return
	}
	a.Country, a.Code = o.Country, o.Code
	if len(o.Sectors) > 0 && (q.role == nil || len(q.role.Sectors) == 0 || o.Kind != "igo") {
		a.Sectors = o.Sectors
	}
}

// withoutTitle is the name in a mention, without titles and articles.
func (r *reading) withoutTitle(m *doc.Mention) string {
	first := m.First
	for first < m.Last-1 {
		h := r.hitAt(first)
		if h != nil && h.Last < m.Last && (find(h, lexicon.OfficeName, lexicon.RoleNoun, lexicon.CountryAdjective) != nil) {
			first = h.Last
			continue
		}
		if _, title := r.stage.gender[r.d.Tokens[first].Form]; title {
			first++
			continue
		}
		break
	}
	return bare(r.d, first, m.Last)
}

func (r *reading) genderBefore(t int32) string {
	for _, at := range [2]int32{t - 1, t} {
		if at >= 0 && int(at) < len(r.d.Tokens) {
			if g, ok := r.stage.gender[r.d.Tokens[at].Form]; ok {
				return g
			}
		}
	}
	return ""
}
