package petrarch

import (
	"slices"
	"strings"

	"annals/internal/doc"
)

// atom is a word as dictionaries are compared with it: a token, or a part of one that holds hyphens.
type atom struct {
	word, lemma string // upper case
	token       int32
}

// mark is a phrase of the dictionary found in the text.
type mark struct {
	first, last int32 // atoms [first, last)
	agent       bool
	codes       []string // of an actor; several where the dictionary writes A/B
	suffix      string   // of an agent
	before      bool
	rule        string
}

// chunk is a run of tokens without verb or preposition: a noun phrase without what hangs on it.
type chunk struct {
	first, last int32 // tokens
	head        int32
	marks       []int32
	codes       []string // of the chunk; empty when it names no actor
	rule        string
	group       int32
}

// sentence is one sentence while it is coded.
type sentence struct {
	*reading
	index   int32
	atoms   []atom
	start   []int32 // token − first token of the sentence → its first atom
	marks   []mark
	chunks  []chunk
	groups  [][]int32 // chunks that are joined by "and", in text order
	discard extent
}

// read finds actors, agents and noun phrases in a sentence.
func (r *reading) read(index int32) sentence {
	x := sentence{reading: r, index: index}
	s := &r.doc.Sentences[index]
	if x.discard = r.discarded(r.doc.Slice(s.Span)); x.discard != nothing {
		return x
	}
	for t := s.First; t < s.Last; t++ {
		x.start = append(x.start, int32(len(x.atoms)))
		token := &r.doc.Tokens[t]
		parts := words(token.Form)
		for _, w := range parts {
			a := atom{word: w, token: t}
			if len(parts) == 1 {
				a.lemma = strings.ToUpper(token.Lemma)
			}
			x.atoms = append(x.atoms, a)
		}
	}
	x.start = append(x.start, int32(len(x.atoms)))
	x.mark()
	x.chunk()
	for i := range x.chunks {
		x.name(&x.chunks[i])
	}
	x.attach()
	return x
}

func (x *sentence) bounds() (first, last int32) {
	s := &x.doc.Sentences[x.index]
	return s.First, s.Last
}

// atomsOf is the range of atoms of tokens [first, last).
func (x *sentence) atomsOf(first, last int32) (int32, int32) {
	base, _ := x.bounds()
	return x.start[first-base], x.start[last-base]
}

// mark finds the longest actors, then the longest agents in what is left.
func (x *sentence) mark() {
	taken := make([]bool, len(x.atoms))
	for i := 0; i < len(x.atoms); {
		n, entries := x.stage.actors.longest(x.atoms[i:])
		if n == 0 {
			i++
			continue
		}
		m := mark{first: int32(i), last: int32(i + n)}
		m.codes, m.rule = x.actorCodes(entries)
		x.marks = append(x.marks, m)
		for ; n > 0; n-- {
			taken[i] = true
			i++
		}
	}
	for i := 0; i < len(x.atoms); {
		n, entries := x.stage.agents.longest(x.atoms[i:])
		if n == 0 || slices.Contains(taken[i:i+n], true) {
			i++
			continue
		}
		a := &x.stage.dict.Agents[entries[0]]
		x.marks = append(x.marks, mark{
			first: int32(i), last: int32(i + n), agent: true, suffix: a.Code, before: a.Before,
			rule: x.stage.dict.rule(a.Row),
		})
		i += n
	}
	slices.SortFunc(x.marks, func(a, b mark) int { return int(a.first - b.first) })
}

// formerWords make an official one of the elite, as the CAMEO manual has it (sector ELI).
var formerWords = []string{"FORMER", "EX", "ONETIME"}

// actorCodes are the codes of a phrase on the day of the document; "A/B" is two codes.
func (x *sentence) actorCodes(entries []int32) (codes []string, rule string) {
	code, row := x.stage.dict.on(x.doc.Date, entries)
	if code == "" {
		return nil, ""
	}
	return strings.FieldsFunc(code, func(r rune) bool { return r == '/' }), x.stage.dict.rule(row)
}

// chunk cuts the sentence into noun phrases.
func (x *sentence) chunk() {
	first, last := x.bounds()
	inActor := make([]bool, last-first)
	for i := range x.marks {
		for a := x.marks[i].first; a < x.marks[i].last; a++ {
			inActor[x.atoms[a].token-first] = true
		}
	}
	for t := first; t < last; {
		if !inActor[t-first] && !x.nominal(t) {
			t++
			continue
		}
		c := chunk{first: t, group: doc.None}
		for t < last && (inActor[t-first] || x.nominal(t)) && (t == c.first || !x.opens(t)) {
			t++
		}
		c.last = t
		c.head = x.headOf(c.first, c.last)
		from, to := x.atomsOf(c.first, c.last)
		for i := range x.marks {
			if m := &x.marks[i]; from <= m.first && m.last <= to {
				c.marks = append(c.marks, int32(i))
			}
		}
		x.chunks = append(x.chunks, c)
	}
}

