package event

import (
	"strings"

	"annals/internal/doc"
)

// findCandidates looks up every word of the body and the title.
func (r *reading) findCandidates() {
	d := r.d
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Kind == doc.InByline || s.Kind == doc.InSignOff || s.Kind == doc.InDateline {
			continue
		}
		for t := s.First; t < s.Last; t++ {
			r.consider(t)
		}
	}
}

func (r *reading) consider(t int32) {
	if r.inHeadline(t) || r.inName(t) {
		return
	}
	switch r.d.Tokens[t].UPOS {
	case "VERB", "AUX":
		r.considerVerb(t)
	case "NOUN":
		r.considerNoun(t)
	case "ADJ":
		if r.verbal(t) {
			r.considerVerb(t)
			return
		}
		if row := r.choose(t, r.stage.lex.verbs[r.form(t)]); row != nil {
			r.add(candidate{token: t, row: row, verb: doc.None, trust: 0.6, rule: row.id})
		}
	case "PROPN":
		if r.considerNoun(t); r.loud && r.anchored[t] == doc.None {
			r.considerShouted(t)
		}
	}
}

// inHeadline tells whether a token belongs to the byline, dateline or sign-off.
func (r *reading) inHeadline(t int32) bool {
	span := r.d.Tokens[t].Span
	for _, s := range []doc.Span{r.d.Head.Byline, r.d.Head.Dateline, r.d.Head.SignOff} {
		if s.Len() > 0 && s.Contains(span) {
			return true
		}
	}
	return false
}

// inName tells whether a word is part of a name: the "Attack" of a newspaper is no attack.
func (r *reading) inName(t int32) bool {
	m := r.inMention[t]
	if r.loud {
		return m != doc.None && r.d.Mentions[m].Last-r.d.Mentions[m].First > 2 && r.d.Mentions[m].Type != "PER" && !r.verbal(t)
	}
	if form := r.d.Tokens[t].Form; form == "" || form[0] < 'A' || form[0] > 'Z' {
		return false
	}
	if m != doc.None && r.d.Mentions[m].Last-r.d.Mentions[m].First == 1 && t == r.d.Sentences[r.d.Tokens[t].Sentence].First {
		return false // a capital that the sentence gives
	}
	return m != doc.None && r.d.Mentions[m].Kind == doc.NameMention && !r.verbal(t) && r.d.Mentions[m].Type != ""
}

func (r *reading) considerVerb(t int32) {
	rows := r.rowsOf(r.stage.lex.verbs, t)
	if len(rows) == 0 {
		return
	}
	if row := r.choose(t, rows); row != nil {
		r.add(candidate{token: t, row: row, verb: doc.None, trust: 0.85, rule: row.id})
	}
}

// considerShouted: in a text of capitals taggers take verbs for names. A past form that nothing else could be is
// taken as a verb all the same.
func (r *reading) considerShouted(t int32) {
	form := r.form(t)
	if !strings.HasSuffix(form, "ed") && r.stage.lex.irregular[form] == "" {
		return
	}
	if row := r.choose(t, r.rowsOf(r.stage.lex.verbs, t)); row != nil {
		r.add(candidate{token: t, row: row, verb: doc.None, trust: 0.5, rule: row.id})
	}
}

func (r *reading) considerNoun(t int32) {
	if r.timexAt[t] != doc.None { // "March"
		return
	}
	rows := r.rowsOf(r.stage.lex.nouns, t)
	if len(rows) == 0 || r.onlyNamesKind(t) {
		return
	}
	row := r.choose(t, rows)
	if row == nil {
		return
	}
	c := candidate{token: t, row: row, verb: r.carrier(t), trust: 0.6, rule: row.id}
	if c.verb != doc.None {
		c.trust = 0.8
	}
	r.add(c)
}

// onlyNamesKind tells whether a noun says of what kind the next one is: "combat aircraft", "riot police", "war crimes".
func (r *reading) onlyNamesKind(t int32) bool {
	head := r.d.Tokens[t].Head
	return r.is(t, "compound") && head == t+1 && r.d.Tokens[head].UPOS == "NOUN"
}

// carrier is the verb that carries a noun's happening: "launched an attack", "talks were held"; or None.
func (r *reading) carrier(t int32) int32 {
	n := t
	for steps := 0; steps < 3; steps++ {
		head := r.d.Tokens[n].Head
		if head == doc.None {
			return doc.None
		}
		switch {
		case r.is(n, "obj", "nsubj:pass") || r.is(n, "nsubj") && (r.stage.lex.support[r.lemma(head)] == "none" || r.d.Child(head, "obj") == doc.None) || r.is(n, "obl") && r.carriesBy(head, r.caseOf(n)):
			if r.verbal(head) && r.stage.lex.support[r.lemma(head)] != "" {
				return head
			}
			return doc.None
		case r.is(n, "acl") || r.is(n, "conj") && !r.verbal(head):
			n = head
		case r.is(n, "nmod") && r.caseOf(n) == "of" && r.stage.lex.classes["measure"][r.lemma(head)]:
			n = head
		default:
			return r.relativeCarrier(t)
		}
	}
	return doc.None
}

// relativeCarrier: "the attack launched by rebels", "the sanctions the EU imposed".
func (r *reading) relativeCarrier(t int32) int32 {
	for _, c := range r.d.Children(t) {
		if r.is(c, "acl") && r.stage.lex.support[r.lemma(c)] != "" && (r.d.Child(c, "obj") == doc.None && !r.passive(c) && r.surfaceSubject(c) == t || r.passive(c) || r.d.Tokens[c].Deprel == "acl:relcl" && r.logicalObject(c) == t) {
			return c
		}
	}
	return doc.None
}

// carriesBy: verbs that take their noun with a preposition, "went on strike", "engage in talks".
func (r *reading) carriesBy(verb int32, preposition string) bool {
	switch preposition {
	case "on", "in", "into", "under", "with", "for", "to":
		return r.stage.lex.support[r.lemma(verb)] != "" && r.stage.lex.classes["carry_"+preposition][r.lemma(verb)]
	}
	return false
}

func (r *reading) add(c candidate) {
	r.anchored[c.token] = int32(len(r.candidates))
	r.candidates = append(r.candidates, c)
}

// rowsOf finds the rows of a word by its lemma, else by what its form could be a form of: lemmatisers err on
// doubled consonants and rare verbs.
func (r *reading) rowsOf(table map[string][]row, t int32) []row {
	if rows := table[r.lemma(t)]; len(rows) > 0 {
		return rows
	}
	form := r.form(t)
	if rows := table[form]; len(rows) > 0 {
		return rows
	}
	if rows := table[r.stage.lex.irregular[form]]; len(rows) > 0 {
		return rows
	}
	for _, ending := range endings {
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 3 {
			continue
		}
		for _, base := range [...]string{stem, stem + "e", undouble(stem), yStem(stem)} {
			if rows := table[base]; base != "" && len(rows) > 0 {
				return rows
			}
		}
	}
	return nil
}

var endings = [...]string{"ing", "ed", "es", "d", "s"}

// undouble is the stem without its doubled last letter ("stabb" → "stab"), or "".
func undouble(stem string) string {
	if n := len(stem); n > 3 && stem[n-1] == stem[n-2] {
		return stem[:n-1]
	}
	return ""
}

// yStem is the stem with its last i as y ("deni" → "deny"), or "".
func yStem(stem string) string {
	if s, ok := strings.CutSuffix(stem, "i"); ok {
		return s + "y"
	}
	return ""
}
