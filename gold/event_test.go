package gold

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/doc"
	"annals/internal/event"
	"annals/internal/lexicon"
	"annals/internal/onto"
	"annals/internal/pipeline"
	"annals/internal/standoff"
)

// eventRow is a line of the event corpora, as far as reading needs it.
type eventRow struct {
	ID    string              `json:"id"`
	Text  string              `json:"text"`
	Event string              `json:"event"`
	Spans [][]json.RawMessage `json:"spans"`
}

func eventRows(t testing.TB, path string) []eventRow {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	var rows []eventRow
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var row eventRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// predictEvents annotates the texts of a corpus and returns the path of the stand-off file.
func predictEvents(t *testing.T, gold string) string {
	t.Helper()
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	layers, err := standoff.ParseLayers("actors,attributions,events")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	for _, row := range eventRows(t, gold) {
		d, err := reader.Annotate(pipeline.Article{ID: row.ID, Text: row.Text})
		if err != nil {
			t.Fatal(err)
		}
		if err := encoder.Encode(standoff.Encode(d, standoff.Identity{}, layers)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "events.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// eventFigure is a number inside nested results.
func eventFigure(t *testing.T, results map[string]any, keys ...string) float64 {
	t.Helper()
	var at any = results
	for _, k := range keys {
		at = at.(map[string]any)[k]
	}
	f, ok := at.(float64)
	if !ok {
		t.Fatalf("the scorer gives no figure %v", keys)
	}
	return f
}

// TestAccuracyEventsCodebook measures on the ideal events of the codebook's sentences (PLOVER GSR, dev).
func TestAccuracyEventsCodebook(t *testing.T) {
	corpus := shared(t, "data", "events", "gsr_plover.dev.jsonl")
	got := score(t, "score_events.py", corpus, predictEvents(t, corpus))
	floor(t, "GSR dev, type recall", eventFigure(t, got, "type recall"), 80.5)
	floor(t, "GSR dev, top-1 type", eventFigure(t, got, "type top-1"), 76.5)
	floor(t, "GSR dev, both sides by country", eventFigure(t, got, "dyad"), 69.5)
	floor(t, "GSR dev, type and both sides", eventFigure(t, got, "triple", "R"), 59.5)
}

// TestAccuracyEventPairs measures on labelled pairs of phrases (PLV, dev), the phrases found by us.
func TestAccuracyEventPairs(t *testing.T) {
	corpus := shared(t, "data", "events", "plv.dev.jsonl")
	got := score(t, "score_events.py", corpus, predictEvents(t, corpus))
	floor(t, "PLV dev, pair", eventFigure(t, got, "pair"), 69)
	floor(t, "PLV dev, pair, either order", eventFigure(t, got, "pair either order"), 73)
	floor(t, "PLV dev, pair and type", eventFigure(t, got, "strict, any", "accuracy"), 57.5)
	floor(t, "PLV dev, pair and type, either order", eventFigure(t, got, "either order, any", "accuracy"), 60.5)
	floor(t, "PLV dev, type alone", eventFigure(t, got, "span-free, any", "accuracy"), 79.5)
}

// TestAccuracyEventClassifier measures the classifier alone on PLV dev, the phrases given.
func TestAccuracyEventClassifier(t *testing.T) {
	corpus := shared(t, "data", "events", "plv.dev.jsonl")
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	ontology, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	stage, err := event.New(lex, ontology)
	if err != nil {
		t.Fatal(err)
	}
	right, rows := 0, eventRows(t, corpus)
	gold, found, both := map[string]int{}, map[string]int{}, map[string]int{}
	for _, row := range rows {
		d, err := reader.Annotate(pipeline.Article{ID: row.ID, Text: row.Text})
		if err != nil {
			t.Fatal(err)
		}
		class, _ := stage.Classify(stage.PairFeatures(d, eventPhrase(t, row, "SRC"), eventPhrase(t, row, "TAR")))
		gold[row.Event]++
		found[class]++
		if class == row.Event {
			right++
			both[class]++
		}
	}
	f1 := 0.0
	for class, n := range gold {
		f1 += 2 * float64(both[class]) / float64(n+found[class])
	}
	floor(t, "PLV dev, classifier, accuracy", 100*float64(right)/float64(len(rows)), 82)
	floor(t, "PLV dev, classifier, macro-F1", 100*f1/float64(len(gold)), 76)
}

// eventPhrase is the span of a role in bytes; the corpus counts code points.
func eventPhrase(t *testing.T, row eventRow, role string) doc.Span {
	t.Helper()
	for _, s := range row.Spans {
		var name string
		var from, to int
		if json.Unmarshal(s[0], &name) != nil || name != role {
			continue
		}
		if json.Unmarshal(s[1], &from) != nil || json.Unmarshal(s[2], &to) != nil {
			t.Fatalf("%s has a bad span", row.ID)
		}
		letters := []rune(row.Text)
		return doc.Span{Start: int32(len(string(letters[:from]))), End: int32(len(string(letters[:to])))}
	}
	return doc.Span{}
}

// TestAccuracyEventIncidents measures violence in upper-case stories (MUC-3/4, dev).
func TestAccuracyEventIncidents(t *testing.T) {
	corpus := shared(t, "data", "events", "muc.dev.jsonl.gz")
	got := score(t, "score_events.py", corpus, predictEvents(t, corpus))
	floor(t, "MUC dev, ASSAULT stories, recall", eventFigure(t, got, "detection", "ASSAULT", "R"), 95)
	floor(t, "MUC dev, ASSAULT stories, precision", eventFigure(t, got, "detection", "ASSAULT", "P"), 60.5)
	floor(t, "MUC dev, stage", eventFigure(t, got, "stage"), 85)
	t.Logf("%-40s %s", "MUC dev, aligned", fmt.Sprint(eventFigure(t, got, "aligned")))
}
