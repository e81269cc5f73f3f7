package main

import (
	"fmt"
	"os"
	"path/filepath"

	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/train/attribution"
)

// trainQuote trains the tagger and the linker of attributions on PolNeAR, parsed by the shipped stages.
func trainQuote(o options) error {
	articles, err := attribution.Read(filepath.Join(o.data, "attribution", "polnear-train.jsonl"))
	if err != nil {
		return err
	}
	segmenter, err := segment.New()
	if err != nil {
		return err
	}
	parser, err := syntax.New()
	if err != nil {
		return err
	}
	for _, a := range articles {
		if err := segmenter.Annotate(a.Doc); err != nil {
			return err
		}
		if err := parser.Annotate(a.Doc); err != nil {
			return err
		}
	}
	settings := attribution.Defaults()
	settings.Seed, settings.Progress = o.seed, os.Stdout
	settings.Meta = map[string]string{
		"data":    "PolNeAR 1.0 train part (840 articles of seven US publishers), first annotator",
		"licence": "the corpus states none for its data; its texts belong to their publishers. Only weights of hashed features are shipped",
		"seed":    fmt.Sprint(o.seed),
		"command": "go run ./train quote",
		"method":  "two linear-chain random fields over hashed features, AdaGrad, feature dropout, each averaged over three runs; each the heaviest 160,000; confidence by logistic regression on every eighth article",
	}
	trainer, err := attribution.NewTrainer(articles, settings)
	if err != nil {
		return err
	}
	body, err := trainer.Train()
	if err != nil {
		return err
	}
	return writeModel(o, "quote", body)
}
