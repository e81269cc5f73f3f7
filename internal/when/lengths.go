package when

import (
	"math"

	"annals/internal/numeral"
)

// unitOf is the unit that the part names.
func (m *match) unitOf(p part) unit {
	if item := m.item(p, classUnit|classUnits); item != nil {
		return m.lexeme(item).unit
	}
	for e := p.to - 1; e >= p.from; e-- { // a unit that the pattern spells out
		if at := int(m.at[e]) - 1; at >= 0 {
			if u := m.lexeme(&m.whole.items[at]).unit; u != noUnit {
				return u
			}
		}
	}
	return noUnit
}

// number is the number of the part, 1 for "a" and for none.
func (m *match) number(p part) float64 {
	if item := m.item(p, classNumber); item != nil {
		return item.Value
	}
	return 1
}

func readUnitDir(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit = kindUnit, "DATE", m.unitOf(p)
	if m.verb() || m.named() {
		return false
	}
	if after := m.after(); after != nil && after.Kind != numeral.Mark {
		switch {
		case m.rule.args == "last" && m.whole.grammar.context.of.has(after.Word) && m.isDefinite():
			f.kind, f.typ, f.n = kindLength, "DURATION", 1 // "the last week of the talks"
			return f.unit != noUnit
		case (m.rule.id == "unit-day-before" || m.rule.id == "unit-day-after") && m.has("before", "after"):
			return false // "a day after the truce"
		}
	}
	switch m.rule.args {
	case "end":
		f.direction, f.mod = this, "END"
	case "start":
		f.direction, f.mod = this, "START"
	case "middle":
		f.direction, f.mod = this, "MID"
	case "in":
		f.direction, f.mod = this, "START"
		if m.has("later", "late") {
			f.mod = "END"
		}
	case "year-end":
		f.unit, f.direction, f.mod = year, this, "END"
	case "weekend":
		f.unit, f.direction = weekend, open
	case "last":
		f.direction = last
		f.compared = f.unit == year && m.isCompared()
		if m.has("period") {
			f.unit = quarter
		}
		f.latest = f.unit == quarter && m.has("latest")
	default:
		f.direction = directions[m.rule.args]
	}
	if f.unit == fortnight || f.unit <= hour && f.unit != noUnit {
		f.kind = kindLength
		f.typ, f.n = "DURATION", 1
		f.past = f.direction == last
	}
	return f.unit != noUnit
}

// isDefinite tells whether "the" begins the expression or stands before it.
func (m *match) isDefinite() bool {
	before := m.before()
	return m.has("the") || before != nil && m.whole.grammar.scanner.Name(before.Word) == "the"
}

// isCompared tells whether the expression dates what a figure is compared with: "against a loss of $7 million last
// year", "up from last year's $2 billion", "the same period last year". With a verb before it, it dates that.
func (m *match) isCompared() bool {
	c := &m.whole.grammar.context
	before := m.before()
	if before == nil || m.upos(before) == "VERB" || m.upos(before) == "AUX" {
		return false
	}
	switch m.whole.grammar.scanner.Name(before.Word) {
	case "period", "quarter":
		return true
	}
	for i := m.first - 1; i >= 0 && i >= m.first-12; i-- {
		item := &m.whole.items[i]
		if item.Word != 0 && c.comparing.has(item.Word) {
			return true
		}
		if item.Kind == numeral.Mark && item.Mark == ';' {
			return false
		}
	}
	return false
}

// isPeriod tells whether a length is one that results are given for, longer than a quarter: "the nine months".
func (m *match) isPeriod() bool {
	f := &m.form
	return f.kind == kindLength && f.unit == month && (f.n == 6 || f.n == 9) || f.kind == kindLength && f.unit == year && m.rule.id == "unit-the-year"
}

// verb tells whether the expression begins with a verb: "may last two years".
func (m *match) verb() bool { return m.upos(&m.whole.items[m.first]) == "VERB" }

// named tells whether the unit has a capital of its own inside a sentence that is not all capitals: a title of something,
// "60 Minutes".
func (m *match) named() bool {
	item := &m.whole.items[m.last-1]
	text := m.whole.doc.Text
	return m.last-m.first > 1 && upper(text[item.Start]) && item.Len() > 1 && !upper(text[item.Start+1])
}

