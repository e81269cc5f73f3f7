package gazetteer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// Source is a place as the generator knows it.
type Source struct {
	Name       string
	Alternates []string
	ID         int64
	Lat, Lon   float64
	Population int64
	Class      Class
	ISO3       string // of a country
	In         int    // the division or country that holds it: index into the sources, -1 for none
	Division   bool   // other places may lie in it
}

// Write makes a table. The same sources give the same bytes, whatever their order.
func Write(sources []Source) ([]byte, error) {
	w := writer{sources: sources}
	if err := w.check(); err != nil {
		return nil, err
	}
	w.sortNames()
	w.numberPlaces()
	if err := w.numberAreas(); err != nil {
		return nil, err
	}
	return w.bytes(), nil
}

type spelling struct {
	key, name  string
	primaries  []int // sources
	alternates []int
}

type writer struct {
	sources   []Source
	spellings []spelling
	number    []int // source → place
	order     []int // place → source
	areas     []int // area → source
	areaOf    map[int]int
	countries int
}

func (w *writer) check() error {
	for i, s := range w.sources {
		key := Fold(nil, s.Name)
		switch {
		case len(key) == 0 || len(key) > maxName || len(s.Name) > maxName:
			return fmt.Errorf("writing the table of places: the name %q is empty or longer than %d bytes", s.Name, maxName)
		case !(math.Abs(s.Lat) <= 90 && math.Abs(s.Lon) <= 180):
			return fmt.Errorf("writing the table of places: %s lies at %g, %g", s.Name, s.Lat, s.Lon)
		case s.ID < 0 || s.ID >= 1<<24:
			return fmt.Errorf("writing the table of places: %s has the id %d, more than 24 bits", s.Name, s.ID)
		case s.In >= len(w.sources) || s.In == i:
			return fmt.Errorf("writing the table of places: %s lies in place %d of %d", s.Name, s.In, len(w.sources))
		case s.Class >= classes:
			return fmt.Errorf("writing the table of places: %s has no known class", s.Name)
		}
	}
	return nil
}

// sortNames groups the sources by key. The first name of the most populous place is the one shown.
func (w *writer) sortNames() {
	byKey := map[string]*spelling{}
	at := func(name string) *spelling {
		key := string(Fold(nil, name))
		if key == "" || len(key) > maxName || len(name) > maxName {
			return nil
		}
		if byKey[key] == nil {
			byKey[key] = &spelling{key: key, name: name}
		}
		return byKey[key]
	}
	for i, s := range w.sources {
		sp := at(s.Name)
		sp.primaries = append(sp.primaries, i)
	}
	for i, s := range w.sources {
		for _, name := range s.Alternates {
			if sp := at(name); sp != nil && !contains(sp.primaries, i) && !contains(sp.alternates, i) {
				sp.alternates = append(sp.alternates, i)
			}
		}
	}
	for _, sp := range byKey {
		w.byWeight(sp.primaries)
		w.byWeight(sp.alternates)
		if len(sp.primaries) > 0 {
			sp.name = w.sources[sp.primaries[0]].Name
		}
		w.spellings = append(w.spellings, *sp)
	}
	sort.Slice(w.spellings, func(i, j int) bool { return w.spellings[i].key < w.spellings[j].key })
}

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// byWeight puts populous places first; the id and the point decide between equals.
func (w *writer) byWeight(list []int) {
	sort.Slice(list, func(i, j int) bool {
		a, b := w.sources[list[i]], w.sources[list[j]]
		switch {
		case a.Population != b.Population:
			return a.Population > b.Population
		case a.Class != b.Class:
			return a.Class > b.Class
		case a.ID != b.ID:
			return a.ID < b.ID
		case a.Lat != b.Lat:
			return a.Lat < b.Lat
		}
		return a.Lon < b.Lon
	})
}

func (w *writer) numberPlaces() {
	w.number = make([]int, len(w.sources))
	for _, sp := range w.spellings {
		for _, i := range sp.primaries {
			w.number[i] = len(w.order)
			w.order = append(w.order, i)
		}
	}
}

