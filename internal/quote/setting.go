package quote

import (
	"strings"

	"annals/internal/doc"
)

// setting is to whom, through what and when a claim was made.
type setting struct {
	addressee, medium []run
	addresseeHead     int32
	mediumHead        int32
	timex             int32
}

// carriers are nouns for what carries words: an interview, a statement.
var carriers = map[string]bool{
	"interview": true, "statement": true, "report": true, "article": true, "speech": true, "letter": true, "briefing": true, "conference": true,
	"remark": true, "comment": true, "editorial": true, "story": true, "broadcast": true, "address": true, "communique": true, "dispatch": true,
}

// settingOf reads what stands around the cue outside the source and content.
func (x *Text) settingOf(c *claim, p *people) setting {
	s := setting{addresseeHead: doc.None, mediumHead: doc.None, timex: doc.None}
	d := x.doc
	x.freeAddressee(c)
	x.withoutSetting(c)
	for _, at := range x.anchors(c) {
		for _, t := range d.Children(at) {
			object := d.IsRelation(t, "obj") || d.IsRelation(t, "iobj")
			if !x.free(c, t) && !(object && c.frame == "to") {
				continue
			}
			switch {
			case object:
				if addressed(c) {
					x.setAddressee(&s, p, t)
				}
			case d.IsRelation(t, "obl"), d.IsRelation(t, "nmod"), d.IsRelation(t, "advcl"):
				x.oblique(&s, c, p, t)
			}
		}
	}
	if len(s.addressee) == 0 && addressed(c) && c.row.Act == "assert" {
		x.addresseeByOrder(&s, c, p)
	}
	if c.frame == "according-to" || c.sourceHead != doc.None && carriers[lemmaOf(&d.Tokens[c.sourceHead])] {
		x.carrier(&s, p, c.sourceHead)
	}
	x.quotedBy(&s, c, p)
	s.timex = x.saidAt(c)
	return s
}

// addresseeByOrder takes the words between "told" and what follows, where the parse shows no object.
func (x *Text) addresseeByOrder(s *setting, c *claim, p *people) {
	d := x.doc
	first := c.cueHead + 1
	last := first
	for int(last) < len(d.Tokens) && last < first+9 && x.free(c, last) && d.Tokens[last].Sentence == d.Tokens[c.cueHead].Sentence {
		t := &d.Tokens[last]
		if t.UPOS == "ADP" && t.Form != "of" || t.UPOS == "PUNCT" || t.UPOS == "SCONJ" || t.UPOS == "VERB" || t.UPOS == "AUX" {
			break
		}
		last++
	}
	phrase := run{first, last}
	if !hasWord(d, phrase) {
		return
	}
	s.addressee, s.addresseeHead = []run{phrase}, x.headOf(phrase)
	for t := phrase.first; t < phrase.last; t++ {
		if x.isMedium(p, t) {
			s.medium, s.mediumHead = s.addressee, t
		}
	}
}

// freeAddressee takes whom the speaker told out of what he told them: "told the daily that …".
func (x *Text) freeAddressee(c *claim) {
	if !addressed(c) || c.row.Act != "assert" && c.row.Act != "ask" || len(c.content) == 0 {
		return
	}
	d := x.doc
	for _, t := range d.Children(c.cueHead) {
		if !d.IsRelation(t, "obj") && !d.IsRelation(t, "iobj") {
			continue
		}
		for i := range c.content {
			if p := x.phrase(t); c.content[i].first == p.first && p.last < c.content[i].last {
				c.content[i].first = p.last
			}
		}
	}
}

// quotedBy: "was quoted by state television as saying", "state television quoted him as saying".
func (x *Text) quotedBy(s *setting, c *claim, p *people) {
	if c.frame != "as" || c.row == nil || c.row.Act != "report" {
		return
	}
	d := x.doc
	if t := c.cueHead + 1; int(t) < len(d.Tokens) && d.Tokens[t].Form == "by" {
		if as := x.asSaying(c.cueHead); as != doc.None && as > t+1 {
			phrase := run{t + 1, as}
			s.medium, s.mediumHead = []run{phrase}, x.headOf(phrase)
			return
		}
	}
	if subject := x.subject(c.cueHead); subject != doc.None && subject != c.sourceHead && x.free(c, subject) && !x.isPassive(c.cueHead) {
		x.setMedium(s, subject)
	}
}

