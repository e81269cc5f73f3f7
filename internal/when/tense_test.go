package when

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/segment"
	"annals/internal/syntax"
)

var update = flag.Bool("update", false, "rewrite the answers in testdata/tense.tsv")

// TestTenseDecides reads the sentences of testdata/tense.tsv with the parse before it.
func TestTenseDecides(t *testing.T) {
	const path = "testdata/tense.tsv"
	words, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	parse, err := syntax.New()
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	times, err := New()
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			out.WriteString(line)
			continue
		}
		day, err := civil.Parse(cells[0])
		if err != nil {
			t.Fatal(err)
		}
		d := &doc.Doc{Text: cells[1], Date: day}
		for _, stage := range []interface{ Annotate(*doc.Doc) error }{words, parse, times} {
			if err := stage.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		got := found(d, false)
		if got != cells[2] && !*update {
			t.Errorf("%s, on %s\n got %s\nwant %s", cells[1], cells[0], got, cells[2])
		}
		fmt.Fprintf(&out, "%s\t%s\t%s\n", cells[0], cells[1], got)
	}
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
