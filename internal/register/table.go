package register

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"annals/data"
)

// deepest is how many lines may stand before the header.
const deepest = 100

// most is how many lines one row may take.
const most = 64

// estimate marks the column beside a number that says "?" where the number is doubtful.
const estimate = " estimate"

// columns maps the wordings of a header to our fields, from data/register_columns.tsv.
type columns map[string]string

func loadColumns(register string) (columns, error) {
	t, err := data.Read("register_columns")
	if err != nil {
		return nil, err
	}
	var at [3]int
	for i, name := range []string{"register", "field", "names"} {
		if at[i], err = t.Column(name); err != nil {
			return nil, err
		}
	}
	out := columns{}
	for i, row := range t.Rows {
		if row[at[0]] != register {
			continue
		}
		for _, name := range data.List(row[at[2]]) {
			if other, double := out[foldHeader(name)]; double && other != row[at[1]] {
				return nil, fmt.Errorf("reading the table register_columns: line %d: %q names the field %s already", t.Lines[i], name, other)
			}
			out[foldHeader(name)] = row[at[1]]
		}
	}
	return out, nil
}

// foldHeader is a wording of a header in lower case, its words apart by one blank.
func foldHeader(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// fields names the columns of a header: "" for those that we do not use. A column without a name belongs to the
// number before it and tells whether that is an estimate.
func (c columns) fields(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = c[foldHeader(cell)]
		if strings.TrimSpace(cell) == "" && i > 0 && out[i-1] != "" {
			out[i] = out[i-1] + estimate
		}
	}
	return out
}

// table reads the rows of a delimited file below its header.
type table struct {
	lines     *lines
	delimiter byte
	fields    []string // by column
	refuse    func(Refusal)
}

// openTable finds the header: the first line that holds one of the wanted sets of fields.
func openTable(in io.Reader, c columns, refuse func(Refusal), wanted ...[]string) (*table, error) {
	l, err := newLines(in)
	if err != nil {
		return nil, err
	}
	for range deepest {
		text, ok, err := l.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		for _, delimiter := range []byte{',', ';', '\t', '|'} {
			cells, open, _ := split(text.text, delimiter)
			fields := c.fields(cells)
			if !open && slices.ContainsFunc(wanted, func(set []string) bool { return holdsAll(fields, set) }) {
				return &table{lines: l, delimiter: delimiter, fields: fields, refuse: refuse}, nil
			}
		}
	}
	if l.number == 0 {
		return nil, errors.New("the file is empty")
	}
	return nil, fmt.Errorf("none of the first %d lines is a header with the columns %s", min(l.number, deepest), sets(wanted))
}

func holdsAll(fields, set []string) bool {
	for _, f := range set {
		if !slices.ContainsFunc(strings.Split(f, "|"), func(one string) bool { return slices.Contains(fields, one) }) {
			return false
		}
	}
	return true
}

// sets says in words which columns are wanted.
func sets(wanted [][]string) string {
	var out []string
	for _, set := range wanted {
		out = append(out, strings.ReplaceAll(strings.ReplaceAll(strings.Join(set, ", "), "|", " or "), "_", " "))
	}
	return strings.Join(out, "; or ")
}

// row is a row of the table; a field that is not there is "".
type row struct {
	line  int
	cells map[string]string
}

func (r *row) cell(field string) string { return r.cells[field] }

// next is the next row that can be read; those that cannot are refused. ok is false at the end.
func (t *table) next() (out *row, ok bool, err error) {
	for {
		first, ok, err := t.lines.next()
		if err != nil || !ok {
			return nil, false, err
		}
		if first.fault != "" {
			t.refuse(Refusal{first.number, first.fault})
			continue
		}
		if strings.TrimSpace(first.text) == "" {
			continue
		}
		cells, reason, err := t.cells(first)
		if err != nil {
			return nil, false, err
		}
		if reason == "" && len(cells) == 1 && isNote(cells[0]) {
			continue
		}
		if reason == "" {
			cells, reason = t.fit(cells)
		}
		if reason != "" {
			t.refuse(Refusal{first.number, reason})
			continue
		}
		out = &row{line: first.number, cells: make(map[string]string, len(cells))}
		for i, cell := range cells {
			if f := t.fields[i]; f != "" && out.cells[f] == "" {
				out.cells[f] = strings.TrimSpace(cell)
			}
		}
		return out, true, nil
	}
}

// cells splits a row, which goes on over lines while a quotation mark is open. When the mark is never closed, or the
// lines together make no row, only the first line is lost.
func (t *table) cells(first line) (cells []string, reason string, err error) {
	text, open, ragged := first.text, false, false
	var taken []line
	for {
		if cells, open, ragged = split(text, t.delimiter); !open {
			break
		}
		next, ok, err := t.lines.next()
		if err != nil {
			return nil, "", err
		}
		if ok {
			taken = append(taken, next)
		}
		if !ok || next.fault != "" || len(taken) >= most || len(text)+len(next.text) > longest {
			t.lines.putBack(taken)
			return nil, "a quotation mark is opened and never closed", nil
		}
		text += "\n" + next.text
	}
	if len(taken) > 0 && (ragged || len(cells) != len(t.fields)) {
		t.lines.putBack(taken)
		return nil, "a quotation mark is opened and not closed in its row", nil
	}
	return cells, "", nil
}

// fit makes a row as long as the header: empty cells too many are dropped.
func (t *table) fit(cells []string) ([]string, string) {
	for len(cells) > len(t.fields) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) < len(t.fields) {
		return nil, fmt.Sprintf("the row has %d cells, the header names %d columns: it may be cut short", len(cells), len(t.fields))
	}
	if len(cells) > len(t.fields) {
		return nil, fmt.Sprintf("the row has %d cells, the header names %d columns", len(cells), len(t.fields))
	}
	return cells, ""
}

// isNote recognises the lines that some exports put below the table.
func isNote(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return strings.HasPrefix(text, "source:") || strings.HasPrefix(text, "data generated") || strings.HasPrefix(text, "note:") || strings.HasPrefix(text, "©")
}

// split cuts a row at a delimiter. A cell that begins with a quotation mark goes on to the next single one; elsewhere
// a quotation mark is a letter like any other. open tells that the last such cell is not closed, ragged that letters
// follow where one was closed.
func split(text string, delimiter byte) (cells []string, open, ragged bool) {
	at := 0
	for {
		rest := text[at:]
		trimmed := strings.TrimLeft(rest, " ")
		if !strings.HasPrefix(trimmed, `"`) {
			n := strings.IndexByte(rest, delimiter)
			if n < 0 {
				return append(cells, rest), false, ragged
			}
			cells = append(cells, rest[:n])
			at += n + 1
			continue
		}
		at += len(rest) - len(trimmed) + 1
		var cell strings.Builder
		for {
			n := strings.IndexByte(text[at:], '"')
			if n < 0 {
				return append(cells, cell.String()+text[at:]), true, ragged
			}
			cell.WriteString(text[at : at+n])
			at += n + 1
			if at == len(text) || text[at] != '"' {
				break
			}
			cell.WriteByte('"')
			at++
		}
		after, more, found := strings.Cut(text[at:], string(delimiter))
		after = strings.TrimRight(after, " ")
		ragged = ragged || after != ""
		cells = append(cells, cell.String()+after)
		if !found {
			return cells, false, ragged
		}
		at = len(text) - len(more)
	}
}
