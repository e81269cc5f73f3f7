package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
)

// markSpeech tells speech from scare quotes, titles and nicknames. What it calls speech may still be a mere phrase
// ("a disgrace"); attributions that turn out to hold a phrase make it speech later.
func markSpeech(d *doc.Doc, quotes []doc.Quote) {
	for i := range quotes {
		quotes[i].Speech = isSpeech(d, &quotes[i])
	}
}

func isSpeech(d *doc.Doc, q *doc.Quote) bool {
	first, last := d.TokensIn(q.Inner)
	words, capitals, finite := int32(0), int32(0), false
	for t := first; t < last; t++ {
		form := d.Tokens[t].Form
		r, _ := utf8.DecodeRuneInString(form)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		words++
		if unicode.IsUpper(r) || unicode.IsDigit(r) || titleSmall[form] {
			capitals++
		}
		finite = finite || finiteTags[d.Tokens[t].XPOS]
	}
	if words == 0 || isNickname(d, q, words, first, last) || isTitle(d, q, words, capitals, finite) {
		return false
	}
	if words >= 3 || q.Unended {
		return !afterLabel(d, first)
	}
	return closesLikeSpeech(d, q) && opensLikeSpeech(d, q)
}

// titleSmall are the words that titles leave without a capital.
var titleSmall = map[string]bool{
	"a": true, "an": true, "the": true, "of": true, "and": true, "or": true, "in": true, "on": true, "to": true,
	"for": true, "at": true, "by": true, "with": true, "from": true, "vs.": true,
}

var finiteTags = map[string]bool{"VBD": true, "VBZ": true, "VBP": true, "MD": true}

// isNickname recognises a short quotation between two capitalised words of a name: Joaquin "El Chapo" Guzman.
func isNickname(d *doc.Doc, q *doc.Quote, words, first, last int32) bool {
	if words > 3 || first < 2 || int(last)+1 >= len(d.Tokens) {
		return false
	}
	before, after := &d.Tokens[first-2], &d.Tokens[last+1]
	if before.End > q.Start || after.Start < q.End || before.Sentence != after.Sentence {
		return false
	}
	return before.XPOS == "NNP" && after.XPOS == "NNP"
}

// isTitle recognises the title of a work: every word of weight capitalised, with no mark of speech around it.
func isTitle(d *doc.Doc, q *doc.Quote, words, capitals int32, finite bool) bool {
	if words < 2 || words > 12 || capitals < words {
		return false
	}
	if words > 4 && finite && !strings.ContainsAny(d.Slice(q.Inner), "?!") {
		return false
	}
	return !endsWithAny(d.Slice(q.Inner), ".?!") || !opensLikeSpeech(d, q)
}

// labels come before words that are mentioned, not said.
var labels = map[string]bool{"so-called": true, "called": true, "dubbed": true, "titled": true, "entitled": true, "nicknamed": true, "named": true, "codenamed": true, "labelled": true, "labeled": true, "termed": true, "known": true}

// afterLabel recognises a quotation that names something: an operation code-named "…", a programme titled "…".
func afterLabel(d *doc.Doc, first int32) bool {
	for back := int32(2); back <= 3 && first-back >= 0; back++ {
		if form := strings.ToLower(d.Tokens[first-back].Form); form == "titled" || form == "entitled" || form == "codenamed" || form == "code-named" {
			return true
		}
	}
	return false
}

func closesLikeSpeech(d *doc.Doc, q *doc.Quote) bool {
	return endsWithAny(d.Slice(q.Inner), ".,?!…") || int(q.End) < len(d.Text) && strings.ContainsRune(",", rune(d.Text[q.End]))
}

// opensLikeSpeech: the quotation opens its sentence, or follows a comma or colon.
func opensLikeSpeech(d *doc.Doc, q *doc.Quote) bool {
	i := q.Start
	for i > 0 && isSpace(d.Text[i-1]) {
		i--
	}
	return i == 0 || strings.IndexByte(",:.?!", d.Text[i-1]) >= 0 || strings.IndexByte(d.Text[i:q.Start], '\n') >= 0 ||
		strings.HasSuffix(d.Text[:i], "”") || strings.HasSuffix(d.Text[:i], "\"")
}

func endsWithAny(s, chars string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(chars, r)
}

// quoteStates tells for each token which quotation holds it: the innermost double-level one, or None. Marks count as
// inside.
func quoteStates(d *doc.Doc, quotes []doc.Quote, states []int32) []int32 {
	states = states[:0]
	for range d.Tokens {
		states = append(states, doc.None)
	}
	t := int32(0)
	for i := range quotes {
		if quotes[i].Outer != doc.None {
			continue
		}
		for int(t) < len(d.Tokens) && d.Tokens[t].End <= quotes[i].Start {
			t++
		}
		for u := t; int(u) < len(d.Tokens) && d.Tokens[u].Start < quotes[i].End; u++ {
			states[u] = int32(i)
			t = u
		}
	}
	return states
}
