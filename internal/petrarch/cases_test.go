package petrarch_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/petrarch"
	"annals/internal/pipeline"
)

// own imports the dictionaries of testdata/dict.
func own(t testing.TB) *petrarch.Dictionary {
	t.Helper()
	names, err := filepath.Glob("testdata/dict/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("testdata/dict holds no dictionaries")
	}
	var files []petrarch.File
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, petrarch.File{Name: name, Text: string(text)})
	}
	dict, faults := petrarch.Import(files)
	for _, f := range faults {
		t.Errorf("refused: %v", f)
	}
	return dict
}

var readers sync.Map // one reader, made by the first test that needs it

func reader(t testing.TB) *pipeline.Reader {
	t.Helper()
	if r, ok := readers.Load("own"); ok {
		return r.(*pipeline.Reader)
	}
	data, err := own(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.NewWithDictionary(data)
	if err != nil {
		t.Fatal(err)
	}
	readers.Store("own", r)
	return r
}

func code(t testing.TB, text, date string) *doc.Doc {
	t.Helper()
	day, err := civil.Parse(date)
	if err != nil {
		t.Fatal(err)
	}
	d, err := reader(t).Annotate(pipeline.Article{Text: text, Date: day})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	return d
}

func show(d *doc.Doc) (out []string) {
	for _, k := range d.Codings {
		not := ""
		if k.Negated {
			not = "not "
		}
		out = append(out, k.Source.Code+" "+not+k.Code+" "+k.Target.Code)
	}
	slices.Sort(out)
	return out
}

// TestCases codes the sentences of testdata/cases.tsv. Anyone can add a row.
func TestCases(t *testing.T) {
	body, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "id" || len(cells) != 4 {
			continue
		}
		n++
		t.Run(cells[0], func(t *testing.T) {
			var want []string
			if cells[3] != "none" {
				want = strings.Split(cells[3], "; ")
			}
			slices.Sort(want)
			if got := show(code(t, cells[2], cells[1])); !slices.Equal(got, want) {
				t.Errorf("%q is coded as %q, not %q", cells[2], got, want)
			}
		})
	}
	if n < 50 {
		t.Errorf("%d cases, want 50", n)
	}
}

// TestRulesNameRows checks that a coding tells the rows of the dictionary behind it.
func TestRulesNameRows(t *testing.T) {
	d := code(t, "The Kenyan army praised the restraint of Jordan.", "2012-11-05")
	if len(d.Codings) != 1 {
		t.Fatalf("got %v", show(d))
	}
	k := d.Codings[0]
	for _, c := range []struct{ got, want string }{
		{k.Rule, "petrarch:own.verbs.txt:" + row(t, "own.verbs.txt", "- * RESTRAINT")},
		{k.Source.Rule, "petrarch:own.actors.txt:" + row(t, "own.actors.txt", "KENYA [") + "+own.agents.txt:" + row(t, "own.agents.txt", "ARMY")},
		{k.Target.Rule, "petrarch:own.actors.txt:" + row(t, "own.actors.txt", "JORDAN")},
		{d.Slice(k.Anchor), "praised"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if k.Event == doc.None || d.Events[k.Event].AnchorToken != k.AnchorToken {
		t.Errorf("the coding refers to the event %d", k.Event)
	}
}

// row is the number of the first line of a test dictionary that begins so.
func row(t *testing.T, file, start string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "dict", file))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, start) {
			return string(appendInt(nil, i+1))
		}
	}
	t.Fatalf("%s has no line %q", file, start)
	return ""
}

func appendInt(b []byte, n int) []byte {
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

func TestIssues(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Egypt criticised Jordan over two dams and river-water, newspapers wrote.", []string{"PRESS 1", "WATER 2"}},
		{"Egypt criticised Jordan for irrigating its fields.", []string{"WATER 1"}},
		{"Egypt criticised Jordan over the dam busters in a newspaper.", []string{"PRESS 1"}},
		{"Egypt criticised Jordan over a dam on quiz night.", nil},
		{"Egypt criticised Jordan over bread.", nil},
	} {
		d := code(t, c.text, "2012-11-05")
		if len(d.Codings) != 1 || !slices.Equal(d.Codings[0].Issues, c.want) {
			t.Errorf("%q: got %+v, want %q", c.text, d.Codings, c.want)
		}
	}
}

// TestNothingElseChanges checks that a dictionary adds its layer and touches no other.
func TestNothingElseChanges(t *testing.T) {
	plain, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	const text = "Egypt and Jordan held talks in Amman on Monday. France criticised Kenya, its foreign minister said."
	a := pipeline.Article{Text: text, Date: civil.Of(2012, 11, 5)}
	without, err := plain.Annotate(a)
	if err != nil {
		t.Fatal(err)
	}
	with, err := reader(t).Annotate(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(with.Events) != len(without.Events) || len(with.Events) == 0 {
		t.Fatalf("%d events with the dictionary, %d without", len(with.Events), len(without.Events))
	}
	for i := range with.Events {
		a, b := with.Events[i], without.Events[i]
		if a.Anchor != b.Anchor || a.Type != b.Type || a.CAMEO != b.CAMEO || a.Modality != b.Modality {
			t.Errorf("event %d differs: %+v, %+v", i, a, b)
		}
	}
	if without.Done&doc.LayerCodings != 0 || without.Codings != nil {
		t.Error("codings without a dictionary")
	}
}

func BenchmarkCode(b *testing.B) {
	text := strings.Repeat("The Kenyan army struck Peru on Monday after Egypt and Jordan held talks with lawmakers from Germany, which criticised France. ", 20)
	d := code(b, text, "2012-11-05")
	stage, err := petrarch.New(own(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := stage.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
