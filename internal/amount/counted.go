package amount

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// excluded tells numbers that are no quantities: dates and clock times, names ("Resolution 1973", "F-16", "A330"),
// scores, list numbers, and "one" as a pronoun.
func (r *reader) excluded(f *figure) bool {
	if r.inDate(r.bare(f)) {
		return true
	}
	if f.vague != nil || f.fraction || f.currency >= 0 {
		return false
	}
	i := f.first
	for i < f.last && !r.is(i, numeral.Cardinal) {
		i++
	}
	if i == f.last {
		return false
	}
	return r.isName(f, i) || r.isPronoun(f, i)
}

// inDate tells whether a span lies in a time expression that is neither a duration nor a count of units ("two years
// later" counts years).
func (r *reader) inDate(span doc.Span) bool {
	times := r.doc.Timexes
	for r.timex < len(times) && times[r.timex].End <= span.Start {
		r.timex++
	}
	for k := r.timex; k < len(times) && times[k].Start < span.End; k++ {
		t := &times[k]
		switch {
		case !t.Overlaps(span):
		case t.Rule == "duration-adj" && t.Type == "DURATION" && t.Grain != "": // "a five-year plan"
			return r.doc.Text[span.End] == '-'
		case t.Type == "DURATION":
		case t.Type == "SET" && t.Span.Contains(span) && strings.HasPrefix(t.Value, "P"),
			strings.HasPrefix(t.Rule, "ago"), strings.HasPrefix(t.Rule, "earlier"), strings.HasPrefix(t.Rule, "later"):
		default:
			return t.Start <= span.Start || t.End >= span.End
		}
	}
	return false
}

// yearOf is the year of the time expression of the sentence that stands nearest to a span, when it lies in one year; 0
// when there is none.
func (r *reader) yearOf(span doc.Span, sentence int32) int16 {
	s := &r.doc.Sentences[sentence]
	best, year := int32(1<<30), int16(0)
	for k := range r.doc.Timexes {
		t := &r.doc.Timexes[k]
		if t.First < s.First || t.First >= s.Last || t.Type == "DURATION" || t.Interval.From.IsZero() || t.Interval.From.Year != t.Interval.To.Year {
			continue
		}
		if gap := max(t.Start-span.End, span.Start-t.End); gap < best {
			best, year = gap, t.Interval.From.Year
		}
	}
	return year
}

// bare is the span of the number alone.
func (r *reader) bare(f *figure) doc.Span {
	for i := f.first; i < f.last; i++ {
		if r.is(i, numeral.Cardinal) {
			return r.items[i].Span
		}
	}
	return doc.Span{Start: r.items[f.first].Start, End: r.items[f.last-1].End}
}

