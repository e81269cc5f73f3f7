package match

import (
	"regexp"
	"strings"

	"annals/record"
)

// Origin is who wrote a story, in lower case: the agency named in its dateline or its sign-off, else its publisher,
// else the article itself. Two papers that print one agency's story are one source.
func Origin(a *record.Article) string {
	head := a.Text[:min(len(a.Text), originReach)]
	if m := datelined.FindStringSubmatch(head); m != nil {
		return strings.ToLower(m[1])
	}
	tail := strings.TrimSpace(a.Text[max(0, len(a.Text)-originReach):])
	if m := signed.FindStringSubmatch(tail); m != nil {
		return strings.ToLower(m[1])
	}
	if a.Publisher != "" {
		return strings.ToLower(a.Publisher)
	}
	return a.ID
}

// originReach is how far from either end of a text its agency stands, in bytes.
const originReach = 160

// agencies sell their stories to other papers; their names as datelines and sign-offs give them.
const agencies = `Reuters|REUTERS|AFP|AP|Associated Press|UPI|Xinhua|TASS|Interfax|RIA Novosti|Sputnik|SANA|Anadolu|Anadolu Agency|AA|dpa|DPA|EFE|ANSA|Kyodo|Yonhap|IRNA|Bloomberg`

var (
	datelined = regexp.MustCompile(`\((` + agencies + `)\)\s*(?:-|–|—)`)
	signed    = regexp.MustCompile(`(?:[-–—]\s*|\()(` + agencies + `)\)?\.?$`)
)
