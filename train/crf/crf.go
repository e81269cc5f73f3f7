// Package crf trains linear-chain conditional random fields over hashed features (Lafferty, McCallum and Pereira
// 2001) by stochastic gradient descent with a cumulative L1 penalty (Tsuruoka, Tsujii and Ananiadou 2009), which
// leaves few weights alive and so makes small models. Several runs, which see the sequences in different orders, may be
// averaged: the optimum is one and the same but for what is left open, so that the mean lies nearer to it than any of them.
//
// In: sequences of feature hashes, and for each position the set of labels that the annotation allows: one where it
// is certain, several where a corpus is coarser than the label set, all where it is silent (the sum over what is
// allowed is what is maximised). Out: rows for model.AddRows and a matrix of transition weights. It reads no corpus.
package crf

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"annals/internal/model"
)

// Sequence is one training sequence.
type Sequence struct {
	Features [][]uint64 // hashes at each position
	Allowed  []uint64   // bit set of labels at each position; never empty
}

// Options are the settings of a training run.
type Options struct {
	Labels   int                 // at most 64
	Follows  func(a, b int) bool // may label b follow label a
	Starts   func(a int) bool
	Ends     func(a int) bool
	Epochs   int
	Rate     float64 // first learning rate
	Decay    float64 // of the rate, an epoch
	L1       float64 // strength of the penalty, for the whole of the data
	Least    int     // features seen less often are left out
	Runs     int     // how many runs are averaged; 0 is 1
	Seed     uint64
	Progress io.Writer // one line an epoch
}

// Model is what training gives.
type Model struct {
	Rows        []model.Row
	Transitions [][]float32 // [from][to]
}

// examples are the data with their features numbered; all runs share them.
type examples struct {
	index   map[uint64]int32
	keys    []uint64
	start   []int32 // cells of feature f: [start[f], start[f+1])
	label   []uint8
	rows    [][][]int32
	allowed [][]uint64
	follow  [][]int // labels that may follow
}

// trainer is one run.
type trainer struct {
	Options
	*examples
	run     int
	weight  []float32
	paid    []float32 // penalty received so far
	trans   []float64 // Labels × Labels
	penalty float32   // that every weight could have received so far
}

// Train makes the model that is the mean of the runs. Two go on side by side.
func Train(data []Sequence, o Options) (*Model, error) {
	if o.Labels < 1 || o.Labels > 64 {
		return nil, fmt.Errorf("training a random field: %d labels, not 1 to 64", o.Labels)
	}
	o.Runs = max(1, o.Runs)
	e := newExamples(data, o)
	trainers := make([]*trainer, o.Runs)
	var wait sync.WaitGroup
	free := make(chan struct{}, 2)
	for run := range trainers {
		t := &trainer{Options: o, examples: e, run: run, trans: make([]float64, o.Labels*o.Labels),
			weight: make([]float32, len(e.label)), paid: make([]float32, len(e.label))}
		trainers[run] = t
		wait.Go(func() {
			free <- struct{}{}
			t.train()
			<-free
		})
	}
	wait.Wait()
	return mean(trainers).model(), nil
}

// train goes over the examples in an order of the run's own.
func (t *trainer) train() {
	order := make([]int, len(t.rows))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(t.Seed, uint64(t.run)))
	work := newLattice(t.Labels)
	rate := t.Rate
	for epoch := range t.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var loss float64
		for _, i := range order {
			t.penalty += float32(rate * t.L1 / float64(len(order)))
			loss += t.step(work, t.rows[i], t.allowed[i], rate)
		}
		rate *= t.Decay
		if t.Progress != nil {
			fmt.Fprintf(t.Progress, "run %d, epoch %d of %d: loss %.0f, %d weights of %d\n", t.run+1, epoch+1, t.Epochs, loss, t.alive(), len(t.weight))
		}
	}
}

// mean is a trainer with the mean of the weights of several.
func mean(trainers []*trainer) *trainer {
	first, share := trainers[0], 1/float32(len(trainers))
	if len(trainers) == 1 {
		return first
	}
	m := &trainer{Options: first.Options, examples: first.examples, weight: make([]float32, len(first.weight)), trans: make([]float64, len(first.trans))}
	for _, t := range trainers {
		for c, x := range t.weight {
			m.weight[c] += x * share
		}
		for i, x := range t.trans {
			m.trans[i] += x * float64(share)
		}
	}
	return m
}

