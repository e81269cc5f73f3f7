package event

import (
	"annals/internal/doc"
)

// participants fills a role of a frame from the first of its places that holds someone.
func (r *reading) participants(c *candidate, role byte) []doc.Participant {
	if c.verb != doc.None {
		if out := r.fromSupport(c, role); len(out) > 0 {
			return out
		}
	}
	for _, s := range c.row.frame {
		if s.role != role {
			continue
		}
		for _, place := range s.places {
			if out := r.atPlace(c, place, role); len(out) > 0 {
				return out
			}
		}
	}
	if accused, _ := r.accusedOf(c); role == 'A' && accused != doc.None {
		return r.fill(c, accused, "obj", role)
	}
	if who := r.answersFor(c); role == 'A' && who != doc.None {
		return r.fill(c, who, "subj", role)
	}
	if head := r.d.Tokens[c.token].Head; role == 'A' && c.row.noun && r.is(c.token, "obj") && r.stage.lex.classes["planning"][r.lemma(head)] {
		return r.fill(c, r.logicalSubject(head), "subj", role) // who plans an attack would make it
	}
	return nil
}

// fromSupport takes a participant from the subject of the verb that carries a noun: the actor of "launched an
// attack", the recipient of "suffered an attack".
func (r *reading) fromSupport(c *candidate, role byte) []doc.Participant {
	kind := r.stage.lex.support[r.lemma(c.verb)]
	if r.is(c.token, "nsubj") && !r.passive(c.verb) || kind == "none" || role == 'I' {
		return nil
	}
	if (kind == "patient") != (role == 'R') {
		return nil
	}
	return r.fill(c, r.logicalSubject(c.verb), "subj", role)
}

func (r *reading) atPlace(c *candidate, place string, role byte) []doc.Participant {
	return r.fill(c, r.place(c.token, place), place, role)
}

func (r *reading) fill(c *candidate, first int32, place string, role byte) []doc.Participant {
	var out []doc.Participant
	for _, h := range r.coordinated(first) {
		if h == c.token {
			continue
		}
		if several := r.severalCountries(h); role != 'I' && len(several) > 1 {
			for _, p := range several {
				if !holdsToken(out, p.Head) {
					out = append(out, p)
				}
			}
			continue
		}
		if p, ok := r.participant(h, place, role); ok && !holdsToken(out, p.Head) {
			out = append(out, p)
		}
	}
	if with := r.companion(c.token); with != doc.None && role == 'A' && place == "subj" && len(out) > 0 {
		for _, h := range r.coordinated(with) {
			if p, ok := r.participant(h, place, role); ok && !holdsToken(out, p.Head) {
				out = append(out, p)
			}
		}
	}
	return out
}

// companion is who acts with the subject: "together with China, Russia …", "alongside Iran"; or None.
func (r *reading) companion(v int32) int32 {
	for _, c := range r.d.Children(v) {
		if !r.is(c, "obl", "advmod") {
			continue
		}
		noun := c
		if r.is(c, "advmod") { // "together" may carry the phrase
			noun = r.d.Child(c, "obl")
		}
		if noun == doc.None || !r.nominal(noun) {
			continue
		}
		first, _ := r.d.Subtree(c)
		switch w := r.form(first); {
		case w == "alongside", oneWord(w, "together", "along", "jointly") && r.hasCase(noun, "with"):
			return noun
		}
	}
	return doc.None
}

// severalCountries are the parties of "Hungarian and Romanian officials", or nil for a phrase of one country.
func (r *reading) severalCountries(t int32) []doc.Participant {
	if r.d.Tokens[t].UPOS != "NOUN" {
		return nil
	}
	if m := r.mentionAt[t]; m != doc.None && r.actorOf[m] != doc.None && r.d.Actors[r.actorOf[m]].Country != "" {
		return nil
	}
	var out []doc.Participant
	var take func(t int32)
	take = func(t int32) {
		if m := r.inMention[t]; m != doc.None && r.actorOf[m] != doc.None && r.d.Actors[r.actorOf[m]].Country != "" && r.mentionAt[t] == m {
			out = append(out, r.byMention(m))
		} else if r.countryAt[t] != "" && !r.verbal(t) {
			out = append(out, doc.Participant{Span: r.d.Tokens[t].Span, Head: t, Mention: doc.None, Actor: doc.None, Country: r.countryAt[t]})
		}
		for _, c := range r.d.Children(t) {
			if r.is(c, "conj") && len(out) > 0 {
				take(c)
			}
		}
	}
	for _, c := range r.d.Children(t) {
		if c < t && r.is(c, "amod", "compound", "nmod:poss") {
			take(c)
		}
	}
	return out
}

func holdsToken(ps []doc.Participant, head int32) bool {
	for _, p := range ps {
		if p.Head == head {
			return true
		}
	}
	return false
}

