package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/url"
	"path/filepath"
	"strconv"

	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/where"
	"annals/train/corpus"
)

// wiktorDocs is how many documents of WikToR are used: its names are far more ambiguous than news, and LGL must not drown.
const wiktorDocs = 600

// near is the distance within which a place counts as the one meant (Leidner 2007; Gritta et al. 2019), in kilometres.
const near = 161

// placeExample is a document with the places that people marked.
type placeExample struct {
	d     *doc.Doc
	fold  uint64
	spans []doc.Span
	gold  []*[2]float64 // latitude, longitude; nil: not located
	whole bool          // every place is marked
}

func trainPlaces(o options) error {
	maker, err := newPlaceMaker()
	if err != nil {
		return err
	}
	lgl, err := maker.read(filepath.Join(o.data, "places", "lgl.jsonl.gz"), true, math.MaxInt)
	if err != nil {
		return err
	}
	wiktor, err := maker.read(filepath.Join(o.data, "places", "wiktor.jsonl.gz"), false, wiktorDocs)
	if err != nil {
		return err
	}
	const folds = 5
	var f1, within, overlap float64
	for fold := range uint64(folds) {
		var train, test []placeExample
		for _, e := range lgl {
			if e.fold%folds == fold {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		m, err := maker.fit(train, wiktor)
		if err != nil {
			return err
		}
		s, err := maker.score(m, test)
		if err != nil {
			return err
		}
		fmt.Printf("fold %d: %d documents, overlap F1 %.2f, end-to-end F1 %.2f, gold spans within 161 km %.2f\n", fold, len(test), s[0], s[1], s[2])
		overlap, f1, within = overlap+s[0]/folds, f1+s[1]/folds, within+s[2]/folds
	}
	scores := fmt.Sprintf("LGL, 5 folds by newspaper: overlap F1 %.1f, end-to-end F1 %.1f, acc@161 on gold spans %.1f", overlap, f1, within)
	fmt.Println(scores)
	m, err := maker.fit(lgl, wiktor)
	if err != nil {
		return err
	}
	b := model.NewBuilder("places", map[string]string{
		"data": fmt.Sprintf("LGL (all), WikToR (first %d)", wiktorDocs), "licences": "LGL research use, WikToR CC BY-SA", "command": "go run ./train places", "scores": scores,
	})
	if err := m.Add(b); err != nil {
		return err
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "places", body)
}

// placeMaker reads texts and fits models.
type placeMaker struct {
	stages []interface{ Annotate(*doc.Doc) error }
	places *gazetteer.Gazetteer
	lex    *lexicon.Lexicon
}

func newPlaceMaker() (*placeMaker, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	g, err := gazetteer.Open()
	if err != nil {
		return nil, err
	}
	words, err := segment.New()
	if err != nil {
		return nil, err
	}
	grammar, err := syntax.New()
	if err != nil {
		return nil, err
	}
	names, err := entity.New(lex)
	if err != nil {
		return nil, err
	}
	return &placeMaker{[]interface{ Annotate(*doc.Doc) error }{words, grammar, names}, g, lex}, nil
}

func (p *placeMaker) read(path string, whole bool, most int) ([]placeExample, error) {
	return corpus.Read(path, func(r io.Reader) ([]placeExample, error) {
		var out []placeExample
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, 16<<20)
		for len(out) < most && lines.Scan() {
			e, err := p.example(lines.Bytes(), uint64(len(out)))
			if err != nil {
				return nil, err
			}
			e.whole = whole
			out = append(out, e)
		}
		return out, lines.Err()
	})
}

// example reads a document; those of one newspaper are in one fold.
func (p *placeMaker) example(line []byte, fold uint64) (placeExample, error) {
	var row struct {
		ID, Text, URL string
		Toponyms      []struct {
			Start, End int
			Lat, Lon   *float64
		}
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return placeExample{}, err
	}
	e := placeExample{d: &doc.Doc{Text: row.Text}, fold: fold}
	if u, err := url.Parse(row.URL); err == nil && u.Host != "" {
		e.fold = model.HashString(u.Host)
	}
	for _, s := range p.stages {
		if err := s.Annotate(e.d); err != nil {
			return e, err
		}
	}
	points := doc.NewPoints(row.Text)
	for _, t := range row.Toponyms {
		e.spans = append(e.spans, doc.Span{Start: points.Byte(t.Start), End: points.Byte(t.End)})
		var at *[2]float64
		if t.Lat != nil && t.Lon != nil {
			at = &[2]float64{*t.Lat, *t.Lon}
		}
		e.gold = append(e.gold, at)
	}
	return e, nil
}

// fit learns which names are places, then which places are meant: the second in the context that the first gives.
func (p *placeMaker) fit(whole, named []placeExample) (where.Model, error) {
	m := where.Model{Threshold: 0.5, Choice: where.Rules}
	stage, err := where.NewWith(p.places, p.lex, m)
	if err != nil {
		return m, err
	}
	m.Place, m.Threshold = fitPlace(stage, whole)
	for range 2 {
		if stage, err = where.NewWith(p.places, p.lex, m); err != nil {
			return m, err
		}
		m.Choice = fitChoice(stage, whole, named)
	}
	return m, nil
}

// fitPlace is logistic regression with L2 regularisation, by full gradient steps of Adam; the threshold is the one that
// gives the best F1 on the same examples.
func fitPlace(stage *where.Stage, examples []placeExample) (where.Signs, float64) {
	var list []where.Signs
	var truth []float64
	for _, e := range examples {
		for _, c := range stage.Candidates(e.d) {
			is := 0.0
			for _, s := range e.spans {
				if s.Overlaps(c.Span) {
					is = 1
				}
			}
			list, truth = append(list, c.Signs), append(truth, is)
		}
	}
	var m where.Model
	adam := newAdam(len(m.Place))
	for range 400 {
		gradient := make([]float64, len(m.Place))
		for i := range list {
			g := (m.Probability(&list[i]) - truth[i]) / float64(len(list))
			for k, x := range list[i] {
				gradient[k] += g * x
			}
		}
		for k := range gradient {
			gradient[k] += 1e-4 * m.Place[k]
		}
		adam.step(m.Place[:], gradient, 0.05)
	}
	best, threshold := 0.0, 0.5
	for t := 0.2; t < 0.8; t += 0.02 {
		var hit, said, all float64
		for i := range list {
			all += truth[i]
			if m.Probability(&list[i]) >= t {
				said++
				hit += truth[i]
			}
		}
		if f := 2 * hit / (said + all); f > best {
			best, threshold = f, t
		}
	}
	fmt.Printf("  %d names, F1 of judging them %.3f at %s\n", len(list), best, strconv.FormatFloat(threshold, 'f', 2, 64))
	return m.Place, threshold
}

// fitChoice maximises the probability of the candidates that lie near the place that is meant.
func fitChoice(stage *where.Stage, sets ...[]placeExample) where.Weights {
	type example struct {
		features []where.Weights
		right    []bool
		weight   float64
	}
	var list []example
	var total float64
	for _, set := range sets {
		for _, e := range set {
			for _, c := range stage.Choices(e.d, e.spans) {
				ex := example{features: c.Features, right: make([]bool, len(c.Places)), weight: 1}
				if !e.whole {
					ex.weight = 0.15
				}
				some, every := false, true
				at := goldOf(e, c.Span)
				if at == nil {
					continue
				}
				for j, p := range c.Places {
					ex.right[j] = gazetteer.Distance(p.Lat, p.Lon, at[0], at[1]) <= near
					some, every = some || ex.right[j], every && ex.right[j]
				}
				if some && !every {
					list, total = append(list, ex), total+ex.weight
				}
			}
		}
	}
	weights := where.Rules
	adam := newAdam(len(weights))
	for range 300 {
		gradient := make([]float64, len(weights))
		for _, ex := range list {
			probability := softmax(ex.features, &weights)
			var right float64
			for j, is := range ex.right {
				if is {
					right += probability[j]
				}
			}
			for j := range ex.features {
				g := probability[j]
				if ex.right[j] {
					g -= probability[j] / max(right, 1e-9)
				}
				for k, x := range ex.features[j] {
					gradient[k] += g * x * ex.weight / total
				}
			}
		}
		for k := range gradient {
			gradient[k] += 1e-4 * (weights[k] - where.Rules[k])
		}
		adam.step(weights[:], gradient, 0.05)
	}
	// LGL was gathered for its local papers, in which Lebanon is a town. A wire story without a container means the country.
	weights[where.HomonymFeature] = min(weights[where.HomonymFeature], where.Rules[where.HomonymFeature])
	fmt.Printf("  %d choices, seated %.2f\n", len(list), weights[where.SeatedFeature])
	return weights
}

func goldOf(e placeExample, span doc.Span) *[2]float64 {
	for i, s := range e.spans {
		if s == span {
			return e.gold[i]
		}
	}
	return nil
}

func softmax(features []where.Weights, weights *where.Weights) []float64 {
	out := make([]float64, len(features))
	largest := math.Inf(-1)
	for j := range features {
		for k, x := range features[j] {
			out[j] += weights[k] * x
		}
		largest = max(largest, out[j])
	}
	sum := 0.0
	for j := range out {
		out[j] = math.Exp(out[j] - largest)
		sum += out[j]
	}
	for j := range out {
		out[j] /= sum
	}
	return out
}

// adam is the optimiser of Kingma and Ba (2015).
type adam struct {
	first, second []float64
	steps         float64
}

func newAdam(n int) *adam { return &adam{first: make([]float64, n), second: make([]float64, n)} }

func (a *adam) step(weights, gradient []float64, rate float64) {
	a.steps++
	for k, g := range gradient {
		a.first[k] = 0.9*a.first[k] + 0.1*g
		a.second[k] = 0.999*a.second[k] + 0.001*g*g
		weights[k] -= rate * (a.first[k] / (1 - math.Pow(0.9, a.steps))) / (math.Sqrt(a.second[k]/(1-math.Pow(0.999, a.steps))) + 1e-8)
	}
}

// score is overlap F1, end-to-end F1 and the share of given spans within 161 km, in per cent, over whole documents.
func (p *placeMaker) score(m where.Model, examples []placeExample) ([3]float64, error) {
	stage, err := where.NewWith(p.places, p.lex, m)
	if err != nil {
		return [3]float64{}, err
	}
	var gold, located, said, matched, unlocatedMatches, right, given float64
	for _, e := range examples {
		d := *e.d
		if err := stage.Annotate(&d); err != nil {
			return [3]float64{}, err
		}
		used := make([]bool, len(d.Toponyms))
		said += float64(len(d.Toponyms))
		gold += float64(len(e.spans))
		found := stage.Spans(e.d, e.spans)
		for i, s := range e.spans {
			if e.gold[i] != nil {
				located++
				if found[i].Resolved && gazetteer.Distance(found[i].Lat, found[i].Lon, e.gold[i][0], e.gold[i][1]) <= near {
					given++
				}
			}
			for j, t := range d.Toponyms {
				if used[j] || !t.Span.Overlaps(s) {
					continue
				}
				used[j] = true
				matched++
				if e.gold[i] == nil {
					unlocatedMatches++
				} else if t.Resolved && gazetteer.Distance(t.Lat, t.Lon, e.gold[i][0], e.gold[i][1]) <= near {
					right++
				}
				break
			}
		}
	}
	return [3]float64{200 * matched / (said + gold), 200 * right / (said - unlocatedMatches + located), 100 * given / located}, nil
}
