package event

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/lexicon"
)

// reading is the scratch of one document: the layers below, indexed by token.
type reading struct {
	d     *doc.Doc
	stage *Stage

	mentionAt []int32 // token → the mention that it heads, or None
	inMention []int32 // token → the smallest mention around it, or None
	actorOf   []int32 // mention → actor, through its chain where it has none of its own
	toponymAt []int32 // token → toponym, or None
	timexAt   []int32 // token → timex, or None
	inWords   []int32 // token → innermost attribution whose content holds it, or None
	weaponAt  []bool  // token → part of the name of a weapon
	category  []string
	countryAt []string // token → the state that a name or place there stands for, or ""
	home      string   // the country that the document is about, or ""
	hits      []lexicon.Hit

	forms  []string // lower case
	lemmas []string // lower case

	candidates []candidate
	opened     []*candidate // found by the classifier
	anchored   []int32      // token → candidate, or None
	loud       bool         // the text is in capitals
	asVerb     []bool       // token is a verb, or a participle that stands as a predicate and was taken for an adjective
}

func (s *Stage) read(d *doc.Doc) *reading {
	d = s.mended(d)
	n := len(d.Tokens)
	r := &reading{d: d, stage: s}
	block := make([]int32, 6*n)
	for i := range block {
		block[i] = doc.None
	}
	r.mentionAt, r.inMention, r.toponymAt = block[:n], block[n:2*n], block[2*n:3*n]
	r.timexAt, r.inWords, r.anchored = block[3*n:4*n], block[4*n:5*n], block[5*n:]
	r.loud = isLoud(d.Text)
	r.indexLemmas()
	r.indexVerbs()
	r.indexMentions()
	for i := range d.Toponyms {
		fill(r.toponymAt, d.Toponyms[i].First, d.Toponyms[i].Last, int32(i))
	}
	for i := range d.Timexes {
		if !d.Timexes[i].Age {
			fill(r.timexAt, d.Timexes[i].First, d.Timexes[i].Last, int32(i))
		}
	}
	r.indexWords()
	r.indexWeapons()
	r.indexCountries()
	return r
}

func fill(into []int32, first, last, value int32) {
	for t := first; t < last && int(t) < len(into); t++ {
		into[t] = value
	}
}

func (r *reading) indexMentions() {
	d := r.d
	size := func(m int32) int32 { return d.Mentions[m].Last - d.Mentions[m].First }
	for i := range d.Mentions {
		m := &d.Mentions[i]
		for t := m.First; t < m.Last; t++ {
			if have := r.inMention[t]; have == doc.None || size(int32(i)) < size(have) {
				r.inMention[t] = int32(i)
			}
		}
		have := r.mentionAt[m.Head]
		if have == doc.None || d.Mentions[have].Actor == doc.None && m.Actor != doc.None || (d.Mentions[have].Actor == doc.None) == (m.Actor == doc.None) && size(int32(i)) > size(have) {
			r.mentionAt[m.Head] = int32(i)
		}
	}
	r.actorOf = make([]int32, len(d.Mentions))
	for i := range d.Mentions {
		r.actorOf[i] = d.Mentions[i].Actor
	}
	for _, c := range d.Chains {
		known := doc.None
		for _, m := range c.Mentions {
			if d.Mentions[m].Actor != doc.None && (known == doc.None || d.Mentions[m].Kind == doc.NameMention) {
				known = d.Mentions[m].Actor
				if d.Mentions[m].Kind == doc.NameMention {
					break
				}
			}
		}
		for _, m := range c.Mentions {
			if r.actorOf[m] == doc.None {
				r.actorOf[m] = known
			}
		}
	}
}

