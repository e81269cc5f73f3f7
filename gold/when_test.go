package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"annals/internal/civil"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/when"
)

// stage is a step of reading, as far as the measurements need it.
type stage interface{ Annotate(*doc.Doc) error }

// timeStages are the stages up to time expressions.
func timeStages(t testing.TB) []stage {
	t.Helper()
	words, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	times, err := when.New()
	if err != nil {
		t.Fatal(err)
	}
	return []stage{words, grammar, times}
}

// through annotates a text written on a day.
func through(t testing.TB, stages []stage, text, date string) *doc.Doc {
	t.Helper()
	d := &doc.Doc{Text: text}
	if date != "" {
		day, err := civil.Parse(date)
		if err != nil {
			t.Fatal(err)
		}
		d.Date = day
	}
	for _, s := range stages {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

// codePoints turns byte offsets of a text into offsets in code points, for offsets that do not fall.
type codePoints struct {
	text  string
	bytes int32
	runes int
}

func (c *codePoints) at(offset int32) int {
	if offset < c.bytes {
		c.bytes, c.runes = 0, 0
	}
	c.runes += utf8.RuneCountInString(c.text[c.bytes:offset])
	c.bytes = offset
	return c.runes
}

// jsonLines reads a file of JSON Lines, gzipped or not, calling each for every line.
func jsonLines(t testing.TB, path string, each func(line []byte)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	if strings.HasSuffix(path, ".gz") {
		unzipped, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		lines = bufio.NewScanner(unzipped)
	}
	lines.Buffer(make([]byte, 1<<20), 64<<20)
	for lines.Scan() {
		each(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

type predictedTimex struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Value string `json:"value"`
	Mod   string `json:"mod,omitempty"`
}

// predictTimes writes what the stages find in a corpus of time expressions.
func predictTimes(t *testing.T, gold string) string {
	t.Helper()
	stages := timeStages(t)
	path := filepath.Join(t.TempDir(), "pred.jsonl")
	if kept := os.Getenv("ANNALS_KEEP"); kept != "" {
		path = filepath.Join(kept, strings.TrimSuffix(filepath.Base(gold), ".jsonl.gz")+".pred.jsonl")
	}
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	encoder := json.NewEncoder(out)
	jsonLines(t, gold, func(line []byte) {
		var in struct {
			ID   string `json:"doc_id"`
			Text string `json:"text"`
			Date string `json:"dct"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			t.Fatal(err)
		}
		d := through(t, stages, in.Text, in.Date[:min(10, len(in.Date))])
		points := codePoints{text: d.Text}
		timexes := make([]predictedTimex, 0, len(d.Timexes))
		for _, x := range d.Timexes {
			timexes = append(timexes, predictedTimex{points.at(x.Start), points.at(x.End), x.Type, x.Value, x.Mod})
		}
		if err := encoder.Encode(map[string]any{"doc_id": in.ID, "timexes": timexes}); err != nil {
			t.Fatal(err)
		}
	})
	return path
}

func figure(t *testing.T, scores map[string]any, measure, what string) float64 {
	t.Helper()
	return scores[measure].(map[string]any)[what].(float64)
}

func TestAccuracyTimes(t *testing.T) {
	for _, c := range []struct {
		corpus                 string
		value, relaxed, strict float64 // floors
	}{
		{"tbaq_dev", 75.8, 92.7, 85.2},
		{"meantime_dev", 86, 93.5, 89.5},
		{"wikiwars_train", 82.5, 93, 87.5},
	} {
		t.Run(c.corpus, func(t *testing.T) {
			gold := shared(t, "data", "time", c.corpus+".jsonl.gz")
			scores := score(t, "score_time.py", gold, predictTimes(t, gold))
			floor(t, c.corpus+" value F1", figure(t, scores, "value", "F1"), c.value)
			floor(t, c.corpus+" relaxed F1", figure(t, scores, "relaxed", "F1"), c.relaxed)
			floor(t, c.corpus+" strict F1", figure(t, scores, "strict", "F1"), c.strict)
		})
	}
}

// TestAccuracyTimePhrases reads a table of sentences: date of writing, sentence, expression, type, value, modifier;
// "-" where nothing must be found.
func TestAccuracyTimePhrases(t *testing.T) {
	stages := timeStages(t)
	right, all := 0, 0
	tableRows(t, shared(t, "data", "time", "phrases.tsv"), func(cells []string) {
		date, sentence, expression, typ, value := cells[0], cells[1], cells[2], cells[3], cells[4]
		mod := ""
		if len(cells) > 5 {
			mod = cells[5]
		}
		d := through(t, stages, sentence, date)
		all++
		var found []string
		ok := expression == "-" && len(d.Timexes) == 0
		for _, x := range d.Timexes {
			text := d.Slice(x.Span)
			found = append(found, text+" "+x.Type+" "+x.Value+" "+x.Mod)
			if (strings.Contains(text, expression) || strings.Contains(expression, text)) && x.Type == typ && x.Value == value && x.Mod == mod {
				ok = true
			}
		}
		if ok {
			right++
		} else {
			t.Logf("%s %q: want %s %s %s %s, found %q", date, sentence, expression, typ, value, mod, found)
		}
	})
	floor(t, "time phrases right", float64(right), float64(all))
}

// tableRows calls each for the rows of a tab-separated table that are no comments.
func tableRows(t *testing.T, path string, each func(cells []string)) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && line[0] != '#' {
			each(strings.Split(line, "\t"))
		}
	}
}

// TestAccuracyDocumentDate withholds the dates of two sets of news and asks the text for them. Most datelines carry no
// year and many no date: what counts is that a date is right where one is given, and none is made up.
func TestAccuracyDocumentDate(t *testing.T) {
	headline, err := clean.NewHeadline()
	if err != nil {
		t.Fatal(err)
	}
	words, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	times, err := when.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		folder, corpus string
		found          float64 // floor, per cent of articles
	}{
		{"time", "meantime_dev", 98},
		{"news", "isot_reuters", 0},
		{"news", "reuters21578", 0},
	} {
		corpus := c.corpus
		all, given, right, dated := 0, 0, 0, 0
		jsonLines(t, shared(t, "data", c.folder, corpus+".jsonl.gz"), func(line []byte) {
			var in struct {
				Text string `json:"text"`
				Date string `json:"date"`
				DCT  string `json:"dct"`
			}
			if err := json.Unmarshal(line, &in); err != nil {
				t.Fatal(err)
			}
			if in.Date == "" {
				in.Date = in.DCT
			}
			if in.Date == "" || all == 600 {
				return
			}
			all++
			d := through(t, []stage{headline, words, times}, in.Text, "")
			if d.Head.Date.Len() > 0 {
				dated++
			}
			if !d.Date.IsZero() {
				given++
				if d.Date.String() == in.Date {
					right++
				} else {
					t.Logf("%s: gave %s (%s), is %s: %.80q", corpus, d.Date, d.DateSource, in.Date, in.Text)
				}
			}
		})
		floor(t, corpus+" date found, per cent", 100*float64(right)/float64(all), c.found)
		floor(t, corpus+" dates right of those given", 100*float64(right+1)/float64(given+1), 98)
		t.Logf("%s: of %d articles %d have a date in the dateline; a full date was found in %d, right in %d", corpus, all, dated, given, right)
	}
}
