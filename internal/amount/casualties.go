package amount

import (
	"fmt"
	"slices"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// trigger is a row of amount_casualties: words that say people were hurt.
type trigger struct {
	id, effect, form  string
	example, expected string
}

func (t *tables) readTriggers() error {
	table, err := data.Read("amount_casualties")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		tr := trigger{id: row[0], effect: row[2], form: row[3], example: row[4], expected: row[5]}
		if !strings.Contains(" DEATH INJURY MISSING DISPLACED DETAINED ", " "+tr.effect+" ") {
			return fmt.Errorf("reading the table amount_casualties: line %d has the effect %q", table.Lines[i], tr.effect)
		}
		if !strings.Contains(" verb intransitive noun adjective toll life ", " "+tr.form+" ") {
			return fmt.Errorf("reading the table amount_casualties: line %d has the form %q", table.Lines[i], tr.form)
		}
		for _, w := range data.List(row[1]) {
			k := t.word(w)
			t.words[k].triggers = append(t.words[k].triggers, len(t.triggers))
		}
		t.triggers = append(t.triggers, tr)
	}
	return nil
}

// victims is one group of people hurt, before it is written.
type victims struct {
	trigger  *trigger
	token    int32 // of the trigger
	head     int32 // of the victims' noun phrase, or None
	quantity int32 // index, or None
	number   int64 // when no quantity gives it
}

// casualties reads the people hurt in a sentence whose quantities begin at index from.
func (r *reader) casualties(sentence int32, from int) {
	if !r.parsed {
		return
	}
	first := len(r.doc.Casualties)
	r.from, r.first = from, first
	r.beside(from)
	for i := range r.items {
		for _, n := range r.word(i).triggers {
			tr := &r.tables.triggers[n]
			t := r.items[i].First
			if !r.suits(tr, t, i) || r.told(t, first) {
				continue
			}
			if r.harm(tr, t, i, from, first) {
				break
			}
		}
	}
	slices.SortStableFunc(r.doc.Casualties[first:], func(a, b doc.Casualty) int { return int(a.Trigger - b.Trigger) })
	r.subsets(from, first)
}

// beside takes the counts that stand right before an adjective, before the parse is asked: "8 dead and 11 wounded",
// "dozens of civilians dead and 3,000 homeless".
func (r *reader) beside(from int) {
	for i := range r.items {
		for _, n := range r.word(i).triggers {
			tr := &r.tables.triggers[n]
			t := r.items[i].First
			if tr.form != "adjective" || !r.suits(tr, t, i) {
				continue
			}
			for k := from; k < len(r.doc.Quantities); k++ {
				q := &r.doc.Quantities[k]
				if (q.Last == t || q.Last < t && q.Of == t-1) && r.countsPeople(int32(k)) {
					r.write(victims{trigger: tr, token: t, head: q.Of, quantity: int32(k)})
				}
			}
		}
	}
}

// told tells whether a trigger has its casualty already.
func (r *reader) told(t int32, first int) bool {
	for k := first; k < len(r.doc.Casualties); k++ {
		if r.doc.Casualties[k].Trigger == t {
			return true
		}
	}
	return false
}

// suits tells whether the word is used as the part of speech that its row means.
func (r *reader) suits(tr *trigger, t int32, i int) bool {
	tok := &r.doc.Tokens[t]
	switch tr.form {
	case "verb":
		switch tok.UPOS {
		case "VERB":
			return true
		case "ADJ":
			return tok.Deprel != "amod"
		}
		return r.beforeBe(t) != doc.None && (strings.HasSuffix(r.name(i), "ed") || r.name(i) == "slain") // capitals mislead taggers
	case "intransitive":
		return tok.UPOS == "VERB"
	case "noun", "toll", "life":
		return tok.UPOS == "NOUN" || tok.UPOS == "PROPN"
	}
	return tok.UPOS != "VERB" || tok.XPOS == "VBN" || tok.XPOS == "VBG"
}

