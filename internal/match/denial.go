package match

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"annals/record"
)

// A denial often repeats nothing of what it denies: "Moscow denied any involvement", "the army rejected the claims". Reading
// keeps such a sentence as a statement without content. Here it is given the telling it answers: what the story told shortly
// before of the one who denies, or of somebody it does not name.

// How many code points before a denial what it answers may begin: where the denial tells what that is, where it does not, and
// where the other names no doer.
const (
	answerReach = 1500
	bareReach   = 600
	hintReach   = 450
)

// answers gives each denial without content the telling it answers.
func (c *cutter) answers() {
	taken := make(map[string]bool)
	for i := range c.r.Claims {
		k := &c.r.Claims[i]
		p := c.r.PropositionByID(k.Proposition)
		if p == nil || taken[p.ID] || !k.Realised || p.CAMEO != denyingCode || !c.whole(k) {
			continue
		}
		a := answer{c: c, denial: k, at: anchorOf(k), deniers: c.side(p.Actors)}
		if !a.open() {
			continue
		}
		if best := a.antecedent(i); best >= 0 {
			taken[p.ID] = true
			c.tellings = append(c.tellings, a.telling(i, p, best))
		}
	}
}

// denyingCode is CAMEO's code of a denial.
const denyingCode = "016"

// answer is a denial that looks for what it denies.
type answer struct {
	c       *cutter
	denial  *record.Claim
	at      record.Span // of the verb
	deniers []Who
	bare    bool  // it tells nothing of what it denies: "any involvement", "the claims"
	content Words // of its object
	names   bool  // its object has a name: "the Ghouta attack"
}

func anchorOf(k *record.Claim) record.Span {
	for _, e := range k.Evidence {
		if e.Role == "anchor" {
			return record.Span{Start: e.Start, End: e.End}
		}
	}
	return record.Span{Start: -1, End: -1}
}

// open tells whether a denial has a doer and stands in its sentence, and reads what is behind its verb.
func (a *answer) open() bool {
	s := a.denial.Sentence
	if !slices.ContainsFunc(a.deniers, Who.known) || a.at.Start < s.Start || a.at.End > s.End {
		return false
	}
	before, behind := string(a.c.text[s.Start:a.at.Start]), string(a.c.text[a.at.End:s.End])
	a.bare = bareDenial.MatchString(behind) || nothing.MatchString(behind) && claimDenied.MatchString(before)
	object := a.c.text[a.at.End:min(s.End, a.at.End+objectPoints)]
	a.content = bag("x "+clauseEnd.Split(string(object), 2)[0], a.c.lands)
	a.names = slices.ContainsFunc(a.content, func(w Word) bool { return w&weightBits == nameWord })
	return true
}

// objectPoints is how far behind a verb of denial its object reaches, in code points.
const objectPoints = 120

// clauseEnd is where the object of a denial ends.
var clauseEnd = regexp.MustCompile(`\b(?:saying|calling|and said|but|insisting|accusing|blaming|dismissing|while|portrayed)\b|[;"“]`)

// bareDenial is what stands behind a verb of denial and names no act: "any involvement in it", "being behind the attack", "the claims".
var bareDenial = regexp.MustCompile(`(?i)^\s*(?:(?:any|all|its|their|his|her|the|these|those|such|this|that|both|having|had|has|a|being|direct|previous|latest|earlier|repeated|to|it|they|he|she|were|was|is|are|forces|army|troops|government)\s+){0,6}` +
	`(?:responsib(?:ility|le)\b|involve(?:ment|d)\b|behind\b|role\b|hand\b|part\b|complicity\b|wrongdoing\b|guilt\b|` +
	`(?:accusations?|allegations?|charges?|claims?|reports?|accounts?|assertions?|it|this|that|them|so)\s*(?:[.,;:"”)]|$|(?:and|but|as|however|on|in an?|saying|calling|blaming|insisting|describing|while)\b))`)

// claimDenied is what stands before a verb of denial whose object is a claim: "accusations that Ankara has", "the reports were".
var claimDenied = regexp.MustCompile(`(?i)\b(?:accusations?|allegations?|charges?|claims?|reports?|accounts|which)\b(?:\W+\w+){0,6}\W*$`)

// nothing is what stands behind a verb of denial without an object.
var nothing = regexp.MustCompile(`(?i)^\s*(?:[.,;:"”)]|$|(?:by|and|but|as)\b)`)

// antecedent is the claim that a denial answers best, or -1.
func (a *answer) antecedent(denial int) int {
	best, most := -1, 0.0
	for i := range a.c.r.Claims {
		k := &a.c.r.Claims[i]
		if i == denial || !a.c.whole(k) {
			continue
		}
		gap := a.denial.Sentence.Start - k.Sentence.Start
		if gap < 0 || gap > answerReach || gap == 0 && anchorOf(k).Start >= a.at.Start {
			continue
		}
		if fit := a.fits(k, gap); fit > 0 {
			if fit -= float64(gap) / answerReach; best < 0 || fit >= most {
				best, most = i, fit
			}
		}
	}
	return best
}

