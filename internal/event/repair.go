package event

import (
	"slices"

	"annals/internal/doc"
)

// The parser learns from general English; in wire text it errs in ways that repeat. The stage reads a copy of the
// arcs in which these are mended, the document's own arcs stay as they are.

// mended is a view of d whose tokens and arcs are a mended copy.
func (s *Stage) mended(d *doc.Doc) *doc.Doc {
	// Field by field: a copied Doc would share the index of arcs that is rebuilt here.
	view := doc.Doc{ID: d.ID, Text: d.Text, Publisher: d.Publisher, Date: d.Date, Head: d.Head, Sentences: d.Sentences, Tokens: slices.Clone(d.Tokens),
		Multiwords: d.Multiwords, Mentions: d.Mentions, Actors: d.Actors, Chains: d.Chains, Quotes: d.Quotes, Attributions: d.Attributions,
		Timexes: d.Timexes, Toponyms: d.Toponyms, Quantities: d.Quantities, Casualties: d.Casualties, Done: d.Done}
	for i := range view.Sentences {
		m := mender{&view, view.Sentences[i], s.lex}
		m.dateline()
		m.verbsAsNouns()
		m.nounsAsVerbs()
		m.verbsAsPrepositions()
		m.backAsAdverb()
		m.particlesAsPrepositions()
		m.subjectsOnAuxiliaries()
		m.subjectlessRelatives()
		m.relativesOnNearest()
		m.clausesAcrossAnd()
		m.gerundsAfterAspect()
		m.appositions()
		m.doubleObjects()
		m.gerundsAsModifiers()
		m.infinitivesOnObjects()
		m.nounsAsSentences()
		m.speechOnMatrix()
		if !m.isTree() { // two mends that contradict each other: the parser's own arcs are better
			copy(view.Tokens[m.s.First:m.s.Last], d.Tokens[m.s.First:m.s.Last])
		}
	}
	view.IndexArcs()
	return &view
}

type mender struct {
	d   *doc.Doc
	s   doc.Sentence
	lex *words
}

func (m *mender) each(use func(i int32, t *doc.Token)) {
	for i := m.s.First; i < m.s.Last; i++ {
		use(i, &m.d.Tokens[i])
	}
}

// above tells whether a is b or an ancestor of b.
func (m *mender) above(a, b int32) bool {
	for steps := 0; b != doc.None && steps < 200; steps++ {
		if a == b {
			return true
		}
		b = m.d.Tokens[b].Head
	}
	return false
}

// isTree tells whether every token of the sentence still reaches a root.
func (m *mender) isTree() bool {
	for i := m.s.First; i < m.s.Last; i++ {
		steps := m.s.Last - m.s.First
		for h := m.d.Tokens[i].Head; h != doc.None; h = m.d.Tokens[h].Head {
			if steps--; steps < 0 {
				return false
			}
		}
	}
	return true
}

// dateline takes a dateline out of the sentence that it opens: "CAIRO (Reuters) - Moscow is …" has one subject, Moscow.
func (m *mender) dateline() {
	line := m.d.Head.Dateline
	if line.Len() == 0 || line.Start < m.s.Start || line.Start > m.s.Start+2 {
		return
	}
	inside := func(t int32) bool { return t != doc.None && line.Contains(m.d.Tokens[t].Span) }
	head, relation := doc.None, "root"
	m.each(func(i int32, t *doc.Token) {
		if inside(i) && !inside(t.Head) && (t.Head != doc.None || relation == "root") && t.Deprel != "punct" {
			head, relation = t.Head, t.Deprel
		}
	})
	heir := doc.None
	m.each(func(i int32, t *doc.Token) {
		if inside(i) || !inside(t.Head) {
			return
		}
		if heir == doc.None {
			heir = i
			t.Head, t.Deprel = head, relation
			return
		}
		t.Head = heir
	})
	m.each(func(i int32, t *doc.Token) {
		if inside(i) && heir != doc.None {
			t.Head, t.Deprel = heir, "dep"
		}
	})
}

