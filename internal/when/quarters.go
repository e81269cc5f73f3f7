package when

import "annals/internal/civil"

// partOfYear resolves quarters, halves and seasons.
func (v *resolver) partOfYear(f *form, t tense) (point, string) {
	first, grain, name := 0, quarter, ""
	switch f.kind {
	case kindQuarter:
		first, name = 3*f.quarter-2, "Q"+format(f.quarter, 1)
	case kindHalf:
		first, grain, name = 6*f.half-5, half, "H"+format(f.half, 1)
	case kindSeason:
		first, grain, name = seasonStart[f.season], season, f.season
	}
	if f.bc {
		return point{bc: "BC" + format(f.year, 4) + "-" + name}, ""
	}
	y := f.year
	if y == 0 && f.yearly.set {
		y = v.yearIn(f.yearly.direction)
	}
	if y == 0 {
		base := v.base()
		if f.direction == same {
			base, _ = v.mentioned()
		}
		if base.IsZero() {
			return point{}, "XXXX-" + name
		}
		y = v.yearOfPart(f, base, first, grain, t)
	}
	return point{grain: grain, from: civil.Of(y, first, 1)}, ""
}

// yearOfPart is the year of a quarter, half or season that names none.
func (v *resolver) yearOfPart(f *form, base civil.Date, first int, grain unit, t tense) int {
	y := int(base.Year)
	if v.narrative && f.direction == open || f.direction == same {
		return y
	}
	start := civil.Of(y, first, 1)
	begun := !base.Before(start)
	switch {
	case f.direction == last:
		if end := (point{grain: grain, from: start}).add(1).from; base.Before(end) {
			return y - 1
		}
		return y
	case f.direction == next:
		if begun {
			return y + 1
		}
		return y
	case f.direction == this:
		return y
	}
	switch {
	case t.ahead() && f.kind == kindSeason:
		if end := (point{grain: grain, from: start}).add(1).from; !base.Before(end) {
			return y + 1
		}
		return y
	case f.kind == kindSeason || t.ahead():
		return y + nearest(start.AddDays(45).DaysSince(base))
	case begun:
		return y
	}
	return y - 1
}

// nearest is the year to go to, from one in which something lies a number of days off, so that it lies within half a
// year: -1, 0 or 1.
func nearest(days int) int {
	switch {
	case days > 182:
		return -1
	case days < -183:
		return 1
	}
	return 0
}

// quarterEnded resolves "the quarter ended July 31": the quarter of the calendar that holds its middle.
func (v *resolver) quarterEnded() point {
	if v.ends == nil || v.ends.form.kind != kindDate || v.ends.form.month == 0 {
		return point{}
	}
	end, _ := v.date(&v.ends.form, v.ends.tense)
	if end.from.IsZero() {
		return point{}
	}
	return holding(end.add(1).from.AddDays(-46), quarter)
}

// quarterAgo resolves "the year-ago period": the quarter reported on, a year before; the year before where the last
// results were those of half a year and more.
func (v *resolver) quarterAgo(f *form) (point, string) {
	if f.quarter > 0 {
		if v.written.IsZero() {
			return point{}, "XXXX-Q" + format(f.quarter, 1)
		}
		v.anchor = v.source
		return point{grain: quarter, from: civil.Of(int(v.written.Year)-1, 3*f.quarter-2, 1)}, ""
	}
	if f.year > 0 && (v.quarter.isZero() || v.period == year) {
		return point{grain: year, from: civil.Of(f.year, 1, 1)}, ""
	}
	if !v.quarter.isZero() && v.period != year {
		v.byLast()
		p := v.quarter
		if d := v.written; !d.IsZero() && abs(int(p.from.Year)-int(d.Year)) <= 1 { // the year before the one that is reported
			if p.from.Year = d.Year; d.Before(p.from) {
				p.from.Year--
			}
		}
		p.from.Year--
		if f.year > 0 {
			p.from.Year = int16(f.year)
		}
		return p, ""
	}
	if v.written.IsZero() {
		return point{}, "XXXX"
	}
	v.anchor = v.source
	return holding(v.written.AddMonths(-12), year), ""
}
