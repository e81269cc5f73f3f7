package where

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
)

// A name has at most so many tokens and bytes.
const (
	longest = 8
	maxSpan = 64
)

// hit is a name in the text that may be a place.
type hit struct {
	first, last int32 // tokens [first, last)
	from, to    int32 // candidates: reading.candidates[from:to]
	key         int32 // the sense of all hits of one name
	source      source
	kind        string
	rule        string
	mention     int32
	within      int32 // container: a place, or None
	inside      int32 // hit that is its container, or None
	wants       want
	chosen      int32  // index into candidates, or None
	country     string // of a name without a place, where its sentence or the story tells
	span        doc.Span
	given       bool
}

type source uint8

const (
	fromNames    source = iota // a mention of type LOC or FAC
	fromTable                  // capitalised words that the gazetteer knows
	fromLexicon                // an adjective or a people
	fromDateline               // the place of the dateline
	fromOutside                // given by the caller
)

// want is what the words beside a name ask of the place.
type want uint8

const (
	wantAny want = iota
	wantDivision
	wantCounty
	wantTown
)

// reading is the scratch of one document.
type reading struct {
	stage      *Stage
	d          *doc.Doc
	hits       []hit
	candidates []gazetteer.Candidate
	score      []float64 // of candidates
	contexts   []Weights // features of candidates, where the context has been looked at
	lexHits    []lexicon.Hit
	cover      []int32 // token → mention that covers it, or None
	taken      []bool  // token → part of a hit
	loud       []bool  // sentence → has no lower-case letter
	senses     map[string]int32
	surnames   map[string]bool
	context    evidence
	starts     map[int32]int32 // token → hit that starts there
	signs      []Signs         // of the hits, before they are judged
	places     map[int32]int   // sense → how often a preposition of place stands before it
	counts     map[int32]int   // sense → how often it occurs
	byName     [][]int32       // sense → its hits
	datelines  []int32         // hits of the dateline
	home       string          // country of the publisher, "" for agencies that write for the world
	buffer     [96]byte
}

func (r *reading) begin(d *doc.Doc) {
	r.d = d
	r.home = r.publisherCountry()
	r.hits, r.candidates = r.hits[:0], r.candidates[:0]
	clear(r.senses)
	r.surnames = nil
	r.cover = append(r.cover[:0], make([]int32, len(d.Tokens))...)
	r.taken = append(r.taken[:0], make([]bool, len(d.Tokens))...)
	for i := range r.cover {
		r.cover[i] = doc.None
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Kind != doc.NameMention {
			continue
		}
		for t := m.First; t < m.Last; t++ {
			r.cover[t] = int32(i)
		}
	}
	r.loud = r.loud[:0]
	for _, s := range d.Sentences {
		loud := true
		for _, c := range d.Slice(s.Span) {
			if unicode.IsLower(c) {
				loud = false
				break
			}
		}
		r.loud = append(r.loud, loud)
	}
}

// publisherCountry is where a newspaper appears; an agency's seat says nothing about its stories.
func (r *reading) publisherCountry() string {
	if r.d.Publisher == "" || r.d.Publisher == r.d.Head.AgencyName {
		return ""
	}
	for _, reading := range r.stage.lex.Lookup(r.d.Publisher) {
		if reading.Kind == lexicon.OrganisationName {
			if o := &r.stage.lex.Organisations[reading.Index]; o.Kind == "outlet" && len(o.Country) == 3 {
				return o.Country
			}
		}
	}
	return ""
}

// find collects the names: sentence by sentence, longest first.
func (r *reading) find() {
	for i := range r.d.Sentences {
		s := &r.d.Sentences[i]
		if s.Kind == doc.InByline || s.Kind == doc.InSignOff {
			continue
		}
		r.adjectives(s)
		r.named(s)
		r.matched(s)
	}
	r.sort()
}

