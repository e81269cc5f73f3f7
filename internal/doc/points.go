package doc

import "unicode/utf8"

// Points turns byte offsets of a text into offsets in Unicode code points and back. Inside annals offsets are
// bytes; at its border they are code points.
type Points struct {
	text  string
	ascii bool
	marks []int32 // code points before byte i*stride
}

const stride = 64

// NewPoints indexes a text.
func NewPoints(text string) *Points {
	p := &Points{text: text, ascii: true}
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			p.ascii = false
			break
		}
	}
	if p.ascii {
		return p
	}
	p.marks = make([]int32, 0, len(text)/stride+1)
	count := int32(0)
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			p.marks = append(p.marks, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	return p
}

// At is the number of code points before byte offset b.
func (p *Points) At(b int32) int {
	if p.ascii {
		return int(b)
	}
	mark := min(int(b)/stride, len(p.marks)-1)
	count := p.marks[mark]
	for i := mark * stride; i < int(b); i++ {
		if utf8.RuneStart(p.text[i]) {
			count++
		}
	}
	return int(count)
}

// Span is a span in code points, half open.
func (p *Points) Span(s Span) (start, end int) { return p.At(s.Start), p.At(s.End) }

// Byte is the byte offset of code point n; past the end it is the length of the text.
func (p *Points) Byte(n int) int32 {
	if p.ascii {
		return int32(min(n, len(p.text)))
	}
	low, high := 0, len(p.marks)-1
	for low < high {
		mid := (low + high + 1) / 2
		if int(p.marks[mid]) <= n {
			low = mid
		} else {
			high = mid - 1
		}
	}
	at, count := low*stride, int(p.marks[low])
	for at < len(p.text) && !utf8.RuneStart(p.text[at]) {
		at++
	}
	for at < len(p.text) && count < n {
		_, size := utf8.DecodeRuneInString(p.text[at:])
		at += size
		count++
	}
	return int32(at)
}
