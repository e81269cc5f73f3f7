package quote

import (
	"strings"
	"unicode"

	"annals/internal/doc"
)

// claim is an attribution in the making: its roles as token ranges.
type claim struct {
	source, cue, content []run
	sourceHead, cueHead  int32
	row                  *cueRow // nil: the table does not know the cue
	frame                string
	outer                int32 // index of the claim in whose content this one lies
	depth                int
	confidence           float32
	evidence             evidence // of the model
	rule                 string
	carried              bool // the source is that of an earlier attribution
}

// reader is the scratch of one document.
type reader struct {
	doc    *doc.Doc
	cues   *cueTable
	media  map[string]bool // nouns that head the phrase of a channel of news
	extent []run           // of every token's subtree
	quote  []int32         // outermost quotation of every token, or None
}

// byRule finds the attributions that the parse shows on its own: a word of the table with a complement, words in
// marks beside a verb of saying, "according to", adverbs of hearsay. Only tokens of within are looked at.
func (r *reader) byRule(within run) []claim {
	var out []claim
	for t := within.first; t < within.last; t++ {
		if c, ok := r.claimAt(t, within); ok {
			out = append(out, c)
		}
	}
	return out
}

func (r *reader) claimAt(t int32, within run) (claim, bool) {
	token := &r.doc.Tokens[t]
	if c, ok := r.adjectiveClaim(t, within); ok {
		return c, true
	}
	switch {
	case token.UPOS == "VERB" || strings.HasPrefix(token.XPOS, "VB"):
		return r.verbClaim(t, within)
	case token.UPOS == "NOUN":
		return r.nounClaim(t, within)
	case token.UPOS == "ADV":
		return r.adverbClaim(t, within)
	}
	if lemmaOf(token) == "accord" || strings.EqualFold(token.Form, "according") {
		return r.accordingTo(t, within)
	}
	return claim{}, false
}

// verbClaim reads a verb of the table with its complement.
func (r *reader) verbClaim(t int32, within run) (claim, bool) {
	d := r.doc
	if strings.EqualFold(d.Tokens[t].Form, "according") {
		return r.accordingTo(t, within)
	}
	lemma := r.cues.lemma(&d.Tokens[t])
	if !r.cues.knows(lemma) || d.Tokens[t].UPOS == "AUX" {
		return claim{}, false
	}
	c := claim{cueHead: t, cue: []run{r.cueGroup(t)}, sourceHead: doc.None, outer: doc.None, rule: "parse"}
	passive := r.isPassive(t)
	particle, preposition := r.particle(t)
	for _, try := range [...]func(*claim, string, string, bool) bool{r.quotedAs, r.clause, r.infinitive, r.prepositional, r.gerund, r.object, r.parenthetical} {
		if try(&c, particle, preposition, passive) {
			r.source(&c, passive)
			c.content = trimAll(d, clip(cutAll(c.content, c.cue, c.source), within))
			if len(c.content) == 0 || !within.holds(c.cue[0].first) {
				return claim{}, false
			}
			return c, true
		}
	}
	return claim{}, false
}

func clip(rs []run, within run) []run {
	out := rs[:0]
	for _, r := range rs {
		r.first, r.last = max(r.first, within.first), min(r.last, within.last)
		if !r.empty() {
			out = append(out, r)
		}
	}
	return out
}

func cutAll(rs []run, lists ...[]run) []run {
	for _, list := range lists {
		for _, x := range list {
			rs = cut(rs, x)
		}
	}
	return rs
}

// cueGroup is the verb with its auxiliaries, negation, modals, particles and the adverbs between them.
func (r *reader) cueGroup(t int32) run {
	d := r.doc
	group := run{t, t + 1}
	for first := t - 1; first >= d.Sentences[d.Tokens[t].Sentence].First; first-- {
		token := &d.Tokens[first]
		if token.Head != t || !(strings.HasPrefix(token.Deprel, "aux") || token.Deprel == "advmod" || token.Deprel == "cop") || token.UPOS == "SCONJ" {
			break
		}
		group.first = first
	}
	for last := t + 1; int(last) < len(d.Tokens); last++ {
		if d.Tokens[last].Head != t || d.Tokens[last].Deprel != "compound:prt" {
			break
		}
		group.last = last + 1
	}
	return group
}

