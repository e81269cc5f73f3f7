package main

import (
	"fmt"
	"math/rand/v2"

	"annals/internal/model"
	"annals/internal/syntax/linear"
	"annals/train/perceptron"
)

const taggerEpochs = 8

// tagged is a sentence ready for the tagger.
type tagged struct {
	words []linear.Word
	gold  []int
}

// trainTagger writes tagger.model.
func trainTagger(o options) error {
	trees, err := readTrees(o, treebanks...)
	if err != nil {
		return err
	}
	lexicon, err := openLexicon(o)
	if err != nil {
		return err
	}
	var classes numbering
	data := tagData(lexicon, trees, &classes)
	t := trainTags(data, classes.names, taggerEpochs, random(o))
	b := model.NewBuilder("tagger", map[string]string{"data": fmt.Sprint(treebanks), "seed": fmt.Sprint(o.seed), "command": "go run ./train tagger"})
	if err := t.Write(b, "tags", 2); err != nil {
		return err
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
		data[i].words = lookUp(lexicon, t)
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

func trainTags(data []tagged, classes []string, epochs int, r *rand.Rand) *perceptron.Trainer {
	tags := make([]linear.Tag, len(classes))
	for i, c := range classes {
		tags[i] = linear.NewTag(c)
	}
	t := perceptron.New(classes)
	order := r.Perm(len(data))
	var features []uint64
	scores := make([]float32, len(classes))
	for epoch := range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, i := range order {
			s := data[i]
			words := s.words[:len(s.gold)]
			for j, gold := range s.gold {
				features = linear.TagFeatures(words, j, false, features[:0])
				clear(scores)
				t.Score(features, scores)
				best := perceptron.Best(scores)
				all++
				if best == gold {
					right++
				} else {
					t.Update(features, gold, 1)
					t.Update(features, best, -1)
				}
				t.Tick()
				tags[best].Give(&words[j])
			}
		}
		fmt.Printf("tagger: epoch %d of %d, %.2f %% right in training\n", epoch+1, epochs, 100*float64(right)/float64(all))
	}
	return t
}
