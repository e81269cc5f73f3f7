package match

import (
	"cmp"
	"fmt"
	"slices"
)

// Dispute is two or more positions on one happening that cannot all be so.
type Dispute struct {
	Kind      string // DeniedDispute, FigureDispute or CulpritDispute
	Topic     string // the effect that is counted, "" for the others
	Positions []Position
}

// Kinds of disputes.
const (
	DeniedDispute  = "denied"
	FigureDispute  = "figure"
	CulpritDispute = "culprit"
)

// Position is what some claims hold. The first two positions of a dispute exclude each other, and so do their first claims.
type Position struct {
	Label  string
	Claims []Voiced
}

// Voiced is a claim with the telling it is part of.
type Voiced struct {
	Telling *Telling
	Voice   *Voice
}

// mostCompared bounds the tellings of one happening that are compared: the newest.
const mostCompared = 120

// Disputes finds what the tellings of one happening disagree about. They come in the order of Telling.Before.
func (m *Matcher) Disputes(members []*Telling) []Dispute {
	if len(members) > mostCompared {
		members = members[len(members)-mostCompared:]
	}
	d := disputer{m: m, scores: make(map[[2]*Telling]bond)}
	for _, t := range members {
		for i := range t.Voices {
			d.voices = append(d.voices, Voiced{t, &t.Voices[i]})
		}
	}
	return slices.Concat(d.denials(), d.figures(), d.recounted(), d.culprits(), d.countered())
}

type disputer struct {
	m      *Matcher
	voices []Voiced
	scores map[[2]*Telling]bond
}

// bond is how firmly two tellings are of one happening, without what they may disagree about.
type bond struct {
	score  float64
	anchor bool // something that seldom agrees by chance agrees
}

// strong words are sentences that say much the same.
const strongWords = 1.2

func (d *disputer) bond(a, b *Telling) bond {
	if b.Before(a) {
		a, b = b, a
	}
	key := [2]*Telling{a, b}
	if known, ok := d.scores[key]; ok {
		return known
	}
	var out bond
	score, reasons := d.m.Score(a, b)
	out.score = score
	for _, r := range reasons {
		switch r.Feature {
		case "another actor", "another figure", "figures far apart":
			out.score -= r.Adds
		case "same place":
			out.anchor = out.anchor || r.Adds >= placeSame
		case "words of the sentences":
			out.anchor = out.anchor || r.Adds >= strongWords
		case "same figure":
			out.anchor = true
		}
	}
	d.scores[key] = out
	return out
}

// besides are sentences of one article that stand this close, in code points.
const besides = 400

// comparable tells whether two claims of two sources are surely about one thing. In two articles, their tellings are
// linked on firm ground, and their sentences share details beside what every such report has, or lead stories that
// are much alike. In one article, the second takes up what the first told.
func (d *disputer) comparable(a, b Voiced) bool {
	if a.Voice.Source == b.Voice.Source || a.Telling.Type != b.Telling.Type {
		return false
	}
	shared, _ := details(a.Voice.Words, b.Voice.Words)
	detailed := d.detailed(a, b)
	if a.Telling.Article == b.Telling.Article {
		if b.Voice.Sentence < a.Voice.Sentence {
			a, b = b, a
		}
		gap := b.Voice.Sentence - a.Voice.Sentence
		return gap < besides && !a.Voice.Aside && (b.Voice.Refers || detailed && !b.Voice.Aside) && (a.Telling == b.Telling || d.bond(a.Telling, b.Telling).score >= LinkScore)
	}
	if a.Voice.Aside || b.Voice.Aside {
		return false
	}
	bond := d.bond(a.Telling, b.Telling)
	leads := a.Voice.Sentence < leadPoints && b.Voice.Sentence < leadPoints && cosine(a.Telling.Story, b.Telling.Story) >= oneStory
	return bond.score >= LinkScore && a.Telling.gap(b.Telling) == 0 && (leads && shared >= leastDetails || bond.anchor && detailed)
}

// detailed tells whether two sentences share enough beside what every such report has.
func (d *disputer) detailed(a, b Voiced) bool {
	shared, of := details(a.Voice.Words, b.Voice.Words)
	return shared >= leastDetails && float64(shared) >= detailShare*float64(of)
}

// oneStory is how alike the leads of two stories on one happening are.
const oneStory = 0.3

// Details that two sentences on one thing share: at least so many, and so much of the shorter.
const (
	leastDetails = 2
	detailShare  = 0.34
)

// denials: somebody asserts and somebody denies it.
func (d *disputer) denials() []Dispute {
	return d.gather(DeniedDispute, "", d.voices, func(v Voiced) (string, bool) {
		switch v.Voice.Stance {
		case Asserts:
			return "asserted", true
		case Denies:
			return "denied", true
		}
		return "", false
	}, func(a, b Voiced) bool {
		if a.Voice.Stance == Asserts {
			a, b = b, a
		}
		return b.Voice.Stance == Asserts && d.contradicts(a, b)
	})
}