func newExamples(data []Sequence, o Options) *examples {
	e := &examples{follow: make([][]int, o.Labels), allowed: make([][]uint64, len(data))}
	for a := range o.Labels {
		for b := range o.Labels {
			if o.Follows(a, b) {
				e.follow[a] = append(e.follow[a], b)
			}
		}
	}
	for i := range data {
		e.allowed[i] = data[i].Allowed
	}
	e.number(data, o)
	return e
}

// number interns the features that are frequent enough, with a cell for each label they were seen with.
func (e *examples) number(data []Sequence, o Options) {
	counts := make(map[uint64]int32)
	for _, s := range data {
		for _, features := range s.Features {
			for _, f := range features {
				counts[f]++
			}
		}
	}
	e.index = make(map[uint64]int32)
	var seen []uint64
	e.rows = make([][][]int32, len(data))
	for i, s := range data {
		e.rows[i] = make([][]int32, len(s.Features))
		for j, features := range s.Features {
			row := make([]int32, 0, len(features))
			for _, f := range features {
				if int(counts[f]) < o.Least {
					continue
				}
				n, ok := e.index[f]
				if !ok {
					n = int32(len(e.keys))
					e.index[f] = n
					e.keys = append(e.keys, f)
					seen = append(seen, 0)
				}
				seen[n] |= s.Allowed[j]
				row = append(row, n)
			}
			e.rows[i][j] = row
		}
	}
	e.start = make([]int32, 0, len(seen)+1)
	for _, labels := range seen {
		e.start = append(e.start, int32(len(e.label)))
		for l := range o.Labels {
			if labels>>l&1 == 1 {
				e.label = append(e.label, uint8(l))
			}
		}
	}
	e.start = append(e.start, int32(len(e.label)))
}

func (t *trainer) alive() int {
	n := 0
	for _, w := range t.weight {
		if w != 0 {
			n++
		}
	}
	return n
}

// lattice is the scratch space of one sequence.
type lattice struct {
	labels                  int
	scores, alpha, beta     []float64
	expTrans                []float64
	expected, free          []float64 // marginals of the constrained and of the free lattice
	expectedTrans, scaleFor []float64
}

func newLattice(labels int) *lattice {
	return &lattice{labels: labels, expTrans: make([]float64, labels*labels), expectedTrans: make([]float64, labels*labels)}
}

// step follows the gradient of one sequence and returns its loss.
func (t *trainer) step(w *lattice, rows [][]int32, allowed []uint64, rate float64) float64 {
	n, L := len(rows), t.Labels
	if n == 0 {
		return 0
	}
	w.scores = resize(w.scores, n*L)
	for i, row := range rows {
		s := w.scores[i*L : (i+1)*L]
		for _, f := range row {
			for c := t.start[f]; c < t.start[f+1]; c++ {
				s[t.label[c]] += float64(t.weight[c])
			}
		}
	}
	for i, x := range t.trans {
		w.expTrans[i] = math.Exp(x)
	}
	clear(w.expectedTrans)
	all := make([]uint64, n)
	for i := range all {
		all[i] = math.MaxUint64
	}
	w.free = resize(w.free, n*L)
	free := t.marginals(w, all, w.free, -1)
	w.expected = resize(w.expected, n*L)
	bound := t.marginals(w, allowed, w.expected, 1)
	if math.IsInf(bound, 0) || math.IsNaN(bound) {
		return 0 // the allowed labels make no legal sequence
	}
	for i, row := range rows {
		for _, f := range row {
			for c := t.start[f]; c < t.start[f+1]; c++ {
				at := i*L + int(t.label[c])
				t.weight[c] += float32(rate * (w.expected[at] - w.free[at]))
				t.shrink(c)
			}
		}
	}
	for i, x := range w.expectedTrans {
		t.trans[i] += rate * x
	}
	return free - bound
}

// shrink lets a weight pay the penalty it has not paid yet, but never cross zero.
func (t *trainer) shrink(c int32) {
	w := t.weight[c]
	switch {
	case w > 0:
		t.weight[c] = max(0, w-(t.penalty+t.paid[c]))
	case w < 0:
		t.weight[c] = min(0, w+(t.penalty-t.paid[c]))
	}
	t.paid[c] += t.weight[c] - w
}