func (r *reader) isPassive(t int32) bool {
	d := r.doc
	return d.Child(t, "nsubj:pass", "aux:pass", "csubj:pass") != doc.None ||
		d.Tokens[t].XPOS == "VBN" && d.Child(t, "aux", "nsubj") == doc.None && (d.IsRelation(t, "acl") || d.IsRelation(t, "advcl"))
}

// particle is the particle of a phrasal verb and the first preposition after it.
func (r *reader) particle(t int32) (particle, preposition string) {
	d := r.doc
	for _, c := range d.Children(t) {
		if c < t {
			continue
		}
		switch {
		case d.Tokens[c].Deprel == "compound:prt":
			particle = lemmaOf(&d.Tokens[c])
		case d.Tokens[c].Deprel == "xcomp" && d.Tokens[c].UPOS == "ADJ":
			particle = lemmaOf(&d.Tokens[c])
		case preposition == "" && (d.IsRelation(c, "obl") || d.IsRelation(c, "advcl")):
			if p := d.Child(c, "case", "mark"); p != doc.None {
				preposition = lemmaOf(&d.Tokens[p])
			}
		}
	}
	return particle, preposition
}

// quotedAs: "was quoted as saying", "quoted the general as saying". The words show it; the parse often fails at it.
func (r *reader) quotedAs(c *claim, _, _ string, passive bool) bool {
	d := r.doc
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", "", "")
	if row == nil || !row.takes("as") || !row.takes("quote") {
		return false
	}
	as := r.asSaying(c.cueHead)
	if as == doc.None {
		return false
	}
	c.row, c.frame = row, "as"
	end := d.Sentences[d.Tokens[as].Sentence].Last
	if passive {
		c.cue[0].last = as + 2
	} else {
		c.cue = append(c.cue, run{as, as + 2})
	}
	if tail := trim(d, run{as + 2, end}); hasWord(d, tail) && !(tail.size() < 4 && r.quotedBeside(c)) {
		c.content = []run{tail}
		return true
	}
	found := r.quotedBeside(c)
	c.frame = "as"
	return found
}

// asSaying is the "as" of "as saying" in the words after a verb, or None.
func (r *reader) asSaying(t int32) int32 {
	d := r.doc
	end := d.Sentences[d.Tokens[t].Sentence].Last
	for as := t + 1; as+1 < min(end, t+15); as++ {
		if d.Tokens[as].Form == "as" && d.Tokens[as+1].XPOS == "VBG" && r.cues.knows(lemmaOf(&d.Tokens[as+1])) {
			return as
		}
	}
	return doc.None
}

// clause: a that-clause, a bare clause, a question.
func (r *reader) clause(c *claim, particle, _ string, _ bool) bool {
	d := r.doc
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", particle, "that")
	x := d.Child(c.cueHead, "ccomp", "csubj:pass", "csubj")
	if row == nil || x == doc.None || !(row.takes("clause") || row.takes("quote") && r.quote[x] != doc.None) {
		return false
	}
	if strings.HasPrefix(d.Tokens[x].XPOS, "VBG") && d.Child(x, "nsubj", "aux") == doc.None && x > c.cueHead {
		return false
	}
	c.row, c.frame, c.content = row, "clause", []run{r.extent[x]}
	if r.quote[x] != doc.None {
		c.frame = "quote"
		r.quotedBeside(c)
	}
	return true
}

