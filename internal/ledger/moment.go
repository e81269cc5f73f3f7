package ledger

import (
	"fmt"
	"time"
)

// momentLayout is the ledger's form of a moment: RFC 3339 in UTC, of fixed width, so that text compares as time.
const momentLayout = "2006-01-02T15:04:05.000Z"

// FormatMoment is a moment as the ledger writes it.
func FormatMoment(t time.Time) string { return t.UTC().Format(momentLayout) }

// ParseMoment reads a point of system time as people write it: a moment (RFC 3339), or a day, month or year, which
// means its last moment in UTC. "" stays "": now.
func ParseMoment(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return FormatMoment(t), nil
	}
	days, err := parsePeriod(s)
	if err != nil {
		return "", fmt.Errorf("%q is neither a day (2012-11-06) nor a moment (2012-11-06T12:00:00Z)", s)
	}
	return days.To.String() + "T23:59:59.999Z", nil
}
