package model

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// Linear is a multi-class linear model over hashed features, its weights quantised to 8 bits and sparse.
//
// A feature is a 64-bit hash. Its low bits choose the home slot, its high 32 bits are the fingerprint that keeps
// strangers out (with plain hashing a quarter of the unseen features would hit foreign weights). A slot holds the
// fingerprint and where the feature's row starts; a row is a count and that many (class, weight) pairs.
type Linear struct {
	classes []string
	scale   float32 // weight = stored × scale
	mask    uint32
	slots   string // 8 bytes each: fingerprint, row offset + 1 (0: empty)
	rows    string
}

type linearHeader struct {
	Classes []string `json:"classes"`
	Scale   float32  `json:"scale"`
	Slots   int      `json:"slots"`
}

// OpenLinear opens the linear model that lies in the sections name, name.slots and name.rows of f.
func OpenLinear(f *File, name string) (*Linear, error) {
	var h linearHeader
	if err := f.JSON(name, &h); err != nil {
		return nil, err
	}
	slots, err := f.Section(name + ".slots")
	if err != nil {
		return nil, err
	}
	rows, err := f.Section(name + ".rows")
	if err != nil {
		return nil, err
	}
	if h.Slots == 0 || h.Slots&(h.Slots-1) != 0 || len(slots) != 8*h.Slots || len(h.Classes) > math.MaxUint16 {
		return nil, fmt.Errorf("opening the model %s: section %s has a bad shape", f.Name, name)
	}
	return &Linear{classes: h.Classes, scale: h.Scale, mask: uint32(h.Slots - 1), slots: slots, rows: rows}, nil
}

// Classes are the names of the classes, in the order of the scores.
func (l *Linear) Classes() []string { return l.classes }

// Scale turns summed scores into the trainer's units.
func (l *Linear) Scale() float32 { return l.scale }

// Score adds the weights of the features to scores, which has one entry a class.
func (l *Linear) Score(features []uint64, scores []int32) {
	wide := len(l.classes) > math.MaxUint8
	for _, feature := range features {
		row, ok := l.row(feature)
		if !ok {
			continue
		}
		n := int(row[0]) | int(row[1])<<8
		if wide {
			for i, at := 0, 2; i < n; i, at = i+1, at+3 {
				scores[int(row[at])|int(row[at+1])<<8] += int32(int8(row[at+2]))
			}
			continue
		}
		for i, at := 0, 2; i < n; i, at = i+1, at+2 {
			scores[row[at]] += int32(int8(row[at+1]))
		}
	}
}

func (l *Linear) row(feature uint64) (string, bool) {
	fingerprint := uint32(feature >> 32)
	for slot := uint32(feature) & l.mask; ; slot = (slot + 1) & l.mask {
		at := int(slot) * 8
		offset := u32(l.slots, at+4)
		if offset == 0 {
			return "", false
		}
		if u32(l.slots, at) == fingerprint {
			return l.rows[offset-1:], true
		}
	}
}

func u32(s string, at int) uint32 {
	_ = s[at+3]
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
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

// AddLinear writes a linear model into b: weights maps a feature to one weight a class. Weights whose quantised
// value is 0, and features that have none left, are dropped. The result does not depend on map order.
func AddLinear(b *Builder, name string, classes []string, weights map[uint64][]float32) error {
	var largest float32
	for _, row := range weights {
		for _, w := range row {
			largest = max(largest, float32(math.Abs(float64(w))))
		}
	}
	scale := largest / 127
	if scale == 0 {
		scale = 1
	}
	features := make([]uint64, 0, len(weights))
	for f := range weights {
		features = append(features, f)
	}
	sort.Slice(features, func(i, j int) bool { return features[i] < features[j] })

	size := 16
	for size < len(features)*3/2 {
		size *= 2
	}
	slots, rows := make([]byte, 8*size), []byte{}
	wide := len(classes) > math.MaxUint8
	for _, f := range features {
		row := quantise(weights[f], scale, wide)
		if len(row) == 2 {
			continue
		}
		insert(slots, uint32(size-1), f, uint32(len(rows))+1)
		rows = append(rows, row...)
	}
	if err := b.AddJSON(name, linearHeader{Classes: classes, Scale: scale, Slots: size}); err != nil {
		return err
	}
	b.Add(name+".slots", slots)
	b.Add(name+".rows", rows)
	return nil
}

func quantise(weights []float32, scale float32, wide bool) []byte {
	row := []byte{0, 0}
	n := 0
	for class, w := range weights {
		q := int8(math.Round(float64(w / scale)))
		if q == 0 {
			continue
		}
		n++
		row = append(row, byte(class))
		if wide {
			row = append(row, byte(class>>8))
		}
		row = append(row, byte(q))
	}
	row[0], row[1] = byte(n), byte(n>>8)
	return row
}

func insert(slots []byte, mask uint32, feature uint64, offset uint32) {
	fingerprint := uint32(feature >> 32)
	for slot := uint32(feature) & mask; ; slot = (slot + 1) & mask {
		at := slot * 8
		if binary.LittleEndian.Uint32(slots[at+4:]) == 0 {
			binary.LittleEndian.PutUint32(slots[at:], fingerprint)
			binary.LittleEndian.PutUint32(slots[at+4:], offset)
			return
		}
	}
}
