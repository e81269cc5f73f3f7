package event

import (
	"annals/internal/doc"
)

// refusals are the events of REJECT that no word of the tables names, in what the actors will not do: "France will not lift
// the ban". What they will not do stays beside it as an event of its own, negative and in the future.
func (r *reading) refusals(drafts []draft) []draft {
	refusalRow := &row{id: "will-not", typ: "REJECT"}
	rejected := map[int32]bool{} // clauses whose refusal another word names: "said it would not …", "refused to …"
	for i := range drafts {
		if drafts[i].event.Type == "REJECT" {
			rejected[drafts[i].from.token] = true
		}
	}
	var out []draft
	for i := range drafts {
		d := &drafts[i]
		e := &d.event
		if d.from.row.noun || e.Polarity != "negative" || len(e.Actors) == 0 || !r.someone(&e.Actors[0]) || !r.friendly(e.Type) && e.Type != "RETREAT" && e.Type != "CONCEDE" {
			continue
		}
		will := r.wontAt(d.from.token)
		if will == doc.None || r.anchored[will] != doc.None || r.refusedAbove(d.from.token, rejected) {
			continue
		}
		refusal := *e
		refusal.Anchor, refusal.AnchorToken = r.d.Tokens[will].Span, will
		refusal.Polarity, refusal.Modality, refusal.Tense, refusal.Status = "positive", "asserted", "present", ""
		refusal.Items, refusal.Quantities, refusal.Casualties, refusal.Rule = nil, nil, nil, ""
		refusal.Recipients = implied(e.Recipients)
		refusal.Contexts = nil
		r.become(&refusal, "REJECT", r.modeFor("REJECT", e.Type), e.Contexts, refusalRow.id)
		refusal.Rule = refusalRow.id
		r.opened = append(r.opened, &candidate{token: will, row: refusalRow, verb: doc.None, trust: 0.7, rule: refusalRow.id})
		out = append(out, draft{event: refusal, from: r.opened[len(r.opened)-1], scope: scope{condition: doc.None}})
	}
	return out
}

// wontAt is the "will" of a verb that is negated itself ("will not lift"), or None.
func (r *reading) wontAt(verb int32) int32 {
	will, not := doc.None, false
	for _, c := range r.d.Children(verb) {
		switch {
		case r.is(c, "aux") && oneWord(r.form(c), "will", "wo", "would"):
			will = c
		case r.is(c, "advmod") && r.isNegation(c, r.form(c)):
			not = true
		}
	}
	if !not || r.passive(verb) {
		return doc.None
	}
	return will
}

// refusedAbove tells whether a clause hangs on a refusal.
func (r *reading) refusedAbove(t int32, rejected map[int32]bool) bool {
	for steps := 0; t != doc.None && steps < 3; steps++ {
		if t = r.d.Tokens[t].Head; t != doc.None && rejected[t] {
			return true
		}
	}
	return false
}
