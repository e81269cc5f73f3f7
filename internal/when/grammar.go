package when

import (
	"fmt"
	"slices"
	"strings"

	"annals/data"
	"annals/internal/numeral"
)

// class is a set of token classes.
type class uint64

// Classes that patterns may name; those before classNumber come from the table of words.
const (
	classMonth class = 1 << iota
	classWeekday
	classWeekdays
	classWeekAbbr
	classUnit
	classUnits
	classPart
	classParts
	classPartOnly
	classNoon
	classSeason
	classSeasons
	classDeictic
	classTonight
	classAMPM
	classZone
	classDecadeWord
	classAdvSet
	classBC
	classAD
	classNumber
	classInt
	classOrd
	classDay
	classYear
	classD2
	classD4
)

var classNames = map[string]class{
	"MONTH": classMonth, "WEEKDAY": classWeekday, "WEEKDAYS": classWeekdays, "WEEKABBR": classWeekAbbr, "UNIT": classUnit,
	"UNITS": classUnits, "PART": classPart, "PARTS": classParts, "PARTONLY": classPartOnly, "NOON": classNoon,
	"SEASON": classSeason, "SEASONS": classSeasons, "DEICTIC": classDeictic, "TONIGHT": classTonight, "AMPM": classAMPM,
	"ZONE": classZone, "DECADEWORD": classDecadeWord, "ADVSET": classAdvSet, "BC": classBC, "AD": classAD,
	"NUM": classNumber, "INT": classInt, "ORD": classOrd, "DAY": classDay, "YEAR": classYear, "D2": classD2, "D4": classD4,
}

// lexeme is what the table of words knows of a word.
type lexeme struct {
	classes class
	capital bool
	value   string
	number  int // of value, when it is one
	unit    unit
}

// element is one place of a pattern.
type element struct {
	classes  class
	words    []uint16
	mark     byte
	optional bool
}

// rule is a row of the table of patterns.
type rule struct {
	number   int32
	id       string
	elements []element
	read     reading
	args     string
	pair     bool // first // link // second
	link     int  // element where the link begins
	second   int  // element where the second part begins
	ahead    int  // element from which on the pattern only looks
	example  string
	expected string
}

// modifier is a row of the table of modifiers.
type modifier struct {
	id                 string
	words              []uint16
	after              bool
	onDates, onLengths bool
	mod                string
	example, expected  string
}

// grammar holds the tables, ready to match.
type grammar struct {
	scanner   *numeral.Scanner
	lexemes   []lexeme // by word number
	rules     []rule
	byWord    [][]int32 // rules that may begin with a word
	byClass   [64][]int32
	byMark    [128][]int32
	before    map[uint16][]int32 // modifiers by the word next to the expression
	after     map[uint16][]int32
	modifiers []modifier
	words     map[string]uint16
	context   contexts
}

func readGrammar() (*grammar, error) {
	g := &grammar{words: map[string]uint16{}, before: map[uint16][]int32{}, after: map[uint16][]int32{}, lexemes: make([]lexeme, 1)}
	if err := g.readWords(); err != nil {
		return nil, err
	}
	if err := g.readRules(); err != nil {
		return nil, err
	}
	if err := g.readModifiers(); err != nil {
		return nil, err
	}
	g.context.fill(g)
	vocabulary := make([]string, len(g.words))
	for word, n := range g.words {
		vocabulary[n-1] = word
	}
	g.scanner = numeral.NewScanner(vocabulary)
	g.index()
	return g, nil
}

// word is the number of a word, given out on first use.
func (g *grammar) word(w string) uint16 {
	n, ok := g.words[w]
	if !ok {
		n = uint16(len(g.words) + 1)
		g.words[w] = n
		g.lexemes = append(g.lexemes, lexeme{})
	}
	return n
}

func (g *grammar) readWords() error {
	table, err := data.Read("when_words")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		c, ok := classNames[row[1]]
		if !ok || c >= classNumber {
			return fmt.Errorf("reading the table when_words: line %d names the class %q, which is not known", table.Lines[i], row[1])
		}
		l := &g.lexemes[g.word(row[0])]
		l.classes |= c
		l.capital = l.capital || strings.Contains(row[3], "capital")
		l.value = row[2]
		l.number = atoi(row[2])
		if c == classUnit || c == classUnits {
			if l.unit, ok = unitNames[row[2]]; !ok {
				return fmt.Errorf("reading the table when_words: line %d names the unit %q, which is not known", table.Lines[i], row[2])
			}
		}
	}
	return nil
}

