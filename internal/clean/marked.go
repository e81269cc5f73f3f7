package clean

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// marked is a page whose stretches of text carry markers, with what its head says.
type marked struct {
	page      string
	html      strings.Builder // the page with markers
	stretches []stretch
	elements  []element // of the whole page in order, for reading it without a tree

	metas     map[string]string // name or property in lower case → content, the first of each
	linked    []map[string]any  // JSON-LD objects
	times     []string          // <time datetime>, those marked pubdate first
	title     string
	heading   string
	canonical string
}

// element is a stretch, or a tag that parts paragraphs.
type element struct {
	stretch int // or -1
	gap     string
}

// scan reads the tokens of a page once: it puts the markers in and collects the metadata. Linear in the page.
func scan(page string) *marked {
	m := &marked{page: page, metas: map[string]string{}}
	m.html.Grow(len(page) + len(page)/8)
	z := html.NewTokenizer(strings.NewReader(page))
	at := 0
	silent := 0 // depth inside tags whose text is not the article's
	var inside atom.Atom
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := z.Raw()
		start := at
		at += len(raw)
		if kind == html.TextToken {
			m.text(page[start:at], start, inside, silent > 0)
			continue
		}
		m.html.WriteString(page[start:at])
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, hasAttributes := z.TagName()
		tag := atom.Lookup(name)
		inside = 0
		if kind == html.StartTagToken {
			inside = tag
		}
		if hasAttributes && kind != html.EndTagToken {
			m.attributes(z, tag)
		}
		switch {
		case silentTags[tag] && kind == html.StartTagToken:
			silent++
		case silentTags[tag] && kind == html.EndTagToken:
			silent = max(0, silent-1)
		case tag == atom.Body:
			silent = 0
		case tag == atom.Br:
			m.elements = append(m.elements, element{-1, "\n"})
		case blockTags[tag]:
			m.elements = append(m.elements, element{-1, "\n\n"})
		}
	}
	return m
}

// text adds a stretch of text, marked when it is to be read.
func (m *marked) text(raw string, start int, inside atom.Atom, silent bool) {
	trimmed := strings.TrimLeft(raw, " \t\r\n\f")
	switch {
	case inside == atom.Title && m.title == "":
		m.title = strings.Join(strings.Fields(html.UnescapeString(raw)), " ")
	case inside == atom.H1 && m.heading == "":
		m.heading = strings.Join(strings.Fields(html.UnescapeString(raw)), " ")
	case inside == atom.Script && strings.HasPrefix(trimmed, "{") || inside == atom.Script && strings.HasPrefix(trimmed, "["):
		m.addLinked(trimmed)
	}
	raws := inside == atom.Script || inside == atom.Style || inside == atom.Title || inside == atom.Textarea || inside == atom.Noscript ||
		inside == atom.Iframe || inside == atom.Noembed || inside == atom.Noframes || inside == atom.Xmp
	if trimmed == "" || raws {
		m.html.WriteString(raw)
		return
	}
	lead := len(raw) - len(trimmed)
	index := len(m.stretches)
	m.stretches = append(m.stretches, stretch{start + lead, start + len(raw)})
	if !silent {
		m.elements = append(m.elements, element{index, ""})
	}
	m.html.WriteString(raw[:lead])
	if index <= lastMarker-firstMarker {
		m.html.WriteRune(rune(firstMarker + index))
	}
	m.html.WriteString(trimmed)
}

// attributes collects metadata of a tag.
func (m *marked) attributes(z *html.Tokenizer, tag atom.Atom) {
	if tag != atom.Meta && tag != atom.Time && tag != atom.Link {
		return
	}
	attributes := map[string]string{}
	for {
		key, value, more := z.TagAttr()
		attributes[string(key)] = string(value)
		if !more {
			break
		}
	}
	switch tag {
	case atom.Meta:
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			name := strings.ToLower(strings.TrimSpace(attributes[key]))
			if content := strings.TrimSpace(attributes["content"]); name != "" && content != "" && m.metas[name] == "" {
				m.metas[name] = content
			}
		}
	case atom.Time:
		when := attributes["datetime"]
		if _, ok := attributes["pubdate"]; ok || attributes["itemprop"] == "datePublished" {
			m.times = append([]string{when}, m.times...)
		} else if when != "" && len(m.times) < 32 {
			m.times = append(m.times, when)
		}
	case atom.Link:
		if attributes["rel"] == "canonical" && m.canonical == "" {
			m.canonical = attributes["href"]
		}
	}
}

