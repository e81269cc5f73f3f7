package event

import (
	"annals/internal/doc"
)

// refine settles what depends on the whole event: status of transfers, speech acts, direction.
func (r *reading) refine(c *candidate, e *doc.Event, s *scope) {
	r.implied(c, e)
	r.statusOf(c, e, s)
}

// implied takes the country of the place as the one affected where nobody else is named.
func (r *reading) implied(c *candidate, e *doc.Event) {
	if len(e.Recipients) > 0 || e.Type == "STATEMENT" || e.Toponym == doc.None || e.PlaceFrom != "clause" {
		return
	}
	t := &r.d.Toponyms[e.Toponym]
	head := t.First
	p := doc.Participant{Span: t.Span, Head: head, Mention: t.Mention, Actor: doc.None, Implied: true}
	if t.Mention != doc.None {
		p.Actor = r.actorOf[t.Mention]
		p.Span, p.Head = r.d.Mentions[t.Mention].Span, r.d.Mentions[t.Mention].Head
	}
	for _, a := range e.Actors {
		if a.Actor != doc.None && a.Actor == p.Actor || a.Span.Overlaps(p.Span) {
			return
		}
	}
	e.Recipients = append(e.Recipients, p)
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
