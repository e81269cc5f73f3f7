package when

import (
	"strings"

	"annals/internal/civil"
)

// documentDate looks for the date of an article that came without one: a full date in the dateline or on one of the first
// lines, or a weekday beside a month and day. It gives the zero date when the text does not tell: a dateline "March 2"
// alone has no year.
func (r *reader) documentDate() (civil.Date, string) {
	for i := range r.found {
		m := &r.found[i]
		f := &m.form
		if f.kind != kindDate || f.day == 0 || f.bc {
			continue
		}
		inHead := r.inDateline(m)
		first := m.span.End < 400 && m.sentence < 4 && r.aloneOrFirst(m)
		switch {
		case f.year > 0 && (inHead || first) && f.day <= civil.DaysIn(f.year, f.month):
			if inHead {
				return civil.Of(f.year, f.month, f.day), "dateline"
			}
			return civil.Of(f.year, f.month, f.day), "text"
		}
	}
	return r.weekdayAndDate()
}

// inDateline tells whether an expression stands in the dateline.
func (r *reader) inDateline(m *match) bool {
	head := r.doc.Head
	return head.Dateline.Len() > 0 && head.Dateline.Contains(m.span) || head.Date.Len() > 0 && head.Date.Overlaps(m.span)
}

// mostDaysToPrint is how many days after its dateline an article is published at most.
const mostDaysToPrint = 7

// dayOfWriting is the day that "yesterday" and "on Monday" start from, and what tells it: the day of the dateline where
// that lies a few days before the date of the article, which may be that of a paper or page that printed it later.
func (r *reader) dayOfWriting() (civil.Date, string) {
	published := r.doc.Date
	if published.IsZero() {
		return published, "document"
	}
	for i := range r.found {
		m := &r.found[i]
		f := &m.form
		if f.kind != kindDate || f.day == 0 || f.month == 0 || f.bc || !r.inDateline(m) {
			continue
		}
		y := f.year
		if y == 0 {
			y = int(published.Year)
			if f.month > int(published.Month) {
				y-- // "Dec 31", printed in January
			}
		}
		if f.day <= civil.DaysIn(y, f.month) {
			written := civil.Of(y, f.month, f.day)
			if days := published.DaysSince(written); days > 0 && days <= mostDaysToPrint {
				return written, "dateline"
			}
		}
		break
	}
	return published, "document"
}

// aloneOrFirst tells whether a full date stands on a line of its own or right after a place at the start: that is a
// date of publication, while "on 5 May 2010" inside a sentence is a date of the story.
func (r *reader) aloneOrFirst(m *match) bool {
	text := r.doc.Text
	start := m.span.Start
	for start > 0 && text[start-1] != '\n' {
		start--
	}
	rest, _, _ := strings.Cut(text[m.span.End:], "\n")
	if rest = strings.TrimSpace(rest); rest != "" && !strings.ContainsAny(rest[:1], "-(|/") && !strings.HasPrefix(rest, "–") && !strings.HasPrefix(rest, "—") && (rest[0] < '0' || rest[0] > '9') {
		return false // the line goes on: a wrapped sentence
	}
	before := text[start:m.span.Start]
	for _, c := range before { // only a dateline's place in capitals, or a label, may stand before it
		if c >= 'a' && c <= 'z' {
			return len(before) < 12 && (hasPrefixFold(before, "date") || hasPrefixFold(before, "published") || hasPrefixFold(before, "updated") || hasPrefixFold(before, "posted") || m.form.weekday > 0)
		}
	}
	return len(before) < 40
}

func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range prefix {
		if s[i]|0x20 != prefix[i] {
			return false
		}
	}
	return true
}

// weekdayAndDate uses "Monday, Nov. 5" when the text names a year near which that weekday falls on that date.
func (r *reader) weekdayAndDate() (civil.Date, string) {
	for i := range r.found {
		f := &r.found[i].form
		if f.kind == kindDate && f.weekday > 0 && f.day > 0 && f.year == 0 && (r.found[i].tense == past || r.inDateline(&r.found[i])) {
			if y := r.guessYear(f); y > 0 {
				return civil.Of(y, f.month, f.day), "weekday"
			}
		}
	}
	return civil.Date{}, ""
}

// guessYear is the year of a weekday with month and day: the latest year that the text names, or one of the two after
// it, when the weekday falls on that date then. Without a year in the text there is no telling, nor without a weekday:
// the latest year named is that of the article in fewer than one dateline in four (reuters21578).
func (r *reader) guessYear(f *form) int {
	latest := 0
	for i := range r.found {
		m := &r.found[i]
		if y := m.form.explicitYear(); y > latest && y < 2200 && m.form.kind == kindDate && !m.tense.ahead() {
			latest = y
		}
	}
	if latest == 0 {
		return 0
	}
	for _, y := range []int{latest, latest + 1, latest + 2} {
		if f.day <= civil.DaysIn(y, f.month) && isoWeekday(civil.Of(y, f.month, f.day)) == f.weekday {
			return y
		}
	}
	return 0
}
