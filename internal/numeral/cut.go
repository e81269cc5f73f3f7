package numeral

import (
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// maxWord is the longest word that is looked up, in bytes.
const maxWord = 20

// cut appends the words, figures and marks of one token. Letters hold together with inner dots and apostrophes
// ("a.m.", "o'clock"), and with the last dot of an abbreviation; figures with the commas of thousands and a decimal point.
func (s *Scanner) cut(d *doc.Doc, token int32, items []Item) []Item {
	t := &d.Tokens[token]
	end := int(t.End)
	for i := int(t.Start); i < end; {
		item := Item{First: token, Last: token + 1, Glued: i > 0 && !blank(d.Text, i-1)}
		start := i
		c := d.Text[i]
		switch {
		case c >= '0' && c <= '9' || c == '.' && !item.Glued && digitAt(d.Text[:end], i+1): // ".5"
			i = readFigures(d.Text[:end], i, &item)
		case isLetter(c):
			i = letters(d.Text[:end], i)
			s.lookUp(d.Text[start:i], &item)
			if i == end-1 && start == int(t.Start) && d.Text[i] == '.' {
				i = end // an abbreviation keeps its dot: "Sept."
			}
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(d.Text[i:end])
			if unicode.IsLetter(r) {
				i = letters(d.Text[:end], i)
				break
			}
			i += size
			foreign(r, &item)
		default:
			item.Kind, item.Mark = Mark, c
			i++
		}
		item.Span = doc.Span{Start: int32(start), End: int32(i)}
		if !(item.Kind == Mark && item.Mark <= ' ' && item.Mark != 0) {
			items = append(items, item)
		}
	}
	return items
}

// foreign reads one character outside ASCII that is no letter.
func foreign(r rune, item *Item) {
	item.Kind = Mark
	switch r {
	case '–', '—', '‑', '−', '‒':
		item.Mark = '-'
	case '’', '‘', 'ʼ':
		item.Mark = '\''
	case '⁄':
		item.Mark = '/'
	case '½':
		item.Kind, item.Value, item.Figures = Cardinal, 0.5, true
	case '¼':
		item.Kind, item.Value, item.Figures = Cardinal, 0.25, true
	case '¾':
		item.Kind, item.Value, item.Figures = Cardinal, 0.75, true
	case '\u00a0', '\u2009', '\u202f':
		item.Mark = ' '
	}
}

func (s *Scanner) lookUp(word string, item *Item) {
	if len(word) > maxWord {
		return
	}
	var key [maxWord]byte
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		key[i] = c
	}
	e := s.words[string(key[:len(word)])]
	item.Word = e.id
	switch e.role {
	case unit, teen, ten:
		item.Kind, item.Value = Cardinal, e.value
	case ordinal:
		item.Kind, item.Value = Ordinal, e.value
	}
}

// letters is the end of a word that begins at i. Dots count inside a run of single letters ("a.m.", "U.S.").
func letters(text string, i int) int {
	start := i
	for i < len(text) {
		c := text[i]
		if isLetter(c) {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			i += size
			continue
		}
		if c == '.' && i == start+1 && i+1 < len(text) && isLetter(text[i+1]) {
			return dotted(text, start)
		}
		if c == '\'' && i == start+1 && (text[start] == 'o' || text[start] == 'O') && i+1 < len(text) && isLetter(text[i+1]) {
			i++ // o'clock
			continue
		}
		break
	}
	return i
}

// dotted is the end of a run of letters with a dot after each; the last dot counts.
func dotted(text string, i int) int {
	for i+1 < len(text) && isLetter(text[i]) && text[i+1] == '.' {
		i += 2
	}
	if i < len(text) && isLetter(text[i]) && (i+1 == len(text) || !isLetter(text[i+1])) {
		i++
	}
	return i
}

// readFigures reads digits from i: groups of three after commas, a decimal part, an ordinal ending.
func readFigures(text string, i int, item *Item) int {
	item.Kind, item.Figures = Cardinal, true
	value, start := 0.0, i
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		value = value*10 + float64(text[i]-'0')
		i++
	}
	if n := i - start; n < 20 {
		item.Width = uint8(n)
	}
	if i > start && i-start <= 3 {
		for grouped(text, i) {
			for _, c := range []byte(text[i+1 : i+4]) {
				value = value*10 + float64(c-'0')
			}
			i += 4
			item.Width = 0
		}
	}
	if i+1 < len(text) && text[i] == '.' && digitAt(text, i+1) {
		item.Width = 0
		i++
		scale := 1.0 // whole until the end, so that 45.88 comes out as it is written
		for ; i < len(text) && digitAt(text, i); i++ {
			value, scale = value*10+float64(text[i]-'0'), scale*10
		}
		value /= scale
	}
	item.Value = value
	if item.Width > 0 && i+2 <= len(text) && !(i+2 < len(text) && isLetter(text[i+2])) {
		switch string([]byte{text[i] | 0x20, text[i+1] | 0x20}) {
		case "st", "nd", "rd", "th":
			item.Kind = Ordinal
			i += 2
		}
	}
	return i
}

// grouped tells whether ",ddd" stands at i, and no fourth digit after it.
func grouped(text string, i int) bool {
	return i+3 < len(text) && text[i] == ',' && digitAt(text, i+1) && digitAt(text, i+2) && digitAt(text, i+3) && !digitAt(text, i+4)
}

func digitAt(text string, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func blank(text string, i int) bool {
	return text[i] <= ' ' || text[i] == 0xa0 && i > 0 && text[i-1] == 0xc2
}
