package when

import (
	"strings"

	"annals/internal/numeral"
)

// reading makes a form of a part of a match; false refuses the match.
type reading func(m *match, f *form, p part) bool

// readings are the functions that the column norm of when_rules names.
var readings = map[string]reading{
	"date": readDate, "date-year": readDateYear, "date-bc": readDateBC, "numeric": readNumeric, "month-dir": readMonthDir,
	"year": readYear, "year-pair": readYearPair, "year-spoken": readYearSpoken, "decade": readDecade, "century": readCentury,
	"quarter": readQuarter, "quarter-bare": readQuarterBare, "quarter-ago": readQuarterAgo, "half": readHalf, "season": readSeason,
	"weekday": readWeekday, "deictic": readDeictic, "part": readPart, "clock": readClock, "unit-dir": readUnitDir,
	"unit-the": readUnitThe, "past-unit": readPastUnit, "ago": readAgo, "ago-vague": readAgoVague, "from-now": readFromNow,
	"shift": readShift, "shift-vague": readLengthVague, "duration": readLength, "duration-vague": readLengthVague, "age": readAge,
	"set": readSet, "set-adverb": readSetAdverb, "ref": readRef, "ref-adjective": readRefAdjective, "ref-noun": readRefNoun,
	"holiday": readHoliday, "month-day": readMonthDay, "week-of": readWeekOf, "one-day": readOneDay, "weekday-nth": readWeekdayNth, "day-last": readDayLast, "holiday-week": readHolidayWeek, "none": readNone,
}

// readNone matches and says nothing, so that no shorter pattern is tried.
func readNone(_ *match, f *form, _ part) bool {
	f.kind = kindNone
	return true
}

// readDate reads a month with what stands beside it: day, year. A pair shares month and year, the first taking the
// year of the second.
func readDate(m *match, f *form, p part) bool {
	mon := m.shared(p, classMonth)
	if mon == nil {
		return false
	}
	f.kind, f.typ, f.month = kindDate, "DATE", m.lexeme(mon).number
	if d := m.item(p, classDay|classOrd); d != nil {
		f.day = int(d.Value)
		if f.day < 1 || f.day > 31 {
			return false
		}
	}
	if y := m.shared(p, classYear); y != nil {
		f.year = int(y.Value)
	} else if m.rule.args == "spoken" {
		return m.spokenYear(f, p)
	}
	if f.day == 0 && f.year == 0 {
		return bareMonth(m)
	}
	return true
}

// bareMonth refuses "May" and "March" where they may be something else, and month names that are part of a name.
func bareMonth(m *match) bool {
	item := &m.whole.items[m.first]
	word := m.whole.grammar.scanner.Name(item.Word)
	if len(word) <= 4 && word != "may" && word != "june" && word != "july" && m.whole.doc.Text[item.End-1] != '.' {
		return false // "Jan" is a man, "Jan." a month
	}
	if word != "may" && word != "march" {
		return true
	}
	if after := m.after(); after != nil && m.whole.grammar.context.notMonth.has(after.Word) {
		return false
	}
	if pos := m.upos(item); pos == "AUX" || pos == "VERB" {
		return false
	}
	before := m.before()
	return before != nil && before.Kind != numeral.Mark && (m.whole.grammar.context.beforeYear.has(before.Word) || m.upos(item) == "PROPN")
}

func readDateYear(m *match, f *form, p part) bool {
	if !readDate(m, f, p) && f.month == 0 {
		return false
	}
	f.yearly.set = true
	switch {
	case m.has("last"):
		f.yearly.direction = last
	case m.has("this"):
		f.yearly.direction = this
	case m.has("next"):
		f.yearly.direction = next
	case m.has("previous"):
		f.yearly.direction = previous
	case m.has("following"):
		f.yearly.direction = following
	default:
		f.yearly.direction = same
	}
	return true
}

func readDateBC(m *match, f *form, p part) bool {
	f.kind, f.typ, f.bc = kindDate, "DATE", true
	f.month, f.year = m.lexeme(m.item(p, classMonth)).number, int(m.item(p, classInt).Value)
	return f.year < 10000
}

// readNumeric reads dates in figures. Day and month change places when the month would be past December.
func readNumeric(m *match, f *form, p part) bool {
	f.kind, f.typ = kindDate, "DATE"
	a, b := int(m.nth(p, classD2, 0).Value), int(m.nth(p, classD2, 1).Value)
	if y := m.item(p, classYear); y != nil {
		f.year = int(y.Value)
	} else if y = m.nth(p, classD2, 2); y.Width == 2 {
		f.year = m.whole.shortYear(int(y.Value))
	} else {
		return false
	}
	if m.rule.args == "mdy" && a > 12 {
		a, b = b, a
	}
	f.month, f.day = a, b
	return a >= 1 && a <= 12 && b >= 1 && b <= 31
}

