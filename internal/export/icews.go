package export

import (
	"io"
	"strconv"
	"strings"
)

// icewsColumns are those of the yearly files of ICEWS with the CAMEO code. The files have a header.
var icewsColumns = []string{"Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
	"Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude"}

func openICEWS(t *tables, out []io.Writer) (sink, error) {
	return openPairs(t, out[0], pairFormat{
		columns: icewsColumns, header: true, cells: t.icewsCells,
		named: func(s side) bool { return s.name() != "" }, unnamed: "events without a name on both sides",
	})
}

func (t *tables) icewsCells(e *event, code string, p *pair) []string {
	scale, _ := t.scale(code)
	known, _ := t.ontology.CAMEO(code)
	first := e.first()
	at := e.placeOf(t)
	return []string{
		strconv.FormatInt(number("icews", e.key, p.key()), 10), e.day.String(),
		p.actor.name(), strings.Join(t.sectorNames(p.actor.sectors()), ","), t.countries[p.actor.country()].name,
		known.Name, code, decimal(scale),
		p.recipient.name(), strings.Join(t.sectorNames(p.recipient.sectors()), ","), t.countries[p.recipient.country()].name,
		first.Record.Article.ID, strconv.Itoa(first.Claim.SentenceIndex + 1), first.Record.Article.Publisher,
		at.city, at.district, at.provinceName(), t.countries[at.Country].name, at.lat(), at.lon(),
	}
}
