package conllu

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"annals/internal/doc"
)

// Write writes a document. Line breaks inside a sentence become spaces in its "# text".
func Write(w io.Writer, d *doc.Doc) error {
	out := bufio.NewWriter(w)
	if d.ID != "" {
		fmt.Fprintf(out, "# newdoc id = %s\n", oneLine(d.ID))
	}
	multiword := 0
	paragraph := int32(-1)
	for i, s := range d.Sentences {
		if s.First == s.Last {
			continue
		}
		if s.Paragraph != paragraph {
			fmt.Fprintf(out, "# newpar\n")
			paragraph = s.Paragraph
		}
		fmt.Fprintf(out, "# sent_id = %d\n# text = %s\n", i+1, oneLine(d.Slice(s.Span)))
		for t := s.First; t < s.Last; t++ {
			for multiword < len(d.Multiwords) && d.Multiwords[multiword].First < t {
				multiword++
			}
			last := t + 1
			if multiword < len(d.Multiwords) && d.Multiwords[multiword].First == t {
				m := d.Multiwords[multiword]
				last = m.Last
				fmt.Fprintf(out, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", t-s.First+1, m.Last-s.First, oneLine(d.Slice(m.Span)), misc(d, m.End))
			}
			writeWord(out, d, s, t, last-t == 1)
			for t+1 < last {
				t++
				writeWord(out, d, s, t, false)
			}
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing CoNLL-U: %w", err)
	}
	return nil
}

func writeWord(out *bufio.Writer, d *doc.Doc, s doc.Sentence, i int32, alone bool) {
	t := &d.Tokens[i]
	head := "0"
	if t.Head != doc.None {
		head = fmt.Sprint(t.Head - s.First + 1)
	} else if d.Done&doc.LayerSyntax == 0 {
		head = "_"
	}
	space := "_"
	if alone {
		space = misc(d, t.End)
	}
	fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t_\t%s\n", i-s.First+1, cell(t.Form), cell(t.Lemma), cell(t.UPOS), cell(t.XPOS), cell(t.Feats),
		head, cell(t.Deprel), space)
}

func misc(d *doc.Doc, end int32) string {
	if int(end) >= len(d.Text) || d.Text[end] == ' ' || d.Text[end] == '\n' || d.Text[end] == '\t' || d.Text[end] == '\r' {
		return "_"
	}
	return "SpaceAfter=No"
}

func cell(s string) string {
	if s == "" {
		return "_"
	}
	return oneLine(s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
