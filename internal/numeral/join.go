package numeral

// join puts the items of one number together, in place, from items[from:] on.
func (s *Scanner) join(text string, items []Item, from int) []Item {
	out := from
	for i := from; i < len(items); {
		number, next := s.number(text, items, i)
		if next == i {
			items[out] = items[i]
			i++
		} else {
			items[out] = number
			i = next
		}
		out++
	}
	return items[:out]
}

// number reads the longest number that begins at items[i]; next is i when a single item is all.
func (s *Scanner) number(text string, items []Item, i int) (number Item, next int) {
	p := phrase{scanner: s, text: text, items: items, at: i}
	switch {
	case items[i].Kind == Cardinal && items[i].Figures:
		p.figures()
	case items[i].Kind == Cardinal, items[i].Kind == Word && s.begins(text, items, i):
		p.words()
	default:
		return items[i], i
	}
	if p.at <= i+1 && !p.ordinal {
		return items[i], i
	}
	number = items[i]
	last := &items[p.at-1]
	number.End, number.Last, number.Word, number.Width = last.End, last.Last, 0, 0
	number.Kind, number.Value, number.Scaled = Cardinal, p.value, p.scaled
	if p.ordinal {
		number.Kind = Ordinal
	}
	return number, p.at
}

// begins tells whether a word opens a number: "a" and "an" before hundred, a scale or a dozen, "half" before an
// article ("half a million") or a scale.
func (s *Scanner) begins(text string, items []Item, i int) bool {
	switch s.role(text, items, i) {
	case article:
		switch s.role(text, items, i+1) {
		case hundred, scale, dozen:
			return true
		case half: // "a half million", "a half dozen"
			r := s.role(text, items, i+2)
			return r == scale || r == dozen
		}
	case half:
		next := s.role(text, items, i+1)
		if next == article {
			next = s.role(text, items, i+2)
		}
		return next == scale || next == dozen
	case hundred, scale, dozen: // bare: "dozen people", "hundred dollars"
		return items[i].Word == 0 || s.role(text, items, i) != none
	}
	return false
}

// role looks a word item up again; numbers in figures and marks have none.
func (s *Scanner) role(text string, items []Item, i int) role {
	if i >= len(items) || items[i].Figures || items[i].Kind == Mark {
		return none
	}
	return s.entry(text, &items[i]).role
}

func (s *Scanner) entry(text string, item *Item) entry {
	if item.Len() > maxWord {
		return entry{}
	}
	var key [maxWord]byte
	n := 0
	for _, c := range []byte(text[item.Start:item.End]) {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		key[n] = c
		n++
	}
	return s.words[string(key[:n])]
}

// phrase is the number being read.
type phrase struct {
	scanner *Scanner
	text    string
	items   []Item
	at      int // next item
	value   float64
	scaled  bool
	ordinal bool
}

func (p *phrase) role(ahead int) role { return p.scanner.role(p.text, p.items, p.at+ahead) }

func (p *phrase) entry(ahead int) entry {
	return p.scanner.entry(p.text, &p.items[p.at+ahead])
}

func (p *phrase) mark(ahead int, mark byte) bool {
	return p.at+ahead < len(p.items) && p.items[p.at+ahead].Kind == Mark && p.items[p.at+ahead].Mark == mark
}

// figures reads "1/2", "10 1/2", "2.5 million", "3 dozen", "one hundred" in figures.
func (p *phrase) figures() {
	p.value = p.items[p.at].Value
	p.at++
	if p.at < len(p.items) && p.items[p.at].Value > 0 && p.items[p.at].Value < 1 && p.items[p.at].Len() == 2 { // "2½"
		p.value += p.items[p.at].Value
		p.at++
	} else if f, n := p.vulgar(0); n > 0 { // "10 1/2"
		p.value += f
		p.at += n
	} else if f, n := p.vulgar(-1); n > 0 { // "1/2"
		p.value = f
		p.at += n - 1
	}
	if p.role(0) == hundred && p.value < 100 {
		p.hundreds()
	}
	p.scales()
}

