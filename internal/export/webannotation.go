package export

import (
	"io"

	"annals/internal/ledger"
	"annals/internal/standoff"
	"annals/record"
)

// webContext is how many code points of prefix and suffix a quotation selector keeps.
const webContext = 32

// webClaim is the body of an annotation: the row of the claim and the characters behind each of its parts.
type webClaim struct {
	*Row
	Evidence []record.Evidence `json:"evidence"`
}

// openWebAnnotation writes an annotation of the sentence for each claim, in the shape that the stand-off layers have.
func openWebAnnotation(t *tables, out []io.Writer) (sink, error) {
	l := newLines(out[0])
	return sink{close: l.close, claim: func(c *ledger.Chosen) (int, error) {
		row, err := t.row(c)
		if err != nil {
			return 0, err
		}
		a, s := &c.Record.Article, c.Claim.Sentence
		prefix := codePoints(a.Text, record.Span{Start: max(s.Start-webContext, 0), End: s.Start})
		return 1, l.write(standoff.NewWebAnnotation(a.ID, a.URL, "claims/"+c.Claim.ID, webClaim{row, c.Claim.Evidence}, s.Start, s.End, sentence(c), prefix, following(a.Text, s.End)))
	}}, nil
}

// following is what stands behind a place of the text.
func following(s string, from int) string {
	first, n := -1, 0
	for i := range s {
		switch n {
		case from:
			first = i
		case from + webContext:
			return s[first:i]
		}
		n++
	}
	if first < 0 {
		return ""
	}
	return s[first:]
}
