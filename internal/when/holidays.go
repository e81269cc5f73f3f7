package when

import (
	"time"

	"annals/internal/civil"
)

// holiday resolves a feast to the nearest one, or as the tense asks.
func (v *resolver) holiday(f *form, t tense) (point, string) {
	base := v.base()
	if base.IsZero() {
		if len(f.holiday) == 5 && f.holiday[2] == '-' {
			return point{}, "XXXX-" + f.holiday
		}
		return point{}, "XXXX-XX-XX"
	}
	y := int(base.Year)
	best := holidayIn(f.holiday, y)
	if f.year > 0 {
		best = holidayIn(f.holiday, f.year)
	} else {
		before, after := holidayIn(f.holiday, y-1), holidayIn(f.holiday, y+1)
		switch {
		case t == past && best.DaysSince(base) > holidayAhead:
			best = before
		case t.ahead() && best.Before(base):
			best = after
		case t != past && !t.ahead():
			for _, other := range []civil.Date{before, after} {
				if abs(other.DaysSince(base)) < abs(best.DaysSince(base)) {
					best = other
				}
			}
		}
	}
	if f.within != noUnit {
		return holding(best, f.within), ""
	}
	return point{grain: day, from: best}, ""
}

// holidayAhead is how many days ahead a feast may lie that a past verb governs: "was freed in time for Easter". One as near
// is the coming one in the news of its season.
const holidayAhead = 14

// holidayIn is the day of a feast in a year.
func holidayIn(name string, y int) civil.Date {
	switch name {
	case "thanksgiving": // fourth Thursday of November, United States
		return nthWeekday(y, time.November, time.Thursday, 4)
	case "labor-day":
		return nthWeekday(y, time.September, time.Monday, 1)
	case "election-day": // United States: the day after the first Monday of November
		return nthWeekday(y, time.November, time.Monday, 1).AddDays(1)
	case "memorial-day": // last Monday of May
		return civil.Of(y, 5, 31).AddDays(-(isoWeekday(civil.Of(y, 5, 31)) - 1))
	case "easter":
		return easter(y)
	case "good-friday":
		return easter(y).AddDays(-2)
	case "easter-monday":
		return easter(y).AddDays(1)
	}
	return civil.Of(y, atoi(name[:2]), atoi(name[3:]))
}

func nthWeekday(y int, m time.Month, w time.Weekday, n int) civil.Date {
	first := civil.Of(y, int(m), 1)
	return first.AddDays((int(w-first.Weekday())+7)%7 + 7*(n-1))
}

// easter is Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
func easter(y int) civil.Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil.Of(y, n/31, n%31+1)
}
