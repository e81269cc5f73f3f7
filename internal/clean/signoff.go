package clean

import (
	"strings"

	"annals/internal/doc"
)

// signOffs open the lines below a story that say who made it, in lower case. An opening bracket may stand before.
var signOffs = []string{
	"reporting by", "reporting and writing by", "additional reporting", "writing by", "editing by", "compiled by", "written by", "reported by",
	"writing and editing by", "reporting and editing by", "graphic by", "graphics by", "contributing", "our standards:",
	"copyright", "(c) copyright", "© ", "©", "all rights reserved", "click for restrictions", "this material may not be published",
}

// longestSignOff is how far before the end of the text a sign-off may begin, in bytes.
const longestSignOff = 1500

// bottom finds the sign-off: it begins a line or follows a full stop, and nothing but sign-offs comes after it.
func (h *Headline) bottom(d *doc.Doc) {
	text := d.Text
	whole := trimmed(text, 0, len(text))
	from := max(whole.Start, whole.End-longestSignOff, d.Head.Dateline.End, d.Head.Title.End)
	for at := from; at < whole.End; at++ {
		if !mayOpenSignOff(text, at, from) || !opensSignOff(text[at:whole.End]) {
			continue
		}
		if onlySignOffs(text[at:whole.End]) {
			d.Head.SignOff = doc.Span{Start: at, End: whole.End}
			return
		}
	}
}

// mayOpenSignOff tells whether byte at begins a line, or a bracket or word after the end of a sentence.
func mayOpenSignOff(text string, at, from int32) bool {
	c := text[at]
	if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
		return false
	}
	before := strings.TrimRight(text[from:at], " \t\r")
	if before == "" {
		return from > 0 || at == 0
	}
	last := before[len(before)-1]
	if last == '\n' {
		return true
	}
	if len(before) == int(at-from) {
		return c == '(' && (last == '.' || last == '"')
	}
	return strings.IndexByte(".!?\")]", last) >= 0 || strings.HasSuffix(before, "”") || strings.HasSuffix(before, "’")
}

func opensSignOff(s string) bool {
	s = strings.TrimLeft(s, "(* ")
	for _, o := range signOffs {
		if rest, ok := cutFold(s, o); ok && (rest == "" || !isAlphanumeric(rest[0]) || !isAlphanumeric(o[len(o)-1])) {
			return true
		}
	}
	return false
}

// onlySignOffs tells whether s is nothing but credits: each line or bracket opens with one.
func onlySignOffs(s string) bool {
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		if !opensSignOff(s) {
			return false
		}
		end := strings.IndexByte(s, '\n')
		if s[0] == '(' {
			if end = leadingNote(s); end == 0 {
				return len(s) < longestSignOff && strings.IndexByte(s, '\n') < 0
			}
		}
		if end < 0 {
			end = len(s)
		}
		// Credits name people: a long line without brackets that goes on in sentences is text.
		if s[0] != '(' && strings.Count(s[:end], ". ") > 4 {
			return false
		}
		s = s[end:]
	}
	return true
}
