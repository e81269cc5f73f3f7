package event

import (
	"strconv"
	"strings"

	"annals/internal/civil"
	"annals/internal/doc"
)

// backgroundDays is how far back a dated happening must lie to be background (ACCENT draws the line at a month).
const backgroundDays = 31

// timeOf dates an event by the time expression that its own verb governs, else by the document and its tense.
func (r *reading) timeOf(c *candidate, e *doc.Event) {
	d := r.d
	e.Time = doc.EventTime{Timex: doc.None, Source: "document"}
	if day, length := r.countedTime(c); length != doc.None {
		e.Time = doc.EventTime{Value: day.String(), Interval: civil.Interval{From: day, To: day}, Timex: length, Source: "timex"}
		r.agree(e)
		return
	}
	x := r.timexOf(c)
	if x == doc.None {
		x = r.sharedTimex(c)
	}
	if x != doc.None {
		t := &d.Timexes[x]
		e.Time = doc.EventTime{Value: t.Value, Interval: t.Interval, Timex: x, Source: "timex"}
		e.Time.Interval = r.stretched(x, t.Interval)
		r.agree(e)
		return
	}
	if d.Date.IsZero() {
		return
	}
	switch e.Tense {
	case "future":
		e.Time.Source, e.Time.Interval = "tense", civil.Interval{From: d.Date}
	case "past":
		e.Time.Source, e.Time.Value, e.Time.Interval = "tense", d.Date.String(), civil.Interval{To: d.Date}
	default:
		e.Time.Value, e.Time.Interval = d.Date.String(), civil.Interval{From: d.Date, To: d.Date}
	}
}

// stretched opens an interval that begins or ends with the time named: "since March", "until Friday".
func (r *reading) stretched(x int32, in civil.Interval) civil.Interval {
	t := &r.d.Timexes[x]
	switch r.caseOf(r.timexHead(x)) {
	case "since":
		if !r.d.Date.IsZero() && r.d.Date.Before(in.From) { // no past of this document: the date is another year's
			return civil.Interval{To: r.d.Date}
		}
		return civil.Interval{From: in.From, To: r.d.Date}
	case "until", "till", "by", "before":
		if t.Type == "DATE" {
			return civil.Interval{To: in.To}
		}
	case "after":
		if t.Type == "DATE" {
			return civil.Interval{From: in.From}
		}
	}
	return in
}

// agree lets a date after the document's own make a present or undecided happening a planned one, and marks what
// lies well before it as background.
func (r *reading) agree(e *doc.Event) {
	in, now := e.Time.Interval, r.d.Date
	if now.IsZero() {
		return
	}
	if !in.From.IsZero() && now.Before(in.From) && e.Modality == "asserted" && e.Tense != "past" {
		e.Modality, e.Tense = "scheduled", "future"
	}
	if !in.To.IsZero() && now.DaysSince(in.To) > backgroundDays && e.Tense != "future" {
		e.Historical = true
	}
	if !in.From.IsZero() && in.To == now && now.DaysSince(in.From) > backgroundDays && e.Time.Timex != doc.None && e.Tense == "past" {
		e.Historical = false
	}
}

// timexOf is the time expression that belongs to a candidate: the first verb or happening above it decides.
func (r *reading) timexOf(c *candidate) int32 {
	s := r.d.Sentences[r.d.Tokens[c.token].Sentence]
	best, far := doc.None, int32(1<<30)
	for x := range r.d.Timexes {
		t := &r.d.Timexes[x]
		if t.First < s.First || t.First >= s.Last || t.Age || t.Type == "SET" && t.Interval.IsZero() {
			continue
		}
		if t.Type == "DURATION" && t.Interval.IsZero() {
			continue
		}
		if !r.governs(c, int32(x)) || r.datesSaying(c, int32(x)) || r.countedFrom(t) {
			continue
		}
		distance := t.First - c.token
		if distance < 0 {
			distance = -distance
		}
		if t.Type == "DURATION" {
			distance += 1000
		}
		if distance < far {
			best, far = int32(x), distance
		}
	}
	return best
}

