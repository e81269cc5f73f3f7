// Command review draws realised events from news for a person to judge: go run ./train/review -seed N -n 200.
//
// In: stories as JSON lines (id, date, text). Out: on standard output one event a line – story, code points of its
// anchor, type, mode, CAMEO, who to whom, who says so, rule, and the sentence with the anchor in brackets. The judgements go to
// docs/reviews, without the sentences.
//
// The rule: the stories are put into an order that the seed gives; the first -stories of them are read on their own
// dates; of all their events that are positive and asserted, statements and retellings left out, the seed draws -n,
// each with the same chance. It is never part of the shipped binary.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/onto"
	"annals/internal/pipeline"
)

type story struct {
	ID   string `json:"id"`
	Date string `json:"date"`
	Text string `json:"text"`
}

// drawn is an event with its document.
type drawn struct {
	doc   *doc.Doc
	event *doc.Event
}

func main() {
	path := flag.String("news", filepath.Join("..", "shared", "data", "news", "isot_reuters.jsonl.gz"), "stories, one a line")
	seed := flag.Uint64("seed", 1, "seed of the order of the stories and of the draw")
	n := flag.Int("n", 200, "events to draw")
	stories := flag.Int("stories", 300, "stories to read")
	flag.Parse()
	if err := run(*path, *seed, *n, *stories, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "review: %v\n", err)
		os.Exit(1)
	}
}

func run(path string, seed uint64, n, stories int, out io.Writer) error {
	all, err := read(path)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	reader, err := pipeline.New()
	if err != nil {
		return err
	}
	var pool []drawn
	events := 0
	for _, s := range all[:min(stories, len(all))] {
		date, err := civil.Parse(s.Date)
		if err != nil {
			return fmt.Errorf("the story %s: %w", s.ID, err)
		}
		d, err := reader.Annotate(pipeline.Article{ID: s.ID, Text: s.Text, Date: date})
		if err != nil {
			return err
		}
		for i := range d.Events {
			e := &d.Events[i]
			if e.Type != onto.Statement && e.SameAs == doc.None {
				events++
				if e.Polarity == "positive" && e.Modality == "asserted" {
					pool = append(pool, drawn{d, e})
				}
			}
		}
	}
	fmt.Fprintf(os.Stderr, "%d of %d events are realised\n", len(pool), events)
	random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	pool = pool[:min(n, len(pool))]
	w := bufio.NewWriter(out)
	for i := range pool {
		fmt.Fprintln(w, strings.Join(pool[i].cells(), "\t"))
	}
	return w.Flush()
}

// read reads all stories, in order of their ids so that the draw does not hang on the order of the file.
func read(path string) ([]story, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the news: %w", err)
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("opening the news: %w", err)
	}
	var all []story
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var s story
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, fmt.Errorf("reading the news: %w", err)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b story) int { return strings.Compare(a.ID, b.ID) })
	return all, lines.Err()
}

// cells are the columns of one event.
func (x drawn) cells() []string {
	d, e := x.doc, x.event
	points := doc.NewPoints(d.Text)
	start, end := points.Span(e.Anchor)
	s := d.Sentences[e.Sentence].Span
	sentence := d.Text[s.Start:e.Anchor.Start] + "[[" + d.Slice(e.Anchor) + "]]" + d.Text[e.Anchor.End:s.End]
	return []string{
		d.ID, fmt.Sprint(start), fmt.Sprint(end), e.Type, e.Mode, e.CAMEO,
		x.side(e.Actors) + " > " + x.side(e.Recipients), x.says(), e.Rule, strings.Join(strings.Fields(sentence), " "),
	}
}

// says is who put it forward and how: "accuse Kremlin", or nothing for the publisher's own voice.
func (x drawn) says() string {
	if x.event.Attribution == doc.None {
		return ""
	}
	a := &x.doc.Attributions[x.event.Attribution]
	var source []string
	for _, s := range a.Source {
		source = append(source, x.doc.Slice(s))
	}
	return a.Act + " " + strings.Join(strings.Fields(strings.Join(source, " ")), " ")
}

func (x drawn) side(parties []doc.Participant) string {
	var out []string
	for _, p := range parties {
		name := strings.Join(strings.Fields(x.doc.Slice(p.Span)), " ")
		if p.Implied {
			name = "(" + name + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}