// verbsAsNouns: "did not attack the town" with attack as a noun.
func (m *mender) verbsAsNouns() {
	m.each(func(_ int32, t *doc.Token) {
		if t.Deprel != "aux" || t.Head == doc.None {
			return
		}
		h := &m.d.Tokens[t.Head]
		if h.UPOS != "NOUN" || h.Start < t.Start {
			return
		}
		switch lower(t.Form) {
		case "did", "do", "does", "will", "would", "could", "should", "may", "might", "must", "can":
			h.UPOS, h.XPOS, h.Lemma = "VERB", "VB", lower(h.Form)
		}
	})
}

// backAsAdverb: "Gulf states back the militia" with back as an adverb.
func (m *mender) backAsAdverb() {
	m.each(func(i int32, t *doc.Token) {
		if t.UPOS != "ADV" || lower(t.Form) != "back" || i == m.s.First || i+1 >= m.s.Last {
			return
		}
		subject, object := i-1, t.Head
		if x := m.d.Tokens[subject].XPOS; x != "NNS" && x != "NNPS" || object == doc.None || object < i || m.d.Tokens[object].UPOS != "NOUN" && m.d.Tokens[object].UPOS != "PROPN" {
			return
		}
		n := &m.d.Tokens[subject]
		if n.Head != doc.None && m.above(subject, n.Head) {
			return
		}
		t.UPOS, t.XPOS, t.Lemma, t.Head, t.Deprel = "VERB", "VBP", "back", n.Head, "conj"
		if o := &m.d.Tokens[object]; n.Head == object { // the object stood for the sentence: its clauses go over to the verb
			t.Head, t.Deprel = o.Head, o.Deprel
			for k := object + 1; k < m.s.Last; k++ {
				if c := &m.d.Tokens[k]; c.Head == object && (c.Deprel == "conj" || c.Deprel == "punct" || c.Deprel == "advcl" || c.Deprel == "parataxis") {
					c.Head = i
				}
			}
		}
		if n.Head == doc.None { // the noun stood for the sentence: its clauses go over to the verb
			t.Deprel = "root"
			for k := i + 1; k < m.s.Last; k++ {
				if c := &m.d.Tokens[k]; c.Head == subject && k != object {
					c.Head = i
				}
			}
		}
		n.Head, n.Deprel = i, "nsubj"
		m.d.Tokens[object].Head, m.d.Tokens[object].Deprel = i, "obj"
	})
}

// verbsAsPrepositions: "have taken the town" with taken as a preposition of town.
func (m *mender) verbsAsPrepositions() {
	m.each(func(i int32, t *doc.Token) {
		if t.Deprel != "case" || t.UPOS != "VERB" || t.Head == doc.None || len(t.XPOS) < 2 || t.XPOS[:2] != "VB" || t.XPOS == "VBG" {
			return
		}
		noun := t.Head
		n := &m.d.Tokens[noun]
		t.Head, t.Deprel = n.Head, "xcomp"
		if n.Head == doc.None {
			t.Deprel = "root"
		}
		n.Head, n.Deprel = i, "obj"
	})
}

// subjectsOnAuxiliaries: the subject belongs to the verb, not to its auxiliary.
func (m *mender) subjectsOnAuxiliaries() {
	m.each(func(_ int32, t *doc.Token) {
		if t.Head == doc.None {
			return
		}
		h := &m.d.Tokens[t.Head]
		switch {
		case h.Deprel != "aux" && h.Deprel != "aux:pass" || h.Head == doc.None:
		case t.Deprel == "nsubj" || t.Deprel == "nsubj:pass" || t.Deprel == "mark" || t.Deprel == "advmod" || t.Deprel == "obj" || t.Deprel == "obl":
			t.Head = h.Head
		}
	})
}

// gerundsAsModifiers: "denied supplying weapons" with supplying as an adjective of weapons.
func (m *mender) gerundsAsModifiers() {
	m.each(func(i int32, t *doc.Token) {
		if t.XPOS != "VBG" || t.Deprel != "amod" || t.Head == doc.None || t.Head < i {
			return
		}
		noun := t.Head
		n := &m.d.Tokens[noun]
		verb := n.Head
		if verb == doc.None || verb >= i || n.Deprel != "obj" && n.Deprel != "xcomp" && n.Deprel != "obl" || !m.takesGerund(verb, i) {
			return
		}
		t.Head, t.Deprel = verb, "xcomp"
		n.Head, n.Deprel = i, "obj"
		for k := noun + 1; k < m.s.Last; k++ {
			if c := &m.d.Tokens[k]; c.Head == verb && (c.Deprel == "obl" || c.Deprel == "nmod") && !m.above(k, i) {
				c.Head = i
			}
		}
	})
}

