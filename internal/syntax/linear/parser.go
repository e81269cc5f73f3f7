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
	beamMargin = 100 // in units of the trainer; 0: none is dropped
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
	s.forget(len(p.actions.Moves))
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

// groupCache keeps the scores of one group of features, each in the one place where its key may lie.
type groupCache struct {
	keys   [cachedKeys]uint64 // key + 1, 0 for none
	scores []int32            // one row of scores a place
}

const cachedKeys = 128 // a power of two

// place is where the scores of a key lie, and whether they are there.
func (c *groupCache) place(key uint64, classes int) (row []int32, have bool) {
	at := int(fold(key, 0) % cachedKeys)
	row = c.scores[at*classes : (at+1)*classes]
	have = c.keys[at] == key+1
	c.keys[at] = key + 1
	return row, have
}

// score adds up the scores of all actions after a state.
func (p *Parser) score(state *State, s *scratch) []int32 {
	n := len(p.actions.Moves)
	scores := sized(&s.scores, n)
	clear(scores)
	for group := range keptGroups {
		row, have := s.caches[group].place(s.machine.key(group, state), n)
		if !have {
			clear(row)
			s.features = s.machine.group(group, state, s.features[:0])
			p.weights.Score(s.features, row)
		}
		row = row[:len(scores)]
		for i := range scores {
			scores[i] += row[i]
		}
	}
	s.features = s.machine.group(arcGroup, state, s.features[:0])
	p.weights.Score(s.features, scores)
	return scores
}

// forget empties the caches, which hold one sentence.
func (s *scratch) forget(classes int) {
	for group := range s.caches {
		clear(s.caches[group].keys[:])
		sized(&s.caches[group].scores, cachedKeys*classes)
	}
}

// expand puts the actions after state i among the candidates, which stay sorted, the best first, and few.
func (p *Parser) expand(i int32, s *scratch) {
	state := &s.states[i]
	scores := p.score(state, s)
	moves, fromRoot := s.machine.Legal(state)
	for action, score := range scores {
		if !p.actions.Allowed(Action(action), moves, fromRoot) {
			continue
		}
		s.candidates = p.keep(s.candidates, candidate{state.Score + score, i, Action(action)})
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
