package where

import (
	"fmt"
	"math"

	"annals/internal/doc"
	"annals/internal/model"
)

// Model is what is learnt: how signs make a name a place, and how features make a candidate the place that is meant.
type Model struct {
	Place     Signs   // weights of logistic regression
	Threshold float64 // least probability of a place
	Choice    Weights // of the log-linear model over candidates
}

// openModel opens the shipped model.
func openModel() (Model, error) {
	f, err := model.Embedded("places")
	if err != nil {
		return Model{}, err
	}
	var stored struct {
		Place, Choice map[string]float64
		Threshold     float64
	}
	if err := f.JSON("weights", &stored); err != nil {
		return Model{}, err
	}
	m := Model{Threshold: stored.Threshold}
	for i, name := range SignNames {
		w, ok := stored.Place[name]
		if !ok {
			return m, fmt.Errorf("opening the model places: it has no weight for the sign %q; run go run ./train places", name)
		}
		m.Place[i] = w
	}
	for i, name := range FeatureNames {
		w, ok := stored.Choice[name]
		if !ok {
			return m, fmt.Errorf("opening the model places: it has no weight for the feature %q; run go run ./train places", name)
		}
		m.Choice[i] = w
	}
	return m, nil
}

// Add writes the model as the section that New reads.
func (m *Model) Add(b *model.Builder) error {
	stored := struct {
		Place, Choice map[string]float64
		Threshold     float64
	}{map[string]float64{}, map[string]float64{}, m.Threshold}
	for i, name := range SignNames {
		stored.Place[name] = math.Round(m.Place[i]*1e4) / 1e4
	}
	for i, name := range FeatureNames {
		stored.Choice[name] = math.Round(m.Choice[i]*1e4) / 1e4
	}
	return b.AddJSON("weights", stored)
}

// Probability is how likely a hit with the signs is a place.
func (m *Model) Probability(signs *Signs) float64 {
	sum := 0.0
	for i, x := range signs {
		sum += m.Place[i] * x
	}
	return 1 / (1 + math.Exp(-sum))
}

func (m *Model) accepts(signs *Signs) bool { return m.Probability(signs) >= m.Threshold }

// Candidate is a name with its signs: an example for the trainer.
type Candidate struct {
	Span  doc.Span
	Signs Signs
}

// Candidates are the names that the stage would judge.
func (s *Stage) Candidates(d *doc.Doc) []Candidate {
	r := s.pool.Get().(*reading)
	defer s.pool.Put(r)
	r.begin(d)
	r.find()
	r.prepare()
	var out []Candidate
	for i := range r.hits {
		if r.hits[i].source != fromLexicon {
			out = append(out, Candidate{r.hits[i].span, r.signs[i]})
		}
	}
	return out
}

// Choice is a name with the places it may mean: an example for the trainer.
type Choice struct {
	Span     doc.Span
	Places   []doc.Toponym // Lat, Lon, Country, GeonameID
	Features []Weights
}

// Choices are the features with which the stage would choose the places of the spans.
func (s *Stage) Choices(d *doc.Doc, spans []doc.Span) []Choice {
	r := s.pool.Get().(*reading)
	defer s.pool.Put(r)
	r.begin(d)
	r.find()
	r.judge()
	r.addGiven(spans)
	r.group()
	r.containerPlaces()
	r.round(false)
	r.gather()
	r.round(true)
	r.gather()
	var out []Choice
	for i := range r.hits {
		h := &r.hits[i]
		if !h.given {
			continue
		}
		c := Choice{Span: h.span}
		for j := h.from; j < h.to; j++ {
			var f [featureCount]float64
			r.featuresOf(h, j, true, &f)
			p := &r.candidates[j]
			c.Places = append(c.Places, doc.Toponym{Lat: p.Lat, Lon: p.Lon, Country: p.Country, GeonameID: p.ID})
			c.Features = append(c.Features, f)
		}
		out = append(out, c)
	}
	return out
}