// vulgar reads "1/2" at an offset from the next item: small figures, a slash, larger small figures.
func (p *phrase) vulgar(ahead int) (value float64, n int) {
	i := p.at + ahead
	if i+2 >= len(p.items) || !p.mark(ahead+1, '/') {
		return 0, 0
	}
	a, b := &p.items[i], &p.items[i+2]
	if a.Kind != Cardinal || b.Kind != Cardinal || a.Width == 0 || a.Width > 2 || b.Width == 0 || b.Width > 2 || !p.items[i+1].Glued || !b.Glued {
		return 0, 0
	}
	if a.Value == 0 || b.Value <= a.Value || b.Value > 16 && b.Value != 32 && b.Value != 64 || b.Value < 2 {
		return 0, 0
	}
	if i+3 < len(p.items) && p.items[i+3].Mark == '/' && p.items[i+3].Kind == Mark || i > 0 && p.items[i-1].Mark == '/' && p.items[i-1].Kind == Mark {
		return 0, 0 // a date: 1/2/2012, 3/9/14
	}
	return a.Value / b.Value, 3
}

// words reads a number in words.
func (p *phrase) words() {
	switch p.role(0) {
	case article:
		p.at++
		if p.role(0) == half {
			p.at++
			p.value = 0.5
		} else {
			p.value = 1
		}
		p.hundreds()
		p.scales()
	case half:
		p.at++
		p.value = 0.5
		if p.role(0) == article {
			p.at++
		}
		p.scales()
	case hundred, scale, dozen:
		p.value = 1
		p.hundreds()
		p.scales()
	default:
		p.small()
		p.hundreds()
		p.scales()
	}
}

// small reads 0 to 99: "seven", "twenty-two", "twenty second".
func (p *phrase) small() {
	r := p.role(0)
	p.value = p.entry(0).value
	p.at++
	if r != ten {
		return
	}
	ahead := 0
	if p.mark(0, '-') && p.items[p.at].Glued {
		ahead = 1
	}
	switch next := p.role(ahead); {
	case next == unit && p.entry(ahead).value > 0:
		p.value += p.entry(ahead).value
		p.at += ahead + 1
	case next == ordinal && p.entry(ahead).value < 10 && ahead == 1:
		p.value += p.entry(ahead).value
		p.at += ahead + 1
		p.ordinal = true
	}
}

// hundreds reads "hundred and five" after a small number.
func (p *phrase) hundreds() {
	if p.role(0) != hundred {
		return
	}
	p.at++
	p.value *= 100
	p.rest(100)
}

// rest adds a smaller number after hundred or a scale: "and five", "twenty".
func (p *phrase) rest(below float64) {
	if p.ordinal {
		return
	}
	ahead := 0
	if p.role(0) == and {
		ahead = 1
	}
	r := p.role(ahead)
	if r != unit && r != teen && r != ten {
		return
	}
	q := *p
	q.at += ahead
	q.small()
	if below > 100 {
		q.hundreds()
	}
	if q.value < below && (below == 100 || q.role(0) != scale) { // not "a thousand and two million"
		q.value += p.value
		*p = q
	}
}

// scales reads "million", "and a half million", "thousand two hundred", "dozen".
func (p *phrase) scales() {
	if p.ordinal {
		return
	}
	p.andAHalf(1)
	for {
		ahead := 0
		if p.mark(0, '-') && p.items[p.at].Glued && p.role(1) == scale {
			ahead = 1
		}
		switch p.role(ahead) {
		case scale:
			factor := p.entry(ahead).value
			p.at += ahead + 1
			p.value *= factor
			p.scaled = true
			if !p.items[p.at-1].Figures {
				p.andAHalf(factor)
			}
			if p.value == float64(int64(p.value)) {
				p.rest(factor)
			}
			continue
		case dozen:
			p.at += ahead + 1
			p.value *= 12
			p.scaled = true
		}
		return
	}
}

// andAHalf reads "and a half" after a number or a scale.
func (p *phrase) andAHalf(of float64) {
	if p.role(0) == and && p.role(1) == article && p.role(2) == half {
		p.value += of / 2
		p.at += 3
	}
}
