package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"annals/internal/doc"
	"annals/internal/event"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/onto"
	"annals/internal/pipeline"
)

// labelled is a sentence with two phrases and the type of event between them.
type labelled struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	Event string   `json:"event"`
	Spans [][3]any `json:"spans"`
}

// example is a labelled pair as features.
type example struct {
	features []uint64
	class    int
}

// trainEvent trains the classifier of event types on PLV train: a multinomial logistic regression with L2, by
// AdaGrad. Before it writes the model it prints the accuracy of five-fold cross-validation.
func trainEvent(o options) error {
	rows, err := readLabelled(filepath.Join(o.data, "events", "plv.train.jsonl"))
	if err != nil {
		return err
	}
	examples, classes, err := pairExamples(rows)
	if err != nil {
		return err
	}
	crossValidate(examples, classes, o.seed)
	weights := fit(examples, len(classes), o.seed)
	b := model.NewBuilder("event", map[string]string{
		"data": "PLV train (843 sentences with source and target)", "command": "go run ./train event", "seed": fmt.Sprint(o.seed),
	})
	if err := model.AddRows(b, "type", classes, sparse(weights), 0.004); err != nil {
		return err
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "event", body)
}

func readLabelled(path string) ([]labelled, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the labelled sentences: %w", err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row labelled
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("reading the labelled sentences: line %d: %w", len(out)+1, err)
		}
		out = append(out, row)
	}
	return out, lines.Err()
}

// pairExamples reads every sentence with the whole pipeline and takes the features of its pair.
func pairExamples(rows []labelled) ([]example, []string, error) {
	reader, err := pipeline.New()
	if err != nil {
		return nil, nil, err
	}
	lex, err := lexicon.Load()
	if err != nil {
		return nil, nil, err
	}
	ontology, err := onto.Load()
	if err != nil {
		return nil, nil, err
	}
	stage, err := event.New(lex, ontology)
	if err != nil {
		return nil, nil, err
	}
	var classes []string
	for _, row := range rows {
		classes = append(classes, row.Event)
	}
	slices.Sort(classes)
	classes = slices.Compact(classes)
	examples := make([]example, len(rows))
	for i, row := range rows {
		d, err := reader.Annotate(pipeline.Article{ID: row.ID, Text: row.Text})
		if err != nil {
			return nil, nil, err
		}
		source, target := row.phrases()
		examples[i] = example{stage.PairFeatures(d, source, target), slices.Index(classes, row.Event)}
	}
	return examples, classes, nil
}

// phrases are the spans of source and target in bytes; the file counts code points.
func (l *labelled) phrases() (source, target doc.Span) {
	bytes := []int32{}
	for i := range l.Text {
		bytes = append(bytes, int32(i))
	}
	bytes = append(bytes, int32(len(l.Text)))
	for _, s := range l.Spans {
		from, _ := s[1].(float64)
		to, _ := s[2].(float64)
		span := doc.Span{Start: bytes[int(from)], End: bytes[int(to)]}
		if s[0] == "SRC" {
			source = span
		} else {
			target = span
		}
	}
	return source, target
}

const (
	eventEpochs = 40
	eventRate   = 2
	eventDecay  = 1e-5 // L2
)

// fit trains dense weights by stochastic gradient descent with a falling rate; every feature of an example counts
// for 1/sqrt(n), so that long sentences do not weigh more.
func fit(examples []example, classes int, seed uint64) map[uint64][]float32 {
	weights := map[uint64][]float32{}
	for _, e := range examples {
		for _, f := range e.features {
			if weights[f] == nil {
				weights[f] = make([]float32, classes)
			}
		}
	}
	random := rand.New(rand.NewPCG(seed, 5))
	order := random.Perm(len(examples))
	rate, decay := float64(eventRate), float64(eventDecay)
	scale, step := 1.0, 0.0 // weights are stored divided by scale, so that decay touches no row
	for range eventEpochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			eta := rate / (1 + rate*decay*step)
			step++
			scale *= 1 - eta*decay
			size := 1 / math.Sqrt(float64(len(e.features)))
			p := make([]float64, classes)
			for _, f := range e.features {
				for c, w := range weights[f] {
					p[c] += float64(w) * scale * size
				}
			}
			normalise(p)
			p[e.class]--
			for _, f := range e.features {
				w := weights[f]
				for c := range w {
					w[c] -= float32(eta * p[c] * size / scale)
				}
			}
		}
	}
	for _, w := range weights {
		for c := range w {
			w[c] *= float32(scale)
		}
	}
	return weights
}

func probabilities(weights map[uint64][]float32, features []uint64, classes int) []float64 {
	p := make([]float64, classes)
	size := 1 / math.Sqrt(float64(len(features)))
	for _, f := range features {
		for c, w := range weights[f] {
			p[c] += float64(w) * size
		}
	}
	normalise(p)
	return p
}

func normalise(p []float64) {
	top, sum := slices.Max(p), 0.0
	for c := range p {
		p[c] = math.Exp(p[c] - top)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
}

// crossValidate prints accuracy and macro-F1 over five folds.
func crossValidate(examples []example, classes []string, seed uint64) {
	var gold, got []int
	for fold := range 5 {
		var train, test []example
		for i, e := range examples {
			if i%5 == fold {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		weights := fit(train, len(classes), seed)
		for _, e := range test {
			p := probabilities(weights, e.features, len(classes))
			best := 0
			for c := range p {
				if p[c] > p[best] {
					best = c
				}
			}
			gold, got = append(gold, e.class), append(got, best)
		}
	}
	right, f1 := 0, 0.0
	for c := range classes {
		tp, n, m := 0, 0, 0
		for i := range gold {
			if gold[i] == c {
				n++
			}
			if got[i] == c {
				m++
			}
			if gold[i] == c && got[i] == c {
				tp++
			}
		}
		right += tp
		fmt.Printf("  %-10s gold %3d found %3d right %3d\n", classes[c], n, m, tp)
		f1 += 2 * float64(tp) / math.Max(float64(n+m), 1)
	}
	fmt.Printf("five-fold: accuracy %.3f, macro-F1 %.3f over %d pairs\n", float64(right)/float64(len(gold)), f1/float64(len(classes)), len(gold))
}

func sparse(weights map[uint64][]float32) []model.Row {
	rows := make([]model.Row, 0, len(weights))
	for f, dense := range weights {
		row := model.Row{Feature: f}
		for c, w := range dense {
			if math.Abs(float64(w)) >= 0.02 {
				row.Weights = append(row.Weights, model.Weight{Class: uint16(c), Value: w})
			}
		}
		if len(row.Weights) > 0 {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b model.Row) int {
		if a.Feature < b.Feature {
			return -1
		}
		return 1
	})
	return rows
}
