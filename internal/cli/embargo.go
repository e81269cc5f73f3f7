package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"annals/internal/arms"
	"annals/internal/civil"
	"annals/internal/ledger"
)

type embargoCommand struct {
	From      string `help:"Supplier, as ISO 3166-1 alpha-3 (RUS)." placeholder:"ISO3"`
	To        string `required:"" help:"Recipient, likewise." placeholder:"ISO3"`
	On        string `required:"" help:"Day, month, year, or two of them joined by '..'; an interval is answered always, partly or never." placeholder:"DAYS"`
	Recipient string `enum:"government,non-state,unknown" default:"unknown" help:"Who receives: government, non-state or unknown."`
	Item      string `enum:"major,small-arms,other,unknown" default:"unknown" help:"What: major (in a category of the UN Register), small-arms, other or unknown."`
	Contract  string `help:"Day of the contract, when it is known." placeholder:"DATE"`
	JSON      bool   `name:"json" help:"Print JSON."`
}

// Run prints the instruments that bear on a transfer, and the votes that made or prevented them. It gives no verdict.
func (c *embargoCommand) Run(s *streams) error {
	question, err := c.question()
	if err != nil {
		return err
	}
	register, err := arms.Load()
	if err != nil {
		return err
	}
	table, err := register.Check(question)
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(table)
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), width: width(s)}
	render.embargo(&table)
	return nil
}

func (c *embargoCommand) question() (arms.Question, error) {
	q := arms.Question{From: strings.ToUpper(c.From), To: strings.ToUpper(c.To)}
	var err error
	if q.On, err = ledger.ParseDays(c.On); err != nil {
		return q, usagef("reading --on: %v", err)
	}
	if q.On.From.IsZero() || q.On.To.IsZero() {
		return q, usagef("reading --on: %q has an open end; say both days", c.On)
	}
	if c.Contract != "" {
		if q.Contract, err = civil.Parse(c.Contract); err != nil {
			return q, errUsage{err}
		}
	}
	if c.Recipient != "unknown" {
		q.Recipient = c.Recipient
	}
	if c.Item != "unknown" {
		q.Item = c.Item
	}
	return q, nil
}

func (r *renderer) embargo(t *arms.Table) {
	q := &t.Question
	days := q.On.From.String()
	if q.On.To != q.On.From {
		days += " … " + q.On.To.String()
	}
	fmt.Fprintf(r.out, "%s\n\n", r.colour.bold(fmt.Sprintf("Arms from %s to %s, %s", cmp.Or(q.From, "anyone"), q.To, days)))
	rows := [][]string{{"instrument", "of", "in force", "binds supplier", "this recipient", "these arms", "in words", "certainty"}}
	for i := range t.Findings {
		f := &t.Findings[i]
		rows = append(rows, []string{f.Embargo.ID, f.Embargo.Body, string(f.InForce), string(f.Binds), string(f.Covers), string(f.Item), f.Words(), f.Embargo.Certainty})
	}
	r.table("Embargoes", rows)
	for i := range t.Findings {
		f := &t.Findings[i]
		r.field(f.Embargo.ID, strings.Join(append([]string{f.Embargo.Instrument}, f.Notes...), "; "))
	}
	for _, b := range t.Silent {
		r.field(b, "the register has no arms embargo of the "+b+" on "+q.To+" in these days")
	}
	for _, a := range t.Absences {
		r.field(a.Body, a.Statement+" "+a.Evidence+" ("+a.Certainty+")")
	}
	fmt.Fprintln(r.out)
	rows = [][]string{{"date", "draft", "outcome", "votes", "on arms"}}
	for _, v := range t.Votes {
		outcome := v.Outcome
		if len(v.VetoedBy) > 0 {
			outcome += " by " + strings.Join(v.VetoedBy, ", ")
		}
		votes := ""
		if v.For != "" {
			votes = v.For + "-" + v.Against + "-" + v.Abstain
		}
		rows = append(rows, []string{v.Date.String(), v.Draft, outcome, votes, v.Arms})
	}
	r.table("Votes of the Security Council until then", rows)
	fmt.Fprintln(r.out, r.colour.dim("A register of instruments, with its certainty; whether a transfer was lawful is not for this table to say."))
}
