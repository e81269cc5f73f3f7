package quote

import (
	"math"

	"annals/internal/model"
)

// Emissions are scores of labels at tokens: one row a token. The shipped perceptron-style model fills them from hashed
// features; an encoder can fill them instead or add to them, and everything after stays the same.
type Emissions struct {
	Labels int
	Scores []float32 // row-major
}

// At is the row of the i-th token.
func (e *Emissions) At(i int) []float32 { return e.Scores[i*e.Labels : (i+1)*e.Labels] }

// Size is the number of tokens.
func (e *Emissions) Size() int {
	if e.Labels == 0 {
		return 0
	}
	return len(e.Scores) / e.Labels
}

func (e *Emissions) reset(labels, tokens int) {
	e.Labels = labels
	e.Scores = resize(e.Scores, labels*tokens)
	clear(e.Scores)
}

// chain is a linear-chain model: hashed features that score labels, and scores of label pairs.
type chain struct {
	linear      *model.Linear
	transitions [][]float32 // [from][to]; -Inf where the pair is illegal
	starts      []float32
	labels      int
}

// openChain opens the chain in the sections name and name.transitions; follows tells which pairs are legal.
func openChain(f *model.File, name string, labels []string, follows func(a, b int) bool) (*chain, error) {
	linear, err := model.OpenLinear(f, name)
	if err != nil {
		return nil, err
	}
	c := &chain{linear: linear, labels: len(labels)}
	if err := f.JSON(name+".transitions", &c.transitions); err != nil {
		return nil, err
	}
	c.constrain(follows)
	return c, nil
}

func (c *chain) constrain(follows func(a, b int) bool) {
	illegal := float32(math.Inf(-1))
	c.starts = make([]float32, c.labels)
	for a := range c.labels {
		if !follows(0, a) {
			c.starts[a] = illegal
		}
		for b := range c.labels {
			if !follows(a, b) {
				c.transitions[a][b] = illegal
			}
		}
	}
}

// TagFollows tells whether label b of the tagger may follow label a. "Inside" follows only its own role.
func TagFollows(a, b int) bool {
	return b == tagOut || b%2 == 1 || a == b || a == b-1
}

// LinkFollows is the same for the labels of the linker.
func LinkFollows(a, b int) bool { return TagFollows(a, b) }

// add scores one token's features into row i.
func (c *chain) add(features []uint64, row []float32, counts []int32) {
	clear(counts)
	c.linear.Score(features, counts)
	scale := c.linear.Scale()
	for l, n := range counts {
		row[l] += float32(n) * scale
	}
}

// lattice is the scratch space of decoding.
type lattice struct {
	score      []float32
	back       []uint8
	alpha      []float64
	beta       []float64
	scale      []float64
	expTrans   []float64
	Marginals  []float64 // probability of each label at each token; filled by marginals
	bestLabels []uint8
}

