package event

import "annals/internal/doc"

// subjectlessRelatives: "Russia and China, both members, have vetoed the draft" read as members that have vetoed. A finite
// clause behind a comma that has neither a relative pronoun nor a subject is what the sentence says, and the noun that
// stood for the sentence is its subject.
func (m *mender) subjectlessRelatives() {
	root := doc.None
	m.each(func(i int32, t *doc.Token) {
		if t.Head == doc.None {
			root = i
		}
	})
	if root == doc.None || m.d.Tokens[root].UPOS != "NOUN" && m.d.Tokens[root].UPOS != "PROPN" || m.hasChild(root, "cop") || m.hasChild(root, "nsubj") {
		return
	}
	verb := doc.None
	m.each(func(i int32, t *doc.Token) {
		if verb == doc.None && t.Deprel == "acl:relcl" && t.UPOS == "VERB" && i > root && m.above(root, i) && m.finiteAlone(i) {
			verb = i
		}
	})
	if verb == doc.None {
		return
	}
	v, n := &m.d.Tokens[verb], &m.d.Tokens[root]
	noun := v.Head
	v.Head, v.Deprel = doc.None, "root"
	n.Head, n.Deprel = verb, "nsubj"
	if m.hasChild(verb, "aux:pass") {
		n.Deprel = "nsubj:pass"
	}
	m.each(func(i int32, t *doc.Token) {
		if t.Head == root && i > verb {
			t.Head = verb
		}
	})
	if noun != root && m.d.Tokens[noun].Deprel == "conj" && !m.hasChild(noun, "cc") {
		m.d.Tokens[noun].Deprel = "appos" // behind a comma without "and" it tells more of the subject
	}
}

func (m *mender) hasChild(head int32, relation string) bool {
	found := false
	m.each(func(_ int32, t *doc.Token) {
		found = found || t.Head == head && (t.Deprel == relation || relation == "nsubj" && t.Deprel == "nsubj:pass")
	})
	return found
}

// finiteAlone tells whether a verb begins a finite clause of its own right behind a comma: no subject, no relative.
func (m *mender) finiteAlone(verb int32) bool {
	first, finiteVerb := verb, finite(m.d.Tokens[verb].XPOS)
	alone := true
	m.each(func(i int32, t *doc.Token) {
		if t.Head != verb || i >= verb {
			return
		}
		switch t.Deprel {
		case "nsubj", "nsubj:pass", "mark", "obj", "obl", "cc":
			alone = false
		case "aux", "aux:pass", "cop":
			first = min(first, i)
			finiteVerb = finiteVerb || finite(t.XPOS) || t.XPOS == "MD"
		case "advmod":
			first = min(first, i)
		}
	})
	return alone && finiteVerb && first > m.s.First && m.d.Tokens[first-1].Form == ","
}

// doubleObjects: in "gave the rebels food" the second noun is what was given, whatever the parser calls it.
func (m *mender) doubleObjects() {
	m.each(func(i int32, t *doc.Token) {
		if t.UPOS != "VERB" || !m.lex.classes["ditransitive"][lower(t.Lemma)] {
			return
		}
		m.freeRecipient(i)
		m.freeBuyer(i)
		whom, what := doc.None, doc.None
		m.each(func(k int32, c *doc.Token) {
			if c.Head != i || k < i || m.underPreposition(k) {
				return
			}
			noun := c.UPOS == "NOUN" || c.UPOS == "PROPN" || c.UPOS == "PRON" || c.UPOS == "SYM" || c.UPOS == "NUM"
			switch {
			case !noun || m.lex.classes["timeword"][lower(c.Lemma)]:
			case whom == doc.None && (c.Deprel == "obj" || c.Deprel == "iobj"):
				whom = k
			case whom != doc.None && what == doc.None && (c.Deprel == "obj" || c.Deprel == "obl" || c.Deprel == "obl:unmarked" || c.Deprel == "xcomp" || c.Deprel == "dep"):
				what = k
			}
		})
		if what == doc.None || m.comma(whom, what) {
			return
		}
		m.d.Tokens[whom].Deprel, m.d.Tokens[what].Deprel = "iobj", "obj"
	})
}

