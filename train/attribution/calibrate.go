package attribution

import (
	"fmt"
	"math"
	"slices"

	"annals/internal/quote"
)

// sample is a finding of a held-out document with whether it is right.
type sample struct {
	evidence []float64
	right    bool
}

// calibrate fits the confidence on the held-out examples: a logistic regression by gradient descent with a small L2
// penalty. What counts as right is the scorer's SCC-soft: the cues overlap, and source and content share at least
// half of their tokens.
func (t *Trainer) calibrate(stage *quote.Stage) quote.Calibration {
	var samples []sample
	for i := range t.examples {
		if heldOut(i) {
			for _, f := range stage.Findings(t.examples[i].text) {
				samples = append(samples, sample{f.Evidence, t.examples[i].isRight(f)})
			}
		}
	}
	if len(samples) == 0 {
		return quote.Calibration{}
	}
	c := fit(samples)
	slices.SortFunc(samples, func(a, b sample) int {
		return int(math.Copysign(1, c.Probability(b.evidence)-c.Probability(a.evidence)))
	})
	right := 0
	for i, s := range samples {
		if s.right {
			right++
		}
		if (i+1)%(len(samples)/10+1) == 0 || i+1 == len(samples) {
			fmt.Fprintf(t.Progress, "  confidence >= %.2f: %4d found, %.1f %% right\n", c.Probability(s.evidence), i+1, 100*float64(right)/float64(i+1))
		}
	}
	return c
}

func fit(samples []sample) quote.Calibration {
	n := len(samples[0].evidence)
	c := quote.Calibration{Weights: make([]float64, n)}
	grad := make([]float64, n+1)
	squares := make([]float64, n+1)
	for range 2000 {
		clear(grad)
		for _, s := range samples {
			e := -c.Probability(s.evidence)
			if s.right {
				e++
			}
			for i, x := range s.evidence {
				grad[i] += e * x
			}
			grad[n] += e
		}
		for i := range grad {
			if i < n {
				grad[i] -= c.Weights[i]
			}
			squares[i] += grad[i] * grad[i]
			step := 0.3 * grad[i] / (math.Sqrt(squares[i]) + 1e-9)
			if i < n {
				c.Weights[i] += step
			} else {
				c.Bias += step
			}
		}
	}
	return c
}

func (e *example) isRight(f quote.Finding) bool {
	for _, g := range e.gold {
		if overlap(f.Cue, [][2]int32{g.cue}) > 0 && jaccard(f.Content, g.content) >= 0.5 && jaccard(f.Source, g.source) >= 0.5 {
			return true
		}
	}
	return false
}

func overlap(a, b [][2]int32) int32 {
	var n int32
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x[1], y[1])-max(x[0], y[0]))
		}
	}
	return n
}

func jaccard(a, b [][2]int32) float64 {
	if len(a) == 0 && len(b) == 0 {
		return 1
	}
	both := overlap(a, b)
	all := overlap(a, a) + overlap(b, b) - both
	return float64(both) / float64(max(all, 1))
}
