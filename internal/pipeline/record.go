package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"annals/internal/doc"
	"annals/record"
)

// context is how many code points of prefix and suffix a quotation selector keeps.
const context = 32

// Record turns a document into what annals says that the article says.
func (r *Reader) Record(d *doc.Doc) *record.Record {
	b := &builder{d: d, points: doc.NewPoints(d.Text)}
	b.out = &record.Record{
		Schema:  record.Schema,
		Run:     record.Run{Version: Version, Models: r.models},
		Article: b.article(),
	}
	b.actors()
	b.amounts()
	b.casualties()
	b.propositions()
	b.claims()
	b.codings()
	return b.out
}

type builder struct {
	d      *doc.Doc
	points *doc.Points
	out    *record.Record

	order       []int    // events in text order
	proposition []int    // event → index into out.Propositions
	place       []int    // toponym → index into out.Places, or -1
	publisher   string   // actor id
	claimOf     []string // event → claim id
}

func (b *builder) article() record.Article {
	d := b.d
	sum := sha256.Sum256([]byte(d.Text))
	title := d.Title
	if title == "" {
		title = d.Slice(d.Head.Title)
	}
	return record.Article{
		ID: record.ArticleID(d.Text), Name: d.ID, Title: title, Byline: d.Slice(d.Head.Byline), Publisher: d.Publisher, URL: d.URL,
		Place: d.Slice(d.Head.Place), Date: d.Date.String(), DateSource: d.DateSource, SignOff: d.Slice(d.Head.SignOff),
		SHA256: hex.EncodeToString(sum[:]), Text: d.Text,
	}
}

// actors keeps those that somebody mentions or that speak.
func (b *builder) actors() {
	d := b.d
	mentions := make([]int, len(d.Actors))
	for _, m := range d.Mentions {
		if m.Actor != doc.None {
			mentions[m.Actor]++
		}
	}
	speaks := make([]bool, len(d.Actors))
	for _, a := range d.Attributions {
		for _, actor := range a.Chain {
			speaks[actor] = true
		}
	}
	publisher := b.publisherActor()
	for i := range d.Actors {
		a := &d.Actors[i]
		if int32(i) == publisher {
			b.publisher = a.ID
		} else if mentions[i] == 0 && !speaks[i] {
			continue
		}
		b.out.Actors = append(b.out.Actors, record.Actor{
			ID: a.ID, Name: a.Name, Kind: a.Kind, Code: a.Code, Country: a.Country, Sectors: a.Sectors, Role: a.Role,
			Anonymous: a.Anonymous, Inferred: a.Inferred, Mentions: mentions[i], Rule: a.Rule,
		})
	}
	if publisher == doc.None {
		b.publisher = "publisher"
		b.out.Actors = append(b.out.Actors, record.Actor{ID: "publisher", Name: "the publisher", Kind: "outlet"})
	}
}

// publisherActor is the actor whose own voice the article is.
func (b *builder) publisherActor() int32 {
	for _, a := range b.d.Attributions {
		if len(a.Chain) > 0 {
			return a.Chain[len(a.Chain)-1]
		}
	}
	for i, a := range b.d.Actors {
		if a.Kind == "outlet" && (a.ID == "publisher" || b.d.Publisher != "" && a.Name == b.d.Publisher) {
			return int32(i)
		}
	}
	return doc.None
}

func (b *builder) amounts() {
	for i := range b.d.Quantities {
		q := &b.d.Quantities[i]
		a := record.Amount{
			Kind: q.Kind, Value: q.Value, Approx: q.Approx, Bound: q.Bound, Unit: q.Unit, Currency: q.Currency, Year: int(q.Year),
			Change: q.Change, Evidence: b.span(q.Span), Rule: q.Rule,
		}
		if q.Bounded {
			a.Low, a.High = finite(q.Low), finite(q.High)
		}
		if q.Of != doc.None {
			a.Of = b.d.Tokens[q.Of].Form
		}
		b.out.Amounts = append(b.out.Amounts, a)
	}
}

// finite is nil for an open bound.
func finite(f float64) *float64 {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	return &f
}

