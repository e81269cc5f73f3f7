package when

import "annals/internal/civil"

// kind of an under-specified form: what is known before anchors are.
type kind uint8

const (
	kindNone  kind = iota
	kindDate       // year, month, day as far as known
	kindMonth      // a month in a direction
	kindDecade
	kindCentury
	kindQuarter
	kindQuarterBare // "the quarter"
	kindQuarterAgo  // "the year-ago period"
	kindHalf
	kindSeason
	kindWeekday
	kindDeictic // days from the day of writing
	kindPart    // a part of day in a direction
	kindClock   // a time of day alone
	kindUnit    // a unit in a direction
	kindAgo     // units back from the day of writing
	kindFromNow // units on from it
	kindShift   // units from the last date mentioned
	kindHoliday
	kindLength // a duration
	kindFixed  // value and type are known
)

// direction relative to the day of writing or the last date.
type direction uint8

const (
	open      direction = iota // tense decides
	last                       // the one before that of the day of writing
	this                       // the one that holds it
	next                       // the one after
	previous                   // before the last date mentioned
	following                  // after it
	same                       // the one that holds it
	followingOrNext
	coming
)

// unit of time.
type unit uint8

const (
	noUnit unit = iota
	second
	minute
	hour
	day
	week
	weekend
	fortnight
	month
	quarter
	half
	season
	year
	decade
	century
	millennium
)

var unitNames = map[string]unit{
	"second": second, "minute": minute, "hour": hour, "day": day, "week": week, "weekend": weekend, "fortnight": fortnight, "month": month,
	"quarter": quarter, "year": year, "decade": decade, "century": century, "millennium": millennium,
}

var grainNames = [...]string{"", "second", "minute", "hour", "day", "week", "weekend", "fortnight", "month", "quarter", "half", "season", "year", "decade", "century", "millennium"}

// form is an expression before it is resolved.
type form struct {
	kind             kind
	typ              string // DATE TIME DURATION SET
	value            string // of kindFixed
	mod              string
	year, month, day int
	weekday          int // 1 Monday … 7 Sunday
	nth              int // of its weekdays, or of its days without one, in the month; -1 the last, 0 none
	quarter, half    int
	season           string
	direction        direction
	n                float64 // of units
	unit             unit
	part             string // MO AF EV NI DT
	clock            bool
	hour, minute     int // -1: not said
	zone             string
	bc               bool
	holiday          string
	age              bool
	past             bool // a length that ends or begins at the day of writing: "the past week"
	ahead            bool // "the next two weeks"
	yearly           form2
	offset           int  // days to go on from the day that is named: "the day before last Friday" is -1
	latest           bool // "the latest quarter"
	compared         bool // "up from $2 billion last year"
	within           unit // the stretch around the day that is reached: "two years ago this month"
}

// form2 is a reference to a year beside a date without one: "in November last year".
type form2 struct {
	set       bool
	direction direction
}

// grained is the form's finest calendar unit.
func (f *form) grain() unit {
	switch f.kind {
	case kindDate:
		switch {
		case f.day > 0 || f.nth != 0:
			return day
		case f.month > 0:
			return month
		}
		return year
	case kindMonth:
		return month
	case kindDecade:
		return decade
	case kindCentury:
		return century
	case kindQuarter, kindQuarterBare, kindQuarterAgo:
		return quarter
	case kindHalf:
		return half
	case kindSeason:
		return season
	case kindWeekday, kindDeictic, kindHoliday, kindPart:
		return day
	case kindUnit, kindAgo, kindFromNow, kindShift:
		return f.unit
	}
	return noUnit
}

// isBareMonth tells whether the form names a month and nothing else.
func (f *form) isBareMonth() bool {
	return f.kind == kindDate && f.month > 0 && f.day == 0 && f.year == 0 && !f.yearly.set
}

// isDay tells whether the form names a day.
func (f *form) isDay() bool {
	switch f.kind {
	case kindDate, kindWeekday, kindDeictic, kindHoliday, kindUnit, kindAgo, kindShift, kindFromNow:
		return f.grain() == day
	}
	return false
}

// explicitYear is the year that the text itself names, or 0.
func (f *form) explicitYear() int {
	if f.bc {
		return 0
	}
	switch f.kind {
	case kindDate, kindQuarter, kindHalf, kindSeason, kindDecade:
		return f.year
	}
	return 0
}

// point is a stretch of the calendar.
type point struct {
	grain unit
	from  civil.Date // its first day; the year of kind season winter is that of its December
	part  string
	clock string // "T15:00"
	bc    string // the value, when it lies before the calendar
}

func (p point) isZero() bool { return p.from.IsZero() && p.bc == "" }
