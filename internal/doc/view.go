package doc

import "strings"

// Slice is the text of a span.
func (d *Doc) Slice(s Span) string { return d.Text[s.Start:s.End] }

// TokenSpan is the span from token first up to, not including, token last.
func (d *Doc) TokenSpan(first, last int32) Span {
	if first >= last {
		return Span{}
	}
	return Span{d.Tokens[first].Start, d.Tokens[last-1].End}
}

// SentenceTokens are the tokens of sentence i.
func (d *Doc) SentenceTokens(i int32) []Token {
	s := d.Sentences[i]
	return d.Tokens[s.First:s.Last]
}

// TokensIn is the range of tokens that lie in s, as [first, last); both are the insertion point when none does.
func (d *Doc) TokensIn(s Span) (first, last int32) {
	low, high := 0, len(d.Tokens)
	for low < high {
		mid := (low + high) / 2
		if d.Tokens[mid].Start < s.Start {
			low = mid + 1
		} else {
			high = mid
		}
	}
	first = int32(low)
	last = first
	for int(last) < len(d.Tokens) && d.Tokens[last].End <= s.End {
		last++
	}
	return first, last
}

// IndexArcs must be called once heads are set; Children and Subtree read what it builds.
func (d *Doc) IndexArcs() {
	n := len(d.Tokens)
	d.childStart = append(d.childStart[:0], make([]int32, n+1)...)
	d.children = append(d.children[:0], make([]int32, n)...)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.childStart[h+1]++
		}
	}
	for i := 0; i < n; i++ {
		d.childStart[i+1] += d.childStart[i]
	}
	next := append([]int32(nil), d.childStart[:n]...)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.children[next[h]] = int32(i)
			next[h]++
		}
	}
}

// Children are the dependents of token i in text order. The slice must not be changed.
func (d *Doc) Children(i int32) []int32 { return d.children[d.childStart[i]:d.childStart[i+1]] }

// Child is the first dependent of i with one of the relations, or None. A relation without a subtype
// matches its subtypes too: "obl" finds "obl:tmod", "nsubj:pass" finds only itself.
func (d *Doc) Child(i int32, relations ...string) int32 {
	for _, c := range d.Children(i) {
		for _, r := range relations {
			if d.IsRelation(c, r) {
				return c
			}
		}
	}
	return None
}

// IsRelation tells whether token i hangs on its head by the relation, subtypes included.
func (d *Doc) IsRelation(i int32, relation string) bool {
	have := d.Tokens[i].Deprel
	return have == relation || len(have) > len(relation) && have[len(relation)] == ':' && have[:len(relation)] == relation
}

// Subtree is the smallest token range [first, last) that holds i and all its descendants.
func (d *Doc) Subtree(i int32) (first, last int32) {
	first, last = i, i+1
	for _, c := range d.Children(i) {
		f, l := d.Subtree(c)
		first, last = min(first, f), max(last, l)
	}
	return first, last
}

// Dominates tells whether token a is b or an ancestor of b.
func (d *Doc) Dominates(a, b int32) bool {
	for b != None {
		if a == b {
			return true
		}
		b = d.Tokens[b].Head
	}
	return false
}

// Feature is the value of a morphological feature of token i ("Tense" → "Past"), or "".
func (d *Doc) Feature(i int32, name string) string {
	feats := d.Tokens[i].Feats
	for feats != "" {
		part, rest, _ := strings.Cut(feats, "|")
		if key, value, _ := strings.Cut(part, "="); key == name {
			return value
		}
		feats = rest
	}
	return ""
}

// DropSyntax takes tags, lemmas and arcs off the tokens, so that they are read afresh.
func (d *Doc) DropSyntax() {
	for i := range d.Tokens {
		t := &d.Tokens[i]
		*t = Token{Span: t.Span, Form: t.Form, Head: None, Sentence: t.Sentence}
	}
	d.Done &^= LayerSyntax
}

// IsCleft tells whether an "it" only holds the place of what its sentence brings to the front: "it was the army that
// fired".
func (d *Doc) IsCleft(t int32) bool {
	noun := d.Tokens[t].Head
	if noun == None || d.Tokens[t].Deprel != "nsubj" || d.Child(noun, "cop") == None {
		return false
	}
	switch d.Tokens[noun].UPOS {
	case "NOUN", "PROPN", "PRON":
	default:
		return false
	}
	if d.Child(noun, "acl:relcl", "advcl:relcl") == None {
		return false
	}
	article := d.Child(noun, "det")
	return d.Tokens[noun].UPOS != "NOUN" || article != None && d.Feature(article, "Definite") == "Def"
}
