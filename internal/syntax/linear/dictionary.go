package linear

import (
	"bytes"

	"annals/internal/model"
)

// Dictionary tells which kinds a word can be of: those of its entry, and those that its ending makes of another entry.
// It is asked for words of which the treebanks tell too little.
type Dictionary struct {
	size  uint64 // slots
	slots string // 3 bytes each: tag (2), kinds (1); kinds 0: empty
}

// Kinds of entries, one bit each. A word can be of several.
const (
	KindNoun uint8 = 1 << iota
	KindVerb
	KindAdjective
	KindAdverb
	KindName    // of a place, a person, a body, a day
	KindGiven   // a given name
	KindSurname // a surname
	KindPast    // a past or participle that no ending makes
)

// Kinds that an ending makes of entries, above those of the entries.
const (
	kindPlural = 1 << (iota + 8)
	kindThird
	kindPast
	kindGerund
	kindComparative
	kindSuperlative
	kindManner
	kindCompound // the kinds are those of the part after the last hyphen
	kindKnown    // keeps the kinds of the dictionary apart from the numbers of the lexicon's
)

// ending is a way to inflect: an entry of kind from, its last letters written as in base, takes the ending.
type ending struct {
	ending, base string
	from         uint8
	kind         uint64
}

// endings are the regular inflections of English; a last letter may be doubled before one.
var endings = [...]ending{
	{"s", "", KindNoun, kindPlural}, {"s", "", KindVerb, kindThird},
	{"es", "", KindNoun, kindPlural}, {"es", "", KindVerb, kindThird},
	{"ies", "y", KindNoun, kindPlural}, {"ies", "y", KindVerb, kindThird},
	{"ed", "", KindVerb, kindPast}, {"ed", "e", KindVerb, kindPast}, {"ied", "y", KindVerb, kindPast},
	{"ing", "", KindVerb, kindGerund}, {"ing", "e", KindVerb, kindGerund},
	{"er", "", KindAdjective, kindComparative}, {"er", "e", KindAdjective, kindComparative}, {"ier", "y", KindAdjective, kindComparative},
	{"est", "", KindAdjective, kindSuperlative}, {"est", "e", KindAdjective, kindSuperlative}, {"iest", "y", KindAdjective, kindSuperlative},
	{"ly", "", KindAdjective, kindManner}, {"ly", "le", KindAdjective, kindManner}, {"ily", "y", KindAdjective, kindManner},
}

const dictionarySlot = 3

// OpenDictionary opens the dictionary in section "entries" of f.
func OpenDictionary(f *model.File) (*Dictionary, error) {
	slots, err := f.Section("entries")
	if err != nil {
		return nil, err
	}
	return &Dictionary{size: uint64(len(slots) / dictionarySlot), slots: slots}, nil
}

// entry is the kinds of a word that has an entry of its own, 0 of others.
func (d *Dictionary) entry(hash uint64) uint8 {
	if d.size == 0 {
		return 0
	}
	tag := uint16(hash >> 48)
	for slot := uint64(uint32(hash)) * d.size >> 32; ; {
		s := d.slots[slot*dictionarySlot:][:dictionarySlot]
		if s[2] == 0 || uint16(s[0])|uint16(s[1])<<8 == tag {
			return s[2]
		}
		if slot++; slot == d.size {
			slot = 0
		}
	}
}

// LongestEntry is how many bytes a word of the dictionary may have.
const LongestEntry = 24

// kinds is what the dictionary knows of a word in lower case whose hash is given, 0 when it knows nothing.
func (d *Dictionary) kinds(lower []byte, hash uint64) uint64 {
	if len(lower) < 2 || d.size == 0 {
		return 0
	}
	if kinds := d.inflected(lower, hash); kinds != 0 {
		return kinds | kindKnown
	}
	if hyphen := bytes.LastIndexByte(lower, '-'); hyphen > 0 && hyphen+2 < len(lower) {
		last := lower[hyphen+1:]
		if kinds := d.inflected(last, hashBytes(last)); kinds != 0 {
			return kinds | kindKnown | kindCompound
		}
	}
	return 0
}

// inflected is the kinds of an entry together with those that its ending may have made.
func (d *Dictionary) inflected(word []byte, hash uint64) uint64 {
	if len(word) > LongestEntry {
		return 0
	}
	kinds := uint64(d.entry(hash))
	if kinds&uint64(KindPast) != 0 {
		kinds = kinds&^uint64(KindPast) | kindPast
	}
	switch word[len(word)-1] {
	case 's', 'd', 'g', 'r', 't', 'y':
	default:
		return kinds
	}
	var buffer [LongestEntry + 2]byte
	for i := range endings {
		e := &endings[i]
		stem := len(word) - len(e.ending)
		if stem < 2 || string(word[stem:]) != e.ending {
			continue
		}
		base := append(append(buffer[:0], word[:stem]...), e.base...)
		if d.entry(hashBytes(base))&e.from != 0 {
			kinds |= e.kind
		}
		if e.base == "" && stem > 3 && base[stem-1] == base[stem-2] && d.entry(hashBytes(base[:stem-1]))&e.from != 0 {
			kinds |= e.kind // stopped, bigger
		}
	}
	return kinds
}

// WriteDictionary makes the section "entries". Words are in lower case, each once, in a fixed order.
func WriteDictionary(words []string, kinds []uint8) []byte {
	size := uint64(len(words)*5/4 + 1)
	slots := make([]byte, size*dictionarySlot)
	for i, word := range words {
		hash := hashBytes([]byte(word))
		slot := uint64(uint32(hash)) * size >> 32
		for slots[slot*dictionarySlot+2] != 0 {
			slot = (slot + 1) % size
		}
		copy(slots[slot*dictionarySlot:], []byte{byte(hash >> 48), byte(hash >> 56), kinds[i]})
	}
	return slots
}
