package main

import (
	"errors"
	"sync"

	"annals/internal/model"
	"annals/internal/syntax/linear"
)

// jackknife tags every sentence with taggers that have not seen it, so that what is trained on the tags learns from
// tags as bad as those it will get.
type jackknife struct {
	o       options
	all     []tagged
	classes []string
}

func newJackknife(o options, lexicon *linear.Lexicon, trees []tree) *jackknife {
	var classes numbering
	all := tagData(lexicon, trees, &classes)
	return &jackknife{o, all, classes.names}
}

// foldOf spreads stretches of fifty sentences over the folds.
func foldOf(i int) int { return i / 50 % folds }

// back is the tags of the first reading of every sentence.
func (k *jackknife) back() ([][]int, error) { return k.read(nil) }

// forth is the tags of the second reading, given those of the first.
func (k *jackknife) forth(back [][]int) ([][]int, error) { return k.read(back) }

func (k *jackknife) read(before [][]int) ([][]int, error) {
	out := make([][]int, len(k.all))
	errs := make([]error, folds)
	var wait sync.WaitGroup
	for fold := range folds {
		wait.Go(func() { errs[fold] = k.fold(fold, before, out) })
	}
	wait.Wait()
	return out, errors.Join(errs...)
}

func (k *jackknife) fold(fold int, before, out [][]int) error {
	var seen []tagged
	for i := range k.all {
		if foldOf(i) != fold {
			seen = append(seen, k.all[i])
		}
	}
	what := "back, fold"
	if before != nil {
		what = "forth, fold"
	}
	weights, err := trainTags(what, seen, k.classes, before, foldEpochs, random(k.o)).Model(2)
	if err != nil {
		return err
	}
	tags := tagsOf(k.classes)
	features, scores := []uint64{}, make([]int32, len(tags))
	for i := range k.all {
		if foldOf(i) != fold {
			continue
		}
		words := append([]linear.Word(nil), k.all[i].words[:len(k.all[i].gold)]...)
		out[i] = make([]int, len(words))
		choose := func(j int) {
			features = linear.TagFeatures(words, j, before != nil, features[:0])
			clear(scores)
			weights.Score(features, scores)
			out[i][j] = model.Best(scores)
			tags[out[i][j]].Give(&words[j])
		}
		if before == nil {
			for j := len(words) - 1; j >= 0; j-- {
				choose(j)
			}
			continue
		}
		for j, tag := range before[i] {
			tags[tag].Give(&words[j])
		}
		for j := range words {
			choose(j)
		}
	}
	return nil
}
