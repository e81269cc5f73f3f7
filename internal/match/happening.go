package match

import (
	"cmp"
	"slices"
)

// Happenings groups tellings: each is linked to the one before it that it fits best, if any fits well enough (the
// best antecedent, as Ng and Cardie 2002 choose it for coreference), and a tree of links is a happening. The order
// before is that of Telling.Before, so that the groups do not depend on the order of the slice. It returns for each
// telling the index of its antecedent, or -1; the ledger does the same step by step.
func (m *Matcher) Happenings(tellings []Telling) []int {
	filed := make(map[int64][]int)
	for i := range tellings {
		for _, key := range m.Keys(&tellings[i]) {
			filed[key] = append(filed[key], i)
		}
	}
	out := make([]int, len(tellings))
	for i := range tellings {
		t := &tellings[i]
		out[i] = -1
		best := LinkScore
		var near []int
		for _, key := range m.Keys(t) {
			near = append(near, filed[key]...)
		}
		slices.Sort(near)
		for _, j := range slices.Compact(near) {
			o := &tellings[j]
			if !o.Before(t) || o.Day() < t.Day()-Window || o.Day() > t.Day()+Window {
				continue
			}
			if score, _ := m.Score(o, t); score > best || score == best && (out[i] < 0 || o.Before(&tellings[out[i]])) {
				best, out[i] = score, j
			}
		}
	}
	return out
}

// Roots follows antecedents to the first telling of each tree.
func Roots(antecedents []int) []int {
	out := make([]int, len(antecedents))
	for i := range antecedents {
		at := i
		for antecedents[at] >= 0 {
			at = antecedents[at]
		}
		out[i] = at
	}
	return out
}

// Members lists the tellings of each tree that has more than one, in the order of Telling.Before.
func Members(tellings []Telling, antecedents []int) [][]*Telling {
	groups := make(map[int][]*Telling)
	for i, root := range Roots(antecedents) {
		groups[root] = append(groups[root], &tellings[i])
	}
	var out [][]*Telling
	for _, g := range groups {
		if len(g) > 1 {
			slices.SortFunc(g, order)
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b []*Telling) int { return order(a[0], b[0]) })
	return out
}

func order(a, b *Telling) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return cmp.Compare(a.Proposition, b.Proposition)
}
