package main

import (
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/internal/conllu"
	"annals/internal/doc"
)

// treebanks are the parts that syntax is trained on: those whose texts and annotations are free to use.
var treebanks = []string{"en_ewt-train", "en_gum-train"}

// tree is a sentence of a treebank.
type tree struct {
	tokens []doc.Token
	heads  []int32 // inside the sentence; len(tokens) for the root
}

// readTrees reads treebanks by name from the folder ud of the training data.
func readTrees(o options, names ...string) ([]tree, error) {
	var out []tree
	for _, name := range names {
		docs, err := readTreebank(filepath.Join(o.data, "ud", name+".conllu.gz"))
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			for _, s := range d.Sentences {
				out = append(out, newTree(d.Tokens[s.First:s.Last], s.First))
			}
		}
	}
	return out, nil
}

func readTreebank(path string) ([]*doc.Doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading a treebank: %w; give the folder of training data with -data", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading the treebank %s: %w", path, err)
	}
	docs, err := conllu.Read(z)
	if err != nil {
		return nil, fmt.Errorf("reading the treebank %s: %w", path, err)
	}
	return docs, nil
}

func newTree(tokens []doc.Token, first int32) tree {
	t := tree{tokens: tokens}
	for i := range tokens {
		h := int32(len(tokens))
		if tokens[i].Head != doc.None {
			h = tokens[i].Head - first
		}
		t.heads = append(t.heads, h)
	}
	return t
}

// hardened adds, after one sentence in ten each, a copy in capitals as old wires have it and a copy without its full
// stop as headlines have it.
func hardened(trees []tree) []tree {
	out := make([]tree, 0, len(trees)*6/5)
	for i, t := range trees {
		out = append(out, t)
		switch i % 10 {
		case 0:
			out = append(out, capitalCopy(t))
		case 5:
			if short, ok := unstopped(t); ok {
				out = append(out, short)
			}
		}
	}
	return out
}

func capitalCopy(t tree) tree {
	upper := tree{tokens: slices.Clone(t.tokens), heads: t.heads}
	for i := range upper.tokens {
		upper.tokens[i].Form = strings.ToUpper(upper.tokens[i].Form)
	}
	return upper
}

func unstopped(t tree) (tree, bool) {
	last := len(t.tokens) - 1
	if last < 1 || t.tokens[last].Form != "." || slices.Contains(t.heads, int32(last)) {
		return tree{}, false
	}
	short := tree{tokens: t.tokens[:last], heads: slices.Clone(t.heads[:last])}
	for i, h := range short.heads {
		if int(h) == len(t.tokens) {
			short.heads[i] = int32(last)
		}
	}
	return short, true
}

// random is the source of every random choice of a trainer.
func random(o options) *rand.Rand { return randomRun(o, 0) }

// randomRun is the random choices of one of several runs.
func randomRun(o options, run int) *rand.Rand {
	return rand.New(rand.NewPCG(o.seed, 0x9E3779B97F4A7C15+uint64(run)))
}

// class is the tagger's class of a token.
func class(t *doc.Token) string { return t.UPOS + " " + t.XPOS }

// number gives each name met a number, in the order of first use.
type numbering struct {
	names  []string
	number map[string]int
}

func (n *numbering) of(name string) int {
	if i, ok := n.number[name]; ok {
		return i
	}
	if n.number == nil {
		n.number = make(map[string]int)
	}
	n.number[name] = len(n.names)
	n.names = append(n.names, name)
	return len(n.names) - 1
}
