package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// dateline is the parts of one, as spans of the text.
type dateline struct {
	whole, place, date, agency, byline doc.Span
}

func (l dateline) fill(d *doc.Doc) {
	d.Head.Dateline, d.Head.Place, d.Head.Date, d.Head.Agency = l.whole, l.place, l.date, l.agency
}

// longestDateline is how far into a line its dash may stand, in bytes.
const longestDateline = 160

// dateline reads the dateline at the start of a line:
//
//	CAIRO, Nov 5 (Reuters) -     WASHINGTON/BEIJING (AP) —     Tehran, Nov 5, IRNA –     MOSCOW, November 5. /TASS/.
//	SAN SALVADOR, 3 JAN 90 (ACAN-EFE) -- [TEXT]     (Reuters) -     CLEVELAND, Feb 26 -
//
// A note in brackets ("(Corrects the figure in paragraph 3)") and a byline may stand before it.
func (h *Headline) dateline(text string, line doc.Span) (dateline, bool) {
	start := line.Start
	for range 2 {
		rest := text[start:line.End]
		if note := leadingNote(rest); note > 0 && !h.opensWithAgency(rest) {
			start = trimmed(text, int(start)+note, int(line.End)).Start
		}
	}
	head := text[start:min(line.End, start+longestDateline)]
	for _, s := range stops(head) {
		l, ok := h.parts(text, start, start+int32(s.start))
		if !ok {
			continue
		}
		if !s.dash && l.agency == (doc.Span{}) {
			continue
		}
		if s.weak && l.agency == (doc.Span{}) && l.date == (doc.Span{}) && !loud(text[l.place.Start:l.place.End]) {
			continue
		}
		l.whole.End = start + int32(s.end)
		l.whole.End = skipTags(text, l.whole.End, line.End)
		return l, true
	}
	return dateline{}, false
}

// leadingNote is the length of a bracketed note at the start of a line, 0 without one.
func leadingNote(s string) int {
	if s == "" || s[0] != '(' {
		return 0
	}
	depth := 0
	for i := 0; i < len(s) && i < 400; i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// opensWithAgency tells "(Reuters) - …" from a note.
func (h *Headline) opensWithAgency(s string) bool {
	end := strings.IndexByte(s, ')')
	return end > 0 && h.agencies.known(s[1:end])
}

// stop is what may end a dateline.
type stop struct {
	start, end int  // of the mark
	dash       bool // a dash, not the closing mark of an agency
	weak       bool // a lone hyphen or dash says little by itself
}

// stops are the places where a dateline may end, in order.
func stops(s string) []stop {
	var found []stop
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '-' && strings.HasPrefix(s[i:], "--"):
			n := len(s[i:]) - len(strings.TrimLeft(s[i:], "-"))
			found = append(found, stop{i, i + n, true, true})
			i += n
			continue
		case r == '-' || r == '–' || r == '—' || r == '―':
			before, after := i > 0 && (s[i-1] == ' ' || s[i-1] == ')'), i+size >= len(s) || s[i+size] == ' '
			if r != '-' || before && after || i > 1 && s[i-1] == '.' && s[i-2] == ')' {
				found = append(found, stop{i, i + size, true, true})
			}
		case r == '/' && strings.HasPrefix(s[i:], "/."): // MOSCOW, November 5. /TASS/.
			found = append(found, stop{i + 1, i + 2, false, false})
		case r == ')' && i+1 < len(s): // NEW DELHI, Nov 5 (PTI) The …
			found = append(found, stop{i + 1, i + 1, false, false})
			if strings.HasPrefix(s[i+1:], ":") {
				found[len(found)-1].end++
			}
		}
		i += size
	}
	// A dash right after a closing bracket is the better end of the same dateline.
	for i := 0; i+1 < len(found); i++ {
		if !found[i].dash && strings.Trim(s[found[i].start:found[i+1].start], " .:") == "" && found[i+1].dash {
			found = append(found[:i], found[i+1:]...)
		}
	}
	return found
}

// parts reads text[start:end], the dateline without its dash.
func (h *Headline) parts(text string, start, end int32) (dateline, bool) {
	var l dateline
	rest := trimmed(text, int(start), int(end))
	l.whole = rest
	rest = trimEnd(text, rest, ".:, ")
	if s, ok := h.agencyAtEnd(text, rest); ok {
		l.agency = s.inner
		rest = trimEnd(text, doc.Span{Start: rest.Start, End: s.outer.Start}, ",. ")
	}
	if s, ok := h.dateAtEnd(text, rest); ok {
		l.date = s
		rest = trimEnd(text, doc.Span{Start: rest.Start, End: s.Start}, ",. ")
	}
	l.byline, rest = leadingByline(text, rest)
	l.whole.Start = rest.Start
	l.place = rest
	if rest.Len() == 0 {
		l.whole.Start = l.agency.Start
		for l.whole.Start > start && text[l.whole.Start] != '(' {
			l.whole.Start--
		}
		return l, l.agency.Len() > 0 && h.agencies.known(text[l.agency.Start:l.agency.End])
	}
	place := text[rest.Start:rest.End]
	if !placeLike(place) {
		return l, false
	}
	switch {
	case l.agency.Len() > 0:
		return l, h.agencies.known(text[l.agency.Start:l.agency.End]) || loud(place)
	case l.date.Len() > 0:
		return l, true
	}
	return l, loud(place)
}

func trimEnd(text string, s doc.Span, set string) doc.Span {
	s.End = s.Start + int32(len(strings.TrimRight(text[s.Start:s.End], set)))
	return s
}

type bracketed struct{ inner, outer doc.Span }

