package where

import (
	"math"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// The features of a candidate.
const (
	populationFeature = iota // log10 of the population, by 10
	alternateFeature         // another spelling
	townFeature              // a town that is the seat of nothing
	sectionFeature
	seatFeature
	admin1SeatFeature
	capitalFeature
	admin2Feature
	admin1Feature
	countryFeature
	regionFeature    // continent, region, water, landform, historical
	insideFeature    // lies in the container that the text names right after
	outsideFeature   // does not, though some candidate does
	wantedFeature    // is what the word beside the name asks for
	unwantedFeature  // is not
	countryContext   // share of the other names that lie in its country
	admin1Context    // share of the other names that lie in its division
	admin2Context    // … in its county
	nearContext      // how near the nearest other name is: 1 at 0 km, 0 from 500 km on
	datelineContext  // lies in the dateline's country
	publisherContext // lies in the publisher's country
	namedCountry     // its country is named in the text
	namedAdmin1      // its division is named in the text
	firstFeature     // the most populous of its name
	HomonymFeature   // a town or county that bears the name of a country or of a large capital abroad
	exactFeature     // the only one of its name
	SeatedFeature    // a division whose seat, or country's capital, has the same name, and no word asks for a division
	featureCount
)

// FeatureNames are the names of the features in order, for the model file.
var FeatureNames = [featureCount]string{
	"population", "alternate", "town", "section", "seat", "admin1-seat", "capital", "admin2", "admin1", "country", "region",
	"inside", "outside", "wanted", "unwanted", "country-context", "admin1-context", "admin2-context", "near-context",
	"dateline-context", "publisher-context", "named-country", "named-admin1", "first", "homonym", "only", "seated",
}

// Weights are one weight a feature.
type Weights [featureCount]float64

// Rules are the weights that a person would give: population, containers first.
var Rules = Weights{
	populationFeature: 10, alternateFeature: -1.5, townFeature: 0, sectionFeature: -1, seatFeature: 0.3, admin1SeatFeature: 0.8, capitalFeature: 2.5,
	admin2Feature: -1.5, admin1Feature: 0.5, countryFeature: 3, regionFeature: 1.5,
	insideFeature: 6, outsideFeature: -4, wantedFeature: 3, unwantedFeature: -3,
	countryContext: 2.5, admin1Context: 4, admin2Context: 2, nearContext: 1.5, datelineContext: 1, publisherContext: 0.5,
	namedCountry: 1, namedAdmin1: 2, firstFeature: 0.3, HomonymFeature: -2, exactFeature: 0, SeatedFeature: -3,
}

func (r *reading) featuresOf(h *hit, j int32, context bool, f *[featureCount]float64) {
	c := &r.candidates[j]
	f[populationFeature] = math.Log10(float64(1+c.Population)) / 10
	if c.Alternate {
		f[alternateFeature] = 1
	}
	switch c.Class {
	case gazetteer.Section:
		f[sectionFeature] = 1
	case gazetteer.Seat:
		f[seatFeature] = 1
	case gazetteer.Admin1Seat:
		f[admin1SeatFeature] = 1
	case gazetteer.Capital:
		f[capitalFeature] = 1
	case gazetteer.Admin2:
		f[admin2Feature] = 1
	case gazetteer.Admin1:
		f[admin1Feature] = 1
	case gazetteer.Country:
		f[countryFeature] = 1
	case gazetteer.Continent, gazetteer.Region, gazetteer.Water, gazetteer.Landform, gazetteer.Historical:
		f[regionFeature] = 1
	default:
		f[townFeature] = 1
	}
	if h.within != gazetteer.None {
		if r.lies(&c.Place, h.within) {
			f[insideFeature] = 1
		} else {
			f[outsideFeature] = 1
		}
	}
	if h.wants != wantAny {
		if wanted(h.wants, c) {
			f[wantedFeature] = 1
		} else {
			f[unwantedFeature] = 1
		}
	}
	if j == h.from {
		f[firstFeature] = 1
	}
	if r.seated(h, j) {
		f[SeatedFeature] = 1
	}
	if h.within == gazetteer.None && c.Class <= gazetteer.Admin2 && c.Class != gazetteer.Capital {
		f[HomonymFeature] = r.overshadowed(h, c)
	}
	if h.to-h.from == 1 {
		f[exactFeature] = 1
	}
	if context {
		r.sharedContext(h, j, f)
	}
}

// seated tells whether candidate j is a division whose seat, or whose country's capital, bears the same name.
func (r *reading) seated(h *hit, j int32) bool {
	division := &r.candidates[j]
	if division.Class != gazetteer.Admin1 && division.Class != gazetteer.Admin2 || h.wants == wantDivision || h.wants == wantCounty {
		return false
	}
	for k := h.from; k < h.to; k++ {
		c := &r.candidates[k]
		if c.Alternate && !division.Alternate || c.Country != division.Country || !c.Class.Populated() {
			continue
		}
		if c.Class == gazetteer.Capital || c.Class >= gazetteer.Seat && (c.Admin1 == division.Index || c.Admin2 == division.Index) {
			return true
		}
	}
	return false
}

// overshadowed is how much a country or a large capital abroad of the same name stands in the way of a place.
func (r *reading) overshadowed(h *hit, than *gazetteer.Candidate) float64 {
	most := 0.0
	for j := h.from; j < h.to; j++ {
		switch c := &r.candidates[j]; {
		case c.Class == gazetteer.Country:
			return 1
		case c.Class == gazetteer.Capital && c.Population > 500_000 && c.Country != than.Country:
			most = 0.6
		}
	}
	return most
}

func wanted(w want, c *gazetteer.Candidate) bool {
	switch w {
	case wantDivision:
		return c.Class == gazetteer.Admin1 || c.Class == gazetteer.Admin2 || c.Class == gazetteer.Region
	case wantCounty:
		return c.Class == gazetteer.Admin2
	}
	return c.Class.Populated()
}

// contextFeatures are the first and last of the features that depend on the name and the place alone.
const (
	firstContext = countryContext
	lastContext  = namedAdmin1
)

// sharedContext computes the context features once for all hits of a name that have the same candidates.
func (r *reading) sharedContext(h *hit, j int32, f *[featureCount]float64) {
	first := &r.hits[r.byName[h.key][0]]
	same := first.from + j - h.from
	if first != h && same < first.to && r.candidates[same].Index == r.candidates[j].Index {
		copy(f[firstContext:lastContext+1], r.contexts[same][firstContext:lastContext+1])
		return
	}
	r.contextOf(h, &r.candidates[j], f)
	r.contexts[j] = *f
}

func (r *reading) contextOf(h *hit, c *gazetteer.Candidate, f *[featureCount]float64) {
	e := &r.context
	// What the name itself brought in is taken out.
	own, ownCountry, ownAdmin1, ownAdmin2 := 0.0, 0.0, 0.0, 0.0
	for _, i := range r.byName[h.key] {
		o := &r.hits[i]
		if o.chosen == doc.None {
			continue
		}
		p := &r.candidates[o.chosen]
		own++
		if p.Country == c.Country {
			ownCountry++
		}
		if p.Admin1 == c.Admin1 {
			ownAdmin1++
		}
		if p.Admin2 == c.Admin2 {
			ownAdmin2++
		}
	}
	if others := e.total - own; others > 0 {
		others += doubt
		if c.Country != "" {
			f[countryContext] = (e.countries[c.Country] - ownCountry) / others
		}
		if c.Admin1 != gazetteer.None && c.Class != gazetteer.Admin1 {
			f[admin1Context] = (e.divisions[c.Admin1] - ownAdmin1) / others
		}
		if c.Admin2 != gazetteer.None && c.Class != gazetteer.Admin2 {
			f[admin2Context] = (e.divisions[c.Admin2] - ownAdmin2) / others
		}
	}
	f[nearContext] = 1 - r.nearest(h.key, &c.Place)/trendRadius
	if c.Class != gazetteer.Country && c.Country != "" {
		if e.named[r.stage.places.Country(c.Country)] {
			f[namedCountry] = 1
		}
		if c.Class != gazetteer.Admin1 && c.Admin1 != gazetteer.None && e.named[c.Admin1] {
			f[namedAdmin1] = 1
		}
	}
	if r.home != "" && r.home == c.Country {
		f[publisherContext] = 1
	}
	for _, i := range r.datelines {
		if o := &r.hits[i]; o.chosen != doc.None && r.candidates[o.chosen].Country == c.Country && o.key != h.key {
			f[datelineContext] = 1
		}
	}
}

// trendRadius is the distance, in kilometres, from which on two places have nothing to do with each other.
const trendRadius = 500.0

// nearest is the distance to the nearest place of another name, trendRadius at most.
func (r *reading) nearest(key int32, c *gazetteer.Place) float64 {
	nearest := trendRadius
	for _, p := range r.context.points {
		if p.key != key && math.Abs(p.lat-c.Lat) < 5 && (math.Abs(p.lon-c.Lon) < 15 || math.Abs(p.lat) > 60) {
			nearest = min(nearest, gazetteer.Distance(p.lat, p.lon, c.Lat, c.Lon))
		}
	}
	return nearest
}
