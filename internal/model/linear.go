package model

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Linear is a multi-class linear model over hashed features, its weights quantised to 8 bits and sparse.
//
// A stored byte is a sign and one of 127 levels, which grow from a step of one to steps of a few hundredths of the
// weight: the few large weights decide most, and must not be cut off to keep the many small ones.
// A feature is a 64-bit hash. Its middle bits choose the home bucket, its top 16 bits are the tag that keeps
// strangers out (with plain hashing a quarter of the unseen features would hit foreign weights; with tags one in ten
// thousand does). A bucket is a cache line of ten tags and ten values; a value is one or two (class, weight) pairs, or
// where a longer row of them starts. Most features cost one line, seen or not.
type Linear struct {
	classes []string
	scale   float32 // weight = level × scale
	levels  [256]int32
	buckets uint64
	table   string
	rows    string
	narrow  bool // classes fit 7 bits: two pairs fit a value
	wide    bool // classes need two bytes in a row
}

type linearHeader struct {
	Classes []string `json:"classes"`
	Scale   float32  `json:"scale"`
	Largest float64  `json:"largest"` // level of 127, from which the others follow
	Buckets int      `json:"buckets"`
}

const (
	slotsInBucket = 10
	valuesAt      = 24 // the values follow the tags
	bucketSize    = valuesAt + 4*slotsInBucket
	inline        = 1 << 31 // the value holds the pairs themselves
	maxClasses    = 1 << 15
)

// OpenLinear opens the linear model that lies in the sections name, name.table and name.rows of f.
func OpenLinear(f *File, name string) (*Linear, error) {
	var h linearHeader
	if err := f.JSON(name, &h); err != nil {
		return nil, err
	}
	table, err := f.Section(name + ".table")
	if err != nil {
		return nil, err
	}
	rows, err := f.Section(name + ".rows")
	if err != nil {
		return nil, err
	}
	if h.Largest == 0 {
		h.Largest = 127
	}
	if h.Buckets <= 0 || len(table) != bucketSize*h.Buckets || len(h.Classes) > maxClasses {
		return nil, fmt.Errorf("opening the model %s: section %s has a bad shape", f.Name, name)
	}
	return &Linear{classes: h.Classes, scale: h.Scale, levels: levels(h.Largest), buckets: uint64(h.Buckets), table: table, rows: rows,
		narrow: isNarrow(len(h.Classes)), wide: isWide(len(h.Classes))}, nil
}

// levels is the value of every stored byte, two's complement: a geometric sum that reaches largest at 127.
func levels(largest float64) (out [256]int32) {
	largest = min(max(largest, 127), 1<<30)
	growth := growthTo(largest)
	sum, step := 0.0, 1.0
	for i := 1; i <= 127; i++ {
		sum += step
		step *= growth
		out[i] = int32(math.Round(sum))
		out[256-i] = -out[i]
	}
	out[128] = out[129] - 1
	return out
}

// growthTo is the ratio whose geometric sum of 127 terms is largest.
func growthTo(largest float64) float64 {
	low, high := 1.0, 2.0
	for range 60 {
		growth := (low + high) / 2
		sum, step := 0.0, 1.0
		for range 127 {
			sum += step
			step *= growth
		}
		if sum > largest {
			high = growth
		} else {
			low = growth
		}
	}
	return low
}

func isNarrow(classes int) bool { return classes <= 1<<7 }
func isWide(classes int) bool   { return classes > 1<<8 }

// Classes are the names of the classes, in the order of the scores.
func (l *Linear) Classes() []string { return l.classes }

// Scale turns summed scores into the trainer's units.
func (l *Linear) Scale() float32 { return l.scale }

// batch is how many features are looked up side by side.
const batch = 32

// Score adds the weights of the features to scores, which has one entry a class.
func (l *Linear) Score(features []uint64, scores []int32) {
	var values [batch]uint32
	for len(features) > 0 {
		n := min(len(features), batch)
		l.lookUp(features[:n], &values)
		l.add(values[:kept(values[:n])], scores)
		features = features[n:]
	}
}

// Weigh is Score for several lists of features at once, which lie one after the other: the weights of those before
// ends[i], and not before the end of the list before, are added to rows[i].
func (l *Linear) Weigh(features []uint64, ends []int32, rows [][]int32) {
	var values [batch]uint32
	list := 0
	for from := 0; from < len(features); from += batch {
		part := features[from:min(from+batch, len(features))]
		l.lookUp(part, &values)
		for done := 0; done < len(part); {
			for int(ends[list]) <= from+done {
				list++
			}
			to := min(int(ends[list])-from, len(part))
			n := kept(values[done:to])
			l.add(values[done:done+n], rows[list])
			done = to
		}
	}
}

