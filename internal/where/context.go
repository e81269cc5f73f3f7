package where

import (
	"annals/internal/doc"
	"annals/internal/gazetteer"
)

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

// doubt is how many names that lie nowhere are thought to be in every text: two places make no trend.
const doubt = 2

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

// A stranger is a small place that bears the name in a country of which nothing else in the text speaks: a town of
// Burkina Faso in a story from South Sudan. What is meant then is mostly a village that the table lacks. Of the names of
// LGL, GeoVirus and GeoWebNews that met the conditions below, 2 in 26 meant the stranger.
const (
	strangerPeople = 150_000 // a place with more may be named anywhere
	homeNames      = 3       // so many other names make a story's country known
)

// dismissStrangers takes their places from names that only a stranger bears, and leaves them the country that the story
// or the sentence speaks of; a place of the name in that country takes the stranger's part.
func (r *reading) dismissStrangers() {
	for _, list := range r.byName {
		if !r.isStranger(list) {
			continue
		}
		country := r.storyCountry(list)
		if country == "" {
			country = r.sentenceCountry(list)
		}
		if country == "" {
			continue
		}
		for _, i := range list {
			h := &r.hits[i]
			h.chosen, h.country, h.rule = r.bestIn(h, country), country, h.rule+"+context"
		}
	}
}

// isStranger tells whether all hits of a name chose one small place, far from all others and alone in its country.
func (r *reading) isStranger(list []int32) bool {
	if len(list) == 0 {
		return false
	}
	first := &r.hits[list[0]]
	if first.chosen == doc.None {
		return false
	}
	place := &r.candidates[first.chosen]
	if place.Class > gazetteer.Admin1 || place.Class == gazetteer.Capital || place.Population >= strangerPeople || place.Country == r.home {
		return false
	}
	for _, i := range list {
		h := &r.hits[i]
		if h.within != gazetteer.None || h.source == fromLexicon || h.source == fromDateline || h.chosen == doc.None || r.candidates[h.chosen].Index != place.Index {
			return false
		}
	}
	return r.context.countries[place.Country] == float64(len(list)) && r.nearest(first.key, &place.Place) >= trendRadius
}

// storyCountry is the country of half of the other names at least, where there are enough of them and no other country
// has as many.
func (r *reading) storyCountry(list []int32) string {
	own := r.candidates[r.hits[list[0]].chosen].Country
	others := r.context.total - float64(len(list))
	if others < homeNames {
		return ""
	}
	best, most, tie := "", 0.0, false
	for country, n := range r.context.countries {
		switch {
		case country == own || n < most:
		case n == most:
			tie = true
		default:
			best, most, tie = country, n, false
		}
	}
	if tie || 2*most < others {
		return ""
	}
	return best
}

// sentenceCountry is the one country in which all literal places beside a name lie; where the story was filed says little.
func (r *reading) sentenceCountry(list []int32) string {
	country := ""
	for _, i := range list {
		h := &r.hits[i]
		sentence := r.d.Tokens[h.first].Sentence
		for k := range r.hits {
			other := &r.hits[k]
			if other.key == h.key || other.chosen == doc.None || other.kind != "literal" || other.source == fromDateline || r.d.Tokens[other.first].Sentence != sentence {
				continue
			}
			switch c := r.candidates[other.chosen].Country; {
			case c == "" || c == country:
			case country == "":
				country = c
			default:
				return ""
			}
		}
	}
	return country
}

// bestIn is the candidate of a hit with the best score in a country, or None.
func (r *reading) bestIn(h *hit, country string) int32 {
	best := doc.None
	for j := h.from; j < h.to; j++ {
		if r.candidates[j].Country == country && (best == doc.None || r.score[j] > r.score[best]) {
			best = j
		}
	}
	return best
}
