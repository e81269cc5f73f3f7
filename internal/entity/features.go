package entity

import "annals/internal/model"

// features appends the features of token t of the sentence [first, last) to out. Templates are numbered for ever:
// a changed number needs a retrained model.
func (w *scratch) observe(t, first, last int32, voice uint64, out []uint64) []uint64 {
	at := func(i int32) *word {
		if i < first || i >= last {
			return &border
		}
		return &w.words[i]
	}
	me := at(t)
	before, after := at(t-1), at(t+1)
	before2, after2 := at(t-2), at(t+2)
	add := func(template uint32, a uint64) { out = append(out, model.Feature(template, a)) }
	pair := func(template uint32, a, b uint64) { out = append(out, model.Join(model.Feature(template, a), b)) }
	three := func(template uint32, a, b, c uint64) {
		out = append(out, model.Join(model.Join(model.Feature(template, a), b), c))
	}

	add(0, 0)
	add(1, me.lower)
	add(2, me.form)
	add(3, before.lower)
	add(4, after.lower)
	add(5, before2.lower)
	add(6, after2.lower)
	pair(7, before.lower, me.lower)
	pair(8, me.lower, after.lower)
	pair(9, before2.lower, before.lower)
	pair(10, after.lower, after2.lower)
	pair(11, before.lower, after.lower)
	for i, h := range me.prefix {
		if h != 0 {
			pair(12, uint64(i), h)
		}
	}
	for i, h := range me.suffix {
		if h != 0 {
			pair(13, uint64(i), h)
		}
	}
	pair(14, before.suffix[1], me.short)
	pair(15, after.suffix[1], me.short)

	begins := flag(me.initial)
	pair(16, me.shape, begins)
	pair(17, me.short, begins)
	pair(18, before.short, me.short)
	pair(19, me.short, after.short)
	three(20, before.short, me.short, after.short)
	three(21, before2.short, before.short, me.short)
	three(22, me.short, after.short, after2.short)
	pair(23, before.lower, me.short)
	pair(24, after.lower, me.short)
	pair(25, voice, me.short)

	add(26, me.tag)
	add(27, before.tag)
	add(28, after.tag)
	pair(29, before.tag, me.tag)
	pair(30, me.tag, after.tag)
	three(31, before.tag, me.tag, after.tag)
	pair(32, me.tag, me.short)

	mine := gazetteCode(me)
	add(33, mine)
	for bits := me.gazette; bits != 0; bits &= bits - 1 {
		low := bits & -bits
		three(34, uint64(low), uint64(me.edge), me.short)
	}
	if before.gazette != 0 {
		add(35, gazetteCode(before))
		pair(36, gazetteCode(before), me.short)
	}
	if after.gazette != 0 {
		add(37, gazetteCode(after))
		pair(38, gazetteCode(after), me.short)
	}
	pair(39, gazetteCode(before), mine)
	pair(40, mine, gazetteCode(after))
	pair(41, mine, me.tag)
	if me.gazette != 0 {
		pair(42, mine, before.lower)
		pair(43, mine, after.lower)
	}
	pair(50, me.fine, flag(me.capital))
	pair(51, me.coarse, me.short)
	pair(52, me.habit, me.short)
	three(53, me.habit, me.short, begins)
	add(54, before.fine)
	add(55, after.fine)
	pair(56, before.fine, me.short)
	pair(57, after.fine, me.short)
	pair(58, before.coarse, me.coarse)
	pair(59, me.coarse, after.coarse)
	pair(60, before2.coarse, before.coarse)
	pair(61, after.coarse, after2.coarse)
	three(62, before.coarse, me.coarse, after.coarse)
	three(63, before.coarse, me.short, after.coarse)
	if me.place != 0 {
		add(64, me.place)
		pair(65, me.place, me.short)
		pair(66, me.place, me.habit)
		pair(67, me.place, before.lower)
		pair(68, me.place, after.lower)
	}
	if before.place != 0 {
		pair(69, before.place, me.short)
	}
	if after.place != 0 {
		pair(70, after.place, me.short)
	}
	if w.plain {
		out = w.ofRegister(t, before, after, out)
	}
	if me.outer != noRun {
		out = w.ofRuns(t, first, last, out)
	}
	if me.capital {
		out = w.elsewhere(t, out)
	}
	return out
}

// ofRuns adds what the whole stretch of capitals around a token looks like: its first and last words, and what
// stands before and after it.
func (w *scratch) ofRuns(t, first, last int32, out []uint64) []uint64 {
	pair := func(template uint32, a, b uint64) { out = append(out, model.Join(model.Feature(template, a), b)) }
	outer := &w.runs[w.words[t].outer]
	at := outer.position(t)
	begin, end := &w.words[outer.first], &w.words[outer.last-1]
	before, after := &border, &border
	if outer.first > first {
		before = &w.words[outer.first-1]
	}
	if outer.last < last {
		after = &w.words[outer.last]
	}
	pair(71, begin.lower, at)
	pair(72, end.lower, at)
	pair(73, before.lower, at)
	pair(74, after.lower, at)
	pair(75, before.fine, at)
	pair(76, after.fine, at)
	pair(77, outer.whole, at)
	if w.words[t].inner == noRun {
		return out
	}
	inner := &w.runs[w.words[t].inner]
	at = inner.position(t)
	begin, end = &w.words[inner.first], &w.words[inner.last-1]
	pair(78, begin.lower, at)
	pair(79, end.lower, at)
	pair(80, end.suffix[1], at)
	pair(81, model.Join(begin.coarse, end.coarse), at)
	pair(82, model.Join(uint64(inner.gazette), uint64(min(inner.last-inner.first, 5))), at)
	pair(83, end.fine, at)
	return out
}

// elsewhere adds what surrounds the same word at other places of the document: "Mr Kato" on line one tells what
// "Kato" is on line nine. The nearest few are asked.
func (w *scratch) elsewhere(t int32, out []uint64) []uint64 {
	const most = 4
	size := int32(len(w.words))
	lower, upper := uint64(0), uint64(0)
	for o, n := w.words[t].same, 0; o != t && n < most; o, n = w.words[o].same, n+1 {
		other := &w.words[o]
		if !other.capital {
			lower = 1
			continue
		}
		if !other.initial {
			upper = 1
		}
		if o > 0 {
			out = append(out, model.Feature(45, w.words[o-1].lower))
			if w.words[o-1].capital {
				out = append(out, model.Feature(46, uint64(w.words[o-1].gazette)))
			}
		}
		if o+1 < size {
			out = append(out, model.Feature(47, w.words[o+1].lower))
			if w.words[o+1].capital {
				out = append(out, model.Feature(48, uint64(w.words[o+1].gazette)))
			}
		}
	}
	return append(out, model.Join(model.Join(model.Feature(49, lower), upper), flag(w.words[t].initial)))
}

// border stands before the first and after the last word of a sentence.
var border = word{lower: 1, form: 1, shape: 1, short: 1, tag: 1, inner: noRun, outer: noRun}

// gazetteCode is what the lexicon has of a word, and whether a name of it begins or ends there.
func gazetteCode(w *word) uint64 { return uint64(w.gazette)<<2 | uint64(w.edge) }

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
