package event

import (
	"annals/internal/doc"
)

// maxClimb bounds every walk up a tree, so that a wrong parse costs little.
const maxClimb = 12

// passive tells whether a verb is in the passive, reduced relatives ("the men arrested by police") included.
func (r *reading) passive(v int32) bool { return r.passiveWithin(v, maxClimb) }

func (r *reading) passiveWithin(v int32, steps int) bool {
	d := r.d
	helped, perfect, subject, active, agent, object := false, false, false, false, false, false
	for _, c := range d.Children(v) {
		switch rel := d.Tokens[c].Deprel; {
		case rel == "aux:pass":
			return true
		case rel == "aux" || rel == "cop":
			helped = true
			perfect = perfect || r.lemma(c) == "have" || oneWord(r.form(c), "has", "had", "have", "'ve")
		case rel == "nsubj:pass" || rel == "csubj:pass":
			subject = true
		case rel == "nsubj":
			helped, active = true, true
		case rel == "obl:agent":
			agent = r.hasCase(c, "by")
		case rel == "obj":
			object = true
		}
	}
	tok := &d.Tokens[v]
	switch {
	case perfect || tok.XPOS == "VBD" && object:
		return false // "have arrested": an agent phrase belongs to something else
	case subject:
		return r.phraseAfter(v) == doc.None // a subject, no "be", and a noun phrase behind: active after all
	case agent && !(active && object): // "investigated fraud by the minister" has its object
		return true
	case helped || tok.XPOS != "VBN" && d.Feature(v, "Voice") != "Pass" || tok.UPOS == "ADJ":
		return false
	case r.is(v, "acl", "amod"):
		if d.Tokens[v].Deprel == "acl" && r.hasThatClause(v) {
			return false // "officials agreed on Monday that …"
		}
		if d.Tokens[v].Deprel == "acl" && !object && r.phraseAfter(v) != doc.None && !r.stage.lex.classes["ditransitive"][r.lemma(v)] {
			return false // "soldiers arrested 100 men": a noun phrase right behind is an object, whatever the arcs say
		}
		return !object || d.Feature(v, "Voice") == "Pass"
	case r.is(v, "conj") && steps > 0 && tok.Head >= 0:
		return r.passiveWithin(tok.Head, steps-1)
	}
	return !object
}

func (r *reading) hasThatClause(v int32) bool {
	for _, c := range r.d.Children(v) {
		if r.is(c, "ccomp", "advcl") && r.hasMark(c, "that") {
			return true
		}
	}
	return false
}

// isRelative tells whether a token is a relative pronoun.
func (r *reading) isRelative(t int32) bool {
	tok := &r.d.Tokens[t]
	if tok.UPOS != "PRON" && tok.UPOS != "SCONJ" && tok.UPOS != "DET" && tok.UPOS != "ADV" {
		return false
	}
	switch r.form(t) {
	case "who", "which", "that", "whom":
		return true
	}
	return false
}

// antecedent is the noun that the relative clause of verb v belongs to, or None.
func (r *reading) antecedent(v int32) int32 {
	for steps := 0; steps < maxClimb && v >= 0; steps++ {
		if r.is(v, "acl") {
			return r.d.Tokens[v].Head
		}
		if !r.is(v, "conj", "xcomp", "ccomp", "advcl", "cop", "aux") {
			break
		}
		v = r.d.Tokens[v].Head
	}
	return doc.None
}

// surfaceSubject is the grammatical subject of a verb or predicate, found through relative clauses, control,
// raising and coordination, or None.
func (r *reading) surfaceSubject(v int32) int32 { return r.subjectWithin(v, maxClimb) }

