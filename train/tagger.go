package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"annals/internal/model"
	"annals/internal/syntax/linear"
	"annals/train/perceptron"
)

const (
	taggerRuns   = 4
	taggerEpochs = 8
	foldEpochs   = 4
	folds        = 4
	taggerMargin = 10   // how far the right tag must be ahead of every other, or it is learnt again
	backPruned   = 0.75 // shares of the weights left out
	forthPruned  = 0.88 // this reading decides only what the first left open
)

// meanOfRuns is the mean of models that see the examples in different orders: what one run learnt by chance, the
// others have not. Two runs go on side by side.
func meanOfRuns(runs int, train func(run int) []model.Row) []model.Row {
	models := make([][]model.Row, runs)
	var wait sync.WaitGroup
	free := make(chan struct{}, 2)
	for run := range models {
		wait.Go(func() {
			free <- struct{}{}
			models[run] = train(run)
			<-free
		})
	}
	wait.Wait()
	return perceptron.Mean(models...)
}

// tagged is a sentence ready for the tagger.
type tagged struct {
	words []linear.Word
	gold  []int
	index int // of the sentence
}

// trainTagger writes tagger.model.
func trainTagger(o options) error {
	trees, err := readTrees(o, treebanks...)
	if err != nil {
		return err
	}
	trees = hardened(trees)
	lexicon, err := openLexicon(o)
	if err != nil {
		return err
	}
	k := newJackknife(o, lexicon, trees)
	back, err := k.back()
	if err != nil {
		return err
	}
	b := model.NewBuilder("tagger", map[string]string{"data": strings.Join(treebanks, " "), "seed": fmt.Sprint(o.seed), "command": "go run ./train tagger"})
	for _, reading := range []struct {
		name, section string
		before        [][]int
		pruned        float64
	}{{"back", "tags.back", nil, backPruned}, {"forth", "tags.forth", back, forthPruned}} {
		rows := meanOfRuns(taggerRuns, func(run int) []model.Row {
			return trainTags(fmt.Sprintf("%s, run %d", reading.name, run+1), k.all, k.classes, reading.before, taggerEpochs, randomRun(o, run)).Averaged(2)
		})
		if err := perceptron.WriteRows(b, reading.section, k.classes, rows, reading.pruned); err != nil {
			return err
		}
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "tagger", body)
}

func tagData(lexicon *linear.Lexicon, trees []tree, classes *numbering) []tagged {
	data := make([]tagged, len(trees))
	for i, t := range trees {
		data[i].words, data[i].index = lookUp(lexicon, t), i
		for j := range t.tokens {
			data[i].gold = append(data[i].gold, classes.of(class(&t.tokens[j])))
		}
	}
	return data
}

// lookUp is the words of a tree, root last, in memory of their own.
func lookUp(lexicon *linear.Lexicon, t tree) []linear.Word {
	var words []linear.Word
	var arena []byte
	return lexicon.Words(t.tokens, &words, &arena)
}

// trainTags trains one reading. Without before it reads back; with the tags of the back reading it reads forth.
func trainTags(what string, data []tagged, classes []string, before [][]int, epochs int, r *rand.Rand) *perceptron.Trainer {
	t := tagTrainer{Trainer: perceptron.New(classes), tags: tagsOf(classes), scores: make([]float32, len(classes))}
	order := r.Perm(len(data))
	for epoch := range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.right, t.all = 0, 0
		for _, i := range order {
			words := t.fresh(data[i].words[:len(data[i].gold)])
			if before == nil {
				for j := len(words) - 1; j >= 0; j-- {
					t.step(words, j, data[i].gold[j], false)
				}
				continue
			}
			for j, tag := range before[data[i].index] {
				t.tags[tag].Give(&words[j])
			}
			for j := range words {
				t.step(words, j, data[i].gold[j], true)
			}
		}
		fmt.Printf("tagger: %s, epoch %d of %d, %.2f %% right in training\n", what, epoch+1, epochs, 100*float64(t.right)/float64(t.all))
	}
	return t.Trainer
}

func tagsOf(classes []string) []linear.Tag {
	tags := make([]linear.Tag, len(classes))
	for i, c := range classes {
		tags[i] = linear.NewTag(c)
	}
	return tags
}

type tagTrainer struct {
	*perceptron.Trainer
	tags       []linear.Tag
	words      []linear.Word
	features   []uint64
	scores     []float32
	right, all int
}

// fresh copies words, which must not keep the tags of an earlier epoch.
func (t *tagTrainer) fresh(words []linear.Word) []linear.Word {
	t.words = append(t.words[:0], words...)
	return t.words
}

func (t *tagTrainer) step(words []linear.Word, j, gold int, forth bool) {
	t.features = linear.TagFeatures(words, j, forth, t.features[:0])
	clear(t.scores)
	t.Score(t.features, t.scores)
	best := perceptron.Best(t.scores)
	t.all++
	if best == gold {
		t.right++
	}
	if rival := perceptron.Rival(t.scores, gold); t.scores[gold] < t.scores[rival]+taggerMargin {
		t.Update(t.features, gold, 1)
		t.Update(t.features, rival, -1)
	}
	t.Tick()
	t.tags[best].Give(&words[j])
}
