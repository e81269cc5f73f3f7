// Package linear is the fast engine of syntax: perceptrons over hashed features.
//
// In: the word forms of one sentence. Out: tags, features, lemmas, heads and relations, by a tagger of two passes,
// a transition parser (arc-hybrid: Kuhlmann, Gómez-Rodríguez and Satta 2011; features after Zhang and Nivre 2011)
// and a table of lemma rules. The trainers use its feature functions, so that training and reading cannot drift
// apart. It never reads a document and never splits or joins words.
package linear

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// Word is what the feature functions know of a word before they know its neighbours. All but Text are hashes; 0
// stands for "none".
type Word struct {
	Text   []byte // the form in its usual case: text in capitals is brought back to lower case and names
	Form   uint64 // Text, its digits as 0
	Lower  uint64 // the same in lower case
	Shape  uint64 // "Xxx", "0.0", runs of a kind shortened
	Suffix [5]uint64
	Prefix [4]uint64
	Fine   uint64 // word cluster
	Coarse uint64 // cluster of clusters
	Habit  uint64 // how the word is usually written, where a capital says nothing
	Kinds  uint64 // the set of tags it has been seen with, or what the dictionary says of a word seldom seen

	Tag  uint64 // universal and Penn tag together, once known
	UPOS uint64
}

// fold mixes two values into one (the multiply-fold of wyhash).
func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0xA0761D6478BD642F, b^0xE7037ED1A0B428DB)
	return high ^ low
}

// hashBytes is a 64-bit hash that is never 0.
func hashBytes(s []byte) uint64 {
	h := uint64(len(s)) + 0x9E3779B97F4A7C15
	for len(s) >= 8 {
		v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		h = fold(h, v)
		s = s[8:]
	}
	var v uint64
	for i := range s {
		v |= uint64(s[i]) << (8 * i)
	}
	return fold(h, v^0x8EBC6AF09C88C6E3) | 1
}

// TextCase is how the words of a sentence use capitals.
type TextCase uint8

// Cases of a sentence.
const (
	Usual    TextCase = iota
	Capitals          // OLD WIRES AND HEADLINES
	Titles            // Headlines Like This
)

// CaseOf judges a sentence by its words of three and more letters.
func CaseOf(tokens []doc.Token) TextCase {
	upper, title, lower := 0, 0, 0
	for i := range tokens {
		switch letters, capital, capitals := letterCase(tokens[i].Form); {
		case letters < 3:
		case capitals == letters:
			upper++
		case letters > 3 && capital:
			if i > 0 {
				title++
			}
		default:
			lower++
		}
	}
	switch {
	case upper >= 2 && upper >= 4*(title+lower):
		return Capitals
	case title >= 3 && title >= 4*lower:
		return Titles
	}
	return Usual
}

// letterCase counts the letters and capitals of a form and tells whether it begins with one.
func letterCase(form string) (letters int, capital bool, capitals int) {
	for i, r := range form {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.IsUpper(r) {
			capitals++
			capital = capital || i == 0
		}
	}
	return letters, capital, capitals
}

// look fills in w for a form. The bytes of Text and the scratch lie in arena, which is returned.
func (l *Lexicon) look(w *Word, form string, textCase TextCase, arena []byte) []byte {
	*w = Word{}
	start := len(arena)
	arena = append(arena, form...)
	written := arena[start:len(arena):len(arena)]
	start = len(arena)
	arena = appendLower(arena, written)
	lower := arena[start:len(arena):len(arena)]
	masked := appendMasked(arena, lower)[len(arena):]
	hash := hashBytes(masked)
	entry := l.entry(hash)
	w.Fine, w.Coarse, w.Habit, w.Kinds = entry.fine, entry.coarse, entry.habit, entry.kinds
	if w.Kinds == 0 {
		w.Kinds = l.dictionary.kinds(lower, hash)
	}
	switch {
	case textCase == Usual:
		w.Text = written
	case entry.raw == HabitLower || entry.raw == HabitMixed:
		w.Text = lower
	case textCase == Capitals && entry.raw != HabitCapitals:
		start = len(arena)
		arena = appendTitle(arena, written)
		w.Text = arena[start:len(arena):len(arena)]
	default:
		w.Text = written
	}
	start = len(arena)
	arena = appendMasked(arena, w.Text)
	masked = arena[start:len(arena):len(arena)]
	w.Form = hashBytes(masked)
	start = len(arena)
	arena = appendMasked(arena, lower)
	masked = arena[start:len(arena):len(arena)]
	w.Lower = hashBytes(masked)
	for i := range w.Suffix {
		if len(masked) > i {
			w.Suffix[i] = hashBytes(masked[len(masked)-i-1:])
		}
	}
	for i := range w.Prefix {
		if len(masked) > i {
			w.Prefix[i] = hashBytes(masked[:i+1])
		}
	}
	start = len(arena)
	arena = appendShape(arena, w.Text)
	w.Shape = hashBytes(arena[start:])
	return arena[:start]
}

func appendLower(out, form []byte) []byte {
	for i := 0; i < len(form); {
		c := form[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(form[i:])
		out = utf8.AppendRune(out, unicode.ToLower(r))
		i += size
	}
	return out
}

// appendTitle keeps the first letter and lowers the others.
func appendTitle(out, form []byte) []byte {
	_, size := utf8.DecodeRune(form)
	out = append(out, form[:size]...)
	return appendLower(out, form[size:])
}

// appendMasked copies a form with its digits as 0.
func appendMasked(out, form []byte) []byte {
	for _, c := range form {
		if '0' <= c && c <= '9' {
			c = '0'
		}
		out = append(out, c)
	}
	return out
}

// appendShape writes what kinds of characters a form has, at most two of a run.
func appendShape(out, form []byte) []byte {
	var last, run byte
	for i := 0; i < len(form); i++ {
		kind := form[i]
		switch {
		case 'a' <= kind && kind <= 'z', kind >= utf8.RuneSelf:
			kind = 'x'
		case 'A' <= kind && kind <= 'Z':
			kind = 'X'
		case '0' <= kind && kind <= '9':
			kind = '0'
		}
		if kind != last {
			last, run = kind, 0
		}
		if run++; run <= 2 {
			out = append(out, kind)
		}
	}
	return out
}

// Masked is a form with its digits as 0, as the lexicon has them.
func Masked(form string) string { return string(appendMasked(nil, []byte(form))) }
