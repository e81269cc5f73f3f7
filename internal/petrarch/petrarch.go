// Package petrarch codes text with the dictionaries of a PETRARCH user: actors with dates, agents, verb patterns,
// discards and issues.
//
// In: dictionary files in the formats of TABARI, PETRARCH and PETRARCH2, read into typed tables (Import), and a
// document with syntax and, where they are there, chains and events. Out: LayerCodings – source, code, target, each
// with the dictionary row it came from. A row that cannot be understood is refused by file and line; the others are
// kept. It changes no other layer, brings no dictionary of its own, and opens no file.
//
// The formats are those of the PETRARCH documentation ("PETRARCH Dictionary Formats") and chapter 5 of the TABARI
// manual; docs/petrarch.md tells how each part is read here.
package petrarch

import (
	"fmt"

	"annals/internal/civil"
)

// Dictionary is everything that was understood in the files of one import.
type Dictionary struct {
	Files    []string    `json:"files"` // base names; a Row refers to them by index
	Actors   []Actor     `json:"actors,omitempty"`
	Agents   []Agent     `json:"agents,omitempty"`
	Synsets  []Synset    `json:"synsets,omitempty"`
	Verbs    []Verb      `json:"verbs,omitempty"`
	Patterns []Pattern   `json:"patterns,omitempty"`
	Retells  []Transform `json:"transformations,omitempty"`
	Discards []Discard   `json:"discards,omitempty"`
	Issues   []Issue     `json:"issues,omitempty"`
}

// Row is where an entry stands.
type Row struct {
	File int32 `json:"file"`
	Line int32 `json:"line"` // from 1
}

// Fault is a row that was refused.
type Fault struct {
	File    string
	Line    int
	Problem string
}

func (f Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Problem) }

// Actor is a phrase with the codes it has in its time.
type Actor struct {
	Phrase string      `json:"phrase"` // upper case, words separated by one space
	Codes  []DatedCode `json:"codes"`
	Row    Row         `json:"row"`
}

// DatedCode is a code with the days on which it holds, both ends included; a zero end is open. A code without days
// is the default: it holds where no dated one does.
type DatedCode struct {
	Code string     `json:"code"`
	From civil.Date `json:"from,omitzero"`
	To   civil.Date `json:"to,omitzero"`
	Row  Row        `json:"row"`
}

// Agent is a word for a role, which adds to the code of the actor beside it.
type Agent struct {
	Phrase string `json:"phrase"`
	Code   string `json:"code"`
	Before bool   `json:"before,omitempty"` // [NGO~]: stands before the actor's code
	Row    Row    `json:"row"`
}

// Synset is a set of phrases that stand for one another in patterns.
type Synset struct {
	Name    string   `json:"name"` // with its ampersand
	Phrases []string `json:"phrases"`
	Row     Row      `json:"row"`
}

// Verb is one form of a verb of a block.
type Verb struct {
	Words []string `json:"words"`
	Head  int      `json:"head,omitempty"` // which of Words is inflected
	Base  bool     `json:"base,omitempty"` // the form that the dictionary names: also met by lemma
	Block int32    `json:"block"`
	Code  Code     `json:"code"`
	Row   Row      `json:"row"`
}

// Code is what a verb or pattern says happened. An empty Forward is the null code: no event.
type Code struct {
	Forward string `json:"forward,omitempty"`
	Reverse string `json:"reverse,omitempty"` // [042:043]: what the target does to the source
}

// Pattern is what must stand around a verb of its block.
type Pattern struct {
	Block    int32     `json:"block"`
	Elements []Element `json:"elements"`
	Verb     int       `json:"verb"` // which element is the verb
	Code     Code      `json:"code"`
	Row      Row       `json:"row"`
}

// ElementKind says what an element of a pattern is met by.
type ElementKind string

// Kinds of elements.
const (
	WordElement     ElementKind = "word"     // a word, by form or lemma
	SynsetElement   ElementKind = "synset"   // any phrase of a synset
	SourceElement   ElementKind = "source"   // $
	TargetElement   ElementKind = "target"   // +
	CompoundElement ElementKind = "compound" // %: actors joined by "and"
	SkipElement     ElementKind = "skip"     // ^: any noun phrase
	VerbElement     ElementKind = "verb"     // *
)

// Element is one part of a pattern.
type Element struct {
	Kind  ElementKind `json:"kind"`
	Text  string      `json:"text,omitempty"`
	Tight bool        `json:"tight,omitempty"` // follows the element before it at once
}

// Transform is a rule "~ a (a b Q) SAY = a b Q": an event told by one of its own sides becomes the event it tells of.
type Transform struct {
	Outer  string    `json:"outer"` // source of the telling: a, b, . (anyone)
	Source string    `json:"source"`
	Target string    `json:"target"`
	Inner  string    `json:"inner"`  // verb of what is told; Q: any
	Verb   string    `json:"verb"`   // of the telling
	Result [3]string `json:"result"` // source, target, verb or code
	Row    Row       `json:"row"`
}

// Discard is a phrase that keeps a sentence, or a whole story, from being coded.
type Discard struct {
	Phrase string `json:"phrase"`
	Story  bool   `json:"story,omitempty"`
	Whole  bool   `json:"whole,omitempty"` // must end with a word
	Row    Row    `json:"row"`
}

// Issue is a phrase that marks what a sentence is about. An empty code means that the phrase is to be passed over.
type Issue struct {
	Category string `json:"category,omitempty"` // "" with an empty code: passed over by every category
	Phrase   string `json:"phrase"`
	Code     string `json:"code,omitempty"`
	Row      Row    `json:"row"`
}

// on is the code of actors that share a phrase on a day: that of the first dated one whose days contain it, else the
// first default. It is "" when there is none or a null code. Without a day only the defaults are known.
func (d *Dictionary) on(day civil.Date, actors []int32) (code string, row Row) {
	for _, i := range actors {
		for _, c := range d.Actors[i].Codes {
			dated := !c.From.IsZero() || !c.To.IsZero()
			if dated && !day.IsZero() && !day.Before(c.From) && (c.To.IsZero() || !c.To.Before(day)) {
				return present(c.Code), c.Row
			}
			if !dated && code == "" {
				code, row = present(c.Code), c.Row
			}
		}
	}
	return code, row
}

// present is "" for the null codes of the dictionaries.
func present(code string) string {
	switch code {
	case "---", "###", "+++", "***":
		return ""
	}
	return code
}

// rule names a row in the output.
func (d *Dictionary) rule(r Row) string {
	return fmt.Sprintf("petrarch:%s:%d", d.Files[r.File], r.Line)
}
