package linear

import (
	"math"
	"slices"
	"strings"

	"annals/internal/model"
)

// Tagger gives every word its universal and Penn tag, as one class. It reads a sentence twice: from the end to its
// start, then from its start to the end with the tags of the first reading before it.
type Tagger struct {
	back, forth *model.Linear
	tags        []Tag
}

// Tag is a class of the tagger.
type Tag struct {
	UPOS, XPOS   string
	class, upper uint64 // hashes of both and of UPOS
}

// NewTag makes a tag from the name of its class, "NOUN NN".
func NewTag(class string) Tag {
	upos, xpos, _ := strings.Cut(class, " ")
	return Tag{upos, xpos, hashBytes([]byte(class)), hashBytes([]byte(upos))}
}

// Give writes the tag into a word.
func (t Tag) Give(w *Word) { w.Tag, w.UPOS = t.class, t.upper }

// OpenTagger opens the tagger in f.
func OpenTagger(f *model.File) (*Tagger, error) {
	back, err := model.OpenLinear(f, "tags.back")
	if err != nil {
		return nil, err
	}
	forth, err := model.OpenLinear(f, "tags.forth")
	if err != nil {
		return nil, err
	}
	return NewTagger(back, forth), nil
}

// NewTagger makes a tagger from its weights. With back alone it reads once.
func NewTagger(back, forth *model.Linear) *Tagger {
	t := &Tagger{back: back, forth: forth}
	for _, class := range back.Classes() {
		t.tags = append(t.tags, NewTag(class))
	}
	return t
}

// Tag gives every word its tag.
func (t *Tagger) Tag(words []Word) {
	t.tag(words, make([]uint16, len(words)), new(scratch))
}

// TagHash is the hash that Word.Tag has for a class.
func TagHash(class string) uint64 { return NewTag(class).class }

var outside = Word{Form: 3, Lower: 5, Shape: 7, Fine: 1 << 40, Coarse: 1 << 40, Tag: 11, UPOS: 13}

// at is word i, or the border of the sentence.
func at(words []Word, i int) *Word {
	if i < 0 || i >= len(words) {
		return &outside
	}
	return &words[i]
}

