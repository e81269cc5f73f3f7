package cli

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"annals/internal/arms"
	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/register"
	"annals/internal/transfer"
)

type transfersCommand struct {
	queryFlags
	From    string `help:"Supplier, as ISO 3166-1 alpha-3 (RUS)." placeholder:"ISO3"`
	To      string `help:"Recipient, likewise." placeholder:"ISO3"`
	On      string `help:"A day, month or year that the transfer must touch; the law is looked up then, too." placeholder:"DAYS" xor:"days"`
	Between string `help:"Likewise, from one day to another: 2011..2012-11-05." placeholder:"DAYS" xor:"days"`
	Brief   bool   `help:"Only what sources say."`
}

// Run shows transfers: each source's word, then the registers, then the law in force on those days.
func (c *transfersCommand) Run(ctx context.Context, s *streams) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	desk, err := transfer.New()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	answer, err := desk.Find(ctx, l, q)
	if err != nil {
		return err
	}
	if answer.More {
		fmt.Fprintln(s.err, "annals: there is more than was looked at; narrow the question, or raise --limit")
	}
	if c.JSON {
		return writeJSONLines(s, answer.Dossiers)
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), width: width(s)}
	for i := range answer.Dossiers {
		render.dossier(&answer.Dossiers[i], c.Brief)
	}
	return nil
}

func (c *transfersCommand) question() (transfer.Question, error) {
	query, err := c.query()
	if err != nil {
		return transfer.Question{}, err
	}
	q := transfer.Question{Query: query, From: strings.ToUpper(c.From), To: strings.ToUpper(c.To), Limit: c.Limit}
	if days := cmp.Or(c.On, c.Between); days != "" {
		if q.On, err = ledger.ParseDays(days); err != nil {
			return q, usagef("reading the days: %v", err)
		}
	}
	return q, nil
}

// transfer shows one transfer, by its id.
func (c *showCommand) transfer(ctx context.Context, s *streams, l *sqlite.Ledger) error {
	at, err := ledger.ParseMoment(c.AsOf)
	if err != nil {
		return usagef("reading --as-of: %v", err)
	}
	desk, err := transfer.New()
	if err != nil {
		return err
	}
	d, err := desk.One(ctx, l, c.ID, at)
	if err != nil {
		return fmt.Errorf("showing the transfer %s: %w", c.ID, err)
	}
	if c.JSON {
		return writeJSONLines(s, []*transfer.Dossier{d})
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), width: width(s)}
	render.dossier(d, false)
	return nil
}

// dossier prints a transfer and what stands beside it.
func (r *renderer) dossier(d *transfer.Dossier, brief bool) {
	recipient := sideWords(d.Recipient)
	if d.Near != "" {
		recipient += " (inferred: " + d.Near + ")"
	}
	fmt.Fprintf(r.out, "%s  %s  %s\n\n", r.colour.bold(sideWords(d.Supplier)+" → "+recipient), cmp.Or(d.Days(), "day unknown")+guessed(d), r.colour.dim(d.ID))
	fmt.Fprintln(r.out, r.colour.bold("  What sources say")+"  "+r.colour.dim(tallyWords(d.Tally)))
	for i := range d.Tellings {
		r.telling(&d.Tellings[i])
	}
	if brief {
		return
	}
	r.deals(d)
	r.law(d)
	r.importedVotes(d)
	r.listed(d)
	fmt.Fprintf(r.out, "%s\n\n", r.colour.dim("  Claims, register and law side by side. Whether a transfer was lawful, or took place, is not for this table to say."))
}

// tallyWords counts claims and sources by status: "denied 3 by 2 sources".
func tallyWords(list []transfer.Tally) string {
	var out []string
	for _, t := range list {
		sources := "sources"
		if t.Sources == 1 {
			sources = "source"
		}
		out = append(out, fmt.Sprintf("%s %d by %d %s", cmp.Or(t.Status, "no status"), t.Claims, t.Sources, sources))
	}
	return strings.Join(out, " · ")
}

// sideWords names a side with its country.
func sideWords(s arms.Side) string {
	name := cmp.Or(s.Name, "not named")
	switch {
	case s.Context:
		name += " (" + s.Country + " by the context)"
	case s.Country != "" && s.Country != name:
		name += " (" + s.Country + ")"
	}
	return oneLine(name)
}

func guessed(d *transfer.Dossier) string {
	if d.Guessed {
		return " (of the report)"
	}
	return ""
}

