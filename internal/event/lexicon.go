package event

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"annals/data"
	"annals/internal/onto"
)

// row is an entry of the event lexicon: words that name a happening, what must stand around them, what it is
// called, and where its participants are to be found.
type row struct {
	id       string
	noun     bool
	typ      string
	mode     string
	contexts []string
	cameo    string
	when     []condition
	frame    []slot
	weight   int // how much the conditions say: the heaviest row that holds is taken
}

// condition is one demand of a row on its surroundings: "obj=@weapon|ship", "to", "!obj".
type condition struct {
	place   string
	negated bool
	lemmas  []string
	classes []string // names of classes, with "@"
}

// slot is one entry of a frame: "R:on|against" looks for recipients at on, then at against.
type slot struct {
	role   byte // A actor, R recipient, I item
	places []string
}

// effect is what a word does to the happening in its complement.
type effect struct {
	id    string
	does  string   // negative possible obligation conditional future hypothetical scheduled transparent report
	kinds []string // complements it does it to
}

// words is the tables, ready for use.
type words struct {
	verbs, nouns map[string][]row
	classes      map[string]map[string]bool // class → lemmas
	support      map[string]string          // support verb → where the actor of its noun stands: subj, obj, none
	effects      map[string][]effect
	adverbs      map[string]string   // adverb or adjective → effect
	contexts     map[string][]string // word → contexts
	irregular    map[string]string   // irregular form → lemma
	known        map[string]bool     // every lemma of the tables
	classesOf    map[string][]string // lemma → its classes, sorted
}

const (
	verbFrame = "A:subj R:obj"
	nounFrame = "A:by|poss|mod|from R:against|on|with|of|to|in"
)

func readLexicon(o *onto.Ontology) (*words, error) {
	l := &words{verbs: map[string][]row{}, nouns: map[string][]row{}, classes: map[string]map[string]bool{}, support: map[string]string{},
		effects: map[string][]effect{}, adverbs: map[string]string{}, contexts: map[string][]string{}, irregular: map[string]string{}, known: map[string]bool{}}
	for _, read := range []func(*onto.Ontology) error{l.readClasses, l.readVerbs, l.readNouns, l.readSupport, l.readScope, l.readContexts, l.readForms} {
		if err := read(o); err != nil {
			return nil, err
		}
	}
	l.indexKnown()
	return l, nil
}

func (l *words) indexKnown() {
	for w := range l.verbs {
		l.known[w] = true
	}
	for w := range l.effects {
		l.known[w] = true
	}
	for w := range l.support {
		l.known[w] = true
	}
	for w := range l.classesOf {
		l.known[w] = true
	}
}

// base is a known lemma that a form could be a form of, or "".
func (l *words) base(form string) string {
	for _, ending := range endings {
		stem, ok := strings.CutSuffix(form, ending)
		if !ok || len(stem) < 3 {
			continue
		}
		for _, base := range [...]string{stem + "e", stem, undouble(stem), yStem(stem)} {
			if l.known[base] {
				return base
			}
		}
	}
	return ""
}

// eachRow calls use with the named cells of every row of a table; an error names the line.
func eachRow(table string, columns []string, use func(c []string) error) error {
	t, err := data.Read(table)
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	for i, name := range columns {
		if at[i], err = t.Column(name); err != nil {
			return err
		}
	}
	for r, cells := range t.Rows {
		picked := make([]string, len(at))
		for i, a := range at {
			picked[i] = strings.TrimSpace(cells[a])
		}
		if err := use(picked); err != nil {
			return fmt.Errorf("reading the table %s: line %d: %w", table, t.Lines[r], err)
		}
	}
	return nil
}

func (l *words) readClasses(*onto.Ontology) error {
	err := eachRow("event_classes", []string{"class", "words"}, func(c []string) error {
		if l.classes[c[0]] == nil {
			l.classes[c[0]] = map[string]bool{}
		}
		for _, w := range strings.Fields(c[1]) {
			if name, ok := strings.CutPrefix(w, "@"); ok {
				if l.classes[name] == nil {
					return fmt.Errorf("the class %q comes before its part %q", c[0], name)
				}
				for lemma := range l.classes[name] {
					l.classes[c[0]][lemma] = true
				}
				continue
			}
			l.classes[c[0]][w] = true
		}
		return nil
	})
	l.classesOf = map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(l.classes)) {
		for lemma := range l.classes[name] {
			l.classesOf[lemma] = append(l.classesOf[lemma], name)
		}
	}
	return err
}

func (l *words) readVerbs(o *onto.Ontology) error {
	return l.readRows(o, "event_verbs", l.verbs, false)
}
func (l *words) readNouns(o *onto.Ontology) error { return l.readRows(o, "event_nouns", l.nouns, true) }

