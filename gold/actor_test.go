package gold

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"annals/internal/actor"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
)

// gsrActor is a source or target of a gold record.
type gsrActor struct {
	Text   string `json:"text"`
	Code   string `json:"code"`
	Sector string `json:"sector"`
}

// gsrRecord is a sentence of the PLOVER gold standard records.
type gsrRecord struct {
	ID     string          `json:"id"`
	Text   string          `json:"text"`
	Source []gsrActor      `json:"source"`
	Target json.RawMessage `json:"target"`
	Spans  [][3]any        `json:"spans"`
}

// actors are both sides; a target that is a bare string is left out.
func (g *gsrRecord) actors() []gsrActor {
	var target []gsrActor
	if json.Unmarshal(g.Target, &target) != nil {
		target = nil
	}
	return append(append([]gsrActor(nil), g.Source...), target...)
}

// actorStages are the stages up to actors.
func actorStages(t *testing.T) []interface{ Annotate(*doc.Doc) error } {
	t.Helper()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	var stages []interface{ Annotate(*doc.Doc) error }
	add := func(s interface{ Annotate(*doc.Doc) error }, err error) {
		if err != nil {
			t.Fatal(err)
		}
		stages = append(stages, s)
	}
	headline, err := clean.NewHeadline()
	add(headline, err)
	segmenter, err := segment.New()
	add(segmenter, err)
	grammar, err := syntax.New()
	add(grammar, err)
	names, err := entity.New(lex)
	add(names, err)
	actors, err := actor.New(lex)
	add(actors, err)
	return stages
}

// TestAccuracyActor measures, over the actors that the gold records mark, how often a mention that overlaps one has
// an actor with the gold country, and with the gold sector among its sectors. Slips of the gold codes are mended as
// score_events.py does. "wrong country" counts actors with another country and none with the right one.
func TestAccuracyActor(t *testing.T) {
	path := shared(t, "data", "events", "gsr_plover.dev.jsonl")
	stages := actorStages(t)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var countries, rightCountry, wrongCountry, sectors, rightSector, wrongSector float64
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g gsrRecord
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		d := &doc.Doc{Text: g.Text}
		for _, s := range stages {
			if err := s.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", g.ID, err)
		}
		for _, a := range g.actors() {
			span, ok := g.span(a.Text)
			if !ok {
				continue
			}
			found := overlapping(d, span)
			if code := mend(a.Code); code != "" {
				countries++
				right, other := hasCountry(found, code)
				if right {
					rightCountry++
				} else if other {
					wrongCountry++
					t.Logf("%s %q: want %s, got %s", g.ID, a.Text, code, describe(found))
				}
			}
			if sector := sectorOf(a.Sector); sector != "" {
				sectors++
				right, other := hasSector(found, sector)
				if right {
					rightSector++
				} else if other {
					wrongSector++
				}
			}
		}
	}
	t.Logf("%.0f actors with a country, %.0f with a sector", countries, sectors)
	floor(t, "country of gold actors", 100*rightCountry/countries, 85)
	floor(t, "country not wrong", 100-100*wrongCountry/countries, 97)
	floor(t, "sector of gold actors", 100*rightSector/sectors, 67)
	floor(t, "sector not wrong", 100-100*wrongSector/sectors, 83)
}

// span is where the text of an actor is marked, in bytes.
func (g *gsrRecord) span(text string) (doc.Span, bool) {
	runes := []rune(g.Text)
	for _, s := range g.Spans {
		role, _ := s[0].(string)
		from, _ := s[1].(float64)
		to, _ := s[2].(float64)
		if !strings.Contains(role, "SRC") && !strings.Contains(role, "TAR") || int(to) > len(runes) {
			continue
		}
		marked := string(runes[int(from):int(to)])
		if marked == text || strings.Contains(marked, text) || strings.Contains(text, marked) {
			start := int32(len(string(runes[:int(from)])))
			return doc.Span{Start: start, End: start + int32(len(marked))}, true
		}
	}
	return doc.Span{}, false
}

// overlapping are the actors of the mentions that share a byte with span.
func overlapping(d *doc.Doc, span doc.Span) []*doc.Actor {
	var found []*doc.Actor
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Actor != doc.None && m.Overlaps(span) {
			found = append(found, &d.Actors[m.Actor])
		}
	}
	return found
}

func mend(code string) string {
	if len(code) > 3 {
		code = code[:3]
	}
	switch code {
	case "JAP":
		return "JPN"
	case "ITL":
		return "ITA"
	case "UNO", "EUR":
		return "IGO"
	case "***", "---":
		return ""
	}
	return code
}

func sectorOf(sector string) string {
	if len(sector) > 3 {
		sector = sector[:3]
	}
	switch sector {
	case "CIV":
		return "CVL"
	case "***":
		return ""
	}
	return sector
}

func hasCountry(found []*doc.Actor, code string) (right, other bool) {
	for _, a := range found {
		country := mend(a.Country)
		right = right || country == code || mend(a.Code) == code
		other = other || country != ""
	}
	return right, other
}

func hasSector(found []*doc.Actor, sector string) (right, other bool) {
	for _, a := range found {
		for _, s := range a.Sectors {
			right = right || s == sector
			other = true
		}
	}
	return right, other
}

func describe(found []*doc.Actor) string {
	var parts []string
	for _, a := range found {
		parts = append(parts, a.ID+"/"+a.Country)
	}
	return strings.Join(parts, ", ")
}
