package match

import (
	"fmt"
	"math"
	"slices"

	"annals/internal/onto"
)

// Version names the rules by which tellings are matched; it rises when they change.
const Version = "3"

// LinkScore is the least score at which two tellings are linked.
const LinkScore = 4.0

// Matcher compares tellings. It is immutable and safe for concurrent use.
type Matcher struct{ ontology *onto.Ontology }

// NewMatcher reads the ontology that says which types are of one family.
func NewMatcher() (*Matcher, error) {
	o, err := onto.Load()
	if err != nil {
		return nil, fmt.Errorf("preparing to match happenings: %w", err)
	}
	return &Matcher{o}, nil
}

// Reason is what one feature of two tellings adds to the score of their link.
type Reason struct {
	Feature string  `json:"feature"`
	Adds    float64 `json:"adds"`
}

// The features, each with what it adds to a score. They are set by hand, in the manner of the weights of record
// linkage (Fellegi and Sunter 1969): what seldom agrees by chance weighs much, what must agree in one happening and
// does not weighs against. docs/happenings.md is their manual.
const (
	typeSame       = 0.5
	typeRelated    = -1.0
	modeSame       = 0.5
	modeOther      = -1.5
	actorSame      = 1.2
	actorCountry   = 0.5
	actorOther     = -0.7 // sources may disagree on who did it
	recipientSame  = 1.2
	recipientAlike = 0.4
	recipientOther = -1.5
	placeSame      = 2.2
	placeNear      = 1.2
	placeInside    = 0.8
	placeFar       = -4.0
	placeBorrowed  = 0.5 // factor, for each side whose place is that of the claim next to it
	timeSame       = 1.2
	timeNextDay    = 0.5
	timeLoose      = 0.2
	timeOff        = -1.2
	timeFar        = -5.0
	figureSame     = 1.5
	figureSmall    = 0.6 // the same small number
	figureFits     = 0.4
	figureAway     = -0.4
	figureFarAway  = -1.5
	itemSame       = 1.0
	itemOther      = -0.7
	wordsPerCosine = 5.0
	wordsBase      = 0.8 // what two sentences of one kind share by chance
	denialNear     = 2.5
	denialFar      = 2.0
	denialBeside   = 400 // code points
	answered       = 6.0
	oneSentence    = 1.5
	storyPerCosine = 3.0
	storyBase      = 0.5
	mostFromStory  = 1.5
	leadPerCosine  = 8.0 // where both stand in the lead: what the stories are about
	leadBase       = 1.2
	mostFromLead   = 3.0
	leastTelling   = 5  // figures below it agree by chance
	nearKilometres = 25 // a suburb
	wideKilometres = 120
	mostDaysApart  = 3
)

// Blocked tells whether two tellings can be of one happening at all.
func (m *Matcher) Blocked(a, b *Telling) bool {
	return a.Article == b.Article && a.Proposition == b.Proposition || m.ontology.Quad(a.Type) != m.ontology.Quad(b.Type)
}

// Score is how likely two tellings are of one happening, as a sum with its parts; LinkScore divides yes from no.
// It is symmetric and depends on nothing but the two.
func (m *Matcher) Score(a, b *Telling) (float64, []Reason) {
	s := sum{}
	if m.Blocked(a, b) {
		return math.Inf(-1), nil
	}
	s.kind(a, b)
	s.parties(a, b)
	s.place(a.Place, b.Place)
	s.time(a, b)
	s.figures(a, b)
	s.items(a.Items, b.Items)
	s.words(a, b)
	return math.Round(s.total*100) / 100, s.reasons
}

type sum struct {
	total   float64
	reasons []Reason
}

func (s *sum) add(feature string, adds float64) {
	adds = math.Round(adds*100) / 100
	if adds != 0 {
		s.total += adds
		s.reasons = append(s.reasons, Reason{feature, adds})
	}
}

func (s *sum) kind(a, b *Telling) {
	switch {
	case a.Type != b.Type:
		s.add("types of one family", typeRelated)
		return
	default:
		s.add("same type", typeSame)
	}
	switch {
	case a.Mode == "" || b.Mode == "":
	case a.Mode == b.Mode:
		s.add("same mode", modeSame)
	default:
		s.add("another mode", modeOther)
	}
}

func (s *sum) parties(a, b *Telling) {
	switch fit := compare(a.Actors, b.Actors); fit {
	case sameParty:
		s.add("same actor", actorSame)
	case alikeParty:
		s.add("actors of one side", actorCountry)
	case otherParty:
		s.add("another actor", actorOther)
	}
	switch compare(a.Recipients, b.Recipients) {
	case sameParty:
		s.add("same recipient", recipientSame)
	case alikeParty:
		s.add("recipients alike", recipientAlike)
	case otherParty:
		s.add("another recipient", recipientOther)
	}
}

