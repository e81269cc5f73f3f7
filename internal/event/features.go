package event

import (
	"annals/internal/doc"
	"annals/internal/model"
)

// The classifier sees a sentence, two phrases in it – who acts and who is acted on – and what the tables made of
// the sentence. Its features are words on the ways between them, words around them, classes of words, the readings
// of the tables, negation and modals.

// PairFeatures are the features of the pair of phrases source and target of d; an empty span stands for a phrase
// that is not given. The trainer and the stage both use it.
func (s *Stage) PairFeatures(d *doc.Doc, source, target doc.Span) []uint64 {
	if len(d.Tokens) == 0 {
		return nil
	}
	r := s.read(d)
	drafts := r.draftAll()
	return r.features(drafts, r.headIn(source), r.headIn(target))
}

// headIn is the token of a span whose head lies outside it, or None.
func (r *reading) headIn(s doc.Span) int32 {
	if s.Len() == 0 {
		return doc.None
	}
	best := doc.None
	for i := range r.d.Tokens {
		t := &r.d.Tokens[i]
		if !t.Overlaps(s) || t.UPOS == "PUNCT" {
			continue
		}
		if h := t.Head; h == doc.None || !r.d.Tokens[h].Overlaps(s) {
			if best == doc.None || t.UPOS != "DET" && r.d.Tokens[best].UPOS == "DET" {
				best = int32(i)
			}
		}
	}
	return best
}

type featureList struct {
	out []uint64
}

func (f *featureList) add(template uint32, words ...string) {
	h := model.Feature(template, 0)
	for _, w := range words {
		h = model.Join(h, model.HashString(w))
	}
	f.out = append(f.out, h)
}

func (r *reading) features(drafts []draft, source, target int32) []uint64 {
	var f featureList
	f.add(1)
	at := source
	if at == doc.None {
		at = target
	}
	if at == doc.None {
		return f.out
	}
	sentence := r.d.Sentences[r.d.Tokens[at].Sentence]
	meet := r.meeting(source, target)
	r.pathFeatures(&f, source, target, meet)
	r.wordFeatures(&f, sentence, source, target)
	r.draftFeatures(&f, drafts, r.d.Tokens[at].Sentence, source, target, meet)
	return f.out
}

// meeting is the lowest word above both, or above the one that is given.
func (r *reading) meeting(source, target int32) int32 {
	if source == doc.None || target == doc.None {
		t := max(source, target)
		for steps := 0; t != doc.None && steps < maxClimb; steps++ {
			if r.verbal(t) {
				return t
			}
			t = r.d.Tokens[t].Head
		}
		return doc.None
	}
	for t, steps := target, 0; t != doc.None && steps < 2*maxClimb; t, steps = r.d.Tokens[t].Head, steps+1 {
		if t != source && r.d.Dominates(t, source) {
			return t
		}
	}
	return doc.None
}

func (r *reading) pathFeatures(f *featureList, source, target, meet int32) {
	if meet != doc.None {
		lemma := r.lemma(meet)
		f.add(2, lemma)
		f.add(2, r.phrase(meet))
		if target != doc.None {
			f.add(3, lemma, r.caseOf(target))
		}
		for _, c := range r.d.Children(meet) {
			if r.is(c, "aux", "advmod", "mark") {
				f.add(4, r.lemma(c))
			}
			if r.is(c, "obj", "xcomp", "ccomp", "obl") {
				f.add(5, lemma, r.lemma(c))
			}
		}
	}
	for i, t := range []int32{source, target} {
		side := "s"
		if i == 1 {
			side = "t"
		}
		if t == doc.None {
			f.add(6, side)
			continue
		}
		f.add(7, side, r.lemma(t))
		if m := r.mentionAt[t]; m != doc.None {
			f.add(8, side, r.d.Mentions[m].Type)
		}
		f.add(9, side, r.d.Tokens[t].Deprel)
		up := r.d.Tokens[t].Head
		for steps := 0; up != doc.None && steps < 6; steps++ {
			f.add(10, side, r.lemma(up))
			if up == meet {
				break
			}
			up = r.d.Tokens[up].Head
		}
	}
}

func (r *reading) wordFeatures(f *featureList, s doc.Sentence, source, target int32) {
	low, high := min(source, target), max(source, target)
	if source == doc.None || target == doc.None {
		low, high = max(source, target), s.Last
	}
	seen := map[string]bool{}
	previous := ""
	for t := s.First; t < s.Last; t++ {
		tok := &r.d.Tokens[t]
		if tok.UPOS == "PUNCT" {
			continue
		}
		lemma := r.lemma(t)
		if tok.UPOS == "PROPN" {
			lemma = "PROPN"
		}
		f.add(11, lemma)
		if t > low && t < high {
			f.add(12, lemma)
			f.add(13, previous, lemma)
		} else if t >= high {
			f.add(14, lemma)
		} else {
			f.add(15, lemma)
		}
		f.add(16, previous, lemma)
		previous = lemma
		for _, name := range r.stage.lex.classesOf[lemma] {
			if !seen[name] {
				seen[name] = true
				f.add(17, name)
			}
		}
	}
}

func (r *reading) draftFeatures(f *featureList, drafts []draft, sentence, source, target, meet int32) {
	first := true
	for i := range drafts {
		e := &drafts[i].event
		if e.Sentence != sentence || e.Type == "STATEMENT" {
			continue
		}
		name := e.Type
		full := e.Type + " " + e.Polarity + " " + e.Modality
		if first {
			f.add(20, name)
			f.add(20, full)
			first = false
		}
		f.add(21, name)
		f.add(22, full)
		f.add(23, e.Type, e.Mode)
		f.add(29, drafts[i].from.row.id)
		a, b := r.among(e.Actors, source), r.among(e.Recipients, target)
		switch {
		case a && b:
			f.add(24, name)
			f.add(24, full)
		case a:
			f.add(25, name)
			f.add(25, full)
		case b:
			f.add(26, name)
			f.add(26, full)
		}
		if meet != doc.None && (e.AnchorToken == meet || drafts[i].from.verb == meet) {
			f.add(27, name)
			f.add(27, full)
			f.add(28, drafts[i].from.row.id)
		}
	}
	if first {
		f.add(30)
	}
}

// among tells whether a participant stands for a word or inside the phrase that it heads.
func (r *reading) among(side []doc.Participant, t int32) bool {
	if t == doc.None {
		return false
	}
	for _, p := range side {
		if p.Head == t || r.d.Dominates(t, p.Head) && p.Head-t < 8 && t-p.Head < 8 || p.Span.Overlaps(r.d.Tokens[t].Span) {
			return true
		}
	}
	return false
}
