// Package syntax gives the words of every sentence their grammar in the sense of Universal Dependencies.
//
// In: a document with sentences and tokens. Out: for every token its universal and Penn tag, features, lemma, head
// and relation with subtype; in each sentence the heads form a tree with one root. It never splits or joins words,
// never moves a sentence's border and knows no names.
package syntax

import (
	"annals/internal/doc"
	"annals/internal/syntax/linear"
)

// Stage reads the syntax of documents. It is immutable and safe for concurrent use.
type Stage struct {
	engine *linear.Engine
}

// New opens the embedded models; its error says which one is missing or damaged.
func New() (*Stage, error) {
	engine, err := linear.Open()
	if err != nil {
		return nil, err
	}
	return &Stage{engine}, nil
}

// Name is the name of the stage.
func (*Stage) Name() string { return "syntax" }

// Reads is the layers that must be there.
func (*Stage) Reads() doc.Layer { return doc.LayerSentences | doc.LayerTokens }

// Writes is the layer that Annotate writes.
func (*Stage) Writes() doc.Layer { return doc.LayerSyntax }

// Annotate writes the syntax of all sentences and indexes the arcs. It has no way to fail on a valid document.
func (s *Stage) Annotate(d *doc.Doc) error {
	s.engine.Read(d)
	d.IndexArcs()
	d.Done |= doc.LayerSyntax
	return nil
}
