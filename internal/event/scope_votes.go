package event

import "annals/internal/doc"

// votedThrough takes what a body votes to do by its word alone for done: "the council voted to extend the embargo", "voted to urge
// both sides to talk". What it votes to do by deeds ("voted to send troops") stays ahead.
func (r *reading) votedThrough(c *candidate, s *scope) {
	if s.negative || s.modality != "hypothetical" && s.modality != "future" {
		return
	}
	switch c.row.typ {
	case "REQUEST", "ACCUSE", "SANCTION", "SUPPORT", "REJECT":
	case "RETREAT":
		if c.row.cameo != "085" { // to lift sanctions is their end
			return
		}
	default:
		return
	}
	verb := c.token
	if c.verb != doc.None {
		verb = c.verb
	}
	vote := r.d.Tokens[verb].Head
	if vote == doc.None || r.lemma(vote) != "vote" || !r.is(verb, "xcomp", "advcl", "acl") || !r.hasMark(verb, "to") || !r.verbal(vote) {
		return
	}
	if r.climbed(vote).modality != "" || r.negatedHere(vote) || r.tenseOf(vote) == "future" {
		return
	}
	s.modality, s.tense = "asserted", "past"
}
