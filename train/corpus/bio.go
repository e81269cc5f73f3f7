package corpus

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"annals/internal/doc"
)

// Tagged is a document with one BIO tag a token.
type Tagged struct {
	*doc.Doc
	Tags []string
}

// ReadBIO reads two columns, "token TAB tag", a blank line after each sentence and "# doc = ID" before a document.
func ReadBIO(r io.Reader) ([]Tagged, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	var out []Tagged
	b := &bioReader{}
	number := 0
	for lines.Scan() {
		number++
		line := strings.TrimRight(lines.Text(), "\r")
		token, tag, ok := strings.Cut(line, "\t")
		switch {
		case ok && token != "":
			b.add(token, tag)
		case strings.HasPrefix(line, "# doc"):
			out = b.end(out)
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
			b.endSentence()
		default:
			return nil, fmt.Errorf("reading tagged tokens: line %d has no tag: %q", number, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading tagged tokens after line %d: %w", number, err)
	}
	return b.end(out), nil
}

type bioReader struct {
	doc  *doc.Doc
	text strings.Builder
	tags []string
}

func (b *bioReader) add(form, tag string) {
	if b.doc == nil {
		b.doc = &doc.Doc{}
	}
	d := b.doc
	if n := len(d.Sentences); n == 0 || d.Sentences[n-1].Last >= 0 {
		if b.text.Len() > 0 {
			b.text.WriteByte('\n')
		}
		d.Sentences = append(d.Sentences, doc.Sentence{
			Span: doc.Span{Start: int32(b.text.Len())}, First: int32(len(d.Tokens)), Last: -1, Paragraph: int32(n),
		})
	} else {
		b.text.WriteByte(' ')
	}
	start := int32(b.text.Len())
	b.text.WriteString(form)
	d.Tokens = append(d.Tokens, doc.Token{
		Span: doc.Span{Start: start, End: int32(b.text.Len())}, Form: form, Head: doc.None, Sentence: int32(len(d.Sentences) - 1),
	})
	b.tags = append(b.tags, tag)
}

func (b *bioReader) endSentence() {
	if b.doc == nil || len(b.doc.Sentences) == 0 {
		return
	}
	s := &b.doc.Sentences[len(b.doc.Sentences)-1]
	if s.Last < 0 {
		s.Last, s.End = int32(len(b.doc.Tokens)), int32(b.text.Len())
	}
}

func (b *bioReader) end(out []Tagged) []Tagged {
	if b.doc == nil {
		return out
	}
	b.endSentence()
	b.doc.Text = b.text.String()
	b.doc.Done = doc.LayerSentences | doc.LayerTokens
	out = append(out, Tagged{b.doc, b.tags})
	b.doc, b.tags = nil, nil
	b.text.Reset()
	return out
}
