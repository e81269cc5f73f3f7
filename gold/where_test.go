package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/gazetteer"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
	"annals/internal/where"
)

// placeDoc is a document of the geoparsing corpora. Offsets are code points.
type placeDoc struct {
	ID       string `json:"doc_id"`
	Text     string `json:"text"`
	Toponyms []struct {
		Start int      `json:"start"`
		End   int      `json:"end"`
		Name  string   `json:"name"`
		Type  string   `json:"type"`
		Lat   *float64 `json:"lat"`
		Lon   *float64 `json:"lon"`
		ID    string   `json:"geonameid"`
	} `json:"toponyms"`
}

// foundPlace is what the scorer reads.
type foundPlace struct {
	Start int      `json:"start"`
	End   int      `json:"end"`
	Lat   *float64 `json:"lat"`
	Lon   *float64 `json:"lon"`
	ID    int64    `json:"geonameid,omitempty"`
}

func readPlaces(t testing.TB, name string) []placeDoc {
	t.Helper()
	f, err := os.Open(shared(t, "data", "places", name+".jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []placeDoc
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d placeDoc
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

// placeStages are the stages up to places.
func placeStages(t testing.TB) ([]stage, *where.Stage, *gazetteer.Gazetteer) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	words, err := segment.New()
	must(err)
	grammar, err := syntax.New()
	must(err)
	lex, err := lexicon.Load()
	must(err)
	g, err := gazetteer.Open()
	must(err)
	places, err := where.New(g, lex)
	must(err)
	stages := []stage{words, grammar}
	if names, err := entity.New(lex); err == nil {
		stages = append(stages, names)
	} else {
		t.Logf("without names: %v", err)
	}
	return stages, places, g
}

// placesFound writes what a stage finds in a corpus for the scorer; with given spans it only resolves those.
func placesFound(t testing.TB, docs []placeDoc, given bool, keep func(doc.Toponym) bool) (string, [][]doc.Toponym) {
	t.Helper()
	stages, places, _ := placeStages(t)
	path := filepath.Join(t.TempDir(), "found.jsonl")
	if dir := os.Getenv("WHERE_DUMP"); dir != "" {
		path = filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "_")+".jsonl")
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := json.NewEncoder(file)
	var all [][]doc.Toponym
	for _, p := range docs {
		d := through(t, stages, p.Text, "")
		points := doc.NewPoints(d.Text)
		var found []doc.Toponym
		if given {
			spans := make([]doc.Span, len(p.Toponyms))
			for i, g := range p.Toponyms {
				spans[i] = doc.Span{Start: points.Byte(g.Start), End: points.Byte(g.End)}
			}
			found = places.Spans(d, spans)
		} else {
			if err := places.Annotate(d); err != nil {
				t.Fatal(err)
			}
			if err := d.Check(); err != nil {
				t.Fatal(err)
			}
			found = d.Toponyms
		}
		all = append(all, found)
		list := []foundPlace{}
		for _, f := range found {
			if keep != nil && !keep(f) {
				continue
			}
			start, end := points.Span(f.Span)
			place := foundPlace{Start: start, End: end, ID: f.GeonameID}
			if f.Resolved {
				place.Lat, place.Lon = &f.Lat, &f.Lon
			}
			list = append(list, place)
		}
		if err := out.Encode(map[string]any{"doc_id": p.ID, "toponyms": list}); err != nil {
			t.Fatal(err)
		}
	}
	return path, all
}

func placeFigure(m map[string]any, keys ...string) float64 {
	for _, k := range keys[:len(keys)-1] {
		m = m[k].(map[string]any)
	}
	v, _ := m[keys[len(keys)-1]].(float64)
	return v
}

// TestAccuracyPlaces is recognition and resolution end to end.
func TestAccuracyPlaces(t *testing.T) {
	for _, c := range []struct {
		corpus            string
		overlap, endToEnd float64
	}{
		{"lgl", 86, 71.5}, // trained on; go run ./train places prints the figure for newspapers left out
		{"geovirus", 86.5, 70.5},
		{"geowebnews_dev", 90, 80},
	} {
		t.Run(c.corpus, func(t *testing.T) {
			docs := readPlaces(t, c.corpus)
			found, _ := placesFound(t, docs, false, nil)
			m := score(t, "score_geo.py", shared(t, "data", "places", c.corpus+".jsonl.gz"), found)
			t.Logf("overlap P %.1f R %.1f exact F1 %.2f", placeFigure(m, "overlap", "P"), placeFigure(m, "overlap", "R"), placeFigure(m, "exact", "F1"))
			floor(t, c.corpus+" overlap F1", placeFigure(m, "overlap", "F1"), c.overlap)
			floor(t, c.corpus+" acc@161 of matched", placeFigure(m, "resolution", "acc161"), 78)
			floor(t, c.corpus+" end-to-end F1", placeFigure(m, "end_to_end", "F1"), c.endToEnd)
		})
	}
}

// TestAccuracyPlacesWithoutAdjectives leaves out "Syrian" and "Syrians", which GeoVirus and the peers' figures do not count.
func TestAccuracyPlacesWithoutAdjectives(t *testing.T) {
	docs := readPlaces(t, "geovirus")
	found, _ := placesFound(t, docs, false, func(t doc.Toponym) bool { return !strings.HasPrefix(t.Rule, "adjective:") })
	m := score(t, "score_geo.py", shared(t, "data", "places", "geovirus.jsonl.gz"), found)
	floor(t, "geovirus overlap F1, no adjectives", placeFigure(m, "overlap", "F1"), 91)
	floor(t, "geovirus end-to-end F1, no adjectives", placeFigure(m, "end_to_end", "F1"), 72)
}

// literal are the types of GeoWebNews that name the place itself.
var literal = map[string]bool{"Literal": true, "Literal_Modifier": true, "Mixed": true, "Coercion": true, "Embedded_Literal": true}

// TestAccuracyPlacesKind is how often literal and other uses are told apart, over given spans.
func TestAccuracyPlacesKind(t *testing.T) {
	docs := readPlaces(t, "geowebnews_dev")
	_, found := placesFound(t, docs, true, nil)
	var right, all, said, trueLiteral float64
	for i, d := range docs {
		for j, g := range d.Toponyms {
			all++
			is := found[i][j].Kind == "literal"
			if is == literal[g.Type] {
				right++
			}
			if is {
				said++
				if literal[g.Type] {
					trueLiteral++
				}
			}
		}
	}
	floor(t, "geowebnews literal or not, right", 100*right/all, 78)
	floor(t, "geowebnews literal, precision", 100*trueLiteral/said, 77)
}

// TestAccuracyPlacesResolution is resolution of the spans that the corpora give, and the country of each.
func TestAccuracyPlacesResolution(t *testing.T) {
	for _, c := range []struct {
		corpus          string
		within, country float64
	}{
		{"lgl", 81.5, 94},
		{"geovirus", 80.5, 95.5},
		{"geowebnews_dev", 82, 95},
	} {
		t.Run(c.corpus, func(t *testing.T) {
			docs := readPlaces(t, c.corpus)
			path, found := placesFound(t, docs, true, nil)
			m := score(t, "score_geo.py", shared(t, "data", "places", c.corpus+".jsonl.gz"), path)
			floor(t, c.corpus+" acc@161, gold spans", placeFigure(m, "resolution", "acc161"), c.within)
			floor(t, c.corpus+" country right, gold spans", countriesRight(t, docs, found), c.country)
		})
	}
}

// countriesRight is the share of located gold toponyms, whose country the gazetteer tells by the GeoNames id or, without
// one, by the nearest town within 25 km, that got the right country. Seas, continents and the like have none.
func countriesRight(t *testing.T, docs []placeDoc, found [][]doc.Toponym) float64 {
	t.Helper()
	g, err := gazetteer.Open()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]string{}
	grid := map[[2]int][]gazetteer.Place{}
	for i := range int32(g.Len()) {
		p := g.Place(i)
		if p.ID != 0 {
			byID[strconv.FormatInt(p.ID, 10)] = p.Country
		}
		if p.Class.Populated() {
			cell := [2]int{int(p.Lat * 4), int(p.Lon * 4)}
			grid[cell] = append(grid[cell], p)
		}
	}
	right, all := 0, 0
	for i, d := range docs {
		for j, gold := range d.Toponyms {
			if gold.Lat == nil {
				continue
			}
			want, ok := byID[gold.ID]
			if !ok {
				want = countryAt(grid, *gold.Lat, *gold.Lon)
			}
			if want == "" {
				continue
			}
			all++
			if found[i][j].Country == want {
				right++
			} else if os.Getenv("WHERE_DUMP") != "" {
				t.Logf("COUNTRY %s %q want %s got %q (%s)", d.ID, gold.Name, want, found[i][j].Country, found[i][j].Name)
			}
		}
	}
	t.Logf("countries known for %d", all)
	return 100 * float64(right) / float64(all)
}

func countryAt(grid map[[2]int][]gazetteer.Place, lat, lon float64) string {
	best, country := 25.0, ""
	for y := int(lat*4) - 1; y <= int(lat*4)+1; y++ {
		for x := int(lon*4) - 1; x <= int(lon*4)+1; x++ {
			for _, p := range grid[[2]int{y, x}] {
				if km := gazetteer.Distance(lat, lon, p.Lat, p.Lon); km < best {
					best, country = km, p.Country
				}
			}
		}
	}
	return country
}
