package event

import "annals/internal/doc"

// What stands beside a verb is read here once more, word by word, for where the parse lost what governs it.

// guard catches a gerund whose denial the parse lost: the word right before it, or the one before a particle, says
// that it did not happen.
func (r *reading) guard(c *candidate, s *scope) {
	t := c.token
	if c.verb != doc.None {
		t = c.verb
	}
	if r.verbal(t) || r.d.Tokens[t].UPOS == "ADJ" {
		r.guardLeft(t, s)
	}
	if !s.negative && r.opensDenied(t) {
		s.negative = true
	}
	if s.modality == "" && t > 0 && oneWord(r.form(t-1), "anyone", "anybody", "whoever") {
		s.modality = "hypothetical"
	}
	if before := t - 1; s.modality == "" && !s.negative && !s.governed && before > 0 && r.d.Tokens[t].XPOS == "VBG" && oneWord(r.form(before), gerundMarks...) {
		if effect := r.stage.lex.effect(r.lemma(before-1), r.form(before)); effect == "hypothetical" || effect == "future" || effect == "possible" {
			s.modality = effect
		} else if effect == "negative" {
			s.negative, s.flipped = true, true // "backed away from arming them"
		}
	}
	if s.modality == "" && r.beTo(t) {
		s.modality = "scheduled"
	}
	if s.modality == "" && finite(r.d.Tokens[t].XPOS) && r.d.Tokens[t].XPOS != "VBD" && r.opensWith(t, "when") && r.plannedBefore(t) {
		s.modality = "future"
	}
	if s.modality == "" && !s.governed && (r.bareInfinitive(t) || r.bareConjunct(t)) {
		s.modality = "hypothetical" // "had planned a visit, and to inquire": nothing says that it came to pass
	}
	r.guardOrder(c, s)
	t = c.token
	if s.flipped || s.negative || r.d.Tokens[t].XPOS != "VBG" || t == 0 {
		return
	}
	before := t - 1
	word := r.lemma(before)
	if !r.verbal(before) && t > 1 && r.verbal(t-2) {
		word = ruleOut(r.lemma(t-2), r.form(before))
	}
	if r.stage.lex.effect(word, "ing") == "negative" {
		s.negative, s.flipped = true, true
	}
}

// bareInfinitive tells whether a verb stands behind "to", an adverb between or not.
func (r *reading) bareInfinitive(t int32) bool {
	if r.d.Tokens[t].XPOS != "VB" || t == 0 {
		return false
	}
	before := t - 1
	if before > 0 && r.d.Tokens[before].UPOS == "ADV" {
		before--
	}
	return r.form(before) == "to"
}

// opensDenied tells whether the stretch between commas in which a word stands begins with "under no circumstances" and
// the like, which the parse may hang anywhere.
func (r *reading) opensDenied(t int32) bool {
	first := r.d.Sentences[r.d.Tokens[t].Sentence].First
	for t > first && r.d.Tokens[t-1].UPOS != "PUNCT" {
		t--
	}
	return int(t)+2 < len(r.d.Tokens) && r.d.Tokens[t].UPOS == "ADP" && r.form(t+1) == "no" && oneWord(r.lemma(t+2), deniedTimes...)
}

// deniedTimes are the nouns that deny a clause behind "under no", "by no", "at no", "in no", "on no".
var deniedTimes = []string{"circumstance", "way", "mean", "means", "account", "time", "condition"}

// bareConjunct tells whether a verb in its bare form goes on from another behind "and" or "than" and has no subject: it
// shares a modal or a "to" that the parse does not show ("would ask for papers and seek a review").
func (r *reading) bareConjunct(t int32) bool {
	if r.d.Tokens[t].XPOS != "VB" || t == 0 || r.d.Child(t, "nsubj", "aux") != doc.None {
		return false
	}
	before := t - 1
	if before > 0 && r.d.Tokens[before].UPOS == "ADV" {
		before--
	}
	return r.d.Tokens[before].UPOS == "CCONJ" || r.form(before) == "than" || r.form(before) == "," && r.infinitiveBefore(before)
}

// infinitiveBefore tells whether a list of infinitives can run on over a comma: "the means to hold, supply, use arms".
func (r *reading) infinitiveBefore(comma int32) bool {
	for k := comma - 1; k > r.sentenceStart(comma); k-- {
		if r.bareInfinitive(k) || r.form(k) == "to" && r.form(k+2) == "," { // a verb that the tagger took for a noun
			return true
		}
	}
	return false
}

// guardLeft reads what stands right before a verb, and what opens its stretch between commas, where the parse hung
// them elsewhere: modals, "not", "if", "unless", "whether".
func (r *reading) guardLeft(t int32, s *scope) {
	first := r.d.Sentences[r.d.Tokens[t].Sentence].First
	for k := t - 1; k >= first && k >= t-3; k-- {
		if u := r.d.Tokens[k].UPOS; u != "ADV" && u != "PART" && u != "AUX" {
			break
		}
		if r.d.Tokens[k].XPOS == "MD" && s.modality == "" {
			r.auxiliary(r.form(k), r.lemma(k), s)
		}
	}
	for k := t - 1; k >= first && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		if r.d.Tokens[k].UPOS == "VERB" && oneWord(r.lemma(k), "depend", "hinge") && r.d.Tokens[t].XPOS != "VBD" {
			s.take("possible") // "would depend on how far they are willing to go"
			return
		}
		if k > first && r.verbal(k) && r.d.Tokens[k].UPOS == "VERB" && r.lemma(k) != "be" && !r.joined(k, t) {
			return
		}
		switch r.form(k) {
		case "if", "unless":
			s.modality = "hypothetical"
		case "whether":
			s.take("possible")
		case "until", "till", "once", "before":
			if x := r.d.Tokens[t].XPOS; x == "VBZ" || x == "VBP" {
				s.take("future") // "until the regulator lifts it"
			}
		}
	}
}

// joined tells whether a conjunction stands between a verb and one that goes on from it: what opens the clause of the first
// opens that of the second ("whether security was harmed and laws were broken").
func (r *reading) joined(verb, t int32) bool {
	if r.d.Tokens[t].XPOS == "VBD" || r.stage.lex.classes["say"][r.lemma(t)] {
		return false
	}
	for k := verb + 1; k < t; k++ {
		if r.d.Tokens[k].UPOS == "CCONJ" {
			return r.form(k) != "but"
		}
	}
	return false
}

// beTo tells whether a verb is one that is yet to come: "were to be discussed", "is to meet".
func (r *reading) beTo(t int32) bool {
	first := r.d.Sentences[r.d.Tokens[t].Sentence].First
	k := t - 1
	if k > first && r.form(k) == "be" {
		k--
	}
	return k > first && r.form(k) == "to" && oneWord(r.form(k-1), "is", "are", "was", "were") && r.d.Tokens[t].UPOS == "VERB"
}

// plannedBefore tells whether a modal or an infinitive stands before the clause that a word opens with "when": "is set
// to speak about arms when he meets the king".
func (r *reading) plannedBefore(t int32) bool {
	first := r.d.Sentences[r.d.Tokens[t].Sentence].First
	for t > first && r.form(t) != "when" {
		t--
	}
	for k := t - 1; k > first; k-- {
		if r.d.Tokens[k].XPOS == "MD" || r.bareInfinitive(k) {
			return true
		}
	}
	return false
}
