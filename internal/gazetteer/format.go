package gazetteer

import (
	"errors"
	"fmt"
	"math"
	"sort"
)

// The file, all numbers little endian:
//
//	"ANNALSG1"
//	uint32 × 6: number of places, areas, countries, blocks, log2 of the filter's bits, length of names
//	filter: a Bloom filter over the keys of all names, filterHashes bits a key
//	heads:  a block of blockSize names each: first 8 bytes of the first key, uint32 offset into names, uint24 first place
//	names:  in order of their keys; bytes shared with the name before it in the block, further bytes, these bytes,
//	        then counts of places (low 4 bits: places of this first name; high 4 bits: other places so called;
//	        15: a varint follows), then a uint24 for each other place
//	areas:  countries, then divisions: uint24 place, uint16 area that holds it
//	iso3:   three letters for each country, in the order of the areas
//	places: in order of their names: uint24 latitude, uint24 longitude, uint24 GeoNames id, uint16 area it lies in
//	        or is, uint8 population (8 × log2), uint8 class
const (
	magic           = "ANNALSG1"
	headerSize      = len(magic) + 6*4
	blockSize       = 24
	headSize        = 8 + 4 + 3
	areaSize        = 5
	placeSize       = 13
	maxName         = 96 // longest name in bytes
	noArea          = math.MaxUint16
	coordinateScale = 1<<24 - 1
	filterHashes    = 3
)

// table is the parts of the file.
type table struct {
	placeCount, areaCount, countryCount, blockCount int
	filterMask                                      uint64
	filter, heads, names, areas, codes, places      string
}

func parse(data string) (table, error) {
	var t table
	if len(data) < headerSize || data[:len(magic)] != magic {
		return t, errors.New("opening the table of places: this is not one; run go generate ./internal/gazetteer")
	}
	var n [6]int
	for i := range n {
		n[i] = int(u32(data, len(magic)+4*i))
	}
	t.placeCount, t.areaCount, t.countryCount, t.blockCount = n[0], n[1], n[2], n[3]
	if n[4] < 3 || n[4] > 30 || t.countryCount > t.areaCount || t.areaCount >= noArea {
		return t, errors.New("opening the table of places: its header makes no sense; run go generate ./internal/gazetteer")
	}
	t.filterMask = 1<<n[4] - 1
	rest := data[headerSize:]
	for _, part := range []struct {
		to   *string
		size int
	}{
		{&t.filter, 1 << n[4] / 8}, {&t.heads, t.blockCount * headSize}, {&t.names, n[5]},
		{&t.areas, t.areaCount * areaSize}, {&t.codes, t.countryCount * 3}, {&t.places, t.placeCount * placeSize},
	} {
		if len(rest) < part.size {
			return t, errors.New("opening the table of places: it is cut short; run go generate ./internal/gazetteer")
		}
		*part.to, rest = rest[:part.size], rest[part.size:]
	}
	if len(rest) != 0 {
		return t, fmt.Errorf("opening the table of places: %d bytes too many; run go generate ./internal/gazetteer", len(rest))
	}
	return t, nil
}

func (t *table) iso3(area int) string         { return t.codes[3*area : 3*area+3] }
func (t *table) areaPlace(area int) int32     { return int32(u24(t.areas, area*areaSize)) }
func (t *table) areaParent(area int) int      { return int(u16(t.areas, area*areaSize+3)) }
func (t *table) blockPlace(block int) int32   { return int32(u24(t.heads, block*headSize+12)) }
func (t *table) blockOffset(block int) int    { return int(u32(t.heads, block*headSize+8)) }
func (t *table) blockPrefix(block int) string { return t.heads[block*headSize : block*headSize+8] }

// entry is a name with what bears it.
type entry struct {
	first      int32 // first of the places whose first name it is
	primaries  int
	alternates int
	refs       int // where in names the numbers of the other places stand
}

// walker reads the names of a block one after the other.
type walker struct {
	t     *table
	at    int
	left  int
	place int32
	entry entry
	name  []byte
	space [maxName]byte
}

func (w *walker) start(t *table, block int) {
	w.t, w.at, w.left, w.place = t, t.blockOffset(block), blockSize, t.blockPlace(block)
	w.name = w.space[:0]
}

func (w *walker) next() bool {
	names := w.t.names
	if w.left == 0 || w.at >= len(names) {
		return false
	}
	w.left--
	shared, more := int(names[w.at]), int(names[w.at+1])
	w.name = append(w.name[:shared], names[w.at+2:w.at+2+more]...)
	w.at += 2 + more
	counts := names[w.at]
	w.at++
	w.entry.first = w.place
	w.entry.primaries = w.count(int(counts & 15))
	w.entry.alternates = w.count(int(counts >> 4))
	w.entry.refs = w.at
	w.at += 3 * w.entry.alternates
	w.place += int32(w.entry.primaries)
	return true
}

func (w *walker) count(short int) int {
	if short < 15 {
		return short
	}
	for shift := 0; ; shift += 7 {
		b := w.t.names[w.at]
		w.at++
		short += int(b&0x7f) << shift
		if b < 0x80 {
			return short
		}
	}
}

// find looks a key up.
func (t *table) find(key []byte) (entry, bool) {
	if len(key) == 0 || len(key) > maxName || !t.mayHave(key) {
		return entry{}, false
	}
	var prefix [8]byte
	copy(prefix[:], key)
	var w walker
	var folded [maxName]byte
	block := sort.Search(t.blockCount, func(b int) bool {
		have := t.blockPrefix(b)
		if have != string(prefix[:]) {
			return have > string(prefix[:])
		}
		w.start(t, b)
		w.next()
		return string(Fold(folded[:0], string(w.name))) > string(key)
	}) - 1
	if block < 0 {
		return entry{}, false
	}
	w.start(t, block)
	for w.next() {
		switch have := Fold(folded[:0], string(w.name)); {
		case string(have) == string(key):
			return w.entry, true
		case string(have) > string(key):
			return entry{}, false
		}
	}
	return entry{}, false
}

func (t *table) mayHave(key []byte) bool {
	h := keyHash(key)
	for range filterHashes {
		bit := h & t.filterMask
		if t.filter[bit>>3]&(1<<(bit&7)) == 0 {
			return false
		}
		h = h>>21 | h<<43
	}
	return true
}

// keyHash is FNV-1a with the finaliser of SplitMix64.
func keyHash(key []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range key {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}

func packPopulation(n int64) byte {
	return byte(min(255, math.Round(8*math.Log2(float64(1+max(n, 0))))))
}

func unpackPopulation(b byte) int64 { return int64(math.Round(math.Exp2(float64(b)/8))) - 1 }

func u16(s string, at int) uint32 { return uint32(s[at]) | uint32(s[at+1])<<8 }
func u24(s string, at int) uint32 { return u16(s, at) | uint32(s[at+2])<<16 }
func u32(s string, at int) uint32 { return u24(s, at) | uint32(s[at+3])<<24 }