// nominal tells whether a token can stand inside a noun phrase.
func (x *sentence) nominal(t int32) bool {
	token := &x.doc.Tokens[t]
	switch token.UPOS {
	case "DET", "ADJ", "NOUN", "PROPN", "NUM", "SYM", "X":
		return true
	case "PRON":
		return token.XPOS == "PRP$" || token.XPOS == "WP$"
	case "PART":
		return token.XPOS == "POS"
	case "ADV":
		return x.doc.IsRelation(t, "advmod") && token.Head != doc.None && x.doc.Tokens[token.Head].UPOS == "ADJ"
	case "VERB":
		return x.doc.IsRelation(t, "amod")
	case "PUNCT":
		return token.XPOS == "HYPH"
	}
	return false
}

// opens tells whether a token begins a noun phrase of its own: a determiner after a noun ("arms the rebels").
func (x *sentence) opens(t int32) bool {
	return x.doc.Tokens[t].UPOS == "DET" && x.doc.Tokens[t-1].UPOS != "DET" && x.doc.Tokens[t-1].UPOS != "ADV"
}

// headOf is the last token of a range whose head lies outside it.
func (x *sentence) headOf(first, last int32) int32 {
	for t := last - 1; t >= first; t-- {
		if h := x.doc.Tokens[t].Head; (h < first || h >= last) && x.doc.Tokens[t].UPOS != "PUNCT" {
			return t
		}
	}
	return last - 1
}

// name gives a chunk its code: the actor in it – the first, or a later one whose code says more of the same actor –
// and the agents.
func (x *sentence) name(c *chunk) {
	exact := false
	for _, i := range c.marks {
		m := &x.marks[i]
		switch {
		case m.agent || len(m.codes) == 0:
		case len(c.codes) == 0:
			c.codes, c.rule = slices.Clone(m.codes), m.rule
		case len(c.codes) == 1 && len(m.codes) == 1 && len(m.codes[0]) > len(c.codes[0]) && strings.HasPrefix(m.codes[0], c.codes[0]):
			c.codes, c.rule, exact = slices.Clone(m.codes), m.rule, true
		}
	}
	if len(c.codes) == 0 || exact {
		return
	}
	x.addAgents(c, c.marks)
}

// addAgents adds the codes of agents to those of a chunk.
func (x *sentence) addAgents(c *chunk, marks []int32) {
	for _, i := range marks {
		if m := &x.marks[i]; m.agent && m.suffix != "" {
			suffix := m.suffix
			if !m.before && x.former(c, m) {
				suffix = "ELI"
			}
			for j := range c.codes {
				c.codes[j] = joinCode(c.codes[j], suffix, m.before)
			}
			c.rule += "+" + m.rule[len("petrarch:"):]
		}
	}
}

// former tells whether an agent of a chunk is one no more.
func (x *sentence) former(c *chunk, agent *mark) bool {
	from, _ := x.atomsOf(c.first, c.last)
	return from < agent.first && slices.ContainsFunc(x.atoms[from:agent.first], func(a atom) bool { return slices.Contains(formerWords, a.word) })
}

// joinCode puts an agent's code behind or before an actor's, without the three-letter parts that are there already.
func joinCode(code, agent string, before bool) string {
	var add strings.Builder
	for i := 0; i < len(agent); i += 3 {
		part := agent[i:min(i+3, len(agent))]
		if !hasPart(code, part) {
			add.WriteString(part)
		}
	}
	if before {
		return add.String() + code
	}
	return code + add.String()
}

// hasPart tells whether a code has a three-letter part.
func hasPart(code, part string) bool {
	for i := 0; i+len(part) <= len(code); i += 3 {
		if code[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

// attach gives agents without an actor the one that a preposition brings: "soldiers from Gondor", "the parliament of
// Gondor". The two phrases become one.
func (x *sentence) attach() {
	for i := 0; i+1 < len(x.chunks); i++ {
		c, next := &x.chunks[i], &x.chunks[i+1]
		if len(c.codes) > 0 || len(next.codes) == 0 || !slices.ContainsFunc(c.marks, func(m int32) bool { return x.marks[m].agent }) {
			continue
		}
		if next.first != c.last+1 || !slices.Contains(linking, strings.ToLower(x.doc.Tokens[c.last].Form)) {
			continue
		}
		x.addAgents(next, c.marks)
		next.marks = append(slices.Clone(c.marks), next.marks...)
		next.first, next.head = c.first, c.head
		x.chunks = slices.Delete(x.chunks, i, i+1)
	}
}

// linking are the prepositions that bring an agent's actor.
var linking = []string{"of", "from", "in", "for"}
