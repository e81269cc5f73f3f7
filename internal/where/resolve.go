package where

import (
	"math"
	"strings"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// Which places are meant is decided by a log-linear model over the features below, in two rounds: the first looks at
// each name alone, the second also at what the first made of the others (see Lieberman, Samet and Sankaranarayanan
// 2010; Leidner 2007 for the rules of one sense a document, containers and proximity).

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

// evidence is how often the names of a text lie in each country and division.
type evidence struct {
	countries map[string]float64
	divisions map[int32]float64
	named     map[int32]bool
	placed    map[int32]bool // places that points holds
	total     float64
	points    []located
}

type located struct {
	lat, lon float64
	key      int32
}

func (e *evidence) clear() {
	if e.countries == nil {
		e.countries, e.divisions, e.named = map[string]float64{}, map[int32]float64{}, map[int32]bool{}
		e.placed = map[int32]bool{}
	}
	clear(e.placed)
	clear(e.countries)
	clear(e.divisions)
	clear(e.named)
	e.total, e.points = 0, e.points[:0]
}

// resolve chooses a candidate for every hit.
func (r *reading) resolve() {
	r.group()
	r.containerPlaces()
	r.round(false)
	r.gather()
	r.round(true)
	r.gather()
	r.round(true)
	r.fallBack()
}

// containerPlaces settles what the containers are, innermost last: a division or country by its own strongest reading.
func (r *reading) containerPlaces() {
	for i := len(r.hits) - 1; i >= 0; i-- {
		h := &r.hits[i]
		h.within = gazetteer.None
		if h.inside == doc.None {
			continue
		}
		in := &r.hits[h.inside]
		// The container whose candidates hold most of this name's candidates; the larger class decides between equals.
		best, most := gazetteer.None, 0
		bestClass := gazetteer.Town
		for _, c := range r.candidates[in.from:in.to] {
			if !c.Class.Area() && !(c.Class.Populated() && c.Population > 50_000) {
				continue
			}
			if in.within != gazetteer.None && !r.lies(&c.Place, in.within) {
				continue
			}
			n := 0
			for j := h.from; j < h.to; j++ {
				if r.lies(&r.candidates[j].Place, c.Index) {
					n++
				}
			}
			if best == gazetteer.None || (n > 0) != (most > 0) && n > 0 || (n > 0) == (most > 0) && c.Class > bestClass {
				best, most, bestClass = c.Index, n, c.Class
			}
		}
		if best != gazetteer.None && (most > 0 || bestClass == gazetteer.Admin1 || bestClass == gazetteer.Country || bestClass == gazetteer.Admin2) {
			h.within = best
			if most > 0 || h.from == h.to {
				r.settle(in, best)
			}
		} else {
			h.inside = doc.None
		}
	}
}

// settle makes a place the only reading of a hit.
func (r *reading) settle(h *hit, place int32) {
	for j := h.from; j < h.to; j++ {
		if r.candidates[j].Index == place {
			r.candidates[h.from], r.candidates[j] = r.candidates[j], r.candidates[h.from]
			h.to = h.from + 1
			return
		}
	}
}

// lies tells whether p lies in the place.
func (r *reading) lies(p *gazetteer.Place, in int32) bool {
	if p.Index == in {
		return false
	}
	if p.Admin1 == in || p.Admin2 == in {
		return true
	}
	container := r.stage.places.Place(in)
	switch {
	case container.Class == gazetteer.Country:
		return p.Country == container.Country && p.Class < gazetteer.Country
	case container.Class.Populated():
		return (p.Class == gazetteer.Section || p.Class == gazetteer.Site) && p.Country == container.Country && gazetteer.Distance(p.Lat, p.Lon, container.Lat, container.Lon) < 40
	}
	return false
}

// round scores all candidates and lets the hits of one name choose together.
func (r *reading) round(context bool) {
	r.score = append(r.score[:0], make([]float64, len(r.candidates))...)
	r.contexts = append(r.contexts[:0], make([]Weights, len(r.candidates))...)
	for i := range r.hits {
		h := &r.hits[i]
		for j := h.from; j < h.to; j++ {
			var f [featureCount]float64
			r.featuresOf(h, j, context, &f)
			for k, x := range f {
				r.score[j] += r.stage.model.Choice[k] * x
			}
		}
	}
	for i := range r.hits {
		r.choose(&r.hits[i])
	}
}

// choose takes the candidate with the best score, counting what the other hits of the name know by containers.
func (r *reading) choose(h *hit) {
	h.chosen = doc.None
	best := math.Inf(-1)
	for j := h.from; j < h.to; j++ {
		s := r.score[j]
		if h.within == gazetteer.None {
			s += r.shared(h, r.candidates[j].Index)
		}
		if s > best {
			best, h.chosen = s, j
		}
	}
}

// shared is how much better a place does under the other hits of the same name that have a container.
func (r *reading) shared(h *hit, place int32) float64 {
	for _, i := range r.byName[h.key] {
		other := &r.hits[i]
		if other.within == gazetteer.None || other == h {
			continue
		}
		for j := other.from; j < other.to; j++ {
			if r.candidates[j].Index == place && r.lies(&r.candidates[j].Place, other.within) {
				return 5
			}
		}
	}
	return 0
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

// doubt is how many names that lie nowhere are thought to be in every text: two places make no trend.
const doubt = 2

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
	nearest := 500.0
	for _, p := range e.points {
		if p.key != h.key && math.Abs(p.lat-c.Lat) < 5 && (math.Abs(p.lon-c.Lon) < 15 || math.Abs(p.lat) > 60) {
			nearest = min(nearest, gazetteer.Distance(p.lat, p.lon, c.Lat, c.Lon))
		}
	}
	f[nearContext] = 1 - nearest/500
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

// gather counts where the chosen places lie.
func (r *reading) gather() {
	e := &r.context
	e.clear()
	for i := range r.hits {
		h := &r.hits[i]
		if h.chosen == doc.None {
			continue
		}
		p := &r.candidates[h.chosen]
		e.total++
		if p.Country != "" {
			e.countries[p.Country]++
		}
		if p.Class == gazetteer.Country || p.Class == gazetteer.Admin1 {
			e.named[p.Index] = true
		}
		if p.Admin1 != gazetteer.None {
			e.divisions[p.Admin1]++
		}
		if p.Admin2 != gazetteer.None {
			e.divisions[p.Admin2]++
		}
		if (p.Class <= gazetteer.Admin2 || p.Class == gazetteer.Site) && !e.placed[p.Index] {
			e.placed[p.Index] = true
			e.points = append(e.points, located{p.Lat, p.Lon, h.key})
		}
	}
}

// group lists the hits of each name, and those of the dateline.
func (r *reading) group() {
	r.byName, r.datelines = append(r.byName[:0], make([][]int32, len(r.senses))...), r.datelines[:0]
	for i := range r.hits {
		h := &r.hits[i]
		r.byName[h.key] = append(r.byName[h.key], int32(i))
		if h.source == fromDateline {
			r.datelines = append(r.datelines, int32(i))
		}
	}
}

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

// homeCountry is the country in which most of the places of the text lie, a third of them at least, or "".
func (r *reading) homeCountry() string {
	best, most := "", r.context.total/3
	for country, n := range r.context.countries {
		if n > most || n == most && best != "" && country < best {
			best, most = country, n
		}
	}
	return best
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
