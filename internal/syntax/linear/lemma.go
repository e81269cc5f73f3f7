package linear

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"annals/internal/model"
)

// Rule makes a lemma from a form: cut the last bytes, add others.
type Rule struct {
	Lower bool   `json:"l,omitempty"` // put the form in lower case first
	Cut   int    `json:"c,omitempty"` // bytes
	Add   string `json:"a,omitempty"`
}

// RuleFor is the rule that makes lemma from form.
func RuleFor(form, lemma string) Rule {
	lower := string(appendLower(nil, []byte(form)))
	kept, low := common(form, lemma), common(lower, lemma)
	if kept > low { // a form that is in lower case anyway gets the rule of its capitalised kin
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
		out = appendLower(out, form)
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
	mask  uint32
	slots string // lemmaSlot bytes each: check bits of the key (4), rule + 1 (2); 0: empty
}

// A strange hit for a frequent form would be wrong thousands of times, so that keys have 32 check bits.
const lemmaSlot = 6

// WriteLemmaTable makes the section "lemma.table" from the number of the rule of each key.
func WriteLemmaTable(rules map[uint64]int) []byte {
	size := 1
	for size*2 < len(rules)*3 {
		size *= 2
	}
	slots := make([]byte, size*lemmaSlot)
	for _, key := range slices.Sorted(maps.Keys(rules)) {
		check, slot := uint32(key>>32), uint32(key)&uint32(size-1)
		for slots[slot*lemmaSlot+4]|slots[slot*lemmaSlot+5] != 0 {
			slot = (slot + 1) & uint32(size-1)
		}
		binary.LittleEndian.PutUint32(slots[slot*lemmaSlot:], check)
		binary.LittleEndian.PutUint16(slots[slot*lemmaSlot+4:], uint16(rules[key]+1))
	}
	return slots
}

// rule is the number of a key's rule.
func (l *Lemmatiser) rule(key uint64) (int, bool) {
	check := uint32(key >> 32)
	for slot := uint32(key) & l.mask; ; slot = (slot + 1) & l.mask {
		s := l.slots[slot*lemmaSlot : slot*lemmaSlot+lemmaSlot]
		rule := int(s[4]) | int(s[5])<<8
		if rule == 0 {
			return 0, false
		}
		if check == uint32(s[0])|uint32(s[1])<<8|uint32(s[2])<<16|uint32(s[3])<<24 {
			return rule - 1, true
		}
	}
}

// longestEnding is the longest ending, in bytes, that has rules.
const longestEnding = 5

// LemmaKeys appends the keys under which a form's rule may lie, best first: the form, its lower case, its endings
// from the longest to the empty one.
func LemmaKeys(form []byte, tag uint64, out []uint64) []uint64 {
	var room [64]byte
	lower := appendLower(room[:0], form)
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
	slots, err := f.Section("lemma.table")
	if err != nil {
		return nil, err
	}
	n := len(slots) / lemmaSlot
	if n == 0 || n&(n-1) != 0 || n*lemmaSlot != len(slots) {
		return nil, fmt.Errorf("opening the model %s: the table of lemma rules has a bad shape; retrain it", f.Name)
	}
	l.slots, l.mask = slots, uint32(n-1)
	return l, nil
}

// lemma appends the lemma of a word with its tag to out.
func (l *Lemmatiser) lemma(w *Word, tag Tag, s *scratch, out []byte) []byte {
	s.keys = LemmaKeys(w.Text, tag.class, s.keys[:0])
	for _, key := range s.keys {
		if rule, ok := l.rule(key); ok && rule < len(l.rules) {
			return l.rules[rule].Apply(w.Text, out)
		}
	}
	return append(out, w.Text...)
}
