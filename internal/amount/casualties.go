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

// beside takes the counts that stand right before an adjective, before the parse is asked: "9 dead and 12 wounded",
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
	if r.nobody(t) {
		return r.write(victims{trigger: tr, token: t, head: r.beforeBe(t), quantity: doc.None})
	}
	heads := r.patients(tr, t)
	wrote := false
	for _, h := range heads {
		if v, ok := r.group(tr, t, h, from); ok {
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

// patients are the heads of the phrases that name who was hurt, conjuncts included.
func (r *reader) patients(tr *trigger, t int32) (heads []int32) {
	d := r.doc
	tok := &d.Tokens[t]
	add := func(h int32) {
		if h == doc.None {
			return
		}
		heads = append(heads, h)
		if tr.form == "adjective" || tok.Deprel == "amod" {
			return
		}
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
		case d.Child(t, "nsubj:pass") != doc.None && r.passive(t):
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

// passive tells whether a form of "be" or "get" stands with a participle, as the parse or the words before it have it.
func (r *reader) passive(t int32) bool {
	return r.doc.Child(t, "aux:pass") != doc.None || r.beforeBe(t) != doc.None || r.doc.Tokens[t].XPOS == "VBN" && r.doc.Child(t, "aux") == doc.None && r.doc.Child(t, "obj") == doc.None
}

// beforeBe is the token before the form of "be" that stands before a participle or adjective, adverbs apart, or None.
func (r *reader) beforeBe(t int32) int32 {
	first := r.doc.Sentences[r.doc.Tokens[t].Sentence].First
	found := doc.None
	for b := t - 1; b >= first && b >= t-4; b-- {
		switch strings.ToLower(r.doc.Tokens[b].Form) {
		case "was", "were", "been", "is", "are", "being", "be", "have", "has", "had":
			if b > first {
				found = b - 1
			}
			continue
		}
		if found != doc.None || r.doc.Tokens[b].UPOS != "ADV" {
			break
		}
	}
	return found
}

// nobody tells whether "no one", "nobody" or "none" is the subject right before the verb group.
func (r *reader) nobody(t int32) bool {
	b := r.beforeBe(t)
	if b == doc.None {
		return false
	}
	switch strings.ToLower(r.doc.Tokens[b].Form) {
	case "nobody", "none":
		return true
	case "one":
		return b > 0 && strings.EqualFold(r.doc.Tokens[b-1].Form, "no")
	}
	return false
}

// introduced tells whether a phrase opens with a preposition, "including" or "among".
func (r *reader) introduced(head int32) bool {
	first, last := r.doc.Subtree(head)
	for first < last && r.doc.Tokens[first].UPOS == "PUNCT" {
		first++
	}
	return r.doc.Tokens[first].UPOS == "ADP" || strings.EqualFold(r.doc.Tokens[first].Form, "including") || strings.EqualFold(r.doc.Tokens[first].Form, "among")
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
var notPeople = wordsOf("army attack attacks seizure torture quantity number clash explosion loss losses damage bomb home house vehicle plane building government party country nation force forces report toll incident ambush fire crash storm text case operation action property crime killing murder massacre death dynamite police")

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
			if q.First > t && q.First-t <= 3 || q.Of == t-1 && q.Last < t && len(r.doc.Casualties) > r.first {
				return int32(k) // "wounding five", or elliptic "and five others wounded"
			}
			continue
		}
		if q.Last <= t && t-q.Last <= 3 && !r.stopBetween(q.Last, t) {
			return int32(k)
		}
	}
	return doc.None
}

// nearNoun is the noun right beside a trigger whose arguments the parse lost: before "was killed" – an apposition in
// commas apart –, after "killing" and after "the murder of".
func (r *reader) nearNoun(tr *trigger, t int32) int32 {
	d := r.doc
	s := &d.Sentences[d.Tokens[t].Sentence]
	switch b := r.beforeBe(t); {
	case tr.form == "noun":
		if t+2 < s.Last && strings.EqualFold(d.Tokens[t+1].Form, "of") {
			return r.runEnd(t+2, s.Last)
		}
	case tr.form != "verb":
	case b != doc.None:
		if d.Tokens[b].Form == "," {
			for b--; b > s.First && d.Tokens[b].Form != ","; b-- {
			}
			b--
		}
		if b >= s.First && isName(&d.Tokens[b]) {
			return b
		}
	case d.Tokens[t].XPOS == "VBG" || d.Tokens[t].XPOS == "VBD":
		return r.runEnd(t+1, s.Last)
	}
	return doc.None
}

// runEnd is the last token of the nouns, with determiner and adjectives before them, that stand at a token; or None.
func (r *reader) runEnd(t, limit int32) int32 {
	end := doc.None
	for ; t < limit; t++ {
		switch r.doc.Tokens[t].UPOS {
		case "NOUN", "PROPN":
			end = t
		case "DET", "ADJ", "NUM":
			if end != doc.None {
				return end
			}
		default:
			return end
		}
	}
	return end
}

func isName(t *doc.Token) bool { return t.UPOS == "PROPN" || t.UPOS == "NOUN" }

// stopBetween tells whether a comma, a verb or another clause lies between two tokens.
func (r *reader) stopBetween(a, b int32) bool {
	for t := a; t < b; t++ {
		if u := r.doc.Tokens[t].UPOS; u == "PUNCT" || u == "VERB" || u == "SCONJ" || u == "CCONJ" {
			return true
		}
	}
	return false
}

// taken tells whether a quantity counts a casualty already.
func (r *reader) taken(q int32) bool { return r.doc.Quantities[q].Kind == "casualty" }

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
