package petrarch

import (
	"slices"
	"strconv"
	"strings"

	"annals/internal/doc"
)

// clause is a verb of the sentence with what the dictionary says of it.
type clause struct {
	verb    int32 // token
	verbs   []int32
	code    Code
	row     Row
	pattern *Pattern
	sources []*chunk
	targets []*chunk
	dropped bool // taken up by a transformation
}

// code makes the codings of a sentence, in text order, each source, code and target once.
func (x *sentence) code() []doc.Coding {
	first, last := x.bounds()
	var clauses []clause
	coded := make([]bool, last-first)
	for _, auxiliaries := range []bool{false, true} { // an auxiliary is asked only where its verb says nothing
		for t := first; t < last; t++ {
			if !x.isVerb(t, auxiliaries) || auxiliaries && x.headCoded(t, coded) {
				continue
			}
			if c, ok := x.clause(t); ok {
				coded[t-first] = c.code != (Code{})
				clauses = append(clauses, c)
			}
		}
	}
	slices.SortStableFunc(clauses, func(a, b clause) int { return int(a.verb - b.verb) })
	x.retell(clauses)
	var out []doc.Coding
	seen := map[[3]string]bool{}
	issues := x.issues()
	for i := range clauses {
		if !clauses[i].dropped {
			out = x.codings(out, &clauses[i], seen, issues)
		}
	}
	return out
}

func (x *sentence) isVerb(t int32, auxiliary bool) bool {
	token := &x.doc.Tokens[t]
	if token.UPOS == "AUX" {
		return auxiliary
	}
	return !auxiliary && (token.UPOS == "VERB" || strings.HasPrefix(token.XPOS, "VB"))
}

// headCoded tells whether the verb of an auxiliary has a code.
func (x *sentence) headCoded(t int32, coded []bool) bool {
	first, _ := x.bounds()
	h := x.doc.Tokens[t].Head
	return h != doc.None && coded[h-first]
}

// clause looks a verb up. The null code of a pattern or verb means that nothing happened.
func (x *sentence) clause(t int32) (clause, bool) {
	c := clause{verb: t}
	var first, last int32
	if c.verbs, first, last = x.verbAt(t); c.verbs == nil {
		return c, false
	}
	dict := x.stage.dict
	v := &dict.Verbs[c.verbs[len(c.verbs)-1]]
	c.code, c.row = v.Code, v.Row
	pattern, bound := x.patternFor(c.verbs, first, last, x.reach(t))
	if pattern != nil {
		c.code, c.row, c.pattern = pattern.Code, pattern.Row, pattern
	}
	if c.code == (Code{}) && (pattern != nil || len(dict.Retells) == 0) {
		return c, false // what somebody says of it may count all the same, if there are transformations
	}
	x.sides(&c, bound)
	return c, true
}

// reach is the atom behind the last that belongs to the clause of a verb: up to the subject of another verb that
// does not hang on it.
func (x *sentence) reach(verb int32) int32 {
	_, last := x.bounds()
	for t := verb + 1; t < last; t++ {
		if !x.doc.IsRelation(t, "nsubj") || x.doc.Tokens[t].Head == verb || x.doc.Dominates(verb, t) {
			continue
		}
		from, _ := x.doc.Subtree(t)
		if from > verb {
			last = from
			break
		}
	}
	_, limit := x.atomsOf(verb, last)
	return limit
}

// codings writes what a clause says: every source with every target, forward and, where the code has one, back.
func (x *sentence) codings(out []doc.Coding, c *clause, seen map[[3]string]bool, issues []string) []doc.Coding {
	for _, s := range c.sources {
		for _, t := range c.targets {
			if s == t {
				continue
			}
			for i, code := range []string{c.code.Forward, c.code.Reverse} {
				a, b := s, t
				if i == 1 {
					a, b = t, s
				}
				if code != "" {
					out = x.pairs(out, c, a, b, code, seen, issues)
				}
			}
		}
	}
	return out
}

// pairs writes one coding for every code of the source and of the target.
func (x *sentence) pairs(out []doc.Coding, c *clause, source, target *chunk, code string, seen map[[3]string]bool, issues []string) []doc.Coding {
	d := x.doc
	for _, s := range source.codes {
		for _, t := range target.codes {
			key := [3]string{s, code, t}
			if seen[key] {
				continue
			}
			seen[key] = true
			out = append(out, doc.Coding{
				Anchor: d.Tokens[c.verb].Span, AnchorToken: c.verb, Sentence: x.index, Code: code,
				Source:  doc.CodedParty{Span: d.TokenSpan(source.first, source.last), Code: s, Rule: source.rule},
				Target:  doc.CodedParty{Span: d.TokenSpan(target.first, target.last), Code: t, Rule: target.rule},
				Negated: x.negated(c), Issues: issues, Event: x.eventAt(c.verb), Rule: x.stage.dict.rule(c.row),
			})
		}
	}
	return out
}

// negated tells whether the verb is denied and its pattern does not say so itself.
func (x *sentence) negated(c *clause) bool {
	for _, t := range x.doc.Children(c.verb) {
		word := strings.ToLower(x.doc.Tokens[t].Lemma)
		if word != "not" && word != "never" && word != "n't" || x.doc.Tokens[t].Head != c.verb {
			continue
		}
		return c.pattern == nil || !slices.ContainsFunc(c.pattern.Elements, func(e Element) bool {
			return e.Kind == WordElement && (e.Text == "NOT" || e.Text == "NEVER" || e.Text == "N'T") || e.Kind == SynsetElement && x.denies(e.Text)
		})
	}
	return false
}

// denies tells whether a synonym set holds denials.
func (x *sentence) denies(name string) bool {
	return slices.ContainsFunc(x.stage.synsets[name], func(phrase []string) bool {
		return slices.ContainsFunc(phrase, func(w string) bool { return w == "NOT" || w == "NEVER" || w == "N'T" })
	})
}

// eventAt is the event whose anchor is a token, or None.
func (x *sentence) eventAt(t int32) int32 {
	for i := range x.doc.Events {
		if x.doc.Events[i].AnchorToken == t {
			return int32(i)
		}
	}
	return doc.None
}

// issues are the codes of the issue phrases in the sentence with how often each was met, as "CODE 2". A phrase that
// is to be passed over takes its category's codes away, or all.
func (x *sentence) issues() []string {
	count := map[string]int{}
	category := map[string]string{}
	ignored := map[string]bool{}
	for i := range x.atoms {
		for rest, at := x.stage.issues, i; at < len(x.atoms); at++ { // phrases may lie inside one another
			if rest = rest.next[x.atoms[at].word]; rest == nil {
				break
			}
			for _, e := range rest.entries {
				issue := &x.stage.dict.Issues[e]
				if issue.Code == "" {
					ignored[issue.Category] = true
					continue
				}
				count[issue.Code]++
				category[issue.Code] = issue.Category
			}
		}
	}
	var out []string
	for code, n := range count {
		if !ignored[""] && !ignored[category[code]] {
			out = append(out, code+" "+strconv.Itoa(n))
		}
	}
	slices.Sort(out)
	return out
}
