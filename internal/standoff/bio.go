package standoff

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"annals/internal/doc"
)

// WriteBIO writes tokens and the tags of named entities in two columns, sentences parted by blank lines. Of mentions
// that overlap, the one that starts first counts, of two that start together the longer.
func WriteBIO(w io.Writer, d *doc.Doc) error {
	out := bufio.NewWriter(w)
	if d.ID != "" {
		fmt.Fprintf(out, "# doc = %s\n", strings.Join(strings.Fields(d.ID), " "))
	}
	tags := bioTags(d)
	for _, s := range d.Sentences {
		for t := s.First; t < s.Last; t++ {
			fmt.Fprintf(out, "%s\t%s\n", d.Tokens[t].Form, tags[t])
		}
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing BIO: %w", err)
	}
	return nil
}

func bioTags(d *doc.Doc) []string {
	longest := make([]int32, len(d.Tokens)) // first token → index+1 of the longest name that starts there
	for i, m := range d.Mentions {
		if m.Kind != doc.NameMention || m.Type == "" || m.First >= m.Last {
			continue
		}
		if at := longest[m.First]; at == 0 || d.Mentions[at-1].Last < m.Last {
			longest[m.First] = int32(i) + 1
		}
	}
	tags := make([]string, len(d.Tokens))
	for t := 0; t < len(tags); {
		at := longest[t]
		if at == 0 {
			tags[t] = "O"
			t++
			continue
		}
		m := &d.Mentions[at-1]
		tags[t] = "B-" + m.Type
		for t++; t < int(m.Last); t++ {
			tags[t] = "I-" + m.Type
		}
	}
	return tags
}
