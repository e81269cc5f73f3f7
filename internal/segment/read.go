package segment

import (
	"strings"

	"annals/internal/doc"
)

// reader is the state of one reading.
type reader struct {
	doc     *doc.Doc
	text    string
	tables  *tables
	decider Decider

	capitals bool // the block is written in capitals only: case says nothing
	atoms    []atom
	cuts     []cut
	features []uint64
}

// cut is a border inside a chunk where words part.
type cut struct {
	at    int32
	token bool // tokens part too
}

func (r *reader) read() {
	d := r.doc
	d.Sentences, d.Multiwords = nil, nil
	d.Tokens = make([]doc.Token, 0, len(r.text)/5+8)
	paragraph := int32(0)
	for b := range blocks(d) {
		first := int32(len(d.Tokens))
		r.capitals = allCapitals(r.text[b.Start:b.End])
		r.tokens(b.Span)
		if int32(len(d.Tokens)) == first {
			continue
		}
		if len(d.Sentences) > 0 && b.paragraph {
			paragraph++
		}
		r.sentences(first, b, paragraph)
	}
}

// tokens reads the chunks between spaces in s.
func (r *reader) tokens(s doc.Span) {
	text := r.text
	for i := int(s.Start); i < int(s.End); {
		c, size := classAt(text, i)
		if c == space {
			i += size
			continue
		}
		start, plain := i, true
		for i < int(s.End) {
			c, size = classAt(text, i)
			if c == space {
				break
			}
			plain = plain && c == letter
			i += size
		}
		if plain {
			r.surface(int32(start), int32(i), nil)
			continue
		}
		r.chunk(int32(start), int32(i), s)
	}
}

// surface adds one surface token, cut into words at cuts.
func (r *reader) surface(start, end int32, cuts []cut) {
	d := r.doc
	sentence := int32(len(d.Sentences))
	if len(cuts) == 0 {
		if at := r.tables.cutsOf(r.text[start:end]); at != nil {
			first := int32(len(d.Tokens))
			from := start
			for _, a := range at {
				r.word(from, start+a, sentence)
				from = start + a
			}
			r.word(from, end, sentence)
			d.Multiwords = append(d.Multiwords, doc.Multiword{Span: doc.Span{Start: start, End: end}, First: first, Last: int32(len(d.Tokens))})
			return
		}
		r.word(start, end, sentence)
		return
	}
	first := int32(len(d.Tokens))
	from := start
	for _, c := range cuts {
		r.word(from, c.at, sentence)
		from = c.at
	}
	r.word(from, end, sentence)
	d.Multiwords = append(d.Multiwords, doc.Multiword{Span: doc.Span{Start: start, End: end}, First: first, Last: int32(len(d.Tokens))})
}

func (r *reader) word(start, end, sentence int32) {
	r.doc.Tokens = append(r.doc.Tokens, doc.Token{Span: doc.Span{Start: start, End: end}, Form: r.text[start:end], Head: doc.None, Sentence: sentence})
}

// chunk cuts a run without spaces that holds more than letters.
func (r *reader) chunk(start, end int32, block doc.Span) {
	r.atomize(start, end)
	r.cuts = r.cuts[:0]
	v := view{reader: r, start: start, end: end, tokenStart: start, next: r.following(end, block.End)}
	v.look()
	for i := 1; i < len(r.atoms); i++ {
		at, fixed := r.border(i, v.tokenStart)
		if fixed {
			continue
		}
		if i >= 2 && r.dollar(i-1) {
			r.cuts = append(r.cuts, cut{at, true})
			v.tokenStart = at
			continue
		}
		switch r.decider.Decide(Border, at, v.features(i, at)) {
		case splitToken:
			r.cuts = append(r.cuts, cut{at, true})
			v.tokenStart = at
		case splitWord:
			r.cuts = append(r.cuts, cut{at, false})
		}
	}
	from, mark := start, 0
	for i, c := range r.cuts {
		if c.token {
			r.surface(from, c.at, r.cuts[mark:i])
			from, mark = c.at, i+1
		}
	}
	r.surface(from, end, r.cuts[mark:])
}

