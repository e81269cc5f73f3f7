package clean

import (
	"strings"

	"annals/internal/civil"
)

// Hint is what is known about bytes from outside. Every field may be empty.
type Hint struct {
	Name        string // file name: "story.html"
	ContentType string // as in HTTP: "text/html; charset=utf-8"
	URL         string
}

// Article is what came in, as text with its metadata.
type Article struct {
	Text      string
	Title     string
	Byline    string // "Jane Roe and John Doe"
	Publisher string
	URL       string

	Date       civil.Date // of publication; zero when the source does not tell
	DateSource string     // metadata, url, or ""

	Language string   // "en", another language's ISO 639-1 code, the name of a script, or "" when there is too little text
	Offsets  *Offsets // from Text to the bytes that were read
}

// IsEnglish tells whether the text reads like English; a text too short to tell is given the benefit of the doubt.
func (a *Article) IsEnglish() bool { return a.Language == "en" || a.Language == "" }

// Read makes an article of bytes: plain text or HTML, in any charset. Plain text is kept whole; of a page the body
// of the article is kept. It returns an error for an empty source, for one that is not text, and for a page without
// text.
func Read(raw []byte, hint Hint) (Article, error) {
	page := looksLikeHTML(raw, hint)
	text, offsets, err := decode(raw, hint, page)
	if err != nil {
		return Article{}, err
	}
	a := Article{Text: text, URL: hint.URL, Offsets: offsets}
	if page {
		if err := a.readPage(text, offsets); err != nil {
			return Article{}, err
		}
	}
	if a.Date.IsZero() {
		if date, ok := dateInURL(a.URL); ok {
			a.Date, a.DateSource = date, "url"
		}
	}
	a.Language = language(a.Text)
	return a, nil
}

// looksLikeHTML goes by the declared type, then by the name, then by the first tags.
func looksLikeHTML(raw []byte, hint Hint) bool {
	kind, _, _ := strings.Cut(strings.ToLower(hint.ContentType), ";")
	switch strings.TrimSpace(kind) {
	case "text/html", "application/xhtml+xml":
		return true
	case "text/plain":
		return false
	}
	name := strings.ToLower(hint.Name)
	for _, ending := range []string{".html", ".htm", ".xhtml"} {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	// UTF-16 shows a zero beside each letter.
	head := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(string(raw[:min(len(raw), 2048)]), "\x00", "")))
	for _, mark := range []string{"\ufeff", "\xff\xfe", "\xfe\xff"} { // byte order marks
		head = strings.TrimPrefix(head, mark)
	}
	if !strings.HasPrefix(head, "<") {
		return false
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<meta", "<h1"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}
