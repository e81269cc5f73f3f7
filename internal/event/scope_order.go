package event

import "annals/internal/doc"

// What the order of the words shows, whatever tree the parser made of them: gerunds of means, topic and instance, gerunds
// as subjects, drafts, times yet to come. These readings only ever take reality away from a happening, never give it.

// guardOrder looks at the words before and behind a happening that nothing else has taken from the real.
func (r *reading) guardOrder(c *candidate, s *scope) {
	if s.modality != "" || s.negative {
		return
	}
	t := r.headVerb(c)
	switch {
	case r.insteadOf(r.phraseStart(t)):
		s.negative = true
	case r.draftLaw(c, t), r.meansToUnreal(t), r.instance(t), r.gerundSubject(t), r.topic(t), r.command(c, t), r.sharedUnreal(t),
		r.apodosis(c, t), r.alternative(t), r.proviso(c), r.whatever(t), r.readyIf(t):
		s.modality = "hypothetical"
	case r.unproved(c, t), r.asked(c), r.noSign(t):
		s.modality = "possible"
	case c.row.noun && r.yetToCome(c.token):
		s.modality = "scheduled"
	case c.row.noun && c.row.typ == "CONSULT" && r.arranged(c.token):
		s.modality = "future"
	case c.row.noun:
		s.apply(r.nounGoverned(c.token))
	default:
		s.apply(r.modifierEffect(t))
	}
}

// arranged tells whether a meeting is what someone announces or prepares: "announced a conference in March".
func (r *reading) arranged(t int32) bool {
	before := r.beforePhrase(t)
	return before != doc.None && r.stage.lex.classes["arranging"][r.lemma(before)]
}

// headVerb is the word whose neighbours decide: the verb of a happening, or the gerund before its noun ("reaching a deal").
func (r *reading) headVerb(c *candidate) int32 {
	if c.verb != doc.None {
		return c.verb
	}
	if c.row.noun {
		if before := r.beforePhrase(c.token); before != doc.None && r.gerund(before) {
			return before
		}
	}
	return c.token
}

func (r *reading) sentenceStart(t int32) int32 { return r.d.Sentences[r.d.Tokens[t].Sentence].First }

func (r *reading) sentenceEnd(t int32) int32 { return r.d.Sentences[r.d.Tokens[t].Sentence].Last }

// phraseStart is the first word of the stretch of determiners, adjectives and nouns that ends in t; t itself for a verb.
func (r *reading) phraseStart(t int32) int32 {
	if r.d.Tokens[t].UPOS == "VERB" {
		return t
	}
	first := r.sentenceStart(t)
	for t > first {
		switch r.d.Tokens[t-1].UPOS {
		case "DET", "ADJ", "NOUN", "PROPN", "NUM":
			t--
			continue
		}
		if x := r.d.Tokens[t-1].XPOS; x == "PRP$" || x == "POS" || x == "HYPH" || r.form(t-1) == "-" {
			t--
			continue
		}
		return t
	}
	return t
}

// beforePhrase is the word before the noun phrase that ends in t, or None.
func (r *reading) beforePhrase(t int32) int32 {
	start := r.phraseStart(t)
	if start == r.sentenceStart(t) {
		return doc.None
	}
	return start - 1
}

// gerund tells whether a word is an -ing form that no form of "be" makes a tense.
func (r *reading) gerund(t int32) bool {
	if r.d.Tokens[t].XPOS != "VBG" || r.d.Child(t, "aux") != doc.None {
		return false
	}
	k := r.before(t)
	return k == doc.None || !oneWord(r.form(k), "is", "are", "was", "were", "be", "been", "am", "'s", "'re", "’s", "’re")
}

// before is the word before t, an adverb passed over, or None at the start of a sentence.
func (r *reading) before(t int32) int32 {
	first := r.sentenceStart(t)
	k := t - 1
	if k > first && r.d.Tokens[k].UPOS == "ADV" {
		k--
	}
	if k < first {
		return doc.None
	}
	return k
}

// behind tells whether one of some words stands before t.
func (r *reading) behind(t int32, words ...string) bool {
	k := r.before(t)
	return k != doc.None && oneWord(r.form(k), words...)
}

// insteadOf tells whether "rather than" or "instead of" stands before a phrase, or "far from" before a verb.
func (r *reading) insteadOf(t int32) bool {
	if t-2 < r.sentenceStart(t) {
		return false
	}
	a, b := r.form(t-2), r.form(t-1)
	return a == "rather" && b == "than" || a == "instead" && b == "of" || a == "far" && b == "from" && r.d.Tokens[t].UPOS != "NOUN"
}