func (b *builder) casualties() {
	for i := range b.d.Casualties {
		c := &b.d.Casualties[i]
		k := record.Casualty{Effect: c.Effect, Number: c.Number, Low: c.Low, High: c.High, Approx: c.Approx, Scope: c.Scope, Evidence: b.span(c.Span), Rule: c.Rule}
		if c.SubsetOf != doc.None {
			whole := int(c.SubsetOf)
			k.SubsetOf = &whole
		}
		b.out.Casualties = append(b.out.Casualties, k)
	}
}

// propositions gives each event its proposition. Two events share one when a stage has linked them as the same
// happening, or when their content has the same identity: a denial and the allegation it answers meet here.
func (b *builder) propositions() {
	d := b.d
	b.order = make([]int, len(d.Events))
	for i := range b.order {
		b.order[i] = i
	}
	slices.SortStableFunc(b.order, func(i, j int) int { return cmp.Compare(d.Events[i].Anchor.Start, d.Events[j].Anchor.Start) })
	b.place = slices.Repeat([]int{-1}, len(d.Toponyms))
	b.proposition = make([]int, len(d.Events))
	var drafts []record.Proposition
	first := make(map[int32]int) // event that others retell → draft
	for _, i := range b.order {
		e := &d.Events[i]
		told := int32(i)
		for e2 := e; e2.SameAs != doc.None && e2.SameAs != told && d.Events[e2.SameAs].Type == e.Type; e2 = &d.Events[told] {
			told = e2.SameAs
		}
		at, ok := first[told]
		if !ok {
			at = len(drafts)
			drafts = append(drafts, record.Proposition{})
			first[told] = at
		}
		merge(&drafts[at], b.draft(e))
		b.proposition[i] = at
	}
	index := make(map[string]int)
	final := make([]int, len(drafts))
	for at := range drafts {
		p := &drafts[at]
		p.ID = b.identity(p)
		if same, ok := index[p.ID]; ok {
			merge(&b.out.Propositions[same], *p)
			final[at] = same
			continue
		}
		index[p.ID] = len(b.out.Propositions)
		final[at] = len(b.out.Propositions)
		b.out.Propositions = append(b.out.Propositions, *p)
	}
	for i := range b.proposition {
		b.proposition[i] = final[b.proposition[i]]
	}
}

func (b *builder) draft(e *doc.Event) record.Proposition {
	p := record.Proposition{
		Type: e.Type, Mode: e.Mode, Contexts: e.Contexts, CAMEO: e.CAMEO, Actors: b.parties(e.Actors), Recipients: b.parties(e.Recipients),
		Time: record.Time{Value: e.Time.Value, From: e.Time.Interval.From.String(), To: e.Time.Interval.To.String(), Source: e.Time.Source},
	}
	for i := range e.Items {
		p.Items = append(p.Items, b.item(&e.Items[i]))
	}
	for _, q := range e.Quantities {
		p.Amounts = append(p.Amounts, int(q))
	}
	for _, c := range e.Casualties {
		p.Casualties = append(p.Casualties, int(c))
	}
	if e.Toponym != doc.None {
		at := b.placeOf(e.Toponym)
		p.Place = &at
	}
	return p
}

func (b *builder) item(i *doc.Item) record.Item {
	item := record.Item{Text: b.d.Slice(i.Span), Category: i.Category}
	if i.Quantity != doc.None && int(i.Quantity) < len(b.d.Quantities) {
		item.Count = b.d.Quantities[i.Quantity].Value
	}
	return item
}

func (b *builder) parties(in []doc.Participant) []record.Party {
	var out []record.Party
	for _, p := range in {
		party := record.Party{Text: b.d.Slice(p.Span), Implied: p.Implied, Country: p.Country}
		if p.Actor != doc.None {
			party.Actor = b.d.Actors[p.Actor].ID
		}
		out = append(out, party)
	}
	return out
}

// placeOf enters a toponym into the record's places, each place once.
func (b *builder) placeOf(i int32) int {
	if b.place[i] >= 0 {
		return b.place[i]
	}
	t := &b.d.Toponyms[i]
	place := record.Place{Name: t.Name, GeonameID: t.GeonameID, Lat: t.Lat, Lon: t.Lon, Country: t.Country, Precision: t.Precision}
	at := slices.Index(b.out.Places, place)
	if at < 0 {
		at = len(b.out.Places)
		b.out.Places = append(b.out.Places, place)
	}
	b.place[i] = at
	return at
}

