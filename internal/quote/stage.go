// Package quote finds who says what: quotation marks, and attributions with their source, cue and content.
//
// In: tokens, arcs, mentions, actors, chains, the headline and time expressions. Out: quotations, and attributions
// with the act, the commitment of the source, its actor, the chain of tellers up to the publisher, addressee, medium,
// when it was said and a calibrated confidence. A trained tagger proposes cues and a trained linker gives each cue
// its source and content (Pareti et al. 2013; Newell et al. 2018); rules give what stands in marks to whoever the words
// around it name, and add what is too rare to learn and what lies inside a content. It never judges whether what is
// said is true, and never reads events.
package quote

import (
	"errors"
	"strings"

	"annals/internal/doc"
	"annals/internal/model"
)

// Stage finds quotations and attributions. It is safe for concurrent use.
type Stage struct {
	cues    *cueTable
	media   map[string]bool // nouns that head the phrase of a channel of news
	weights *weights        // nil in an untrained stage: rules alone
}

// New opens the cue table and the embedded model.
func New() (*Stage, error) {
	file, err := model.Embedded("quote")
	if err != nil {
		return nil, err
	}
	return Open(file)
}

// Name is "quote".
func (s *Stage) Name() string { return "quote" }

// Reads names the layers that must be there.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerHeadline | doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerTimexes | doc.LayerMentions | doc.LayerActors | doc.LayerChains
}

// Writes names the layers that Annotate fills.
func (s *Stage) Writes() doc.Layer { return doc.LayerQuotes | doc.LayerAttributions }

// Annotate fills d.Quotes and d.Attributions. It needs tokens with arcs; other layers are used where they are there.
func (s *Stage) Annotate(d *doc.Doc) error {
	if d.Done&doc.LayerSyntax == 0 {
		return errors.New("finding attributions: the document has no syntax; run the stage syntax first")
	}
	x := s.Prepare(d)
	d.Attributions = nil
	people := newPeople(d)
	media := map[int32]setting{} // the last interview of each speaker
	for _, c := range s.claims(x) {
		d.Attributions = append(d.Attributions, x.attribution(&c, &people, media))
	}
	x.hearPhrases()
	d.Done |= s.Writes()
	return nil
}

// attribution writes a claim down.
func (x *Text) attribution(c *claim, p *people, media map[int32]setting) doc.Attribution {
	d := x.doc
	s := x.settingOf(c, p)
	a := doc.Attribution{
		Source: spans(d, c.source), Cue: spans(d, c.cue), Content: spans(d, c.content), Mode: x.mode(c.content),
		SourceHead: c.sourceHead, CueHead: c.cueHead, Outer: c.outer, Confidence: c.confidence, Rule: c.rule,
	}
	a.Act, a.Value = x.commit(c)
	if c.row != nil {
		a.Rule += "+" + c.row.ID
	}
	a.Speaker = p.speaker(c.sourceHead, c.source)
	x.citing(c, p, &s, &a)
	if x.carriesMedium(c, &s, a.Speaker, media) {
		a.Rule += "+carried-medium"
	}
	a.Addressee, a.Medium, a.Timex = spans(d, s.addressee), spans(d, s.medium), s.timex
	a.AddresseeActor, a.MediumActor = p.actor(s.addresseeHead), p.actor(s.mediumHead)
	var outer []int32
	if c.outer != doc.None {
		outer = d.Attributions[c.outer].Chain
	}
	a.Chain = p.chain(a.Speaker, a.MediumActor, outer)
	return a
}

// citing reads what a source says of where it has its words from: "an official, quoted by state television, said" has
// television as medium, "state television, quoting the army, said" is itself the medium of the army's words.
func (x *Text) citing(c *claim, p *people, s *setting, a *doc.Attribution) {
	d := x.doc
	if c.sourceHead == doc.None || s.mediumHead != doc.None {
		return
	}
	for _, at := range []int32{c.sourceHead, c.cueHead} {
		for _, n := range d.Children(at) {
			if !d.IsRelation(n, "acl") && !d.IsRelation(n, "advcl") || n < c.sourceHead || n > c.cueHead && c.sourceHead < c.cueHead || lemmaOf(&d.Tokens[n]) != "quote" && lemmaOf(&d.Tokens[n]) != "cite" {
				continue
			}
			if by := x.agent(n); by != doc.None && x.isMedium(p, by) {
				x.setMedium(s, by)
				return
			}
			whom := d.Child(n, "obj")
			if whom == doc.None || d.Tokens[n].XPOS != "VBG" || !x.isMedium(p, c.sourceHead) {
				continue
			}
			if speaker := p.speaker(whom, []run{x.phrase(whom)}); speaker != doc.None && speaker != a.Speaker {
				x.setMedium(s, c.sourceHead)
				a.Speaker = speaker
			}
			return
		}
	}
}

// agent is who did what a participle says, in its phrase with "by", or None.
func (x *Text) agent(verb int32) int32 {
	d := x.doc
	for _, c := range d.Children(verb) {
		if by := d.Child(c, "case"); d.IsRelation(c, "obl") && by != doc.None && lemmaOf(&d.Tokens[by]) == "by" {
			return c
		}
	}
	return doc.None
}

// carriesMedium lets "was quoted as saying" name no outlet and still have one: that of the interview with the same
// speaker that the story told of before.
func (x *Text) carriesMedium(c *claim, s *setting, speaker int32, media map[int32]setting) bool {
	if speaker == doc.None {
		return false
	}
	if s.mediumHead != doc.None {
		media[speaker] = *s
		return false
	}
	earlier, ok := media[speaker]
	if !ok || c.frame != "as" {
		return false
	}
	s.medium, s.mediumHead = earlier.medium, earlier.mediumHead
	return true
}

// hearPhrases makes speech of short quotations that turn out to be part of what somebody says.
func (x *Text) hearPhrases() {
	d := x.doc
	for i := range d.Attributions {
		a := &d.Attributions[i]
		if a.Mode == "indirect" {
			continue
		}
		for _, s := range a.Content {
			first, last := d.TokensIn(s)
			for t := first; t < last; t++ {
				if q := x.quote[t]; q != doc.None && !d.Quotes[q].Speech && s.Contains(d.Quotes[q].Span) && !x.isMention(q) {
					d.Quotes[q].Speech = true
				}
			}
		}
	}
}

// isMention recognises words in marks that are named, not said: titles, nicknames, what follows "so-called".
func (x *Text) isMention(q int32) bool {
	d := x.doc
	first, last := d.TokensIn(d.Quotes[q].Inner)
	if first >= last || first < 2 {
		return false
	}
	if labels[strings.ToLower(d.Tokens[first-2].Form)] {
		return true
	}
	capital := d.Tokens[first].UPOS == "PROPN"
	return capital || isNickname(d, &d.Quotes[q], last-first, first, last)
}

// mode tells from the marks whether the content is direct, mixed or indirect.
func (x *Text) mode(content []run) string {
	inside, outside := false, false
	for _, r := range content {
		for t := r.first; t < r.last; t++ {
			if x.doc.Tokens[t].UPOS == "PUNCT" {
				continue
			}
			if x.quote[t] != doc.None {
				inside = true
			} else {
				outside = true
			}
		}
	}
	switch {
	case inside && outside:
		return "mixed"
	case inside:
		return "direct"
	}
	return "indirect"
}
