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

// openLexicon opens the lexicon and the dictionary that go run ./train has written.
func openLexicon(o options) (*linear.Lexicon, error) {
	f, err := openModel(o, "dictionary")
	if err != nil {
		return nil, err
	}
	dictionary, err := linear.OpenDictionary(f)
	if err != nil {
		return nil, err
	}
	if f, err = openModel(o, "lexicon"); err != nil {
		return nil, err
	}
	return linear.OpenLexicon(f, dictionary)
}

// openModel opens a model that an earlier trainer has written.
func openModel(o options, name string) (*model.File, error) {
	body, err := os.ReadFile(filepath.Join(o.out, name+".model"))
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w; run go run ./train %s first", name, err, name)
	}
	return model.Parse(string(body))
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

// inflections is the training of morphological features, on gold tags and arcs.
type inflections struct {
	*perceptron.Trainer
	lexicon    *linear.Lexicon
	classes    numbering
	candidates map[string][]uint16 // classes seen with a tag, the most frequent first
	features   []uint64
	scores     []float32
	right, all int
}

func writeInflector(o options, b *model.Builder, lexicon *linear.Lexicon, trees []tree) error {
	in := inflections{lexicon: lexicon, candidates: map[string][]uint16{}}
	in.collect(trees)
	in.Trainer, in.scores = perceptron.New(in.classes.names), make([]float32, len(in.classes.names))
	r := random(o)
	order := r.Perm(len(trees))
	for epoch := range inflectorEpochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		in.right, in.all = 0, 0
		for _, at := range order {
			in.sentence(trees[at])
		}
		fmt.Printf("words: features, epoch %d of %d, %.2f %% right in training\n", epoch+1, inflectorEpochs, 100*float64(in.right)/float64(in.all))
	}
	if err := b.AddJSON("feats.candidates", in.candidates); err != nil {
		return err
	}
	return in.Write(b, "feats", 3)
}

// collect numbers the feature strings and lists those of every tag.
func (in *inflections) collect(trees []tree) {
	seen := map[string]map[int]int{}
	for _, t := range trees {
		for i := range t.tokens {
			c := class(&t.tokens[i])
			if seen[c] == nil {
				seen[c] = map[int]int{}
			}
			seen[c][in.classes.of(t.tokens[i].Feats)]++
		}
	}
	for c, counts := range seen {
		for feats := range counts {
			in.candidates[c] = append(in.candidates[c], uint16(feats))
		}
		slices.SortFunc(in.candidates[c], func(a, b uint16) int {
			return cmp.Or(cmp.Compare(counts[int(b)], counts[int(a)]), cmp.Compare(a, b))
		})
	}
}

func (in *inflections) sentence(t tree) {
	words := lookUp(in.lexicon, t)[:len(t.tokens)]
	arcs := linear.Arcs{Heads: t.heads}
	for i := range t.tokens {
		arcs.Relations = append(arcs.Relations, t.tokens[i].Deprel)
		linear.NewTag(class(&t.tokens[i])).Give(&words[i])
	}
	arcs.Index()
	for i := range t.tokens {
		choices := in.candidates[class(&t.tokens[i])]
		if len(choices) < 2 {
			continue
		}
		in.features = linear.InflectionFeatures(words, i, &arcs, in.features[:0])
		in.step(choices, uint16(in.classes.of(t.tokens[i].Feats)))
	}
}

func (in *inflections) step(choices []uint16, gold uint16) {
	clear(in.scores)
	in.Score(in.features, in.scores)
	best := choices[0]
	for _, c := range choices[1:] {
		if in.scores[c] > in.scores[best] {
			best = c
		}
	}
	in.all++
	if best == gold {
		in.right++
	} else {
		in.Update(in.features, int(gold), 1)
		in.Update(in.features, int(best), -1)
	}
	in.Tick()
}
