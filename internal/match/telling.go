package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"annals/internal/civil"
	"annals/record"
)

// Telling is what one article tells of one proposition: the unit that is matched across articles. Days are counted
// from the first of January 1900, which is day 1; NoDay is an unknown one.
type Telling struct {
	Article     string   `json:"a"`
	Proposition string   `json:"p"`
	Type        string   `json:"t"`
	Mode        string   `json:"m,omitempty"`
	Actors      []Who    `json:"w,omitempty"`
	Recipients  []Who    `json:"r,omitempty"`
	Items       []string `json:"i,omitempty"` // categories, or the words where there is none
	Place       *Spot    `json:"l,omitempty"`
	First       int      `json:"f,omitempty"` // day
	Last        int      `json:"e,omitempty"`
	Dated       bool     `json:"d,omitempty"` // by a time expression or the date of a report, not by tense alone
	Reported    int      `json:"n,omitempty"`
	Mutual      bool     `json:"u,omitempty"` // a fight of two sides: who acts and who is acted on is a way of telling
	Story       Words    `json:"-"`           // of the headline and the lead: what story it stands in; kept once a story
	Answers     string   `json:"q,omitempty"` // the proposition of this article that it denies, where it says no more of it than that
	Blames      string   `json:"b,omitempty"` // the proposition of an accusation in this article that it turns on another
	Recounts    string   `json:"x,omitempty"` // the proposition of this article of whose victims it gives another count
	Recounted   int64    `json:"y,omitempty"` // that count, at the least
	Voices      []Voice  `json:"c"`

	all Words // of all the sentences, where there are several and they were gathered
}

// NoDay is an unknown day.
const NoDay = 0

// Who is a party of a telling.
type Who struct {
	ID      string `json:"i,omitempty"` // of an actor that is the same in every article; "" for "rebels", "police"
	Country string `json:"c,omitempty"`
	Class   string `json:"k,omitempty"` // state, insurgent, civilian: on which side of a fight; "" when that is not known
	Head    string `json:"h,omitempty"` // last word of the phrase, stemmed
	Land    bool   `json:"l,omitempty"` // the state itself, not its government or army
}

// known tells whether anything is known of a party but its words.
func (w Who) known() bool { return w.ID != "" || w.Country != "" || w.Class != "" }

// Spot is where a telling takes place. One that no table of places knows has no point: 0 and 0.
type Spot struct {
	ID      int64   `json:"i,omitempty"` // GeoNames
	Name    string  `json:"n"`
	Lat     float64 `json:"y"`
	Lon     float64 `json:"x"`
	Country string  `json:"c,omitempty"`
	Wide    bool    `json:"w,omitempty"` // a province or region
	Near    bool    `json:"b,omitempty"` // not its own: that of the claim next to it
}

// Voice is one claim of a telling.
type Voice struct {
	Claim    string   `json:"c"`           // id
	Index    int      `json:"i"`           // in the record
	Source   string   `json:"s"`           // whose word it is: the same string, the same source
	Own      bool     `json:"o,omitempty"` // the publisher's own voice
	Speaker  *Who     `json:"b,omitempty"` // of a denial
	Said     int      `json:"t,omitempty"` // day, when the story tells it
	Stance   int      `json:"p"`           // Asserts, Denies, or neither
	Denies   bool     `json:"d,omitempty"` // by an act of denial, not by a "not" alone
	Sentence int      `json:"n"`           // code point where it begins
	Words    Words    `json:"w,omitempty"` // of the sentence
	Aside    bool     `json:"a,omitempty"` // "another", "elsewhere", "also": one happening more, told beside the first
	Contrast bool     `json:"k,omitempty"` // "but": a second side of what it tells
	Refers   bool     `json:"r,omitempty"` // "the attack", "the toll": to what was told before
	Figures  []Figure `json:"f,omitempty"`
}

// Stances.
const (
	Asserts = 1
	Neither = 0
	Denies  = -1
)

