package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// phoenixColumns are those of the Phoenix pipeline (postprocess.py of the Open Event Data Alliance). The files have no
// header.
var phoenixColumns = []string{"EventID", "Date", "Year", "Month", "Day",
	"SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
	"EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"}

// phoenixRoles are the roles that may stand second in an actor; all others are attributes.
var phoenixRoles = []string{"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"}

func openPhoenix(t *tables, out []io.Writer) (sink, error) {
	return openPairs(t, out[0], pairFormat{
		columns: phoenixColumns, cells: t.phoenixCells,
		named: func(s side) bool { return s.code() != "" }, unnamed: "events without an actor code on both sides",
	})
}

func (t *tables) phoenixCells(e *event, code string, p *pair) []string {
	scale, _ := t.scale(code)
	day := digits(e.day.String())
	at := e.placeOf(t)
	var ids, urls, sources []string
	for i := range e.claims {
		a := &e.claims[i].Record.Article
		ids = append(ids, a.ID+"_"+strconv.Itoa(e.claims[i].Claim.SentenceIndex+1))
		if link := strings.ReplaceAll(citation(a), ";", ","); !slices.Contains(urls, link) {
			urls = append(urls, link)
		}
		if publisher := strings.ReplaceAll(a.Publisher, ";", ","); !slices.Contains(sources, publisher) {
			sources = append(sources, publisher)
		}
	}
	var issues []string
	for _, c := range e.proposition().Contexts {
		issues = append(issues, strings.ToUpper(c)+",1")
	}
	return slices.Concat(
		[]string{strconv.FormatInt(number("phoenix", e.key, p.key()), 10), day, day[:4], day[4:6], day[6:]},
		t.phoenixActor(p.actor), t.phoenixActor(p.recipient),
		[]string{code, root(code), t.quads[root(code)].phoenix, decimal(scale), strings.Join(issues, ";"), at.lat(), at.lon(), at.Name, at.provinceName(),
			at.Country, strings.Join(ids, ";"), strings.Join(urls, ";"), strings.Join(sources, ";")},
	)
}

// phoenixActor splits an actor code: country or organisation, role, the rest.
func (t *tables) phoenixActor(s side) []string {
	full := t.takeApart(s.code()).full
	rest := full
	entity, role := "", ""
	if len(rest) >= 3 && (t.countries[rest[:3]].name != "" || slices.Contains([]string{"IGO", "NGO", "IMG", "MNC"}, rest[:3])) {
		entity, rest = rest[:3], rest[3:]
	}
	if len(rest) >= 3 && slices.Contains(phoenixRoles, rest[:3]) {
		role, rest = rest[:3], rest[3:]
	}
	var attributes []string
	for ; len(rest) >= 3; rest = rest[3:] {
		attributes = append(attributes, rest[:3])
	}
	return []string{full, entity, role, strings.Join(attributes, ";")}
}
