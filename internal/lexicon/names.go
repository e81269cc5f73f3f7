package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// part is a word of a name, ready for lookup: letters and digits only, folded to lower case without accents.
// A hyphen ends a part and an apostrophe or full stop inside a word vanishes, so that "al-Ahram", "Al Ahram", "Ja'afari", "Jaafari",
// "U.N." and "UN" meet. The possessive "'s" is a part of its own.
type part struct {
	hash    uint64
	token   int32 // token the part lies in; unused in tables
	capital bool  // begins with an upper-case letter
	upper   bool  // two or more letters, all upper-case
	dotted  bool  // written with full stops: "U.S."
	first   bool  // begins its token
	last    bool  // ends its token
}

const possessive uint64 = 0x27735f

const (
	fnvOffset uint64 = 14695981039346656037
	fnvPrime  uint64 = 1099511628211
)

// appendParts appends the parts of one written word.
func appendParts(parts []part, word string, token int32) []part {
	if word == "'s" || word == "’s" || word == "'S" || word == "’S" {
		return append(parts, part{hash: possessive, token: token, first: true, last: true})
	}
	begin := len(parts)
	p, letters, ups := part{hash: fnvOffset}, 0, 0
	end := func() {
		if letters > 0 {
			p.upper = ups == letters && ups > 1
			p.token = token
			parts = append(parts, p)
		}
		p, letters, ups = part{hash: fnvOffset}, 0, 0
	}
	for i := 0; i < len(word); {
		c := word[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(word[i:])
			i += size
			if r == '’' || r == 'ʼ' || r == '‘' {
				continue
			}
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				if !unicode.Is(unicode.Mn, r) {
					end()
				}
				continue
			}
			if unicode.IsUpper(r) {
				ups++
				p.capital = p.capital || letters == 0
			}
			letters++
			p.hash = hashFolded(p.hash, r)
			continue
		}
		i++
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			letters++
		case 'A' <= c && c <= 'Z':
			ups++
			p.capital = p.capital || letters == 0
			letters++
			c += 'a' - 'A'
		case c == '\'' || c == '`':
			continue
		case c == '.':
			p.dotted = p.dotted || letters > 0
			continue
		case c == '&' && len(word) == 1:
			return append(parts, andPart(token))
		default:
			end()
			continue
		}
		p.hash = (p.hash ^ uint64(c)) * fnvPrime
	}
	end()
	if len(parts) > begin {
		parts[begin].first = true
		parts[len(parts)-1].last = true
	}
	return parts
}

// andPart reads "&" as "and".
func andPart(token int32) part {
	h := fnvOffset
	for _, c := range []byte("and") {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return part{hash: h, token: token, first: true, last: true}
}

// hashFolded adds a letter outside ASCII, without its accents and in lower case.
func hashFolded(h uint64, r rune) uint64 {
	switch r {
	case 'ß':
		return hashFolded(hashFolded(h, 's'), 's')
	case 'ø', 'Ø':
		r = 'o'
	case 'ł', 'Ł':
		r = 'l'
	case 'ı':
		r = 'i'
	case 'đ', 'Đ':
		r = 'd'
	case 'æ', 'Æ':
		return hashFolded(hashFolded(h, 'a'), 'e')
	}
	var buffer, folded [utf8.UTFMax * 4]byte
	n := utf8.EncodeRune(buffer[:], unicode.ToLower(r))
	for _, c := range norm.NFD.Append(folded[:0], buffer[:n]...) {
		// Combining marks (U+0300 to U+036F) begin with 0xCC or 0xCD; dropping those bytes and what follows them
		// leaves the base letter.
		if c == 0xCC || c == 0xCD {
			break
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

// nameParts are the parts of a name in a table; a leading "the" is not part of it.
func nameParts(parts []part, name string) []part {
	parts = parts[:0]
	for word := range strings.FieldsSeq(name) {
		if len(parts) == 0 && (word == "the" || word == "The") && len(name) > len(word) {
			continue
		}
		stem, cut := strings.CutSuffix(word, "'s")
		parts = appendParts(parts, stem, 0)
		if cut {
			parts = appendParts(parts, "'s", 0)
		}
	}
	return parts
}

// shape tells which of the first 32 parts a text must write with a capital, and which all in capitals. A short
// word all in capitals is an acronym ("WHO"): it must not match "who".
func shape(parts []part) (capital, upper uint32) {
	for i := range parts {
		if parts[i].capital {
			capital |= 1 << i
		}
		if parts[i].upper {
			upper |= 1 << i
		}
	}
	return capital, upper
}
