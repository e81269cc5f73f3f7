// Package match finds what belongs together across articles: copies of one text, stories and tellings of one happening,
// and what the claims on a happening cannot all be right about.
//
// In: texts with their dates, and records. Out: groups, scored links with their reasons, disputes. It reads no layers,
// opens no store and merges nothing: a link is a proposal that the ledger keeps as a row.
package match

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/civil"
)

// Story is an article as this package sees it.
type Story struct {
	ID, Title, Text string
	Date            civil.Date // zero when not known
	Origin          string     // who wrote it
}

// Weights of the parts of a story: what wire copy says first is what it is about.
const (
	leadWords  = 60  // words that count as the lead
	leadWeight = 2.0 // how much more they count
	nameWeight = 1.6 // how much more a capitalised word inside a sentence counts
)

// feature is a term with its weight.
type feature struct {
	term   int32
	weight float32
}

// vector is sparse, sorted by term, and of length 1.
type vector []feature

// terms counts the terms of a story. The title counts as lead.
func terms(s *Story) map[string]float64 {
	counts := make(map[string]float64)
	text := s.Title + "\n" + s.Text
	position, start, previous := 0, -1, rune('\n')
	word := func(end int) {
		w := text[start:end]
		start = -1
		position++
		weight := 1.0
		if position <= leadWords {
			weight = leadWeight
		}
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) && previous != '\n' && previous != '.' {
			weight *= nameWeight
		}
		if stem := stem(strings.ToLower(w)); stem != "" {
			counts[stem] += weight
		}
	}
	for i, r := range text {
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case inWord && start < 0:
			start = i
		case !inWord && start >= 0:
			word(i)
			previous = r
		case !inWord && (r == '\n' || r == '.'):
			previous = r
		}
	}
	if start >= 0 {
		word(len(text))
	}
	return counts
}

// stem cuts the commonest endings, so that "vetoed" and "vetoes" meet; stop words give "".
func stem(w string) string {
	if len(w) < 3 || stopWords[w] {
		return ""
	}
	for _, ending := range []string{"ing", "ed", "es", "s"} {
		if rest, ok := strings.CutSuffix(w, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return strings.TrimSuffix(w, "e")
}

var stopWords = words(`the a an and or but of to in on at by for from with as is are was were be been being has have had do does did not no it its this that these
	those he she they them his her their we our you your i who which what when where how than then there here will would could should may might can must said says say
	told after before over under about into out up down more most also one two new last year years people while during against between because so if all any some
	other first mr mrs ms monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
	reuters afp associated press news`)

func words(list string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// vectors weighs terms by their rarity among the stories: (1 + log tf) · log(n / df), lengths 1.
func vectors(stories []Story) []vector {
	index := make(map[string]int32)
	var documents []int32 // stories that hold a term
	raw := make([][]feature, len(stories))
	for i := range stories {
		for t, count := range terms(&stories[i]) {
			id, ok := index[t]
			if !ok {
				id = int32(len(documents))
				index[t] = id
				documents = append(documents, 0)
			}
			documents[id]++
			raw[i] = append(raw[i], feature{id, float32(1 + math.Log(count))})
		}
	}
	// Term numbers follow the order of maps: make the sums independent of it by sorting on what the term is.
	order := make([]string, len(documents))
	for t, id := range index {
		order[id] = t
	}
	rank := make([]int32, len(order))
	sorted := make([]int32, len(order))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(a, b int32) int { return cmp.Compare(order[a], order[b]) })
	for place, id := range sorted {
		rank[id] = int32(place)
	}
	n := float64(len(stories))
	out := make([]vector, len(stories))
	for i, features := range raw {
		v := vector{}
		for _, f := range features {
			if idf := math.Log(n / float64(documents[f.term])); idf > 0 {
				v = append(v, feature{rank[f.term], f.weight * float32(idf)})
			}
		}
		slices.SortFunc(v, func(a, b feature) int { return cmp.Compare(a.term, b.term) })
		out[i] = normalise(v)
	}
	return out
}

func normalise(v vector) vector {
	var sum float64
	for _, f := range v {
		sum += float64(f.weight) * float64(f.weight)
	}
	if sum == 0 {
		return v
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i].weight *= scale
	}
	return v
}

func dot(a, b vector) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].term < b[j].term:
			i++
		case a[i].term > b[j].term:
			j++
		default:
			sum += float64(a[i].weight) * float64(b[j].weight)
			i, j = i+1, j+1
		}
	}
	return sum
}

// add is the sum of two vectors, not normalised.
func add(a, b vector) vector {
	out := make(vector, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].term < b[j].term:
			out = append(out, a[i])
			i++
		case i == len(a) || b[j].term < a[i].term:
			out = append(out, b[j])
			j++
		default:
			out = append(out, feature{a[i].term, a[i].weight + b[j].weight})
			i, j = i+1, j+1
		}
	}
	return out
}
