package weapon

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"annals/data"
	"annals/internal/doc"
)

// tokenized lays one sentence of plain tokens over a text: blanks part them, punctuation stands alone, and with
// hyphens set the hyphens do too.
func tokenized(text string, hyphens bool) *doc.Doc {
	d := &doc.Doc{Text: text, Done: doc.LayerSentences | doc.LayerTokens}
	start := -1
	flush := func(end int) {
		if start >= 0 {
			d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: int32(start), End: int32(end)}, Form: text[start:end]})
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case r == ' ' || r == '\n':
			flush(i)
		case strings.ContainsRune(".,;:()\"'", r) || r == '-' && hyphens:
			flush(i)
			start = i
			flush(i + utf8.RuneLen(r))
		case start < 0:
			start = i
		}
	}
	flush(len(text))
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: int32(len(text))}, Last: int32(len(d.Tokens))}}
	return d
}

func found(f *Finder, text string, hyphens bool) []string {
	d := tokenized(text, hyphens)
	out := []string{}
	for _, h := range f.Find(d, 0, int32(len(d.Tokens))) {
		out = append(out, fmt.Sprintf("%s: %s", d.Slice(d.TokenSpan(h.First, h.Last)), h.Category))
	}
	return out
}

func TestEveryRowFindsItsExample(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.rows {
		for _, hyphens := range []bool{false, true} {
			d := tokenized(r.example, hyphens)
			ok := false
			for _, h := range f.Find(d, 0, int32(len(d.Tokens))) {
				ok = ok || h.Category == r.category
			}
			if !ok {
				t.Errorf("row %s does not find a %s in %q", r.id, r.category, r.example)
			}
		}
	}
}

func TestRegisterClasses(t *testing.T) {
	table, err := data.Read(Table)
	if err != nil {
		t.Fatal(err)
	}
	register, _ := table.Column("register")
	for i, row := range table.Rows {
		if !strings.Contains(" I II III IV V VI VII SALW  ", " "+row[register]+" ") {
			t.Errorf("line %d: %q is no category of the UN Register", table.Lines[i], row[register])
		}
	}
}

func TestFind(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want string
	}{
		{"Moscow shipped two S-300 air defence missile systems and 12 Su-27 fighter jets.", "S-300 air defence missile systems: air-defence system; Su-27 fighter jets: combat aircraft"},
		{"The cargo ship carried MI-25 attack helicopters.", "MI-25 attack helicopters: attack helicopter"},
		{"REBELS USED RPG-7 GRENADE LAUNCHERS AND M-16 RIFLES.", "RPG-7 GRENADE LAUNCHERS: small arms and light weapons; M-16 RIFLES: small arms and light weapons"},
		{"The think tank said the water tank was empty.", ""},
		{"He was carried in his arms.", ""},
		{"The parliament lifted the arms embargo.", "arms: unspecified"},
		{"An arms race has begun.", ""},
		{"Rebel fighters took the town.", ""},
		{"A private jet landed.", ""},
		{"The coal mine was closed and the shell company sold.", ""},
		{"The Patriot Act was renewed.", ""},
		{"Two T-72B3s burned.", "T-72B3s: battle tank"},
		{"They fired surface-to-air missiles at F-16s.", "surface-to-air missiles: air-defence system; F-16s: combat aircraft"},
		{"The party jumped the gun.", ""},
		{"Paris sold Rafale fighter jets.", "Rafale fighter jets: combat aircraft"},
	} {
		for _, hyphens := range []bool{false, true} {
			if got := strings.Join(found(f, c.text, hyphens), "; "); got != c.want {
				t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
			}
		}
	}
}

func TestHitsAreOrderedAndApart(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.rows {
		d := tokenized(r.example+" "+r.example, true)
		end := int32(0)
		for _, h := range f.Find(d, 0, int32(len(d.Tokens))) {
			if h.First < end || h.Last <= h.First {
				t.Errorf("row %s: hit %+v starts before %d", r.id, h, end)
			}
			end = h.Last
		}
	}
}

func FuzzFind(f *testing.F) {
	finder, err := New()
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range finder.rows {
		f.Add(r.example)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := tokenized(text, true)
		if len(d.Tokens) == 0 {
			return
		}
		for _, h := range finder.Find(d, 0, int32(len(d.Tokens))) {
			if h.First < 0 || int(h.Last) > len(d.Tokens) || h.First >= h.Last {
				t.Fatalf("hit %+v in %d tokens", h, len(d.Tokens))
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	f, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, r := range f.rows {
		text.WriteString(r.example + " Officials gave no further details of what was said in the talks with the delegation. ")
	}
	d := tokenized(text.String(), false)
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		f.Find(d, 0, int32(len(d.Tokens)))
	}
}