// sharedTimex is the time of the clause that a happening goes along with: "a shell hit the town on Friday, killing nine", "sent
// troops when the war broke out in May", "in May, when it sent troops"; or None.
func (r *reading) sharedTimex(c *candidate) int32 {
	verb := c.token
	if c.verb != doc.None {
		verb = c.verb
	}
	head := r.d.Tokens[verb].Head
	switch {
	case !r.verbal(verb):
		return doc.None
	case head != doc.None && r.is(verb, "advcl") && r.d.Tokens[verb].XPOS == "VBG" && r.d.Child(verb, "mark", "nsubj") == doc.None && r.verbal(head):
		return r.timexOf(r.atVerb(head))
	case head != doc.None && r.is(verb, "advcl", "acl:relcl") && r.opensWith(verb, "when"):
		if x := r.timexAt[head]; x != doc.None {
			return x
		}
		return r.timexOf(r.atVerb(head))
	}
	for _, k := range r.d.Children(verb) {
		if r.is(k, "xcomp", "advcl") && r.hasMark(k, "to") { // "sent troops to hold the port when …": hung too low
			for _, g := range r.d.Children(k) {
				if r.whenClause(g, k) {
					return r.timexOf(r.atVerb(g))
				}
			}
		}
		if r.whenClause(k, verb) {
			return r.timexOf(r.atVerb(k))
		}
	}
	return doc.None
}

// whenClause tells whether a clause behind a verb says when, by what had happened.
func (r *reading) whenClause(clause, verb int32) bool {
	return r.is(clause, "advcl") && clause > verb && r.opensWith(clause, "when") && r.tenseOf(clause) == "past"
}

// countedTime is the day of what happened so long before or after what the main clause tells of: "were shelled on Wednesday, two
// days after the two sides signed a truce". length is the time expression that says how long; None: there is none.
func (r *reading) countedTime(c *candidate) (day civil.Date, length int32) {
	d := r.d
	verb := c.token
	if c.verb != doc.None {
		verb = c.verb
	}
	mark := doc.None
	for _, k := range d.Children(verb) {
		if r.is(k, "mark") && oneWord(r.form(k), "after", "before") {
			mark = k
		}
	}
	if mark == doc.None {
		return civil.Date{}, doc.None
	}
	days, length := -1, doc.None
	for x := range d.Timexes {
		if t := &d.Timexes[x]; t.Last == mark || t.Last == mark+1 {
			days, length = lengthInDays(t.Value), int32(x)
		}
	}
	if days < 0 {
		return civil.Date{}, doc.None
	}
	for h := d.Tokens[verb].Head; h != doc.None; h = d.Tokens[h].Head {
		if !r.verbal(h) {
			continue
		}
		x := r.timexOf(r.atVerb(h))
		if x == doc.None {
			continue
		}
		in := d.Timexes[x].Interval
		if in.From.IsZero() || in.From != in.To {
			return civil.Date{}, doc.None
		}
		if r.form(mark) == "after" {
			days = -days
		}
		return in.From.AddDays(days), length
	}
	return civil.Date{}, doc.None
}

// lengthInDays is a TIMEX3 length of whole days or weeks, hours being the same day; -1 for anything longer or vague.
func lengthInDays(value string) int {
	if strings.HasPrefix(value, "PT") {
		return 0
	}
	if len(value) < 3 || value[0] != 'P' {
		return -1
	}
	n, err := strconv.Atoi(value[1 : len(value)-1])
	switch {
	case err != nil:
		return -1
	case value[len(value)-1] == 'D':
		return n
	case value[len(value)-1] == 'W':
		return 7 * n
	}
	return -1
}