// merge adds what a later telling knows and the earlier one left open.
func merge(p *record.Proposition, q record.Proposition) {
	if p.Type == "" {
		*p = q
		return
	}
	if len(p.Actors) == 0 {
		p.Actors = q.Actors
	}
	if len(p.Recipients) == 0 {
		p.Recipients = q.Recipients
	}
	if len(p.Items) == 0 {
		p.Items = q.Items
	}
	if p.Mode == "" {
		p.Mode = q.Mode
	}
	if p.Place == nil {
		p.Place = q.Place
	}
	if p.Time.Source != "timex" && q.Time.Source == "timex" {
		p.Time = q.Time
	}
	p.Amounts = union(p.Amounts, q.Amounts)
	p.Casualties = union(p.Casualties, q.Casualties)
	p.Contexts = union(p.Contexts, q.Contexts)
}

func union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// identity is a proposition's name: what happened, between whom, where and when – without who says so.
func (b *builder) identity(p *record.Proposition) string {
	var key strings.Builder
	write := func(parts ...string) {
		for _, s := range parts {
			key.WriteString(s)
			key.WriteByte('\x1f')
		}
		key.WriteByte('\x1e')
	}
	write(p.Type, p.CAMEO)
	write(partyKeys(p.Actors)...)
	write(partyKeys(p.Recipients)...)
	var items []string
	for _, i := range p.Items {
		items = append(items, cmp.Or(i.Category, strings.ToLower(i.Text)))
	}
	slices.Sort(items)
	write(slices.Compact(items)...)
	if p.Place != nil {
		place := b.out.Places[*p.Place]
		write(place.Name, place.Country)
	}
	if p.Time.Source == "timex" {
		write(p.Time.From, p.Time.To)
	}
	sum := sha256.Sum256([]byte(key.String()))
	return "p" + hex.EncodeToString(sum[:8])
}

func partyKeys(parties []record.Party) []string {
	var keys []string
	for _, p := range parties {
		keys = append(keys, cmp.Or(p.Actor, "“"+strings.ToLower(p.Text)))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (b *builder) claims() {
	b.claimOf = make([]string, len(b.d.Events))
	for _, i := range b.order {
		claim := b.claim(i)
		b.claimOf[i] = claim.ID
		b.out.Claims = append(b.out.Claims, claim)
	}
}

func (b *builder) claim(i int) record.Claim {
	d, e := b.d, &b.d.Events[i]
	p := &b.out.Propositions[b.proposition[i]]
	c := record.Claim{
		Proposition: p.ID, Chain: []string{b.publisher}, Act: "report", Polarity: e.Polarity, Modality: e.Modality, Tense: e.Tense,
		Historical: e.Historical, Condition: d.Slice(e.Condition), Basis: d.Slice(e.Basis), Status: e.Status,
		Said: record.Time{Value: d.Date.String(), From: d.Date.String(), To: d.Date.String(), Source: "document"}, Reported: d.Date.String(),
		Sentence: b.span(d.Sentences[e.Sentence].Span), SentenceIndex: int(e.Sentence), Confidence: round(e.Confidence), Rule: e.Rule,
	}
	certainty := "CT"
	if e.Attribution != doc.None {
		a := &d.Attributions[e.Attribution]
		b.attribute(&c, a)
		certainty = strings.TrimRight(a.Value, "+-")
	}
	c.Value = value(certainty, e)
	c.Realised = e.Polarity == "positive" && e.Modality == "asserted"
	c.Evidence = b.evidence(e)
	if e.SameAs != doc.None {
		c.SameAs = b.claimOf[e.SameAs]
	}
	sum := sha256.Sum256([]byte(b.out.Article.ID + "\x1f" + p.ID + "\x1f" + strconv.Itoa(int(e.Anchor.Start)) + "\x1f" + strings.Join(c.Chain, "\x1f")))
	c.ID = "c" + hex.EncodeToString(sum[:8])
	return c
}

// codings are those of a user's dictionary, each with the claim on the same verb.
func (b *builder) codings() {
	for i := range b.d.Codings {
		k := &b.d.Codings[i]
		out := record.Coding{
			Source: b.coded(&k.Source), Code: k.Code, Target: b.coded(&k.Target), Negated: k.Negated, Issues: k.Issues,
			Anchor: b.span(k.Anchor), Rule: k.Rule,
		}
		if k.Event != doc.None {
			out.Claim = b.claimOf[k.Event]
		}
		b.out.Codings = append(b.out.Codings, out)
	}
}

func (b *builder) coded(p *doc.CodedParty) record.Coded {
	return record.Coded{Code: p.Code, Text: b.d.Slice(p.Span), Span: b.span(p.Span), Rule: p.Rule}
}

func (b *builder) attribute(c *record.Claim, a *doc.Attribution) {
	d := b.d
	c.Act, c.Speech, c.SpeechRule = a.Act, a.Mode, a.Rule
	c.Cue, c.Addressee, c.Medium = b.text(a.Cue), b.text(a.Addressee), b.text(a.Medium)
	if len(a.Chain) > 0 {
		c.Chain = c.Chain[:0]
		for _, actor := range a.Chain {
			c.Chain = append(c.Chain, d.Actors[actor].ID)
		}
	}
	c.Said = record.Time{To: d.Date.String(), Source: "document"}
	if a.Timex != doc.None {
		t := &d.Timexes[a.Timex]
		c.Said = record.Time{Value: t.Value, From: t.Interval.From.String(), To: t.Interval.To.String(), Source: "timex"}
	}
}

func (b *builder) text(spans []doc.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, b.d.Slice(s))
	}
	return strings.Join(parts, " … ")
}

