package event

import (
	"math"
	"slices"

	"annals/internal/model"
)

// classifier gives a distribution of types for what the tables leave open: a multinomial logistic regression over
// PairFeatures. Its classes are PLOVER's types; YIELD stands for CONCEDE and RETREAT together.
type classifier struct {
	linear *model.Linear
}

// openClassifier opens the embedded model, or returns nil when there is none.
func openClassifier() (*classifier, error) {
	f, err := model.Embedded("event")
	if err != nil {
		return nil, nil
	}
	l, err := model.OpenLinear(f, "type")
	if err != nil {
		return nil, err
	}
	return &classifier{l}, nil
}

// distribution is the probability of each class, in the order of the model.
func (c *classifier) distribution(features []uint64) []float64 {
	scores := make([]int32, len(c.linear.Classes()))
	c.linear.Score(features, scores)
	out := make([]float64, len(scores))
	top := math.Inf(-1)
	size := float64(c.linear.Scale()) / math.Sqrt(float64(max(len(features), 1))) // long sentences do not weigh more
	for i, s := range scores {
		out[i] = float64(s) * size
		top = max(top, out[i])
	}
	sum := 0.0
	for i := range out {
		out[i] = math.Exp(out[i] - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// Classify is the most probable class of a pair of phrases and its probability; "" without a model.
func (s *Stage) Classify(features []uint64) (string, float64) {
	if s.model == nil {
		return "", 0
	}
	p := s.model.distribution(features)
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return s.model.linear.Classes()[best], p[best]
}

// probability is what the model gives a PLOVER type.
func (s *Stage) probability(features []uint64, typ string) float64 {
	if typ == "CONCEDE" || typ == "RETREAT" {
		typ = "YIELD"
	}
	i := slices.Index(s.model.linear.Classes(), typ)
	if i < 0 {
		return 0
	}
	return s.model.distribution(features)[i]
}

// leastDoubt is how near to 0 and 1 a probability of the classifier is believed: it has seen 843 sentences.
const leastDoubt = 0.03

// calibrate joins the trust in a row with the classifier's probability of its type as two independent witnesses whose
// odds multiply.
func calibrate(trust, p float32) float32 {
	p = min(max(p, leastDoubt), 1-leastDoubt)
	odds := trust / (1 - trust) * p / (1 - p)
	return odds / (1 + odds)
}
