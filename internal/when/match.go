package when

import (
	"math/bits"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// maxElements is the longest pattern.
const maxElements = 12

// match is a pattern found in a sentence, with its reading.
type match struct {
	rule                  *rule
	first, last           int // items [first, last)
	at                    [maxElements]int16
	form                  form
	second                form // of a pair
	linkFirst, linkLast   int  // items of the link of a pair
	sentence              int32
	tokenFirst, tokenLast int32
	span                  doc.Span
	tense                 tense
	ended                 bool    // "ended" or "ending" follows, then a date
	whole                 *reader // for readings, while the match is made
}

// classify gives every item its classes.
func (r *reader) classify() {
	if cap(r.masks) < len(r.items) {
		r.masks = make([]class, len(r.items)+64)
	}
	r.masks = r.masks[:len(r.items)]
	for i := range r.items {
		r.masks[i] = r.classes(&r.items[i])
	}
}

func (r *reader) classes(item *numeral.Item) (c class) {
	if item.Word != 0 {
		l := &r.grammar.lexemes[item.Word]
		if c = l.classes; c != 0 && l.capital && !upper(r.doc.Text[item.Start]) {
			c = 0
		}
	}
	switch item.Kind {
	case numeral.Cardinal:
		c |= classNumber
		if item.Value == float64(int(item.Value)) {
			c |= classInt
		}
		switch item.Width {
		case 1, 2:
			c |= classD2
			if item.Value >= 1 && item.Value <= 31 {
				c |= classDay
			}
		case 4:
			c |= classD4
			if item.Value >= 1000 && item.Value < 2200 {
				c |= classYear
			}
		}
	case numeral.Ordinal:
		c |= classOrd
		if item.Value >= 1 && item.Value <= 31 {
			c |= classDay
		}
	}
	return c
}

// longest tries the rules that may begin at item i, and keeps the longest match whose reading agrees.
func (r *reader) longest(i int) (best match, ok bool) {
	item := &r.items[i]
	if item.Word != 0 {
		r.tryAll(r.grammar.byWord[item.Word], i, &best)
	}
	for c := r.masks[i]; c != 0; c &= c - 1 {
		r.tryAll(r.grammar.byClass[bits.TrailingZeros64(uint64(c))], i, &best)
	}
	if item.Kind == numeral.Mark && item.Mark != 0 && item.Mark < 128 {
		r.tryAll(r.grammar.byMark[item.Mark], i, &best)
	}
	return best, best.rule != nil
}

func (r *reader) tryAll(rules []int32, i int, best *match) {
	m := &r.trial // readings take its address; on the stack it would escape once a rule
	for _, n := range rules {
		rule := &r.grammar.rules[n]
		m.rule, m.first, m.whole = rule, i, r
		end := r.fit(m, 0, i)
		if end < 0 {
			continue
		}
		m.last = end
		if best.rule != nil && (end < best.last || end == best.last && n >= best.rule.number) {
			continue
		}
		m.form, m.second = form{}, form{}
		m.ends()
		if m.read() {
			*best = *m
			best.whole = nil
		}
	}
}

// fit matches element e and those after it from item i on; it returns the end of the expression, or -1.
func (r *reader) fit(m *match, e, i int) int {
	if e == len(m.rule.elements) {
		if m.rule.ahead == e {
			return i
		}
		return m.lookEnd()
	}
	el := &m.rule.elements[e]
	j := i
	if e > 0 && j+1 < len(r.items) && r.joinsWords(j) && el.mark != '-' {
		j++
	}
	if j < len(r.items) && r.fits(el, j) {
		m.at[e] = int16(j) + 1
		if end := r.fit(m, e+1, j+1); end >= 0 {
			return end
		}
	}
	m.at[e] = 0
	if el.optional {
		return r.fit(m, e+1, i)
	}
	return -1
}

func (r *reader) fits(el *element, i int) bool {
	item := &r.items[i]
	if r.masks[i]&el.classes != 0 {
		return true
	}
	if el.mark != 0 && item.Kind == numeral.Mark && item.Mark == el.mark {
		return true
	}
	if item.Word != 0 {
		for _, w := range el.words {
			if w == item.Word {
				return true
			}
		}
	}
	return false
}

// joinsWords tells whether a hyphen at item i joins two words, or a word and a number: "third-quarter", "mid-1996".
func (r *reader) joinsWords(i int) bool {
	hyphen := &r.items[i]
	if hyphen.Kind != numeral.Mark || hyphen.Mark != '-' || !hyphen.Glued || i == 0 {
		return false
	}
	before, after := &r.items[i-1], &r.items[i+1]
	return after.Glued && before.Kind != numeral.Mark && after.Kind != numeral.Mark && !(before.Figures && after.Figures)
}

// lookEnd is the end of the part before ">".
func (m *match) lookEnd() int {
	end := -1
	for e := 0; e < m.rule.ahead; e++ {
		if m.at[e] > 0 {
			end = int(m.at[e])
		}
	}
	return end
}

// ends finds the borders of the parts of a pair.
func (m *match) ends() {
	if !m.rule.pair {
		return
	}
	m.linkFirst, m.linkLast = -1, -1
	for e := range m.rule.elements {
		at := int(m.at[e]) - 1
		if at < 0 {
			continue
		}
		switch {
		case e < m.rule.link:
			m.linkFirst = at + 1
		case e >= m.rule.second && m.linkLast < 0:
			m.linkLast = at
		}
	}
}

// read makes the form or, for a pair, the two.
func (m *match) read() bool {
	if !m.rule.pair {
		return m.rule.read(m, &m.form, part{0, len(m.rule.elements)})
	}
	return m.rule.read(m, &m.form, part{0, m.rule.link}) && m.rule.read(m, &m.second, part{m.rule.second, len(m.rule.elements)})
}

// part is a range of elements.
type part struct{ from, to int }

// item is the first item in a part that matched an element as one of the classes, or nil.
func (m *match) item(p part, c class) *numeral.Item { return m.nth(p, c, 0) }

func (m *match) nth(p part, c class, n int) *numeral.Item {
	for e := p.from; e < p.to; e++ {
		if at := int(m.at[e]) - 1; at >= 0 && m.rule.elements[e].classes&c != 0 && m.whole.masks[at]&c != 0 {
			if n == 0 {
				return &m.whole.items[at]
			}
			n--
		}
	}
	return nil
}

// shared is the item of a class in the part or, for a pair, anywhere in the match.
func (m *match) shared(p part, c class) *numeral.Item {
	if item := m.item(p, c); item != nil {
		return item
	}
	return m.item(part{0, len(m.rule.elements)}, c)
}

// lexeme is what the tables know of an item's word.
func (m *match) lexeme(item *numeral.Item) *lexeme { return &m.whole.grammar.lexemes[item.Word] }

// has tells whether one of the pattern's own words was matched.
func (m *match) has(words ...string) bool {
	for e := range m.rule.elements {
		at := int(m.at[e]) - 1
		if at < 0 || m.whole.items[at].Word == 0 {
			continue
		}
		name := m.whole.grammar.scanner.Name(m.whole.items[at].Word)
		for _, w := range words {
			if w == name {
				return true
			}
		}
	}
	return false
}

// before is the item before the match, or nil at the start of the sentence.
func (m *match) before() *numeral.Item {
	if m.first == 0 {
		return nil
	}
	return &m.whole.items[m.first-1]
}

// after is the item after the match, or nil.
func (m *match) after() *numeral.Item {
	if m.last >= len(m.whole.items) {
		return nil
	}
	return &m.whole.items[m.last]
}

func (m *match) upos(item *numeral.Item) string {
	return m.whole.doc.Tokens[item.First].UPOS
}

// capital tells whether the expression begins with a capital letter.
func (m *match) capital() bool {
	return upper(m.whole.doc.Text[m.whole.items[m.first].Start])
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
