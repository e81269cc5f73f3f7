package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/internal/doc"
	"annals/internal/onto"
	"annals/record"
)

// renderer prints a record for a person.
type renderer struct {
	out      io.Writer
	colour   palette
	ontology *onto.Ontology
	explain  bool
	all      bool // also the claims that only say that somebody spoke
	width    int
}

const defaultWidth = 100

// record prints the article's head, its claims in the order of the text, its actors and its figures.
func (r *renderer) record(rec *record.Record) error {
	out := bufio.NewWriter(r.out)
	p := *r
	p.out = out
	p.body(rec)
	return out.Flush()
}

// only prints a whole record, or one claim of it.
func (r *renderer) only(rec *record.Record, c *record.Claim) error {
	if c == nil {
		return r.record(rec)
	}
	r.head(&rec.Article)
	v := view{rec: rec, points: doc.NewPoints(rec.Article.Text)}
	r.claim(&v, slices.IndexFunc(rec.Claims, func(o record.Claim) bool { return o.ID == c.ID }))
	return nil
}

func (r *renderer) body(rec *record.Record) {
	r.head(&rec.Article)
	v := view{rec: rec, points: doc.NewPoints(rec.Article.Text)}
	shown := 0
	for i := range rec.Claims {
		if r.all || !v.introduces(i) {
			shown++
			r.claim(&v, i)
		}
	}
	switch {
	case len(rec.Claims) == 0:
		fmt.Fprintf(r.out, "no claims were found in this text\n\n")
	case shown < len(rec.Claims):
		fmt.Fprintln(r.out, r.colour.dim(fmt.Sprintf("%d claims that somebody spoke are left out, as what was said is shown; --all shows them", len(rec.Claims)-shown)))
		fmt.Fprintln(r.out)
	}
	r.actors(&v)
	r.figures(&v)
	r.codings(&v)
	if r.explain {
		r.run(rec)
	}
}

// view is a record with what rendering looks up again and again.
type view struct {
	rec    *record.Record
	points *doc.Points
}

// introduces tells whether a claim only says that somebody spoke, while what was said is a claim of its own.
func (v *view) introduces(i int) bool {
	c := &v.rec.Claims[i]
	if p := v.rec.PropositionByID(c.Proposition); p.Type != onto.Statement {
		return false
	}
	anchor := slices.IndexFunc(c.Evidence, func(e record.Evidence) bool { return e.Role == "anchor" })
	if anchor < 0 {
		return false
	}
	at := c.Evidence[anchor]
	for j := range v.rec.Claims {
		if j == i {
			continue
		}
		for _, e := range v.rec.Claims[j].Evidence {
			if e.Role == "cue" && e.Start < at.End && at.Start < e.End {
				return true
			}
		}
	}
	return false
}

func (v *view) name(id string) string {
	if a := v.rec.ActorByID(id); a != nil {
		return a.Name
	}
	return id
}

func (v *view) text(s record.Span) string {
	return v.rec.Article.Text[v.points.Byte(s.Start):v.points.Byte(s.End)]
}

func (r *renderer) head(a *record.Article) {
	var parts []string
	for _, p := range []string{a.Publisher, a.Place, a.Date} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	fmt.Fprintln(r.out, r.colour.bold(cmp.Or(strings.Join(parts, " · "), "no publisher, place or date")))
	for _, line := range []string{a.Title, a.Byline} {
		if line != "" {
			fmt.Fprintln(r.out, oneLine(line))
		}
	}
	origin := a.ID
	if a.Name != "" {
		origin += " (" + a.Name + ")"
	}
	if a.Date == "" {
		origin += ", no date: relative times are unresolved"
	} else if a.DateSource != "" {
		origin += ", date from " + a.DateSource
	}
	fmt.Fprintln(r.out, r.colour.dim(origin))
	fmt.Fprintln(r.out)
}

func (r *renderer) claim(v *view, i int) {
	c := &v.rec.Claims[i]
	p := v.rec.PropositionByID(c.Proposition)
	fmt.Fprintf(r.out, "%s %s  %s\n", r.colour.dim(fmt.Sprintf("%3d.", i+1)), r.colour.bold(r.parties(v, p)), r.stance(c))
	r.field("what", r.what(p, c))
	r.field("says", r.says(v, c))
	r.field("when", when(p.Time))
	if p.Place != nil {
		place := v.rec.Places[*p.Place]
		r.field("where", strings.TrimSuffix(place.Name+", "+place.Country, ", "))
	}
	r.field("how much", r.howMuch(v, p))
	r.field("if", oneLine(c.Condition))
	r.field("basis", oneLine(c.Basis))
	if c.SameAs != "" {
		r.field("retells", "claim "+strconv.Itoa(1+slices.IndexFunc(v.rec.Claims, func(o record.Claim) bool { return o.ID == c.SameAs })))
	}
	if r.explain {
		r.field("why", explanation(c))
	}
	r.field("text", r.sentence(v, c))
	fmt.Fprintln(r.out)
}