func (r *renderer) telling(t *arms.Telling) {
	status := cmp.Or(t.Status, "no status")
	fmt.Fprintf(r.out, "  %s  %s (%s)\n", r.colour.bold(status), stanceOf(t), t.Stance)
	by := r.colour.cyan(strings.Join(t.Chain, " ‹ "))
	if t.Cue == "" {
		by += " · in its own voice"
	} else {
		by += " · " + t.Act + " (“" + oneLine(t.Cue) + "”)"
	}
	if t.Said != "" {
		by += " · said " + t.Said
	}
	r.field("says", by)
	r.field("what", goodsWords(t.Goods))
	r.field("value", moneyWords(t.Value))
	r.field("basis", oneLine(t.Basis))
	r.field("if", oneLine(t.Condition))
	var stoppers []string
	for _, s := range t.Stoppers {
		stoppers = append(stoppers, sideWords(s))
	}
	r.field("stopped by", strings.Join(stoppers, ", "))
	if t.Near != "" {
		r.field("recipient", "country not said; the article's other claims send arms to "+t.Near)
	}
	r.field("text", t.Sentence)
	r.field("ids", r.colour.dim(strings.TrimSpace(t.Claim+" "+t.Proposition+" in "+t.Article+" "+t.Reported)))
	fmt.Fprintln(r.out)
}

func stanceOf(t *arms.Telling) string {
	if t.Polarity == "negative" {
		return "not, " + t.Modality
	}
	return t.Modality
}

func goodsWords(goods []arms.Goods) string {
	var out []string
	for _, g := range goods {
		classes := []string{}
		if g.Category != "" && g.Category != "unspecified" {
			classes = append(classes, g.Category)
		}
		if g.Register != "" {
			classes = append(classes, "UN Register "+g.Register)
		}
		if g.SIPRI != "" {
			classes = append(classes, "SIPRI "+g.SIPRI)
		}
		words := oneLine(g.Text)
		if len(classes) > 0 {
			words += " (" + strings.Join(classes, ", ") + ")"
		}
		out = append(out, words)
	}
	return strings.Join(out, "; ")
}

func moneyWords(sums []arms.Money) string {
	var out []string
	for _, m := range sums {
		words := strings.TrimSpace(m.Value + " " + m.Currency)
		if m.Approx {
			words = "about " + words
		}
		if m.Year != 0 {
			words += " of " + strconv.Itoa(m.Year)
		}
		out = append(out, words)
	}
	return strings.Join(out, "; ")
}

func (r *renderer) deals(d *transfer.Dossier) {
	fmt.Fprintln(r.out, r.colour.bold("  Trade register"))
	switch {
	case !d.Imported[register.SIPRI]:
		r.note("no trade register has been imported: annals import sipri FILE")
	case d.Law == nil || d.Law.From == "":
		r.note("supplier or recipient is no known state: nothing to look up")
	case len(d.Deals) == 0:
		r.note(fmt.Sprintf("the imported register has no deal of %s with %s in these years", d.Law.From, d.Law.To))
	}
	for _, k := range d.Deals {
		r.field(orderedWords(&k.Row), dealWords(&k.Row)+" · "+r.colour.dim(provenance(&k.From)))
	}
	if d.MoreDeals {
		r.note("and more")
	}
	if len(d.Deals) > 0 {
		r.note("Years run from order to last delivery. A TIV measures capability; it is no sum of money.")
	}
	fmt.Fprintln(r.out)
}

func (r *renderer) note(s string) {
	for _, line := range wrap(s, r.width-5) {
		fmt.Fprintf(r.out, "     %s\n", r.colour.dim(line))
	}
}

func provenance(p *sqlite.Provenance) string {
	return p.File + " line " + strconv.Itoa(p.Line)
}

func orderedWords(d *register.Deal) string {
	if d.Ordered == 0 {
		return "order ?"
	}
	return strconv.Itoa(d.Ordered) + doubt(d.OrderedGuess)
}

func doubt(b bool) string {
	if b {
		return "?"
	}
	return ""
}

func countWords(c register.Count) string {
	if !c.Known {
		return "?"
	}
	return strconv.FormatFloat(c.Value, 'f', -1, 64) + doubt(c.Estimate)
}

