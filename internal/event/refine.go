package event

import (
	"slices"

	"annals/internal/doc"
)

// refine settles what depends on the whole event: status of transfers, speech acts, direction.
func (r *reading) refine(c *candidate, e *doc.Event, s *scope) {
	if e.Type == "MOBILIZE" && e.CAMEO == "150" && r.severalStates(e.Actors) { // an exercise of several is cooperation (PLOVER)
		r.become(e, "COOPERATE", "", nil, "together")
		e.CAMEO = "062"
	}
	r.statusOf(c, e, s)
}

// severalStates tells whether a side is of more than one country.
func (r *reading) severalStates(side []doc.Participant) bool {
	for i := 1; i < len(side); i++ {
		if a, b := r.countryOf(&side[0]), r.countryOf(&side[i]); a != "" && b != "" && a != b {
			return true
		}
	}
	return false
}

// implied takes the country of the place as the one affected where nobody else is named.
func (r *reading) implied(e *doc.Event) {
	if len(e.Recipients) > 0 || e.Type == "STATEMENT" {
		return
	}
	if p, ok := r.placeParty(e); ok && !r.sameParty(e.Actors, p) && !slices.ContainsFunc(e.Actors, func(a doc.Participant) bool { return a.Span.Overlaps(p.Span) }) {
		e.Recipients = append(e.Recipients, p)
	}
}

// statusOf says how far a transfer has come.
func (r *reading) statusOf(c *candidate, e *doc.Event, s *scope) {
	military := e.CAMEO == "072" || e.CAMEO == "062"
	for _, it := range e.Items {
		military = military || it.Category != ""
	}
	if !military || e.Type != "AID" && e.Type != "COOPERATE" && e.Type != "SANCTION" && e.Type != "COERCE" {
		return
	}
	switch {
	case e.Type == "SANCTION":
		e.Status = "suspended"
	case e.Type == "COERCE":
		e.Status = "intercepted"
	case s.denied || e.Polarity == "negative" && e.Modality == "asserted":
		e.Status = "denied"
	case e.Polarity == "negative":
		e.Status = "refused"
	case s.alleged:
		e.Status = "alleged"
	case r.stage.lex.classes["order"][r.lemma(c.token)]:
		e.Status = "ordered"
	case e.Modality == "future" || e.Modality == "scheduled":
		e.Status = "announced"
	case e.Modality != "asserted":
		e.Status = ""
	case e.Tense == "present":
		e.Status = "delivery"
	default:
		e.Status = "delivered"
	}
}
