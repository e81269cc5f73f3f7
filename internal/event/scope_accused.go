package event

import "annals/internal/doc"

// accusedOf is who is accused of the happening that a noun names, and the verb that accuses: "accused Moscow of a cyberattack";
// None, None where nobody is.
func (r *reading) accusedOf(c *candidate) (accused, verb int32) {
	if !c.row.noun || r.caseOf(c.token) != "of" && r.caseOf(c.token) != "for" {
		return doc.None, doc.None
	}
	head := r.d.Tokens[c.token].Head
	verb = head
	if head != doc.None && !r.verbal(head) { // hung on the accused
		verb = r.d.Tokens[head].Head
	}
	if verb == doc.None || !r.verbal(verb) || !oneWord(r.lemma(verb), "accuse", "suspect", "blame") {
		return doc.None, doc.None
	}
	accused = r.logicalObject(verb)
	if accused == doc.None || accused == c.token || head != verb && head != accused {
		return doc.None, doc.None
	}
	return accused, verb
}

// onlyAccused keeps what somebody is accused of from being told in the story's own voice, or as said where nobody says it.
func (r *reading) onlyAccused(c *candidate, s *scope) {
	_, verb := r.accusedOf(c)
	if verb == doc.None || s.modality != "asserted" {
		return
	}
	a := r.attributionOf(c)
	said := a != doc.None && r.d.Attributions[a].Act == "accuse"
	if !said || r.negatedHere(verb) || r.byNobody(verb) {
		s.modality = "possible"
	}
}
