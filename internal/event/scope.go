package event

import (
	"annals/internal/doc"
)

// scope is how a text stands to a happening: whether, in what mode and when it puts it forward.
type scope struct {
	negative  bool
	modality  string // "" until something decides it
	tense     string
	condition int32 // head of the clause that states a condition, or None
	denied    bool
	flipped   bool // a governing word denied, refused, prevented it
	alleged   bool
	conjured  bool // "would": conditional, or the future seen from the past
	governed  bool // a governing word of the tables said what becomes of it
	counted   bool // a noun without "the" said "no": its verb must not say it again
}

func (s *scope) take(modality string) {
	if s.modality == "" {
		s.modality = modality
	}
}

func (s *scope) apply(effect string) {
	s.governed = s.governed || effect != ""
	switch effect {
	case "negative":
		s.negative, s.flipped = !s.negative, true
	case "claim":
		s.alleged = true
	case "transparent", "report", "":
	default:
		s.take(effect)
	}
}

// scopeOf reads the scope of the happening named by t, climbing from it to the root of its sentence.
func (r *reading) scopeOf(c *candidate) scope {
	s := scope{condition: doc.None}
	r.own(c.token, &s)
	s.apply(r.stage.lex.effect(r.lemma(c.token), "self")) // "is due in Lima": the word names what it puts off
	t := c.token
	if c.verb != doc.None && c.verb != t {
		for steps := 0; t != c.verb && t != doc.None && steps < maxClimb; steps++ {
			t = r.d.Tokens[t].Head
		}
		if t != doc.None {
			r.own(t, &s)
		} else {
			t = c.token
		}
	}
	for steps := 0; steps < maxClimb && t != doc.None; steps++ {
		next, goOn := r.up(t, &s)
		if !goOn {
			break
		}
		t = next
		r.own(t, &s)
	}
	r.guard(c, &s)
	r.settle(c, &s)
	r.votedThrough(c, &s)
	r.onlyAccused(c, &s)
	r.disown(c, &s)
	return s
}

// own applies what a word's own dependents say: negation, auxiliaries, adverbs, adjectives, conditions.
func (r *reading) own(t int32, s *scope) {
	d := r.d
	past := false
	for _, c := range d.Children(t) {
		w := r.form(c)
		lemma := r.lemma(c)
		switch {
		case r.is(c, "advmod", "cc:preconj", "det", "discourse", "cc") && r.isNegation(c, w):
			s.negative = !s.negative
			s.counted = s.counted || r.is(c, "det")
		case r.is(c, "advmod") && oneWord(w, "long", "soon") && c > t:
			r.asLongAs(c, s)
		case r.is(c, "aux"):
			r.auxiliary(w, lemma, s)
			past = past || w == "had"
		case r.is(c, "advmod", "amod", "compound") && r.stage.lex.adverbs[lemma] != "":
			s.apply(r.stage.lex.adverbs[lemma])
		case r.is(c, "advmod", "amod") && r.stage.lex.adverbs[w] != "":
			s.apply(r.stage.lex.adverbs[w])
		case r.is(c, "nsubj", "obj", "nsubj:pass") && r.negatedNoun(c):
			if !s.counted { // "suffered no torture" is one denial, of the noun and of the verb
				s.negative = !s.negative
			}
			s.counted = false
		case r.is(c, "obl") && r.negatedNoun(c) && oneWord(lemma, deniedTimes...):
			s.negative = !s.negative // "under no circumstances", "by no means"
		case r.is(c, "obl") && r.hasMark(c, "without") && d.Tokens[t].UPOS == "":
			s.negative = true
		case r.is(c, "advcl"):
			r.conditionIn(t, c, s)
		case r.is(c, "acl") && !r.verbal(t) && r.hasMark(c, "to") && d.Tokens[c].XPOS == "VBN":
			s.take("future") // "new sanctions to be imposed"
		case r.is(c, "case") && (r.form(c) == "ahead" || r.form(c) == "of" && c > 0 && r.form(c-1) == "ahead") && !r.pluperfectAbove(t):
			s.take("future") // "ahead of a visit"
		}
	}
	if s.tense == "" {
		s.tense = r.tenseOf(t)
	}
}