// lookUp finds the values of at most a batch of features, 0 for those that have none. It works in rounds, each of
// which only loads: waiting for memory is most of the work, and loads that do not depend on each other wait together.
func (l *Linear) lookUp(features []uint64, values *[batch]uint32) {
	var tags0, tags1 [batch]uint64
	var tags2 [batch]uint32
	for i, feature := range features {
		at := int(home(feature, l.buckets)) * bucketSize
		tags := l.table[at : at+valuesAt]
		tags0[i&(batch-1)], tags1[i&(batch-1)], tags2[i&(batch-1)] = u64(tags, 0), u64(tags, 8), u32(tags, 16)
	}
	for i, feature := range features {
		values[i&(batch-1)] = l.value(feature, tags0[i&(batch-1)], tags1[i&(batch-1)], uint64(tags2[i&(batch-1)]))
	}
}

// kept moves the values that are there to the front and counts them.
func kept(values []uint32) int {
	n := 0
	for _, value := range values {
		values[n] = value
		if value != 0 {
			n++
		}
	}
	return n
}

// add adds the weights that at most a batch of values stand for to scores.
func (l *Linear) add(values []uint32, scores []int32) {
	scores = scores[:len(l.classes)]
	var lengths [batch]uint16
	for i, value := range values {
		if value&inline == 0 {
			row := l.rows[value-1:]
			lengths[i&(batch-1)] = uint16(row[0]) | uint16(row[1])<<8
		}
	}
	levels := &l.levels
	for i, value := range values {
		switch {
		case value&inline == 0:
			l.addRow(value+1, int(lengths[i&(batch-1)]), scores)
		case l.narrow:
			scores[value>>24&0x7F] += levels[value>>16&0xFF]
			scores[value>>8&0xFF] += levels[value&0xFF]
		default:
			scores[value>>16&0x7FFF] += levels[value>>8&0xFF]
		}
	}
}

// addRow adds the n weights that stand at an offset.
func (l *Linear) addRow(offset uint32, n int, scores []int32) {
	levels := &l.levels
	if l.wide {
		row := l.rows[offset:][:3*n]
		for i := 0; i+2 < len(row); i += 3 {
			scores[int(row[i])|int(row[i+1])<<8] += levels[row[i+2]]
		}
		return
	}
	row := l.rows[offset:][:2*n]
	for i := 0; i+1 < len(row); i += 2 {
		scores[row[i]] += levels[row[i+1]]
	}
}

// value finds the value of a feature, 0 when it has none, given the tags of its home bucket: four, four and two in
// lanes of 16 bits.
func (l *Linear) value(feature, tags0, tags1, tags2 uint64) uint32 {
	wanted := uint64(tagOf(feature)) * ones
	for bucket := home(feature, l.buckets); ; {
		values := int(bucket)*bucketSize + valuesAt
		if hit := zeroLanes(tags0 ^ wanted); hit != 0 {
			return u32(l.table, values+bits.TrailingZeros64(hit)/16*4)
		}
		if hit := zeroLanes(tags1 ^ wanted); hit != 0 {
			return u32(l.table, values+16+bits.TrailingZeros64(hit)/16*4)
		}
		if hit := zeroLanes(tags2 ^ wanted); hit != 0 { // the upper lanes are 0, which is no tag
			return u32(l.table, values+32+bits.TrailingZeros64(hit)/16*4)
		}
		if tags2>>16 == 0 { // buckets fill from the front: there is room, so the feature would be here
			return 0
		}
		if bucket++; bucket == l.buckets {
			bucket = 0
		}
		tags := l.table[int(bucket)*bucketSize:][:valuesAt]
		tags0, tags1, tags2 = u64(tags, 0), u64(tags, 8), uint64(u32(tags, 16))
	}
}

const (
	ones  = 0x0001_0001_0001_0001
	highs = 0x8000_8000_8000_8000
)

// zeroLanes has a bit set in the lowest 16-bit lane of x that is zero, and perhaps in lanes above it (Mycroft 1987).
func zeroLanes(x uint64) uint64 { return (x - ones) &^ x & highs }

// tagOf is the tag of a feature, never 0.
func tagOf(feature uint64) uint16 { return uint16(max(feature>>48, 1)) }

// home is the home bucket of a feature.
func home(feature, buckets uint64) uint64 { return uint64(uint32(feature>>16)) * buckets >> 32 }

func u32(s string, at int) uint32 {
	_ = s[at+3]
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
}

func u64(s string, at int) uint64 {
	_ = s[at+7]
	return uint64(s[at]) | uint64(s[at+1])<<8 | uint64(s[at+2])<<16 | uint64(s[at+3])<<24 |
		uint64(s[at+4])<<32 | uint64(s[at+5])<<40 | uint64(s[at+6])<<48 | uint64(s[at+7])<<56
}

