package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"

	"annals/internal/onto"
	"annals/record"
)

const text = "“No, \"never\"”, said\nQatar. Second."

func rows(t *testing.T) []Row {
	t.Helper()
	o, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &record.Record{
		Article:      record.Article{ID: "a1", Publisher: "Example Wire, Ltd", Text: text},
		Actors:       []record.Actor{{ID: "qatar", Name: `Qatar; "State" of`}},
		Propositions: []record.Proposition{{ID: "p1", Type: "AID", CAMEO: "010", Actors: []record.Party{{Actor: "qatar"}, {Text: "someone, else"}}}},
		Claims: []record.Claim{
			{ID: "c1", Proposition: "p1", Chain: []string{"qatar"}, Act: "deny", Polarity: "negative", Modality: "asserted", Sentence: record.Span{Start: 0, End: 25}, Confidence: 0.875},
			{ID: "c2", Proposition: "p1", Sentence: record.Span{Start: 26, End: 33}, Realised: true},
			{ID: "lost", Proposition: "p9"}, {ID: "outside", Proposition: "p1", Sentence: record.Span{End: 999}}, {ID: "not chosen", Proposition: "p1"},
		},
	}
	out := Rows(o, r, func(id string) bool { return id != "not chosen" })
	if len(out) != 2 || out[0].Quad != 2 || out[0].Polarity != "negative" || out[0].Chain[0] != r.Actors[0].Name || out[1].Sentence != "Second." {
		t.Fatalf("got %+v", out)
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	want := rows(t)
	written := func(format string) []byte {
		var first, second bytes.Buffer
		for _, b := range []*bytes.Buffer{&first, &second} {
			if err := Write(b, format, want); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same rows gave other bytes", format)
		}
		return first.Bytes()
	}
	var fromJSON []Row
	for d := json.NewDecoder(bytes.NewReader(written("jsonl"))); d.More(); {
		var r Row
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		fromJSON = append(fromJSON, r)
	}
	if !reflect.DeepEqual(fromJSON, want) {
		t.Errorf("JSON lines came back as %+v", fromJSON)
	}
	body := written("parquet")
	fromParquet, err := parquet.Read[Row](bytes.NewReader(body), int64(len(body)))
	if err != nil || len(fromParquet) != len(want) {
		t.Fatalf("Parquet: %d rows, %v", len(fromParquet), err)
	}
	for i := range want {
		a, errA := want[i].cells()
		b, errB := fromParquet[i].cells()
		for _, list := range []*[]string{&fromParquet[i].Contexts, &fromParquet[i].Items, &fromParquet[i].Recipients} {
			if *list == nil {
				*list = []string{}
			}
		}
		if errA != nil || errB != nil || !reflect.DeepEqual(want[i], fromParquet[i]) {
			t.Errorf("Parquet: row %d is %v, want %v", i, b, a)
		}
	}
	cells, err := csv.NewReader(bytes.NewReader(written("csv"))).ReadAll()
	if err != nil || len(cells) != len(want)+1 || !reflect.DeepEqual(cells[0], Columns) {
		t.Fatalf("CSV: %q %v", cells, err)
	}
	for i := range want {
		if a, err := want[i].cells(); err != nil || !reflect.DeepEqual(cells[i+1], a) {
			t.Errorf("CSV: row %d is %q, want %q", i, cells[i+1], a)
		}
	}
	if schema := reflect.TypeFor[Row](); schema.NumField() != len(Columns) {
		t.Fatalf("%d fields, %d columns", schema.NumField(), len(Columns))
	}
	for i, column := range Columns {
		if tag := reflect.TypeFor[Row]().Field(i).Tag.Get("json"); tag != column {
			t.Errorf("column %d is %q in CSV and %q in JSON", i, column, tag)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if Write(&bytes.Buffer{}, "xls", nil) == nil {
		t.Error("an unknown format was taken")
	}
}