// plainVerbBefore is the nearest full verb before t in its stretch between punctuation, or None. Verbs of relative clauses are
// passed over ("to undo what they have done by attacking him").
func (r *reading) plainVerbBefore(t int32) int32 {
	first := r.sentenceStart(t)
	for k := t - 1; k >= first && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		if r.d.Tokens[k].UPOS == "VERB" && r.d.Tokens[k].Deprel != "acl:relcl" {
			return k
		}
	}
	return doc.None
}

// unreal tells whether a verb itself is only meant, possible or asked for.
func (r *reading) unreal(verb int32) bool {
	if r.climbed(verb).modality != "" {
		return true
	}
	first := r.sentenceStart(verb)
	for k := verb - 1; k >= first && k >= verb-3; k-- {
		if r.d.Tokens[k].XPOS == "MD" {
			return true
		}
	}
	if !r.bareInfinitive(verb) {
		return false
	}
	to := r.before(verb)
	return to == first || to == doc.None || r.stage.lex.effect(r.lemma(to-1), "inf") != "transparent"
}

// command: a verb in its bare form that opens a sentence and has no subject. Thanks and welcomes are given by being said.
func (r *reading) command(c *candidate, t int32) bool {
	tok := &r.d.Tokens[t]
	if tok.XPOS != "VB" && tok.XPOS != "VBP" || c.row.noun || c.row.typ == "SUPPORT" || r.d.Child(t, "nsubj", "aux", "nsubj:pass") != doc.None {
		return false
	}
	first := r.sentenceStart(t)
	for first < t && (r.d.Tokens[first].UPOS == "PUNCT" || oneWord(r.form(first), "please", "and", "so", "now")) {
		first++
	}
	return first == t
}

// sharedUnreal: a participle right behind a bare verb shares what that is: "will work to stay aligned".
func (r *reading) sharedUnreal(t int32) bool {
	return t > r.sentenceStart(t) && r.d.Tokens[t].XPOS == "VBN" && r.d.Tokens[t-1].XPOS == "VB" && r.lemma(t-1) != "have" && r.unreal(t-1)
}

// alternative: a gerund or bare verb behind "or" is one of several that may be: "bars them from buying or selling arms".
func (r *reading) alternative(t int32) bool {
	x := r.d.Tokens[t].XPOS
	return r.behind(t, "or") && (x == "VBG" || x == "VB" || x == "VBP" && r.d.Child(t, "nsubj") == doc.None)
}

// proviso: what the sentence opens with as a means to what could be: "with support from farmers, she could win".
func (r *reading) proviso(c *candidate) bool {
	t, first := c.token, r.sentenceStart(c.token)
	for first < t && r.d.Tokens[first].UPOS == "PUNCT" {
		first++
	}
	if !c.row.noun || r.form(first) != "with" || r.definite(t) {
		return false
	}
	for k := t + 1; k < r.sentenceEnd(t); k++ {
		switch {
		case oneWord(r.form(k), "could", "would", "might", "may"):
			return true
		case finite(r.d.Tokens[k].XPOS):
			return false
		}
	}
	return false
}

// whatever: what anything, whatever it be, would do: "anything that helps them".
func (r *reading) whatever(t int32) bool {
	k := r.before(t)
	return k > r.sentenceStart(t) && oneWord(r.form(k), "that", "who", "which") && oneWord(r.form(k-1), "anything", "anyone", "anybody", "whatever", "whoever", "any")
}

// readyIf: readiness on a condition: "is prepared to pay if they withdraw".
func (r *reading) readyIf(t int32) bool {
	if !oneWord(r.form(t), "ready", "prepared", "willing") {
		return false
	}
	for k := t + 1; k < r.sentenceEnd(t); k++ {
		if oneWord(r.form(k), "if", "unless", "provided") {
			return true
		}
	}
	return false
}

// noSign: what the text says there is no sign of: "nothing to show that he met them", "no evidence that they shelled it".
func (r *reading) noSign(t int32) bool {
	signs := r.stage.lex.classes["sign"]
	for k, that := t-1, false; k > r.sentenceStart(t) && k > t-16 && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		that = that || oneWord(r.form(k), "that", "of")
		if that && (r.form(k) == "nothing" || signs[r.lemma(k)] && (oneWord(r.form(k-1), "no", "little", "any", "without") || k-2 >= 0 && r.form(k-2) == "no")) {
			return true
		}
	}
	return false
}

