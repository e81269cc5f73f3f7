package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"annals/internal/model"
	"annals/internal/syntax/linear"
	"annals/train/perceptron"
)

const inflectorEpochs = 5

// openLexicon opens the lexicon that go run ./train lexicon has written.
func openLexicon(o options) (*linear.Lexicon, error) {
	body, err := os.ReadFile(filepath.Join(o.out, "lexicon.model"))
	if err != nil {
		return nil, fmt.Errorf("reading the lexicon: %w; run go run ./train lexicon first", err)
	}
	f, err := model.Parse(string(body))
	if err != nil {
		return nil, err
	}
	return linear.OpenLexicon(f)
}

// trainWords writes words.model: lemma rules and the inflector.
func trainWords(o options) error {
	trees, err := readTrees(o, treebanks...)
	if err != nil {
		return err
	}
	lexicon, err := openLexicon(o)
	if err != nil {
		return err
	}
	b := model.NewBuilder("words", map[string]string{"data": fmt.Sprint(treebanks), "seed": fmt.Sprint(o.seed), "command": "go run ./train words"})
	if err := writeLemmas(b, trees); err != nil {
		return err
	}
	if err := writeInflector(o, b, lexicon, trees); err != nil {
		return err
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "words", body)
}

// tally counts the rules seen under one key.
type tally map[int]int

func (t tally) best() (rule, count, total int) {
	for r, n := range t {
		total += n
		if n > count || n == count && r < rule {
			rule, count = r, n
		}
	}
	return rule, count, total
}

// writeLemmas learns lemma rules: every key gets the rule it has most often; a key is kept only where the shorter
// keys would give another rule.
func writeLemmas(b *model.Builder, trees []tree) error {
	var rules numbering
	byName := map[string]linear.Rule{}
	keys := map[uint64]tally{}
	type example struct {
		keys []uint64
		rule int
	}
	var examples []example
	seen := map[string]int{} // form, tag and rule already counted for endings
	for _, t := range trees {
		for i := range t.tokens {
			tok := &t.tokens[i]
			if tok.Lemma == "" || tok.Lemma == "_" && tok.Form != "_" {
				continue
			}
			r := linear.RuleFor(tok.Form, tok.Lemma)
			name := fmt.Sprint(r)
			byName[name] = r
			rule := rules.of(name)
			k := linear.LemmaKeys([]byte(tok.Form), linear.TagHash(class(tok)), nil)
			for j, key := range k {
				if j >= 2 { // endings count words, not occurrences
					id := fmt.Sprint(tok.Form, class(tok), rule, j)
					if seen[id]++; seen[id] > 1 {
						continue
					}
				}
				if keys[key] == nil {
					keys[key] = tally{}
				}
				keys[key][rule]++
			}
			examples = append(examples, example{k, rule})
		}
	}
	kept := map[uint64]int{}
	lookup := func(k []uint64) int {
		for _, key := range k {
			if r, ok := kept[key]; ok {
				return r
			}
		}
		return -1
	}
	// From the shortest key to the longest, so that each only says what the shorter ones do not.
	longest := 0
	for _, e := range examples {
		longest = max(longest, len(e.keys))
	}
	for fromEnd := 1; fromEnd <= longest; fromEnd++ {
		for _, e := range examples {
			at := len(e.keys) - fromEnd
			if at < 0 {
				continue
			}
			key := e.keys[at]
			if _, done := kept[key]; done {
				continue
			}
			rule, count, total := keys[key].best()
			least := 1
			if at >= 2 && fromEnd > 1 {
				least = 2
			}
			if count >= least && 2*count > total && lookup(e.keys[at+1:]) != rule {
				kept[key] = rule
			}
		}
	}
	list := make([]linear.Rule, len(rules.names))
	for i, name := range rules.names {
		list[i] = byName[name]
	}
	if err := b.AddJSON("lemma.rules", list); err != nil {
		return err
	}
	b.Add("lemma.table", linear.WriteLemmaTable(kept))
	fmt.Printf("words: %d lemma rules, %d keys\n", len(list), len(kept))
	return nil
}

// writeInflector trains the morphological features on gold tags and arcs.
func writeInflector(o options, b *model.Builder, lexicon *linear.Lexicon, trees []tree) error {
	var classes numbering
	seen := map[string]map[int]int{}
	for _, t := range trees {
		for i := range t.tokens {
			c := class(&t.tokens[i])
			if seen[c] == nil {
				seen[c] = map[int]int{}
			}
			seen[c][classes.of(t.tokens[i].Feats)]++
		}
	}
	candidates := map[string][]uint16{}
	for c, counts := range seen {
		for feats := range counts {
			candidates[c] = append(candidates[c], uint16(feats))
		}
		slices.SortFunc(candidates[c], func(a, b uint16) int {
			return cmp.Or(cmp.Compare(counts[int(b)], counts[int(a)]), cmp.Compare(a, b))
		})
	}
	t := perceptron.New(classes.names)
	r := random(o)
	order := r.Perm(len(trees))
	scores := make([]float32, len(classes.names))
	var features []uint64
	for epoch := range inflectorEpochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, at := range order {
			s := trees[at]
			words := lookUp(lexicon, s)[:len(s.tokens)]
			arcs := linear.Arcs{Heads: s.heads}
			for i := range s.tokens {
				arcs.Relations = append(arcs.Relations, s.tokens[i].Deprel)
				linear.NewTag(class(&s.tokens[i])).Give(&words[i])
			}
			arcs.Index()
			for i := range s.tokens {
				choices := candidates[class(&s.tokens[i])]
				if len(choices) < 2 {
					continue
				}
				features = linear.InflectionFeatures(words, i, &arcs, features[:0])
				clear(scores)
				t.Score(features, scores)
				best, gold := choices[0], uint16(classes.of(s.tokens[i].Feats))
				for _, c := range choices[1:] {
					if scores[c] > scores[best] {
						best = c
					}
				}
				all++
				if best == gold {
					right++
				} else {
					t.Update(features, int(gold), 1)
					t.Update(features, int(best), -1)
				}
				t.Tick()
			}
		}
		fmt.Printf("words: features, epoch %d of %d, %.2f %% right in training\n", epoch+1, inflectorEpochs, 100*float64(right)/float64(all))
	}
	if err := b.AddJSON("feats.candidates", candidates); err != nil {
		return err
	}
	return t.Write(b, "feats", 3)
}
