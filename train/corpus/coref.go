package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"annals/internal/doc"
)

// Chained is a document with its annotated chains.
type Chained struct {
	*doc.Doc
	Free       bool         // its text may be used freely
	Clusters   [][][2]int32 // token ranges
	Singletons [][2]int32
	Heads      map[[2]int32]int32 // head token of a range
}

// ReadChains reads JSON Lines with tokens, sentences, clusters, singletons and heads ("first-last" to a token).
func ReadChains(r io.Reader) ([]Chained, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	var out []Chained
	for number := 1; lines.Scan(); number++ {
		var in struct {
			ID         string `json:"doc_id"`
			Licence    string
			Tokens     []string
			Sentences  [][2]int32
			Clusters   [][][2]int32
			Singletons [][]any
			Heads      map[string]int32
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return nil, fmt.Errorf("reading chains: line %d: %w", number, err)
		}
		c := Chained{Doc: tokenised(in.Tokens, in.Sentences), Free: in.Licence == "free", Clusters: in.Clusters, Heads: map[[2]int32]int32{}}
		c.ID = in.ID
		for _, s := range in.Singletons {
			if len(s) >= 2 {
				first, _ := s[0].(float64)
				last, _ := s[1].(float64)
				c.Singletons = append(c.Singletons, [2]int32{int32(first), int32(last)})
			}
		}
		for key, head := range in.Heads {
			a, b, _ := strings.Cut(key, "-")
			first, errA := strconv.Atoi(a)
			last, errB := strconv.Atoi(b)
			if errA != nil || errB != nil {
				return nil, fmt.Errorf("reading chains: line %d has the range %q", number, key)
			}
			c.Heads[[2]int32{int32(first), int32(last)}] = head
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading chains: %w", err)
	}
	return out, nil
}

// tokenised is a document of the tokens joined by blanks.
func tokenised(tokens []string, sentences [][2]int32) *doc.Doc {
	d := &doc.Doc{Text: strings.Join(tokens, " "), Done: doc.LayerSentences | doc.LayerTokens}
	at := int32(0)
	for _, form := range tokens {
		end := at + int32(len(form))
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: at, End: end}, Form: form, Head: doc.None})
		at = end + 1
	}
	for i, s := range sentences {
		for t := s[0]; t < s[1]; t++ {
			d.Tokens[t].Sentence = int32(i)
		}
		d.Sentences = append(d.Sentences, doc.Sentence{Span: d.TokenSpan(s[0], s[1]), First: s[0], Last: s[1]})
	}
	return d
}
