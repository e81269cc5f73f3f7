package when

import (
	"slices"

	"annals/internal/civil"
	"annals/internal/doc"
)

func (f *form) timeOfDay() string {
	if f.clock {
		return f.clockValue()
	}
	return "T" + f.part
}

// weekday resolves a day of the week. Bare, it is the last one – the day of writing included – unless the governing
// verb points ahead.
func (v *resolver) weekday(f *form, t tense) (point, string) {
	base := v.base()
	switch f.direction {
	case previous, following:
		base, _ = v.mentionedFor(day)
	case open: // a story that was brought up to date after its dateline tells of the days since
		if v.source == "dateline" && !t.ahead() && !v.narrative {
			base, v.anchor = v.published, "document"
		}
	}
	if base.IsZero() {
		return point{}, "XXXX-WXX-" + format(f.weekday, 1)
	}
	now := isoWeekday(base)
	back := (now - f.weekday + 7) % 7
	ahead := (f.weekday - now + 7) % 7
	days := 0
	switch f.direction {
	case last:
		days = -back
		if back == 0 {
			days = -7
		}
	case previous:
		days = -back
		if back == 0 {
			days = -7
		}
	case coming:
		days = ahead
	case following:
		days = ahead
		if ahead == 0 {
			days = 7
		}
	case this:
		days = f.weekday - now
	case next:
		days = f.weekday - now + 7
	default:
		switch {
		case f.mod == "END" || f.mod == "START":
			days = -back
			if t == future && ahead > 0 {
				days = ahead
			}
		case v.narrative:
			days = ahead
		case t == planned && ahead == 0:
			days = 7
		case t == planned:
			days = ahead
		case t == future && ahead == 0:
		case t.ahead():
			days = ahead
		default:
			days = -back
		}
	}
	return point{grain: day, from: base.AddDays(days)}, ""
}

// timeOfDay gives a part of day or a clock time without a day the last day mentioned in this sentence or the one before
// it, else the day of writing.
func (v *resolver) timeOfDay(m *match) (point, string) {
	f := &m.form
	base := v.base()
	switch {
	case f.direction == previous || f.direction == following || f.direction == same,
		f.direction == open && v.last.grain == day && m.sentence-v.sentence <= 1:
		base, _ = v.mentionedFor(day)
	}
	if base.IsZero() {
		return point{}, "XXXX-XX-XX"
	}
	p := point{grain: day, from: base}
	switch f.direction {
	case last, previous:
		p = p.add(-1)
	case following:
		p = p.add(1)
	}
	return p, ""
}

// unitIn resolves "last month", "that year", "the next day", "the weekend".
func (v *resolver) unitIn(m *match) (point, string) {
	f, t := &m.form, m.tense
	base := v.base()
	switch f.direction {
	case previous, following, same:
		base, _ = v.mentionedFor(f.unit)
	case followingOrNext:
		if v.narrative {
			base, _ = v.mentioned()
		}
	}
	if base.IsZero() {
		return point{}, unknownValue(f.unit)
	}
	p := holding(base, f.unit)
	if f.unit == quarter && !v.quarter.isZero() {
		if named, ok := v.besideReported(p, f.direction); ok {
			v.byLast()
			return named, ""
		}
	}
	switch f.direction {
	case last, previous:
		if f.latest && !v.quarter.isZero() && abs(int(v.quarter.from.Year)-int(base.Year)) <= 1 {
			v.byLast()
			return v.quarter, ""
		}
		if f.compared && !v.quarter.isZero() && v.period == quarter && m.sentence-v.periodSentence <= 1 {
			return v.quarterAgo(f)
		}
		return p.add(-1), ""
	case next, following, followingOrNext:
		return p.add(1), ""
	case open: // the weekend
		if isoWeekday(base) < 6 && !t.ahead() && !v.narrative {
			return p.add(-1), ""
		}
	}
	return p, ""
}

// besideReported counts "that quarter", "the current quarter" and "the next quarter" from the quarter reported on, whose
// number may be that of a business year: after a first quarter, the current one is the second.
func (v *resolver) besideReported(now point, d direction) (point, bool) {
	reported := v.quarter
	if !reported.from.Before(now.from) || now.from.DaysSince(reported.from) > 300 || v.narrative {
		return reported, d == same
	}
	switch d {
	case same:
		return reported, true
	case this:
		return reported.add(1), true
	case next, followingOrNext:
		return reported.add(2), true
	}
	return point{}, false
}

