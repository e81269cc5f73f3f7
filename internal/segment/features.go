package segment

import (
	"strings"

	"annals/internal/model"
)

// view is a chunk as the decision at a border sees it.
type view struct {
	reader     *reader
	start, end int32
	tokenStart int32 // of the token that is being read
	wordStart  int32
	next       string // the chunk that follows

	whole   uint64 // hash of the chunk
	address uint64 // the chunk looks like a link, an e-mail address or a file name
	nextCut shape
}

func (v *view) look() {
	v.wordStart = v.start
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
	v.nextCut = shapeOf(v.next)
}

// features describes the border before atom i at byte at.
func (v *view) features(i int, at int32) []uint64 {
	r := v.reader
	a := r.atoms
	text := r.text
	one := func(j int) (string, uint64) {
		if j < 0 || j >= len(a) {
			return "", uint64(j - i + 100)
		}
		s := text[a[j].start:a[j].end]
		return s, hashLower(s)
	}
	leftText, left := one(i - 1)
	rightText, right := one(i)
	_, left2 := one(i - 2)
	right2Text, right2 := one(i + 1)
	ls, rs, r2s := uint64(shapeOf(leftText)), uint64(shapeOf(rightText)), uint64(shapeOf(right2Text))
	if i+1 >= len(a) {
		r2s = 50
	}
	if r.capitals {
		ls, rs, r2s = ls+20, rs+20, r2s+20
	}
	length := func(s string) uint64 { return uint64(min(len(s), 5)) }
	token := text[v.tokenStart:at]
	whole := hashLower(token)
	last := uint64(0)
	if i+1 == len(a) {
		last = 1
	}
	first := uint64(0)
	if i == 1 {
		first = 1
	}
	next := uint64(v.nextCut)
	if r.capitals {
		next = 30
		if v.next == "" {
			next = 31
		}
	}
	kind := r.tables.abbreviation(token)
	if strings.HasSuffix(token, ".") {
		kind = 100 + r.tables.abbreviation(token[:len(token)-1])
	}
	fixed := uint64(0)
	if at != a[i].start {
		fixed = 1
	}
	tokenShape := uint64(shapeOf(token))*8 + length(token)

	f := r.features[:0]
	add := func(template uint32, values ...uint64) {
		h := model.Feature(template, values[0])
		for _, value := range values[1:] {
			h = model.Join(h, value)
		}
		f = append(f, h)
	}
	add(0, fixed, v.address, last)
	add(1, left, right)
	add(2, ls, right, r2s)
	add(3, left, rs)
	add(4, left2, left, right)
	add(5, left, right, right2)
	add(6, whole, right)
	add(7, whole, right, right2)
	add(8, tokenShape, right, last, next)
	add(9, kind, right, last, next)
	add(10, right, last, first)
	add(11, v.address, right, r2s, last)
	add(12, v.whole, uint64(i))
	add(13, ls, rs, length(leftText), length(rightText), r2s)
	add(14, whole, right, last, next)
	add(15, left, right, last, next)
	add(16, left2, ls, right, r2s)
	add(17, hashLower(v.next), whole, right)
	add(18, left, right, r2s, first)
	add(19, fixed, right, right2)
	r.features = f
	return f
}