// pluperfectAbove tells whether what a word hangs on is told from a later past: "had been asked ahead of the visit".
func (r *reading) pluperfectAbove(t int32) bool {
	for steps := 0; t != doc.None && steps < maxClimb; steps++ {
		for _, c := range r.d.Children(t) {
			if r.is(c, "aux") && r.form(c) == "had" {
				return true
			}
		}
		t = r.d.Tokens[t].Head
	}
	return false
}

func (r *reading) isNegation(c int32, w string) bool {
	switch w {
	case "not", "n't", "never", "neither", "nor", "nowhere", "no":
		return w != "no" || r.is(c, "det") && !r.nextIs(c, "longer") || r.is(c, "advmod") && r.nextIs(c, "longer")
	case "longer":
		return c > 0 && r.form(c-1) == "no"
	}
	return false
}

func (r *reading) nextIs(t int32, w string) bool {
	return int(t)+1 < len(r.d.Tokens) && r.form(t+1) == w
}

// negatedNoun tells whether a noun phrase says that there is none: "no weapons", "nobody", "none of them".
func (r *reading) negatedNoun(t int32) bool {
	switch r.form(t) {
	case "nobody", "nothing", "none", "neither":
		return true
	}
	for _, c := range r.d.Children(t) {
		if r.is(c, "det") && oneWord(r.form(c), "no", "neither") {
			return true
		}
		if r.is(c, "amod") && c > 0 && oneWord(r.form(c), "more", "further") && r.form(c-1) == "no" && !r.nextIs(c, "than") {
			return true
		}
		if r.is(c, "amod") && oneWord(r.form(c), "little", "few") && r.d.Child(t, "det") == doc.None { // "little concern", not "a little"
			return true
		}
	}
	return false
}

func (r *reading) auxiliary(form, lemma string, s *scope) {
	switch form {
	case "will", "shall", "'ll", "wo":
		s.take("future")
	case "would", "'d":
		if s.modality == "" {
			s.conjured = true
		}
		s.take("conditional")
	case "could", "may", "might", "can", "ca":
		s.take("possible")
	case "should", "must", "ought":
		s.take("obligation")
	}
	if lemma == "be" && s.tense == "" && oneWord(form, "is", "are", "'s", "'re", "am") {
		s.tense = "present"
	}
}

func (r *reading) tenseOf(t int32) string {
	d := r.d
	for _, c := range d.Children(t) {
		if !r.is(c, "aux", "cop") {
			continue
		}
		switch r.form(c) {
		case "will", "shall", "'ll", "wo", "would":
			return "future"
		case "had", "was", "were", "did":
			return "past"
		case "has", "have", "'ve":
			return "past"
		case "is", "are", "am", "'re", "being":
			if d.Tokens[t].XPOS == "VBN" {
				return "present"
			}
			return "present"
		}
	}
	switch d.Tokens[t].XPOS {
	case "VBD":
		return "past"
	case "VBZ", "VBP":
		return "present"
	case "VBN":
		if r.is(t, "acl", "amod", "root", "conj") {
			return "past"
		}
	}
	return ""
}

// conditionIn looks at an adverbial clause for a condition on what t says.
func (r *reading) conditionIn(t, clause int32, s *scope) {
	switch {
	case r.hasMark(clause, "if", "unless", "provided", "providing"):
		s.condition = clause
		if s.modality == "future" || s.modality == "" && r.tenseOf(t) != "past" {
			s.modality = "conditional"
		}
	case r.hasMark(clause, "while", "until", "till", "once", "as") && (s.modality == "future" || s.modality == "conditional"):
		if r.hasMark(clause, "as") && !r.startsWith(clause, "as long as") {
			return
		}
		s.condition = clause
		s.modality = "conditional"
	}
}

