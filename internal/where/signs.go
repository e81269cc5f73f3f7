package where

import (
	"math"
	"strings"

	"annals/internal/doc"
	"annals/internal/gazetteer"
)

// Whether a name that the gazetteer knows, or that the names' model took for a place, is one is decided by logistic
// regression over the signs below. None of them is a word: what is learnt from one country's papers holds in another's.

// The signs of a hit.
const (
	biasSign = iota
	namedPlaceSign
	namedPersonSign
	inPersonSign
	namedOrganisationSign
	opensOrganisationSign
	inOrganisationSign
	namedOtherSign
	unnamedSign
	countrySign
	capitalSign
	admin1Sign
	admin2Sign
	regionSign
	siteSign
	populationSign
	knownSign
	alternateSign
	wordsSign
	prepositionSign
	ofSign
	containedSign
	containerSign
	titleSign
	givenSign
	leftSign
	rightSign
	siteAfterSign
	divisionAfterSign
	surnameSign
	givenNameSign
	stopSign
	taggedSign
	initialSign
	acronymSign
	loudSign
	repeatedSign
	placedElsewhereSign
	subjectSign
	modifierSign
	stateSign
	datelineSign
	lowerSign
	personLargeSign
	unnamedLargeSign
	signCount
)

// SignNames are the names of the signs in order, for the model file.
var SignNames = [signCount]string{
	"bias", "named-place", "named-person", "in-person", "named-organisation", "opens-organisation", "in-organisation", "named-other", "unnamed",
	"country", "capital", "admin1", "admin2", "region", "site", "population", "known", "alternate", "words", "preposition", "of", "contained",
	"container", "title", "given", "left", "right", "site-after", "division-after", "surname", "given-name", "stop", "tagged", "initial", "acronym",
	"loud", "repeated", "placed-elsewhere", "subject", "modifier", "state", "dateline", "lower", "person-large", "unnamed-large",
}

// Signs is what is known about a hit before it is judged.
type Signs [signCount]float64

// prepare computes the signs of all hits.
func (r *reading) prepare() {
	r.collectSurnames()
	r.index()
	if r.places == nil {
		r.places, r.counts = map[int32]int{}, map[int32]int{}
	}
	clear(r.places)
	clear(r.counts)
	for i := range r.hits {
		h := &r.hits[i]
		r.counts[h.key]++
		if r.prepositionBefore(h) {
			r.places[h.key]++
		}
	}
	r.signs = append(r.signs[:0], make([]Signs, len(r.hits))...)
	for i := range r.hits {
		if r.hits[i].source != fromLexicon {
			r.sign(&r.hits[i], &r.signs[i])
		}
	}
}

// index notes where hits start.
func (r *reading) index() {
	if r.starts == nil {
		r.starts = map[int32]int32{}
	}
	clear(r.starts)
	for i := range r.hits {
		r.starts[r.hits[i].first] = int32(i)
	}
}

func set(signs *Signs, sign int, when bool) {
	if when {
		signs[sign] = 1
	}
}

func (r *reading) sign(h *hit, out *Signs) {
	out[biasSign] = 1
	r.mentionSigns(h, out)
	r.placeSigns(h, out)
	r.wordSigns(h, out)
	d := r.d
	s := &d.Sentences[d.Tokens[h.first].Sentence]
	before, after := r.role(h.first-1), r.role(h.last)
	if h.first == s.First {
		before = 0
	}
	if h.last >= s.Last {
		after = 0
	}
	set(out, prepositionSign, r.prepositionBefore(h))
	set(out, ofSign, h.first > s.First && d.Tokens[h.first-1].Form == "of")
	if h.last+1 < s.Last && d.Tokens[h.last].Form == "," {
		_, ok := r.starts[h.last+1]
		set(out, containedSign, ok)
	}
	set(out, containerSign, h.first > s.First+1 && d.Tokens[h.first-1].Form == "," && r.endsAt(h.first-1))
	set(out, titleSign, before&roleTitle != 0 && capital(d.Tokens[h.first-1].Form))
	set(out, givenSign, before&roleGiven != 0 && capital(d.Tokens[h.first-1].Form))
	set(out, leftSign, h.first > s.First && r.runsOn(h.first-1, h.first, s))
	set(out, rightSign, h.last < s.Last && r.runsOn(h.last, h.last-1, s))
	set(out, siteAfterSign, after&roleSite != 0 && capital(d.Tokens[h.last].Form))
	set(out, divisionAfterSign, after&(roleDivision|roleCounty|roleTown) != 0)
	set(out, initialSign, h.first == s.First)
	set(out, loudSign, r.loud[d.Tokens[h.first].Sentence])
	set(out, repeatedSign, r.counts[h.key] > 1)
	set(out, placedElsewhereSign, r.places[h.key] > 1 || r.places[h.key] == 1 && out[prepositionSign] == 0)
	set(out, stateSign, h.rule == "state")
	set(out, datelineSign, h.source == fromDateline)
	large := out[populationSign] > 0.5 || out[countrySign]+out[admin1Sign]+out[capitalSign] > 0
	set(out, personLargeSign, large && out[namedPersonSign]+out[namedOrganisationSign] > 0 && out[surnameSign] == 0)
	set(out, unnamedLargeSign, large && out[unnamedSign] > 0)
}