// marginals fills out with the probability of each label at each position given that only allowed labels occur,
// adds sign times the expected transitions to w.expectedTrans, and returns the log of the sum over all paths.
func (t *trainer) marginals(w *lattice, allowed []uint64, out []float64, sign float64) float64 {
	L, n := t.Labels, len(allowed)
	w.alpha, w.beta = resize(w.alpha, n*L), resize(w.beta, n*L)
	w.scaleFor = resize(w.scaleFor, n)
	var logSum float64
	for i := range n {
		a := w.alpha[i*L : (i+1)*L]
		s := w.scores[i*L : (i+1)*L]
		top := math.Inf(-1)
		for l := range L {
			if allowed[i]>>l&1 == 1 {
				top = max(top, s[l])
			}
		}
		if i == 0 {
			for l := range L {
				if t.Starts(l) {
					a[l] = 1
				}
			}
		} else {
			prev := w.alpha[(i-1)*L : i*L]
			for p, mass := range prev {
				if mass == 0 {
					continue
				}
				for _, l := range t.follow[p] {
					a[l] += mass * w.expTrans[p*L+l]
				}
			}
		}
		var sum float64
		for l := range L {
			if allowed[i]>>l&1 == 0 || i == n-1 && !t.Ends(l) {
				a[l] = 0
				continue
			}
			a[l] *= math.Exp(s[l] - top)
			sum += a[l]
		}
		for l := range L {
			a[l] /= sum
		}
		w.scaleFor[i] = sum
		logSum += math.Log(sum) + top
	}
	if math.IsInf(logSum, 0) || math.IsNaN(logSum) {
		return math.Inf(-1)
	}
	last := w.beta[(n-1)*L : n*L]
	for l := range L {
		last[l] = 1
	}
	for i := n - 1; i >= 0; i-- {
		b := w.beta[i*L : (i+1)*L]
		a := w.alpha[i*L : (i+1)*L]
		for l := range L {
			out[i*L+l] = a[l] * b[l]
		}
		if i == 0 {
			break
		}
		s := w.scores[i*L : (i+1)*L]
		top := math.Inf(-1)
		for l := range L {
			if allowed[i]>>l&1 == 1 {
				top = max(top, s[l])
			}
		}
		var inside [64]float64
		for l := range L {
			if allowed[i]>>l&1 == 1 && b[l] != 0 && (i < n-1 || t.Ends(l)) {
				inside[l] = b[l] * math.Exp(s[l]-top) / w.scaleFor[i]
			}
		}
		prev := w.alpha[(i-1)*L : i*L]
		pb := w.beta[(i-1)*L : i*L]
		for p := range L {
			if prev[p] == 0 {
				continue
			}
			for _, l := range t.follow[p] {
				if inside[l] == 0 {
					continue
				}
				x := w.expTrans[p*L+l] * inside[l]
				pb[p] += x
				w.expectedTrans[p*L+l] += sign * prev[p] * x
			}
		}
	}
	return logSum
}

func resize(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

func (t *trainer) model() *Model {
	m := &Model{Transitions: make([][]float32, t.Labels)}
	for a := range t.Labels {
		m.Transitions[a] = make([]float32, t.Labels)
		for b := range t.Labels {
			m.Transitions[a][b] = float32(t.trans[a*t.Labels+b])
		}
	}
	for f, key := range t.keys {
		row := model.Row{Feature: key}
		for c := t.start[f]; c < t.start[f+1]; c++ {
			if t.weight[c] != 0 {
				row.Weights = append(row.Weights, model.Weight{Class: uint16(t.label[c]), Value: t.weight[c]})
			}
		}
		if len(row.Weights) > 0 {
			m.Rows = append(m.Rows, row)
		}
	}
	slices.SortFunc(m.Rows, func(a, b model.Row) int { return cmp.Compare(a.Feature, b.Feature) })
	return m
}

// Scale is a step of quantisation for which one weight in clipped is cut off at 127 steps, so that a few giants do
// not take the precision of all others.
func (m *Model) Scale(clipped int) float32 {
	var sizes []float32
	for _, row := range m.Rows {
		for _, w := range row.Weights {
			sizes = append(sizes, float32(math.Abs(float64(w.Value))))
		}
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return sizes[len(sizes)-1-len(sizes)/clipped] / 127
}