// adjectives takes countries' adjectives and peoples from the lexicon.
func (r *reading) adjectives(s *doc.Sentence) {
	r.lexHits = r.stage.lex.Match(r.d, s.First, s.Last, r.lexHits[:0])
	for _, h := range r.lexHits {
		if !capital(r.d.Tokens[h.First].Form) || r.covered(h.First, "PER") {
			continue
		}
		for _, reading := range h.Readings {
			kind := ""
			switch reading.Kind {
			case lexicon.CountryAdjective:
				kind = "modifier"
			case lexicon.CountryPerson, lexicon.CountryPeople:
				kind = "demonym"
			case lexicon.CountryName, lexicon.CapitalName:
				kind = "place"
			case lexicon.RegionName:
				kind = "region"
			}
			if kind == "place" {
				break
			}
			if kind == "" {
				continue
			}
			if reading.Kind == lexicon.RegionName {
				r.regionAdjective(h, &r.stage.lex.Regions[reading.Index])
				break
			}
			if tag := r.d.Tokens[h.Last-1].UPOS; kind == "modifier" && (tag == "NOUN" || tag == "PROPN") && !r.isDependent(h.Last-1) {
				kind = "demonym"
			}
			country := &r.stage.lex.Countries[reading.Index]
			place := r.stage.places.Country(country.ISO3)
			if place == gazetteer.None {
				continue
			}
			r.add(hit{first: h.First, last: h.Last, source: fromLexicon, kind: kind, rule: "adjective:" + country.ISO3, mention: r.cover[h.First], within: doc.None, inside: doc.None, chosen: doc.None},
				[]gazetteer.Candidate{{Place: r.stage.places.Place(place)}})
			break
		}
	}
}

// regionAdjective takes "European", "African".
func (r *reading) regionAdjective(h lexicon.Hit, region *lexicon.Region) {
	text := r.d.Slice(r.d.TokenSpan(h.First, h.Last))
	if region.Adjective == "" || !strings.EqualFold(strings.TrimSuffix(text, "s"), region.Adjective) {
		return
	}
	kind := "modifier"
	if tag := r.d.Tokens[h.Last-1].UPOS; (tag == "NOUN" || tag == "PROPN") && !r.isDependent(h.Last-1) {
		kind = "demonym"
	}
	if found := r.stage.places.Find(nil, region.Name); len(found) > 0 {
		r.add(hit{first: h.First, last: h.Last, source: fromLexicon, kind: kind, rule: "adjective:" + region.ID, mention: r.cover[h.First], within: doc.None, inside: doc.None, chosen: doc.None}, found[:1])
	}
}

// isDependent tells whether token i modifies a noun after it.
func (r *reading) isDependent(i int32) bool {
	t := &r.d.Tokens[i]
	return t.Head > i && (r.d.IsRelation(i, "compound") || r.d.IsRelation(i, "amod") || r.d.IsRelation(i, "nmod") || r.d.IsRelation(i, "flat"))
}

// named takes the mentions that are places. One that runs over a comma ("Cairo, Illinois") is several names.
func (r *reading) named(s *doc.Sentence) {
	d := r.d
	for t := s.First; t < s.Last; t++ {
		m := r.cover[t]
		if m == doc.None || d.Mentions[m].First != t {
			continue
		}
		mention := &d.Mentions[m]
		if mention.Type != "LOC" && mention.Type != "FAC" {
			continue
		}
		for first := mention.First; first < mention.Last; {
			last := first
			for last < mention.Last && d.Tokens[last].Form != "," {
				last++
			}
			r.namedPart(m, first, last)
			first = last + 1
		}
	}
}

// namedPart takes one name of mention m.
func (r *reading) namedPart(m, first, last int32) {
	d := r.d
	for first < last-1 && strings.EqualFold(d.Tokens[first].Form, "the") {
		first++
	}
	if first >= last || r.anyTaken(first, last) {
		return
	}
	if found := r.lookUp(first, last); len(found) > 0 || d.Mentions[m].Type == "LOC" && capital(d.Tokens[first].Form) {
		r.add(hit{first: first, last: last, source: fromNames, mention: m, within: doc.None, inside: doc.None, chosen: doc.None, rule: "name"}, found)
	}
}

