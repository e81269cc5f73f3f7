package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// longest is the greatest number of tokens in a sentence: later stages are then linear in the length of a text.
const longest = 1000

// sentences cuts the tokens from first on, which fill block b, into sentences.
func (r *reader) sentences(first int32, b block, paragraph int32) {
	d := r.doc
	g := gap{reader: r, start: first}
	multiword := len(d.Multiwords)
	for multiword > 0 && d.Multiwords[multiword-1].First >= first {
		multiword--
	}
	last := int32(len(d.Tokens))
	for t := first; t+1 < last; t++ {
		for multiword < len(d.Multiwords) && d.Multiwords[multiword].Last <= t+1 {
			multiword++
		}
		if multiword < len(d.Multiwords) && d.Multiwords[multiword].First <= t && t+1 < d.Multiwords[multiword].Last {
			continue
		}
		g.pass(t)
		if t+1-g.start >= longest {
			cut := g.weakest(t)
			r.sentence(g.start, cut, b.kind, paragraph)
			g.begin(cut)
			continue
		}
		if !mayEnd(d.Tokens[t].Form) || b.kind != doc.InDateline && inside(d.Head.Dateline, d.Tokens[t].Span) {
			continue
		}
		if g.dayFollows(t, last) {
			continue
		}
		if g.quotationEnds(t, last) || r.decider.Decide(Sentence, d.Tokens[t].End, g.features(t, last)) == 1 {
			r.sentence(g.start, t+1, b.kind, paragraph)
			g.begin(t + 1)
		}
	}
	r.sentence(g.start, last, b.kind, paragraph)
}

func (r *reader) sentence(first, last int32, kind doc.SentenceKind, paragraph int32) {
	d := r.doc
	index := int32(len(d.Sentences))
	for t := first; t < last; t++ {
		d.Tokens[t].Sentence = index
	}
	d.Sentences = append(d.Sentences, doc.Sentence{Span: d.TokenSpan(first, last), First: first, Last: last, Paragraph: paragraph, Kind: kind})
}

// inside tells whether the token is part of the dateline, which opens a sentence and so never ends one.
func inside(dateline, token doc.Span) bool { return dateline.Contains(token) }

// mayEnd tells whether a sentence can end after the word: only after one that is not all letters.
func mayEnd(form string) bool {
	c := form[len(form)-1]
	if c < utf8.RuneSelf {
		return ascii[c] == mark
	}
	last, _ := utf8.DecodeLastRuneInString(form)
	return !unicode.IsLetter(last)
}

// gap is the place between two tokens where a sentence may end, with what the sentence has held so far.
type gap struct {
	reader   *reader
	start    int32 // first token of the sentence
	brackets int32
	quotes   int32 // open double quotation marks
}

func (g *gap) begin(t int32) { g.start, g.brackets, g.quotes = t, 0, 0 }

// pass takes note of token t.
func (g *gap) pass(t int32) {
	switch g.reader.doc.Tokens[t].Form {
	case "(", "[", "{":
		g.brackets++
	case ")", "]", "}":
		g.brackets = max(0, g.brackets-1)
	case "“", "``", "«":
		g.quotes++
	case "”", "''", "»":
		g.quotes = max(0, g.quotes-1)
	case "\"":
		g.quotes = 1 - min(g.quotes, 1)
	}
}

// weakest is the best place to cut the tokens [g.start, t] when they are too many for one sentence.
func (g *gap) weakest(t int32) int32 {
	best, at := 0, t+1
	for i := t; i > g.start+longest/2; i-- {
		strength := 0
		switch g.reader.doc.Tokens[i].Form {
		case ".", "!", "?", "...":
			strength = 3
		case ";", ":", "--", "–", "—":
			strength = 2
		case ",":
			strength = 1
		}
		if strength > best {
			best, at = strength, i+1
		}
	}
	return at
}

// word is the token at i, or "" outside [g.start, last).
func (g *gap) word(i, first, last int32) string {
	if i < first || i >= last {
		return ""
	}
	return g.reader.doc.Tokens[i].Form
}

// dayFollows tells whether the gap after token t lies between a time of day and its day, "10 p.m. Wednesday", which both
// look like the end of a sentence and the beginning of another.
func (g *gap) dayFollows(t, last int32) bool {
	switch g.reader.doc.Tokens[t].Form {
	case "a.m.", "p.m.", "A.M.", "P.M.":
	default:
		return false
	}
	switch g.word(t+1, g.start, last) {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
	default:
		return false
	}
	switch g.word(t+2, g.start, last) {
	case "is", "was", "will", "would", "has", "had": // "It closed at 5 p.m. Monday was a holiday."
		return false
	}
	return true
}