var directions = map[string]direction{
	"last": last, "this": this, "next": next, "prev": previous, "follow": following, "same": same, "follow-or-next": followingOrNext, "coming": coming,
}

func readMonthDir(m *match, f *form, p part) bool {
	f.kind, f.typ, f.month = kindMonth, "DATE", m.lexeme(m.item(p, classMonth)).number
	f.direction = directions[m.rule.args]
	if m.rule.args == "day" {
		f.day, f.direction = int(m.item(p, classDay).Value), last
		if m.has("this") {
			f.direction = this
		} else if m.has("next") {
			f.direction = next
		}
	}
	return true
}

// readMonthDay reads "on the 20th": a day of a month that is known. What follows must not be what the ordinal counts.
func readMonthDay(m *match, f *form, p part) bool {
	o := m.item(p, classOrd)
	f.kind, f.typ, f.day = kindDate, "DATE", int(o.Value)
	before, after := m.before(), m.after()
	return o.Figures && f.day >= 1 && f.day <= 31 && before != nil && m.whole.grammar.context.beforeDay.has(before.Word) &&
		(after == nil || after.Kind == numeral.Mark && after.Mark != '-' || after.Word != 0 && m.whole.grammar.context.afterDay.has(after.Word))
}

// readWeekOf reads "the week of March 6".
func readWeekOf(m *match, f *form, p part) bool {
	f.within = week
	return readDate(m, f, p)
}

// readWeekdayNth reads "the first Monday of March", "the last Sunday in May 2014".
func readWeekdayNth(m *match, f *form, p part) bool {
	if !readDate(m, f, p) && f.month == 0 {
		return false
	}
	f.weekday, f.nth, f.day = m.lexeme(m.item(p, classWeekday)).number, -1, 0
	if o := m.item(p, classOrd); o != nil {
		f.nth = int(o.Value)
	}
	return f.nth <= 5
}

// readDayLast reads "the last day of March", "the last day of 2014".
func readDayLast(m *match, f *form, p part) bool {
	f.nth = -1
	if m.item(p, classMonth) == nil {
		f.kind, f.typ, f.month, f.year = kindDate, "DATE", 12, int(m.item(p, classYear).Value)
		return true
	}
	return readDate(m, f, p) || f.month > 0
}

// readOneDay takes "one day" between a subject or auxiliary and its verb, where it names no length.
func readOneDay(m *match, f *form, _ part) bool {
	f.kind, f.typ, f.value = kindFixed, "DATE", "FUTURE_REF"
	before := m.before()
	return before != nil && m.whole.grammar.context.beforeOneDay.has(before.Word)
}

func readYear(m *match, f *form, p part) bool {
	f.kind, f.typ = kindDate, "DATE"
	item := m.item(p, classYear|classInt|classD2)
	f.year = int(item.Value)
	switch m.rule.args {
	case "bare":
		return isYear(m)
	case "bc":
		f.bc = true
		return f.year > 0 && f.year < 10000 && item.Figures
	case "short":
		f.year = m.whole.shortYear(f.year)
		before := m.before()
		return item.Width == 2 && item.Glued && before != nil && m.whole.grammar.context.beforeYear.has(before.Word)
	}
	return f.year >= 100 && f.year < 2200
}

// isYear licenses four bare figures as a year: news writes counts of a thousand and more with a comma, so what speaks
// against is a name before it ("Resolution 1973", "Flight 2012"), a sign, or a counted thing after it.
func isYear(m *match) bool {
	c := &m.whole.grammar.context
	item := &m.whole.items[m.first]
	if after := m.after(); after != nil {
		if c.notAfterYear.has(after.Word) || after.Kind == numeral.Mark && (after.Mark == '%' || after.Mark == '$') {
			return false
		}
		if after.Kind == numeral.Mark && after.Glued && (after.Mark == '-' && item.Value < 1900 || after.Mark == '/' || after.Mark == ':') {
			return false
		}
		if after.Glued && after.Kind == numeral.Word && after.Word == 0 {
			return false // "1990X"
		}
	}
	before := m.before()
	if before == nil {
		return true
	}
	if c.beforeYear.has(before.Word) {
		return true
	}
	if before.Kind == numeral.Mark {
		switch before.Mark {
		case '(', ',', '"', '\'', ';', ':':
			return true
		case '-', '/':
			return before.Glued && m.first >= 2 && (m.whole.items[m.first-2].Kind != numeral.Word || c.beforeYear.has(m.whole.items[m.first-2].Word)) || m.whole.masks[max(0, m.first-2)]&classYear != 0 || !before.Glued
		}
		return false
	}
	if before.Kind == numeral.Cardinal || before.Kind == numeral.Ordinal {
		return item.Value >= 1500 && m.whole.masks[m.first-1]&(classDay|classOrd) != 0
	}
	if item.Value < 1700 || item.Value > 2060 {
		return false
	}
	text := m.whole.doc.Text
	if upper(text[before.Start]) && !(before.Len() > 1 && upper(text[before.Start+1])) {
		return m.whole.masks[m.first-1] != 0
	}
	return m.whole.countsNothing(item.First)
}