// Figure is a count of victims as one claim gives it; High -1 is open.
type Figure struct {
	Effect string `json:"e"`
	Of     string `json:"o"` // people, civilian, insurgent, state: who is counted; "" when that is not told
	Low    int64  `json:"l"`
	High   int64  `json:"h"`
	Vague  bool   `json:"v,omitempty"` // "dozens", "about 40"
	Sum    bool   `json:"s,omitempty"` // of a longer time than one happening
	Part   bool   `json:"p,omitempty"` // of another figure
	Rising bool   `json:"r,omitempty"` // a step of a toll that is said to rise
}

// leadPoints is how far the lead of a story reaches, in code points.
const leadPoints = 400

// Tellings cuts a record into what it tells. Propositions that only say that somebody spoke, and those that nothing
// but their type tells apart, are left out: they match nothing. A copy speaks with the voices of the story it copies.
func Tellings(r *record.Record, from Story) []Telling {
	if from.ID == "" {
		from = Story{ID: r.Article.ID, Origin: Origin(&r.Article)}
	}
	c := cutter{r: r, text: []rune(r.Article.Text), reported: day(r.Article.Date), from: from, index: make(map[string]int), hung: make(map[int]bool),
		sentences: make(map[record.Span]*sentence)}
	lead := string(c.text[:min(len(c.text), leadPoints)])
	c.lands = landNames(r)
	for i := range r.Propositions {
		if p := &r.Propositions[i]; p.Type == "ASSAULT" {
			for _, at := range p.Casualties {
				c.hung[at] = true
			}
		}
	}
	c.story = bag(r.Article.Title+"\n"+lead, c.lands)
	for i := range r.Claims {
		c.claim(i)
	}
	c.recounts()
	c.answers()
	c.counters()
	var out []Telling
	for i := range c.tellings {
		if t := &c.tellings[i]; t.telling() {
			t.all = t.words()
			out = append(out, *t)
		}
	}
	return out
}

// telling tells whether there is enough to know a happening by.
func (t *Telling) telling() bool {
	if t.Type == "STATEMENT" {
		return false
	}
	known := 0
	for _, side := range [][]Who{t.Actors, t.Recipients} {
		if slices.ContainsFunc(side, Who.known) {
			known++
		}
	}
	if t.Place != nil {
		known++
	}
	if len(t.Items) > 0 {
		known++
	}
	if slices.ContainsFunc(t.Voices, func(v Voice) bool { return len(v.Figures) > 0 }) {
		known++
	}
	return known >= 2 || known == 1 && len(t.words()) >= 4
}

type cutter struct {
	r        *record.Record
	text     []rune
	reported int
	from     Story
	story    Words
	lands    []string
	index    map[string]int // proposition → telling
	tellings []Telling
	place    *Spot        // of the latest claim that had one
	placeAt  int          // the code point where its sentence begins
	hung     map[int]bool // casualties that violence has
	most     string       // the land whose actors are named most, once it is known

	sentences map[record.Span]*sentence
}

// placeReach is how many code points before a claim the place of another may stand that it borrows.
const placeReach = 400

func (c *cutter) claim(i int) {
	k := &c.r.Claims[i]
	p := c.r.PropositionByID(k.Proposition)
	if p == nil || !c.whole(k) {
		return
	}
	at, ok := c.index[p.ID]
	if !ok {
		at = len(c.tellings)
		c.index[p.ID] = at
		c.tellings = append(c.tellings, c.start(p))
	}
	t := &c.tellings[at]
	switch {
	case t.Place != nil && !t.Place.Near:
		c.place, c.placeAt = t.Place, k.Sentence.Start
	case t.Place == nil && c.place != nil && k.Sentence.Start-c.placeAt <= placeReach:
		near := *c.place
		near.Near = true
		t.Place = &near
	}
	t.Voices = append(t.Voices, c.voice(i, p, c.sentence(k.Sentence)))
	for _, e := range k.Evidence {
		t.Mutual = t.Mutual || e.Role == "anchor" && mutual[stem(strings.ToLower(lastWord(e.Exact)))]
	}
}

// whole tells whether the sentence of a claim stands in the text: records may come from outside.
func (c *cutter) whole(k *record.Claim) bool {
	return 0 <= k.Sentence.Start && k.Sentence.Start <= k.Sentence.End && k.Sentence.End <= len(c.text)
}