// ago resolves "three weeks ago": no finer than its unit.
func (v *resolver) ago(m *match) (point, string) {
	f := &m.form
	if f.unit == year && f.n == 1 && !v.quarter.isZero() {
		return v.quarterAgo(&form{})
	}
	base := v.base()
	if base.IsZero() {
		return point{}, unknownValue(f.unit)
	}
	if f.within != noUnit {
		return holding(back(base, f.unit, int(f.n)), f.within), ""
	}
	return shift(base, f.unit, -f.n), ""
}

// back is the day n units before a day.
func back(d civil.Date, u unit, n int) civil.Date {
	switch u {
	case week:
		return d.AddDays(-7 * n)
	case month:
		return d.AddMonths(-n)
	case year:
		return d.AddMonths(-12 * n)
	case decade:
		return d.AddMonths(-120 * n)
	}
	return d.AddDays(-n)
}

// shifted resolves "three days later" from the last date, "a year earlier" from the last quarter when there is one.
func (v *resolver) shifted(m *match) (point, string) {
	f := &m.form
	if f.unit == year && f.n == -1 && !v.quarter.isZero() && !v.narrative {
		return v.quarterAgo(&form{})
	}
	base, grain := v.mentionedFor(f.unit)
	if !v.narrative && f.unit >= year && grain < year && v.last.from.Year == v.written.Year {
		base = v.base()
	}
	if base.IsZero() {
		return point{}, unknownValue(f.unit)
	}
	return shift(base, f.unit, f.n), ""
}

// shift moves a day by n units and gives the stretch of that unit; fractions go to whole units of the next smaller.
func shift(d civil.Date, u unit, n float64) point {
	if n > 4000 || n < -4000 {
		return point{}
	}
	whole := int(n)
	switch u {
	case second, minute, hour:
		if u == hour {
			return point{grain: day, from: d.AddDays(whole / 24)}
		}
		return point{grain: day, from: d}
	case fortnight:
		return holding(d.AddDays(14*whole), week)
	case year:
		if n != float64(whole) {
			return holding(d.AddMonths(int(n*12)), month)
		}
	}
	p := holding(d, u)
	if y := int(p.from.Year); u >= decade && (y+10*whole < 1 || u > decade && y+100*whole < 1) || u == year && y+whole < 1 {
		return point{}
	}
	return p.add(whole)
}

// unknownValue is the value of a unit whose anchor is not known.
func unknownValue(u unit) string {
	switch u {
	case year:
		return "XXXX"
	case month:
		return "XXXX-XX"
	case week, fortnight:
		return "XXXX-WXX"
	case weekend:
		return "XXXX-WXX-WE"
	case quarter:
		return "XXXX-QX"
	case decade:
		return "XXX"
	case century, millennium:
		return "XX"
	}
	return "XXXX-XX-XX"
}

// length gives durations their value and, when they end or begin at the day of writing, their days.
func (v *resolver) length(f *form, t *doc.Timex) {
	t.Value, t.Grain = lengthValue(f.n, f.unit), grainNames[f.unit]
	if v.written.IsZero() || f.n <= 0 || !f.past && !f.ahead || v.narrative {
		return
	}
	n := f.n
	if f.past {
		n = -n
	}
	var other civil.Date
	switch f.unit {
	case day:
		other = v.written.AddDays(int(n))
	case week, fortnight:
		other = v.written.AddDays(int(n * 7 * float64(1+btoi(f.unit == fortnight))))
	case month:
		other = v.written.AddMonths(int(n))
	case quarter:
		other = v.written.AddMonths(int(3 * n))
	case year:
		other = v.written.AddMonths(int(12 * n))
	case decade:
		other = v.written.AddMonths(int(120 * n))
	default:
		return
	}
	days := []civil.Date{other, v.written}
	slices.SortFunc(days, civil.Date.Compare)
	if days[0].Year < 1 {
		return
	}
	t.Interval, v.anchor = civil.Interval{From: days[0], To: days[1]}, v.source
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
