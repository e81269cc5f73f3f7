package coref

import (
	"fmt"
	"strings"

	"annals/data"
	"annals/internal/doc"
	"annals/internal/lexicon"
)

// words are the tables of words that tell gender, and the nouns that stand for an outlet named later.
type words struct {
	given   map[string]uint8 // given names
	nouns   map[string]uint8 // "spokeswoman", "father", "Mr"
	outlets map[string]bool  // "newspaper"
}

var genders = map[string]uint8{"m": male, "f": female, "n": neuter, "p": personal}

func readWords() (*words, error) {
	w := &words{}
	var err error
	if w.given, err = readGenders("given_names", "names"); err != nil {
		return nil, err
	}
	if w.nouns, err = readGenders("coref_genders", "words"); err != nil {
		return nil, err
	}
	titles, err := readGenders("gender_titles", "title")
	if err != nil {
		return nil, err
	}
	for title, g := range titles {
		w.nouns[title] = g
	}
	if w.outlets, err = lexicon.MediumNouns(lexicon.Unnamed); err != nil {
		return nil, err
	}
	return w, nil
}

// readGenders reads a table with a column of words, several to a cell, and a column gender.
func readGenders(name, column string) (map[string]uint8, error) {
	table, err := data.Read(name)
	if err != nil {
		return nil, err
	}
	words, err := table.Column(column)
	if err != nil {
		return nil, err
	}
	gender, err := table.Column("gender")
	if err != nil {
		return nil, err
	}
	out := make(map[string]uint8, len(table.Rows))
	for i, row := range table.Rows {
		g, ok := genders[row[gender]]
		if !ok {
			return nil, fmt.Errorf("reading the table %s: line %d has the gender %q; use m, f, n or p", name, table.Lines[i], row[gender])
		}
		for _, word := range data.List(row[words]) {
			out[strings.ToLower(word)] = g
		}
	}
	return out, nil
}

// gender tells the gender of a phrase: by the word itself, a title before it, a given name, or its type.
func (s *Stage) gender(d *doc.Doc, n *node) {
	if n.form == doc.NameMention && n.kind == person {
		n.gender = personal
		for t := max(0, n.nameFirst-2); t < n.nameFirst; t++ {
			if g := s.words.nouns[strings.ToLower(d.Tokens[t].Form)]; g == male || g == female {
				n.gender = g
			}
		}
		if n.gender == personal && n.nameLast-n.nameFirst > 1 {
			if g, ok := s.words.given[strings.ToLower(d.Tokens[n.nameFirst].Form)]; ok {
				n.gender = g
			}
		}
		return
	}
	if n.form == doc.NameMention {
		if n.kind != unknown {
			n.gender = neuter
		} else if g, ok := s.words.given[strings.ToLower(d.Tokens[n.nameFirst].Form)]; ok {
			n.gender = g
		}
		return
	}
	lemma := strings.ToLower(d.Tokens[n.head].Lemma)
	if g, ok := s.words.nouns[lemma]; ok {
		n.gender = g
		if n.kind == unknown && g != neuter {
			n.kind = person
		}
		return
	}
	switch n.kind {
	case person:
		n.gender = personal
	case unknown:
	case org:
		if n.number == singular {
			n.gender = neuter
		}
	default:
		n.gender = neuter
	}
}