func (r *reader) infinitive(c *claim, particle, preposition string, passive bool) bool {
	d := r.doc
	x := d.Child(c.cueHead, "xcomp", "ccomp", "advcl")
	if x == doc.None || x < c.cueHead {
		return false
	}
	to := d.Child(x, "mark")
	if to == doc.None || lemmaOf(&d.Tokens[to]) != "to" || to > x {
		return false
	}
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", particle, "to")
	if on := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", preposition, "to"); on != nil && (on.takes("on-to") || on.takes("for-to")) {
		row = on
	}
	if row != nil && passive && row.takes("clause") && !d.IsRelation(x, "advcl") && reportive[row.Act] {
		c.row, c.frame, c.content = row, "to", []run{r.extent[x]}
		r.raised(c)
		return true
	}
	if row == nil || !(row.takes("to") || row.takes("on-to") || row.takes("for-to")) {
		return false
	}
	if d.IsRelation(x, "advcl") && !(row.takes("on-to") || row.takes("for-to") || d.Child(c.cueHead, "obj") != doc.None && row.Act == "demand") {
		return false
	}
	if row.Act == "refuse" {
		return r.refusal(c, row, x)
	}
	c.row, c.frame, c.content = row, "to", []run{r.extent[x]}
	if r.seems(c.cueHead) && d.Child(x, "ccomp") == doc.None {
		r.raised(c)
		c.frame = "seeming"
	}
	return true
}

// seems tells whether a token is a verb whose subject belongs to what seems so.
func (r *reader) seems(t int32) bool {
	lemma := lemmaOf(&r.doc.Tokens[t])
	return lemma == "seem" || lemma == "appear"
}

// reportive are the acts of verbs whose passive takes an infinitive: "is said to", "is believed to".
var reportive = map[string]bool{"assert": true, "believe": true, "report": true, "perceive": true, "accuse": true, "predict": true}

// refusal: "declined to comment" has no content, "declined to say whether …" has the question as content, "refused to
// leave" what is refused.
func (r *reader) refusal(c *claim, row *cueRow, x int32) bool {
	d := r.doc
	c.row, c.frame = row, "to"
	if lemma := lemmaOf(&d.Tokens[x]); !r.cues.knows(lemma) && lemma != "comment" && lemma != "elaborate" {
		c.content = []run{r.extent[x]}
		return true
	}
	c.cue[0].last = x + 1
	if y := d.Child(x, "ccomp", "obj"); y != doc.None {
		c.content = []run{r.extent[y]}
		return true
	}
	return false
}

// raised: "is said to have fled": the subject is part of what is said and nobody is named as saying it.
func (r *reader) raised(c *claim) {
	if s := r.doc.Child(c.cueHead, "nsubj:pass", "nsubj"); s != doc.None {
		c.content = append([]run{r.extent[s]}, c.content...)
	}
	c.frame = "raised"
}

// prepositional: "accused X of arming Y", "called for a zone", "warned of famine", "described X as Y".
func (r *reader) prepositional(c *claim, _, _ string, _ bool) bool {
	d := r.doc
	lemma := r.cues.lemma(&d.Tokens[c.cueHead])
	for _, x := range d.Children(c.cueHead) {
		p := d.Child(x, "case", "mark")
		if x < c.cueHead || p == doc.None || p > x {
			continue
		}
		preposition := lemmaOf(&d.Tokens[p])
		row := r.cues.find(lemma, "verb", preposition, "")
		if row == nil || !(row.takes(preposition) || preposition == "to" && row.takes("to-noun")) || preposition == "to" && !row.takes("to-noun") {
			continue
		}
		c.row, c.frame, c.content = row, preposition, []run{r.extent[x]}
		if row.Particle == preposition && p == c.cue[0].last {
			c.cue[0].last = p + 1
		}
		if o := d.Child(c.cueHead, "obj"); o == doc.None && preposition == "of" { // "was accused of"
			c.content[0].first = max(c.content[0].first, p+1)
		} else if o != doc.None && o > c.cueHead && (preposition == "of" || preposition == "as" || preposition == "for") {
			c.content = []run{{r.extent[o].first, max(r.extent[o].last, r.extent[x].last)}}
		}
		return true
	}
	return false
}

func (r *reader) gerund(c *claim, particle, _ string, _ bool) bool {
	d := r.doc
	x := d.Child(c.cueHead, "xcomp", "ccomp", "obj")
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", particle, "")
	if row == nil || !row.takes("gerund") || x < c.cueHead || x == doc.None || d.Tokens[x].XPOS != "VBG" {
		return false
	}
	c.row, c.frame, c.content = row, "gerund", []run{r.extent[x]}
	return true
}