func dealWords(d *register.Deal) string {
	words := countWords(d.Number) + " × " + d.Designation
	if d.Description != "" && d.Description != d.Designation {
		words += " (" + d.Description + ")"
	}
	if d.Delivered.Known {
		words += ", delivered " + countWords(d.Delivered)
	}
	if n := len(d.Years); n > 0 {
		words += " in " + strconv.Itoa(d.Years[0])
		if n > 1 {
			words += "…" + strconv.Itoa(d.Years[n-1])
		}
		words += doubt(d.YearsGuess)
	}
	if d.Supplier.Kind != "state" || d.Recipient.Kind != "state" {
		words += ", " + d.Supplier.Name + " → " + d.Recipient.Name + " (" + d.Recipient.Kind + ")"
	}
	for _, more := range []string{d.Status, d.Comments} {
		if more != "" {
			words += "; " + more
		}
	}
	return oneLine(words)
}

// law prints the instruments of those days, and what made or prevented them.
func (r *renderer) law(d *transfer.Dossier) {
	if d.Law == nil {
		fmt.Fprintln(r.out, r.colour.bold("  Law"))
		r.note("no country of the recipient or no day is known: annals embargo answers for those that you choose")
		fmt.Fprintln(r.out)
		return
	}
	fmt.Fprintln(r.out, r.colour.bold(fmt.Sprintf("  Arms embargoes, %s to %s, %s", cmp.Or(d.Law.From, "any supplier"), d.Law.To, d.Law.Days())))
	for _, f := range d.Law.Instruments {
		r.field(f.ID, f.Words+onPart(&f)+" · "+f.Instrument+" · "+f.Certainty+notes(f.Notes))
	}
	for _, b := range d.Law.Silent {
		r.field(b, "the register has no arms embargo of the "+b+" on "+d.Law.To+" in these days")
	}
	for _, a := range d.Law.Absences {
		r.field(a.Body, a.Statement+" "+a.Evidence+" ("+a.Certainty+")")
	}
	fmt.Fprintln(r.out)
	rows := [][]string{{"date", "draft", "outcome", "votes", "on arms"}}
	for _, v := range d.Law.Votes {
		outcome := v.Outcome
		if len(v.VetoedBy) > 0 {
			outcome += " by " + strings.Join(v.VetoedBy, ", ")
		}
		rows = append(rows, []string{v.Date, v.Draft, outcome, v.Tally(), v.Arms})
	}
	r.table("  Votes of the Security Council until then", rows)
}

// onPart says where the words leave it open that an answer holds for some of the days only.
func onPart(f *arms.InstrumentView) string {
	if f.InForce == arms.Partly {
		return " (in force on part of these days)"
	}
	return ""
}

func notes(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return " · " + strings.Join(list, "; ")
}

func (r *renderer) importedVotes(d *transfer.Dossier) {
	rows := [][]string{{"date", "resolution", "votes", "of the parties", "from"}}
	for i := range d.Votes {
		v := &d.Votes[i]
		tally := ""
		if v.Row.For.Known {
			tally = countWords(v.Row.For) + "-" + countWords(v.Row.Against) + "-" + countWords(v.Row.Abstain)
		}
		if len(v.Row.VetoedBy) > 0 {
			tally += " vetoed by " + strings.Join(v.Row.VetoedBy, ", ")
		}
		var ballots []string
		for _, b := range v.Ballots {
			ballots = append(ballots, b.Country+" "+b.Vote)
		}
		rows = append(rows, []string{v.Row.Date, v.Row.Symbol, strings.TrimSpace(tally), strings.Join(ballots, ", "), provenance(&v.From)})
	}
	r.table("  Imported votes until then", rows)
}

func (r *renderer) listed(d *transfer.Dossier) {
	if len(d.Listed) == 0 {
		return
	}
	fmt.Fprintln(r.out, r.colour.bold("  Lists that hold these names"))
	for i := range d.Listed {
		r.field(listedWords(&d.Listed[i]))
	}
	r.note("The names are equal; whether they are the same, a name cannot tell.")
	fmt.Fprintln(r.out)
}

func listedWords(l *sqlite.Listed) (label, words string) {
	e := &l.Entity.Row
	words = e.Caption + " · " + e.Schema + " · " + strings.Join(e.Countries, ", ") + " · name “" + l.Name + "” · " + strings.Join(e.Datasets, ", ")
	for _, k := range l.Listings {
		words += " · " + strings.TrimSpace(k.Row.Authority+" "+k.Row.Program) + " " + cmp.Or(k.Row.Start, "?") + "…" + k.Row.End
	}
	if len(l.Listings) == 0 {
		words += " · no listing in these days"
	}
	return e.ID, oneLine(words) + " · " + provenance(&l.Entity.From)
}
