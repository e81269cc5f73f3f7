package entity

import (
	"strings"
	"unicode"

	"annals/internal/doc"
)

// weapons makes mentions of what the finder of weapons finds. A name that it covers becomes a WEAPON; a hit with a
// capital or a number is a name of its own ("T-72"), any other a nominal with its noun phrase ("heavy machine guns").
func (s *Stage) weapons(d *doc.Doc, taken []bool) {
	names := len(d.Mentions)
	for _, sentence := range d.Sentences {
		for _, hit := range s.finder.Find(d, sentence.First, sentence.Last) {
			if s.renamed(d, d.Mentions[:names], hit.First, hit.Last) || hit.Modifier || overlaps(taken, hit.First, hit.Last) {
				continue
			}
			m := doc.Mention{First: hit.First, Last: hit.Last, Head: headOf(d, hit.First, hit.Last), Type: "WEAPON", Kind: doc.NominalMention,
				Actor: doc.None, Rule: "weapon:" + hit.ID}
			if named(d, hit.First, hit.Last) {
				m.Kind = doc.NameMention
			} else if d.Done&doc.LayerSyntax != 0 {
				first, last := phrase(d, m.Head, false)
				m.First, m.Last = min(first, hit.First), max(last, hit.Last)
			}
			m.Span = d.TokenSpan(m.First, m.Last)
			d.Mentions = append(d.Mentions, m)
			for t := hit.First; t < hit.Last; t++ {
				taken[t] = true
			}
		}
	}
}

// renamed gives the names among tokens [first, last) the type WEAPON, where a product or something unclear was read, or
// where all of the name is the code of a weapon: "IED", "T-72".
func (s *Stage) renamed(d *doc.Doc, names []doc.Mention, first, last int32) bool {
	found := false
	for i := range names {
		m := &names[i]
		if m.First < last && first < m.Last {
			found = true
			if m.Type == "PRODUCT" || m.Type == "MISC" || m.First == first && m.Last == last && last-first == 1 && coded(d.Tokens[first].Form) {
				m.Type = "WEAPON"
			}
		}
		if m.First >= last {
			break
		}
	}
	return found
}

// coded tells whether a word has no small letters but the "s" of a plural.
func coded(form string) bool { return len(form) > 2 && !hasLowerLetter(strings.TrimSuffix(form, "s")) }

func overlaps(taken []bool, first, last int32) bool {
	for t := first; t < last; t++ {
		if taken[t] {
			return true
		}
	}
	return false
}

// named tells whether a word holds a number, or is capitalised after the first of its sentence where not all words are.
func named(d *doc.Doc, first, last int32) bool {
	sentence := d.Sentences[d.Tokens[first].Sentence]
	loud := voice(d.Tokens[sentence.First:sentence.Last]) == loudVoice
	for t := first; t < last; t++ {
		for i, r := range d.Tokens[t].Form {
			if unicode.IsDigit(r) || i == 0 && unicode.IsUpper(r) && !loud && sentence.First != t {
				return true
			}
		}
	}
	return false
}
