package standoff

import (
	"math"
	"strings"

	"annals/internal/doc"
)

// Encode takes the chosen layers (see Keys) that have been read into d.
func Encode(d *doc.Doc, identity Identity, layers []string) *Document {
	e := encoder{d: d, points: doc.NewPoints(d.Text)}
	out := &Document{DocID: d.ID, Date: d.Date.String(), DateSource: d.DateSource, Annals: identity}
	for _, name := range layers {
		e.layer(out, name)
	}
	return out
}

type encoder struct {
	d      *doc.Doc
	points *doc.Points
}

func (e *encoder) layer(out *Document, name string) {
	done := e.d.Done
	switch name {
	case "sentences":
		if done&doc.LayerSentences != 0 {
			out.Sentences = pointer(each(e.d.Sentences, func(s *doc.Sentence) [2]int { return e.span(s.Span) }))
		}
	case "tokens":
		if done&doc.LayerTokens != 0 {
			out.Tokens = pointer(each(e.d.Tokens, e.token))
		}
	case "entities":
		if done&doc.LayerMentions != 0 {
			out.Entities = pointer(e.entities())
		}
	case "actors":
		if done&doc.LayerActors != 0 {
			out.Actors = pointer(each(e.d.Actors, e.actor))
		}
	case "clusters":
		if done&doc.LayerChains != 0 {
			out.Clusters = pointer(e.clusters())
		}
	case "attributions":
		if done&doc.LayerAttributions != 0 {
			out.Attributions = pointer(each(e.d.Attributions, e.attribution))
		}
	case "timexes":
		if done&doc.LayerTimexes != 0 {
			out.Timexes = pointer(each(e.d.Timexes, e.timex))
		}
	case "toponyms":
		if done&doc.LayerToponyms != 0 {
			out.Toponyms = pointer(each(e.d.Toponyms, e.toponym))
		}
	case "quantities":
		if done&doc.LayerQuantities != 0 {
			out.Quantities = pointer(each(e.d.Quantities, e.quantity))
		}
	case "casualties":
		if done&doc.LayerQuantities != 0 {
			out.Casualties = pointer(each(e.d.Casualties, e.casualty))
		}
	case "events":
		if done&doc.LayerEvents != 0 {
			out.Events = pointer(each(e.d.Events, e.event))
		}
	case "codings":
		if done&doc.LayerCodings != 0 {
			out.Codings = pointer(each(e.d.Codings, e.coding))
		}
	}
}

func each[T, U any](in []T, f func(*T) U) []U {
	out := make([]U, len(in))
	for i := range in {
		out[i] = f(&in[i])
	}
	return out
}

func pointer[T any](v T) *T { return &v }

func (e *encoder) span(s doc.Span) [2]int {
	start, end := e.points.Span(s)
	return [2]int{start, end}
}

func (e *encoder) spans(in []doc.Span) [][2]int {
	return each(in, func(s *doc.Span) [2]int { return e.span(*s) })
}

// optional is nil for an empty span.
func (e *encoder) optional(s doc.Span) *[2]int {
	if s.Len() == 0 {
		return nil
	}
	return pointer(e.span(s))
}

func (e *encoder) token(t *doc.Token) token {
	s := e.span(t.Span)
	return token{s[0], s[1], t.Form, t.Lemma, t.UPOS, t.XPOS, t.Feats, t.Head, t.Deprel}
}

// entities are the mentions that have a type; pronouns and untyped nominals live in clusters alone.
func (e *encoder) entities() []entity {
	out := []entity{}
	for i := range e.d.Mentions {
		m := &e.d.Mentions[i]
		if m.Type == "" || m.Kind == doc.PronounMention {
			continue
		}
		s, phrase := e.span(m.Span), e.span(m.Span)
		if m.Phrase.Len() > 0 {
			phrase = e.span(m.Phrase)
		}
		kind := "name"
		if m.Kind == doc.NominalMention {
			kind = "nominal"
		}
		out = append(out, entity{s[0], s[1], m.Type, e.actorID(m.Actor), kind, phrase})
	}
	return out
}

func (e *encoder) actorID(i int32) *string {
	if i == doc.None {
		return nil
	}
	return &e.d.Actors[i].ID
}

func (e *encoder) actor(a *doc.Actor) actor {
	return actor{a.ID, a.Name, a.Kind, a.Code, a.Country, list(a.Sectors), a.Role, a.Anonymous, a.Inferred, a.Rule}
}

func (e *encoder) clusters() [][][2]int {
	out := [][][2]int{}
	for _, chain := range e.d.Chains {
		if len(chain.Mentions) < 2 {
			continue
		}
		out = append(out, each(chain.Mentions, func(m *int32) [2]int { return e.span(e.d.Mentions[*m].Span) }))
	}
	return out
}

func (e *encoder) attribution(a *doc.Attribution) attribution {
	chain := make([]string, 0, len(a.Chain))
	for _, actor := range a.Chain {
		chain = append(chain, e.d.Actors[actor].ID)
	}
	return attribution{
		Source: e.spans(a.Source), Cue: e.spans(a.Cue), Content: e.spans(a.Content), Mode: a.Mode, Act: a.Act,
		Speaker: e.actorID(a.Speaker), Chain: chain, Addressee: e.spans(a.Addressee), Medium: e.spans(a.Medium), Value: a.Value,
		Confidence: round(a.Confidence), Outer: index(a.Outer), Timex: index(a.Timex), Rule: a.Rule,
	}
}

