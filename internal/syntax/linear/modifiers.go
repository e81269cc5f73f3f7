package linear

import "strings"

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

// relatives calls what has "who" or "which" for its subject a relative clause, and no apposition: "Qatar, which is a critic".
func (c *clause) relatives() {
	for i := range c.heads {
		above := int(c.heads[i])
		if c.relations[i] != "nsubj" && c.relations[i] != "nsubj:pass" || above <= i || above >= len(c.heads) || c.relations[above] != "appos" {
			continue
		}
		switch c.tag(i).XPOS {
		case "WDT", "WP":
			c.relations[above] = "acl:relcl"
		}
	}
}

// joined hangs a verb that was joined to a name in a phrase on the clause that the phrase stands in: "is a critic of
// Assad and called for talks". Of 2,369 verbs with a tense that are joined to something in the treebanks one is joined to
// such a name.
func (c *clause) joined() {
	for i := range c.heads {
		name := int(c.heads[i])
		if c.relations[i] != "conj" || c.tag(i).UPOS != "VERB" || name >= i || c.tag(name).UPOS != "PROPN" {
			continue
		}
		switch c.tag(i).XPOS {
		case "VBD", "VBZ", "VBP", "VBN":
		default:
			continue
		}
		switch c.relations[name] {
		case "nmod", "nmod:poss", "obl", "obj", "compound":
			if clause := c.clauseOf(name); clause >= 0 {
				c.heads[i] = int32(clause)
			}
		}
	}
}

// gerunds puts a preposition under the gerund behind it, where the parser hung the gerund on the preposition, or the
// preposition on a noun before it: in "accused the state of bombing a camp" the bombing is the clause, and "of" its mark.
func (c *clause) gerunds() {
	for gerund := 1; gerund < len(c.heads); gerund++ {
		if c.tag(gerund).XPOS != "VBG" || c.relations[gerund] != "advcl" {
			continue
		}
		if before := gerund - 1; c.tag(before).XPOS == "IN" && int(c.heads[before]) < before && int(c.heads[gerund]) != before {
			c.heads[before], c.relations[before] = int32(gerund), "mark"
			continue
		}
		preposition := int(c.heads[gerund])
		if preposition >= gerund || c.tag(preposition).XPOS != "IN" {
			continue
		}
		above := c.heads[preposition]
		if clause := c.clauseOf(preposition); clause >= 0 {
			above = int32(clause)
		}
		for i := range c.heads {
			if int(c.heads[i]) == preposition {
				c.heads[i] = int32(gerund)
			}
		}
		c.heads[gerund] = above
		c.heads[preposition], c.relations[preposition] = int32(gerund), "mark"
	}
}

// accused calls the party before an "of" with a gerund the object of its verb and not the indirect one.
func (c *clause) accused() {
	for i := range c.heads {
		if of := i + 1; c.relations[i] == "iobj" && of < len(c.heads) && strings.EqualFold(c.tokens[of].Form, "of") && c.relations[of] == "mark" {
			c.relations[i] = "obj"
		}
	}
}

// Bounds of the way from a word to its clause: a sentence without end must not cost the square of its length.
const (
	clauseSteps   = 8  // words above it
	subjectWithin = 60 // words on either side of a head
)

// clauseOf is the nearest verb, or noun or adjective with a subject, above a word; -1 when there is none near.
func (c *clause) clauseOf(word int) int {
	for range clauseSteps {
		if word = int(c.heads[word]); word >= len(c.heads) {
			break
		}
		if c.tag(word).UPOS == "VERB" || c.hasSubject(word) {
			return word
		}
	}
	return -1
}

func (c *clause) hasSubject(head int) bool {
	for i := max(0, head-subjectWithin); i < min(len(c.heads), head+subjectWithin); i++ {
		if int(c.heads[i]) == head && strings.HasPrefix(c.relations[i], "nsubj") {
			return true
		}
	}
	return false
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
