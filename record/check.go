package record

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// Check tells the first thing that is wrong with a record that came from outside: a name that is not that of its
// text, an index or offset out of range, a reference to nothing, a day that is none. A record that passes can be
// shown, kept and searched without further care.
func (r *Record) Check() error {
	if r.Schema != Schema {
		return fmt.Errorf("the record has schema %d, and this version knows schema %d", r.Schema, Schema)
	}
	if err := r.Article.check(); err != nil {
		return err
	}
	c := checker{r, utf8.RuneCountInString(r.Article.Text), map[string]bool{}, map[string]bool{}}
	for _, a := range r.Actors {
		if a.ID == "" || c.actors[a.ID] {
			return fmt.Errorf("the actor id %q is empty or there twice", a.ID)
		}
		c.actors[a.ID] = true
	}
	for i := range r.Amounts {
		if err := c.span("an amount", r.Amounts[i].Evidence); err != nil {
			return err
		}
	}
	for i := range r.Casualties {
		if err := c.casualty(&r.Casualties[i]); err != nil {
			return err
		}
	}
	for i := range r.Propositions {
		if err := c.proposition(&r.Propositions[i]); err != nil {
			return err
		}
	}
	seen := make(map[string]bool, len(r.Claims))
	for i := range r.Claims {
		if id := r.Claims[i].ID; id == "" || seen[id] {
			return fmt.Errorf("the claim id %q is empty or there twice", id)
		}
		seen[r.Claims[i].ID] = true
		if err := c.claim(&r.Claims[i]); err != nil {
			return fmt.Errorf("claim %s: %w", r.Claims[i].ID, err)
		}
	}
	return nil
}

func (a *Article) check() error {
	if a.Text == "" || !utf8.ValidString(a.Text) {
		return errors.New("the article has no text, or its text is not UTF-8")
	}
	if want := ArticleID(a.Text); a.ID != want {
		return fmt.Errorf("the article id is %q, and that of its text is %s", a.ID, want)
	}
	sum := sha256.Sum256([]byte(a.Text))
	if a.SHA256 != hex.EncodeToString(sum[:]) {
		return errors.New("the SHA-256 of the article is not that of its text")
	}
	return day("the article's date", a.Date)
}

// day refuses what is neither empty nor a day of the calendar.
func day(what, s string) error {
	if s == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fmt.Errorf("%s %q is not a day (2012-11-05)", what, s)
	}
	return nil
}

// checker holds what the parts of one record refer to.
type checker struct {
	record       *Record
	length       int // of the text, in code points
	actors       map[string]bool
	propositions map[string]bool
}

func (c *checker) span(what string, s Span) error {
	if s.Start < 0 || s.Start > s.End || s.End > c.length {
		return fmt.Errorf("%s lies at %d–%d, outside the text of %d code points", what, s.Start, s.End, c.length)
	}
	return nil
}

func (c *checker) casualty(k *Casualty) error {
	if k.SubsetOf != nil && (*k.SubsetOf < 0 || *k.SubsetOf >= len(c.record.Casualties)) {
		return fmt.Errorf("casualties are part of entry %d, and there are %d", *k.SubsetOf, len(c.record.Casualties))
	}
	return c.span("a count of casualties", k.Evidence)
}

func (c *checker) proposition(p *Proposition) error {
	if p.ID == "" || p.Type == "" || c.propositions[p.ID] {
		return fmt.Errorf("the proposition id %q is empty or there twice, or it has no type", p.ID)
	}
	c.propositions[p.ID] = true
	if p.Place != nil && (*p.Place < 0 || *p.Place >= len(c.record.Places)) {
		return fmt.Errorf("proposition %s is at place %d, and there are %d", p.ID, *p.Place, len(c.record.Places))
	}
	for _, i := range p.Amounts {
		if i < 0 || i >= len(c.record.Amounts) {
			return fmt.Errorf("proposition %s has amount %d, and there are %d", p.ID, i, len(c.record.Amounts))
		}
	}
	for _, i := range p.Casualties {
		if i < 0 || i >= len(c.record.Casualties) {
			return fmt.Errorf("proposition %s has casualties %d, and there are %d", p.ID, i, len(c.record.Casualties))
		}
	}
	for _, parties := range [][]Party{p.Actors, p.Recipients} {
		for _, party := range parties {
			if party.Actor != "" && !c.actors[party.Actor] {
				return fmt.Errorf("proposition %s speaks of the actor %q, who is not in the record", p.ID, party.Actor)
			}
		}
	}
	return c.days(&p.Time)
}

func (c *checker) days(t *Time) error {
	return errors.Join(day("the day", t.From), day("the day", t.To))
}

func (c *checker) claim(k *Claim) error {
	switch {
	case !c.propositions[k.Proposition]:
		return fmt.Errorf("its proposition %q is not in the record", k.Proposition)
	case len(k.Chain) == 0:
		return errors.New("its source chain is empty")
	case k.Polarity != "positive" && k.Polarity != "negative":
		return fmt.Errorf("its polarity is %q, neither positive nor negative", k.Polarity)
	case k.Modality == "":
		return errors.New("it has no modality")
	case k.Realised != (k.Polarity == "positive" && k.Modality == "asserted"):
		return errors.New("realised means positive and asserted, and it is otherwise")
	}
	for _, id := range k.Chain {
		if !c.actors[id] {
			return fmt.Errorf("its source %q is not in the record", id)
		}
	}
	for _, e := range k.Evidence {
		if err := c.span("evidence", Span{e.Start, e.End}); err != nil {
			return err
		}
	}
	return errors.Join(c.span("its sentence", k.Sentence), c.days(&k.Said), day("the day of its report", k.Reported))
}
