package petrarch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The head of the file that an import writes.
const (
	format  = "annals dictionary"
	version = 1
)

// envelope is the JSON form of a dictionary.
type envelope struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	*Dictionary
}

// Encode writes a dictionary as JSON, the same bytes for the same tables.
func (d *Dictionary) Encode() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(envelope{format, version, d}); err != nil {
		return nil, fmt.Errorf("writing the dictionary: %w", err)
	}
	return out.Bytes(), nil
}

// Decode reads what Encode wrote and checks that every reference in it points somewhere.
func Decode(data []byte) (*Dictionary, error) {
	e := envelope{Dictionary: &Dictionary{}}
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("reading the dictionary: this is not a file that annals dict import wrote (%w)", err)
	}
	switch {
	case e.Format != format || e.Dictionary == nil:
		return nil, fmt.Errorf("reading the dictionary: this is not a file that annals dict import wrote; import the dictionary files first")
	case e.Version != version:
		return nil, fmt.Errorf("reading the dictionary: it has version %d, and this program reads version %d; import the dictionary files again", e.Version, version)
	}
	if err := e.check(); err != nil {
		return nil, fmt.Errorf("reading the dictionary: %w", err)
	}
	return e.Dictionary, nil
}

// check verifies the references between the tables.
func (d *Dictionary) check() error {
	row := func(what string, r Row) error {
		if r.File < 0 || int(r.File) >= len(d.Files) {
			return fmt.Errorf("%s refers to file %d of %d; import the dictionary files again", what, r.File, len(d.Files))
		}
		return nil
	}
	sets := map[string]bool{}
	for i := range d.Synsets {
		sets[d.Synsets[i].Name] = true
	}
	for i := range d.Actors {
		if err := row("an actor", d.Actors[i].Row); err != nil {
			return err
		}
		for _, c := range d.Actors[i].Codes {
			if err := row("a code", c.Row); err != nil {
				return err
			}
		}
	}
	for i := range d.Agents {
		if err := row("an agent", d.Agents[i].Row); err != nil {
			return err
		}
	}
	for i := range d.Verbs {
		v := &d.Verbs[i]
		if v.Head < 0 || v.Head >= len(v.Words) || v.Block < 0 {
			return fmt.Errorf("the verb %v has no word %d; import the dictionary files again", v.Words, v.Head)
		}
		if err := row("a verb", v.Row); err != nil {
			return err
		}
	}
	for i := range d.Patterns {
		if err := d.checkPattern(&d.Patterns[i], sets); err != nil {
			return err
		}
		if err := row("a pattern", d.Patterns[i].Row); err != nil {
			return err
		}
	}
	for i := range d.Retells {
		if err := row("a transformation", d.Retells[i].Row); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dictionary) checkPattern(p *Pattern, sets map[string]bool) error {
	if p.Verb < 0 || p.Verb >= len(p.Elements) || p.Elements[p.Verb].Kind != VerbElement {
		return fmt.Errorf("the pattern %s has no verb; import the dictionary files again", p)
	}
	for _, e := range p.Elements {
		if e.Kind == SynsetElement && !sets[e.Text] {
			return fmt.Errorf("the pattern %s uses the unknown synonym set %s; import the dictionary files again", p, e.Text)
		}
	}
	return nil
}

// String is the pattern in the notation of the dictionaries, without its code.
func (p *Pattern) String() string {
	var out strings.Builder
	for i, e := range p.Elements {
		switch {
		case i == 0:
		case e.Tight:
			out.WriteByte('_')
		default:
			out.WriteByte(' ')
		}
		out.WriteString(e.sign())
	}
	return out.String()
}

func (e *Element) sign() string {
	switch e.Kind {
	case SourceElement:
		return "$"
	case TargetElement:
		return "+"
	case CompoundElement:
		return "%"
	case SkipElement:
		return "^"
	case VerbElement:
		return "*"
	}
	return e.Text
}