// lookUp finds a name in the gazetteer, without a type word at its end ("Homs province") or a compass word at its
// beginning ("northern Lebanon") where the whole is not known.
func (r *reading) lookUp(first, last int32) []gazetteer.Candidate {
	text := r.d.Slice(r.d.TokenSpan(first, last))
	if place, ok := r.stage.words.states[text]; ok {
		return []gazetteer.Candidate{{Place: r.stage.places.Place(place)}}
	}
	found := r.stage.places.Find(nil, text)
	if len(found) == 0 && last-first > 1 {
		if r.role(last-1)&(roleDivision|roleTown|roleCounty) != 0 {
			found = r.stage.places.Find(nil, r.d.Slice(r.d.TokenSpan(first, last-1)))
		} else if strings.HasSuffix(strings.ToLower(r.d.Tokens[first].Form), "ern") {
			found = r.stage.places.Find(nil, r.d.Slice(r.d.TokenSpan(first+1, last)))
		}
	}
	return found
}

// matched takes capitalised words that the gazetteer knows, longest first.
func (r *reading) matched(s *doc.Sentence) {
	d := r.d
	for t := s.First; t < s.Last; {
		if r.taken[t] || !r.mayStart(t) {
			t++
			continue
		}
		end := r.limit(t, s.Last)
		n := int32(0)
		for last := end; last > t; last-- {
			if !r.mayEnd(last-1, s) {
				continue
			}
			span := d.TokenSpan(t, last)
			if span.Len() > maxSpan || strings.ContainsRune(d.Slice(span), '$') {
				continue
			}
			if place, ok := r.stage.words.states[d.Slice(span)]; ok {
				if strings.Count(d.Slice(span), ".") == 1 && !r.afterComma(t) {
					continue // no town without its full stop either: Ala in Kerala
				}
				r.add(hit{first: t, last: last, source: fromTable, mention: r.cover[t], within: doc.None, inside: doc.None, chosen: doc.None, rule: "state"},
					[]gazetteer.Candidate{{Place: r.stage.places.Place(place)}})
				n = last - t
				break
			}
			key := gazetteer.Fold(r.buffer[:0], d.Slice(span))
			from := int32(len(r.candidates))
			r.candidates = r.stage.places.FindKey(r.candidates, key)
			if int(from) == len(r.candidates) {
				continue
			}
			h := hit{first: t, last: last, source: fromTable, mention: r.cover[t], within: doc.None, inside: doc.None, chosen: doc.None, rule: "table",
				from: from, to: int32(len(r.candidates))}
			if d.Head.Place.Len() > 0 && d.Head.Place.Overlaps(span) {
				h.source, h.rule = fromDateline, "dateline"
			}
			r.append(h)
			n = last - t
			break
		}
		t += max(n, 1)
	}
}

// limit is where a name that starts at token t must end.
func (r *reading) limit(t, last int32) int32 {
	end := t + 1
	d := r.d
	for end < last && end < t+longest && !r.taken[end] {
		gap := d.Text[d.Tokens[end-1].End:d.Tokens[end].Start]
		if len(gap) > 2 || strings.Contains(gap, "\n\n") {
			break
		}
		form := d.Tokens[end].Form
		if !capital(form) && !connects(form) && !(gap == "" && (isLetter(form))) {
			break
		}
		end++
	}
	return end
}

func connects(form string) bool {
	switch form {
	case "of", "the", "and", "al", "el", "de", "du", "la", "le", "les", "upon", "on", "in", "do", "da", "dos", "-", "‑", "–", "'", "’", "'s", "’s", ",", "e", "i", "ez", "az", "es", "bin", "am", "sur":
		return true
	}
	return false
}

func isLetter(form string) bool {
	c, _ := utf8.DecodeRuneInString(form)
	return unicode.IsLetter(c)
}

func capital(form string) bool {
	c, size := utf8.DecodeRuneInString(form)
	if unicode.IsUpper(c) {
		return true
	}
	if c == '\'' || c == '‘' || c == '’' {
		c, _ = utf8.DecodeRuneInString(form[size:])
		return unicode.IsUpper(c)
	}
	return false
}

func (r *reading) mayStart(t int32) bool {
	form := r.d.Tokens[t].Form
	if capital(form) {
		return true
	}
	switch form {
	case "al", "el", "ad", "ar", "as", "ash", "at", "az":
		return int(t)+2 < len(r.d.Tokens) && r.d.Tokens[t+1].Form == "-" && capital(r.d.Tokens[t+2].Form)
	}
	return len(form) > 3 && (strings.HasPrefix(form, "al-") || strings.HasPrefix(form, "el-")) && capital(form[3:])
}

