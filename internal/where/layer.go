package where

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// fallBack puts a name that the table does not know into the container that the text names, else to the place that
// is part of the name ("Manila Cathedral"); for what is left, most of the other places tell the country.
func (r *reading) fallBack() {
	for i := range r.hits {
		h := &r.hits[i]
		if h.within == gazetteer.None {
			if h.chosen == doc.None {
				r.fromPart(h)
			}
			continue
		}
		known := h.chosen != doc.None && (r.lies(&r.candidates[h.chosen].Place, h.within) || r.candidates[h.chosen].Class >= gazetteer.Country)
		if !known && h.source != fromLexicon {
			h.from = int32(len(r.candidates))
			r.candidates = append(r.candidates, gazetteer.Candidate{Place: r.stage.places.Place(h.within)})
			h.to = h.from + 1
			h.chosen, h.rule = h.from, "container"
		}
	}
}

// fromPart takes the place that stands in a longer name: the longest that is more than a village.
func (r *reading) fromPart(h *hit) {
	for size := h.last - h.first - 1; size > 0; size-- {
		for first := h.first; first+size <= h.last; first++ {
			if !capital(r.d.Tokens[first].Form) || r.commonWord(first, first+size) {
				continue
			}
			span := r.d.TokenSpan(first, first+size)
			if span.Len() > maxSpan {
				continue
			}
			for _, c := range r.lookUpSpan(span, first, first+size) {
				if c.Class.Area() || c.Population >= 100_000 {
					h.from = int32(len(r.candidates))
					r.candidates = append(r.candidates, c)
					h.to = h.from + 1
					h.chosen, h.rule = h.from, "part"
					return
				}
			}
		}
	}
}

// commonWord tells whether one of the tokens is a word that also stands in names of no place: "Central", "District".
func (r *reading) commonWord(first, last int32) bool {
	for t := first; t < last; t++ {
		if r.role(t)&^(roleInto|roleSpeak|roleGiven) != 0 {
			return true
		}
	}
	return false
}

// write makes the layer.
func (r *reading) write() []doc.Toponym {
	out := make([]doc.Toponym, 0, len(r.hits))
	home := r.homeCountry()
	for i := range r.hits {
		h := &r.hits[i]
		t := doc.Toponym{Span: h.span, First: h.first, Last: h.last, Mention: h.mention, Kind: h.kind, Rule: h.rule, Name: r.d.Slice(h.span)}
		if t.Kind == "" {
			t.Kind = "literal"
		}
		if h.chosen != doc.None {
			c := &r.candidates[h.chosen]
			t.Resolved, t.Lat, t.Lon, t.Country, t.Precision = true, c.Lat, c.Lon, c.Country, precision(c.Class)
			// Something called after a country is somewhere in it; its point would say more than we know.
			if h.rule == "part" && c.Class >= gazetteer.Country {
				t.Resolved, t.Lat, t.Lon, t.Precision = false, 0, 0, ""
			}
			if h.rule != "container" && h.rule != "part" {
				t.GeonameID = c.ID
				t.Name = r.stage.places.Name(c.Index)
			}
			if strings.HasPrefix(h.rule, "table") || h.rule == "name" {
				t.Rule = h.rule + reason(h)
			}
		} else if h.country != "" {
			t.Country = h.country
		} else if home != "" {
			t.Country, t.Rule = home, h.rule+"+context"
		}
		out = append(out, t)
	}
	return out
}

func reason(h *hit) string {
	if h.within != gazetteer.None {
		return "+container"
	}
	return ""
}

func precision(c gazetteer.Class) string {
	switch {
	case c == gazetteer.Site || c == gazetteer.Section:
		return "point"
	case c.Populated():
		return "city"
	case c == gazetteer.Admin1 || c == gazetteer.Admin2:
		return "province"
	case c == gazetteer.Country:
		return "country"
	}
	return "region"
}
