package entity

import "annals/internal/model"

// What a name is differs with the kind of text: an encyclopaedia writes of towns, bands and works, a report of those
// who act and speak, and the annotators of each followed rules of their own. The tagger is told which it reads.

// tellingWords are what reports are full of and encyclopaedias lack: who says so, on which day, and persons who speak.
const tellingWords = "said says told monday tuesday wednesday thursday friday saturday sunday today yesterday mr i we our my you"

const (
	shortestImpersonal = 60  // words; a shorter text does not show what it is
	tellingInThousand  = 3.0 // words of a report
)

// impersonal tells whether a document is told like an encyclopaedia.
func (s *Stage) impersonal(w *scratch) bool {
	if len(w.words) < shortestImpersonal {
		return false
	}
	telling := 0
	for i := range w.words {
		if s.telling[w.words[i].lower] {
			telling++
		}
	}
	return float64(telling*1000) < tellingInThousand*float64(len(w.words))
}

// ofRegister appends again the features whose meaning differs with the kind of text.
func (w *scratch) ofRegister(t int32, before, after *word, out []uint64) []uint64 {
	add := func(template uint32, a uint64) { out = append(out, model.Feature(template, a)) }
	pair := func(template uint32, a, b uint64) { out = append(out, model.Join(model.Feature(template, a), b)) }
	me := &w.words[t]
	add(90, 0)
	add(91, me.lower)
	add(92, me.short)
	add(93, before.lower)
	add(94, after.lower)
	add(95, me.fine)
	add(96, before.coarse)
	add(97, gazetteCode(me))
	add(98, me.place)
	pair(99, before.short, me.short)
	pair(100, me.short, after.short)
	add(101, me.tag)
	if me.outer != noRun {
		r := &w.runs[me.outer]
		pair(102, w.words[r.last-1].lower, r.position(t))
	}
	if me.inner != noRun {
		r := &w.runs[me.inner]
		pair(103, w.words[r.last-1].lower, r.position(t))
		pair(104, w.words[r.last-1].fine, r.position(t))
	}
	return out
}
