package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sort"

	"annals/internal/coref"
	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/syntax"
	"annals/train/corpus"
	"annals/train/ranker"
)

// trainCoref trains the ranker of antecedents on the documents of GUM whose text is free.
func trainCoref(o options) error {
	lex, err := lexicon.Load()
	if err != nil {
		return err
	}
	reader, err := openMentionReader(lex)
	if err != nil {
		return err
	}
	stage, err := coref.NewUntrained(lex)
	if err != nil {
		return err
	}
	docs, err := readChains(o, reader, "gum-train")
	if err != nil {
		return err
	}
	showRules(stage, docs)
	learner := ranker.New(ranker.Options{Rate: 0.08, L1: 0.00002, FalseNew: 2.0, FalseLink: 0.3, WrongLink: 1})
	random := rand.New(rand.NewPCG(o.seed, 2))
	const epochs = 12
	for epoch := range epochs {
		random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		questions, right := 0, 0
		for _, c := range docs {
			stage.Walk(c.Doc, c.chainOf, func(q *coref.Question) int {
				answer := learner.Learn(q.Answers, q.Right)
				questions++
				if q.Right[answer] {
					right++
				}
				if epoch == 0 {
					return firstRight(q.Right)
				}
				return answer
			})
		}
		fmt.Printf("epoch %d of %d: %d of %d decisions right, %d weights\n", epoch+1, epochs, right, questions, learner.Alive())
	}
	b := model.NewBuilder("coref", map[string]string{"data": "gum-train, documents with free text", "seed": fmt.Sprint(o.seed), "command": "go run ./train coref"})
	rows, scale := learner.Rows(130_000)
	if err := model.AddRows(b, "rank", []string{"link"}, rows, scale); err != nil {
		return err
	}
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	return writeModel(o, "coref", body)
}

func firstRight(right []bool) int {
	for i, r := range right {
		if r {
			return i
		}
	}
	return 0
}

// mentionReader makes the layers that coreference reads.
type mentionReader struct {
	syntax *syntax.Stage
	entity *entity.Stage
}

func openMentionReader(lex *lexicon.Lexicon) (*mentionReader, error) {
	grammar, err := syntax.New()
	if err != nil {
		return nil, err
	}
	names, err := entity.New(lex)
	if err != nil {
		return nil, err
	}
	return &mentionReader{grammar, names}, nil
}

func (r *mentionReader) read(d *doc.Doc) error {
	if err := r.syntax.Annotate(d); err != nil {
		return err
	}
	return r.entity.Annotate(d)
}

// chained is a document with the annotated chain of each head.
type chained struct {
	*doc.Doc
	byHead map[int32]int
	bySpan map[[2]int32]int
}

// chainOf is the chain of a phrase: of its span, else of its head.
func (c *chained) chainOf(head, first, last int32) int {
	if chain, ok := c.bySpan[[2]int32{first, last}]; ok {
		return chain
	}
	if chain, ok := c.byHead[head]; ok {
		return chain
	}
	return -1
}

// readChains reads the free documents of a part of GUM with the layers that coreference reads.
func readChains(o options, reader *mentionReader, part string) ([]*chained, error) {
	docs, err := corpus.Read(filepath.Join(o.data, "coref", part+".jsonl.gz"), corpus.ReadChains)
	if err != nil {
		return nil, err
	}
	var out []*chained
	for _, c := range docs {
		if !c.Free {
			continue
		}
		if err := reader.read(c.Doc); err != nil {
			return nil, err
		}
		out = append(out, newChained(c))
	}
	return out, nil
}

func newChained(c corpus.Chained) *chained {
	out := &chained{Doc: c.Doc, byHead: map[int32]int{}, bySpan: map[[2]int32]int{}}
	for i, cluster := range c.Clusters {
		for _, s := range cluster {
			out.bySpan[s] = i
			if head, ok := c.Heads[s]; ok {
				if _, taken := out.byHead[head]; !taken {
					out.byHead[head] = i
				}
			}
		}
	}
	for _, s := range c.Singletons {
		out.bySpan[s] = -1
	}
	return out
}

// showRules prints how often each rule is right on the training documents.
func showRules(stage *coref.Stage, docs []*chained) {
	all, right := map[string]int{}, map[string]int{}
	for _, c := range docs {
		stage.RuleLinks(c.Doc, func(head, antecedent int32, rule string) {
			all[rule]++
			if a, ok := c.byHead[head]; ok {
				if b, ok := c.byHead[antecedent]; ok && a == b {
					right[rule]++
				}
			}
		})
	}
	var rules []string
	for r := range all {
		rules = append(rules, r)
	}
	sort.Strings(rules)
	for _, r := range rules {
		fmt.Printf("rule %-18s %5d links, %.1f%% right\n", r, all[r], 100*float64(right[r])/float64(all[r]))
	}
}
