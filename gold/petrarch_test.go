package gold

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"annals/internal/civil"
	"annals/internal/petrarch"
	"annals/internal/pipeline"
)

// codedRow is a record of the PETRARCH unit tests: sentences of an invented world and the codings that its dictionary
// must give.
type codedRow struct {
	ID     string      `json:"id"`
	Date   string      `json:"date"`
	Text   string      `json:"text"`
	Events [][3]string `json:"events"` // source, target, code
}

// TestAccuracyPetrarch codes the development part of the PETRARCH unit records with the dictionaries they were
// written for (PETR.Validate.*, the user's own copy, in the folder that ANNALS_PETRARCH_DICT names) and compares
// whole triples, each once a record.
func TestAccuracyPetrarch(t *testing.T) {
	folder := os.Getenv("ANNALS_PETRARCH_DICT")
	if folder == "" {
		t.Skip("skipped: ANNALS_PETRARCH_DICT names no folder with the PETR.Validate dictionaries")
	}
	rows := codedRows(t, shared(t, "data", "events", "petr_unit.dev.jsonl"))
	reader, err := pipeline.NewWithDictionary(dictionary(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	var triple, code, dyad counts
	exact := 0
	for _, row := range rows {
		got := codings(t, reader, row)
		missed, extra := triple.add(row.Events, got, func(e [3]string) [3]string { return e })
		code.add(row.Events, got, func(e [3]string) [3]string { return [3]string{e[2]} })
		dyad.add(row.Events, got, func(e [3]string) [3]string { return [3]string{e[0], e[1]} })
		if len(missed)+len(extra) == 0 {
			exact++
		} else if testing.Verbose() {
			t.Logf("%-14s missed %v, not expected %v", row.ID, missed, extra)
		}
	}
	t.Logf("%d of %d records exactly right; code F1 %.2f, dyad F1 %.2f, triple P %.2f R %.2f", exact, len(rows), code.f1(), dyad.f1(),
		100*float64(triple.hit)/float64(max(1, triple.got)), 100*float64(triple.hit)/float64(max(1, triple.want)))
	floor(t, "triple F1 through the importer", triple.f1(), 80)
}

func codedRows(t *testing.T, path string) (rows []codedRow) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row codedRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// dictionary imports the files of a folder.
func dictionary(t *testing.T, folder string) []byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no dictionary files in %s", folder)
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
		t.Log(f)
	}
	t.Log(dict.Summary())
	data, err := dict.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func codings(t *testing.T, reader *pipeline.Reader, row codedRow) (out [][3]string) {
	t.Helper()
	date, err := civil.Parse(row.Date[:4] + "-" + row.Date[4:6] + "-" + row.Date[6:])
	if err != nil {
		t.Fatal(err)
	}
	d, err := reader.Annotate(pipeline.Article{ID: row.ID, Text: row.Text, Date: date})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range d.Codings {
		if !k.Negated {
			out = append(out, [3]string{k.Source.Code, k.Target.Code, k.Code})
		}
	}
	return out
}

// counts are hits among what was wanted and what was got.
type counts struct{ hit, want, got int }

// add counts one record's sets and returns what was missed and what was not expected.
func (c *counts) add(want, got [][3]string, key func([3]string) [3]string) (missed, extra [][3]string) {
	left := map[[3]string]bool{}
	for _, e := range want {
		left[key(e)] = true
	}
	c.want += len(left)
	seen := map[[3]string]bool{}
	for _, e := range got {
		k := key(e)
		switch {
		case seen[k]:
			continue
		case left[k]:
			c.hit++
			delete(left, k)
		default:
			extra = append(extra, k)
		}
		seen[k] = true
		c.got++
	}
	for _, e := range want {
		if left[key(e)] {
			missed = append(missed, key(e))
		}
	}
	return missed, extra
}

func (c *counts) f1() float64 {
	if c.want+c.got == 0 {
		return 0
	}
	return 200 * float64(c.hit) / float64(c.want+c.got)
}
