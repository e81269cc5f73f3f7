// Package actor tells who the mentions of an article refer to.
//
// In: tokens, arcs and mentions, the date and the publisher. Out: Doc.Actors, each once (states, governments, persons
// in office on that day, bodies, armed groups, outlets, roles such as "a Russian official", collective actors), and for
// each mention the actor it names and whether a place name stands for its government. What the tables and the text do
// not tell stays open: an actor without country or sector keeps its text. It follows no pronouns, finds no mentions,
// and never expands a collective actor to states.
package actor

import (
	"sync"

	"annals/data"
	"annals/internal/doc"
	"annals/internal/lexicon"
)

// Stage resolves mentions against the lexicon.
type Stage struct {
	lexicon *lexicon.Lexicon
	gender  map[string]string // of titles: "Mrs" → "f"
	media   map[string]bool   // nouns that say what an outlet is
	pool    *sync.Pool
}

// New makes the stage over a lexicon.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	s := &Stage{lexicon: lex, gender: map[string]string{}}
	s.pool = &sync.Pool{New: func() any { return &reading{stage: s, byID: map[string]int32{}} }}
	titles, err := data.Read("gender_titles")
	if err != nil {
		return nil, err
	}
	for _, row := range titles.Rows {
		s.gender[row[0]] = row[1]
	}
	if s.media, err = lexicon.MediumNouns(lexicon.AfterName); err != nil {
		return nil, err
	}
	return s, nil
}

// Name of the stage.
func (s *Stage) Name() string { return "actor" }

// Reads tells the layers it needs.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerHeadline | doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerMentions
}

// Writes tells the layer it makes.
func (s *Stage) Writes() doc.Layer { return doc.LayerActors }

// Annotate resolves the mentions of d.
func (s *Stage) Annotate(d *doc.Doc) error {
	r := s.pool.Get().(*reading)
	defer s.pool.Put(r)
	r.start(d)
	r.publisher()
	r.introduce()
	r.survey()
	for i := range d.Mentions {
		r.resolve(int32(i))
	}
	r.d = nil
	d.Done |= doc.LayerActors
	return nil
}

// reading is the scratch of one document.
type reading struct {
	stage *Stage
	lex   *lexicon.Lexicon
	d     *doc.Doc
	hits  []lexicon.Hit
	alone []lexicon.Hit    // of one mention
	cut   []lexicon.Hit    // of part of one
	hit   []int32          // per token: the hit that covers it, or None
	named []int32          // persons of the lexicon whom the document names in full or by title and family name
	byID  map[string]int32 // actors
	seen  map[string]int   // countries that the document names, with how often
	roles []roleSeen       // roles whose country the text gives
	names []personName     // persons unknown to the lexicon
}

// personName is a person of this document by the last word of the name.
type personName struct {
	last  string
	actor int32
}

// roleSeen is a role with its noun and country, as the document gave it.
type roleSeen struct{ role, noun, country string }

// start indexes the names of the lexicon in d.
func (r *reading) start(d *doc.Doc) {
	r.d, r.lex = d, r.stage.lexicon
	r.hits, r.named, r.roles, r.names = r.hits[:0], r.named[:0], r.roles[:0], r.names[:0]
	clear(r.byID)
	if r.seen == nil {
		r.seen = map[string]int{}
	}
	clear(r.seen)
	d.Actors = nil
	for i := range d.Mentions {
		d.Mentions[i].Actor, d.Mentions[i].Metonym = doc.None, false
	}
	r.hit = r.hit[:0]
	for range d.Tokens {
		r.hit = append(r.hit, doc.None)
	}
	for _, s := range d.Sentences {
		from := len(r.hits)
		r.hits = r.lex.Match(d, s.First, s.Last, r.hits)
		for i := from; i < len(r.hits); i++ {
			for t := r.hits[i].First; t < r.hits[i].Last; t++ {
				r.hit[t] = int32(i)
			}
			if c := r.countryOf(&r.hits[i]); c != "" && s.Kind != doc.InDateline && !r.d.Head.Dateline.Contains(d.Tokens[r.hits[i].First].Span) {
				r.seen[c]++
			}
		}
	}
}

// hitAt is the name of the lexicon that covers a token, or nil.
func (r *reading) hitAt(t int32) *lexicon.Hit {
	if t < 0 || int(t) >= len(r.hit) || r.hit[t] == doc.None {
		return nil
	}
	return &r.hits[r.hit[t]]
}

// find is the first reading of a kind, or nil.
func find(h *lexicon.Hit, kinds ...lexicon.Kind) *lexicon.Reading {
	if h == nil {
		return nil
	}
	for _, k := range kinds {
		for i := range h.Readings {
			if h.Readings[i].Kind == k && !h.Readings[i].Surname {
				return &h.Readings[i]
			}
		}
	}
	return nil
}

// publisher makes sure that whoever published the article is an actor: every chain of sources ends there.
func (r *reading) publisher() {
	name := r.d.Publisher
	if name == "" {
		name = r.d.Head.AgencyName
	}
	if name == "" {
		r.add(doc.Actor{ID: "publisher", Name: "the publisher", Kind: "outlet", Rule: "publisher"})
		return
	}
	for _, reading := range r.lex.Lookup(name) {
		if reading.Kind == lexicon.OrganisationName {
			r.organisation(reading.Index)
			return
		}
	}
	r.add(doc.Actor{ID: lexicon.Slug(name), Name: name, Kind: "outlet", Sectors: []string{"JRN"}, Rule: "publisher"})
}

// introduce finds the persons whom the document names in full, or by a title that fits a family name on that day.
func (r *reading) introduce() {
	for i := range r.hits {
		h := &r.hits[i]
		for j := range h.Readings {
			if x := &h.Readings[j]; x.Kind == lexicon.PersonName && !x.Surname {
				r.named = append(r.named, x.Index)
			}
		}
	}
	for i := range r.hits {
		if p, ok := r.titled(&r.hits[i]); ok {
			r.named = append(r.named, p)
		}
	}
}
