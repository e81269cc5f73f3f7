package segment

import (
	"fmt"
	"strings"

	"annals/data"
)

// tables are the lists that people edit.
type tables struct {
	abbreviations map[string]uint64 // lower case, without the last full stop → kind
	multiwords    map[string][]int32
	longest       int // of the multiword forms
	prefixes      map[string]bool
	suffixes      map[string]bool
	units         map[string]bool // written right behind a number: "1.5bn"
	openers       map[string]bool // words that begin sentences
}

// Kinds of abbreviations, as features.
var abbreviationKinds = map[string]uint64{
	"title":   1, // a name follows: "Gen. Dempsey"
	"month":   2, // a number follows: "Nov. 5"
	"number":  3, // a number follows: "No. 3"
	"place":   4, // often ends a sentence or stands before a comma: "Calif."
	"company": 5, // ends a name: "Inc."
	"text":    6, // goes on: "e.g."
	"measure": 7, // follows a number: "ft."
	"time":    8, // "a.m."
	"state":   9, // "U.S.": begins a name or ends a sentence
}

func readTables() (*tables, error) {
	t := &tables{abbreviations: map[string]uint64{}, multiwords: map[string][]int32{}, prefixes: map[string]bool{}, suffixes: map[string]bool{}, units: map[string]bool{}, openers: map[string]bool{}}
	for _, read := range []func() error{t.readAbbreviations, t.readMultiwords, t.readAffixes, t.readOpeners} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tables) readAffixes() error {
	table, err := data.Read("segment_affixes")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		switch row[1] {
		case "prefix":
			t.prefixes[row[0]] = true
		case "suffix":
			t.suffixes[row[0]] = true
		case "unit":
			t.units[row[0]] = true
		default:
			return fmt.Errorf("reading the table %s: line %d: the kind %q is not prefix, suffix or unit", table.Name, table.Lines[i], row[1])
		}
	}
	return nil
}

func (t *tables) readAbbreviations() error {
	table, err := data.Read("segment_abbreviations")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		kind, ok := abbreviationKinds[row[1]]
		if !ok || !strings.HasSuffix(row[0], ".") {
			return fmt.Errorf("reading the table %s: line %d: the kind %q or the form %q is not known; a form ends in a full stop", table.Name, table.Lines[i], row[1], row[0])
		}
		t.abbreviations[strings.ToLower(strings.TrimSuffix(row[0], "."))] = kind
	}
	return nil
}

func (t *tables) readMultiwords() error {
	table, err := data.Read("segment_multiwords")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		form, words := row[0], strings.Fields(row[1])
		if len(words) < 2 || strings.Join(words, "") != form || form != strings.ToLower(form) {
			return fmt.Errorf("reading the table %s: line %d: the words %q do not make up the form %q in lower case", table.Name, table.Lines[i], row[1], form)
		}
		var cuts []int32
		at := int32(0)
		for _, w := range words[:len(words)-1] {
			at += int32(len(w))
			cuts = append(cuts, at)
		}
		t.multiwords[form] = cuts
		t.longest = max(t.longest, len(form))
	}
	return nil
}

// lower is an ASCII lower-case copy of s in buffer, or nil when it does not fit.
func lower(buffer []byte, s string) []byte {
	if len(s) > len(buffer) {
		return nil
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buffer[i] = c
	}
	return buffer[:len(s)]
}

// cutsOf is where a token that is written as one word is several: "cannot" → 3.
func (t *tables) cutsOf(form string) []int32 {
	var buffer [24]byte
	if len(form) > t.longest {
		return nil
	}
	key := lower(buffer[:], form)
	return t.multiwords[string(key)]
}

// abbreviation is the kind of a word that may be written with a full stop, 0 for others.
func (t *tables) abbreviation(word string) uint64 {
	var buffer [16]byte
	key := lower(buffer[:], word)
	if key == nil {
		return 0
	}
	return t.abbreviations[string(key)]
}

func (t *tables) readOpeners() error {
	table, err := data.Read("segment_openers")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		t.openers[row[0]] = true
	}
	return nil
}

// listed tells as a feature whether a word is in a list.
func listed(list map[string]bool, word string) uint64 {
	var buffer [16]byte
	if key := lower(buffer[:], word); key != nil && list[string(key)] {
		return 1
	}
	return 0
}
