package serve

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"annals/record"
)

// tolled is a story of one raid with the toll that its source gives.
func tolled(publisher, source, text string, dead int64) *record.Record {
	place, at := 0, strings.Index(text, fmt.Sprint(dead))
	return &record.Record{
		Schema: record.Schema, Run: record.Run{Version: "test"},
		Article: record.Article{ID: record.ArticleID(text), Title: "Market of Velm", Publisher: publisher, Date: "2012-11-05", Text: text},
		Actors: []record.Actor{{ID: "people", Name: "people", Kind: "role", Sectors: []string{"CVL"}, Anonymous: true},
			{ID: source, Name: source, Kind: "organisation", Code: "ARV"}, {ID: "wire", Name: publisher, Kind: "outlet"}},
		Places:     []record.Place{{Name: "Velm", GeonameID: 7, Lat: 10, Lon: 20, Country: "ARV", Precision: "city"}},
		Casualties: []record.Casualty{{Effect: "DEATH", Number: dead, Low: dead, High: dead, Scope: "incident", Evidence: record.Span{Start: at, End: at + 2}}},
		Propositions: []record.Proposition{{ID: "p" + source, Type: "ASSAULT", Mode: "aerial", Recipients: []record.Party{{Actor: "people", Text: "people"}}, Place: &place, Casualties: []int{0},
			Time: record.Time{From: "2012-11-05", To: "2012-11-05", Source: "timex"}}},
		Claims: []record.Claim{{ID: "c" + source, Proposition: "p" + source, Chain: []string{source, "wire"}, Act: "assert", Polarity: "positive", Modality: "asserted", Value: "CT+", Realised: true,
			Reported: "2012-11-05", Sentence: record.Span{Start: 0, End: len([]rune(text))}}},
	}
}

func TestDisputePages(t *testing.T) {
	s := site(t)
	handler := s.Handler()
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Code, w.Body.String()
	}
	if status, page := get("/disputes"); status != 200 || !strings.Contains(page, "No dispute fits") {
		t.Fatalf("without disputes: status %d\n%s", status, page)
	}
	ctx := context.Background()
	if _, err := s.ledger.Ingest(ctx, []*record.Record{
		tolled("Alpha <Wire>", "rescuers", "Army jets bombed the crowded fish market of Velm on Monday and killed 31 people, rescuers said.", 31),
		tolled("Beta Wire", "ministry", "The bombs on the crowded fish market of Velm killed 12 people on Monday, the ministry said.", 12),
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ledger.Match(ctx); err != nil {
		t.Fatal(err)
	}
	_, list := get("/disputes")
	_, after, found := strings.Cut(list, `href="/disputes/`)
	id, _, _ := strings.Cut(after, `"`)
	if !found {
		t.Fatalf("no dispute is listed:\n%s", list)
	}
	sides := []string{"rescuers ‹ Alpha &lt;Wire&gt;", "ministry ‹ Beta Wire", "killed 31 people", "killed 12 people", "Figures · death people"}
	for path, want := range map[string]struct {
		status int
		holds  []string
	}{
		"/disputes":                       {200, append(sides, "#crescuers")},
		"/disputes/" + id:                 {200, append(sides, "/claims?q=happening:h", "not for this page to say")},
		"/disputes?q=reported:2013":       {200, []string{"No dispute fits"}},
		"/disputes?q=colour:red":          {400, []string{"column 1"}},
		"/disputes/none":                  {404, []string{"holds nothing under that id"}},
		"/api/v1/disputes?q=type:ASSAULT": {200, []string{`"kind":"figure"`, id}},
		"/api/v1/disputes/" + id:          {200, []string{`"label":"31"`, `"label":"12"`}},
		"/api/v1/disputes/none":           {404, []string{"error"}},
	} {
		status, page := get(path)
		if status != want.status {
			t.Errorf("%s: status %d, want %d", path, status, want.status)
		}
		for _, part := range want.holds {
			if !strings.Contains(page, part) {
				t.Errorf("%s does not hold %q:\n%s", path, part, page)
			}
		}
	}
}
