// Package perceptron trains averaged multi-class perceptrons over hashed features (Freund and Schapire 1999;
// Collins 2002) and writes them as model.Linear sections.
//
// In: feature hashes and updates. Out: averaged weights. It never reads a corpus and knows no task.
package perceptron

import (
	"cmp"
	"math"
	"slices"

	"annals/internal/model"
)

// Trainer holds the weights of a model in training, sparse: a row has a cell only for classes it was updated for.
type Trainer struct {
	classes []string
	slots   []int32 // open addressing: row + 1, 0 for empty
	keys    []uint64
	rows    [][]cell
	counts  []int32 // how often a feature was updated, for pruning
	step    int32
}

type cell struct {
	total  float64 // sum over all steps up to stamp
	weight float32
	stamp  int32
	class  uint16
}

// New starts a trainer.
func New(classes []string) *Trainer {
	return &Trainer{classes: classes, slots: make([]int32, 1<<16)}
}

// Score adds the current weights of the features to scores.
func (t *Trainer) Score(features []uint64, scores []float32) {
	for _, f := range features {
		row := t.slots[t.find(f)]
		if row == 0 {
			continue
		}
		for _, c := range t.rows[row-1] {
			scores[c.class] += c.weight
		}
	}
}

// find is the slot that holds a feature, or the empty one where it belongs.
func (t *Trainer) find(feature uint64) int {
	mask := len(t.slots) - 1
	slot := int(feature>>20) & mask
	for t.slots[slot] != 0 && t.keys[t.slots[slot]-1] != feature {
		slot = (slot + 1) & mask
	}
	return slot
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
	for _, f := range features {
		row := t.row(f)
		c := cellOf(&t.rows[row], uint16(class), t.step)
		c.total += float64(c.weight) * float64(t.step-c.stamp)
		c.stamp = t.step
		c.weight += delta
		t.counts[row]++
	}
}

func (t *Trainer) row(feature uint64) int32 {
	slot := t.find(feature)
	if row := t.slots[slot]; row != 0 {
		return row - 1
	}
	t.keys = append(t.keys, feature)
	t.rows = append(t.rows, nil)
	t.counts = append(t.counts, 0)
	t.slots[slot] = int32(len(t.keys))
	if len(t.keys) > len(t.slots)/2 {
		t.slots = make([]int32, 2*len(t.slots))
		for i, key := range t.keys {
			t.slots[t.find(key)] = int32(i) + 1
		}
	}
	return int32(len(t.keys)) - 1
}

func cellOf(row *[]cell, class uint16, step int32) *cell {
	for i := range *row {
		if (*row)[i].class == class {
			return &(*row)[i]
		}
	}
	*row = append(*row, cell{class: class, stamp: step})
	return &(*row)[len(*row)-1]
}

// Averaged is the weights averaged over all steps, in no order. Features that were updated fewer than least times
// are left out.
func (t *Trainer) Averaged(least int) []model.Row {
	out := make([]model.Row, 0, len(t.rows))
	for i, cells := range t.rows {
		if int(t.counts[i]) < least {
			continue
		}
		row := model.Row{Feature: t.keys[i]}
		for _, c := range cells {
			total := c.total + float64(c.weight)*float64(t.step-c.stamp)
			if total != 0 {
				row.Weights = append(row.Weights, model.Weight{Class: c.class, Value: float32(total / float64(max(t.step, 1)))})
			}
		}
		if len(row.Weights) > 0 {
			slices.SortFunc(row.Weights, func(a, b model.Weight) int { return cmp.Compare(a.Class, b.Class) })
			out = append(out, row)
		}
	}
	return out
}

// Write adds the averaged model to b as sections that model.OpenLinear reads. One weight in clipped thousand may be
// cut off at the largest stored value, so that a few giants do not take the precision of all others.
func (t *Trainer) Write(b *model.Builder, name string, least int) error {
	rows := t.Averaged(least)
	return model.AddRows(b, name, t.classes, rows, Scale(rows, 2000))
}

// Model is the averaged model in the form that reading uses, without a file.
func (t *Trainer) Model(least int) (*model.Linear, error) {
	b := model.NewBuilder("memory", nil)
	if err := t.Write(b, "x", least); err != nil {
		return nil, err
	}
	body, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := model.Parse(string(body))
	if err != nil {
		return nil, err
	}
	return model.OpenLinear(f, "x")
}

// Scale is a step of quantisation for which one weight in clipped lies beyond 127 steps.
func Scale(rows []model.Row, clipped int) float32 {
	var sizes []float32
	for _, row := range rows {
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
