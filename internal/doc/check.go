package doc

import (
	"errors"
	"fmt"
)

// Check verifies the invariants that every stage may rely on: spans lie in the text and do not run backwards,
// sentences and tokens are in order, heads form a tree inside each sentence, indexes point somewhere.
// It returns every violation, joined.
func (d *Doc) Check() error {
	c := checker{doc: d}
	c.sentences()
	c.tokens()
	c.layers()
	return errors.Join(c.errs...)
}

type checker struct {
	doc  *Doc
	errs []error
}

func (c *checker) fail(format string, args ...any) {
	if len(c.errs) < 20 {
		c.errs = append(c.errs, fmt.Errorf("doc: "+format, args...))
	}
}

func (c *checker) span(what string, i int, s Span) {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(c.doc.Text) {
		c.fail("%s %d has the span [%d,%d) in a text of %d bytes", what, i, s.Start, s.End, len(c.doc.Text))
	}
}

func (c *checker) index(what string, i int, index int32, size int) {
	if index < None || int(index) >= size {
		c.fail("%s %d refers to %d of %d", what, i, index, size)
	}
}

func (c *checker) tokenRange(what string, i int, first, last int32) {
	if first < 0 || last < first || int(last) > len(c.doc.Tokens) {
		c.fail("%s %d covers tokens [%d,%d) of %d", what, i, first, last, len(c.doc.Tokens))
	}
}

func (c *checker) sentences() {
	var end, token int32
	for i, s := range c.doc.Sentences {
		c.span("sentence", i, s.Span)
		if s.Start < end {
			c.fail("sentence %d starts at %d, before the end of the one before it", i, s.Start)
		}
		if s.First != token || s.Last < s.First {
			c.fail("sentence %d covers tokens [%d,%d), expected to start at %d", i, s.First, s.Last, token)
		}
		end, token = s.End, s.Last
	}
	if c.doc.Done&LayerTokens != 0 && int(token) != len(c.doc.Tokens) {
		c.fail("the sentences hold %d of %d tokens", token, len(c.doc.Tokens))
	}
}

func (c *checker) tokens() {
	var start int32
	for i := range c.doc.Tokens {
		t := &c.doc.Tokens[i]
		c.span("token", i, t.Span)
		if t.Start < start {
			c.fail("token %d starts before the one before it", i)
		}
		start = t.Start
		c.index("sentence of token", i, t.Sentence, len(c.doc.Sentences))
	}
	if c.doc.Done&LayerSyntax != 0 {
		c.trees()
	}
}

func (c *checker) trees() {
	for i, s := range c.doc.Sentences {
		roots := 0
		for t := s.First; t < s.Last; t++ {
			h := c.doc.Tokens[t].Head
			if h == None {
				roots++
				continue
			}
			if h < s.First || h >= s.Last {
				c.fail("token %d of sentence %d has its head %d outside", t, i, h)
				return
			}
			steps := s.Last - s.First
			for ; h != None && steps >= 0; steps-- {
				h = c.doc.Tokens[h].Head
			}
			if steps < 0 {
				c.fail("token %d of sentence %d is in a cycle", t, i)
				return
			}
		}
		if roots != 1 && s.Last > s.First {
			c.fail("sentence %d has %d roots", i, roots)
		}
	}
}

func (c *checker) layers() {
	d := c.doc
	for i, m := range d.Mentions {
		c.span("mention", i, m.Span)
		c.span("phrase of mention", i, m.Phrase)
		c.tokenRange("mention", i, m.First, m.Last)
		c.index("actor of mention", i, m.Actor, len(d.Actors))
		if m.Head < m.First || m.Head >= m.Last {
			c.fail("mention %d has its head %d outside [%d,%d)", i, m.Head, m.First, m.Last)
		}
	}
	ids := make(map[string]bool, len(d.Actors))
	for i, a := range d.Actors {
		if a.ID == "" || ids[a.ID] {
			c.fail("actor %d has the id %q, empty or taken", i, a.ID)
		}
		ids[a.ID] = true
	}
	for i, chain := range d.Chains {
		for _, m := range chain.Mentions {
			c.index("mention of chain", i, m, len(d.Mentions))
		}
	}
	for i, q := range d.Quotes {
		c.span("quote", i, q.Span)
		if !q.Contains(q.Inner) {
			c.fail("quote %d does not hold its inner span", i)
		}
	}
	for i, a := range d.Attributions {
		for _, role := range [][]Span{a.Source, a.Cue, a.Content, a.Addressee, a.Medium} {
			for _, s := range role {
				c.span("attribution", i, s)
			}
		}
		c.index("speaker of attribution", i, a.Speaker, len(d.Actors))
		c.index("outer of attribution", i, a.Outer, len(d.Attributions))
		c.index("timex of attribution", i, a.Timex, len(d.Timexes))
		for _, actor := range a.Chain {
			c.index("chain of attribution", i, actor, len(d.Actors))
		}
	}
	for i, t := range d.Timexes {
		c.span("timex", i, t.Span)
		if t.Value == "" {
			c.fail("timex %d has no value", i)
		}
	}
	for i, t := range d.Toponyms {
		c.span("toponym", i, t.Span)
	}
	for i, q := range d.Quantities {
		c.span("quantity", i, q.Span)
	}
	for i, k := range d.Casualties {
		c.span("casualty", i, k.Span)
		c.index("quantity of casualty", i, k.Quantity, len(d.Quantities))
		c.index("superset of casualty", i, k.SubsetOf, len(d.Casualties))
	}
	for i, k := range d.Codings {
		c.span("coding", i, k.Anchor)
		c.span("source of coding", i, k.Source.Span)
		c.span("target of coding", i, k.Target.Span)
		c.index("verb of coding", i, k.AnchorToken, len(d.Tokens))
		c.index("sentence of coding", i, k.Sentence, len(d.Sentences))
		c.index("event of coding", i, k.Event, len(d.Events))
	}
	for i, e := range d.Events {
		c.event(i, &e)
	}
}

func (c *checker) event(i int, e *Event) {
	d := c.doc
	c.span("event", i, e.Span)
	c.span("anchor of event", i, e.Anchor)
	c.index("attribution of event", i, e.Attribution, len(d.Attributions))
	c.index("toponym of event", i, e.Toponym, len(d.Toponyms))
	c.index("timex of event", i, e.Time.Timex, len(d.Timexes))
	c.index("earlier telling of event", i, e.SameAs, len(d.Events))
	for _, side := range [][]Participant{e.Actors, e.Recipients} {
		for _, p := range side {
			c.span("participant of event", i, p.Span)
			c.index("actor in event", i, p.Actor, len(d.Actors))
			c.index("mention in event", i, p.Mention, len(d.Mentions))
		}
	}
	for _, q := range e.Quantities {
		c.index("quantity of event", i, q, len(d.Quantities))
	}
	for _, k := range e.Casualties {
		c.index("casualty of event", i, k, len(d.Casualties))
	}
}
