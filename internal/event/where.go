package event

import (
	"slices"

	"annals/internal/doc"
)

var placing = []string{"in", "at", "near", "outside", "inside", "across", "around", "throughout", "off", "along", "over", "from", "on", "within", "between", "into", "to", "through", "north of", "south of", "east of", "west of"}

// placeOf puts an event where a literal place name of its clause says, else where its title or dateline does.
func (r *reading) placeOf(c *candidate, e *doc.Event) {
	best, worth := doc.None, 0
	s := r.d.Sentences[e.Sentence]
	for i := range r.d.Toponyms {
		t := &r.d.Toponyms[i]
		if t.First < s.First || t.First >= s.Last || t.Kind != "literal" && t.Kind != "" || r.headlinePlace(t) {
			continue
		}
		if w := r.placed(c, t); w > worth {
			best, worth = int32(i), w
		}
	}
	if best != doc.None {
		e.Toponym, e.PlaceFrom = best, "clause"
		return
	}
	if e.Type == "STATEMENT" || e.Type == "CONSULT" || e.Type == "PROTEST" {
		if at := r.datelinePlace(); at != doc.None && e.Tense != "future" && e.Type == "STATEMENT" {
			e.Toponym, e.PlaceFrom = at, "dateline"
		}
	}
}

func (r *reading) headlinePlace(t *doc.Toponym) bool {
	return r.d.Head.Dateline.Len() > 0 && r.d.Head.Dateline.Contains(t.Span)
}

func (r *reading) datelinePlace() int32 {
	for i := range r.d.Toponyms {
		if r.headlinePlace(&r.d.Toponyms[i]) {
			return int32(i)
		}
	}
	return doc.None
}

// placed rates a place for a candidate: 0 when it lies outside its clause or is no place of happening.
func (r *reading) placed(c *candidate, t *doc.Toponym) int {
	d := r.d
	head := t.First
	for i := t.First; i < t.Last; i++ {
		if h := d.Tokens[i].Head; h < t.First || h >= t.Last {
			head = i
		}
	}
	prep := r.caseOf(head)
	at := slices.Index(placing, prep)
	rate := 0
	switch {
	case at >= 0:
		rate = 30 - at
	case r.is(head, "nmod", "appos", "list", "dep", "flat", "obl"):
		rate = 4 // "Homs, Syria"
	default:
		return 0
	}
	up := d.Tokens[head].Head
	for steps := 0; up != doc.None && steps < 5; steps++ {
		if up == c.token || up == c.verb {
			return max(rate-2*steps, 1)
		}
		if r.anchored[up] != doc.None || r.verbal(up) && !r.is(up, "aux", "cop") {
			return 0
		}
		up = d.Tokens[up].Head
	}
	return 0
}