// freeRecipient: in "gives the rebels humanitarian help" the rebels are no possessor, as nothing marks them as one.
func (m *mender) freeRecipient(verb int32) {
	m.each(func(i int32, t *doc.Token) {
		object := t.Head
		if t.Deprel != "nmod:poss" || object == doc.None || i < verb || m.d.Tokens[object].Head != verb || t.UPOS != "NOUN" && t.UPOS != "PROPN" {
			return
		}
		if m.hasChild(i, "case") || i+1 < m.s.Last && m.d.Tokens[i+1].XPOS == "POS" {
			return
		}
		t.Head, t.Deprel = verb, "iobj"
	})
}

// freeBuyer: in "sold Peru $2 billion worth of tanks" Peru is no part of the sum, nor the sum an object of Peru's.
func (m *mender) freeBuyer(verb int32) {
	end := verb + 1 // of the name behind the verb
	for end < m.s.Last && (m.d.Tokens[end].UPOS == "PROPN" || m.d.Tokens[end].UPOS == "ADJ" && m.d.Tokens[end].Form != lower(m.d.Tokens[end].Form)) {
		end++
	}
	if end == verb+1 || end == m.s.Last || m.d.Tokens[end].UPOS != "SYM" {
		return
	}
	name, sum := doc.None, end
	for k := verb + 1; k < end; k++ { // the word of the name whose head is outside it
		if h := m.d.Tokens[k].Head; h <= verb || h >= end {
			name = k
		}
	}
	if name == doc.None {
		return
	}
	for m.d.Tokens[sum].Head > verb && m.d.Tokens[sum].Head != name { // up to "worth", or the sum itself
		sum = m.d.Tokens[sum].Head
	}
	m.d.Tokens[name].Head, m.d.Tokens[name].Deprel = verb, "iobj"
	m.d.Tokens[sum].Head, m.d.Tokens[sum].Deprel = verb, "obj"
}

func (m *mender) underPreposition(noun int32) bool {
	return m.hasChild(noun, "case")
}

func (m *mender) comma(from, to int32) bool {
	for k := from + 1; k < to; k++ {
		if m.d.Tokens[k].UPOS == "PUNCT" && m.d.Tokens[k].Form == "," {
			return true
		}
	}
	return false
}

// nounsAsVerbs: "reject an arms embargo" with embargo as a verb. A bare verb right behind a noun with an article, without
// subject, auxiliary or "to", that is a noun as often (class homograph), is the head of that noun phrase.
func (m *mender) nounsAsVerbs() {
	m.each(func(i int32, t *doc.Token) {
		if t.XPOS != "VB" && t.XPOS != "VBP" || i < m.s.First+2 || !m.lex.classes["homograph"][lower(t.Form)] {
			return
		}
		before := &m.d.Tokens[i-1]
		if before.UPOS != "NOUN" || before.Head == doc.None || before.Head >= i || before.Deprel != "obj" && before.Deprel != "obl" || !m.hasChild(i-1, "det") {
			return
		}
		for _, relation := range []string{"nsubj", "aux", "mark", "cop"} {
			if m.hasChild(i, relation) {
				return
			}
		}
		t.UPOS, t.XPOS, t.Lemma, t.Head, t.Deprel = "NOUN", "NN", lower(t.Form), before.Head, before.Deprel
		before.Head, before.Deprel = i, "compound"
		m.each(func(_ int32, c *doc.Token) {
			if c.Head == i-1 {
				c.Head = i
			}
		})
	})
}

// relativesOnNearest: in "its handling of the uprising that began in March" the clause tells of the uprising, the noun that
// its pronoun follows, wherever the parser hung it.
func (m *mender) relativesOnNearest() {
	m.each(func(i int32, t *doc.Token) {
		if t.Deprel != "acl:relcl" || t.Head == doc.None {
			return
		}
		for k := t.Head + 1; k < i; k++ {
			p := &m.d.Tokens[k]
			if p.Head != i || lower(p.Form) != "that" && lower(p.Form) != "which" {
				continue
			}
			n := &m.d.Tokens[k-1]
			if k-1 != t.Head && (n.UPOS == "NOUN" || n.UPOS == "PROPN") && m.above(t.Head, k-1) {
				t.Head = k - 1
			}
			return
		}
	})
}