func (r *reading) subjectWithin(v int32, steps int) int32 {
	d := r.d
	if v == doc.None || steps == 0 {
		return doc.None
	}
	for _, c := range d.Children(v) {
		if r.is(c, "nsubj") {
			if r.isRelative(c) {
				if a := r.antecedent(v); a != doc.None {
					return a
				}
			}
			if r.timexAt[c] != doc.None || r.stage.lex.classes["timeword"][r.lemma(c)] {
				continue
			}
			if d.Tokens[c].UPOS == "PRON" && r.form(c) == "it" && d.Child(v, "expl") != doc.None {
				continue
			}
			return c
		}
	}
	for _, c := range d.Children(v) { // a parser may hang the subject on the auxiliary
		if r.is(c, "aux") {
			if s := d.Child(c, "nsubj"); s != doc.None {
				return s
			}
		}
	}
	head := d.Tokens[v].Head
	if head == doc.None {
		return doc.None
	}
	switch {
	case d.Tokens[v].Deprel == "acl:relcl":
		return head
	case r.is(v, "acl"):
		if !r.hasMark(v, "to") {
			return head
		}
		return r.holder(head, steps-1)
	case r.is(v, "amod"):
		return head
	case r.is(v, "xcomp", "ccomp", "advcl"):
		if r.controlledByObject(v, head) {
			if o := r.directObject(head); o != doc.None && !r.stage.lex.classes["subject_control"][r.lemma(head)] {
				return o
			}
		}
		if !r.verbal(head) && d.Tokens[head].UPOS != "ADJ" && d.Child(head, "nsubj") == doc.None && r.is(v, "advcl", "xcomp") && r.nominal(head) {
			return r.holder(head, steps-1)
		}
		return r.subjectWithin(head, steps-1)
	case r.is(v, "csubj") && r.hasMark(v, "to"):
		return d.Child(head, "nsubj")
	case r.is(v, "conj", "parataxis", "cop"):
		return r.subjectWithin(head, steps-1)
	}
	return doc.None
}

// controlledByObject tells whether the subject of complement v of head is head's object: "urged Iran to stop",
// "accused Iran of arming", but not "after arming", "by arming".
func (r *reading) controlledByObject(v, head int32) bool {
	if r.is(v, "xcomp") {
		return true
	}
	if r.is(v, "advcl") {
		return r.hasMark(v, "of", "from", "into", "for", "against") || r.hasMark(v, "to") && r.stage.lex.classes["object_control"][r.lemma(head)]
	}
	return r.is(v, "ccomp") && r.hasMark(v, "to", "of", "from")
}

// holder is whose plan, order or right a noun is: its possessor, or the subject of the verb that has it as object.
func (r *reading) holder(noun int32, steps int) int32 {
	if steps <= 0 {
		return doc.None
	}
	if p := r.d.Child(noun, "nmod:poss"); p != doc.None {
		return p
	}
	if s := r.d.Child(noun, "nsubj"); s != doc.None && r.d.Child(noun, "cop") == doc.None {
		return s
	}
	if b := r.preposition(noun, "by", false); b != doc.None {
		return b
	}
	for _, c := range r.d.Children(noun) {
		if r.is(c, "amod", "compound") && r.inMention[c] != doc.None && !r.verbal(c) {
			return c
		}
	}
	head := r.d.Tokens[noun].Head
	if head != doc.None && r.is(noun, "obj", "obl", "xcomp", "conj") {
		if r.verbal(head) {
			if !r.passive(head) {
				return r.subjectWithin(head, steps-1)
			}
			return r.byPhrase(head)
		}
	}
	return doc.None
}

// hasMark tells whether a clause is introduced by one of the words.
func (r *reading) hasMark(v int32, words ...string) bool {
	for _, c := range r.d.Children(v) {
		if r.is(c, "mark", "case") && oneWord(r.form(c), words...) {
			return true
		}
		if r.is(c, "aux", "cop") { // a parser may hang the mark on the auxiliary
			for _, g := range r.d.Children(c) {
				if r.is(g, "mark") && oneWord(r.form(g), words...) {
					return true
				}
			}
		}
	}
	return false
}

// directObject is the object, with relative pronouns resolved, or None.
func (r *reading) directObject(v int32) int32 {
	d := r.d
	for _, c := range d.Children(v) {
		if d.Tokens[c].Deprel == "obj" && r.caseOf(c) == "" {
			if r.isRelative(c) {
				if a := r.antecedent(v); a != doc.None {
					return a
				}
			}
			return c
		}
	}
	return doc.None
}

