package event

import "annals/internal/doc"

// A charge is denied in more ways than by "deny". Who brushes it aside, calls it baseless or says that there is no truth to it
// says that what it puts forward is not so; who had nothing to do with an attack did not make it. The words show it here where
// the parse of such idioms often fails.

// disown makes a happening negative that a charge puts forward which somebody discards, or in which the subject had no part.
func (r *reading) disown(c *candidate, s *scope) {
	if s.negative {
		return
	}
	charge := r.chargeOver(c.token)
	if (charge == doc.None || !r.discarded(charge, c.token)) && !(c.row.noun && r.noPartIn(c.token)) {
		return
	}
	s.negative, s.flipped, s.denied = true, true, true
	if s.modality == "possible" {
		s.modality = "asserted" // "possible" was that somebody alleged it
	}
}

// chargeOver is the noun of a charge in whose words a happening stands: "claims that it sent arms", "accusations of torture"; or
// None.
func (r *reading) chargeOver(t int32) int32 {
	first := r.sentenceStart(t)
	for k := t - 1; k > first && t-k < 20; k-- {
		switch w := r.form(k); {
		case oneWord(w, "but", "although", "though", "while", "whereas", ",", ";", ":"):
			return doc.None
		case w == "that":
			if u := r.d.Tokens[k+1].UPOS; u == "VERB" || u == "AUX" {
				return doc.None // "claims by groups that attack villages"
			}
			return r.chargeBefore(k)
		case w == "of" && k == r.beforePhrase(t):
			if n := r.chargeBefore(k); n != doc.None {
				return n
			}
		}
	}
	return doc.None
}

// chargeBefore is the noun of a charge that a word follows, at once or behind whose charge it is ("claims by Chad that"); or None.
func (r *reading) chargeBefore(k int32) int32 {
	for n := k - 1; n >= r.sentenceStart(k) && k-n < 6; n-- {
		if r.inClass(n, "charge") {
			return n
		}
		if u := r.d.Tokens[n].UPOS; u == "VERB" || u == "AUX" || u == "PUNCT" {
			break
		}
	}
	return doc.None
}

// inClass tells whether a word is of a class, by its lemma or its form.
func (r *reading) inClass(t int32, class string) bool {
	words := r.stage.lex.classes[class]
	return words[r.lemma(t)] || words[r.form(t)]
}

// discarded tells whether somebody says of a charge that it is not so. t is what the charge puts forward.
func (r *reading) discarded(charge, t int32) bool {
	if r.d.Tokens[charge].Head == t { // the denial itself, not what it denies
		return false
	}
	if verb := r.d.Tokens[charge].Head; verb != doc.None && r.is(charge, "nsubj") && !r.negatedHere(verb) {
		if r.inClass(verb, "untrue") || r.passive(verb) && r.inClass(verb, "discard") {
			return true
		}
	}
	if r.foundUntrue(t) && r.nearVerb(charge) == doc.None {
		return true
	}
	first, untrue, aside := r.sentenceStart(charge), false, false
	for k := charge - 1; k >= first && charge-k < 8; k-- {
		switch {
		case r.d.Tokens[k].UPOS == "PUNCT":
			return false
		case r.inClass(k, "untrue"):
			untrue = true
		case oneWord(r.form(k), "aside", "off", "away"):
			aside = true
		case r.inClass(k, "truthfulness") && k > first:
			return r.form(k-1) == "no"
		case r.inClass(k, "discard"), aside && r.inClass(k, "discard_aside"), r.inClass(k, "discard_as") && (untrue || r.untrueAfter(t)):
			probe := r.climbed(k)
			return !probe.negative && probe.modality == ""
		case r.d.Tokens[k].UPOS == "VERB":
			return false
		}
	}
	return false
}

// foundUntrue tells whether a copula behind t, before the next comma, leads to what says that the subject is not so: "reports that …
// are untrue", "claims that … were flatly rejected".
func (r *reading) foundUntrue(t int32) bool {
	for k := t + 2; k < r.sentenceEnd(t) && r.d.Tokens[k].UPOS != "PUNCT"; k++ {
		if !r.inClass(k, "untrue") && !(r.inClass(k, "discard") && r.d.Tokens[k].XPOS == "VBN") {
			continue
		}
		be := k - 1
		if r.d.Tokens[be].UPOS == "ADV" && r.form(be) != "not" {
			be--
		}
		return be > t && oneWord(r.form(be), "is", "are", "was", "were", "been")
	}
	return false
}

// untrueAfter tells whether a word behind t, before the next comma, calls something untrue: "called reports that … baseless".
func (r *reading) untrueAfter(t int32) bool {
	for k := t + 1; k < r.sentenceEnd(t) && r.d.Tokens[k].UPOS != "PUNCT"; k++ {
		if r.inClass(k, "untrue") {
			return true
		}
	}
	return false
}

// noPartIn tells whether the words before a noun say that somebody had no part in it: "had nothing to do with the raid", "played
// no role in it", "was not behind it".
func (r *reading) noPartIn(t int32) bool {
	in := r.beforePhrase(t)
	if in == doc.None || in-2 < r.sentenceStart(t) {
		return false
	}
	part := in - 1
	switch {
	case r.form(in) == "with" && r.form(part) == "do":
		return part-2 >= r.sentenceStart(t) && r.form(part-1) == "to" && r.form(part-2) == "nothing"
	case r.form(in) == "behind", oneWord(r.form(part), "involved", "responsible", "complicit", "implicated", "guilty"):
		return r.notBefore(in)
	case r.inClass(part, "share") && oneWord(r.form(in), "in", "for", "to", "with"):
		return r.notBefore(part)
	}
	return false
}

// notBefore tells whether "no" or "not" stands among the four words before one, in its clause.
func (r *reading) notBefore(t int32) bool {
	for k := t - 1; k >= r.sentenceStart(t) && t-k < 5 && r.d.Tokens[k].UPOS != "PUNCT"; k-- {
		if oneWord(r.form(k), "no", "not", "n't", "never", "neither") {
			return !oneWord(r.form(k+1), "only", "longer", "just")
		}
	}
	return false
}