// parties is "who → whom"; whom the context gives and not the clause, and a country of that kind, stand in brackets.
func (r *renderer) parties(v *view, p *record.Proposition) string {
	side := func(in []record.Party) string {
		var names []string
		for _, party := range in {
			name := cmp.Or(v.partyName(party), "?")
			if party.Country != "" {
				name += " (" + party.Country + ")"
			}
			if party.Implied {
				name += " (implied)"
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return strings.Join(names, ", ")
	}
	who := cmp.Or(side(p.Actors), "someone")
	if whom := side(p.Recipients); whom != "" {
		return who + " → " + whom
	}
	return who
}

func (v *view) partyName(p record.Party) string {
	if p.Actor != "" {
		return v.name(p.Actor)
	}
	return oneLine(p.Text)
}

// stance says in words whether the source holds that it happened.
func (r *renderer) stance(c *record.Claim) string {
	words := c.Modality
	switch {
	case c.Polarity == "negative" && c.Modality == "asserted":
		return r.colour.red("NOT so (" + c.Value + ")")
	case c.Polarity == "negative":
		words = "not, " + c.Modality
	case c.Modality == "asserted":
		return r.colour.green("asserted (" + c.Value + ")")
	}
	return r.colour.yellow(words + " (" + c.Value + ")")
}

func (r *renderer) what(p *record.Proposition, c *record.Claim) string {
	parts := []string{p.Type}
	if p.Mode != "" {
		parts[0] += " " + p.Mode
	}
	if p.CAMEO != "" {
		parts = append(parts, "CAMEO "+p.CAMEO)
		if r.ontology != nil {
			if code, ok := r.ontology.CAMEO(p.CAMEO); ok {
				parts[1] += " " + code.Name
			}
		}
	}
	if len(p.Contexts) > 0 {
		parts = append(parts, strings.Join(p.Contexts, ", "))
	}
	if c.Status != "" {
		parts = append(parts, "status "+c.Status)
	}
	if c.Historical {
		parts = append(parts, "background")
	}
	return strings.Join(parts, " · ")
}

// says is the chain from the innermost speaker to the publisher, with the act and the words that attribute.
func (r *renderer) says(v *view, c *record.Claim) string {
	var names []string
	for _, id := range c.Chain {
		names = append(names, v.name(id))
	}
	line := r.colour.cyan(strings.Join(names, " ‹ "))
	if c.Cue == "" {
		return line + " · in its own voice"
	}
	line += " · " + c.Act + " (“" + oneLine(c.Cue) + "”)"
	if c.Addressee != "" {
		line += " · to " + oneLine(c.Addressee)
	}
	if c.Said.Value != "" {
		line += " · said " + c.Said.Value
	}
	return line
}

// when is the time in words. A time that no expression of the text gives is a bound drawn from tense or date.
func when(t record.Time) string {
	days := ""
	switch {
	case t.From != "" && t.From == t.To:
		days = t.From
	case t.From != "" && t.To != "":
		days = t.From + " … " + t.To
	case t.From != "":
		return "from " + t.From + " on"
	case t.To != "":
		return "until " + t.To
	}
	if t.Value == "" || t.Value == days || days == "" {
		return cmp.Or(days, t.Value)
	}
	return t.Value + " (" + days + ")"
}

func (r *renderer) howMuch(v *view, p *record.Proposition) string {
	var parts []string
	for _, i := range p.Amounts {
		parts = append(parts, amount(&v.rec.Amounts[i]))
	}
	for _, i := range p.Casualties {
		parts = append(parts, casualties(&v.rec.Casualties[i]))
	}
	return strings.Join(parts, "; ")
}

func amount(a *record.Amount) string {
	number := cmp.Or(a.Value, bounds(a.Low, a.High))
	switch {
	case a.Value != "" && boundWords[a.Bound] != "":
		number = boundWords[a.Bound] + " " + number
	case a.Approx:
		number = "about " + number
	}
	unit := cmp.Or(a.Currency, a.Unit)
	if a.Kind == "percent" {
		unit = "%"
	}
	return strings.TrimSpace(oneLine(strings.TrimSpace(number+" "+unit) + of(a)))
}

// boundWords say on which side of its value an amount lies.
var boundWords = map[string]string{"min": "at least", "max": "at most"}

func of(a *record.Amount) string {
	if a.Of == "" || a.Of == a.Unit || strings.HasSuffix(a.Unit, " "+a.Of) { // "fighter jets" says "jets" already
		return ""
	}
	return " " + a.Of
}

func bounds(low, high *float64) string {
	number := func(f *float64) string {
		if f == nil {
			return ""
		}
		return strconv.FormatFloat(*f, 'f', -1, 64)
	}
	if low == nil && high == nil {
		return "?"
	}
	return number(low) + "…" + number(high)
}

func casualties(c *record.Casualty) string {
	number := strconv.FormatInt(c.Number, 10)
	switch {
	case c.Number >= 0 && c.High < 0:
		number = "at least " + strconv.FormatInt(c.Low, 10)
	case c.Number < 0:
		number = strconv.FormatInt(c.Low, 10) + "…"
		if c.High >= 0 {
			number += strconv.FormatInt(c.High, 10)
		}
	}
	if c.Approx {
		number = "about " + number
	}
	return number + " " + strings.ToLower(c.Effect) + ", " + c.Scope
}

func explanation(c *record.Claim) string {
	parts := []string{"claim " + c.ID, "proposition " + c.Proposition}
	if c.Rule != "" {
		parts = append(parts, "event by "+c.Rule)
	}
	if c.SpeechRule != "" {
		parts = append(parts, "attribution by "+c.SpeechRule)
	}
	return strings.Join(append(parts, fmt.Sprintf("confidence %.2f", c.Confidence)), " · ")
}

// sentence is the claim's sentence with its evidence marked.
func (r *renderer) sentence(v *view, c *record.Claim) string {
	type mark struct{ start, end int32 }
	start, end := v.points.Byte(c.Sentence.Start), v.points.Byte(c.Sentence.End)
	var marks []mark
	for _, e := range c.Evidence {
		if e.Role != "anchor" && e.Role != "cue" && e.Role != "actor" && e.Role != "recipient" && e.Role != "item" {
			continue
		}
		m := mark{v.points.Byte(e.Start), v.points.Byte(e.End)}
		if m.start >= start && m.end <= end {
			marks = append(marks, m)
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	text := v.rec.Article.Text
	var out strings.Builder
	at := start
	for _, m := range marks {
		if m.start < at { // inside a mark already set
			continue
		}
		out.WriteString(text[at:m.start])
		out.WriteString(r.colour.mark(text[m.start:m.end]))
		at = m.end
	}
	out.WriteString(text[at:end])
	return oneLine(out.String())
}

// field prints "label  value" with the value wrapped under itself; an empty value prints nothing.
func (r *renderer) field(label, value string) {
	if value == "" {
		return
	}
	const indent = 15
	lines := wrap(value, r.width-indent)
	fmt.Fprintf(r.out, "     %s %s\n", r.colour.dim(fmt.Sprintf("%-9s", label)), lines[0])
	for _, line := range lines[1:] {
		fmt.Fprintf(r.out, "%*s%s\n", indent, "", line)
	}
}

func wrap(s string, width int) []string {
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(s) {
		n := printed(word)
		if length > 0 && length+1+n > width {
			lines, line, length = append(lines, line), "", 0
		}
		if length > 0 {
			line += " "
			length++
		}
		line += word
		length += n
	}
	return append(lines, line)
}

// printed is the width of a word without its escape sequences.
func printed(s string) int {
	n := utf8.RuneCountInString(s)
	for {
		at := strings.IndexByte(s, '\x1b')
		if at < 0 {
			return n
		}
		end := strings.IndexByte(s[at:], 'm')
		if end < 0 {
			return n
		}
		n -= end + 1
		s = s[at+end+1:]
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *renderer) actors(v *view) {
	rows := [][]string{{"actor", "kind", "code", "sectors", "mentions", "notes"}}
	for i := range v.rec.Actors {
		a := &v.rec.Actors[i]
		var notes []string
		if a.Role != "" {
			notes = append(notes, a.Role)
		}
		if a.Anonymous {
			notes = append(notes, "anonymous")
		}
		if a.Inferred {
			notes = append(notes, "inferred from the register of offices")
		}
		if r.explain && a.Rule != "" {
			notes = append(notes, "by "+a.Rule)
		}
		rows = append(rows, []string{a.Name, a.Kind, cmp.Or(a.Code, a.Country), strings.Join(a.Sectors, " "), strconv.Itoa(a.Mentions), strings.Join(notes, ", ")})
	}
	r.table("Actors", rows)
}

func (r *renderer) figures(v *view) {
	rows := [][]string{{"figure", "kind", "in the text"}}
	for i := range v.rec.Amounts {
		a := &v.rec.Amounts[i]
		rows = append(rows, []string{amount(a), a.Kind, oneLine(v.text(a.Evidence))})
	}
	for i := range v.rec.Casualties {
		c := &v.rec.Casualties[i]
		rows = append(rows, []string{casualties(c), "casualties", oneLine(v.text(c.Evidence))})
	}
	r.table("Figures", rows)
}

// table prints rows in columns; the first row is the header. A table without rows is not printed.
func (r *renderer) table(title string, rows [][]string) {
	if len(rows) < 2 {
		return
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintln(r.out, r.colour.bold(title))
	for n, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		text := "  " + strings.TrimRight(line.String(), " ")
		if n == 0 {
			text = r.colour.dim(text)
		}
		fmt.Fprintln(r.out, text)
	}
	fmt.Fprintln(r.out)
}

func (r *renderer) run(rec *record.Record) {
	fmt.Fprintln(r.out, r.colour.bold("Run"))
	fmt.Fprintf(r.out, "  annals %s, record schema %d\n", rec.Run.Version, rec.Schema)
	var names []string
	for name := range rec.Run.Models {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(r.out, "  model %-10s sha256 %s\n", name, rec.Run.Models[name])
	}
	fmt.Fprintln(r.out)
}
