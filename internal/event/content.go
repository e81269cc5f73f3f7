package event

import (
	"annals/internal/doc"
)

// Speech acts and other verbs that take a happening as their complement are read together with it: a refusal is
// typed by what is refused, a promise reaches whom the promised thing would reach, and saying what oneself will do
// is a promise or a threat (PLOVER: future cooperation is AGREE, future conflict THREATEN).

// linkContents goes over the drafts of a document and lets every matrix event take what it lacks from its content.
func (r *reading) linkContents(drafts []draft) {
	at := make(map[int32]int, len(drafts))
	for i := range drafts {
		at[drafts[i].from.token] = i
	}
	for i := range drafts {
		m := &drafts[i]
		switch m.event.Type {
		case "AGREE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "ACCUSE", "PROTEST", "STATEMENT":
		default:
			continue
		}
		depth := 4
		if m.event.Type == "STATEMENT" || m.event.Type == "PROTEST" { // what is said itself, not what is said about it
			depth = 1
		}
		c := r.contentOf(m.from.token, at, depth)
		if m.event.Type == "STATEMENT" {
			if c >= 0 {
				r.speechAct(m, &drafts[c])
			} else {
				r.bareSpeechAct(m)
			}
			continue
		}
		if c >= 0 {
			r.inherit(m, &drafts[c])
		}
	}
}

// contentOf is the draft nearest below a token along complements, or -1.
func (r *reading) contentOf(t int32, at map[int32]int, most int) int {
	level := r.complements(t)
	for depth := 0; depth < most && len(level) > 0; depth++ {
		var next []int32
		for _, c := range level {
			if i, ok := at[c]; ok {
				return i
			}
			next = append(next, r.complements(c)...)
		}
		level = next
	}
	return -1
}

// complements are the words below t that may name its content: clauses first, then objects.
func (r *reading) complements(t int32) []int32 {
	var clauses, nouns []int32
	for _, c := range r.d.Children(t) {
		switch {
		case r.is(c, "xcomp", "ccomp", "csubj"), r.is(c, "advcl", "acl") && r.hasMark(c, "to", "of", "that", "from", "for"):
			clauses = append(clauses, c)
		case r.is(c, "obj"), r.is(c, "obl", "nmod") && oneWord(r.caseOf(c), "for", "of", "to", "from", "with"):
			if r.nominal(c) && (r.mentionAt[c] == doc.None || r.anchored[c] != doc.None) {
				nouns = append(nouns, c)
			}
		}
	}
	if len(clauses) == 0 && r.is(t, "parataxis") { // "Peru will send tents, the minister said."
		if h := r.d.Tokens[t].Head; h != doc.None && r.verbal(h) {
			clauses = append(clauses, h)
		}
	}
	return append(clauses, nouns...)
}

// inherit fills the gaps of a matrix event from its content.
func (r *reading) inherit(m, c *draft) {
	e, of := &m.event, &c.event
	if e.Type == "PROTEST" && !oneWord(of.Type, "REQUEST", "ACCUSE", "REJECT", "PROTEST", "COERCE", "ASSAULT", "THREATEN") {
		return
	}
	if e.Mode == "" {
		e.Mode = r.modeFor(e.Type, of.Type)
	}
	if len(e.Recipients) == 0 || r.vague(e.Recipients) {
		from := of.Recipients
		if oneWord(e.Type, "REQUEST", "ACCUSE") || e.Type == "PROTEST" && oneWord(of.Type, "COERCE", "ASSAULT") { // those who did, or should do, it
			from = of.Actors
			if len(r.without(implied(from), e.Actors)) == 0 {
				from = of.Recipients
			}
		}
		if got := r.without(implied(from), e.Actors); len(got) > 0 {
			e.Recipients = got
		}
	}
	if len(of.Contexts) > 0 {
		for _, x := range of.Contexts {
			if len(e.Contexts) < 6 {
				e.Contexts = withContext(e.Contexts, x)
			}
		}
		e.CAMEO = r.closer(e.CAMEO, e)
	}
}

// vague tells whether a side names nobody known.
func (r *reading) vague(side []doc.Participant) bool {
	for _, p := range side {
		if p.Actor != doc.None || p.Mention != doc.None {
			return false
		}
	}
	return true
}

func implied(side []doc.Participant) []doc.Participant {
	out := make([]doc.Participant, len(side))
	for i, p := range side {
		p.Implied = true
		out[i] = p
	}
	return out
}

// modeFor is the mode of a verbal event whose content has a type.
func (r *reading) modeFor(typ, content string) string {
	group := ""
	switch content {
	case "AID", "COOPERATE", "SUPPORT":
		group = "assist"
	case "RETREAT", "CONCEDE":
		group = "yield"
	case "CONSULT":
		group = "meet"
	case "AGREE":
		group = "change"
	}
	switch typ {
	case "REJECT", "REQUEST":
		return group
	case "THREATEN":
		switch content {
		case "ASSAULT", "MOBILIZE":
			return "violence"
		case "SANCTION":
			return "relations"
		case "COERCE":
			return "restrict"
		}
	}
	return ""
}

