package weapon

import (
	"strings"

	"annals/internal/doc"
)

// matcher is the scratch of one call of Find.
type matcher struct {
	finder   *Finder
	doc      *doc.Doc
	key      [24]byte
	sentence int32  // the sentence that lower holds
	lower    string // its text, lower case, with blanks for all that is neither letter nor digit
}

// limit is where an expression that starts with token i must end: no expression crosses a sentence border.
func (m *matcher) limit(i, last int32) int32 {
	if s := m.doc.Tokens[i].Sentence; int(s) < len(m.doc.Sentences) {
		return min(last, m.doc.Sentences[s].Last)
	}
	return last
}

// at finds the longest expression that starts with token i and ends before token limit; row -1 when there is none.
func (m *matcher) at(i, limit int32) (row int, end int32) {
	row = -1
	t := &m.doc.Tokens[i]
	if t.Len() == 0 {
		return
	}
	for _, p := range m.finder.phrases[string(m.firstWord(t.Start))] {
		if p.capital && !isUpper(m.doc.Text[t.Start]) {
			continue
		}
		stop := m.phraseEnd(t.Start, &p)
		if stop < 0 {
			continue
		}
		if last := m.tokenEnd(i, limit, stop); last > end && m.allowed(i, last, p.row) {
			row, end = p.row, last
		}
	}
	if isUpper(m.doc.Text[t.Start]) {
		if r, last := m.designation(i, limit); last > end && m.allowed(i, last, r) {
			row, end = r, last
		}
	}
	return row, end
}

// firstWord is the lower-case run of letters at an offset.
func (m *matcher) firstWord(at int32) []byte {
	n := 0
	for ; n < len(m.key) && int(at)+n < len(m.doc.Text); n++ {
		c := lowerByte(m.doc.Text[int(at)+n])
		if (c < 'a' || c > 'z') && c != '\'' {
			break
		}
		m.key[n] = c
	}
	return m.key[:n]
}

// phraseEnd is where the phrase ends when it is found at an offset, else -1. A plural s is taken in.
func (m *matcher) phraseEnd(at int32, p *phrase) int32 {
	text := m.doc.Text[at:]
	n := 0
	for j := 0; j < len(p.text); j++ {
		if p.text[j] == ' ' {
			from := n
			for n < len(text) && (text[n] == ' ' || text[n] == '\n' || text[n] == '-') && n-from < 3 {
				n++
			}
			if n == from {
				return -1
			}
			continue
		}
		if n >= len(text) || lowerByte(text[n]) != p.text[j] {
			return -1
		}
		n++
	}
	if !p.exact {
		if n+1 < len(text) && lowerByte(text[n]) == 'e' && lowerByte(text[n+1]) == 's' && !letterAt(text, n+2) {
			n += 2
		} else if n < len(text) && lowerByte(text[n]) == 's' && !letterAt(text, n+1) {
			n++
		}
	}
	if letterAt(text, n) {
		return -1
	}
	return at + int32(n)
}

// tokenEnd is the token after the one that ends at an offset, or -1 when none does.
func (m *matcher) tokenEnd(i, limit, stop int32) int32 {
	for ; i < limit && m.doc.Tokens[i].Start < stop; i++ {
		if m.doc.Tokens[i].End == stop {
			return i + 1
		}
	}
	return -1
}

// designation reads a type name: capital first, letters, hyphen or slash, digits, then at most four letters or
// digits and a short second part ("S-300PMU-2"). Without a hyphen, one letter is not enough ("F16": two must follow).
func (m *matcher) designation(i, limit int32) (row int, end int32) {
	text := m.doc.Text[m.doc.Tokens[i].Start:]
	var letters [6]byte
	n, k, hyphen := 0, 0, false
	for ; n < len(text) && n < 10; n++ {
		c := text[n]
		if c == '/' && n > 0 {
			continue
		}
		if c == '-' && n > 0 {
			hyphen = true
			continue
		}
		if c = lowerByte(c) &^ 0x20; c < 'A' || c > 'Z' {
			break
		}
		if k == len(letters) {
			return -1, 0
		}
		letters[k] = c
		k++
	}
	digits := n
	for n < len(text) && n-digits < 5 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n == digits || k == 0 {
		return -1, 0
	}
	candidates := m.finder.designations[string(letters[:k])]
	if len(candidates) == 0 {
		return -1, 0
	}
	number := text[digits:n]
	stop := n + suffix(text[n:])
	last := m.tokenEnd(i, limit, m.doc.Tokens[i].Start+int32(stop))
	if last < 0 {
		if last = m.tokenEnd(i, limit, m.doc.Tokens[i].Start+int32(n)); last < 0 {
			return -1, 0
		}
	}
	row = -1
	for _, c := range candidates {
		if k == 1 && !hyphen && len(c.number) < 2 {
			continue
		}
		if c.number == "" && row < 0 || c.number == number || strings.HasPrefix(text[digits:stop], c.number) && len(c.number) > len(number) {
			row = c.row
		}
	}
	if row < 0 {
		return -1, 0
	}
	return row, last
}

