package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"annals/internal/ledger"
	"annals/record"
)

// benchLedger is a ledger of $ANNALS_CLAIMS claims (by default 20,000), kept at $ANNALS_BENCH_LEDGER from one run to
// the next when that is set.
func benchLedger(b *testing.B) (*Ledger, *variations) {
	b.Helper()
	ctx, path, want := context.Background(), filepath.Join(b.TempDir(), "l.db"), 20_000
	if s := os.Getenv("ANNALS_CLAIMS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		want = n
	}
	if s := os.Getenv("ANNALS_BENCH_LEDGER"); s != "" {
		path = s
	}
	l, err := Open(ctx, path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	var have int
	if err := l.read.QueryRow(`SELECT count(*) FROM claim`).Scan(&have); err != nil {
		b.Fatal(err)
	}
	v := newVariations(baseRecords(b), 1)
	start, stories, took := have, 0, time.Duration(0)
	for have < want {
		batch := make([]*record.Record, 500)
		for i := range batch {
			batch[i] = v.next()
			have += len(batch[i].Claims)
		}
		stories += len(batch)
		before := time.Now()
		ingestAll(b, l, batch, true)
		took += time.Since(before)
	}
	var happenings, disputed int
	if err := l.read.QueryRow(`SELECT (SELECT count(DISTINCT happening) FROM member WHERE closed = ?1), (SELECT count(*) FROM dispute WHERE closed = ?1)`, open).Scan(&happenings, &disputed); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d claims, %d happenings of several tellings, %d disputes", have, happenings, disputed)
	if info, err := os.Stat(path); err == nil && have > start {
		b.Logf("%d claims of %d stories: %.0f stories/s over all, %d bytes a story", have-start, stories, float64(stories)/took.Seconds(), info.Size()/int64(stories))
	}
	return l, v
}

// someClaim draws the ids of claims.
func someClaim(b *testing.B, l *Ledger, rng *rand.Rand) func() string {
	b.Helper()
	var last int64
	if err := l.read.QueryRow(`SELECT max(row) FROM claim`).Scan(&last); err != nil {
		b.Fatal(err)
	}
	return func() string {
		var id string
		if err := l.read.QueryRow(`SELECT id FROM claim WHERE row >= ? LIMIT 1`, 1+rng.Int64N(last)).Scan(&id); err != nil {
			b.Fatal(err)
		}
		return id
	}
}

// BenchmarkQuestions asks the common questions, another one each time, and reports the median.
func BenchmarkQuestions(b *testing.B) {
	l, v := benchLedger(b)
	rng := rand.New(rand.NewPCG(3, 3))
	month := func() string { return fmt.Sprintf("reported:%d-%02d", 2012+rng.IntN(3), 1+rng.IntN(12)) }
	week := func() string {
		day := time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(3*365-7))
		return "reported:" + day.Format(time.DateOnly) + ".." + day.AddDate(0, 0, 6).Format(time.DateOnly)
	}
	claims := func(ctx context.Context, q ledger.Query) error { _, err := l.Claims(ctx, q); return err }
	events := func(ctx context.Context, q ledger.Query) error { _, err := l.Events(ctx, q); return err }
	agreed := func(ctx context.Context, q ledger.Query) error { q.Agreed = true; return events(ctx, q) }
	disputes := func(ctx context.Context, q ledger.Query) error { _, err := l.Disputes(ctx, q); return err }
	counts := func(by ...string) func(context.Context, ledger.Query) error {
		return func(ctx context.Context, q ledger.Query) error { _, err := l.Counts(ctx, q, by); return err }
	}
	// What annals show and annals why ask of a claim: its id is the one word of the question.
	show := func(ctx context.Context, q ledger.Query) error {
		article, err := l.Find(ctx, q.Text[0])
		if err != nil {
			return err
		}
		_, err = l.Readings(ctx, article)
		return err
	}
	why := func(ctx context.Context, q ledger.Query) error {
		_, err := l.Links(ctx, q.Text[0])
		return errors.Join(show(ctx, q), err)
	}
	claim := someClaim(b, l, rng)
	rare := v.words[len(v.words)/4:]
	pair := func() string { return "actor:" + v.state() + " recipient:" + v.state() + " " + month() }
	for _, question := range []struct {
		name  string
		query func() string
		ask   func(context.Context, ledger.Query) error
	}{
		{"pair-month", pair, claims},
		{"pair-month-events", pair, events},
		{"actor-month", func() string { return "actor:" + v.state() + " " + month() }, claims},
		{"party-type-month", func() string { return "party:" + v.state() + " type:AID " + month() }, claims},
		{"actor", func() string { return "actor:" + v.state() }, claims},
		{"type-denied-week", func() string { return "type:AID polarity:negative " + week() }, claims},
		{"events-week", week, events},
		{"newest", func() string { return "" }, claims},
		{"text-word", func() string { return rare[rng.IntN(len(rare))] }, claims},
		{"text-frequent-word", func() string { return v.words[rng.IntN(50)] }, claims},
		{"text-two-words", func() string { return v.words[rng.IntN(400)] + " " + v.words[rng.IntN(400)] }, claims},
		{"text-in-month", func() string { return v.words[rng.IntN(400)] + " " + month() }, claims},
		{"text-in-week", func() string { return v.words[rng.IntN(400)] + " " + week() }, claims},
		{"events-agreed-month", month, agreed},
		{"disputes-week", week, disputes},
		{"disputes-pair", func() string { return "actor:" + v.state() + " recipient:" + v.state() }, disputes},
		{"disputes-newest", func() string { return "" }, disputes},
		{"counts-dyad-month", func() string { return "actor:" + v.state() + " recipient:" + v.state() }, counts("month", "actor", "recipient")},
		{"counts-month-type", month, counts("month", "type")},
		{"show", claim, show},
		{"why", claim, why},
		{"source-month", func() string { return "source:" + v.state() + " polarity:negative " + month() }, claims},
	} {
		b.Run(question.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				q, err := ledger.ParseQuery(question.query())
				if err != nil {
					b.Fatal(err)
				}
				before := time.Now()
				if err := question.ask(context.Background(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(before))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
