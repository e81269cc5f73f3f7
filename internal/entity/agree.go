package entity

import (
	"slices"

	"annals/internal/doc"
)

// A story gives one name to one party: "Toyota" beside "Toyota Motor Corp" is the company all along. The tagger reads
// sentence by sentence, with a glance at the same word elsewhere; here the names that it found are held against each other.

const (
	leastVotes   = 3 // that may overrule a reading
	companyVotes = 8 // of "Toyota Motor Corp" for what "Toyota" is
	surnameVotes = 2 // of "Ana Lugo" for what "Lugo" is
)

// tally counts the types that the tagger gave to one form of a name in a document.
type tally [dateType]int32

// winner is the type that two thirds of enough votes are for.
func (t *tally) winner() (kind string, ok bool) {
	best, total := 0, int32(0)
	for k, n := range t {
		total += n
		if n > t[best] {
			best = k
		}
	}
	return types[best], total >= leastVotes && t[best]*3 >= total*2
}

// agree takes apart what is two names, and gives the readings of a form that stand alone the type of the others.
func (s *Stage) agree(d *doc.Doc, w *scratch) {
	clear(w.forms)
	w.tallies = w.tallies[:0]
	for i := range d.Mentions {
		m := &d.Mentions[i]
		w.vote(m.First, m.Last, m.Type, 1)
		if stem := s.companyStem(w, m); stem > m.First {
			w.vote(m.First, stem, m.Type, companyVotes)
		}
		if m.Type == "PER" && m.Last-m.First > 1 {
			w.vote(m.Last-1, m.Last, m.Type, surnameVotes)
		}
	}
	s.takeApart(d, w)
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if votes := w.votes(m.First, m.Last); votes != nil && party(m.Type) && w.words[m.First].gazette&countries == 0 {
			if kind, ok := votes.winner(); ok && party(kind) {
				m.Type = kind
			}
		}
	}
}

// party tells whether a type is one of those between which a story seldom divides a form. What else a form names, a
// people or a product, it may name beside them.
func party(kind string) bool { return kind == "PER" || kind == "ORG" || kind == "LOC" }

// takeApart makes two names of what the tagger read as one, where "and" ties them and one of them stands alone elsewhere.
func (s *Stage) takeApart(d *doc.Doc, w *scratch) {
	for i := 0; i < len(d.Mentions); i++ {
		m := d.Mentions[i]
		and := s.onlyAnd(w, m.First, m.Last)
		if m.Type == "LOC" || and < 0 || w.words[and].gazette != 0 || !w.words[and+1].capital {
			continue
		}
		left, right := w.votes(m.First, and), w.votes(and+1, m.Last)
		if left == nil {
			left = right
		} else if right == nil {
			right = left
		}
		if left == nil {
			continue
		}
		leftKind, _ := left.winner()
		rightKind, _ := right.winner()
		if leftKind == "NORP" { // "Catholic and Orthodox Union"
			continue
		}
		d.Mentions[i] = nameOf(d, leftKind, m.First, and)
		d.Mentions = slices.Insert(d.Mentions, i+1, nameOf(d, rightKind, and+1, m.Last))
	}
}

// onlyAnd is the "and" within tokens [first, last), None where there are none, several or other words written small.
func (s *Stage) onlyAnd(w *scratch, first, last int32) int32 {
	at := doc.None
	for t := first + 1; t < last-1; t++ {
		switch word := &w.words[t]; {
		case word.lower == s.and && at == doc.None:
			at = t
		case word.lower1:
			return doc.None
		}
	}
	return at
}

// companyStem is the end of what stands before the words that only say that a name is a company's, first where there
// are none or nothing else.
func (s *Stage) companyStem(w *scratch, m *doc.Mention) int32 {
	last := m.Last
	for m.Type == "ORG" && last > m.First && s.companies[w.words[last-1].lower] {
		last--
	}
	if last == m.Last {
		return m.First
	}
	return last
}

func (w *scratch) vote(first, last int32, kind string, votes int32) {
	form := w.formHash(first, last)
	at, ok := w.forms[form]
	if !ok {
		at = int32(len(w.tallies))
		w.forms[form] = at
		w.tallies = append(w.tallies, tally{})
	}
	for k, name := range types[:dateType] {
		if name == kind {
			w.tallies[at][k] += votes
		}
	}
}

// votes are those for a form, nil when it was never seen alone.
func (w *scratch) votes(first, last int32) *tally {
	if at, ok := w.forms[w.formHash(first, last)]; ok {
		return &w.tallies[at]
	}
	return nil
}

// formHash is the hash of tokens in lower case.
func (w *scratch) formHash(first, last int32) uint64 {
	h := uint64(fnvStart)
	for t := first; t < last; t++ {
		h = (h ^ w.words[t].lower) * fnvPrime
	}
	return h
}
