package event

import "annals/internal/doc"

// Happenings named by a noun, and what the words of its phrase and before it do to them.

// yetToCome tells whether a noun's own words or those right behind it date it after the text: "a visit later this month",
// "next week's talks".
func (r *reading) yetToCome(t int32) bool {
	for k := r.phraseStart(t); k < t; k++ {
		if oneWord(r.form(k), "tomorrow") || r.form(k) == "next" && r.stage.lex.classes["timeunit"][r.lemma(k+1)] {
			return true
		}
	}
	for k := t + 1; k+1 < r.sentenceEnd(t) && k < t+8; k++ {
		tok := &r.d.Tokens[k]
		if tok.UPOS == "PUNCT" || tok.UPOS == "VERB" || tok.UPOS == "AUX" {
			return false
		}
		switch {
		case r.form(k) == "tomorrow", r.form(k) == "next" && r.stage.lex.classes["timeunit"][r.lemma(k+1)],
			r.form(k) == "later" && oneWord(r.form(k+1), "this", "today"):
			return true
		}
	}
	return false
}

// nounGoverned is what the words before a noun phrase without "the" do to it: "advocate torture", "denied killings",
// "ready for talks"; or what its own modifiers say.
func (r *reading) nounGoverned(t int32) string {
	if does := r.modifierEffect(t); does != "" {
		return does
	}
	start, before := r.phraseStart(t), r.beforePhrase(t)
	if oneWord(r.form(start), "any") {
		return "hypothetical"
	}
	if before == doc.None || oneWord(r.form(start), "the", "this", "that", "these", "those", "his", "her", "its", "their") || r.owned(start, t) {
		return ""
	}
	does := ""
	if x := r.d.Tokens[before].XPOS; x != "VBN" || r.d.Child(before, "aux") != doc.None { // no "U.N.-backed vote"
		if does = r.stage.lex.effect(r.lemma(before), "obj"); does == "future" {
			does = "" // "approved sanctions"
		}
	}
	if r.d.Tokens[before].UPOS == "ADP" && before > r.sentenceStart(t) {
		does = r.stage.lex.effect(r.lemma(before-1), r.form(before))
	}
	return unrealEffect(does)
}

// owned tells whether a possessor stands in a phrase: what someone has, there is.
func (r *reading) owned(start, end int32) bool {
	for k := start; k < end; k++ {
		if x := r.d.Tokens[k].XPOS; x == "POS" || x == "PRP$" {
			return true
		}
	}
	return false
}

// modifierEffect is what an adjective or noun before a word says of it ("a draft deal"), or before the noun that it
// describes as a gerund ("long-awaited rules banning it").
func (r *reading) modifierEffect(t int32) string {
	end := t
	if r.d.Tokens[t].XPOS == "VBG" && t > r.sentenceStart(t) && r.d.Tokens[t-1].UPOS == "NOUN" {
		end = t - 1
	} else if r.d.Tokens[t].UPOS == "VERB" {
		return ""
	}
	for k := r.phraseStart(end); k < end; k++ {
		if does := unrealEffect(r.stage.lex.adverbs[r.form(k)]); does != "" {
			return does
		}
	}
	return ""
}

// unrealEffect keeps of the effects those that take a happening from the real.
func unrealEffect(does string) string {
	switch does {
	case "negative", "possible", "future", "hypothetical", "scheduled", "conditional":
		return does
	}
	return ""
}
