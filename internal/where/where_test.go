package where

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
)

var update = flag.Bool("update", false, "rewrite the answers in testdata/cases.tsv")

type annotator interface{ Annotate(*doc.Doc) error }

// parts opens the stages once for all tests.
var parts = sync.OnceValues(func() ([]annotator, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	g, err := gazetteer.Open()
	if err != nil {
		return nil, err
	}
	words, err := segment.New()
	if err != nil {
		return nil, err
	}
	grammar, err := syntax.New()
	if err != nil {
		return nil, err
	}
	names, err := entity.New(lex)
	if err != nil {
		return nil, err
	}
	places, err := New(g, lex)
	if err != nil {
		return nil, err
	}
	return []annotator{words, grammar, names, places}, nil
})

func stages(t testing.TB) []annotator {
	t.Helper()
	list, err := parts()
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	return list
}

func read(t testing.TB, text string) *doc.Doc {
	t.Helper()
	d := &doc.Doc{Text: text}
	for _, s := range stages(t) {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

// shown is a document's places as testdata/cases.tsv writes them.
func shown(d *doc.Doc) string {
	var out []string
	for _, p := range d.Toponyms {
		out = append(out, fmt.Sprintf("%s=%s/%s/%s", d.Slice(p.Span), p.Country, p.Precision, p.Kind))
	}
	return strings.Join(out, "; ")
}

// TestCases reads sentences of testdata/cases.tsv: text, a tab, the places. -update writes what is found.
func TestCases(t *testing.T) {
	const path = "testdata/cases.tsv"
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	lines := bufio.NewScanner(strings.NewReader(string(body)))
	for lines.Scan() {
		text, want, _ := strings.Cut(lines.Text(), "\t")
		if strings.HasPrefix(text, "#") || text == "" {
			fmt.Fprintln(&out, lines.Text())
			continue
		}
		got := shown(read(t, text))
		if got != want && !*update {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
		fmt.Fprintf(&out, "%s\t%s\n", text, got)
	}
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSameTwice reads a text twice, and once beside another: nothing of one reading may stay for the next.
func TestSameTwice(t *testing.T) {
	text := "Shelling hit Homs and Aleppo in Syria. Officials in Cairo, Illinois, had no comment. Moscow denied it."
	first := fmt.Sprint(read(t, text).Toponyms)
	read(t, "Voters in Springfield, Missouri, and Paris, Texas, went to the polls.")
	if second := fmt.Sprint(read(t, text).Toponyms); first != second {
		t.Errorf("first %s\nthen %s", first, second)
	}
}

// TestOneSense: a container at one mention of a name decides for the others.
func TestOneSense(t *testing.T) {
	d := read(t, "Police in Paris, Texas, made two arrests. The mayor of Paris said residents could sleep again.")
	for _, p := range d.Toponyms {
		if d.Slice(p.Span) == "Paris" && p.Country != "USA" {
			t.Errorf("Paris is in %s", p.Country)
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{"Troops left Homs, Syria.", "IN CAIRO, ILL., AND PARIS", "\xff\xfe Ürümqi,\n\n(Kiev", "U.S.-backed al-Raqqa al-", ", , of of Of The", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip()
		}
		for _, p := range read(t, text).Toponyms {
			switch p.Kind {
			case "literal", "metonymic", "modifier", "demonym":
			default:
				t.Fatalf("%q has the kind %q", text, p.Kind)
			}
			if p.Resolved != (p.Precision != "") || p.Span.Len() == 0 {
				t.Fatalf("%q gives %+v", text, p)
			}
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	text := strings.Repeat("Shelling hit Homs and Aleppo on Sunday, activists in Beirut said. Officials in Springfield, Missouri, and the mayor of Paris had no comment. Moscow and Beijing vetoed the draft, and the Syrian army moved towards the Turkish border. ", 20)
	d := read(b, text)
	list := stages(b)
	places := list[len(list)-1]
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := places.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
}