// asLongAs: "as long as the war went on" hangs on its adverb.
func (r *reading) asLongAs(adverb int32, s *scope) {
	clause := r.d.Child(adverb, "advcl", "ccomp")
	if clause == doc.None || !r.hasMark(clause, "as") {
		return
	}
	s.condition = clause
	if s.modality == "future" || s.modality == "conditional" {
		s.modality = "conditional"
	}
}

func (r *reading) startsWith(clause int32, words string) bool {
	first, last := r.d.Subtree(clause)
	text := lower(r.d.Slice(r.d.TokenSpan(first, last)))
	return len(text) >= len(words) && text[:len(words)] == words
}

// up goes from a word to its head and applies what the head does to it. It returns false where the scope ends.
func (r *reading) up(t int32, s *scope) (int32, bool) {
	d := r.d
	head := d.Tokens[t].Head
	if head == doc.None {
		return doc.None, false
	}
	switch {
	case d.Tokens[t].Deprel == "acl:relcl":
		if oneWord(r.form(head), "anyone", "anybody", "whoever") {
			s.take("hypothetical")
		}
		if g := d.Tokens[head].Head; g != doc.None && r.tenseOf(t) != "past" && r.opensWith(t, "when") && r.climbed(g).modality != "" {
			s.take("future") // hung on the noun before it: "is set to announce a truce when he meets the king"
		}
		if s.tense == "" {
			s.tense = r.tenseOf(head)
		}
		return head, false
	case r.is(t, "conj"):
		return r.upConjunct(t, head, s)
	case r.is(t, "advcl"):
		return r.upAdverbial(t, head, s)
	case r.is(t, "xcomp", "ccomp", "csubj"):
		return r.upComplement(t, head, s)
	case r.is(t, "acl"):
		return r.upNoun(t, head, s)
	case r.is(t, "obj", "nsubj", "iobj", "obl", "nmod", "compound", "amod"):
		if r.verbal(t) && !r.nominal(t) && r.is(t, "amod", "compound") {
			return head, false
		}
		return r.upArgument(t, head, s)
	}
	return head, false
}

// upConjunct: a later verb without a subject of its own shares what stands before the first.
func (r *reading) upConjunct(t, head int32, s *scope) (int32, bool) {
	d := r.d
	cc := d.Child(t, "cc")
	if cc != doc.None && oneWord(r.form(cc), "rather", "instead") && r.nextIs(cc, "than") {
		s.negative = !s.negative // "to arbitrate rather than bring suits"
		return head, false
	}
	if cc != doc.None && r.form(cc) == "nor" { // one "not" for all: "not crazy, nor abducted"
		probe := *s
		r.own(head, &probe)
		probe.negative = s.negative
		*s = probe
		return r.up(head, s)
	}
	if !r.verbal(t) {
		return head, true
	}
	if d.Child(t, "nsubj", "aux") != doc.None {
		// Still under the same governor: "said that it would … and that it had …".
		if s.tense == "" {
			s.tense = r.tenseOf(head)
		}
		return r.skip(head, s)
	}
	x, y := d.Tokens[t].XPOS, d.Tokens[head].XPOS
	if x == "VBP" && y == "VB" { // one form, told apart by the tagger alone: "would ask and seek"
		x = y
	}
	if finite(x) && (y == "VBG" || y == "VB") { // hung too low: it goes on from the finite verb above
		for steps := 0; head != doc.None && !finite(d.Tokens[head].XPOS) && steps < maxClimb; steps++ {
			head = d.Tokens[head].Head
		}
		if head == doc.None {
			return doc.None, false
		}
		return r.up(head, s)
	}
	if x != y && x != "" && y != "" && (x == "VBD" || x == "VBZ" || x == "VBP") {
		return r.skip(head, s)
	}
	but := false
	for _, c := range d.Children(t) {
		but = but || r.is(c, "cc") && r.form(c) == "but"
	}
	if but {
		was := *s
		r.own(head, s)
		s.negative = was.negative
		return r.up(head, s)
	}
	return head, true
}

