package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// bigrams are the counts of neighbours that clustering looks at, over items numbered from 0.
type bigrams struct {
	items       int
	left, right [][]neighbour // of every item
	count       []int         // of every item
}

type neighbour struct {
	item  int32
	count int32
}

// newBigrams counts neighbours in sentences of items; item -1 is passed over and breaks a pair.
func newBigrams(items int, sentences [][]int32) *bigrams {
	b := &bigrams{items: items, left: make([][]neighbour, items), right: make([][]neighbour, items), count: make([]int, items)}
	pairs := map[[2]int32]int32{}
	for _, s := range sentences {
		for i, w := range s {
			if w < 0 {
				continue
			}
			b.count[w]++
			if i > 0 && s[i-1] >= 0 {
				pairs[[2]int32{s[i-1], w}]++
			}
		}
	}
	b.fill(pairs)
	return b
}

func (b *bigrams) fill(pairs map[[2]int32]int32) {
	for pair, n := range pairs {
		b.right[pair[0]] = append(b.right[pair[0]], neighbour{pair[1], n})
		b.left[pair[1]] = append(b.left[pair[1]], neighbour{pair[0], n})
	}
	for i := range b.items {
		for _, side := range [][]neighbour{b.left[i], b.right[i]} {
			slices.SortFunc(side, func(a, b neighbour) int { return cmp.Compare(a.item, b.item) })
		}
	}
}

// merge is the bigrams of classes.
func (b *bigrams) merge(classes []int32, n int) *bigrams {
	out := &bigrams{items: n, left: make([][]neighbour, n), right: make([][]neighbour, n), count: make([]int, n)}
	pairs := map[[2]int32]int32{}
	for i := range b.items {
		out.count[classes[i]] += b.count[i]
		for _, r := range b.right[i] {
			pairs[[2]int32{classes[i], classes[r.item]}] += r.count
		}
	}
	out.fill(pairs)
	return out
}

// exchange clusters items so that the bigram likelihood of their classes is high: each item in turn moves to the
// class where it adds most, until few move (Kneser and Ney 1993; Martin, Liermann and Ney 1998).
type exchange struct {
	b       *bigrams
	n       int
	classes []int32
	pairs   []int32 // counts of class bigrams, n × n
	totals  []int   // of each class
	logs    []float64
}

func cluster(b *bigrams, n, rounds int) []int32 {
	e := &exchange{b: b, n: n, classes: make([]int32, b.items), pairs: make([]int32, n*n), totals: make([]int, n), logs: make([]float64, 1<<16)}
	for i := range e.logs {
		e.logs[i] = xlogx(i)
	}
	order := make([]int32, b.items)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(b.count[y], b.count[x]) })
	for rank, item := range order {
		e.classes[item] = int32(rank % n)
	}
	for i := range b.items {
		e.totals[e.classes[i]] += b.count[i]
		for _, r := range b.right[i] {
			e.pairs[int(e.classes[i])*n+int(e.classes[r.item])] += r.count
		}
	}
	for round := range rounds {
		start, moved := time.Now(), 0
		for _, item := range order {
			if e.move(item) {
				moved++
			}
		}
		fmt.Printf("lexicon: %d classes, round %d of %d, %d of %d words moved, %.0f s\n", n, round+1, rounds, moved, b.items, time.Since(start).Seconds())
		if moved*1000 < b.items {
			break
		}
	}
	return e.classes
}

func xlogx(n int) float64 {
	if n <= 0 {
		return 0
	}
	return float64(n) * math.Log(float64(n))
}

func (e *exchange) f(n int32) float64 {
	if int(n) < len(e.logs) {
		return e.logs[n]
	}
	return xlogx(int(n))
}

// byClass sums the neighbours of an item by class; the item itself is counted apart.
func (e *exchange) byClass(side []neighbour, item int32, into []int32) (self int32, met []int32) {
	for _, x := range side {
		if x.item == item {
			self += x.count
			continue
		}
		c := e.classes[x.item]
		if into[c] == 0 {
			met = append(met, c)
		}
		into[c] += x.count
	}
	return self, met
}

func (e *exchange) move(item int32) bool {
	lefts, rights := make([]int32, e.n), make([]int32, e.n)
	self, leftMet := e.byClass(e.b.left[item], item, lefts)
	_, rightMet := e.byClass(e.b.right[item], item, rights)
	old := e.classes[item]
	e.take(item, old, -1, lefts, rights, leftMet, rightMet, self)
	best, most := old, math.Inf(-1)
	for c := range int32(e.n) {
		if gain := e.gain(item, c, lefts, rights, leftMet, rightMet, self); gain > most {
			best, most = c, gain
		}
	}
	e.take(item, best, 1, lefts, rights, leftMet, rightMet, self)
	e.classes[item] = best
	return best != old
}

// take adds an item to a class (sign 1) or removes it (-1).
func (e *exchange) take(item, class, sign int32, lefts, rights, leftMet, rightMet []int32, self int32) {
	for _, c := range leftMet {
		e.pairs[int(c)*e.n+int(class)] += sign * lefts[c]
	}
	for _, c := range rightMet {
		e.pairs[int(class)*e.n+int(c)] += sign * rights[c]
	}
	e.pairs[int(class)*e.n+int(class)] += sign * self
	e.totals[class] += int(sign) * e.b.count[item]
}

// gain is what an item would add to the likelihood in a class.
func (e *exchange) gain(item, class int32, lefts, rights, leftMet, rightMet []int32, self int32) float64 {
	n, gain := e.n, 0.0
	for _, c := range leftMet {
		if c != class {
			have := e.pairs[int(c)*n+int(class)]
			gain += e.f(have+lefts[c]) - e.f(have)
		}
	}
	row := e.pairs[int(class)*n : int(class)*n+n]
	for _, c := range rightMet {
		if c != class {
			gain += e.f(row[c]+rights[c]) - e.f(row[c])
		}
	}
	gain += e.f(row[class]+lefts[class]+rights[class]+self) - e.f(row[class])
	total := e.totals[class]
	return gain - 2*(xlogx(total+e.b.count[item])-xlogx(total))
}
