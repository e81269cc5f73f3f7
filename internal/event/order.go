package event

import (
	"cmp"
	"slices"

	"annals/internal/doc"
)

// sift leaves out what another event of the same clause says better.
func (r *reading) sift(drafts []draft) []draft {
	at := map[int32]int{}
	for i := range drafts {
		at[drafts[i].from.token] = i
	}
	for i := range drafts {
		e, c := &drafts[i].event, drafts[i].from
		head := r.d.Tokens[c.token].Head
		// A noun that names the same kind of thing as the verb that governs it is its object, not another happening.
		if c.row.noun && head != doc.None {
			if j, ok := at[head]; ok && !drafts[j].gone && !r.standsBehind(&drafts[j].event, e) && (drafts[j].event.Type == e.Type || overshadows(drafts[j].event.Type, e.Type)) && r.is(c.token, "obj", "obl", "xcomp", "nsubj:pass", "compound") {
				drafts[i].gone = true
			}
		}
		if e.Type == "MOBILIZE" && r.fightingNear(drafts, e.Sentence) || r.inPassing(c, e) {
			drafts[i].gone = true
		}
	}
	return slices.DeleteFunc(drafts, func(d draft) bool { return d.gone })
}

// standsBehind tells whether the violence that a noun names is a fact whatever becomes of what its verb says: "was accused of
// ordering the murder of the priests".
func (r *reading) standsBehind(verb, noun *doc.Event) bool {
	real := noun.Polarity == "positive" && noun.Modality == "asserted"
	return noun.Type == "ASSAULT" && real && (verb.Polarity != "positive" || verb.Modality != "asserted") && r.definite(noun.AnchorToken)
}

// inPassing tells whether a noun only speaks of a kind of happening ("the fight against terrorist attacks", "calls for
// restraint", "trade agreements"): no verb carries it, fewer than two parties are named with it, and nothing says where,
// when or with what outcome. Of speech and cooperation such a noun tells nothing; of violence and force a definite one or
// one that the sentence is about may still be the happening of the story.
func (r *reading) inPassing(c *candidate, e *doc.Event) bool {
	if !c.row.noun || c.verb != doc.None || len(e.Casualties) > 0 || e.Time.Source == "timex" || e.PlaceFrom == "clause" {
		return false
	}
	sides := explicit(e.Actors) + explicit(e.Recipients)
	if sides > 1 || sides == 1 && r.putForward(c.token) {
		return false
	}
	subject := r.is(c.token, "nsubj", "root") || r.attested(c.token)
	switch e.Type {
	case "ASSAULT", "COERCE", "PROTEST", "MOBILIZE":
		if sides == 0 && r.stage.lex.classes["state_of_war"][r.lemma(c.token)] {
			return true
		}
		return sides == 0 && !subject || !subject && !r.particular(c.token)
	}
	return sides == 0 || !subject
}

// putForward tells whether a noun is what a verb denies, asks for, plans: "denied an attack on the convoy".
func (r *reading) putForward(t int32) bool {
	h := r.d.Tokens[t].Head
	if h == doc.None || !r.verbal(h) || !r.is(t, "obj", "obl", "nsubj:pass") {
		return false
	}
	return r.anchored[h] != doc.None || len(r.stage.lex.effects[r.lemma(h)]) > 0
}

// attested tells whether somebody says that it was so: "confirmed an air strike".
func (r *reading) attested(t int32) bool {
	h := r.d.Tokens[t].Head
	return h != doc.None && r.is(t, "obj") && oneWord(r.lemma(h), "confirm", "acknowledge", "admit")
}

// explicit counts whether a side holds someone whom the clause itself names: 1 or 0.
func explicit(side []doc.Participant) int {
	for i := range side {
		if !side[i].Implied {
			return 1
		}
	}
	return 0
}

// particular tells whether a noun phrase speaks of one happening or a counted few: "the attack", "an attack", "two raids".
func (r *reading) particular(t int32) bool {
	for _, c := range r.d.Children(t) {
		if c < t && r.is(c, "det", "nummod", "nmod:poss") && !oneWord(r.form(c), "any", "all", "such", "no", "every") {
			return true
		}
	}
	return false
}

// overshadows: agreeing on talks is no talks yet, rejecting a deal no deal, suspending aid no aid.
func overshadows(verb, noun string) bool {
	switch verb {
	case "AGREE", "REQUEST":
		return oneWord(noun, "AGREE", "SUPPORT", "REQUEST")
	case "REJECT":
		return oneWord(noun, "AGREE", "SUPPORT", "REQUEST", "AID", "COOPERATE", "CONSULT", "CONCEDE", "SANCTION")
	case "SANCTION":
		return oneWord(noun, "AID", "COOPERATE", "CONSULT", "SUPPORT", "AGREE")
	case "RETREAT", "CONCEDE":
		return oneWord(noun, "SANCTION", "COERCE")
	}
	return false
}

// fightingNear: forces brought up inside the report of a fight are part of it (PLOVER).
func (r *reading) fightingNear(drafts []draft, sentence int32) bool {
	for i := range drafts {
		e := &drafts[i].event
		if e.Type == "ASSAULT" && e.Sentence == sentence && e.Polarity == "positive" && e.Modality == "asserted" && !drafts[i].from.row.noun {
			return true
		}
	}
	return false
}

