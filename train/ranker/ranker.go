// Package ranker trains log-linear rankers over hashed features: the probability of an answer is the exponential of
// the sum of its weights; what is maximised is the probability of all right answers together, with the cost of each
// wrong one added to its score (softmax-margin; Gimpel and Smith 2010), by AdaGrad with an L1 penalty (Duchi, Hazan
// and Singer 2011), as Durrett and Klein (2013) train coreference.
//
// In: answers as feature hashes, and which are right. Out: rows for model.AddRows. It reads no corpus.
package ranker

import (
	"cmp"
	"math"
	"slices"

	"annals/internal/model"
)

// Options are the settings of a training run. Answer 0 of every question means "none".
type Options struct {
	Rate      float64
	L1        float64 // penalty a question
	FalseNew  float64 // cost of "none" where an answer is right
	FalseLink float64 // cost of an answer where "none" is right
	WrongLink float64 // cost of a wrong answer where another is right
}

// Learner holds the weights.
type Learner struct {
	Options
	index   map[uint64]int32
	keys    []uint64
	weight  []float64
	squares []float64
	seen    []int32 // question of the last update, for the penalty
	now     int32

	rows   [][]int32
	scores []float64
	free   []float64
	bound  []float64
}

// New starts a learner.
func New(o Options) *Learner { return &Learner{Options: o, index: map[uint64]int32{}} }

// Learn takes one step on a question and returns the answer that the weights gave before the step.
func (l *Learner) Learn(answers [][]uint64, right []bool) int {
	l.now++
	l.rows, l.scores = l.rows[:0], l.scores[:0]
	best := 0
	for i, features := range answers {
		row := make([]int32, len(features))
		var score float64
		for k, f := range features {
			n, ok := l.index[f]
			if !ok {
				n = int32(len(l.keys))
				l.index[f] = n
				l.keys = append(l.keys, f)
				l.weight = append(l.weight, 0)
				l.squares = append(l.squares, 0)
				l.seen = append(l.seen, l.now)
			}
			row[k] = n
			l.settle(n)
			score += l.weight[n]
		}
		l.rows, l.scores = append(l.rows, row), append(l.scores, score)
		if score > l.scores[best] {
			best = i
		}
	}
	l.probabilities(right)
	gradient := map[int32]float64{}
	for i, row := range l.rows {
		if g := l.bound[i] - l.free[i]; math.Abs(g) > 1e-4 {
			for _, n := range row {
				gradient[n] += g
			}
		}
	}
	for n, g := range gradient {
		if g != 0 {
			l.squares[n] += g * g
			l.weight[n] += l.Rate * g / math.Sqrt(l.squares[n]+0.01)
		}
	}
	return best
}

// settle lets a weight pay the penalty of the questions since it was last seen.
func (l *Learner) settle(n int32) {
	questions := l.now - l.seen[n]
	l.seen[n] = l.now
	if questions == 0 || l.weight[n] == 0 {
		return
	}
	pay := l.L1 * float64(questions) * l.Rate / math.Sqrt(l.squares[n]+0.01)
	if l.weight[n] > 0 {
		l.weight[n] = max(0, l.weight[n]-pay)
	} else {
		l.weight[n] = min(0, l.weight[n]+pay)
	}
}

// probabilities fills free with those of all answers, costs added, and bound with those of the right ones.
func (l *Learner) probabilities(right []bool) {
	l.free, l.bound = append(l.free[:0], l.scores...), append(l.bound[:0], l.scores...)
	for i, r := range right {
		if r {
			continue
		}
		l.bound[i] = math.Inf(-1)
		switch {
		case i == 0:
			l.free[i] += l.FalseNew
		case right[0]:
			l.free[i] += l.FalseLink
		default:
			l.free[i] += l.WrongLink
		}
	}
	normalise(l.free)
	normalise(l.bound)
}

func normalise(scores []float64) {
	top := slices.Max(scores)
	var sum float64
	for i := range scores {
		scores[i] = math.Exp(scores[i] - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// Alive is the number of weights that are not 0.
func (l *Learner) Alive() int {
	n := 0
	for _, w := range l.weight {
		if w != 0 {
			n++
		}
	}
	return n
}

// Rows are the weights, the largest most of them, and the step of their quantisation.
func (l *Learner) Rows(most int) ([]model.Row, float32) {
	var rows []model.Row
	for i, w := range l.weight {
		l.settle(int32(i))
		if w = l.weight[i]; w != 0 {
			rows = append(rows, model.Row{Feature: l.keys[i], Weights: []model.Weight{{Class: 0, Value: float32(w)}}})
		}
	}
	size := func(r model.Row) float64 { return math.Abs(float64(r.Weights[0].Value)) }
	slices.SortFunc(rows, func(a, b model.Row) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.Feature, b.Feature))
	})
	if len(rows) == 0 {
		return nil, 1
	}
	scale := float32(size(rows[len(rows)/2000])) / 127
	return rows[:min(most, len(rows))], scale
}
