package entity

import (
	"fmt"
	"strings"

	"annals/data"
	"annals/internal/doc"
	"annals/internal/lexicon"
)

// nounTable is the table of nouns that refer to actors, places and buildings.
const nounTable = "nominal_actors"

// noun is what a noun refers to.
type noun struct {
	singular, plural string // entity types
	rule             string // row of the table
}

// nouns finds nouns by lemma.
type nouns map[string]noun

var nounClasses = map[string][2]string{
	"person":   {"PER", "ORG"}, // several people act as a group
	"group":    {"ORG", "ORG"},
	"place":    {"LOC", "LOC"},
	"facility": {"FAC", "FAC"},
}

// readNouns reads the table and the role nouns of the lexicon.
func readNouns(lex *lexicon.Lexicon) (nouns, error) {
	table, err := data.Read(nounTable)
	if err != nil {
		return nil, err
	}
	var columns [3]int
	for i, name := range []string{"id", "class", "nouns"} {
		if columns[i], err = table.Column(name); err != nil {
			return nil, err
		}
	}
	out := nouns{}
	for i, row := range table.Rows {
		types, ok := nounClasses[row[columns[1]]]
		if !ok {
			return nil, fmt.Errorf("reading the table %s: line %d has the class %q; use person, group, place or facility", nounTable, table.Lines[i], row[columns[1]])
		}
		for _, lemma := range data.List(row[columns[2]]) {
			lemma = lastPart(lemma)
			if _, taken := out[lemma]; !taken {
				out[lemma] = noun{types[0], types[1], nounTable + ":" + row[columns[0]]}
			}
		}
	}
	return out, nil
}

// lastPart is what follows the last hyphen: the head of a compound, which is what the parse shows.
func lastPart(lemma string) string { return lemma[strings.LastIndexByte(lemma, '-')+1:] }

// lookup finds what the noun at token t refers to.
func (n nouns) lookup(d *doc.Doc, t int32) (kind, rule string, ok bool) {
	token := &d.Tokens[t]
	lemma := token.Lemma
	if lemma == "" {
		lemma = token.Form
	}
	found, ok := n[strings.ToLower(lemma)]
	if !ok {
		if found, ok = n[strings.ToLower(token.Form)]; !ok {
			return "", "", false
		}
	}
	if d.Feature(t, "Number") == "Plur" || token.XPOS == "NNS" {
		return found.plural, found.rule, true
	}
	return found.singular, found.rule, true
}

// nominals adds a mention for each noun phrase whose head noun refers to an actor, a place or a building.
// taken marks the tokens of names.
func (s *Stage) nominals(d *doc.Doc, taken []bool) {
	for t := range d.Tokens {
		i := int32(t)
		token := &d.Tokens[t]
		if taken[t] || token.UPOS != "NOUN" && token.UPOS != "PROPN" || modifiesNoun(d, i) {
			continue
		}
		kind, rule, ok := s.nouns.lookup(d, i)
		if !ok {
			continue
		}
		first, last := phrase(d, i, false)
		d.Mentions = append(d.Mentions, doc.Mention{
			Span: d.TokenSpan(first, last), First: first, Last: last, Head: i,
			Type: kind, Kind: doc.NominalMention, Actor: doc.None, Rule: rule,
		})
	}
}

// modifiesNoun tells whether a noun only qualifies another one: "government" in "government forces", "Minister" in
// "Foreign Minister Lavrov".
func modifiesNoun(d *doc.Doc, t int32) bool {
	switch d.Tokens[t].Deprel {
	case "compound", "nmod:desc", "flat", "fixed", "goeswith", "amod", "nmod:npmod", "nmod:unmarked", "obl:npmod", "obl:unmarked":
		return true
	}
	return false
}

// phrase is the noun phrase of a head: what stands before it up to its determiner, and the prepositional phrases
// after it that tell which one is meant (only those with "of", when onlyOf is set). Relative clauses, appositions and
// coordinations stay outside.
func phrase(d *doc.Doc, head int32, onlyOf bool) (first, last int32) {
	first, last = head, head+1
	children := d.Children(head)
	for i := len(children) - 1; i >= 0; i-- {
		c := children[i]
		from, to := d.Subtree(c)
		if c < head && before[d.Tokens[c].Deprel] && to <= first && touches(d, to, first) && !broken(d, from, to) {
			first = from
		}
	}
	for _, c := range children {
		from, to := d.Subtree(c)
		if c > head && after[d.Tokens[c].Deprel] && from == last && !broken(d, from, to) {
			if onlyOf && d.Tokens[c].Deprel == "nmod" && !strings.EqualFold(d.Tokens[from].Form, "of") {
				break
			}
			last = to
		}
	}
	return first, last
}

// touches tells whether only hyphens and adverbs stand between a modifier and what it modifies.
func touches(d *doc.Doc, from, to int32) bool {
	for t := from; t < to; t++ {
		if form := d.Tokens[t].Form; form != "-" && form != "–" && d.Tokens[t].UPOS != "ADV" {
			return false
		}
	}
	return true
}

// before and after are the relations of what belongs to a noun phrase on the left and on the right of its head.
var before = map[string]bool{
	"det": true, "det:predet": true, "amod": true, "nummod": true, "compound": true, "nmod:poss": true, "nmod": true,
	"nmod:desc": true, "advmod": true, "flat": true, "nmod:unmarked": true, "nmod:tmod": true,
}

var after = map[string]bool{
	"nmod": true, "flat": true, "compound": true, "case": true, "nummod": true, "nmod:desc": true, "amod": true, "fixed": true,
}

// broken tells whether a phrase holds a clause or a mark that ends one: then it is too long to be a modifier that
// identifies.
func broken(d *doc.Doc, first, last int32) bool {
	for t := first; t < last; t++ {
		switch d.Tokens[t].Form {
		case ",", ";", ":", ".", "”", "“", `"`, "(", ")", "—":
			return true
		}
		if strings.HasPrefix(d.Tokens[t].Deprel, "acl") {
			return true
		}
	}
	return false
}
