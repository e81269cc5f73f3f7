package clean

import (
	"strings"
	"time"

	"annals/internal/civil"
)

// dateLayouts are the ways in which publishers write a day in metadata, after the ISO forms.
var dateLayouts = []string{
	"2006-01-02", "2006/01/02", "20060102", time.RFC1123Z, time.RFC1123, time.RFC850, time.RFC822Z, time.RFC822, time.ANSIC, time.UnixDate,
	"Mon, 2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "January 2, 2006 15:04", "January 2, 2006, 3:04 PM",
}

// parseDate reads a day as metadata gives it: in the zone in which it is written, without asking a clock.
func parseDate(s string) (civil.Date, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 60 {
		return civil.Date{}, false
	}
	if d, err := civil.Parse(s); err == nil {
		return d, plausible(d)
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return civil.FromTime(t), plausible(civil.FromTime(t))
		}
	}
	if len(s) > 8 && digits(s[:8]) == 8 && !isAlphanumeric(s[8]) || len(s) > 8 && s[8] == 'T' {
		if t, err := time.Parse("20060102", s[:8]); err == nil {
			return civil.FromTime(t), plausible(civil.FromTime(t))
		}
	}
	return civil.Date{}, false
}

// plausible keeps out zero times and mistyped years.
func plausible(d civil.Date) bool { return d.Year >= 1700 && d.Year <= 2200 }

// dateInURL finds the day in the path of an address: /2012/11/05/, /2012-11-05-, /20121105/, /2012/nov/05/.
func dateInURL(address string) (civil.Date, bool) {
	_, path, ok := strings.Cut(address, "://")
	if !ok {
		path = address
	}
	for i := 0; i < len(path); i++ {
		if path[i] < '0' || path[i] > '9' || i > 0 && isAlphanumeric(path[i-1]) {
			continue
		}
		if d, ok := dateAt(path[i:]); ok {
			return d, true
		}
	}
	return civil.Date{}, false
}

// dateAt reads a year, month and day at the start of s: joined, or parted by one "/", "-" or "_".
func dateAt(s string) (civil.Date, bool) {
	n := digits(s)
	if n == 8 {
		return dayOf(s[:4], s[4:6], s[6:8])
	}
	if n != 4 || len(s) < 5 || strings.IndexByte("/-_", s[4]) < 0 {
		return civil.Date{}, false
	}
	mark := s[4]
	month, rest, ok := strings.Cut(s[5:], string(mark))
	if !ok || len(month) == 0 || len(month) > 3 {
		return civil.Date{}, false
	}
	if digits(month) != len(month) {
		t, err := time.Parse("Jan", month)
		if err != nil {
			return civil.Date{}, false
		}
		month = t.Format("01")
	}
	day := digits(rest)
	if day < 1 || day > 2 || len(rest) > day && isAlphanumeric(rest[day]) {
		return civil.Date{}, false
	}
	return dayOf(s[:4], month, rest[:day])
}

func dayOf(year, month, day string) (civil.Date, bool) {
	t, err := time.Parse("2006-1-2", year+"-"+strings.TrimPrefix(month, "0")+"-"+strings.TrimPrefix(day, "0"))
	if err != nil || t.Year() < 1980 || t.Year() > 2100 {
		return civil.Date{}, false
	}
	return civil.FromTime(t), true
}

// digits is how many digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}
