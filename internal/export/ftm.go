package export

import (
	"crypto/sha1"
	"encoding/hex"
	"io"
	"strings"

	"annals/internal/ledger"
	"annals/record"
)

// entity is an entity of FollowTheMoney: who took part, the event, the article that tells of it.
type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	Datasets   []string            `json:"datasets"`
	FirstSeen  string              `json:"first_seen"`

	order []property // as written, for statements
}

type property struct{ name, kind, value string }

// dataset is the name under which all entities stand.
const dataset = "annals"

func newEntity(id, schema, seen string) *entity {
	return &entity{ID: id, Schema: schema, Properties: map[string][]string{}, Datasets: []string{dataset}, FirstSeen: seen}
}

// add gives a property a value, once; no value is no property.
func (e *entity) add(name, kind, value string) {
	if value = bare(value); value == "" {
		return
	}
	for _, known := range e.Properties[name] {
		if known == value {
			return
		}
	}
	e.Properties[name] = append(e.Properties[name], value)
	e.order = append(e.order, property{name, kind, value})
}

// ftm writes each entity once: it remembers the ids of actors and articles, nothing else of them.
type ftm struct {
	*tables
	seen  map[string]bool
	write func(*entity) error
}

func openFTM(t *tables, out []io.Writer) (sink, error) {
	l := newLines(out[0])
	f := &ftm{tables: t, seen: map[string]bool{}, write: func(e *entity) error { return l.write(e) }}
	return sink{event: f.event, close: l.close}, nil
}

// statementColumns are those of FollowTheMoney's statement files.
var statementColumns = []string{"canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external", "first_seen", "last_seen", "id"}

func openFTMStatements(t *tables, out []io.Writer) (sink, error) {
	q, err := newQuoted(out[0], statementColumns)
	if err != nil {
		return sink{}, err
	}
	f := &ftm{tables: t, seen: map[string]bool{}, write: func(e *entity) error {
		for _, p := range e.order {
			sum := sha1.Sum([]byte(dataset + "." + e.ID + "." + p.name + "." + p.value)) // FollowTheMoney's own key of a statement
			if err := q.row([]string{e.ID, e.ID, p.name, p.kind, e.Schema, p.value, dataset, "", "", "", "f", e.FirstSeen, e.FirstSeen, hex.EncodeToString(sum[:])}); err != nil {
				return err
			}
		}
		return nil
	}}
	return sink{event: f.event, close: func() error { q.out.Flush(); return q.out.Error() }}, nil
}

func (f *ftm) event(e *event, r *Report) error {
	if e.proposition().Type == "STATEMENT" {
		r.leave("plain statements", 1)
		return nil
	}
	out := f.eventEntity(e)
	first := e.first()
	for _, group := range []struct {
		prop  string
		sides []side
	}{{"organizer", e.actors()}, {"involved", e.recipients()}} {
		for _, s := range group.sides {
			schema := schemaOf(s.actor)
			if schema == "" {
				continue
			}
			actor := f.actorEntity(s.actor, schema, first.Learned)
			out.add(group.prop, "entity", actor.ID)
			if err := f.once(actor, r); err != nil {
				return err
			}
		}
	}
	for i := range e.claims {
		article := articleEntity(&e.claims[i])
		out.add("proof", "entity", article.ID)
		out.add("publisher", "string", e.claims[i].Record.Article.Publisher)
		out.add("sourceUrl", "url", e.claims[i].Record.Article.URL)
		if err := f.once(article, r); err != nil {
			return err
		}
	}
	r.Rows++
	return f.write(out)
}

func (f *ftm) once(e *entity, r *Report) error {
	if f.seen[e.ID] {
		return nil
	}
	f.seen[e.ID] = true
	r.Rows++
	return f.write(e)
}

func (f *ftm) eventEntity(e *event) *entity {
	p, first := e.proposition(), e.first()
	out := newEntity(dataset+"-"+name("e", "ftm", e.key), "Event", seconds(e.learned()))
	actors, recipients := sideNames(e.actors()), sideNames(e.recipients())
	title := p.Type + ": " + strings.Join(actors, ", ")
	if len(recipients) > 0 {
		title += " → " + strings.Join(recipients, ", ")
	}
	out.add("name", "name", title)
	switch { // one day is a date, more are a beginning and an end
	case p.Time.From != "" && p.Time.From == p.Time.To || p.Time.From == "" && p.Time.To == "":
		out.add("date", "date", e.day.String())
	default:
		out.add("startDate", "date", p.Time.From)
		out.add("endDate", "date", p.Time.To)
	}
	if at := e.placeOf(f.tables); at.known() {
		out.add("location", "address", f.fullName(at))
		out.add("country", "country", f.ftmCountry(at.Country))
	}
	out.add("summary", "text", sentence(first))
	for _, keyword := range append([]string{p.Type, p.Mode, p.CAMEO}, p.Contexts...) {
		out.add("keywords", "string", keyword)
	}
	if e.stance != Realised {
		out.add("keywords", "string", string(e.stance))
	}
	out.add("recordId", "string", first.Event())
	return out
}

// schemaOf is the schema of an actor, "" for one without a name of its own: a role or a crowd of one article is nobody
// in another.
func schemaOf(a *record.Actor) string {
	if a == nil || a.Anonymous {
		return ""
	}
	switch a.Kind {
	case "person":
		return "Person"
	case "state", "government":
		return "PublicBody"
	case "igo", "armed-group", "outlet":
		return "Organization"
	case "organisation":
		switch at(a.Sectors, 0) {
		case "BUS", "MNC":
			return "Company"
		case "GOV", "MIL", "COP", "JUD", "LEG", "SPY":
			return "PublicBody"
		}
		return "Organization"
	}
	return ""
}

// actorID is an id that FollowTheMoney takes: letters, digits, hyphens.
func actorID(id string) string {
	for i := range len(id) {
		if c := id[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' && i < len(id)-1) {
			return dataset + "-" + name("n", id)
		}
	}
	return dataset + "-" + id
}

func (f *ftm) actorEntity(a *record.Actor, schema, learned string) *entity {
	out := newEntity(actorID(a.ID), schema, seconds(learned))
	out.add("name", "name", a.Name)
	out.add("country", "country", f.ftmCountry(a.Country))
	if schema == "Person" {
		out.add("position", "string", a.Role)
	}
	return out
}

func articleEntity(c *ledger.Chosen) *entity {
	a := &c.Record.Article
	out := newEntity(dataset+"-"+a.ID, "Article", seconds(c.Learned))
	title := a.Title
	if title == "" {
		title = citation(a)
	}
	out.add("title", "string", title)
	out.add("publishedAt", "date", a.Date)
	out.add("publisher", "string", a.Publisher)
	out.add("sourceUrl", "url", a.URL)
	out.add("contentHash", "checksum", a.SHA256)
	return out
}

// ftmCountry is FollowTheMoney's code of a country: ISO 3166-1 alpha-2 in small letters, and eu.
func (t *tables) ftmCountry(iso3 string) string {
	if iso3 == "EUR" {
		return "eu"
	}
	return strings.ToLower(t.countries[iso3].iso2)
}

// seconds cuts a moment to FollowTheMoney's form.
func seconds(moment string) string {
	if len(moment) < len("2006-01-02T15:04:05") {
		return moment
	}
	return moment[:len("2006-01-02T15:04:05")]
}
