package main

import (
	"testing"

	"annals/internal/doc"
	"annals/internal/syntax/linear"
)

// TestRightPathMakesTheGoldTree follows the oracle through a projective tree and sees its arcs come out.
func TestRightPathMakesTheGoldTree(t *testing.T) {
	// The rebels , who control the town , fired rockets .
	heads := []int32{1, 8, 4, 4, 1, 6, 4, 4, 11, 8, 8}
	relations := []string{"det", "nsubj", "punct", "nsubj", "acl:relcl", "det", "obj", "punct", "root", "obj", "punct"}
	gold := tree{heads: heads}
	for _, r := range relations {
		gold.tokens = append(gold.tokens, doc.Token{Form: "x", Deprel: r})
	}
	classes := actionClasses([]tree{gold}, 1)
	actions := linear.NewActions(classes)
	p := parsed{words: lookUp(linear.EmptyLexicon(), gold), heads: heads, relations: relations, children: make([][]int32, len(heads)+1)}
	for i, h := range heads {
		p.children[h] = append(p.children[h], int32(i))
	}
	m := &linear.Machine{Actions: actions}
	state := m.Start(p.words)
	arcs := 0
	for !m.Final(&state) {
		a, ok := p.rightAction(m, &state, actions)
		if !ok {
			t.Fatal("the oracle is lost in a projective tree")
		}
		if actions.Moves[a] != linear.Shift {
			dependent, head := m.Top(&state), m.Next(&state)
			if actions.Moves[a] == linear.LeftArc {
				head = m.Ahead(&state)
			}
			if heads[dependent] != head || relations[dependent] != actions.Labels[a] {
				t.Errorf("the oracle made the arc %d → %d %s", head, dependent, actions.Labels[a])
			}
			arcs++
		}
		state = m.Apply(&state, a)
	}
	if arcs != len(heads) {
		t.Errorf("%d arcs for %d words", arcs, len(heads))
	}
}

func TestHardenedKeepsTrees(t *testing.T) {
	one := tree{tokens: []doc.Token{{Form: "They", Deprel: "nsubj"}, {Form: "left", Deprel: "root"}, {Form: ".", Deprel: "punct"}}, heads: []int32{1, 3, 1}}
	short, ok := unstopped(one)
	if !ok || len(short.tokens) != 2 || short.heads[1] != 2 || short.heads[0] != 1 {
		t.Errorf("without its full stop: %v %v", short.heads, ok)
	}
	if upper := capitalCopy(one); upper.tokens[0].Form != "THEY" || one.tokens[0].Form != "They" {
		t.Error("the copy in capitals is wrong, or changed the original")
	}
}