type fit int

const (
	unknownParty fit = iota
	sameParty
	alikeParty
	otherParty
)

// compare finds the best that two sides have in common; a side of which nothing is known fits everything, weakly.
func compare(a, b []Who) fit {
	best := unknownParty
	for _, x := range a {
		for _, y := range b {
			f := x.compare(y)
			if best == unknownParty || f != unknownParty && f < best {
				best = f
			}
		}
	}
	return best
}

func (w Who) compare(o Who) fit {
	switch {
	case w.ID != "" && w.ID == o.ID:
		return sameParty
	case w.Country != "" && o.Country != "" && w.Country != o.Country:
		return otherParty
	case w.Class != "" && o.Class != "" && w.Class != o.Class:
		return otherParty
	case w.Country != "" && w.Country == o.Country, w.Class != "" && w.Class == o.Class, w.Head != "" && w.Head == o.Head:
		if w.ID != "" && o.ID != "" && w.Class == "insurgent" {
			return otherParty // two groups that have names
		}
		return alikeParty
	}
	return unknownParty
}

func (s *sum) place(a, b *Spot) {
	if a == nil || b == nil {
		return
	}
	factor := 1.0
	for _, p := range []*Spot{a, b} {
		if p.Near {
			factor *= placeBorrowed
		}
	}
	if !a.located() || !b.located() { // nothing is known of how far one is from the other
		if a.Name == b.Name && a.Country == b.Country {
			s.add("same place", placeSame*factor)
		}
		return
	}
	km := a.kilometres(b)
	switch {
	case a.ID != 0 && a.ID == b.ID && !a.Wide, a.ID == 0 && a.Name == b.Name:
		s.add("same place", placeSame*factor)
	case a.ID != 0 && a.ID == b.ID:
		s.add("same province", placeInside*factor)
	case (a.Wide || b.Wide) && km <= wideKilometres:
		s.add("place inside the other", placeInside*factor)
	case km <= nearKilometres:
		s.add("places near each other", placeNear*factor)
	case factor == 1: // a place that is borrowed parts nothing
		s.add("places far apart", placeFar)
	}
}

// located tells whether a place has a point.
func (p *Spot) located() bool { return p.ID != 0 || p.Lat != 0 || p.Lon != 0 }

// kilometres between two places that have points, on a sphere.
func (p *Spot) kilometres(q *Spot) float64 {
	const radius, degree = 6371, math.Pi / 180
	lat, lon := (q.Lat-p.Lat)*degree/2, (q.Lon-p.Lon)*degree/2
	h := math.Sin(lat)*math.Sin(lat) + math.Cos(p.Lat*degree)*math.Cos(q.Lat*degree)*math.Sin(lon)*math.Sin(lon)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

func (s *sum) time(a, b *Telling) {
	gap := a.gap(b)
	switch {
	case gap < 0:
	case gap > mostDaysApart:
		s.add("days far apart", timeFar)
	case gap > 1:
		s.add("days apart", timeOff)
	case gap == 1:
		s.add("the next day", timeNextDay)
	case a.short() && b.short():
		s.add("same days", timeSame)
	default:
		s.add("days that overlap", timeLoose)
	}
}

// days of a telling: [from, to]. What is told in the past tense alone happened shortly before the report.
func (t *Telling) days() (from, to int) {
	from, to = t.First, t.Last
	if to == NoDay {
		to = max(t.Reported, from)
	}
	if from == NoDay {
		from = to
		if !t.Dated && to != NoDay {
			from--
		}
	}
	return from, to
}

// short tells whether the days are few enough to date a happening.
func (t *Telling) short() bool {
	from, to := t.days()
	return to-from <= 2
}

// gap is the number of days between two tellings, 0 when they share one, -1 when one has none.
func (t *Telling) gap(o *Telling) int {
	a, b := t.days()
	c, d := o.days()
	if b == NoDay || d == NoDay {
		return -1
	}
	return max(0, a-d, c-b)
}

func (s *sum) figures(a, b *Telling) {
	best, found := 0.0, false
	name := ""
	for _, x := range a.Voices {
		for _, f := range x.Figures {
			for _, y := range b.Voices {
				for _, g := range y.Figures {
					if f.Effect != g.Effect || f.Sum != g.Sum {
						continue
					}
					adds, n := f.likeness(g)
					if !found || adds > best {
						best, name, found = adds, n, true
					}
				}
			}
		}
	}
	if found {
		s.add(name, best)
	}
}

func (f Figure) likeness(g Figure) (float64, string) {
	switch {
	case f.Low == g.Low && f.High == g.High && !f.Vague && !g.Vague && f.Low >= leastTelling:
		return figureSame, "same figure"
	case f.Low == g.Low && f.High == g.High && !f.Vague && !g.Vague:
		return figureSmall, "same small figure"
	case f.overlaps(g):
		return figureFits, "figures that fit"
	case f.apart(g) > 4:
		return figureFarAway, "figures far apart"
	}
	return figureAway, "another figure"
}

func (f Figure) overlaps(g Figure) bool {
	return (f.High < 0 || g.Low <= f.High) && (g.High < 0 || f.Low <= g.High)
}

// apart is how many times the larger figure is the smaller.
func (f Figure) apart(g Figure) float64 {
	x, y := float64(max(f.Low, 1)), float64(max(g.Low, 1))
	return max(x, y) / min(x, y)
}

func (s *sum) items(a, b []string) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	if slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) }) {
		s.add("same goods", itemSame)
	} else {
		s.add("other goods", itemOther)
	}
}