// logicalSubject is who does what verb v says, or None for an agentless passive.
func (r *reading) logicalSubject(v int32) int32 {
	if r.is(v, "amod") { // "Western-backed drafts"
		for _, c := range r.d.Children(v) {
			if c < v && !r.is(c, "punct") && (r.inMention[c] != doc.None || r.isActor(c)) {
				return c
			}
		}
		if v > 1 && r.d.Tokens[v-1].Form == "-" && (r.inMention[v-2] != doc.None || r.isActor(v-2) || r.countryAt[v-2] != "") {
			return v - 2 // the two hang side by side on the noun
		}
		return doc.None
	}
	if r.passive(v) {
		return r.byPhrase(v)
	}
	return r.surfaceSubject(v)
}

func (r *reading) byPhrase(v int32) int32 {
	for steps := 0; v != doc.None && steps < 4; steps++ {
		if by := r.preposition(v, "by", false); by != doc.None && r.timexAt[by] == doc.None {
			return by
		}
		if !r.is(v, "conj") {
			break
		}
		v = r.d.Tokens[v].Head
	}
	return doc.None
}

// logicalObject is what or whom verb v is done to, or None.
func (r *reading) logicalObject(v int32) int32 {
	d := r.d
	if r.passive(v) {
		return r.surfaceSubject(v)
	}
	if o := r.directObject(v); o != doc.None {
		return o
	}
	if o := d.Child(v, "iobj"); o != doc.None {
		return o
	}
	// A parser may hang the object of an infinitive on the verb above: "wants to buy tanks".
	if h := d.Tokens[v].Head; h != doc.None && d.Tokens[v].Deprel == "xcomp" && r.verbal(h) {
		if o := d.Child(h, "obj"); o > v {
			return o
		} else if o != doc.None && r.isRelative(o) { // "the guns that it keeps shipping"
			if a := r.antecedent(h); a != doc.None {
				return a
			}
		}
	}
	// The gap of a relative clause: "the arms Russia supplied".
	if d.Tokens[v].Deprel == "acl:relcl" {
		if s := d.Child(v, "nsubj"); s != doc.None && !r.isRelative(s) {
			return d.Tokens[v].Head
		}
	}
	// A noun phrase without a preposition right after the verb is its object, whatever the parser calls it.
	for _, c := range d.Children(v) {
		if c > v && c < v+8 && r.is(c, "obl", "nmod", "xcomp", "advcl", "dep") && r.nominal(c) && r.timexAt[c] == doc.None && r.caseOf(c) == "" && !r.verbal(c) {
			return c
		}
	}
	// One object for two verbs: "attacked and killed five people".
	for _, c := range d.Children(v) {
		if r.is(c, "conj") && r.verbal(c) && d.Child(c, "nsubj") == doc.None {
			if o := r.directObject(c); o != doc.None && d.Child(v, "obl", "xcomp", "ccomp", "iobj") == doc.None {
				return o
			}
		}
	}
	return r.phraseAfter(v)
}

// phraseAfter is the head of a noun phrase that follows a verb directly, or None: the object where the parse is lost.
func (r *reading) phraseAfter(v int32) int32 {
	d := r.d
	last := d.Sentences[d.Tokens[v].Sentence].Last
	found := doc.None
	for t := v + 1; t < last && t < v+10; t++ {
		switch u := d.Tokens[t].UPOS; {
		case u == "NOUN" || u == "PROPN":
			found = t
		case u == "DET" || u == "ADJ" || u == "NUM" || d.Tokens[t].Form == "-" || d.Tokens[t].XPOS == "POS" || d.Tokens[t].XPOS == "PRP$" || d.Tokens[t].XPOS == "$":
			if found != doc.None && (u == "DET" || d.Tokens[t].XPOS == "PRP$") {
				return r.ifObject(found)
			}
		case u == "ADV" && found == doc.None && t == v+1:
		case found == doc.None && (oneWord(r.form(t), "than", "nearly", "almost", "about", "least") || r.form(t) == "at" && r.nextIs(t, "least")): // "arrested more than 100 men"
		default:
			return r.ifObject(found)
		}
	}
	return r.ifObject(found)
}

