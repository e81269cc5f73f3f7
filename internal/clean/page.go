package clean

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ErrNoBody is returned for a page that holds no text.
var ErrNoBody = errors.New("reading a page: it holds no text; if scripts load it, save the page from a browser first")

// largestPage is the size in bytes up to which the body of an article is looked for among the rest of a page; a
// larger page is read whole, since that search is not linear.
const largestPage = 8 << 20

// readPage replaces the text of a by the body of the page that it holds.
func (a *Article) readPage(page string, source *Offsets) error {
	m := scan(page)
	m.fill(a)
	body, ok := mainBody(m, a)
	if !ok {
		body = m.everything(page)
	}
	text := body.text.String()
	if strings.TrimSpace(text) == "" {
		return ErrNoBody
	}
	a.Text, a.Offsets = text, body.offsets(source)
	return nil
}

// The place of a stretch of text survives the search for the body as a marker in front of it: one character of a
// private plane whose number is the number of the stretch.
const (
	firstMarker = 0xF0000
	lastMarker  = 0x10FFFD
)

func isMarker(r rune) bool { return r >= firstMarker }

// stretch is a run of text between two tags, from its first character that is no space.
type stretch struct{ start, end int }

// mainBody finds the body of the article among the rest of the page.
func mainBody(m *marked, a *Article) (w *writer, ok bool) {
	if len(m.page) > largestPage || len(m.stretches) > lastMarker-firstMarker {
		return nil, false
	}
	// The search is someone else's code over foreign bytes: if it gives up, the page is read whole.
	defer func() {
		if recover() != nil {
			w, ok = nil, false
		}
	}()
	root, err := html.Parse(strings.NewReader(m.html.String()))
	if err != nil {
		return nil, false
	}
	address, err := url.Parse(a.URL)
	if err != nil {
		address = nil
	}
	parser := readability.NewParser()
	found, err := parser.ParseAndMutate(root, address)
	if err != nil || found.Node == nil {
		return nil, false
	}
	r := renderer{page: m.page, stretches: m.stretches}
	r.node(found.Node)
	if len(strings.Fields(r.out.text.String())) < fewestWords {
		return nil, false
	}
	if title := withoutMarkers(found.Title()); a.Title == "" || strings.HasPrefix(a.Title, title) && title != "" {
		a.Title = title
	}
	if a.Byline == "" {
		a.Byline = tidyByline(withoutMarkers(found.Byline()))
	}
	if a.Publisher == "" {
		a.Publisher = withoutMarkers(found.SiteName())
	}
	return &r.out, true
}

// fewestWords is how many words the body must have; with fewer, the search has missed it.
const fewestWords = 8

func withoutMarkers(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if isMarker(r) {
			return -1
		}
		return r
	}, s)), " ")
}

// renderer writes the text of nodes, with blank lines between blocks.
type renderer struct {
	page      string
	stretches []stretch
	out       writer
	pending   string // what must stand before the next character: "", " ", "\n", "\n\n"
}

// blockTags part paragraphs.
var blockTags = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true, atom.Blockquote: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true,
	atom.Dt: true, atom.Dd: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Pre: true, atom.Hr: true, atom.Address: true,
	atom.Figure: true, atom.Body: true, atom.Html: true, atom.Center: true, atom.Title: true, atom.Option: true, atom.Details: true, atom.Summary: true,
}

// silentTags hold no text of the article.
var silentTags = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Figcaption: true, atom.Button: true, atom.Select: true,
	atom.Textarea: true, atom.Nav: true, atom.Iframe: true, atom.Svg: true, atom.Head: true, atom.Form: true, atom.Object: true, atom.Video: true, atom.Audio: true,
	atom.Aside: true, atom.Math: true, atom.Title: true,
}

func (r *renderer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.textNode(n.Data)
		return
	case html.ElementNode:
		if silentTags[n.DataAtom] {
			return
		}
		if n.DataAtom == atom.Br {
			r.wait("\n")
			return
		}
	}
	block := blockTags[n.DataAtom]
	if block {
		r.wait("\n\n")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if block {
		r.wait("\n\n")
	}
}

func (r *renderer) wait(space string) {
	if len(space) > len(r.pending) || r.pending == " " {
		r.pending = space
	}
}

// textNode writes the stretches of a text node.
func (r *renderer) textNode(data string) {
	for data != "" {
		at := strings.IndexFunc(data, isMarker)
		if at != 0 {
			// White space before the first marker; other text without one was put in by the search.
			if at < 0 {
				at = len(data)
			}
			if strings.TrimSpace(data[:at]) == "" && r.pending == "" {
				r.pending = " "
			}
			data = data[at:]
			continue
		}
		marker, size := utf8.DecodeRuneInString(data)
		data = data[size:]
		end := strings.IndexFunc(data, isMarker)
		if end < 0 {
			end = len(data)
		}
		if i := int(marker - firstMarker); i < len(r.stretches) {
			r.stretch(r.stretches[i], data[:end])
		}
		data = data[end:]
	}
}

// stretch writes the part of a stretch of the page that the text node still holds.
func (r *renderer) stretch(s stretch, held string) {
	for at := s.start; at < s.end && held != ""; {
		character, size := nextCharacter(r.page[at:s.end])
		if !strings.HasPrefix(held, character) {
			break
		}
		held = held[len(character):]
		r.character(character, at, size)
		at += size
	}
}

// character writes one character of the page, white space folded.
func (r *renderer) character(c string, at, size int) {
	first, _ := utf8.DecodeRuneInString(c)
	switch {
	case unicode.IsSpace(first):
		if r.pending == "" {
			r.pending = " "
		}
		return
	case first == '\u00ad' || first == '\u200b' || first == '\ufeff': // hints for hyphens and line breaks
		return
	}
	if r.pending != "" && r.out.text.Len() > 0 {
		r.out.insert(r.pending)
	}
	r.pending = ""
	r.out.put(c, at, size)
}

// nextCharacter is the first character of raw HTML text, its reference decoded, and its size in the HTML.
func nextCharacter(raw string) (string, int) {
	if raw[0] != '&' {
		_, size := utf8.DecodeRuneInString(raw)
		return raw[:size], size
	}
	end := 1
	for end < len(raw) && end < 40 && (isAlphanumeric(raw[end]) || raw[end] == '#' && end == 1) {
		end++
	}
	if end < len(raw) && raw[end] == ';' {
		end++
	}
	// A reference may end before its word does ("&ampx"): take the shortest stretch whose rest stays as it is.
	decoded := html.UnescapeString(raw[:end])
	if decoded == raw[:end] {
		return "&", 1
	}
	for size := end; size > 1; size-- {
		if d := html.UnescapeString(raw[:size]); d != raw[:size] && d+raw[size:end] == decoded {
			if size == end || html.UnescapeString(raw[:size-1])+raw[size-1:end] != decoded {
				return d, size
			}
		}
	}
	return decoded, end
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
