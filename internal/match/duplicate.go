package match

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// Near-duplicates: two texts are copies when their sets of five-word shingles overlap enough. MinHash signatures
// in bands find the candidates (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3); the overlap of the
// shingles themselves decides, so that chance never does.

const (
	shingleWords = 5
	bands        = 24
	rowsPerBand  = 4
	signature    = bands * rowsPerBand

	// DuplicateOverlap is the least Jaccard overlap of the shingles of two copies.
	DuplicateOverlap = 0.6
	// duplicateInside is the least share of the shorter text's shingles that stand in the longer one: an update that
	// only adds paragraphs is a copy too.
	duplicateInside = 0.85
)

// Link says that two stories are copies, and why.
type Link struct {
	A, B    int     // indexes of the stories, A < B
	Overlap float64 // Jaccard overlap of the shingles
	Inside  float64 // share of the shorter one's shingles in the longer
	Reason  string  // same-text, same-opening, near-copy, extended-copy
}

// Duplicates finds near-duplicates by adding one text after the other.
type Duplicates struct {
	shingles [][]uint64
	openings map[uint64]int // hash of the opening → first story with it
	buckets  map[bandKey][]int32
}

type bandKey struct {
	band int32
	hash uint64
}

// NewDuplicates is an empty index.
func NewDuplicates() *Duplicates {
	return &Duplicates{openings: make(map[uint64]int), buckets: make(map[bandKey][]int32)}
}

// openingLength is how many letters and digits of a text make its opening.
const openingLength = 320

// Add enters a text and returns its links to earlier ones, best first.
func (d *Duplicates) Add(text string) []Link {
	b := len(d.shingles)
	shingles, opening := shingle(body(text))
	d.shingles = append(d.shingles, shingles)
	var links []Link
	if opening != 0 {
		if a, ok := d.openings[opening]; ok {
			links = append(links, d.link(a, b, "same-opening"))
		} else {
			d.openings[opening] = b
		}
	}
	for _, a := range d.candidates(shingles, int32(b)) {
		l := d.link(int(a), b, "near-copy")
		if slices.ContainsFunc(links, func(o Link) bool { return o.A == l.A }) {
			continue
		}
		switch {
		case l.Overlap >= DuplicateOverlap:
			links = append(links, l)
		case l.Inside >= duplicateInside:
			l.Reason = "extended-copy"
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(x, y Link) int { return cmp.Or(cmp.Compare(y.Overlap, x.Overlap), cmp.Compare(x.A, y.A)) })
	return links
}

func (d *Duplicates) link(a, b int, reason string) Link {
	x, y := d.shingles[a], d.shingles[b]
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	l := Link{A: a, B: b, Reason: reason}
	if shorter := min(len(x), len(y)); shorter > 0 {
		l.Overlap = float64(common) / float64(len(x)+len(y)-common)
		l.Inside = float64(common) / float64(shorter)
	}
	if l.Overlap == 1 {
		l.Reason = "same-text"
	}
	return l
}

// candidates are earlier stories that share a band of the signature; the text's own bands are entered.
func (d *Duplicates) candidates(shingles []uint64, self int32) []int32 {
	if len(shingles) == 0 {
		return nil
	}
	var mins [signature]uint64
	for i := range mins {
		mins[i] = ^uint64(0)
		seed := mix(uint64(i) + 1)
		for _, s := range shingles {
			mins[i] = min(mins[i], mix(s^seed))
		}
	}
	var out []int32
	for band := range bands {
		hash := uint64(band)
		for _, m := range mins[band*rowsPerBand : (band+1)*rowsPerBand] {
			hash = mix(hash ^ m)
		}
		key := bandKey{int32(band), hash}
		out = append(out, d.buckets[key]...)
		d.buckets[key] = append(d.buckets[key], self)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// body is the text without a dateline, "CAIRO, Nov 5 (Agency) - ": copies of one story differ in it.
func body(text string) string {
	head := text[:min(len(text), longestDateline)]
	for _, dash := range []string{" - ", " – ", " — ", " -- "} {
		if at := strings.Index(head, dash); at >= 0 && !strings.ContainsAny(head[:at], "\n\"“") {
			return text[at+len(dash):]
		}
	}
	return text
}

// longestDateline is how far a dateline reaches, in bytes.
const longestDateline = 80

// shingle is the sorted set of hashes of five consecutive words, and a hash of the opening (0 for a short text). Case,
// spaces and marks do not count.
func shingle(text string) (set []uint64, opening uint64) {
	var hashes []uint64
	start, letters := strings.Builder{}, 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		w = strings.ToLower(w)
		h := fnv.New64a()
		h.Write([]byte(w))
		hashes = append(hashes, h.Sum64())
		if letters < openingLength {
			start.WriteString(w)
			letters += len(w)
		}
	}
	if letters >= openingLength {
		h := fnv.New64a()
		h.Write([]byte(start.String()[:openingLength]))
		opening = h.Sum64()
	}
	if len(hashes) > 0 && len(hashes) < shingleWords {
		hashes = append(hashes, make([]uint64, shingleWords-len(hashes))...)
	}
	for i := 0; i+shingleWords <= len(hashes); i++ {
		s := uint64(0)
		for _, h := range hashes[i : i+shingleWords] {
			s = mix(s ^ h)
		}
		set = append(set, s)
	}
	slices.Sort(set)
	return slices.Compact(set), opening
}

// mix is the finaliser of SplitMix64.
func mix(h uint64) uint64 {
	h += 0x9E3779B97F4A7C15
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}
