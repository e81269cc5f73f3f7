package quote

import (
	"slices"

	"annals/internal/doc"
)

// What stands in marks and is speech is said by somebody: of a hundred such quotations of the training articles, 97
// are in the content of an attribution. voice gives those that the model left out to the claim whose cue stands beside
// them, or to a verb of saying beside them that has no claim yet.
func (x *Text) voice(claims, parsed []claim) []claim {
	d := x.doc
	covered := make([]bool, len(d.Tokens))
	for i := range claims {
		x.handBack(&claims[i])
		cover(covered, claims[i].content)
	}
	var left []run
	for i := range d.Quotes {
		q := &d.Quotes[i]
		first, last := d.TokensIn(q.Span)
		if q.Outer != doc.None || !q.Speech || first >= last || touches(covered, []run{{first, last}}) {
			continue
		}
		if c := x.beside(claims, run{first, last}); c != nil {
			x.sayToo(c, run{first, last})
			cover(covered, c.content)
			continue
		}
		left = append(left, run{first, last})
	}
	if len(left) == 0 {
		return claims
	}
	claims = x.join(claims, parsed, func(c *claim) bool {
		return c.frame == "quote" && x.quote[c.cueHead] == doc.None && len(c.source) > 0 && anyOverlaps(c.content, left)
	})
	var placed []claim
	for _, q := range left {
		if c, ok := x.byPlace(q); ok {
			placed = append(placed, c)
		}
	}
	return x.join(claims, placed, nil)
}

// handBack takes off a content the quotations of later or earlier sentences that have a speaker of their own beside them:
// in "\"The pumps stand still,\" he said. The market was empty, she added, \"but people want to trade\"" the last is hers.
func (x *Text) handBack(c *claim) {
	d := x.doc
	if len(c.content) < 2 {
		return
	}
	sentence := d.Tokens[c.cueHead].Sentence
	kept := slices.DeleteFunc(slices.Clone(c.content), func(r run) bool {
		q := x.quote[r.first]
		if q == doc.None || d.Tokens[r.first].Sentence == sentence || d.Tokens[r.last-1].Sentence == sentence {
			return false
		}
		if first, last := d.TokensIn(d.Quotes[q].Span); r != (run{first, last}) || !d.Quotes[q].Speech {
			return false
		}
		own, ok := x.byPlace(r)
		return ok && !anyOverlaps(own.cue, c.cue)
	})
	if len(kept) > 0 {
		c.content = kept
	}
}

// byPlace reads a quotation that a comma or colon ties to a clause of its sentence: whatever its verb means elsewhere,
// there it introduces speech ("shot back", "puts it", "reacted Moyo").
func (x *Text) byPlace(q run) (claim, bool) {
	d := x.doc
	verb := doc.None
	s := d.Sentences[d.Tokens[q.last-1].Sentence]
	if q.last < s.Last && x.endsOpen(q) {
		for t := q.last; t < min(s.Last, q.last+afterMarks) && verb == doc.None; t++ {
			if x.introduces(t) || t == q.last && d.Tokens[t].XPOS == "VBN" {
				verb = t
			}
		}
	}
	s = d.Sentences[d.Tokens[q.first].Sentence]
	if verb == doc.None && q.first > s.First && (d.Tokens[q.first-1].Form == "," || d.Tokens[q.first-1].Form == ":") {
		for t := q.first - 1; t >= max(s.First, q.first-beforeMarks) && verb == doc.None; t-- {
			if x.introduces(t) {
				verb = t
			}
		}
	}
	if verb == doc.None {
		return claim{}, false
	}
	c := claim{cueHead: verb, cue: []run{x.cueGroup(verb)}, content: []run{q}, sourceHead: doc.None, outer: doc.None, frame: "quote", rule: "place", confidence: 0.5}
	if end := &c.cue[0].last; int(*end) < len(d.Tokens) && d.Tokens[*end].Form == "it" && d.Tokens[*end].Head == verb {
		*end++ // "as she puts it"
	}
	x.source(&c, x.isPassive(verb))
	if len(c.source) == 0 {
		x.afterMarks(&c, c.content)
	}
	return c, len(c.source) > 0 && !anyOverlaps(c.source, c.content)
}

// How far from the marks the verb of byPlace is looked for.
const (
	afterMarks  = 12
	beforeMarks = 20
)

// endsOpen tells whether a quotation ends in a comma, or a question or exclamation mark: its sentence goes on.
func (x *Text) endsOpen(q run) bool {
	d := x.doc
	if d.Tokens[q.last].Form == "," {
		return true
	}
	for t := q.last - 1; t >= max(q.first, q.last-2); t-- {
		switch d.Tokens[t].Form {
		case ",", "?", "!":
			return true
		}
	}
	return false
}

// introduces tells whether a token is a finite full verb outside of marks.
func (x *Text) introduces(t int32) bool {
	token := &x.doc.Tokens[t]
	if token.UPOS != "VERB" || x.quote[t] != doc.None || token.XPOS == "MD" || !finiteTags[token.XPOS] {
		return false
	}
	lemma := lemmaOf(token)
	return lemma != "be" && lemma != "have" && lemma != "do"
}

// inSpeech tells whether a content is speech in marks and nothing else.
func (x *Text) inSpeech(content []run) bool {
	for _, r := range content {
		for t := r.first; t < r.last; t++ {
			if q := x.quote[t]; q == doc.None || !x.doc.Quotes[q].Speech {
				return false
			}
		}
	}
	return true
}

func cover(covered []bool, rs []run) {
	for _, r := range rs {
		for t := r.first; t < r.last; t++ {
			covered[t] = true
		}
	}
}

// beside is the claim whose cue of saying stands next to a quotation, in the sentence in which it begins or ends.
func (x *Text) beside(claims []claim, q run) *claim {
	d := x.doc
	var best *claim
	away := int32(windowTokens)
	for i := range claims {
		c := &claims[i]
		s := d.Tokens[c.cueHead].Sentence
		if q.holds(c.cueHead) || s != d.Tokens[q.first].Sentence && s != d.Tokens[q.last-1].Sentence || c.row == nil || !c.row.takes("quote") || x.quote[c.cueHead] != doc.None {
			continue
		}
		if n := max(q.first-c.cueHead, c.cueHead-q.last); n < away {
			best, away = c, n
		}
	}
	return best
}

// sayToo adds a quotation to the content of a claim. When it opens the sentence of the cue, as in "\"It is late,\" he
// said after the doors had closed", what follows the cue without marks is no part of what was said.
func (x *Text) sayToo(c *claim, q run) {
	c.content = append(c.content, q)
	slices.SortFunc(c.content, func(a, b run) int { return int(a.first - b.first) })
	x.asides(c)
}
