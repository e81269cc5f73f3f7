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

// resolve chooses a candidate for every hit.
func (r *reading) resolve() {
	r.group()
	r.containerPlaces()
	r.round(false)
	r.gather()
	r.round(true)
	r.gather()
	r.round(true)
	r.gather()
	r.dismissStrangers()
	r.fallBack()
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

// containerPlaces settles what the containers are, innermost last: a division or country by its own strongest reading.
func (r *reading) containerPlaces() {
	for i := len(r.hits) - 1; i >= 0; i-- {
		h := &r.hits[i]
		h.within = gazetteer.None
		if h.inside != doc.None {
			r.containerPlace(h)
		}
		if h.within == gazetteer.None && i+1 < len(r.hits) {
			r.shareContainer(h, &r.hits[i+1])
		}
	}
}

// containerPlace settles which place the container of a hit is: of its candidates the one that holds most of the hit's;
// the larger class decides between equals.
func (r *reading) containerPlace(h *hit) {
	in := &r.hits[h.inside]
	best, most := gazetteer.None, 0
	bestClass := gazetteer.Town
	for _, c := range r.candidates[in.from:in.to] {
		if !c.Class.Area() && !(c.Class.Populated() && c.Population > 50_000) {
			continue
		}
		if in.within != gazetteer.None && !r.lies(&c.Place, in.within) {
			continue
		}
		n := r.within(h, c.Index)
		if best == gazetteer.None || (n > 0) != (most > 0) && n > 0 || (n > 0) == (most > 0) && c.Class > bestClass {
			best, most, bestClass = c.Index, n, c.Class
		}
	}
	if best == gazetteer.None || most == 0 && (bestClass < gazetteer.Admin2 || bestClass > gazetteer.Country || r.isListed(h, in)) {
		h.inside = doc.None
		return
	}
	h.within = best
	if most > 0 || h.from == h.to {
		r.settle(in, best)
	}
}

// isListed tells whether two names with a comma between, none of whose places lies in the other, are only listed:
// "Damascus, Homs and Aleppo". That is so where the second is a town too, or the first a place that all know.
func (r *reading) isListed(h, in *hit) bool {
	for _, c := range r.candidates[in.from:in.to] {
		if h.from < h.to && c.Class.Populated() {
			return true
		}
	}
	for _, c := range r.candidates[h.from:h.to] {
		if c.Class == gazetteer.Capital || c.Class == gazetteer.Country || c.Population > 1_000_000 {
			return true
		}
	}
	return false
}

// within is how many candidates of a hit lie in a place.
func (r *reading) within(h *hit, place int32) int {
	n := 0
	for j := h.from; j < h.to; j++ {
		if r.lies(&r.candidates[j].Place, place) {
			n++
		}
	}
	return n
}

// shareContainer gives a name the container of the one that it is joined to: "Springfield and Peoria, Illinois". Names of
// countries and large capitals need none.
func (r *reading) shareContainer(h, next *hit) {
	if next.within == gazetteer.None || h.source == fromLexicon || h.span.End > next.span.Start || r.overshadowed(h, &gazetteer.Candidate{}) > 0 {
		return
	}
	switch strings.TrimSpace(r.d.Text[h.span.End:next.span.Start]) {
	case "and", "or", ",", ", and":
		if r.within(h, next.within) > 0 {
			h.within = next.within
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