func (s *sum) words(a, b *Telling) {
	switch {
	case a.answers(b), b.answers(a):
		s.add("it denies the other", answered)
		return
	case a.recountsOf(b), b.recountsOf(a):
		s.add("it counts the same anew", answered)
		return
	case a.blames(b), b.blames(a):
		s.add("it lays the same to another", answered)
		return
	}
	if a.Article == b.Article && s.denial(a, b) {
		return // it need not repeat the words
	}
	if a.Article == b.Article && a.besides(b) {
		if a.Type == b.Type {
			s.add("told in one sentence", oneSentence)
		}
		return
	}
	s.add("words of the sentences", wordsPerCosine*cosine(a.words(), b.words())-wordsBase)
	if a.Article == b.Article {
		return
	}
	alike := cosine(a.Story, b.Story)
	if a.leads() && b.leads() {
		s.add("the stories are about it", min(mostFromLead, leadPerCosine*alike-leadBase))
	} else {
		s.add("stories alike", min(mostFromStory, storyPerCosine*alike-storyBase))
	}
}

// denial: what somebody denies is what the story told of him before, though he need not repeat it. It tells whether
// there is one.
func (s *sum) denial(a, b *Telling) bool {
	if a.Type != b.Type {
		return false
	}
	for _, v := range a.Voices {
		for _, w := range b.Voices {
			denial, other := Voiced{a, &v}, Voiced{b, &w}
			if w.Denies {
				denial, other = other, denial
			}
			if !denial.Voice.Denies || other.Voice.Stance != Asserts || v.Source == w.Source {
				continue
			}
			party := compare(denial.cleared(), other.Telling.Actors)
			if party == otherParty {
				continue
			}
			if party == sameParty && compare(denial.Telling.Actors, other.Telling.Actors) == unknownParty {
				s.add("denied by its actor", actorSame)
			}
			switch gap := max(v.Sentence-w.Sentence, w.Sentence-v.Sentence); {
			case gap < denialBeside:
				s.add("a denial beside it", denialNear)
				return true
			case party != unknownParty:
				s.add("a denial of the same actor", denialFar)
				return true
			}
		}
	}
	return false
}

// cleared is who is said not to have done it: the actors, or the speaker where the denial names nobody.
func (v Voiced) cleared() []Who {
	if slices.ContainsFunc(v.Telling.Actors, Who.known) || v.Voice.Speaker == nil || !v.Voice.Speaker.known() {
		return slices.DeleteFunc(slices.Clone(v.Telling.Actors), func(w Who) bool { return !w.known() })
	}
	return []Who{*v.Voice.Speaker}
}

// answers tells whether a telling is the denial of another.
func (t *Telling) answers(o *Telling) bool {
	return t.Answers != "" && t.Article == o.Article && t.Answers == o.Proposition && o.Answers == ""
}

// besides tells whether a sentence tells both.
func (t *Telling) besides(o *Telling) bool {
	return slices.ContainsFunc(t.Voices, func(v Voice) bool {
		return slices.ContainsFunc(o.Voices, func(w Voice) bool { return v.Sentence == w.Sentence })
	})
}

// leads tells whether a telling stands in the lead of its story.
func (t *Telling) leads() bool { return len(t.Voices) > 0 && t.Voices[0].Sentence < leadPoints }
