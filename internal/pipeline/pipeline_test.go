package pipeline

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"annals/internal/civil"
	"annals/internal/doc"
)

func open1(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// layered is a stage that only declares what it reads and writes.
type layered struct {
	name          string
	reads, writes doc.Layer
}

func (l layered) Name() string            { return l.name }
func (l layered) Reads() doc.Layer        { return l.reads }
func (l layered) Writes() doc.Layer       { return l.writes }
func (l layered) Annotate(*doc.Doc) error { return nil }

func TestOrderIsChecked(t *testing.T) {
	segment := layered{"segment", 0, doc.LayerSentences | doc.LayerTokens}
	syntax := layered{"syntax", doc.LayerTokens, doc.LayerSyntax}
	if err := checkOrder([]Stage{segment, syntax}, 0); err != nil {
		t.Error(err)
	}
	for _, wrong := range [][]Stage{{syntax, segment}, {segment, segment}} {
		if checkOrder(wrong, 0) == nil {
			t.Errorf("accepted %s before %s", wrong[0].Name(), wrong[1].Name())
		}
	}
}

var samples = []string{
	"",
	" \n\n ",
	"…",
	"CAIRO (Example Wire) - The ministers of Egypt and Jordan met in Cairo on Sunday, officials said.\n\n\"We agreed,\" one of them said.",
	"ARMED MEN KILLED THREE PEASANTS IN MORAZAN ON 3 JANUARY, RADIO VENCEREMOS REPORTED.",
	"\"He said \"no, and left. '“”’»« ((( “unclosed paragraph\n\n“goes on, she said.",
	"A\u0301 na\u00efve caf\u00e9 – \U0001F600 said Mr. O\u2019Neil\u2019s aide; 5\u202f000 km\u00b2 \u00a31bn\u00a0$2m",
	strings.Repeat("and then he said that ", 2000),
	"Qatar denied on Monday, Nov. 5, that it had sold 12 T-72 tanks worth $1 billion to Syria, killing at least 20 people.",
}

// Every stage leaves a document that keeps the invariants, and no record points outside its text.
func TestInvariants(t *testing.T) {
	r := open1(t)
	for _, text := range samples {
		checkDoc(t, r, text)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range samples {
		if len(text) < 2000 {
			f.Add(text)
		}
	}
	r := open1(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 5000 {
			checkDoc(t, r, strings.ToValidUTF8(text, "\uFFFD"))
		}
	})
}

func checkDoc(t *testing.T, r *Reader, text string) {
	t.Helper()
	d, err := r.Annotate(Article{Text: text, Date: civil.Of(2012, 11, 5)})
	if err != nil {
		t.Fatalf("%.60q: %v", text, err)
	}
	if err := d.Check(); err != nil {
		t.Errorf("%.60q: %v", text, err)
	}
	rec := r.Record(d)
	body, err := json.Marshal(rec)
	if err != nil {
		t.Fatalf("%.60q: %v", text, err)
	}
	runes := []rune(text)
	ids := map[string]bool{}
	for _, c := range rec.Claims {
		if ids[c.ID] {
			t.Errorf("%.60q: two claims are called %s", text, c.ID)
		}
		ids[c.ID] = true
		if rec.PropositionByID(c.Proposition) == nil {
			t.Errorf("%.60q: claim %s is about a proposition that is not there", text, c.ID)
		}
		if len(c.Chain) == 0 || rec.ActorByID(c.Chain[len(c.Chain)-1]) == nil {
			t.Errorf("%.60q: the chain %q of claim %s does not end with a known publisher", text, c.Chain, c.ID)
		}
		if c.Realised != (c.Polarity == "positive" && c.Modality == "asserted") {
			t.Errorf("%.60q: claim %s is realised %v, %s, %s", text, c.ID, c.Realised, c.Polarity, c.Modality)
		}
		for _, e := range c.Evidence {
			if e.Start < 0 || e.End > len(runes) || string(runes[e.Start:e.End]) != e.Exact {
				t.Errorf("%.60q: evidence %q is not at %d–%d", text, e.Exact, e.Start, e.End)
			}
		}
	}
	again, err := r.Annotate(Article{Text: text, Date: civil.Of(2012, 11, 5)})
	if err != nil {
		t.Fatal(err)
	}
	if second, err := json.Marshal(r.Record(again)); err != nil || string(second) != string(body) {
		t.Errorf("%.60q: reading twice gave different bytes (%v)", text, err)
	}
}

// BenchmarkOpen is the cold start: all models and tables.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		open1(b)
	}
}

// BenchmarkRead reads wire stories end to end on one core, from text to record, and reports the words a second of the whole
// and of each stage. Words are runs without white space.
func BenchmarkRead(b *testing.B) {
	articles := wire(b, 200)
	r := open1(b)
	words := 0
	for _, a := range articles {
		words += len(strings.Fields(a.Text))
	}
	spent := make([]time.Duration, len(r.stages)+1)
	rounds := 0
	b.ReportAllocs()
	for b.Loop() {
		rounds++
		for _, a := range articles {
			d := &doc.Doc{Text: a.Text, Date: a.Date}
			for i, s := range r.stages {
				start := time.Now()
				if err := s.Annotate(d); err != nil {
					b.Fatal(err)
				}
				d.Done |= s.Writes()
				spent[i] += time.Since(start)
			}
			start := time.Now()
			r.Record(d)
			spent[len(r.stages)] += time.Since(start)
		}
	}
	total := float64(words * rounds)
	b.ReportMetric(total/b.Elapsed().Seconds(), "words/s")
	for i, s := range r.stages {
		b.ReportMetric(total/spent[i].Seconds(), s.Name()+"-words/s")
	}
	b.ReportMetric(total/spent[len(r.stages)].Seconds(), "record-words/s")
}

// wire is the first n stories of the archive that docs/performance.md measures on.
func wire(b *testing.B, n int) []Article {
	b.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "news", "isot_reuters.jsonl.gz"))
	if err != nil {
		b.Skip("skipped: the archive is not here")
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var out []Article
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), 16<<20)
	for lines.Scan() && len(out) < n {
		var a struct{ Text, Date string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		date, err := civil.Parse(a.Date)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, Article{Text: a.Text, Date: date})
	}
	return out
}