// apodosis: what follows from a condition that opens the sentence, unless it is told as past.
func (r *reading) apodosis(c *candidate, t int32) bool {
	if c.row.noun || r.stage.lex.classes["say"][r.lemma(t)] || r.d.Tokens[t].XPOS == "VBD" || r.tenseOf(t) == "past" {
		return false
	}
	k := r.sentenceStart(t)
	for k < t && r.d.Tokens[k].UPOS == "PUNCT" {
		k++
	}
	if !oneWord(r.form(k), "if", "unless") {
		return false
	}
	for opens := k; k < t; k++ {
		if r.form(k) == "," || r.form(k) == "then" {
			return k > opens+3 // no "if anything," or "if so,"
		}
	}
	return false
}

// draftLaw: what a bill, a draft or a plan does – "a bill banning strikes" – it does not do yet, unless it was signed. What
// it asks for or is against, it does ask for.
func (r *reading) draftLaw(c *candidate, t int32) bool {
	switch c.row.typ {
	case "REQUEST", "SUPPORT", "ACCUSE", "STATEMENT", "CONSULT", "AGREE", "THREATEN":
		return false
	}
	first, noun := r.sentenceStart(t), r.before(t)
	if noun != doc.None && noun > first && oneWord(r.form(noun), "that", "which") {
		noun--
	}
	x := r.d.Tokens[t].XPOS
	if noun == doc.None || noun < first || x != "VBG" && x != "VBZ" && x != "VBP" || !r.stage.lex.classes["draftlaw"][r.lemma(noun)] {
		return false
	}
	for k := noun - 1; k >= first && k > noun-8; k-- {
		if oneWord(r.lemma(k), "sign", "enact") {
			return false
		}
	}
	return true
}

// unproved: what only a nameless accusation, suspicion or rumour holds: "is accused of arming them", "rumours that he was
// killed". An accusation whose accuser the text names is that accuser's word.
func (r *reading) unproved(c *candidate, t int32) bool {
	class := r.stage.lex.classes["unproved"]
	if r.is(t, "amod", "compound") || c.row.noun && oneWord(r.form(r.phraseStart(c.token)), "the") {
		return false
	}
	first := r.sentenceStart(t)
	for k := r.phraseStart(t) - 1; k > first && k > t-8 && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		if class[r.lemma(k)] && r.d.Tokens[k].UPOS == "NOUN" && r.d.Tokens[k+1].UPOS == "PRON" && r.form(k+1) != "that" && k+1 < t {
			return true // "speculation it had been pressed"
		}
		if oneWord(r.form(k), "of", "that") && class[r.lemma(k-1)] {
			return r.form(k) == "that" || !r.hasAccuser(k-1)
		}
		if oneWord(r.form(k), "that", "who", "which") || finite(r.d.Tokens[k].XPOS) && r.d.Tokens[k].UPOS == "VERB" {
			return false
		}
	}
	return false
}

// hasAccuser tells whether the text names who accuses: the source of the accusation, its subject or "by".
func (r *reading) hasAccuser(cue int32) bool {
	for i := range r.d.Attributions {
		if a := &r.d.Attributions[i]; a.CueHead == cue && a.SourceHead != doc.None {
			return true
		}
	}
	for _, c := range r.d.Children(cue) {
		if r.is(c, "nsubj") && r.d.Tokens[c].Deprel == "nsubj" && !r.passive(cue) || r.is(c, "nmod:poss") || r.is(c, "obl", "nmod") && oneWord(r.caseOf(c), "by", "from") {
			return true
		}
	}
	return false
}

// asked tells whether a question asks for a happening itself: a question with "who", "why" or "where" takes it for
// granted, and so do "the" and, without an "any" before, a clause below the main one.
func (r *reading) asked(c *candidate) bool {
	t := c.token
	if r.stage.lex.classes["say"][r.lemma(t)] || r.is(t, "acl", "amod") || c.row.noun && r.definite(t) {
		return false
	}
	open := false
	for k := t - 1; k >= r.sentenceStart(t); k-- {
		open = open || r.form(k) == "any"
		if x := r.d.Tokens[k].XPOS; x == "WP" || x == "WRB" || r.form(k) == "which" {
			return false
		}
	}
	for k, steps := t, 0; k != doc.None && steps < maxClimb && !open; k, steps = r.d.Tokens[k].Head, steps+1 {
		if r.is(k, "acl") || r.is(k, "ccomp", "advcl") && r.d.Child(k, "mark") != doc.None {
			return false
		}
	}
	for k := c.token + 1; k < r.sentenceEnd(c.token); k++ {
		switch r.form(k) {
		case "?":
			return true
		case ".", "!", "\"", "”", "''", ";":
			return false
		}
	}
	return false
}
