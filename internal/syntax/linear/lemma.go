package linear

import (
	"bytes"
	"fmt"

	"annals/internal/model"
)

// Rule makes a lemma from a form: cut the last bytes, add others.
type Rule struct {
	Lower bool   `json:"l,omitempty"` // put the form in lower case first
	Cut   int    `json:"c,omitempty"` // bytes
	Add   string `json:"a,omitempty"`
}

// RuleFor is the rule that makes lemma from form, and false when there is none that cuts an end.
func RuleFor(form, lemma string) Rule {
	lower := string(appendLower(nil, form))
	kept, low := common(form, lemma), common(lower, lemma)
	if kept >= low {
		return Rule{Cut: len(form) - kept, Add: lemma[kept:]}
	}
	return Rule{Lower: true, Cut: len(lower) - low, Add: lemma[low:]}
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Apply appends the lemma of a form to out; a rule that cuts more than there is leaves the form as it is.
func (r Rule) Apply(form []byte, out []byte) []byte {
	start := len(out)
	if r.Lower {
		out = appendLower(out, string(form))
	} else {
		out = append(out, form...)
	}
	if cut := len(out) - start; r.Cut >= cut && r.Add == "" || r.Cut > cut {
		return out
	}
	return append(out[:len(out)-r.Cut], r.Add...)
}

// Lemmatiser finds the rule for a form and its tag: an exception for the whole form, else the rule of the longest
// ending that was seen with the tag.
type Lemmatiser struct {
	rules []Rule
	table *model.Linear // one class a rule; used as a hash table: the one class of a key is the answer
}

// longestEnding is the longest ending, in bytes, that has rules.
const longestEnding = 5

// LemmaKeys appends the keys under which a form's rule may lie, best first: the form, its lower case, its endings
// from the longest to the empty one.
func LemmaKeys(form []byte, tag uint64, out []uint64) []uint64 {
	var room [64]byte
	lower := appendLower(room[:0], string(form))
	out = append(out, fold(hashBytes(form), tag^1), fold(hashBytes(lower), tag^2))
	for n := min(longestEnding, len(lower)); n >= 0; n-- {
		out = append(out, fold(hashBytes(lower[len(lower)-n:]), tag^3))
	}
	return out
}

// OpenLemmatiser opens the lemmatiser in f.
func OpenLemmatiser(f *model.File) (*Lemmatiser, error) {
	l := &Lemmatiser{}
	if err := f.JSON("lemma.rules", &l.rules); err != nil {
		return nil, err
	}
	var err error
	if l.table, err = model.OpenLinear(f, "lemma.table"); err != nil {
		return nil, err
	}
	if len(l.table.Classes()) != len(l.rules) {
		return nil, fmt.Errorf("opening the model %s: %d lemma rules do not fit %d classes; retrain it", f.Name, len(l.rules), len(l.table.Classes()))
	}
	return l, nil
}

// lemma appends the lemma of a word with its tag to out.
func (l *Lemmatiser) lemma(w *Word, tag Tag, s *scratch, out []byte) []byte {
	s.keys = LemmaKeys(w.Text, tag.class, s.keys[:0])
	for _, key := range s.keys {
		if class, ok := l.table.Only(key); ok {
			return l.rules[class].Apply(w.Text, out)
		}
	}
	return append(out, bytes.ToValidUTF8(w.Text, nil)...)
}
