package quote

import (
	"annals/internal/doc"
)

// What is too rare to learn, or has no cue word at all: transcripts, a name after a dash, adverbs of hearsay, and
// quotations that stand alone.

// transcripts reads paragraphs that open with "Name:". One colon may be a headline; two speakers make a transcript.
func (x *Text) transcripts() []claim {
	d := x.doc
	var out []claim
	for i := range d.Sentences {
		if i > 0 && d.Sentences[i].Paragraph == d.Sentences[i-1].Paragraph {
			continue
		}
		if c, ok := x.turn(int32(i)); ok {
			out = append(out, c)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// turn is one speaker's turn: a short name, a colon, and the rest of the paragraph.
func (x *Text) turn(s int32) (claim, bool) {
	d := x.doc
	first := d.Sentences[s].First
	if isMark(d.Tokens[first].Form) { // a transcript that stands in marks as a whole
		first++
	}
	colon := first
	for ; int(colon) < len(d.Tokens) && colon < first+6; colon++ {
		t := &d.Tokens[colon]
		if t.Form == ":" {
			break
		}
		if r := t.Form[0]; !(r >= 'A' && r <= 'Z') && t.Form != "." && t.Form != "-" && t.UPOS != "PROPN" {
			return claim{}, false
		}
	}
	if colon == first || int(colon)+2 >= len(d.Tokens) || colon == first+6 || d.Tokens[colon].Form != ":" {
		return claim{}, false
	}
	last := s
	for int(last)+1 < len(d.Sentences) && d.Sentences[last+1].Paragraph == d.Sentences[s].Paragraph {
		last++
	}
	c := claim{source: []run{{first, colon}}, cue: []run{{colon, colon + 1}}, content: []run{{colon + 1, d.Sentences[last].Last}},
		cueHead: colon, sourceHead: x.headOf(run{first, colon}), outer: doc.None, rule: "transcript", frame: "turn", confidence: 0.7}
	if end := &c.content[0].last; isMark(d.Tokens[first-min(first, 1)].Form) && first > d.Sentences[s].First && isMark(d.Tokens[*end-1].Form) {
		*end--
	}
	if c.content[0].empty() {
		return claim{}, false
	}
	return c, true
}

func isMark(form string) bool {
	switch form {
	case "\"", "“", "”", "„", "«", "»", "``", "''":
		return true
	}
	return false
}

// signed reads a quotation that is followed by a dash and a name at the end of its paragraph.
func (x *Text) signed() []claim {
	d := x.doc
	var out []claim
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.Outer != doc.None || !q.Speech || q.Unended {
			continue
		}
		first, last := d.TokensIn(q.Span)
		if first >= last || int(last)+1 >= len(d.Tokens) || !isDash(d.Tokens[last].Form) {
			continue
		}
		name := last + 1
		end := name
		for int(end) < len(d.Tokens) && d.Sentences[d.Tokens[end].Sentence].Paragraph == d.Sentences[d.Tokens[name].Sentence].Paragraph {
			end++
		}
		if end-name > 12 || d.Tokens[name].UPOS != "PROPN" && d.Tokens[name].UPOS != "DET" && d.Tokens[name].UPOS != "NOUN" || x.hasVerb(run{name, end}) {
			continue
		}
		source := trimAll(d, []run{{name, end}})
		if len(source) == 0 {
			continue
		}
		out = append(out, claim{source: source, cue: []run{{last, last + 1}}, content: []run{{first, last}}, cueHead: last,
			sourceHead: x.headOf(source[0]), outer: doc.None, rule: "signed", frame: "turn", confidence: 0.8})
	}
	return out
}

func isDash(form string) bool {
	switch form {
	case "-", "--", "‐", "–", "—", "―":
		return true
	}
	return false
}

func (x *Text) hasVerb(r run) bool {
	for t := r.first; t < r.last; t++ {
		if finiteTags[x.doc.Tokens[t].XPOS] {
			return true
		}
	}
	return false
}

// bare reads quotations that fill their sentences and belong to no claim yet: they go on with the words of the last
// speaker, in the same paragraph or the one before (the "floating quotes" of Asr et al. 2021). claims are in the order
// of the text; in the same paragraph the quotation becomes a further part of the claim's content.
func (x *Text) bare(claims []claim) []claim {
	d := x.doc
	covered := make([]bool, len(d.Tokens))
	for i := range claims {
		for _, r := range claims[i].content {
			for t := r.first; t < r.last; t++ {
				covered[t] = true
			}
		}
	}
	var out []claim
	var speaker *claim // the last one who spoke before the quotation
	next := 0
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.Outer != doc.None || !q.Speech {
			continue
		}
		first, last := d.TokensIn(q.Span)
		if first < last && !covered[first] && !covered[(first+last)/2] {
			if c := x.goneOn(claims, out, first); c != nil {
				c.content = append(c.content, run{first, last})
				cover(covered, c.content)
				continue
			}
		}
		if first >= last || covered[first] || covered[(first+last)/2] || covered[last-1] || !x.fillsSentences(first, last) {
			continue
		}
		for ; next < len(claims) && claims[next].first() < first; next++ {
			if c := &claims[next]; c.last() <= first && len(c.source) > 0 && len(c.content) > 0 && x.speaks(c) {
				speaker = c
			}
		}
		if speaker == nil || x.paragraphOf(first)-x.paragraphOf(speaker.last()-1) > 1 {
			continue
		}
		if x.paragraphOf(first) == x.paragraphOf(speaker.last()-1) {
			speaker.content = append(speaker.content, run{first, last})
			continue
		}
		out = append(out, claim{source: speaker.source, cue: speaker.cue, content: []run{{first, last}}, sourceHead: speaker.sourceHead,
			cueHead: speaker.cueHead, row: speaker.row, frame: "quote", outer: doc.None, rule: "carried-speaker", carried: true, confidence: 0.4})
	}
	return out
}

// goneOn is the claim that holds the paragraph before, when that left its quotation open and this one goes on with it.
func (x *Text) goneOn(claims, carried []claim, first int32) *claim {
	s := x.doc.Tokens[first].Sentence
	if s == 0 || x.doc.Sentences[s].First != first || !x.goesOn(s) {
		return nil
	}
	for _, list := range [2][]claim{claims, carried} {
		for i := range list {
			if anyHolds(list[i].content, first-1) || first > 1 && anyHolds(list[i].content, first-2) {
				return &list[i]
			}
		}
	}
	return nil
}

func (x *Text) fillsSentences(first, last int32) bool {
	d := x.doc
	s, e := d.Sentences[d.Tokens[first].Sentence], d.Sentences[d.Tokens[last-1].Sentence]
	return first == s.First && (last == e.Last || last+1 == e.Last && d.Tokens[last].UPOS == "PUNCT")
}

func (x *Text) paragraphOf(t int32) int32 { return x.doc.Sentences[x.doc.Tokens[t].Sentence].Paragraph }

func (x *Text) speaks(c *claim) bool {
	for _, r := range c.content {
		for t := r.first; t < r.last; t++ {
			if x.quote[t] != doc.None {
				return true
			}
		}
	}
	return false
}

// rare tells whether a claim by rule is of a kind that is too rare to learn.
func rare(c *claim) bool {
	switch {
	case c.rule == "adverb", c.rule == "according-to", c.rule == "noun", c.rule == "adjective", c.frame == "raised", c.frame == "as" && c.row.Act == "report":
		return true
	case c.row == nil:
		return false
	}
	switch c.row.Act {
	case "deny", "accuse", "hearsay", "confirm", "report", "rule":
		return len(c.source) > 0 && (c.frame == "gerund" || c.frame == "clause" || c.frame == "of" || c.row.Act == "accuse" && c.frame == "for")
	}
	return false
}
