package linear

import (
	"slices"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// Reattacher mends arcs that the parser gets wrong in wire text: first those of modifiers, then those of a sentence that
// ends with who said it: "…, a doctor said on Monday". The treebanks have few such sentences, and the parser takes the
// last clause for a relative clause or an apposition of what is said. The verbs are the rows of data/syntax_speech.tsv.
type Reattacher struct {
	verbs map[string]bool // lower-case forms
}

// OpenReattacher reads the table.
func OpenReattacher() (*Reattacher, error) {
	table, err := data.Read("syntax_speech")
	if err != nil {
		return nil, err
	}
	word, err := table.Column("word")
	if err != nil {
		return nil, err
	}
	r := &Reattacher{verbs: make(map[string]bool)}
	for _, row := range table.Rows {
		for _, w := range strings.Fields(row[word]) {
			r.verbs[w] = true
		}
	}
	return r, nil
}

// clause is a sentence under repair. A head is an index into tokens, len(tokens) for the root.
type clause struct {
	tokens    []doc.Token
	tags      []Tag
	classes   []uint16
	heads     []int32
	relations []string
}

func (c *clause) tag(i int) Tag { return c.tags[c.classes[i]] }

// lastCommas bounds how many commas, from the end, may open the clause of saying.
const lastCommas = 4

// mend makes the verb of saying the root where the clause from a comma to the end of the sentence is a speaker and
// such a verb, and the parser hung it on what stands before the comma.
func (r *Reattacher) mend(c *clause) {
	c.days()
	c.adjectives()
	c.gerunds()
	c.accused()
	c.joined()
	c.relatives()
	commas := 0
	for i := len(c.tokens) - 2; i > 1 && commas < lastCommas; i-- {
		if c.tokens[i].Form != "," {
			continue
		}
		commas++
		if verb, ok := r.saying(c, i+1); ok {
			c.attach(i, verb, c.speaker(i+1, verb))
			return
		}
		if verb, speaker, ok := r.inverted(c, i+1); ok {
			c.attach(i, verb, speaker)
			return
		}
	}
}

// saying finds the verb of a clause of saying that begins at token from.
func (r *Reattacher) saying(c *clause, from int) (verb int, ok bool) {
	for from < len(c.tokens) && isMark(c.tokens[from].Form) {
		from++
	}
	verb = from
	for verb < len(c.tokens) && !r.isVerb(c, verb) {
		if !ofSpeaker(c.tag(verb)) {
			return 0, false
		}
		verb++
	}
	if verb == from || verb == len(c.tokens) || c.tag(from).UPOS == "CCONJ" || c.tag(from).UPOS == "ADP" {
		return 0, false
	}
	switch c.tag(verb - 1).UPOS {
	case "NOUN", "PROPN", "PRON", "ADV", "NUM":
	default:
		return 0, false
	}
	root := int32(len(c.tokens))
	if c.heads[verb] == root {
		c.nameContent(verb)
		c.ownSpeaker(from, verb)
		return 0, false
	}
	if int(c.heads[verb]) >= from && int(c.heads[verb]) > verb {
		return 0, false
	}
	for i := verb + 1; i < len(c.tokens); i++ { // a clause of its own behind the verb: what is said stands there
		if int(c.heads[i]) == verb && (c.relations[i] == "ccomp" || c.relations[i] == "xcomp" || c.relations[i] == "parataxis") {
			return 0, false
		}
	}
	return verb, true
}

// inverted finds the verb of a clause of saying that begins at token from, and its speaker behind it: "…, said a doctor
// in the town". What the parser took for another verb of the same subject has neither a subject nor a verb beside it.
func (r *Reattacher) inverted(c *clause, from int) (verb, speaker int, ok bool) {
	for from < len(c.tokens) && isMark(c.tokens[from].Form) {
		from++
	}
	verb = from
	if verb+1 >= len(c.tokens) || !r.isVerb(c, verb) || int(c.heads[verb]) >= from {
		return 0, 0, false
	}
	switch next := c.tag(verb + 1); next.UPOS {
	case "DET", "ADJ", "NOUN", "PROPN", "NUM":
	default:
		return 0, 0, false
	}
	speaker = -1
	for i := range c.heads {
		switch {
		case i > verb && int(c.heads[i]) < from && c.relations[i] == "conj": // "stood up, said a prayer and left"
			return 0, 0, false
		case int(c.heads[i]) != verb:
		case i < verb && c.relations[i] == "nsubj", strings.HasPrefix(c.relations[i], "conj"):
			return 0, 0, false
		case i > verb && speaker < 0 && (c.relations[i] == "obj" || c.relations[i] == "nsubj" || c.relations[i] == "obl" || c.relations[i] == "xcomp"):
			speaker = i
		case i > verb && (c.relations[i] == "ccomp" || c.relations[i] == "obj"):
			return 0, 0, false
		}
	}
	if speaker < 0 || c.has(speaker, "case") {
		return 0, 0, false
	}
	switch c.tag(speaker).UPOS {
	case "NOUN", "PROPN", "NUM":
		return verb, speaker, true
	}
	return 0, 0, false
}

func (r *Reattacher) isVerb(c *clause, i int) bool {
	switch c.tag(i).XPOS {
	case "VBD", "VBZ", "VBP", "VBN":
		return r.verbs[strings.ToLower(c.tokens[i].Form)]
	}
	return false
}

// ofSpeaker tells whether a word of this tag may stand in the phrase that names a speaker.
func ofSpeaker(t Tag) bool {
	switch t.UPOS {
	case "DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "ADV", "CCONJ":
		return t.XPOS != "WDT"
	case "PRON":
		return t.XPOS == "PRP" || t.XPOS == "PRP$" || t.XPOS == "NN"
	case "PUNCT":
		return t.XPOS == "HYPH"
	}
	return false
}

func isMark(form string) bool {
	switch form {
	case "\"", "''", "”", "’", "'":
		return true
	}
	return false
}

// nameContent calls a full clause before a verb of saying what it is: its ccomp, and no adverbial.
func (c *clause) nameContent(verb int) {
	for i := range c.heads[:verb] {
		if int(c.heads[i]) == verb && c.relations[i] == "advcl" && c.has(i, "nsubj") && !c.has(i, "mark") {
			c.relations[i] = "ccomp"
		}
	}
}

// ownSpeaker gives a verb of saying the subject that stands right before it, where the parser took a word of what is
// said for the subject: "killed twelve men on Tuesday, the guards said".
func (c *clause) ownSpeaker(from, verb int) {
	speaker := c.speaker(from, verb)
	content := -1
	for i := range c.heads[:from] {
		if int(c.heads[i]) == verb && c.relations[i] == "ccomp" {
			content = i
		}
	}
	if speaker < 0 || content < 0 || int(c.heads[speaker]) == verb {
		return
	}
	c.heads[speaker], c.relations[speaker] = int32(verb), "nsubj"
	for i := range c.heads[:from] {
		if int(c.heads[i]) != verb || i == content {
			continue
		}
		c.heads[i] = int32(content)
		if c.relations[i] == "nsubj" && i > content {
			c.relations[i] = "obj"
		}
	}
}

// has tells whether a word has a dependent of a relation, or of a kind of it: "nsubj" is "nsubj:pass" too.
func (c *clause) has(head int, relation string) bool {
	for i := range c.heads {
		kind, _, _ := strings.Cut(c.relations[i], ":")
		if int(c.heads[i]) == head && kind == relation {
			return true
		}
	}
	return false
}

// attach makes verb the root, what the comma closes its ccomp, and speaker its subject.
func (c *clause) attach(comma, verb, speaker int) {
	n := int32(len(c.tokens))
	content := slices.Index(c.heads, n)
	if content < 0 || content >= comma || speaker < 0 {
		return
	}
	for i := range c.heads {
		switch {
		case i == content:
			c.heads[i], c.relations[i] = int32(verb), "ccomp"
		case i == verb:
			c.heads[i], c.relations[i] = n, RootLabel
		case i == speaker:
			c.heads[i], c.relations[i] = int32(verb), "nsubj"
		case i <= comma && int(c.heads[i]) > comma:
			c.heads[i] = int32(content)
			if c.relations[i] == "csubj" || c.relations[i] == "nsubj" {
				c.relations[i] = "advcl"
			}
		case i > comma && int(c.heads[i]) <= comma:
			c.heads[i] = int32(verb)
		}
	}
}

// speaker is the head of the phrase before the verb: the one word whose head is outside it. Where there are several,
// it is the last nominal before a preposition.
func (c *clause) speaker(from, verb int) int {
	for from < verb && isMark(c.tokens[from].Form) {
		from++
	}
	for i := from; i < verb; i++ {
		if h := int(c.heads[i]); h < from || h >= verb {
			switch c.tag(i).UPOS {
			case "NOUN", "PROPN", "PRON":
				return i
			}
		}
	}
	return -1
}
