package when

import (
	"strconv"
	"time"

	"annals/internal/civil"
	"annals/internal/doc"
)

// resolver gives the forms of a document their days, in text order.
type resolver struct {
	written        civil.Date // the day of writing; zero when unknown
	source         string     // of it: "document" or "dateline"
	published      civil.Date // the date of the article
	narrative      bool       // dates follow the story, not the day of writing
	last           point      // the last stretch of the calendar that was named
	lastTimex      int32      // its index, or None
	day            point      // the last day that was named
	dayTimex       int32      // its index
	index          int32      // of the expression being resolved
	quarter        point      // the quarter that is reported on
	periodSentence int32      // where
	period         unit       // what results were last given for: quarter, or year for longer periods ("the nine months")
	sentence       int32      // of last
	ends           *match     // the date after "the quarter ended", or nil
	anchor         string
}

// resolve writes the expressions of the document.
func (r *reader) resolve() []doc.Timex {
	if len(r.found) == 0 {
		return nil
	}
	v := resolver{published: r.doc.Date, narrative: r.isNarrative(), lastTimex: doc.None}
	v.written, v.source = r.dayOfWriting()
	out := make([]doc.Timex, 0, len(r.found))
	for i := range r.found {
		m := &r.found[i]
		v.anchor = "none"
		t := doc.Timex{Span: m.span, First: m.tokenFirst, Last: m.tokenLast, Type: m.form.typ, Mod: m.form.mod, Age: m.form.age, Rule: m.rule.id}
		v.index = int32(len(out))
		v.ends = nil
		if i+1 < len(r.found) && m.ended {
			v.ends = &r.found[i+1]
		}
		v.value(m, &t)
		if t.Value == "" {
			continue
		}
		t.Anchor = v.anchor
		out = append(out, t)
	}
	return out
}

