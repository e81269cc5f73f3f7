package actor

import (
	"strings"

	"annals/internal/doc"
)

// use tells how a place name is used.
type use uint8

const (
	asPlace use = iota // "met in Cairo"
	asActor            // "Moscow is supplying", "talks with Damascus"
	asBoth             // "sent to Damascus"
	unclear
)

// usage decides by the arc of a place name: what acts, is spoken to or dealt with is a government; what follows a
// preposition of place is a place.
func (r *reading) usage(t int32) use {
	d := r.d
	for range 4 { // a conjunct is used as its first conjunct
		if !d.IsRelation(t, "conj") || d.Tokens[t].Head == doc.None {
			break
		}
		t = d.Tokens[t].Head
	}
	token := &d.Tokens[t]
	if d.Sentences[token.Sentence].Kind == doc.InDateline || d.Head.Dateline.Len() > 0 && d.Head.Dateline.Contains(token.Span) {
		return asPlace
	}
	relation, _, _ := strings.Cut(token.Deprel, ":")
	switch relation {
	case "nsubj":
		if token.Deprel == "nsubj:pass" {
			return spokenTo(d, token.Head)
		}
		return asActor
	case "obj", "iobj":
		return spokenTo(d, token.Head)
	case "obl", "nmod":
		if token.Deprel == "nmod:poss" {
			return asActor
		}
		return r.byPreposition(t)
	case "root", "parataxis", "vocative", "dislocated":
		return unclear
	case "flat", "appos", "list", "dep":
		// The parse has tied the subject to the dateline before it: "CAIRO (Reuters) - Moscow is supplying".
		if h := token.Head; h != doc.None && d.Head.Dateline.Contains(d.Tokens[h].Span) && r.beforeVerb(t) {
			return asActor
		}
	}
	return asPlace
}

// beforeVerb tells whether a finite verb follows a token.
func (r *reading) beforeVerb(t int32) bool {
	next := t + 1
	return int(next) < len(r.d.Tokens) && isOne(r.d.Tokens[next].UPOS, "AUX", "VERB")
}

// byPreposition reads the case marker of a place name.
func (r *reading) byPreposition(t int32) use {
	marker := r.d.Child(t, "case")
	if marker == doc.None {
		return asPlace
	}
	switch strings.ToLower(r.d.Tokens[marker].Form) {
	case "by", "with", "against", "between", "for", "upon", "among", "towards", "toward", "versus", "without", "like", "via", "behalf":
		return asActor
	case "to", "on":
		return asBoth
	}
	return asPlace
}

// spokenTo tells how the object, or the subject of the passive, of a verb is used: a government can be accused,
// a town shelled.
func spokenTo(d *doc.Doc, verb int32) use {
	if verb == doc.None {
		return unclear
	}
	switch strings.ToLower(lemma(d, verb)) {
	case "accuse", "tell", "urge", "ask", "blame", "criticise", "criticize", "warn", "press", "pressure", "condemn", "allow",
		"support", "back", "help", "arm", "supply", "isolate", "invite", "thank", "praise", "inform", "notify", "persuade",
		"force", "oblige", "want", "threaten", "sanction", "punish", "represent", "defy", "oppose", "challenge", "assure",
		"offer", "give", "send", "sell", "owe", "lend", "fund", "finance", "call", "denounce", "provoke", "anger", "alarm",
		"worry", "convince", "expect", "require", "request", "advise", "remind", "prompt", "lead", "let", "suspect", "charge":
		return asActor
	}
	return asPlace
}

func lemma(d *doc.Doc, t int32) string {
	if l := d.Tokens[t].Lemma; l != "" {
		return l
	}
	return d.Tokens[t].Form
}