// anchors are the tokens whose dependents tell of the setting: the cue's head, and the verbs inside the cue.
func (x *Text) anchors(c *claim) []int32 {
	out := []int32{c.cueHead}
	for _, cue := range c.cue {
		for t := cue.first; t < cue.last; t++ {
			if t != c.cueHead && (x.doc.Tokens[t].UPOS == "VERB" || x.doc.Tokens[t].UPOS == "NOUN") {
				out = append(out, t)
			}
		}
	}
	return out
}

// free tells whether a token lies outside source and content.
func (x *Text) free(c *claim, t int32) bool {
	return !anyHolds(c.content, t) && !anyHolds(c.source, t)
}

// addressed tells whether the object of the cue is the person spoken to.
func addressed(c *claim) bool {
	if c.row == nil {
		return false
	}
	switch c.row.Lemma {
	case "tell", "assure", "ask", "urge", "warn", "order", "beg", "implore", "advise", "instruct", "direct", "command", "encourage", "promise", "threaten", "remind", "inform", "notify":
		return true
	}
	return false
}

func (x *Text) setAddressee(s *setting, p *people, t int32) {
	phrase := x.withPossessed(x.phrase(t))
	paper := int(phrase.last) < len(x.doc.Tokens) && phrase.last > t && x.media[strings.ToLower(x.doc.Tokens[phrase.last].Form)]
	if paper { // "told the state Nile daily": the parse takes "daily" for an adverb
		phrase.last++
	}
	if phrase.last > 0 && x.media[strings.ToLower(x.doc.Tokens[phrase.last-1].Form)] {
		paper = true
	}
	s.addressee, s.addresseeHead = trimAll(x.doc, []run{phrase}), t
	if paper || x.isMedium(p, t) {
		s.medium, s.mediumHead = s.addressee, t
	}
}

// withPossessed adds what follows a possessive that the parse hung elsewhere: "told Egypt 's state Nile daily".
func (x *Text) withPossessed(r run) run {
	d := x.doc
	if int(r.last) >= len(d.Tokens) || d.Tokens[r.last].XPOS != "POS" {
		return r
	}
	last := r.last + 1
	for int(last) < len(d.Tokens) && last < r.last+8 && d.Tokens[last].UPOS != "PART" && inNounPhrase[d.Tokens[last].UPOS] {
		last++
	}
	if last > r.last+1 {
		r.last = last
	}
	return r
}

// phrase is the noun phrase of a head without its preposition and without a clause that hangs on it.
func (x *Text) phrase(t int32) run {
	d := x.doc
	r := x.extent[t]
	for _, c := range d.Children(t) {
		if c < t && (d.IsRelation(c, "case") || d.IsRelation(c, "mark")) {
			r.first = max(r.first, c+1)
		}
		if c > t && (d.IsRelation(c, "acl") || d.IsRelation(c, "advcl") || d.IsRelation(c, "parataxis")) {
			r.last = min(r.last, x.extent[c].first)
		}
		if c > t && d.IsRelation(c, "nmod") && carrierIn(d, c) { // "told the daily in an interview" hung too low
			r.last = min(r.last, x.extent[c].first)
		}
	}
	for i := range d.Timexes { // "told the council on Monday" hung too low
		if first := d.Timexes[i].First; t < first && first < r.last {
			r.last = first
			if d.Tokens[first-1].UPOS == "ADP" {
				r.last--
			}
		}
	}
	if r.empty() {
		return run{t, t + 1}
	}
	return r
}

func carrierIn(d *doc.Doc, t int32) bool { return carriers[lemmaOf(&d.Tokens[t])] }

// isMedium tells whether a noun phrase names a channel of news.
func (x *Text) isMedium(p *people, t int32) bool {
	d := x.doc
	if p.isOutlet(p.actor(t)) || x.media[lemmaOf(&d.Tokens[t])] {
		return true
	}
	for _, c := range d.Children(t) {
		if (d.IsRelation(c, "compound") || d.IsRelation(c, "appos") || d.IsRelation(c, "flat")) && x.media[lemmaOf(&d.Tokens[c])] {
			return true
		}
	}
	return false
}

