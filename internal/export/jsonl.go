package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"annals/internal/ledger"
)

// lines writes JSON values, one a line.
type lines struct {
	buffer *bufio.Writer
	out    *json.Encoder
}

func newLines(w io.Writer) *lines {
	l := &lines{buffer: bufio.NewWriterSize(w, 1<<16)}
	l.out = json.NewEncoder(l.buffer)
	l.out.SetEscapeHTML(false)
	return l
}

func (l *lines) write(value any) error { return l.out.Encode(value) }

func (l *lines) close() error { return l.buffer.Flush() }

// encoded is a value as JSON, without the escapes that HTML needs.
func encoded(value any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

func openJSONLines(t *tables, out []io.Writer) (sink, error) {
	l := newLines(out[0])
	return sink{close: l.close, claim: func(c *ledger.Chosen) (int, error) {
		row, err := t.row(c)
		if err != nil {
			return 0, err
		}
		return 1, l.write(row)
	}}, nil
}
