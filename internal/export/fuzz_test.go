package export

import (
	"encoding/json"
	"io"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// FuzzRecord exports whatever JSON makes a record, also one that contradicts itself: no format may panic or lose count.
func FuzzRecord(f *testing.F) {
	for _, r := range sampleRecords() {
		body, err := json.Marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"propositions":[{"id":"p","type":"AID","cameo":"0","place":7,"casualties":[-1,9],"actors":[{"actor":"x"}],"time":{"from":"9999-99-99"}}],"claims":[{"proposition":"p","realised":true,"sentence":{"start":9,"end":-1}}]}`))
	tables, err := sharedTables()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := new(record.Record)
		if json.Unmarshal(body, r) != nil {
			return
		}
		for _, format := range Formats() {
			report, err := tables.write(format, []io.Writer{io.Discard, io.Discard}[:max(1, len(format.Files))], Stances, choose([]*record.Record{r}, format.Order))
			if err != nil || report.Rows < 0 || format.Order == ledger.ByReport && report.Rows != report.Claims {
				t.Errorf("%s: %+v %v", format.Name, report, err)
			}
		}
	})
}

// BenchmarkWrite reports rows a second of each format, on the sample over and over.
func BenchmarkWrite(b *testing.B) {
	tables, err := sharedTables()
	if err != nil {
		b.Fatal(err)
	}
	records := sampleRecords()
	for _, format := range Formats() {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			many := func(yield func(ledger.Chosen, error) bool) {
				for range 100 {
					for c := range choose(records, format.Order) {
						if !yield(c, nil) {
							return
						}
					}
				}
			}
			rows := 0
			for b.Loop() {
				report, err := tables.write(format, []io.Writer{io.Discard, io.Discard}[:max(1, len(format.Files))], nil, many)
				if err != nil {
					b.Fatal(err)
				}
				rows += report.Rows
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
