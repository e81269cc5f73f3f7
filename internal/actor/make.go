package actor

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// add puts an actor into the document, or finds the one that has its id.
func (r *reading) add(a doc.Actor) int32 {
	if i, ok := r.byID[a.ID]; ok {
		return i
	}
	i := int32(len(r.d.Actors))
	r.d.Actors = append(r.d.Actors, a)
	r.byID[a.ID] = i
	return i
}

// state is the country as an actor.
func (r *reading) state(index int32) int32 {
	c := &r.lex.Countries[index]
	code := r.code(c)
	return r.add(doc.Actor{ID: lexicon.Slug(c.Name), Name: c.Name, Kind: "state", Code: code, Country: code, Rule: "countries:" + c.ISO3})
}

// code is the country that acts are counted to: the sovereign of a dependency, the successor of a state that is gone.
func (r *reading) code(c *lexicon.Country) string {
	if len(c.Successors) > 0 {
		return c.Successors[0]
	}
	return c.State()
}

// institution is a body of a state that there is one of: its government, army, police, parliament.
func (r *reading) institution(country string, role *lexicon.Role, rule string) int32 {
	c := r.lex.Country(country)
	if c == nil {
		return doc.None
	}
	kind, noun := "organisation", strings.ReplaceAll(role.ID, "-", " ")
	if len(role.Sectors) > 0 && role.Sectors[0] == "GOV" {
		kind = "government"
	}
	return r.add(doc.Actor{
		ID: lexicon.Slug(c.Name) + "-" + role.ID, Name: noun + " of " + c.Name, Kind: kind, Code: cameo(country, role.Sectors),
		Country: country, Sectors: role.Sectors, Rule: rule,
	})
}

// government is the government of a country.
func (r *reading) government(index int32, rule string) int32 {
	c := &r.lex.Countries[index]
	code := r.code(c)
	return r.add(doc.Actor{
		ID: lexicon.Slug(c.Name) + "-government", Name: "government of " + c.Name, Kind: "government", Code: code + "GOV", Country: code,
		Sectors: []string{"GOV"}, Rule: rule,
	})
}

// metonym is whoever sits in a building or bears a name that tells its country.
func (r *reading) metonym(index int32) int32 {
	m := &r.lex.Metonyms[index]
	rule := "metonyms:" + m.ID
	c := r.lex.Country(m.Country)
	if c != nil && m.Actor == "government of "+c.Name || c != nil && strings.HasPrefix(m.Actor, "government of ") {
		for i := range r.lex.Countries {
			if r.lex.Countries[i].ISO3 == m.Country {
				return r.government(int32(i), rule)
			}
		}
	}
	country := m.Country
	if c != nil {
		country = r.code(c)
	}
	kind := "organisation"
	if len(m.Sectors) > 0 && m.Sectors[0] == "GOV" {
		kind = "government"
	}
	return r.add(doc.Actor{ID: m.ID, Name: m.Actor, Kind: kind, Code: cameo(country, m.Sectors), Country: country, Sectors: m.Sectors, Rule: rule})
}

// people are the inhabitants of a country, or one of them.
func (r *reading) people(index int32, plural bool, text string) int32 {
	c := &r.lex.Countries[index]
	code := r.code(c)
	if !plural {
		return r.anonymous(doc.Actor{Name: text, Kind: "role", Country: code, Rule: "countries:" + c.ISO3}, lexicon.Slug(c.Name)+"-citizen", true)
	}
	return r.add(doc.Actor{
		ID: lexicon.Slug(c.Name) + "-people", Name: text, Kind: "collective", Code: code + "CVL", Country: code,
		Sectors: []string{"CVL"}, Plural: true, Rule: "countries:" + c.ISO3,
	})
}

func (r *reading) organisation(index int32) int32 {
	o := &r.lex.Organisations[index]
	return r.add(doc.Actor{ID: o.ID, Name: o.Name, Kind: o.Kind, Code: o.Code, Country: o.Country, Sectors: o.Sectors, Rule: "organisations:" + o.ID})
}

func (r *reading) collective(index int32) int32 {
	c := &r.lex.Collectives[index]
	return r.add(doc.Actor{ID: c.ID, Name: c.Name, Kind: "collective", Code: c.Code, Country: c.Country, Sectors: c.Sectors, Plural: true, Rule: "collectives:" + c.ID})
}

// person is a person of the lexicon, as what they were on the day of the article.
func (r *reading) person(index int32) int32 {
	p := &r.lex.Persons[index]
	a := doc.Actor{ID: p.ID, Name: p.Name, Kind: "person", Gender: p.Gender, Rule: "officeholders:" + p.ID}
	if i, ok := r.byID[a.ID]; ok {
		return i
	}
	terms := r.lex.TermsOf(index)
	if t, ok := r.lex.TermAt(index, r.d.Date); ok && !r.d.Date.IsZero() {
		a.Country, a.Sectors, a.Role = r.termCountry(t), t.Sectors, t.Office
		a.Code = t.Code
	} else {
		r.outOfOffice(&a, terms)
	}
	if a.Code == "" && a.Country != "" {
		a.Code = cameo(a.Country, a.Sectors)
	}
	return r.add(a)
}

// outOfOffice fills what holds for a person without a dated term on the day: the country when all terms agree, the
// sector when they do too and none is known to have ended, ELI when all have ended.
func (r *reading) outOfOffice(a *doc.Actor, terms []lexicon.Term) {
	ended, undated := !r.d.Date.IsZero(), false
	for i := range terms {
		t := &terms[i]
		country := r.termCountry(t)
		if i == 0 {
			a.Country, a.Sectors, a.Role = country, t.Sectors, t.Office
		}
		if a.Country != country {
			a.Country = ""
		}
		if !same(a.Sectors, t.Sectors) {
			a.Sectors = nil
		}
		if a.Role != t.Office {
			a.Role = ""
		}
		undated = undated || t.From.IsZero() && t.To.IsZero()
		ended = ended && !t.To.IsZero() && t.To.Before(r.d.Date)
	}
	switch {
	case undated || r.d.Date.IsZero():
	case ended:
		a.Sectors, a.Role = []string{"ELI"}, "former "+a.Role
		if a.Role == "former " {
			a.Role = ""
		}
		if r.lex.Country(a.Country) == nil {
			a.Country = "" // whoever has left the United Nations is of his own country again, which the table does not tell
		}
	default: // not yet in office, or between two terms
		a.Sectors, a.Role = nil, ""
	}
}

func (r *reading) termCountry(t *lexicon.Term) string {
	if c := r.lex.Country(t.Of); c != nil {
		return r.code(c)
	}
	return t.Country
}

// anonymous is someone whom the text does not name. fresh asks for a new actor even when one of the same description
// has been seen ("another official").
func (r *reading) anonymous(a doc.Actor, id string, fresh bool) int32 {
	a.Anonymous = true
	if a.Code == "" && a.Country != "" {
		a.Code = cameo(a.Country, a.Sectors)
	}
	a.ID = id
	if fresh {
		for n := 2; ; n++ {
			if _, taken := r.byID[a.ID]; !taken {
				break
			}
			a.ID = id + "-" + itoa(n)
		}
	}
	return r.add(a)
}

// cameo is an actor code in the CAMEO manner: country, then the primary sector.
func cameo(country string, sectors []string) string {
	switch country {
	case "":
		return ""
	case "UNO":
		country = "IGOUNO"
	case "EUR":
		country = "IGOEUREEC"
	}
	for _, s := range sectors {
		if len(s) == 3 && s != "IGO" && s != "NGO" {
			return country + s
		}
	}
	return country
}

func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}
