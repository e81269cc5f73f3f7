package attribution

import (
	"errors"
	"fmt"
	"io"
	"maps"

	"annals/internal/doc"
	"annals/internal/model"
	"annals/internal/quote"
	"annals/train/perceptron"
)

// Options are the settings of a run.
type Options struct {
	Seed     uint64
	Folds    int // of the documents, so that the linker learns from what the tagger says of documents it has not seen
	Progress io.Writer
	Tagger   Settings
	Linker   Settings
	Decoding quote.Decoding
	Meta     map[string]string // of the model file
}

// Defaults are the settings of the shipped model.
func Defaults() Options {
	return Options{Seed: 1, Folds: 4,
		Tagger:   Settings{Runs: 3, Epochs: 6, Rate: 0.03, L2: 0.005, Least: 3, Size: 160000, Drop: 0.4},
		Decoding: quote.Decoding{CueBonus: 0.8, Least: 0.08},
		Linker:   Settings{Runs: 3, Epochs: 4, Rate: 0.03, L2: 0.005, Least: 5, Size: 160000, Drop: 0.4},
	}
}

// example is an article made ready.
type example struct {
	*Article
	text *quote.Text
	gold []tokenGold
	tags []uint8 // what a tagger that has not seen the article says
}

// tokenGold is a gold attribution as tokens.
type tokenGold struct {
	cue             [2]int32
	source, content [][2]int32
}

// Trainer trains on articles that already have their syntax.
type Trainer struct {
	Options
	stage    *quote.Stage
	examples []example
}

// NewTrainer readies articles for training.
func NewTrainer(articles []Article, o Options) (*Trainer, error) {
	stage, err := quote.Untrained()
	if err != nil {
		return nil, err
	}
	t := &Trainer{Options: o, stage: stage}
	for i := range articles {
		e := example{Article: &articles[i], text: stage.Prepare(articles[i].Doc)}
		for _, g := range articles[i].Gold {
			if x, ok := inTokens(articles[i].Doc, g); ok {
				e.gold = append(e.gold, x)
			}
		}
		t.examples = append(t.examples, e)
	}
	return t, nil
}

func inTokens(d *doc.Doc, g Gold) (tokenGold, bool) {
	cue := tokenRanges(d, g.Cue)
	if len(cue) == 0 {
		return tokenGold{}, false
	}
	return tokenGold{cue: cue[0], source: tokenRanges(d, g.Source), content: tokenRanges(d, g.Content)}, true
}

func tokenRanges(d *doc.Doc, spans []doc.Span) [][2]int32 {
	var out [][2]int32
	for _, s := range spans {
		first, _ := d.TokensIn(s)
		if first > 0 && d.Tokens[first-1].End > s.Start {
			first--
		}
		last := first
		for int(last) < len(d.Tokens) && d.Tokens[last].Start < s.End {
			last++
		}
		if first < last {
			out = append(out, [2]int32{first, last})
		}
	}
	return out
}

// tagLabels are the gold labels of the tagger.
func (e *example) tagLabels() []uint8 {
	labels := make([]uint8, len(e.Doc.Tokens))
	paint := func(r [2]int32, begin uint8) {
		for t := r[0]; t < r[1]; t++ {
			labels[t] = begin + 1
		}
		labels[r[0]] = begin
	}
	for _, role := range [...]struct {
		begin  uint8
		ranges func(tokenGold) [][2]int32
	}{
		{5, func(g tokenGold) [][2]int32 { return g.content }},
		{3, func(g tokenGold) [][2]int32 { return g.source }},
		{1, func(g tokenGold) [][2]int32 { return [][2]int32{g.cue} }},
	} {
		for _, g := range e.gold {
			for _, r := range role.ranges(g) {
				paint(r, role.begin)
			}
		}
	}
	for t := range labels { // a role painted over leaves an inside without its beginning
		if l := labels[t]; l != 0 && l%2 == 0 && (t == 0 || labels[t-1] != l && labels[t-1] != l-1) {
			labels[t]--
		}
	}
	return labels
}

// tagger trains the tagger on the examples that use keeps.
func (t *Trainer) tagger(use func(i int) bool, settings Settings) *weights {
	var data []sequence
	for i := range t.examples {
		e := &t.examples[i]
		if !use(i) {
			continue
		}
		labels := e.tagLabels()
		for _, q := range e.text.Sequences() {
			s := sequence{labels: labels[q[0]:q[1]]}
			for at := q[0]; at < q[1]; at++ {
				s.features = append(s.features, e.text.TagFeatures(at, nil))
			}
			if !legal(labels[q[0]:q[1]]) {
				continue
			}
			data = append(data, s)
		}
	}
	w := trainField(data, len(quote.TagLabels), quote.TagFollows, settings, t.Seed, t.Progress)
	return &w
}

func legal(labels []uint8) bool {
	before := 0
	for _, l := range labels {
		if !quote.TagFollows(before, int(l)) {
			return false
		}
		before = int(l)
	}
	return true
}

// linker trains the linker on the examples that use keeps. It sees the cues that the tagger found, right or wrong,
// and those it missed.
func (t *Trainer) linker(use func(i int) bool) *weights {
	var data []sequence
	for i := range t.examples {
		if use(i) {
			data = t.examples[i].links(data)
		}
	}
	w := trainField(data, len(quote.LinkLabels), quote.LinkFollows, t.Linker, t.Seed, t.Progress)
	return &w
}

