package quote

import (
	"slices"
	"strings"

	"annals/internal/doc"
)

// classify finds the row of the cue table for a claim that the model found. The parse decides between the senses of
// one word; where it shows none, the word alone does.
func (x *Text) classify(c *claim) {
	if c.row != nil {
		return
	}
	d := x.doc
	if parsed, ok := x.claimAt(c.cueHead, run{0, int32(len(d.Tokens))}); ok {
		c.row, c.frame = parsed.row, parsed.frame
		return
	}
	complement := ""
	if len(c.content) > 0 && strings.EqualFold(d.Tokens[c.content[0].first].Form, "to") {
		complement = "to"
	}
	for _, cue := range c.cue {
		for t := cue.last - 1; t >= cue.first; t-- {
			lemma := x.cues.lemma(&d.Tokens[t])
			next := ""
			if t+1 < cue.last {
				next = lemmaOf(&d.Tokens[t+1])
			}
			for _, pos := range [...]string{"verb", "noun", "adj", "adverb", "prep"} {
				if row := x.cues.find(lemma, pos, next, complement); row != nil && (c.row == nil || pos == "verb") {
					c.row = row
				}
			}
			if strings.EqualFold(d.Tokens[t].Form, "according") {
				c.row, c.frame = x.cues.byID("cue.according-to"), "according-to"
				return
			}
		}
	}
}

// doubtful is the confidence below which a claim that the parse shows too is read from the parse.
const doubtful = 0.25

// correct lets the parse overrule the model in the turns that the model has seen too seldom: "was quoted as saying",
// "is said to", "declined to comment"; and where the model names nobody, the grammatical subject is the source.
func (x *Text) correct(found, parsed []claim) {
	byHead := make(map[int32]*claim, len(parsed))
	for i := range parsed {
		byHead[parsed[i].cueHead] = &parsed[i]
	}
	for i := range parsed { // the model may take "saying" alone for the cue
		if p := &parsed[i]; p.frame == "as" && p.row.Act == "report" {
			for _, r := range p.cue {
				for t := r.first; t < r.last; t++ {
					byHead[t] = p
				}
			}
		}
	}
	for i := range found {
		c := &found[i]
		p := byHead[c.cueHead]
		if p != nil && (p.frame == "as" && p.row.Act == "report" || p.frame == "raised") {
			c.cue, c.source, c.sourceHead, c.content, c.row, c.frame = p.cue, p.source, p.sourceHead, p.content, p.row, p.frame
			c.confidence = ruleConfidence(p)
			c.rule = "model+parse"
			continue
		}
		if p != nil && c.confidence < doubtful && p.frame != "object" && p.row.POS == "verb" && len(p.source) > 0 {
			c.cue, c.source, c.sourceHead, c.content, c.row, c.frame = p.cue, p.source, p.sourceHead, p.content, p.row, p.frame
			c.rule = "parse+model"
			c.confidence = max(c.confidence, mendedConfidence)
			continue
		}
		if len(c.source) == 1 && c.source[0].size() == 1 && !hasLetter(x.doc.Tokens[c.source[0].first].Form) {
			c.source, c.sourceHead = nil, doc.None
		}
		x.silence(c)
		x.relativeContent(c)
		x.asides(c)
		x.withoutPredicate(c)
		x.withoutDateline(c)
		x.ownerless(c)
		x.accordingSource(c, p)
		if len(c.source) == 1 && c.source[0].size() == 1 && days[x.doc.Tokens[c.source[0].first].Form] {
			c.source, c.sourceHead = nil, doc.None // "the envoy on Friday said"
		}
		if len(c.source) == 0 {
			x.subjectSource(c)
		}
		x.withExpletive(c)
		x.seeming(c)
	}
}

