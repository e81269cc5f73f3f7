package entity

import (
	"math"

	"annals/internal/model"
)

// chain is a linear-chain model: a score for each label at each token, and one for each pair of neighbours.
type chain struct {
	linear *model.Linear
	next   [Labels][]hop // labels that may follow, with their scores
}

type hop struct {
	label uint8
	score int32
}

// openChain reads the sections name (a linear model) and name.transitions of a model file.
func openChain(f *model.File, name string) (*chain, error) {
	linear, err := model.OpenLinear(f, name)
	if err != nil {
		return nil, err
	}
	var weights [][]float32
	if err := f.JSON(name+".transitions", &weights); err != nil {
		return nil, err
	}
	c := &chain{linear: linear}
	if len(linear.Classes()) != Labels || len(weights) != Labels {
		return nil, errShape(name)
	}
	for a := range Labels {
		for b := range Labels {
			if len(weights[a]) != Labels {
				return nil, errShape(name)
			}
			if Follows(a, b) {
				score := int32(math.Round(float64(weights[a][b] / linear.Scale())))
				c.next[a] = append(c.next[a], hop{uint8(b), score})
			}
		}
	}
	return c, nil
}

const impossible = math.MinInt32 / 4

// decode finds the best sequence of labels (Viterbi 1967) for n tokens whose features observe gives.
func (c *chain) decode(w *scratch, n int, observe func(i int, out []uint64) []uint64, labels []uint8) {
	if n == 0 {
		return
	}
	w.back = grow(w.back, n*Labels)
	w.scores = grow(w.scores, Labels)
	w.path = grow(w.path, 2*Labels)
	now, old := w.path[:Labels], w.path[Labels:2*Labels]
	for i := range n {
		w.features = observe(i, w.features[:0])
		clear(w.scores)
		c.linear.Score(w.features, w.scores)
		back := w.back[i*Labels : (i+1)*Labels]
		if i == 0 {
			for l := range now {
				now[l] = impossible
				if Starts(l) {
					now[l] = w.scores[l]
				}
			}
			continue
		}
		now, old = old, now
		for l := range now {
			now[l] = impossible
		}
		for from, base := range old {
			if base == impossible {
				continue
			}
			for _, h := range c.next[from] {
				if s := base + h.score; s > now[h.label] {
					now[h.label], back[h.label] = s, uint8(from)
				}
			}
		}
		for l := range now {
			if now[l] != impossible {
				now[l] += w.scores[l]
			}
		}
	}
	best := -1
	for l := range now {
		if Ends(l) && now[l] != impossible && (best < 0 || now[l] > now[best]) {
			best = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = uint8(best)
		best = int(w.back[i*Labels+best])
	}
}