func readYearPair(m *match, f *form, p part) bool {
	f.kind, f.typ = kindDate, "DATE"
	if m.rule.args == "bc" {
		f.bc, f.year = true, int(m.item(p, classInt).Value)
		return m.nth(part{0, m.rule.link}, classInt, 0).Value > m.nth(part{m.rule.second, len(m.rule.elements)}, classInt, 0).Value && f.year < 10000
	}
	first := int(m.nth(part{0, len(m.rule.elements)}, classYear, 0).Value)
	f.year = first
	if y := m.item(p, classYear); p.from > 0 && y != nil {
		f.year = int(y.Value)
		return f.year > first && f.year < first+150 && first >= 1500 && m.yearsFollow()
	}
	if p.from > 0 {
		item := m.item(p, classD2)
		f.year = first - first%100 + int(item.Value)
		return item.Width == 2 && f.year > first && f.year < first+50
	}
	return first >= 1500
}

// yearsFollow tells whether two figures joined as a range may be years: no counted thing stands after them.
func (m *match) yearsFollow() bool {
	after := m.after()
	if after == nil {
		return true
	}
	if after.Kind == numeral.Mark {
		return after.Mark != '%' && !(after.Glued && (after.Mark == '-' || after.Mark == '/'))
	}
	return !m.whole.grammar.context.notAfterYear.has(after.Word)
}

// readYearSpoken reads "nineteen ninety-seven".
func readYearSpoken(m *match, f *form, p part) bool {
	f.kind, f.typ = kindDate, "DATE"
	return m.spokenYear(f, p)
}

// spokenYear takes the year from two numbers in words.
func (m *match) spokenYear(f *form, p part) bool {
	a, b := m.nth(p, classInt, 0), m.nth(p, classInt, 1)
	if a == nil || b == nil {
		return false
	}
	f.year = int(a.Value)*100 + int(b.Value)
	return !a.Figures && !b.Figures && a.Value >= 15 && a.Value <= 20 && b.Value >= 10 && b.Value < 100
}

func readDecade(m *match, f *form, p part) bool {
	f.kind, f.typ = kindDecade, "DATE"
	switch m.rule.args {
	case "word":
		f.year = 1900 + 10*m.lexeme(m.item(p, classDecadeWord)).number
	case "short":
		f.year = 1900 + int(m.item(p, classD2).Value)
		if f.year < 1920 {
			f.year += 100
		}
	case "bc":
		f.year, f.bc = int(m.item(p, classInt).Value), true
	default:
		f.year = int(m.item(p, classYear).Value)
	}
	return f.year > 0 && f.year%10 == 0
}

func readCentury(m *match, f *form, p part) bool {
	f.kind, f.typ = kindCentury, "DATE"
	f.year = int(m.item(p, classOrd).Value) - 1
	f.bc = m.rule.args == "bc"
	return f.year >= 0 && f.year < 30
}

// relativeYear takes the year that a quarter, half or season names itself: in figures or as last, this, next year.
func relativeYear(m *match, f *form, p part) {
	if y := m.item(p, classYear); y != nil {
		f.year = int(y.Value)
		return
	}
	switch {
	case m.has("year") && m.has("last") && f.half == 0:
		f.yearly = form2{true, last}
	case m.has("year") && m.has("next"):
		f.yearly = form2{true, next}
	case m.has("year") && m.has("this"):
		f.yearly = form2{true, this}
	case m.has("year") && m.has("that"):
		f.yearly = form2{true, same}
	case m.has("year"):
		f.yearly = form2{true, this}
	}
}

func readQuarter(m *match, f *form, p part) bool {
	f.kind, f.typ = kindQuarter, "DATE"
	f.quarter = int(m.item(p, classOrd|classInt).Value)
	relativeYear(m, f, p)
	return f.quarter >= 1 && f.quarter <= 4
}

func readQuarterBare(m *match, f *form, _ part) bool {
	f.kind, f.typ = kindQuarterBare, "DATE"
	return true
}

func readQuarterAgo(m *match, f *form, p part) bool {
	f.kind, f.typ = kindQuarterAgo, "DATE"
	if y := m.item(p, classYear); y != nil {
		f.year = int(y.Value)
		return true
	}
	if o := m.item(p, classOrd); o != nil {
		f.quarter = int(o.Value)
		return f.quarter >= 1 && f.quarter <= 4
	}
	if after := m.after(); after != nil && m.rule.id == "quarter-ago-adj" && m.whole.grammar.context.article.has(after.Word) {
		return false
	}
	return true
}

