package amount

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annals/data"
	"annals/internal/numeral"
)

// measure is a row of amount_units.
type measure struct {
	unit, kind, base string
	factor           float64
}

// currency is a row of amount_currencies.
type currency struct {
	code, name string
	primary    bool // the name alone means this one
}

// vague is a row of amount_vague.
type vague struct {
	low, high float64
	span      string
	example   string
}

// bound is a row of amount_bounds.
type bound struct {
	id        string
	after     bool
	bound     string
	inclusive bool
	change    string
	example   string
}

// entryKind tells the tables apart.
type entryKind uint8

const (
	measureEntry entryKind = iota
	currencyEntry
	minorEntry // hundredths of a currency
	vagueEntry
	boundEntry
	triggerEntry
)

// entry is a wording of one or more words.
type entry struct {
	kind    entryKind
	words   []uint16
	symbol  string // the text must be exactly this
	row     int
	percent bool // the mark %
}

// word is what the tables know of a vocabulary word.
type word struct {
	first    []entry // wordings that begin with it
	last     []entry // bounds that end with it
	adj      []int   // currencies it chooses
	change   string  // up, down: of a verb, noun or adverb of change
	triggers []int   // rows of triggers
}

// tables hold everything, ready to match.
type tables struct {
	scanner    *numeral.Scanner
	words      []word // by word number
	measures   []measure
	currencies []currency
	vagues     []vague
	bounds     []bound
	triggers   []trigger
	signs      map[string]int // of currencies
	numbers    map[string]uint16
	names      []string

	metre, squareMetre int // rows of measures
}

func readTables() (*tables, error) {
	t := &tables{words: make([]word, 1), numbers: map[string]uint16{}, signs: map[string]int{}}
	for _, read := range []func() error{t.readUnits, t.readCurrencies, t.readVague, t.readBounds, t.readChanges, t.readTriggers} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	for _, w := range codeWords {
		t.word(w)
	}
	for i := range t.words {
		slices.SortStableFunc(t.words[i].first, longest)
		slices.SortStableFunc(t.words[i].last, longest)
	}
	t.scanner = numeral.NewScanner(t.names)
	return t, nil
}

func longest(a, b entry) int { return len(b.words) - len(a.words) }

// codeWords are words that the code asks for by name.
var codeWords = strings.Fields(`of the a an and or to from between in by no worth per each every any out as at than
 half third thirds quarter quarters fifth fifths sixth sixths eighth eighths tenth tenths minus u.s u.s. us
 this that which another same new old only other latter former slain
 gave give given giving came come made make picked set took`)

func (t *tables) word(w string) uint16 {
	n, ok := t.numbers[w]
	if !ok {
		n = uint16(len(t.names) + 1)
		t.numbers[w] = n
		t.names = append(t.names, w)
		t.words = append(t.words, word{})
	}
	return n
}

// spell turns a wording into word numbers; marks in it are dropped, the scanner cuts them off too.
func (t *tables) spell(wording string) (out []uint16) {
	for _, w := range strings.FieldsFunc(strings.ToLower(wording), func(r rune) bool { return r == ' ' || r == '-' }) {
		out = append(out, t.word(w))
	}
	return out
}

func (t *tables) add(e entry, wording string) {
	e.words = t.spell(wording)
	if len(e.words) > 0 {
		w := &t.words[e.words[0]]
		w.first = append(w.first, e)
	}
}

func (t *tables) readUnits() error {
	table, err := data.Read("amount_units")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		m := measure{unit: row[0], kind: row[2], base: row[3]}
		if row[4] != "" {
			if m.factor, err = strconv.ParseFloat(row[4], 64); err != nil {
				return fmt.Errorf("reading the table amount_units: line %d has the factor %q", table.Lines[i], row[4])
			}
		}
		for _, w := range data.List(row[1]) {
			if strings.ContainsAny(w, "%°/") {
				continue // marks are read by the code
			}
			e := entry{kind: measureEntry, row: len(t.measures)}
			if strings.ToLower(w) != w {
				e.symbol = w
			}
			t.add(e, w)
		}
		switch m.unit {
		case "metre":
			t.metre = len(t.measures)
		case "square metre":
			t.squareMetre = len(t.measures)
		}
		t.measures = append(t.measures, m)
	}
	return nil
}

func (t *tables) readCurrencies() error {
	table, err := data.Read("amount_currencies")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		c := currency{code: row[0], name: row[1], primary: row[5] != ""}
		if len(c.code) != 3 {
			return fmt.Errorf("reading the table amount_currencies: line %d has the code %q", table.Lines[i], row[0])
		}
		n := len(t.currencies)
		t.currencies = append(t.currencies, c)
		for _, s := range data.List(row[2]) {
			t.signs[s] = n
			if s == strings.ToUpper(s) && len(s) == 3 && !strings.ContainsAny(s, "$£€¥") {
				t.add(entry{kind: currencyEntry, row: n, symbol: s}, s)
			}
		}
		for _, w := range data.List(row[3]) {
			t.add(entry{kind: currencyEntry, row: n}, w)
		}
		for _, w := range data.List(row[6]) {
			t.add(entry{kind: minorEntry, row: n}, w)
		}
		for _, a := range data.List(row[4]) {
			k := t.word(a)
			t.words[k].adj = append(t.words[k].adj, n)
		}
	}
	return nil
}

func (t *tables) readVague() error {
	table, err := data.Read("amount_vague")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		low, err1 := strconv.ParseFloat(row[1], 64)
		high, err2 := strconv.ParseFloat(row[2], 64)
		if err1 != nil || err2 != nil || low > high {
			return fmt.Errorf("reading the table amount_vague: line %d has the interval %q to %q", table.Lines[i], row[1], row[2])
		}
		t.add(entry{kind: vagueEntry, row: len(t.vagues)}, row[0])
		if bare, ok := strings.CutSuffix(row[0], " of"); ok && !strings.HasPrefix(bare, "a ") {
			t.add(entry{kind: vagueEntry, row: len(t.vagues)}, bare)
		}
		t.vagues = append(t.vagues, vague{low, high, row[3], row[4]})
	}
	return nil
}

func (t *tables) readBounds() error {
	table, err := data.Read("amount_bounds")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		e := entry{kind: boundEntry, row: len(t.bounds), words: t.spell(row[1])}
		b := bound{id: row[0], after: row[2] == "after", bound: row[3], inclusive: row[4] == "yes", change: row[5], example: row[6]}
		if b.after {
			w := &t.words[e.words[0]]
			w.first = append(w.first, e)
		} else {
			w := &t.words[e.words[len(e.words)-1]]
			w.last = append(w.last, e)
		}
		t.bounds = append(t.bounds, b)
	}
	return nil
}

// Base gives the base unit of a normal unit name ("metric ton") and its size in it; ok is false for units that have
// none. Multiply by the factor to compare masses, lengths, areas and volumes.
func (s *Stage) Base(unit string) (base string, factor float64, ok bool) {
	for i := range s.tables.measures {
		if m := &s.tables.measures[i]; m.unit == unit && m.factor != 0 {
			return m.base, m.factor, true
		}
	}
	return "", 0, false
}
