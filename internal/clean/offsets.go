package clean

import (
	"sort"
	"strings"
)

// Offsets leads from bytes of a text back to bytes of what it was made of.
type Offsets struct {
	runs  []run
	inner *Offsets // from that source further back, nil when it is the first one
}

// run is a stretch of characters that take the same number of bytes in the text, and in the source.
type run struct {
	text, source         int
	textUnit, sourceUnit int
	count                int
}

func (r run) end() int { return r.text + r.count*r.textUnit }

// Span is the bytes of the source that text bytes [start, end) came from. What was put in, such as the blank line
// between two paragraphs of a page, leads to the place where it was put.
func (o *Offsets) Span(start, end int) (from, to int) {
	from, _ = o.unit(start)
	to = from
	if end > start {
		_, to = o.unit(end - 1)
	}
	to = max(from, to)
	if o.inner == nil {
		return from, to
	}
	return o.inner.Span(from, to)
}

// unit is the source of the character that holds text byte at.
func (o *Offsets) unit(at int) (from, to int) {
	i := sort.Search(len(o.runs), func(i int) bool { return o.runs[i].text > at }) - 1
	if i < 0 {
		return 0, 0
	}
	r := o.runs[i]
	if at >= r.end() {
		end := r.source + r.count*r.sourceUnit
		return end, end
	}
	from = r.source + (at-r.text)/r.textUnit*r.sourceUnit
	return from, from + r.sourceUnit
}

// writer puts a text together and notes where it came from.
type writer struct {
	text strings.Builder
	runs []run
}

// put adds characters that came from size bytes at source.
func (w *writer) put(characters string, source, size int) {
	at := w.text.Len()
	w.text.WriteString(characters)
	if n := len(w.runs); n > 0 {
		r := &w.runs[n-1]
		if r.textUnit == len(characters) && r.sourceUnit == size && r.end() == at && r.source+r.count*size == source {
			r.count++
			return
		}
	}
	w.runs = append(w.runs, run{at, source, len(characters), size, 1})
}

// same adds a stretch that is the same in the source, one byte a unit.
func (w *writer) same(stretch string, source int) {
	at := w.text.Len()
	w.text.WriteString(stretch)
	if n := len(w.runs); n > 0 {
		r := &w.runs[n-1]
		if r.textUnit == 1 && r.sourceUnit == 1 && r.end() == at && r.source+r.count == source {
			r.count += len(stretch)
			return
		}
	}
	w.runs = append(w.runs, run{at, source, 1, 1, len(stretch)})
}

// insert adds characters that are not in the source.
func (w *writer) insert(characters string) { w.text.WriteString(characters) }

func (w *writer) offsets(inner *Offsets) *Offsets { return &Offsets{runs: w.runs, inner: inner} }
