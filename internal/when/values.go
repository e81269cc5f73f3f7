package when

import (
	"math"
	"strconv"
	"strings"

	"annals/internal/civil"
)

// format writes a number with leading zeros.
func format(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// lengthValue is the TIMEX3 value of n units; a negative n is vague (X).
func lengthValue(n float64, u unit) string {
	number := "X"
	if n >= 0 {
		if whole, rest := math.Modf(n); rest == 0.5 {
			if v := compound(whole, u, halfOf(u), smaller(u)); v != "" {
				return v
			}
		}
		number = strconv.FormatFloat(n, 'f', -1, 64)
	}
	switch u {
	case second:
		return "PT" + number + "S"
	case minute:
		return "PT" + number + "M"
	case hour:
		return "PT" + number + "H"
	case day:
		return "P" + number + "D"
	case weekend:
		return "P" + number + "WE"
	case week:
		return "P" + number + "W"
	case fortnight:
		if n >= 0 {
			return "P" + strconv.FormatFloat(2*n, 'f', -1, 64) + "W"
		}
		return "PXW"
	case month:
		return "P" + number + "M"
	case quarter:
		return "P" + number + "Q"
	case year:
		return "P" + number + "Y"
	case decade:
		return multiple(n, 10, "DE")
	case century:
		return multiple(n, 100, "CE")
	case millennium:
		return multiple(n, 1000, "ML")
	}
	return ""
}

func multiple(n float64, years float64, letters string) string {
	if n < 0 {
		return "PX" + letters
	}
	return "P" + strconv.FormatFloat(n*years, 'f', -1, 64) + "Y"
}

// halfOf is how many of the smaller unit make half of one.
func halfOf(u unit) float64 {
	switch u {
	case year:
		return 6
	case day:
		return 12
	case hour, minute:
		return 30
	}
	return 0
}

func smaller(u unit) unit {
	switch u {
	case year:
		return month
	case day:
		return hour
	case hour:
		return minute
	case minute:
		return second
	}
	return noUnit
}

// compound is the value of a units and b smaller units, "" when it has no short form.
func compound(a float64, ua unit, b float64, ub unit) string {
	letters := map[unit]string{year: "Y", month: "M", week: "W", day: "D", hour: "H", minute: "M", second: "S"}
	la, lb := letters[ua], letters[ub]
	if la == "" || lb == "" || b == 0 {
		return ""
	}
	out := "P"
	if ua <= hour {
		out += "T"
	}
	if a > 0 {
		out += strconv.FormatFloat(a, 'f', -1, 64) + la
	}
	if ub <= hour && ua > hour {
		out += "T"
	}
	return out + strconv.FormatFloat(b, 'f', -1, 64) + lb
}

// value is the TIMEX3 value of a stretch of the calendar.
func (p point) value() string {
	if p.bc != "" {
		return p.bc
	}
	y := int(p.from.Year)
	switch p.grain {
	case day:
		s := p.from.String()
		if p.part != "" {
			return s + "T" + p.part
		}
		return s + p.clock
	case week, weekend:
		isoYear, w := p.from.Time().ISOWeek()
		s := format(isoYear, 4) + "-W" + format(w, 2)
		if p.grain == weekend {
			s += "-WE"
		}
		return s
	case month:
		return format(y, 4) + "-" + format(int(p.from.Month), 2)
	case quarter:
		return format(y, 4) + "-Q" + format((int(p.from.Month)+2)/3, 1)
	case half:
		return format(y, 4) + "-H" + format((int(p.from.Month)+5)/6, 1)
	case season:
		return format(y, 4) + "-" + seasonOf(p.from)
	case year:
		return format(y, 4)
	case decade:
		return format(y/10, 3)
	case century:
		return format(y/100, 2)
	case millennium:
		return format(y/1000, 1)
	}
	return ""
}

// seasons by their first month, northern hemisphere, as meteorologists cut them.
var seasonStart = map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}

func seasonOf(d civil.Date) string {
	switch d.Month {
	case 3:
		return "SP"
	case 6:
		return "SU"
	case 9:
		return "FA"
	}
	return "WI"
}

// interval is the days of a stretch.
func (p point) interval() civil.Interval {
	if p.from.IsZero() {
		return civil.Interval{}
	}
	if p.grain == weekend {
		return civil.Interval{From: p.from, To: p.from.AddDays(1)}
	}
	return civil.Interval{From: p.from, To: p.add(1).from.AddDays(-1)}
}

// add moves a stretch by n of its own grain.
func (p point) add(n int) point {
	q := p
	switch p.grain {
	case day:
		q.from = p.from.AddDays(n)
	case week, weekend:
		q.from = p.from.AddDays(7 * n)
	case month:
		q.from = p.from.AddMonths(n)
	case quarter, season:
		q.from = p.from.AddMonths(3 * n)
	case half:
		q.from = p.from.AddMonths(6 * n)
	case year:
		q.from = p.from.AddMonths(12 * n)
	case decade:
		q.from = p.from.AddMonths(120 * n)
	case century:
		q.from = p.from.AddMonths(1200 * n)
	case millennium:
		q.from = p.from.AddMonths(12000 * n)
	}
	return q
}

// holding is the stretch of a grain that holds a day.
func holding(d civil.Date, grain unit) point {
	p := point{grain: grain}
	y, m := int(d.Year), int(d.Month)
	switch grain {
	case day:
		p.from = d
	case week:
		p.from = d.AddDays(-isoWeekday(d) + 1)
	case weekend:
		p.from = d.AddDays(6 - isoWeekday(d))
	case month:
		p.from = civil.Of(y, m, 1)
	case quarter:
		p.from = civil.Of(y, (m-1)/3*3+1, 1)
	case half:
		p.from = civil.Of(y, (m-1)/6*6+1, 1)
	case season:
		p.from = civil.Of(y, m/3*3, 1) // January and February: December of the year before
	case year:
		p.from = civil.Of(y, 1, 1)
	case decade:
		p.from = civil.Of(y/10*10, 1, 1)
	case century:
		p.from = civil.Of(y/100*100, 1, 1)
	case millennium:
		p.from = civil.Of(y/1000*1000, 1, 1)
	}
	return p
}

// isoWeekday is 1 for Monday … 7 for Sunday.
func isoWeekday(d civil.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// clockValue is "T15:00", "T04:30Z".
func (f *form) clockValue() string {
	var b strings.Builder
	b.WriteString("T" + format(f.hour, 2))
	if f.minute >= 0 {
		b.WriteString(":" + format(f.minute, 2))
	}
	b.WriteString(f.zone)
	return b.String()
}
