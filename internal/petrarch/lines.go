package petrarch

import "strings"

// line is one line of a dictionary without its comments.
type line struct {
	number   int
	text     string // trimmed on the right only: an indented line means something in an actor file
	unclosed bool   // the line opens a comment that nothing closes
}

// stripComments splits a file into lines and takes comments away: "<!-- … -->" over any number of lines, "#" to the
// end of a line, and ";" likewise, as the older files have it. Blank lines are kept as empty text, since they end
// blocks; lines that hold nothing but a comment are dropped.
func stripComments(text string) []line {
	var out []line
	opened := 0 // line of the comment that is open
	for i, raw := range strings.Split(text, "\n") {
		raw = strings.TrimRight(raw, " \t\r\ufeff")
		rest, open := uncomment(raw, opened > 0)
		switch {
		case open && opened == 0:
			opened = i + 1
		case !open:
			opened = 0
		}
		rest = strings.ReplaceAll(rest, "[###]", "[---]") // the null code of the older files is no comment
		if at := strings.IndexAny(rest, "#;"); at >= 0 {
			rest = rest[:at]
		}
		rest = strings.TrimRight(rest, " \t")
		if rest == "" && strings.TrimSpace(raw) != "" {
			continue
		}
		out = append(out, line{number: i + 1, text: strings.TrimPrefix(rest, "\ufeff")})
	}
	if opened > 0 {
		out = append(out, line{number: opened, unclosed: true})
	}
	return out
}

// uncomment removes what lies between "<!--" and "-->" and tells whether a comment is open at the end.
func uncomment(s string, open bool) (string, bool) {
	var kept strings.Builder
	for {
		if open {
			at := strings.Index(s, "-->")
			if at < 0 {
				return kept.String(), true
			}
			s, open = s[at+len("-->"):], false
			continue
		}
		at := strings.Index(s, "<!--")
		if at < 0 || hash(s) < at {
			kept.WriteString(s)
			return kept.String(), false
		}
		kept.WriteString(s[:at])
		s, open = s[at+len("<!--"):], true
	}
}

// hash is where a "#" comment begins, or the length: what it hides opens no other comment.
func hash(s string) int {
	s = strings.ReplaceAll(s, "[###]", "[---]")
	if at := strings.IndexByte(s, '#'); at >= 0 {
		return at
	}
	return len(s)
}

// phrase is the form in which phrases are compared: upper case, "_" and runs of blanks as one space.
func phrase(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return r == '_' || r == ' ' || r == '\t' }), " ")
}

// bracketed cuts the first "[…]" out of s. A "}" may stand for the closing bracket, as it does in some files.
func bracketed(s string) (before, inside, after string, ok bool) {
	open := strings.IndexByte(s, '[')
	if open < 0 {
		return s, "", "", false
	}
	length := strings.IndexAny(s[open:], "]}")
	if length < 0 {
		return s[:open], strings.TrimSpace(s[open+1:]), "", false
	}
	return s[:open], strings.TrimSpace(s[open+1 : open+length]), s[open+length+1:], true
}

// words are the words of a phrase as they are compared with those of a text: upper case, split at blanks, "_" and
// hyphens, with straight apostrophes.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(strings.ReplaceAll(s, "’", "'")), func(r rune) bool {
		return r == '_' || r == '-' || r == '–' || r == ' ' || r == '\t' || r == '\u00a0'
	})
}