// idNouns are words whose number is a name: "category 4", "Unit 3".
var idNouns = wordsOf("category number section chapter page act article phase level stage room channel route highway grade class unit step version round game lot gate flight resolution block bus line platform apollo windows model mark area zone sector district ward decree law order case chapter verse psalm episode season volume issue series group formula type gen generation no nos interstate")

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// isName tells whether a number belongs to a name.
func (r *reader) isName(f *figure, i int) bool {
	item := &r.items[i]
	if item.Glued && i > 0 {
		switch before := &r.items[i-1]; {
		case before.Kind != numeral.Mark: // "A330", "10X5"
			return before.End == item.Start
		case before.Mark == '-' && before.Glued && i > 1 && r.is(i-2, numeral.Word) && item.Figures:
			name := r.name(i - 2)
			return name != "minus" && name != "to" && upper(r.doc.Text[r.items[i-2].Start])
		case before.Mark == '#', before.Mark == '/' && before.Glued, before.Mark == '.', before.Mark == ':' && before.Glued:
			return true
		}
	}
	if f.last < len(r.items) {
		if next := &r.items[f.last]; next.Glued && next.Kind == numeral.Word && f.last == i+1 && item.Figures && f.measure < 0 && next.Start == item.End {
			return true // "10X", "5G"
		}
		if r.isMark(f.last, ':') && r.items[f.last].Glued || r.isMark(f.last, '/') && r.items[f.last].Glued && f.measure < 0 {
			return true
		}
	}
	if f.measure >= 0 || !item.Figures || i == 0 || f.ranged && item.Scaled {
		return false
	}
	before := &r.items[i-1]
	if f.first == i && before.Kind == numeral.Word && idNouns[strings.ToLower(r.text(i-1))] {
		return true
	}
	if f.first == i && before.Kind == numeral.Word && camel(r.text(i-1)) {
		return true
	}
	if r.isAge(f, i) {
		return true
	}
	if before.Mark == '-' && before.Kind == numeral.Mark && item.Glued && !before.Glued && r.is(i-2, numeral.Word) && upper(r.doc.Text[r.items[i-2].Start]) {
		return true // "COVID -19"
	}
	if f.first < i || before.Kind != numeral.Word || !upper(r.doc.Text[before.Start]) {
		return r.name(i-1) == "no" || i >= 2 && r.isMark(i-1, '.') && r.name(i-2) == "no"
	}
	if !r.parsed {
		return before.Word == 0
	}
	t := r.token(i)
	if (t.Deprel == "nummod" || strings.HasPrefix(t.Deprel, "nummod:")) && t.Head > r.items[i].First {
		return false
	}
	if i == 1 && t.Head != before.First {
		return false
	}
	if i > 1 && !r.allCapitals() && (f.last >= len(r.items) || !r.is(f.last, numeral.Word) || upper(r.doc.Text[r.items[f.last].Start])) {
		return true // "the FTSE 100", "Big 12"
	}
	return (i == 1 || r.token(i-1).UPOS == "PROPN") && (before.Word == 0 || !r.allCapitals())
}

// camel tells whether a word has a capital after a small letter: "iPhone".
func camel(word string) bool {
	for i := 1; i < len(word); i++ {
		if upper(word[i]) && word[i-1] >= 'a' && word[i-1] <= 'z' {
			return true
		}
	}
	return false
}

// isAge tells whether a bare number between commas after a name is an age: "Jane Roe, 25, said".
func (r *reader) isAge(f *figure, i int) bool {
	if f.first != i || r.items[i].Width == 0 || r.items[i].Width > 2 || !r.isMark(i-1, ',') || !r.is(i-2, numeral.Word) {
		return false
	}
	return upper(r.doc.Text[r.items[i-2].Start]) && (f.last >= len(r.items) || r.isMark(f.last, ',') || r.isMark(f.last, ';') || r.isMark(f.last, ')') || r.isMark(f.last, '.'))
}

// allCapitals tells whether the sentence is written in capitals, where a capital marks no name.
func (r *reader) allCapitals() bool {
	if !r.capitalsKnown {
		text := r.doc.Text[r.items[0].Start:r.items[len(r.items)-1].End]
		r.capitals, r.capitalsKnown = strings.ToUpper(text) == text, true
	}
	return r.capitals
}

// isPronoun tells "one" the pronoun from "one" the number.
func (r *reader) isPronoun(f *figure, i int) bool {
	if r.items[i].Figures || r.items[i].Value != 1 || f.last != i+1 || f.measure >= 0 {
		return false
	}
	switch r.name(i - 1) {
	case "no", "another", "this", "that", "any", "each", "every", "which", "the", "same", "new", "old", "only", "other", "latter", "former":
		return true
	}
	if !r.parsed {
		return false
	}
	if r.name(i+1) == "of" {
		return false
	}
	return r.token(i).Deprel != "nummod"
}

// counted finds what is counted: the noun the number modifies, or what "of", "worth of", "in" leads to after money.
func (r *reader) counted(f *figure, q *doc.Quantity) {
	if f.unitLast > f.unitFirst {
		q.Unit = r.doc.Text[r.items[f.unitFirst].Start:r.items[f.unitLast-1].End]
	} else if f.currency >= 0 {
		q.Unit = r.signText(f)
	}
	if !r.parsed {
		return
	}
	if f.currency < 0 && f.measure < 0 && !f.fraction {
		r.countedNoun(f, q)
		return
	}
	r.countedGoods(f, q)
}

// signText is the sign before a number.
func (r *reader) signText(f *figure) string {
	i := f.first
	for i < f.last && !r.is(i, numeral.Cardinal) {
		i++
	}
	return strings.TrimSpace(r.doc.Text[r.items[f.first].Start:r.items[min(i, f.last-1)].Start])
}

