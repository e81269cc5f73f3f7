package quote

import (
	"strings"

	"annals/internal/doc"
)

// Cues that are no verbs: "the claim that …", "it is not clear whether …".

// nounClaim: "the claim that …", "a promise to …".
func (r *reader) nounClaim(t int32, within run) (claim, bool) {
	d := r.doc
	lemma := lemmaOf(&d.Tokens[t])
	if len(r.cues.byLemma[lemma]) == 0 {
		return claim{}, false
	}
	clause, mark := r.clauseOf(t)
	if clause.empty() {
		return claim{}, false
	}
	row := r.cues.find(lemma, "noun", "", lemmaOf(&d.Tokens[mark]))
	if row == nil {
		return claim{}, false
	}
	c := claim{cueHead: t, cue: []run{{t, t + 1}}, sourceHead: doc.None, outer: doc.None, row: row, frame: "noun-clause", rule: "noun"}
	if owner := d.Child(t, "nmod:poss"); owner != doc.None {
		c.sourceHead, c.source = owner, trimAll(d, []run{withoutPossessive(d, r.extent[owner])})
	}
	c.content = trimAll(d, clip([]run{r.withoutMainVerb(t, clause)}, within))
	return c, len(c.content) > 0
}

// clauseOf is the clause or infinitive of a noun, and the word that opens it. The clause hangs on the noun, or it stands
// right behind the noun and the parse hung it higher or took it for a relative clause, though not its "that".
func (r *reader) clauseOf(t int32) (clause run, mark int32) {
	d := r.doc
	for _, x := range d.Children(t) {
		if x < t || !d.IsRelation(x, "acl") && !d.IsRelation(x, "ccomp") || d.IsRelation(x, "acl:relcl") {
			continue
		}
		if mark := d.Child(x, "mark"); mark != doc.None {
			return r.extent[x], mark
		}
	}
	if mark := t + 1; int(mark) < len(d.Tokens) && strings.EqualFold(d.Tokens[mark].Form, "that") && d.Tokens[mark].XPOS == "IN" {
		if x := d.Tokens[mark].Head; x > mark {
			return run{mark, r.extent[x].last}, mark
		}
	}
	return run{}, doc.None
}

// withoutMainVerb ends the clause of a noun that opens its sentence before the sentence's own verb: in "the claim that
// the dam was safe angered farmers" parsers run on, and leave the sentence without a verb.
func (r *reader) withoutMainVerb(noun int32, clause run) run {
	d := r.doc
	if h := d.Tokens[noun].Head; h != doc.None && !clause.holds(h) {
		return clause
	}
	inClause := false
	for t := clause.first; t < clause.last; t++ {
		token := &d.Tokens[t]
		past := token.XPOS == "VBD" && token.UPOS == "VERB" || strings.HasSuffix(token.Form, "ed") && (token.XPOS == "JJ" || token.XPOS == "VBN")
		if inClause && past && d.Child(t, "aux", "aux:pass") == doc.None && closesClause(&d.Tokens[t-1]) {
			return run{clause.first, t}
		}
		inClause = inClause || token.UPOS == "VERB" || token.UPOS == "AUX" && t+1 < clause.last && d.Tokens[t+1].UPOS != "VERB" && d.Tokens[t+1].UPOS != "PART"
	}
	return clause
}

// closesClause tells whether a clause may end with a token.
func closesClause(t *doc.Token) bool {
	switch t.UPOS {
	case "NOUN", "PROPN", "VERB", "ADJ", "ADV", "PRON", "NUM":
		return true
	}
	return false
}

// withoutPredicate does the same for what the model found.
func (x *Text) withoutPredicate(c *claim) {
	if x.doc.Tokens[c.cueHead].UPOS != "NOUN" || len(c.content) == 0 {
		return
	}
	r := &c.content[len(c.content)-1]
	if r.first != c.cue[len(c.cue)-1].last || !strings.EqualFold(x.doc.Tokens[r.first].Form, "that") {
		return
	}
	clause := *r
	if r.size() == 1 { // the model stopped at "that"
		if clause, _ = x.clauseOf(c.cueHead); clause.empty() {
			return
		}
	}
	*r = trim(x.doc, x.withoutMainVerb(c.cueHead, clause))
}

// adjectiveClaim: "it is not clear who …", "the minister is sure that …".
func (r *reader) adjectiveClaim(t int32, within run) (claim, bool) {
	d := r.doc
	lemma := lemmaOf(&d.Tokens[t])
	if len(r.cues.byLemma[lemma]) == 0 || d.Child(t, "cop") == doc.None {
		return claim{}, false
	}
	row := r.cues.find(lemma, "adj", "", "")
	if row == nil {
		return claim{}, false
	}
	x := d.Child(t, "ccomp", "csubj", "advcl", "xcomp")
	if x == doc.None || x < t || !opensClause[strings.ToLower(d.Tokens[r.extent[x].first].Form)] {
		return claim{}, false
	}
	c := claim{cueHead: t, cue: []run{r.cueGroup(t)}, sourceHead: doc.None, outer: doc.None, row: row, frame: "clause", rule: "adjective"}
	c.content = trimAll(d, clip([]run{r.extent[x]}, within))
	s := d.Child(t, "nsubj", "nsubj:outer")
	if s == doc.None {
		s = r.subject(t)
	}
	switch {
	case s != doc.None && s == c.cue[0].first-1 && strings.EqualFold(d.Tokens[s].Form, "it"):
		c.cue[0].first = s // the "it" of "it is not clear who" names nobody
	case s != doc.None && !strings.EqualFold(d.Tokens[s].Form, "it") && !r.extent[s].holds(t):
		c.sourceHead, c.source = s, trimAll(d, []run{r.extent[s]})
	}
	return c, len(c.content) > 0 && !anyOverlaps(c.content, c.cue)
}

// opensClause are the words that open the clause of an adjective.
var opensClause = map[string]bool{"that": true, "who": true, "whom": true, "whose": true, "what": true, "which": true, "when": true, "where": true, "why": true, "how": true, "whether": true, "if": true}

func withoutPossessive(d *doc.Doc, x run) run {
	if !x.empty() && d.Tokens[x.last-1].XPOS == "POS" {
		x.last--
	}
	return x
}
