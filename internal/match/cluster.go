package match

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
)

// Settings choose how alike stories must be to be on one happening.
type Settings struct {
	Threshold float64 // least average cosine between the stories of two groups that are joined
	Days      int     // stories whose known dates lie further apart are never compared; 0: no limit
}

// DefaultSettings are those that docs/accuracy.md measures.
var DefaultSettings = Settings{Threshold: 0.15, Days: 21}

// Cluster groups stories on one happening: agglomerative clustering with average linkage over TF-IDF cosines
// (Manning, Raghavan and Schütze 2008, chapter 17). It returns a group number for each story, numbered in the order
// of their first stories. The result does not depend on anything but the stories and their order.
func Cluster(stories []Story, s Settings) []int {
	c := clusterer{settings: s, stories: stories}
	c.start(vectors(stories))
	for c.queue.Len() > 0 {
		p := heap.Pop(&c.queue).(pair)
		if c.alive[p.a] && c.alive[p.b] {
			c.join(p.a, p.b)
		}
	}
	return c.numbers(len(stories))
}

type clusterer struct {
	settings Settings
	stories  []Story
	sums     []vector // of the groups, by group
	sizes    []int
	alive    []bool
	members  [][]int
	queue    pairs
}

// pair is two groups that may be joined.
type pair struct {
	score float64
	a, b  int // a < b
}

// pairs is a heap with the likeliest pair on top.
type pairs []pair

func (p pairs) Len() int { return len(p) }
func (p pairs) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(p[j].score, p[i].score), cmp.Compare(p[i].a, p[j].a), cmp.Compare(p[i].b, p[j].b)) < 0
}
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)   { *p = append(*p, x.(pair)) }
func (p *pairs) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

func (c *clusterer) start(vectors []vector) {
	c.sums = vectors
	for i := range vectors {
		c.sizes = append(c.sizes, 1)
		c.alive = append(c.alive, true)
		c.members = append(c.members, []int{i})
	}
	for a, near := range c.neighbours(vectors) {
		for _, b := range near {
			c.offer(a, b)
		}
	}
	heap.Init(&c.queue)
}

// neighbours are, for each story, the later ones that share a term and may be compared.
func (c *clusterer) neighbours(vectors []vector) [][]int {
	holders := make(map[int32][]int)
	out := make([][]int, len(vectors))
	for b := range vectors {
		seen := make(map[int]bool)
		for _, f := range vectors[b] {
			for _, a := range holders[f.term] {
				if !seen[a] && c.comparable(a, b) {
					seen[a] = true
					out[a] = append(out[a], b)
				}
			}
			holders[f.term] = append(holders[f.term], b)
		}
	}
	return out
}

func (c *clusterer) comparable(a, b int) bool {
	x, y := c.stories[a].Date, c.stories[b].Date
	if c.settings.Days == 0 || x.IsZero() || y.IsZero() {
		return true
	}
	return int(math.Abs(float64(x.DaysSince(y)))) <= c.settings.Days
}

// offer queues two groups when they are alike enough to be joined.
func (c *clusterer) offer(a, b int) {
	score := dot(c.sums[a], c.sums[b]) / float64(c.sizes[a]*c.sizes[b])
	if score >= c.settings.Threshold {
		c.queue = append(c.queue, pair{score, a, b})
	}
}

// join makes a new group of two, and offers it to every group that is left.
func (c *clusterer) join(a, b int) {
	c.alive[a], c.alive[b] = false, false
	n := len(c.sums)
	c.sums = append(c.sums, add(c.sums[a], c.sums[b]))
	c.sizes = append(c.sizes, c.sizes[a]+c.sizes[b])
	c.members = append(c.members, append(slices.Clone(c.members[a]), c.members[b]...))
	c.alive = append(c.alive, true)
	c.sums[a], c.sums[b] = nil, nil
	for other := 0; other < n; other++ {
		if !c.alive[other] {
			continue
		}
		before := len(c.queue)
		c.offer(other, n)
		if len(c.queue) > before {
			heap.Fix(&c.queue, before)
		}
	}
}

func (c *clusterer) numbers(n int) []int {
	out := make([]int, n)
	var live [][]int
	for i, m := range c.members {
		if c.alive[i] {
			live = append(live, m)
		}
	}
	slices.SortFunc(live, func(x, y []int) int { return cmp.Compare(slices.Min(x), slices.Min(y)) })
	for number, m := range live {
		for _, story := range m {
			out[story] = number
		}
	}
	return out
}
