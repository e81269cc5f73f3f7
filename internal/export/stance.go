package export

import (
	"fmt"
	"slices"
	"strings"

	"annals/record"
)

// Stance is what a claim does with the happening that it tells of.
type Stance string

// Stances of claims.
const (
	Realised    Stance = "realised"    // its source holds that it happened
	Denied      Stance = "denied"      // that it did not, does not or will not happen
	Possible    Stance = "possible"    // that it may have
	Planned     Stance = "planned"     // that it will
	Demanded    Stance = "demanded"    // that it should
	Conditional Stance = "conditional" // that it would, if
)

// Stances are those that are not Realised, in the order of the manual.
var Stances = []Stance{Denied, Possible, Planned, Demanded, Conditional}

// StanceOf is the stance of a claim.
func StanceOf(c *record.Claim) Stance {
	switch {
	case c.Realised:
		return Realised
	case c.Polarity == "negative":
		return Denied
	}
	switch c.Modality {
	case "future", "scheduled":
		return Planned
	case "obligation":
		return Demanded
	case "conditional", "hypothetical":
		return Conditional
	}
	return Possible
}

// ParseStances reads "denied,possible"; "all" is all of them, "none" none.
func ParseStances(list string) ([]Stance, error) {
	out := []Stance{}
	for _, name := range strings.Split(list, ",") {
		switch name = strings.TrimSpace(name); {
		case name == "all":
			return Stances, nil
		case name == "none" || name == "" || name == string(Realised):
		case slices.Contains(Stances, Stance(name)):
			out = append(out, Stance(name))
		default:
			return nil, fmt.Errorf("%q is no stance; the stances are all, none, %s", name, strings.Join(stanceNames(), ", "))
		}
	}
	return out, nil
}

func stanceNames() []string {
	var out []string
	for _, s := range Stances {
		out = append(out, string(s))
	}
	return out
}
