package linear

import (
	"slices"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// Reattacher mends the arcs of a sentence of wire text that ends with who said it: "…, a doctor said on Monday". The
// treebanks have few such sentences, and the parser takes the last clause for a relative clause or an apposition of
// what is said. The verbs are the rows of data/syntax_speech.tsv.
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

// days hangs "on Sunday" and "in May" on the verb where the parser hung it on the subject or object beside it: "the
// ministry on Sunday denied", "told reporters on Friday". Of 188 such days and months in the treebanks 147 are a verb's,
// and 3 a subject's or object's.
func (c *clause) days() {
	for i := range c.heads {
		noun := int(c.heads[i])
		if c.relations[i] != "nmod" || noun >= len(c.heads) {
			continue
		}
		if preposition, ok := dayOrMonth[c.tokens[i].Form]; !ok || c.preposition(i) != preposition {
			continue
		}
		verb := int(c.heads[noun])
		if verb >= len(c.heads) || c.tag(verb).UPOS != "VERB" {
			continue
		}
		switch c.relations[noun] {
		case "nsubj", "nsubj:pass", "obj", "iobj":
			c.heads[i], c.relations[i] = int32(verb), "obl"
		}
	}
}

// adjectives hangs an adjective on the noun right behind it, and not on the one before: in "gives the rebels humanitarian
// help" the help is humanitarian.
func (c *clause) adjectives() {
	for i := range c.heads {
		before := int(c.heads[i])
		if c.relations[i] != "amod" || before >= i {
			continue
		}
		noun := i + 1 // behind the adjective and those joined to it
		for noun < len(c.heads) && c.under(noun, i) {
			noun++
		}
		if noun == len(c.heads) || c.tag(noun).UPOS != "NOUN" || !strings.HasPrefix(c.tag(noun-1).XPOS, "JJ") || c.under(noun, before) && int(c.heads[noun]) != before {
			continue
		}
		c.heads[i] = int32(noun)
	}
}

// under tells whether a word stands below another in the tree.
func (c *clause) under(word, above int) bool {
	for steps := 0; word < len(c.heads) && steps < len(c.heads); steps++ {
		if word = int(c.heads[word]); word == above {
			return true
		}
	}
	return false
}

// dayOrMonth is the preposition that goes with the name of a day or month.
var dayOrMonth = func() map[string]string {
	out := map[string]string{}
	for preposition, names := range map[string]string{
		"on": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
		"in": "January February March April May June July August September October November December",
	} {
		for _, name := range strings.Fields(names) {
			out[name], out[strings.ToUpper(name)] = preposition, preposition
		}
	}
	return out
}()

// preposition is that of a noun, in lower case, or "-".
func (c *clause) preposition(noun int) string {
	for i := range noun {
		if int(c.heads[i]) == noun && c.relations[i] == "case" {
			return strings.ToLower(c.tokens[i].Form)
		}
	}
	return "-"
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
