package event

import (
	"slices"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// Political event data count an act to a country: police who arrest students in Lagos are Nigeria's, though the sentence
// does not say so. A participant whose actor has no country takes the one that the text around it gives: its own phrase
// first, then the place of the happening, then, for those who are at home in a state, the other side or the dateline.
// Such a country is kept apart from the actor's own (Participant.Country): it is context, no identity.

// indexCountries notes for each token the state that a name of the lexicon or a resolved place there stands for.
func (r *reading) indexCountries() {
	d := r.d
	r.countryAt = make([]string, len(d.Tokens))
	lex := r.stage.names
	r.hits = r.hits[:0]
	for i := range d.Sentences {
		s := &d.Sentences[i]
		r.hits = lex.Match(d, s.First, s.Last, r.hits)
	}
	for i := range r.hits {
		h := &r.hits[i]
		if c := r.stateOf(h); c != "" {
			for t := h.First; t < h.Last; t++ {
				r.countryAt[t] = c
			}
		}
	}
	for i := range d.Toponyms {
		p := &d.Toponyms[i]
		if !p.Resolved || lex.Country(p.Country) == nil {
			continue
		}
		for t := p.First; t < p.Last; t++ {
			if r.countryAt[t] == "" {
				r.countryAt[t] = p.Country
			}
		}
	}
	r.home = r.homeCountry()
}

// stateOf is the state that a name stands for or belongs to, "" for bodies of several states and for persons.
func (r *reading) stateOf(h *lexicon.Hit) string {
	lex := r.stage.names
	for i := range h.Readings {
		x := &h.Readings[i]
		code := ""
		switch x.Kind {
		case lexicon.CountryName, lexicon.CountryAdjective, lexicon.CountryPerson, lexicon.CountryPeople, lexicon.CapitalName:
			c := &lex.Countries[x.Index]
			code = c.State()
			if len(c.Successors) > 0 {
				code = c.Successors[0]
			}
		case lexicon.MetonymName:
			code = lex.Metonyms[x.Index].Country
		case lexicon.OrganisationName:
			code = lex.Organisations[x.Index].Country
		default:
			continue
		}
		if lex.Country(code) != nil {
			return code
		}
	}
	return ""
}

// homeCountry is the country that the document is about: that of its dateline when the body names it at least as often
// as any other, or the one that most of the names of the body stand for. "" when no country leads.
func (r *reading) homeCountry() string {
	d := r.d
	count := map[string]int{}
	total, line := 0, ""
	for t := range d.Tokens {
		c := r.countryAt[t]
		if c == "" || t > 0 && r.countryAt[t-1] == c {
			continue
		}
		if span := d.Head.Dateline; span.Len() > 0 && span.Contains(d.Tokens[t].Span) {
			line = c
			continue
		}
		count[c]++
		total++
	}
	for _, n := range count {
		if line != "" && n > count[line] {
			line = ""
		}
	}
	if line != "" {
		return line
	}
	for c, n := range count {
		if n == total || n >= 3 && 3*n >= 2*total {
			return c
		}
	}
	return ""
}

// countryOf is the country of a participant: its actor's, else the one of its context.
func (r *reading) countryOf(p *doc.Participant) string {
	if p.Actor != doc.None && r.d.Actors[p.Actor].Country != "" {
		return r.d.Actors[p.Actor].Country
	}
	return p.Country
}

func (r *reading) countryOn(side []doc.Participant) bool {
	return slices.ContainsFunc(side, func(p doc.Participant) bool { return r.countryOf(&p) != "" })
}

// phraseCountry is the state named inside the phrase of a noun: before it ("UNITA's armed wing"), or behind it by a
// preposition or a participle ("militias in Tripoli", "guerrillas operating in Macedonia").
func (r *reading) phraseCountry(t int32) string {
	before, behind := "", ""
	for _, c := range r.d.Children(t) {
		switch {
		case c < t && before == "" && r.is(c, "amod", "compound", "nmod:poss", "nmod:desc", "nmod"):
			before = r.countryWithin(c, 2)
		case c > t && behind == "" && r.is(c, "nmod", "appos") && oneWord(r.caseOf(c), "", "of", "in", "from", "at", "near", "for", "around", "outside", "to", "on"):
			behind = r.countryWithin(c, 3)
		case c > t && behind == "" && r.is(c, "flat", "compound"):
			behind = r.countryAt[c]
		case c > t && behind == "" && r.is(c, "acl") && r.verbal(c):
			for _, k := range r.d.Children(c) {
				if behind == "" && r.is(k, "obl") && oneWord(r.caseOf(k), "in", "from", "at", "near", "to") {
					behind = r.countryWithin(k, 2)
				}
			}
		}
	}
	if before != "" {
		return before
	}
	return behind
}

// countryWithin is the state named by a word or, within depth, by what its phrase is made of.
func (r *reading) countryWithin(t int32, depth int) string {
	if c := r.countryAt[t]; c != "" {
		return c
	}
	if depth == 0 {
		return ""
	}
	for _, c := range r.d.Children(t) {
		if r.verbal(c) || r.is(c, "conj", "cc", "punct", "case", "det") {
			continue
		}
		if s := r.countryWithin(c, depth-1); s != "" {
			return s
		}
	}
	return ""
}

// supplyCountries gives the sides of an event the countries that their context gives.
func (r *reading) supplyCountries(e *doc.Event) {
	for _, side := range [][]doc.Participant{e.Actors, e.Recipients} {
		for i := range side {
			if p := &side[i]; r.countryOf(p) == "" && !r.isBody(p) {
				p.Country = r.countryAt[p.Head]
				if p.Country == "" {
					p.Country = r.phraseCountry(p.Head)
				}
			}
		}
	}
	r.supplyFrom(e, e.Recipients, e.Actors)
	r.supplyFrom(e, e.Actors, e.Recipients)
}

// isBody tells whether a participant is of a kind that has no country: a body of several states, a collective.
func (r *reading) isBody(p *doc.Participant) bool {
	if p.Actor == doc.None {
		return false
	}
	return oneWord(r.d.Actors[p.Actor].Kind, "igo", "collective", "outlet", "state")
}

// supplyFrom gives a side without any country that of the place of the happening, of the other side, or of the document.
func (r *reading) supplyFrom(e *doc.Event, side, other []doc.Participant) {
	if len(side) == 0 || r.countryOn(side) {
		return
	}
	country := ""
	switch {
	case e.Type == "STATEMENT":
		return
	case !slices.ContainsFunc(side, func(p doc.Participant) bool { return r.someone(&p) }):
		return
	case r.placeCountry(e) != "":
		country = r.placeCountry(e)
	case r.domestic(e, side) && r.homely(e, other) && r.firstCountry(other) != "":
		country = r.firstCountry(other)
	case r.domestic(e, side) && r.home != "":
		country = r.home
	case e.PlaceFrom == "dateline" && e.Toponym != doc.None && r.domestic(e, side):
		country = r.d.Toponyms[e.Toponym].Country
	}
	if country == "" {
		return
	}
	for i := range side {
		if p := &side[i]; r.someone(p) && !r.isBody(p) {
			p.Country = country
		}
	}
}

// someone tells a participant who can belong to a country from a thing.
func (r *reading) someone(p *doc.Participant) bool {
	if p.Actor != doc.None || r.stage.lex.classes["people"][r.lemma(p.Head)] {
		return true
	}
	if p.Mention == doc.None {
		return false
	}
	return oneWord(r.d.Mentions[p.Mention].Type, "PER", "ORG", "NORP", "LOC", "FAC")
}

func (r *reading) firstCountry(side []doc.Participant) string {
	for i := range side {
		if c := r.countryOf(&side[i]); c != "" && r.stage.names.Country(c) != nil {
			return c
		}
	}
	return ""
}

// homely tells whether the other side of an event speaks for who is at home in its country: a part of a state (its police,
// its president) rather than the state as others see it, or a state that does what states do at home.
func (r *reading) homely(e *doc.Event, other []doc.Participant) bool {
	if oneWord(e.Type, "COERCE", "PROTEST", "CONCEDE", "RETREAT") {
		return true
	}
	if e.Type == "ASSAULT" { // whom a country's fighters hit may be at home elsewhere; whom its police and soldiers beat are not often
		return slices.ContainsFunc(other, func(p doc.Participant) bool {
			return p.Actor != doc.None && slices.ContainsFunc(r.d.Actors[p.Actor].Sectors, func(s string) bool { return oneWord(s, "GOV", "COP", "MIL") })
		})
	}
	return slices.ContainsFunc(other, func(p doc.Participant) bool {
		return r.countryOf(&p) != "" && !r.isCountry(p.Actor)
	})
}

// placeCountry is the country in which a happening takes place, where its own clause says so.
func (r *reading) placeCountry(e *doc.Event) string {
	if e.Toponym == doc.None || e.PlaceFrom != "clause" {
		return ""
	}
	if c := r.d.Toponyms[e.Toponym].Country; r.stage.names.Country(c) != nil {
		return c
	}
	return r.countryAt[r.d.Toponyms[e.Toponym].First]
}

// placeParty is the place of a happening as a party to it.
func (r *reading) placeParty(e *doc.Event) (doc.Participant, bool) {
	country := r.placeCountry(e)
	if country == "" {
		return doc.Participant{}, false
	}
	t := &r.d.Toponyms[e.Toponym]
	if t.Mention != doc.None {
		p := r.byMention(t.Mention)
		p.Implied = true
		if r.countryOf(&p) == "" {
			p.Country = country
		}
		return p, true
	}
	return doc.Participant{Span: t.Span, Head: t.First, Mention: doc.None, Actor: doc.None, Country: country, Implied: true}, true
}

// withCountry is the country of a side, as implied: a party that is a country, or the country named inside one
// ("Egyptian police").
func (r *reading) withCountry(side []doc.Participant) []doc.Participant {
	for _, p := range side {
		first, last := r.d.TokensIn(p.Span)
		if r.isCountry(p.Actor) {
			p.Implied = true
			return []doc.Participant{p}
		}
		for t := first; t < last; t++ {
			if r.countryAt[t] == "" {
				continue
			}
			q := doc.Participant{Span: r.d.Tokens[t].Span, Head: t, Mention: doc.None, Actor: doc.None, Country: r.countryAt[t], Implied: true}
			if m := r.mentionAt[t]; m != doc.None && r.isCountry(r.actorOf[m]) {
				q = r.byMention(m)
				q.Implied = true
			}
			return []doc.Participant{q}
		}
	}
	return nil
}

func (r *reading) isCountry(actor int32) bool {
	return actor != doc.None && r.d.Actors[actor].Country != "" && r.d.Actors[actor].Code == r.d.Actors[actor].Country
}

// domestic tells whether an event is of a kind that happens inside a country, to people who have no country named.
func (r *reading) domestic(e *doc.Event, side []doc.Participant) bool {
	switch e.Type {
	case "COERCE", "PROTEST", "CONCEDE", "RETREAT", "REQUEST", "ASSAULT", "THREATEN", "ACCUSE", "REJECT", "MOBILIZE", "AGREE":
	default:
		return false
	}
	return slices.ContainsFunc(side, func(p doc.Participant) bool {
		return r.stage.lex.classes["home"][r.lemma(p.Head)] || r.officeholder(&p)
	})
}

// officeholder tells whether a person is named with a title of state, but the register does not know whose.
func (r *reading) officeholder(p *doc.Participant) bool {
	if p.Actor == doc.None {
		return false
	}
	a := &r.d.Actors[p.Actor]
	return a.Country == "" && slices.ContainsFunc(a.Sectors, func(s string) bool {
		return oneWord(s, "GOV", "MIL", "COP", "LEG", "JUD", "OPP", "REB", "PTY", "CVL", "EDU", "LAB", "AGR")
	})
}
