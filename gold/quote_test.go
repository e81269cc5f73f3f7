package gold

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"annals/internal/doc"
	"annals/internal/quote"
	"annals/internal/segment"
	"annals/internal/syntax"
)

// goldAttributions reads the text of each document of a corpus of attributions.
func goldAttributions(t *testing.T, path string) []*doc.Doc {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var docs []*doc.Doc
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var l struct {
			ID   string `json:"doc_id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, &doc.Doc{ID: l.ID, Text: l.Text})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return docs
}

type attributionLine struct {
	ID           string                `json:"doc_id"`
	Attributions []map[string][][2]int `json:"attributions"`
}

// writeAttributions writes what keep keeps in the scorer's format.
func writeAttributions(t *testing.T, docs []*doc.Doc, keep func(*doc.Attribution) bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "attributions.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := json.NewEncoder(file)
	for _, d := range docs {
		points := doc.NewPoints(d.Text)
		pointsOf := func(spans []doc.Span) [][2]int {
			all := [][2]int{}
			for _, s := range spans {
				start, end := points.Span(s)
				all = append(all, [2]int{start, end})
			}
			return all
		}
		line := attributionLine{ID: d.ID, Attributions: []map[string][][2]int{}}
		for i := range d.Attributions {
			if a := &d.Attributions[i]; keep(a) {
				line.Attributions = append(line.Attributions, map[string][][2]int{
					"source": pointsOf(a.Source), "cue": pointsOf(a.Cue), "content": pointsOf(a.Content)})
			}
		}
		if err := out.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// scoreAttributions runs the scorer on what keep keeps and returns its figures in per cent.
func scoreAttributions(t *testing.T, gold string, docs []*doc.Doc, keep func(*doc.Attribution) bool) func(metric, part string) float64 {
	t.Helper()
	figures := filepath.Join(t.TempDir(), "figures.json")
	out := run(t, "score_attribution.py", gold, writeAttributions(t, docs, keep), "--json", figures)
	t.Logf("\n%s", out)
	body, err := os.ReadFile(figures)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]map[string]float64
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	return func(metric, part string) float64 { return 100 * all[metric][part] }
}

func TestAccuracyAttribution(t *testing.T) {
	gold := shared(t, "data", "attribution", "polnear-dev.jsonl")
	docs := goldAttributions(t, gold)
	segmenter, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	stage, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	var spent time.Duration
	tokens := 0
	for _, d := range docs {
		if err := segmenter.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := parser.Annotate(d); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		spent += time.Since(start)
		tokens += len(d.Tokens)
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d words, %.0f words/s for this stage", tokens, float64(tokens)/spent.Seconds())
	all := scoreAttributions(t, gold, docs, func(*doc.Attribution) bool { return true })
	floor(t, "attribution: exact content", all("exact/content/all", "f1"), 57.9)
	floor(t, "attribution: exact cue", all("exact/cue/all", "f1"), 70.8)
	floor(t, "attribution: exact source", all("exact/source/all", "f1"), 74.2)
	floor(t, "attribution: partial content", all("partial/content/all", "f1"), 79.7)
	floor(t, "attribution: SCC-exact", all("SCC-exact/attr/all", "f1"), 51.3)
	floor(t, "attribution: SCC-soft", all("SCC-soft/attr/all", "f1"), 64.4)
	floor(t, "attribution: exact direct content", all("exact/content/direct", "f1"), 86.4)
	floor(t, "attribution: right source of found content", all("counts", "right")/all("counts", "n")*100, 93)
	sure := scoreAttributions(t, gold, docs, func(a *doc.Attribution) bool { return a.Confidence >= quote.Threshold })
	floor(t, "attribution: SCC-soft precision of the sure", sure("SCC-soft/attr/all", "p"), 80)
	flat := scoreAttributions(t, gold, docs, func(a *doc.Attribution) bool { return a.Outer == doc.None })
	t.Logf("without attributions inside others, which the corpus never marks: SCC-soft %.2f, exact content %.2f, exact direct content %.2f",
		flat("SCC-soft/attr/all", "f1"), flat("exact/content/all", "f1"), flat("exact/content/direct", "f1"))
}
