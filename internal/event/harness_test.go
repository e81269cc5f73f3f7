package event_test

import (
	"sync"
	"testing"

	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/pipeline"
)

var reader = sync.OnceValues(pipeline.New)

// read annotates a text written on 2012-11-05 with every stage.
func read(t testing.TB, text string) *doc.Doc {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	d, err := r.Annotate(pipeline.Article{Text: text, Date: civil.Of(2012, 11, 5)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
