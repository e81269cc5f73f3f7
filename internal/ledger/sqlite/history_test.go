package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"annals/internal/ledger"
	"annals/record"
)

// drawRecord is a small record of one of a few articles by one of a few runs. The same article and run give the same
// record, as reading does.
func drawRecord(t *rapid.T) *record.Record {
	article, version := rapid.IntRange(0, 5).Draw(t, "article"), rapid.IntRange(1, 3).Draw(t, "run")
	text := fmt.Sprintf("Report %d. Guns went over the border. Nobody knows by whom.", article)
	if article >= 4 { // corrections of the articles 0 and 1
		text = fmt.Sprintf("Report %d. Guns went over the border. Nobody knows by whom. Corrected.", article-4)
	}
	sum := sha256.Sum256([]byte(text))
	r := &record.Record{
		Schema: record.Schema, Run: record.Run{Version: fmt.Sprint(version)},
		Article: record.Article{ID: record.ArticleID(text), Text: text, SHA256: hex.EncodeToString(sum[:]), Publisher: "Example Wire", Date: "2012-11-05",
			URL: fmt.Sprintf("https://example.com/%d", article%4)},
	}
	countries := []string{"RUS", "SYR", "QAT", ""}
	for i, country := range countries {
		r.Actors = append(r.Actors, record.Actor{ID: fmt.Sprintf("actor-%d", i), Name: "Actor " + country, Kind: "state", Code: country, Country: country})
	}
	seed := article*7 + version
	party := func(i int) record.Party { return record.Party{Actor: fmt.Sprintf("actor-%d", i%len(countries))} }
	for i := range 1 + seed%3 {
		p := record.Proposition{ID: fmt.Sprintf("p%d", (seed+i)%5), Type: []string{"AID", "ASSAULT"}[(seed+i)%2]}
		p.Actors = []record.Party{party(seed + i), party(seed / 2)}
		p.Recipients = []record.Party{party(seed / 3)}
		if i == 2 {
			p.Actors = nil
		}
		if r.PropositionByID(p.ID) == nil {
			r.Propositions = append(r.Propositions, p)
		}
		modality, polarity := []string{"asserted", "possible"}[(seed+i)%5/4], []string{"positive", "negative"}[(seed+i)%3/2]
		r.Claims = append(r.Claims, record.Claim{
			ID: fmt.Sprintf("c%d-%d", seed, i), Proposition: p.ID, Chain: []string{"actor-3"}, Act: "report", Polarity: polarity, Modality: modality,
			Realised: polarity == "positive" && modality == "asserted", Reported: fmt.Sprintf("2012-11-%02d", 1+seed%4), Sentence: record.Span{Start: 0, End: 9},
		})
	}
	return r
}

// answers are what a ledger says to a row of questions.
func answers(t *rapid.T, l *Ledger, asOf string) []any {
	ctx := context.Background()
	var out []any
	for _, query := range []string{"", "actor:RUS", "actor:RUS recipient:SYR", "party:QAT type:AID", "polarity:negative", "text:guns", "reported:2012-11-02..2012-11-03"} {
		q, err := ledger.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		q.AsOf, q.Limit = asOf, 1000
		claims, err := l.Claims(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range claims {
			claims[i].Closed = "" // what came later is known only later
		}
		events, err := l.Events(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, claims, events)
		for _, by := range [][]string{{"day", "actor", "recipient", "type"}, {"month", "actor", "recipient"}, {"type", "actor"}, {"day"}} {
			counts, err := l.Counts(ctx, q, by)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, counts)
		}
	}
	return out
}

// For any history, what the ledger answers as of a time is what it answered at that time; and the counts that are
// kept are those that counting anew gives.
func TestAsOfIsThePast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx, c := context.Background(), newClock()
		l := openProperty(t, c)
		type moment struct {
			at   string
			said []any
		}
		var past []moment
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			c.now = c.now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "minutes")) * time.Minute)
			if _, err := l.Ingest(ctx, rapid.SliceOfN(rapid.Custom(drawRecord), 1, 4).Draw(t, "records")); err != nil {
				t.Fatal(err)
			}
			now := moment{ledger.FormatMoment(c.now), answers(t, l, "")}
			if n := len(past); n > 0 && past[n-1].at == now.at {
				past = past[:n-1] // within one moment the last word counts
			}
			past = append(past, now)
			if recounted := answers(t, l, ledger.FormatMoment(c.now)); !reflect.DeepEqual(recounted, now.said) {
				t.Fatalf("now, the ledger answers %v\nand as of now %v", now.said, recounted)
			}
		}
		for _, m := range past {
			if said := answers(t, l, m.at); !reflect.DeepEqual(said, m.said) {
				t.Fatalf("at %s the ledger answered\n%v\nand as of then it answers\n%v", m.at, m.said, said)
			}
		}
		if wrong, err := l.Verify(ctx); err != nil || len(wrong) > 0 {
			t.Fatalf("verify: %v %v", wrong, err)
		}
	})
}

// The order in which records of different articles come makes no difference to what the ledger counts.
func TestCountsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfNDistinct(rapid.Custom(drawRecord), 2, 4, func(r *record.Record) string { return r.Article.URL }).Draw(t, "records")
		other := slices.Clone(records)
		slices.Reverse(other)
		var said [2][]ledger.CountRow
		for i, order := range [][]*record.Record{records, other} {
			l := openProperty(t, newClock())
			if _, err := l.Ingest(context.Background(), order); err != nil {
				t.Fatal(err)
			}
			var err error
			if said[i], err = l.Counts(context.Background(), ledger.Query{}, []string{"day", "actor", "recipient", "type"}); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(said[0], said[1]) {
			t.Fatalf("%v\nand in the other order\n%v", said[0], said[1])
		}
	})
}

// openProperty is a new ledger for one try of a property. It does not wait for the disk: there are many tries.
func openProperty(t *rapid.T, c *clock) *Ledger {
	dir, err := os.MkdirTemp("", "annals-ledger-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	l, err := Open(context.Background(), filepath.Join(dir, "l.db"), Options{Now: c.time})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if _, err := l.write.Exec(`PRAGMA synchronous = OFF`); err != nil {
		t.Fatal(err)
	}
	return l
}