// speechAct turns a plain statement into the act that its content makes it.
func (r *reading) speechAct(m, c *draft) {
	if !r.stage.lex.classes["say"][r.lemma(m.from.token)] {
		return
	}
	e, of := &m.event, &c.event
	own := r.speaksOfItself(m, c)
	ahead := of.Modality == "future" || of.Modality == "conditional" || of.Modality == "scheduled"
	typ, mode := "", ""
	switch {
	case of.Modality == "obligation" && (!own || len(of.Actors) > 0 && !r.sameOne(e.Actors, of.Actors[0]) && r.d.Tokens[of.Actors[0].Head].UPOS != "PRON"):
		typ, mode = "REQUEST", r.modeFor("REQUEST", of.Type)
		if mode == "" {
			mode = "change"
		}
	case own && ahead && of.Polarity == "negative" && (r.friendly(of.Type) || of.Type == "RETREAT" || of.Type == "CONCEDE"):
		typ, mode = "REJECT", r.modeFor("REJECT", of.Type)
	case own && ahead && of.Polarity == "positive" && r.friendly(of.Type):
		typ = "AGREE"
	case own && ahead && of.Polarity == "positive" && (of.Type == "RETREAT" || of.Type == "CONCEDE"):
		typ = "CONCEDE"
	case own && ahead && of.Polarity == "positive" && oneWord(of.Type, "ASSAULT", "COERCE", "SANCTION", "PROTEST"):
		typ, mode = "THREATEN", r.modeFor("THREATEN", of.Type)
	}
	if typ == "" {
		return
	}
	r.become(e, typ, mode, of.Contexts, "say-"+lower(typ))
	side := of.Recipients
	if typ == "REQUEST" {
		side = of.Actors
		if len(side) == 0 {
			side = of.Recipients
		}
	}
	e.Recipients = r.without(implied(side), e.Actors)
}

// bareSpeechAct: the content names no happening of its own, but asks or refuses all the same.
func (r *reading) bareSpeechAct(m *draft) {
	if !r.stage.lex.classes["say"][r.lemma(m.from.token)] {
		return
	}
	e := &m.event
	for _, c := range r.complements(m.from.token) {
		if !r.verbal(c) && r.d.Child(c, "cop") == doc.None {
			continue
		}
		probe := scope{condition: doc.None}
		r.own(c, &probe)
		subject := r.surfaceSubject(c)
		if subject == doc.None {
			return
		}
		p, ok := r.participant(subject, "subj", 'R')
		if !ok || r.sameOne(e.Actors, p) || r.d.Tokens[subject].UPOS == "PRON" {
			return
		}
		switch {
		case (probe.modality == "obligation" || r.stage.lex.classes["need"][r.lemma(c)]) && !probe.negative:
			r.become(e, "REQUEST", "change", nil, "say-should")
		case r.stage.lex.classes["blame"][r.lemma(c)]:
			r.become(e, "ACCUSE", "allege", nil, "say-blame")
		default:
			return
		}
		e.Recipients = []doc.Participant{p}
		return
	}
}

func (r *reading) become(e *doc.Event, typ, mode string, contexts []string, rule string) {
	e.Type, e.Mode, e.Rule = typ, mode, e.Rule+" "+rule
	for _, x := range contexts {
		if len(e.Contexts) < 6 {
			e.Contexts = withContext(e.Contexts, x)
		}
	}
	e.CAMEO = r.stage.onto.Nearest(typ, mode, e.Contexts)
	e.Confidence *= 0.85
}

func (r *reading) friendly(typ string) bool {
	return oneWord(typ, "AID", "COOPERATE", "CONSULT", "SUPPORT", "AGREE")
}

// speaksOfItself tells whether the speaker is the actor of what is said, or its government, country or spokesman.
func (r *reading) speaksOfItself(m, c *draft) bool {
	subject := r.surfaceSubject(c.from.token)
	if c.from.verb != doc.None {
		subject = r.surfaceSubject(c.from.verb)
	}
	if subject != doc.None && r.d.Tokens[subject].UPOS == "PRON" && oneWord(r.form(subject), "he", "she", "it", "they", "we", "i") {
		return true
	}
	if len(m.event.Actors) == 0 || len(c.event.Actors) == 0 {
		return len(c.event.Actors) == 0 && subject == doc.None
	}
	for _, p := range c.event.Actors {
		if r.sameParty(m.event.Actors, p) {
			return true
		}
	}
	return false
}

// sameOne tells whether a participant is one of a side.
func (r *reading) sameOne(side []doc.Participant, p doc.Participant) bool {
	for _, q := range side {
		if p.Head == q.Head || p.Actor != doc.None && p.Actor == q.Actor {
			return true
		}
	}
	return false
}

// sameParty tells whether a participant is one of a side or of the same country.
func (r *reading) sameParty(side []doc.Participant, p doc.Participant) bool {
	for _, q := range side {
		if p.Head == q.Head || p.Actor != doc.None && p.Actor == q.Actor {
			return true
		}
		if a := r.countryOf(&p); a != "" && a == r.countryOf(&q) {
			return true
		}
	}
	return false
}