func (g *grammar) readRules() error {
	table, err := data.Read("when_rules")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		r := rule{number: int32(i), id: row[0], args: row[3], example: row[4], expected: row[5]}
		if err := g.compile(&r, row[1]); err != nil {
			return fmt.Errorf("reading the table when_rules: line %d: %w", table.Lines[i], err)
		}
		if r.read = readings[row[2]]; r.read == nil {
			return fmt.Errorf("reading the table when_rules: line %d names the reading %q, which is not known", table.Lines[i], row[2])
		}
		g.rules = append(g.rules, r)
	}
	return nil
}

// compile reads a pattern.
func (g *grammar) compile(r *rule, pattern string) error {
	r.ahead = -1
	links := 0
	for _, field := range strings.Fields(pattern) {
		switch field {
		case "//":
			if links == 0 {
				r.link = len(r.elements)
			} else {
				r.second = len(r.elements)
			}
			links++
			continue
		case ">":
			r.ahead = len(r.elements)
			continue
		}
		e := element{}
		field, e.optional = strings.CutSuffix(field, "?")
		if field == "'s" {
			r.elements = append(r.elements, element{mark: '\'', optional: e.optional})
			field = "s"
		}
		for _, name := range strings.Split(field, "|") {
			switch {
			case name == "":
				return fmt.Errorf("the pattern %q has an empty alternative", pattern)
			case classNames[name] != 0:
				e.classes |= classNames[name]
			case len(name) == 1 && (name[0] < 'a' || name[0] > 'z'):
				e.mark = name[0]
			case strings.ToLower(name) != name:
				return fmt.Errorf("the pattern %q names the class %q, which is not known", pattern, name)
			default:
				e.words = append(e.words, g.word(name))
			}
		}
		r.elements = append(r.elements, e)
	}
	if r.ahead < 0 {
		r.ahead = len(r.elements)
	}
	r.pair = links == 2
	if len(r.elements) == 0 || len(r.elements) > maxElements || links == 1 || links > 2 {
		return fmt.Errorf("the pattern %q has no elements, more than %d, or a // too few or too many", pattern, maxElements)
	}
	return nil
}

func (g *grammar) readModifiers() error {
	table, err := data.Read("when_mods")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		m := modifier{id: row[0], after: row[2] == "after", mod: row[4], example: row[5], expected: row[6]}
		m.onDates = row[3] == "DATE" || row[3] == "both"
		m.onLengths = row[3] == "DURATION" || row[3] == "both"
		for _, w := range strings.Fields(row[1]) {
			m.words = append(m.words, g.word(strings.TrimSuffix(w, ".")))
		}
		if len(m.words) == 0 || !modNames[m.mod] {
			return fmt.Errorf("reading the table when_mods: line %d has no words or the modifier %q, which is not TIMEX3", table.Lines[i], m.mod)
		}
		n := int32(len(g.modifiers))
		g.modifiers = append(g.modifiers, m)
		if m.after {
			g.after[m.words[0]] = append(g.after[m.words[0]], n)
		} else {
			last := m.words[len(m.words)-1]
			g.before[last] = append(g.before[last], n)
		}
	}
	for _, index := range []map[uint16][]int32{g.before, g.after} {
		for _, list := range index { // the longest first
			slices.SortStableFunc(list, func(a, b int32) int { return len(g.modifiers[b].words) - len(g.modifiers[a].words) })
		}
	}
	return nil
}

var modNames = map[string]bool{
	"START": true, "MID": true, "END": true, "APPROX": true, "LESS_THAN": true, "MORE_THAN": true, "EQUAL_OR_LESS": true,
	"EQUAL_OR_MORE": true, "BEFORE": true, "AFTER": true,
}