// takesGerund tells whether the verb, perhaps with a particle, stands right before the gerund and takes one.
func (m *mender) takesGerund(verb, gerund int32) bool {
	w := lower(m.d.Tokens[verb].Lemma)
	if gerund == verb+2 && m.d.Tokens[verb+1].Head == verb {
		return m.lex.classes["gerund"][w] || m.lex.effect(ruleOut(w, lower(m.d.Tokens[verb+1].Form)), "ing") != ""
	}
	return gerund == verb+1 && m.lex.classes["gerund"][w]
}

func ruleOut(verb, particle string) string {
	if verb == "rul" { // a lemma that the lemmatiser gets wrong
		verb = "rule"
	}
	return verb + " " + particle
}

// infinitivesOnObjects: in "ordered the army to leave" the infinitive belongs to the verb.
func (m *mender) infinitivesOnObjects() {
	m.each(func(i int32, t *doc.Token) {
		if t.Deprel != "acl" || t.XPOS != "VB" || t.Head == doc.None {
			return
		}
		n := &m.d.Tokens[t.Head]
		if n.Head == doc.None || n.Deprel != "obj" && n.Deprel != "iobj" || i == 0 || lower(m.d.Tokens[i-1].Form) != "to" {
			return
		}
		if m.lex.classes["object_control"][lower(m.d.Tokens[n.Head].Lemma)] {
			t.Head, t.Deprel = n.Head, "xcomp"
		}
	})
}

// nounsAsSentences: "Government forces clashed with rebels" read as forces that were clashed.
func (m *mender) nounsAsSentences() {
	root, clause := doc.None, doc.None
	takes := map[int32]bool{}
	m.each(func(_ int32, t *doc.Token) {
		if t.Deprel == "xcomp" || t.Deprel == "ccomp" || t.Deprel == "obj" {
			takes[t.Head] = true
		}
	})
	m.each(func(i int32, t *doc.Token) {
		switch {
		case t.Head == doc.None:
			root = i
		case t.XPOS == "VBD" || t.XPOS == "VBZ" || t.XPOS == "VBP" || t.Deprel == "aux" || t.Deprel == "cop":
			clause = m.s.Last
		case t.Deprel == "acl" && t.XPOS == "VBN" && t.Head == root && clause == doc.None && (m.lex.classes["intransitive"][lower(t.Lemma)] || takes[i]):
			clause = i
		}
	})
	if root == doc.None || clause == doc.None || clause == m.s.Last || m.d.Tokens[root].UPOS != "NOUN" && m.d.Tokens[root].UPOS != "PROPN" {
		return
	}
	r, c := &m.d.Tokens[root], &m.d.Tokens[clause]
	c.Head, c.Deprel, c.XPOS = doc.None, "root", "VBD"
	r.Head, r.Deprel = clause, "nsubj"
}

// appositions: in "Russia and China, both members, have vetoed" the names are the subject, not the words about them.
func (m *mender) appositions() {
	m.each(func(i int32, t *doc.Token) {
		noun := t.Head
		if t.UPOS != "PROPN" || noun == doc.None || noun < i || t.Deprel == "nmod:poss" || t.Deprel == "flat" {
			return
		}
		n := &m.d.Tokens[noun]
		if n.UPOS != "NOUN" || n.Deprel != "nsubj" && n.Deprel != "nsubj:pass" || n.Head == doc.None || n.Head < noun {
			return
		}
		comma := false
		for k := i + 1; k < noun; k++ {
			comma = comma || m.d.Tokens[k].Form == "," && m.d.Tokens[k].Head == i
		}
		if !comma || m.d.Tokens[noun+1].Form != "," {
			return
		}
		t.Head, t.Deprel = n.Head, n.Deprel
		n.Head, n.Deprel = i, "appos"
	})
}
