package linear

import (
	"fmt"
	"slices"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// Retagger mends tags that the tagger gets wrong in wire text, by the rows of data/syntax_retag.tsv: transformations in the
// manner of Brill (1995), applied once, from left to right, before the parser reads the tags.
type Retagger struct {
	rows map[string][]retagRow // by lower-case form
}

type retagRow struct {
	from, before, after []string
	left                []string // lower-case words
	to                  uint16   // class of the tagger
}

// OpenRetagger reads the table; its tags must be the tagger's.
func OpenRetagger(t *Tagger) (*Retagger, error) {
	table, err := data.Read("syntax_retag")
	if err != nil {
		return nil, err
	}
	r := &Retagger{rows: make(map[string][]retagRow)}
	column := func(name string) int {
		at, e := table.Column(name)
		if e != nil {
			err = e
		}
		return at
	}
	word, from, before, after, to, left := column("word"), column("from"), column("before"), column("after"), column("to"), column("left")
	if err != nil {
		return nil, err
	}
	for i, c := range table.Rows {
		class := slices.IndexFunc(t.tags, func(tag Tag) bool { return tag.UPOS+" "+tag.XPOS == c[to] })
		if class < 0 {
			return nil, fmt.Errorf("reading the table syntax_retag: line %d: the tagger has no tag %q", table.Lines[i], c[to])
		}
		row := retagRow{strings.Fields(c[from]), strings.Fields(c[before]), strings.Fields(c[after]), strings.Fields(c[left]), uint16(class)}
		for _, w := range strings.Fields(c[word]) {
			r.rows[w] = append(r.rows[w], row)
		}
	}
	return r, nil
}

// longestRetagged bounds the words that are looked up, in bytes.
const longestRetagged = 24

// mend changes the classes, and the tags in words, where a row fits.
func (r *Retagger) mend(t *Tagger, tokens []doc.Token, words []Word, classes []uint16) {
	var buffer [longestRetagged]byte
	for i := range tokens {
		form := tokens[i].Form
		if len(form) > longestRetagged {
			continue
		}
		lower := buffer[:0]
		for k := 0; k < len(form); k++ {
			c := form[k]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			lower = append(lower, c)
		}
		for _, row := range r.rows[string(lower)] {
			if row.fits(t, tokens, classes, i) {
				classes[i] = row.to
				t.tags[row.to].Give(&words[i])
				break
			}
		}
	}
}

func (row *retagRow) fits(t *Tagger, tokens []doc.Token, classes []uint16, i int) bool {
	if !slices.Contains(row.from, t.tags[classes[i]].XPOS) {
		return false
	}
	if len(row.left) > 0 && (i == 0 || !slices.ContainsFunc(row.left, func(w string) bool { return strings.EqualFold(w, tokens[i-1].Form) })) {
		return false
	}
	if len(row.before) > 0 && (i == 0 || !slices.Contains(row.before, t.tags[classes[i-1]].XPOS)) {
		return false
	}
	return len(row.after) == 0 || i+1 < len(classes) && slices.Contains(row.after, t.tags[classes[i+1]].XPOS)
}
