package register

import (
	"fmt"
	"strconv"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
)

// Years that a register may speak of.
const (
	firstYear = 1900
	lastYear  = 2100
)

// Count is a number with its doubt. Known is false where the register gives none.
type Count struct {
	Value    float64 `json:"value"`
	Known    bool    `json:"known"`
	Estimate bool    `json:"estimate,omitempty"`
}

// blanks are the ways in which registers write that a number is not known.
var blanks = []string{"", "-", "–", "..", "…", "n/a", "na", "n.a.", "?", "unknown", "(?)", "nan", "null"}

func isBlank(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, b := range blanks {
		if s == b {
			return true
		}
	}
	return false
}

// bare takes the signs of doubt off a cell: brackets, "?", "c.", "~".
func bare(s string) (string, bool) {
	out := strings.TrimSpace(s)
	doubt := false
	for _, prefix := range []string{"c.", "ca.", "ca ", "~", "≈"} {
		if rest, ok := strings.CutPrefix(out, prefix); ok {
			out, doubt = strings.TrimSpace(rest), true
		}
	}
	if strings.ContainsAny(out, "?()[]*") {
		out, doubt = strings.TrimSpace(strings.NewReplacer("?", "", "(", "", ")", "", "[", "", "]", "", "*", "").Replace(out)), true
	}
	return out, doubt
}

// number reads "1,500", "(12)", "12?", "0.14" and "0,14".
func number(cell string) (Count, error) {
	if isBlank(cell) {
		return Count{}, nil
	}
	s, doubt := bare(cell)
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
	if at := strings.LastIndexByte(s, ','); at >= 0 {
		if len(s)-at == 4 || strings.Count(s, ",") > 1 || strings.Contains(s, ".") {
			s = strings.ReplaceAll(s, ",", "") // it parts thousands
		} else {
			s = s[:at] + "." + s[at+1:]
		}
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || value < 0 || value > 1e12 {
		return Count{}, fmt.Errorf("%q is not a number", shorten(cell))
	}
	return Count{Value: value, Known: true, Estimate: doubt}, nil
}

// yes tells whether a cell of an estimate column says so.
func yes(cell string) bool {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "?", "yes", "y", "1", "true", "x":
		return true
	}
	return false
}

// year reads one year, with its doubt.
func year(cell string) (value int, doubt bool, err error) {
	if isBlank(cell) {
		return 0, false, nil
	}
	s, doubt := bare(cell)
	s = strings.TrimSuffix(s, ".0")
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, false, fmt.Errorf("%q is not a year", shorten(cell))
	}
	if n < firstYear || n > lastYear {
		return 0, false, fmt.Errorf("the year %d lies outside %d to %d", n, firstYear, lastYear)
	}
	return n, doubt, nil
}

// years reads "2008; 2009", "2008-2013", "2008–13" and "(2010)".
func years(cell string) (out []int, doubt bool, err error) {
	if isBlank(cell) {
		return nil, false, nil
	}
	parts := strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '/' })
	for _, part := range parts {
		from, to, isRange := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		first, unsure, err := year(from)
		if err != nil {
			return nil, false, err
		}
		last := first
		if isRange {
			to, _ = bare(to)
			if len(to) == 2 {
				to = strconv.Itoa(first/100) + to
			}
			var also bool
			if last, also, err = year(to); err != nil {
				return nil, false, err
			}
			unsure = unsure || also
		}
		doubt = doubt || unsure
		if first == 0 {
			continue
		}
		if last < first {
			return nil, false, fmt.Errorf("%q ends before it begins", shorten(cell))
		}
		for y := first; y <= last; y++ {
			out = append(out, y)
		}
	}
	return out, doubt, nil
}

// days reads "2014", "2014-07", "2014-07-31" and "2014-07-31T10:00:00" as the days that it covers.
func days(cell string) (civil.Interval, error) {
	s := strings.TrimSpace(cell)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	interval, err := ledger.ParseDays(s)
	if err != nil || strings.Contains(s, "..") {
		return civil.Interval{}, fmt.Errorf("%q is not a day, month or year (2012-11-05, 2012-11, 2012)", shorten(cell))
	}
	if y := int(interval.From.Year); y < firstYear || y > lastYear {
		return civil.Interval{}, fmt.Errorf("the year of %q lies outside %d to %d", shorten(cell), firstYear, lastYear)
	}
	return interval, nil
}

// shorten keeps a message readable, whatever stood in the cell.
func shorten(s string) string {
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
