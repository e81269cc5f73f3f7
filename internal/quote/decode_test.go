package quote

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestViterbi compares decoding with trying every sequence.
func TestViterbi(t *testing.T) {
	rapid.Check(t, func(p *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(p, "n")
		c := &chain{labels: linkCount, transitions: make([][]float32, linkCount)}
		small := rapid.IntRange(-20, 20)
		for a := range c.transitions {
			c.transitions[a] = make([]float32, linkCount)
			for b := range c.transitions[a] {
				c.transitions[a][b] = float32(small.Draw(p, "transition")) / 8
			}
		}
		c.constrain(LinkFollows)
		var e Emissions
		e.reset(linkCount, n)
		for i := range e.Scores {
			e.Scores[i] = float32(small.Draw(p, "score")) / 8
		}
		best, with, without := float32(math.Inf(-1)), float32(math.Inf(-1)), float32(math.Inf(-1))
		labels := make([]uint8, n)
		var try func(i int)
		try = func(i int) {
			if i < n {
				for l := range linkCount {
					labels[i] = uint8(l)
					try(i + 1)
				}
				return
			}
			s := scoreOf(c, &e, labels)
			best = max(best, s)
			if has(labels, linkContent) {
				with = max(with, s)
			} else {
				without = max(without, s)
			}
		}
		try(0)
		var w lattice
		if got := scoreOf(c, &e, c.viterbi(&e, &w)); got != best {
			p.Fatalf("viterbi scores %v, the best sequence %v", got, best)
		}
		found, margin := c.viterbiWith(&e, &w, linkContent)
		if got := scoreOf(c, &e, found); got != with || !has(found, linkContent) {
			p.Fatalf("with a content: %v, the best such sequence %v", got, with)
		}
		if margin != with-without {
			p.Fatalf("margin %v, expected %v", margin, with-without)
		}
		c.marginals(&e, &w)
		for i := range n {
			sum := 0.0
			for l := range linkCount {
				sum += w.Marginals[i*linkCount+l]
			}
			if math.Abs(sum-1) > 1e-6 {
				p.Fatalf("the marginals of token %d sum to %v", i, sum)
			}
		}
	})
}

func scoreOf(c *chain, e *Emissions, labels []uint8) float32 {
	s := c.starts[labels[0]] + e.At(0)[labels[0]]
	for i := 1; i < len(labels); i++ {
		s += c.transitions[labels[i-1]][labels[i]] + e.At(i)[labels[i]]
	}
	return s
}

func has(labels []uint8, l uint8) bool {
	for _, x := range labels {
		if x == l {
			return true
		}
	}
	return false
}