// coordinated is a noun and those it is coordinated with.
func (r *reading) coordinated(t int32) []int32 {
	if t == doc.None {
		return nil
	}
	out := []int32{t}
	for i := 0; i < len(out) && len(out) < 12; i++ {
		for _, c := range r.d.Children(out[i]) {
			if r.is(c, "conj") && r.nominal(c) && c > out[i] {
				out = append(out, c)
			}
		}
	}
	return out
}

// participant makes a participant of a word. Things stand for whom they belong to: a decision for who took it,
// an embassy for its country. What belongs to nobody and is nobody is left out.
func (r *reading) participant(t int32, place string, role byte) (doc.Participant, bool) {
	d := r.d
	t = r.counted(t)
	if r.timexAt[t] != doc.None || d.Tokens[t].UPOS == "NUM" && r.mentionAt[t] == doc.None && place != "subj" && place != "obj" {
		return doc.Participant{}, false
	}
	if role == 'A' && r.stage.lex.classes["document_noun"][r.lemma(t)] && (r.mentionAt[t] == doc.None || r.actorOf[r.mentionAt[t]] == doc.None) {
		if t = r.author(t); t == doc.None {
			return doc.Participant{}, false
		}
	}
	if role == 'I' {
		return doc.Participant{Span: r.nounPhrase(t), Head: t, Mention: r.mentionAt[t], Actor: doc.None}, true
	}
	if r.d.Tokens[t].UPOS == "PRON" {
		if q, ok := r.matrixSubject(t); ok && r.agreesWith(t, q) {
			return q, true
		}
	}
	if m, ok := r.named(t); ok {
		return r.byMention(m), true
	}
	if m := r.mentionAt[t]; m != doc.None && r.actorOf[m] == doc.None && oneWord(r.d.Mentions[m].Type, "LOC", "FAC", "") && !r.stage.lex.classes["people"][r.lemma(t)] && r.d.Tokens[t].UPOS == "NOUN" {
		if in, ok := r.within(t); ok {
			return r.byMention(in), true
		}
	}
	if r.d.Tokens[t].UPOS == "PRON" || r.stage.lex.classes["people"][r.lemma(t)] || r.mentionAt[t] != doc.None && r.mayAct(r.mentionAt[t]) {
		p := doc.Participant{Span: r.nounPhrase(t), Head: t, Mention: r.mentionAt[t], Actor: doc.None}
		if m := r.mentionAt[t]; m != doc.None {
			p.Actor = r.actorOf[m]
		}
		if p.Actor == doc.None {
			if m, ok := r.within(t); ok {
				p.Actor, p.Implied = r.actorOf[m], true
			}
		}
		if r.d.Tokens[t].UPOS == "PRON" && p.Actor == doc.None {
			if q, ok := r.matrixSubject(t); ok {
				return q, true
			}
			if q, ok := r.possessorSubject(t); ok {
				return q, true
			}
			if r.empty(t) {
				return p, false
			}
		}
		return p, true
	}
	if m, ok := r.within(t); ok {
		return r.byMention(m), true
	}
	if o := r.d.Child(t, "nmod:poss"); o != doc.None && o != t && r.stage.lex.classes["people"][r.lemma(o)] {
		return doc.Participant{Span: r.nounPhrase(o), Head: o, Mention: r.mentionAt[o], Actor: doc.None}, true
	}
	if r.countryAt[t] != "" && r.d.Tokens[t].UPOS != "NOUN" { // a name that nothing else found
		return doc.Participant{Span: r.d.Tokens[t].Span, Head: t, Mention: r.mentionAt[t], Actor: doc.None, Country: r.countryAt[t]}, true
	}
	if place == "mod" || place == "compound" || role == 'A' && place != "subj" && place != "by" && place != "poss" {
		return doc.Participant{}, false
	}
	return doc.Participant{Span: r.nounPhrase(t), Head: t, Mention: doc.None, Actor: doc.None}, true
}

// matrixSubject reads a pronoun that coreference left open, the subject of a complement, as the subject of the clause
// above: "Norway said it would …".
func (r *reading) matrixSubject(t int32) (doc.Participant, bool) {
	verb := r.d.Tokens[t].Head
	if !oneWord(r.form(t), "it", "he", "she", "they") || verb == doc.None || !r.is(t, "nsubj") {
		return doc.Participant{}, false
	}
	matrix := r.verbBefore(t)
	if matrix == doc.None && r.is(verb, "ccomp", "xcomp", "advcl") {
		matrix = r.d.Tokens[verb].Head
	}
	above := r.surfaceSubject(matrix)
	if above == doc.None || above == t || r.d.Tokens[above].UPOS == "PRON" {
		return doc.Participant{}, false
	}
	p, ok := r.participant(above, "subj", 'A')
	return p, ok && (p.Actor != doc.None || p.Mention != doc.None || r.stage.lex.classes["people"][r.lemma(p.Head)])
}

