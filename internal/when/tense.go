package when

import (
	"strings"

	"annals/internal/doc"
	"annals/internal/numeral"
)

// tense of the word that governs an expression, as far as it decides between past and future.
type tense uint8

const (
	unknown tense = iota
	past
	ended // "ended Oct. 31": over on the day of writing
	present
	future     // "will vote", "are due to vote"
	futurePast // "would vote", "was due to vote"
	planned    // "is due to vote": not today
)

// ahead tells whether the tense points past the day of writing, or may.
func (t tense) ahead() bool { return t >= future }

// plans are words whose infinitive or participle points ahead of them: "due to meet", "a vote scheduled for Friday".
var plans = wordsOf("due schedule set expect plan aim intend hope want agree promise vow pledge decide prepare urge ask order invite call demand likely ready slate begin start resume hold available open deadline appeal apply effective payable able willing determined bound poised expire mature")

// appointed are the words of planning whose participle or predicate puts a day before what it is said of: "the talks
// planned for Friday", "was due on Friday". "Was agreed on Friday" and "held on Friday" tell what was done that day.
var appointed = wordsOf("due schedule set expect plan slate suppose bound poised likely payable effective book earmark")

// scheduled are verbs that, in the present, tell what is planned: "the summit opens on Tuesday".
var scheduled = wordsOf("open begin start meet visit travel arrive leave hold vote face go take expire end resume return fly convene gather play host kick run reopen close come conclude")

// periods are what results are given for.
var periods = wordsOf("week month quarter half year period")

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// tense asks the parse, or the words where there is none.
func (r *reader) tense(m *match) tense {
	if r.doc.Done&doc.LayerSyntax == 0 {
		return r.tenseOfWords(m)
	}
	tokens := r.doc.Tokens
	head := m.tokenLast - 1
	for t := m.tokenFirst; t < m.tokenLast; t++ {
		if h := tokens[t].Head; h < m.tokenFirst || h >= m.tokenLast {
			head = t
			break
		}
	}
	if r.aheadOf(m) {
		return future // "ahead of Sunday's vote"
	}
	if r.isPossessive(m) {
		return past // "Friday's vote" is mostly told of
	}
	switch r.nameBefore(m) {
	case "ended":
		return ended
	case "ending":
		return future
	case "since":
		return past
	}
	ahead := r.markedAhead(m)
	if t := m.tokenFirst; t >= 2 && strings.EqualFold(tokens[t-1].Form, "as") && (strings.EqualFold(tokens[t-2].Form, "early") || strings.EqualFold(tokens[t-2].Form, "soon")) {
		return future // "as early as Tuesday"
	}
	if ahead && m.form.kind == kindWeekday {
		if r.untilPast(head) {
			return past
		}
		return future
	}
	if m.form.isBareMonth() && (ahead || r.nameBefore(m) == "through") {
		if t := m.tokenFirst - 2; !ahead && t >= r.doc.Sentences[m.sentence].First && periods[tokens[t].Lemma] {
			return past // "in the six months through September"
		}
		return unknown // "gave the firm until November", "extended the loans through January"
	}
	if v := r.verbBefore(m); v != doc.None {
		return past
	}
	if r.effectiveBefore(m) {
		return future
	}
	if h := tokens[head].Head; m.form.isBareMonth() && h != doc.None && tokens[h].UPOS == "NOUN" {
		return unknown // "a cut in its supply in September": the verb above does not tell
	}
	if t := r.planBefore(m); t != unknown {
		return t
	}
	for steps := 0; steps < 60; steps++ {
		t := &tokens[head]
		if t.UPOS == "VERB" || t.UPOS == "AUX" || r.doc.Child(head, "cop") != doc.None {
			found := r.tenseOfVerb(head)
			if found == past && plans[t.Lemma] && r.nameBefore(m) == "by" {
				return futurePast // "promised elections by March"
			}
			if steps == 0 && found == present {
				return future // "the vote is on Tuesday"
			}
			if ahead && (found == present || found == unknown) {
				return future
			}
			return found
		}
		if plans[t.Lemma] && t.UPOS == "ADJ" {
			return planned
		}
		if t.Head == doc.None {
			break
		}
		head = t.Head
	}
	if ahead {
		return future
	}
	return unknown
}

// markedAhead tells whether "until" stands before the expression.
func (r *reader) markedAhead(m *match) bool {
	name := r.nameBefore(m)
	return name == "until" || name == "till"
}

// aheadOf tells whether "ahead of" stands before the expression.
func (r *reader) aheadOf(m *match) bool {
	t := m.tokenFirst
	return t-2 >= r.doc.Sentences[m.sentence].First && strings.EqualFold(r.doc.Tokens[t-1].Form, "of") && strings.EqualFold(r.doc.Tokens[t-2].Form, "ahead")
}