// contradicts tells whether a denial answers an assertion: it clears the one who is said to have done it, or says that it did
// not happen at all. It need not repeat what it denies.
func (d *disputer) contradicts(denial, a Voiced) bool {
	if denial.Voice.Source == a.Voice.Source || denial.Telling.Type != a.Telling.Type {
		return false
	}
	if denial.Telling.answers(a.Telling) || denial.Telling == a.Telling {
		return true
	}
	cleared := denial.cleared()
	if a.Telling.Type != "ASSAULT" && !sameAct(denial, a) {
		return false
	}
	same := denial.Telling.Article == a.Telling.Article
	if same && denial.Voice.Sentence == a.Voice.Sentence && !denial.Voice.Contrast {
		return false
	}
	switch compare(cleared, a.Telling.Actors) {
	case otherParty:
		return false // that another did it is no denial
	case unknownParty:
		gap := denial.Voice.Sentence - a.Voice.Sentence
		takesUp := same && denial.Voice.Denies && denial.Voice.Refers && 0 < gap && gap < denialBeside
		return takesUp && d.linked(denial, a) || len(cleared) == 0 && d.comparable(denial, a)
	case alikeParty:
		if !oneState(cleared, a.Telling.Actors) {
			return false
		}
	}
	shared, _ := details(denial.Voice.Words, a.Voice.Words)
	return (same && denial.Voice.Denies && shared > 0 || shared >= leastDetails) && d.linked(denial, a)
}

// oneState tells whether two sides that are alike act for one land, or one of them for a state that is not named: what is denied
// of "the government" may have been told of "the regime".
func oneState(a, b []Who) bool {
	return slices.ContainsFunc(a, func(x Who) bool {
		return slices.ContainsFunc(b, func(y Who) bool {
			if x.Country == "" || y.Country == "" {
				return x.Class == "state" && y.Class == "state" && (x.Country != "" || stateWords[x.Head]) && (y.Country != "" || stateWords[y.Head]) || x.Head == y.Head
			}
			return x.Country == y.Country
		})
	})
}

// stateWords are stems of words for a state's own government and army.
var stateWords = stems("government regime army military authorities")

// sameAct tells whether a denial is of the same act in the same manner. Violence needs no more than a shared type: there, what one
// calls a raid another calls a killing. Other types are wide: a talk is not every talk, and a help not every help.
func sameAct(denial, a Voiced) bool {
	return denial.Telling.Mode == a.Telling.Mode && compare(denial.cleared(), a.Telling.Actors) == sameParty && compare(denial.Telling.Recipients, a.Telling.Recipients) != otherParty
}

// linked tells whether two claims are of one telling, or of two that score as one happening.
func (d *disputer) linked(a, b Voiced) bool {
	return a.Telling == b.Telling || d.bond(a.Telling, b.Telling).score >= LinkScore
}

// gather makes one dispute of all claims whose positions exclude each other.
func (d *disputer) gather(kind, topic string, voices []Voiced, label func(Voiced) (string, bool), excludes func(a, b Voiced) bool) []Dispute {
	type pair struct {
		a, b  int
		score float64
	}
	labels := make([]string, len(voices))
	against := make([]bool, len(voices))
	var best pair
	found := false
	for j := range voices {
		var ok bool
		if labels[j], ok = label(voices[j]); !ok {
			continue
		}
		for i := range j {
			if labels[i] == "" || labels[i] == labels[j] || !excludes(voices[i], voices[j]) {
				continue
			}
			against[i], against[j] = true, true
			score := 0.0
			if voices[i].Telling != voices[j].Telling {
				score = d.bond(voices[i].Telling, voices[j].Telling).score
			}
			if !found || score > best.score {
				best, found = pair{i, j, score}, true
			}
		}
	}
	if !found {
		return nil
	}
	out := Dispute{Kind: kind, Topic: topic, Positions: []Position{{Label: labels[best.a], Claims: []Voiced{voices[best.a]}}, {Label: labels[best.b], Claims: []Voiced{voices[best.b]}}}}
	for i, v := range voices {
		if !against[i] || i == best.a || i == best.b {
			continue
		}
		at := slices.IndexFunc(out.Positions, func(p Position) bool { return p.Label == labels[i] })
		if at < 0 {
			at = len(out.Positions)
			out.Positions = append(out.Positions, Position{Label: labels[i]})
		}
		out.Positions[at].Claims = append(out.Positions[at].Claims, v)
	}
	return []Dispute{out}
}