// value is how the innermost source commits to the happening, on FactBank's scale (Saurí and Pustejovsky 2009).
func value(certainty string, e *doc.Event) string {
	switch e.Modality {
	case "asserted":
	case "possible":
		certainty = "PS"
	case "future", "scheduled":
		if certainty == "CT" {
			certainty = "PR"
		}
	default: // obligation, conditional, hypothetical: nobody says that it is so
		return "U"
	}
	if certainty == "" || certainty == "U" {
		return "U"
	}
	if e.Polarity == "negative" {
		return certainty + "-"
	}
	return certainty + "+"
}

func (b *builder) evidence(e *doc.Event) []record.Evidence {
	d := b.d
	var out []record.Evidence
	add := func(role string, spans ...doc.Span) {
		for _, s := range spans {
			if s.Len() > 0 {
				out = append(out, b.quote(role, s))
			}
		}
	}
	add("anchor", e.Anchor)
	for _, p := range e.Actors {
		add("actor", p.Span)
	}
	for _, p := range e.Recipients {
		add("recipient", p.Span)
	}
	for _, i := range e.Items {
		add("item", i.Span)
	}
	if e.Attribution != doc.None {
		a := &d.Attributions[e.Attribution]
		add("source", a.Source...)
		add("cue", a.Cue...)
	}
	if e.Time.Timex != doc.None {
		add("time", d.Timexes[e.Time.Timex].Span)
	}
	if e.Toponym != doc.None {
		add("place", d.Toponyms[e.Toponym].Span)
	}
	for _, q := range e.Quantities {
		add("amount", d.Quantities[q].Span)
	}
	for _, c := range e.Casualties {
		add("casualty", d.Casualties[c].Span)
	}
	add("condition", e.Condition)
	add("basis", e.Basis)
	return out
}

func (b *builder) quote(role string, s doc.Span) record.Evidence {
	start, end := b.points.Span(s)
	before := b.points.Byte(max(start-context, 0))
	after := b.points.Byte(end + context)
	return record.Evidence{
		Role: role, Start: start, End: end, Exact: b.d.Slice(s),
		Prefix: b.d.Text[before:s.Start], Suffix: b.d.Text[s.End:after],
	}
}

func (b *builder) span(s doc.Span) record.Span {
	start, end := b.points.Span(s)
	return record.Span{Start: start, End: end}
}

// round keeps three digits: more would be noise, and would differ between machines.
func round(f float32) float64 { return float64(int(f*1000+0.5)) / 1000 }
