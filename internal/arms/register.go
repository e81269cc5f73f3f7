// Package arms lays transfers of arms beside the law in force that day: the embargoes, who is bound by them and
// whom and what they cover, and the votes that made or prevented them.
//
// In: supplier, recipient, days, kind of recipient and of item. Out: a table of instruments with what is known and
// what is not. It never says that a transfer is lawful or unlawful: it shows the register, with its certainty.
package arms

import (
	"fmt"
	"slices"

	"annals/data"
	"annals/internal/civil"
)

// Embargo is an instrument that forbids, or asks states to refrain from, supplying arms.
type Embargo struct {
	ID         string
	Target     string
	Covers     []string // ISO 3166-1 alpha-3; "*" for listed groups anywhere
	Body       string   // UN, EU, LAS (League of Arab States), ECOWAS, OSCE, USA
	Force      string   // mandatory, political, voluntary
	Instrument string
	LiftedBy   string
	Amended    string
	Certainty  string // sure, probable, uncertain
	Note       string
	Terms      []Term // in order, without gaps
}

// Term is a stretch of an embargo's life in which it covers the same.
type Term struct {
	Days           Days
	Recipients     string     // all, government, non-state
	Items          string     // all, major, not-small-arms, repression, exports, undefined
	Status         string     // in force, suspended, disputed
	ContractBefore civil.Date // supplies under contracts older than this day are exempt
	Note           string
}

// Days is [From, Ended): an Ended of zero is open.
type Days struct{ From, Ended civil.Date }

// overlap counts the days that d shares with a closed interval.
func (d Days) overlap(i civil.Interval) int {
	from, to := i.From, i.To
	if from.Before(d.From) {
		from = d.From
	}
	if !d.Ended.IsZero() && !to.Before(d.Ended) {
		to = d.Ended.AddDays(-1)
	}
	return max(to.DaysSince(from)+1, 0)
}

// Absence states that a body had no arms embargo on a country.
type Absence struct {
	Country, Body       string
	Days                Days
	Statement, Evidence string
	Certainty           string
}

// Vote is a vote of the Security Council.
type Vote struct {
	Date                  civil.Date
	Draft, Topic          string
	Covers                []string
	Outcome               string // vetoed, adopted, failed
	VetoedBy              []string
	For, Against, Abstain string // "" when not known
	Arms                  string // what it would have said or said about arms
	Certainty, Note       string
}

type membership struct {
	body, member string
	days         Days
}

// Register is the law as the tables have it. It is read-only and safe for concurrent use.
type Register struct {
	Embargoes []Embargo
	Absences  []Absence
	Votes     []Vote // oldest first

	members []membership
}

// Load reads the tables that are built in.
func Load() (*Register, error) {
	r := new(Register)
	for _, load := range []func() error{r.loadEmbargoes, r.loadTerms, r.loadAbsences, r.loadVotes, r.loadMembers} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// row reads cells by the names of their columns and keeps the first error.
type row struct {
	table *data.Table
	index int
	err   error
}

func (r *row) cell(column string) string {
	at, err := r.table.Column(column)
	if err != nil {
		r.fail(err)
		return ""
	}
	return r.table.Rows[r.index][at]
}

func (r *row) date(column string) civil.Date {
	s := r.cell(column)
	if s == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(s)
	if err != nil {
		r.fail(err)
	}
	return d
}

func (r *row) days() Days {
	d := Days{r.date("from"), r.date("ended")}
	if d.From.IsZero() || !d.Ended.IsZero() && !d.From.Before(d.Ended) {
		r.fail(fmt.Errorf("the days %s to %s are no stretch of time", d.From, d.Ended))
	}
	return d
}

func (r *row) fail(err error) {
	if r.err == nil {
		r.err = fmt.Errorf("reading the table %s: line %d: %w", r.table.Name, r.table.Lines[r.index], err)
	}
}

// each calls use for every row of a table.
func each(name string, use func(*row)) error {
	t, err := data.Read(name)
	if err != nil {
		return err
	}
	for i := range t.Rows {
		r := row{table: t, index: i}
		use(&r)
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

func (g *Register) loadEmbargoes() error {
	return each("arms_embargoes", func(r *row) {
		g.Embargoes = append(g.Embargoes, Embargo{
			ID: r.cell("id"), Target: r.cell("target"), Covers: data.List(r.cell("covers")), Body: r.cell("body"), Force: r.cell("force"),
			Instrument: r.cell("instrument"), LiftedBy: r.cell("lifted_by"), Amended: r.cell("amended"), Certainty: r.cell("certainty"), Note: r.cell("note"),
		})
	})
}

func (g *Register) loadTerms() error {
	return each("arms_terms", func(r *row) {
		at := slices.IndexFunc(g.Embargoes, func(e Embargo) bool { return e.ID == r.cell("id") })
		if at < 0 {
			r.fail(fmt.Errorf("there is no embargo %q in arms_embargoes", r.cell("id")))
			return
		}
		e := &g.Embargoes[at]
		term := Term{Days: r.days(), Recipients: r.cell("recipients"), Items: r.cell("items"), Status: r.cell("status"), ContractBefore: r.date("contract_before"), Note: r.cell("note")}
		if n := len(e.Terms); n > 0 && e.Terms[n-1].Days.Ended != term.Days.From {
			r.fail(fmt.Errorf("the stretches of %s leave a gap or overlap before %s", e.ID, term.Days.From))
		}
		e.Terms = append(e.Terms, term)
	})
}

func (g *Register) loadAbsences() error {
	return each("arms_absences", func(r *row) {
		g.Absences = append(g.Absences, Absence{Country: r.cell("covers"), Body: r.cell("body"), Days: r.days(), Statement: r.cell("statement"), Evidence: r.cell("evidence"), Certainty: r.cell("certainty")})
	})
}

func (g *Register) loadVotes() error {
	return each("arms_votes", func(r *row) {
		g.Votes = append(g.Votes, Vote{
			Date: r.date("date"), Draft: r.cell("draft"), Topic: r.cell("topic"), Covers: data.List(r.cell("covers")), Outcome: r.cell("outcome"), VetoedBy: data.List(r.cell("vetoed_by")),
			For: r.cell("for"), Against: r.cell("against"), Abstain: r.cell("abstain"), Arms: r.cell("arms"), Certainty: r.cell("certainty"), Note: r.cell("note"),
		})
	})
}

func (g *Register) loadMembers() error {
	return each("arms_members", func(r *row) {
		g.members = append(g.members, membership{r.cell("body"), r.cell("member"), r.days()})
	})
}
