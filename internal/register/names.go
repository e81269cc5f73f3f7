package register

import (
	"strings"
	"unicode"

	"annals/data"

	"golang.org/x/text/unicode/norm"
)

// Party is a side of a deal as the register names it.
type Party struct {
	Name string `json:"name"`
	Code string `json:"code,omitempty"` // ISO 3166-1 alpha-3 of the state, or of the state in which a group acts
	Kind string `json:"kind"`           // state, non-state, group (of states), unknown
}

// Names finds countries by the names that registers give them.
type Names struct {
	byName  map[string]string // folded name → code
	byAlpha map[string]string // alpha-2 and alpha-3, upper case → code
}

// NewNames reads the tables of countries and of the names in registers.
func NewNames() (*Names, error) {
	n := &Names{byName: map[string]string{}, byAlpha: map[string]string{}}
	countries, err := data.Read("countries")
	if err != nil {
		return nil, err
	}
	var at [6]int
	for i, name := range []string{"iso3", "iso2", "name", "aliases", "to", "successor"} {
		if at[i], err = countries.Column(name); err != nil {
			return nil, err
		}
	}
	for _, row := range countries.Rows {
		code := row[at[0]]
		former := row[at[4]] != ""
		if former { // a state that is gone stands under the first that came after it, as in records
			if next := data.List(row[at[5]]); len(next) > 0 {
				code = next[0]
			}
		}
		n.byAlpha[row[at[0]]] = code
		if row[at[1]] != "" && !former {
			n.byAlpha[row[at[1]]] = code
		}
		for _, name := range append(data.List(row[at[3]]), row[at[2]]) {
			n.byName[Fold(name)] = code
		}
	}
	return n, n.loadExtra()
}

// loadExtra adds the spellings that no list of countries has.
func (n *Names) loadExtra() error {
	t, err := data.Read("register_names")
	if err != nil {
		return err
	}
	code, err := t.Column("code")
	if err != nil {
		return err
	}
	names, err := t.Column("names")
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		for _, name := range data.List(row[names]) {
			n.byName[Fold(name)] = row[code]
		}
	}
	return nil
}

// Fold is a name in lower case, without accents and punctuation, its words apart by one blank.
func Fold(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && out.Len() > 0 {
				out.WriteByte(' ')
			}
			gap = false
			out.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return out.String()
}

// Country is the code of a country by name, or "".
func (n *Names) Country(name string) string { return n.byName[Fold(name)] }

// Code is the alpha-3 code that a code of two or three letters stands for, or "".
func (n *Names) Code(alpha string) string {
	return n.byAlpha[strings.ToUpper(strings.TrimSpace(alpha))]
}

// Party reads a side of a deal: SIPRI marks groups that are no state with "*" and groups of states with "**".
func (n *Names) Party(name string) Party {
	name = strings.TrimSpace(name)
	bare := strings.TrimSpace(strings.TrimRight(name, "*"))
	stars := len(name) - len(strings.TrimRight(name, "*"))
	bare, marked := strings.CutSuffix(bare, "(non-state)")
	bare = strings.TrimSpace(bare)
	p := Party{Name: bare, Kind: "unknown", Code: n.Country(bare)}
	switch {
	case stars >= 2:
		p.Kind, p.Code = "group", ""
	case stars == 1 || marked:
		p.Kind, p.Code = "non-state", n.within(bare)
	case p.Code != "":
		p.Kind = "state"
	default:
		p.Code = n.within(bare)
	}
	return p
}

// within is the country that the name of a group holds: in brackets, or as its first words.
func (n *Names) within(name string) string {
	if at := strings.LastIndexByte(name, '('); at >= 0 {
		if code := n.Country(strings.TrimRight(name[at+1:], ") ")); code != "" {
			return code
		}
		name = name[:at]
	}
	words := strings.Fields(name)
	for i := len(words); i > 0; i-- {
		if code := n.Country(strings.Join(words[:i], " ")); code != "" {
			return code
		}
	}
	return ""
}

// In lists the countries that a title names, in its order, each once.
func (n *Names) In(title string) []string {
	words := strings.Fields(Fold(title))
	var out []string
	for i := 0; i < len(words); i++ {
		for j := min(len(words), i+6); j > i; j-- {
			if code, ok := n.byName[strings.Join(words[i:j], " ")]; ok {
				out = appendNew(out, code)
				i = j - 1
				break
			}
		}
	}
	return out
}
