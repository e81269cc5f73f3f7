package export

import (
	"strconv"
	"strings"

	"annals/internal/gazetteer"
	"annals/internal/ledger"
	"annals/record"
)

// place is where an event happened, with what the gazetteer knows of it; the zero place is nowhere.
type place struct {
	record.Place
	class    gazetteer.Class
	city     string
	district string
	province string
}

func (p *place) known() bool { return p.Name != "" }

// located tells whether the place has a point: a place that the gazetteer could not find has a name alone.
func (p *place) located() bool { return p.known() && p.Located() }

// lat and lon are written as they are in the record; "" without a point.
func (p *place) lat() string { return p.degrees(p.Lat) }

func (p *place) lon() string { return p.degrees(p.Lon) }

func (p *place) degrees(f float64) string {
	if !p.located() {
		return ""
	}
	return decimal(f)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// placeOf is the place of a claim's happening.
func (t *tables) placeOf(c *ledger.Chosen) place {
	at := c.Proposition.Place
	if at == nil || *at < 0 || *at >= len(c.Record.Places) {
		return place{}
	}
	return t.place(c.Record.Places[*at])
}

// placeOf is the first place that a claim on the event gives, one with a point before one without.
func (e *event) placeOf(t *tables) place {
	var named place
	for i := range e.claims {
		p := t.placeOf(&e.claims[i])
		if p.located() {
			return p
		}
		if !named.known() {
			named = p
		}
	}
	return named
}

func (t *tables) place(r record.Place) place {
	p := place{Place: r, class: classOf(r.Precision)}
	var space [16]gazetteer.Candidate
	for _, c := range t.places.Find(space[:0], r.Name) {
		if c.ID != r.GeonameID || c.Country != r.Country || r.GeonameID == 0 {
			continue
		}
		p.class = c.Class
		if c.Admin1 != gazetteer.None {
			p.province = t.places.Name(c.Admin1)
		}
		if c.Admin2 != gazetteer.None {
			p.district = t.places.Name(c.Admin2)
		}
		break
	}
	if p.class.Populated() || p.class == gazetteer.Site {
		p.city = r.Name
	}
	return p
}

// classOf is what the record itself says of a place that the gazetteer does not know.
func classOf(precision string) gazetteer.Class {
	switch precision {
	case "country":
		return gazetteer.Country
	case "province":
		return gazetteer.Admin1
	case "region":
		return gazetteer.Region
	case "point":
		return gazetteer.Site
	}
	return gazetteer.Town
}

// feature is the class and code of GeoNames for a class of places.
func feature(c gazetteer.Class) (class, code string) {
	switch c {
	case gazetteer.Town, gazetteer.Seat:
		return "P", "PPL"
	case gazetteer.Section:
		return "P", "PPLX"
	case gazetteer.Admin1Seat:
		return "P", "PPLA"
	case gazetteer.Capital:
		return "P", "PPLC"
	case gazetteer.Admin2:
		return "A", "ADM2"
	case gazetteer.Admin1:
		return "A", "ADM1"
	case gazetteer.Country, gazetteer.Historical:
		return "A", "PCLI"
	case gazetteer.Water:
		return "H", "H"
	case gazetteer.Landform:
		return "T", "T"
	case gazetteer.Site:
		return "S", "S"
	}
	return "L", "RGN"
}

// provinceName is the first-level division that a place lies in or is.
func (p *place) provinceName() string {
	if p.class.Populated() || p.province != "" {
		return p.province
	}
	if strings.HasPrefix(p.Precision, "province") {
		return p.Name
	}
	return ""
}
