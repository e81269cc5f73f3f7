// Package conllu reads and writes CoNLL-U, the exchange format of Universal Dependencies.
//
// In: CoNLL-U text. Out: documents with sentences, tokens, multiword tokens and arcs, over a text that is put
// together from the forms and their SpaceAfter marks – and the way back. Empty nodes (8.1) and enhanced
// dependencies are passed over. It judges no analysis.
// Format: https://universaldependencies.org/format.html
package conllu

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"annals/internal/doc"
)

// maxLine is the longest line that is accepted, in bytes.
const maxLine = 4 << 20

// Read reads all documents. A file without "# newdoc" is one document.
func Read(r io.Reader) ([]*doc.Doc, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	in := reader{}
	for lines.Scan() {
		in.line++
		if err := in.add(strings.TrimRight(lines.Text(), "\r")); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading CoNLL-U after line %d: %w", in.line, err)
	}
	if err := in.endSentence(); err != nil {
		return nil, err
	}
	in.endDoc()
	return in.docs, nil
}

type row struct {
	line  int
	cells []string
}

type reader struct {
	line      int
	docs      []*doc.Doc
	current   *doc.Doc
	text      strings.Builder
	rows      []row
	newParagr bool
	paragraph int32
	pending   bool // a space belongs before the next token
}

func (in *reader) add(line string) error {
	switch {
	case line == "":
		return in.endSentence()
	case strings.HasPrefix(line, "#"):
		if id, ok := strings.CutPrefix(line, "# newdoc"); ok {
			in.endDoc()
			in.current = &doc.Doc{ID: strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(id), "id ="))}
		}
		in.newParagr = in.newParagr || strings.HasPrefix(line, "# newpar")
		return nil
	}
	cells := strings.Split(line, "\t")
	if len(cells) != 10 {
		return fmt.Errorf("reading CoNLL-U: line %d has %d columns, not 10", in.line, len(cells))
	}
	if !strings.Contains(cells[0], ".") {
		in.rows = append(in.rows, row{in.line, cells})
	}
	return nil
}

func (in *reader) endDoc() {
	if in.current == nil {
		return
	}
	d := in.current
	d.Text = in.text.String()
	for i := range d.Tokens {
		if t := &d.Tokens[i]; t.Form == "" {
			t.Form = d.Slice(t.Span)
		}
	}
	d.Done = doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax
	d.IndexArcs()
	in.docs = append(in.docs, d)
	in.current, in.paragraph, in.pending = nil, 0, false
	in.text.Reset()
}

func (in *reader) endSentence() error {
	if len(in.rows) == 0 {
		return nil
	}
	if in.current == nil {
		in.current = &doc.Doc{}
	}
	d := in.current
	if in.newParagr && in.text.Len() > 0 {
		in.paragraph++
		in.text.WriteByte('\n')
		in.pending = false
	}
	in.newParagr = false
	first := int32(len(d.Tokens))
	start := int32(-1)
	for i := 0; i < len(in.rows); {
		if in.pending {
			in.text.WriteByte(' ')
		}
		if start < 0 {
			start = int32(in.text.Len())
		}
		n, err := in.surface(in.rows[i:], first)
		if err != nil {
			return err
		}
		in.pending = !strings.Contains(in.rows[i].cells[9], "SpaceAfter=No")
		i += n
	}
	last := int32(len(d.Tokens))
	for i := first; i < last; i++ {
		if h := d.Tokens[i].Head; h != doc.None && h >= last {
			return fmt.Errorf("reading CoNLL-U: the sentence that ends before line %d has a head past its end", in.line)
		}
	}
	d.Sentences = append(d.Sentences, doc.Sentence{
		Span: doc.Span{Start: start, End: int32(in.text.Len())}, First: first, Last: last, Paragraph: in.paragraph,
	})
	in.rows = in.rows[:0]
	return nil
}

// surface adds one surface token, a word or a range of words, and returns how many rows it took.
func (in *reader) surface(rows []row, first int32) (int, error) {
	head := rows[0]
	span := doc.Span{Start: int32(in.text.Len())}
	in.text.WriteString(head.cells[1])
	span.End = int32(in.text.Len())
	from, to, isRange := strings.Cut(head.cells[0], "-")
	if !isRange {
		return 1, in.word(head, span, first)
	}
	a, errA := strconv.Atoi(from)
	b, errB := strconv.Atoi(to)
	if errA != nil || errB != nil || b < a || b-a+1 >= len(rows) {
		return 0, fmt.Errorf("reading CoNLL-U: line %d has the bad range %q", head.line, head.cells[0])
	}
	words := rows[1 : b-a+2]
	d := in.current
	d.Multiwords = append(d.Multiwords, doc.Multiword{Span: span, First: int32(len(d.Tokens)), Last: int32(len(d.Tokens) + len(words))})
	spans := Split(head.cells[1], forms(words))
	for i, w := range words {
		s := doc.Span{Start: span.Start + spans[i].Start, End: span.Start + spans[i].End}
		if err := in.word(w, s, first); err != nil {
			return 0, err
		}
	}
	return 1 + len(words), nil
}

func forms(rows []row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.cells[1]
	}
	return out
}

// Split gives the words of a multiword token their places in its letters: in order and exact where the letters
// allow ("don't" → "do", "n't"), else the whole token for each.
func Split(surface string, words []string) []doc.Span {
	out := make([]doc.Span, len(words))
	at := 0
	for i, w := range words {
		if !strings.HasPrefix(surface[at:], w) {
			for j := range out {
				out[j] = doc.Span{Start: 0, End: int32(len(surface))}
			}
			return out
		}
		out[i] = doc.Span{Start: int32(at), End: int32(at + len(w))}
		at += len(w)
	}
	return out
}

func (in *reader) word(r row, span doc.Span, first int32) error {
	c := r.cells
	d := in.current
	if _, err := strconv.Atoi(c[0]); err != nil {
		return fmt.Errorf("reading CoNLL-U: line %d has the bad id %q", r.line, c[0])
	}
	t := doc.Token{Span: span, Form: c[1], Lemma: value(c[2]), UPOS: value(c[3]), XPOS: value(c[4]), Feats: value(c[5]), Deprel: value(c[7]),
		Head: doc.None, Sentence: int32(len(d.Sentences))}
	if c[2] == "_" && c[1] == "_" {
		t.Lemma = "_"
	}
	if c[6] != "_" {
		head, err := strconv.Atoi(c[6])
		if err != nil || head < 0 {
			return fmt.Errorf("reading CoNLL-U: line %d has the bad head %q", r.line, c[6])
		}
		if head > 0 {
			t.Head = first + int32(head) - 1
		}
	}
	d.Tokens = append(d.Tokens, t)
	return nil
}

func value(cell string) string {
	if cell == "_" {
		return ""
	}
	return cell
}