func finite(tag string) bool { return tag == "VBD" || tag == "VBZ" || tag == "VBP" }

// skip passes over a word without taking what it says.
func (r *reading) skip(t int32, s *scope) (int32, bool) { return r.up(t, s) }

// gerundMarks are the prepositions by which a verb governs a gerund.
var gerundMarks = []string{"of", "from", "for", "against", "with", "into", "at", "about", "on"}

func (r *reading) upAdverbial(t, head int32, s *scope) (int32, bool) {
	switch {
	case r.hasMark(t, "whether"):
		s.take("possible")
		return head, false
	case r.hasMark(t, "if", "unless", "lest", "provided"):
		s.modality = "hypothetical"
		return head, false
	case r.hasMark(t, "without"):
		s.negative = !s.negative
		return head, false
	case r.hasMark(t, "instead", "rather"):
		s.negative = !s.negative
		return head, false
	case r.hasMark(t, gerundMarks...):
		kind := ""
		for _, w := range gerundMarks {
			if r.hasMark(t, w) {
				kind = w
			}
		}
		effect := r.stage.lex.effect(r.phrase(head), kind)
		if effect == "" {
			effect = r.stage.lex.effect(r.lemma(head), kind)
		}
		s.apply(effect)
		if effect == "claim" || effect == "report" {
			if r.negatedHere(head) || r.byNobody(head) {
				s.take("possible")
			}
			return head, false
		}
		return head, effect != ""
	case r.hasMark(t, "to") && !r.hasMark(t, "when", "after", "before"):
		if effect := r.stage.lex.effect(r.lemma(head), "inf"); effect != "" {
			s.apply(effect)
			return head, effect != "report"
		}
		s.take("hypothetical") // purpose
		return head, false
	case r.hasMark(t, "before", "until", "till"):
		if r.tenseOf(t) != "past" && r.onlyMeant(head) {
			s.take("future")
		}
		return head, false
	case r.hasMark(t, "by", "in", "through") && r.d.Tokens[t].XPOS == "VBG":
		if r.onlyMeant(head) { // the means is as real as what it is to bring about
			s.take("hypothetical")
		}
		return head, false
	}
	if s.tense == "" {
		s.tense = r.tenseOf(head)
	}
	if r.tenseOf(t) != "past" && (r.modalAbove(head) || r.opensWith(t, "when") && r.climbed(head).modality != "") {
		s.take("future") // "is set to announce it when he meets the king"
	}
	return head, false
}

// opensWith tells whether a clause has a word as its adverb or mark.
func (r *reading) opensWith(verb int32, word string) bool {
	for _, c := range r.d.Children(verb) {
		if r.is(c, "advmod", "mark") && r.form(c) == word {
			return true
		}
	}
	return false
}

// modalAbove tells whether the verb itself is put forward as less than real.
func (r *reading) modalAbove(t int32) bool {
	probe := scope{condition: doc.None}
	r.own(t, &probe)
	return probe.modality != ""
}

func (r *reading) upComplement(t, head int32, s *scope) (int32, bool) {
	d := r.d
	kind := "that"
	infinitive := r.hasMark(t, "to") || d.Tokens[t].XPOS == "VB" && d.Child(t, "nsubj") == doc.None
	switch {
	case infinitive:
		kind = "inf"
	case d.Tokens[t].XPOS == "VBG" && d.Child(t, "aux") == doc.None: // "is shelling" is a clause, no gerund
		kind = "ing"
	}
	if d.Tokens[t].XPOS == "JJ" && r.is(t, "xcomp") && kind == "that" {
		return head, true // "find banks willing": what is found is as real as the finding
	}
	word := r.phrase(head)
	effect := r.stage.lex.effect(word, kind)
	if effect == "" {
		effect = r.stage.lex.effect(r.lemma(head), kind)
	}
	if effect == "" && r.passive(head) {
		effect = r.stage.lex.effect(r.lemma(head), "pass")
	}
	switch {
	case effect == "report" || effect == "claim":
		s.apply(effect)
		if r.negatedHere(head) || r.byNobody(head) || r.saidByAnyone(head) || effect == "claim" && r.modalAbove(head) {
			s.take("possible")
		}
		if s.conjured && s.modality == "conditional" && s.condition == doc.None && r.tenseOf(head) == "past" {
			s.modality = "future"
		}
		return head, false
	case effect != "":
		s.apply(effect)
		return head, true
	case kind == "inf":
		if r.is(head, "xcomp", "aux") || d.Tokens[head].UPOS == "AUX" {
			s.take("scheduled") // "is to meet"
			return head, true
		}
		s.take("hypothetical")
		return head, true
	case r.hasMark(t, "if", "whether"):
		s.take("possible")
		return head, false
	case kind == "that":
		if r.negatedHere(head) {
			s.take("possible")
		}
		return head, false
	}
	return head, true
}

