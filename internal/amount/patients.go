package amount

import (
	"strings"

	"annals/internal/doc"
)

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
	for _, relation := range []string{"obj", "obl:unmarked", "obl"} {
		for _, c := range d.Children(t) {
			if c < t || d.Tokens[c].Deprel != relation || !isNominal(&d.Tokens[c]) || r.introduced(c) || relation == "obl" && d.Child(c, "case") != doc.None {
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
// was left out: "one guard was shot dead and three others hurt".
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
