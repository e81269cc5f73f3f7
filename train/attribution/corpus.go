// Package attribution trains the model "quote": a tagger of cues and a linker that gives each cue its source and
// content, on PolNeAR (Newell, Margolin and Ruths 2018).
//
// In: the corpus as JSON lines, and the shipped stages segment and syntax, so that training sees the parses that
// reading will see. Out: one model file and what it scores on documents that were held out. It never reads the
// development or test part.
package attribution

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"annals/internal/civil"
	"annals/internal/doc"
)

// Gold is an annotated attribution: each role as spans in bytes.
type Gold struct{ Source, Cue, Content []doc.Span }

// Article is an annotated document.
type Article struct {
	Doc  *doc.Doc
	Gold []Gold
}

type line struct {
	ID           string `json:"doc_id"`
	Publisher    string `json:"publisher"`
	Date         string `json:"date"`
	Text         string `json:"text"`
	Attributions []struct {
		Source  [][2]int `json:"source"`
		Cue     [][2]int `json:"cue"`
		Content [][2]int `json:"content"`
	} `json:"attributions"`
}

// Read reads a corpus of attributions, one JSON document a line.
func Read(path string) ([]Article, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the corpus of attributions: %w", err)
	}
	defer file.Close()
	var out []Article
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), 64<<20)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("reading the corpus of attributions: line %d of %s: %w", len(out)+1, path, err)
		}
		a := Article{Doc: &doc.Doc{ID: l.ID, Text: l.Text, Publisher: l.Publisher, DateSource: "metadata"}}
		if date, err := civil.Parse(l.Date); err == nil {
			a.Doc.Date = date
		}
		points := doc.NewPoints(l.Text)
		for _, g := range l.Attributions {
			a.Gold = append(a.Gold, Gold{Source: byteSpans(points, g.Source), Cue: byteSpans(points, g.Cue), Content: byteSpans(points, g.Content)})
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the corpus of attributions: %s: %w", path, err)
	}
	return out, nil
}

func byteSpans(points *doc.Points, in [][2]int) []doc.Span {
	out := make([]doc.Span, len(in))
	for i, s := range in {
		out[i] = doc.Span{Start: points.Byte(s[0]), End: points.Byte(s[1])}
	}
	return out
}