// atomize fills r.atoms with the runs of [start, end).
func (r *reader) atomize(start, end int32) {
	r.atoms = r.atoms[:0]
	for i := start; i < end; {
		c, size := classAt(r.text, int(i))
		j := i + int32(size)
		for j < end {
			next, nextSize := classAt(r.text, int(j))
			if next != c || c == mark && r.text[j:j+int32(nextSize)] != r.text[i:i+int32(size)] {
				break
			}
			j += int32(nextSize)
		}
		r.atoms = append(r.atoms, atom{i, j, c})
		i = j
	}
}

// border is where atoms i-1 and i may part. The words of "don't" part before the n. The apostrophe of a clitic never
// parts from its letters, the mark of a hashtag or handle from its name, the dollar sign from its country ("C$"), nor the last full stop of a listed
// abbreviation from it when it has an inner one (fixed): there the treebanks disagree, and "U.S." stays whole.
func (r *reader) border(i int, tokenStart int32) (at int32, fixed bool) {
	a := r.atoms
	if i == 1 && a[1].class == letter && a[0].end-a[0].start == 1 && (r.text[a[0].start] == '#' || r.text[a[0].start] == '@') {
		return 0, true
	}
	if i >= 1 && a[i].class == letter && r.apostrophe(i-1) && i >= 2 && a[i-2].class == letter && r.clitic(i) {
		return 0, true
	}
	if r.text[a[i].start:a[i].end] == "." && r.dotted(tokenStart, a[i].start) {
		return 0, true
	}
	if (i == 2 || i == 3) && len(a) > 3 && r.ticker() {
		return 0, true
	}
	if r.dollar(i) {
		return 0, true
	}
	at = a[i].start
	if r.apostrophe(i) && i+1 < len(a) && a[i-1].class == letter && r.negated(i) {
		return at - 1, false
	}
	return at, false
}

// dotted tells whether the text is a listed abbreviation with a full stop inside: "U.S", "p.m".
func (r *reader) dotted(start, end int32) bool {
	token := r.text[start:end]
	return strings.IndexByte(token, '.') > 0 && r.tables.abbreviation(token) != 0
}

// dollar tells whether atom i is the sign of a dollar that the capitals before it name, with a sum behind it: "C$15".
func (r *reader) dollar(i int) bool {
	a := r.atoms
	if r.text[a[i].start:a[i].end] != "$" || i+1 >= len(a) || a[i+1].class != digit || a[i-1].class != letter {
		return false
	}
	country := r.text[a[i-1].start:a[i-1].end]
	return len(country) <= 3 && country == strings.ToUpper(country)
}

// ticker tells whether the chunk opens with a company's code in a bracket, as agencies write it: "(ABC.N)".
func (r *reader) ticker() bool {
	a := r.atoms
	code, market := r.text[a[1].start:a[1].end], r.text[a[3].start:a[3].end]
	return r.text[a[0].start:a[0].end] == "(" && r.text[a[2].start:a[2].end] == "." &&
		(shapeOf(code) == upperWord || shapeOf(code) == capital) && len(market) <= 2 && a[3].class == letter && market == strings.ToUpper(market)
}

// apostrophe tells whether atom i is one apostrophe.
func (r *reader) apostrophe(i int) bool {
	switch r.text[r.atoms[i].start:r.atoms[i].end] {
	case "'", "’", "`", "‘", "´":
		return true
	}
	return false
}

// clitic tells whether atom i is the letters of one: 's, 're, n't …
func (r *reader) clitic(i int) bool {
	var buffer [2]byte
	switch string(lower(buffer[:], r.text[r.atoms[i].start:r.atoms[i].end])) {
	case "s", "re", "ve", "ll", "d", "m":
		return true
	case "t":
		return r.negated(i - 1)
	}
	return false
}

// negated tells whether the apostrophe at atom i is that of n't, after at least one letter.
func (r *reader) negated(i int) bool {
	a := r.atoms
	before, after := r.text[a[i-1].start:a[i-1].end], r.text[a[i+1].start:a[i+1].end]
	if len(before) < 2 || len(after) != 1 || after[0]|0x20 != 't' {
		return false
	}
	return before[len(before)-1]|0x20 == 'n'
}

// following is the chunk after end, without leaving the block.
func (r *reader) following(end, blockEnd int32) string {
	i := int(end)
	for i < int(blockEnd) {
		c, size := classAt(r.text, i)
		if c != space {
			break
		}
		i += size
	}
	j := i
	for j < int(blockEnd) && j < i+24 {
		c, size := classAt(r.text, j)
		if c == space {
			break
		}
		j += size
	}
	return r.text[i:min(j, int(blockEnd))]
}
