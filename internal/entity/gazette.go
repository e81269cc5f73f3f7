package entity

import (
	"annals/data"
	"annals/internal/doc"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
)

// Bits of word.gazette beyond those of the lexicon's kinds (bit k for lexicon.Kind k).
const (
	surnameBit uint32 = 1 << 20 // a family name alone
	givenBit   uint32 = 1 << 21 // a given name
	pluralBit  uint32 = 1 << 22 // a plural reading: "ministers", "Syrians"
)

// Bits of word.edge.
const (
	opens  uint8 = 1
	closes uint8 = 2
)

// gazette marks the words of one sentence with the kinds of names that cover them.
func (s *Stage) gazette(d *doc.Doc, w *scratch, sentence doc.Sentence) {
	w.hits = s.lexicon.Match(d, sentence.First, sentence.Last, w.hits[:0])
	for _, hit := range w.hits {
		bits := readingBits(hit.Readings)
		for t := hit.First; t < hit.Last; t++ {
			w.words[t].gazette |= bits
		}
		w.words[hit.First].edge |= opens
		w.words[hit.Last-1].edge |= closes
	}
	for t := sentence.First; t < sentence.Last; t++ {
		word := &w.words[t]
		if !word.capital {
			continue
		}
		word.gazette |= s.given[word.lower]
	}
}

func readingBits(readings []lexicon.Reading) uint32 {
	var bits uint32
	for i := range readings {
		r := &readings[i]
		if r.Kind == lexicon.PersonName && r.Surname {
			bits |= surnameBit
			continue
		}
		bits |= 1 << r.Kind
		if r.Plural {
			bits |= pluralBit
		}
	}
	return bits
}

// readGivenNames reads the table of given names.
func (s *Stage) readGivenNames() error {
	table, err := data.Read("given_names")
	if err != nil {
		return err
	}
	names, err := table.Column("names")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		for _, name := range data.List(row[names]) {
			s.given[hashLower(name)] = givenBit
		}
	}
	return nil
}

// longestPlace is how many words the name of a place may have.
const longestPlace = 4

// places marks the words that name a place of the gazetteer with its class, its size and their part of the name.
// The longest name wins.
func (s *Stage) places(d *doc.Doc, w *scratch, sentence doc.Sentence) {
	var space [128]byte
	for t := sentence.First; t < sentence.Last; t++ {
		if !w.words[t].capital {
			continue
		}
		for last := min(t+longestPlace, sentence.Last); last > t; last-- {
			if !w.words[last-1].capital {
				continue
			}
			key := space[:0]
			for i := t; i < last; i++ {
				if i > t {
					key = append(key, ' ')
				}
				key = gazetteer.Fold(key, d.Tokens[i].Form)
			}
			w.found = s.placeNames.FindKey(w.found[:0], key)
			if len(w.found) == 0 {
				continue
			}
			code := placeCode(w.found)
			for i := t; i < last; i++ {
				r := run{first: t, last: last}
				w.words[i].place = code<<2 | r.position(i)
			}
			t = last - 1
			break
		}
	}
}

// placeCode is the class and the size of the most populous of several places.
func placeCode(found []gazetteer.Candidate) uint64 {
	best := 0
	for i := range found {
		if found[i].Population > found[best].Population {
			best = i
		}
	}
	size := uint64(0)
	for n := found[best].Population; n >= 1000; n /= 10 {
		size++
	}
	return 1 + uint64(found[best].Class)<<4 | size
}
