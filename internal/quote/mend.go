package quote

import (
	"strings"

	"annals/internal/doc"
)

// What the model leaves at the edges of a cue and a content, by general rules of grammar.

// withoutSetting takes off a content what stands between the cue and the "that" of its clause: in "said in a statement
// carried by the agency that the rebels had fled" the statement is where it was said, no part of it.
func (x *Text) withoutSetting(c *claim) {
	d := x.doc
	for i := range c.content {
		r := &c.content[i]
		if r.first < c.cue[len(c.cue)-1].last || d.Tokens[r.first].UPOS != "ADP" || x.quote[r.first] != doc.None {
			continue
		}
		if that := x.thatAfter(*r); that != doc.None && x.tellsSetting(run{r.first, that}) {
			r.first = that
		}
	}
}

// thatAfter is the first "that" of a run that opens a clause, with no finite verb or mark before it, or None. Past tenses
// may come before, since taggers take the participle of "a statement carried by" for one; the "that" of "in a report that
// blames the army" opens no clause of its own.
func (x *Text) thatAfter(r run) int32 {
	d := x.doc
	for t := r.first + 1; t+2 < r.last; t++ {
		token := &d.Tokens[t]
		if next := d.Tokens[t+1].UPOS; token.Form == "that" && token.UPOS != "DET" {
			if next == "VERB" || next == "AUX" {
				return doc.None
			}
			return t
		}
		if token.XPOS == "VBZ" || token.XPOS == "VBP" || token.XPOS == "MD" || token.UPOS == "AUX" || x.quote[t] != doc.None {
			return doc.None
		}
	}
	return doc.None
}

// tellsSetting tells whether a phrase has a noun for what carries words, or a time expression or day.
func (x *Text) tellsSetting(r run) bool {
	d := x.doc
	for t := r.first; t < r.last; t++ {
		if carriers[lemmaOf(&d.Tokens[t])] || days[d.Tokens[t].Form] {
			return true
		}
	}
	for i := range d.Timexes {
		if r.first <= d.Timexes[i].First && d.Timexes[i].Last <= r.last && d.Timexes[i].First < d.Timexes[i].Last {
			return true
		}
	}
	return false
}

// withExpletive lets the cue of "it is not clear who fired" have its "it", which names nobody.
func (x *Text) withExpletive(c *claim) {
	d := x.doc
	it := c.cue[0].first - 1
	if it < 0 || len(c.source) > 0 || d.Tokens[c.cueHead].UPOS != "ADJ" || !strings.EqualFold(d.Tokens[it].Form, "it") || x.quote[it] != x.quote[c.cueHead] {
		return
	}
	if d.Tokens[it].Head == c.cueHead && len(c.content) > 0 && c.content[0].first >= c.cue[0].last {
		c.cue[0].first = it
	}
}

// circumstance are prepositions of a circumstance: whose fears "amid fears that …" means, the sentence does not say.
var circumstance = map[string]bool{"amid": true, "amidst": true, "despite": true, "following": true, "over": true, "after": true}

// ownerless leaves a noun cue without a source where the model took the subject of a clause of which it is a mere
// circumstance.
func (x *Text) ownerless(c *claim) {
	d := x.doc
	noun := c.cueHead
	if d.Tokens[noun].UPOS != "NOUN" || c.sourceHead == doc.None || d.Child(noun, "nmod:poss") != doc.None || !d.IsRelation(noun, "obl") && !d.IsRelation(noun, "nmod") {
		return
	}
	p := d.Child(noun, "case")
	if p == doc.None || !circumstance[strings.ToLower(d.Tokens[p].Form)] || x.extent[noun].holds(c.sourceHead) {
		return
	}
	c.source, c.sourceHead = nil, doc.None
}

// seeming gives a content the subject of "the roads appear to be open", of whom the sentence says what seems so; nobody
// is named as the one to whom it does. Where the cue goes on to what the subject does, as in "seems to believe", it is
// the source.
func (x *Text) seeming(c *claim) {
	d := x.doc
	last := c.cue[len(c.cue)-1].last
	if !x.seems(c.cueHead) || last != c.cueHead+1 || len(c.content) == 0 || c.content[0].first != last || x.opensWith(c, "that", "as") {
		return
	}
	s := x.subjectOf(c.cueHead)
	if s == doc.None || x.extent[s].last > c.cue[0].first || strings.EqualFold(d.Tokens[s].Form, "it") {
		return
	}
	c.content = append(trimAll(d, []run{x.extent[s]}), c.content...)
	c.source, c.sourceHead = nil, doc.None
}
