// Package numeral reads numbers: it cuts tokens into words, figures and marks, and joins what spells one number.
//
// In: the tokens of a document and a vocabulary of words its caller wants to recognise. Out: items in text order, each
// a word (with its number in the vocabulary), a cardinal ("32,000", "2.5 million", "twenty-two", "half a million",
// "10 1/2"), an ordinal ("third", "21st") or a mark. It knows no units, currencies or dates, and never decides what a
// number counts.
package numeral

import (
	"annals/internal/doc"
)

// Kind tells what an item is.
type Kind uint8

// Kinds of items.
const (
	Word Kind = iota
	Cardinal
	Ordinal
	Mark
)

// Item is a word, a number or a mark.
type Item struct {
	doc.Span
	First, Last int32 // tokens [First, Last) it touches
	Kind        Kind
	Mark        byte    // the mark in ASCII; dashes are '-', typographic apostrophes '\'', others 0
	Width       uint8   // digits, when the item is nothing but digits; 0 otherwise
	Figures     bool    // the number begins with digits
	Scaled      bool    // a scale word was taken in: "2.5 million"
	Glued       bool    // no blank before it
	Word        uint16  // number of the word in the caller's vocabulary; 0: not there
	Value       float64 // of a number
}

// Scanner cuts sentences into items. It may be used by many goroutines at once.
type Scanner struct {
	words map[string]entry
	names []string
}

// entry is what the scanner knows of a word.
type entry struct {
	id    uint16
	role  role
	value float64
}

// role of a word in the spelling of numbers.
type role uint8

const (
	none role = iota
	unit
	teen
	ten
	hundred
	scale
	dozen
	and
	article
	half
	ordinal
)

// NewScanner makes a scanner whose items carry, for the n-th word of the vocabulary, the number n+1. Words are lower
// case, of letters, dots and apostrophes; number words may be among them.
func NewScanner(vocabulary []string) *Scanner {
	s := &Scanner{words: make(map[string]entry, len(vocabulary)+len(spelled)), names: append([]string{""}, vocabulary...)}
	for word, e := range spelled {
		s.words[word] = e
	}
	for i, word := range vocabulary {
		e := s.words[word]
		e.id = uint16(i + 1)
		s.words[word] = e
	}
	return s
}

// Name is the word of a number, "" for 0.
func (s *Scanner) Name(word uint16) string { return s.names[word] }

// Scan appends the items of tokens [first, last) to items.
func (s *Scanner) Scan(d *doc.Doc, first, last int32, items []Item) []Item {
	from := len(items)
	for t := first; t < last; t++ {
		items = s.cut(d, t, items)
	}
	return s.join(d.Text, items, from)
}

// spelled are the words that spell numbers. Long scale, except that lakh and crore are Indian.
var spelled = map[string]entry{
	"zero": {0, unit, 0}, "one": {0, unit, 1}, "two": {0, unit, 2}, "three": {0, unit, 3}, "four": {0, unit, 4}, "five": {0, unit, 5},
	"six": {0, unit, 6}, "seven": {0, unit, 7}, "eight": {0, unit, 8}, "nine": {0, unit, 9},
	"ten": {0, teen, 10}, "eleven": {0, teen, 11}, "twelve": {0, teen, 12}, "thirteen": {0, teen, 13}, "fourteen": {0, teen, 14},
	"fifteen": {0, teen, 15}, "sixteen": {0, teen, 16}, "seventeen": {0, teen, 17}, "eighteen": {0, teen, 18}, "nineteen": {0, teen, 19},
	"twenty": {0, ten, 20}, "thirty": {0, ten, 30}, "forty": {0, ten, 40}, "fourty": {0, ten, 40}, "fifty": {0, ten, 50},
	"sixty": {0, ten, 60}, "seventy": {0, ten, 70}, "eighty": {0, ten, 80}, "ninety": {0, ten, 90},
	"hundred": {0, hundred, 100}, "thousand": {0, scale, 1e3}, "million": {0, scale, 1e6}, "billion": {0, scale, 1e9},
	"trillion": {0, scale, 1e12}, "quadrillion": {0, scale, 1e15}, "lakh": {0, scale, 1e5}, "lakhs": {0, scale, 1e5},
	"crore": {0, scale, 1e7}, "crores": {0, scale, 1e7}, "dozen": {0, dozen, 12}, "and": {0, and, 0},
	"a": {0, article, 1}, "an": {0, article, 1}, "half": {0, half, 0.5},
	"first": {0, ordinal, 1}, "second": {0, ordinal, 2}, "third": {0, ordinal, 3}, "fourth": {0, ordinal, 4}, "fifth": {0, ordinal, 5},
	"sixth": {0, ordinal, 6}, "seventh": {0, ordinal, 7}, "eighth": {0, ordinal, 8}, "ninth": {0, ordinal, 9}, "tenth": {0, ordinal, 10},
	"eleventh": {0, ordinal, 11}, "twelfth": {0, ordinal, 12}, "thirteenth": {0, ordinal, 13}, "fourteenth": {0, ordinal, 14},
	"fifteenth": {0, ordinal, 15}, "sixteenth": {0, ordinal, 16}, "seventeenth": {0, ordinal, 17}, "eighteenth": {0, ordinal, 18},
	"nineteenth": {0, ordinal, 19}, "twentieth": {0, ordinal, 20}, "thirtieth": {0, ordinal, 30}, "fortieth": {0, ordinal, 40},
	"fiftieth": {0, ordinal, 50}, "sixtieth": {0, ordinal, 60}, "seventieth": {0, ordinal, 70}, "eightieth": {0, ordinal, 80},
	"ninetieth": {0, ordinal, 90}, "hundredth": {0, ordinal, 100}, "thousandth": {0, ordinal, 1000},
}
