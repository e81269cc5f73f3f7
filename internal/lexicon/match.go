package lexicon

import "annals/internal/doc"

// Hit is a name found in a document, with everything it can stand for.
type Hit struct {
	First, Last int32 // tokens [First, Last)
	Readings    []Reading
}

// Match appends the names among tokens [first, last), leftmost and longest first, none overlapping. Give it a
// whole sentence: a run without any lower-case letter is taken for upper-case text, in which "US" may be "us".
// It allocates only when hits must grow or a name's readings are narrowed by case.
func (l *Lexicon) Match(d *doc.Doc, first, last int32, hits []Hit) []Hit {
	scratch := l.scratch.Get().(*[]part)
	parts := (*scratch)[:0]
	loud := true
	for i := first; i < last; i++ {
		form := d.Tokens[i].Form
		loud = loud && !hasLower(form)
		before := len(parts)
		parts = appendParts(parts, form, i)
		if len(parts) == before && !joins(form) {
			parts = append(parts, part{token: i, first: true, last: true})
		}
	}
	for i := 0; i < len(parts); {
		n, readings := l.longest(parts[i:], loud)
		if n == 0 {
			i++
			continue
		}
		hits = append(hits, Hit{parts[i].token, parts[i+n-1].token + 1, readings})
		i += n
	}
	*scratch = parts
	l.scratch.Put(scratch)
	return hits
}

// Lookup is all readings of a name on its own, written as in a text.
func (l *Lexicon) Lookup(name string) []Reading {
	parts := nameParts(nil, name)
	n, readings := l.longest(parts, false)
	if n < len(parts) {
		return nil
	}
	return readings
}

// joins tells whether a token without letters may stand inside a name: the hyphens of "al-Ahram", the apostrophe of "Workers' Party".
func joins(form string) bool {
	switch form {
	case "-", "‐", "‑", "–", "'", "’":
		return true
	}
	return false
}

func hasLower(form string) bool {
	for i := 0; i < len(form); i++ {
		if c := form[i]; 'a' <= c && c <= 'z' {
			return true
		}
	}
	return false
}

// longest finds the longest name at the start of parts: its length in parts and its readings, 0 for none.
func (l *Lexicon) longest(parts []part, loud bool) (length int, readings []Reading) {
	if len(parts) == 0 || !parts[0].first {
		return 0, nil
	}
	state := rootState
	var capital, upper uint32
	for i := 0; i < len(parts) && i < 32 && parts[i].hash != 0; i++ {
		p := &parts[i]
		state = step(state, p.hash)
		value, ok := l.names.find(state)
		if !ok {
			break
		}
		if p.capital {
			capital |= 1 << i
		}
		if p.upper && (p.dotted || !loud || !l.commonWord(p.hash)) {
			upper |= 1 << i
		}
		if value < 0 || !p.last {
			continue
		}
		if fit := fitting(l.names.entry(value), capital, upper); len(fit) > 0 {
			length, readings = i+1, fit
		}
	}
	return length, readings
}

// fitting are the readings whose capitals the text has.
func fitting(readings []Reading, capital, upper uint32) []Reading {
	fits := func(r *Reading) bool { return r.capital&^capital == 0 && r.upper&^upper == 0 }
	for i := range readings {
		if fits(&readings[i]) {
			continue
		}
		kept := append([]Reading(nil), readings[:i]...)
		for j := i + 1; j < len(readings); j++ {
			if fits(&readings[j]) {
				kept = append(kept, readings[j])
			}
		}
		return kept
	}
	return readings
}

// everyday are acronyms that read as everyday words once all letters are capitals: "US" in "TOLD US".
var everyday = [...]string{"us", "who", "is", "it", "aid", "car", "pan", "arm", "ice"}

// commonWord tells whether a part is one of them.
func (l *Lexicon) commonWord(hash uint64) bool {
	for _, h := range l.everyday {
		if h == hash {
			return true
		}
	}
	return false
}