// effectiveBefore tells whether a word stands before the expression that looks ahead of whatever verb governs it:
// "created an office, effective Feb. 1".
func (r *reader) effectiveBefore(m *match) bool {
	t := m.tokenFirst - 1
	if t < r.doc.Sentences[m.sentence].First {
		return false
	}
	switch strings.ToLower(r.doc.Tokens[t].Form) {
	case "effective", "payable", "starting":
		return true
	}
	return false
}

// untilPast tells whether "until Thursday" ends what had been before: "until Thursday they had not met".
func (r *reader) untilPast(head int32) bool {
	for steps := 0; head != doc.None && steps < 60; steps++ {
		if r.doc.Tokens[head].UPOS == "VERB" {
			return r.pluperfect(head)
		}
		head = r.doc.Tokens[head].Head
	}
	return false
}

// nameBefore is the vocabulary word before the expression.
func (r *reader) nameBefore(m *match) string {
	if m.first == 0 {
		return ""
	}
	return r.grammar.scanner.Name(r.items[m.first-1].Word)
}

// isPossessive tells whether "'s" follows the expression.
func (r *reader) isPossessive(m *match) bool {
	return int(m.tokenLast) < len(r.doc.Tokens) && r.doc.Tokens[m.tokenLast].XPOS == "POS"
}

// verbBefore is a verb in the past right before the expression or its preposition: "said on Friday". Next to it, the
// parse is not needed and cannot err.
func (r *reader) verbBefore(m *match) int32 {
	s := &r.doc.Sentences[m.sentence]
	t := m.tokenFirst - 1
	if t >= s.First && (strings.EqualFold(r.doc.Tokens[t].Form, "on") || m.form.isBareMonth() && strings.EqualFold(r.doc.Tokens[t].Form, "in")) {
		t--
	}
	// "agreed on Friday to meet": the plan lies behind the expression, what was done before it
	toFollows := m.tokenLast < s.Last && strings.EqualFold(r.doc.Tokens[m.tokenLast].Form, "to")
	if t >= s.First && r.doc.Tokens[t].XPOS == "VBD" && (toFollows || !plans[r.doc.Tokens[t].Lemma]) {
		return t
	}
	return doc.None
}

// planBefore reads "are due to resume on" and "was scheduled to meet on" from the words: the infinitive after a word of
// planning, with nothing but its own complements up to the expression.
func (r *reader) planBefore(m *match) tense {
	tokens := r.doc.Tokens
	first := r.doc.Sentences[m.sentence].First
	for t := m.tokenFirst - 1; t > first && t >= m.tokenFirst-7; t-- {
		if tokens[t].UPOS == "PUNCT" || tokens[t].XPOS == "VBD" || tokens[t].XPOS == "VBZ" || tokens[t].XPOS == "VBP" {
			return unknown
		}
		if strings.EqualFold(tokens[t].Form, "to") && tokens[t+1].XPOS == "VB" { // "is to resume"
			switch strings.ToLower(tokens[t-1].Form) {
			case "is", "are":
				return planned
			case "was", "were":
				return futurePast
			}
		}
		if !strings.EqualFold(tokens[t].Form, "to") || !planWords[strings.ToLower(tokens[t-1].Form)] || t-2 < first {
			continue
		}
		switch strings.ToLower(tokens[t-2].Form) {
		case "is", "are":
			return planned
		case "was", "were":
			return futurePast
		case "been":
			return past
		}
		return unknown
	}
	return unknown
}

// planWords are the words of planning that stand between "be" and an infinitive.
var planWords = wordsOf("due scheduled set expected planned slated supposed")

