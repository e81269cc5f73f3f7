// Package corpus reads the annotated corpora that the trainers learn from.
//
// In: files of the training data, gzip or plain. Out: documents, tokens and tags as they stand there. It trains
// nothing and judges nothing; which corpora go into which model is the trainers' choice, written in docs/models.md.
package corpus

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
)

// Read opens a file, unpacks it when its name ends in ".gz", and reads it with parse.
func Read[T any](path string, parse func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(path)
	if err != nil {
		return none, fmt.Errorf("opening a corpus: %w", err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return none, fmt.Errorf("unpacking the corpus %s: %w", path, err)
		}
		r = z
	}
	out, err := parse(r)
	if err != nil {
		return none, fmt.Errorf("reading the corpus %s: %w", path, err)
	}
	return out, nil
}
