// Package quote finds who says what: quotation marks, and attributions with their source, cue and content.
//
// In: tokens, arcs, mentions, actors, chains, the headline and time expressions. Out: quotations, and attributions
// with the act, the commitment of the source, its actor, the chain of tellers up to the publisher, addressee, medium,
// when it was said and a calibrated confidence. A trained tagger proposes cues and a trained linker gives each cue
// its source and content (Pareti et al. 2013; Newell et al. 2018); rules add what is too rare to learn and what lies
// inside a content. It never judges whether what is said is true, and never reads events.
package quote

import (
	"errors"

	"annals/internal/doc"
)

// Stage finds quotations and attributions. It is safe for concurrent use.
type Stage struct {
	cues *cueTable
}

// New opens the cue table and the model.
func New() (*Stage, error) {
	cues, err := readCues()
	if err != nil {
		return nil, err
	}
	return &Stage{cues: cues}, nil
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
	d.Quotes, d.Attributions = readMarks(d), nil
	markSpeech(d, d.Quotes)
	if len(d.Tokens) > 0 {
		s.attributions(d)
	}
	d.Done |= s.Writes()
	return nil
}

func (s *Stage) attributions(d *doc.Doc) {
	r := &reader{doc: d, cues: s.cues, extent: extents(d)}
	r.quote = quoteStates(d, d.Quotes, nil)
	claims := r.byRule(run{0, int32(len(d.Tokens))})
	for i := range claims {
		d.Attributions = append(d.Attributions, r.attribution(&claims[i]))
	}
}

func (r *reader) attribution(c *claim) doc.Attribution {
	d := r.doc
	a := doc.Attribution{
		Source: spans(d, c.source), Cue: spans(d, c.cue), Content: spans(d, c.content),
		SourceHead: c.sourceHead, CueHead: c.cueHead, Speaker: doc.None, AddresseeActor: doc.None, MediumActor: doc.None,
		Outer: c.outer, Timex: doc.None, Confidence: c.confidence, Rule: c.rule, Act: "assert", Value: "CT+",
	}
	if c.row != nil {
		a.Act, a.Value = c.row.Act, c.row.Value
		a.Rule += "+" + c.row.ID
	}
	a.Mode = mode(d, r.quote, c.content)
	return a
}

// mode tells from the marks whether the content is direct, mixed or indirect.
func mode(d *doc.Doc, quote []int32, content []run) string {
	inside, outside := false, false
	for _, x := range content {
		for t := x.first; t < x.last; t++ {
			if d.Tokens[t].UPOS == "PUNCT" {
				continue
			}
			if quote[t] != doc.None {
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
