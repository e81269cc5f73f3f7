package event

import "annals/internal/doc"

// answersFor is who is said to be, or not to be, the actor of the happening that a noun names, by the words that tie somebody to
// it: "was behind the raid", "had a hand in it", "took no part in it", "Chad's role in it", "pinned the blame for it on Chad",
// "held Chad responsible for it"; or None.
func (r *reading) answersFor(c *candidate) int32 {
	in := r.beforePhrase(c.token)
	if !c.row.noun || in == doc.None || in < 2 || in-1 < r.sentenceStart(c.token) {
		return doc.None
	}
	tie := in - 1
	switch {
	case r.form(in) == "behind":
		return r.boundTo(in)
	case r.form(in) == "with" && r.form(tie) == "do" && tie-2 > r.sentenceStart(tie) && r.form(tie-1) == "to":
		return r.boundTo(tie - 2) // "had nothing to do with"
	case r.form(in) == "for" && oneWord(r.form(tie), "blame", "responsibility", "guilt") && r.blamedFor(tie) != doc.None:
		return r.blamedFor(tie)
	case r.form(in) == "for" && oneWord(r.form(tie), "responsible", "accountable"):
		if verb := r.nearVerb(tie); verb != doc.None && oneWord(r.lemma(verb), "hold", "consider", "deem", "find") && !r.passive(verb) {
			return r.logicalObject(verb)
		}
		return r.boundTo(tie)
	case r.inClass(tie, "share") && oneWord(r.form(in), "in", "for", "to", "with"):
		if owner := r.d.Child(tie, "nmod:poss"); owner != doc.None {
			return owner
		}
		return r.boundTo(tie)
	}
	return doc.None
}

// nearVerb is the nearest verb or copula before a word in its clause, or None.
func (r *reading) nearVerb(t int32) int32 {
	for k := t - 1; k >= r.sentenceStart(t) && t-k < 6 && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		if u := r.d.Tokens[k].UPOS; u == "VERB" || u == "AUX" {
			return k
		}
	}
	return doc.None
}

// boundTo is the subject of the verb or copula before a word that ties somebody to a happening.
func (r *reading) boundTo(t int32) int32 {
	verb := r.nearVerb(t)
	if verb == doc.None {
		return doc.None
	}
	if r.verbal(verb) && r.d.Tokens[verb].UPOS == "VERB" {
		return r.logicalSubject(verb)
	}
	head := r.d.Tokens[verb].Head
	if head == doc.None {
		return doc.None
	}
	if s := r.d.Child(head, "nsubj"); s != doc.None {
		return s
	}
	if verb > r.sentenceStart(verb) && r.d.Tokens[verb].XPOS == "VBG" && r.verbal(verb-1) { // "denied being behind it"
		return r.logicalSubject(verb - 1)
	}
	return doc.None
}

// blamedFor is on whom a blame is laid: "pinned the blame for the raid on Chad".
func (r *reading) blamedFor(blame int32) int32 {
	verb := r.nearVerb(blame)
	if verb == doc.None || !r.inClass(verb, "lay_blame") {
		return doc.None
	}
	for k := blame + 1; k < r.sentenceEnd(blame); k++ {
		if oneWord(r.form(k), "on", "upon") && r.d.Tokens[k].UPOS == "ADP" {
			if who := r.d.Tokens[k].Head; who != doc.None && who > k && r.isActor(who) {
				return who
			}
		}
	}
	return doc.None
}