// harm finds who was hurt and writes it down; true when it found someone.
func (r *reader) harm(tr *trigger, t int32, i, from, first int) bool {
	switch {
	case tr.form == "toll":
		return r.toll(tr, t, i, from)
	case tr.form == "life":
		return r.lives(tr, t, from)
	case r.numberOfDead(t):
		return r.tollAfter(tr, t, from)
	case r.members(tr, t, from), r.unreal(t):
		return true
	}
	if r.nobody(t) {
		return r.write(victims{trigger: tr, token: t, head: r.beforeBe(t), quantity: doc.None})
	}
	heads := r.patients(tr, t)
	wrote := false
	for _, h := range heads {
		v, ok := r.group(tr, t, h, from)
		if ok && wrote && v.quantity != doc.None && r.included(&r.doc.Quantities[v.quantity]) {
			continue // part of the group before it: subsets reads it
		}
		if ok {
			wrote = r.write(v) || wrote
		}
	}
	if len(heads) > 0 {
		return wrote
	}
	if q := r.nearQuantity(tr, t, i, from); q != doc.None {
		return r.write(victims{trigger: tr, token: t, head: r.doc.Quantities[q].Of, quantity: q})
	}
	if h := r.nearNoun(tr, t); h != doc.None {
		if v, ok := r.group(tr, t, h, from); ok {
			return r.write(v)
		}
	}
	return false
}

// unreal tells whether the harm did not happen: denied, wished, threatened, feared, or to come.
func (r *reader) unreal(t int32) bool {
	d := r.doc
	for _, c := range d.Children(t) {
		switch strings.ToLower(d.Tokens[c].Lemma) {
		case "will", "would", "could", "may", "might", "can", "should", "shall", "must":
			if d.IsRelation(c, "aux") && d.Child(t, "aux") != doc.None && !r.perfect(t) {
				return true
			}
		case "not", "never", "n't":
			return true
		case "to":
			if d.Tokens[c].UPOS == "PART" {
				return true
			}
		case "if", "unless":
			if d.IsRelation(c, "mark") {
				return true
			}
		case "attempted", "attempt", "possible", "alleged-attempt":
			if d.IsRelation(c, "amod") {
				return true
			}
		}
	}
	return false
}

// perfect tells whether a verb has the auxiliary "have".
func (r *reader) perfect(t int32) bool {
	for _, c := range r.doc.Children(t) {
		if r.doc.IsRelation(c, "aux") && strings.EqualFold(r.doc.Tokens[c].Lemma, "have") {
			return true
		}
	}
	return false
}

// group works out how many a noun phrase means. It refuses phrases that give no number.
func (r *reader) group(tr *trigger, t, head int32, from int) (victims, bool) {
	v := victims{trigger: tr, token: t, head: head, quantity: doc.None}
	if q := r.quantityOf(head, from); q != doc.None {
		v.quantity = q
		return v, r.countsPeople(q)
	}
	for k := range r.doc.Timexes {
		if x := &r.doc.Timexes[k]; x.First <= head && head < x.Last {
			return v, false
		}
	}
	if q := r.quantityBefore(head, t, from); q != doc.None {
		v.quantity = q
		return v, true
	}
	n, ok := r.numberOf(head)
	v.number = n
	return v, ok && !notPeople[strings.ToLower(r.doc.Tokens[head].Form)]
}

// notPeople are nouns that parsers, above all in text in capitals, take for victims, and no one is.
var notPeople = wordsOf("army attack attacks seizure torture quantity number clash explosion loss losses damage bomb home house vehicle plane building government party country nation force forces report toll incident ambush fire crash storm text case operation action property crime killing murder massacre death dynamite police column convoy")

// quantityBefore is a count of people between a name and the verb it was taken for the victim of: parsers hang "seven
// soldiers were killed" on the dateline before it.
func (r *reader) quantityBefore(head, t int32, from int) int32 {
	if head >= t || r.doc.Tokens[head].UPOS != "PROPN" {
		return doc.None
	}
	for k := len(r.doc.Quantities) - 1; k >= from; k-- {
		q := &r.doc.Quantities[k]
		if q.Last > t || t-q.Last > 8 || q.First < head-8 {
			continue
		}
		if !r.countsPeople(int32(k)) || r.taken(int32(k)) || r.stopBetween(q.Last, t) {
			return doc.None
		}
		return int32(k)
	}
	return doc.None
}

// quantityOf is the quantity that counts a noun or stands for it.
func (r *reader) quantityOf(head int32, from int) int32 {
	for k := from; k < len(r.doc.Quantities); k++ {
		q := &r.doc.Quantities[k]
		if q.Of == head || q.First <= head && head < q.Last {
			return int32(k)
		}
	}
	return doc.None
}

func (r *reader) countsPeople(q int32) bool {
	switch r.doc.Quantities[q].Kind {
	case "count", "casualty":
		return true
	}
	return false
}

