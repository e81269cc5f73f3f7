package segment

import (
	"iter"
	"strings"
	"unicode/utf8"

	"annals/internal/doc"
)

// block is a stretch of text that no sentence leaves.
type block struct {
	doc.Span
	paragraph bool // it begins a paragraph
	kind      doc.SentenceKind
}

// blocks cuts a document at its paragraphs and at the borders of its headline parts.
func blocks(d *doc.Doc) iter.Seq[block] {
	return func(yield func(block) bool) {
		parts := headlineParts(d)
		for p := range paragraphs(d.Text) {
			begins := true
			for start := p.Start; start < p.End; {
				b := block{Span: doc.Span{Start: start, End: p.End}, paragraph: begins}
				for _, part := range parts {
					switch {
					case part.Start <= start && start < part.End:
						b.End, b.kind = min(b.End, part.End), part.kind
					case part.Start > start:
						b.End = min(b.End, part.Start)
					}
				}
				// A part border inside a run of letters would be an error of the headline; it is kept all the same.
				if b.End <= start {
					b.End = p.End
				}
				if !yield(b) {
					return
				}
				begins = begins && strings.TrimSpace(d.Text[start:b.End]) == ""
				start = b.End
			}
		}
	}
}

// headlineParts are the parts of the headline that are no sentence of the body.
func headlineParts(d *doc.Doc) []block {
	var parts []block
	add := func(s doc.Span, kind doc.SentenceKind) {
		if s.End > s.Start {
			parts = append(parts, block{Span: s, kind: kind})
		}
	}
	h := d.Head
	add(h.Title, doc.InTitle)
	add(h.Byline, doc.InByline)
	add(h.SignOff, doc.InSignOff)
	// A dateline that opens a sentence is no part of it either: the parser would take the town for its subject.
	add(h.Dateline, doc.InDateline)
	return parts
}

// paragraphs cuts a text at blank lines, and at every line end unless the text is wrapped to a width.
func paragraphs(text string) iter.Seq[doc.Span] {
	return func(yield func(doc.Span) bool) {
		width := wrapWidth(text)
		start := 0
		for start < len(text) {
			end := start
			for {
				lineEnd := endOfLine(text, end)
				next := min(lineEnd+1, len(text))
				if next >= len(text) || !continues(text[end:lineEnd], text[next:endOfLine(text, next)], width) {
					end = lineEnd
					break
				}
				end = next
			}
			if end > start && !yield(doc.Span{Start: int32(start), End: int32(end)}) {
				return
			}
			start = end + 1
		}
	}
}

func endOfLine(text string, from int) int {
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(text)
}

// Bounds on what counts as a text wrapped to a width.
const (
	narrowest, widest = 40, 132
	fullShare         = 0.75 // of the lines that another follows were as full as they could be
	fewestLines       = 3
)

// wrapWidth is the width in characters to which a text was wrapped, 0 when its lines are paragraphs. In a wrapped
// text nearly every line that another one follows had no room for that one's first word.
func wrapWidth(text string) int {
	width, lines := 0, 0
	pairs := func(visit func(line, next string)) {
		previous := ""
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			if strings.TrimSpace(previous) != "" && strings.TrimSpace(line) != "" && (!indented(line) || indented(previous)) {
				visit(previous, line)
			}
			previous = line
		}
	}
	pairs(func(line, _ string) {
		width = max(width, columns(line))
		lines++
	})
	if lines < fewestLines || width < narrowest || width > widest {
		return 0
	}
	full, open := 0, 0
	pairs(func(line, next string) {
		if isFull(line, next, width) {
			full++
			if !endsSentence(line) {
				open++
			}
		}
	})
	if float64(full) < fullShare*float64(lines) || open*2 < full {
		return 0
	}
	return width
}

// indented tells whether a line begins with white space; after one that does not, it begins a paragraph.
func indented(line string) bool { return line[0] == ' ' || line[0] == '\t' }

// isFull tells whether a line had no room for the first word of the next one.
func isFull(line, next string, width int) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(next), " ")
	return columns(strings.TrimRight(line, " \t\r"))+1+columns(word) > width-wrapSlack
}

// wrapSlack allows for wrappers that stop a little early.
const wrapSlack = 3

func columns(s string) int { return utf8.RuneCountInString(s) }

func endsSentence(line string) bool {
	line = strings.TrimRight(line, " \t\r\"'”’)]")
	return line != "" && strings.IndexByte(".!?", line[len(line)-1]) >= 0
}

// continues tells whether a line goes on in the next one.
func continues(line, next string, width int) bool {
	if width == 0 || strings.TrimSpace(line) == "" || strings.TrimSpace(next) == "" {
		return false
	}
	if indented(next) && !indented(line) {
		return false
	}
	return isFull(line, next, width)
}

// allCapitals tells whether a block is written in capitals only, as old wires and many headlines are.
func allCapitals(s string) bool {
	upper, lower := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
			lower++
		case 'A' <= c && c <= 'Z':
			upper++
		}
		if lower > 8 && lower > upper {
			return false
		}
	}
	return upper > 8 && lower*10 < upper
}