func (c *cutter) start(p *record.Proposition) Telling {
	t := Telling{
		Article: c.r.Article.ID, Proposition: p.ID, Type: p.Type, Mode: p.Mode, Actors: c.side(p.Actors), Recipients: c.side(p.Recipients),
		First: day(p.Time.From), Last: day(p.Time.To), Dated: p.Time.Source == "timex" || p.Time.Source == "document",
		Reported: c.reported, Story: c.story,
	}
	if t.Last == NoDay && t.First == NoDay {
		t.Last, t.Dated = c.reported, false
	}
	for _, item := range p.Items {
		t.Items = append(t.Items, cmp.Or(item.Category, stem(strings.ToLower(lastWord(item.Text)))))
	}
	if p.Place != nil && *p.Place >= 0 && *p.Place < len(c.r.Places) {
		l := &c.r.Places[*p.Place]
		if l.Precision != "country" && l.Precision != "continent" && l.Name != "" {
			t.Place = &Spot{ID: l.GeonameID, Name: l.Name, Lat: l.Lat, Lon: l.Lon, Country: l.Country, Wide: l.Precision == "province" || l.Precision == "region"}
		}
	}
	return t
}

var dayZero = civil.Of(1899, 12, 31) // near enough that spans of time do not overflow

func day(s string) int {
	d, err := civil.Parse(s)
	if err != nil {
		return NoDay
	}
	return d.DaysSince(dayZero)
}

// named are the kinds of actors whose id means the same in every article.
var named = []string{"state", "government", "person", "organisation", "igo", "armed-group"}

func (c *cutter) side(parties []record.Party) []Who {
	var out []Who
	for _, p := range parties {
		w := Who{Head: stem(strings.ToLower(lastWord(p.Text)))}
		// In "the Britain-based observatory", Britain does nothing.
		if a := c.r.ActorByID(p.Actor); a != nil && !strings.Contains(p.Text, "-based") && (p.Text == "" || !strings.Contains(c.r.Article.Text, p.Text+"-based")) {
			w.Country, w.Class, w.Land = a.Country, class(a), a.Kind == "state"
			if slices.Contains(named, a.Kind) && !a.Anonymous && (a.Code != "" || a.Kind == "person") {
				w.ID = a.ID
			}
		}
		out = append(out, w)
	}
	return out
}

// class is the side of a fight on which an actor stands, as far as its sectors tell.
func class(a *record.Actor) string {
	if a.Kind == "state" {
		return "state"
	}
	for _, s := range a.Sectors {
		switch s {
		case "JRN", "NGO", "SOC", "IGO":
			return ""
		case "GOV", "MIL", "COP", "SPY", "PRM":
			return "state"
		case "REB", "UAF", "OPP":
			return "insurgent"
		case "CVL", "REF", "MED", "EDU":
			return "civilian"
		}
	}
	return ""
}

// words of all the sentences.
func (t *Telling) words() Words {
	if t.all != nil {
		return t.all
	}
	if len(t.Voices) == 1 {
		return t.Voices[0].Words
	}
	var out Words
	for i := range t.Voices {
		out = union(out, t.Voices[i].Words)
	}
	return out
}

// landNames are the beginnings of the names of states in a record: in a story of a country, its name tells nothing.
func landNames(r *record.Record) []string {
	var out []string
	for i := range r.Actors {
		if a := &r.Actors[i]; a.Kind == "state" {
			if name := strings.ToLower(a.Name); name != "" {
				out = append(out, name[:min(len(name), landLetters)])
			}
		}
	}
	return out
}

// landLetters are shared by the name of a country and of its people: "Syria", "Syrian".
const landLetters = 5

