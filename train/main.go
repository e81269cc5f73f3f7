// Command train makes the shipped models from the training data: go run ./train NAME.
//
// In: the folder of training data (-data). Out: one model file in -out, and its scores on standard output.
// It is never part of the shipped binary. Every trainer is seeded and repeatable to the byte.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// options are what every trainer is told.
type options struct {
	data       string // folder of training data, laid out as docs/models.md says
	out        string // folder of model files
	seed       uint64
	dictionary string // folder of WordNet's data files and the census's lists of names
}

// trainer makes one model.
type trainer struct {
	name, summary string
	run           func(options) error
}

// trainers are in the order in which they must run: each needs only models of those before it.
var trainers = []trainer{
	{"segment", "sentences and words (UD EWT and GUM)", trainSegment},
	{"lexicon", "word clusters and habits of writing, from news and treebanks", trainLexicon},
	{"dictionary", "kinds of words and names (WordNet, US census)", trainDictionary},
	{"words", "lemma rules and morphological features", trainWords},
	{"tagger", "universal and Penn tags", trainTagger},
	{"parser", "heads and relations", trainParser},
	{"names", "names of persons, organisations, places … (Worldwide, wikigold, CrossNER)", trainNames},
	{"places", "which names are places, and which places are meant (LGL, WikToR)", trainPlaces},
	{"coref", "ranker of antecedents (GUM, free documents)", trainCoref},
	{"quote", "cues, sources and contents of attributions (PolNeAR)", trainQuote},
	{"event", "types of events (PLV train)", trainEvent},
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", filepath.Join("..", "shared", "data"), "folder of training data")
	flag.StringVar(&o.out, "out", filepath.Join("internal", "model", "files"), "folder to write the model to")
	flag.StringVar(&o.dictionary, "dictionary", filepath.Join("..", "dictionary"), "folder of WordNet's data files and of the census's lists of names")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of every random choice")
	flag.Usage = usage
	flag.Parse()
	for _, t := range trainers {
		if flag.Arg(0) == t.name {
			if err := t.run(o); err != nil {
				fmt.Fprintf(os.Stderr, "train %s: %v\n", t.name, err)
				os.Exit(1)
			}
			return
		}
	}
	usage()
	os.Exit(2)
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./train [-data DIR] [-out DIR] [-seed N] NAME")
	for _, t := range trainers {
		fmt.Fprintf(os.Stderr, "  %-10s %s\n", t.name, t.summary)
	}
	flag.PrintDefaults()
}

// writeModel puts a finished model file in place in one step, so that no reader sees half of it.
func writeModel(o options, name string, body []byte) error {
	path := filepath.Join(o.out, name+".model")
	if err := os.WriteFile(path+".new", body, 0o644); err != nil {
		return fmt.Errorf("writing the model %s: %w", name, err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("writing the model %s: %w", name, err)
	}
	fmt.Printf("wrote %s (%d bytes)\n", path, len(body))
	return nil
}
