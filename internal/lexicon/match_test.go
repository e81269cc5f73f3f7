package lexicon

import (
	"strings"
	"testing"

	"annals/internal/doc"
)

// tokens makes a document of one sentence out of words separated by blanks.
func tokens(text string) *doc.Doc {
	d := &doc.Doc{Text: text}
	at := 0
	for _, word := range strings.Split(text, " ") {
		if word != "" {
			d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: int32(at), End: int32(at + len(word))}, Form: word, Head: doc.None})
		}
		at += len(word) + 1
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: int32(len(text))}, Last: int32(len(d.Tokens))}}
	return d
}

func (l *Lexicon) kinds(h Hit) string {
	names := map[Kind]string{CountryName: "country", CountryAdjective: "adjective", CountryPerson: "person", CountryPeople: "people", CapitalName: "capital",
		MetonymName: "metonym", RegionName: "region", PersonName: "PER", OrganisationName: "organisation", CollectiveName: "collective", RoleNoun: "role", OfficeName: "office"}
	var out []string
	for _, r := range h.Readings {
		name := names[r.Kind]
		if r.Surname {
			name = "surname"
		}
		if len(out) == 0 || out[len(out)-1] != name {
			out = append(out, name)
		}
	}
	return strings.Join(out, "/")
}

func TestMatch(t *testing.T) {
	l := load(t)
	for _, c := range []struct{ text, want string }{
		{"The U.S. told us that Syria fell", "U.S.=country/adjective Syria=country"},
		{"TOLD US THAT SYRIA FELL", "SYRIA=country"},
		{"THE U.S. AND THE FMLN", "U.S.=country/adjective FMLN=organisation"},
		{"who asked the WHO", "WHO=organisation"},
		{"turkey soup from Turkey", "Turkey=country"},
		{"Bosnia - Herzegovina and Bosnia-Herzegovina", "Bosnia - Herzegovina=country Bosnia-Herzegovina=country"},
		{"Bashar al - Assad and Bashar al-Assad and Bashar Assad", "Bashar al - Assad=PER Bashar al-Assad=PER Bashar Assad=PER"},
		{"Al Qaeda , al-Qaida and al Qaeda", "Al Qaeda=organisation al-Qaida=organisation al Qaeda=organisation"},
		{"Nato and Farc", "Nato=organisation Farc=organisation"},
		{"the Lord 's Resistance Army", "Lord 's Resistance Army=organisation"},
		{"Mevlüt Çavuşoğlu", "Mevlüt Çavuşoğlu=PER"},
		{"Bashar Ja’afari", "Bashar Ja’afari=PER"},
		{"foreign minister Lavrov", "foreign minister=office Lavrov=surname"},
		{"West Bank", "West Bank=country"},
		{"Western powers", "Western powers=collective"},
		{"", ""},
		{"- - '", ""},
	} {
		d := tokens(c.text)
		var got []string
		for _, h := range l.Match(d, 0, int32(len(d.Tokens)), nil) {
			got = append(got, d.Slice(d.TokenSpan(h.First, h.Last))+"="+l.kinds(h))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.text, s, c.want)
		}
	}
}

// FuzzMatch checks that hits lie in range, in order, and do not overlap.
func FuzzMatch(f *testing.F) {
	f.Add("The U.S. and al-Qaeda 's foes in Bosnia - Herzegovina")
	f.Add("Çavuşoğlu’s İran \xff\xfe straße")
	f.Add("' 's - the The a.b.c. ...")
	l := load(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := tokens(text)
		last := int32(0)
		for _, h := range l.Match(d, 0, int32(len(d.Tokens)), nil) {
			if h.First < last || h.Last <= h.First || int(h.Last) > len(d.Tokens) || len(h.Readings) == 0 {
				t.Fatalf("hit [%d,%d) with %d readings after %d, in %d tokens", h.First, h.Last, len(h.Readings), last, len(d.Tokens))
			}
			last = h.Last
		}
		l.Lookup(text)
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	l := load(b)
	d := tokens(strings.Repeat("Russian Foreign Minister Sergei Lavrov told the Syrian government that the U.N. Security Council would not act on the report . ", 50))
	hits := l.Match(d, 0, int32(len(d.Tokens)), nil)
	b.ReportAllocs()
	for b.Loop() {
		hits = l.Match(d, 0, int32(len(d.Tokens)), hits[:0])
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
