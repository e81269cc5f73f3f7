// Package gazetteer is the embedded table of places: countries and their divisions, towns, regions, seas, former states.
//
// In: a name. Out: the places that bear it, with point, GeoNames id, containers, population and class. The table is
// used where it lies in the binary: nothing is unpacked when it is opened, and looking up allocates nothing.
// It never reads a text, and never decides which of several places is meant.
//
// The data are from GeoNames (https://www.geonames.org), CC BY 4.0, and from the tables data/where_*.tsv;
// package generate writes them.
package gazetteer

import (
	_ "embed"
	"math"
	"sort"
)

//go:generate go run ./generate -out places.bin

//go:embed places.bin
var embedded string

// Class is what sort of place it is.
type Class uint8

// Classes of places. The names of the numbers are part of the file format.
const (
	Town       Class = iota
	Section          // part of a town
	Seat             // seat of a second- or lower-level division
	Admin1Seat       // seat of a first-level division
	Capital          // of a country
	Admin2           // county, district
	Admin1           // state, province, governorate
	Country          // and dependent territory
	Continent
	Region     // cultural or disputed region, island group, peninsula, union of states
	Water      // ocean, sea, strait, lake, river
	Landform   // island, mountain, desert, valley
	Historical // former state
	Site       // square, palace, base
	classes
)

// Area tells whether places of the class have an extent that a point stands for badly.
func (c Class) Area() bool { return c >= Admin2 && c <= Historical }

// Populated tells whether the class is that of towns and their parts.
func (c Class) Populated() bool { return c <= Capital }

// None is the place that there is not.
const None int32 = -1

// Place is a row of the table.
type Place struct {
	Index      int32 // in the table
	ID         int64 // GeoNames id, 0 where the table knows none
	Lat, Lon   float64
	Population int64  // to within 5 %
	Country    string // ISO 3166-1 alpha-3, "" for what lies in several countries
	Admin1     int32  // the first-level division it lies in or is, or None
	Admin2     int32  // the second-level division it lies in or is, or None
	Class      Class
}

// Candidate is a place that bears a name.
type Candidate struct {
	Place
	Alternate bool // the name is another spelling, not the table's first
}

// Gazetteer is an opened table. It is safe for concurrent use.
type Gazetteer struct {
	table
	countries map[string]int32 // ISO 3166-1 alpha-3 → place
}

// Open opens the table of this binary.
func Open() (*Gazetteer, error) { return Parse(embedded) }

// Parse opens a table that Write made. The result shares data's bytes.
func Parse(data string) (*Gazetteer, error) {
	t, err := parse(data)
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{table: t, countries: make(map[string]int32, t.countryCount)}
	for i := range t.countryCount {
		g.countries[t.iso3(i)] = t.areaPlace(i)
	}
	return g, nil
}

// Len is the number of places.
func (g *Gazetteer) Len() int { return g.placeCount }

// Country is the place of a country by its ISO 3166-1 alpha-3 code, or None.
func (g *Gazetteer) Country(iso3 string) int32 {
	if i, ok := g.countries[iso3]; ok {
		return i
	}
	return None
}

// Find appends to found the places that bear the name, towns of the first spelling before others. It looks at the
// key of the name only (see Fold): "KYIV" and "Kyiv" find the same.
func (g *Gazetteer) Find(found []Candidate, name string) []Candidate {
	var space [maxName]byte
	return g.FindKey(found, Fold(space[:0], name))
}

// FindKey is Find for a folded name.
func (g *Gazetteer) FindKey(found []Candidate, key []byte) []Candidate {
	e, ok := g.find(key)
	if !ok {
		return found
	}
	for i := range e.primaries {
		found = append(found, Candidate{Place: g.Place(e.first + int32(i))})
	}
	for i := range e.alternates {
		found = append(found, Candidate{Place: g.Place(int32(u24(g.names, e.refs+3*i))), Alternate: true})
	}
	return found
}

// Has tells whether some place bears the folded name.
func (g *Gazetteer) Has(key []byte) bool {
	_, ok := g.find(key)
	return ok
}

// Place is row i of the table.
func (g *Gazetteer) Place(i int32) Place {
	at := int(i) * placeSize
	p := Place{
		Index:      i,
		Lat:        float64(u24(g.places, at))/coordinateScale*180 - 90,
		Lon:        float64(u24(g.places, at+3))/coordinateScale*360 - 180,
		ID:         int64(u24(g.places, at+6)),
		Population: unpackPopulation(g.places[at+11]),
		Class:      Class(g.places[at+12]),
		Admin1:     None,
		Admin2:     None,
	}
	p.Lat, p.Lon = round5(p.Lat), round5(p.Lon)
	area := int(u16(g.places, at+9))
	for area < g.areaCount {
		in := g.areaPlace(area)
		switch {
		case area < g.countryCount:
			p.Country = g.iso3(area)
			return p
		case Class(g.places[int(in)*placeSize+12]) == Admin1:
			p.Admin1 = in
		default:
			p.Admin2 = in
		}
		area = g.areaParent(area)
	}
	return p
}

// Name is the name of place i.
func (g *Gazetteer) Name(i int32) string {
	block := sort.Search(g.blockCount, func(b int) bool { return g.blockPlace(b) > i }) - 1
	if block < 0 {
		return ""
	}
	var w walker
	w.start(&g.table, block)
	for w.next() {
		if i < w.entry.first+int32(w.entry.primaries) {
			return string(w.name)
		}
	}
	return ""
}

// Distance is the great-circle distance between two points, in kilometres.
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, degree = 6371.0088, math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*degree/2), math.Sin((lon2-lon1)*degree/2)
	h := sinLat*sinLat + math.Cos(lat1*degree)*math.Cos(lat2*degree)*sinLon*sinLon
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}

func round5(x float64) float64 { return math.Round(x*1e4) / 1e4 }