// numberAreas lists the countries in order of their codes, then the divisions level by level.
func (w *writer) numberAreas() error {
	w.areaOf = map[int]int{}
	for _, i := range w.order {
		if w.sources[i].Class == Country && w.sources[i].ISO3 != "" {
			w.areas = append(w.areas, i)
		}
	}
	sort.Slice(w.areas, func(i, j int) bool { return w.sources[w.areas[i]].ISO3 < w.sources[w.areas[j]].ISO3 })
	w.countries = len(w.areas)
	for _, class := range []Class{Admin1, Admin2} {
		for _, i := range w.order {
			if w.sources[i].Class == class && w.sources[i].Division {
				w.areas = append(w.areas, i)
			}
		}
	}
	if len(w.areas) >= noArea {
		return fmt.Errorf("writing the table of places: %d divisions, more than 16 bits", len(w.areas))
	}
	for area, i := range w.areas {
		w.areaOf[i] = area
	}
	for area, i := range w.areas {
		if in := w.sources[i].In; in >= 0 && area >= w.countries {
			if parent, ok := w.areaOf[in]; !ok || parent >= area {
				return fmt.Errorf("writing the table of places: %s lies in %s, which is no division above it", w.sources[i].Name, w.sources[in].Name)
			}
		}
	}
	return nil
}

// area is the area that source i is, or else lies in.
func (w *writer) area(i int) int {
	if area, ok := w.areaOf[i]; ok {
		return area
	}
	return w.parent(i)
}

func (w *writer) parent(i int) int {
	if in := w.sources[i].In; in >= 0 {
		if area, ok := w.areaOf[in]; ok {
			return area
		}
		return w.parent(in)
	}
	return noArea
}

func (w *writer) bytes() []byte {
	bits := 6
	for 1<<bits < 5*len(w.spellings) {
		bits++
	}
	filter := make([]byte, 1<<bits/8)
	var heads, names []byte
	var before []byte
	place := 0
	for i, sp := range w.spellings {
		h := keyHash([]byte(sp.key))
		for range filterHashes {
			bit := h & (1<<bits - 1)
			filter[bit>>3] |= 1 << (bit & 7)
			h = h>>21 | h<<43
		}
		if i%blockSize == 0 {
			var prefix [8]byte
			copy(prefix[:], sp.key)
			heads = append(heads, prefix[:]...)
			heads = binary.LittleEndian.AppendUint32(heads, uint32(len(names)))
			heads = put24(heads, place)
			before = before[:0]
		}
		shared := 0
		for shared < len(before) && shared < len(sp.name) && before[shared] == sp.name[shared] {
			shared++
		}
		names = append(names, byte(shared), byte(len(sp.name)-shared))
		names = append(names, sp.name[shared:]...)
		names = putCounts(names, len(sp.primaries), len(sp.alternates))
		for _, i := range sp.alternates {
			names = put24(names, w.number[i])
		}
		before = append(before[:0], sp.name...)
		place += len(sp.primaries)
	}

	var out bytes.Buffer
	out.WriteString(magic)
	blocks := (len(w.spellings) + blockSize - 1) / blockSize
	for _, n := range []int{len(w.sources), len(w.areas), w.countries, blocks, bits, len(names)} {
		out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	}
	out.Write(filter)
	out.Write(heads)
	out.Write(names)
	for area, i := range w.areas {
		parent := noArea
		if area >= w.countries {
			parent = w.parent(i)
		}
		out.Write(binary.LittleEndian.AppendUint16(put24(nil, w.number[i]), uint16(parent)))
	}
	for _, i := range w.areas[:w.countries] {
		out.WriteString((w.sources[i].ISO3 + "   ")[:3])
	}
	for _, i := range w.order {
		s := w.sources[i]
		row := put24(nil, int(math.Round((s.Lat+90)/180*coordinateScale)))
		row = put24(row, int(math.Round((s.Lon+180)/360*coordinateScale)))
		row = put24(row, int(s.ID))
		row = binary.LittleEndian.AppendUint16(row, uint16(w.area(i)))
		out.Write(append(row, packPopulation(s.Population), byte(s.Class)))
	}
	return out.Bytes()
}

func putCounts(b []byte, primaries, alternates int) []byte {
	b = append(b, byte(min(primaries, 15)|min(alternates, 15)<<4))
	for _, n := range []int{primaries, alternates} {
		if n >= 15 {
			b = binary.AppendUvarint(b, uint64(n-15))
		}
	}
	return b
}

func put24(b []byte, n int) []byte { return append(b, byte(n), byte(n>>8), byte(n>>16)) }
