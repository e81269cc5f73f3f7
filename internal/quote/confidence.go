package quote

import (
	"math"
	"slices"
)

// Threshold is the confidence from which an attribution is taken as found rather than as a possibility: on documents
// held out of training more than four in five at or above it overlap the annotation in cue, source and content.
const Threshold = 0.65

// Calibration turns what tagger and linker are sure of into the probability that an attribution is right (Platt
// 1999): a logistic function of its evidence.
type Calibration struct {
	Bias    float64   `json:"bias"`
	Weights []float64 `json:"weights"`
}

// ruleConfidence is how often a claim by rule alone was right on documents held out of training, roughly; where these
// show too few of a kind, it is low.
func ruleConfidence(c *claim) float32 {
	switch {
	case c.rule == "according-to", c.frame == "as", c.frame == "raised":
		return 0.5
	case c.rule == "adverb", c.rule == "noun", c.rule == "adjective":
		return 0.4
	case c.frame == "clause", c.frame == "quote", c.frame == "of":
		return 0.5
	}
	return 0.3
}

// subjectShare is what is left of the confidence when the linker named no source and the grammatical subject was taken.
const subjectShare = 0.5

// mendedConfidence is that of a doubtful claim of the model once the parse has mended it: two in five were right on
// documents held out of training.
const mendedConfidence = 0.4

// evidenceCount is the number of figures that evidence gives.
const evidenceCount = 13

// evidence is what tells a sure attribution from a doubtful one.
type evidence [evidenceCount]float64

// Probability is that of an attribution with this evidence.
func (c Calibration) Probability(e []float64) float64 {
	z := c.Bias
	for i, w := range c.Weights {
		z += w * e[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// weigh gathers the evidence for what the linker found; labels and the lattice's marginals are those of its window.
func (x *Text) weigh(l *link, c *claim, tags tagged, labels []uint8, w *lattice) evidence {
	var e evidence
	lowest, sum := 1.0, 0.0
	for t := c.cue[0].first; t < c.cue[0].last; t++ {
		p := float64(tags.cueOdd[t])
		lowest, sum = min(lowest, p), sum+p
	}
	e[0], e[1] = logit(lowest), logit(sum/float64(c.cue[0].size()))
	var roles [2]struct{ n, sum, low float64 }
	mass, best := 0.0, 0.0
	for i, label := range labels {
		row := w.Marginals[i*linkCount : (i+1)*linkCount]
		best = max(best, row[linkSource]+row[linkSourceIn])
		role := 0
		switch label {
		case linkOut:
			mass += row[linkContent] + row[linkContentIn]
			continue
		case linkContent, linkContentIn:
			role = 1
		}
		p := math.Log(max(row[label], 1e-4))
		r := &roles[role]
		r.n, r.sum, r.low = r.n+1, r.sum+p, min(r.low, p)
	}
	e[2], e[3] = roles[1].sum/max(1, roles[1].n), roles[1].low
	e[4], e[5] = roles[0].sum/max(1, roles[0].n), roles[0].low
	if len(c.source) == 0 {
		e[6], e[7] = 1, logit(1-best)
	}
	e[8] = math.Log1p(mass)
	e[9] = math.Log1p(roles[1].n)
	if x.quote[c.content[0].first] >= 0 {
		e[10] = 1
	}
	if x.atoms[c.cueHead].cue != 0 {
		e[11] = 1
	}
	return e
}

func logit(p float64) float64 {
	p = min(max(p, 0.002), 0.998)
	return math.Log(p / (1 - p))
}

// Finding is an attribution of the model as token ranges with its evidence, for calibration.
type Finding struct {
	Source, Cue, Content [][2]int32
	Evidence             []float64
}

// Findings are what the model finds in a prepared document.
func (s *Stage) Findings(x *Text) []Finding {
	ranges := func(rs []run) [][2]int32 {
		var out [][2]int32
		for _, r := range rs {
			out = append(out, [2]int32{r.first, r.last})
		}
		return out
	}
	var out []Finding
	for _, c := range s.learned(x) {
		out = append(out, Finding{ranges(c.source), ranges(c.cue), ranges(c.content), slices.Clone(c.evidence[:])})
	}
	return out
}
