package gazetteer

import "unicode/utf8"

// Fold appends the key of a name to key: lower case, no diacritics, no apostrophes or full stops, one space for
// hyphens, slashes and runs of white space. "St.-Étienne" and "St Etienne" have one key.
func Fold(key []byte, name string) []byte {
	start := len(key)
	space := false
	for i := 0; i < len(name); {
		c := name[i]
		size := 1
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == '\'' || c == '.' || c == '`' || c == ',':
			i++
			continue
		case c < utf8.RuneSelf:
			space = true
			i++
			continue
		default:
			var r rune
			r, size = utf8.DecodeRuneInString(name[i:])
			c = 0
			switch {
			case latin <= r && int(r-latin) < len(latinBase):
				c = latinBase[r-latin]
			case latinMore <= r && int(r-latinMore) < len(latinMoreBase):
				c = latinMoreBase[r-latinMore]
			}
			if c == 0 || c == '.' {
				i += size
				key = fold2(key, r, &space, start)
				continue
			}
		}
		if space && len(key) > start {
			key = append(key, ' ')
		}
		space = false
		key = append(key, c)
		i += size
	}
	return key
}

// fold2 handles runes that are no single Latin letter: ligatures are spelled out, quotes and combining marks vanish,
// spaces and dashes become a space, letters of other scripts stay.
func fold2(key []byte, r rune, space *bool, start int) []byte {
	var as string
	switch {
	case r == 'ß':
		as = "ss"
	case r == 'æ' || r == 'Æ':
		as = "ae"
	case r == 'œ' || r == 'Œ':
		as = "oe"
	case r == 'þ' || r == 'Þ':
		as = "th"
	case r == '‘' || r == '’' || r == 'ʻ' || r == 'ʼ' || r == 'ʿ' || r == 'ʾ' || r == '´' || 0x300 <= r && r < 0x370:
		return key
	case r < 0x2c0 || r > 0x36f && r < 0x2000 || r > 0x206f:
		if r == 0xa0 || r == utf8.RuneError || r == 0xd7 || r == 0xf7 {
			*space = true
			return key
		}
		as = string(r)
	default:
		*space = true
		return key
	}
	if *space && len(key) > start {
		key = append(key, ' ')
	}
	*space = false
	return append(key, as...)
}

// The base letters of the Latin letters from U+00C0 and from U+1E00 on, by their canonical decomposition in Unicode;
// "." where there is none.
const (
	latin     = 0xc0
	latinMore = 0x1e00
	latinBase = "" +
		"aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllll." +
		".llnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" +
		".b....o...d....ae...g...kk......oo.............uu..y............" +
		".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...." +
		"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............" +
		"................"
	latinMoreBase = "" +
		"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
		"wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"
)
