package gazetteer

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"annals/data"

	"pgregory.net/rapid"
)

func open(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestOpenIsQuick(t *testing.T) {
	start := time.Now()
	open(t)
	if d := time.Since(start); d > 20*time.Millisecond {
		t.Errorf("opening the table took %v", d)
	}
	if len(embedded) > 5<<20 {
		t.Errorf("the table has %d bytes", len(embedded))
	}
}

// TestFind asks for places by name: the first candidate of the country must be the one with the id and class.
func TestFind(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		name, country string
		class         Class
		id            int64
		lat, lon      float64
	}{
		{"Homs", "SYR", Admin1Seat, 169577, 34.72, 36.73},
		{"Hims", "SYR", Admin1Seat, 169577, 34.72, 36.73},
		{"Kiev", "UKR", Capital, 703448, 50.45, 30.52},
		{"KYIV", "UKR", Capital, 703448, 50.45, 30.52},
		{"Bombay", "IND", Admin1Seat, 1275339, 19.07, 72.88},
		{"Washington, D.C.", "USA", Capital, 4140963, 38.9, -77.04},
		{"Texas", "USA", Admin1, 4736286, 31.25, -99.25},
		{"Georgia", "GEO", Country, 614540, 42, 43.5},
		{"Georgia", "USA", Admin1, 4197000, 32.75, -83.5},
		{"U.S.", "USA", Country, 6252001, 39.76, -98.5},
		{"Soviet Union", "RUS", Historical, 2017370, 60, 100},
		{"Yugoslavia", "", Historical, 7500737, 44, 20},
		{"West Bank", "PSE", Admin1, 285153, 31.67, 35.25},
		{"Donbass", "UKR", Region, 0, 48.2, 38.3},
		{"Strait of Hormuz", "", Water, 0, 26.6, 56.5},
		{"Golan Heights", "SYR", Region, 173708, 33, 35.75},
		{"Sao Paulo", "BRA", Admin1Seat, 3448439, -23.55, -46.64},
		{"N'Djamena", "TCD", Capital, 2427123, 12.11, 15.04},
	} {
		ok := false
		for _, p := range g.Find(nil, c.name) {
			if p.Country == c.country && p.Class == c.class {
				ok = (c.id == 0 || p.ID == c.id || p.ID == 0) && Distance(p.Lat, p.Lon, c.lat, c.lon) < 30
				break
			}
		}
		if !ok {
			t.Errorf("%s in %q: got %+v", c.name, c.country, g.Find(nil, c.name))
		}
	}
	if found := g.Find(nil, "No Such Place At All"); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// TestTables checks that every country, capital, region and spelling of the tables can be found.
func TestTables(t *testing.T) {
	g := open(t)
	each := func(name string, check func(cell func(string) string)) {
		table, err := data.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			check(func(column string) string {
				i, err := table.Column(column)
				if err != nil {
					t.Fatal(err)
				}
				return row[i]
			})
		}
	}
	has := func(name, country string, class Class) bool {
		for _, c := range g.Find(nil, name) {
			if c.Country == country && (class == classes || c.Class == class) {
				return true
			}
		}
		return false
	}
	iso3 := map[string]string{}
	each("where_countries", func(cell func(string) string) {
		code := cell("iso3")
		iso3[cell("iso2")] = code
		if g.Country(code) == None || g.Place(g.Country(code)).Country != code {
			t.Errorf("there is no country %s", code)
		}
		for _, name := range append(data.List(cell("alternates")), cell("name")) {
			if !has(name, code, Country) {
				t.Errorf("%s does not find the country %s", name, code)
			}
		}
	})
	each("where_regions", func(cell func(string) string) {
		for _, name := range append(data.List(cell("alternates")), cell("name")) {
			if !has(name, cell("country"), classes) {
				t.Errorf("%s does not find the region in %q", name, cell("country"))
			}
		}
	})
	each("where_spellings", func(cell func(string) string) {
		if !has(cell("spelling"), iso3[cell("iso2")], classes) {
			t.Errorf("%s does not find a town in %s", cell("spelling"), cell("iso2"))
		}
	})
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"St.-Étienne": "st etienne", "Washington, D.C.": "washington dc", "Sana'a": "sanaa", "Ḩimş": "hims", "  Łódź ": "lodz",
		"Deir  ez-Zor": "deir ez zor", "Straße": "strasse", "U.S.": "us", "": "", "—": "", "Київ": "Київ", "\xff": "",
	} {
		if got := string(Fold(nil, name)); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestEveryPlaceIsFound walks the whole table: a place is found by its own name and its containers hold it.
func TestEveryPlaceIsFound(t *testing.T) {
	g := open(t)
	for i := int32(0); i < int32(g.Len()); i += 7 {
		p, name := g.Place(i), g.Name(i)
		found := false
		for _, c := range g.Find(nil, name) {
			found = found || c.Index == i && !c.Alternate
		}
		if !found || !utf8.ValidString(name) {
			t.Fatalf("place %d, %q, is not found by its name", i, name)
		}
		if p.Admin1 != None && g.Place(p.Admin1).Country != p.Country {
			t.Fatalf("%s lies in %s and in %s", name, p.Country, g.Name(p.Admin1))
		}
	}
}

// TestWriteRoundTrip writes tables of made-up places and reads them back, in any order.
func TestWriteRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sources := []Source{{Name: "Freedonia", Class: Country, ISO3: "FRE", In: -1, Division: true}, {Name: "Upper Freedonia", Class: Admin1, In: 0, Division: true}}
		n := rapid.IntRange(0, 60).Draw(t, "places")
		for i := range n {
			sources = append(sources, Source{
				Name:       rapid.StringMatching(`[A-Z][a-zé]{0,3}( [A-Z][a-z]{1,2})?`).Draw(t, "name"),
				Alternates: rapid.SliceOfN(rapid.StringMatching(`[A-Z][a-z]{1,2}`), 0, 3).Draw(t, "alternates"),
				ID:         int64(i), Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon"),
				Population: rapid.Int64Range(0, 40_000_000).Draw(t, "population"), Class: Town, In: rapid.IntRange(-1, 1).Draw(t, "in"),
			})
		}
		body, err := Write(sources)
		if err != nil {
			t.Fatal(err)
		}
		g, err := Parse(string(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sources {
			for k, name := range append([]string{s.Name}, s.Alternates...) {
				found := false
				for _, c := range g.Find(nil, name) {
					near := Distance(c.Lat, c.Lon, s.Lat, s.Lon) < 0.1 || s.Lat > 89.9 || s.Lat < -89.9
					people := math.Abs(float64(c.Population-s.Population)) <= 2+0.05*float64(s.Population)
					found = found || c.ID == s.ID && near && people && c.Class == s.Class && (k > 0 || !c.Alternate)
				}
				if !found {
					t.Fatalf("%q is not found as written: %+v, got %+v", name, s, g.Find(nil, name))
				}
			}
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, bad := range []string{"", "ANNALSG1", embedded[:len(embedded)-1], embedded + "x", "X" + embedded[1:]} {
		if _, err := Parse(bad); err == nil || !strings.HasPrefix(err.Error(), "opening the table of places") {
			t.Errorf("a table of %d bytes was taken: %v", len(bad), err)
		}
	}
}

func FuzzFind(f *testing.F) {
	g := open(f)
	for _, s := range []string{"Homs", "U.S.", "Ḩimş", "\xff\xfe", strings.Repeat("ä", 200), "al-Raqqa", "a b c d e f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		key := Fold(nil, name)
		if string(Fold(nil, string(key))) != string(key) {
			t.Fatalf("the key of the key %q is %q", key, Fold(nil, string(key)))
		}
		for _, c := range g.Find(nil, name) {
			if c.Index < 0 || int(c.Index) >= g.Len() || !(c.Lat >= -90 && c.Lat <= 90) {
				t.Fatalf("%q finds %+v", name, c)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b)
	}
}

func BenchmarkFind(b *testing.B) {
	g := open(b)
	names := []string{"Springfield", "Homs", "Unknownville", "Gaza Strip", "The Hague"}
	var found []Candidate
	b.ReportAllocs()
	for b.Loop() {
		for _, n := range names {
			found = g.Find(found[:0], n)
		}
	}
}

func ExampleGazetteer_Find() {
	g, _ := Open()
	for _, c := range g.Find(nil, "Hims")[:1] {
		fmt.Println(g.Name(c.Index), c.Country)
	}
	// Output: Homs SYR
}
