package main

import (
	"fmt"

	"annals/internal/model"
	"annals/internal/syntax/linear"
)

// lemmas learns lemma rules: every key gets the rule it has most often, and is kept only where the shorter keys would
// give another rule.
type lemmas struct {
	names    numbering
	rules    []linear.Rule
	tallies  map[uint64]tally
	counted  map[string]bool // form, tag, rule and ending already counted
	examples []lemmaExample
	kept     map[uint64]int
}

type lemmaExample struct {
	keys []uint64
	rule int
}

// tally counts the rules seen under one key.
type tally map[int]int

func (t tally) best() (rule, count, total int) {
	for r, n := range t {
		total += n
		if n > count || n == count && r < rule {
			rule, count = r, n
		}
	}
	return rule, count, total
}

// wholeForms is how many keys of linear.LemmaKeys stand for the whole form; the others are endings.
const wholeForms = 2

func writeLemmas(b *model.Builder, trees []tree) error {
	l := lemmas{tallies: map[uint64]tally{}, counted: map[string]bool{}, kept: map[uint64]int{}}
	for _, t := range trees {
		for i := range t.tokens {
			tok := &t.tokens[i]
			if tok.Lemma != "" && (tok.Lemma != "_" || tok.Form == "_") {
				l.count(tok.Form, tok.Lemma, class(tok))
			}
		}
	}
	l.choose()
	if err := b.AddJSON("lemma.rules", l.rules); err != nil {
		return err
	}
	b.Add("lemma.table", linear.WriteLemmaTable(l.kept))
	fmt.Printf("words: %d lemma rules, %d keys\n", len(l.rules), len(l.kept))
	return nil
}

// count notes an example under all its keys. Endings count words, whole forms their occurrences.
func (l *lemmas) count(form, lemma, tag string) {
	r := linear.RuleFor(form, lemma)
	rule := l.names.of(fmt.Sprint(r))
	if rule == len(l.rules) {
		l.rules = append(l.rules, r)
	}
	keys := linear.LemmaKeys([]byte(form), linear.TagHash(tag), nil)
	for i, key := range keys {
		if i >= wholeForms {
			id := fmt.Sprint(form, tag, rule, i)
			if l.counted[id] {
				continue
			}
			l.counted[id] = true
		}
		if l.tallies[key] == nil {
			l.tallies[key] = tally{}
		}
		l.tallies[key][rule]++
	}
	l.examples = append(l.examples, lemmaExample{keys, rule})
}

// choose goes from the shortest keys to the longest, so that each only says what the shorter ones do not.
func (l *lemmas) choose() {
	longest := 0
	for _, e := range l.examples {
		longest = max(longest, len(e.keys))
	}
	for fromEnd := 1; fromEnd <= longest; fromEnd++ {
		for _, e := range l.examples {
			if at := len(e.keys) - fromEnd; at >= 0 {
				l.consider(e.keys[at], e.keys[at+1:], at >= wholeForms && fromEnd > 1)
			}
		}
	}
}

func (l *lemmas) consider(key uint64, shorter []uint64, ending bool) {
	if _, done := l.kept[key]; done {
		return
	}
	rule, count, total := l.tallies[key].best()
	least := 1
	if ending {
		least = 2
	}
	if count >= least && 2*count > total && l.known(shorter) != rule {
		l.kept[key] = rule
	}
}

// known is the rule that keys give so far, or -1.
func (l *lemmas) known(keys []uint64) int {
	for _, key := range keys {
		if rule, ok := l.kept[key]; ok {
			return rule
		}
	}
	return -1
}
