package event

import (
	"strings"

	"annals/internal/doc"
)

// candidate is a word that names a happening in this text, with the row that says so.
type candidate struct {
	token int32
	row   *row
	verb  int32   // the verb that carries a noun's happening ("launched an attack"), or None
	trust float32 // how far the row is to be trusted here
	rule  string
}

// choose is the heaviest row of a word whose conditions hold, the first of equals, or nil.
func (r *reading) choose(t int32, rows []row) *row {
	var best *row
	for i := range rows {
		row := &rows[i]
		if best != nil && row.weight <= best.weight {
			continue
		}
		if r.holds(t, row) {
			best = row
		}
	}
	return best
}

func (r *reading) holds(t int32, row *row) bool {
	for i := range row.when {
		c := &row.when[i]
		if r.meets(t, c) == c.negated {
			return false
		}
	}
	return true
}

// meets tells whether something stands in the place that a condition names and is one of its words or classes.
func (r *reading) meets(t int32, c *condition) bool {
	switch c.place {
	case "any":
		s := r.d.Sentences[r.d.Tokens[t].Sentence]
		for i := s.First; i < s.Last; i++ {
			if r.oneOf(i, c, false) {
				return true
			}
		}
		return false
	case "pass":
		return r.passive(t)
	case "case": // the preposition before it, its first word
		word, _, _ := strings.Cut(r.caseOf(t), " ")
		return oneWord(word, c.lemmas...)
	case "mod":
		for _, k := range r.d.Children(t) {
			if r.is(k, "amod", "compound", "nmod:poss", "nummod", "advmod", "det") && r.oneOf(k, c, true) {
				return true
			}
		}
		return false
	}
	f := r.place(t, c.place)
	if f == doc.None {
		return false
	}
	if r.d.Tokens[f].UPOS == "NUM" {
		f = r.counted(f)
	}
	if len(c.lemmas)+len(c.classes) == 0 {
		return true
	}
	for {
		if r.oneOf(f, c, true) {
			return true
		}
		next := doc.None
		for _, k := range r.d.Children(f) {
			if r.is(k, "conj") && k > f {
				next = k
				break
			}
		}
		if next == doc.None {
			return false
		}
		f = next
	}
}

// oneOf tells whether the word, or with wide what it is made of ("batch of tanks", "military aid"), is one of the
// words or classes of a condition.
func (r *reading) oneOf(t int32, c *condition, wide bool) bool {
	lemma, form := r.lemma(t), r.form(t)
	for _, l := range c.lemmas {
		if l == lemma || l == form {
			return true
		}
	}
	for _, class := range c.classes {
		if class == "actor" {
			if r.isActor(t) {
				return true
			}
			continue
		}
		if class == "person" {
			if m := r.mentionAt[t]; m != doc.None && r.d.Mentions[m].Type == "PER" || r.stage.lex.classes["people"][lemma] {
				return true
			}
			continue
		}
		if class == "weapon" && r.weaponAt[t] || r.stage.lex.classes[class][lemma] {
			return true
		}
	}
	if !wide || len(c.classes) == 0 {
		return false
	}
	for _, k := range r.d.Children(t) {
		if r.is(k, "compound", "amod", "flat") && r.oneOf(k, c, false) {
			return true
		}
		if r.is(k, "nmod") && r.caseOf(k) == "of" && r.stage.lex.classes["measure"][lemma] && r.oneOf(k, c, true) {
			return true
		}
	}
	return false
}

// isActor tells whether a word heads a mention of someone who can act.
func (r *reading) isActor(t int32) bool {
	if m := r.mentionAt[t]; m != doc.None {
		switch r.d.Mentions[m].Type {
		case "PER", "ORG", "LOC", "NORP":
			return true
		}
		return r.actorOf[m] != doc.None && r.mayAct(m)
	}
	return r.stage.lex.classes["people"][r.lemma(t)]
}