// author is who issued a document that stands as an actor: "a statement by the ministry demanding …", "the party issued a
// declaration demanding …"; or None.
func (r *reading) author(t int32) int32 {
	if o := r.owner(t); o != doc.None && o != t && (r.inMention[o] != doc.None || r.isActor(o)) {
		return o
	}
	if h := r.d.Tokens[t].Head; h != doc.None && r.verbal(h) && r.is(t, "obj") {
		if s := r.logicalSubject(h); s != t && s != doc.None && !r.stage.lex.classes["document_noun"][r.lemma(s)] {
			return s
		}
	}
	return doc.None
}

// possessorSubject reads a possessive that coreference left open as the subject of its clause: "the rebels insisted on
// their demands".
func (r *reading) possessorSubject(t int32) (doc.Participant, bool) {
	if !r.is(t, "nmod:poss") || !oneWord(r.form(t), "its", "his", "her", "their") {
		return doc.Participant{}, false
	}
	v := r.d.Tokens[t].Head
	for steps := 0; v != doc.None && !r.verbal(v) && steps < 4; steps++ {
		v = r.d.Tokens[v].Head
	}
	if v == doc.None {
		return doc.Participant{}, false
	}
	s := r.surfaceSubject(v)
	if s == doc.None || s == t || r.d.Tokens[s].UPOS == "PRON" || r.d.Dominates(s, t) {
		return doc.Participant{}, false
	}
	p, ok := r.participant(s, "subj", 'A')
	return p, ok && (p.Actor != doc.None || p.Mention != doc.None)
}

// verbBefore is the verb right before a subject pronoun, "that" and one adjective aside: "made clear it …"; or None.
func (r *reading) verbBefore(t int32) int32 {
	for k := t - 1; k >= 0 && k >= t-3; k-- {
		switch {
		case r.verbal(k) && r.d.Tokens[k].UPOS == "VERB":
			return k
		case r.form(k) == "that" || r.d.Tokens[k].UPOS == "ADJ":
		default:
			return doc.None
		}
	}
	return doc.None
}

// agreesWith tells whether a pronoun may stand for a participant: "it" for no person, "he" for one.
func (r *reading) agreesWith(t int32, p doc.Participant) bool {
	if p.Actor == doc.None {
		return false
	}
	a := &r.d.Actors[p.Actor]
	person := a.Kind == "person" || p.Mention != doc.None && r.d.Mentions[p.Mention].Type == "PER"
	switch r.form(t) {
	case "it":
		return !person && !a.Plural
	case "he", "she":
		return person && (a.Gender == "" || (a.Gender == "f") == (r.form(t) == "she"))
	}
	return r.form(t) == "they" && a.Plural
}

// counted goes from a word of measure to what it measures: "hundreds of villagers".
func (r *reading) counted(t int32) int32 {
	if r.d.Tokens[t].UPOS == "NUM" && r.mentionAt[t] == doc.None {
		if n := r.nounAfter(t); n != doc.None {
			return n
		}
	}
	if r.d.Tokens[t].UPOS == "DET" && r.mentionAt[t] == doc.None { // "some 800 villagers" with "some" as the head
		for _, c := range r.d.Children(t) {
			if c > t && r.is(c, "nmod") && oneWord(r.caseOf(c), "", "of") {
				return c
			}
		}
	}
	if !r.stage.lex.classes["measure"][r.lemma(t)] && r.d.Tokens[t].UPOS != "NUM" || r.mentionAt[t] != doc.None && r.actorOf[r.mentionAt[t]] != doc.None {
		return t
	}
	of := t + 1
	if int(of) >= len(r.d.Tokens) || r.form(of) != "of" {
		return t
	}
	if n := r.d.Tokens[of].Head; n != doc.None && n > of && r.nominal(n) {
		return n
	}
	return t
}

// nounAfter is the noun that a number counts when the parser took the number for the head: "two former leaders".
func (r *reading) nounAfter(t int32) int32 {
	last := r.d.Sentences[r.d.Tokens[t].Sentence].Last
	for n := t + 1; n < last && n < t+6; n++ {
		switch r.d.Tokens[n].UPOS {
		case "ADJ", "NUM":
		case "NOUN", "PROPN":
			if n+1 < last && (r.d.Tokens[n+1].UPOS == "NOUN" || r.d.Tokens[n+1].UPOS == "PROPN") {
				continue
			}
			return n
		default:
			return doc.None
		}
	}
	return doc.None
}

// empty tells whether a pronoun refers to nothing that could act.
func (r *reading) empty(t int32) bool {
	switch r.form(t) {
	case "it", "this", "that", "which", "what", "there", "these", "those":
		m := r.mentionAt[t]
		return m == doc.None || r.actorOf[m] == doc.None
	}
	return false
}

