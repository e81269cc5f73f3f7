// Package segment cuts text into paragraphs, sentences and words.
//
// In: a text, and where its headline parts stand when that is known. Out: the layers of sentences and of tokens in
// the sense of English Universal Dependencies: hyphens are tokens, affixes stay on their words, contractions are
// multiword tokens of several words. It never changes the text, and it judges no word class.
//
// Method: the text between two spaces is cut into atoms (runs of letters, of digits, of one mark); a linear model
// decides at each border of atoms whether it joins, splits words or splits tokens; a second one decides at each gap
// after a mark whether a sentence ends there. Both were trained as averaged perceptrons on treebanks; see docs/models.md.
package segment

import (
	"fmt"

	"annals/internal/doc"
	"annals/internal/model"
)

// Stage is the segmenter. It may be used by several goroutines at once.
type Stage struct {
	tables    *tables
	borders   *model.Linear
	sentences *model.Linear
}

// New opens the shipped model and tables.
func New() (*Stage, error) {
	file, err := model.Embedded("segment")
	if err != nil {
		return nil, err
	}
	return Open(file)
}

// Open makes a segmenter of a model file.
func Open(file *model.File) (*Stage, error) {
	t, err := readTables()
	if err != nil {
		return nil, err
	}
	borders, err := model.OpenLinear(file, "borders")
	if err != nil {
		return nil, err
	}
	sentences, err := model.OpenLinear(file, "sentences")
	if err != nil {
		return nil, err
	}
	if len(borders.Classes()) != len(BorderClasses) || len(sentences.Classes()) != len(SentenceClasses) {
		return nil, fmt.Errorf("opening the model segment: it knows %d and %d classes; it was made for another version, retrain it",
			len(borders.Classes()), len(sentences.Classes()))
	}
	return &Stage{tables: t, borders: borders, sentences: sentences}, nil
}

// Name is the name of the stage.
func (s *Stage) Name() string { return "segment" }

// Reads is the headline, when there is one.
func (s *Stage) Reads() doc.Layer { return 0 }

// Writes is sentences and tokens.
func (s *Stage) Writes() doc.Layer { return doc.LayerSentences | doc.LayerTokens }

// Annotate cuts d.Text.
func (s *Stage) Annotate(d *doc.Doc) error {
	return annotate(d, s.tables, s)
}

// Decide scores the features of one decision.
func (s *Stage) Decide(task Task, _ int32, features []uint64) int {
	var scores [3]int32
	if task == Border {
		s.borders.Score(features, scores[:len(BorderClasses)])
		return model.Best(scores[:len(BorderClasses)])
	}
	s.sentences.Score(features, scores[:len(SentenceClasses)])
	return model.Best(scores[:len(SentenceClasses)])
}

// Task is one of the two decisions that are learnt.
type Task uint8

// The tasks.
const (
	Border   Task = iota // what the border between two atoms does
	Sentence             // whether a sentence ends at the gap between two tokens
)

// BorderClasses are the outcomes of Border, SentenceClasses those of Sentence.
var (
	BorderClasses   = []string{"join", "token", "word"}
	SentenceClasses = []string{"go on", "end"}
)

const (
	join = iota
	splitToken
	splitWord
)

// Decider takes the decisions: the model when reading, the gold treebank when training. Features is valid only
// during the call; at is the byte offset of the border, or of the end of the token before the gap.
type Decider interface {
	Decide(task Task, at int32, features []uint64) int
}

// Teach cuts d.Text by the decisions of a teacher, so that a trainer sees the features that the reader will see.
func Teach(d *doc.Doc, teacher Decider) error {
	t, err := readTables()
	if err != nil {
		return err
	}
	return annotate(d, t, teacher)
}

func annotate(d *doc.Doc, t *tables, decider Decider) error {
	if len(d.Text) > maxText {
		return fmt.Errorf("segmenting the article %s: it has %d bytes, more than %d; split it", d.ID, len(d.Text), maxText)
	}
	r := reader{doc: d, text: d.Text, tables: t, decider: decider}
	r.read()
	d.Done |= doc.LayerSentences | doc.LayerTokens
	return nil
}

// maxText keeps byte offsets inside int32.
const maxText = 1 << 30
