package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// The quotation-mark layer. One pass over each paragraph keeps a stack of open marks, so the work is linear however
// badly the marks are balanced. Conventions of newswire that it knows: every paragraph of a long quotation opens with
// a mark and only the last one closes it; single marks quote inside double ones, or are the outer marks of British
// papers; an apostrophe, a possessive, a decade (’90s) and an inch sign (6'2") are no quotation marks.

type markKind uint8

const (
	noMark     markKind = iota
	openMark            // “ „ «
	closeMark           // ” »
	doubleMark          // " : its side is told by its neighbours
	singleOpen          // ‘ or ' where it can open
	singleEnd           // ’ or ' where it can close
)

// mark is one quotation mark: its bytes and what it can be.
type mark struct {
	at, end int32
	kind    markKind
	weak    bool // a closing single mark that is more likely a plural possessive: "the rebels' leader"
	opens   bool // of a straight double mark: its neighbours say that it opens
	closes  bool
}

// open is a mark that waits for its partner.
type open struct {
	mark   mark
	index  int32 // of the quote it has become
	single bool
}

// readMarks finds the quotations of the text, in order of their start.
func readMarks(d *doc.Doc) []doc.Quote {
	r := markReader{doc: d}
	for first := 0; first < len(d.Sentences); {
		last := first + 1
		for last < len(d.Sentences) && d.Sentences[last].Paragraph == d.Sentences[first].Paragraph {
			last++
		}
		r.paragraph(d.Sentences[first].Start, d.Sentences[last-1].End)
		first = last
	}
	return r.keep()
}

type markReader struct {
	doc     *doc.Doc
	quotes  []doc.Quote
	dropped []bool // quotes that never found a partner: apostrophes and stray marks
	marks   []mark
	stack   []open
	doubles []int // where on the stack the double marks are, so that no step has to search for them
}

func (r *markReader) paragraph(start, end int32) {
	r.marks = findMarks(r.doc.Text, start, end, r.marks[:0])
	r.truncate(0)
	for i := range r.marks {
		r.step(r.marks, i)
	}
	r.finish(end)
}

func (r *markReader) step(marks []mark, i int) {
	m := marks[i]
	switch m.kind {
	case openMark:
		r.endUnclosed(m.at)
		r.push(m, false)
	case closeMark:
		r.closeDouble(m)
	case doubleMark:
		isOpen := r.openDouble() >= 0
		switch {
		case !isOpen && !m.closes:
			r.push(m, false)
		case isOpen && m.opens && !m.closes:
			r.endUnclosed(m.at)
			r.push(m, false)
		case isOpen:
			r.closeDouble(m)
		}
	case singleOpen:
		r.push(m, true)
	case singleEnd:
		r.closeSingle(marks, i)
	}
}

func (r *markReader) push(m mark, single bool) {
	outer := doc.None
	if n := len(r.stack); n > 0 {
		outer = r.stack[n-1].index
	}
	if !single {
		r.doubles = append(r.doubles, len(r.stack))
	}
	r.stack = append(r.stack, open{mark: m, index: int32(len(r.quotes)), single: single})
	r.quotes = append(r.quotes, doc.Quote{Span: doc.Span{Start: m.at, End: m.end}, Inner: doc.Span{Start: m.end, End: m.end}, Outer: outer})
	r.dropped = append(r.dropped, true)
}

// openDouble is the place on the stack of the innermost open double mark, or -1.
func (r *markReader) openDouble() int {
	if n := len(r.doubles); n > 0 {
		return r.doubles[n-1]
	}
	return -1
}

// truncate takes everything from place at off the stack.
func (r *markReader) truncate(at int) {
	r.stack = r.stack[:at]
	for n := len(r.doubles); n > 0 && r.doubles[n-1] >= at; n-- {
		r.doubles = r.doubles[:n-1]
	}
}

func (r *markReader) closeDouble(m mark) {
	at := r.openDouble()
	if at < 0 {
		return
	}
	r.end(r.stack[at], m.at, m.end, false)
	r.truncate(at) // single marks left open inside were apostrophes
}

func (r *markReader) closeSingle(marks []mark, i int) {
	n := len(r.stack)
	if n == 0 || !r.stack[n-1].single {
		return
	}
	m := marks[i]
	if m.weak && strongEndFollows(marks, i) {
		return
	}
	r.end(r.stack[n-1], m.at, m.end, false)
	r.truncate(n - 1)
}

// strongEndFollows tells whether the next single mark is a closing one that is no possessive. It looks at the next
// few marks only.
func strongEndFollows(marks []mark, i int) bool {
	for j := i + 1; j < len(marks) && j < i+4; j++ {
		switch {
		case marks[j].kind == singleEnd && !marks[j].weak:
			return true
		case marks[j].kind != singleEnd:
			return false
		}
	}
	return false
}

// endUnclosed closes a double mark that a further opening mark at limit shows to have lost its partner: the quotation
// ends with its sentence, or before the new mark.
func (r *markReader) endUnclosed(limit int32) {
	at := r.openDouble()
	if at < 0 {
		return
	}
	o := r.stack[at]
	end := min(sentenceEnd(r.doc, o.mark.at), limit)
	for end > o.mark.end && isSpace(r.doc.Text[end-1]) {
		end--
	}
	r.end(o, end, end, true)
	r.truncate(at)
}

// finish closes what is still open at the end of a paragraph.
func (r *markReader) finish(end int32) {
	if at := r.openDouble(); at >= 0 {
		r.end(r.stack[at], end, end, true)
	}
	r.truncate(0)
}

