package attribution

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"annals/internal/model"
)

// sequence is one training sequence: hashed features and the right label of each token.
type sequence struct {
	features [][]uint64
	labels   []uint8
}

// Settings are those of one linear-chain model.
type Settings struct {
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
// Hazan and Singer 2011), and averages the weights of the second half of the run.
type field struct {
	Settings
	L        int
	keys     []uint64
	index    map[uint64]int32
	w        []float32
	squares  []float32
	trans    []float64
	transSq  []float64
	legal    []bool
	starts   []bool
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
}

// snapshots are taken this often in an epoch of the second half of the run.
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
	rows := f.intern(data)
	f.w, f.squares = make([]float32, len(f.keys)*labels), make([]float32, len(f.keys)*labels)
	f.trans, f.transSq = make([]float64, labels*labels), make([]float64, labels*labels)
	f.expTrans, f.expected = make([]float64, labels*labels), make([]float64, labels*labels)
	random := rand.New(rand.NewPCG(seed, 0))
	f.random = random
	f.sum, f.transSum = make([]float32, len(f.w)), make([]float64, len(f.trans))
	for epoch := range s.Epochs {
		if epoch == (s.Epochs+1)/2 {
			f.prune(rows)
		}
		var loss float64
		tokens := 0
		for at, i := range random.Perm(len(data)) {
			if epoch >= (s.Epochs+1)/2 && (at+1)%(len(data)/snapshots+1) == 0 {
				f.snapshot()
			}
			loss += f.step(rows[i], data[i].labels)
			tokens += len(rows[i])
		}
		if progress != nil {
			fmt.Fprintf(progress, "epoch %d: loss %.4f a token\n", epoch+1, loss/float64(tokens))
		}
	}
	f.snapshot()
	return f.finish()
}

// snapshot adds the weights as they are to the average.
func (f *field) snapshot() {
	f.taken++
	for i, w := range f.w {
		f.sum[i] += w
	}
	for i, w := range f.trans {
		f.transSum[i] += w
	}
}

// thin leaves a random share of the features out of the rows of one step.
func (f *field) thin(rows [][]int32) [][]int32 {
	if f.Drop == 0 {
		return rows
	}
	f.kept, f.flat = f.kept[:0], f.flat[:0]
	limit := uint32(f.Drop * math.MaxUint32)
	for _, row := range rows {
		from := len(f.flat)
		for _, x := range row {
			if f.random.Uint32() >= limit {
				f.flat = append(f.flat, x)
			}
		}
		f.kept = append(f.kept, f.flat[from:len(f.flat):len(f.flat)])
	}
	return f.kept
}

// intern numbers the features that are frequent enough.
func (f *field) intern(data []sequence) [][][]int32 {
	counts := map[uint64]int32{}
	for _, s := range data {
		for _, features := range s.features {
			for _, x := range features {
				counts[x]++
			}
		}
	}
	out := make([][][]int32, len(data))
	for i, s := range data {
		out[i] = make([][]int32, len(s.features))
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
			out[i][j] = row
		}
	}
	return out
}

// step follows the gradient of one sequence and returns its loss.
func (f *field) step(rows [][]int32, gold []uint8) float64 {
	rows = f.thin(rows)
	n, L := len(rows), f.L
	f.alpha, f.beta, f.local, f.scale = sized(f.alpha, n*L), sized(f.beta, n*L), sized(f.local, n*L), sized(f.scale, n)
	var goldScore, logZ float64
	for i, row := range rows {
		scores := f.local[i*L : (i+1)*L]
		clear(scores)
		for _, x := range row {
			w := f.w[int(x)*L : int(x)*L+L]
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
	for i := range f.trans {
		f.expTrans[i] = 0
		if f.legal[i] {
			f.expTrans[i] = math.Exp(f.trans[i])
		}
	}
	for i := range n {
		var sum float64
		for l := range L {
			mass := 0.0
			if i == 0 {
				if f.starts[l] {
					mass = 1
				}
			} else {
				for p := range L {
					mass += f.alpha[(i-1)*L+p] * f.expTrans[p*L+l]
				}
				if int(gold[i]) == l {
					goldScore += f.trans[int(gold[i-1])*L+l]
				}
			}
			f.alpha[i*L+l] = mass * f.local[i*L+l]
			sum += f.alpha[i*L+l]
		}
		for l := range L {
			f.alpha[i*L+l] /= sum
		}
		f.scale[i] = sum
		logZ += math.Log(sum)
	}
	clear(f.expected)
	for l := range L {
		f.beta[(n-1)*L+l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		for p := range L {
			var sum float64
			for l := range L {
				x := f.expTrans[p*L+l] * f.local[(i+1)*L+l] * f.beta[(i+1)*L+l] / f.scale[i+1]
				sum += x
				f.expected[p*L+l] += f.alpha[i*L+p] * x
			}
			f.beta[i*L+p] = sum
		}
	}
	f.update(rows, gold)
	return logZ - goldScore
}

func (f *field) update(rows [][]int32, gold []uint8) {
	L := f.L
	var grad [16]float32
	for i, row := range rows {
		largest := float32(0)
		for l := range L {
			g := -float32(f.alpha[i*L+l] * f.beta[i*L+l])
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
			w, sq := f.w[int(x)*L:int(x)*L+L], f.squares[int(x)*L:int(x)*L+L]
			for l := range w {
				g := grad[l] - float32(f.L2)*w[l]
				if g > -1e-4 && g < 1e-4 {
					continue
				}
				sq[l] += g * g
				w[l] += float32(f.Rate) * g / float32(math.Sqrt(float64(sq[l]))+1e-1)
			}
		}
	}
	for i := 1; i < len(rows); i++ {
		f.expected[int(gold[i-1])*L+int(gold[i])]--
	}
	for i, x := range f.expected {
		if f.legal[i] {
			f.transSq[i] += x * x
			f.trans[i] -= f.Rate * x / (math.Sqrt(f.transSq[i]) + 1e-1)
		}
	}
}

// finish keeps the heaviest rows.
func (f *field) finish() weights {
	out := weights{transitions: square(f.L)}
	for a := range f.L {
		for b := range f.L {
			out.transitions[a][b] = float32(f.transSum[a*f.L+b] / float64(f.taken))
		}
	}
	for i, key := range f.keys {
		row := model.Row{Feature: key}
		for l, w := range f.w[i*f.L : (i+1)*f.L] {
			if w != 0 {
				row.Weights = append(row.Weights, model.Weight{Class: uint16(l), Value: w})
			}
		}
		if len(row.Weights) > 0 {
			out.rows = append(out.rows, row)
		}
	}
	return out
}

// prune takes all but the heaviest features out of the rows, half-way, so that those that stay learn to do without.
func (f *field) prune(rows [][][]int32) {
	if f.Size == 0 || len(f.keys) <= f.Size {
		return
	}
	type heavy struct {
		feature int
		spread  float32
	}
	all := make([]heavy, len(f.keys))
	for i := range f.keys {
		w := f.w[i*f.L : (i+1)*f.L]
		all[i] = heavy{i, slices.Max(w) - slices.Min(w)}
	}
	slices.SortFunc(all, func(a, b heavy) int {
		return cmp.Or(cmp.Compare(b.spread, a.spread), cmp.Compare(f.keys[a.feature], f.keys[b.feature]))
	})
	stays := make([]bool, len(f.keys))
	for _, h := range all[:f.Size] {
		stays[h.feature] = true
	}
	for _, h := range all[f.Size:] {
		clear(f.w[h.feature*f.L : (h.feature+1)*f.L])
	}
	for _, sequence := range rows {
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
