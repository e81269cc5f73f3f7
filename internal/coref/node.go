package coref

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/model"
)

// node is a phrase that may belong to a chain.
type node struct {
	head, first, last      int32 // tokens
	nameFirst, nameLast    int32 // tokens of the name itself, for names
	mention                int32 // mention of an earlier stage with the same head, or None
	written                int32 // mention that stands for the node in its chain
	actor                  int32
	form                   doc.MentionKind
	kind                   uint8 // entity type, see kinds
	number, gender, person uint8
	definite               uint8
	role                   uint8
	pronoun                uint8 // class of pronoun; 0 for others
	sentence, paragraph    int32
	quote                  int32
	lemma, text, headText  uint64 // hashes: head lemma; the phrase without determiners; head form
	modifiers              [4]uint64
	spread                 uint64 // hash of the governing verb or noun
}

// Values that are not known.
const unknown uint8 = 0

// Numbers.
const (
	singular uint8 = iota + 1
	plural
)

// Genders.
const (
	male uint8 = iota + 1
	female
	neuter
	personal // a person of either gender
)

// Definiteness.
const (
	bare uint8 = iota + 1
	the
	indefinite
	demonstrative
	possessed
	counted
)

// Roles.
const (
	otherRole uint8 = iota + 1
	subjectRole
	objectRole
	obliqueRole
	possessorRole
	modifierRole
	appositionRole
	conjunctRole
)

// kinds numbers the entity types.
var kinds = map[string]uint8{"PER": 1, "ORG": 2, "LOC": 3, "FAC": 4, "NORP": 5, "WEAPON": 6, "PRODUCT": 7, "MISC": 8}

const (
	person uint8 = 1
	org    uint8 = 2
	place  uint8 = 3
)

// pronouns are classes of pronouns that differ in person, number, gender and use.
var pronouns = map[string]struct {
	class, person, number, gender uint8
}{
	"i": {1, 1, singular, personal}, "me": {1, 1, singular, personal}, "my": {2, 1, singular, personal}, "mine": {2, 1, singular, personal}, "myself": {1, 1, singular, personal},
	"we": {3, 1, plural, unknown}, "us": {3, 1, plural, unknown}, "our": {4, 1, plural, unknown}, "ours": {4, 1, plural, unknown}, "ourselves": {3, 1, plural, unknown},
	"you": {5, 2, unknown, personal}, "your": {6, 2, unknown, personal}, "yours": {6, 2, unknown, personal}, "yourself": {5, 2, singular, personal}, "yourselves": {5, 2, plural, personal},
	"he": {7, 3, singular, male}, "him": {7, 3, singular, male}, "his": {8, 3, singular, male}, "himself": {9, 3, singular, male},
	"she": {10, 3, singular, female}, "her": {11, 3, singular, female}, "hers": {11, 3, singular, female}, "herself": {9, 3, singular, female},
	"it": {12, 3, singular, neuter}, "its": {13, 3, singular, neuter}, "itself": {14, 3, singular, neuter},
	"they": {15, 3, plural, unknown}, "them": {15, 3, plural, unknown}, "their": {16, 3, plural, unknown}, "theirs": {16, 3, plural, unknown}, "themselves": {17, 3, plural, unknown},
	"who": {18, 3, unknown, personal}, "whom": {18, 3, unknown, personal}, "whose": {19, 3, unknown, unknown}, "which": {20, 3, unknown, neuter}, "that": {21, 3, unknown, unknown},
	"this": {22, 3, singular, neuter}, "these": {23, 3, plural, unknown}, "those": {24, 3, plural, unknown},
	"one": {25, 3, singular, unknown}, "another": {26, 3, singular, unknown}, "both": {27, 3, plural, unknown}, "all": {28, 3, unknown, unknown},
}

// collect makes the nodes: every mention of the earlier stage, and every noun phrase and pronoun of the parse.
func (s *Stage) collect(w *work) {
	d := w.doc
	w.nodes = w.nodes[:0]
	w.at = grow(w.at, len(d.Tokens))
	mentionAt := make([]int32, len(d.Tokens))
	for i := range mentionAt {
		mentionAt[i] = doc.None
		w.at[i] = doc.None
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if old := mentionAt[m.Head]; old == doc.None || m.Kind == doc.NameMention {
			mentionAt[m.Head] = int32(i)
		}
	}
	for t := range d.Tokens {
		i := int32(t)
		if mentionAt[t] != doc.None && qualifies(d, i) {
			continue
		}
		if mentionAt[t] != doc.None || isPhrase(d, i) {
			w.at[t] = int32(len(w.nodes))
			w.nodes = append(w.nodes, s.node(w, i, mentionAt[t]))
		}
	}
}

// qualifies tells whether a name is only an adjective of what it stands before: "Russian" in "two Russian officials".
func qualifies(d *doc.Doc, t int32) bool {
	return d.Tokens[t].UPOS == "ADJ" || d.Tokens[t].Deprel == "amod"
}

// isPhrase tells whether a token heads a phrase that may refer.
func isPhrase(d *doc.Doc, t int32) bool {
	token := &d.Tokens[t]
	switch token.UPOS {
	case "NOUN", "PROPN":
		switch token.Deprel {
		case "compound", "flat", "fixed", "goeswith", "nmod:desc", "amod":
			return false
		}
		return true
	case "PRON":
		return !strings.HasPrefix(token.Deprel, "expl") && !(token.Lemma == "it" && d.IsCleft(t))
	case "NUM":
		return token.Deprel != "nummod" && token.Deprel != "compound" && token.Deprel != "flat" && token.Deprel != "nmod:unmarked"
	case "DET":
		return token.Deprel != "det" && token.Deprel != "det:predet" && token.Deprel != "cc:preconj"
	}
	return false
}