func (r *reading) ifObject(t int32) int32 {
	if t == doc.None || r.timexAt[t] != doc.None || r.anchored[t] != doc.None && r.verbal(t) {
		return doc.None
	}
	return t
}

// caseOf is the preposition of a noun, several words joined by a blank, or "".
func (r *reading) caseOf(t int32) string {
	for _, c := range r.d.Children(t) {
		if r.is(c, "case") || r.is(c, "mark") && c < t {
			w := r.form(c)
			for _, f := range r.d.Children(c) {
				if r.is(f, "fixed") {
					w += " " + r.form(f)
				}
			}
			return w
		}
	}
	return r.caseInside(t, 2)
}

// caseInside: a parser may hang the preposition on the first word of the phrase.
func (r *reading) caseInside(t int32, depth int) string {
	for _, c := range r.d.Children(t) {
		if c >= t || !r.is(c, "amod", "det", "nummod", "compound", "nmod:poss") {
			continue
		}
		for _, g := range r.d.Children(c) {
			if g < c && r.is(g, "case") && r.d.Tokens[g].UPOS == "ADP" {
				return r.form(g)
			}
		}
		if depth > 1 {
			if w := r.caseInside(c, depth-1); w != "" {
				return w
			}
		}
	}
	return ""
}

// hasCase tells whether a noun stands under a preposition; in "out of Somalia" both count.
func (r *reading) hasCase(t int32, word string) bool {
	if r.caseOf(t) == word {
		return true
	}
	for _, c := range r.d.Children(t) {
		if r.is(c, "case") && r.form(c) == word {
			return true
		}
	}
	return false
}

// preposition is the noun that hangs on t by a preposition, or None. With wide, the places where parsers hang such
// a phrase by mistake are searched too: the object's own, and for a noun the verb's that governs it.
func (r *reading) preposition(t int32, word string, wide bool) int32 {
	if t == doc.None {
		return doc.None
	}
	for _, c := range r.d.Children(t) {
		if r.is(c, "obl", "nmod", "iobj", "advcl", "acl", "xcomp", "obj") && !r.verbal(c) && r.timexAt[c] == doc.None && r.hasCase(c, word) {
			if r.isRelative(c) {
				if a := r.antecedent(t); a != doc.None {
					return a
				}
			}
			return c
		}
		if word == "by" && !r.verbal(t) && r.is(c, "acl") && r.passive(c) { // "the protest staged by students"
			if by := r.preposition(c, word, false); by != doc.None {
				return by
			}
		}
	}
	if !wide {
		return doc.None
	}
	if p := r.deepPreposition(t, word); p != doc.None {
		return p
	}
	if head := r.d.Tokens[t].Head; r.verbal(t) && head != doc.None && r.d.Tokens[t].Deprel == "xcomp" && r.verbal(head) {
		if p := r.preposition(head, word, false); p > t {
			return p
		}
	}
	if head := r.d.Tokens[t].Head; !r.verbal(t) && head != doc.None && r.verbal(head) && r.is(t, "obj", "nsubj:pass", "nsubj", "obl") {
		if p := r.preposition(head, word, false); p != doc.None && p != t {
			return p
		}
	}
	return doc.None
}

// deepPreposition looks inside the objects of a verb and the complements of a noun, two levels down.
func (r *reading) deepPreposition(t int32, word string) int32 {
	for _, c := range r.d.Children(t) {
		if !r.nominal(c) || !r.is(c, "obj", "nsubj:pass", "xcomp", "obl", "iobj", "nmod") || r.is(c, "nmod:poss") {
			continue
		}
		if p := r.preposition(c, word, false); p != doc.None {
			return p
		}
		if word == "of" {
			continue
		}
		for _, g := range r.d.Children(c) {
			if r.is(g, "nmod", "conj") && r.nominal(g) {
				if p := r.preposition(g, word, false); p != doc.None {
					return p
				}
			}
		}
	}
	return doc.None
}
