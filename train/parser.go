package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"annals/internal/model"
	"annals/internal/syntax/linear"
	"annals/train/perceptron"
)

const (
	greedyEpochs = 2
	beamEpochs   = 8
	beamWidth    = 6
	parserRuns   = 4
	leastUpdates = 4   // features that were updated more seldom are left out
	parserPruned = 0.9 // share of the weights left out
	leastArcs    = 20  // actions that the treebanks need more seldom are not learnt
)

// parsed is a sentence ready for the parser.
type parsed struct {
	words     []linear.Word // root last
	heads     []int32
	relations []string
	children  [][]int32 // of every word and the root
}

// trainParser writes parser.model, the mean of some runs.
func trainParser(o options) error {
	start := time.Now()
	trees, err := readTrees(o, treebanks...)
	if err != nil {
		return err
	}
	classes := actionClasses(trees, leastArcs)
	trees = hardened(slices.DeleteFunc(trees, func(t tree) bool { return !t.within(classes) }))
	lexicon, err := openLexicon(o)
	if err != nil {
		return err
	}
	data, err := parserData(o, lexicon, trees)
	if err != nil {
		return err
	}
	fmt.Printf("parser: %d sentences, %d actions, tags ready after %.0f s\n", len(data), len(classes), time.Since(start).Seconds())
	rows := meanOfRuns(parserRuns, func(run int) []model.Row { return trainParserOnce(data, classes, run+1, randomRun(o, run)) })
	b := model.NewBuilder("parser", map[string]string{"data": fmt.Sprint(treebanks), "seed": fmt.Sprint(o.seed), "command": "go run ./train parser"})
	if err := perceptron.WriteRows(b, "transitions", classes, rows, parserPruned); err != nil {
		return err
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "parser", body)
}

func trainParserOnce(data []parsed, classes []string, run int, r *rand.Rand) []model.Row {
	t := perceptron.New(classes)
	trainArcs(t, data, classes, run, r)
	newBeam(t, data, classes).train(run, r)
	return t.Averaged(leastUpdates)
}

// parserData is the trees with jackknifed tags.
func parserData(o options, lexicon *linear.Lexicon, trees []tree) ([]parsed, error) {
	k := newJackknife(o, lexicon, trees)
	back, err := k.back()
	if err != nil {
		return nil, err
	}
	forth, err := k.forth(back)
	if err != nil {
		return nil, err
	}
	tags := tagsOf(k.classes)
	out := make([]parsed, len(trees))
	for i, t := range trees {
		p := parsed{words: k.all[i].words, heads: t.heads, children: make([][]int32, len(t.tokens)+1)}
		for j := range t.tokens {
			tags[forth[i][j]].Give(&p.words[j])
			p.relations = append(p.relations, t.tokens[j].Deprel)
			p.children[t.heads[j]] = append(p.children[t.heads[j]], int32(j))
		}
		out[i] = p
	}
	return out, nil
}

// actionClasses are the transitions that the trees need at least so often, Shift first.
func actionClasses(trees []tree, least int) []string {
	seen := map[string]int{}
	for _, t := range trees {
		for i := range t.tokens {
			seen[t.action(i)]++
		}
	}
	var out []string
	for class, n := range seen {
		if n >= least {
			out = append(out, class)
		}
	}
	slices.Sort(out)
	return append([]string{"shift"}, out...)
}

// action is the class that attaches word i.
func (t *tree) action(i int) string {
	if int32(i) < t.heads[i] {
		return "left " + t.tokens[i].Deprel
	}
	return "right " + t.tokens[i].Deprel
}

// within tells whether the classes can make the tree.
func (t *tree) within(classes []string) bool {
	for i := range t.tokens {
		if !slices.Contains(classes, t.action(i)) {
			return false
		}
	}
	return true
}

