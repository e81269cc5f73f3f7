package entity

import (
	"fmt"
	"strings"

	"annals/data"
	"annals/internal/doc"
	"annals/internal/lexicon"
)

// nameWordTable is the table of the words by which a name is told from what stands around it.
const nameWordTable = "name_words"

// nameWords are its words by class, and marks that stand within names.
type nameWords struct {
	particles, romance, days, companies, facilities, parties, chambers map[uint64]bool

	and, hyphen uint64
	possessives map[uint64]bool
}

func readNameWords() (nameWords, error) {
	w := nameWords{and: hashLower("and"), hyphen: hashLower("-"), possessives: hashes("'s ’s")}
	classes := map[string]*map[uint64]bool{
		"particle": &w.particles, "romance": &w.romance, "day": &w.days, "company": &w.companies, "facility": &w.facilities, "party": &w.parties, "chamber": &w.chambers,
	}
	for _, words := range classes {
		*words = map[uint64]bool{}
	}
	err := data.Rows(nameWordTable, []string{"class", "words"}, func(cells []string) error {
		words, ok := classes[cells[0]]
		if !ok {
			return fmt.Errorf("the class %q is none of particle, romance, day, company, facility, party and chamber", cells[0])
		}
		for _, word := range data.List(cells[1]) {
			(*words)[hashLower(word)] = true
		}
		return nil
	})
	return w, err
}

// addName adds the mention of a name, mended: without a title that the tagger took for a part of it, with the particles
// that it left out; a town apart from the country that it is told to lie in, a body apart from the country that has it,
// a party apart from its members' house and from its member.
func (s *Stage) addName(d *doc.Doc, w *scratch, kind string, first, last int32) {
	switch kind {
	case "PER":
		if last-first > 1 && s.parties[w.words[first].lower] {
			d.Mentions = append(d.Mentions, nameOf(d, "NORP", first, first+1))
			first++
		}
		first = s.withParticles(d, w, withoutTitle(d, first, last))
	case "LOC":
		for t := first + 1; t+1 < last; t++ {
			if d.Tokens[t].Form == "," {
				d.Mentions = append(d.Mentions, nameOf(d, kind, first, t))
				first = t + 1
			}
		}
	default:
		if s.isDay(w, first, last) || last-first == 1 && isTicker(d, w, first) {
			return
		}
	}
	if t := s.owned(w, first, last); t > first && kind != "PER" {
		d.Mentions = append(d.Mentions, nameOf(d, "LOC", first, t))
		first = t + 1
	}
	if t := s.partyEdge(w, first, last); t > first && kind != "PER" {
		left, right := "ORG", "NORP" // "Senate Republicans"
		if s.parties[w.words[first].lower] {
			left, right = right, left
		}
		d.Mentions = append(d.Mentions, nameOf(d, left, first, t), nameOf(d, right, t, last))
		return
	}
	if kind != "FAC" && last-first > 1 && s.facilities[w.words[last-1].lower] {
		kind = "FAC"
	}
	d.Mentions = append(d.Mentions, nameOf(d, kind, first, last))
}

// partyEdge is where the word for a party at the begin or end of a name meets the chamber that is the rest ("Senate
// Republicans", "Republican House of Representatives"), or first.
func (s *Stage) partyEdge(w *scratch, first, last int32) int32 {
	if last-first < 2 {
		return first
	}
	from, to, edge := first, last-1, last-1
	if s.parties[w.words[first].lower] {
		from, to, edge = first+1, last, first+1
	} else if !s.parties[w.words[last-1].lower] {
		return first
	}
	for t := from; t < to; t++ {
		if !s.chambers[w.words[t].lower] && !w.words[t].lower1 {
			return first
		}
	}
	return edge
}

// nameOf is the mention of a name.
func nameOf(d *doc.Doc, kind string, first, last int32) doc.Mention {
	return doc.Mention{
		Span: d.TokenSpan(first, last), First: first, Last: last, Head: headOf(d, first, last),
		Type: kind, Kind: doc.NameMention, Actor: doc.None, Rule: "names",
	}
}

// withoutTitle is the first token of a person's name after an abbreviated title.
func withoutTitle(d *doc.Doc, first, last int32) int32 {
	for last-first > 1 && abbreviatedTitle(strings.TrimSuffix(d.Tokens[first].Form, ".")) {
		if first++; last-first > 1 && d.Tokens[first].Form == "." {
			first++
		}
	}
	return first
}

// withParticles is the first token of a person's name with the particles right before it.
func (s *Stage) withParticles(d *doc.Doc, w *scratch, first int32) int32 {
	begin := d.Sentences[d.Tokens[first].Sentence].First
	if n := len(d.Mentions); n > 0 {
		begin = max(begin, d.Mentions[n-1].Last)
	}
	for t := first - 1; t >= begin; t-- {
		word := &w.words[t]
		switch {
		case word.lower == s.hyphen && t+1 == first:
			continue
		case !word.lower1 && !word.initial:
			return first
		case s.particles[word.lower] || s.romance[word.lower] && (t == begin || !w.words[t-1].capital):
			first = t
		default:
			return first
		}
	}
	return first
}

// isDay tells whether all tokens are names of days.
func (s *Stage) isDay(w *scratch, first, last int32) bool {
	for t := first; t < last; t++ {
		if !s.days[w.words[t].lower] {
			return false
		}
	}
	return true
}

// countries are the bits of the names of countries and their capitals.
const countries = 1<<lexicon.CountryName | 1<<lexicon.CapitalName

// owned is the possessive mark behind the country that a name begins with ("Britain's Home Office"), or first.
func (s *Stage) owned(w *scratch, first, last int32) int32 {
	for t := first; t+1 < last; t++ {
		if t > first && s.possessives[w.words[t].lower] && w.words[t].gazette == 0 {
			return t
		}
		if w.words[t].gazette&countries == 0 {
			break
		}
	}
	return first
}

// isTicker tells whether a token is the code of a share in brackets: "Ford Motor Co (F.N)".
func isTicker(d *doc.Doc, w *scratch, t int32) bool {
	if t == 0 || int(t)+1 >= len(d.Tokens) || d.Tokens[t-1].Form != "(" || d.Tokens[t+1].Form != ")" || w.words[t].gazette != 0 {
		return false
	}
	code, exchange, ok := strings.Cut(d.Tokens[t].Form, ".")
	return ok && code != "" && len(exchange) >= 1 && len(exchange) <= 3 && capitals(code) && capitals(exchange)
}

// capitals tells whether a word is of capitals and digits alone.
func capitals(s string) bool {
	for i := range len(s) {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
