package clean

import (
	"strings"

	"annals/internal/doc"
)

// Headline is the stage that finds what stands around the body of a wire story: title, byline, dateline and
// sign-off. It may be used by several goroutines at once.
type Headline struct {
	agencies *agencies
	months   map[string]bool
}

// NewHeadline reads the table of agencies.
func NewHeadline() (*Headline, error) {
	a, err := readAgencies()
	if err != nil {
		return nil, err
	}
	return &Headline{agencies: a, months: monthNames()}, nil
}

// Name is the name of the stage.
func (h *Headline) Name() string { return "headline" }

// Reads nothing.
func (h *Headline) Reads() doc.Layer { return 0 }

// Writes is the headline.
func (h *Headline) Writes() doc.Layer { return doc.LayerHeadline }

// Annotate sets d.Head, and d.Publisher when it is empty and the dateline names an agency. The date of the
// document is left to the stage that knows the calendar.
func (h *Headline) Annotate(d *doc.Doc) error {
	d.Head = doc.Headline{}
	h.top(d)
	h.bottom(d)
	if d.Head.AgencyName != "" && d.Publisher == "" {
		d.Publisher = d.Head.AgencyName
	}
	d.Done |= doc.LayerHeadline
	return nil
}

// topLines is how many lines may stand above the body's first one.
const topLines = 8

// top reads the lines above the body, down to the dateline.
func (h *Headline) top(d *doc.Doc) {
	lines := firstLines(d.Text, topLines)
	body := -1
	for i, line := range lines {
		if at, ok := h.dateline(d.Text, line); ok {
			at.fill(d)
			d.Head.AgencyName = h.agencies.outlet(d.Slice(d.Head.Agency))
			if d.Head.Byline == (doc.Span{}) {
				d.Head.Byline = at.byline
			}
			body = i
			break
		}
		if isByline(d.Slice(line)) && i > 0 {
			d.Head.Byline = line
			continue
		}
		if i > 0 && d.Head.Byline == (doc.Span{}) && looksLikeBody(d.Slice(line)) {
			break
		}
	}
	d.Head.Title = titleLine(d, lines, body)
}

// firstLines are the first n lines that hold something, trimmed.
func firstLines(text string, n int) []doc.Span {
	var lines []doc.Span
	for at := 0; at < len(text) && len(lines) < n; {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if s := trimmed(text, at, end); s.Len() > 0 {
			lines = append(lines, s)
		}
		at = end + 1
	}
	return lines
}

// trimmed is [start, end) without the white space at its ends.
func trimmed(text string, start, end int) doc.Span {
	body := text[start:end]
	left := len(body) - len(strings.TrimLeft(body, " \t\r\n\f\v\u00a0\ufeff"))
	right := len(strings.TrimRight(body, " \t\r\n\f\v\u00a0"))
	return doc.Span{Start: int32(start + left), End: int32(start + max(left, right))}
}

// Bounds of a title, in bytes.
const (
	longestTitle = 220
	bodyLine     = 240
)

// titleLine is the first line when it reads like a title: short, no full stop at its end, something below it.
func titleLine(d *doc.Doc, lines []doc.Span, body int) doc.Span {
	if len(lines) < 2 || body == 0 {
		return doc.Span{}
	}
	first := d.Slice(lines[0])
	if d.Title != "" && strings.EqualFold(first, strings.TrimSpace(d.Title)) {
		return lines[0]
	}
	if len(first) > longestTitle || isByline(first) || endsLikeSentence(first) {
		return doc.Span{}
	}
	// Without a dateline or a byline below, the next line must be a paragraph, or a blank line must part the two.
	if body > 0 || d.Head.Byline.Len() > 0 || looksLikeBody(d.Slice(lines[1])) || blankLineAfter(d.Text, lines[0]) {
		return lines[0]
	}
	return doc.Span{}
}

func blankLineAfter(text string, line doc.Span) bool {
	breaks := 0
	for i := int(line.End); i < len(text); i++ {
		switch text[i] {
		case '\n':
			breaks++
		case ' ', '\t', '\r':
		default:
			return breaks > 1
		}
	}
	return false
}

func endsLikeSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’) ")
	return strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "..") && !endsInInitials(line)
}

// endsInInitials tells "in the U.S." from the end of a sentence.
func endsInInitials(line string) bool {
	n := len(line)
	return n >= 4 && line[n-1] == '.' && line[n-3] == '.' && 'A' <= line[n-2] && line[n-2] <= 'Z'
}

func looksLikeBody(line string) bool {
	return len(line) > bodyLine || endsLikeSentence(line) && len(line) > 80
}

// isByline tells a line such as "By Jane Roe and John Doe".
func isByline(line string) bool {
	rest, ok := cutFold(line, "by ")
	if !ok || len(line) > 120 || endsLikeSentence(line) {
		return false
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' })
	if len(words) == 0 || len(words) > 14 {
		return false
	}
	for _, w := range words {
		if startsUpper(w) || nameParticles[strings.ToLower(w)] {
			continue
		}
		return false
	}
	return true
}

// nameParticles may stand in a byline or a place name in lower case.
var nameParticles = map[string]bool{
	"and": true, "in": true, "of": true, "the": true, "de": true, "da": true, "do": true, "dos": true, "del": true, "la": true, "el": true, "al": true,
	"van": true, "von": true, "der": true, "den": true, "bin": true, "ibn": true, "y": true, "e": true, "&": true, "at": true, "for": true, "with": true, "on": true, "near": true,
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
