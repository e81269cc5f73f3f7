package ledger

import (
	"fmt"
	"slices"
	"strings"
)

// CountRow is a row of a table of counts: the values it is about, and how many claims take which stance.
type CountRow struct {
	By       []string `json:"by"` // in the order of the dimensions asked for; "" is unknown
	Asserted int      `json:"asserted"`
	Denied   int      `json:"denied"`
	Other    int      `json:"other"` // possible, planned, demanded …
	Claims   int      `json:"claims"`
}

// dimensions are what claims can be counted by, with a line of help each.
var dimensions = [][2]string{
	{"day", "day of the report"},
	{"week", "ISO week of the report"},
	{"month", "month of the report"},
	{"year", "year of the report"},
	{"happened", "day on which it began, \"\" when unknown"},
	{"type", "PLOVER type"},
	{"mode", "PLOVER mode"},
	{"cameo", "CAMEO code"},
	{"actor", "country that did it; a claim with two is counted under both"},
	{"recipient", "country to which it was done, likewise"},
	{"publisher", "publisher of the article"},
	{"act", "assert, deny, accuse …"},
	{"polarity", "positive, negative"},
	{"modality", "asserted, possible …"},
	{"value", "FactBank value"},
	{"place", "name of the place"},
}

// Dimensions names what claims can be counted by, each with a line of help.
func Dimensions() [][2]string { return slices.Clone(dimensions) }

// ParseDimensions reads "month,type". Each may be asked for once.
func ParseDimensions(s string) ([]string, error) {
	var out []string
	for _, name := range strings.Split(s, ",") {
		name = strings.TrimSpace(name)
		if !slices.ContainsFunc(dimensions, func(d [2]string) bool { return d[0] == name }) {
			var names []string
			for _, d := range dimensions {
				names = append(names, d[0])
			}
			return nil, fmt.Errorf("claims cannot be counted by %q; what they can be counted by is %s", name, strings.Join(names, ", "))
		}
		if slices.Contains(out, name) {
			return nil, fmt.Errorf("claims are to be counted by %q twice", name)
		}
		out = append(out, name)
	}
	return out, nil
}