// isNarrative tells history from news: more than four in ten of its expressions, or nearly all of the years that it
// names, lie further than two from the year of writing, and hardly any expression looks from the day of writing ("on
// Monday", "yesterday", "last month").
func (r *reader) isNarrative() bool {
	far, years, near, all := 0, 0, 0, 0
	for i := range r.found {
		f := &r.found[i].form
		switch f.kind {
		case kindLength, kindFixed, kindNone, kindPart, kindClock, kindDecade, kindCentury:
			continue
		}
		all++
		if f.kind == kindDeictic || f.kind == kindWeekday || f.kind == kindUnit && (f.direction == last || f.direction == this) {
			near++
		}
		y := f.explicitYear()
		if y > 0 || f.bc {
			years++
		}
		if f.bc || y > 0 && (r.doc.Date.IsZero() || abs(y-int(r.doc.Date.Year)) > 2) {
			far++
		}
	}
	return all >= 5 && 10*near < all && (5*far > 2*all || far >= 5 && 5*far > 3*years)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// value resolves one expression.
func (v *resolver) value(m *match, t *doc.Timex) {
	f := &m.form
	switch f.kind {
	case kindFixed:
		t.Value = f.value
		return
	case kindLength:
		v.length(f, t)
		if m.isPeriod() {
			v.period = year
		}
		return
	}
	p, unresolved := v.point(m)
	if p.isZero() {
		t.Value = unresolved
		if f.part != "" || f.clock {
			t.Value = "XXXX-XX-XX" + f.timeOfDay()
			if f.kind == kindWeekday {
				t.Value = unresolved + f.timeOfDay()
			}
		}
		t.Grain = grainNames[f.grain()]
		return
	}
	if f.offset != 0 && p.grain == day {
		p = p.add(f.offset)
	}
	if p.grain == day {
		p.part = f.part
		if f.clock {
			p.clock = f.clockValue()
			p.part = ""
		}
	}
	t.Value, t.Interval, t.Grain = p.value(), p.interval(), grainNames[p.grain]
	v.remember(p, m.sentence, f.kind)
}

// remember makes a stretch the one that "the next day" starts from.
func (v *resolver) remember(p point, sentence int32, kind kind) {
	if p.from.IsZero() {
		v.last = p
		return
	}
	v.last, v.sentence, v.lastTimex = p, sentence, v.index
	if p.grain == day {
		v.day, v.dayTimex = p, v.index
	}
	if p.grain != quarter {
		return
	}
	v.period, v.periodSentence = quarter, sentence
	if (kind == kindQuarter || kind == kindQuarterBare) && v.reports(p) {
		v.quarter = p
	}
}

// reports tells whether a quarter takes the place of the one reported on: an earlier one is what that is compared with,
// and one that has not ended is what is expected.
func (v *resolver) reports(p point) bool {
	if v.quarter.isZero() {
		return true
	}
	end := func(p point) civil.Date { return p.add(1).from }
	return v.quarter.from.Before(p.from) && (!v.written.Before(end(p)) || v.written.Before(end(v.quarter)))
}

// base is the day that relative expressions start from.
func (v *resolver) base() civil.Date {
	if v.narrative && v.last.bc != "" { // days before the calendar are not reckoned with
		return civil.Date{}
	}
	if v.narrative && !v.last.from.IsZero() {
		v.byLast()
		return v.last.from
	}
	if !v.written.IsZero() {
		v.anchor = v.source
	}
	return v.written
}

// mentioned is the last date mentioned or, before there is one, the day of writing.
func (v *resolver) mentioned() (civil.Date, unit) {
	if v.last.bc != "" {
		return civil.Date{}, noUnit
	}
	if v.last.from.IsZero() {
		d := v.base()
		return d, day
	}
	v.byLast()
	return v.last.from, v.last.grain
}

// mentionedFor is the last date mentioned that "that day", "the next day" and "three days later" may go on from: a day
// for a day, where one was named, since no year or month tells which of its days is meant.
func (v *resolver) mentionedFor(u unit) (civil.Date, unit) {
	if u == day && v.last.grain > day && !v.day.isZero() {
		v.anchor = "timex:" + strconv.Itoa(int(v.dayTimex))
		return v.day.from, day
	}
	if u == day && v.last.grain > day {
		if v.narrative {
			return civil.Date{}, day
		}
		return v.base(), day
	}
	return v.mentioned()
}

func (v *resolver) byLast() {
	v.anchor = "timex"
	if v.lastTimex >= 0 {
		v.anchor = "timex:" + strconv.Itoa(int(v.lastTimex))
	}
}

// point resolves a form to a stretch of the calendar; when it cannot, it gives a value with X in it.
func (v *resolver) point(m *match) (point, string) {
	f := &m.form
	switch f.kind {
	case kindDate:
		if f.month == 0 && f.day > 0 {
			return v.dayOfMonth(f, m)
		}
		return v.date(f, m.tense)
	case kindMonth:
		return v.monthIn(f)
	case kindDecade:
		if f.bc {
			return point{bc: "BC" + format(f.year/10, 3)}, ""
		}
		return point{grain: decade, from: civil.Of(f.year, 1, 1)}, ""
	case kindCentury:
		if f.bc {
			return point{bc: "BC" + format(f.year, 2)}, ""
		}
		return point{grain: century, from: civil.Of(max(f.year*100, 1), 1, 1)}, ""
	case kindQuarter, kindHalf, kindSeason:
		return v.partOfYear(f, m.tense)
	case kindQuarterBare:
		if p := v.quarterEnded(); v.quarter.isZero() && !p.isZero() {
			return p, ""
		}
		if v.quarter.isZero() && !v.written.IsZero() {
			v.anchor = v.source
			return holding(v.written, quarter).add(-1), ""
		}
		v.byLast()
		return v.quarter, "XXXX-QX"
	case kindQuarterAgo:
		return v.quarterAgo(f)
	case kindWeekday:
		return v.weekday(f, m.tense)
	case kindDeictic:
		d := v.written
		if d.IsZero() {
			return point{}, "XXXX-XX-XX"
		}
		v.anchor = v.source
		return point{grain: day, from: d.AddDays(int(f.n))}, ""
	case kindHoliday:
		return v.holiday(f, m.tense)
	case kindPart, kindClock:
		return v.timeOfDay(m)
	case kindUnit:
		return v.unitIn(m)
	case kindAgo:
		return v.ago(m)
	case kindFromNow:
		d := v.base()
		if d.IsZero() {
			return point{}, unknownValue(f.unit)
		}
		return shift(d, f.unit, f.n), ""
	case kindShift:
		return v.shifted(m)
	}
	return point{}, ""
}

// date resolves year, month and day as far as they are said.
func (v *resolver) date(f *form, tense tense) (point, string) {
	if f.bc {
		s := "BC" + format(f.year, 4)
		if f.month > 0 {
			s += "-" + format(f.month, 2)
		}
		return point{bc: s}, ""
	}
	y := f.year
	if y == 0 && f.yearly.set {
		y = v.yearIn(f.yearly.direction)
	}
	if y == 0 {
		if y = v.nearestYear(f, tense); y == 0 {
			s := "XXXX-" + format(f.month, 2)
			if f.day > 0 {
				s += "-" + format(f.day, 2)
			}
			return point{}, s
		}
	}
	switch {
	case f.month == 0:
		return point{grain: year, from: civil.Of(y, 1, 1)}, ""
	case f.nth != 0:
		return f.nthDay(y), ""
	case f.day == 0:
		return point{grain: month, from: civil.Of(y, f.month, 1)}, ""
	case f.day > civil.DaysIn(y, f.month):
		return point{}, ""
	case f.within != noUnit:
		return holding(civil.Of(y, f.month, f.day), f.within), ""
	}
	return point{grain: day, from: civil.Of(y, f.month, f.day)}, ""
}

// nthDay is "the first Monday" or the last day of the form's month in a year, or none: few months have five Mondays.
func (f *form) nthDay(y int) point {
	last := civil.Of(y, f.month, civil.DaysIn(y, f.month))
	switch {
	case f.weekday == 0:
		return point{grain: day, from: last}
	case f.nth < 0:
		return point{grain: day, from: last.AddDays(-(isoWeekday(last) - f.weekday + 7) % 7)}
	}
	d := nthWeekday(y, time.Month(f.month), time.Weekday(f.weekday%7), f.nth)
	if int(d.Month) != f.month {
		return point{}
	}
	return point{grain: day, from: d}
}

// dayOfMonth resolves "the 20th": in the month of the date before it, else the one nearest to the day of writing on the
// side that the tense asks for.
func (v *resolver) dayOfMonth(f *form, m *match) (point, string) {
	base := v.base()
	mentioned := (v.last.grain == day || v.last.grain == month) && !v.last.from.IsZero() && m.sentence-v.sentence <= 2
	if mentioned {
		base, _ = v.mentioned()
	}
	if base.IsZero() {
		return point{}, "XXXX-XX-" + format(f.day, 2)
	}
	first := civil.Of(int(base.Year), int(base.Month), 1)
	switch {
	case mentioned:
	case m.tense.ahead() && f.day < int(base.Day):
		first = first.AddMonths(1)
	case !m.tense.ahead() && f.day > int(base.Day):
		first = first.AddMonths(-1)
	}
	if f.day > civil.DaysIn(int(first.Year), int(first.Month)) {
		return point{}, ""
	}
	return point{grain: day, from: first.AddDays(f.day - 1)}, ""
}

// yearIn is the year in a direction, 0 when it cannot be told.
func (v *resolver) yearIn(d direction) int {
	base := v.base()
	switch d {
	case previous, following, same:
		base, _ = v.mentioned()
	}
	if base.IsZero() {
		return 0
	}
	switch d {
	case last, previous:
		return int(base.Year) - 1
	case next, following:
		return int(base.Year) + 1
	}
	return int(base.Year)
}

// nearestYear gives a month, with or without a day, the year in which it lies nearest to the day of writing; a month
// alone obeys the tense. In a narrative the year is that of the last date, or the next when the month lies well before.
func (v *resolver) nearestYear(f *form, t tense) int {
	base := v.base()
	if base.IsZero() {
		return 0
	}
	y := int(base.Year)
	if v.narrative {
		if f.month < int(base.Month)-6 && v.last.grain != year {
			return y + 1
		}
		return y
	}
	months := f.month - int(base.Month) // from the base, in its year
	if f.day == 0 {
		switch {
		case (t == past || t == ended) && months > 0:
			return y - 1
		case t.ahead() && months < 0:
			return y + 1
		case t == past || t == ended || t.ahead():
			return y
		}
	}
	if f.day > 0 && f.day <= civil.DaysIn(y, f.month) {
		switch named := civil.Of(y, f.month, f.day); {
		case t == ended && base.Before(named):
			return y - 1
		case t == ended:
			return y
		case t.ahead() && base.DaysSince(named) > 45: // "will expire June 1", said in October
			return y + 1
		}
	}
	if f.day > 0 && t == past { // a past verb often governs a coming date ("declared a dividend payable Dec. 7"), but none far off
		if civil.Of(y, f.month, f.day).DaysSince(base) > 90 {
			return y - 1
		}
		return y
	}
	switch {
	case months >= 6 && !t.ahead(): // of two that are as near, what has been
		return y - 1
	case months < -6:
		return y + 1
	}
	return y
}

func (v *resolver) monthIn(f *form) (point, string) {
	base := v.base()
	switch f.direction {
	case previous, following:
		base, _ = v.mentioned()
	}
	if base.IsZero() {
		s := "XXXX-" + format(f.month, 2)
		if f.day > 0 {
			s += "-" + format(f.day, 2)
		}
		return point{}, s
	}
	y, m := int(base.Year), int(base.Month)
	if f.day > 0 {
		return dayIn(f, base), ""
	}
	switch f.direction {
	case last, previous:
		if f.month >= m {
			y--
		}
	case next, following:
		if f.month <= m {
			y++
		}
	}
	return point{grain: month, from: civil.Of(y, f.month, 1)}, ""
}

// dayIn is the day of a month that lies last before, in the year of, or next after a day.
func dayIn(f *form, base civil.Date) point {
	y := int(base.Year)
	if f.day > civil.DaysIn(y, f.month) {
		return point{}
	}
	switch named := civil.Of(y, f.month, f.day); {
	case f.direction == last && !named.Before(base):
		y--
	case f.direction == next && !base.Before(named):
		y++
	}
	return point{grain: day, from: civil.Of(y, f.month, min(f.day, civil.DaysIn(y, f.month)))}
}
