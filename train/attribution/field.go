package attribution

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

// sequence is one training sequence: hashed features and the right label of each token.
type sequence struct {
	features [][]uint64
	labels   []uint8
}

// Settings are those of one linear-chain model.
type Settings struct {
	Runs   int // that are averaged; 0 is 1
	Epochs int
	Rate   float64 // AdaGrad's
	L2     float64
	Least  int     // features seen less often are left out
	Size   int     // rows that are kept, the heaviest first; 0: all
	Drop   float64 // share of the features of a sequence that a step does not see, so that none is relied on alone
}

// weights is a trained chain.
type weights struct {
	rows        []model.Row
	transitions [][]float32
}

// field trains a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) by AdaGrad (Duchi,
// Hazan and Singer 2011). Several runs see the sequences in different orders and are averaged: what one run learnt by
// chance, the others have not. Half-way they agree which features stay. Runs only read what they share.
type field struct {
	Settings
	L      int
	keys   []uint64
	index  map[uint64]int32
	rows   [][][]int32 // features of each token of each sequence
	labels [][]uint8
	legal  []bool
	starts []bool
}

// run is one run with its weights and its memory.
type run struct {
	*field
	w        []float32
	squares  []float32
	trans    []float64
	transSq  []float64
	alpha    []float64
	beta     []float64
	local    []float64
	scale    []float64
	expTrans []float64
	expected []float64
	random   *rand.Rand
	sum      []float32 // of snapshots of w
	transSum []float64
	taken    int // snapshots
	kept     [][]int32
	flat     []int32
	losses   []float64 // a token, of each epoch
}

// snapshots are taken this often in an epoch of the second half of a run.
const snapshots = 8

func trainField(data []sequence, labels int, follows func(a, b int) bool, s Settings, seed uint64, progress io.Writer) weights {
	f := &field{Settings: s, L: labels, index: map[uint64]int32{}}
	f.legal, f.starts = make([]bool, labels*labels), make([]bool, labels)
	for a := range labels {
		f.starts[a] = follows(0, a)
		for b := range labels {
			f.legal[a*labels+b] = follows(a, b)
		}
	}
	f.intern(data)
	runs := make([]*run, max(1, s.Runs))
	for i := range runs {
		runs[i] = f.newRun(rand.New(rand.NewPCG(seed, uint64(i))))
	}
	half := (s.Epochs + 1) / 2
	sideBySide(len(runs), func(i int) { runs[i].epochs(half, false) })
	f.prune(runs)
	sideBySide(len(runs), func(i int) { runs[i].epochs(s.Epochs-half, true) })
	if progress != nil {
		for i, r := range runs {
			fmt.Fprintf(progress, "run %d of %d, loss a token after each epoch: %.4f\n", i+1, len(runs), r.losses)
		}
	}
	return f.mean(runs)
}

// sideBySide does n pieces of work, two at a time.
func sideBySide(n int, work func(i int)) {
	var wait sync.WaitGroup
	free := make(chan struct{}, 2)
	for i := range n {
		wait.Go(func() {
			free <- struct{}{}
			work(i)
			<-free
		})
	}
	wait.Wait()
}

func (f *field) newRun(random *rand.Rand) *run {
	weights, pairs := len(f.keys)*f.L, f.L*f.L
	return &run{field: f, random: random,
		w: make([]float32, weights), squares: make([]float32, weights), sum: make([]float32, weights),
		trans: make([]float64, pairs), transSq: make([]float64, pairs), transSum: make([]float64, pairs),
		expTrans: make([]float64, pairs), expected: make([]float64, pairs)}
}

// epochs goes over the sequences n times, each time in another order.
func (r *run) epochs(n int, averaged bool) {
	for range n {
		var loss float64
		tokens := 0
		for at, i := range r.random.Perm(len(r.rows)) {
			if averaged && (at+1)%(len(r.rows)/snapshots+1) == 0 {
				r.snapshot()
			}
			loss += r.step(r.rows[i], r.labels[i])
			tokens += len(r.rows[i])
		}
		r.losses = append(r.losses, loss/float64(tokens))
	}
	if averaged {
		r.snapshot()
	}
}

// snapshot adds the weights as they are to the average.
func (r *run) snapshot() {
	r.taken++
	for i, w := range r.w {
		r.sum[i] += w
	}
	for i, w := range r.trans {
		r.transSum[i] += w
	}
}

// thin leaves a random share of the features out of the rows of one step.
func (r *run) thin(rows [][]int32) [][]int32 {
	if r.Drop == 0 {
		return rows
	}
	r.kept, r.flat = r.kept[:0], r.flat[:0]
	limit := uint32(r.Drop * math.MaxUint32)
	for _, row := range rows {
		from := len(r.flat)
		for _, x := range row {
			if r.random.Uint32() >= limit {
				r.flat = append(r.flat, x)
			}
		}
		r.kept = append(r.kept, r.flat[from:len(r.flat):len(r.flat)])
	}
	return r.kept
}

// intern numbers the features that are frequent enough.
func (f *field) intern(data []sequence) {
	counts := map[uint64]int32{}
	for _, s := range data {
		for _, features := range s.features {
			for _, x := range features {
				counts[x]++
			}
		}
	}
	f.rows, f.labels = make([][][]int32, len(data)), make([][]uint8, len(data))
	for i, s := range data {
		f.rows[i], f.labels[i] = make([][]int32, len(s.features)), s.labels
		for j, features := range s.features {
			row := make([]int32, 0, len(features))
			for _, x := range features {
				if int(counts[x]) < f.Least {
					continue
				}
				n, ok := f.index[x]
				if !ok {
					n = int32(len(f.keys))
					f.index[x] = n
					f.keys = append(f.keys, x)
				}
				row = append(row, n)
			}
			f.rows[i][j] = row
		}
	}
}

