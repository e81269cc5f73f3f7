package export

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"annals/internal/civil"
	"annals/internal/gazetteer"
	"annals/internal/ledger"
	"annals/record"
)

// The columns of GDELT 2.0 (Event codebook 2.0 of 2015-02-19; spelling as in GDELT's own tables). The files have no
// header.
var (
	gdeltEventColumns = slices.Concat(
		[]string{"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"},
		numbered("Actor1"), numbered("Actor2"),
		[]string{"IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"},
		placed("Actor1Geo_"), placed("Actor2Geo_"), placed("ActionGeo_"),
		[]string{"DATEADDED", "SOURCEURL"},
	)
	gdeltMentionColumns = []string{"GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
		"Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"}
)

func numbered(actor string) []string {
	var out []string
	for _, c := range []string{"Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"} {
		out = append(out, actor+c)
	}
	return out
}

func placed(prefix string) []string {
	var out []string
	for _, c := range []string{"Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"} {
		out = append(out, prefix+c)
	}
	return out
}

// gdelt writes events, mentions or both.
type gdelt struct {
	*tables
	events, mentions *tabbed
}

func openGDELT(t *tables, out []io.Writer) (sink, error) {
	if len(out) != 2 {
		return sink{}, fmt.Errorf("two files are needed, not %d", len(out))
	}
	return newGDELT(t, out[0], out[1])
}

func openGDELTEvents(t *tables, out []io.Writer) (sink, error) { return newGDELT(t, out[0], nil) }

func openGDELTMentions(t *tables, out []io.Writer) (sink, error) { return newGDELT(t, nil, out[0]) }

func newGDELT(t *tables, events, mentions io.Writer) (sink, error) {
	g := &gdelt{tables: t}
	var err error
	if events != nil {
		if g.events, err = newTabbed(events, gdeltEventColumns, false); err != nil {
			return sink{}, err
		}
	}
	if mentions != nil {
		if g.mentions, err = newTabbed(mentions, gdeltMentionColumns, false); err != nil {
			return sink{}, err
		}
	}
	return sink{event: g.event, close: g.close}, nil
}

