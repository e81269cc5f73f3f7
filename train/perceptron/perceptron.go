// Package perceptron trains averaged multi-class perceptrons over hashed features (Freund and Schapire 1999;
// Collins 2002) and writes them as model.Linear sections.
//
// In: feature hashes and updates. Out: averaged weights. It never reads a corpus and knows no task.
package perceptron

import (
	"math"

	"annals/internal/model"
)

// Trainer holds the weights of a model in training.
type Trainer struct {
	classes []string
	index   map[uint64]int32
	weights []float32 // one row of len(classes) a feature
	totals  []float32 // sum over all steps so far, up to stamps
	stamps  []int32
	counts  []int32 // how often a feature was updated, for pruning
	step    int32
}

// New starts a trainer.
func New(classes []string) *Trainer {
	return &Trainer{classes: classes, index: make(map[uint64]int32)}
}

// Score adds the current weights of the features to scores.
func (t *Trainer) Score(features []uint64, scores []float32) {
	n := len(t.classes)
	for _, f := range features {
		if row, ok := t.index[f]; ok {
			w := t.weights[int(row)*n : int(row)*n+n]
			for i := range w {
				scores[i] += w[i]
			}
		}
	}
}

// Best is the class with the highest score, the first of equals.
func Best(scores []float32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// Tick ends a step: call it once for each example, updated or not.
func (t *Trainer) Tick() { t.step++ }

// Update adds delta to the weight of class for each feature.
func (t *Trainer) Update(features []uint64, class int, delta float32) {
	n := len(t.classes)
	for _, f := range features {
		row, ok := t.index[f]
		if !ok {
			row = int32(len(t.index))
			t.index[f] = row
			t.weights = append(t.weights, make([]float32, n)...)
			t.totals = append(t.totals, make([]float32, n)...)
			t.stamps = append(t.stamps, make([]int32, n)...)
			t.counts = append(t.counts, 0)
		}
		at := int(row)*n + class
		t.totals[at] += t.weights[at] * float32(t.step-t.stamps[at])
		t.stamps[at] = t.step
		t.weights[at] += delta
		t.counts[row]++
	}
}

// Averaged is the weights averaged over all steps. Features that were updated fewer than least times are left out.
func (t *Trainer) Averaged(least int) map[uint64][]float32 {
	n := len(t.classes)
	out := make(map[uint64][]float32, len(t.index))
	for f, row := range t.index {
		if int(t.counts[row]) < least {
			continue
		}
		averaged := make([]float32, n)
		var used bool
		for i := range averaged {
			at := int(row)*n + i
			total := t.totals[at] + t.weights[at]*float32(t.step-t.stamps[at])
			averaged[i] = total / float32(max(t.step, 1))
			used = used || math.Abs(float64(averaged[i])) > 0
		}
		if used {
			out[f] = averaged
		}
	}
	return out
}

// Write adds the averaged model to b as sections that model.OpenLinear reads.
func (t *Trainer) Write(b *model.Builder, name string, least int) error {
	return model.AddLinear(b, name, t.classes, t.Averaged(least))
}
