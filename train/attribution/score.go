package attribution

import (
	"fmt"
	"io"
	"slices"

	"annals/internal/doc"
	"annals/internal/quote"
)

// tally counts matches of one role.
type tally struct{ right, predicted, gold int }

func (t tally) String() string {
	p, r := 100*float64(t.right)/float64(max(1, t.predicted)), 100*float64(t.right)/float64(max(1, t.gold))
	return fmt.Sprintf("P %5.1f R %5.1f F %5.1f", p, r, 2*p*r/max(1e-9, p+r))
}

// f1 is the harmonic mean of precision and recall, in per cent.
func (t tally) f1() float64 { return 200 * float64(t.right) / float64(max(1, t.predicted+t.gold)) }

// scores are exact matches of roles as sets of token ranges, punctuation at their ends left out. They are close to,
// not the same as, what the official scorer of docs/accuracy.md prints.
type scores struct {
	source, cue, content, whole tally
	bins                        [10]bin // by confidence
}

// bin is a row of the reliability table: attributions of like confidence, and how many of them are right.
type bin struct {
	found, right int
	confidence   float64 // sum
}

// String is the figures that the model file keeps.
func (s *scores) String() string {
	return fmt.Sprintf("exact F1 on every eighth article: content %.1f, cue %.1f, source %.1f, all three %.1f", s.content.f1(), s.cue.f1(), s.source.f1(), s.whole.f1())
}

func (s *scores) print(w io.Writer) {
	fmt.Fprintf(w, "  source  %v\n  cue     %v\n  content %v\n  whole   %v\n", s.source, s.cue, s.content, s.whole)
	fmt.Fprintln(w, "  confidence, mean: found, right in per cent (attributions inside others, which the corpus never marks, left out)")
	for _, b := range s.bins {
		if b.found > 0 {
			fmt.Fprintf(w, "  %.2f: %4d %5.1f\n", b.confidence/float64(b.found), b.found, 100*float64(b.right)/float64(b.found))
		}
	}
}

// add counts one document.
func (s *scores) add(e *example, found []doc.Attribution) {
	d := e.Doc
	roles := [3]map[string]int{{}, {}, {}}
	whole := map[string]int{}
	for _, g := range e.gold {
		keys := [3]string{key(d, g.source), key(d, [][2]int32{g.cue}), key(d, g.content)}
		for i, k := range keys {
			if k != "" {
				roles[i][k]++
			}
		}
		whole[keys[0]+"|"+keys[1]+"|"+keys[2]]++
	}
	tallies := [3]*tally{&s.source, &s.cue, &s.content}
	for i, role := range roles {
		for _, n := range role {
			tallies[i].gold += n
		}
	}
	s.whole.gold += len(e.gold)
	for _, a := range found {
		keys := [3]string{key(d, tokenRanges(d, a.Source)), key(d, tokenRanges(d, a.Cue)), key(d, tokenRanges(d, a.Content))}
		for i, k := range keys {
			if k == "" {
				continue
			}
			tallies[i].predicted++
			if roles[i][k] > 0 {
				roles[i][k]--
				tallies[i].right++
			}
		}
		s.rely(e, &a)
		s.whole.predicted++
		if k := keys[0] + "|" + keys[1] + "|" + keys[2]; whole[k] > 0 {
			whole[k]--
			s.whole.right++
		}
	}
}

// rely counts an attribution for the reliability table.
func (s *scores) rely(e *example, a *doc.Attribution) {
	if a.Outer != doc.None {
		return
	}
	b := &s.bins[min(9, int(10*a.Confidence))]
	b.found++
	b.confidence += float64(a.Confidence)
	if e.isRight(quote.Finding{Source: tokenRanges(e.Doc, a.Source), Cue: tokenRanges(e.Doc, a.Cue), Content: tokenRanges(e.Doc, a.Content)}) {
		b.right++
	}
}

// key writes down a role without the punctuation at the ends of its ranges.
func key(d *doc.Doc, ranges [][2]int32) string {
	ranges = slices.Clone(ranges)
	slices.SortFunc(ranges, func(a, b [2]int32) int { return int(a[0] - b[0]) })
	out := ""
	for _, r := range ranges {
		for r[0] < r[1] && d.Tokens[r[0]].UPOS == "PUNCT" {
			r[0]++
		}
		for r[0] < r[1] && d.Tokens[r[1]-1].UPOS == "PUNCT" {
			r[1]--
		}
		if r[0] < r[1] {
			out += fmt.Sprintf("%d-%d ", r[0], r[1])
		}
	}
	return out
}

// measure reads the held-out examples with a stage and counts.
func (t *Trainer) measure(stage *quote.Stage) (*scores, error) {
	s := &scores{}
	for i := range t.examples {
		if !heldOut(i) {
			continue
		}
		if err := stage.Annotate(t.examples[i].Doc); err != nil {
			return nil, err
		}
		s.add(&t.examples[i], t.examples[i].Doc.Attributions)
	}
	return s, nil
}
