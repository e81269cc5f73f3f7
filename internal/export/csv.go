package export

import (
	"fmt"
	"io"
	"reflect"
	"strconv"

	"annals/internal/ledger"
)

// Columns are the columns of a row, in order.
func Columns() []string {
	var out []string
	for i := range reflect.TypeFor[Row]().NumField() {
		out = append(out, reflect.TypeFor[Row]().Field(i).Tag.Get("json"))
	}
	return out
}

func openCSV(t *tables, out []io.Writer) (sink, error) {
	q, err := newQuoted(out[0], Columns())
	if err != nil {
		return sink{}, err
	}
	return sink{
		close: func() error { q.out.Flush(); return q.out.Error() },
		claim: func(c *ledger.Chosen) (int, error) {
			row, err := t.row(c)
			if err != nil {
				return 0, err
			}
			cells, err := row.cells()
			if err != nil {
				return 0, err
			}
			return 1, q.row(cells)
		},
	}, nil
}

// cells are a row as text: null is empty, a list is JSON, so that names with commas come back whole.
func (r *Row) cells() ([]string, error) {
	v := reflect.ValueOf(r).Elem()
	out := make([]string, v.NumField())
	for i := range out {
		var err error
		if out[i], err = cell(v.Field(i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func cell(v reflect.Value) (string, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "", nil
		}
		v = v.Elem()
	}
	if named, ok := v.Interface().(fmt.Stringer); ok {
		return named.String(), nil
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Float64:
		return decimal(v.Float()), nil
	case reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	}
	body, err := encoded(v.Interface())
	return string(body), err
}
