// Package onto is the vocabulary of political events: the types, modes and contexts of PLOVER 2.0 with their
// quad classes and scores, the sectors of actors, and the codes of CAMEO with the way from one to the other.
//
// In: the tables onto_*.tsv. Out: read-only lookups over them. It judges no text.
// Sources: PLOVER manual, draft 2.0 of 2024-02-04, and CAMEO2PLOVER of 2021 (Open Event Data Alliance, CC BY-SA 4.0).
package onto

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annals/data"
)

// Statement is the type of plain speech acts, which PLOVER does not code.
const Statement = "STATEMENT"

// Type is an event type.
type Type struct {
	Code           string
	Quad           int     // 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, 0 none
	Score          float64 // −10 … +10, hostile to friendly
	NeedsRecipient bool
	Gloss          string
	Modes          []Mode
}

// Mode is the way in which an event of a type is carried out.
type Mode struct {
	Code  string
	Score float64
}

// Context is a field of politics that an event belongs to.
type Context struct{ Code, Gloss string }

// Sector is what an actor is: GOV, MIL, REB …; NonState ones stand in the place of a country (IGO, NGO …).
type Sector struct {
	Code, Gloss string
	NonState    bool
}

// Code is a CAMEO code with its reading in PLOVER.
type Code struct {
	Code     string // text: "010" is not "10"
	Name     string
	Type     string
	Mode     string
	Contexts []string
	Note     string
}

// Ontology holds the tables. It is safe for concurrent use.
type Ontology struct {
	Types    []Type // in the manual's order, STATEMENT last
	Contexts []Context
	Sectors  []Sector
	Codes    []Code // in the order of the codes

	types map[string]int
	codes map[string]int
}

// Load reads the tables that are built in. It fails only when a table contradicts itself.
func Load() (*Ontology, error) {
	o := &Ontology{types: make(map[string]int), codes: make(map[string]int)}
	for _, read := range []func() error{o.readTypes, o.readModes, o.readContexts, o.readSectors, o.readCodes} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *Ontology) readTypes() error {
	return data.Rows("onto_types", []string{"code", "quad", "score", "recipient", "gloss"}, func(c []string) error {
		quad, err := strconv.Atoi(c[1])
		if err != nil {
			return fmt.Errorf("the quad class %q is not a number", c[1])
		}
		score, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			return fmt.Errorf("the score %q is not a number", c[2])
		}
		o.types[c[0]] = len(o.Types)
		o.Types = append(o.Types, Type{Code: c[0], Quad: quad, Score: score, NeedsRecipient: c[3] == "required", Gloss: c[4]})
		return nil
	})
}

func (o *Ontology) readModes() error {
	return data.Rows("onto_modes", []string{"type", "mode", "score"}, func(c []string) error {
		at, ok := o.types[c[0]]
		if !ok {
			return fmt.Errorf("there is no type %q", c[0])
		}
		score := o.Types[at].Score
		if c[2] != "" {
			var err error
			if score, err = strconv.ParseFloat(c[2], 64); err != nil {
				return fmt.Errorf("the score %q is not a number", c[2])
			}
		}
		o.Types[at].Modes = append(o.Types[at].Modes, Mode{Code: c[1], Score: score})
		return nil
	})
}

func (o *Ontology) readContexts() error {
	return data.Rows("onto_contexts", []string{"code", "gloss"}, func(c []string) error {
		o.Contexts = append(o.Contexts, Context{Code: c[0], Gloss: c[1]})
		return nil
	})
}

func (o *Ontology) readSectors() error {
	return data.Rows("onto_sectors", []string{"code", "kind", "gloss"}, func(c []string) error {
		o.Sectors = append(o.Sectors, Sector{Code: c[0], NonState: c[1] == "nonstate", Gloss: c[2]})
		return nil
	})
}