// tenseOfVerb reads the verb group of a predicate.
func (r *reader) tenseOfVerb(v int32) tense {
	d := r.doc
	t := &d.Tokens[v]
	finitePast, be, have, infinitive, modal, would, could := false, false, false, false, false, false, false
	finitePresent := false
	for _, c := range d.Children(v) {
		if !d.IsRelation(c, "aux") && !d.IsRelation(c, "cop") && !d.IsRelation(c, "mark") {
			continue
		}
		a := &d.Tokens[c]
		switch a.Lemma {
		case "will", "shall", "wo", "'ll":
			if strings.EqualFold(a.Form, "would") {
				would = true
			} else {
				return future
			}
		case "would":
			would = true
		case "may", "might", "can", "should", "must":
			modal = true
			could = could || strings.EqualFold(a.Form, "could")
		case "could":
			could = true
		case "to":
			infinitive = a.UPOS == "PART" || d.IsRelation(c, "mark")
		case "be", "get":
			be = true
		case "have":
			have = true
		}
		if d.IsRelation(c, "mark") {
			continue
		}
		switch a.XPOS {
		case "VBD":
			finitePast = true
		case "VBZ", "VBP":
			finitePresent = true
		}
	}
	switch {
	case would && !have:
		return futurePast
	case could && !have:
		return unknown
	case modal && !have:
		return future
	case infinitive && !have:
		return r.tenseOfInfinitive(v)
	case (t.Lemma == "plan" || t.Lemma == "schedule") && r.doc.Child(v, "obj") != doc.None:
		return futurePast
	case have || finitePast:
		if appointed[t.Lemma] && (t.XPOS == "VBN" || t.UPOS == "ADJ") && !have {
			return futurePast
		}
		return past
	}
	switch t.XPOS {
	case "VBD":
		return past
	case "VBN":
		switch {
		case appointed[t.Lemma], finitePresent && plans[t.Lemma]:
			return future
		case finitePresent:
			return present
		}
		return past
	case "VBG":
		if be && finitePresent && scheduled[t.Lemma] {
			return future
		}
		if !be && t.Head != doc.None {
			return r.tenseAbove(v)
		}
		return present
	case "VBZ", "VBP":
		if scheduled[t.Lemma] {
			return future
		}
		return present
	}
	if finitePresent {
		if plans[t.Lemma] {
			return future
		}
		return present
	}
	if t.XPOS == "VB" {
		return r.tenseAbove(v)
	}
	return unknown
}

// tenseOfInfinitive looks at what governs "to meet".
func (r *reader) tenseOfInfinitive(v int32) tense {
	t := &r.doc.Tokens[v]
	if t.Head == doc.None {
		return future // "Ministers to meet on Friday"
	}
	h := &r.doc.Tokens[t.Head]
	switch {
	case h.Lemma == "be":
		return planned
	case plans[h.Lemma]:
		switch {
		case r.pluperfect(t.Head):
			return past
		case r.tenseAbove(v) == past || r.tenseAbove(v) == futurePast:
			return futurePast
		}
		return planned
	case h.UPOS == "NOUN" && r.isRanked(t.Head):
		return r.tenseAbove(v) // "the first leaders to visit on Monday were"
	case h.UPOS == "NOUN":
		if r.tenseAbove(v) == past {
			return futurePast
		}
		return future
	}
	return r.tenseAbove(v)
}

// isRanked tells whether a noun is the first, last or only one of its kind, so that what it is "to do" it has mostly done.
func (r *reader) isRanked(noun int32) bool {
	for _, c := range r.doc.Children(noun) {
		switch strings.ToLower(r.doc.Tokens[c].Form) {
		case "first", "second", "third", "last", "latest", "only":
			return true
		}
	}
	return false
}

// pluperfect tells whether a verb has the auxiliary "had".
func (r *reader) pluperfect(v int32) bool {
	for _, c := range r.doc.Children(v) {
		if t := &r.doc.Tokens[c]; t.Lemma == "have" && t.XPOS == "VBD" && r.doc.IsRelation(c, "aux") {
			return true
		}
	}
	return false
}

// tenseAbove is the tense of the next predicate above.
func (r *reader) tenseAbove(v int32) tense {
	for h := r.doc.Tokens[v].Head; h != doc.None; h = r.doc.Tokens[h].Head {
		t := &r.doc.Tokens[h]
		if t.UPOS != "VERB" && t.UPOS != "AUX" && r.doc.Child(h, "cop") == doc.None {
			continue
		}
		return r.tenseOfVerb(h)
	}
	return unknown
}

// tenseOfWords looks for a cue of the future before the expression.
func (r *reader) tenseOfWords(m *match) tense {
	for i := m.first - 1; i >= 0 && i >= m.first-8; i-- {
		item := &r.items[i]
		if item.Kind == numeral.Mark && (item.Mark == ';' || item.Mark == '"') {
			break
		}
		if item.Word != 0 && r.grammar.context.future.has(item.Word) && !(i == m.first-1 && r.nameBefore(m) == "to") { // "from March 9 to 12"
			return planned
		}
		if r.masks[i] != 0 && i < m.first-1 && item.Kind == numeral.Word {
			break
		}
	}
	return past
}

// countsNothing tells whether four figures at a token do not count the noun they stand before: the parse would make
// them a numeral modifier of a plural that has no determiner.
func (r *reader) countsNothing(token int32) bool {
	if r.doc.Done&doc.LayerSyntax == 0 {
		return true
	}
	t := &r.doc.Tokens[token]
	if t.Deprel != "nummod" || t.Head < token {
		return true
	}
	return r.doc.Feature(t.Head, "Number") != "Plur" || r.doc.Child(t.Head, "det", "nmod:poss") != doc.None
}
