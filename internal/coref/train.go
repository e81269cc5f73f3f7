package coref

import "annals/internal/doc"

// Question is one decision of the ranker: which of the answers is right. Answer 0 is "none before".
type Question struct {
	Answers [][]uint64 // features of each answer
	Right   []bool     // by the annotation; several antecedents may be right
}

// Walk reads a document as Annotate does, but asks decide instead of the model: it returns the answer to follow.
// chainOf gives the annotated chain of a phrase, or a negative number for none.
func (s *Stage) Walk(d *doc.Doc, chainOf func(head, first, last int32) int, decide func(q *Question) int) {
	w := &work{}
	s.prepare(d, w)
	s.sieve(w)
	w.startRanking()
	gold := make([]int, len(w.nodes))
	for i, n := range w.nodes {
		gold[i] = chainOf(n.head, n.first, n.last)
	}
	for i := range w.nodes {
		if !w.linked[i] {
			s.ask(w, int32(i), gold, decide)
		}
		w.passed(int32(i))
	}
}

func (s *Stage) ask(w *work, i int32, gold []int, decide func(q *Question) int) {
	q := Question{Answers: [][]uint64{append([]uint64(nil), w.alone(i)...)}, Right: []bool{false}}
	candidates := w.candidates(i, nil)
	some := false
	for _, j := range candidates {
		q.Answers = append(q.Answers, append([]uint64(nil), w.pair(i, j)...))
		right := gold[i] >= 0 && gold[i] == gold[j]
		q.Right = append(q.Right, right)
		some = some || right
	}
	q.Right[0] = !some
	if len(candidates) == 0 {
		return
	}
	if answer := decide(&q); answer > 0 {
		w.join(i, candidates[answer-1], "training")
	}
}

// RuleLinks are the links that the rules alone make in a document, as pairs of head tokens with the rule.
func (s *Stage) RuleLinks(d *doc.Doc, use func(head, antecedent int32, rule string)) {
	w := &work{}
	s.prepare(d, w)
	s.sieve(w)
	for _, l := range w.links {
		use(w.nodes[l.node].head, w.nodes[l.antecedent].head, l.rule)
	}
}