// trainArcs trains a greedy parser with the dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013).
// It gives the beam a start: from nothing, beams wander.
func trainArcs(t *perceptron.Trainer, data []parsed, classes []string, run int, r *rand.Rand) {
	actions := linear.NewActions(classes)
	m := &linear.Machine{Actions: actions}
	scores := make([]float32, len(classes))
	var features []uint64
	order := r.Perm(len(data))
	for epoch := range greedyEpochs {
		start := time.Now()
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, at := range order {
			p := &data[at]
			state := m.Start(p.words)
			for !m.Final(&state) {
				features = m.Features(&state, features[:0])
				clear(scores)
				t.Score(features, scores)
				o := p.oracle(m, &state)
				best, good := linear.Action(0), linear.Action(0)
				most, mostGood := float32(math.Inf(-1)), float32(math.Inf(-1))
				moves, fromRoot := m.Legal(&state)
				for _, a := range actions.Choices(moves, fromRoot) {
					score := scores[a]
					if score <= most && score <= mostGood {
						continue
					}
					if score > most {
						best, most = a, score
					}
					if score > mostGood && o.good(a, actions) {
						good, mostGood = a, score
					}
				}
				all++
				if best == good {
					right++
				} else {
					t.Update(features, int(good), 1)
					t.Update(features, int(best), -1)
				}
				t.Tick()
				if epoch == 0 || r.IntN(10) == 0 {
					best = good
				}
				state = m.Apply(&state, best)
			}
		}
		fmt.Printf("parser: run %d, greedy, epoch %d of %d, %.2f %% right in training, %.0f s\n", run, epoch+1, greedyEpochs, 100*float64(right)/float64(all), time.Since(start).Seconds())
	}
}

// oracle is what the gold tree says of a state: the moves that lose fewest arcs, and the labels that the arcs need.
type oracle struct {
	moves       uint8
	least       int    // arcs that the best moves lose
	left, right string // the gold label when the arc is gold, else ""
}

func (o *oracle) good(a linear.Action, actions *linear.Actions) bool {
	move := actions.Moves[a]
	if o.moves>>move&1 == 0 {
		return false
	}
	switch {
	case move == linear.LeftArc && o.left != "":
		return actions.Labels[a] == o.left
	case move == linear.RightArc && o.right != "":
		return actions.Labels[a] == o.right
	}
	return true
}

func (p *parsed) oracle(m *linear.Machine, s *linear.State) oracle {
	top, next, ahead := m.Top(s), m.Next(s), m.Ahead(s)
	var stack [512]int32
	onStack := m.Stack(s, stack[:0])
	legal, _ := m.Legal(s)
	costs := [3]int{1 << 20, 1 << 20, 1 << 20}
	root := int32(len(p.heads))
	if legal>>linear.Shift&1 == 1 {
		cost := 0
		for _, w := range onStack {
			if w != top && p.heads[ahead] == w {
				cost++
			}
			if p.heads[w] == ahead {
				cost++
			}
		}
		costs[linear.Shift] = cost
	}
	if top != linear.None {
		lost := 0 // dependents of top that are still to come
		for _, c := range p.children[top] {
			if c >= ahead {
				lost++
			}
		}
		head := p.heads[top]
		if legal>>linear.LeftArc&1 == 1 {
			costs[linear.LeftArc] = lost
			if head != ahead && (head == next && next != linear.None || head > ahead && head <= root) {
				costs[linear.LeftArc]++
			}
		}
		if legal>>linear.RightArc&1 == 1 {
			costs[linear.RightArc] = lost
			if head >= ahead {
				costs[linear.RightArc]++
			}
		}
	}
	least := slices.Min(costs[:])
	o := oracle{least: least}
	for move, cost := range costs {
		if cost == least {
			o.moves |= 1 << move
		}
	}
	if top != linear.None {
		if p.heads[top] == ahead {
			o.left = p.relations[top]
		}
		if next != linear.None && p.heads[top] == next {
			o.right = p.relations[top]
		}
	}
	return o
}
