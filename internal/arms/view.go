package arms

import (
	"cmp"
	"encoding/json"

	"annals/internal/civil"
)

// View is a table in the words and days in which it is shown and exported.
type View struct {
	From        string           `json:"from,omitempty"` // supplier; "": anyone
	To          string           `json:"to"`
	First       string           `json:"first"`
	Last        string           `json:"last"`
	Recipient   string           `json:"recipient"` // government, non-state, unknown
	Item        string           `json:"item"`      // major, small-arms, other, unknown
	Instruments []InstrumentView `json:"instruments"`
	Silent      []string         `json:"silent"` // bodies without an instrument in these days
	Absences    []AbsenceView    `json:"absences"`
	Votes       []VoteView       `json:"votes"`
}

// InstrumentView is a finding: each question with its answer, and all of them in words.
type InstrumentView struct {
	ID         string   `json:"id"`
	Body       string   `json:"body"`
	Force      string   `json:"force"`
	Instrument string   `json:"instrument"`
	Status     string   `json:"status"`
	InForce    Answer   `json:"in_force"`
	Binds      Answer   `json:"binds_supplier"`
	Covers     Answer   `json:"covers_recipient"`
	Arms       Answer   `json:"covers_arms"`
	Exempt     Answer   `json:"exempt_by_contract"`
	Words      string   `json:"words"`
	Certainty  string   `json:"certainty"`
	Notes      []string `json:"notes,omitempty"`
}

// AbsenceView states that a body had no embargo.
type AbsenceView struct {
	Body      string `json:"body"`
	Statement string `json:"statement"`
	Evidence  string `json:"evidence"`
	Certainty string `json:"certainty"`
}

// VoteView is a vote that made or prevented a measure.
type VoteView struct {
	Date      string   `json:"date"`
	Draft     string   `json:"draft"`
	Topic     string   `json:"topic"`
	Outcome   string   `json:"outcome"`
	VetoedBy  []string `json:"vetoed_by,omitempty"`
	For       string   `json:"for,omitempty"`
	Against   string   `json:"against,omitempty"`
	Abstain   string   `json:"abstain,omitempty"`
	Arms      string   `json:"arms,omitempty"`
	Certainty string   `json:"certainty"`
}

// View shows the table.
func (t *Table) View() View {
	q := &t.Question
	v := View{From: q.From, To: q.To, First: q.On.From.String(), Last: q.On.To.String(), Recipient: cmp.Or(q.Recipient, "unknown"), Item: cmp.Or(q.Item, "unknown"),
		Instruments: []InstrumentView{}, Silent: append([]string{}, t.Silent...), Absences: []AbsenceView{}, Votes: []VoteView{}}
	for i := range t.Findings {
		f := &t.Findings[i]
		e := f.Embargo
		v.Instruments = append(v.Instruments, InstrumentView{ID: e.ID, Body: e.Body, Force: e.Force, Instrument: e.Instrument, Status: f.Status,
			InForce: f.InForce, Binds: f.Binds, Covers: f.Covers, Arms: f.Item, Exempt: f.Exempt, Words: f.Words(), Certainty: e.Certainty, Notes: f.Notes})
	}
	for _, a := range t.Absences {
		v.Absences = append(v.Absences, AbsenceView{a.Body, a.Statement, a.Evidence, a.Certainty})
	}
	for _, w := range t.Votes {
		v.Votes = append(v.Votes, VoteView{Date: w.Date.String(), Draft: w.Draft, Topic: w.Topic, Outcome: w.Outcome, VetoedBy: w.VetoedBy, For: w.For, Against: w.Against, Abstain: w.Abstain, Arms: w.Arms, Certainty: w.Certainty})
	}
	return v
}

// MarshalJSON writes the view.
func (t Table) MarshalJSON() ([]byte, error) { return json.Marshal(t.View()) }

// Tally is the counts of a vote as "13-2-0", or "" when they are not known.
func (v VoteView) Tally() string {
	if v.For == "" {
		return ""
	}
	return v.For + "-" + v.Against + "-" + v.Abstain
}

// Days are the days asked about.
func (v View) Days() string { return daysOf(v.First, v.Last) }

// daysOf writes a stretch of days.
func daysOf(first, last string) string {
	if first == last {
		return first
	}
	return first + " … " + last
}

// Days are those on which the law is looked up.
func (t *Transfer) Days() string { return daysOf(t.From, t.To) }

// Interval is the days as dates.
func (t *Transfer) Interval() civil.Interval { return civil.Interval{From: day(t.From), To: day(t.To)} }