// atVerb is the happening that a verb names or, where it names none, one without a type in its place.
func (r *reading) atVerb(verb int32) *candidate {
	if a := r.anchored[verb]; a != doc.None {
		return &r.candidates[a]
	}
	return &candidate{token: verb, row: &row{}, verb: doc.None}
}

// countedFrom tells whether a time is counted from what the text names behind it, and so not known: "a day after the
// army said that …", "two weeks before the vote".
func (r *reading) countedFrom(t *doc.Timex) bool {
	last := int(t.Last)
	return oneWord(r.form(t.Last-1), "after", "before") && last < len(r.d.Tokens) && r.d.Tokens[last].UPOS != "PUNCT" && r.d.Tokens[last].Sentence == r.d.Tokens[last-1].Sentence
}

func (r *reading) timexHead(x int32) int32 {
	t := &r.d.Timexes[x]
	for i := t.First; i < t.Last; i++ {
		if h := r.d.Tokens[i].Head; h < t.First || h >= t.Last {
			return i
		}
	}
	return t.First
}

// governs tells whether the candidate is the first verb or happening above a time expression.
func (r *reading) governs(c *candidate, x int32) bool {
	d := r.d
	if v := r.course(c.token); v != doc.None && d.Dominates(v, r.timexHead(x)) {
		return true
	}
	t := d.Tokens[r.timexHead(x)].Head
	for steps := 0; t != doc.None && steps < maxClimb; steps++ {
		if t == c.token || t == c.verb {
			return true
		}
		if a := r.anchored[t]; a != doc.None && r.candidates[a].token != c.token && !r.sameHappening(&r.candidates[a], c) {
			return false
		}
		if r.verbal(t) && !r.is(t, "aux", "cop") {
			// The verb itself names nothing: its complement or object may be what is dated ("is due to meet on Monday").
			return r.lightAbove(t, c) && r.onlyHappening(t, c)
		}
		t = d.Tokens[t].Head
	}
	return false
}

// sameHappening tells whether a noun only names again what its verb says: "put under sanctions on Thursday".
func (r *reading) sameHappening(noun, verb *candidate) bool {
	return noun.row.noun && !verb.row.noun && noun.row.typ == verb.row.typ && r.d.Dominates(verb.token, noun.token)
}

// course is the verb that tells how a happening went – "the uprising began with rallies in March", "the war that broke out
// in May" – or None: all times below it are the happening's.
func (r *reading) course(t int32) int32 {
	course := r.stage.lex.classes["course"]
	if v := r.d.Tokens[t].Head; v != doc.None && r.is(t, "nsubj") && course[r.lemma(v)] {
		return v
	}
	for _, c := range r.d.Children(t) {
		if r.d.Tokens[c].Deprel == "acl:relcl" && course[r.lemma(c)] {
			return c
		}
	}
	return doc.None
}

// datesSaying tells whether a time stands right behind the verb of saying and before what is said: "said in July the army
// would leave" dates the saying, wherever the parser hung it.
func (r *reading) datesSaying(c *candidate, x int32) bool {
	a := r.attributionOf(c)
	if a == doc.None {
		return false
	}
	cue, first := r.d.Attributions[a].CueHead, r.d.Timexes[x].First
	if cue == doc.None || first <= cue || first > cue+2 || c.token < first {
		return false
	}
	return first == cue+1 || r.d.Tokens[cue+1].UPOS == "ADP"
}

// onlyHappening tells whether the verb has no row of its own and is no verb of saying.
func (r *reading) onlyHappening(verb int32, _ *candidate) bool {
	return r.anchored[verb] == doc.None && !r.stage.lex.classes["say"][r.lemma(verb)] && len(r.stage.lex.verbs[r.lemma(verb)]) == 0
}

// lightAbove tells whether a candidate is the complement or a core argument of a verb.
func (r *reading) lightAbove(verb int32, c *candidate) bool {
	t := c.token
	if c.verb != doc.None {
		t = c.verb
	}
	return r.d.Tokens[t].Head == verb && r.is(t, "xcomp", "obj", "nsubj")
}
