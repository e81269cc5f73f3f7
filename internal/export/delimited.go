package export

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bare makes a value fit for formats without quoting: a run of white space or of control characters becomes one blank.
func bare(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			plain = false
			break
		}
	}
	if plain && !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, string(utf8.RuneError)), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// unquoted is a bare value without straight double quotes: a reader that takes those for quotation would swallow the
// columns behind them.
func unquoted(s string) string { return strings.ReplaceAll(bare(s), `"`, "'") }

// tabbed writes rows of tab-separated values, without quotes.
type tabbed struct {
	out     *bufio.Writer
	columns int
}

func newTabbed(w io.Writer, columns []string, header bool) (*tabbed, error) {
	t := &tabbed{bufio.NewWriterSize(w, 1<<16), len(columns)}
	if header {
		return t, t.row(columns)
	}
	return t, nil
}

func (t *tabbed) row(cells []string) error {
	for i, c := range cells {
		if i > 0 {
			t.out.WriteByte('\t')
		}
		t.out.WriteString(unquoted(c))
	}
	return t.out.WriteByte('\n') // an error stays: the writer reports the first one again
}

func (t *tabbed) close() error { return t.out.Flush() }

// quoted writes rows of comma-separated values (RFC 4180, line feeds).
type quoted struct{ out *csv.Writer }

func newQuoted(w io.Writer, columns []string) (*quoted, error) {
	q := &quoted{csv.NewWriter(bufio.NewWriterSize(w, 1<<16))}
	return q, q.row(columns)
}

func (q *quoted) row(cells []string) error { return q.out.Write(cells) }
