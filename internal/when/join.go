package when

import "annals/internal/numeral"

// joinNeighbours merges expressions that name one time together: "10 p.m." and "Wednesday", "Monday," and "Nov. 5",
// "Sunday" and "night". What is only half of such a pair and found no other half goes.
func (r *reader) joinNeighbours(from int) {
	out := from
	for i := from; i < len(r.found); i++ {
		m := r.found[i]
		if out > from {
			if a := &r.found[out-1]; r.near(a.last, m.first) && a.joinWith(&m) {
				continue
			}
		}
		r.found[out] = m
		out++
	}
	kept := from
	for i := from; i < out; i++ {
		if m := &r.found[i]; m.form.kind == kindPart && m.form.direction == open && m.rule.id == "part-bare" && r.masks[m.last-1]&classPartOnly == 0 || m.rule.id == "weekday-short" && m.form.kind == kindWeekday {
			continue
		}
		r.found[kept] = r.found[i]
		kept++
	}
	r.found = r.found[:kept]
}

// near tells whether nothing but a comma or small words stands between two items.
func (r *reader) near(end, start int) bool {
	if start < end || start-end > 3 {
		return false
	}
	for i := end; i < start; i++ {
		item := &r.items[i]
		if item.Kind == numeral.Mark && item.Mark == ',' && i == end {
			continue
		}
		if item.Word == 0 || !r.grammar.context.join.has(item.Word) {
			return false
		}
	}
	return true
}

// joinWith takes b, the expression after a, into a when they nest.
func (a *match) joinWith(b *match) bool {
	fa, fb := &a.form, &b.form
	timeOf := func(f *form) bool { return f.kind == kindClock || f.kind == kindPart && f.direction == open }
	switch {
	case timeOf(fa) && fb.isDay() && fb.kind != kindShift:
		part, clock, hour, minute, zone := fa.part, fa.clock, fa.hour, fa.minute, fa.zone
		*fa = *fb
		if part != "" {
			fa.part = part
		}
		if clock {
			fa.clock, fa.hour, fa.minute, fa.zone = clock, hour, minute, zone
		}
		fa.typ = "TIME"
	case fa.isDay() && timeOf(fb) && !fa.clock && (fa.part == "" || fb.clock):
		fa.part, fa.clock, fa.hour, fa.minute, fa.zone, fa.typ = fb.part, fb.clock, fb.hour, fb.minute, fb.zone, "TIME"
		if fb.clock {
			fa.part = ""
		}
	case fa.kind == kindClock && fb.kind == kindPart && (fb.direction == this || fb.direction == last): // "8 o'clock this morning"
		if fb.part != "MO" && fa.hour < 12 {
			fa.hour += 12
		}
		fa.kind, fa.direction = kindPart, fb.direction
	case timeOf(fa) && timeOf(fb) && fa.clock && fb.part != "":
		if fb.part != "MO" && fb.part != "" && fa.hour < 12 {
			fa.hour += 12
		}
	case fa.kind == kindWeekday && fb.kind == kindDate && fb.day > 0:
		part, clock, hour, minute, zone, typ, weekday := fa.part, fa.clock, fa.hour, fa.minute, fa.zone, fa.typ, fa.weekday
		*fa = *fb
		fa.weekday = weekday
		if part != "" || clock {
			fa.part, fa.clock, fa.hour, fa.minute, fa.zone, fa.typ = part, clock, hour, minute, zone, typ
		}
	case fa.kind == kindDeictic && (fb.kind == kindDate && fb.day > 0 || fb.kind == kindWeekday): // "today, Nov. 5"
		*fa = *fb
	default:
		return false
	}
	a.last = b.last
	return true
}

// modify widens expressions over the modifiers beside them and takes their meaning.
func (r *reader) modify(from int) {
	for i := from; i < len(r.found); i++ {
		m := &r.found[i]
		floor := 0
		if i > from {
			floor = r.found[i-1].last
		}
		ceiling := len(r.items)
		if i+1 < len(r.found) {
			ceiling = r.found[i+1].first
		}
		r.modifyBefore(m, floor)
		r.modifyAfter(m, ceiling)
	}
}

func (r *reader) modifyBefore(m *match, floor int) {
	for range 2 { // "until at least late 1999"
		i := m.first - 1
		if i > floor && r.items[i].Kind == numeral.Mark && r.items[i].Mark == '-' && r.items[i].Glued && r.items[m.first].Glued {
			i--
		}
		if i < floor {
			return
		}
		widened := false
		for _, n := range r.grammar.before[r.items[i].Word] {
			mod := &r.grammar.modifiers[n]
			start := i - len(mod.words) + 1
			if start < floor || !mod.applies(&m.form) || !r.spells(start, mod.words) || mod.mod == "MORE_THAN" && (m.form.past || m.form.ahead) {
				continue // "over the past year" is no more than a year
			}
			m.first, widened = start, true
			if m.form.mod == "" {
				m.form.mod = mod.mod
			}
			break
		}
		if !widened {
			return
		}
	}
}

func (r *reader) modifyAfter(m *match, ceiling int) {
	if m.last >= ceiling || r.items[m.last].Word == 0 {
		return
	}
	for _, n := range r.grammar.after[r.items[m.last].Word] {
		mod := &r.grammar.modifiers[n]
		if m.last+len(mod.words) <= ceiling && mod.applies(&m.form) && r.spells(m.last, mod.words) {
			m.last += len(mod.words)
			if m.form.mod == "" {
				m.form.mod = mod.mod
			}
			return
		}
	}
}

func (r *reader) spells(i int, words []uint16) bool {
	for k, w := range words {
		if r.items[i+k].Word != w {
			return false
		}
	}
	return true
}

// applies tells whether a modifier suits a form.
func (mod *modifier) applies(f *form) bool {
	switch f.kind {
	case kindLength:
		return mod.onLengths
	case kindAgo, kindShift, kindFromNow:
		return mod.onDates && mod.onLengths || mod.onLengths
	case kindFixed, kindNone:
		return false
	}
	return mod.onDates
}
