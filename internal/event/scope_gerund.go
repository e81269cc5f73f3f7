package event

import (
	"strings"

	"annals/internal/doc"
)

// Gerunds that name a doing without saying that it is done: as means, topic, instance or subject.

// meansToUnreal: a gerund that is the means of what is itself only meant: "vowed to make it safe by expelling them".
func (r *reading) meansToUnreal(t int32) bool {
	if !r.gerund(t) || !r.behind(t, "by", "in", "through", "from") {
		return false
	}
	if k := r.before(t); k > r.sentenceStart(t) && oneWord(r.lemma(k-1), "involvement", "role", "part", "complicity", "participation") {
		return false
	}
	verb := r.plainVerbBefore(t)
	return verb != doc.None && r.onlyMeant(verb)
}

// onlyMeant tells whether a verb is unreal and not at least tried: what someone does in trying, they do ("sought to sway
// the vote by spreading lies").
func (r *reading) onlyMeant(verb int32) bool {
	if to := r.before(verb); to > r.sentenceStart(verb) && r.form(to) == "to" && r.stage.lex.classes["trying"][r.lemma(to-1)] {
		return false
	}
	if noun := r.d.Tokens[verb].Head; r.is(verb, "acl") && noun != doc.None && oneWord(r.lemma(noun), "right", "power", "duty", "authority") {
		return false // "used its right to defend the town by sending troops"
	}
	return r.unreal(verb)
}

// instance: a gerund that names a kind of doing: "practices like visiting shrines", "the equivalent of throwing stones".
func (r *reading) instance(t int32) bool {
	if !r.gerund(t) {
		return false
	}
	if r.behind(t, "like", "including") || r.behind(t, "as") && t-2 >= r.sentenceStart(t) && r.form(t-2) == "such" {
		return true
	}
	for k := t - 1; k >= r.sentenceStart(t) && k > t-12; k-- {
		if oneWord(r.form(k), "equivalent", "tantamount", "akin") {
			return true
		}
	}
	return false
}

// gerundSubject: a gerund of which something is said in general: "threatening to use it is unlawful", "leaving would be a
// mistake". What was so in the past counts only where its likelihood is spoken of.
func (r *reading) gerundSubject(t int32) bool {
	if !r.gerund(t) || r.stage.lex.classes["say"][r.lemma(t)] {
		return false
	}
	if first := r.sentenceStart(t); t > first && (r.d.Tokens[t-1].UPOS != "PUNCT" || r.form(t-1) == ",") && !oneWord(r.form(t-1), "that", "but", "and", "or", "because", "so") {
		return false
	}
	for k := t + 1; k < r.sentenceEnd(t); k++ {
		tok := &r.d.Tokens[k]
		switch {
		case tok.XPOS == "MD" || oneWord(r.form(k), "is", "are"):
			return true
		case oneWord(r.form(k), "was", "were"):
			return r.speaksOfChance(k)
		case tok.UPOS == "PUNCT" || finite(tok.XPOS) || oneWord(r.form(k), "who", "which", "that", "he", "she", "they", "we", "it", "i", "you"):
			return false
		}
	}
	return false
}

// speaksOfChance tells whether the words behind a copula weigh how likely or wanted something is.
func (r *reading) speaksOfChance(copula int32) bool {
	for k := copula + 1; k < r.sentenceEnd(copula) && k < copula+5; k++ {
		if oneWord(r.form(k), "likely", "unlikely", "possible", "impossible", "goal", "aim", "priority", "option", "not") {
			return true
		}
	}
	return false
}

// topic: a gerund that a noun is about ("a stance on deporting them"), or one joined to a noun by "and" with no other
// gerund before it.
func (r *reading) topic(t int32) bool {
	if !r.gerund(t) {
		return false
	}
	first := r.sentenceStart(t)
	if k := r.before(t); k != doc.None && k > first && oneWord(r.form(k), "on", "toward", "towards") {
		return r.d.Tokens[k-1].UPOS != "PUNCT" && !r.stage.lex.classes["say"][r.lemma(k-1)] // "said on arriving"
	}
	if t-2 >= first && oneWord(r.form(t-1), "of", "for") && r.stage.lex.classes["purpose"][r.lemma(t-2)] {
		return true // "a means of freeing them"
	}
	if t-2 <= first || !oneWord(r.form(t-1), "and", "or") || r.d.Tokens[t-2].UPOS == "PUNCT" {
		return false
	}
	for k := t - 1; k >= first; k-- {
		if strings.HasSuffix(r.form(k), "ing") {
			return false
		}
	}
	return true
}
