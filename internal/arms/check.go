package arms

import (
	"fmt"
	"slices"

	"annals/internal/civil"
)

// Answer is how a question is answered for all days asked about.
type Answer string

// Answers. Partly: on some of the days. Unknown: the register cannot tell.
const (
	Always  Answer = "always"
	Partly  Answer = "partly"
	Never   Answer = "never"
	Unknown Answer = "unknown"
)

// Question asks which embargoes bear on a transfer of arms.
type Question struct {
	From, To  string         // supplier and recipient, ISO 3166-1 alpha-3; From may be empty
	On        civil.Interval // the days of the transfer, both ends set
	Recipient string         // government, non-state, or "" when not known
	Item      string         // small-arms, major (in a category of the UN Register), other, or "" when not known
	Contract  civil.Date     // day of the contract, when known
}

// Finding is what the register says about one instrument.
type Finding struct {
	Embargo *Embargo
	InForce Answer // on the days asked about; unknown where the row itself is uncertain
	Status  string // in force, suspended, disputed – or several, in order
	Binds   Answer // the supplier
	Covers  Answer // this recipient
	Item    Answer // these arms
	Exempt  Answer // by the day of the contract
	Notes   []string
}

// Table is the answer: instruments, stated absences, and the votes up to then.
type Table struct {
	Question Question
	Findings []Finding
	Absences []Absence
	Silent   []string // bodies of which the register has no row that covers these days
	Votes    []Vote   // on the recipient, newest first
}

// bodies are those whose silence is worth a line for every recipient.
var bodies = []string{"UN", "EU"}

// Check lays the question beside the register.
func (g *Register) Check(q Question) (Table, error) {
	if q.On.From.IsZero() || q.On.To.IsZero() || q.On.To.Before(q.On.From) {
		return Table{}, fmt.Errorf("checking embargoes: the days %s to %s are no stretch of time", q.On.From, q.On.To)
	}
	t := Table{Question: q}
	for i := range g.Embargoes {
		e := &g.Embargoes[i]
		if f, ok := g.finding(e, &q); ok {
			t.Findings = append(t.Findings, f)
		}
	}
	for _, a := range g.Absences {
		if a.Country == q.To && a.Days.overlap(q.On) > 0 {
			t.Absences = append(t.Absences, a)
		}
	}
	for _, b := range bodies {
		if !slices.ContainsFunc(t.Findings, func(f Finding) bool { return f.Embargo.Body == b }) {
			t.Silent = append(t.Silent, b)
		}
	}
	for _, v := range slices.Backward(g.Votes) {
		if slices.Contains(v.Covers, q.To) && !q.On.To.Before(v.Date) {
			t.Votes = append(t.Votes, v)
		}
	}
	return t, nil
}

func (g *Register) finding(e *Embargo, q *Question) (Finding, bool) {
	onGroup := slices.Contains(e.Covers, "*")
	if !slices.Contains(e.Covers, q.To) && !(onGroup && q.Recipient == "non-state") {
		return Finding{}, false
	}
	f := Finding{Embargo: e, Binds: g.binds(e, q), Covers: Unknown, Item: Unknown, Exempt: Never}
	total := q.On.To.DaysSince(q.On.From) + 1
	known, inForce := 0, 0
	var covers, items, exempt []answered
	for _, term := range e.Terms {
		days := term.Days.overlap(q.On)
		if days == 0 {
			continue
		}
		known += days
		if term.Status != "suspended" {
			inForce += days
		}
		f.Status = join(f.Status, term.Status)
		f.Notes = appendNew(f.Notes, term.Note)
		covers = append(covers, answered{coversRecipient(term, q.Recipient), days})
		items = append(items, answered{coversItem(term, q.Item), days})
		exempt = append(exempt, answered{exemptByContract(term, q.Contract), days})
	}
	if known == 0 {
		return Finding{}, false
	}
	f.InForce = share(inForce, total)
	if e.Certainty == "uncertain" && f.InForce != Never {
		f.InForce = Unknown
	}
	f.Covers, f.Item, f.Exempt = combine(covers), combine(items), combine(exempt)
	if onGroup {
		f.Covers = Unknown
		f.Notes = appendNew(f.Notes, "covers listed groups, wherever they are")
	}
	return f, true
}

// answered is an answer that holds on some days.
type answered struct {
	answer Answer
	days   int
}

// combine makes one answer of the answers for parts of the days.
func combine(parts []answered) Answer {
	out := parts[0].answer
	for _, p := range parts[1:] {
		switch {
		case p.answer == out:
		case p.answer == Unknown || out == Unknown:
			return Unknown
		default:
			out = Partly
		}
	}
	return out
}

func share(part, total int) Answer {
	switch {
	case part >= total:
		return Always
	case part == 0:
		return Never
	}
	return Partly
}

// binds tells whether the instrument obliges the supplier: the UN all states, other bodies their members of that day.
func (g *Register) binds(e *Embargo, q *Question) Answer {
	switch {
	case e.Force == "voluntary":
		return Never
	case e.Body == "UN":
		return Always
	case q.From == "":
		return Unknown
	}
	days := 0
	for _, m := range g.members {
		if m.body == e.Body && m.member == q.From {
			days += m.days.overlap(q.On)
		}
	}
	return share(days, q.On.To.DaysSince(q.On.From)+1)
}

func coversRecipient(t Term, recipient string) Answer {
	switch {
	case t.Recipients == "all":
		return Always
	case recipient == "":
		return Unknown
	case t.Recipients == recipient:
		return Always
	}
	return Never
}

func coversItem(t Term, item string) Answer {
	switch t.Items {
	case "all":
		return Always
	case "exports":
		return Never // it is about arms from the target, not to it
	case "major":
		return known(item, item == "major")
	case "not-small-arms":
		return known(item, item != "small-arms")
	}
	return Unknown // undefined, or a list that the register does not spell out
}

func known(item string, covered bool) Answer {
	switch {
	case item == "":
		return Unknown
	case covered:
		return Always
	}
	return Never
}

func exemptByContract(t Term, contract civil.Date) Answer {
	switch {
	case t.ContractBefore.IsZero():
		return Never
	case contract.IsZero():
		return Unknown
	case contract.Before(t.ContractBefore):
		return Always
	}
	return Never
}

func join(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return a + ", then " + b
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Words sums a finding up in words that claim no more than the register holds.
func (f *Finding) Words() string {
	switch {
	case f.InForce == Never:
		return "suspended then"
	case f.InForce == Unknown:
		return "whether it was in force is unknown: the row is uncertain"
	case f.Exempt == Always:
		return "in force; exempt by the day of the contract"
	case f.Covers == Never:
		return "in force, not for this kind of recipient"
	case f.Item == Never:
		return "in force, not for these arms"
	case f.Binds == Never && f.Embargo.Force == "voluntary":
		return "a call that binds nobody"
	case f.Binds == Never:
		return "in force, does not bind this supplier"
	case f.Binds == Unknown, f.Covers == Unknown, f.Item == Unknown, f.Exempt == Unknown:
		return "in force; whether it applies is unknown"
	case f.InForce == Partly, f.Covers == Partly, f.Item == Partly, f.Binds == Partly:
		return "applies on part of these days"
	case f.Embargo.Force == "political":
		return "in force, binding in policy only"
	}
	return "in force and applies"
}