func readHalf(m *match, f *form, p part) bool {
	f.kind, f.typ, f.half = kindHalf, "DATE", 2
	if o := m.item(p, classOrd); o != nil {
		f.half = int(o.Value)
	}
	if y := m.item(p, classYear); y != nil {
		f.year = int(y.Value)
	} else if m.rule.id == "half-rel" {
		f.yearly = form2{true, this}
		for e := len(m.rule.elements) - 2; e < len(m.rule.elements); e++ {
			if at := int(m.at[e]) - 1; at >= 0 {
				switch m.whole.grammar.scanner.Name(m.whole.items[at].Word) {
				case "last":
					f.yearly.direction = last
				case "next":
					f.yearly.direction = next
				}
			}
		}
	} else if after := m.after(); m.rule.args == "bare" && (after == nil || !m.whole.grammar.context.afterHalf.has(after.Word)) {
		return false
	}
	return f.half == 1 || f.half == 2
}

func readSeason(m *match, f *form, p part) bool {
	item := m.item(p, classSeason)
	f.kind, f.typ, f.season = kindSeason, "DATE", m.lexeme(item).value
	switch m.rule.args {
	case "bc":
		f.bc, f.year = true, int(m.item(p, classInt).Value)
		return f.year > 0 && f.year < 10000
	case "spoken":
		return m.spokenYear(f, p)
	case "short":
		y := m.item(p, classD2)
		f.year = m.whole.shortYear(int(y.Value))
		return y.Width == 2 && y.Glued
	case "bare":
		word := m.whole.grammar.scanner.Name(item.Word)
		if pos := m.upos(item); pos == "VERB" || pos == "AUX" || word == "fall" && pos != "" && pos != "NOUN" {
			return false
		}
		before := m.before()
		licensed := before != nil && m.whole.grammar.context.beforeSeason.has(before.Word)
		if word == "spring" || word == "fall" {
			return licensed
		}
		return licensed || m.rule.id == "season-ord" || m.has("the") || before == nil || m.upos(item) == "NOUN"
	}
	f.direction = directions[m.rule.args]
	relativeYear(m, f, p)
	return true
}

func readWeekday(m *match, f *form, p part) bool {
	f.kind, f.typ, f.weekday = kindWeekday, "DATE", m.lexeme(m.item(p, classWeekday|classWeekAbbr)).number
	switch m.rule.args {
	case "day-before":
		f.offset = -1
	case "day-after":
		f.offset = 1
	}
	if f.direction = directions[m.rule.args]; f.offset != 0 && m.has("last") {
		f.direction = last
	}
	return true
}

func readDeictic(m *match, f *form, p part) bool {
	f.kind, f.typ, f.n = kindDeictic, "DATE", 0
	switch m.rule.args {
	case "night":
		f.part, f.typ = "NI", "TIME"
	case "":
		f.n = float64(m.lexeme(m.item(p, classDeictic)).number)
	default:
		f.n = float64(atoi(m.rule.args))
	}
	return true
}

func readHoliday(m *match, f *form, p part) bool {
	f.kind, f.typ, f.holiday = kindHoliday, "DATE", m.rule.args
	if y := m.item(p, classYear); y != nil {
		f.year = int(y.Value)
	}
	return m.capital() || m.has("last")
}

// readHolidayWeek reads "Easter week": the week that holds the feast.
func readHolidayWeek(m *match, f *form, p part) bool {
	f.within = week
	return readHoliday(m, f, p)
}

func readRef(m *match, f *form, _ part) bool {
	f.kind, f.typ, f.value = kindFixed, "DATE", m.rule.args
	if strings.HasPrefix(f.value, "P") && !strings.Contains(f.value, "_") {
		f.typ = "DURATION"
	}
	return true
}

// readRefAdjective takes "current", "recent", "future" before a noun only.
func readRefAdjective(m *match, f *form, p part) bool {
	item := &m.whole.items[m.first]
	if pos := m.upos(item); pos != "" && pos != "ADJ" {
		return false
	}
	return readRef(m, f, p)
}

// readRefNoun takes "the past" when no noun follows.
func readRefNoun(m *match, f *form, p part) bool {
	item := &m.whole.items[m.last-1]
	if pos := m.upos(item); pos != "" && pos != "NOUN" {
		return false
	}
	if after := m.after(); after != nil && m.whole.masks[m.last] != 0 {
		return false
	}
	return readRef(m, f, p)
}

// shortYear completes two figures to the nearest year not after 2029.
func (r *reader) shortYear(n int) int {
	if base := int(r.doc.Date.Year); base > 0 {
		century := base - base%100
		if century+n > base+10 {
			return century - 100 + n
		}
		return century + n
	}
	if n < 30 {
		return 2000 + n
	}
	return 1900 + n
}
