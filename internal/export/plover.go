package export

import (
	"io"
	"slices"
	"strings"

	"annals/internal/ledger"
)

// reading is an event in the terms of PLOVER.
type reading struct {
	typ, mode  string
	auxiliary  []string // historical, future, hypothetical, negation
	actors     []side
	recipients []side
	score      float64
	quad       int
}

// plover reads an event in PLOVER's terms, or tells why it cannot. What is only planned is the category that PLOVER
// has for the plan, where it has one: help to come is AGREE.
func (t *tables) plover(e *event) (r reading, reason string) {
	p := e.proposition()
	r = reading{typ: p.Type, mode: p.Mode, actors: e.actors(), recipients: e.recipients()}
	if e.first().Claim.Historical {
		r.auxiliary = append(r.auxiliary, "historical")
	}
	switch e.stance {
	case Planned:
		if r.typ, _ = t.planned(p.Type, p.CAMEO); r.typ != p.Type {
			r.mode = ""
		} else if p.Type != "AGREE" && p.Type != "CONCEDE" {
			r.auxiliary = append(r.auxiliary, "future")
		}
	case Possible, Demanded, Conditional:
		r.auxiliary = append(r.auxiliary, "hypothetical")
	case Denied:
		r.auxiliary = append(r.auxiliary, "negation")
	}
	if r.quad = t.ontology.Quad(r.typ); r.quad == 0 {
		return r, "statements, which PLOVER does not code"
	}
	r.score = t.ontology.Score(r.typ, r.mode)
	return r, ""
}

// ploverEvent is a record of PLOVER (draft manual 2.0, chapter on JSON fields).
type ploverEvent struct {
	ID         string          `json:"id"`
	Date       string          `json:"date"`
	EndDate    string          `json:"enddate,omitempty"`
	Actor      []ploverActor   `json:"actor"`
	Recipient  []ploverActor   `json:"recipient"`
	Event      []string        `json:"event"`
	Mode       []string        `json:"mode"`
	Context    []string        `json:"context"`
	Place      *ploverLocation `json:"event_loc,omitempty"`
	Text       []string        `json:"event_text"`
	Quad       int             `json:"quad_code"`
	Scale      float64         `json:"event_scale"`
	Link       string          `json:"link"`
	TextInfo   ploverText      `json:"text_info"`
	Size       *ploverSize     `json:"size,omitempty"`
	Cite       []ploverCite    `json:"cite_info"`
	Coder      string          `json:"coder"`
	CodedDate  string          `json:"coded_date"`
	Confidence float64         `json:"confidence"`
}

type ploverActor struct {
	Code   string `json:"code,omitempty"`
	Sector string `json:"sector,omitempty"`
	Text   string `json:"actor_text,omitempty"`
	ID     string `json:"identifier_id,omitempty"`
	Name   string `json:"identifier_text,omitempty"`
	Office string `json:"office,omitempty"`
}

// ploverLocation has the keys of GeoNames, as the manual asks.
type ploverLocation struct {
	ID           int64    `json:"geonameid,omitempty"`
	Name         string   `json:"name"`
	Latitude     *float64 `json:"latitude"`
	Longitude    *float64 `json:"longitude"`
	FeatureClass string   `json:"feature class"`
	FeatureCode  string   `json:"feature code"`
	Country      string   `json:"country code,omitempty"`
	CC3          string   `json:"cc3,omitempty"`
}

type ploverText struct {
	Sequence int `json:"sequence"`
	Start    int `json:"start"`
	End      int `json:"end"`
}

type ploverSize struct {
	Dead     *int64 `json:"dead,omitempty"`
	Injured  *int64 `json:"injured,omitempty"`
	Arrested *int64 `json:"arrested,omitempty"`
}

type ploverCite struct {
	Citation    string `json:"citation"`
	URL         string `json:"url,omitempty"`
	Title       string `json:"title,omitempty"`
	Language    string `json:"language"`
	Publication string `json:"publication,omitempty"`
	Date        string `json:"date,omitempty"`
}

func openPLOVER(t *tables, out []io.Writer) (sink, error) {
	l := newLines(out[0])
	return sink{close: l.close, event: func(e *event, r *Report) error {
		read, reason := t.plover(e)
		if reason != "" {
			r.leave(reason, 1)
			return nil
		}
		r.Rows++
		return l.write(t.ploverEvent(e, &read))
	}}, nil
}

func (t *tables) ploverEvent(e *event, r *reading) *ploverEvent {
	first := e.first()
	out := &ploverEvent{
		ID: name("e", "plover", e.key), Date: e.day.String(), Actor: ploverActors(r.actors), Recipient: ploverActors(r.recipients), Event: []string{r.typ},
		Mode: []string{}, Context: append([]string{}, e.proposition().Contexts...), Place: t.ploverPlace(e), Text: []string{}, Quad: r.quad, Scale: r.score,
		Link: first.Event(), TextInfo: ploverText{first.Claim.SentenceIndex + 1, first.Claim.Sentence.Start, first.Claim.Sentence.End}, Size: e.size(),
		Coder: "annals " + first.Record.Run.Version, CodedDate: first.Learned[:min(10, len(first.Learned))], Confidence: first.Claim.Confidence,
	}
	if when := e.proposition().Time; when.From == out.Date && when.To != out.Date {
		out.EndDate = when.To
	}
	if r.mode != "" {
		out.Mode = append(out.Mode, r.mode)
	}
	out.Mode = append(out.Mode, r.auxiliary...)
	for i := range e.claims {
		out.Text = append(out.Text, evidence(&e.claims[i], "anchor"))
		if cite := cite(&e.claims[i]); !slices.Contains(out.Cite, cite) {
			out.Cite = append(out.Cite, cite)
		}
	}
	return out
}

func cite(c *ledger.Chosen) ploverCite {
	a := &c.Record.Article
	return ploverCite{Citation: citation(a), URL: a.URL, Title: a.Title, Language: "en", Publication: a.Publisher, Date: a.Date}
}

func ploverActors(list []side) []ploverActor {
	out := make([]ploverActor, 0, len(list))
	for _, s := range list {
		a := ploverActor{Code: s.country(), Sector: strings.Join(firstTwo(s.sectors()), ""), Text: s.text}
		if s.actor != nil {
			a.ID, a.Name, a.Office = s.actor.ID, s.actor.Name, s.actor.Role
		}
		out = append(out, a)
	}
	return out
}

// firstTwo: PLOVER has a primary sector and at most one more.
func firstTwo(list []string) []string { return list[:min(2, len(list))] }

func (t *tables) ploverPlace(e *event) *ploverLocation {
	p := e.placeOf(t)
	if !p.known() {
		return nil
	}
	out := &ploverLocation{ID: p.GeonameID, Name: p.Name, Country: t.countries[p.Country].iso2, CC3: p.Country}
	out.FeatureClass, out.FeatureCode = feature(p.class)
	if p.located() {
		out.Latitude, out.Longitude = &p.Lat, &p.Lon
	}
	return out
}

func (e *event) size() *ploverSize {
	s := &ploverSize{Dead: bound(e.toll("DEATH")), Injured: bound(e.toll("INJURY")), Arrested: bound(e.toll("DETAINED"))}
	if *s == (ploverSize{}) {
		return nil
	}
	return s
}
