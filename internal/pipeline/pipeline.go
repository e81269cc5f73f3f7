// Package pipeline puts the stages in order, checks that each finds the layers it reads, and turns an annotated
// document into a record with its reasons.
//
// In: an article and its date. Out: a doc.Doc with every layer, and a record.Record. It is the only package that
// imports stages, and the only one that maps doc to record. It never touches network, disk, clock or SQL.
package pipeline

import (
	"fmt"

	"annals/internal/civil"
	"annals/internal/doc"
)

// Version is the version of the program; it is part of every record's identity.
const Version = "0.1.0"

// Stage reads layers of a document and writes others.
type Stage interface {
	Name() string
	Reads() doc.Layer
	Writes() doc.Layer
	Annotate(*doc.Doc) error
}

// Article is what the pipeline reads: text as it is, and what is known about it.
type Article struct {
	ID, Text              string
	Title, Publisher, URL string
	Date                  civil.Date // zero: look for one in the text
	DateSource            string
}

// Reader reads articles. It is safe for concurrent use.
type Reader struct {
	stages []Stage
	models map[string]string
}

// New opens all models and tables and puts the stages together.
func New() (*Reader, error) { return NewWithDictionary(nil) }

// NewWithDictionary is New with a user's dictionary besides, as `annals dict import` writes it; nil is none.
func NewWithDictionary(dictionary []byte) (*Reader, error) {
	parts, err := open()
	if err == nil && dictionary != nil {
		err = parts.add(dictionary)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the reader: %w", err)
	}
	r := &Reader{stages: parts.stages, models: parts.models}
	if err := checkOrder(r.stages, 0); err != nil {
		return nil, fmt.Errorf("opening the reader: %w", err)
	}
	return r, nil
}

// checkOrder verifies that each stage reads only what is given or an earlier stage writes, and that no layer is
// written twice.
func checkOrder(stages []Stage, given doc.Layer) error {
	have := given
	for _, s := range stages {
		if missing := s.Reads() &^ have; missing != 0 {
			return fmt.Errorf("the stage %s reads layers (%b) that no stage before it writes", s.Name(), missing)
		}
		if twice := s.Writes() & have; twice != 0 {
			return fmt.Errorf("the stage %s writes layers (%b) that are there already", s.Name(), twice)
		}
		have |= s.Writes()
	}
	return nil
}

// Models is the SHA-256 of each model file in use.
func (r *Reader) Models() map[string]string { return r.models }

// Annotate reads an article into a document with every layer.
func (r *Reader) Annotate(a Article) (*doc.Doc, error) {
	d := &doc.Doc{ID: a.ID, Text: a.Text, Title: a.Title, Publisher: a.Publisher, URL: a.URL, Date: a.Date, DateSource: a.DateSource}
	if !a.Date.IsZero() && d.DateSource == "" {
		d.DateSource = "argument"
	}
	return d, r.Continue(d)
}

// Continue runs the stages whose layers d does not have yet: all of them on a bare text, those after segmentation
// on a document that came tokenised. A gold analysis (tags and arcs) in d is kept.
func (r *Reader) Continue(d *doc.Doc) error {
	for _, s := range r.stages {
		if s.Writes()&^d.Done == 0 {
			continue
		}
		if err := annotate(s, d); err != nil {
			return fmt.Errorf("reading the article %s: %s: %w", name(d), s.Name(), err)
		}
		d.Done |= s.Writes()
	}
	return nil
}

// annotate runs one stage. A fault in it costs the article, not the archive that the article stands in.
func annotate(s Stage, d *doc.Doc) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the stage failed on this text, which is an error in annals (%v); please report it with the text", fault)
		}
	}()
	return s.Annotate(d)
}

func name(d *doc.Doc) string {
	if d.ID != "" {
		return d.ID
	}
	return "without an id"
}