func (o *Ontology) readCodes() error {
	return data.Rows("onto_cameo", []string{"code", "type", "mode", "contexts", "name", "note"}, func(c []string) error {
		code := Code{Code: c[0], Type: c[1], Mode: c[2], Contexts: data.List(c[3]), Name: c[4], Note: c[5]}
		if err := o.Check(code.Type, code.Mode, code.Contexts); err != nil {
			return err
		}
		if _, taken := o.codes[code.Code]; taken {
			return fmt.Errorf("the code %s is there twice", code.Code)
		}
		o.codes[code.Code] = len(o.Codes)
		o.Codes = append(o.Codes, code)
		return nil
	})
}

// Check tells what is wrong with a combination of type, mode ("" for none) and contexts, or nil.
func (o *Ontology) Check(typ, mode string, contexts []string) error {
	t, ok := o.Type(typ)
	if !ok {
		return fmt.Errorf("there is no event type %q", typ)
	}
	if mode != "" && !slices.ContainsFunc(t.Modes, func(m Mode) bool { return m.Code == mode }) {
		return fmt.Errorf("%s has no mode %q", typ, mode)
	}
	for _, c := range contexts {
		if !o.IsContext(c) {
			return fmt.Errorf("there is no context %q", c)
		}
	}
	return nil
}

// Type finds an event type.
func (o *Ontology) Type(code string) (Type, bool) {
	i, ok := o.types[code]
	if !ok {
		return Type{}, false
	}
	return o.Types[i], true
}

// IsContext tells whether there is such a context.
func (o *Ontology) IsContext(code string) bool {
	return slices.ContainsFunc(o.Contexts, func(c Context) bool { return c.Code == code })
}

// IsSector tells whether there is such a sector or non-state code.
func (o *Ontology) IsSector(code string) bool {
	return slices.ContainsFunc(o.Sectors, func(s Sector) bool { return s.Code == code })
}

// Quad is the quad class of a type, 0 for STATEMENT and unknown ones.
func (o *Ontology) Quad(typ string) int {
	t, _ := o.Type(typ)
	return t.Quad
}

// Score is the score of a mode, or of its type when the mode is "" or has none.
func (o *Ontology) Score(typ, mode string) float64 {
	t, _ := o.Type(typ)
	for _, m := range t.Modes {
		if m.Code == mode {
			return m.Score
		}
	}
	return t.Score
}

// CAMEO finds a CAMEO code.
func (o *Ontology) CAMEO(code string) (Code, bool) {
	i, ok := o.codes[code]
	if !ok {
		return Code{}, false
	}
	return o.Codes[i], true
}

// FromCAMEO reads a CAMEO code in PLOVER's terms. A code that is not listed is read as its nearest listed prefix.
func (o *Ontology) FromCAMEO(code string) (typ, mode string, contexts []string, ok bool) {
	for len(code) >= 2 {
		if c, found := o.CAMEO(code); found {
			return c.Type, c.Mode, c.Contexts, true
		}
		if c, found := o.CAMEO(code + "0"); found && len(code) == 2 {
			return c.Type, c.Mode, c.Contexts, true
		}
		code = code[:len(code)-1]
	}
	return "", "", nil, false
}

// Nearest is the CAMEO code that says most of what type, mode and contexts say and least beside it: the same type,
// then the mode, then shared contexts; "" for an unknown type. Appeals (02x) are never chosen: PLOVER's REQUEST is 10x.
func (o *Ontology) Nearest(typ, mode string, contexts []string) string {
	best, worth := "", -1<<30
	for _, c := range o.Codes {
		if c.Type != typ || strings.HasPrefix(c.Code, "02") {
			continue
		}
		w := -len(c.Code)
		switch {
		case c.Mode == mode:
			w += 40
		case c.Mode != "":
			w -= 40
		}
		for _, has := range c.Contexts {
			if slices.Contains(contexts, has) {
				w += 8
			} else {
				w -= 6
			}
		}
		if w > worth {
			best, worth = c.Code, w
		}
	}
	return best
}
