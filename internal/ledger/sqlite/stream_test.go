package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"annals/internal/ledger"
	"annals/record"
)

// streamed are the claims of a stream with their days.
func streamed(t *testing.T, l *Ledger, q ledger.Query, order ledger.Order) []string {
	t.Helper()
	var out []string
	for c, err := range l.Stream(context.Background(), q, order) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Record.PropositionByID(c.Proposition.ID) != c.Proposition || c.Learned == "" {
			t.Errorf("the claim %s is %+v", c.Claim.ID, c)
		}
		out = append(out, c.Day+" "+c.Claim.ID)
	}
	return out
}

func TestStream(t *testing.T) {
	ctx, c := context.Background(), newClock()
	var ledgers []*Ledger
	for _, texts := range [][]string{{"weapons go qatar denies", "weapons went qatar denied"}, {"weapons went qatar denied", "weapons go qatar denies"}} {
		l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
		for _, text := range texts {
			if _, err := l.Ingest(ctx, []*record.Record{sample(text, "1")}); err != nil {
				t.Fatal(err)
			}
		}
		ledgers = append(ledgers, l)
	}
	for _, order := range []ledger.Order{ledger.ByReport, ledger.ByEvent} {
		a, b := streamed(t, ledgers[0], ledger.Query{Limit: 1}, order), streamed(t, ledgers[1], ledger.Query{}, order)
		if len(a) != 4 || !slices.Equal(a, b) {
			t.Errorf("the order of ingest shows:\n%v\n%v", a, b)
		}
	}
	if got := streamed(t, ledgers[0], ledger.Query{Polarity: []string{"negative"}}, ledger.ByEvent); len(got) != 2 {
		t.Errorf("denials: %v", got)
	}
	before, err := ledger.ParseMoment("2012-11-05")
	if err != nil {
		t.Fatal(err)
	}
	if got := streamed(t, ledgers[0], ledger.Query{AsOf: before}, ledger.ByEvent); len(got) != 0 {
		t.Errorf("known before anything was learnt: %v", got)
	}
	for range ledgers[0].Stream(ctx, ledger.Query{}, ledger.ByReport) {
		break // a reader that goes away ends the stream
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range ledgers[0].Stream(over, ledger.Query{}, ledger.ByReport) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a stream that is called off ends with %v", err)
		}
	}
}

// TestStreamHoldsFewRecords: more articles than the shelf holds, each met twice.
func TestStreamHoldsFewRecords(t *testing.T) {
	ctx, c := context.Background(), newClock()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
	var records []*record.Record
	for i := range openRecords + 20 {
		records = append(records, sample(fmt.Sprintf("weapons %03d go qatar", i), "1"))
	}
	if _, err := l.Ingest(ctx, records); err != nil {
		t.Fatal(err)
	}
	s := shelf{ledger: l, of: map[int64]*openRecord{}}
	for range 2 {
		for i := range records {
			r, err := s.get(ctx, int64(i+1))
			if err != nil || r.record.Article.Text != records[i].Article.Text || len(s.of) > openRecords {
				t.Fatalf("reading %d: %d on the shelf, %v", i+1, len(s.of), err)
			}
		}
	}
	if got := streamed(t, l, ledger.Query{}, ledger.ByEvent); len(got) != 2*len(records) {
		t.Errorf("%d claims of %d", len(got), 2*len(records))
	}
}

// BenchmarkStream reports claims a second in the order of events, the harder one.
func BenchmarkStream(b *testing.B) {
	ctx := context.Background()
	l, err := Open(ctx, filepath.Join(b.TempDir(), "l.db"), Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	var records []*record.Record
	for i := range 300 {
		records = append(records, sample(fmt.Sprintf("weapons %03d go qatar", i), "1"))
	}
	if _, err := l.Ingest(ctx, records); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		for _, err := range l.Stream(ctx, ledger.Query{}, ledger.ByEvent) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "claims/s")
}
