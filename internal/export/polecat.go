package export

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"annals/internal/ledger"
)

// polecatColumns are those of the weekly files of POLECAT. The files have a header.
var polecatColumns = []string{"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
	"Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
	"Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
	"Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
	"Story People", "Story Organizations", "Story Locations", "Language", "Version"}

var quadNames = []string{"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

func openPOLECAT(t *tables, out []io.Writer) (sink, error) {
	file, err := newTabbed(out[0], polecatColumns, true)
	if err != nil {
		return sink{}, err
	}
	return sink{close: file.close, event: func(e *event, r *Report) error {
		read, reason := t.plover(e)
		if reason == "" && e.stance == Denied {
			reason = t.deny(e, &read)
		}
		if reason != "" {
			r.leave(reason, 1)
			return nil
		}
		r.Rows++
		return file.row(t.polecatCells(e, &read))
	}}, nil
}

// deny turns a denial into what a table without polarity can say: its speakers, or those who refuse, reject.
func (t *tables) deny(e *event, r *reading) (reason string) {
	if !refusal(e.first().Claim.Modality) {
		if r.actors = e.speakers(); len(r.actors) == 0 {
			return "denials without a speaker"
		}
		r.recipients = nil
	}
	r.typ, r.mode = "REJECT", ""
	r.quad, r.score = t.ontology.Quad(r.typ), t.ontology.Score(r.typ, r.mode)
	return ""
}

func (t *tables) polecatCells(e *event, r *reading) []string {
	first := e.first()
	at := e.placeOf(t)
	_, code := feature(at.class)
	geoname := ""
	if at.GeonameID != 0 {
		geoname = strconv.FormatInt(at.GeonameID, 10)
	}
	if !at.known() {
		code = ""
	}
	people, organisations, places := story(first)
	cells := slices.Concat(
		[]string{name("e", "polecat", e.key), e.day.String(), r.typ, r.mode, decimal(r.score), quadNames[r.quad], several(e.proposition().Contexts)},
		t.polecatSide(r.actors), t.polecatSide(r.recipients),
		[]string{at.Name, at.city, at.district, at.provinceName(), at.Country, at.lat(), at.lon(), geoname, evidence(first, "place"), code,
			first.Record.Article.Publisher, first.Record.Article.Date, several(people), several(organisations), several(places), "en", first.Record.Run.Version},
	)
	for i := range cells {
		if cells[i] == "" {
			cells[i] = "None"
		}
	}
	return cells
}

// several joins a list as POLECAT does; the sign between its members does not occur in them.
func several(list []string) string {
	clean := make([]string, 0, len(list))
	for _, s := range list {
		if s = strings.ReplaceAll(s, ";", ","); s != "" && !slices.Contains(clean, s) {
			clean = append(clean, s)
		}
	}
	return strings.Join(clean, "; ")
}

func (t *tables) polecatSide(list []side) []string {
	var names, countries, cow, primary, sectors, titles, raw []string
	for _, s := range list {
		names = append(names, s.name())
		raw = append(raw, s.text)
		countries = append(countries, s.country())
		cow = append(cow, t.countries[s.country()].cow)
		primary = append(primary, at(s.sectors(), 0))
		sectors = append(sectors, s.sectors()...)
		if s.actor != nil {
			titles = append(titles, s.actor.Role)
		}
	}
	return []string{several(names), several(countries), several(cow), several(primary), several(sectors), several(titles), several(raw), ""}
}

// evidence is the words that a claim gives for one of its parts.
func evidence(c *ledger.Chosen, role string) string {
	for _, e := range c.Claim.Evidence {
		if e.Role == role {
			return e.Exact
		}
	}
	return ""
}

// story lists who and what an article names.
func story(c *ledger.Chosen) (people, organisations, places []string) {
	for i := range c.Record.Actors {
		a := &c.Record.Actors[i]
		switch {
		case a.Anonymous || a.Mentions == 0:
		case a.Kind == "person":
			people = append(people, a.Name)
		case a.Kind == "organisation" || a.Kind == "igo" || a.Kind == "armed-group" || a.Kind == "outlet":
			organisations = append(organisations, a.Name)
		}
	}
	for i := range c.Record.Places {
		places = append(places, c.Record.Places[i].Name)
	}
	return people, organisations, places
}