// place is the word that stands at a place of a frame, seen from the anchor, or None.
func (r *reading) place(t int32, name string) int32 {
	d := r.d
	verbal := r.verbal(t)
	switch name {
	case "subj":
		if verbal || d.Child(t, "cop", "nsubj") != doc.None {
			return r.logicalSubject(t)
		}
		return r.holder(t, 4)
	case "obj":
		if verbal {
			return r.logicalObject(t)
		}
		return r.preposition(t, "of", false)
	case "surface":
		return r.surfaceSubject(t)
	case "iobj":
		return d.Child(t, "iobj")
	case "prt":
		for _, c := range d.Children(t) {
			if d.Tokens[c].Deprel == "compound:prt" || c > t && r.is(c, "advmod", "case") && r.stage.lex.classes["particle"][r.form(c)] {
				return c
			}
		}
		return doc.None
	case "xcomp":
		return d.Child(t, "xcomp")
	case "ccomp":
		return d.Child(t, "ccomp")
	case "inf": // a complement in the infinitive or gerund, whatever the parser calls it
		for _, c := range d.Children(t) {
			if r.verbal(c) && (r.is(c, "xcomp") || r.is(c, "ccomp", "acl", "advcl") && r.hasMark(c, "to")) {
				return c
			}
		}
		return doc.None
	case "comp":
		for _, c := range d.Children(t) {
			if r.is(c, "xcomp", "ccomp") || r.is(c, "acl", "advcl") && r.hasMark(c, "to", "that", "of", "from") {
				return c
			}
		}
		return doc.None
	case "compsubj":
		for _, c := range d.Children(t) {
			if r.is(c, "ccomp", "acl") {
				if s := r.surfaceSubject(c); s != doc.None {
					return s
				}
			}
		}
		return doc.None
	case "head":
		return d.Tokens[t].Head
	case "poss":
		return d.Child(t, "nmod:poss")
	case "objposs": // whose proposal was rejected
		return r.owner(r.logicalObject(t))
	case "subjposs": // whose shells hit the town
		return r.owner(r.logicalSubject(t))
	case "mod":
		return r.modifier(t, 2)
	case "compobj": // whom the refused, threatened, demanded thing would be done to
		v := r.place(t, "inf")
		for _, c := range d.Children(t) {
			if v == doc.None && r.is(c, "advcl") && r.hasMark(c, "to") {
				v = c
			}
		}
		if v != doc.None {
			o := r.logicalObject(v)
			if o != doc.None && r.isActor(o) {
				return o
			}
			for _, p := range []string{"with", "to", "from", "on", "against"} {
				if o := r.preposition(v, p, true); o != doc.None {
					return o
				}
			}
			return o
		}
		return doc.None
	case "speaker": // whose words it stands in
		if a := r.inWords[t]; a != doc.None {
			return d.Attributions[a].SourceHead
		}
		return doc.None
	case "adv":
		return d.Child(t, "advmod")
	case "acl":
		return d.Child(t, "acl")
	case "by":
		if verbal {
			return r.byPhrase(t)
		}
	}
	return r.preposition(t, name, true)
}

// owner is whose a thing is: its possessor, the one it is by or from or of, or its modifier.
func (r *reading) owner(t int32) int32 {
	if t == doc.None {
		return doc.None
	}
	if p := r.d.Child(t, "nmod:poss"); p != doc.None {
		return p
	}
	for _, p := range []string{"by", "from", "of"} {
		if f := r.preposition(t, p, false); f != doc.None {
			return f
		}
	}
	return r.place(t, "mod")
}

// modifier is the actor among the words before a noun, however the parser stacks them ("Saudi air strikes").
func (r *reading) modifier(t int32, depth int) int32 {
	for _, c := range r.d.Children(t) {
		if r.is(c, "amod", "compound", "nmod:desc") && (r.inMention[c] != doc.None || r.isActor(c) || r.countryAt[c] != "") {
			return c
		}
	}
	if depth == 0 {
		return doc.None
	}
	for _, c := range r.d.Children(t) {
		if c < t && r.is(c, "amod", "compound", "nmod:desc") {
			if m := r.modifier(c, depth-1); m != doc.None {
				return m
			}
		}
	}
	return doc.None
}
