// Package civil is the calendar: dates without clock or zone, and closed intervals of them.
//
// In: ISO strings and year-month-day triples. Out: plain values that compare, subtract and print.
// It never reads the wall clock.
package civil

import (
	"fmt"
	"time"
)

// Date is a day of the proleptic Gregorian calendar. The zero value means "no date".
type Date struct {
	Year       int16
	Month, Day uint8
}

// Of makes a date; a day past the end of its month runs on into the next one, as in package time.
func Of(year, month, day int) Date {
	return FromTime(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// FromTime takes the calendar day of t in t's own zone.
func FromTime(t time.Time) Date {
	return Date{Year: int16(t.Year()), Month: uint8(t.Month()), Day: uint8(t.Day())}
}

// Parse reads "2012-11-05", with or without a time of day after it.
func Parse(s string) (Date, error) {
	if len(s) < len(time.DateOnly) {
		return Date{}, fmt.Errorf("reading the date %q: want YYYY-MM-DD", s)
	}
	if len(s) > len(time.DateOnly) && s[10] != 'T' && s[10] != ' ' {
		return Date{}, fmt.Errorf("reading the date %q: want YYYY-MM-DD, or a date-time", s)
	}
	t, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	if err != nil {
		return Date{}, fmt.Errorf("reading the date %q: want YYYY-MM-DD", s)
	}
	return FromTime(t), nil
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
}

// String is ISO 8601, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays moves by n days.
func (d Date) AddDays(n int) Date { return Of(int(d.Year), int(d.Month), int(d.Day)+n) }

// AddMonths moves by n months; the day is cut to the last one of the month it lands in.
func (d Date) AddMonths(n int) Date {
	months := int(d.Year)*12 + int(d.Month) - 1 + n
	year, month := floorDiv(months, 12), 1+months-12*floorDiv(months, 12)
	return Of(year, month, min(int(d.Day), DaysIn(year, month)))
}

// DaysIn is the number of days of a month.
func DaysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Compare is -1, 0 or 1.
func (d Date) Compare(e Date) int {
	a, b := d.ordinal(), e.ordinal()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Before tells whether d lies before e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

// DaysSince counts the days from e to d.
func (d Date) DaysSince(e Date) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

func (d Date) ordinal() int32 { return int32(d.Year)<<9 | int32(d.Month)<<5 | int32(d.Day) }

// Interval is the days From … To, both included; a zero end is open.
type Interval struct{ From, To Date }

// IsZero tells whether the interval says nothing.
func (i Interval) IsZero() bool { return i.From.IsZero() && i.To.IsZero() }

// Contains tells whether d lies in the interval.
func (i Interval) Contains(d Date) bool {
	return (i.From.IsZero() || !d.Before(i.From)) && (i.To.IsZero() || !i.To.Before(d))
}

// Overlaps tells whether two intervals share a day.
func (i Interval) Overlaps(j Interval) bool {
	return (i.To.IsZero() || j.From.IsZero() || !i.To.Before(j.From)) &&
		(j.To.IsZero() || i.From.IsZero() || !j.To.Before(i.From))
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
