package clean

import (
	"fmt"
	"strings"

	"annals/data"
)

// agencies are the news agencies by the name that a dateline gives them.
type agencies struct {
	outlets map[string]string // name in the dateline, lower case → actor name of the outlet
}

func readAgencies() (*agencies, error) {
	table, err := data.Read("agencies")
	if err != nil {
		return nil, err
	}
	name, err := table.Column("agency")
	if err != nil {
		return nil, err
	}
	outlet, err := table.Column("outlet")
	if err != nil {
		return nil, err
	}
	a := &agencies{outlets: make(map[string]string, len(table.Rows))}
	for i, row := range table.Rows {
		if row[name] == "" || row[outlet] == "" {
			return nil, fmt.Errorf("reading the table agencies: line %d has no agency or no outlet", table.Lines[i])
		}
		a.outlets[strings.ToLower(row[name])] = row[outlet]
	}
	return a, nil
}

func (a *agencies) known(name string) bool {
	_, ok := a.outlets[strings.ToLower(strings.TrimSpace(name))]
	return ok
}

// outlet is the actor name of an agency; a name that the table does not know stands for itself.
func (a *agencies) outlet(name string) string {
	name = strings.TrimSpace(name)
	if o, ok := a.outlets[strings.ToLower(name)]; ok {
		return o
	}
	return name
}
