package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"annals/internal/syntax/linear"
	"annals/train/perceptron"
)

// beam trains the parser with the beam that reading has, by updates where the best wrong parse is furthest ahead of
// the right one (max-violation: Huang, Fayong and Guo 2012).
type beam struct {
	*perceptron.Trainer
	data    []parsed
	actions *linear.Actions
	m       *linear.Machine
	scorer  linear.Scorer[float32]
	width   int

	chart      []step
	candidates []step
	features   []uint64
	gold       []linear.Action
}

// step is a state in the chart: the action that led to it from the state at index from.
type step struct {
	state  linear.State
	score  float32
	from   int32
	action linear.Action
	right  bool // it lies on the right path
}

func newBeam(t *perceptron.Trainer, data []parsed, classes []string) *beam {
	actions := linear.NewActions(classes)
	return &beam{Trainer: t, data: data, actions: actions, m: &linear.Machine{Actions: actions}, width: beamWidth}
}

func (b *beam) train(run int, r *rand.Rand) {
	order := r.Perm(len(b.data))
	for epoch := range beamEpochs {
		start := time.Now()
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, i := range order {
			p := &b.data[i]
			if !b.path(p) {
				continue
			}
			all++
			if b.sentence(p) {
				right++
			}
			for range b.gold { // time goes on as in the greedy epochs
				b.Tick()
			}
		}
		fmt.Printf("parser: run %d, beam of %d, epoch %d of %d, %.2f %% of sentences right in training, %.0f s\n", run, b.width, epoch+1, beamEpochs,
			100*float64(right)/float64(all), time.Since(start).Seconds())
	}
}

// path finds the right actions; it tells whether they make the gold tree, which must be projective.
func (b *beam) path(p *parsed) bool {
	b.gold = b.gold[:0]
	state := b.m.Start(p.words)
	for !b.m.Final(&state) {
		a, ok := p.rightAction(b.m, &state, b.actions)
		if !ok {
			return false
		}
		b.gold = append(b.gold, a)
		state = b.m.Apply(&state, a)
	}
	return true
}

// rightAction is the action of a right path: an arc as soon as it may be made.
func (p *parsed) rightAction(m *linear.Machine, s *linear.State, actions *linear.Actions) (linear.Action, bool) {
	o := p.oracle(m, s)
	if o.least > 0 {
		return 0, false
	}
	for a, move := range actions.Moves {
		if move == linear.LeftArc && o.left == "" || move == linear.RightArc && o.right == "" || move == linear.Shift {
			continue
		}
		if o.good(linear.Action(a), actions) {
			return linear.Action(a), true
		}
	}
	return 0, o.moves>>linear.Shift&1 == 1
}

// sentence searches once and updates; it tells whether the best parse was right.
func (b *beam) sentence(p *parsed) bool {
	start := b.m.Start(p.words)
	b.scorer.Forget(len(b.actions.Moves))
	b.chart = append(b.chart[:0], step{state: start, from: linear.None, right: true})
	first, last := 0, 1
	rightState, rightScore := start, float32(0)
	worst, worstAt, worstLength := float32(0), int32(-1), 0
	for n, gold := range b.gold {
		b.candidates = b.candidates[:0]
		for i := first; i < last; i++ {
			b.expand(int32(i), gold)
		}
		rightScore += b.scorer.Score(b.m, &rightState, b.Trainer)[gold]
		rightState = b.m.Apply(&rightState, gold)
		for _, c := range b.candidates {
			c.state = b.m.Apply(&b.chart[c.from].state, c.action)
			b.chart = append(b.chart, c)
		}
		first, last = last, len(b.chart)
		best := &b.chart[first]
		if ahead := best.score - rightScore; !best.right && (worstAt < 0 || ahead > worst) {
			worst, worstAt, worstLength = ahead, int32(first), n+1
		}
	}
	if b.chart[first].right {
		return true
	}
	b.update(p, worstAt, worstLength)
	return false
}

func (b *beam) expand(i int32, gold linear.Action) {
	from := &b.chart[i]
	scores := b.scorer.Score(b.m, &from.state, b.Trainer)
	moves, fromRoot := b.m.Legal(&from.state)
	for _, action := range b.actions.Choices(moves, fromRoot) {
		score := scores[action] + from.score
		if len(b.candidates) == b.width && b.candidates[b.width-1].score >= score {
			continue
		}
		c := step{score: score, from: i, action: action, right: from.right && action == gold}
		at, _ := slices.BinarySearchFunc(b.candidates, c, func(have, c step) int {
			if have.score >= c.score {
				return -1
			}
			return cmp.Compare(c.score, have.score)
		})
		if len(b.candidates) < b.width {
			b.candidates = append(b.candidates, step{})
		}
		copy(b.candidates[at+1:], b.candidates[at:])
		b.candidates[at] = c
	}
}

// update moves the weights from the wrong path that ends at a state of the chart to the right one of the same length.
func (b *beam) update(p *parsed, wrong int32, length int) {
	path := make([]linear.Action, length)
	for i := length - 1; i >= 0; i-- {
		path[i] = b.chart[wrong].action
		wrong = b.chart[wrong].from
	}
	same := 0
	for same < length && path[same] == b.gold[same] {
		same++
	}
	b.walk(p, b.gold[:length], same, 1)
	b.walk(p, path, same, -1)
}

func (b *beam) walk(p *parsed, path []linear.Action, same int, delta float32) {
	state := b.m.Start(p.words)
	for i, a := range path {
		if i >= same {
			b.features = b.m.Features(&state, b.features[:0])
			b.Update(b.features, int(a), delta)
		}
		state = b.m.Apply(&state, a)
	}
}