// Best is the class with the highest score, the first of equals.
func Best(scores []int32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// Row is the weights of one feature that is to be written.
type Row struct {
	Feature uint64
	Weights []Weight // in the order of their classes
}

// Weight is the weight of one class.
type Weight struct {
	Class uint16
	Value float32
}

// AddLinear writes a linear model into b: weights maps a feature to one weight a class. Weights whose quantised
// value is 0, and features that have none left, are dropped. The result does not depend on map order.
func AddLinear(b *Builder, name string, classes []string, weights map[uint64][]float32) error {
	largest, smallest := float32(0), float32(math.Inf(1))
	rows := make([]Row, 0, len(weights))
	for f, dense := range weights {
		row := Row{Feature: f}
		for class, w := range dense {
			if w != 0 {
				row.Weights = append(row.Weights, Weight{uint16(class), w})
				largest = max(largest, float32(math.Abs(float64(w))))
				smallest = min(smallest, float32(math.Abs(float64(w))))
			}
		}
		rows = append(rows, row)
	}
	return AddRows(b, name, classes, rows, max(smallest, largest/maxLevel))
}

// maxLevel is the largest level that AddLinear uses: its steps grow by six hundredths of a weight.
const maxLevel = 1 << 15

// Prune leaves out the weights whose size is below least.
func Prune(rows []Row, least float32) []Row {
	out := make([]Row, len(rows))
	for i, row := range rows {
		out[i].Feature = row.Feature
		for _, w := range row.Weights {
			if w.Value >= least || w.Value <= -least {
				out[i].Weights = append(out[i].Weights, w)
			}
		}
	}
	return out
}

// AddRows writes a linear model into b. The smallest weights are stored as multiples of scale, those that round to
// 0 not at all. The order of rows is free.
func AddRows(b *Builder, name string, classes []string, rows []Row, scale float32) error {
	if len(classes) > maxClasses {
		return fmt.Errorf("writing the linear model %s: %d classes are more than %d; merge rare ones", name, len(classes), maxClasses)
	}
	if scale <= 0 {
		scale = 1
	}
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.Feature, b.Feature) })
	w := tableWriter{classes: len(classes), scale: scale}
	largest := 127.0
	for _, row := range rows {
		for _, w := range row.Weights {
			largest = max(largest, math.Ceil(math.Abs(float64(w.Value/scale))))
		}
	}
	table := levels(largest)
	kept := rows[:0]
	for _, row := range rows {
		if pairs := quantise(row.Weights, scale, table[:128]); len(pairs) > 0 {
			kept = append(kept, Row{row.Feature, pairs})
		}
	}
	w.buckets = uint64(len(kept)*5/(4*slotsInBucket) + 1) // four fifths full
	w.table = make([]byte, w.buckets*bucketSize)
	for _, row := range kept {
		w.insert(row.Feature, w.encode(row.Weights))
	}
	if err := b.AddJSON(name, linearHeader{Classes: classes, Scale: scale, Largest: largest, Buckets: int(w.buckets)}); err != nil {
		return err
	}
	b.Add(name+".table", w.table)
	b.Add(name+".rows", w.rows)
	return nil
}

// quantise replaces each weight by its stored value, the nearest level, and leaves out zeros.
func quantise(weights []Weight, scale float32, levels []int32) []Weight {
	var out []Weight
	for _, w := range weights {
		size := math.Abs(float64(w.Value / scale))
		above, _ := slices.BinarySearch(levels, int32(math.Ceil(size)))
		above = min(above, 127)
		if above > 0 && size-float64(levels[above-1]) < float64(levels[above])-size {
			above--
		}
		if above == 0 {
			continue
		}
		if w.Value < 0 {
			above = -above
		}
		out = append(out, Weight{w.Class, float32(above)})
	}
	return out
}

type tableWriter struct {
	classes     int
	scale       float32
	buckets     uint64
	table, rows []byte
}

// encode makes the value of a row and writes the row itself where the value cannot hold it.
func (w *tableWriter) encode(pairs []Weight) uint32 {
	class := func(i int) uint32 { return uint32(pairs[i].Class) }
	stored := func(i int) uint32 { return uint32(uint8(int8(pairs[i].Value))) }
	switch {
	case isNarrow(w.classes) && len(pairs) == 1:
		return inline | class(0)<<24 | stored(0)<<16
	case isNarrow(w.classes) && len(pairs) == 2:
		return inline | class(0)<<24 | stored(0)<<16 | class(1)<<8 | stored(1)
	case !isNarrow(w.classes) && len(pairs) == 1:
		return inline | class(0)<<16 | stored(0)<<8
	}
	offset := uint32(len(w.rows))
	w.rows = append(w.rows, byte(len(pairs)), byte(len(pairs)>>8))
	for i := range pairs {
		w.rows = append(w.rows, byte(class(i)))
		if isWide(w.classes) {
			w.rows = append(w.rows, byte(class(i)>>8))
		}
		w.rows = append(w.rows, byte(stored(i)))
	}
	return offset + 1
}

// insert puts a value into the first free slot from the home bucket on. Of two features with the same tag that
// meet there, only the first can be found; one in some ten thousand is lost so.
func (w *tableWriter) insert(feature uint64, value uint32) {
	tag, bucket := tagOf(feature), home(feature, w.buckets)
	for ; ; bucket = (bucket + 1) % w.buckets {
		b := w.table[bucket*bucketSize : (bucket+1)*bucketSize]
		for slot := range slotsInBucket {
			if binary.LittleEndian.Uint16(b[2*slot:]) == 0 {
				binary.LittleEndian.PutUint16(b[2*slot:], tag)
				binary.LittleEndian.PutUint32(b[valuesAt+4*slot:], value)
				return
			}
		}
	}
}
