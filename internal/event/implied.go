package event

import (
	"slices"

	"annals/internal/doc"
)

// Newswire leaves out what its readers supply: whom an order to "the strikers" is given to in which country, whom
// a ceasefire concerns. What is supplied here is marked Implied and never replaces what the clause says.

// supply completes the sides of an event from its clause and its place.
func (r *reading) supply(c *candidate, e *doc.Event) {
	if e.Type == "STATEMENT" {
		return
	}
	if len(e.Actors) == 0 {
		r.supplyActor(c, e)
	}
	if len(e.Recipients) == 0 || r.vague(e.Recipients) {
		r.supplyRecipient(c, e)
	}
	r.supplyCountries(e)
	if e.Type == "PROTEST" && !r.countryOn(e.Recipients) {
		r.protestedAt(e)
	}
}

// protestedAt: a protest without an addressee is made to those who govern where it happens, else where the protesters
// are from (PLOVER).
func (r *reading) protestedAt(e *doc.Event) {
	if slices.ContainsFunc(e.Recipients, func(p doc.Participant) bool { return p.Actor != doc.None }) {
		return
	}
	if p, ok := r.placeParty(e); ok {
		e.Recipients = append(e.Recipients, p)
		return
	}
	if home := r.withCountry(e.Actors); len(home) > 0 {
		e.Recipients = append(e.Recipients, home...)
		return
	}
	if c := r.firstCountry(e.Actors); c != "" {
		p := e.Actors[0]
		e.Recipients = append(e.Recipients, doc.Participant{Span: p.Span, Head: p.Head, Mention: doc.None, Actor: doc.None, Country: c, Implied: true})
	}
}

// supplyActor: the parser lost the subject of an active verb; the nearest name before it stands in.
func (r *reading) supplyActor(c *candidate, e *doc.Event) {
	verb := c.token
	if c.verb != doc.None {
		verb = c.verb
	}
	if !r.verbal(verb) || c.row.noun && c.verb == doc.None || r.passive(verb) || !hasPlace(c.row, 'A', "subj") && !c.row.noun || r.is(c.token, "nsubj") {
		return
	}
	if t := &r.d.Tokens[verb]; t.XPOS != "VBD" && t.XPOS != "VBZ" && t.XPOS != "VBP" && r.d.Child(verb, "aux") == doc.None {
		return
	}
	first := r.d.Sentences[e.Sentence].First
	for t := verb - 1; t >= first; t-- {
		if r.anchored[t] != doc.None && r.verbal(t) {
			return
		}
		if m := r.mentionAt[t]; m != doc.None && !r.opensWire(m) && r.free(t, e) && r.actorOf[m] != doc.None {
			p := r.byMention(m)
			p.Implied = true
			e.Actors = []doc.Participant{p}
			return
		}
	}
}

// opensWire tells whether a name stands before a dash or bracket at the head of a sentence: a dateline that was not cut.
func (r *reading) opensWire(m int32) bool {
	last := r.d.Mentions[m].Last
	if int(last) >= len(r.d.Tokens) || r.d.Mentions[m].First > r.d.Sentences[r.d.Tokens[r.d.Mentions[m].Head].Sentence].First+1 {
		return false
	}
	switch r.d.Tokens[last].Form {
	case "-", "--", "—", "–", "(":
		return true
	}
	return false
}

func hasPlace(row *row, role byte, place string) bool {
	for _, s := range row.frame {
		if s.role == role && slices.Contains(s.places, place) {
			return true
		}
	}
	return false
}

// supplyRecipient: the first name after the anchor inside its clause that no other happening governs.
func (r *reading) supplyRecipient(c *candidate, e *doc.Event) {
	top := c.token
	if c.verb != doc.None {
		top = c.verb
	}
	_, last := r.d.Subtree(top)
	for t := max(top, c.token) + 1; t < last; t++ {
		if r.d.Tokens[t].Deprel == "acl:relcl" || r.is(t, "advcl", "parataxis") && r.verbal(t) {
			return
		}
		p, ok := r.suppliant(t, e)
		if !ok || !c.row.noun && !r.reaches(t, c, e.Type) {
			continue
		}
		p.Implied = true
		e.Recipients = []doc.Participant{p}
		return
	}
}

// suppliant is the party that a word could stand for where the clause names no recipient: someone known, or a place
// with its country.
func (r *reading) suppliant(t int32, e *doc.Event) (doc.Participant, bool) {
	if !r.free(t, e) {
		return doc.Participant{}, false
	}
	m := r.mentionAt[t]
	if m != doc.None && r.actorOf[m] != doc.None && r.mayAct(m) && r.d.Mentions[m].Kind != doc.PronounMention && (r.d.Mentions[m].Kind != doc.NominalMention || r.d.Mentions[m].Type != "" && r.d.Mentions[m].Type != "FAC") {
		return r.byMention(m), true
	}
	if p := r.toponymAt[t]; p != doc.None && r.countryAt[t] != "" && r.d.Toponyms[p].Last == t+1 && (m == doc.None || r.d.Mentions[m].Kind == doc.NameMention) {
		return doc.Participant{Span: r.d.Toponyms[p].Span, Head: t, Mention: m, Actor: doc.None, Country: r.countryAt[t]}, true
	}
	return doc.Participant{}, false
}

// reaches tells whether a word hangs on the happening itself or, for promises, refusals, demands and threats, on what
// is promised, refused, demanded or threatened.
func (r *reading) reaches(t int32, c *candidate, typ string) bool {
	g := r.governor(t)
	for steps := 0; g != doc.None && steps < 4; steps++ {
		if g == c.token || g == c.verb {
			return true
		}
		if !oneWord(typ, "AGREE", "REJECT", "REQUEST", "THREATEN", "CONCEDE") || !r.is(g, "xcomp", "ccomp", "obj") && !(r.is(g, "advcl", "acl", "conj") && (r.hasMark(g, "to") || r.is(g, "conj"))) {
			return false
		}
		g = r.governor(g)
	}
	return false
}

// governor is the first happening or verb above a word.
func (r *reading) governor(t int32) int32 {
	for steps := 0; steps < maxClimb; steps++ {
		t = r.d.Tokens[t].Head
		if t == doc.None || r.anchored[t] != doc.None || r.verbal(t) && !r.is(t, "aux", "cop") {
			return t
		}
	}
	return doc.None
}

// free tells whether a word takes no part in the event yet and is no date.
func (r *reading) free(t int32, e *doc.Event) bool {
	if r.timexAt[t] != doc.None || r.d.Tokens[t].Start < e.Anchor.End && r.d.Tokens[t].End > e.Anchor.Start {
		return false
	}
	for _, side := range [][]doc.Participant{e.Actors, e.Recipients} {
		for _, p := range side {
			if p.Span.Overlaps(r.d.Tokens[t].Span) || r.mentionAt[t] != doc.None && p.Actor != doc.None && p.Actor == r.actorOf[r.mentionAt[t]] {
				return false
			}
		}
	}
	return true
}
