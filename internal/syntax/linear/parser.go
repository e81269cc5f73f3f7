package linear

import (
	"math"

	"annals/internal/model"
)

// Parser is a transition parser with a beam: the best few partial parses are kept side by side, so that a choice
// may turn out wrong later (Zhang and Clark 2008). Parses that fall far behind are dropped at once, and where the
// choice is clear the beam is one parse wide.
type Parser struct {
	weights *model.Linear
	actions *Actions
	width   int
	margin  int32 // a parse so far behind the best is dropped
}

const (
	beamWidth  = 4
	beamMargin = 110 // in units of the trainer; 0: none is dropped
)

// OpenParser opens the parser in f.
func OpenParser(f *model.File) (*Parser, error) {
	weights, err := model.OpenLinear(f, "transitions")
	if err != nil {
		return nil, err
	}
	p := &Parser{weights: weights, actions: NewActions(weights.Classes()), width: beamWidth, margin: math.MaxInt32}
	if beamMargin > 0 {
		p.margin = int32(beamMargin / weights.Scale())
	}
	return p, nil
}

// candidate is a state to come: an action after the state at index from.
type candidate struct {
	score  int32
	from   int32
	action Action
}

// parse writes heads (indexes into words, the last of which is the root) and the actions that attached each word.
func (p *Parser) parse(words []Word, heads []int32, actions []Action, s *scratch) {
	m := &s.machine
	m.Actions = p.actions
	s.scorer.Forget(len(p.actions.Moves))
	s.states = append(s.states[:0], m.Start(words))
	first, last := int32(0), int32(1) // the beam
	for !m.Final(&s.states[first]) {
		s.candidates = s.candidates[:0]
		for i := first; i < last; i++ {
			p.expand(i, s)
		}
		for _, c := range s.candidates {
			next := m.Apply(&s.states[c.from], c.action)
			next.Score, next.Before = c.score, c.from
			s.states = append(s.states, next)
		}
		first, last = last, int32(len(s.states))
	}
	for i := first; s.states[i].Before != None; i = s.states[i].Before {
		m.record(&s.states[s.states[i].Before], s.states[i].Last, heads, actions)
	}
}

// expand puts the actions after state i among the candidates, which stay sorted, the best first, and few.
func (p *Parser) expand(i int32, s *scratch) {
	state := &s.states[i]
	scores := s.scorer.Score(&s.machine, state, p.weights)
	moves, fromRoot := s.machine.Legal(state)
	for _, action := range p.actions.Choices(moves, fromRoot) {
		s.candidates = p.keep(s.candidates, candidate{state.Score + scores[action], i, action})
	}
}

// keep inserts a candidate where it belongs. Of equals the earlier comes first.
func (p *Parser) keep(best []candidate, c candidate) []candidate {
	n := len(best)
	if n > 0 && (int64(best[0].score)-int64(c.score) > int64(p.margin) || n == p.width && best[n-1].score >= c.score) {
		return best
	}
	if n < p.width {
		best = append(best, c)
		n++
	}
	at := n - 1
	for ; at > 0 && best[at-1].score < c.score; at-- {
		best[at] = best[at-1]
	}
	best[at] = c
	for len(best) > 1 && int64(best[0].score)-int64(best[len(best)-1].score) > int64(p.margin) {
		best = best[:len(best)-1]
	}
	return best
}

// record notes the arc that an action makes.
func (m *Machine) record(state *State, action Action, heads []int32, actions []Action) {
	switch m.Actions.Moves[action] {
	case LeftArc:
		heads[m.Top(state)], actions[m.Top(state)] = m.Ahead(state), action
	case RightArc:
		heads[m.Top(state)], actions[m.Top(state)] = m.Next(state), action
	}
}
