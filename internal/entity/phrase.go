package entity

import "annals/internal/doc"

// markedPhrase is the phrase of a mention as annotators of phrases mark it, tokens [first, last): a name with its
// article and the titles before it ("the Turkish Foreign Minister X"); a nominal with its modifiers and what "of" adds
// to it, but without a count before it, which is a quantity of its own ("seven mortar teams").
func markedPhrase(d *doc.Doc, m *doc.Mention) (first, last int32) {
	switch {
	case m.Kind == doc.NameMention:
		return withTitle(d, m), m.Last
	case m.Kind == doc.PronounMention || d.Done&doc.LayerSyntax == 0:
		return m.First, m.Last
	}
	first, last = phrase(d, m.Head, true)
	first = max(first, m.First)
	last = min(last, m.Last)
	if m.Type == "WEAPON" && last <= m.Head {
		last = m.Last
	}
	return withoutCount(d, first, m.Head), last
}

// withoutCount is the first token of a nominal after the count that opens it. A count after a determiner belongs to
// the phrase ("the two leaders").
func withoutCount(d *doc.Doc, first, head int32) int32 {
	for _, c := range d.Children(head) {
		if c >= head {
			break
		}
		if d.Tokens[c].Deprel != "nummod" {
			continue
		}
		if from, to := d.Subtree(c); from <= first && first < to && to <= head {
			return to
		}
	}
	return first
}

// withTitle is the first token of a name with its article and titles.
func withTitle(d *doc.Doc, m *doc.Mention) int32 {
	first := m.First
	for first > 0 && d.Tokens[first-1].Sentence == d.Tokens[m.Head].Sentence {
		t := &d.Tokens[first-1]
		if t.Form == "." && first > 1 && abbreviatedTitle(d.Tokens[first-2].Form) {
			first -= 2
			continue
		}
		if t.Head < first-1 || t.Head >= m.Last {
			break
		}
		switch t.Deprel {
		case "det", "nmod:desc", "compound", "amod", "nummod":
			first--
		default:
			return first
		}
	}
	return first
}

// abbreviatedTitle tells whether a word, its full stop aside, is a title: "Gen", "Dr".
func abbreviatedTitle(form string) bool {
	if len(form) < 2 || len(form) > 4 || form[0] < 'A' || form[0] > 'Z' {
		return false
	}
	var buffer [4]byte
	switch string(appendLower(buffer[:0], form)) {
	case "gen", "maj", "col", "lt", "capt", "brig", "sgt", "adm", "dr", "mr", "mrs", "ms", "sen", "rep", "gov", "prof", "rev":
		return true
	}
	return false
}