// clausesAcrossAnd: in "sold the guns last year and has made clear …" the year belongs to the first verb and the second
// clause goes on from it, as "and" stands between.
func (m *mender) clausesAcrossAnd() {
	m.each(func(i int32, t *doc.Token) {
		if t.Head == doc.None {
			return
		}
		left := m.finiteLeft(i)
		if left == doc.None {
			return
		}
		switch {
		case t.Deprel == "obl:unmarked" && t.Head > i && m.lex.classes["timeword"][lower(t.Lemma)] && m.coordinatorOf(t.Head) > i:
			t.Head = left
		case t.Deprel == "obl" && t.Head > i && m.lex.classes["say"][lower(m.d.Tokens[t.Head].Lemma)] && m.comma(i, t.Head):
			t.Head = left // "… under old contracts, its minister said"
		case t.Deprel == "acl:relcl" && t.UPOS == "VERB" && m.coordinatorOf(i) != doc.None && !m.hasChild(i, "nsubj") && m.above(left, t.Head):
			t.Head, t.Deprel = left, "conj"
		}
	})
}

// finiteLeft is the nearest finite verb before a token, or None.
func (m *mender) finiteLeft(i int32) int32 {
	for k := i - 1; k >= m.s.First; k-- {
		if t := &m.d.Tokens[k]; t.UPOS == "VERB" && (finite(t.XPOS) || m.hasChild(k, "aux")) {
			return k
		}
	}
	return doc.None
}

// coordinatorOf is the "and" of a conjunct, or None.
func (m *mender) coordinatorOf(verb int32) int32 {
	found := doc.None
	m.each(func(i int32, t *doc.Token) {
		if t.Head == verb && t.Deprel == "cc" && i < verb {
			found = i
		}
	})
	return found
}

// gerundsAfterAspect: "keeps shipping guns" with the gerund on another word.
func (m *mender) gerundsAfterAspect() {
	m.each(func(i int32, t *doc.Token) {
		if t.XPOS != "VBG" || i == m.s.First || t.Head == i-1 || t.Deprel != "acl" && t.Deprel != "advcl" && t.Deprel != "obj" {
			return
		}
		if before := &m.d.Tokens[i-1]; before.UPOS == "VERB" && m.lex.classes["gerund"][lower(before.Lemma)] && !m.above(i, i-1) {
			t.Head, t.Deprel = i-1, "xcomp"
		}
	})
}

// speechOnMatrix: in "ordered three envoys to leave, accusing Moscow of spying" the participle of saying behind the comma goes
// with the ordering, not with the leaving.
func (m *mender) speechOnMatrix() {
	m.each(func(i int32, t *doc.Token) {
		if t.XPOS != "VBG" || t.Deprel != "advcl" || t.Head == doc.None || i <= m.s.First+1 || m.d.Tokens[i-1].Form != "," || !m.lex.classes["comment"][lower(t.Lemma)] {
			return
		}
		inf := t.Head
		for m.d.Tokens[inf].Head != doc.None && inf < i && m.d.Tokens[inf].XPOS == "VB" && (m.d.Tokens[inf].Deprel == "xcomp" || m.d.Tokens[inf].Deprel == "advcl") && m.toMarked(inf) {
			inf = m.d.Tokens[inf].Head
		}
		if inf != t.Head && m.d.Tokens[inf].UPOS == "VERB" {
			t.Head = inf
		}
	})
}

// toMarked tells whether a verb is an infinitive with "to".
func (m *mender) toMarked(verb int32) bool {
	found := false
	m.each(func(i int32, t *doc.Token) {
		found = found || t.Head == verb && t.Deprel == "mark" && lower(t.Form) == "to"
	})
	return found
}

// particlesAsPrepositions: in "handed over the prisoners" the prisoners are what was handed over, not where.
func (m *mender) particlesAsPrepositions() {
	m.each(func(i int32, t *doc.Token) {
		verb := i - 1
		if t.Deprel != "case" || verb < m.s.First || m.d.Tokens[verb].UPOS != "VERB" {
			return
		}
		noun := t.Head
		n := &m.d.Tokens[noun]
		if noun < i || n.Head != verb || n.Deprel != "obl" || m.hasChild(verb, "obj") || !m.lex.classes["phrasal"][m.d.Tokens[verb].Lemma+"_"+lower(t.Form)] {
			return
		}
		t.Head, t.Deprel = verb, "compound:prt"
		n.Deprel = "obj"
	})
}