func (r *markReader) end(o open, inner, end int32, unended bool) {
	q := &r.quotes[o.index]
	q.Inner.End, q.Span.End, q.Unended = inner, end, unended
	r.dropped[o.index] = inner <= q.Inner.Start
}

// keep drops the marks that came to nothing and renumbers the rest.
func (r *markReader) keep() []doc.Quote {
	index := make([]int32, len(r.quotes))
	var kept []doc.Quote
	for i, q := range r.quotes {
		index[i] = doc.None
		if q.Outer != doc.None {
			q.Outer = index[q.Outer]
		}
		if r.dropped[i] {
			index[i] = q.Outer
			continue
		}
		if q.Outer != doc.None && !kept[q.Outer].Contains(q.Span) {
			q.Outer = doc.None
		}
		index[i] = int32(len(kept))
		kept = append(kept, q)
	}
	return kept
}

// findMarks lists the marks of a paragraph.
func findMarks(text string, start, end int32, marks []mark) []mark {
	for i := start; i < end; {
		c := text[i]
		if c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		m := mark{at: i, end: i + int32(size)}
		switch r {
		case '“', '„', '«', '‟':
			m.kind = openMark
		case '”', '»':
			m.kind = closeMark
		case '"':
			straightDouble(text, start, end, &m)
		case '`':
			if i+1 < end && text[i+1] == '`' {
				m.kind, m.end = openMark, i+2
			} else {
				singleMark(text, start, end, &m, true, false)
			}
		case '\'':
			if i+1 < end && text[i+1] == '\'' {
				m.end = i + 2
				m.kind = doubleMark
				m.opens, m.closes = sides(text, start, end, &m)
			} else {
				singleMark(text, start, end, &m, true, true)
			}
		case '‘', '‚', '‛':
			singleMark(text, start, end, &m, true, false)
		case '’':
			singleMark(text, start, end, &m, false, true)
		}
		if m.kind != noMark {
			marks = append(marks, m)
		}
		i = m.end
	}
	return marks
}

func straightDouble(text string, start, end int32, m *mark) {
	m.kind = doubleMark
	m.opens, m.closes = sides(text, start, end, m)
	before, _ := runeBefore(text, start, m.at)
	if unicode.IsDigit(before) && m.closes && inches(text, start, m.at) {
		m.kind = noMark
	}
}

// inches tells whether the digits before at follow a foot sign: 6'2".
func inches(text string, start, at int32) bool {
	i := at
	for i > start && text[i-1] >= '0' && text[i-1] <= '9' {
		i--
	}
	return i > start && (text[i-1] == '\'' || strings.HasSuffix(text[start:i], "’"))
}

// sides tells from its neighbours whether a straight mark can open and whether it can close.
func sides(text string, start, end int32, m *mark) (opens, closes bool) {
	before, hasBefore := runeBefore(text, start, m.at)
	after, hasAfter := runeAfter(text, end, m.end)
	left := !hasBefore || unicode.IsSpace(before) || strings.ContainsRune("([{-–—‘'“/", before)
	right := !hasAfter || unicode.IsSpace(after) || strings.ContainsRune(")]}.,;:!?-–—’'/", after)
	return left && !(hasAfter && unicode.IsSpace(after)) && hasAfter, right && hasBefore && !unicode.IsSpace(before)
}

// singleMark classifies a single mark; mayOpen and mayClose are what its shape allows.
func singleMark(text string, start, end int32, m *mark, mayOpen, mayClose bool) {
	before, hasBefore := runeBefore(text, start, m.at)
	after, hasAfter := runeAfter(text, end, m.end)
	boundary := !hasBefore || unicode.IsSpace(before) || strings.ContainsRune("([{-–—\"“", before)
	word := hasAfter && (unicode.IsLetter(after) || unicode.IsDigit(after) || strings.ContainsRune("$£€.…", after))
	switch {
	case mayOpen && boundary && word && !elision(text[m.end:end]):
		m.kind = singleOpen
	case mayClose && hasBefore && !unicode.IsSpace(before) && !(hasAfter && (unicode.IsLetter(after) || unicode.IsDigit(after))):
		m.kind = singleEnd
		if before == 's' && hasAfter && after == ' ' {
			next, _ := runeAfter(text, end, m.end+1)
			m.weak = unicode.IsLetter(next) || unicode.IsDigit(next)
		}
	}
}

// elisions are words that begin with an apostrophe.
var elisions = [...]string{"em ", "em.", "em,", "tis ", "twas ", "til ", "cause ", "n' ", "n’ ", "n ", "bout ", "round "}

func elision(rest string) bool {
	if len(rest) >= 2 && rest[0] >= '0' && rest[0] <= '9' && rest[1] >= '0' && rest[1] <= '9' && (len(rest) == 2 || rest[2] == 's' || rest[2] == ' ') {
		return true
	}
	for _, e := range elisions {
		if len(rest) >= len(e) && strings.EqualFold(rest[:len(e)], e) {
			return true
		}
	}
	return false
}

func runeBefore(text string, start, at int32) (rune, bool) {
	if at <= start {
		return 0, false
	}
	r, _ := utf8.DecodeLastRuneInString(text[start:at])
	return r, true
}

func runeAfter(text string, end, at int32) (rune, bool) {
	if at >= end {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(text[at:end])
	return r, true
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// sentenceEnd is the end of the sentence that holds the byte at.
func sentenceEnd(d *doc.Doc, at int32) int32 {
	low, high := 0, len(d.Sentences)-1
	for low < high {
		mid := (low + high + 1) / 2
		if d.Sentences[mid].Start <= at {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return d.Sentences[low].End
}