// indexWords notes for each token the attribution with the shortest content around it.
func (r *reading) indexWords() {
	d := r.d
	length := make([]int32, len(d.Attributions))
	for i := range d.Attributions {
		for _, s := range d.Attributions[i].Content {
			length[i] += s.Len()
		}
	}
	for i := range d.Attributions {
		for _, s := range d.Attributions[i].Content {
			first, last := d.TokensIn(s)
			for t := first; t < last; t++ {
				if have := r.inWords[t]; have == doc.None || length[i] < length[have] {
					r.inWords[t] = int32(i)
				}
			}
		}
	}
}

func (r *reading) indexWeapons() {
	found := r.stage.weapons.Find(r.d, 0, int32(len(r.d.Tokens)))
	r.weaponAt = make([]bool, len(r.d.Tokens))
	r.category = make([]string, len(r.d.Tokens))
	for _, w := range found {
		for t := w.First; t < w.Last; t++ {
			r.weaponAt[t] = true
			r.category[t] = w.Category
		}
	}
}

func (r *reading) lemma(t int32) string { return r.lemmas[t] }

func (r *reading) form(t int32) string { return r.forms[t] }

// indexLemmas lays forms and lemmas in lower case beside the tokens. Where the lemmatiser gives a verb that the
// tables do not know, and the form could be one of a verb that they know, that one is taken.
func (r *reading) indexLemmas() {
	n := len(r.d.Tokens)
	r.forms, r.lemmas = make([]string, n), make([]string, n)
	for i := range r.d.Tokens {
		tok := &r.d.Tokens[i]
		r.forms[i] = lower(tok.Form)
		r.lemmas[i] = r.lemmaOf(int32(i), tok)
	}
}

func (r *reading) lemmaOf(t int32, tok *doc.Token) string {
	lex := r.stage.lex
	if t > 1 && (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && r.d.Tokens[t-1].Form == "-" { // "cease-fire" is one word here
		if l := r.forms[t-2] + "-" + r.forms[t]; len(lex.nouns[l]) > 0 || len(lex.classesOf[l]) > 0 {
			return l
		}
	}
	if tok.UPOS == "VERB" || tok.UPOS == "ADJ" {
		if l := lex.irregular[r.forms[t]]; l != "" {
			return l
		}
	}
	if tok.Lemma == "" {
		return r.forms[t]
	}
	lemma := lower(tok.Lemma)
	if tok.UPOS == "VERB" && !lex.known[lemma] {
		if l := lex.base(r.forms[t]); l != "" {
			return l
		}
	}
	return lemma
}

// lower is strings.ToLower that keeps lower-case strings as they are.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'") // "n’t" is "n't"
		}
	}
	return s
}

func (r *reading) is(t int32, relations ...string) bool {
	for _, rel := range relations {
		if r.d.IsRelation(t, rel) {
			return true
		}
	}
	return false
}

func (r *reading) verbal(t int32) bool { return r.asVerb[t] }

func (r *reading) indexVerbs() {
	d := r.d
	r.asVerb = make([]bool, len(d.Tokens))
	for i := range d.Tokens {
		tok := &d.Tokens[i]
		switch tok.UPOS {
		case "VERB", "AUX":
			r.asVerb[i] = true
		case "ADJ":
			form := tok.Form
			if len(form) > 4 && form[len(form)-2:] == "ed" || r.stage.lex.irregular[lower(form)] != "" {
				r.asVerb[i] = d.Child(int32(i), "nsubj") != doc.None && d.Child(int32(i), "cop") == doc.None || d.Child(int32(i), "obj", "aux:pass") != doc.None
			}
		}
	}
}

func (r *reading) nominal(t int32) bool {
	u := r.d.Tokens[t].UPOS
	return u == "NOUN" || u == "PROPN" || u == "PRON" || u == "NUM" || u == "DET"
}

// isLoud tells whether a text is written in capitals, as old wires were.
func isLoud(text string) bool {
	upper, lower := 0, 0
	for i := 0; i < len(text) && upper+lower < 2000; i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			upper++
		case c >= 'a' && c <= 'z':
			lower++
		}
	}
	return upper > 4*lower && upper > 20
}
