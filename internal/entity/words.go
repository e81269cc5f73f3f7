package entity

import (
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/model"
)

// word is what the tagger knows of a token before it looks at its neighbours.
type word struct {
	lower, form, shape, short uint64 // hashes of the lower-case form, the form, its shape and its shape without repetition
	prefix                    [3]uint64
	suffix                    [3]uint64
	tag                       uint64 // hash of XPOS
	fine, coarse, habit       uint64 // word classes, 0 for none
	gazette                   uint32 // a bit for each kind of name that covers the token, see gazette bits
	edge                      uint8  // 1: a name of the gazetteer begins here, 2: ends here
	capital                   bool   // begins with an upper-case letter
	lower1                    bool   // begins with a lower-case letter
	initial                   bool   // first word of its sentence, quotation marks aside
	mark                      bool   // holds a capital or a digit
	near                      bool   // may be part of a name, see markNear
	place                     uint64 // what the gazetteer of places has, 0 for nothing
	inner, outer              int32  // runs
	same                      int32  // next token of the document with the same lower-case form, a ring; itself when alone
}

// Voices of a sentence: how its letters are cased.
const (
	plainVoice uint64 = iota
	loudVoice         // "RUSSIA SELLS ARMS TO SYRIA"
	titleVoice        // "Russia Sells Arms to Syria"
)

// scratch is the reusable working memory of one document.
type scratch struct {
	words    []word
	voices   []uint64 // of sentences
	runs     []run
	plain    bool // the document tells like an encyclopaedia, see impersonal
	hits     []lexicon.Hit
	found    []gazetteer.Candidate
	seen     map[uint64]int32 // last token with a lower-case form, for the rings
	features []uint64
	scores   []int32
	path     []int32
	back     []uint8
	labels   []uint8
	taken    []bool           // tokens that lie in names
	forms    map[uint64]int32 // tally of a name's form
	tallies  []tally
}

func newScratch() *scratch { return &scratch{seen: map[uint64]int32{}, forms: map[uint64]int32{}} }

// read fills words and voices for the whole document.
func (s *Stage) read(d *doc.Doc, w *scratch) {
	w.words = grow(w.words, len(d.Tokens))
	w.voices = grow(w.voices, len(d.Sentences))
	clear(w.seen)
	w.runs = w.runs[:0]
	for i, sentence := range d.Sentences {
		w.voices[i] = voice(d.Tokens[sentence.First:sentence.Last])
		initial := true
		for t := sentence.First; t < sentence.Last; t++ {
			word := &w.words[t]
			readWord(word, &d.Tokens[t], w.voices[i])
			word.fine, word.coarse, word.habit = s.clusters.find(word.lower)
			word.initial = initial
			if initial && hasLetter(d.Tokens[t].Form) {
				initial = false
			}
			w.ring(t)
		}
		s.gazette(d, w, sentence)
		s.places(d, w, sentence)
		s.findRuns(w, sentence, w.voices[i])
		s.markNear(w, sentence)
	}
	w.plain = s.impersonal(w)
}

// ring puts token t into the ring of tokens with the same form.
func (w *scratch) ring(t int32) {
	me := &w.words[t]
	me.same = t
	if !me.capital && !me.lower1 {
		return
	}
	if last, ok := w.seen[me.lower]; ok {
		me.same = w.words[last].same
		w.words[last].same = t
	}
	w.seen[me.lower] = t
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// voice tells how a sentence is cased. Two words of letters are the least evidence.
func voice(tokens []doc.Token) uint64 {
	var long, capitals, lowers, loud int
	for i := range tokens {
		form := tokens[i].Form
		first, _ := utf8.DecodeRuneInString(form)
		if !unicode.IsLetter(first) {
			continue
		}
		lower := hasLowerLetter(form)
		switch {
		case !lower && len(form) > 1:
			loud++
		case lower:
			lowers++
		}
		if lower && len(form) > 3 {
			long++
			if unicode.IsUpper(first) {
				capitals++
			}
		}
	}
	switch {
	case lowers == 0 && loud >= 2:
		return loudVoice
	case long >= 4 && capitals*10 >= long*8:
		return titleVoice
	}
	return plainVoice
}

func hasLowerLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

const (
	fnvStart = 14695981039346656037
	fnvPrime = 1099511628211
)

// readWord hashes a token's form, shape and affixes in one pass over its letters.
func readWord(w *word, t *doc.Token, voice uint64) {
	*w = word{tag: model.HashString(t.XPOS)}
	var lower, shape, short uint64 = fnvStart, fnvStart, fnvStart
	var last byte
	var tail [4]rune
	count := 0
	for _, r := range t.Form {
		c := classOf(r)
		if count == 0 {
			w.capital, w.lower1 = c == 'X', c == 'x'
		}
		w.mark = w.mark || c == 'X' || c == '0'
		r = unicode.ToLower(r)
		lower = (lower ^ uint64(r)) * fnvPrime
		if count < 8 {
			shape = (shape ^ uint64(c)) * fnvPrime
		}
		if c != last {
			short = (short ^ uint64(c)) * fnvPrime
			last = c
		}
		count++
		if count >= 2 && count <= 4 {
			w.prefix[count-2] = lower
		}
		tail[0], tail[1], tail[2], tail[3] = tail[1], tail[2], tail[3], r
	}
	var suffix uint64 = fnvStart
	for k := 0; k < 4 && k < count; k++ {
		suffix = (suffix ^ uint64(tail[3-k])) * fnvPrime
		if k > 0 {
			w.suffix[k-1] = suffix
		}
	}
	w.lower = lower
	w.form, w.shape, w.short = model.HashString(t.Form), shape, short
	if voice == loudVoice {
		w.form, w.shape, w.short = lower, loudVoice, loudVoice
	}
}

// hashLower is the hash of a form in lower case, as readWord makes it.
func hashLower(form string) uint64 {
	lower := uint64(fnvStart)
	for _, r := range form {
		lower = (lower ^ uint64(unicode.ToLower(r))) * fnvPrime
	}
	return lower
}

// classOf is the letter that stands for a character in a shape.
func classOf(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z':
		return 'x'
	case r >= 'A' && r <= 'Z':
		return 'X'
	case r >= '0' && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return byte(r)
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLower(r):
		return 'x'
	case unicode.IsLetter(r):
		return 'y'
	}
	return '?'
}