// addLinked keeps the objects of a JSON-LD script; other scripts are no JSON and pass.
func (m *marked) addLinked(script string) {
	if len(script) > 1<<20 || len(m.linked) > 64 {
		return
	}
	var value any
	if json.Unmarshal([]byte(script), &value) != nil {
		return
	}
	m.collect(value, 0)
}

func (m *marked) collect(value any, depth int) {
	if depth > 4 || len(m.linked) > 64 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			m.collect(e, depth+1)
		}
	case map[string]any:
		m.linked = append(m.linked, v)
		if graph, ok := v["@graph"]; ok {
			m.collect(graph, depth+1)
		}
		if main, ok := v["mainEntity"]; ok {
			m.collect(main, depth+1)
		}
	}
}

// dateMetas name the day of publication, the surest first (Open Graph, schema.org, Parse.ly, Dublin Core and older
// habits of publishers).
var dateMetas = []string{
	"article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
	"dc.date", "dcterms.date", "date", "pubdate", "publishdate", "publish-date", "publication_date", "article.published", "ptime", "cxenseparse:recs:publishtime",
	"rnews:datepublished", "originalpublicationdate", "article:post_date", "sdc_date", "weibo:article:create_at",
}

// fill sets the metadata of an article, each from the surest place that has it.
func (m *marked) fill(a *Article) {
	a.Title = first(m.metas["og:title"], m.fromLinked("headline"), m.metas["dc.title"], m.heading, m.title)
	a.Publisher = first(m.publisher(), m.metas["og:site_name"], m.metas["dc.publisher"], m.metas["application-name"])
	a.Byline = tidyByline(first(m.author(), m.metas["author"], m.metas["parsely-author"], m.metas["dc.creator"], m.metas["byl"]))
	if a.URL == "" {
		a.URL = first(m.metas["og:url"], m.canonical)
	}
	candidates := []string{}
	for _, name := range dateMetas[:2] {
		candidates = append(candidates, m.metas[name])
	}
	candidates = append(candidates, m.fromLinked("datePublished"))
	for _, name := range dateMetas[2:] {
		candidates = append(candidates, m.metas[name])
	}
	if len(m.times) > 0 {
		candidates = append(candidates, m.times[0])
	}
	for _, c := range candidates {
		if date, ok := parseDate(c); ok {
			a.Date, a.DateSource = date, "metadata"
			return
		}
	}
}

func first(candidates ...string) string {
	for _, c := range candidates {
		if c = strings.TrimSpace(c); c != "" {
			return c
		}
	}
	return ""
}

func (m *marked) fromLinked(key string) string {
	for _, object := range m.linked {
		if s, ok := object[key].(string); ok && s != "" {
			return html.UnescapeString(s)
		}
	}
	return ""
}

func (m *marked) publisher() string {
	for _, object := range m.linked {
		if name := nameOf(object["publisher"]); name != "" {
			return name
		}
	}
	return ""
}

func (m *marked) author() string {
	for _, object := range m.linked {
		if name := nameOf(object["author"]); name != "" {
			return name
		}
	}
	return ""
}

// nameOf is the name of a JSON-LD value: a string, an object with a name, or a list of these.
func nameOf(value any) string {
	switch v := value.(type) {
	case string:
		return html.UnescapeString(v)
	case map[string]any:
		return nameOf(v["name"])
	case []any:
		var names []string
		for _, e := range v {
			if name := nameOf(e); name != "" && len(names) < 8 {
				names = append(names, name)
			}
		}
		return strings.Join(names, " and ")
	}
	return ""
}

func tidyByline(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if rest, ok := cutFold(s, "by "); ok {
		s = rest
	}
	if strings.Contains(s, "://") || len(s) > 200 {
		return ""
	}
	return s
}

// everything is the text of a whole page, for pages whose body was not found.
func (m *marked) everything(page string) *writer {
	r := renderer{page: page, stretches: m.stretches}
	for _, e := range m.elements {
		if e.stretch < 0 {
			r.wait(e.gap)
			continue
		}
		s := m.stretches[e.stretch]
		if s.start > 0 && isHTMLSpace(page[s.start-1]) && r.pending == "" {
			r.pending = " "
		}
		for at := s.start; at < s.end; {
			character, size := nextCharacter(page[at:s.end])
			r.character(character, at, size)
			at += size
		}
	}
	return &r.out
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
