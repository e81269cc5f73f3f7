package main

import (
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"annals/internal/conllu"
	"annals/internal/doc"
	"annals/internal/model"
	"annals/internal/segment"
	"annals/train/perceptron"
)

// segmentEpochs is how often the training part is read; capitalsShare of the documents are read in capitals too.
const (
	segmentEpochs = 8
	capitalsShare = 0.35
	// blindShare of the decisions are learnt without seeing which words are there, so that kinds of words get weight
	// of their own (as in Hinton's dropout; without it "Sen." is lost beside the frequent "Mr.").
	blindShare = 0.2
)

// trainSegment trains the segmenter on the English treebanks EWT and GUM.
func trainSegment(o options) error {
	docs, err := readTreebanks(o, "en_ewt-train", "en_gum-train")
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(o.seed, 1))
	n := len(docs)
	for _, d := range docs[:n] {
		if random.Float64() < capitalsShare {
			docs = append(docs, inCapitals(d))
		}
	}
	teachers := make([]*segmentTeacher, len(docs))
	trainers := [2]*perceptron.Trainer{perceptron.New(segment.BorderClasses), perceptron.New(segment.SentenceClasses)}
	for i, d := range docs {
		teachers[i] = newSegmentTeacher(d, trainers)
	}
	for epoch := range segmentEpochs {
		wrong, all := [2]int{}, [2]int{}
		for _, i := range random.Perm(len(docs)) {
			t := teachers[i]
			t.wrong, t.all, t.random = &wrong, &all, random
			if err := segment.Teach(&doc.Doc{ID: docs[i].ID, Text: docs[i].Text}, t); err != nil {
				return err
			}
		}
		fmt.Printf("epoch %d: borders %d wrong of %d, sentences %d wrong of %d\n", epoch+1, wrong[0], all[0], wrong[1], all[1])
	}
	b := model.NewBuilder("segment", map[string]string{
		"data":    "UD English EWT train (CC BY-SA 4.0), UD English GUM train (annotations CC BY 4.0, texts by genre), documents without NC genres",
		"seed":    fmt.Sprint(o.seed),
		"command": "go run ./train segment",
		"method":  fmt.Sprintf("averaged perceptrons over hashed features, %d epochs", segmentEpochs),
	})
	for i, name := range []string{"borders", "sentences"} {
		if err := trainers[i].Write(b, name, 2); err != nil {
			return err
		}
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "segment", body)
}

// readTreebanks reads CoNLL-U files of the folder ud.
func readTreebanks(o options, names ...string) ([]*doc.Doc, error) {
	var all []*doc.Doc
	for _, name := range names {
		f, err := os.Open(filepath.Join(o.data, "ud", name+".conllu.gz"))
		if err != nil {
			return nil, fmt.Errorf("opening a treebank: %w", err)
		}
		defer f.Close()
		unzipped, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("unpacking the treebank %s: %w", name, err)
		}
		docs, err := conllu.Read(unzipped)
		if err != nil {
			return nil, fmt.Errorf("reading the treebank %s: %w", name, err)
		}
		all = append(all, docs...)
	}
	return all, nil
}

// inCapitals is a document in capitals, as old wires wrote; only ASCII changes, so that all offsets stay.
func inCapitals(d *doc.Doc) *doc.Doc {
	c := *d
	c.Text = strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, d.Text)
	return &c
}

// segmentTeacher answers with what the treebank has, and trains on the way.
type segmentTeacher struct {
	tokens, words, sentences map[int32]bool // byte offsets where one ends
	trainers                 [2]*perceptron.Trainer
	random                   *rand.Rand
	wrong, all               *[2]int
}

func newSegmentTeacher(d *doc.Doc, trainers [2]*perceptron.Trainer) *segmentTeacher {
	t := &segmentTeacher{tokens: map[int32]bool{}, words: map[int32]bool{}, sentences: map[int32]bool{}, trainers: trainers}
	multiword := 0
	for i := range d.Tokens {
		for multiword < len(d.Multiwords) && d.Multiwords[multiword].Last <= int32(i) {
			multiword++
		}
		end := d.Tokens[i].End
		if multiword < len(d.Multiwords) && d.Multiwords[multiword].First <= int32(i) && int32(i)+1 < d.Multiwords[multiword].Last {
			t.words[end] = true
			continue
		}
		t.tokens[end] = true
	}
	for _, s := range d.Sentences {
		t.sentences[s.End] = true
	}
	return t
}

// Decide implements segment.Decider.
func (t *segmentTeacher) Decide(task segment.Task, at int32, features []uint64) int {
	gold := 0
	switch {
	case task == segment.Sentence && t.sentences[at], task == segment.Border && t.tokens[at]:
		gold = 1
	case task == segment.Border && t.words[at]:
		gold = 2
	}
	if t.random.Float64() < blindShare {
		features = features[:segment.KindFeatures(task)]
	}
	var scores [3]float32
	trainer := t.trainers[task]
	n := len(segment.SentenceClasses)
	if task == segment.Border {
		n = len(segment.BorderClasses)
	}
	trainer.Score(features, scores[:n])
	t.all[task]++
	if best := perceptron.Best(scores[:n]); best != gold {
		t.wrong[task]++
		trainer.Update(features, gold, 1)
		trainer.Update(features, best, -1)
	}
	trainer.Tick()
	return gold
}