func (r *reader) object(c *claim, particle, _ string, passive bool) bool {
	d := r.doc
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", particle, "")
	if row == nil {
		return false
	}
	x := d.Child(c.cueHead, "obj")
	if passive {
		x = d.Child(c.cueHead, "nsubj:pass")
		if x == doc.None || d.Child(c.cueHead, "obl:agent") == doc.None && !r.hasBy(c.cueHead) {
			return false
		}
	}
	if x == doc.None {
		return false
	}
	switch {
	case row.takes("small"):
		y := d.Child(c.cueHead, "xcomp")
		if y == doc.None {
			return false
		}
		c.content = []run{{min(r.extent[x].first, r.extent[y].first), max(r.extent[x].last, r.extent[y].last)}}
	case row.takes("object"):
		c.content = []run{r.extent[x]}
	default:
		return false
	}
	c.row, c.frame = row, "object"
	return true
}

func (r *reader) hasBy(t int32) bool { return r.agent(t) != doc.None }

// agent is the noun after "by".
func (r *reader) agent(t int32) int32 {
	d := r.doc
	for _, x := range d.Children(t) {
		if p := d.Child(x, "case"); p != doc.None && d.IsRelation(x, "obl") && lemmaOf(&d.Tokens[p]) == "by" {
			return x
		}
	}
	return doc.None
}

// parenthetical: "The road is open, the mayor said." and words in marks beside the verb.
func (r *reader) parenthetical(c *claim, particle, _ string, passive bool) bool {
	d := r.doc
	row := r.cues.find(r.cues.lemma(&d.Tokens[c.cueHead]), "verb", particle, "")
	if row == nil || !row.takes("quote") && !row.takes("clause") || passive {
		return false
	}
	c.row = row
	if d.Tokens[c.cueHead].Deprel == "parataxis" && d.Tokens[c.cueHead].Head != doc.None && d.Tokens[c.cueHead].Head < c.cueHead {
		c.frame = "clause"
		c.content = cut([]run{r.extent[d.Tokens[c.cueHead].Head]}, r.extent[c.cueHead])
		return true
	}
	if x := d.Child(c.cueHead, "parataxis"); x != doc.None && (r.quote[x] != doc.None || r.followsColon(x)) {
		c.frame, c.content = "clause", []run{r.extent[x]}
		if r.quote[x] != doc.None {
			c.frame = "quote"
			r.quotedBeside(c)
		}
		return true
	}
	if !row.takes("quote") {
		return false
	}
	return r.quotedBeside(c)
}

func (r *reader) followsColon(x int32) bool {
	first := r.extent[x].first
	return first > 0 && (r.doc.Tokens[first-1].Form == ":" || r.doc.Tokens[first].Form == ":")
}

// quotedBeside adds the quotations of the cue's sentence that stand outside the cue, and the sentences after it that
// the same marks hold. It tells whether there were any.
func (r *reader) quotedBeside(c *claim) bool {
	d := r.doc
	if r.quote[c.cueHead] != doc.None {
		return false
	}
	s := d.Sentences[d.Tokens[c.cueHead].Sentence]
	var found []run
	for t := max(s.First, c.cueHead-windowTokens); t < min(s.Last, c.cueHead+windowTokens); {
		q := r.quote[t]
		if q == doc.None || !d.Quotes[q].Speech {
			t++
			continue
		}
		u := t
		for int(u) < len(d.Tokens) && r.quote[u] == q {
			u++
		}
		found = append(found, run{t, u})
		t = u
	}
	if len(found) == 0 {
		return false
	}
	c.frame = "quote"
	for _, f := range found {
		if !anyOverlaps(c.content, []run{f}) {
			c.content = append(c.content, f)
		}
	}
	return true
}