func (r *reading) mayEnd(t int32, s *doc.Sentence) bool {
	form := r.d.Tokens[t].Form
	return capital(form) || t > s.First && r.d.Tokens[t-1].Form == "-" && isLetter(form) || strings.HasPrefix(form, "al-") || strings.HasPrefix(form, "el-")
}

func (r *reading) afterComma(t int32) bool { return t > 0 && r.d.Tokens[t-1].Form == "," }

// add appends a hit with candidates of its own.
func (r *reading) add(h hit, found []gazetteer.Candidate) {
	h.from = int32(len(r.candidates))
	r.candidates = append(r.candidates, found...)
	h.to = int32(len(r.candidates))
	r.append(h)
}

func (r *reading) append(h hit) {
	key := string(gazetteer.Fold(r.buffer[:0], r.d.Slice(r.d.TokenSpan(h.first, h.last))))
	sense, ok := r.senses[key]
	if !ok {
		sense = int32(len(r.senses))
		r.senses[key] = sense
	}
	h.key = sense
	if !h.given {
		h.span = r.d.TokenSpan(h.first, h.last)
	}
	for t := h.first; t < h.last; t++ {
		r.taken[t] = true
	}
	r.hits = append(r.hits, h)
}

func (r *reading) anyTaken(first, last int32) bool {
	for t := first; t < last; t++ {
		if r.taken[t] {
			return true
		}
	}
	return false
}

func (r *reading) covered(t int32, kind string) bool {
	m := r.cover[t]
	return m != doc.None && r.d.Mentions[m].Type == kind
}

// role is what token t says about its neighbours.
func (r *reading) role(t int32) role {
	if t < 0 || int(t) >= len(r.d.Tokens) {
		return 0
	}
	form := r.d.Tokens[t].Form
	if w, ok := r.stage.words.roles[form]; ok {
		return w
	}
	return r.stage.words.roles[strings.ToLower(form)]
}

// sort puts the hits in text order; there are few that are out of it.
func (r *reading) sort() {
	for i := 1; i < len(r.hits); i++ {
		for j := i; j > 0 && r.hits[j].first < r.hits[j-1].first; j-- {
			r.hits[j], r.hits[j-1] = r.hits[j-1], r.hits[j]
		}
	}
}

// addGiven adds spans from outside and drops hits that overlap them.
func (r *reading) addGiven(spans []doc.Span) {
	for _, span := range spans {
		first, last := r.d.TokensIn(span)
		if last <= first {
			if first > 0 && r.d.Tokens[first-1].Overlaps(span) {
				first--
			}
			last = first + 1
			if int(last) > len(r.d.Tokens) {
				continue
			}
		}
		kind := ""
		kept := r.hits[:0]
		var same []gazetteer.Candidate
		for _, h := range r.hits {
			if h.first < last && first < h.last {
				if h.first == first && h.last == last {
					kind, same = h.kind, append(same, r.candidates[h.from:h.to]...)
				}
				continue
			}
			kept = append(kept, h)
		}
		r.hits = kept
		if len(same) == 0 {
			same = r.lookUpSpan(span, first, last)
		}
		r.add(hit{first: first, last: last, source: fromOutside, kind: kind, rule: "given", mention: doc.None, within: doc.None, inside: doc.None, chosen: doc.None, given: true, span: span}, same)
	}
	r.sort()
	for i := range r.hits {
		if h := &r.hits[i]; h.given && h.kind == "" {
			h.kind = r.kind(h)
		}
	}
	r.containers()
}

// lookUpSpan finds a given span: in the lexicon (adjectives), then in the gazetteer.
func (r *reading) lookUpSpan(span doc.Span, first, last int32) []gazetteer.Candidate {
	text := r.d.Slice(span)
	for _, reading := range r.stage.lex.Lookup(text) {
		switch reading.Kind {
		case lexicon.CountryAdjective, lexicon.CountryPerson, lexicon.CountryPeople:
			if place := r.stage.places.Country(r.stage.lex.Countries[reading.Index].ISO3); place != gazetteer.None {
				return []gazetteer.Candidate{{Place: r.stage.places.Place(place)}}
			}
		}
	}
	if found := r.stage.places.Find(nil, text); len(found) > 0 {
		return found
	}
	return r.lookUp(first, last)
}