func (e *example) links(data []sequence) []sequence {
	matched := make([]bool, len(e.gold))
	for _, cue := range cuesOf(e.tags) {
		g := e.match(cue)
		if g >= 0 {
			matched[g] = true
			data = e.linkSequence(data, cue, &e.gold[g])
		} else {
			data = e.linkSequence(data, cue, nil)
		}
	}
	for g := range e.gold {
		if !matched[g] {
			data = e.linkSequence(data, e.gold[g].cue, &e.gold[g])
		}
	}
	return data
}

// match is the gold attribution whose cue overlaps the most, or -1.
func (e *example) match(cue [2]int32) int {
	best, most := -1, int32(0)
	for i, g := range e.gold {
		if o := min(cue[1], g.cue[1]) - max(cue[0], g.cue[0]); o > most {
			best, most = i, o
		}
	}
	return best
}

func (e *example) linkSequence(data []sequence, cue [2]int32, gold *tokenGold) []sequence {
	first, last, features := e.text.LinkFeatures(e.text.NewCue(cue[0], cue[1]), e.tags)
	labels := make([]uint8, last-first)
	paint := func(ranges [][2]int32, begin uint8) {
		for _, r := range ranges {
			for at := max(r[0], first); at < min(r[1], last); at++ {
				if at >= cue[0] && at < cue[1] {
					continue
				}
				labels[at-first] = begin + 1
				if at == r[0] || at == first || labels[at-first-1] < begin {
					labels[at-first] = begin
				}
			}
		}
	}
	if gold != nil {
		paint(gold.content, 3)
		paint(gold.source, 1)
	}
	for i, l := range labels { // the same repair as in tagLabels
		if l != 0 && l%2 == 0 && (i == 0 || labels[i-1] != l && labels[i-1] != l-1) {
			labels[i]--
		}
	}
	return append(data, sequence{features, labels})
}

func cuesOf(tags []uint8) [][2]int32 {
	var out [][2]int32
	for i := 0; i < len(tags); i++ {
		if tags[i] != 1 {
			continue
		}
		j := i + 1
		for j < len(tags) && tags[j] == 2 {
			j++
		}
		out = append(out, [2]int32{int32(i), int32(j)})
		i = j - 1
	}
	return out
}

// jackknife fills the tags of every example by taggers that have not seen it. One run has to do for each.
func (t *Trainer) jackknife() error {
	settings := t.Tagger
	settings.Runs = 1
	failed := make([]error, t.Folds)
	sideBySide(t.Folds, func(fold int) {
		m := t.tagger(func(i int) bool { return i%t.Folds != fold }, settings)
		stage, err := t.open(m, nil, quote.Calibration{}, nil)
		if err != nil {
			failed[fold] = err
			return
		}
		for i := fold; i < len(t.examples); i += t.Folds {
			t.examples[i].tags = stage.Tags(t.examples[i].text)
		}
	})
	return errors.Join(failed...)
}

// open makes a stage of models that are not written to a file yet.
func (t *Trainer) open(tagger, linker *weights, c quote.Calibration, meta map[string]string) (*quote.Stage, error) {
	body, err := t.body(tagger, linker, c, meta)
	if err != nil {
		return nil, err
	}
	f, err := model.Parse(string(body))
	if err != nil {
		return nil, err
	}
	return quote.Open(f)
}

func (t *Trainer) body(tagger, linker *weights, c quote.Calibration, meta map[string]string) ([]byte, error) {
	b := model.NewBuilder("quote", meta)
	if linker == nil {
		linker = &weights{transitions: square(len(quote.LinkLabels))}
	}
	if tagger == nil {
		tagger = &weights{transitions: square(len(quote.TagLabels))}
	}
	for _, part := range [...]struct {
		name   string
		labels []string
		m      *weights
	}{{"tagger", quote.TagLabels, tagger}, {"linker", quote.LinkLabels, linker}} {
		if err := model.AddRows(b, part.name, part.labels, part.m.rows, perceptron.Scale(part.m.rows, 0.2)); err != nil {
			return nil, err
		}
		if err := b.AddJSON(part.name+".transitions", part.m.transitions); err != nil {
			return nil, err
		}
	}
	if err := b.AddJSON("calibration", c); err != nil {
		return nil, err
	}
	if err := b.AddJSON("decoding", t.Decoding); err != nil {
		return nil, err
	}
	return b.Bytes()
}

func square(n int) [][]float32 {
	out := make([][]float32, n)
	for i := range out {
		out[i] = make([]float32, n)
	}
	return out
}

// heldOut tells whether an example is kept out of the first linker, to measure and to calibrate.
func heldOut(i int) bool { return i%8 == 3 }

// Train trains twice and returns the model file: without the held-out examples, to measure and to calibrate, and with
// all of them, to ship.
func (t *Trainer) Train() ([]byte, error) {
	if err := t.jackknife(); err != nil {
		return nil, err
	}
	held := func(i int) bool { return !heldOut(i) }
	linker, tagger := t.linker(held), t.tagger(held, t.Tagger)
	stage, err := t.open(tagger, linker, quote.Calibration{Weights: make([]float64, 13)}, nil)
	if err != nil {
		return nil, err
	}
	calibration := t.calibrate(stage)
	if stage, err = t.open(tagger, linker, calibration, nil); err != nil {
		return nil, err
	}
	scores, err := t.measure(stage)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(t.Progress, "held out:")
	scores.print(t.Progress)
	meta := maps.Clone(t.Meta)
	if meta == nil {
		meta = map[string]string{}
	}
	meta["held-out"] = scores.String()
	all := func(int) bool { return true }
	return t.body(t.tagger(all, t.Tagger), t.linker(all), calibration, meta)
}
