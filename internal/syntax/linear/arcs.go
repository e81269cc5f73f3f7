package linear

import "strings"

// Action is a transition with its label: an index into Actions.
type Action uint8

// Move is what a transition does.
type Move uint8

// The moves of the arc-hybrid system. The root stands after the last word, so that it takes its one dependent last.
const (
	Shift    Move = iota // push the first word of the buffer
	LeftArc              // the top of the stack depends on the first word of the buffer (or on the root)
	RightArc             // the top of the stack depends on the one below it
)

// Actions is the table of transitions. Action 0 is Shift.
type Actions struct {
	Moves   []Move
	Labels  []string // "" for Shift
	hashes  []uint64 // of labels
	numbers []uint8  // small number of each label, from 1

	choices [2][8][]Action // the actions that a set of moves allows, without an arc from the root and with it
}

// RootLabel is the relation of a sentence's root.
const RootLabel = "root"

// NewActions makes the table from class names: "shift", "left nsubj", "right obj".
func NewActions(classes []string) *Actions {
	a := &Actions{}
	numbers := map[string]uint8{}
	for _, class := range classes {
		move, label, _ := strings.Cut(class, " ")
		m := map[string]Move{"shift": Shift, "left": LeftArc, "right": RightArc}[move]
		if label != "" && numbers[label] == 0 {
			numbers[label] = uint8(len(numbers) + 1)
		}
		a.Moves = append(a.Moves, m)
		a.Labels = append(a.Labels, label)
		a.hashes = append(a.hashes, uint64(numbers[label])+1)
		a.numbers = append(a.numbers, numbers[label]&63)
	}
	for moves := range uint8(8) {
		for action, move := range a.Moves {
			fromRoot := 0
			if a.Labels[action] == RootLabel {
				fromRoot = 1
			}
			if moves>>move&1 == 0 {
				continue
			}
			for root := range a.choices {
				if move != LeftArc || root == fromRoot {
					a.choices[root][moves] = append(a.choices[root][moves], Action(action))
				}
			}
		}
	}
	return a
}

// Choices are the actions that are legal when Legal gave moves and fromRoot.
func (a *Actions) Choices(moves uint8, fromRoot bool) []Action {
	if fromRoot {
		return a.choices[1][moves]
	}
	return a.choices[0][moves]
}

// None is the node that does not exist.
const None int32 = -1

// node is a word on the stack or at the front of the buffer with the dependents it has so far. Nodes never change:
// an arc makes a new one. So states share them, and a state costs a few numbers.
type node struct {
	word              int32
	below             int32 // node under this one on the stack
	left, left2       int32 // leftmost dependent, and the one that was attached before it
	right, right2     int32
	leftLabel         uint8 // action that attached left
	left2Label        uint8
	rightLabel        uint8
	right2Label       uint8
	lefts, rights     uint8  // how many dependents
	leftSet, rightSet uint64 // their labels, as bits
	content           uint64 // hash of the word and its dependents, whatever is below it
}

// State is a partial parse.
type State struct {
	Score  int32
	Stack  int32 // top node, or None
	Front  int32 // node of the first word of the buffer
	Depth  int32 // words on the stack
	Before int32 // earlier state in a chart of states, None for the first
	Last   Action
}

// Machine runs transitions over one sentence.
type Machine struct {
	Actions *Actions
	Words   []Word // the last one is the root
	nodes   []node
}

// Root is the word that stands for the root, after the last word of a sentence.
var Root = Word{Form: 17, Lower: 19, Tag: 23, UPOS: 29, Fine: 1 << 41, Coarse: 1 << 41}

// Start begins a sentence. Words must end with Root and hold at least one more word.
func (m *Machine) Start(words []Word) State {
	m.Words = words
	m.nodes = m.nodes[:0]
	return State{Stack: None, Front: m.fresh(0), Before: None}
}

func (m *Machine) fresh(word int32) int32 {
	m.nodes = append(m.nodes, node{word: word, below: None, left: None, left2: None, right: None, right2: None, content: fold(uint64(word), 1)})
	return int32(len(m.nodes)) - 1
}

func (m *Machine) root() int32 { return int32(len(m.Words)) - 1 }

// Top is the word on top of the stack, Next the one below it, Ahead the first of the buffer; None where there is none.
func (m *Machine) Top(s *State) int32 {
	if s.Stack == None {
		return None
	}
	return m.nodes[s.Stack].word
}

// Next is the word under the top of the stack.
func (m *Machine) Next(s *State) int32 {
	if s.Stack == None || m.nodes[s.Stack].below == None {
		return None
	}
	return m.nodes[m.nodes[s.Stack].below].word
}

// Ahead is the first word of the buffer.
func (m *Machine) Ahead(s *State) int32 { return m.nodes[s.Front].word }

// Stack appends the words of the stack to out, top first.
func (m *Machine) Stack(s *State, out []int32) []int32 {
	for n := s.Stack; n != None; n = m.nodes[n].below {
		out = append(out, m.nodes[n].word)
	}
	return out
}

// Final tells whether the parse is complete.
func (m *Machine) Final(s *State) bool { return s.Depth == 0 && m.Ahead(s) == m.root() }

// Legal is the set of moves that are allowed, as bits 1 << Move, and whether a left arc would come from the root.
// One word depends on the root, and it is the last on the stack.
func (m *Machine) Legal(s *State) (moves uint8, fromRoot bool) {
	if m.Ahead(s) == m.root() {
		if s.Depth == 1 {
			return 1 << LeftArc, true
		}
		return 1 << RightArc, true
	}
	moves = 1 << Shift
	if s.Depth >= 1 {
		moves |= 1 << LeftArc
	}
	if s.Depth >= 2 {
		moves |= 1 << RightArc
	}
	return moves, false
}

// Apply is the state after an action, which must be legal.
func (m *Machine) Apply(s *State, action Action) State {
	out := State{Score: s.Score, Stack: s.Stack, Front: s.Front, Depth: s.Depth, Before: s.Before, Last: action}
	switch m.Actions.Moves[action] {
	case Shift:
		pushed := m.nodes[s.Front]
		pushed.below = s.Stack
		m.nodes = append(m.nodes, pushed)
		out.Stack = int32(len(m.nodes)) - 1
		out.Front = m.fresh(pushed.word + 1)
		out.Depth++
	case LeftArc:
		head := m.nodes[s.Front]
		head.left2, head.left2Label = head.left, head.leftLabel
		head.left, head.leftLabel = s.Stack, uint8(action)
		head.lefts++
		head.leftSet |= 1 << m.Actions.numbers[action]
		head.content = m.grown(head.content, s.Stack, action)
		out.Stack = m.nodes[s.Stack].below
		m.nodes = append(m.nodes, head)
		out.Front = int32(len(m.nodes)) - 1
		out.Depth--
	case RightArc:
		head := m.nodes[m.nodes[s.Stack].below]
		head.right2, head.right2Label = head.right, head.rightLabel
		head.right, head.rightLabel = s.Stack, uint8(action)
		head.rights++
		head.rightSet |= 1 << m.Actions.numbers[action]
		head.content = m.grown(head.content, s.Stack, action)
		m.nodes = append(m.nodes, head)
		out.Stack = int32(len(m.nodes)) - 1
		out.Depth--
	}
	return out
}

// grown is the content of a head that takes a dependent: it follows from what the head had, and from which word came
// by which action. What hangs on the dependent itself does not matter to the features.
func (m *Machine) grown(content uint64, dependent int32, action Action) uint64 {
	return fold(content, uint64(m.nodes[dependent].word)<<8|uint64(action))
}