// viterbi is the best sequence of labels (Viterbi 1967). The slice is valid until the next call.
func (c *chain) viterbi(e *Emissions, w *lattice) []uint8 {
	n, L := e.Size(), c.labels
	w.bestLabels = resize(w.bestLabels, n)
	if n == 0 {
		return w.bestLabels
	}
	w.score, w.back = resize(w.score, n*L), resize(w.back, n*L)
	for l := range L {
		w.score[l] = c.starts[l] + e.Scores[l]
	}
	for i := 1; i < n; i++ {
		before, here := w.score[(i-1)*L:i*L], w.score[i*L:(i+1)*L]
		for l := range L {
			best, from := before[0]+c.transitions[0][l], 0
			for p := 1; p < L; p++ {
				if s := before[p] + c.transitions[p][l]; s > best {
					best, from = s, p
				}
			}
			here[l] = best + e.Scores[i*L+l]
			w.back[i*L+l] = uint8(from)
		}
	}
	best := 0
	for l := 1; l < L; l++ {
		if w.score[(n-1)*L+l] > w.score[(n-1)*L+best] {
			best = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		w.bestLabels[i] = uint8(best)
		best = int(w.back[i*L+best])
	}
	return w.bestLabels
}

// viterbiWith is the best sequence in which the label wanted occurs, and by how much its score is above that of the
// best one without; below 0: by how much it falls short. Every label has two states: wanted not seen yet, and seen.
func (c *chain) viterbiWith(e *Emissions, w *lattice, wanted int) (labels []uint8, margin float32) {
	n, L := e.Size(), c.labels
	S := 2 * L
	w.bestLabels = resize(w.bestLabels, n)
	if n == 0 {
		return w.bestLabels, 0
	}
	none := float32(math.Inf(-1))
	w.score, w.back = resize(w.score, n*S), resize(w.back, n*S)
	for l := range L {
		s := c.starts[l] + e.Scores[l]
		w.score[l], w.score[L+l] = s, none
		if l == wanted {
			w.score[l], w.score[L+l] = none, s
		}
	}
	for i := 1; i < n; i++ {
		before, here := w.score[(i-1)*S:i*S], w.score[i*S:(i+1)*S]
		back := w.back[i*S : (i+1)*S]
		for l := range L {
			unseen, unseenFrom := none, 0
			seen, seenFrom := none, 0
			for p := range L {
				step := c.transitions[p][l]
				if s := before[p] + step; s > unseen {
					unseen, unseenFrom = s, p
				}
				if s := before[L+p] + step; s > seen {
					seen, seenFrom = s, L+p
				}
			}
			if l == wanted {
				if unseen > seen {
					seen, seenFrom = unseen, unseenFrom
				}
				unseen = none
			}
			here[l], here[L+l] = unseen+e.Scores[i*L+l], seen+e.Scores[i*L+l]
			back[l], back[L+l] = uint8(unseenFrom), uint8(seenFrom)
		}
	}
	last := w.score[(n-1)*S : n*S]
	state := L
	without := none
	for l := range L {
		if last[L+l] > last[state] {
			state = L + l
		}
		without = max(without, last[l])
	}
	margin = last[state] - without
	for i := n - 1; i >= 0; i-- {
		w.bestLabels[i] = uint8(state % L)
		state = int(w.back[i*S+state])
	}
	return w.bestLabels, margin
}

// marginals fills w.Marginals by the forward-backward algorithm.
func (c *chain) marginals(e *Emissions, w *lattice) {
	n, L := e.Size(), c.labels
	w.alpha, w.beta, w.Marginals = resize(w.alpha, n*L), resize(w.beta, n*L), resize(w.Marginals, n*L)
	w.scale = resize(w.scale, n)
	if n == 0 {
		return
	}
	if len(w.expTrans) != L*L {
		w.expTrans = make([]float64, L*L)
	}
	for a := range L {
		for b := range L {
			w.expTrans[a*L+b] = math.Exp(float64(c.transitions[a][b]))
		}
	}
	local := make([]float64, n*L)
	for i := range n {
		row := e.At(i)
		top := row[0]
		for _, s := range row {
			top = max(top, s)
		}
		for l, s := range row {
			local[i*L+l] = math.Exp(float64(s - top))
		}
	}
	for i := range n {
		var sum float64
		for l := range L {
			mass := 0.0
			if i == 0 {
				if c.starts[l] == 0 {
					mass = 1
				}
			} else {
				for p := range L {
					mass += w.alpha[(i-1)*L+p] * w.expTrans[p*L+l]
				}
			}
			w.alpha[i*L+l] = mass * local[i*L+l]
			sum += w.alpha[i*L+l]
		}
		if sum == 0 {
			sum = 1
		}
		for l := range L {
			w.alpha[i*L+l] /= sum
		}
		w.scale[i] = sum
	}
	for l := range L {
		w.beta[(n-1)*L+l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		for p := range L {
			var sum float64
			for l := range L {
				sum += w.expTrans[p*L+l] * local[(i+1)*L+l] * w.beta[(i+1)*L+l]
			}
			w.beta[i*L+p] = sum / w.scale[i+1]
		}
	}
	for i := range w.Marginals {
		w.Marginals[i] = w.alpha[i] * w.beta[i]
	}
}