// fits is how well a claim is what the denial answers, 0 for not at all: somebody else holds that the one who denies did it.
func (a *answer) fits(k *record.Claim, gap int) float64 {
	p := a.c.r.PropositionByID(k.Proposition)
	if p == nil || k.Polarity != "positive" || p.Type == "STATEMENT" || k.Modality != "asserted" && !(k.Modality == "possible" && len(k.Chain) > 1) {
		return 0
	}
	accuses, told, own := p.Type == "ACCUSE", k.Act == "accuse", len(k.Chain) < 2
	if !accuses && !told && !slices.Contains(material, p.Type) && (gap > 0 || own) || own && !accuses && !a.bare {
		return 0
	}
	if speaker := a.c.speaker(k); speaker != nil && a.party([]Who{*speaker}) == sameParty {
		return 0 // his own words
	}
	doers, others := p.Actors, p.Recipients
	if accuses {
		doers, others = others, doers
	}
	if a.party(a.c.side(others)) == sameParty {
		return 0 // he accuses, or it was done to him
	}
	sentence := a.c.sentence(k.Sentence)
	shared, need := a.shared(sentence), 0
	fit := 0.0
	switch a.party(a.c.side(doers)) {
	case sameParty:
		fit = 3
		if gap > bareReach {
			need = 2
		}
	case unknownParty:
		if !a.bare || gap > hintReach || accuses || !a.named(sentence) {
			return 0
		}
		fit = 1
	default:
		return 0
	}
	if !a.bare {
		need = 2
	}
	if shared < need || a.names && !a.sharesName(sentence) {
		return 0
	}
	switch {
	case told && !accuses:
		fit += 1.5 // what was said rather than that it was said
	case accuses:
		fit++
	case !own:
		fit += 0.5
	}
	return fit + float64(min(shared, 4))/2
}

// shared counts the words that the object of the denial shares with a sentence.
func (a *answer) shared(s *sentence) (n int) {
	eachShared(a.content, s.words, func(Word, Word) { n++ })
	return n
}

// sharesName tells whether a sentence has a name that stands in the object of the denial.
func (a *answer) sharesName(s *sentence) (shares bool) {
	eachShared(a.content, s.words, func(x, _ Word) { shares = shares || x&weightBits == nameWord })
	return shares
}

// party tells whether a side is of the party that denies: it has the same name, or is of the same state. "Troops" without
// a land are of the land that the story is most about.
func (a *answer) party(side []Who) fit {
	out := unknownParty
	if slices.ContainsFunc(side, Who.known) {
		out = otherParty
	}
	for _, d := range a.deniers {
		for _, w := range side {
			switch {
			case d.ID != "" && d.ID == w.ID, d.ID == "" && w.ID == "" && d.Head == w.Head && d.Class == w.Class && d.Country == w.Country:
				return sameParty
			case d.Class != "" && w.Class != "" && d.Class != w.Class:
			case d.Class == "insurgent" || w.Class == "insurgent":
				if d.ID == "" || w.ID == "" {
					out = unknownParty
				}
			case d.Country != "" && w.Country != "":
				if d.Country == w.Country {
					return sameParty
				}
			case w.Class == "state" && d.Class == "state":
				if cmp.Or(d.Country, a.c.home()) == cmp.Or(w.Country, a.c.home()) && (w.Country != "" || stateForces[w.Head]) {
					return sameParty
				}
				out = unknownParty
			case w.ID == "":
				out = unknownParty // "warplanes" may be anybody's
			}
		}
	}
	return out
}

// stateForces are stems of words for those who act for a state, without saying for which.
var stateForces = stems("government regime army forces troops military authorities soldiers police")

// home is the land whose actors a story names most often.
func (c *cutter) home() string {
	if c.most == "" {
		count := make(map[string]int)
		for i := range c.r.Actors {
			a := &c.r.Actors[i]
			if a.Country == "" {
				continue
			}
			count[a.Country] += a.Mentions
			if n, m := count[a.Country], count[c.most]; n > m || n == m && a.Country < c.most {
				c.most = a.Country
			}
		}
	}
	return c.most
}

// named tells whether a sentence names one who denies, or his land.
func (a *answer) named(s *sentence) bool {
	for _, d := range a.deniers {
		for i := range a.c.r.Actors {
			r := &a.c.r.Actors[i]
			if (r.ID == d.ID && d.ID != "" || r.Kind == "state" && d.Country != "" && r.Country == d.Country) && len(r.Name) >= landLetters && strings.Contains(s.lower, strings.ToLower(r.Name[:landLetters])) {
				return true
			}
		}
	}
	return false
}

// telling is the denial as a telling of what it answers, by nobody but those who deny.
func (a *answer) telling(i int, p *record.Proposition, antecedent int) Telling {
	k := &a.c.r.Claims[antecedent]
	of := a.c.tellings[a.c.index[k.Proposition]]
	out := of
	out.Proposition, out.Answers = p.ID, of.Proposition
	if of.Type != "ACCUSE" {
		out.Actors = a.deniers
	}
	s := a.c.sentence(a.denial.Sentence)
	v := Voice{
		Claim: a.denial.ID, Index: i, Source: a.c.from.ID + "/" + p.Actors[0].Actor, Speaker: &a.deniers[0], Stance: Denies, Denies: true,
		Sentence: a.denial.Sentence.Start, Words: s.words, Aside: s.aside, Contrast: true, Refers: true,
	}
	if a.deniers[0].ID != "" {
		v.Source = a.deniers[0].ID
	}
	out.Voices = []Voice{v}
	return out
}