// readUnitThe reads "the year" and "the month" where a preposition asks for a period.
func readUnitThe(m *match, f *form, p part) bool {
	before := m.before()
	if before == nil || !m.whole.grammar.context.beforePeriod.has(before.Word) {
		return false
	}
	if after := m.after(); after != nil && (after.Kind == numeral.Mark && after.Mark == '\'' || m.whole.masks[m.last]&(classYear|classInt) != 0) {
		return false
	}
	f.kind, f.typ, f.unit, f.direction = kindUnit, "DATE", m.unitOf(p), this
	if after := m.after(); after != nil {
		switch m.whole.grammar.scanner.Name(after.Word) {
		case "ended", "ending": // "the year ended March 31"
			f.kind, f.typ, f.n = kindLength, "DURATION", 1
		}
	}
	return true
}

func readPastUnit(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n, f.past = kindLength, "DURATION", m.unitOf(p), 1, true
	return true
}

func readAgo(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n = kindAgo, "DATE", m.unitOf(p), m.number(p)
	if m.has("so") {
		f.mod = "APPROX"
	}
	switch m.rule.args {
	case "day":
		f.within = day
		if m.has("yesterday") {
			f.offset = -1
		} else if m.has("tomorrow") {
			f.offset = 1
		}
	case "within":
		for e := range m.rule.elements { // the unit after "this"
			if at := int(m.at[e]) - 1; at > m.first+2 && m.lexeme(&m.whole.items[at]).unit != noUnit {
				f.within = m.lexeme(&m.whole.items[at]).unit
			}
		}
	case "half":
		f.n = map[unit]float64{decade: 5, century: 50, millennium: 500}[f.unit]
		f.unit = year
	}
	return f.unit != noUnit
}

func readAgoVague(m *match, f *form, p part) bool {
	f.kind, f.typ, f.value = kindFixed, "DATE", "PAST_REF"
	if m.has("couple") {
		f.kind, f.unit, f.n = kindAgo, m.unitOf(p), 2
	}
	return true
}

func readFromNow(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n = kindFromNow, "DATE", m.unitOf(p), m.number(p)
	return f.unit != noUnit
}

// readShift reads "three days later" and "a year earlier". What follows "before" or "on" must not be its complement:
// "two days before the vote" is a length.
func readShift(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n = kindShift, "DATE", m.unitOf(p), m.number(p)
	if m.rule.args == "-1" {
		f.n = -f.n
	}
	if m.has("before", "on") || m.rule.id == "unit-week-after" {
		if after := m.after(); after != nil && after.Kind != numeral.Mark {
			return false
		}
	}
	if m.has("before") && m.has("a", "an") && m.first > 0 && m.whole.masks[m.first-1]&classNumber != 0 {
		return false
	}
	if after := m.after(); m.has("earlier", "later") && after != nil && m.whole.grammar.scanner.Name(after.Word) == "than" {
		return false
	}
	return f.unit != noUnit
}

// readLength reads durations with a number.
func readLength(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n = kindLength, "DURATION", m.unitOf(p), m.number(p)
	switch m.rule.args {
	case "a":
		return m.lengthOfOne(f)
	case "couple":
		f.n = 2
	case "one":
		f.n = 1
	case "half":
		f.n = 0.5
	case "half-more":
		f.n = 1.5
	case "dir":
		if after := m.after(); after != nil && m.whole.grammar.context.of.has(after.Word) {
			break // "the last two weeks of August": where they lie, August tells
		}
		if m.has("past", "last", "previous", "preceding", "latest") {
			f.past = true
		} else if m.has("next", "coming") {
			f.ahead = true
		}
	case "sum":
		return m.sum(f, p)
	case "range":
		f.n = m.nth(p, classNumber, 0).Value
		if m.nth(p, classNumber, 1).Value <= f.n {
			return false
		}
	}
	if m.rule.args == "dir" && m.verb() || m.named() {
		return false
	}
	if after := m.after(); f.unit == quarter && after != nil && m.whole.grammar.context.of.has(after.Word) {
		return false // "three quarters of"
	}
	return f.unit != noUnit && f.unit != weekend && f.n >= 0 && f.n < 1e6 && m.standsAlone()
}