func (g *gdelt) close() error {
	for _, t := range []*tabbed{g.events, g.mentions} {
		if t != nil {
			if err := t.close(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gdelt) event(e *event, r *Report) error {
	c, reason := g.cameo(e)
	if reason != "" {
		r.leave(reason, 1)
		return nil
	}
	for i := range c.pairs {
		p := &c.pairs[i]
		if p.actor.name() == "" && p.recipient.name() == "" {
			r.leave("events without anybody on either side", 1)
			continue
		}
		id := strconv.FormatInt(number("gdelt", e.key, p.key()), 10)
		if g.events != nil {
			if err := g.events.row(g.eventCells(e, id, c.code, p)); err != nil {
				return err
			}
			r.Rows++
		}
		if g.mentions == nil {
			continue
		}
		for j := range e.claims {
			if err := g.mentions.row(mentionCells(e, id, p, &e.claims[j])); err != nil {
				return err
			}
			if g.events == nil {
				r.Rows++
			}
		}
	}
	return nil
}

func (g *gdelt) eventCells(e *event, id, code string, p *pair) []string {
	d := e.day
	mentions, articles, publishers := e.reports()
	scale, _ := g.scale(code)
	return slices.Concat(
		[]string{id, digits(d.String()), digits(d.String())[:6], digits(d.String())[:4], fraction(d)},
		g.actorCells(p.actor), g.actorCells(p.recipient),
		[]string{bit(e.leads()), code, base(code), root(code), g.quads[root(code)].gdelt, decimal(scale),
			strconv.Itoa(mentions), strconv.Itoa(publishers), strconv.Itoa(articles), ""},
		g.geoCells(g.home(p.actor)), g.geoCells(g.home(p.recipient)), g.geoCells(e.placeOf(g.tables)),
		[]string{stamp(e.learned()), citation(&e.first().Record.Article)},
	)
}

func (g *gdelt) actorCells(s side) []string {
	c := g.takeApart(s.code())
	return []string{c.full, strings.ToUpper(s.name()), c.country, c.group, "", at(c.religions, 0), at(c.religions, 1), at(c.roles, 0), at(c.roles, 1), at(c.roles, 2)}
}

// home is the country of a state or its government: the one place that the name of such an actor gives away.
func (g *gdelt) home(s side) place {
	if s.actor == nil || s.actor.Kind != "state" && s.actor.Kind != "government" {
		return place{}
	}
	at := g.places.Country(s.actor.Country)
	if at == gazetteer.None {
		return place{}
	}
	p := g.places.Place(at)
	return place{Place: record.Place{Name: g.places.Name(at), GeonameID: p.ID, Lat: p.Lat, Lon: p.Lon, Country: p.Country, Precision: "country"}, class: p.Class}
}

// geoCells writes a place: type 1 country, 2 state and 3 town of the United States, 4 town and 5 division elsewhere, 0 none.
func (g *gdelt) geoCells(p place) []string {
	if !p.located() {
		return []string{"0", "", "", "", "", "", "", ""}
	}
	fips := g.countries[p.Country].fips
	if p.Country == "PSE" && strings.HasPrefix(p.province, "Gaza") {
		fips = "GZ"
	}
	american := p.Country == "USA"
	division := p.class == gazetteer.Admin1 || p.class == gazetteer.Admin2
	kind, feature, adm1 := "4", "", fips
	switch {
	case p.class == gazetteer.Country || p.class == gazetteer.Historical:
		kind, feature = "1", fips
	case american && division:
		kind = "2"
	case american:
		kind = "3"
	case division || p.class == gazetteer.Region:
		kind = "5"
	}
	state := p.province
	if p.class == gazetteer.Admin1 {
		state = p.Name
	}
	if letters := g.postal["US"+state]; american && letters != "" {
		adm1 = fips + letters
	}
	if kind == "2" || kind == "5" {
		feature = adm1
	}
	return []string{kind, g.fullName(p), fips, adm1, "", p.lat(), p.lon(), feature}
}

// fullName is "town, division, country", "division, country" or the country.
func (t *tables) fullName(p place) string {
	parts := []string{p.Name}
	for _, s := range []string{p.province, t.countries[p.Country].name} {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

func mentionCells(e *event, id string, p *pair, c *ledger.Chosen) []string {
	a := &c.Record.Article
	kind, source := "2", a.Publisher
	if u, err := url.Parse(a.URL); err == nil && u.Host != "" {
		kind, source = "1", strings.TrimPrefix(u.Hostname(), "www.")
	}
	confidence := min(max(int(c.Claim.Confidence*10+0.5), 1), 10) * 10 // GDELT's steps
	return []string{id, stamp(e.learned()), stamp(c.Learned), kind, source, citation(a), strconv.Itoa(c.Claim.SentenceIndex + 1),
		offset(c, "actor", p.actor), offset(c, "recipient", p.recipient), offset(c, "anchor", side{}), bit(!p.actor.implied && !p.recipient.implied),
		strconv.Itoa(confidence), strconv.Itoa(utf8.RuneCountInString(a.Text)), "", "", ""}
}

// offset is where the article names a part of a claim, in code points; -1 where it does not.
func offset(c *ledger.Chosen, role string, s side) string {
	first := -1
	for _, e := range c.Claim.Evidence {
		if e.Role != role {
			continue
		}
		if e.Exact == s.text {
			return strconv.Itoa(e.Start)
		}
		if first < 0 {
			first = e.Start
		}
	}
	if role != "anchor" && s.name() == "" {
		return "-1"
	}
	return strconv.Itoa(first)
}

// leads tells whether the first report has the event in its headline or its first paragraph.
func (e *event) leads() bool {
	c := e.first()
	before := codePoints(c.Record.Article.Text, record.Span{Start: 0, End: c.Claim.Sentence.Start})
	return strings.Count(strings.TrimRight(before, "\n"), "\n\n") == 0 && c.Claim.SentenceIndex < 3
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func digits(s string) string { return strings.ReplaceAll(s, "-", "") }

// fraction is the year with the part of it that is over, as GDELT's files count: thirty days a month.
func fraction(d civil.Date) string {
	return strconv.FormatFloat(float64(d.Year)+float64((int(d.Month)-1)*30+int(d.Day))/365, 'f', 4, 64)
}

// stamp is a moment as YYYYMMDDHHMMSS.
func stamp(moment string) string {
	t, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return ""
	}
	return t.UTC().Format("20060102150405")
}
