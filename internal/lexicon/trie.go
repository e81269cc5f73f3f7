package lexicon

// trie maps sequences of name parts to readings. It is stored as one hash table over the states: the state after a
// sequence is a hash of it, so that a step is one probe. States are 64 bits; two sequences of the tables
// that share a state would be a fault in the tables, with odds of one in 10^10.
type trie struct {
	slots    []slot
	used     int
	readings []Reading // while building: lists linked by next
	count    []int32   // after freeze: readings of entry e are readings[first[e]:first[e+1]]
}

type slot struct {
	state uint64 // 0: empty
	value int32  // -1: only a prefix; else the first reading, after freeze the entry
}

const rootState uint64 = 0x9E3779B97F4A7C15

func newTrie(size int) trie { return trie{slots: make([]slot, size)} }

func step(state, part uint64) uint64 {
	h := (state ^ part) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>29) * 0x94D049BB133111EB
	return (h ^ h>>32) | 1
}

// find is the value of a state; ok is false when no name goes this way.
func (t *trie) find(state uint64) (value int32, ok bool) {
	mask := uint64(len(t.slots) - 1)
	for i := state >> 7 & mask; ; i = (i + 1) & mask {
		switch t.slots[i].state {
		case state:
			return t.slots[i].value, true
		case 0:
			return 0, false
		}
	}
}

func (t *trie) slot(state uint64) *slot {
	if t.used*2 >= len(t.slots) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	for i := state >> 7 & mask; ; i = (i + 1) & mask {
		switch t.slots[i].state {
		case state:
			return &t.slots[i]
		case 0:
			t.used++
			t.slots[i] = slot{state: state, value: -1}
			return &t.slots[i]
		}
	}
}

func (t *trie) grow() {
	old := t.slots
	t.slots, t.used = make([]slot, 2*len(old)), 0
	for _, s := range old {
		if s.state != 0 {
			t.slot(s.state).value = s.value
		}
	}
}

// add gives the name in parts one more reading; the same reading twice is kept once.
func (t *trie) add(parts []part, r Reading) {
	if len(parts) == 0 || len(parts) > 32 {
		return
	}
	state := rootState
	for i := range parts[:len(parts)-1] {
		state = step(state, parts[i].hash)
		t.slot(state)
	}
	end := t.slot(step(state, parts[len(parts)-1].hash))
	r.capital, r.upper = shape(parts)
	last := int32(-1)
	for i := end.value; i >= 0; i = t.readings[i].next {
		if have := &t.readings[i]; have.Kind == r.Kind && have.Index == r.Index {
			have.capital, have.upper = have.capital&r.capital, have.upper&r.upper
			return
		}
		last = i
	}
	r.next = -1
	t.readings = append(t.readings, r)
	if last >= 0 {
		t.readings[last].next = int32(len(t.readings) - 1)
	} else {
		end.value = int32(len(t.readings) - 1)
	}
}

// freeze lays the readings of each name side by side.
func (t *trie) freeze() {
	flat := make([]Reading, 0, len(t.readings))
	t.count = append(t.count, 0)
	for i := range t.slots {
		if t.slots[i].state == 0 || t.slots[i].value < 0 {
			continue
		}
		for r := t.slots[i].value; r >= 0; r = t.readings[r].next {
			flat = append(flat, t.readings[r])
		}
		t.slots[i].value = int32(len(t.count) - 1)
		t.count = append(t.count, int32(len(flat)))
	}
	t.readings = flat
}

func (t *trie) entry(value int32) []Reading {
	return t.readings[t.count[value]:t.count[value+1]]
}