var days = map[string]bool{"Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

// accordingSource: "according to" always names somebody, by the parse where the model does not; and "According to the
// mayor, the dam is safe" ends him at the comma, whatever the parse made of the two noun phrases.
func (x *Text) accordingSource(c, parsed *claim) {
	d := x.doc
	if c.frame != "according-to" {
		return
	}
	if len(c.source) == 0 && parsed != nil && len(parsed.source) == 1 && !anyOverlaps(parsed.source, c.content) {
		c.source, c.sourceHead = parsed.source, parsed.sourceHead
	}
	if !x.atoms[c.cue[0].first].first {
		return
	}
	last := c.cue[len(c.cue)-1].last // of what is taken for the source
	if len(c.source) == 1 && c.source[0].first == last {
		last = c.source[0].last
	}
	for i := range c.content {
		r := &c.content[i]
		if r.first != last {
			continue
		}
		source := run{c.cue[len(c.cue)-1].last, x.onlyComma(run{c.cue[len(c.cue)-1].last, last})}
		if len(c.source) == 0 {
			source.last = x.onlyComma(*r)
		}
		if source.last != doc.None && hasWord(d, source) && source.last+1 < r.last {
			r.first = source.last + 1
			c.source, c.sourceHead = []run{source}, x.headOf(source)
		}
		return
	}
}

// onlyComma is the comma of a run that has exactly one, or None: two make an apposition.
func (x *Text) onlyComma(r run) int32 {
	comma := doc.None
	for t := r.first; t < r.last; t++ {
		if x.doc.Tokens[t].Form == "," {
			if comma != doc.None {
				return doc.None
			}
			comma = t
		}
	}
	return comma
}

// relativeContent: in "the diplomat, who said the talks had failed, left on Sunday" neither the diplomat nor his
// leaving is what he said.
func (x *Text) relativeContent(c *claim) {
	d := x.doc
	if c.sourceHead == doc.None || len(c.source) != 1 || c.source[0].size() > 1 {
		return
	}
	who := c.sourceHead
	noun := antecedent(d, who)
	if noun == doc.None || who == 0 || c.cue[0].first < who {
		return
	}
	kept := c.content[:0]
	for _, r := range c.content {
		if r.last <= who && r.holds(noun) {
			continue
		}
		if d.Tokens[who-1].Form == "," && r.first >= c.cue[0].last {
			for t := r.first + 1; t+1 < r.last; t++ {
				if d.Tokens[t].Form == "," && (d.Tokens[t+1].UPOS == "VERB" || d.Tokens[t+1].UPOS == "AUX") {
					r.last = t
				}
			}
		}
		kept = append(kept, r)
	}
	if len(kept) > 0 {
		c.content = kept
	}
}

// withoutDateline takes "CAIRO (Agency) -" off a content that opens its paragraph with it.
func (x *Text) withoutDateline(c *claim) {
	d := x.doc
	for i := range c.content {
		r := &c.content[i]
		if !x.atoms[r.first].first {
			continue
		}
		bracket := false
		for t := r.first; t < min(r.first+14, r.last-1); t++ {
			switch form := d.Tokens[t].Form; {
			case form == "(" || form == ")":
				bracket = true
			case bracket && isDash(form) && d.Tokens[t-1].Form == ")":
				r.first = t + 1
			}
			if d.Tokens[r.first].Start > d.Tokens[t].Start {
				break
			}
		}
	}
	if line := d.Head.Dateline; line.Len() > 0 {
		first, last := d.TokensIn(line)
		if rest := cut(slices.Clone(c.content), run{first, last}); len(rest) > 0 {
			c.content = rest
		}
	}
}

// asides: in "\"It is late,\" he said as the doors closed" the doors are no part of what he said.
func (x *Text) asides(c *claim) {
	sentence := x.doc.Tokens[c.cueHead].Sentence
	quoted := func(r run) bool {
		for t := r.first; t < r.last; t++ {
			if x.quote[t] != doc.None {
				return true
			}
		}
		return false
	}
	before := false
	for _, r := range c.content {
		before = before || r.last <= c.cue[0].first && x.doc.Tokens[r.last-1].Sentence == sentence && x.quote[r.first] != doc.None && x.atoms[r.first].mark == opening
	}
	if before {
		c.content = slices.DeleteFunc(c.content, func(r run) bool {
			return r.first >= c.cue[0].last && x.doc.Tokens[r.first].Sentence == sentence && !quoted(r)
		})
	}
}

// subjectSource takes the grammatical subject of the cue, or the agent of a passive, for the source.
func (x *Text) subjectSource(c *claim) {
	d := x.doc
	switch d.Tokens[c.cueHead].UPOS {
	case "VERB", "ADJ", "AUX":
	default:
		return
	}
	if x.seems(c.cueHead) {
		return
	}
	try := claim{cueHead: c.cueHead, cue: c.cue, frame: c.frame, sourceHead: doc.None}
	x.source(&try, x.isPassive(c.cueHead))
	if len(try.source) == 0 {
		x.afterMarks(&try, c.content)
	}
	if len(try.source) == 1 && !anyOverlaps(try.source, c.content) && !anyOverlaps(try.source, c.cue) {
		c.source, c.sourceHead = try.source, try.sourceHead
		c.confidence = max(c.confidence*subjectShare, min(c.confidence, mendedConfidence))
		c.rule = "model+subject"
	}
}

// afterMarks: in "\"It is late,\" wrote the envoy" the noun after the verb speaks, though the parse may take it for the
// object.
func (x *Text) afterMarks(c *claim, content []run) {
	d := x.doc
	before := c.cue[0].first - 1
	if before >= 0 && d.Tokens[before].Form == "," {
		before--
	}
	if before < 0 || x.quote[before] == doc.None || !anyHolds(content, before) {
		return
	}
	first := c.cue[len(c.cue)-1].last
	for _, o := range d.Children(c.cueHead) {
		if x.isNoun(o) && x.extent[o].first == first {
			c.sourceHead, c.source = o, trimAll(d, []run{x.extent[o]})
			return
		}
	}
	last := first
	for int(last) < len(d.Tokens) && inNounPhrase[d.Tokens[last].UPOS] && d.Tokens[last].Sentence == d.Tokens[c.cueHead].Sentence {
		last++
	}
	if phrase := (run{first, last}); hasWord(d, phrase) {
		if head := x.headOf(phrase); x.isNoun(head) {
			c.sourceHead, c.source = head, []run{phrase}
		}
	}
}

var inNounPhrase = map[string]bool{"DET": true, "ADJ": true, "NUM": true, "NOUN": true, "PROPN": true, "PART": true, "PRON": true}

// silence: "declined to comment" has no content, and that of "declined to say whether …" is the question.
func (x *Text) silence(c *claim) {
	d := x.doc
	if c.row == nil || c.row.Act != "refuse" || len(c.content) != 1 {
		return
	}
	r := c.content[0]
	if r.first != c.cue[0].last || !strings.EqualFold(d.Tokens[r.first].Form, "to") || int(r.first)+1 >= len(d.Tokens) {
		return
	}
	switch lemmaOf(&d.Tokens[r.first+1]) {
	case "say", "specify", "disclose", "reveal", "explain":
		if question := r.first + 2; question < r.last && opensClause[strings.ToLower(d.Tokens[question].Form)] {
			c.cue[0].last, c.content = question, []run{{question, r.last}}
		}
	case "comment", "elaborate", "answer", "respond":
		rest := run{r.first + 2, r.last}
		if !rest.empty() && d.Tokens[rest.first].UPOS == "ADP" { // "declined to comment on the arrest"
			rest.first++
		}
		c.cue[0].last, c.content = rest.first, nil
		if hasWord(d, rest) {
			c.content = []run{rest}
		}
	}
}

// stance is what an act comes to under negation.
type stance struct{ act, value string }

// commit gives the act and the FactBank value of the content for its source (Sauri and Pustejovsky 2009): the row's,
// turned by negation and modality of the cue.
func (x *Text) commit(c *claim) (act, value string) {
	act, value = "assert", "CT+"
	if c.row != nil {
		act, value = c.row.Act, c.row.Value
	}
	if c.frame == "raised" && act != "predict" && act != "demand" {
		act = "hearsay"
	}
	if x.isNegated(c) {
		s := negate(act, value, x.opensWith(c, "that"))
		act, value = s.act, s.value
	}
	if x.isUnreal(c) && act != "refuse" {
		value = "U"
	}
	if value != "U" && (x.opensWith(c, "whether", "if") || act == "refuse" && x.opensQuestion(c)) {
		value = "U"
	}
	return act, value
}

// negate says what is left of an act whose cue is negated. "Did not say" leaves the source uncommitted; "does not
// believe" is read as disbelief (neg-raising); "did not rule out" leaves a possibility; "did not know that" keeps
// what is presupposed.
func negate(act, value string, that bool) stance {
	switch act {
	case "believe", "predict":
		if value == "PR-" {
			return stance{act, "PR+"}
		}
		if value == "U" {
			return stance{act, "U"}
		}
		return stance{act, "PR-"}
	case "perceive":
		if that {
			return stance{act, value}
		}
		return stance{act, "U"}
	case "deny":
		return stance{"refuse", "PS+"}
	case "demand", "promise", "ask", "refuse":
		return stance{act, "U"}
	}
	return stance{"refuse", "U"}
}

var negations = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "no": true, "cannot": true, "neither": true, "nor": true, "nobody": true, "none": true}

