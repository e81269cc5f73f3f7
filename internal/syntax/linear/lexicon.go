package linear

import (
	"fmt"

	"annals/internal/model"
)

// Lexicon is what is known of words beyond the treebanks: clusters, and how a word is usually written.
type Lexicon struct {
	dictionary *Dictionary
	mask       uint32
	slots      string // 12 bytes each: tag (4), fine (2), coarse (1), habit (1), kinds (2), 2 unused; tag 0: empty
}

// Entry is a row of the lexicon that is to be written. Lower is the word in lower case.
type Entry struct {
	Lower  string
	Fine   uint16 // 0: none
	Coarse uint8
	Habit  uint8
	Kinds  uint16
}

// Habits of writing, seen inside sentences.
const (
	HabitUnknown uint8 = iota
	HabitLower
	HabitMixed
	HabitTitle
	HabitCapitals
)

type entry struct {
	fine, coarse, habit, kinds uint64
	raw                        uint8
}

const lexiconSlot = 12

// OpenLexicon opens the lexicon in section "words" of f, with the dictionary for what it does not know.
func OpenLexicon(f *model.File, dictionary *Dictionary) (*Lexicon, error) {
	slots, err := f.Section("words")
	if err != nil {
		return nil, err
	}
	n := len(slots) / lexiconSlot
	if n == 0 || n&(n-1) != 0 {
		return nil, fmt.Errorf("opening the lexicon: %d slots are not a power of two; train it again", n)
	}
	return &Lexicon{dictionary: dictionary, mask: uint32(n - 1), slots: slots}, nil
}

// EmptyLexicon knows no word.
func EmptyLexicon() *Lexicon {
	return &Lexicon{dictionary: &Dictionary{}, slots: string(make([]byte, lexiconSlot))}
}

func (l *Lexicon) entry(hash uint64) entry {
	tag := uint32(hash>>32) | 1
	for slot := uint32(hash) & l.mask; ; slot = (slot + 1) & l.mask {
		s := l.slots[int(slot)*lexiconSlot : int(slot+1)*lexiconSlot]
		have := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
		if have == 0 {
			return entry{}
		}
		if have == tag {
			return entry{fine: uint64(s[4]) | uint64(s[5])<<8, coarse: uint64(s[6]), habit: uint64(s[7]), kinds: uint64(s[8]) | uint64(s[9])<<8, raw: s[7]}
		}
	}
}

// WriteLexicon makes the section "words" from entries, each word once.
func WriteLexicon(entries []Entry) []byte {
	size := 1
	for size*2 < len(entries)*3 {
		size *= 2
	}
	slots := make([]byte, size*lexiconSlot)
	for _, e := range entries {
		hash := hashBytes([]byte(e.Lower))
		tag := uint32(hash>>32) | 1
		slot := uint32(hash) & uint32(size-1)
		for slots[int(slot)*lexiconSlot]|slots[int(slot)*lexiconSlot+1]|slots[int(slot)*lexiconSlot+2]|slots[int(slot)*lexiconSlot+3] != 0 {
			slot = (slot + 1) & uint32(size-1)
		}
		copy(slots[int(slot)*lexiconSlot:], []byte{byte(tag), byte(tag >> 8), byte(tag >> 16), byte(tag >> 24),
			byte(e.Fine), byte(e.Fine >> 8), e.Coarse, e.Habit, byte(e.Kinds), byte(e.Kinds >> 8)})
	}
	return slots
}
