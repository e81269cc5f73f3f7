package amount

import (
	"fmt"
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
		if !strings.Contains(" verb intransitive noun adjective toll ", " "+tr.form+" ") {
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
	for i := range r.items {
		for _, n := range r.word(i).triggers {
			tr := &r.tables.triggers[n]
			t := r.items[i].First
			if !r.suits(tr, t, i) {
				continue
			}
			if r.harm(tr, t, i, from, first) {
				break
			}
		}
	}
	r.subsets(from, first)
}

// suits tells whether the word is used as the part of speech that its row means.
func (r *reader) suits(tr *trigger, t int32, i int) bool {
	tok := &r.doc.Tokens[t]
	switch tr.form {
	case "verb":
		return tok.UPOS == "VERB" || tok.UPOS == "ADJ" && strings.HasSuffix(r.name(i), "ed") && tok.Deprel != "amod"
	case "intransitive":
		return tok.UPOS == "VERB"
	case "noun", "toll":
		return tok.UPOS == "NOUN" || tok.UPOS == "PROPN"
	}
	return tok.UPOS != "VERB" || tok.XPOS == "VBN" || tok.XPOS == "VBG"
}

// harm finds who was hurt and writes it down; true when it found someone.
func (r *reader) harm(tr *trigger, t int32, i, from, first int) bool {
	if tr.form == "toll" {
		return r.toll(tr, t, i, from)
	}
	if r.unreal(t) {
		return true
	}
	heads := r.patients(tr, t)
	wrote := false
	for _, h := range heads {
		if v, ok := r.group(tr, t, h, from); ok {
			wrote = r.write(v) || wrote
		}
	}
	if len(heads) == 0 {
		if q := r.nearQuantity(tr, t, i, from); q != doc.None {
			wrote = r.write(victims{trigger: tr, token: t, head: r.doc.Quantities[q].Of, quantity: q})
		}
	}
	return wrote
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

// patients are the heads of the phrases that name who was hurt, conjuncts included.
func (r *reader) patients(tr *trigger, t int32) (heads []int32) {
	d := r.doc
	tok := &d.Tokens[t]
	add := func(h int32) {
		if h == doc.None {
			return
		}
		heads = append(heads, h)
		for _, c := range d.Children(h) {
			if d.IsRelation(c, "conj") && isNominal(&d.Tokens[c]) {
				heads = append(heads, c)
			}
		}
	}
	switch tr.form {
	case "verb":
		switch {
		case r.object(t) != doc.None:
			add(r.object(t))
		case d.Child(t, "nsubj:pass") != doc.None:
			add(d.Child(t, "nsubj:pass"))
		case tok.XPOS == "VBN" && d.Child(t, "nsubj") != doc.None && d.Child(t, "aux") == doc.None:
			add(d.Child(t, "nsubj")) // "five others wounded"
		case tok.XPOS == "VBD" && r.elliptic(t):
			add(d.Child(t, "nsubj"))
		case tok.Deprel == "acl" || tok.Deprel == "acl:relcl" || tok.Deprel == "amod":
			if tok.XPOS != "VBG" {
				add(tok.Head)
			}
		case tok.Deprel == "conj":
			return r.sharedPatients(tr, t)
		case tok.Deprel == "ccomp" || tok.Deprel == "xcomp":
			if h := tok.Head; h != doc.None && tok.XPOS == "VBN" { // "found murdered"
				if o := d.Child(h, "obj", "nsubj:pass"); o != doc.None {
					add(o)
				}
			}
		}
	case "intransitive":
		if s := d.Child(t, "nsubj", "nsubj:pass"); s != doc.None {
			add(s)
		} else if tok.Deprel == "acl:relcl" || tok.Deprel == "acl" {
			add(tok.Head)
		}
	case "noun":
		r.ofVictims(t, add)
		for _, c := range d.Children(t) {
			if d.IsRelation(c, "nmod:poss") {
				add(c)
			}
			if d.Tokens[c].Deprel == "nummod" {
				heads = append(heads, t)
			}
		}
	case "adjective":
		r.besideAdjective(t, add)
	}
	return heads
}

// object is the object of an active verb, also where the parser took it for a bare adjunct ("killing 13"); what
// "including" introduces is none.
func (r *reader) object(t int32) int32 {
	d := r.doc
	for _, relation := range []string{"obj", "obl:unmarked"} {
		for _, c := range d.Children(t) {
			if c < t || d.Tokens[c].Deprel != relation || !isNominal(&d.Tokens[c]) || r.introduced(c) {
				continue
			}
			if relation == "obj" || r.quantityOf(c, r.from) != doc.None {
				return c
			}
		}
	}
	return doc.None
}

// introduced tells whether a phrase opens with "including" or "among".
func (r *reader) introduced(head int32) bool {
	first, last := r.doc.Subtree(head)
	for first < last && r.doc.Tokens[first].UPOS == "PUNCT" {
		first++
	}
	return strings.EqualFold(r.doc.Tokens[first].Form, "including") || strings.EqualFold(r.doc.Tokens[first].Form, "among")
}

// elliptic tells whether a verb without object, after another casualty of the sentence, is a participle whose auxiliary
// was left out: "a soldier was killed and five others wounded".
func (r *reader) elliptic(t int32) bool {
	d := r.doc
	s := d.Child(t, "nsubj")
	if s == doc.None || d.Child(t, "aux", "mark") != doc.None || r.quantityOf(s, r.from) == doc.None {
		return false
	}
	n := len(d.Casualties)
	return n > r.first && d.Tokens[d.Casualties[n-1].Trigger].Sentence == d.Tokens[t].Sentence
}

// ofVictims adds the phrases that hang on a noun by "of".
func (r *reader) ofVictims(t int32, add func(int32)) {
	d := r.doc
	for _, c := range d.Children(t) {
		if !d.IsRelation(c, "nmod") {
			continue
		}
		if k := d.Child(c, "case"); k != doc.None && strings.EqualFold(d.Tokens[k].Form, "of") {
			add(c)
		}
	}
}

// besideAdjective finds the victims of "dead", "missing", "wounded": the noun it modifies, the subject of the copula,
// the object of "left" or "found", or, when it stands for the people, itself.
func (r *reader) besideAdjective(t int32, add func(int32)) {
	d := r.doc
	tok := &d.Tokens[t]
	if s := d.Child(t, "nsubj", "nsubj:pass"); s != doc.None && d.Child(t, "cop", "aux:pass") != doc.None {
		add(s)
		return
	}
	if d.Child(t, "nummod") != doc.None || tok.UPOS == "NOUN" {
		add(t)
		return
	}
	if s := d.Child(t, "nsubj"); s != doc.None {
		add(s)
		return
	}
	switch tok.Deprel {
	case "amod", "acl":
		add(tok.Head)
	case "xcomp", "advcl", "obj", "ccomp":
		if tok.Head != doc.None {
			if o := d.Child(tok.Head, "obj", "nsubj:pass"); o != doc.None && o != t {
				add(o)
			} else if o == t {
				add(t)
			}
		}
	}
}

// sharedPatients gives a coordinated verb the patients of the first one when it has none of its own: "were arrested
// and killed".
func (r *reader) sharedPatients(_ *trigger, t int32) []int32 {
	d := r.doc
	tok := &d.Tokens[t]
	h := tok.Head
	if h == doc.None || tok.XPOS != "VBN" || d.Tokens[h].XPOS != "VBN" || r.anyQuantityBetween(h, t) {
		return nil
	}
	if s := d.Child(h, "nsubj:pass"); s != doc.None {
		return []int32{s}
	}
	return nil
}

func (r *reader) anyQuantityBetween(a, b int32) bool {
	for k := len(r.doc.Quantities) - 1; k >= 0; k-- {
		q := &r.doc.Quantities[k]
		if q.First > a && q.Last <= b {
			return true
		}
		if q.Last <= a {
			return false
		}
	}
	return false
}

func isNominal(t *doc.Token) bool {
	return t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.UPOS == "NUM" || t.UPOS == "PRON" || t.UPOS == "ADJ"
}

// group works out how many a noun phrase means. It refuses phrases that give no number.
func (r *reader) group(tr *trigger, t, head int32, from int) (victims, bool) {
	v := victims{trigger: tr, token: t, head: head, quantity: doc.None}
	if q := r.quantityOf(head, from); q != doc.None {
		v.quantity = q
		return v, r.countsPeople(q)
	}
	n, ok := r.numberOf(head)
	v.number = n
	return v, ok
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
		return 1, r.personName(head)
	}
	return 0, false
}

// personName tells whether a name can be a person's: it has a title or two words, and is no place or body.
func (r *reader) personName(head int32) bool {
	d := r.doc
	first, last := d.Subtree(head)
	return last-first > 0 && head >= first
}

// nearQuantity looks for a count right beside a trigger whose arguments the parse lost.
func (r *reader) nearQuantity(tr *trigger, t int32, i, from int) int32 {
	if tr.form == "noun" {
		return doc.None
	}
	tok := &r.doc.Tokens[t]
	for k := from; k < len(r.doc.Quantities); k++ {
		q := &r.doc.Quantities[k]
		if !r.countsPeople(int32(k)) || r.taken(int32(k)) {
			continue
		}
		if tr.form == "verb" && (tok.XPOS == "VBG" || tok.XPOS == "VBD") {
			if q.First > t && q.First-t <= 3 {
				return int32(k)
			}
			continue
		}
		if q.Last <= t && t-q.Last <= 3 && !r.stopBetween(q.Last, t) {
			return int32(k)
		}
	}
	return doc.None
}

// stopBetween tells whether a comma, a verb or another clause lies between two tokens.
func (r *reader) stopBetween(a, b int32) bool {
	for t := a; t < b; t++ {
		if u := r.doc.Tokens[t].UPOS; u == "PUNCT" || u == "VERB" || u == "SCONJ" || u == "CCONJ" {
			return true
		}
	}
	return false
}

func (r *reader) taken(q int32) bool {
	for k := range r.doc.Casualties {
		if r.doc.Casualties[k].Quantity == q {
			return true
		}
	}
	return false
}

// toll reads "the death toll rose to 43".
func (r *reader) toll(tr *trigger, t int32, i, from int) bool {
	name := r.name(i - 1)
	if name != "" && name != "death" && name != "the" && name != "a" && r.word(i-1).change == "" {
		return false
	}
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
		q.Kind = "casualty"
	default:
		first, last := d.Subtree(v.head)
		k.Span = d.TokenSpan(first, last)
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
		if strings.EqualFold(d.Slice(e.Span), d.Slice(k.Span)) && (e.Quantity == doc.None) == (k.Quantity == doc.None) && word == r.wordOfCasualty(e) {
			return true
		}
	}
	return false
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
