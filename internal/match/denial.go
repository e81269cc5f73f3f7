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
	hintReach   = 700

	nextSentence = 250
)

// answers gives each denial without content the telling it answers.
func (c *cutter) answers() {
	taken := make(map[string]bool)
	for i := range c.r.Claims {
		k := &c.r.Claims[i]
		p := c.r.PropositionByID(k.Proposition)
		if p == nil || taken[p.ID] || !c.whole(k) {
			continue
		}
		if k.Act == "deny" && p.Type != "STATEMENT" && k.Modality != "future" && !responsibility(k) {
			c.aim(i, p)
			continue
		}
		// "The army denies" may stand as a content of what is denied before it.
		if p.CAMEO != denyingCode || k.Modality != "asserted" && k.Modality != "possible" || k.Polarity == "negative" && k.Act != "deny" {
			continue
		}
		a := answer{c: c, denial: k, at: anchorOf(k), deniers: c.side(p.Actors)}
		if !a.open() {
			continue
		}
		best := a.antecedent(i)
		if best < 0 {
			best = a.accusation(i)
		}
		if best >= 0 {
			taken[p.ID] = true
			c.tellings = append(c.tellings, a.telling(i, p, best))
		}
	}
}

// aim finds what a denial answers whose content was read: its telling is another than that of what it denies.
func (c *cutter) aim(i int, p *record.Proposition) {
	k := &c.r.Claims[i]
	t := &c.tellings[c.index[p.ID]]
	if t.Answers != "" || !denialCue.MatchString(k.Cue) || slices.ContainsFunc(t.Voices, func(v Voice) bool { return v.Stance == Asserts }) {
		return
	}
	a := answer{c: c, denial: k, at: evidenceOf(k, "cue"), deniers: c.side(p.Actors)}
	if !slices.ContainsFunc(a.deniers, Who.known) {
		if speaker := c.speaker(k); speaker != nil {
			a.deniers = []Who{*speaker}
		}
	}
	if !a.open() {
		return
	}
	if best := a.antecedent(i); best >= 0 && c.r.Claims[best].Proposition != p.ID && c.r.PropositionByID(c.r.Claims[best].Proposition).Type == p.Type {
		t.Answers = c.r.Claims[best].Proposition
		for j := range t.Voices {
			if v := &t.Voices[j]; v.Index == i {
				v.Stance, v.Denies, v.Speaker = Denies, true, &a.deniers[0]
			}
		}
	}
}

// denialCue is a cue of denial rather than of refusal.
var denialCue = regexp.MustCompile(`(?i)\b(?:den(?:y|ies|ied|ying)|reject|dismiss|refut|rebut|disput)`)

// denyingCode is CAMEO's code of a denial.
const denyingCode = "016"

// answer is a denial that looks for what it denies.
type answer struct {
	c        *cutter
	denial   *record.Claim
	at       record.Span // of the verb
	deniers  []Who
	bare     bool  // it tells nothing of what it denies: "any involvement", "the claims"
	content  Words // of its object
	claims   bool  // it denies "the allegation", "those claims"
	report   bool  // it denies what others tell, and says what that is: "reports of an attack", "charges that it was behind it"
	chemical bool  // it denies the use of gas or "such weapons"
	names    bool  // its object has a name: "the Ghouta attack"
}

func anchorOf(k *record.Claim) record.Span { return evidenceOf(k, "anchor") }

