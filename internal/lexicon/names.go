package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	case 'æ', 'Æ':
		return hashFolded(hashFolded(h, 'a'), 'e')
	case 'œ', 'Œ':
		return hashFolded(hashFolded(h, 'o'), 'e')
	}
	r = unicode.ToLower(r)
	switch {
	case r >= 0xC0 && int(r) < 0xC0+len(latin) && latin[r-0xC0] != ' ':
		r = rune(latin[r-0xC0])
	case r >= 0x1E00 && int(r) < 0x1E00+len(latinAdditional) && latinAdditional[r-0x1E00] != ' ':
		r = rune(latinAdditional[r-0x1E00])
	}
	var buffer [utf8.UTFMax]byte
	for _, c := range buffer[:utf8.EncodeRune(buffer[:], r)] {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

// Base letters of U+00C0 to U+024F and of U+1E00 to U+1EFF, a blank where there is none: the first letter of the
// canonical decomposition in the Unicode Character Database, and o, l, i, d, h, t, e, n for the letters with strokes and
// their like, which have none.
const (
	latin = "aaaaaa ceeeeiiiidnooooo ouuuuyt aaaaaa ceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggg" +
		"hhhhiiiiiiiiii  jjkk llllll  llnnnnnn nnoooooo  rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs        " +
		"       ee      i        oo             uu    zz                      aaiioouuuuuuuuuu aaaa    ggkkoo" +
		"oo  j   gg  nnaa  ooaaaaeeeeiiiioooorrrruuuusstt  hh      aaeeooooooooyy                            "
	latinAdditional = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss" +
		"ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy s    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee" +
		"iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy      "
)

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