// standsAlone refuses numbers that are the end of something longer: "$5 a year" is fine, "section 3 weeks" is rare, but
// "F-16 hours" and "1.2.3 days" are not lengths.
func (m *match) standsAlone() bool {
	before := m.before()
	first := &m.whole.items[m.first]
	return before == nil || !first.Glued || before.Kind == numeral.Mark && before.Mark != '.' && before.Mark != ','
}

// lengthOfOne reads "a week": a rate after a number ("30 a day"), else a length.
func (m *match) lengthOfOne(f *form) bool {
	if m.isRate() {
		f.kind, f.typ = kindFixed, "SET"
		f.value = lengthValue(1, f.unit)
		return true
	}
	switch f.unit {
	case second, quarter, weekend:
		return false
	case day, hour, minute, century, millennium:
		before := m.before()
		return before != nil && m.whole.grammar.context.beforeLength.has(before.Word)
	}
	return true
}

// isRate tells whether a number with its unit stands right before: "$33 million a year", "three times a day".
func (m *match) isRate() bool {
	for i := m.first - 1; i >= 0 && i >= m.first-3; i-- {
		item := &m.whole.items[i]
		if item.Kind == numeral.Cardinal {
			return m.whole.masks[i]&classYear == 0 || i == m.first-1
		}
		if item.Kind == numeral.Mark && item.Mark != '%' && item.Mark != '$' {
			return false
		}
		if item.Word != 0 && m.whole.grammar.context.beforeYear.has(item.Word) {
			return false
		}
	}
	return false
}

// sum reads "two years and six months".
func (m *match) sum(f *form, p part) bool {
	a, b := m.nth(p, classNumber, 0), m.nth(p, classNumber, 1)
	ua, ub := m.lexeme(m.nth(p, classUnits, 0)).unit, m.lexeme(m.nth(p, classUnits, 1)).unit
	if ua <= ub || a.Value != math.Trunc(a.Value) || b.Value != math.Trunc(b.Value) {
		return false
	}
	f.kind, f.value = kindFixed, compound(a.Value, ua, b.Value, ub)
	return f.value != ""
}

// readLengthVague reads durations without a number: "several weeks", "decades".
func readLengthVague(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n = kindLength, "DURATION", m.unitOf(p), -1
	switch m.rule.args {
	case "dir":
		f.past, f.ahead = m.has("past", "last", "recent", "previous"), m.has("next", "coming")
	case "bare":
		if f.unit == weekend || f.unit == second || f.unit == quarter {
			return false
		}
		before := m.before()
		if before != nil && (before.Kind == numeral.Cardinal || before.Glued && before.Kind == numeral.Mark && before.Mark == '-') {
			return false
		}
		if f.unit == hour || f.unit == minute || f.unit == day {
			return before != nil && m.whole.grammar.context.beforeLength.has(before.Word)
		}
	}
	if m.has("couple") {
		f.n = 2
	}
	return f.unit != noUnit
}

// readAge reads "50-year-old"; the age of a person dates nothing.
func readAge(m *match, f *form, p part) bool {
	f.kind, f.typ, f.unit, f.n, f.age = kindLength, "DURATION", m.unitOf(p), m.number(p), true
	if m.agesPerson() {
		f.kind = kindNone
	}
	return f.unit != noUnit && m.standsAlone()
}

// agesPerson tells whether an age is that of a person, which is a quantity but no time: it stands in the predicate
// ("is 52 years old"), is a noun, or modifies one that is no thing of the table of things with an age.
func (m *match) agesPerson() bool {
	if m.unitOf(part{0, len(m.rule.elements)}) != year || m.rule.id == "duration-age" {
		return m.rule.id == "duration-age"
	}
	after := m.after()
	if after == nil || after.Kind != numeral.Word {
		return true
	}
	for i := m.last; i < len(m.whole.items) && i < m.last+4 && m.whole.items[i].Kind == numeral.Word; i++ {
		if m.whole.grammar.context.aging.has(m.whole.items[i].Word) {
			return false
		}
	}
	return true
}

