package quote

import (
	"strings"

	"annals/internal/doc"
)

// run is the tokens [first, last).
type run struct{ first, last int32 }

func (r run) empty() bool         { return r.first >= r.last }
func (r run) holds(t int32) bool  { return r.first <= t && t < r.last }
func (r run) overlaps(o run) bool { return r.first < o.last && o.first < r.last }
func (r run) size() int32         { return r.last - r.first }
func anyHolds(rs []run, t int32) bool {
	for _, r := range rs {
		if r.holds(t) {
			return true
		}
	}
	return false
}

func anyOverlaps(as, bs []run) bool {
	for _, a := range as {
		for _, b := range bs {
			if a.overlaps(b) {
				return true
			}
		}
	}
	return false
}

// cut takes run x out of the runs.
func cut(rs []run, x run) []run {
	if x.empty() {
		return rs
	}
	out := make([]run, 0, len(rs)+1)
	for _, r := range rs {
		if !r.overlaps(x) {
			out = append(out, r)
			continue
		}
		if left := (run{r.first, x.first}); !left.empty() {
			out = append(out, left)
		}
		if right := (run{x.last, r.last}); !right.empty() {
			out = append(out, right)
		}
	}
	return out
}

// extents are, for every token, the smallest range that holds it and all its descendants, in linear time.
func extents(d *doc.Doc) []run {
	out := make([]run, len(d.Tokens))
	for i := range out {
		out[i] = run{int32(i), int32(i) + 1}
	}
	order := make([]int32, 0, len(d.Tokens))
	for i := range d.Tokens {
		if d.Tokens[i].Head == doc.None {
			order = append(order, int32(i))
		}
	}
	for at := 0; at < len(order); at++ {
		order = append(order, d.Children(order[at])...)
	}
	for at := len(order) - 1; at >= 0; at-- {
		t := order[at]
		if h := d.Tokens[t].Head; h != doc.None {
			out[h].first, out[h].last = min(out[h].first, out[t].first), max(out[h].last, out[t].last)
		}
	}
	return out
}

func isStop(form string) bool {
	switch form {
	case ",", ".", ";", ":", "-", "--", "–", "—", "...", "…":
		return true
	}
	return false
}

// trim takes commas, stops and dashes off both ends of a run; quotation marks stay with what they hold.
func trim(d *doc.Doc, r run) run {
	for !r.empty() && isStop(d.Tokens[r.first].Form) {
		r.first++
	}
	for !r.empty() && isStop(d.Tokens[r.last-1].Form) {
		r.last--
	}
	return r
}

// trimAll trims runs and drops those that hold no word.
func trimAll(d *doc.Doc, rs []run) []run {
	out := rs[:0]
	for _, r := range rs {
		r = trim(d, r)
		if hasWord(d, r) {
			out = append(out, r)
		}
	}
	return out
}

func hasWord(d *doc.Doc, r run) bool {
	for t := r.first; t < r.last; t++ {
		if x := d.Tokens[t].UPOS; x != "PUNCT" && x != "SYM" && x != "CCONJ" {
			return true
		}
	}
	return false
}

// spans turns runs into spans of the text.
func spans(d *doc.Doc, rs []run) []doc.Span {
	if len(rs) == 0 {
		return nil
	}
	out := make([]doc.Span, len(rs))
	for i, r := range rs {
		out[i] = d.TokenSpan(r.first, r.last)
	}
	return out
}

// lemmaOf is the lower-case lemma, or the form where there is none.
func lemmaOf(t *doc.Token) string {
	if t.Lemma == "" || t.Lemma == "_" {
		return strings.ToLower(t.Form)
	}
	return strings.ToLower(t.Lemma)
}
