package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

// sound is a small record without fault.
func sound() *Record {
	text := "Moscow said on Monday that it had sold no jets."
	sum := sha256.Sum256([]byte(text))
	place, whole := 0, 0
	return &Record{
		Schema:  Schema,
		Article: Article{ID: ArticleID(text), Date: "2012-11-05", Text: text, SHA256: hex.EncodeToString(sum[:])},
		Actors:  []Actor{{ID: "russia"}, {ID: "publisher"}},
		Places:  []Place{{Name: "Moscow"}},
		Amounts: []Amount{{Kind: "count", Evidence: Span{40, 42}}},
		Casualties: []Casualty{
			{Effect: "DEATH", Evidence: Span{0, 6}}, {Effect: "INJURY", SubsetOf: &whole, Evidence: Span{0, 6}},
		},
		Propositions: []Proposition{{ID: "p1", Type: "AID", Actors: []Party{{Actor: "russia"}, {Text: "someone"}}, Place: &place, Time: Time{From: "2012-11-05"}, Amounts: []int{0}, Casualties: []int{1}}},
		Claims: []Claim{{ID: "c1", Proposition: "p1", Chain: []string{"russia", "publisher"}, Polarity: "negative", Modality: "asserted", Reported: "2012-11-05",
			Sentence: Span{0, 47}, Evidence: []Evidence{{Role: "actor", Start: 0, End: 6}}}},
	}
}

func TestCheck(t *testing.T) {
	if err := sound().Check(); err != nil {
		t.Fatalf("a sound record: %v", err)
	}
	far := 9
	for says, spoil := range map[string]func(*Record){
		"schema":            func(r *Record) { r.Schema = 2 },
		"no text":           func(r *Record) { r.Article.Text = "" },
		"article id":        func(r *Record) { r.Article.ID = "a00" },
		"SHA-256":           func(r *Record) { r.Article.SHA256 = "" },
		"article's date":    func(r *Record) { r.Article.Date = "2012-13-05" },
		"actor id":          func(r *Record) { r.Actors[1].ID = "russia" },
		"an amount":         func(r *Record) { r.Amounts[0].Evidence.End = 99 },
		"part of entry":     func(r *Record) { r.Casualties[1].SubsetOf = &far },
		"count of casualt":  func(r *Record) { r.Casualties[0].Evidence.Start = -1 },
		"proposition id":    func(r *Record) { r.Propositions[0].Type = "" },
		"is at place":       func(r *Record) { r.Propositions[0].Place = &far },
		"has amount":        func(r *Record) { r.Propositions[0].Amounts[0] = 9 },
		"has casualties":    func(r *Record) { r.Propositions[0].Casualties[0] = -1 },
		"speaks of the":     func(r *Record) { r.Propositions[0].Actors[0].Actor = "mars" },
		"is not a day":      func(r *Record) { r.Propositions[0].Time.From = "monday" },
		"claim id":          func(r *Record) { r.Claims = append(r.Claims, r.Claims[0]) },
		"its proposition":   func(r *Record) { r.Claims[0].Proposition = "p2" },
		"chain is empty":    func(r *Record) { r.Claims[0].Chain = nil },
		"its polarity":      func(r *Record) { r.Claims[0].Polarity = "" },
		"no modality":       func(r *Record) { r.Claims[0].Modality = "" },
		"realised":          func(r *Record) { r.Claims[0].Realised = true },
		"its source":        func(r *Record) { r.Claims[0].Chain[0] = "mars" },
		"evidence lies":     func(r *Record) { r.Claims[0].Evidence[0].End = 48 },
		"its sentence lies": func(r *Record) { r.Claims[0].Sentence = Span{5, 4} },
		"day of its report": func(r *Record) { r.Claims[0].Reported = "2012-02-30" },
	} {
		r := sound()
		spoil(r)
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q, got %v", says, err)
		}
	}
}

func TestArticleIDIgnoresWhiteSpace(t *testing.T) {
	if ArticleID("a b\n c") != ArticleID(" a  b c ") || ArticleID("a b") == ArticleID("ab") {
		t.Error("the id of an article must come from its words alone")
	}
}

func TestPlaceWithoutPoint(t *testing.T) {
	for want, place := range map[string]Place{
		`{"name":"Velm","country":"ARV"}`:                                             {Name: "Velm", Country: "ARV"},
		`{"name":"Null Island","geonameid":7,"lat":0,"lon":0,"precision":"point"}`:    {Name: "Null Island", GeonameID: 7, Precision: "point"},
		`{"name":"Cairo","lat":30.06,"lon":31.25,"country":"EGY","precision":"city"}`: {Name: "Cairo", Lat: 30.06, Lon: 31.25, Country: "EGY", Precision: "city"},
	} {
		got, err := json.Marshal(place)
		if err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
		var back Place
		if err := json.Unmarshal(got, &back); err != nil || back != place {
			t.Errorf("%s comes back as %+v, %v", got, back, err)
		}
	}
}