// quotationEnds tells whether token t closes a quotation that ended with a full stop, and a sentence of the story begins
// behind it: "… the agreement.” Every member objected". Who said it may still follow: that is left open.
func (g *gap) quotationEnds(t, last int32) bool {
	d := g.reader.doc
	switch d.Tokens[t].Form {
	case "”", "''", "\"":
	default:
		return false
	}
	word := g.word(t-2, g.start, last)
	if g.quotes > 0 || g.word(t-1, g.start, last) != "." || len(word) < 2 || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLower(r) }) || t+1 >= last {
		return false
	}
	next := d.Tokens[t+1]
	first, _ := utf8.DecodeRuneInString(next.Form)
	if !unicode.IsUpper(first) || spaceBetween(g.reader.text, d.Tokens[t].End, next.Start) == 0 {
		return false
	}
	for i := t + 2; i <= t+5 && i < last; i++ {
		if saying[d.Tokens[i].Form] {
			return false
		}
	}
	return true
}

// saying are the verbs by which a speaker may follow his words.
var saying = map[string]bool{"said": true, "says": true, "told": true, "added": true, "asked": true, "wrote": true, "tweeted": true}

// features describes the gap after token t of a block that ends before token last.
func (g *gap) features(t, last int32) []uint64 {
	r := g.reader
	d := r.doc
	left, left2, left3 := g.word(t, g.start, last), g.word(t-1, g.start, last), g.word(t-2, g.start, last)
	right, right2 := g.word(t+1, g.start, last), g.word(t+2, g.start, last)
	k, k2, k3, m, m2 := kindOf(left), kindOf(left2), kindOf(left3), kindOf(right), kindOf(right2)
	if r.capitals {
		k, k2, k3, m, m2 = noCase(k), noCase(k2), noCase(k3), noCase(m), noCase(m2)
	}
	blank := spaceBetween(r.text, d.Tokens[t].End, d.Tokens[t+1].Start)
	leftBlank := uint64(0)
	if t > g.start {
		leftBlank = spaceBetween(r.text, d.Tokens[t-1].End, d.Tokens[t].Start)
	}
	open := uint64(min(g.brackets, 1)) + 2*uint64(min(g.quotes, 1))
	length := uint64(lengthClass(t + 1 - g.start))
	rest := uint64(lengthClass(last - t - 1))
	kind := uint64(0)
	if strings.HasSuffix(left, ".") && len(left) > 1 {
		kind = 100 + r.tables.abbreviation(left[:len(left)-1])
	}
	opens := listed(r.tables.openers, right)
	if opens == 0 && m >= 100 { // the word behind a quotation mark or bracket
		opens = 2 + listed(r.tables.openers, right2)
	}

	f := adder{features: r.features[:0], task: 100}
	f.add(0, k, m, blank)
	f.add(1, k, open, blank, m)
	f.add(2, k, k2, m)
	f.add(3, k, k2, m, blank, leftBlank)
	f.add(4, k, m, m2, blank)
	f.add(5, kind, m, opens)
	f.add(6, k, length, m)
	f.add(7, k, rest, m)
	f.add(8, k, length, rest)
	f.add(9, k, k2, k3, m)
	f.add(10, k, k2, open, m, blank)
	f.add(11, k, m, opens, blank)
	f.add(12, k, uint64(min(len(left2), 6)), k2, m)
	f.add(13, k2, k, open, opens, m)

	l, l2, l3, h, h2 := hashLower(left), hashLower(left2), hashLower(left3), hashLower(right), hashLower(right2)
	f.add(20, l, m, blank)
	f.add(21, l, l2, m)
	f.add(22, l, h)
	f.add(23, kind, h)
	f.add(24, l, l2, l3)
	f.add(25, l, h, h2)
	f.add(26, k, l2, m)
	f.add(27, k, h, blank)
	f.add(28, l, l2, h)
	f.add(29, l, hashLower(g.word(g.start, g.start, last)), m)
	f.add(30, k, k2, h)
	r.features = f.features
	return f.features
}

// spaceBetween is the kind of what lies between two tokens.
func spaceBetween(text string, from, to int32) uint64 {
	switch {
	case from >= to:
		return 0
	case strings.IndexByte(text[from:to], '\n') >= 0:
		return 3
	case to-from > 1:
		return 2
	}
	return 1
}

// lengthClass is a number of tokens, coarsely.
func lengthClass(n int32) int32 {
	switch {
	case n < 6:
		return n
	case n < 12:
		return 6
	case n < 25:
		return 7
	case n < 50:
		return 8
	}
	return 9
}
