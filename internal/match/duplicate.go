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
	sketches []Sketch
	filed    map[uint64][]int32
}

// Sketch is what is kept of a text to find its copies by.
type Sketch struct {
	Bands    []uint64 // texts that overlap enough share one of these, nearly always; the first is of the opening, 0 for a short text
	shingles []uint64
}

// NewSketch of a text.
func NewSketch(text string) Sketch {
	shingles, opening := shingle(body(text))
	return Sketch{append([]uint64{opening}, bandHashes(shingles)...), shingles}
}

// Copies tells whether two texts are copies, and how; A and B are left to the caller.
func (s Sketch) Copies(o Sketch) (Link, bool) {
	l := overlap(s.shingles, o.shingles)
	switch {
	case s.Bands[0] != 0 && s.Bands[0] == o.Bands[0]:
		if l.Reason != "same-text" {
			l.Reason = "same-opening"
		}
	case l.Overlap >= DuplicateOverlap:
	case l.Inside >= duplicateInside:
		l.Reason = "extended-copy"
	default:
		return Link{}, false
	}
	return l, true
}

// NewDuplicates is an empty index.
func NewDuplicates() *Duplicates { return &Duplicates{filed: make(map[uint64][]int32)} }

// openingLength is how many letters and digits of a text make its opening.
const openingLength = 320

// Add enters a text and returns its links to earlier ones, best first.
func (d *Duplicates) Add(text string) []Link {
	b := len(d.sketches)
	sketch := NewSketch(text)
	d.sketches = append(d.sketches, sketch)
	var near []int32
	for _, band := range sketch.Bands {
		if band != 0 {
			near = append(near, d.filed[band]...)
			d.filed[band] = append(d.filed[band], int32(b))
		}
	}
	slices.Sort(near)
	var links []Link
	for _, a := range slices.Compact(near) {
		if l, ok := d.sketches[a].Copies(sketch); ok {
			l.A, l.B = int(a), b
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(x, y Link) int { return cmp.Or(cmp.Compare(y.Overlap, x.Overlap), cmp.Compare(x.A, y.A)) })
	return links
}

func overlap(x, y []uint64) Link {
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
	l := Link{Reason: "near-copy"}
	if shorter := min(len(x), len(y)); shorter > 0 {
		l.Overlap = float64(common) / float64(len(x)+len(y)-common)
		l.Inside = float64(common) / float64(shorter)
	}
	if l.Overlap == 1 {
		l.Reason = "same-text"
	}
	return l
}

// bandHashes of the signature of a set of shingles; none for an empty set.
func bandHashes(shingles []uint64) []uint64 {
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
	out := make([]uint64, bands)
	for band := range out {
		out[band] = uint64(band)
		for _, m := range mins[band*rowsPerBand : (band+1)*rowsPerBand] {
			out[band] = mix(out[band] ^ m)
		}
	}
	return out
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