// count is one source's figure.
type count struct {
	Voiced
	figure Figure
}

// figures: two sources count the same victims of the same happening and their counts exclude each other.
func (d *disputer) figures() []Dispute {
	groups := make(map[[2]string][]count)
	for _, v := range d.voices {
		if v.Voice.Stance != Asserts || v.Telling.Recounts != "" {
			continue
		}
		for _, f := range v.Voice.Figures {
			if f.Sum || f.Part || f.Low < leastCount || f.Of == "other" || !v.Telling.short() {
				continue
			}
			key := [2]string{f.Effect, victimsOf(v.Telling, f)}
			groups[key] = append(groups[key], count{v, f})
		}
	}
	var keys [][2]string
	for k := range groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var out []Dispute
	for _, k := range keys {
		counts := lastOfEach(groups[k])
		voices := make([]Voiced, len(counts))
		at := make(map[*Voice]Figure, len(counts))
		for i, c := range counts {
			voices[i] = c.Voiced
			at[c.Voice] = c.figure
		}
		topic := k[0]
		if k[1] != "" {
			topic += " " + k[1]
		}
		out = append(out, d.gather(FigureDispute, topic, voices, func(v Voiced) (string, bool) { return at[v.Voice].String(), true }, func(a, b Voiced) bool {
			return at[a.Voice].excludes(at[b.Voice]) && !update(a, at[a.Voice], b, at[b.Voice]) && !addsUp(a, at[a.Voice], b, at[b.Voice]) && d.comparable(a, b)
		})...)
	}
	return out
}

// recounted: one source gives another count of what was counted before in its article.
func (d *disputer) recounted() []Dispute {
	var out []Dispute
	for _, v := range d.voices {
		if v.Telling.Recounts == "" {
			continue
		}
		f := v.Voice.Figures[0]
		own := func(o Voiced) (Figure, bool) {
			if o == v {
				return f, true
			}
			i := slices.IndexFunc(o.Voice.Figures, func(g Figure) bool { return g.Effect == f.Effect && g.Low == v.Telling.Recounted && !g.Sum && !g.Part })
			if i < 0 || !v.Telling.recountsOf(o.Telling) || o.Voice.Stance != Asserts {
				return Figure{}, false
			}
			return o.Voice.Figures[i], true
		}
		out = append(out, d.gather(FigureDispute, f.Effect, d.voices, func(o Voiced) (string, bool) {
			g, ok := own(o)
			return g.String(), ok
		}, func(a, b Voiced) bool {
			if a != v && b != v || a.Voice.Source == b.Voice.Source {
				return false
			}
			x, _ := own(a)
			y, _ := own(b)
			return x.excludes(y) && x.Low >= leastCount && y.Low >= leastCount
		})...)
	}
	return out
}

// victimsOf is who a figure counts: as its own words tell, else as the telling's recipients do.
func victimsOf(t *Telling, f Figure) string {
	if f.Of != "" {
		return f.Of
	}
	for _, r := range t.Recipients {
		if r.Class != "" && r.Class != "civilian" {
			return r.Class
		}
	}
	return "people"
}

// lastOfEach keeps for each source what it said last, and of one article what is greatest: a source that corrects itself is
// in no dispute.
func lastOfEach(counts []count) []count {
	slices.SortStableFunc(counts, func(a, b count) int {
		return cmp.Or(cmp.Compare(a.Voice.Source, b.Voice.Source), cmp.Compare(b.Telling.Reported, a.Telling.Reported), cmp.Compare(b.figure.Low, a.figure.Low), order(a.Telling, b.Telling))
	})
	out := slices.CompactFunc(counts, func(a, b count) bool { return a.Voice.Source == b.Voice.Source })
	slices.SortStableFunc(out, func(a, b count) int { return order(a.Telling, b.Telling) })
	return out
}

// update tells whether the greater figure is the later one, or the smaller one a step of a toll that is said to rise.
func update(a Voiced, f Figure, b Voiced, g Figure) bool {
	switch x, y := a.said(), b.said(); {
	case x < y:
		return f.Low < g.Low
	case y < x:
		return g.Low < f.Low
	}
	return f.Rising && f.Low < g.Low || g.Rising && g.Low < f.Low
}

// addsUp tells whether the greater figure is a story's own: it may be the sum of what its sources count in several places.
func addsUp(a Voiced, f Figure, b Voiced, g Figure) bool {
	return a.Telling.Article == b.Telling.Article && (a.Voice.Own && g.Low < f.Low || b.Voice.Own && f.Low < g.Low)
}

// said is the day on which a claim was made, as far as is known.
func (v Voiced) said() int {
	if v.Voice.Said != NoDay {
		return v.Voice.Said
	}
	return v.Telling.Reported
}