// step follows the gradient of one sequence and returns its loss.
func (r *run) step(rows [][]int32, gold []uint8) float64 {
	rows = r.thin(rows)
	n, L := len(rows), r.L
	r.alpha, r.beta, r.local, r.scale = sized(r.alpha, n*L), sized(r.beta, n*L), sized(r.local, n*L), sized(r.scale, n)
	var goldScore, logZ float64
	for i, row := range rows {
		scores := r.local[i*L : (i+1)*L]
		clear(scores)
		for _, x := range row {
			w := r.w[int(x)*L : int(x)*L+L]
			for l := range scores {
				scores[l] += float64(w[l])
			}
		}
		goldScore += scores[gold[i]]
		top := slices.Max(scores)
		for l := range scores {
			scores[l] = math.Exp(scores[l] - top)
		}
		logZ += top
	}
	for i := range r.trans {
		r.expTrans[i] = 0
		if r.legal[i] {
			r.expTrans[i] = math.Exp(r.trans[i])
		}
	}
	for i := range n {
		var sum float64
		for l := range L {
			mass := 0.0
			if i == 0 {
				if r.starts[l] {
					mass = 1
				}
			} else {
				for p := range L {
					mass += r.alpha[(i-1)*L+p] * r.expTrans[p*L+l]
				}
				if int(gold[i]) == l {
					goldScore += r.trans[int(gold[i-1])*L+l]
				}
			}
			r.alpha[i*L+l] = mass * r.local[i*L+l]
			sum += r.alpha[i*L+l]
		}
		for l := range L {
			r.alpha[i*L+l] /= sum
		}
		r.scale[i] = sum
		logZ += math.Log(sum)
	}
	clear(r.expected)
	for l := range L {
		r.beta[(n-1)*L+l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		for p := range L {
			var sum float64
			for l := range L {
				x := r.expTrans[p*L+l] * r.local[(i+1)*L+l] * r.beta[(i+1)*L+l] / r.scale[i+1]
				sum += x
				r.expected[p*L+l] += r.alpha[i*L+p] * x
			}
			r.beta[i*L+p] = sum
		}
	}
	r.update(rows, gold)
	return logZ - goldScore
}

func (r *run) update(rows [][]int32, gold []uint8) {
	L := r.L
	var grad [16]float32
	for i, row := range rows {
		largest := float32(0)
		for l := range L {
			g := -float32(r.alpha[i*L+l] * r.beta[i*L+l])
			if int(gold[i]) == l {
				g++
			}
			grad[l] = g
			largest = max(largest, g, -g)
		}
		if largest < 1e-3 {
			continue
		}
		for _, x := range row {
			w, sq := r.w[int(x)*L:int(x)*L+L], r.squares[int(x)*L:int(x)*L+L]
			for l := range w {
				g := grad[l] - float32(r.L2)*w[l]
				if g > -1e-4 && g < 1e-4 {
					continue
				}
				sq[l] += g * g
				w[l] += float32(r.Rate) * g / float32(math.Sqrt(float64(sq[l]))+1e-1)
			}
		}
	}
	for i := 1; i < len(rows); i++ {
		r.expected[int(gold[i-1])*L+int(gold[i])]--
	}
	for i, x := range r.expected {
		if r.legal[i] {
			r.transSq[i] += x * x
			r.trans[i] -= r.Rate * x / (math.Sqrt(r.transSq[i]) + 1e-1)
		}
	}
}

// mean is the mean of the snapshots of all runs.
func (f *field) mean(runs []*run) weights {
	taken := 0
	for _, r := range runs {
		taken += r.taken
	}
	out := weights{transitions: square(f.L)}
	for a := range f.L {
		for b := range f.L {
			var sum float64
			for _, r := range runs {
				sum += r.transSum[a*f.L+b]
			}
			out.transitions[a][b] = float32(sum / float64(taken))
		}
	}
	for i, key := range f.keys {
		row := model.Row{Feature: key}
		for l := range f.L {
			var sum float32
			for _, r := range runs {
				sum += r.sum[i*f.L+l]
			}
			if sum != 0 {
				row.Weights = append(row.Weights, model.Weight{Class: uint16(l), Value: sum / float32(taken)})
			}
		}
		if len(row.Weights) > 0 {
			out.rows = append(out.rows, row)
		}
	}
	return out
}

// prune takes all but the heaviest features out of the rows, half-way, so that those that stay learn to do without.
// The weight of a feature is how far apart the runs, taken together, put its labels.
func (f *field) prune(runs []*run) {
	if f.Size == 0 || len(f.keys) <= f.Size {
		return
	}
	type heavy struct {
		feature int
		spread  float32
	}
	all := make([]heavy, len(f.keys))
	sum := make([]float32, f.L)
	for i := range f.keys {
		clear(sum)
		for _, r := range runs {
			for l, w := range r.w[i*f.L : (i+1)*f.L] {
				sum[l] += w
			}
		}
		all[i] = heavy{i, slices.Max(sum) - slices.Min(sum)}
	}
	slices.SortFunc(all, func(a, b heavy) int {
		return cmp.Or(cmp.Compare(b.spread, a.spread), cmp.Compare(f.keys[a.feature], f.keys[b.feature]))
	})
	stays := make([]bool, len(f.keys))
	for _, h := range all[:f.Size] {
		stays[h.feature] = true
	}
	for _, h := range all[f.Size:] {
		for _, r := range runs {
			clear(r.w[h.feature*f.L : (h.feature+1)*f.L])
		}
	}
	for _, sequence := range f.rows {
		for i, row := range sequence {
			sequence[i] = slices.DeleteFunc(row, func(x int32) bool { return !stays[x] })
		}
	}
}

func sized(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}