// mentionSigns is what the names' model says.
func (r *reading) mentionSigns(h *hit, out *Signs) {
	m := r.cover[h.first]
	if m == doc.None {
		out[unnamedSign] = 1
		return
	}
	mention := &r.d.Mentions[m]
	whole := mention.First >= h.first && mention.Last <= h.last
	switch mention.Type {
	case "LOC", "FAC":
		out[namedPlaceSign] = 1
	case "PER":
		set(out, namedPersonSign, whole)
		set(out, inPersonSign, !whole)
	case "ORG":
		set(out, namedOrganisationSign, whole)
		set(out, opensOrganisationSign, !whole && mention.First == h.first)
		set(out, inOrganisationSign, !whole && mention.First != h.first)
	default:
		out[namedOtherSign] = 1
	}
}

// placeSigns is what the gazetteer says: of the most notable place of the name.
func (r *reading) placeSigns(h *hit, out *Signs) {
	if h.from == h.to {
		return
	}
	out[knownSign] = 1
	best := r.candidates[h.from]
	for _, c := range r.candidates[h.from:h.to] {
		if c.Class >= gazetteer.Country && best.Class < gazetteer.Country || c.Population > best.Population && (best.Class < gazetteer.Country || c.Class >= gazetteer.Country) {
			best = c
		}
	}
	set(out, countrySign, best.Class == gazetteer.Country)
	set(out, capitalSign, best.Class == gazetteer.Capital)
	set(out, admin1Sign, best.Class == gazetteer.Admin1)
	set(out, admin2Sign, best.Class == gazetteer.Admin2)
	set(out, siteSign, best.Class == gazetteer.Site)
	set(out, regionSign, best.Class > gazetteer.Country && best.Class != gazetteer.Site)
	set(out, alternateSign, best.Alternate)
	out[populationSign] = math.Log10(float64(1+best.Population)) / 10
}

// wordSigns is what its own words say.
func (r *reading) wordSigns(h *hit, out *Signs) {
	d := r.d
	one := h.last-h.first == 1
	form := d.Tokens[h.first].Form
	own := r.role(h.first)
	set(out, wordsSign, !one)
	set(out, surnameSign, r.surnames[d.Tokens[h.last-1].Form])
	set(out, givenNameSign, one && own&roleGiven != 0)
	set(out, stopSign, one && own&(roleStop|roleTitle|roleSite|roleDivision|roleCounty|roleTown) != 0)
	set(out, acronymSign, one && len(form) < 5 && strings.ToUpper(form) == form && !strings.Contains(form, "."))
	tagged, lower := false, true
	for t := h.first; t < h.last; t++ {
		tagged = tagged || d.Tokens[t].UPOS == "PROPN"
		lower = lower && !capital(d.Tokens[t].Form)
	}
	set(out, taggedSign, tagged)
	set(out, lowerSign, lower)
	head := r.headOf(h)
	set(out, subjectSign, d.IsRelation(head, "nsubj"))
	set(out, modifierSign, d.IsRelation(head, "compound") || d.IsRelation(head, "flat"))
}

// headOf is the token of a hit that hangs on one outside: where a slip of the parser leaves several, the one that is
// no modifier.
func (r *reading) headOf(h *hit) int32 {
	head := h.last - 1
	for t := h.last - 1; t >= h.first; t-- {
		if g := r.d.Tokens[t].Head; g < h.first || g >= h.last {
			head = t
			if !r.d.IsRelation(t, "compound") && !r.d.IsRelation(t, "flat") && !r.d.IsRelation(t, "amod") && !r.d.IsRelation(t, "punct") {
				return t
			}
		}
	}
	return head
}

// prepositionBefore tells whether a preposition of place stands before a hit.
func (r *reading) prepositionBefore(h *hit) bool {
	d := r.d
	t := h.first - 1
	for t >= 0 && (strings.EqualFold(d.Tokens[t].Form, "the") || strings.HasSuffix(d.Tokens[t].Form, "ern") || d.Tokens[t].Form == "downtown") {
		t--
	}
	if t < 0 || d.Tokens[t].Sentence != d.Tokens[h.first].Sentence {
		return false
	}
	switch strings.ToLower(d.Tokens[t].Form) {
	case "in", "at", "near", "from", "to", "into", "outside", "around", "toward", "towards", "across", "throughout", "through", "between", "within":
		return true
	}
	return r.role(t)&roleTown != 0 || strings.EqualFold(d.Tokens[t].Form, "of") && t > 0 && r.role(t-1)&(roleTown|roleDivision|rolePlace) != 0
}

// endsAt tells whether a hit ends before token t.
func (r *reading) endsAt(t int32) bool {
	for first := t - 1; first >= 0 && first >= t-longest; first-- {
		if i, ok := r.starts[first]; ok {
			return r.hits[i].last == t
		}
	}
	return false
}

// runsOn tells whether token t continues a capitalised name into its neighbour.
func (r *reading) runsOn(t, neighbour int32, s *doc.Sentence) bool {
	d := r.d
	if !capital(d.Tokens[t].Form) {
		return false
	}
	left, right := min(t, neighbour), max(t, neighbour)
	gap := d.Text[d.Tokens[left].End:d.Tokens[right].Start]
	if len(gap) > 1 || strings.Contains(gap, "\n") || t == s.First && d.Tokens[t].UPOS != "PROPN" {
		return false
	}
	tag := d.Tokens[t].UPOS
	return tag == "PROPN" || tag == "NOUN" || tag == "ADJ" || tag == "X"
}