// accordingTo: the cue modifies the clause that is its content.
func (r *reader) accordingTo(t int32, within run) (claim, bool) {
	d := r.doc
	if int(t)+2 >= len(d.Tokens) || !strings.EqualFold(d.Tokens[t+1].Form, "to") {
		return claim{}, false
	}
	source := d.Tokens[t].Head
	if source <= t+1 { // the parse hangs the noun on "according"
		source = d.Child(t, "obl", "obj", "nmod")
	}
	if source == doc.None || source <= t {
		return claim{}, false
	}
	top := d.Tokens[source].Head
	if top == t {
		top = d.Tokens[t].Head
	}
	if top == doc.None {
		return claim{}, false
	}
	for d.Tokens[top].Head != doc.None && !strings.HasPrefix(d.Tokens[top].UPOS, "V") && (d.IsRelation(top, "obj") || d.IsRelation(top, "obl") || d.IsRelation(top, "nmod")) {
		top = d.Tokens[top].Head
	}
	phrase := run{t, r.extent[source].last}
	c := claim{cueHead: t, cue: []run{{t, t + 2}}, source: []run{{t + 2, phrase.last}}, sourceHead: source, outer: doc.None, frame: "according-to", rule: "according-to"}
	c.row = r.cues.find("according", "prep", "to", "")
	for i := range r.cues.rows {
		if r.cues.rows[i].ID == "cue.according-to" {
			c.row = &r.cues.rows[i]
		}
	}
	c.content = trimAll(d, clip(cut([]run{r.extent[top]}, phrase), within))
	c.source = trimAll(d, c.source)
	return c, len(c.content) > 0 && len(c.source) > 0
}

// adverbClaim: "has reportedly left": nobody is named.
func (r *reader) adverbClaim(t int32, within run) (claim, bool) {
	d := r.doc
	row := r.cues.find(lemmaOf(&d.Tokens[t]), "adverb", "", "")
	if row == nil || d.Tokens[t].Head == doc.None {
		return claim{}, false
	}
	c := claim{cueHead: t, cue: []run{{t, t + 1}}, sourceHead: doc.None, outer: doc.None, row: row, frame: "adverb", rule: "adverb"}
	c.content = trimAll(d, clip(cut([]run{r.extent[d.Tokens[t].Head]}, c.cue[0]), within))
	return c, len(c.content) > 0
}

// source finds who the verb's claim belongs to: its subject, the subject of the verb it is joined to, the noun it
// modifies, or the agent of a passive.
func (r *reader) source(c *claim, passive bool) {
	if c.frame == "raised" || c.frame == "seeming" {
		return
	}
	passive = passive || r.isFronted(c.cueHead)
	head := r.subject(c.cueHead)
	switch {
	case c.frame == "as" && !passive: // "the agency quoted the general as saying": the general says it
		if o := r.doc.Child(c.cueHead, "obj", "iobj"); o != doc.None && o > c.cueHead {
			head = o
		}
	case passive && c.frame != "as":
		head = r.agent(c.cueHead)
	}
	if head == doc.None {
		return
	}
	c.sourceHead = head
	x := r.extent[head]
	if r.doc.Tokens[c.cueHead].Head == head && r.doc.IsRelation(c.cueHead, "conj") {
		x.last = head + 1
	}
	if passive && c.frame != "as" { // without "by"
		x.first = min(max(x.first, r.doc.Child(head, "case")+1), head)
	}
	if x.holds(c.cueHead) { // the noun that the cue modifies: "officials saying …"
		x.last = c.cue[0].first
		if n := x.last - 1; n-1 > head && days[r.doc.Tokens[n].Form] && r.doc.Tokens[n-1].Form == "on" {
			x.last = n - 1
		}
	}
	c.source = trimAll(r.doc, cutAll([]run{x}, c.cue))
	if len(c.source) > 1 {
		c.source = c.source[:1]
	}
}

func (r *reader) isNoun(t int32) bool {
	if t == doc.None {
		return false
	}
	switch r.doc.Tokens[t].UPOS {
	case "NOUN", "PROPN", "PRON":
		return true
	}
	return false
}

