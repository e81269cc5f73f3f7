package match

import (
	"cmp"
	"regexp"
	"slices"

	"annals/record"
)

// A story that has told how many died often tells what somebody else counts: "state television gave a lower toll of 12". The second
// count is of what was counted before, though its sentence tells no happening.

// tollReach is how many code points before a toll the count may stand that it is another of.
const tollReach = 900

// tollGiven finds a toll that somebody gives, tollStep one that takes the place of his own, tollOfWar one of more than a happening.
var (
	tollGiven = regexp.MustCompile(`(?i)\b(?:put|puts|putting|gave|gives|giving|placed|placing|reported|reporting)\b(?: [\w-]+){0,3} (?:toll|number of (?:\w+ )?(?:dead|killed|deaths|victims|fatalities|(?:\w+ )?(?:killed|dead)))\b(?: \w+){0,2} (?:at|of)\b`)
	tollStep  = regexp.MustCompile(`(?i)\b(?:earlier|previous(?:ly)?|updated?|updating|new|revised|rais(?:ed|ing)|total|overall)\b`)
	tollOfWar = regexp.MustCompile(`(?i)\b(?:conflict|war|years?|months?|weeks?|since|uprising|crisis)\b`)
)

// recounts adds a telling for each toll that somebody gives of what the story has counted before.
func (c *cutter) recounts() {
	for at := range c.r.Casualties {
		n := &c.r.Casualties[at]
		if i := c.teller(n, true); i >= 0 {
			c.recount(n, i)
		}
	}
}

func (c *cutter) recount(n *record.Casualty, i int) {
	k := &c.r.Claims[i]
	before := c.countBefore(n)
	if before == nil {
		return
	}
	of := c.tellingOf(before)
	out, ok := c.countTelling(n, i)
	if of < 0 || !ok || c.tellings[of].Proposition == out.Proposition || slices.ContainsFunc(c.tellings, func(t Telling) bool { return t.Proposition == out.Proposition && t.Recounts != "" }) {
		return
	}
	if slices.ContainsFunc(c.tellings[of].Voices, func(v Voice) bool { return v.Source == out.Voices[0].Source }) {
		return // he corrects himself
	}
	base := c.tellings[of]
	out.Type, out.Mode, out.Actors, out.Recipients, out.Place = base.Type, base.Mode, base.Actors, base.Recipients, base.Place
	out.First, out.Last, out.Dated = base.First, base.Last, base.Dated
	out.Recounts, out.Recounted = base.Proposition, before.Low
	out.Voices[0].Sentence = k.Sentence.Start
	c.tellings = append(c.tellings, out)
}

// countBefore is the nearest count of the same kind before a toll, if it can be of the same victims.
func (c *cutter) countBefore(n *record.Casualty) *record.Casualty {
	var best *record.Casualty
	for at := range c.r.Casualties {
		o := &c.r.Casualties[at]
		if o.Effect == n.Effect && o.SubsetOf == nil && alikeVictims(cmp.Or(c.counted(o), "people"), cmp.Or(c.counted(n), "people")) && o.Evidence.End <= n.Evidence.Start && n.Evidence.Start-o.Evidence.End <= tollReach && (best == nil || o.Evidence.End > best.Evidence.End) {
			best = o
		}
	}
	if best == nil || !ofOne(best) || best.Low < leastCount {
		return nil
	}
	return best
}

// tellingOf is the telling that gives a count, or a new one where its sentence only tells that somebody counts; -1 where there is no claim.
func (c *cutter) tellingOf(n *record.Casualty) int {
	for t := range c.tellings {
		for _, v := range c.tellings[t].Voices {
			s := c.r.Claims[v.Index].Sentence
			if v.Stance == Asserts && c.tellings[t].Type != "STATEMENT" && c.inside(n, s) && slices.ContainsFunc(v.Figures, func(g Figure) bool { return g.Effect == n.Effect && g.Low == n.Low && !g.Sum && !g.Part }) {
				return t
			}
		}
	}
	i := c.teller(n, false)
	if i < 0 {
		return -1
	}
	t, ok := c.countTelling(n, i)
	if !ok {
		return -1
	}
	t.Type, t.Recipients = "ASSAULT", nil
	c.tellings = append(c.tellings, t)
	return len(c.tellings) - 1
}

// countTelling is a telling of nothing but a count, by the one who gives it.
func (c *cutter) countTelling(n *record.Casualty, i int) (Telling, bool) {
	k := &c.r.Claims[i]
	p := c.r.PropositionByID(k.Proposition)
	source, known := c.counts(k, p)
	if !known {
		return Telling{}, false
	}
	t := c.start(p)
	s := c.sentence(k.Sentence)
	t.Voices = []Voice{{Claim: k.ID, Index: i, Source: source, Stance: Asserts, Sentence: k.Sentence.Start, Words: s.words, Refers: true,
		Figures: []Figure{{Effect: n.Effect, Low: n.Low, High: n.High, Vague: n.Approx || n.Number < 0, Of: c.counted(n)}}}}
	return t, true
}

// teller is the claim in whose sentence somebody gives a count as a toll that answers another, or -1: the statement rather than the
// happening. Where it need not answer, any toll or count will do.
func (c *cutter) teller(n *record.Casualty, answers bool) int {
	best := -1
	for i := range c.r.Claims {
		k := &c.r.Claims[i]
		if !c.whole(k) || !c.inside(n, k.Sentence) || k.Polarity != "positive" || k.Modality != "asserted" {
			continue
		}
		if !ofOne(n) {
			return -1
		}
		before := string(c.text[k.Sentence.Start:n.Evidence.Start])
		if answers && !tollGiven.MatchString(before) || tollStep.MatchString(before) || tollOfWar.MatchString(c.sentence(k.Sentence).text) {
			return -1
		}
		if p := c.r.PropositionByID(k.Proposition); p != nil && (best < 0 || p.Type == "STATEMENT" && len(p.Actors) > 0) {
			best = i
		}
	}
	return best
}

// counts tells who gives a toll: who speaks, or who is said to give it.
func (c *cutter) counts(k *record.Claim, p *record.Proposition) (source string, known bool) {
	if len(k.Chain) > 1 {
		source, _ = c.source(k)
		return source, true
	}
	if p.Type != "STATEMENT" {
		return c.from.ID + "/" + k.ID, true // somebody in this sentence alone
	}
	for _, party := range p.Actors {
		if party.Actor != "" {
			return c.from.ID + "/" + party.Actor, true
		}
	}
	return "", false
}

// ofOne tells whether a count may be of one happening: reading takes every "toll" for one that grows.
func ofOne(n *record.Casualty) bool { return n.Scope == "incident" || n.Rule == "toll" }

// alikeVictims tells whether two words for those who are counted may be of the same: most of the people are civilians.
func alikeVictims(a, b string) bool {
	return a == b || a == "people" && b == "civilian" || a == "civilian" && b == "people"
}

// recountsOf tells whether a telling is another count of what the other tells.
func (t *Telling) recountsOf(o *Telling) bool {
	return t.Recounts != "" && t.Article == o.Article && t.Recounts == o.Proposition
}