// byNobody tells whether nobody says it: "nobody accused Peru of arming them".
func (r *reading) byNobody(verb int32) bool {
	subject := r.d.Child(verb, "nsubj")
	return subject != doc.None && r.negatedNoun(subject)
}

// saidByAnyone tells whether a verb of speech only describes people who might say so: "those who say that …".
func (r *reading) saidByAnyone(verb int32) bool {
	head := r.d.Tokens[verb].Head
	return head != doc.None && r.d.Tokens[verb].Deprel == "acl:relcl" && oneWord(r.form(head), "those", "anyone", "anybody", "whoever", "everyone", "everybody")
}

// phrase is a word with its particle or a fixed adverb: "rule out", "stop short".
func (r *reading) phrase(t int32) string {
	w := r.lemma(t)
	if h := r.d.Tokens[t].Head; h != doc.None && w == "short" && r.verbal(h) {
		return r.lemma(h) + " short"
	}
	for _, c := range r.d.Children(t) {
		if c > t && (r.is(c, "compound:prt") || r.is(c, "advmod", "xcomp", "obj") && oneWord(r.form(c), "short", "back", "clear", "out", "off", "plan", "sure", "place")) {
			return w + " " + r.lemma(c)
		}
	}
	return w
}

func (r *reading) negatedHere(t int32) bool {
	for _, c := range r.d.Children(t) {
		if r.is(c, "advmod") && r.isNegation(c, r.form(c)) {
			return true
		}
	}
	return false
}

// upNoun: a clause that hangs on a noun, "a plan to attack", "the decision to send".
func (r *reading) upNoun(t, head int32, s *scope) (int32, bool) {
	if oneWord(r.form(head), "anyone", "anybody", "whoever") {
		s.take("hypothetical") // "anyone found guilty"
		return head, false
	}
	if !r.hasMark(t, "to", "of", "that", "for", "on", "about") {
		if s.tense == "" {
			s.tense = r.tenseOf(head)
		}
		if r.d.Tokens[t].XPOS == "VBG" && r.negatedNoun(head) {
			s.take("hypothetical") // "has no business arming them"
		}
		if x := r.d.Tokens[t].XPOS; x == "VBG" || x == "JJ" { // "will have a hard time supporting it", "seek banks willing to lend"
			if g := r.d.Tokens[head].Head; g != doc.None && r.verbal(g) && r.climbed(g).modality != "" {
				s.take("hypothetical")
			}
		}
		return head, false
	}
	kind := "inf"
	if r.hasMark(t, "of", "for") {
		kind = "of"
	} else if r.hasMark(t, "that") {
		kind = "that"
	} else if r.hasMark(t, "on", "about") {
		kind = "on"
	}
	effect := r.stage.lex.effect(r.lemma(head), kind)
	if effect == "" && kind == "inf" {
		effect = "hypothetical"
	}
	s.apply(effect)
	return head, kind != "that" && effect != "claim" && effect != "report"
}