// evidenceOf is the first piece of evidence in a role, or from -1 on.
func evidenceOf(k *record.Claim, role string) record.Span {
	for _, e := range k.Evidence {
		if e.Role == role {
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
	if another.MatchString(behind) {
		return false
	}
	a.bare = bareDenial.MatchString(behind) || laterBare.MatchString(behind) || nothing.MatchString(behind) && claimDenied.MatchString(before)
	object := a.c.text[a.at.End:min(s.End, a.at.End+objectPoints)]
	a.content = bag("x "+weekday.ReplaceAllString(clauseEnd.Split(string(object), 2)[0], " "), a.c.lands)
	if nothing.MatchString(behind) {
		a.content = nil
	}
	a.claims = a.bare && theClaims.MatchString(behind)
	a.report = reported.MatchString(behind)
	a.chemical = chemical.MatchString(behind)
	a.names = slices.ContainsFunc(a.content, func(w Word) bool { return w&weightBits == nameWord })
	return true
}

// objectPoints is how far behind a verb of denial its object reaches, in code points.
const objectPoints = 120

// another finds denials of something else than what the story tells.
var another = regexp.MustCompile(`(?i)^\s*(?:\w+ ){0,2}(?:previous|earlier|past|similar|other)\b`)

// theClaims are what others said just before.
var theClaims = regexp.MustCompile(`(?i)^\s*(?:the|these|those|all|such|any|that|this) (?:\w+ )?(?:allegations?|accusations?|charges?|claims?|reports?)\b`)

// reported is what others tell, with what they tell.
var reported = regexp.MustCompile(`(?i)^\s*(?:\w+ ){0,3}(?:reports?|claims?|allegations?|accusations?|charges?|accounts?) (?:of|that|about|by|it|its|they|their|the)\b`)

// chemical finds arms of a kind of their own, whatever they are called: who denies "such weapons" was accused of gas.
var chemical = regexp.MustCompile(`(?i)\b(?:such|these|the|those|toxic|banned|chemical|poison(?:ous)?|nerve) (?:\w+ )?(?:weapons?|agents?|gas(?:es)?|substances?|attacks?)\b|\b(?:chlorine|sarin|gas)\b`)

// gassed finds them in what is denied.
var gassed = regexp.MustCompile(`(?i)\b(?:chemical|chlorine|sarin|gas(?:es|sed)?|nerve agent|toxic)\b`)

// weekday finds days, which are no names of what is denied.
var weekday = regexp.MustCompile(`\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[’']?s?\b`)

// clauseEnd is where the object of a denial ends.
var clauseEnd = regexp.MustCompile(`\b(?:saying|calling|and said|but|insisting|accusing|blaming|dismissing|while|portrayed)\b|[;"“]`)

// bareDenial is what stands behind a verb of denial and names no act: "any involvement in it", "being behind the attack", "the claims".
var bareDenial = regexp.MustCompile(`(?i)^\s*(?:(?:any|all|its|their|his|her|the|these|those|such|this|that|both|having|had|has|a|being|direct|latest|repeated|to|it|they|he|she|were|was|is|are|forces|army|troops|government)\s+){0,6}` +
	`(?:responsib(?:ility|le)\b|involve(?:ment|d)\b|behind\b|role\b|hand\b|part\b|complicity\b|wrongdoing\b|guilt\b|` +
	`(?:accusations?|allegations?|charges?|claims?|reports?|accounts?|assertions?|it|this|that|them|so)\s*(?:[.,;:"”)]|$|(?:and|but|as|however|on|in an?|saying|calling|blaming|insisting|describing|while)\b))`)

// laterBare finds such words behind a subject: "its aircraft or those of its allies were involved in the incident".
var laterBare = regexp.MustCompile(`(?i)^[^.;:"“]{0,90}\b(?:(?:was|were|is|are|been|being) (?:involved|behind|responsible)|took part|had (?:a|any) (?:part|role|hand))\b`)

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
	if !accuses && !told && !slices.Contains(material, p.Type) && (gap > 0 || own) {
		return 0
	}
	if speaker := a.c.speaker(k); speaker != nil && a.same(*speaker) {
		return 0 // his own words
	}
	doers, others := p.Actors, p.Recipients
	if accuses {
		doers, others = others, doers
	}
	if slices.ContainsFunc(a.c.side(others), a.same) {
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
		if gap > hintReach || accuses || p.Type != "ASSAULT" && !a.claims {
			return 0
		}
		if fit = a.hint(k, gap, sentence); fit == 0 {
			return 0
		}
	default:
		return 0
	}
	gas := a.chemical && gassed.MatchString(sentence.text)
	switch {
	case a.bare || fit < 3 || gas && (told || accuses || p.Type == "ASSAULT"):
	case own && !accuses:
		return 0
	default:
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

// hint is how well violence by somebody who is not named fits: its sentence, or that of the denial before its verb, names the
// one who denies; or the denial itself says what he is accused of.
func (a *answer) hint(k *record.Claim, gap int, s *sentence) float64 {
	shared, _ := details(a.content, s.words)
	gas := a.chemical && gassed.MatchString(s.text)
	switch {
	case (a.bare || gas) && a.named(s.lower):
		return 1.5
	case a.report && (gas || shared >= leastDetails || a.bare || shared > 0 && a.names):
		return 1
	case a.claims && len(k.Chain) > 1 && gap <= nextSentence:
		return 1
	case (a.bare || gas) && gap <= besides && a.named(strings.ToLower(string(a.c.text[a.denial.Sentence.Start:a.at.Start]))):
		return 0.5
	}
	return 0
}

// accusation is the claim nearest before a denial in whose sentence somebody else says that the one who denies did it, by words of
// blame that reading made no content of: "the rescuers said that Russian jets were behind it". Its telling is made one of an
// accusation. It is -1 where there is none.
func (a *answer) accusation(denial int) int {
	if !a.bare && !a.chemical {
		return -1
	}
	best, most := -1, -1
	for i := range a.c.r.Claims {
		k := &a.c.r.Claims[i]
		gap := a.denial.Sentence.Start - k.Sentence.Start
		if i == denial || !a.c.whole(k) || gap < 0 || gap > besides || gap == 0 && anchorOf(k).Start >= a.at.Start || !k.Realised {
			continue
		}
		p := a.c.r.PropositionByID(k.Proposition)
		if p == nil || p.CAMEO == denyingCode || p.Type != "STATEMENT" && p.Type != "ACCUSE" || slices.ContainsFunc(a.c.side(p.Actors), a.same) || !slices.ContainsFunc(a.c.side(p.Actors), Who.known) {
			continue
		}
		if speaker := a.c.speaker(k); speaker != nil && a.same(*speaker) {
			continue
		}
		text := a.c.sentence(k.Sentence).lower
		if gap == 0 {
			text = strings.ToLower(string(a.c.text[k.Sentence.Start:a.at.Start]))
		}
		if !blame.MatchString(text) || !a.named(text) {
			continue
		}
		near := k.Sentence.Start * 2
		if p.Type == "ACCUSE" {
			near++
		}
		if near > most {
			best, most = i, near
		}
	}
	if best >= 0 {
		a.accuse(&a.c.r.Claims[best])
	}
	return best
}

// blame finds words by which somebody lays a deed to somebody.
var blame = regexp.MustCompile(`\b(?:blam(?:e|ed|es|ing)|accus\w+|alleg\w+|behind|carried out by|responsib(?:le|ility)|fingers? at|implicat\w+)\b`)

// accuse makes the telling of a claim an accusation of those who deny it.
func (a *answer) accuse(k *record.Claim) {
	t := &a.c.tellings[a.c.index[k.Proposition]]
	if t.Type == "ACCUSE" && slices.ContainsFunc(t.Recipients, Who.known) {
		return
	}
	if t.Type == "STATEMENT" {
		t.Voices = slices.DeleteFunc(slices.Clone(t.Voices), func(v Voice) bool { return v.Claim != k.ID })
	}
	t.Type, t.Mode, t.Recipients = "ACCUSE", "", a.deniers
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

// same tells whether somebody surely is of the party that denies.
func (a *answer) same(w Who) bool {
	return slices.ContainsFunc(a.deniers, func(d Who) bool {
		return d.ID != "" && d.ID == w.ID || d.Class == w.Class && d.Class != "" && d.Class != "insurgent" && a.land(d) == a.land(w) && a.land(d) != "" || d.ID == "" && w.ID == "" && d.Head == w.Head && d.Head != ""
	})
}

// land is the country of somebody; that of "the army" is the one that the story is most about.
func (a *answer) land(w Who) string {
	if w.Country == "" && stateForces[w.Head] {
		return a.c.home()
	}
	return w.Country
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
			case w.Class == "state" && (d.Class == "state" || d.Class == "" && d.Country != ""): // its television speaks for a state
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

// named tells whether a text in lower case names one who denies, or his land, as the doer: "Russian jets", "blamed on Moscow".
func (a *answer) named(text string) bool {
	if home := a.c.home(); stateBlamed.MatchString(text) && slices.ContainsFunc(a.deniers, func(d Who) bool { return d.Class == "state" && cmp.Or(d.Country, home) == home }) {
		return true
	}
	for _, d := range a.deniers {
		for i := range a.c.r.Actors {
			r := &a.c.r.Actors[i]
			if (r.ID == d.ID && d.ID != "" || r.Kind == "state" && d.Country != "" && r.Country == d.Country) && len(r.Name) >= landLetters && laid(text, strings.ToLower(r.Name[:landLetters])) {
				return true
			}
		}
	}
	return false
}

// laid tells whether a name stands before a word for those who act, or behind a word that lays a deed to somebody.
func laid(sentence, name string) bool {
	for at := 0; ; {
		i := strings.Index(sentence[at:], name)
		if i < 0 {
			return false
		}
		at += i
		if forcesNext.MatchString(sentence[at:]) || blamedBefore.MatchString(sentence[:at]) {
			return true
		}
		at += len(name)
	}
}

// stateBlamed finds what is laid to a state's own forces, in a story of that state.
var stateBlamed = regexp.MustCompile(`\b(?:blam(?:e|ed|es|ing)(?: on)?|accus(?:e|ed|es|ing)|behind|carried out by|fingers? at|implicat\w+|believed to be by) (?:\S+ ){0,4}(?:regime|government|army|troops|assads?)\b`)

var (
	forcesNext   = regexp.MustCompile(`^\w+ (?:\w+ ){0,3}(?:government|regime|army|forces|troops|warplanes?|jets?|aircraft|planes?|air ?force|airstrikes?|military|helicopters?|raids?|strikes?|shelling|missiles?|rockets?)\b`)
	blamedBefore = regexp.MustCompile(`\b(?:blam(?:e|ed|es|ing)|accus\w+|alleg\w+|behind|by|on|against|fingers? at|implicat\w+|believed? to be) (?:\w+ ){0,3}$`)
)

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
	id, i := a.own(i)
	v := Voice{
		Claim: id, Index: i, Source: a.c.from.ID + "/" + p.Actors[0].Actor, Speaker: &a.deniers[0], Stance: Denies, Denies: true,
		Sentence: a.denial.Sentence.Start, Words: s.words, Aside: s.aside, Contrast: true, Refers: true,
	}
	if a.deniers[0].ID != "" {
		v.Source = a.deniers[0].ID
	}
	out.Voices = []Voice{v}
	return out
}

// own is the claim by which the denial stands in the record: of the one who denies, if reading has made one, else that he denied.
func (a *answer) own(i int) (string, int) {
	for j := range a.c.r.Claims {
		k := &a.c.r.Claims[j]
		if k.Sentence == a.denial.Sentence && k.Act == "deny" && k.Polarity == "negative" && responsibility(k) {
			if speaker := a.c.speaker(k); speaker != nil && a.party([]Who{*speaker}) == sameParty {
				return k.ID, j
			}
		}
	}
	return a.denial.ID, i
}

// responsibility tells whether what a claim denies is a part in something, whatever that is.
func responsibility(k *record.Claim) bool {
	return slices.ContainsFunc(k.Evidence, func(e record.Evidence) bool { return e.Role == "anchor" && partIn[strings.ToLower(e.Exact)] })
}

// partIn are words for a part in something.
var partIn = map[string]bool{"responsibility": true, "involvement": true, "role": true, "hand": true, "part": true, "complicity": true, "responsible": true, "involved": true, "behind": true}