func (e *encoder) timex(t *doc.Timex) timex {
	s := e.span(t.Span)
	return timex{s[0], s[1], t.Type, t.Value, t.Mod, t.Interval.From.String(), t.Interval.To.String(), t.Grain, t.Anchor, t.Rule}
}

func (e *encoder) toponym(t *doc.Toponym) toponym {
	s := e.span(t.Span)
	out := toponym{Start: s[0], End: s[1], Name: t.Name, Country: t.Country, Kind: t.Kind, Precision: t.Precision, Rule: t.Rule}
	out.Lat, out.Lon, out.GeonameID = point(t)
	return out
}

func point(t *doc.Toponym) (lat, lon *float64, id *int64) {
	if !t.Resolved {
		return nil, nil, nil
	}
	if t.GeonameID != 0 {
		id = &t.GeonameID
	}
	return &t.Lat, &t.Lon, id
}

func (e *encoder) quantity(q *doc.Quantity) quantity {
	s := e.span(q.Span)
	out := quantity{Start: s[0], End: s[1], Kind: q.Kind, Value: number(q), Approx: q.Approx, Bound: q.Bound, Unit: q.Unit,
		NormalizedUnit: q.NormalizedUnit, Change: q.Change, Year: q.Year, Rule: q.Rule}
	if q.Currency != "" {
		out.NormalizedUnit = q.Currency
	}
	if q.Bounded {
		out.Low, out.High = finite(q.Low), finite(q.High)
	}
	return out
}

// number is the canonical value; of a range both ends, with a decimal point each, as the corpora of quantities write
// them ("20.0-30.0").
func number(q *doc.Quantity) string {
	low, high, isRange := strings.Cut(q.Value, "-")
	if !isRange || low == "" || q.Bound != "range" {
		return q.Value
	}
	return decimal(low) + "-" + decimal(high)
}

func decimal(n string) string {
	if strings.Contains(n, ".") {
		return n
	}
	return n + ".0"
}

// finite is nil for an open bound.
func finite(f float64) *float64 {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	return &f
}

func (e *encoder) casualty(c *doc.Casualty) casualty {
	s := e.span(c.Span)
	return casualty{Start: s[0], End: s[1], Effect: c.Effect, Number: known(c.Number), Low: known(c.Low), High: known(c.High), Approx: c.Approx,
		Scope: c.Scope, SubsetOf: index(c.SubsetOf), Rule: c.Rule}
}

// known is nil for -1.
func known(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func (e *encoder) parties(in []doc.Participant) []party {
	return each(in, func(p *doc.Participant) party {
		s := e.span(p.Span)
		out := party{Start: s[0], End: s[1], Text: e.d.Slice(p.Span), ID: e.actorID(p.Actor), Sectors: []string{}, Implied: p.Implied}
		if p.Actor != doc.None {
			a := &e.d.Actors[p.Actor]
			out.Code, out.Country, out.Sectors = a.Code, a.Country, list(a.Sectors)
		}
		if out.Country == "" && p.Country != "" {
			out.Country, out.Context = p.Country, true
		}
		return out
	})
}

func (e *encoder) event(v *doc.Event) event {
	out := event{
		Anchor: e.span(v.Anchor), Span: e.span(v.Span), Type: v.Type, Mode: v.Mode, Contexts: list(v.Contexts), CAMEO: v.CAMEO,
		Actors: e.parties(v.Actors), Recipients: e.parties(v.Recipients), Polarity: v.Polarity, Modality: v.Modality, Tense: v.Tense,
		Historical: v.Historical, Quantities: list(v.Quantities), Casualties: list(v.Casualties), Attribution: index(v.Attribution),
		Condition: e.optional(v.Condition), Basis: e.optional(v.Basis), Status: v.Status, SameAs: index(v.SameAs),
		Confidence: round(v.Confidence), Rule: v.Rule,
	}
	if v.Time.Value != "" || v.Time.Timex != doc.None {
		out.Time = &eventTime{v.Time.Value, v.Time.Interval.From.String(), v.Time.Interval.To.String(), index(v.Time.Timex), v.Time.Source}
	}
	if v.Toponym != doc.None {
		t := &e.d.Toponyms[v.Toponym]
		place := &eventPlace{Toponym: v.Toponym, Name: t.Name, Country: t.Country, FromSource: v.PlaceFrom}
		place.Lat, place.Lon, place.GeonameID = point(t)
		out.Place = place
	}
	out.Items = each(v.Items, func(i *doc.Item) item {
		s := e.span(i.Span)
		return item{s[0], s[1], e.d.Slice(i.Span), i.Category}
	})
	if v.Attribution != doc.None {
		out.Speaker = e.actorID(e.d.Attributions[v.Attribution].Speaker)
	}
	return out
}

func (e *encoder) coding(k *doc.Coding) coding {
	return coding{
		Anchor: e.span(k.Anchor), Sentence: k.Sentence, Source: e.side(&k.Source), Code: k.Code, Target: e.side(&k.Target),
		Negated: k.Negated, Issues: k.Issues, Event: index(k.Event), Rule: k.Rule,
	}
}

func (e *encoder) side(p *doc.CodedParty) side {
	s := e.span(p.Span)
	return side{s[0], s[1], e.d.Slice(p.Span), p.Code, p.Rule}
}

// round keeps three digits: more would be noise, and would differ between machines.
func round(f float32) float64 { return math.Round(float64(f)*1000) / 1000 }