// numberOf is 1 for "a soldier" and for a name, 0 for "no one", 2 for a couple; plurals without a number give none.
func (r *reader) numberOf(head int32) (int64, bool) {
	d := r.doc
	tok := &d.Tokens[head]
	form := strings.ToLower(tok.Form)
	switch form {
	case "nobody", "none":
		return 0, true
	case "one":
		if det := d.Child(head, "det"); det != doc.None && strings.EqualFold(d.Tokens[det].Form, "no") {
			return 0, true
		}
	case "couple":
		return 2, true
	}
	if tok.UPOS == "PRON" {
		if head > 0 && strings.EqualFold(d.Tokens[head].Form, "one") && strings.EqualFold(d.Tokens[head-1].Form, "no") {
			return 0, true
		}
		return 0, false
	}
	det := ""
	if k := d.Child(head, "det"); k != doc.None {
		det = strings.ToLower(d.Tokens[k].Form)
	}
	if det == "no" {
		return 0, true
	}
	plural := d.Feature(head, "Number") == "Plur"
	switch {
	case plural, tok.UPOS == "ADJ", tok.UPOS == "NUM":
		return 0, false
	case det == "a", det == "an", det == "another":
		return 1, true
	case tok.UPOS == "PROPN":
		return 1, true
	case det == "the" || det == "":
		return 1, tok.UPOS == "NOUN" && det == "the" && !r.toldOne()
	}
	return 0, false
}

// toldOne tells whether the article has named a single victim before, whom "the mayor" may mean.
func (r *reader) toldOne() bool {
	for i := range r.doc.Casualties {
		if k := &r.doc.Casualties[i]; k.Number == 1 {
			return true
		}
	}
	return false
}

// phrase is the noun phrase around a head without clauses and attachments: "Lieutenant Jane Roe", "a soldier".
func (r *reader) phrase(head int32) doc.Span {
	tokens := r.doc.Tokens
	first, last := head, head+1
	for first > 0 && tokens[first-1].Head >= first && tokens[first-1].Head <= head && tokens[first-1].UPOS != "PUNCT" && tokens[first-1].UPOS != "ADP" && tokens[first-1].UPOS != "CCONJ" {
		first--
	}
	for int(last) < len(tokens) && (tokens[last].Deprel == "flat" || tokens[last].Deprel == "goeswith") && tokens[last].Head >= first {
		last++
	}
	return r.doc.TokenSpan(first, last)
}

// taken tells whether a quantity counts a casualty already.
func (r *reader) taken(q int32) bool { return r.doc.Quantities[q].Kind == "casualty" }

// toll reads "the death toll rose to 43".
func (r *reader) toll(tr *trigger, t int32, i, from int) bool {
	name := r.name(i - 1)
	if name != "" && name != "death" && name != "the" && name != "a" && r.word(i-1).change == "" {
		return false
	}
	return r.tollAfter(tr, t, from)
}

// tollAfter reads the number that a toll came to: behind "to", "at", "of" or a form of "be".
func (r *reader) tollAfter(tr *trigger, t int32, from int) bool {
	for k := from; k < len(r.doc.Quantities); k++ {
		q := &r.doc.Quantities[k]
		if q.First <= t || q.First-t > 12 || !r.countsPeople(int32(k)) || r.taken(int32(k)) {
			continue
		}
		for b := q.First - 1; b > t && b >= q.First-3; b-- {
			switch strings.ToLower(r.doc.Tokens[b].Form) {
			case "to", "at", "of", "was", "is":
				return r.write(victims{trigger: tr, token: t, head: doc.None, quantity: int32(k)})
			}
		}
	}
	return false
}

// write adds a casualty, unless the article told it before in the same words.
func (r *reader) write(v victims) bool {
	d := r.doc
	k := doc.Casualty{Effect: v.trigger.effect, Number: v.number, Low: v.number, High: v.number, Scope: r.scope(v), SubsetOf: doc.None,
		Trigger: v.token, Quantity: v.quantity, Rule: v.trigger.id}
	switch {
	case v.quantity != doc.None:
		q := &d.Quantities[v.quantity]
		k.Span, k.Approx = q.Span, q.Approx
		k.Number, k.Low, k.High = interval(q)
		if r.taken(v.quantity) {
			return false
		}
		q.Kind, q.NormalizedUnit = "casualty", "person"
	default:
		if v.head == doc.None {
			return false
		}
		k.Span = r.phrase(v.head)
	}
	if r.toldBefore(&k, v) {
		return true
	}
	d.Casualties = append(d.Casualties, k)
	return true
}