// index lists, for each word, class and mark, the rules that may begin with it.
func (g *grammar) index() {
	g.byWord = make([][]int32, len(g.words)+1)
	for n := range g.rules {
		for _, e := range g.rules[n].elements {
			for _, w := range e.words {
				g.byWord[w] = append(g.byWord[w], int32(n))
			}
			for bit := range g.byClass {
				if e.classes&(1<<bit) != 0 {
					g.byClass[bit] = append(g.byClass[bit], int32(n))
				}
			}
			if e.mark != 0 {
				g.byMark[e.mark] = append(g.byMark[e.mark], int32(n))
			}
			if !e.optional {
				break
			}
		}
	}
}

// wordSet is a set of word numbers.
type wordSet []bool

func (s wordSet) has(word uint16) bool { return int(word) < len(s) && s[word] }

// set makes a set of words, which join the vocabulary.
func (g *grammar) set(words string) wordSet {
	var s wordSet
	for _, w := range strings.Fields(words) {
		n := g.word(w)
		for len(s) <= int(n) {
			s = append(s, false)
		}
		s[n] = true
	}
	return s
}

// contexts are the words that license or forbid readings that need a context.
type contexts struct {
	join         wordSet // between a time of day and its day
	of           wordSet
	article      wordSet
	beforeYear   wordSet // "in 1998"
	notAfterYear wordSet // units that make 1998 a count
	beforeSeason wordSet // "over the winter"
	beforeLength wordSet // "for decades"
	beforePeriod wordSet // "for the year"
	future       wordSet // cues of the future, where there is no parse
	paper        wordSet // "a daily newspaper"
	aging        wordSet // things that have an age: "the 23-year-old war"
	afterHalf    wordSet // "first-half profit"
	beforeDay    wordSet // "on the 20th"
	afterDay     wordSet // "the 20th and"
	beforeOneDay wordSet // "will one day lead"
	yearlyKind   wordSet // "the annual meeting" is a kind of meeting, "annual rate" a way of counting
	comparing    wordSet // "up from last year's $2 billion"
	notMonth     wordSet // after "may" and "march" as other words
}

func (c *contexts) fill(g *grammar) {
	c.join = g.set("on of in at the")
	g.word("high")
	c.of = g.set("of")
	c.article = g.set("a an")
	c.beforeYear = g.set("in since by until till from to of for due pre post ended ending during before after between through throughout early late mid around about and or the as a an its their his than fiscal spring summer autumn fall winter")
	c.notAfterYear = g.set("sq square cubic people men women troops soldiers miles metres meters feet km kilometres kilometers tonnes tons dollars euros pounds percent hours days weeks months years points jobs homes barrels")
	c.beforeSeason = g.set("in during over by until till through throughout since for of this before after last")
	c.beforeLength = g.set("nearly almost than lasting lasted took take takes for in over of after within during through throughout about by the these those many since before")
	c.beforePeriod = g.set("for of in during over through throughout until by this")
	c.future = g.set("will shall due scheduled would to expected")
	c.paper = g.set("newspaper newspapers paper papers magazine mail telegraph")
	c.aging = g.set("war wars conflict conflicts insurgency rebellion revolt uprising revolution truce ceasefire peace blockade embargo ban sanctions siege crisis dispute standoff feud rivalry occupation law laws constitution treaty pact agreement accord deal contract contracts policy tradition regime republic rule company companies firm airline bank organisation organization institution alliance union federation party group newspaper magazine building buildings bridge church cathedral mosque temple monument tree trees ship plane aircraft jet jets tanker helicopter fleet reactor plant factory dam mine pipeline railway stadium record records case system program programme project mission series show film song technology city town village skull skulls fossil fossils bones")
	c.afterHalf = g.set("profit profits earnings loss losses results sales revenue revenues net income output exports imports growth")
	c.beforeDay = g.set("on by until till since before after from")
	c.afterDay = g.set("and or to by until but when that which was were had in")
	c.beforeOneDay = g.set("will would could may might can should he she they we you it i")
	c.yearlyKind = g.set("meeting meetings rate rates basis pace report reports conference summit congress convention assembly festival parade parades march marches pilgrimage dividend")
	c.comparing = g.set("compared with from against versus than")
	c.notMonth = g.set("be have not also well need seek")
}

func atoi(s string) int {
	n, sign := 0, 1
	for i, c := range s {
		if c == '-' && i == 0 {
			sign = -1
			continue
		}
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return sign * n
}