// order sorts by sentence, and within it by salience: nearness to the root, participants, reality.
func (r *reading) order(drafts []draft) {
	for i := range drafts {
		drafts[i].worth = r.salience(&drafts[i])
	}
	slices.SortStableFunc(drafts, func(a, b draft) int {
		return cmp.Or(cmp.Compare(a.event.Sentence, b.event.Sentence), -cmp.Compare(a.worth, b.worth), cmp.Compare(a.event.AnchorToken, b.event.AnchorToken))
	})
}

func (r *reading) salience(d *draft) float32 {
	e := &d.event
	depth := 0
	for t := e.AnchorToken; t != doc.None && depth < maxClimb; t = r.d.Tokens[t].Head {
		if r.d.Tokens[t].Deprel == "acl:relcl" || r.is(t, "advcl", "appos", "parataxis") {
			depth++
		}
		depth++
	}
	worth := 10 - float32(depth)
	if e.Type == "STATEMENT" {
		worth -= 4
	}
	if len(e.Actors) > 0 {
		worth++
	}
	if len(e.Recipients) > 0 {
		worth++
	}
	if d.from.row.noun && d.from.verb == doc.None {
		worth -= 1.5
	}
	if e.Modality == "hypothetical" {
		worth -= 0.5
	}
	return worth
}

// retellings links an event to the earlier one of the article that it tells again.
func (r *reading) retellings(drafts []draft) {
	for i := range drafts {
		for j := range drafts[:i] {
			if drafts[j].event.SameAs == doc.None && r.same(&drafts[j].event, &drafts[i].event) {
				drafts[i].event.SameAs = int32(j)
				break
			}
		}
	}
}

// same tells whether two events of one article are one happening: same type, polarity and modality, participants
// that meet on one side and do not contradict each other on the other, times that do not exclude each other.
func (r *reading) same(a, b *doc.Event) bool {
	if a.Type != b.Type || a.Polarity != b.Polarity || a.Modality != b.Modality || a.Type == "STATEMENT" || a.Type == "ACCUSE" && a.Sentence == b.Sentence {
		return false
	}
	if a.Mode != "" && b.Mode != "" && a.Mode != b.Mode {
		return false
	}
	actors, recipients := r.meet(a.Actors, b.Actors), r.meet(a.Recipients, b.Recipients)
	if actors < 0 || recipients < 0 || actors+recipients == 0 {
		return false
	}
	if a.Time.Source == "timex" && b.Time.Source == "timex" && !a.Time.Interval.Overlaps(b.Time.Interval) {
		return false
	}
	if r.otherToll(a, b) {
		return false
	}
	if a.Toponym != doc.None && b.Toponym != doc.None && r.d.Toponyms[a.Toponym].Name != r.d.Toponyms[b.Toponym].Name && a.PlaceFrom == "clause" && b.PlaceFrom == "clause" {
		return false
	}
	return actors+recipients >= 2 || actors+recipients == 1 && a.Sentence != b.Sentence && (len(a.Actors) == 0 || len(b.Actors) == 0 || len(a.Recipients) == 0 || len(b.Recipients) == 0)
}

// otherToll tells whether two happenings count their dead or hurt so that they cannot be one: the sum of a war is not the
// toll of a strike, and one source does not count the same twice with different figures. Two sources may.
func (r *reading) otherToll(a, b *doc.Event) bool {
	for _, i := range a.Casualties {
		for _, j := range b.Casualties {
			p, q := &r.d.Casualties[i], &r.d.Casualties[j]
			if i == j || p.Effect != q.Effect || p.SubsetOf != doc.None || q.SubsetOf != doc.None {
				continue
			}
			apart := p.High >= 0 && p.High < q.Low || q.High >= 0 && q.High < p.Low
			if p.Scope != q.Scope || apart && a.Attribution == b.Attribution {
				return true
			}
		}
	}
	return false
}

// meet is 1 when the sides share an actor, 0 when one of them is empty or unknown, -1 when they differ.
func (r *reading) meet(a, b []doc.Participant) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	for _, p := range a {
		for _, q := range b {
			if p.Actor != doc.None && p.Actor == q.Actor {
				return 1
			}
			if r.lemma(p.Head) == r.lemma(q.Head) && (p.Actor == doc.None && q.Actor == doc.None || r.unnamed(p) && r.unnamed(q) && r.takenUp(q.Head) && r.compatible(&p, &q)) {
				return 1
			}
		}
	}
	return -1
}

// unnamed tells a party by description ("the farmers") from one by name.
func (r *reading) unnamed(p doc.Participant) bool {
	return r.d.Tokens[p.Head].UPOS == "NOUN" && (p.Mention == doc.None || r.d.Mentions[p.Mention].Kind != doc.NameMention)
}

// takenUp tells whether a phrase may speak of those spoken of before: it is no "a", "another", "six".
func (r *reading) takenUp(t int32) bool {
	for _, c := range r.d.Children(t) {
		if r.is(c, "nummod") || r.is(c, "det") && oneWord(r.form(c), "a", "an", "another", "other", "some") || r.is(c, "amod") && r.form(c) == "other" {
			return false
		}
	}
	return true
}

// compatible tells whether two parties may be of one country.
func (r *reading) compatible(p, q *doc.Participant) bool {
	a, b := r.countryOf(p), r.countryOf(q)
	return a == "" || b == "" || a == b
}