// isNegated tells whether the cue or its subject is negated.
func (x *Text) isNegated(c *claim) bool {
	d := x.doc
	for _, t := range d.Children(c.cueHead) {
		if negations[strings.ToLower(d.Tokens[t].Form)] && (d.IsRelation(t, "advmod") || d.IsRelation(t, "det") || d.IsRelation(t, "cc")) {
			return true
		}
	}
	for _, cue := range c.cue {
		for t := cue.first; t < cue.last; t++ {
			if negations[strings.ToLower(d.Tokens[t].Form)] {
				return true
			}
		}
	}
	if c.sourceHead != doc.None && !c.carried {
		if strings.EqualFold(d.Tokens[c.sourceHead].Form, "nobody") {
			return true
		}
		det := d.Child(c.sourceHead, "det")
		return det != doc.None && (strings.EqualFold(d.Tokens[det].Form, "no") || strings.EqualFold(d.Tokens[det].Form, "neither"))
	}
	return false
}

var unreal = map[string]bool{"would": true, "could": true, "might": true, "may": true, "should": true, "will": true, "'ll": true, "’ll": true, "'d": true, "’d": true, "shall": true}

// isUnreal tells whether the cue stands under a modal, so that nothing has been said yet.
func (x *Text) isUnreal(c *claim) bool {
	d := x.doc
	for _, t := range d.Children(c.cueHead) {
		if t < c.cueHead && d.Tokens[t].Deprel == "aux" && unreal[strings.ToLower(d.Tokens[t].Form)] {
			return true
		}
	}
	return false
}

// opensQuestion tells whether a content is an indirect question.
func (x *Text) opensQuestion(c *claim) bool {
	if len(c.content) == 0 {
		return false
	}
	word := strings.ToLower(x.doc.Tokens[c.content[0].first].Form)
	return opensClause[word] && word != "that"
}

func (x *Text) opensWith(c *claim, words ...string) bool {
	if len(c.content) == 0 {
		return false
	}
	first := c.content[0].first
	for _, w := range words {
		if strings.EqualFold(x.doc.Tokens[first].Form, w) {
			return true
		}
	}
	return false
}