// suffix is the length of a variant mark: "B3", "A2", "PMU-2".
func suffix(text string) int {
	n := 0
	for n < len(text) && n < 4 && alnum(text[n]) {
		n++
	}
	if n > 0 && n+1 < len(text) && text[n] == '-' && text[n+1] >= '0' && text[n+1] <= '9' {
		n += 2
	}
	if n < len(text) && alnum(text[n]) {
		return 0
	}
	if n > 0 && lowerByte(text[0]) == 's' && n == 1 { // "F-16s"
		return 1
	}
	return n
}

// allowed checks the row's needs and exceptions, and that the words are not a verb.
func (m *matcher) allowed(first, last int32, row int) bool {
	d, r := m.doc, &m.finder.rows[row]
	if d.Done&doc.LayerSyntax != 0 && last == first+1 {
		switch d.Tokens[first].UPOS {
		case "VERB", "AUX", "PRON", "ADV", "ADP":
			return false
		}
	}
	if len(r.before) == 0 && len(r.after) == 0 && len(r.needs) == 0 {
		return true
	}
	text := m.sentenceText(d.Tokens[first].Sentence)
	base := d.Sentences[d.Tokens[first].Sentence].Start
	left, right := text[:d.Tokens[first].Start-base+1], text[d.Tokens[last-1].End-base+1:]
	for _, w := range r.before {
		if endsWithWord(left, w) {
			return false
		}
	}
	for _, w := range r.after {
		if startsWithWord(right, w) {
			return false
		}
	}
	if len(r.needs) == 0 {
		return true
	}
	for _, w := range r.needs {
		if hasWord(left, w) || hasWord(right, w) {
			return true
		}
	}
	return false
}

// sentenceText is the sentence in lower case between two blanks, byte for byte as long as the original.
func (m *matcher) sentenceText(s int32) string {
	if m.sentence != s {
		text := m.doc.Slice(m.doc.Sentences[s].Span)
		out := make([]byte, 0, len(text)+2)
		out = append(out, ' ')
		for i := 0; i < len(text); i++ {
			c := lowerByte(text[i])
			if !alnum(c) && c < 0x80 {
				c = ' '
			}
			out = append(out, c)
		}
		m.sentence, m.lower = s, string(append(out, ' '))
	}
	return m.lower
}

// joins tells whether the words right after a hit belong to it: a plain word after a type or a name, or a name after
// a plain word ("Abrams" "tanks", "attack helicopters" do not need it).
func (m *matcher) joins(h Hit, row int) bool {
	next := &m.finder.rows[row]
	gap := m.doc.Text[m.doc.Tokens[h.Last-1].End:m.doc.Tokens[h.Last].Start]
	named := strings.Contains(h.ID, "-type") || strings.Contains(h.ID, "-name")
	return strings.TrimSpace(gap) == "" && (named || next.category == h.Category || next.category == "ammunition and explosives")
}

func endsWithWord(text, word string) bool {
	text = strings.TrimRight(text, " ")
	return strings.HasSuffix(text, word) && (len(text) == len(word) || text[len(text)-len(word)-1] == ' ')
}

func startsWithWord(text, word string) bool {
	text = strings.TrimLeft(text, " ")
	return strings.HasPrefix(text, word) && (len(text) == len(word) || text[len(word)] == ' ')
}

func hasWord(text, word string) bool {
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		end := i + len(word)
		if (i == 0 || text[i-1] == ' ') && (end == len(text) || text[end] == ' ') {
			return true
		}
		text = text[end:]
	}
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func alnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func letterAt(text string, i int) bool { return i < len(text) && alnum(text[i]) }
