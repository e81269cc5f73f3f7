package event

import (
	"slices"

	"annals/internal/doc"
)

// denialReach is how many sentences back the charge may lie that somebody denies without saying it again.
const denialReach = 2

// denials are what a party denies by pointing back to it: "Chad accused Libya of arming the rebels. Tripoli denied the
// charge." The denial is of the same happening, so it takes over what the charge said, with the other polarity.
func (r *reading) denials(drafts []draft) []draft {
	row := &row{id: "denied-charge"}
	var out []draft
	for a := range r.d.Attributions {
		at := &r.d.Attributions[a]
		if at.Act != "deny" || at.SourceHead == doc.None || at.CueHead == doc.None {
			continue
		}
		word := r.chargeIn(at)
		if word == doc.None || r.anchored[word] != doc.None && r.candidates[r.anchored[word]].row.typ != "ACCUSE" {
			continue
		}
		i := r.deniedBy(drafts, at)
		if i < 0 {
			continue
		}
		denied := drafts[i].event
		denied.Anchor, denied.AnchorToken, denied.Sentence = r.d.Tokens[word].Span, word, r.d.Tokens[word].Sentence
		denied.Span = r.d.Tokens[word].Span
		denied.Polarity, denied.Modality = "negative", "asserted"
		denied.Actors, denied.Recipients = implied(denied.Actors), implied(denied.Recipients)
		denied.Quantities, denied.Casualties = nil, nil
		denied.Contexts = slices.Clone(denied.Contexts)
		denied.Attribution, denied.SameAs, denied.Condition = int32(a), doc.None, doc.Span{}
		denied.Rule, denied.Confidence = row.id, denied.Confidence*0.85
		if denied.Status != "" {
			denied.Status = "denied"
		}
		r.opened = append(r.opened, &candidate{token: word, row: row, verb: doc.None, trust: 0.7, rule: row.id})
		out = append(out, draft{event: denied, from: r.opened[len(r.opened)-1], scope: scope{condition: doc.None, denied: true}})
	}
	return out
}

// chargeIn is the word by which a denial points back ("the charge", "any involvement", "it"), or None: a denial that says
// itself what is not so needs nothing from before.
func (r *reading) chargeIn(at *doc.Attribution) int32 {
	for _, t := range r.d.Children(at.CueHead) {
		if !r.is(t, "obj") || t < at.CueHead || r.d.Child(t, "acl", "acl:relcl", "ccomp") != doc.None {
			continue
		}
		if r.d.Tokens[t].UPOS == "PRON" && oneWord(r.form(t), "it", "this", "that") {
			return t
		}
		for _, p := range []string{"of", "by", "from", "that"} { // "a report by a group that …"
			if n := r.preposition(t, p, false); n != doc.None && r.d.Child(n, "acl", "acl:relcl") != doc.None {
				return doc.None
			}
		}
		if r.stage.lex.classes["claim"][r.lemma(t)] || r.stage.lex.classes["denied_part"][r.lemma(t)] {
			return t
		}
	}
	return doc.None
}

// deniedBy is the latest happening before a denial that somebody else put forward and that the denier may be charged with,
// one told as an accusation before one merely told; or -1.
func (r *reading) deniedBy(drafts []draft, at *doc.Attribution) int {
	denier, ok := r.participant(at.SourceHead, "subj", 'A')
	if !ok {
		return -1
	}
	home := r.countryOf(&denier)
	best, accused := -1, false
	for i := range drafts {
		e := &drafts[i].event
		if e.AnchorToken > at.CueHead || r.d.Tokens[at.CueHead].Sentence-e.Sentence > denialReach || e.Attribution == doc.None || e.Polarity != "positive" ||
			!oneWord(e.Type, "ASSAULT", "AID", "COOPERATE", "COERCE", "MOBILIZE", "RETREAT") || e.Modality != "asserted" && e.Modality != "possible" {
			continue
		}
		claim := &r.d.Attributions[e.Attribution]
		if claim.Speaker != doc.None && claim.Speaker == at.Speaker || !r.chargeable(e, &denier, home) {
			continue
		}
		charge := claim.Act == "accuse"
		if best < 0 || charge && !accused || charge == accused && e.AnchorToken > drafts[best].event.AnchorToken {
			best, accused = i, charge
		}
	}
	return best
}

// chargeable tells whether a denier may answer for a happening: as its actor, as of the actor's country, or as nobody known
// where the actor is not known either.
func (r *reading) chargeable(e *doc.Event, denier *doc.Participant, home string) bool {
	if len(e.Actors) == 0 {
		return home == "" || len(e.Recipients) == 0 || !r.sameParty(e.Recipients, *denier)
	}
	for i := range e.Actors {
		p := &e.Actors[i]
		country := r.countryOf(p)
		if p.Actor != doc.None && p.Actor == denier.Actor || home != "" && country == home {
			return true
		}
		if home == "" && country == "" && r.kindred(p.Head, denier.Head) {
			return true
		}
	}
	return false
}

// kindred tells whether one phrase is of the other's kind: "rebels" and "a rebel spokesman".
func (r *reading) kindred(a, b int32) bool {
	if r.lemma(a) == r.lemma(b) {
		return true
	}
	for _, pair := range [][2]int32{{a, b}, {b, a}} {
		for _, c := range r.d.Children(pair[1]) {
			if r.is(c, "compound", "amod", "nmod:poss", "nmod") && r.lemma(c) == r.lemma(pair[0]) {
				return true
			}
		}
	}
	return false
}