func readSet(m *match, f *form, p part) bool {
	f.kind, f.typ = kindFixed, "SET"
	all := part{p.from, p.to}
	if w := m.item(all, classWeekday|classWeekdays); w != nil && m.rule.args != "unit" {
		f.value = "XXXX-WXX-" + format(m.lexeme(w).number, 1)
		if t := m.item(all, classParts); t != nil {
			f.value += "T" + m.lexeme(t).value
		}
		return true
	}
	if mon := m.item(all, classMonth); mon != nil {
		f.value = "XXXX-" + format(m.lexeme(mon).number, 2)
		return true
	}
	if s := m.item(all, classSeason); s != nil {
		f.value = "XXXX-" + m.lexeme(s).value
		return true
	}
	if t := m.item(all, classPart); t != nil {
		f.value = "XXXX-XX-XXT" + m.lexeme(t).value
		return true
	}
	n, u := 1.0, m.unitOf(all)
	if m.rule.args == "other" {
		n = 2
	} else if m.rule.id == "set-every-n" {
		n = m.number(all)
	}
	f.value = lengthValue(n, u)
	return f.value != "" && (u != second || m.rule.id == "set-per")
}

// readSetAdverb reads "daily" and its like. A newspaper is a noun.
func readSetAdverb(m *match, f *form, p part) bool {
	item := m.item(p, classAdvSet)
	if pos := m.upos(item); pos == "NOUN" || pos == "PROPN" || pos == "" && m.last == len(m.whole.items) {
		return false
	}
	if upper(m.whole.doc.Text[item.Start]) && m.first > 0 { // "the Daily Telegraph"
		return false
	}
	if before := m.before(); before != nil && m.first > 1 && upper(m.whole.doc.Text[before.Start]) && before.Kind == numeral.Word {
		return false // "the al-Ahram daily"
	}
	if after := m.after(); after != nil && (m.whole.grammar.context.paper.has(after.Word) || m.whole.grammar.context.yearlyKind.has(after.Word)) {
		return false
	}
	f.kind, f.typ, f.value = kindFixed, "SET", m.lexeme(item).value
	return true
}

func readPart(m *match, f *form, p part) bool {
	f.kind, f.typ = kindPart, "TIME"
	if after := m.after(); m.has("before") && after != nil && after.Kind != numeral.Mark {
		return false // "the night before the vote"
	}
	item := m.item(p, classPart|classPartOnly)
	if item != nil {
		f.part = m.lexeme(item).value
	} else {
		f.part = "NI"
		if m.has("evening") {
			f.part = "EV"
		} else if m.has("afternoon") {
			f.part = "AF"
		}
	}
	switch m.rule.args {
	case "of-early":
		f.part = "MO"
	case "overnight":
		f.direction = last
	case "bare":
		if f.part == "12:00" {
			f.part, f.clock, f.hour, f.kind = "", true, 12, kindClock
		}
		f.direction = open
	case "of":
	default:
		f.direction = directions[m.rule.args]
	}
	return true
}

func readClock(m *match, f *form, p part) bool {
	f.kind, f.typ, f.clock, f.minute = kindClock, "TIME", true, -1
	if z := m.item(p, classZone); z != nil && m.item(p, classD4) == nil || m.rule.args == "d4" && z != nil { // not the zone of "(0735 GMT)" beside it
		f.zone = m.lexeme(z).value
	}
	if noon := m.item(p, classNoon); noon != nil {
		if before := m.before(); before != nil && m.whole.grammar.scanner.Name(before.Word) == "high" {
			return false
		}
		f.hour, f.minute = atoi(m.lexeme(noon).value[:2]), 0
		return true
	}
	number := m.item(p, classNumber|classD2|classD4|classInt)
	f.hour = int(number.Value)
	switch {
	case m.rule.args == "d4":
		f.hour, f.minute = int(number.Value)/100, int(number.Value)%100
	case m.nth(p, classD2, 1) != nil:
		minutes := m.nth(p, classD2, 1)
		if minutes.Width != 2 || !minutes.Glued {
			return false
		}
		f.minute = int(minutes.Value)
	case number.Value != math.Trunc(number.Value): // "5.30 pm"
		f.minute = int(math.Round((number.Value - math.Trunc(number.Value)) * 100))
	default:
		f.minute = 0
	}
	afternoon := m.has("p.m.", "p.m", "pm", "afternoon", "evening")
	if afternoon || m.has("a.m.", "a.m", "am", "morning") {
		if f.hour > 12 {
			return afternoon && f.hour < 24
		}
		f.hour %= 12
		if afternoon {
			f.hour += 12
		}
	}
	return f.hour <= 24 && f.minute < 60 && number.Kind == numeral.Cardinal
}