// interval turns a quantity into number, low and high; -1 is "not known".
func interval(q *doc.Quantity) (number, low, high int64) {
	low, high = int64(q.Low), int64(q.High)
	switch q.Bound {
	case "min":
		return low, low, -1
	case "max", "max-approx":
		return high, 0, high
	case "range", "vague":
		if low == high {
			return low, low, high
		}
		return -1, low, high
	}
	return low, low, high
}

// toldBefore tells whether an earlier casualty has the same effect, number and victims.
func (r *reader) toldBefore(k *doc.Casualty, v victims) bool {
	d := r.doc
	word := r.victimWord(v.head)
	for i := range d.Casualties {
		e := &d.Casualties[i]
		if e.Effect != k.Effect || e.Number != k.Number || e.Low != k.Low || e.High != k.High || e.SubsetOf != doc.None {
			continue
		}
		if k.Number == 1 && k.Quantity == doc.None && e.Quantity == doc.None && r.sharesName(k.Span, e.Span) {
			return true
		}
		if strings.EqualFold(d.Slice(e.Span), d.Slice(k.Span)) && (e.Quantity == doc.None) == (k.Quantity == doc.None) && word == r.wordOfCasualty(e) {
			return true
		}
	}
	return false
}

// sharesName tells whether two phrases have the same last word, or the last word of one in the other.
func (r *reader) sharesName(a, b doc.Span) bool {
	x, y := strings.ToLower(r.doc.Slice(a)), strings.ToLower(r.doc.Slice(b))
	return strings.Contains(x, y[strings.LastIndexByte(y, ' ')+1:]) || strings.Contains(y, x[strings.LastIndexByte(x, ' ')+1:])
}

func (r *reader) victimWord(head int32) string {
	if head == doc.None {
		return ""
	}
	return strings.ToLower(r.doc.Tokens[head].Form)
}

func (r *reader) wordOfCasualty(k *doc.Casualty) string {
	if k.Quantity != doc.None {
		return r.victimWord(r.doc.Quantities[k.Quantity].Of)
	}
	first, last := r.doc.TokensIn(k.Span)
	for t := first; t < last; t++ {
		if h := r.doc.Tokens[t].Head; h < first || h >= last {
			return r.victimWord(t)
		}
	}
	return ""
}

// scope is cumulative for tolls, for "since", and for a perfect without a day of its own: "32,000 have been killed".
func (r *reader) scope(v victims) string {
	if v.trigger.form == "toll" {
		return "cumulative"
	}
	s := &r.doc.Sentences[r.doc.Tokens[v.token].Sentence]
	since, day := false, false
	for k := range r.doc.Timexes {
		t := &r.doc.Timexes[k]
		if t.First < s.First || t.First >= s.Last {
			continue
		}
		if t.First > s.First && strings.EqualFold(r.doc.Tokens[t.First-1].Form, "since") {
			since = true
		}
		if t.Grain == "day" && t.Type != "DURATION" {
			day = true
		}
	}
	switch {
	case since:
		return "cumulative"
	case r.perfect(v.token) && !day:
		return "cumulative"
	}
	return "incident"
}

// subsets reads "including three children" and "among them three children" after the group they belong to.
func (r *reader) subsets(from, first int) {
	d := r.doc
	for k := from; k < len(d.Quantities); k++ {
		q := &d.Quantities[k]
		if r.taken(int32(k)) || !r.countsPeople(int32(k)) || !r.included(q) {
			continue
		}
		for c := len(d.Casualties) - 1; c >= first; c-- {
			e := &d.Casualties[c]
			if e.SubsetOf != doc.None || e.Span.Start >= q.Start || e.High >= 0 && float64(e.High) < q.Low {
				continue
			}
			n, low, high := interval(q)
			q.Kind = "casualty"
			d.Casualties = append(d.Casualties, doc.Casualty{Span: q.Span, Effect: e.Effect, Number: n, Low: low, High: high, Approx: q.Approx,
				Scope: e.Scope, SubsetOf: int32(c), Trigger: e.Trigger, Quantity: int32(k), Rule: "including"})
			break
		}
	}
}

// included tells whether "including" or "among them" introduces a quantity, with at most another member between.
func (r *reader) included(q *doc.Quantity) bool {
	s := &r.doc.Sentences[r.doc.Tokens[q.First].Sentence]
	for t := q.First - 1; t >= s.First && t >= q.First-6; t-- {
		switch strings.ToLower(r.doc.Tokens[t].Form) {
		case "including", "among":
			return true
		}
		if r.doc.Tokens[t].UPOS == "VERB" {
			return false
		}
	}
	return false
}