// countedNoun follows nummod to the noun; after a vague count, "of" leads to it.
func (r *reader) countedNoun(f *figure, q *doc.Quantity) {
	d := r.doc
	noun := doc.None
	for t := q.Last - 1; t >= q.First; t-- {
		tok := &d.Tokens[t]
		if (tok.Deprel == "nummod" || tok.Deprel == "amod" || tok.Deprel == "compound" || tok.Deprel == "det") && tok.Head >= q.Last {
			noun = tok.Head
			break
		}
	}
	if noun == doc.None {
		noun = r.ofNoun(q.First, q.Last)
	}
	if noun == doc.None && f.ranged && int(q.Last) < len(d.Tokens) && d.Tokens[q.Last].XPOS == "NNS" && d.Tokens[q.Last].Sentence == d.Tokens[q.First].Sentence {
		noun = q.Last // "between 20 and 30 civilians", whose parts the parser hangs apart
	}
	if noun == doc.None {
		return
	}
	first := q.Last
	for first < noun && (d.Tokens[first].Deprel == "case" || d.Tokens[first].UPOS == "DET" || d.Tokens[first].UPOS == "PUNCT") {
		first++
	}
	for t := first; t < noun; t++ {
		if d.Tokens[t].UPOS == "PUNCT" && d.Tokens[t].Form != "-" && d.Tokens[t].Form != "\"" {
			return // another phrase: the parse went too far
		}
	}
	if noun-first > 6 {
		first = noun
	}
	q.Of, q.Unit, q.NormalizedUnit = noun, d.Text[d.Tokens[first].Start:d.Tokens[noun].End], strings.ToLower(d.Tokens[noun].Lemma)
}

// ofNoun is the noun that hangs on a word of the range by "of".
func (r *reader) ofNoun(first, last int32) int32 {
	for t := first; t < last; t++ {
		for _, c := range r.doc.Children(t) {
			if c >= last && r.doc.IsRelation(c, "nmod") {
				return c
			}
		}
	}
	return doc.None
}

// countedGoods finds what money pays for or a measure measures: "$1 billion of weapons", "arms worth $1 billion",
// "a $1 billion contract", "60 tonnes of ammunition".
func (r *reader) countedGoods(f *figure, q *doc.Quantity) {
	d := r.doc
	for t := q.First; t < q.Last; t++ {
		tok := &d.Tokens[t]
		if tok.Head >= q.Last && (tok.Deprel == "compound" || tok.Deprel == "nummod" || tok.Deprel == "amod") && !strings.EqualFold(d.Tokens[tok.Head].Form, "worth") {
			q.Of = tok.Head
			return
		}
	}
	i := f.last
	if r.name(i) == "worth" {
		i++
	}
	if n := r.name(i); n == "of" || n == "in" && f.currency >= 0 {
		from := r.items[i].First + 1
		for t := from; t < int32(len(d.Tokens)) && t < from+8; t++ {
			if tok := &d.Tokens[t]; (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && (tok.Head < t || tok.Deprel != "compound" && tok.Deprel != "amod" && tok.Deprel != "nmod:poss") {
				q.Of = t
				return
			}
		}
	}
	if r.name(f.first-1) == "worth" {
		if worth := r.token(f.first - 1); worth.Head != doc.None && worth.Head < r.items[f.first].First {
			q.Of = worth.Head
		}
	}
}

// applyBound opens or blurs the interval.
func applyBound(q *doc.Quantity, f *figure) {
	b := f.bound
	if f.vague == nil {
		q.Bound, q.Change = b.bound, b.change
	}
	step := 0.0
	if !b.inclusive && q.Kind == "count" && q.Low == float64(int64(q.Low)) {
		step = 1
	}
	switch b.bound {
	case "min":
		q.Low, q.High, q.Bounded = q.Low+step, 0, false
	case "max":
		q.Low, q.High, q.Bounded = 0, q.High-step, false
	case "max-approx":
		q.Low, q.Bounded, q.Approx = 0, false, true
	case "approx":
		q.Approx = true
	}
	if f.ranged {
		q.Bound, q.Low, q.High, q.Bounded = "range", f.low, f.high, true
	}
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
