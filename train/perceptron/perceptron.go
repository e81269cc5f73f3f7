// Package perceptron trains averaged multi-class perceptrons over hashed features (Freund and Schapire 1999;
// Collins 2002) and writes them as model.Linear sections.
//
// In: feature hashes and updates. Out: averaged weights. It never reads a corpus and knows no task.
package perceptron

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"annals/internal/model"
)

// Trainer holds the weights of a model in training, sparse: a row has a cell only for classes it was updated for.
// Rows lie in one arena, because training spends its time waiting for memory: two reads find a row.
type Trainer struct {
	classes []string
	slots   []uint64 // open addressing: check bits of the feature << 32 | place of its row in cells + 1; 0: empty
	cells   []cell   // rows: a head with their length and number, then their cells, then room to grow
	sums    []sum    // beside cells
	rows    []rowInfo
	step    int32
}

type cell struct {
	class  uint32  // in a row's head: the number of cells
	weight float32 // in a row's head: the number of the row, as bits
}

type sum struct {
	total float64 // over all steps up to stamp
	stamp int32
}

type rowInfo struct {
	feature uint64
	place   uint32 // of the head in cells
	room    uint32 // cells that fit
	updates int32  // for pruning
}

// New starts a trainer.
func New(classes []string) *Trainer {
	return &Trainer{classes: classes, slots: make([]uint64, 1<<16)}
}

// Score adds the current weights of the features to scores.
func (t *Trainer) Score(features []uint64, scores []float32) {
	for _, f := range features {
		slot := t.slots[t.find(f)]
		if slot == 0 {
			continue
		}
		place := uint32(slot) - 1
		n := t.cells[place].class
		for _, c := range t.cells[place+1 : place+1+n] {
			scores[c.class] += c.weight
		}
	}
}

// Weigh is Score for several lists of features, as model.Linear has it.
func (t *Trainer) Weigh(features []uint64, ends []int32, rows [][]float32) {
	from := int32(0)
	for i, to := range ends {
		t.Score(features[from:to], rows[i])
		from = to
	}
}