func (r *reading) byMention(m int32) doc.Participant {
	mention := &r.d.Mentions[m]
	first := mention.First
	for first < mention.Head && (r.d.Tokens[first].UPOS == "ADP" || r.d.Tokens[first].UPOS == "PUNCT" || r.is(first, "case", "cc")) {
		first++
	}
	span := doc.Span{Start: r.d.Tokens[first].Start, End: mention.End}
	if mention.Last-mention.Head > 1 {
		for t := mention.Head + 1; t < mention.Last; t++ {
			if r.verbal(t) && r.d.Tokens[t].UPOS != "ADJ" { // a mention that runs on into a clause
				span = r.nounPhrase(mention.Head)
				break
			}
		}
	}
	return doc.Participant{Span: span, Head: mention.Head, Mention: m, Actor: r.actorOf[m]}
}

// named is the mention that a word heads, or that is the name beside its title ("Foreign Minister Sergei Lavrov").
func (r *reading) named(t int32) (int32, bool) {
	best := doc.None
	if m := r.mentionAt[t]; m != doc.None && r.actorOf[m] != doc.None && r.mayAct(m) {
		return m, true
	} else if m != doc.None {
		best = m
	}
	for _, c := range r.d.Children(t) {
		if r.is(c, "flat", "appos") {
			if m := r.inMention[c]; m != doc.None && r.d.Mentions[m].Type == "PER" && (best == doc.None || r.actorOf[m] != doc.None) {
				return m, true
			}
		}
	}
	if m := r.inMention[t]; m != doc.None && best == doc.None && r.d.Mentions[m].Kind == doc.NameMention {
		best = m
	}
	if best == doc.None {
		return 0, false
	}
	return best, r.d.Mentions[best].Kind == doc.NameMention && (r.d.Mentions[best].Type != "WEAPON" && r.d.Mentions[best].Type != "PRODUCT")
}

// mayAct tells a mention of someone from one of a thing.
func (r *reading) mayAct(m int32) bool {
	return r.d.Mentions[m].Type != "WEAPON" && r.d.Mentions[m].Type != "PRODUCT"
}

// within is the actor inside a noun phrase: "Moscow's offer", "the Turkish shelling", "the army of Syria".
func (r *reading) within(t int32) (int32, bool) {
	second := doc.None
	for i, pass := range [][]string{{"nmod:poss"}, {"amod", "compound", "nmod:desc"}, {"nmod"}, {"nmod:poss"}} {
		for _, c := range r.d.Children(t) {
			if (r.d.Tokens[c].UPOS == "PRON") != (i == 3) || !r.is(c, pass...) || pass[0] == "nmod" && !oneWord(r.caseOf(c), "of", "from", "in", "for", "against", "on", "with", "to", "between") {
				continue
			}
			m, ok := r.named(c)
			if !ok && r.inMention[c] != doc.None {
				m, ok = r.inMention[c], true
			}
			if !ok || !r.mayAct(m) {
				continue
			}
			if r.actorOf[m] != doc.None {
				return m, true
			}
			if second == doc.None && r.d.Mentions[m].Kind == doc.NameMention && r.d.Mentions[m].Type != "WEAPON" && r.d.Mentions[m].Type != "PRODUCT" {
				second = m
			}
		}
	}
	if second != doc.None {
		return second, true
	}
	for _, c := range r.d.Children(t) {
		if r.is(c, "nmod") && (oneWord(r.caseOf(c), "of", "from", "in")) && c > t {
			if m, ok := r.within(c); ok {
				return m, true
			}
		}
	}
	return 0, false
}

func oneWord(w string, words ...string) bool {
	for _, x := range words {
		if w == x {
			return true
		}
	}
	return false
}

// nounPhrase is the words around a head that belong to its core: determiner, modifiers, names.
func (r *reading) nounPhrase(t int32) doc.Span {
	first, last := t, t+1
	for _, c := range r.d.Children(t) {
		switch {
		case c < t && r.is(c, "det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod"):
			f, _ := r.d.Subtree(c)
			first = min(first, f)
		case c > t && r.is(c, "flat", "fixed", "compound"):
			_, l := r.d.Subtree(c)
			last = max(last, l)
		case c > t && r.is(c, "nmod") && r.caseOf(c) == "of":
			if s := r.nounPhrase(c); s.End > r.d.Tokens[last-1].End {
				_, l := r.d.TokensIn(doc.Span{Start: r.d.Tokens[t].Start, End: s.End})
				last = max(last, l)
			}
		}
	}
	for first < t && (r.is(first, "case", "mark", "cc", "punct") || r.d.Tokens[first].UPOS == "ADP") {
		first++
	}
	return r.d.TokenSpan(first, last)
}
