package match

import (
	"regexp"
	"slices"
	"strings"
)

// Who is accused often answers by accusing somebody else: "Damascus denied responsibility and blamed rebels". The second
// accusation is of the same deed as the first where it names no other.

// counters ties each accusation to the one before it that it turns on another.
func (c *cutter) counters() {
	for i := range c.r.Claims {
		k := &c.r.Claims[i]
		p := c.r.PropositionByID(k.Proposition)
		if p == nil || p.Type != "ACCUSE" || !k.Realised || !c.whole(k) {
			continue
		}
		t := &c.tellings[c.index[p.ID]]
		by, accused := c.side(p.Actors), c.side(p.Recipients)
		if on := blamedOn.FindStringSubmatch(string(c.text[anchorOf(k).End:max(anchorOf(k).End, k.Sentence.End)])); on != nil {
			// "blamed it on the rebels": reading takes what is blamed for who is
			if class := victims[strings.ToLower(on[1])]; class == "insurgent" || class == "state" {
				accused = []Who{{Class: class, Head: stem(strings.ToLower(on[1]))}}
				t.Recipients = accused
			}
		}
		if t.Blames != "" || !slices.ContainsFunc(by, Who.known) || !slices.ContainsFunc(accused, Who.known) {
			continue
		}
		a := answer{c: c, denial: k, at: anchorOf(k), deniers: by}
		if at := c.turnsOn(&a, i, accused); at >= 0 {
			t.Blames = c.r.Claims[at].Proposition
		}
	}
}

// blamedOn finds on whom a deed is blamed.
var blamedOn = regexp.MustCompile(`(?i)^\s+(?:it|this|that|the (?:\w+ )?\w+) on (?:the |\w+ )?(\w+)`)

// turnsOn is the nearest earlier claim by which somebody else accuses the accuser, or -1.
func (c *cutter) turnsOn(a *answer, i int, accused []Who) int {
	s := a.denial.Sentence
	if a.at.Start < s.Start || a.at.End > s.End {
		return -1
	}
	if deedNamed.MatchString(string(c.text[a.at.End:s.End])) {
		return -1 // both may be so
	}
	best := -1
	for j := range c.r.Claims {
		k := &c.r.Claims[j]
		gap := s.Start - k.Sentence.Start
		if j == i || !c.whole(k) || gap < 0 || gap > bareReach || gap == 0 && anchorOf(k).Start >= a.at.Start || k.Polarity != "positive" || k.Modality != "asserted" {
			continue
		}
		p := c.r.PropositionByID(k.Proposition)
		if p == nil || p.Type != "ACCUSE" || k.Proposition == a.denial.Proposition {
			continue
		}
		doers := c.side(p.Recipients)
		if a.party(doers) != sameParty || slices.ContainsFunc(accused, a.same) || !distinct(doers, accused) {
			continue
		}
		if speaker := c.speaker(k); speaker != nil && a.same(*speaker) || slices.ContainsFunc(c.side(p.Actors), a.same) {
			continue
		}
		if best < 0 || k.Sentence.Start >= c.r.Claims[best].Sentence.Start {
			best = j
		}
	}
	return best
}

// deedNamed finds what somebody is accused of, where an accusation tells more than "it" or "the attack".
var deedNamed = regexp.MustCompile(`(?i)\b(?:of|for) (?:\w+ing|using|the (?:\w+ )?(?:killing|shelling|use|death|deaths))\b[^.;]*`)

// distinct tells whether nobody stands on both sides.
func distinct(a, b []Who) bool {
	return !slices.ContainsFunc(a, func(x Who) bool {
		return slices.ContainsFunc(b, func(y Who) bool { return x.compare(y) == sameParty || x.Class == y.Class && x.Country == y.Country })
	})
}

// blames tells whether a telling turns the accusation of another on somebody else.
func (t *Telling) blames(o *Telling) bool {
	return t.Blames != "" && t.Article == o.Article && t.Blames == o.Proposition && t.Blames != t.Proposition
}

// blamed is the one whom an accusation accuses.
func blamed(v Voiced) (Who, bool) {
	side := v.Telling.Actors
	if v.Telling.Type == "ACCUSE" {
		side = v.Telling.Recipients
	}
	i := slices.IndexFunc(side, Who.known)
	if i < 0 || v.Voice.Stance != Asserts || side[i].Class != "state" && side[i].Class != "insurgent" {
		return Who{}, false
	}
	return side[i], true
}
