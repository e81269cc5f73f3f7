package clean

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const story = "PORT VELLA, Nov 5 (Reuters) - The minister said the café’s owner had “no part” in the sale.\n\nHe was speaking to reporters on Monday."

const page = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Minister denies sale - The Vella Post</title>
<meta property="og:title" content="Minister denies sale"><meta property="og:site_name" content="The Vella Post">
<meta property="article:published_time" content="2012-11-05T18:30:00+02:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Minister denies sale","datePublished":"2012-11-06","author":[{"name":"Jane Roe"},{"name":"John Doe"}]}</script>
<link rel="canonical" href="https://post.example/2012/11/04/minister"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Minister denies sale</h1>
<p>The minister on Monday denied that the army had sold <b>rockets</b> &amp; launchers to the island&rsquo;s rebels, saying that the reports
were &#8220;pure invention&#8221; by people who wished his country ill, and that no sale had been planned.</p>
<p>A spokesman for the rebels, who have held the north of the island since March, said that they had bought nothing from the army,
and that their arms came from depots which they had taken in the first weeks of the war.</p>
<p>The&nbsp;council will meet on Tuesday to talk about the embargo, two diplomats said, and it is not clear whether its members agree.</p>
<script>var x = "not text";</script>
</article><footer><p>Copyright 2012 The Vella Post</p></footer></body></html>`

func TestReadText(t *testing.T) {
	latin, _ := charmap.Windows1252.NewEncoder().String(story)
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(story)
	big, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(story)
	for name, raw := range map[string]string{
		"utf-8": story, "mark": "\ufeff" + story, "windows-1252": latin, "utf-16": wide, "utf-16 without mark": big,
		"crlf": strings.ReplaceAll(story, "\n", "\r\n"), "cr": strings.ReplaceAll(story, "\n", "\r"),
	} {
		t.Run(name, func(t *testing.T) {
			a, err := Read([]byte(raw), Hint{Name: "story.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != story {
				t.Fatalf("read %q", a.Text)
			}
			if a.Language != "en" {
				t.Errorf("the language is %q", a.Language)
			}
			from, to := a.Offsets.Span(strings.Index(story, "Monday"), strings.Index(story, "Monday")+len("Monday"))
			got := strings.ReplaceAll(raw[from:to], "\x00", "")
			if got != "Monday" {
				t.Errorf("Monday leads to %q", raw[from:to])
			}
		})
	}
}

func TestReadKeepsPlacesOfInvalidBytes(t *testing.T) {
	raw := "caf\xc3\xa9 sold\xff arms \xc3\xa9t\xc3\xa9 said"
	a, err := Read([]byte(raw), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "café sold\ufffd arms été said"; a.Text != want {
		t.Fatalf("read %q, want %q", a.Text, want)
	}
	from, to := a.Offsets.Span(strings.Index(a.Text, "arms"), strings.Index(a.Text, "arms")+4)
	if raw[from:to] != "arms" {
		t.Errorf("arms leads to %q", raw[from:to])
	}
}

func TestReadPage(t *testing.T) {
	a, err := Read([]byte(page), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]string{
		"title": {a.Title, "Minister denies sale"}, "byline": {a.Byline, "Jane Roe and John Doe"}, "publisher": {a.Publisher, "The Vella Post"},
		"date": {a.Date.String(), "2012-11-05"}, "date source": {a.DateSource, "metadata"}, "url": {a.URL, "https://post.example/2012/11/04/minister"},
		"language": {a.Language, "en"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
	}
	want := "The minister on Monday denied that the army had sold rockets & launchers to the island’s rebels, saying that the reports were “pure invention” by people"
	if !strings.HasPrefix(a.Text, want) || strings.Contains(a.Text, "not text") || strings.Contains(a.Text, "Home") || strings.Count(a.Text, "\n\n") != 2 {
		t.Errorf("read %q", a.Text)
	}
	for words, source := range map[string]string{
		"rockets & launchers": "rockets</b> &amp; launchers", "island’s": "island&rsquo;s", "“pure invention”": "&#8220;pure invention&#8221;",
		"The council": "The&nbsp;council", "depots": "depots", "reports were": "reports\nwere",
	} {
		at := strings.Index(a.Text, words)
		if at < 0 {
			t.Errorf("%q was not read", words)
			continue
		}
		if from, to := a.Offsets.Span(at, at+len(words)); page[from:to] != source {
			t.Errorf("%q leads to %q, want %q", words, page[from:to], source)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		raw, want string
	}{
		"empty":      {"", "it is empty"},
		"blank":      {" \n\t\n", "it is empty"},
		"zero":       {"The minister\x00 said so.", "byte 12 is 0"},
		"pdf":        {"%PDF-1.4 something", "a PDF file"},
		"zip":        {"PK\x03\x04aaaa", "a ZIP archive"},
		"controls":   {strings.Repeat("\x01\x02\x03abc", 50), "control characters"},
		"empty page": {"<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", "holds no text"},
		"scripts":    {"<html><body><script>document.write('x')</script></body></html>", "holds no text"},
	} {
		if _, err := Read([]byte(c.raw), Hint{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got the error %v, want one with %q", name, err, c.want)
		}
	}
	if _, err := Read(nil, Hint{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty source gives %v", err)
	}
}

func TestReadPoorPages(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"fragment": {"<p>The army left the town on Monday.</p><p>It was quiet.</p>", "The army left the town on Monday.\n\nIt was quiet."},
		"unclosed": {"<html><body><p>The army <b>left the town<p>It was quiet <div>there", "The army left the town\n\nIt was quiet\n\nthere"},
		"deep":     {"<html>" + strings.Repeat("<div>", 3000) + "The army left.", "The army left."},
		"no body":  {"<html><head></head>The army left.</html>", "The army left."},
		"half":     {"<html><body>A &notanentity; and &am", "A ¬anentity; and &am"},
	} {
		a, err := Read([]byte(c.raw), Hint{ContentType: "text/html"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Text != c.want {
			t.Errorf("%s: read %q, want %q", name, a.Text, c.want)
		}
	}
}

func TestDateInURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.example/2012/11/05/story": "2012-11-05", "https://x.example/world/2012/nov/05/story": "2012-11-05", "https://x.example/a-2012-11-05-b": "2012-11-05",
		"https://x.example/20121105/story": "2012-11-05", "https://x.example/id20121345/": "", "https://x.example/2012/13/05": "", "https://x.example/story-12345678901": "", "": "",
		"https://x.example/2012/11/": "",
	} {
		if d, _ := dateInURL(address); d.String() != want {
			t.Errorf("%s: got %q, want %q", address, d, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"2012-11-05": "2012-11-05", "2012-11-05T23:59:00-08:00": "2012-11-05", "Mon, 05 Nov 2012 10:00:00 GMT": "2012-11-05", "November 5, 2012": "2012-11-05",
		"5 November 2012": "2012-11-05", "20121105": "2012-11-05", "20121105T101500Z": "2012-11-05", "0001-01-01": "", "yesterday": "", "": "",
	} {
		d, ok := parseDate(s)
		got := d.String()
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		story: "en", strings.ToUpper(story): "en",
		"Le ministre a dit que les armes ne sont pas pour la Syrie et que le gouvernement avait refusé de les livrer dans une lettre.":    "fr",
		"Der Minister sagte, dass die Waffen nicht für die Armee sind und dass er sie nach der Wahl mit dem Kanzler nicht liefern werde.": "de",
		"El ministro dijo que las armas no son para el ejército y que no las entregará antes de que se reúna el consejo en la capital.":   "es",
		"Министр сказал, что оружие не будет поставлено до конца года.":                                                                   "Cyrillic", "قال الوزير إن الأسلحة لن تسلم إلى الجيش": "Arabic",
		"Quiet.": "",
	} {
		if got := language(text); got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(story), "")
	f.Add([]byte(page), "text/html")
	f.Add([]byte("\xff\xfea\x00b\x00"), "")
	f.Add([]byte("<p>&ampx &#0; &notit; <!-- x --><![CDATA[y]]></p>"), "text/html")
	f.Add([]byte("abc\xe9\x80\r\r\n"), "text/plain; charset=iso-8859-1")
	f.Add([]byte("\x1b$B%F%9%H\x1b(B the"), "text/plain; charset=iso-2022-jp")
	f.Fuzz(func(t *testing.T, raw []byte, contentType string) {
		a, err := Read(raw, Hint{ContentType: contentType})
		if err != nil {
			return
		}
		if !utf8.ValidString(a.Text) {
			t.Fatalf("not UTF-8: %q", a.Text)
		}
		last := 0
		for i, r := range a.Text {
			if r >= firstMarker {
				t.Fatalf("a marker was left in %q", a.Text)
			}
			from, to := a.Offsets.Span(i, i+utf8.RuneLen(r))
			if from < 0 || to < from || to > len(raw) {
				t.Fatalf("character %d leads to [%d,%d) of %d bytes", i, from, to, len(raw))
			}
			if !looksLikeHTML(raw, Hint{ContentType: contentType}) && from < last {
				t.Fatalf("character %d leads back to %d after %d", i, from, last)
			}
			last = from
		}
	})
}

func BenchmarkReadText(b *testing.B) {
	raw := bytes.Repeat([]byte(story+"\n"), 10000)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(raw, Hint{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadPage(b *testing.B) {
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read([]byte(page), Hint{}); err != nil {
			b.Fatal(err)
		}
	}
}