// TagFeatures appends the features of word i to out. Reading back, the words after i have their tags; reading forth,
// those before it have theirs, and i and those after it have the tags of the reading before.
func TagFeatures(words []Word, i int, forth bool, out []uint64) []uint64 {
	w, p1, p2, n1, n2 := &words[i], at(words, i-1), at(words, i-2), at(words, i+1), at(words, i+2)
	t := template(0)
	first := uint64(1)
	if i == 0 {
		first = 2
	}
	add := func(v uint64) { out = append(out, t.one(v)) }
	pair := func(a, b uint64) { out = append(out, t.two(a, b)) }
	triple := func(a, b, c uint64) { out = append(out, t.three(a, b, c)) }
	add(1)
	add(w.Form)
	add(w.Lower)
	for _, s := range w.Suffix {
		add(s)
	}
	for _, s := range w.Prefix[1:] { // the first letter alone says too little
		add(s)
	}
	pair(w.Shape, w.Suffix[2])
	triple(w.Shape, w.Habit, first)
	pair(w.Habit, w.Suffix[1])
	add(w.Kinds)
	pair(w.Kinds, w.Suffix[2])
	add(w.Fine)
	pair(w.Fine, w.Shape)
	pair(w.Coarse, w.Suffix[1])
	add(p1.Lower)
	add(p2.Lower)
	add(n1.Lower)
	add(n2.Lower)
	pair(p1.Lower, w.Lower)
	pair(w.Lower, n1.Lower)
	pair(p1.Lower, n1.Lower)
	pair(p2.Lower, p1.Lower)
	pair(n1.Lower, n2.Lower)
	add(p1.Suffix[2])
	add(n1.Suffix[2])
	add(n1.Suffix[1])
	add(n1.Shape)
	add(p1.Shape)
	pair(w.Fine, n1.Fine)
	pair(p1.Fine, w.Fine)
	pair(p1.Fine, n1.Fine)
	pair(w.Lower, n1.Kinds)
	pair(w.Kinds, n1.Kinds)
	pair(p1.Kinds, w.Kinds)
	triple(p1.Kinds, w.Kinds, n1.Kinds)
	pair(n1.Kinds, n2.Kinds)
	pair(p1.Kinds, p2.Kinds)
	add(p1.Fine)
	add(n1.Fine)
	add(n2.Fine)
	add(p2.Fine)
	if !forth {
		t = template(64)
		add(n1.Tag)
		pair(n1.Tag, n2.Tag)
		pair(n1.Tag, w.Lower)
		pair(n1.Tag, w.Suffix[2])
		pair(n1.Tag, w.Suffix[1])
		pair(n1.Tag, w.Shape)
		pair(n1.Tag, w.Fine)
		pair(n1.Tag, w.Kinds)
		pair(n1.Tag, p1.Lower)
		pair(n1.Tag, p1.Kinds)
		triple(n1.Tag, w.Kinds, p1.Kinds)
		return out
	}
	t = template(96)
	add(p1.Tag)
	add(w.Tag)
	add(n1.Tag)
	pair(p1.Tag, p2.Tag)
	pair(n1.Tag, n2.Tag)
	pair(p1.Tag, w.Lower)
	pair(p1.Tag, w.Suffix[2])
	pair(p1.Tag, w.Suffix[1])
	pair(p1.Tag, w.Shape)
	pair(p1.Tag, w.Fine)
	pair(p1.Tag, w.Kinds)
	pair(p1.Tag, w.Tag)
	pair(w.Tag, n1.Tag)
	pair(p1.Tag, n1.Tag)
	pair(w.Tag, w.Lower)
	pair(w.Tag, w.Kinds)
	pair(n1.Tag, w.Lower)
	pair(n1.Tag, w.Suffix[2])
	triple(p1.Tag, w.Tag, n1.Tag)
	triple(p1.Tag, n1.Tag, w.Lower)
	triple(p1.Tag, n1.Tag, w.Suffix[1])
	triple(p1.Tag, p2.Tag, w.Lower)
	triple(p1.Tag, p2.Tag, n1.Tag)
	triple(p2.Tag, p1.Tag, w.Tag)
	triple(w.Tag, n1.Tag, n2.Tag)
	return out
}

// template numbers features as they are made.
type template uint64

func (t *template) next() uint64 {
	*t++
	return uint64(*t) * 0x9E3779B97F4A7C15
}

func (t *template) one(a uint64) uint64         { return fold(a, t.next()) }
func (t *template) two(a, b uint64) uint64      { return fold(fold(a, b), t.next()) }
func (t *template) three(a, b, c uint64) uint64 { return fold(fold(a, b), c+t.next()) }

// sureMargin is how far ahead, in units of the trainer, a tag of the first reading must be to stand unread again.
const sureMargin = 10

// tag runs the tagger over words and leaves each word's class in classes.
func (t *Tagger) tag(words []Word, classes []uint16, s *scratch) {
	sure := sized(&s.sure, len(words))
	enough := int32(sureMargin / t.back.Scale())
	for i := len(words) - 1; i >= 0; i-- {
		sure[i] = t.choose(t.back, words, i, false, classes, s) > enough
	}
	if t.forth == nil {
		return
	}
	for i := range words {
		if !sure[i] {
			t.choose(t.forth, words, i, true, classes, s)
		}
	}
}

// choose gives word i its best tag and returns how far it is ahead of the second.
func (t *Tagger) choose(weights *model.Linear, words []Word, i int, forth bool, classes []uint16, s *scratch) int32 {
	scores := sized(&s.scores, len(t.tags))
	clear(scores)
	s.features = TagFeatures(words, i, forth, s.features[:0])
	weights.Score(s.features, scores)
	best := model.Best(scores)
	classes[i] = uint16(best)
	t.tags[best].Give(&words[i])
	most := scores[best]
	scores[best] = math.MinInt32
	return most - slices.Max(scores)
}
