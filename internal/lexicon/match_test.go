package lexicon

import (
	"strings"
	"testing"

	"annals/internal/doc"
)

// tokens makes a document of one sentence out of words separated by spaces.
func tokens(text string) *doc.Doc {
	d := &doc.Doc{Text: text}
	at := 0
	for _, word := range strings.Split(text, " ") {
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: int32(at), End: int32(at + len(word))}, Form: word, Head: doc.None})
		at += len(word) + 1
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: int32(len(text))}, Last: int32(len(d.Tokens))}}
	return d
}

func TestFirst(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	d := tokens("The U.S. told us that Syria and the West Bank , Damascus and Bosnia - Herzegovina were Turkish . Downing Street")
	for _, h := range l.Match(d, 0, int32(len(d.Tokens)), nil) {
		t.Log(h, d.Slice(d.TokenSpan(h.First, h.Last)), l.Countries[h.Readings[0].Index].Name)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
