package linear

import (
	"math"

	"annals/internal/model"
)

// Parser is a transition parser.
type Parser struct {
	weights *model.Linear
	actions *Actions
}

// OpenParser opens the parser in f.
func OpenParser(f *model.File) (*Parser, error) {
	weights, err := model.OpenLinear(f, "transitions")
	if err != nil {
		return nil, err
	}
	return &Parser{weights, NewActions(weights.Classes())}, nil
}

// parse writes heads (indexes into words, the last of which is the root) and the actions that attached each word.
func (p *Parser) parse(words []Word, heads []int32, actions []Action, s *scratch) {
	m := &s.machine
	m.Actions = p.actions
	scores := sized(&s.scores, len(p.actions.Moves))
	state := m.Start(words)
	for !m.Final(&state) {
		clear(scores)
		s.features = m.Features(&state, s.features[:0])
		p.weights.Score(s.features, scores)
		action := p.best(&state, m, scores)
		m.record(&state, action, heads, actions)
		state = m.Apply(&state, action)
	}
}

func (p *Parser) best(state *State, m *Machine, scores []int32) Action {
	moves, fromRoot := m.Legal(state)
	best, most := Action(0), int32(math.MinInt32)
	for i, score := range scores {
		if score > most && p.actions.Allowed(Action(i), moves, fromRoot) {
			best, most = Action(i), score
		}
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
