// Package annals reads English newswire and records who did what to whom, when, where, how much – and according
// to whom.
//
// In: an article as text, with its date when that is known. Out: a record.Record. The package never reads the
// clock, never logs and never touches the disk: the same article gives the same record.
package annals

import (
	"context"
	"fmt"

	"annals/internal/civil"
	"annals/internal/pipeline"
	"annals/record"
)

// Article is what is read. Only Text is required; without Date ("2012-11-05") the reader looks for one in the text,
// and with none found relative times stay unresolved.
type Article struct {
	ID, Text              string
	Date                  string
	Title, Publisher, URL string
}

// Reader reads articles; it is safe for concurrent use.
type Reader struct{ pipeline *pipeline.Reader }

// Open loads the embedded models and tables.
func Open() (*Reader, error) { return OpenWithDictionary(nil) }

// OpenWithDictionary is Open with a dictionary of one's own besides, as `annals dict import` writes it: records then
// hold its codings. A nil dictionary is none.
func OpenWithDictionary(dictionary []byte) (*Reader, error) {
	p, err := pipeline.NewWithDictionary(dictionary)
	if err != nil {
		return nil, err
	}
	return &Reader{p}, nil
}

// Read turns an article into a record. The error says what is wrong with the article.
func (r *Reader) Read(ctx context.Context, a Article) (*record.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("reading the article %s: %w", a.ID, err)
	}
	in := pipeline.Article{ID: a.ID, Text: a.Text, Title: a.Title, Publisher: a.Publisher, URL: a.URL}
	if a.Date != "" {
		date, err := civil.Parse(a.Date)
		if err != nil {
			return nil, err
		}
		in.Date = date
	}
	d, err := r.pipeline.Annotate(in)
	if err != nil {
		return nil, err
	}
	return r.pipeline.Record(d), nil
}
