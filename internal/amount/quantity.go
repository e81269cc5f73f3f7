package amount

import (
	"math"
	"strconv"
	"strings"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// figure is a number on its way to a quantity.
type figure struct {
	first, last int // items, signs and units included
	low, high   float64
	ranged      bool
	vague       *vague
	fraction    bool
	currency    int // row, or -1
	minor       bool
	measure     int // row, or -1
	per         int // item of "per" or "a", or -1
	perLast     int
	bound       *bound
	unitFirst   int // items of the unit as written
	unitLast    int
	negative    bool
}

// quantity reads the quantity that begins at item i, if one does, and gives the item after it.
func (r *reader) quantity(i int) int {
	if r.isDashedDate(i) {
		return i + dashedDate
	}
	f, ok := r.number(i)
	if !ok {
		return i + 1
	}
	r.sign(&f)
	r.suffix(&f)
	r.rangeOf(&f)
	r.unit(&f)
	r.boundOf(&f)
	if r.excluded(&f) {
		return f.last
	}
	r.emit(&f)
	return f.last
}

// dashedDate is the number of items of "07-08-2013".
const dashedDate = 5

// isDashedDate tells whether a date of three numbers with dashes, "07-08-2013" or "2013-08-07", begins at item i. Its first
// two numbers look like a range, and a range right behind a verb of harm like a toll.
func (r *reader) isDashedDate(i int) bool {
	if i+dashedDate > len(r.items) || i+dashedDate < len(r.items) && r.items[i+dashedDate].Glued && r.isMark(i+dashedDate, '-') {
		return false
	}
	for k := range dashedDate {
		item := &r.items[i+k]
		switch {
		case k > 0 && !item.Glued:
			return false
		case k%2 == 1 && !r.isMark(i+k, '-'), k%2 == 0 && !(item.Kind == numeral.Cardinal && item.Figures):
			return false
		case k == 2 && item.Value > 31:
			return false
		}
	}
	first, last := &r.items[i], &r.items[i+dashedDate-1]
	return first.Value <= 31 && last.Len() == 4 || first.Len() == 4 && last.Value <= 31
}

// number reads the bare number: cardinal, fraction or vague count.
func (r *reader) number(i int) (f figure, ok bool) {
	f = figure{first: i, last: i + 1, currency: -1, measure: -1, per: -1}
	item := &r.items[i]
	if r.fraction(&f) {
		return f, true
	}
	if item.Kind == numeral.Cardinal {
		f.low, f.high = item.Value, item.Value
		f.unitFirst = f.last
		return f, true
	}
	for _, e := range r.word(i).first {
		if e.kind == vagueEntry && r.spells(i, e.words) {
			v := &r.tables.vagues[e.row]
			f.vague, f.low, f.high, f.last = v, v.low, v.high, i+len(e.words)
			f.unitFirst = f.last
			if r.name(i) == "several" || r.name(i) == "a" || r.name(f.last-1) == "of" || r.name(i) == "dozens" || strings.HasSuffix(r.name(i), "s") {
				return f, true
			}
		}
	}
	return f, false
}

// fraction reads "a third of", "two-thirds", "half of", "three quarters".
func (r *reader) fraction(f *figure) bool {
	i, n := f.first, 1.0
	if r.is(i, numeral.Cardinal) && r.name(i+1) == "out" && r.name(i+2) == "of" && r.is(i+3, numeral.Cardinal) && r.items[i].Value < r.items[i+3].Value { // "one out of three"
		v := r.items[i].Value / r.items[i+3].Value
		f.low, f.high, f.fraction, f.last = v, v, true, i+4
		f.unitFirst = f.last
		return true
	}
	switch {
	case r.name(i) == "half" && (r.name(i+1) == "of" || r.name(i+1) == "the"):
		f.low, f.high, f.fraction, f.last = 0.5, 0.5, true, i+1
		f.unitFirst = f.last
		return true
	case r.is(i, numeral.Cardinal) && !r.items[i].Scaled:
		n = r.items[i].Value
	case r.name(i) != "a":
		return false
	}
	j := i + 1
	if r.isMark(j, '-') && r.items[j].Glued {
		j++
	}
	d := 0.0
	switch r.name(j) {
	case "half":
		d = 2
	case "third", "thirds":
		d = 3
	case "quarter", "quarters":
		d = 4
	case "fifth", "fifths":
		d = 5
	case "sixth", "sixths":
		d = 6
	case "eighth", "eighths":
		d = 8
	case "tenth", "tenths":
		d = 10
	}
	if d == 0 || n >= d || n != math.Trunc(n) {
		return false
	}
	plural := strings.HasSuffix(r.name(j), "s")
	if next := r.name(j + 1); next != "of" && !(plural && n > 1) {
		return false
	}
	f.low, f.high, f.fraction, f.last = n/d, n/d, true, j+1
	f.unitFirst = f.last
	return true
}

func (r *reader) spells(i int, words []uint16) bool {
	for k, w := range words {
		if k > 0 && r.isMark(i, '-') && r.items[i].Glued { // "mid-range", "year-old"
			i++
		}
		if i >= len(r.items) || r.items[i].Word != w {
			return false
		}
		i++
	}
	return true
}

// width is the number of items that the words of an entry take at i, hyphens included.
func (r *reader) width(i int, words []uint16) int {
	j := i
	for k := range words {
		if k > 0 && r.isMark(j, '-') {
			j++
		}
		j++
	}
	return j - i
}

// sign reads a currency sign or code before the number.
func (r *reader) sign(f *figure) {
	i := f.first - 1
	switch {
	case r.isMark(i, '-') && i > 0 && r.items[f.first].Glued && (r.is(i-1, numeral.Mark) || r.name(i-1) == "minus"):
		f.negative = true
		i--
		if r.name(i) == "minus" {
			f.first = i
			return
		}
	case r.name(i) == "minus":
		f.negative, f.first = true, i
		return
	}
	if i < 0 {
		return
	}
	for n := 3; n >= 1; n-- {
		from := i - n + 1
		if from < 0 || r.items[i].End-r.items[from].Start > 8 {
			continue
		}
		text := r.doc.Text[r.items[from].Start:r.items[i].End]
		if strings.ContainsRune(text, ' ') {
			text = strings.ReplaceAll(text, " ", "")
		}
		c, ok := r.tables.signs[text]
		if !ok {
			c, ok = r.tables.signs[strings.ToUpper(text)]
			ok = ok && n > 1
		}
		if ok && (n > 1 || r.is(from, numeral.Mark) || text != strings.ToLower(text)) {
			f.currency, f.first = c, from
			return
		}
	}
}

// suffix reads "m", "bn", "k" right after the figures.
func (r *reader) suffix(f *figure) {
	i := f.last
	if i >= len(r.items) || !r.items[i].Glued || !r.is(i-1, numeral.Cardinal) || !r.items[i-1].Figures || r.items[i-1].End != r.items[i].Start {
		return
	}
	factor := 0.0
	switch strings.TrimSuffix(r.text(i), ".") {
	case "bn", "BN", "Bn":
		factor = 1e9
	case "tn", "trn":
		factor = 1e12
	case "mn", "mln", "MN":
		factor = 1e6
	case "m":
		if f.currency >= 0 || r.hasCurrency(i+1) {
			factor = 1e6
			break
		}
		f.measure, f.last, f.unitFirst, f.unitLast = r.tables.metre, i+1, i, i+1
		if i+1 < len(r.items) && r.items[i+1].Glued && r.is(i+1, numeral.Cardinal) && r.items[i+1].Value == 2 { // "m2"
			f.measure, f.last, f.unitLast = r.tables.squareMetre, i+2, i+2
		}
	case "M", "MM":
		factor = 1e6
	case "B":
		factor = 1e9
	case "b":
		if f.currency >= 0 {
			factor = 1e9
		}
	case "k", "K":
		factor = 1e3
	}
	if factor > 0 {
		f.low, f.high = f.low*factor, f.high*factor
		f.last, f.unitFirst = i+1, i+1
	}
}

func (r *reader) hasCurrency(i int) bool {
	_, ok := r.currencyAt(i)
	return ok
}

// currencyAt is the currency name that stands at item i.
func (r *reader) currencyAt(i int) (entry, bool) {
	for _, e := range r.word(i).first {
		if e.kind == currencyEntry && r.spells(i, e.words) && (e.symbol == "" || r.text(i) == e.symbol) {
			return e, true
		}
	}
	return entry{}, false
}

// rangeOf reads the other end: "20-30", "20 to 30", "between 20 and 30", "$3-5 million". Scale and currency of the
// second number hold for the first.
func (r *reader) rangeOf(f *figure) {
	if f.vague != nil || f.fraction {
		return
	}
	link, i := f.last, f.last+1
	between := r.name(f.first-1) == "between" || f.first > 1 && r.name(f.first-2) == "between"
	from := r.name(f.first-1) == "from"
	if e, ok := r.unitAt(f.last); ok && (e.kind == measureEntry || e.kind == currencyEntry) && f.currency < 0 { // "between 5% and 6%"
		link = f.last + r.width(f.last, e.words)
		i = link + 1
		if !r.sameUnitFollows(e, i) && !between && !from {
			return
		}
	}
	if from && r.name(link) != "to" && r.name(link) != "-" {
		if far := r.farEnd(link); far > 0 {
			link, i = far, far+1
		}
	}
	if r.name(f.first-1) == "by" && f.currency >= 0 && r.name(link) == "to" && r.isMark(i, '$') {
		return // "rose by $4 billion to $41 billion"
	}
	switch {
	case r.isMark(link, '-') && link == f.last:
		if !r.items[link].Glued && r.is(i, numeral.Cardinal) && r.items[i].Glued {
			return
		}
	case r.name(link) == "to":
	case r.name(link) == "or" && r.name(link+1) != "so":
		if r.is(i, numeral.Cardinal) && r.items[i].Value != r.items[f.first].Value+1 {
			return
		}
	case r.name(link) == "and" && between:
	default:
		return
	}
	if i < len(r.items) && r.isMark(i, '-') && r.items[i].Glued { // "20 to-30"
		i++
	}
	currencySkip := i
	for currencySkip < len(r.items) && currencySkip < i+3 && !r.is(currencySkip, numeral.Cardinal) {
		currencySkip++
	}
	g := figure{first: currencySkip, last: currencySkip + 1, currency: -1}
	if !r.is(g.first, numeral.Cardinal) {
		return
	}
	g.low = r.items[g.first].Value
	r.sign(&g)
	if g.first != i {
		return
	}
	g.high = g.low
	r.suffix(&g)
	if g.currency >= 0 && f.currency >= 0 && g.currency != f.currency {
		return
	}
	scale := 1.0
	if r.items[currencySkip].Scaled || g.low != r.items[currencySkip].Value {
		scale = scaleOf(g.low)
		if from && f.currency >= 0 && g.currency >= 0 || f.low >= 1000 || r.items[f.last-1].Scaled || r.is(f.last-1, numeral.Word) {
			scale = 1
		}
	}
	if f.low == f.high && f.low >= 1900 && f.low < 2100 && g.low >= 1900 && g.low < 2100 && f.currency < 0 {
		return
	}
	f.low *= scale
	f.high = g.low
	f.ranged = true
	f.last, f.unitFirst = g.last, g.last
	if f.currency < 0 {
		f.currency = g.currency
	}
}

// sameUnitFollows tells whether the number at item i, with or without a sign, has the unit e after it.
func (r *reader) sameUnitFollows(e entry, i int) bool {
	if !r.is(i, numeral.Cardinal) {
		return false
	}
	other, ok := r.unitAt(i + 1)
	return ok && other.kind == e.kind && other.row == e.row
}

// farEnd is the item "to" of "from 30 mph uphill to 45" and its like: a few words without numbers or stops between,
// and a number after it; 0 when there is none.
func (r *reader) farEnd(i int) int {
	for k := i; k < len(r.items) && k < i+7; k++ {
		if r.is(k, numeral.Cardinal) || r.isMark(k, ',') || r.isMark(k, '.') || r.isMark(k, ';') || r.isMark(k, ')') {
			return 0
		}
		if r.name(k) == "to" && (r.is(k+1, numeral.Cardinal) || r.is(k+2, numeral.Cardinal) && r.is(k+1, numeral.Mark)) {
			return k
		}
	}
	return 0
}

// scaleOf is the scale word that a number was written with, as far as its size shows.
func scaleOf(v float64) float64 {
	for _, s := range []float64{1e12, 1e9, 1e6, 1e3} {
		if v >= s {
			return s
		}
	}
	return 1
}

// unitAt is the unit or currency that begins at item i.
func (r *reader) unitAt(i int) (entry, bool) {
	if i >= len(r.items) {
		return entry{}, false
	}
	if r.is(i, numeral.Mark) {
		if r.items[i].Mark == '%' {
			return entry{kind: measureEntry, row: 0, percent: true, words: oneWord}, true
		}
		return entry{}, false
	}
	for _, e := range r.word(i).first {
		if e.kind > minorEntry || !r.spells(i, e.words) || e.symbol != "" && r.text(i) != e.symbol {
			continue
		}
		if e.symbol == "" && r.items[i].Len() <= 2 && (!r.items[i].Glued && r.items[i].Len() == 1 || r.text(i) != strings.ToLower(r.text(i))) {
			continue
		}
		return e, true
	}
	return entry{}, false
}

var oneWord = make([]uint16, 1)

// unit reads what stands after the number: a currency, a measure, or a counted noun phrase.
func (r *reader) unit(f *figure) {
	i := f.last
	if i < len(r.items) && r.isMark(i, '-') && r.items[i].Glued && i+1 < len(r.items) && r.items[i+1].Glued {
		i++ // "5-mile"
	}
	if e, ok := r.unitAt(i); ok && f.measure < 0 && !(f.currency >= 0 && e.kind == measureEntry) {
		if money, is := r.currencyAt(i); is && e.kind == measureEntry && f.low >= 1e5 {
			e = money // "2 million pounds" are seldom a weight
		}
		switch e.kind {
		case measureEntry:
			f.measure = e.row
		case currencyEntry:
			if f.currency < 0 {
				f.currency = e.row
			}
		case minorEntry:
			if f.currency >= 0 {
				break
			}
			f.currency, f.minor = e.row, true
		}
		f.unitFirst, f.last = i, i+r.width(i, e.words)
		f.unitLast = f.last
	} else if c := r.adjectiveCurrency(i); c >= 0 && f.currency < 0 {
		e, _ := r.currencyAt(i + 1)
		f.currency = c
		f.unitFirst, f.last = i, i+1+r.width(i+1, e.words)
		f.unitLast = f.last
	}
	if f.fraction && f.measure < 0 {
		f.unitFirst, f.unitLast = f.last, f.last
	}
	r.rate(f)
}

// adjectiveCurrency reads "Australian dollars", "U.S. dollars": an adjective that chooses among currencies of a name.
func (r *reader) adjectiveCurrency(i int) int {
	adj := r.word(i).adj
	if len(adj) == 0 {
		return -1
	}
	e, ok := r.currencyAt(i + 1)
	if !ok {
		return -1
	}
	base := r.tables.currencies[e.row].name
	for _, c := range adj {
		if strings.HasSuffix(r.tables.currencies[c].name, base) || strings.HasSuffix(r.tables.currencies[c].name, r.name(i+1)) || strings.HasSuffix(r.tables.currencies[c].name, strings.TrimSuffix(r.name(i+1), "s")) {
			return c
		}
	}
	return e.row
}

// rate reads "per hour", "a share", "an hour" after a unit.
func (r *reader) rate(f *figure) {
	i := f.last
	if r.name(i) == "us" || r.name(i) == "u.s." || r.name(i) == "u.s" {
		i++ // "$75 U.S. per barrel"
	}
	switch r.name(i) {
	case "per", "/":
	case "a", "an", "each":
		if f.currency < 0 && f.measure < 0 {
			return
		}
	default:
		return
	}
	if r.is(i+1, numeral.Word) && (r.name(i) == "per" || f.currency >= 0 && r.parsed && r.token(i+1).UPOS == "NOUN") {
		f.per, f.perLast = i+1, i+2
	}
}

// boundOf reads "at least", "about", "or so".
func (r *reader) boundOf(f *figure) {
	for _, e := range r.word(f.first - 1).last {
		start := f.first - len(e.words)
		if start >= 0 && r.spells(start, e.words) {
			f.bound, f.first = &r.tables.bounds[e.row], start
			break
		}
	}
	if f.bound == nil && r.isMark(f.first-1, '~') {
		f.first--
		f.bound = r.tables.boundNamed("tilde")
	}
	if f.bound != nil {
		return
	}
	after := f.last
	if r.isMark(after, '-') && r.is(after+1, numeral.Word) {
		after++
	}
	if r.isMark(after, '+') && r.items[after].Glued {
		f.bound = r.tables.boundNamed("plus")
		f.last++
		return
	}
	for _, e := range r.word(after).first {
		if e.kind == boundEntry && r.spells(after, e.words) {
			f.bound, f.last = &r.tables.bounds[e.row], after+len(e.words)
			return
		}
	}
}

func (t *tables) boundNamed(id string) *bound {
	for i := range t.bounds {
		if t.bounds[i].id == id {
			return &t.bounds[i]
		}
	}
	return nil
}

// emit writes the quantity.
func (r *reader) emit(f *figure) {
	q := doc.Quantity{
		First: r.items[f.first].First, Last: r.items[f.last-1].Last, Of: doc.None, Kind: "count", Low: f.low, High: f.high, Bounded: true, Bound: "eq",
		Change: "=", Rule: "number",
	}
	if f.negative {
		q.Low, q.High = -q.Low, -q.High
	}
	if f.minor {
		q.Rule = "minor"
	}
	switch {
	case f.currency >= 0:
		c := &r.tables.currencies[f.currency]
		q.Kind, q.Currency, q.NormalizedUnit, q.Rule = "money", c.code, c.name, "money"
		if f.minor {
			q.NormalizedUnit, q.Rule = "cent", "money-minor"
		}
	case f.measure >= 0:
		m := &r.tables.measures[f.measure]
		q.Kind, q.NormalizedUnit, q.Rule = m.kind, m.unit, "measure"
	case f.fraction:
		q.Kind, q.Rule = "fraction", "fraction"
	}
	r.counted(f, &q)
	if f.per >= 0 {
		q.NormalizedUnit += " per " + strings.ToLower(r.text(f.per))
	}
	q.Value = number(q.Low)
	if f.ranged {
		q.Bound = "range"
		q.Value = number(q.Low) + "-" + number(q.High)
	}
	if f.vague != nil {
		q.Bound, q.Value, q.Rule = "vague", f.vague.span, "vague"
	}
	if f.bound != nil {
		applyBound(&q, f)
	}
	if c := r.changeOf(f.first, f.last); c != "" {
		q.Change = c
	} else if n := len(r.doc.Quantities); n > 0 && r.isMark(f.first-1, '(') && r.items[f.first-1].Start-r.doc.Quantities[n-1].End <= 1 {
		q.Change = r.doc.Quantities[n-1].Change // "3 miles (5 km)": the same amount
	}
	q.Span = doc.Span{Start: r.items[f.first].Start, End: r.items[f.last-1].End}
	if q.Kind == "money" {
		q.Year = r.yearOf(q.Span, r.doc.Tokens[q.First].Sentence)
	}
	r.doc.Quantities = append(r.doc.Quantities, q)
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