// clauseAbove is the verb whose subject speaks in a participle that a comma sets off ("Moyo blamed the rains, saying …"),
// though the parse may hang it on the noun before the comma; None for other participles.
func (r *reader) clauseAbove(t int32) int32 {
	d := r.doc
	if t == 0 || d.Tokens[t].XPOS != "VBG" || d.Tokens[t-1].Form != "," {
		return doc.None
	}
	h := d.Tokens[t].Head
	for steps := 0; h != doc.None && steps < 8; steps++ {
		if d.Tokens[h].UPOS == "VERB" && d.Child(h, "nsubj", "nsubj:pass") != doc.None {
			return h
		}
		if d.IsRelation(h, "nsubj") {
			return doc.None // "the minister, speaking in Cairo, said": the noun itself
		}
		h = d.Tokens[h].Head
	}
	return doc.None
}

// isFronted recognises "Asked whether he would resign, the minister …" and "When asked …": the minister did not
// ask, and whoever did stands after "by" if anywhere.
func (r *reader) isFronted(t int32) bool {
	token := &r.doc.Tokens[t]
	return (token.XPOS == "VBN" || token.XPOS == "VBD") && token.Deprel == "advcl" && token.Head > t && r.doc.Child(t, "nsubj", "nsubj:pass", "aux") == doc.None
}

// subjectOf is the subject that hangs on a verb itself, or None. A day or a mark that the parse took for one is none.
func (r *reader) subjectOf(t int32) int32 {
	d := r.doc
	for _, s := range d.Children(t) {
		if form := d.Tokens[s].Form; d.IsRelation(s, "nsubj") && !days[form] && hasLetter(form) {
			return s
		}
	}
	return doc.None
}

func hasLetter(form string) bool {
	return strings.ContainsFunc(form, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// sentenceNoun is the noun that the parse took for the head of its sentence: t, or the one that the relative clause of
// t modifies; or None.
func (r *reader) sentenceNoun(t int32) int32 {
	if r.doc.IsRelation(t, "acl") {
		t = r.doc.Tokens[t].Head
	}
	if t != doc.None && r.doc.Tokens[t].Deprel == "root" && r.isNoun(t) {
		return t
	}
	return doc.None
}

func (r *reader) subject(t int32) int32 {
	d := r.doc
	for steps := 0; t != doc.None && steps < 6; steps++ {
		if s := r.subjectOf(t); s != doc.None {
			return s
		}
		h := d.Tokens[t].Head
		switch {
		case h != doc.None && h < t && d.IsRelation(t, "advcl") && d.Tokens[t].XPOS == "VBD" && r.sentenceNoun(h) != doc.None:
			return r.sentenceNoun(h) // "The mayor, who is ill, on Friday said …": hung on the subject or on what it does
		case h != doc.None && h < t && d.Tokens[t].XPOS == "VBG" && d.Tokens[t].Deprel == "acl" && d.Child(h, "cop") != doc.None && d.Child(h, "case") != doc.None:
			t = h // "the envoy was on the radio talking about …": no radio talks
			continue
		}
		switch {
		case d.IsRelation(t, "acl") && !d.IsRelation(t, "acl:relcl"):
			if verb := r.clauseAbove(t); verb != doc.None {
				t = verb
				continue
			}
			return d.Tokens[t].Head
		case d.IsRelation(t, "conj") && r.isNoun(d.Tokens[t].Head) && strings.HasPrefix(d.Tokens[t].XPOS, "V"):
			return d.Tokens[t].Head // a verb joined to a noun: its first verb was taken for no verb
		case d.IsRelation(t, "conj") && r.isNoun(d.Tokens[t].Head) && d.Child(t, "cop") != doc.None:
			t = d.Tokens[d.Tokens[t].Head].Head // a predicate joined to an object: "want peace and are not sure"
		case d.IsRelation(t, "conj"), d.IsRelation(t, "xcomp"), d.IsRelation(t, "advcl"), d.IsRelation(t, "parataxis"):
			t = d.Tokens[t].Head
		default:
			return doc.None
		}
	}
	return doc.None
}