// find is the slot that holds a feature, or the empty one where it belongs.
func (t *Trainer) find(feature uint64) int {
	mask := uint64(len(t.slots) - 1)
	check := feature << 32 >> 32
	for slot := feature >> 32 & mask; ; slot = (slot + 1) & mask {
		if have := t.slots[slot]; have == 0 || have>>32 == check {
			return int(slot)
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

// Rival is the class with the highest score but for right, the first of equals. There must be two classes.
func Rival(scores []float32, right int) int {
	rival := -1
	for i, s := range scores {
		if i != right && (rival < 0 || s > scores[rival]) {
			rival = i
		}
	}
	return rival
}

// Tick ends a step: call it once for each example, updated or not.
func (t *Trainer) Tick() { t.step++ }

// Update adds delta to the weight of class for each feature.
func (t *Trainer) Update(features []uint64, class int, delta float32) {
	for _, f := range features {
		row := t.row(f)
		at := t.cellOf(row, uint32(class))
		t.sums[at].total += float64(t.cells[at].weight) * float64(t.step-t.sums[at].stamp)
		t.sums[at].stamp = t.step
		t.cells[at].weight += delta
		t.rows[row].updates++
	}
}

// row is the number of a feature's row, which is made when there is none.
func (t *Trainer) row(feature uint64) uint32 {
	slot := t.find(feature)
	if have := t.slots[slot]; have != 0 {
		return math.Float32bits(t.cells[uint32(have)-1].weight)
	}
	row := uint32(len(t.rows))
	t.rows = append(t.rows, rowInfo{feature: feature})
	t.rows[row].place, t.rows[row].room = t.allot(row, 0, 2), 2
	t.slots[slot] = feature<<32 | uint64(t.rows[row].place+1)
	if len(t.rows) > len(t.slots)/2 {
		t.slots = make([]uint64, 2*len(t.slots))
		for _, r := range t.rows {
			t.slots[t.find(r.feature)] = r.feature<<32 | uint64(r.place+1)
		}
	}
	return row
}

// allot makes room for a row at the end of the arena.
func (t *Trainer) allot(row, length, room uint32) uint32 {
	place := uint32(len(t.cells))
	t.cells = append(t.cells, cell{length, math.Float32frombits(row)})
	t.cells = append(t.cells, make([]cell, room)...)
	t.sums = append(t.sums, make([]sum, room+1)...)
	return place
}

// cellOf is the place of a class's cell, which is made when there is none.
func (t *Trainer) cellOf(row, class uint32) uint32 {
	r := &t.rows[row]
	n := t.cells[r.place].class
	for at := r.place + 1; at <= r.place+n; at++ {
		if t.cells[at].class == class {
			return at
		}
	}
	if n == r.room {
		place := t.allot(row, n, 2*n)
		copy(t.cells[place+1:], t.cells[r.place+1:r.place+1+n])
		copy(t.sums[place+1:], t.sums[r.place+1:r.place+1+n])
		slot := t.find(r.feature)
		t.slots[slot] = t.slots[slot]>>32<<32 | uint64(place+1)
		r.place, r.room = place, 2*n
	}
	t.cells[r.place].class++
	at := r.place + 1 + n
	t.cells[at] = cell{class: class}
	t.sums[at] = sum{stamp: t.step}
	return at
}

// Averaged is the weights averaged over all steps, in no order. Features that were updated fewer than least times
// are left out.
func (t *Trainer) Averaged(least int) []model.Row {
	out := make([]model.Row, 0, len(t.rows))
	for _, r := range t.rows {
		if int(r.updates) < least {
			continue
		}
		row := model.Row{Feature: r.feature}
		for at := r.place + 1; at <= r.place+t.cells[r.place].class; at++ {
			c, s := t.cells[at], t.sums[at]
			total := s.total + float64(c.weight)*float64(t.step-s.stamp)
			if total != 0 {
				row.Weights = append(row.Weights, model.Weight{Class: uint16(c.class), Value: float32(total / float64(max(t.step, 1)))})
			}
		}
		if len(row.Weights) > 0 {
			slices.SortFunc(row.Weights, func(a, b model.Weight) int { return cmp.Compare(a.Class, b.Class) })
			out = append(out, row)
		}
	}
	return out
}

// Mean is the mean of several models, in the order of their features. A weight that a model lacks is 0 there.
func Mean(models ...[]model.Row) []model.Row {
	all := slices.Concat(models...)
	slices.SortStableFunc(all, func(a, b model.Row) int { return cmp.Compare(a.Feature, b.Feature) })
	var out []model.Row
	sums := map[uint16]float32{}
	for from := 0; from < len(all); {
		to := from
		clear(sums)
		for ; to < len(all) && all[to].Feature == all[from].Feature; to++ {
			for _, w := range all[to].Weights {
				sums[w.Class] += w.Value
			}
		}
		row := model.Row{Feature: all[from].Feature}
		for _, class := range slices.Sorted(maps.Keys(sums)) {
			row.Weights = append(row.Weights, model.Weight{Class: class, Value: sums[class] / float32(len(models))})
		}
		out = append(out, row)
		from = to
	}
	return out
}

// Write adds the averaged model to b as sections that model.OpenLinear reads. The smallest weights are left out.
func (t *Trainer) Write(b *model.Builder, name string, least int) error {
	return t.WritePruned(b, name, least, 0.3)
}

// WritePruned is Write with the share of the weights, the smallest ones, that may be left out.
func (t *Trainer) WritePruned(b *model.Builder, name string, least int, pruned float64) error {
	return WriteRows(b, name, t.classes, t.Averaged(least), pruned)
}

// WriteRows adds a model to b as sections that model.OpenLinear reads. The given share of the weights, the smallest
// ones, is left out; what is kept is stored in finer steps than that, for coarse steps cost more accuracy than few
// weights do.
func WriteRows(b *model.Builder, name string, classes []string, rows []model.Row, pruned float64) error {
	least := Scale(rows, pruned) / 2
	return model.AddRows(b, name, classes, model.Prune(rows, least), least/2)
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

// Scale is a step of quantisation for which a share of the weights, the smallest ones, rounds to 0.
func Scale(rows []model.Row, pruned float64) float32 {
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
	return 2 * sizes[int(pruned*float64(len(sizes)-1))]
}
