package entity

import (
	"strings"

	"annals/internal/doc"
)

// run is a stretch of capitalised words: what a name may be, seen whole. An outer run goes on over the small words
// that tie names together ("Ministry of Health and Welfare"), an inner one does not.
type run struct {
	first, last int32  // tokens, half open
	whole       uint64 // hash of its words in lower case
	gazette     uint32 // the bits of all its words
}

// noRun is the index of words outside runs.
const noRun int32 = -1

// longestTie is how many small words may stand between two parts of a run.
const longestTie = 3

// tyingWords may stand between two parts of a name.
const tyingWords = "of the and for in on & de del la le los las da do dos du des di y e et al el bin bint ben ibn van von der den ter zu " +
	"- – 's ’s ' ’ / ."

// hashes are the hashes of the words of a list.
func hashes(list string) map[uint64]bool {
	out := map[uint64]bool{}
	for form := range strings.FieldsSeq(list) {
		out[hashLower(form)] = true
	}
	return out
}

// findRuns finds the runs of a sentence whose letters tell names from words.
func (s *Stage) findRuns(w *scratch, sentence doc.Sentence, voice uint64) {
	for t := sentence.First; t < sentence.Last; t++ {
		w.words[t].inner, w.words[t].outer = noRun, noRun
	}
	if voice != plainVoice {
		return
	}
	for t := sentence.First; t < sentence.Last; t++ {
		if w.mayName(t) {
			last := s.runEnd(w, t, sentence.Last)
			w.addRun(t, last, true)
			w.innerRuns(t, last)
			t = last - 1
		}
	}
}

// runEnd is where the outer run that begins at token t ends.
func (s *Stage) runEnd(w *scratch, t, end int32) int32 {
	for t+1 < end {
		next := t + 1
		for next < end && next-t <= longestTie && !w.mayName(next) && s.ties[w.words[next].lower] {
			next++
		}
		if next >= end || !w.mayName(next) {
			break
		}
		t = next
	}
	return t + 1
}

// innerRuns adds the inner runs of tokens [first, last).
func (w *scratch) innerRuns(first, last int32) {
	for t := first; t < last; t++ {
		if !w.mayName(t) {
			continue
		}
		end := t
		for end < last && w.mayName(end) {
			end++
		}
		w.addRun(t, end, false)
		t = end
	}
}

// mayName tells whether a token can be the chief part of a name: capitalised, and not merely for opening a sentence.
func (w *scratch) mayName(t int32) bool {
	word := &w.words[t]
	return word.capital && !(word.initial && word.habit == habitLower)
}

func (w *scratch) addRun(first, last int32, outer bool) {
	r := run{first: first, last: last, whole: fnvStart}
	for t := first; t < last; t++ {
		r.whole = (r.whole ^ w.words[t].lower) * fnvPrime
		r.gazette |= w.words[t].gazette
	}
	for t := first; t < last; t++ {
		if outer {
			w.words[t].outer = int32(len(w.runs))
		} else {
			w.words[t].inner = int32(len(w.runs))
		}
	}
	w.runs = append(w.runs, r)
}

// habitLower is the habit of words that are written small inside sentences.
const habitLower = 1

// position tells where in a run a token stands.
func (r *run) position(t int32) uint64 {
	switch {
	case r.last-r.first == 1:
		return 3
	case t == r.first:
		return 0
	case t == r.last-1:
		return 2
	}
	return 1
}

// markNear marks the tokens of a sentence that may be part of a name. The others, common words written small with no
// capital or number beside them, are two words in three, and need no features.
func (s *Stage) markNear(w *scratch, sentence doc.Sentence) {
	last := sentence.First - longestTie - 2 // the last token with a capital or a number
	for t := sentence.First; t < sentence.Last; t++ {
		word := &w.words[t]
		if !word.mark {
			word.near = word.near || word.lower1 && word.fine == 0 // "jihadist": nothing is known of it
			continue
		}
		from := max(t-1, sentence.First)
		if t-last <= longestTie+1 {
			from = last
		}
		for i := max(from, sentence.First); i <= t; i++ {
			w.words[i].near = true
		}
		if t+1 < sentence.Last {
			w.words[t+1].near = true
		}
		if t-2 >= sentence.First && w.words[t-1].lower == s.hyphen { // "ultra - Orthodox"
			w.words[t-2].near = true
		}
		if t+2 < sentence.Last && w.words[t+1].lower == s.hyphen {
			w.words[t+2].near = true
		}
		last = t
	}
}
