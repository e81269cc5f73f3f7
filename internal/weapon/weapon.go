// Package weapon finds words that name weapons and tells their class.
//
// In: the tokens of a document, and the table data/amount_weapons.tsv. Out: token ranges with the category, the
// category of the UN Register of Conventional Arms and the SIPRI equipment class of each ("T-72 tanks": battle tank,
// I, armoured vehicles). Words that can mean something else (tank, shell, mine, arms) count only beside what the
// table asks for. It never counts, never says who owns what, and keeps nothing between calls.
package weapon

import (
	"fmt"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// Table is the name of the table of words, in data/.
const Table = "amount_weapons"

// Hit is one weapon expression.
type Hit struct {
	First, Last int32  // tokens [First, Last)
	Category    string // "battle tank", "unspecified", …
	Register    string // category of the UN Register: I … VII; SALW for small arms; ""
	SIPRI       string // class, or ""
	ID          string // row of the table
	Modifier    bool   // it stands before another noun that it qualifies: "arms embargo", "tank commander"
}

// Finder holds the table, ready to be matched. It may be used by many goroutines at once.
type Finder struct {
	rows         []row
	phrases      map[string][]phrase // by first word, lower case
	designations map[string][]designation
}

// row is a line of the table.
type row struct {
	id, category, register, sipri string
	needs                         []string // any of them in the sentence
	before, after                 []string // none of them next to it
	example                       string
}

// phrase is a lower-case wording; a blank stands for blanks or one hyphen.
type phrase struct {
	text    string
	row     int
	capital bool // the text must have a capital at the start
	exact   bool // no plural s allowed
}

// designation is a type name: letters and a number.
type designation struct {
	number string // "" for any
	row    int
}

// New reads the table. It fails when the table is malformed.
func New() (*Finder, error) {
	table, err := data.Read(Table)
	if err != nil {
		return nil, err
	}
	var columns [10]int
	for i, name := range []string{"id", "category", "register", "sipri", "words", "designations", "needs", "unless", "source", "example"} {
		if columns[i], err = table.Column(name); err != nil {
			return nil, err
		}
	}
	f := &Finder{phrases: map[string][]phrase{}, designations: map[string][]designation{}}
	for i, cells := range table.Rows {
		cell := func(c int) string { return cells[columns[c]] }
		r := row{id: cell(0), category: cell(1), register: cell(2), sipri: cell(3), needs: data.List(cell(6)), example: cell(9)}
		for _, word := range data.List(cell(7)) {
			if after, ok := strings.CutPrefix(word, ">"); ok {
				r.after = append(r.after, after)
			} else {
				r.before = append(r.before, word)
			}
		}
		if r.id == "" || r.category == "" {
			return nil, fmt.Errorf("reading the table %s: line %d has no id or no category", Table, table.Lines[i])
		}
		f.rows = append(f.rows, r)
		for _, word := range data.List(cell(4)) {
			f.addPhrase(word, len(f.rows)-1)
		}
		for _, word := range data.List(cell(5)) {
			if err := f.addDesignation(word, len(f.rows)-1); err != nil {
				return nil, fmt.Errorf("reading the table %s: line %d: %w", Table, table.Lines[i], err)
			}
		}
	}
	return f, nil
}

func (f *Finder) addPhrase(word string, row int) {
	word, exact := strings.CutPrefix(word, "=")
	lower := strings.ReplaceAll(strings.ToLower(word), "-", " ")
	first, _, _ := strings.Cut(lower, " ")
	p := phrase{text: lower, row: row, capital: word[0] >= 'A' && word[0] <= 'Z', exact: exact}
	f.phrases[first] = append(f.phrases[first], p)
	if !exact && first == lower {
		f.phrases[first+"s"] = append(f.phrases[first+"s"], p)
	}
}

func (f *Finder) addDesignation(word string, row int) error {
	compact := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == '/' {
			return -1
		}
		return r
	}, word))
	digit := strings.IndexAny(compact, "0123456789#")
	if digit < 0 {
		return fmt.Errorf("the designation %q has no number; put it with the words", word)
	}
	letters, number := compact[:digit], compact[digit:]
	if number == "#" {
		number = ""
	}
	f.designations[letters] = append(f.designations[letters], designation{number, row})
	return nil
}

// Find lists the weapon expressions among tokens [first, last), in text order, without overlaps: the longest wins,
// and a type name takes in the plain word after it ("S-300 air defence systems").
func (f *Finder) Find(d *doc.Doc, first, last int32) []Hit {
	var hits []Hit
	m := matcher{finder: f, doc: d, sentence: doc.None}
	for i := first; i < last; {
		row, end := m.at(i, m.limit(i, last))
		if row < 0 {
			i++
			continue
		}
		if n := len(hits); n > 0 && hits[n-1].Last == i && m.joins(hits[n-1], row) {
			hits[n-1].Last = end
			if hits[n-1].Category == "unspecified" {
				hits[n-1].take(&f.rows[row])
			}
		} else {
			h := Hit{First: i, Last: end}
			h.take(&f.rows[row])
			hits = append(hits, h)
		}
		i = end
	}
	for i := range hits {
		hits[i].Modifier = modifies(d, hits[i])
	}
	return hits
}

func (h *Hit) take(r *row) {
	h.Category, h.Register, h.SIPRI, h.ID = r.category, r.register, r.sipri, r.id
}

// modifies tells from the parse whether the last word of the hit qualifies a noun after it.
func modifies(d *doc.Doc, h Hit) bool {
	if d.Done&doc.LayerSyntax == 0 {
		return false
	}
	t := &d.Tokens[h.Last-1]
	return t.Head >= h.Last && (t.Deprel == "compound" || t.Deprel == "amod" || t.Deprel == "nmod:poss")
}