func (x *Text) oblique(s *setting, c *claim, p *people, t int32) {
	d := x.doc
	marker := d.Child(t, "case", "mark")
	if marker == doc.None {
		return
	}
	preposition := lemmaOf(&d.Tokens[marker])
	switch {
	case carriers[lemmaOf(&d.Tokens[t])]:
		x.carrier(s, p, t)
	case preposition == "by" && c.frame == "as" && t != c.sourceHead:
		x.setMedium(s, t)
	case (preposition == "to" || preposition == "with") && len(s.addressee) == 0 && preposition == "to":
		x.setAddressee(s, p, t)
	case (preposition == "on" || preposition == "in" || preposition == "via" || preposition == "through" || preposition == "by") && x.isMedium(p, t):
		x.setMedium(s, t)
	}
}

func (x *Text) setMedium(s *setting, t int32) {
	if s.mediumHead == doc.None {
		s.medium, s.mediumHead = trimAll(x.doc, []run{x.phrase(t)}), t
	}
}

// carrier looks below an interview, statement or report for who published it: "an interview with", "a statement
// carried by", "a report in".
func (x *Text) carrier(s *setting, p *people, t int32) {
	d := x.doc
	if t == doc.None {
		return
	}
	for _, n := range d.Children(t) {
		switch {
		case d.IsRelation(n, "nmod") || d.IsRelation(n, "obl"):
			marker := d.Child(n, "case")
			if marker == doc.None {
				if d.IsRelation(n, "nmod:poss") && x.isMedium(p, n) {
					x.setMedium(s, n)
				}
				continue
			}
			switch lemmaOf(&d.Tokens[marker]) {
			case "with", "to", "in", "on", "by", "for", "from":
				if x.isMedium(p, n) {
					x.setMedium(s, n)
				} else if lemmaOf(&d.Tokens[t]) == "interview" && lemmaOf(&d.Tokens[marker]) == "with" && x.looksNamed(n) {
					x.setMedium(s, n)
				}
			}
		case d.IsRelation(n, "acl"):
			for _, by := range d.Children(n) {
				marker := d.Child(by, "case")
				if marker == doc.None || !d.IsRelation(by, "obl") {
					continue
				}
				switch lemmaOf(&d.Tokens[marker]) {
				case "by", "on", "in":
					if x.isMedium(p, by) || lemmaOf(&d.Tokens[marker]) == "by" && x.looksNamed(by) {
						x.setMedium(s, by)
					}
				}
			}
		case d.IsRelation(n, "compound") && x.isMedium(p, n):
			x.setMedium(s, n)
		}
	}
}

func (x *Text) looksNamed(t int32) bool { return x.doc.Tokens[t].UPOS == "PROPN" }

// saidAt is the time expression that modifies the cue, or None.
func (x *Text) saidAt(c *claim) int32 {
	d := x.doc
	s := d.Sentences[d.Tokens[c.cueHead].Sentence]
	best, bestAway := doc.None, int32(1<<30)
	low, high := 0, len(d.Timexes)
	for low < high {
		mid := (low + high) / 2
		if d.Timexes[mid].Start < s.Start {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for i := low; i < len(d.Timexes) && d.Timexes[i].Start < s.End; i++ {
		t := &d.Timexes[i]
		if t.Type != "DATE" && t.Type != "TIME" || t.First >= t.Last || t.First < s.First || t.Last > s.Last {
			continue
		}
		head := x.headOf(run{t.First, t.Last})
		if !x.free(c, head) || !x.modifies(c, head) {
			continue
		}
		if away := max(t.First-c.cue[0].last, c.cue[0].first-t.Last); away < bestAway {
			best, bestAway = int32(i), away
		}
	}
	return best
}

// modifies tells whether a token hangs on the cue, directly or through an interview or statement.
func (x *Text) modifies(c *claim, t int32) bool {
	d := x.doc
	for steps := 0; t != doc.None && steps < 5; steps++ {
		h := d.Tokens[t].Head
		if h == c.cueHead || h != doc.None && anyHolds(c.cue, h) {
			return !strings.HasPrefix(d.Tokens[t].Deprel, "ccomp") && !strings.HasPrefix(d.Tokens[t].Deprel, "conj")
		}
		if h == doc.None || !x.free(c, h) || d.IsRelation(t, "nsubj") || d.IsRelation(t, "conj") {
			return false
		}
		t = h
	}
	return false
}
