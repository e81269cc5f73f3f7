package segment

import (
	"unicode"
	"unicode/utf8"

	"annals/internal/model"
)

// class is the kind of a character.
type class uint8

const (
	space class = iota
	letter
	digit
	mark // everything else, each character a kind of its own
)

var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case c == ' ' || '\t' <= c && c <= '\r' || 0x1c <= c && c <= 0x1f:
			t[c] = space
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		default:
			t[c] = mark
		}
	}
	return t
}()

// classAt is the class of the character at byte i, and its size.
func classAt(text string, i int) (class, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case unicode.IsSpace(r):
		return space, size
	case unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u200c' || r == '\u200d':
		return letter, size
	case unicode.IsDigit(r):
		return digit, size
	}
	return mark, size
}

// atom is a run of letters, of digits, or of one mark.
type atom struct {
	start, end int32
	class      class
}

// shape tells the case of a word and little more.
type shape uint64

const (
	noWord shape = iota
	lowerWord
	capitalWord // "Syria"
	capital     // "A"
	upperWord   // "UN"
	mixedWord   // "iPhone"
	number
	marks
	letterNumber // begins with a digit, or holds one
)

func shapeOf(text string) shape {
	switch {
	case text == "":
		return noWord
	case len(text) > longWord: // keeps a chunk of any length linear
		return mixedWord
	}
	uppers, lowers, digits, others := 0, 0, 0, 0
	firstUpper := false
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			lowers++
		case 'A' <= r && r <= 'Z':
			uppers++
			firstUpper = firstUpper || i == 0
		case '0' <= r && r <= '9':
			digits++
		case r < utf8.RuneSelf:
			others++
		case unicode.IsUpper(r):
			uppers++
			firstUpper = firstUpper || i == 0
		case unicode.IsLetter(r):
			lowers++
		default:
			others++
		}
	}
	switch {
	case uppers+lowers+digits == 0:
		return marks
	case uppers+lowers == 0:
		return number
	case digits > 0:
		return letterNumber
	case uppers == 0:
		return lowerWord
	case lowers == 0 && uppers == 1:
		return capital
	case lowers == 0:
		return upperWord
	case firstUpper && uppers == 1:
		return capitalWord
	}
	return mixedWord
}

// longWord is the length in bytes from which words are not told apart.
const longWord = 32

// hashLower is model.HashString of s in ASCII lower case; all long words have one hash.
func hashLower(s string) uint64 {
	var buffer [longWord]byte
	if key := lower(buffer[:], s); key != nil {
		return model.HashString(string(key))
	}
	return longWord
}

// kindOf is what a word is apart from which word it is: the mark itself (all currency signs, all apostrophes and all
// dashes are one), or a shape.
func kindOf(word string) uint64 {
	if word == "" {
		return uint64(noWord)
	}
	if c := word[0]; c < utf8.RuneSelf && ascii[c] != mark {
		return uint64(shapeOf(word))
	}
	r, size := utf8.DecodeRuneInString(word)
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return uint64(shapeOf(word))
	}
	switch {
	case unicode.Is(unicode.Sc, r):
		r = '$'
	case r == '’' || r == '‘' || r == '´' || r == '`':
		r = '\''
	case r == '–' || r == '—' || r == '―' || r == '-' && len(word) > size:
		r = '–'
	case r == '“' || r == '”' || r == '«' || r == '»':
		// which side they stand on tells as much as their form
	case len(word) > 2 && word[0] == '.':
		r = '…'
	}
	more := uint64(0)
	if len(word) > size {
		more = 1
		if second, _ := utf8.DecodeRuneInString(word[size:]); unicode.IsLetter(second) || unicode.IsDigit(second) {
			return 200 + uint64(r)<<8
		}
	}
	return 100 + more + uint64(r)<<8
}