// upArgument: a noun that names a happening takes part in what its head says.
func (r *reading) upArgument(t, head int32, s *scope) (int32, bool) {
	kind := "obj"
	switch {
	case r.is(t, "nsubj"):
		kind = "subj"
		if r.d.Tokens[t].Deprel == "nsubj:pass" || r.passive(head) {
			kind = "obj"
		}
	case r.is(t, "obl", "nmod"):
		kind = r.caseOf(t)
	case r.is(t, "compound", "amod"):
		kind = "of"
	}
	effect := r.stage.lex.effect(r.phrase(head), kind)
	if effect == "" {
		effect = r.stage.lex.effect(r.lemma(head), kind)
	}
	switch {
	case effect == "report" || effect == "claim":
		s.apply(effect)
		return head, false
	case effect != "" && r.definite(t) && effect != "transparent" && effect != "negative":
		if kind == "of" || kind == "for" || kind == "obj" {
			s.apply(effect)
		}
		return head, true
	case effect != "":
		s.apply(effect)
		return head, true
	case r.verbal(head) && r.stage.lex.support[r.lemma(head)] != "" && (kind == "obj" || kind == "subj"):
		return head, true
	case kind == "subj" && r.phrase(head) == "take place":
		return head, true // "denied that killings have taken place"
	case !r.verbal(head):
		return head, !r.definite(t) && (kind == "of" || kind == "for")
	}
	if kind == "subj" && r.wouldNow(head) {
		s.take("hypothetical") // "the recognition would end a policy": it is talked of before it is
	}
	if !r.definite(t) {
		probe := r.climbed(head)
		if probe.modality != "" {
			s.take("hypothetical")
		}
		if probe.negative && kind == "obj" {
			s.negative = true
		}
	}
	if s.tense == "" {
		s.tense = r.tenseOf(head)
	}
	return head, false
}

// wouldNow tells whether a verb stands under a "would" that no verb of the past throws back from "will".
func (r *reading) wouldNow(verb int32) bool {
	above := r.d.Tokens[verb].Head
	if r.is(verb, "ccomp") && above != doc.None && r.tenseOf(above) == "past" {
		return false
	}
	for _, c := range r.d.Children(verb) {
		if r.is(c, "aux") && r.form(c) == "would" {
			return true
		}
	}
	return false
}

// climbed is the scope of a word with all that stands above it.
func (r *reading) climbed(t int32) scope {
	probe := scope{condition: doc.None}
	r.own(t, &probe)
	for steps := 0; steps < 4; steps++ {
		next, goOn := r.up(t, &probe)
		if !goOn {
			break
		}
		t = next
		r.own(t, &probe)
	}
	return probe
}

// definite tells whether a noun phrase presupposes what it names.
func (r *reading) definite(t int32) bool {
	for _, c := range r.d.Children(t) {
		if r.is(c, "det") && oneWord(r.form(c), "the", "this", "that", "these", "those") || r.is(c, "nmod:poss") {
			return true
		}
	}
	return false
}

// settle decides what is left open.
func (r *reading) settle(c *candidate, s *scope) {
	a := r.attributionOf(c)
	if a != doc.None {
		switch at := &r.d.Attributions[a]; at.Act {
		case "deny":
			if r.escapes(c.token, at.CueHead) {
				break
			}
			if !s.flipped && !s.negative && !r.presupposed(c.token, at.CueHead) { // the climb did not come through the denial
				s.negative = true
			}
			s.denied = true
		case "demand", "ask":
			s.take("hypothetical")
		case "predict":
			s.take("future")
		case "accuse":
			s.alleged = true
			if cue := at.CueHead; cue != doc.None && r.stage.lex.classes["unproved"][r.lemma(cue)] && !r.hasAccuser(cue) && !(c.row.noun && r.definite(c.token)) {
				s.take("possible") // nobody is named who says so
			}
		default:
			if at.Value == "PS+" || at.Value == "PS-" || at.Value == "PR+" || at.Value == "PR-" {
				s.take("possible")
			}
		}
		if s.conjured && s.modality == "conditional" && s.condition == doc.None && r.reportedInPast(a) {
			s.modality = "future"
		}
	}
	if s.modality == "" {
		s.modality = "asserted"
	}
	switch {
	case s.modality == "future" || s.modality == "scheduled" || s.modality == "conditional":
		s.tense = "future"
	case s.modality == "hypothetical" && s.tense == "":
		s.tense = "future"
	case s.tense == "":
		s.tense = "past"
		if c.row.noun {
			s.tense = "present"
		}
	}
}