// longestAgency is the length of the longest name in brackets that is taken for an agency, in bytes.
const longestAgency = 48

// agencyAtEnd finds "(Reuters)", "/TASS/" or ", IRNA" at the end of s.
func (h *Headline) agencyAtEnd(text string, s doc.Span) (bracketed, bool) {
	body := text[s.Start:s.End]
	if body == "" {
		return bracketed{}, false
	}
	opening := map[byte]string{')': "(", '/': "/"}[body[len(body)-1]]
	if opening != "" {
		i := strings.LastIndex(body[:len(body)-1], opening)
		if i < 0 || len(body)-i > longestAgency {
			return bracketed{}, false
		}
		inner := doc.Span{Start: s.Start + int32(i) + 1, End: s.End - 1}
		name := text[inner.Start:inner.End]
		if !h.agencies.known(name) && (!startsUpper(name) || strings.ContainsAny(name, ".;:")) {
			return bracketed{}, false
		}
		return bracketed{inner, doc.Span{Start: s.Start + int32(i), End: s.End}}, true
	}
	i := strings.LastIndexByte(body, ',')
	if i < 0 {
		return bracketed{}, false
	}
	inner := trimmed(text, int(s.Start)+i+1, int(s.End))
	if !h.agencies.known(text[inner.Start:inner.End]) {
		return bracketed{}, false
	}
	return bracketed{inner, doc.Span{Start: s.Start + int32(i), End: s.End}}, true
}

// dateAtEnd finds "Nov 5", "5 November 2012", "3 JAN 90", "November 5, 2012" at the end of s, after a comma or a
// full stop or at the start.
func (h *Headline) dateAtEnd(text string, s doc.Span) (doc.Span, bool) {
	body := text[s.Start:s.End]
	words := lastWords(body, 4)
	best := -1
	month, day := 0, 0
	for i := len(words) - 1; i >= 0; i-- {
		w := strings.Trim(body[words[i][0]:words[i][1]], ".,")
		switch {
		case h.months[strings.ToLower(w)]:
			month++
		case isNumber(w):
			day++
		case weekdays[strings.ToLower(w)]:
		default:
			i = -1
			continue
		}
		if month == 1 && day >= 1 && day <= 2 {
			best = words[i][0]
		}
		if month > 1 || day > 2 {
			break
		}
	}
	if best < 0 || best > 0 && !strings.ContainsAny(strings.TrimRight(body[:best], " ")[max(0, len(strings.TrimRight(body[:best], " "))-1):], ",.—–-") {
		return doc.Span{}, false
	}
	return trimEnd(text, doc.Span{Start: s.Start + int32(best), End: s.End}, " ,"), true
}

var weekdays = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// lastWords are the bounds of the last n words of s.
func lastWords(s string, n int) [][2]int {
	var words [][2]int
	end := len(s)
	for end > 0 && len(words) < n {
		for end > 0 && s[end-1] == ' ' {
			end--
		}
		start := end
		for start > 0 && s[start-1] != ' ' {
			start--
		}
		if start < end {
			words = append([][2]int{{start, end}}, words...)
		}
		end = start
	}
	return words
}

func isNumber(s string) bool {
	if s == "" || len(s) > 4 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// leadingByline parts "By Jane Roe CAIRO" into the byline and the place, which is in capitals.
func leadingByline(text string, s doc.Span) (byline, rest doc.Span) {
	body := text[s.Start:s.End]
	after, ok := cutFold(body, "by ")
	if !ok {
		return doc.Span{}, s
	}
	at := len(body) - len(after)
	for word := range strings.FieldsSeq(after) {
		i := at + strings.Index(body[at:], word)
		if loud(word) && len(word) > 3 && i > len("by ") {
			cut := s.Start + int32(i)
			return trimEnd(text, doc.Span{Start: s.Start, End: cut}, " ,"), doc.Span{Start: cut, End: s.End}
		}
		at = i + len(word)
	}
	return doc.Span{}, s
}

// placeLike tells whether s may be the places of a dateline: names, with commas and slashes between them.
func placeLike(s string) bool {
	if len(s) > 90 {
		return false
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == ',' })
	if len(words) == 0 || len(words) > 12 || !startsUpper(words[0]) {
		return false
	}
	for _, w := range words {
		if startsUpper(w) || nameParticles[strings.ToLower(w)] || strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "’") {
			continue
		}
		return false
	}
	return !strings.ContainsAny(s, "\"“”?!;:()[]")
}

// loud tells whether the first name of s is in capitals: "CAIRO", "MARRAKESH, Morocco".
func loud(s string) bool {
	name, _, _ := strings.Cut(s, ",")
	name, _, _ = strings.Cut(name, "/")
	upper := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			return false
		}
	}
	return upper >= 3
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// longestTag is the length of the longest tag that is passed over, in bytes.
const longestTag = 240

// skipTags passes over the tags that monitoring services put after the dash: "[REPORT] [TEXT]".
func skipTags(text string, at, end int32) int32 {
	for i := at; i < end; {
		for i < end && text[i] == ' ' {
			i++
		}
		if i >= end || text[i] != '[' {
			break
		}
		close := strings.IndexByte(text[i:min(end, i+longestTag)], ']')
		if close < 0 || !upperOnly(text[i:i+int32(close)]) {
			break
		}
		i += int32(close) + 1
		at = i
	}
	return at
}

func upperOnly(s string) bool {
	return strings.IndexFunc(s, unicode.IsLower) < 0
}

func monthNames() map[string]bool {
	names := map[string]bool{"sept": true}
	for _, m := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		names[m], names[m[:3]] = true, true
	}
	return names
}