func (l *words) readRows(o *onto.Ontology, table string, into map[string][]row, noun bool) error {
	seen := map[string]bool{}
	return eachRow(table, []string{"id", "words", "when", "type", "mode", "contexts", "cameo", "frame"}, func(c []string) error {
		if c[0] == "" || seen[c[0]] {
			return fmt.Errorf("the id %q is empty or taken", c[0])
		}
		seen[c[0]] = true
		r := row{id: c[0], noun: noun, typ: c[3], mode: c[4], contexts: data.List(c[5]), cameo: c[6]}
		if err := o.Check(r.typ, r.mode, r.contexts); err != nil {
			return err
		}
		if r.cameo == "" {
			r.cameo = o.Nearest(r.typ, r.mode, r.contexts)
		} else if _, ok := o.CAMEO(r.cameo); !ok {
			return fmt.Errorf("there is no CAMEO code %q", r.cameo)
		}
		var err error
		if r.when, err = l.conditions(c[2]); err != nil {
			return err
		}
		for _, w := range r.when {
			r.weight += 2
			if len(w.lemmas)+len(w.classes) > 0 {
				r.weight++
			}
			if len(w.lemmas) > 0 && len(w.classes) == 0 {
				r.weight++
			}
		}
		if r.frame, err = frame(c[7], noun); err != nil {
			return err
		}
		for _, word := range strings.Fields(c[1]) {
			into[word] = append(into[word], r)
		}
		return nil
	})
}

func (l *words) conditions(cell string) ([]condition, error) {
	var out []condition
	for _, field := range strings.Fields(cell) {
		var c condition
		place, values, _ := strings.Cut(field, "=")
		c.place, c.negated = strings.CutPrefix(place, "!")
		if c.place == "" {
			return nil, fmt.Errorf("the condition %q names no place", field)
		}
		for _, v := range strings.Split(values, "|") {
			switch name, isClass := strings.CutPrefix(v, "@"); {
			case v == "":
			case !isClass:
				c.lemmas = append(c.lemmas, v)
			case l.classes[name] == nil && name != "actor" && name != "person":
				return nil, fmt.Errorf("the condition %q names the unknown class %q", field, name)
			default:
				c.classes = append(c.classes, name)
			}
		}
		out = append(out, c)
	}
	return out, nil
}

func frame(cell string, noun bool) ([]slot, error) {
	if cell == "" {
		cell = verbFrame
		if noun {
			cell = nounFrame
		}
	}
	var out []slot
	for _, field := range strings.Fields(cell) {
		role, places, ok := strings.Cut(field, ":")
		if !ok || !slices.Contains([]string{"A", "R", "I", "-"}, role) {
			return nil, fmt.Errorf("the frame entry %q is not of the form A:place|place", field)
		}
		out = append(out, slot{role: role[0], places: strings.Split(places, "|")})
	}
	return out, nil
}

func (l *words) readSupport(*onto.Ontology) error {
	return eachRow("event_support", []string{"verbs", "actor"}, func(c []string) error {
		for _, v := range strings.Fields(c[0]) {
			l.support[v] = c[1]
		}
		return nil
	})
}

var effectNames = []string{"negative", "possible", "obligation", "conditional", "future", "hypothetical", "scheduled", "transparent", "report", "claim"}

func (l *words) readScope(*onto.Ontology) error {
	return eachRow("event_scope", []string{"id", "words", "kinds", "effect"}, func(c []string) error {
		if !slices.Contains(effectNames, c[3]) {
			return fmt.Errorf("there is no effect %q", c[3])
		}
		kinds := strings.Fields(c[2])
		for _, w := range strings.Fields(c[1]) {
			w = strings.ReplaceAll(w, "_", " ")
			if slices.Contains(kinds, "mod") {
				l.adverbs[w] = c[3]
			}
			l.effects[w] = append(l.effects[w], effect{id: c[0], does: c[3], kinds: kinds})
		}
		return nil
	})
}

func (l *words) readContexts(o *onto.Ontology) error {
	return eachRow("event_contexts", []string{"context", "words"}, func(c []string) error {
		if !o.IsContext(c[0]) {
			return fmt.Errorf("there is no context %q", c[0])
		}
		for _, w := range strings.Fields(c[1]) {
			l.contexts[w] = append(l.contexts[w], c[0])
		}
		return nil
	})
}

// effect is what the word does to a complement of a kind, or "".
func (l *words) effect(word, kind string) string {
	for _, e := range l.effects[word] {
		if slices.Contains(e.kinds, kind) {
			return e.does
		}
	}
	return ""
}

func (l *words) readForms(*onto.Ontology) error {
	return eachRow("event_forms", []string{"form", "lemma"}, func(c []string) error {
		l.irregular[c[0]] = c[1]
		return nil
	})
}
