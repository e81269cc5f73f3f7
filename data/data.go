// Package data holds the tables that people edit: lexicons, rules and registers, each row with its source.
//
// In: nothing but the files beside this one. Out: their rows as strings. It interprets nothing: the packages that
// use a table give its columns their meaning. A table is tab-separated UTF-8; the first line that is not a comment
// names the columns; lines that start with "#" are comments and say where the rows come from.
package data

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed *.tsv
var files embed.FS

// Table is a file of rows.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string // each as long as Columns
	Lines   []int      // line number of each row in the file
}

// Read reads a table by its file name without ".tsv".
func Read(name string) (*Table, error) {
	body, err := files.ReadFile(name + ".tsv")
	if err != nil {
		return nil, fmt.Errorf("reading the table %s: it is not in data/", name)
	}
	return parse(name, string(body))
}

func parse(name, body string) (*Table, error) {
	t := &Table{Name: name}
	number := 0
	for line := range strings.Lines(body) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if t.Columns == nil {
			t.Columns = cells
			continue
		}
		if len(cells) > len(t.Columns) {
			return nil, fmt.Errorf("reading the table %s: line %d has %d cells, the header names %d columns", name, number, len(cells), len(t.Columns))
		}
		for len(cells) < len(t.Columns) {
			cells = append(cells, "")
		}
		t.Rows = append(t.Rows, cells)
		t.Lines = append(t.Lines, number)
	}
	return t, nil
}

// Column is the index of a column, or an error that names the table.
func (t *Table) Column(name string) (int, error) {
	for i, c := range t.Columns {
		if c == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("reading the table %s: it has no column %q", t.Name, name)
}

// List splits a cell that holds several values, separated by "; ".
func List(cell string) []string {
	if cell == "" {
		return nil
	}
	parts := strings.Split(cell, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// Rows calls use with the cells of each row of a table, in the order of columns. What use finds wrong is told with the
// table and the line.
func Rows(name string, columns []string, use func(cells []string) error) error {
	t, err := Read(name)
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i], err = t.Column(c); err != nil {
			return err
		}
	}
	cells := make([]string, len(columns))
	for r, row := range t.Rows {
		for i := range at {
			cells[i] = row[at[i]]
		}
		if err := use(cells); err != nil {
			return fmt.Errorf("reading the table %s: line %d: %w", name, t.Lines[r], err)
		}
	}
	return nil
}
