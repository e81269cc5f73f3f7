package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
	"annals/internal/model"
)

// Text is a document made ready for the tagger and the linker: quotations, and what features ask of every token.
type Text struct {
	reader
	atoms []atom
}

// atom is what the features ask of one token.
type atom struct {
	word, lemma, tag, relation, shape, suffix uint64
	cue                                       uint64 // the act of its row in the cue table, 0 for none
	frame                                     uint64 // which complements it has
	above, branch                             int32  // nearest token of the cue table above it, and the token below that on the way
	depth                                     int8   // arcs from it to above
	left, right                               int32  // nearest tokens of the cue table in the sentence
	mark                                      uint8  // quotation state: see markState
	first, last                               bool   // in the sentence
}

// Quotation states of a token.
const (
	outside uint8 = iota
	opening
	inside
	closing
	beforeOpening
	afterClosing
)

// Prepare reads the quotation marks of a document and readies it for the tagger. It sets d.Quotes.
func (s *Stage) Prepare(d *doc.Doc) *Text {
	d.Quotes = readMarks(d)
	markSpeech(d, d.Quotes)
	x := &Text{reader: reader{doc: d, cues: s.cues, media: s.media, extent: extents(d)}}
	x.quote = quoteStates(d, d.Quotes, nil)
	x.readAtoms()
	return x
}

func (x *Text) readAtoms() {
	d := x.doc
	x.atoms = make([]atom, len(d.Tokens))
	for i := range d.Tokens {
		t, a := &d.Tokens[i], &x.atoms[i]
		lower := strings.ToLower(t.Form)
		lemma := lemmaOf(t)
		a.word, a.lemma = model.HashString(lower), model.HashString(lemma)
		a.tag, a.relation = model.HashString(t.XPOS), model.HashString(t.Deprel)
		a.shape, a.suffix = shape(t.Form), model.HashString(lower[max(0, len(lower)-3):])
		a.mark = x.markState(int32(i))
		a.left, a.right, a.above, a.branch = doc.None, doc.None, doc.None, doc.None
		if t.UPOS == "VERB" || t.UPOS == "NOUN" || t.UPOS == "ADV" || lower == "according" {
			if rows := x.cues.byLemma[lemma]; len(rows) > 0 {
				a.cue = model.HashString(rows[0].Act)
			} else if lower == "according" {
				a.cue = model.HashString(lower)
			}
		}
	}
	for _, s := range d.Sentences {
		x.sentenceAtoms(s)
	}
}

func (x *Text) sentenceAtoms(s doc.Sentence) {
	if s.First >= s.Last {
		return
	}
	x.atoms[s.First].first, x.atoms[s.Last-1].last = true, true
	near := doc.None
	for t := s.First; t < s.Last; t++ {
		x.atoms[t].left = near
		if x.atoms[t].cue != 0 {
			near = t
		}
		x.atoms[t].frame = x.complements(t)
	}
	near = doc.None
	for t := s.Last - 1; t >= s.First; t-- {
		x.atoms[t].right = near
		if x.atoms[t].cue != 0 {
			near = t
		}
		if x.doc.Tokens[t].Head == doc.None {
			x.descend(t)
		}
	}
}

// descend hands down, from the root, the nearest token of the cue table above each token.
func (x *Text) descend(root int32) {
	queue := []int32{root}
	for len(queue) > 0 {
		h := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, c := range x.doc.Children(h) {
			a := &x.atoms[c]
			if x.atoms[h].cue != 0 {
				a.above, a.branch, a.depth = h, c, 1
			} else {
				a.above, a.branch, a.depth = x.atoms[h].above, x.atoms[h].branch, min(x.atoms[h].depth+1, 100)
			}
			queue = append(queue, c)
		}
	}
}

// complements folds the relations of a token's dependents that say what kind of predicate it is.
func (x *Text) complements(t int32) uint64 {
	var set uint64
	for _, c := range x.doc.Children(t) {
		var bit uint64
		switch r := x.doc.Tokens[c].Deprel; {
		case r == "ccomp":
			bit = 0
		case r == "xcomp":
			bit = 1
		case strings.HasPrefix(r, "parataxis"):
			bit = 2
		case r == "nsubj":
			bit = 3
		case r == "nsubj:pass":
			bit = 4
		case r == "obj":
			bit = 5
		case r == "mark":
			bit = 6
		case strings.HasPrefix(r, "advcl"):
			bit = 7
		case r == "iobj":
			bit = 8
		case strings.HasPrefix(r, "obl"):
			bit = 9
		case r == "cop":
			bit = 10
		default:
			continue
		}
		set |= 1 << bit
	}
	return set
}

func (x *Text) markState(t int32) uint8 {
	d := x.doc
	q := x.quote[t]
	if q == doc.None {
		switch {
		case t > 0 && x.quote[t-1] != doc.None:
			return afterClosing
		case int(t)+1 < len(x.quote) && x.quote[t+1] != doc.None:
			return beforeOpening
		}
		return outside
	}
	switch {
	case d.Tokens[t].Start == d.Quotes[q].Start:
		return opening
	case d.Tokens[t].End == d.Quotes[q].End:
		return closing
	}
	return inside
}

// shape is the pattern of a form: X for capitals, x for small letters, 9 for digits, runs folded.
func shape(form string) uint64 {
	var out [12]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(form) && n < len(out); {
		r, size := rune(form[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(form[i:])
		}
		i += size
		c := byte('.')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '9'
		case r < utf8.RuneSelf:
			c = byte(r)
		}
		if c != last {
			out[n] = c
			n++
		}
		last = c
	}
	return model.HashString(string(out[:n]))
}