// leastCount is the least figure that is compared: "a soldier was killed" is seldom meant as a count.
const leastCount = 2

// slack is how far a vague figure may be off.
const slack = 0.2

// farApart is how many times a figure is another that counts something else.
const farApart = 20

// excludes tells whether both figures cannot be so.
func (f Figure) excludes(g Figure) bool {
	if f.loose() && g.Low < 2*f.High && 2*g.Low > f.Low || g.loose() && f.Low < 2*g.High && 2*f.Low > g.Low {
		return false
	}
	if f.High < 0 && f.Low <= g.High+max(1, g.High/10) || g.High < 0 && g.Low <= f.High+max(1, f.High/10) {
		return false // "more than 19" and 19 are one count
	}
	if f.apart(g) > farApart {
		return false // one of them counts something else, or is misread
	}
	low, high := f.interval()
	least, most := g.interval()
	return most >= 0 && most < low || high >= 0 && high < least
}

// loose figures are words, "dozens": nothing contradicts them that is near.
func (f Figure) loose() bool { return f.Vague && f.High > f.Low }

func (f Figure) interval() (low, high float64) {
	low, high = float64(f.Low), float64(f.High)
	if f.Vague {
		low *= 1 - slack
		if high > 0 {
			high *= 1 + slack
		}
	}
	return low, high
}

// String is "12", "3–9", "at least 12", "about 12".
func (f Figure) String() string {
	switch {
	case f.High < 0:
		return fmt.Sprintf("at least %d", f.Low)
	case f.Low != f.High:
		return fmt.Sprintf("%d–%d", f.Low, f.High)
	case f.Vague:
		return fmt.Sprintf("about %d", f.Low)
	}
	return fmt.Sprint(f.Low)
}

// culprits: one violent happening, laid to two who are not the same.
func (d *disputer) culprits() []Dispute {
	return d.gather(CulpritDispute, "", d.voices, func(v Voiced) (string, bool) {
		w, ok := culprit(v)
		return w.label(), ok
	}, func(a, b Voiced) bool {
		x, _ := culprit(a)
		y, _ := culprit(b)
		// One sentence of one article does not lay it to two.
		return x.excludes(y) && (a.Telling.Article != b.Telling.Article || a.Voice.Sentence != b.Voice.Sentence) && !mentions(a.Telling.Recipients, y) && !mentions(b.Telling.Recipients, x) && d.comparable(a, b) &&
			(a.Telling.Article == b.Telling.Article || d.bond(a.Telling, b.Telling).anchor && d.detailed(a, b))
	})
}

// countered: who is accused accuses another.
func (d *disputer) countered() []Dispute {
	return d.gather(CulpritDispute, "", d.voices, func(v Voiced) (string, bool) {
		w, ok := blamed(v)
		return cmp.Or(w.label(), w.Head), ok
	}, func(a, b Voiced) bool { return a.Telling.blames(b.Telling) || b.Telling.blames(a.Telling) })
}

// culprit is the one actor that a claim lays a violent happening to.
func culprit(v Voiced) (Who, bool) {
	t := v.Telling
	if v.Voice.Stance != Asserts || t.Type != "ASSAULT" || t.Mutual || len(t.Actors) != 1 || !t.short() {
		return Who{}, false
	}
	w := t.Actors[0]
	if w.ID != "" && w.ID == v.Voice.Source {
		return Who{}, false // who only tells it
	}
	// A land is no culprit on its own ground: there it is rather where than who.
	home := t.Place == nil || t.Place.Country == "" || t.Place.Country == w.Country
	return w, w.ID != "" && (w.Class == "insurgent" || w.Class == "state" && !(w.Land && home))
}

func (w Who) label() string {
	switch {
	case w.ID != "":
		return w.ID
	case w.Country != "":
		return w.Country + " " + w.Class
	}
	return w.Class
}

// excludes tells whether two culprits cannot be one: on two sides, of two states, or two groups that have names.
func (w Who) excludes(o Who) bool {
	switch {
	case w.Class != o.Class:
		return true
	case w.Class == "state":
		return w.Country != "" && o.Country != "" && w.Country != o.Country
	}
	return w.ID != "" && o.ID != "" && w.ID != o.ID
}

func mentions(side []Who, w Who) bool {
	return slices.ContainsFunc(side, func(o Who) bool { return o.compare(w) == sameParty || o.compare(w) == alikeParty && o.Class == w.Class })
}

// Disputed tells whether the claims of one telling may already exclude each other, so that it needs no other to be a happening.
func (t *Telling) Disputed() bool {
	several, telling := false, false
	for i := range t.Voices {
		v := &t.Voices[i]
		several = several || v.Source != t.Voices[0].Source
		telling = telling || v.Stance == Denies || len(v.Figures) > 0
	}
	return several && telling
}