func lastWord(s string) string {
	f := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

func (c *cutter) voice(i int, p *record.Proposition, s *sentence) Voice {
	k := &c.r.Claims[i]
	v := Voice{
		Claim: k.ID, Index: i, Sentence: k.Sentence.Start, Words: s.words, Aside: s.aside, Refers: s.refers, Contrast: s.contrast,
	}
	v.Source, v.Own = c.source(k)
	switch {
	case k.Act == "deny" && k.Polarity == "negative" && responsibility(k) && !c.clears(c.speaker(k), p): // who had no part in it does not say that it was not
	case k.Act == "deny" && k.Polarity != "negative": // what somebody denies he does not assert, however it was read
	case k.Realised:
		v.Stance = Asserts
	case k.Polarity == "negative" && k.Modality == "asserted":
		v.Denies = denying.MatchString(s.text) || k.Act == "deny" && strings.Contains(strings.ToLower(k.Cue), "den")
		v.Speaker = c.speaker(k)
		if v.Denies || c.clears(v.Speaker, p) && disclaims.MatchString(s.text) && !s.has(noDenials) {
			v.Stance = Denies
		}
	}
	if k.Said.Source == "timex" {
		v.Said = day(k.Said.From)
	}
	v.Figures = c.figures(k, p, s)
	return v
}

// speaker is who speaks in a claim, when that is not the publisher.
func (c *cutter) speaker(k *record.Claim) *Who {
	if len(k.Chain) < 2 {
		return nil
	}
	side := c.side([]record.Party{{Actor: k.Chain[0]}})
	return &side[0]
}

// clears tells whether a speaker says of one of his own that he did not do it: a "not" of others need be no denial.
func (c *cutter) clears(speaker *Who, p *record.Proposition) bool {
	return speaker != nil && slices.Contains(material, p.Type) && slices.ContainsFunc(c.side(p.Actors), func(w Who) bool {
		return w.ID != "" && w.ID == speaker.ID || w.Country != "" && w.Country == speaker.Country
	})
}

// figures are the proposition's counts that stand in the claim's sentence. Where a sentence has several of one effect, none is
// the whole, unless it says that the others are part of it.
func (c *cutter) figures(k *record.Claim, p *record.Proposition, s *sentence) []Figure {
	var counts []int
	largest, several := make(map[string]int64), make(map[string]bool)
	for i := range c.r.Casualties {
		n := &c.r.Casualties[i]
		if !c.inside(n, k.Sentence) {
			continue
		}
		counts = append(counts, i)
		if before, ok := largest[n.Effect]; ok && before != n.Low {
			several[n.Effect] = true
		}
		largest[n.Effect] = max(largest[n.Effect], n.Low)
	}
	if len(counts) == 0 {
		return nil
	}
	among, either, step := s.has(parts), s.has(alternatives), rising.MatchString(s.text)
	var out []Figure
	for _, at := range counts {
		n := &c.r.Casualties[at]
		// A count that the reading hung on no happening is that of the violence its sentence tells.
		if !slices.Contains(p.Casualties, at) && (p.Type != "ASSAULT" || c.hung[at]) {
			continue
		}
		out = append(out, Figure{
			Effect: n.Effect, Low: n.Low, High: n.High, Vague: n.Approx || n.Number < 0, Sum: n.Scope != "incident" || s.has(longer),
			Rising: step, Part: n.SubsetOf != nil || either || several[n.Effect] && (!among || n.Low < largest[n.Effect]), Of: c.counted(n),
		})
	}
	return out
}

// inside tells whether a count stands in a sentence and has its bounds in order: records may come from outside.
func (c *cutter) inside(n *record.Casualty, s record.Span) bool {
	e := n.Evidence
	return s.Start <= e.Start && e.Start <= e.End && e.End <= s.End && (n.High < 0 || n.Low <= n.High)
}

// counted is who a figure counts, from the words that stand in it and right after it.
func (c *cutter) counted(n *record.Casualty) string {
	end := min(n.Evidence.End+24, len(c.text))
	for _, w := range strings.FieldsFunc(string(c.text[n.Evidence.Start:end]), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if of, ok := victims[strings.ToLower(w)]; ok {
			return of
		}
	}
	return ""
}

// source names whose word a claim is. Somebody known by name is one source wherever he is quoted; "officials" are
// another source in every story, and the publisher's own voice is that of the agency that wrote the story.
func (c *cutter) source(k *record.Claim) (key string, own bool) {
	if len(k.Chain) <= 1 {
		return c.from.Origin, true
	}
	a := c.r.ActorByID(k.Chain[0])
	if a == nil || a.Anonymous || a.Kind == "role" || a.Kind == "unknown" {
		return c.from.ID + "/" + k.Chain[0], false
	}
	return a.ID, false
}

// DayString is a day as ISO 8601, "" for NoDay.
func DayString(day int) string {
	if day == NoDay {
		return ""
	}
	return dayZero.AddDays(day).String()
}
