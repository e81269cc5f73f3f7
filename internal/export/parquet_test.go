package export

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestParquetTypes: a reader of Parquet finds days as days, moments as moments in UTC, text as text, and null where
// nothing is known.
func TestParquetTypes(t *testing.T) {
	bodies, _ := written(t, "parquet", nil, sampleRecords())
	file, err := parquet.OpenFile(strings.NewReader(bodies[0]), int64(len(bodies[0])))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{ // logical type, or the physical one, and "?" where null may stand
		"claim": "STRING", "learned": "TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS)", "reported": "DATE?", "happened_from": "DATE?", "said_to": "DATE?", "publisher": "STRING?", "mode": "STRING?",
		"cameo": "STRING?", "quad": "INT(32,true)?", "score": "DOUBLE?", "goldstein": "DOUBLE?", "geonameid": "INT(64,true)?", "lat": "DOUBLE?", "realised": "BOOLEAN", "confidence": "DOUBLE",
		"sentence_index": "INT(32,true)", "contexts": "LIST", "actors": "LIST", "chain": "LIST", "casualties": "LIST", "amounts": "LIST", "items": "LIST", "recipients": "LIST",
	}
	fields := file.Schema().Fields()
	if len(fields) != len(Columns()) {
		t.Errorf("%d columns, want %d", len(fields), len(Columns()))
	}
	for i, f := range fields {
		if f.Name() != Columns()[i] {
			t.Errorf("column %d is %s, want %s", i, f.Name(), Columns()[i])
		}
		got := f.Type().String()
		if f.Optional() {
			got += "?"
		}
		if w, ok := want[f.Name()]; ok && w != got {
			t.Errorf("%s is %s, want %s", f.Name(), got, w)
		}
	}
	if created := file.Metadata().CreatedBy; !strings.HasPrefix(created, "annals") {
		t.Errorf("made by %q", created)
	}
	if version, ok := file.Lookup("annals.schema"); !ok || version != "1" {
		t.Errorf("the schema is %q", version)
	}
}

// stranger is what a reader declares that knows the names and types of some columns only.
type stranger struct {
	Claim    string   `parquet:"claim"`
	Reported *int32   `parquet:"reported,date"`
	Mode     *string  `parquet:"mode"`
	Lat      *float64 `parquet:"lat"`
	Stance   string   `parquet:"stance"`
}

func TestParquetRoundTrip(t *testing.T) {
	bodies, report := written(t, "parquet", nil, sampleRecords())
	read, err := parquet.Read[Row](strings.NewReader(bodies[0]), int64(len(bodies[0])))
	if err != nil || len(read) != report.Rows {
		t.Fatalf("%d rows of %d: %v", len(read), report.Rows, err)
	}
	lines, _ := written(t, "jsonl", nil, sampleRecords())
	for i, line := range strings.Split(strings.TrimSuffix(lines[0], "\n"), "\n") {
		var want Row
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		got, errGot := encoded(filled(read[i]))
		if errGot != nil || string(got) != line {
			t.Errorf("row %d is\n%s in Parquet and\n%s in JSON", i, got, line)
		}
	}
	others, err := parquet.Read[stranger](strings.NewReader(bodies[0]), int64(len(bodies[0])))
	if err != nil {
		t.Fatal(err)
	}
	nulls := 0
	for _, o := range others {
		if o.Claim == "c6" && (o.Reported == nil || *o.Reported != 15650 || o.Mode == nil || *o.Mode != "firearms" || o.Lat == nil || *o.Lat != 36.2012) {
			t.Errorf("2012-11-06 near Aleppo is %+v", o)
		}
		if o.Claim == "c9" && o.Reported == nil && o.Mode == nil && o.Lat == nil {
			nulls++
		}
		if o.Claim == "c2" && o.Stance != "denied" {
			t.Errorf("the denial is %+v", o)
		}
	}
	if nulls != 1 {
		t.Error("what is not known is not null")
	}
}

// filled makes empty lists of the lists that Parquet gives back as none.
func filled(r Row) Row {
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.IsNil() {
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		}
	}
	return r
}

// TestParquetGroups writes more rows than a row group holds.
func TestParquetGroups(t *testing.T) {
	tables, err := loadTables()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s, err := openParquet(tables, []io.Writer{&out})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for n <= parquetRowGroup {
		for c := range choose(sampleRecords(), 0) {
			if _, err := s.claim(&c); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || file.NumRows() != int64(n) || len(file.RowGroups()) != 2 {
		t.Fatalf("%d rows: %v", n, err)
	}
}
