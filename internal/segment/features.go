package segment

import (
	"strings"

	"annals/internal/model"
)

// view is a chunk as the decision at a border sees it.
type view struct {
	reader     *reader
	start, end int32
	tokenStart int32  // of the token that is being read
	next       string // the chunk that follows

	whole   uint64 // hash of the chunk
	address uint64 // the chunk looks like a link, an e-mail address or a handle
	opening uint64 // how the next chunk begins
}

func (v *view) look() {
	chunk := v.reader.text[v.start:v.end]
	switch {
	case strings.Contains(chunk, "://") || len(chunk) > 4 && strings.EqualFold(chunk[:4], "www."):
		v.address = 1
	case len(chunk) > 1 && strings.IndexByte(chunk[1:], '@') >= 0:
		v.address = 2
	case chunk[0] == '#' || chunk[0] == '@':
		v.address = 3
	}
	v.whole = hashLower(chunk)
	v.opening = kindOf(v.next)
	if v.reader.capitals && v.next != "" {
		v.opening = 1000
	}
	v.opening = v.opening*2 + listed(v.reader.tables.openers, strings.TrimRight(v.next, ",.;:"))
}

// adder collects features. The first ones see kinds of words only, the rest the words themselves.
type adder struct {
	features []uint64
	task     uint32
}

func (f *adder) add(template uint32, values ...uint64) {
	h := model.Feature(f.task+template, values[0])
	for _, value := range values[1:] {
		h = model.Join(h, value)
	}
	f.features = append(f.features, h)
}

// KindFeatures is how many of the features of a task, the first ones, do not depend on which words are there. A
// trainer that sometimes shows only these gives them weight of their own, for words that it has never seen.
func KindFeatures(task Task) int {
	if task == Border {
		return borderKinds
	}
	return sentenceKinds
}

const borderKinds, sentenceKinds = 14, 14

// features describes the border before atom i at byte at.
func (v *view) features(i int, at int32) []uint64 {
	r := v.reader
	a := r.atoms
	one := func(j int) string {
		if j < 0 || j >= len(a) {
			return ""
		}
		return r.text[a[j].start:a[j].end]
	}
	left2, left, right, right2, right3 := one(i-2), one(i-1), one(i), one(i+1), one(i+2)
	k2, k, m, m2, m3 := kindOf(left2), kindOf(left), kindOf(right), kindOf(right2), kindOf(right3)
	if r.capitals {
		k2, k, m, m2 = noCase(k2), noCase(k), noCase(m), noCase(m2)
	}
	token := r.text[v.tokenStart:at]
	kind := r.tables.abbreviation(token)
	if strings.HasSuffix(token, ".") {
		kind = 100 + r.tables.abbreviation(token[:len(token)-1])
	}
	place := uint64(0) // where in the chunk, and whether the border lies before an n't
	if i == 1 {
		place = 1
	}
	if i+1 == len(a) {
		place += 2
	}
	if at != a[i].start {
		place += 4
	}
	alone := uint64(0) // the atom before the border begins its token
	if v.tokenStart == a[i-1].start {
		alone = 1
	}
	sizes := uint64(min(len(left), 5))*8 + uint64(min(len(right), 5))
	soFar := kindOf(token)*8 + uint64(min(len(token), 5))
	affixes := uint64(0)
	switch {
	case right == "-":
		affixes = 1 + listed(r.tables.prefixes, left) + 2*listed(r.tables.suffixes, right2)
	case left == "-":
		affixes = 5 + listed(r.tables.prefixes, left2) + 2*listed(r.tables.suffixes, right)
	case a[i-1].class == digit && a[i].class == letter:
		affixes = 9 + listed(r.tables.units, right)
	}

	f := adder{features: r.features[:0]}
	f.add(0, place, v.address, m)
	f.add(1, k, m)
	f.add(2, k, m, m2, place)
	f.add(3, k2, k, m, alone)
	f.add(4, k, m, m2, m3, alone)
	f.add(5, soFar, m, place, v.opening)
	f.add(6, kind, m, place, v.opening)
	f.add(7, m, m2, place, alone)
	f.add(8, v.address, m, m2)
	f.add(9, k, m, m2, sizes)
	f.add(10, k2, k, m, m2, place)
	f.add(11, affixes, alone, m, m2)
	f.add(12, affixes, alone)
	f.add(13, kind, m, place)

	l2, l, h, h2 := hashLower(left2), hashLower(left), hashLower(right), hashLower(right2)
	whole := hashLower(token)
	f.add(20, l, h, place)
	f.add(21, l, m, place)
	f.add(22, l2, l, h, alone)
	f.add(23, l, h, h2, alone)
	f.add(24, whole, h)
	f.add(25, whole, h, h2)
	f.add(26, whole, m, place, v.opening)
	f.add(27, k, h, m2, alone)
	f.add(28, k2, k, h, alone)
	f.add(29, v.whole, uint64(i))
	f.add(30, hashLower(v.next), whole, m)
	f.add(31, l2, k, h, alone)
	f.add(32, k2, k, h, h2)
	f.add(33, l, m, v.opening, place)
	r.features = f.features
	return f.features
}

// noCase keeps kinds of words in capital text apart from those in other text, where case tells something.
func noCase(kind uint64) uint64 {
	if kind < 100 {
		return kind + 20
	}
	return kind
}
