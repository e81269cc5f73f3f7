package quote

import (
	"strings"

	"annals/internal/doc"
)

// people finds actors behind tokens.
type people struct {
	doc       *doc.Doc
	byHead    []int32 // mention whose head the token is, or None
	holder    []int32 // shortest mention that holds the token, or None
	chainOf   []int32 // chain of a mention, or None
	publisher int32   // actor, or None
}

func newPeople(d *doc.Doc) people {
	p := people{doc: d, byHead: make([]int32, len(d.Tokens)), chainOf: make([]int32, len(d.Mentions)), publisher: publisherOf(d)}
	p.holder = make([]int32, len(d.Tokens))
	for i := range p.byHead {
		p.byHead[i], p.holder[i] = doc.None, doc.None
	}
	for i, m := range d.Mentions {
		p.chainOf[i] = doc.None
		if at := p.byHead[m.Head]; at == doc.None || d.Mentions[at].Actor == doc.None {
			p.byHead[m.Head] = int32(i)
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		for t := m.First; t < min(m.Last, m.First+40); t++ {
			if h := p.holder[t]; h == doc.None || d.Mentions[h].Last-d.Mentions[h].First > m.Last-m.First {
				p.holder[t] = int32(i)
			}
		}
	}
	for i, c := range d.Chains {
		for _, m := range c.Mentions {
			p.chainOf[m] = int32(i)
		}
	}
	return p
}

// publisherOf is the actor that publishes the article: the outlet named by its metadata or dateline, or the actor
// "publisher".
func publisherOf(d *doc.Doc) int32 {
	found := doc.None
	for i, a := range d.Actors {
		switch {
		case a.ID == "publisher":
			found = int32(i)
		case d.Publisher != "" && strings.EqualFold(a.Name, d.Publisher), d.Head.AgencyName != "" && strings.EqualFold(a.Name, d.Head.AgencyName):
			return int32(i)
		}
	}
	return found
}

// actor is the actor that a token refers to, through its mention, the mention's chain, or its antecedent.
func (p *people) actor(head int32) int32 {
	if head == doc.None {
		return doc.None
	}
	d := p.doc
	if m := p.byHead[head]; m != doc.None {
		if a := p.mentionActor(m); a != doc.None {
			return a
		}
	}
	if antecedent := antecedent(d, head); antecedent != doc.None && antecedent != head {
		return p.actor(antecedent)
	}
	for _, relation := range [...]string{"appos", "flat"} { // "the minister, Jane Roe,"
		if c := d.Child(head, relation); c != doc.None {
			if m := p.byHead[c]; m != doc.None {
				if a := p.mentionActor(m); a != doc.None {
					return a
				}
			}
		}
	}
	if m := p.holder[head]; m != doc.None && d.Tokens[head].UPOS == "PROPN" && d.Mentions[m].Kind == doc.NameMention {
		return p.mentionActor(m) // the parse and the mention disagree about the head
	}
	return doc.None
}

// speaker is the actor of a source: that of its head, else of the first mention in it that has one.
func (p *people) speaker(head int32, source []run) int32 {
	if a := p.actor(head); a != doc.None || len(source) == 0 {
		return a
	}
	for t := source[0].first; t < min(source[0].last, source[0].first+12); t++ {
		if p.doc.Tokens[t].Form == "," {
			break
		}
		if m := p.byHead[t]; m != doc.None {
			if a := p.mentionActor(m); a != doc.None {
				return a
			}
		}
	}
	return doc.None
}

func (p *people) mentionActor(m int32) int32 {
	d := p.doc
	if a := d.Mentions[m].Actor; a != doc.None {
		return a
	}
	if c := p.chainOf[m]; c != doc.None {
		for _, other := range d.Chains[c].Mentions {
			if a := d.Mentions[other].Actor; a != doc.None {
				return a
			}
		}
	}
	return doc.None
}

// antecedent is the noun that a relative pronoun stands for, by the parse.
func antecedent(d *doc.Doc, t int32) int32 {
	switch strings.ToLower(d.Tokens[t].Form) {
	case "who", "which", "that", "whom", "whose":
	default:
		return doc.None
	}
	if noun := relative(d, t); noun != doc.None {
		return noun
	}
	if before := nounBefore(d, t); before != doc.None {
		return before
	}
	return doc.None
}

// nounBefore is the noun that ends right before a relative pronoun, a comma between them or not.
func nounBefore(d *doc.Doc, t int32) int32 {
	t--
	if t >= 0 && d.Tokens[t].Form == "," {
		t--
	}
	if t < 0 || d.Tokens[t].UPOS != "NOUN" && d.Tokens[t].UPOS != "PROPN" {
		return doc.None
	}
	for d.Tokens[t].Deprel == "flat" && d.Tokens[t].Head != doc.None && d.Tokens[t].Head < t {
		t = d.Tokens[t].Head
	}
	return t
}

// relative is the noun that a relative clause hangs on by the parse.
func relative(d *doc.Doc, t int32) int32 {
	for h, steps := d.Tokens[t].Head, 0; h != doc.None && steps < 5; h, steps = d.Tokens[h].Head, steps+1 {
		if d.Tokens[h].Deprel == "acl:relcl" {
			return d.Tokens[h].Head
		}
	}
	return doc.None
}

// isOutlet tells whether an actor publishes news.
func (p *people) isOutlet(actor int32) bool {
	return actor != doc.None && p.doc.Actors[actor].Kind == "outlet"
}

// chain is who told whom, from the innermost speaker to the publisher; nobody is named twice running.
func (p *people) chain(speaker, medium int32, outer []int32) []int32 {
	var out []int32
	add := func(a int32) {
		if a == doc.None {
			return
		}
		for _, b := range out {
			if a == b {
				return
			}
		}
		out = append(out, a)
	}
	add(speaker)
	add(medium)
	if len(outer) > 0 {
		for _, a := range outer {
			add(a)
		}
		return out
	}
	add(p.publisher)
	return out
}
