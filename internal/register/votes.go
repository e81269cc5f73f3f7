package register

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Vote is a vote of a body of the United Nations on a resolution or draft.
type Vote struct {
	Symbol   string   `json:"symbol"` // of the resolution, or of the draft where it failed
	Draft    string   `json:"draft,omitempty"`
	Date     string   `json:"date"`
	Title    string   `json:"title,omitempty"`
	Meeting  string   `json:"meeting,omitempty"`
	For      Count    `json:"for"`
	Against  Count    `json:"against"`
	Abstain  Count    `json:"abstain"`
	VetoedBy []string `json:"vetoed_by,omitempty"`
	Outcome  string   `json:"outcome,omitempty"`
	Link     string   `json:"link,omitempty"`
}

// Ballot is how one country voted.
type Ballot struct {
	Symbol  string `json:"symbol"`
	Date    string `json:"date"`
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-3
	Name    string `json:"name,omitempty"`    // as the register has it
	Vote    string `json:"vote"`              // yes, no, abstain, absent
}

// voteSets are the columns by which a table of votes is recognised: a row for each country, or a row for each draft.
var voteSets = [][]string{
	{"resolution|draft", "date", "code|country", "vote"},
	{"resolution|draft", "date", "for|vetoed_by"},
}

func (g *Reader) readVotes(in io.Reader, to Sink) error {
	t, err := openTable(in, g.votes, to.Refuse, voteSets...)
	if err != nil {
		return err
	}
	v := voteReader{names: g.names, to: to, ballots: holdsAll(t.fields, voteSets[0]), known: seen{}, votes: map[string]firstVote{}}
	for {
		r, ok, err := t.next()
		if err != nil || !ok {
			return err
		}
		if reason, err := v.read(r); err != nil {
			return err
		} else if reason != nil {
			to.Refuse(Refusal{r.line, reason.Error()})
		}
	}
}

// firstVote is where a vote stood first, and its day.
type firstVote struct {
	line int
	date string
}

type voteReader struct {
	names   *Names
	to      Sink
	ballots bool // a row for each country
	known   seen
	votes   map[string]firstVote
}

// read passes a row on, or says why not; err is the sink's.
func (v *voteReader) read(r *row) (reason, err error) {
	vote, reason := v.vote(r)
	if reason != nil {
		return reason, nil
	}
	var ballot *Ballot
	if v.ballots {
		if ballot, reason = v.ballot(r, vote); reason != nil {
			return reason, nil
		}
	}
	first, known := v.votes[vote.Symbol]
	switch {
	case known && first.date != vote.Date:
		return fmt.Errorf("%s is dated %s here and %s on line %d", shorten(vote.Symbol), vote.Date, first.date, first.line), nil
	case known && !v.ballots:
		return fmt.Errorf("%s stands on line %d already", shorten(vote.Symbol), first.line), nil
	case !known:
		v.votes[vote.Symbol] = firstVote{r.line, vote.Date}
		e := &Entry{Kind: KindVote, Key: vote.Symbol, Subject: vote.Symbol, First: vote.Date, Last: vote.Date, Names: v.names.In(vote.Title), Line: r.line, Body: body(vote)}
		if err := v.to.Entry(e); err != nil {
			return nil, err
		}
	}
	if ballot == nil {
		return nil, nil
	}
	key := vote.Symbol + "\x1f" + ballot.Country
	if ballot.Country == "" {
		key += "\x1f" + Fold(ballot.Name)
	}
	if before := v.known.again(key, r.line); before > 0 {
		return fmt.Errorf("the vote of %s on %s stands on line %d already", shorten(ballot.who()), shorten(vote.Symbol), before), nil
	}
	return nil, v.to.Entry(&Entry{Kind: KindBallot, Key: key, Subject: vote.Symbol, Object: ballot.Country, First: vote.Date, Last: vote.Date, Line: r.line, Body: body(ballot)})
}

func (b *Ballot) who() string {
	if b.Name != "" {
		return b.Name
	}
	return b.Country
}

func (v *voteReader) vote(r *row) (*Vote, error) {
	out := &Vote{Symbol: r.cell("resolution"), Draft: r.cell("draft"), Title: r.cell("title"), Meeting: r.cell("meeting"), Outcome: r.cell("outcome"), Link: r.cell("link")}
	if out.Symbol == "" {
		out.Symbol, out.Draft = out.Draft, ""
	}
	if out.Symbol == "" {
		return nil, errors.New("the row names no resolution and no draft")
	}
	when, err := days(r.cell("date"))
	if err != nil {
		return nil, err
	}
	if when.From != when.To {
		return nil, fmt.Errorf("%q is not the day of a vote", shorten(r.cell("date")))
	}
	out.Date = when.From.String()
	for _, n := range []struct {
		field string
		to    *Count
	}{{"for", &out.For}, {"against", &out.Against}, {"abstain", &out.Abstain}} {
		if *n.to, err = number(r.cell(n.field)); err != nil {
			return nil, fmt.Errorf("votes: %w", err)
		}
	}
	for _, name := range strings.FieldsFunc(r.cell("vetoed_by"), func(r rune) bool { return r == ';' || r == ',' || r == '/' }) {
		code := v.names.Country(name)
		if code == "" {
			code = v.names.Code(name)
		}
		if code == "" {
			return nil, fmt.Errorf("%q, which is said to have vetoed, is no country that we know", shorten(name))
		}
		out.VetoedBy = append(out.VetoedBy, code)
	}
	return out, nil
}

// choices are the ways in which voting records write a vote.
var choices = map[string]string{
	"y": "yes", "yes": "yes", "in favour": "yes", "in favor": "yes", "for": "yes", "f": "yes",
	"n": "no", "no": "no", "against": "no", "veto": "no", "vetoed": "no",
	"a": "abstain", "abstain": "abstain", "abstained": "abstain", "abstention": "abstain", "abstaining": "abstain",
	"x": "absent", "nv": "absent", "absent": "absent", "non voting": "absent", "not voting": "absent", "did not vote": "absent", "not participating": "absent", "": "absent",
}

func (v *voteReader) ballot(r *row, vote *Vote) (*Ballot, error) {
	b := &Ballot{Symbol: vote.Symbol, Date: vote.Date, Name: r.cell("country"), Country: v.names.Code(r.cell("code"))}
	if b.Country == "" {
		b.Country = v.names.Country(b.Name)
	}
	if b.Name == "" {
		b.Name = r.cell("code")
	}
	if b.Name == "" {
		return nil, errors.New("the row names no country")
	}
	choice, ok := choices[Fold(r.cell("vote"))]
	if !ok {
		return nil, fmt.Errorf("%q is no vote: want Y, N, A or X, or the words", shorten(r.cell("vote")))
	}
	b.Vote = choice
	return b, nil
}