// presupposed tells whether a happening only describes a noun of what is denied: "rejected the British-backed plan".
func (r *reading) presupposed(t, cue int32) bool {
	for steps := 0; t != doc.None && t != cue && steps < maxClimb; steps++ {
		if (r.d.Tokens[t].Deprel == "acl:relcl" || r.is(t, "acl", "amod") && r.verbal(t)) && !r.chargeAbove(t, cue) {
			return true
		}
		t = r.d.Tokens[t].Head
	}
	return false
}

// chargeAbove tells whether a clause is what a charge says that stands between it and the denial: "denied a report by a
// group that jets had been used".
func (r *reading) chargeAbove(clause, cue int32) bool {
	if !r.hasMark(clause, "that") || r.surfaceSubject(clause) == doc.None {
		return false
	}
	for t := r.d.Tokens[clause].Head; t != doc.None && t != cue; t = r.d.Tokens[t].Head {
		if r.stage.lex.classes["claim"][r.lemma(t)] {
			return true
		}
	}
	return false
}

// escapes tells whether a happening stands in a clause that goes on from the denial: "denied sending arms but says it
// gives help". The parser may hang that clause on the gerund, and the content may run over it.
func (r *reading) escapes(t, cue int32) bool {
	for steps := 0; t != doc.None && t != cue && steps < maxClimb; steps++ {
		if r.is(t, "conj") && r.verbal(t) {
			for _, c := range r.d.Children(t) {
				if r.is(c, "cc") && r.form(c) == "but" {
					return true
				}
			}
			if h := r.d.Tokens[t].Head; h != doc.None && h > cue && finite(r.d.Tokens[t].XPOS) && !finite(r.d.Tokens[h].XPOS) && r.d.Child(t, "mark") == doc.None {
				return true
			}
		}
		if r.is(t, "advcl") && r.hasMark(t, "though", "although", "but", "while", "whereas") {
			return true
		}
		t = r.d.Tokens[t].Head
	}
	return false
}

func (r *reading) reportedInPast(a int32) bool {
	cue := r.d.Attributions[a].CueHead
	return cue != doc.None && r.tenseOf(cue) == "past" && r.stage.lex.classes["say"][r.lemma(cue)]
}

// attributionOf is the innermost attribution in whose content an anchor lies, or None.
func (r *reading) attributionOf(c *candidate) int32 {
	a := r.inWords[c.token]
	for a != doc.None && (r.d.Attributions[a].CueHead == c.token || r.isCue(a, c.token) || r.goesAlong(c.token, r.d.Attributions[a].CueHead)) {
		a = r.d.Attributions[a].Outer
	}
	return a
}

// goesAlong tells whether a happening is in what the speaker says besides, not in the words of the cue: "ordered them to leave,
// accusing Moscow of spying".
func (r *reading) goesAlong(t, cue int32) bool {
	for steps := 0; t != doc.None && cue != doc.None && steps < maxClimb; steps++ {
		if r.d.Tokens[t].Head == cue {
			return t > cue+1 && r.is(t, "advcl") && r.d.Tokens[t].XPOS == "VBG" && r.form(t-1) == "," && r.stage.lex.classes["comment"][r.lemma(t)]
		}
		t = r.d.Tokens[t].Head
	}
	return false
}

func (r *reading) isCue(a, t int32) bool {
	for _, s := range r.d.Attributions[a].Cue {
		if s.Contains(r.d.Tokens[t].Span) {
			return true
		}
	}
	return false
}