func (s *Stage) node(w *work, head, mention int32) node {
	d := w.doc
	token := &d.Tokens[head]
	n := node{head: head, mention: mention, written: doc.None, actor: doc.None, form: doc.NominalMention, sentence: token.Sentence,
		paragraph: d.Sentences[token.Sentence].Paragraph, quote: w.inside[head]}
	n.first, n.last = span(d, head)
	if mention != doc.None {
		m := &d.Mentions[mention]
		n.kind, n.form, n.actor = kinds[m.Type], m.Kind, m.Actor
		if m.Kind == doc.NameMention {
			n.nameFirst, n.nameLast = m.First, m.Last
			n.first, n.last = min(n.first, m.First), max(n.last, m.Last)
		}
	}
	lower := strings.ToLower(token.Form)
	if p, ok := pronouns[lower]; ok && (token.UPOS == "PRON" || token.UPOS == "DET") {
		n.form, n.pronoun, n.person, n.number, n.gender = doc.PronounMention, p.class, p.person, p.number, p.gender
		n.first, n.last = head, head+1
		if n.gender == male || n.gender == female || n.gender == personal {
			n.kind = person
		}
	} else if token.UPOS == "PRON" {
		n.form, n.pronoun = doc.PronounMention, 29
	}
	if n.form == doc.NominalMention && mention == doc.None && token.UPOS == "PROPN" {
		n.form = doc.NameMention
		n.nameFirst, n.nameLast = head, head+1
	}
	n.role = roleOf(d, head)
	n.lemma = model.HashString(strings.ToLower(token.Lemma))
	n.headText = model.HashString(lower)
	s.describe(w, &n)
	if up := token.Head; up != doc.None {
		n.spread = model.HashString(d.Tokens[up].Lemma)
	}
	return n
}

// inPhrase are the relations of what belongs to a phrase, relative clauses with it: chains speak of whole phrases.
var inPhrase = map[string]bool{
	"det": true, "det:predet": true, "amod": true, "nummod": true, "compound": true, "nmod": true, "nmod:poss": true, "nmod:desc": true,
	"nmod:unmarked": true, "nmod:tmod": true, "flat": true, "fixed": true, "goeswith": true, "acl": true, "acl:relcl": true, "advmod": true,
	"obl": true, "obj": true, "obl:agent": true, "compound:prt": true, "dep": true, "nmod:npmod": true, "aux": true, "aux:pass": true,
}

// span is the phrase of a head with all that belongs to it.
func span(d *doc.Doc, head int32) (first, last int32) {
	first, last = head, head+1
	for _, c := range d.Children(head) {
		relation := d.Tokens[c].Deprel
		if relation == "case" && c > head { // the possessive 's
			last = max(last, c+1)
			continue
		}
		if !inPhrase[relation] || relation == "advmod" && c < head && first != c+1 && !leading(d, c, head) || relation == "dep" && c < head {
			continue
		}
		from, to := d.Subtree(c)
		first, last = min(first, from), max(last, to)
	}
	for last-1 > head && d.Tokens[last-1].UPOS == "PUNCT" && d.Tokens[last-1].Form != ")" {
		last--
	}
	return first, last
}

// leading tells whether an adverb before a noun stands inside the phrase: after its determiner.
func leading(d *doc.Doc, adverb, head int32) bool {
	for _, c := range d.Children(head) {
		if c < adverb && d.IsRelation(c, "det") {
			return true
		}
	}
	return false
}

func roleOf(d *doc.Doc, t int32) uint8 {
	switch relation := d.Tokens[t].Deprel; {
	case strings.HasPrefix(relation, "nsubj"):
		return subjectRole
	case relation == "obj" || relation == "iobj":
		return objectRole
	case strings.HasPrefix(relation, "obl"):
		return obliqueRole
	case relation == "nmod:poss":
		return possessorRole
	case strings.HasPrefix(relation, "nmod") || relation == "compound" || relation == "amod":
		return modifierRole
	case relation == "appos":
		return appositionRole
	case relation == "conj":
		return conjunctRole
	}
	return otherRole
}

// describe fills in number, gender, definiteness and the hashes of a phrase that is not a pronoun.
func (s *Stage) describe(w *work, n *node) {
	d := w.doc
	token := &d.Tokens[n.head]
	var text uint64
	count := 0
	for t := n.first; t < n.last; t++ {
		word := &d.Tokens[t]
		if word.UPOS == "DET" || word.UPOS == "PUNCT" || word.Deprel == "case" && t == n.last-1 {
			continue
		}
		h := model.HashString(strings.ToLower(word.Form))
		text = model.Join(text, h)
		if t != n.head && count < len(n.modifiers) && (word.UPOS == "ADJ" || word.UPOS == "NOUN" || word.UPOS == "PROPN" || word.UPOS == "NUM") {
			n.modifiers[count] = h
			count++
		}
	}
	n.text = text
	if n.pronoun != 0 {
		return
	}
	n.person = 3
	if d.Feature(n.head, "Number") == "Plur" || token.XPOS == "NNS" || token.XPOS == "NNPS" {
		n.number = plural
	} else if token.UPOS != "NUM" {
		n.number = singular
	}
	n.definite = definiteness(d, n)
	s.gender(d, n)
}

func definiteness(d *doc.Doc, n *node) uint8 {
	for _, c := range d.Children(n.head) {
		switch relation := d.Tokens[c].Deprel; {
		case relation == "det":
			switch strings.ToLower(d.Tokens[c].Form) {
			case "the":
				return the
			case "this", "that", "these", "those", "such":
				return demonstrative
			}
			return indefinite
		case relation == "nmod:poss":
			return possessed
		case relation == "nummod" && c < n.head:
			return counted
		}
	}
	return bare
}
