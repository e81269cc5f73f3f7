package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"annals/internal/ledger"
	"annals/record"
)

// sample is a record of one story: Russia supplies arms to Syria (asserted by a minister), Qatar does not (denied).
func sample(text, version string) *record.Record {
	sum := sha256.Sum256([]byte(text))
	r := &record.Record{
		Schema:  record.Schema,
		Run:     record.Run{Version: version, Models: map[string]string{"tagger": "00"}},
		Article: record.Article{ID: "a" + fmt.Sprintf("%x", text), Title: "Arms", Publisher: "Example Wire", Date: "2012-11-05", Text: text, SHA256: hex.EncodeToString(sum[:])},
		Actors: []record.Actor{
			{ID: "russia", Name: "Russia", Kind: "state", Code: "RUS", Country: "RUS"},
			{ID: "syria", Name: "Syria", Kind: "state", Code: "SYR", Country: "SYR"},
			{ID: "qatar", Name: "Qatar", Kind: "state", Code: "QAT", Country: "QAT"},
			{ID: "sergei-lavrov", Name: "Sergei Lavrov", Kind: "person", Code: "RUSGOV", Country: "RUS"},
			{ID: "example-wire", Name: "Example Wire", Kind: "outlet"},
		},
		Propositions: []record.Proposition{
			{ID: "p1", Type: "AID", CAMEO: "072", Actors: []record.Party{{Actor: "russia", Text: "Moscow"}}, Recipients: []record.Party{{Actor: "syria", Text: "Syria"}},
				Time: record.Time{From: "2012-11-01", To: "2012-11-05"}},
			{ID: "p2", Type: "AID", CAMEO: "072", Actors: []record.Party{{Actor: "qatar", Text: "Qatar"}}},
		},
		Claims: []record.Claim{
			{ID: "c1" + text, Proposition: "p1", Chain: []string{"sergei-lavrov", "example-wire"}, Act: "assert", Polarity: "positive", Modality: "asserted", Value: "CT+", Realised: true,
				Reported: "2012-11-05", Sentence: record.Span{Start: 0, End: 10}, Confidence: 0.9},
			{ID: "c2" + text, Proposition: "p2", Chain: []string{"qatar", "example-wire"}, Act: "deny", Polarity: "negative", Modality: "asserted", Value: "CT-",
				Reported: "2012-11-05", Sentence: record.Span{Start: 11, End: 20}, Confidence: 0.8},
		},
	}
	for i := range r.Claims {
		e := record.Evidence{Role: "anchor", Start: r.Claims[i].Sentence.Start + 1, End: r.Claims[i].Sentence.Start + 5}
		quote(&e, []rune(text))
		r.Claims[i].Evidence = []record.Evidence{e}
	}
	return r
}

// clock is a system time that the test moves.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Date(2012, 11, 6, 12, 0, 0, 0, time.UTC)} }

func (c *clock) time() time.Time { return c.now }

func openTest(t *testing.T, path string, c *clock) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), path, Options{Now: c.time, Wait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestIngestIsIdempotent(t *testing.T) {
	ctx, c := context.Background(), newClock()
	l := openTest(t, filepath.Join(t.TempDir(), "new", "ledger.db"), c)
	r := sample("weapons go qatar denies", "1")
	for i, want := range []Outcome{Added, Already, Already} {
		got, err := l.Ingest(ctx, []*record.Record{r})
		if err != nil || len(got) != 1 || got[0] != want {
			t.Fatalf("ingest %d: %v %v, want %v", i, got, err, want)
		}
	}
	articles, err := l.Articles(ctx, 0, 10)
	if err != nil || len(articles) != 1 || articles[0].Claims != 2 {
		t.Errorf("articles %+v %v", articles, err)
	}
	reading, err := l.Article(ctx, r.Article.ID)
	if err != nil || reading.Record.Article.Text != r.Article.Text {
		t.Errorf("the record came back as %+v %v", reading, err)
	}
}

func TestQueries(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1")}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		``:          2,
		`actor:RUS`: 1,
		`actor:RUS recipient:SYR reported:2012-11`: 1,
		`actor:RUS recipient:SYR reported:2012-12`: 0,
		`party:SYR type:AID`:                       1,
		`source:lavrov`:                            1,
		`source:RUSGOV`:                            1,
		`source:"Sergei Lavrov" polarity:negative`: 0,
		`polarity:negative act:deny value:CT-`:     1,
		`realised:yes`:                             1,
		`happened:2012-11-03`:                      1,
		`happened:2013`:                            0,
		`text:weapon`:                              1,
		`text:"NEAR( OR *"`:                        0,
		`cameo:07`:                                 2,
		`confidence:0.85`:                          1,
		`publisher:"Example Wire" proposition:p2`:  1,
		`actor:"100%" `:                            0,
		`type:ASSAULT`:                             0,
	} {
		q, err := ledger.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := l.Claims(ctx, q)
		if err != nil || len(rows) != want {
			t.Errorf("%s: %d claims, want %d (%v)", query, len(rows), want, err)
		}
	}
	events, err := l.Events(ctx, ledger.Query{})
	if err != nil || len(events) != 2 {
		t.Fatalf("events %+v %v", events, err)
	}
	for _, e := range events {
		if e.Proposition == "p1" && (e.Asserted != 1 || e.Denied != 0) || e.Proposition == "p2" && (e.Asserted != 0 || e.Denied != 1) {
			t.Errorf("tally of %s: asserted %d, denied %d", e.Proposition, e.Asserted, e.Denied)
		}
	}
}

func TestRereadingClosesTheOldReading(t *testing.T) {
	ctx, c := context.Background(), newClock()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1")}); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.AddDate(0, 0, 10)
	again := sample("weapons go qatar denies", "2")
	again.Claims = again.Claims[:1]
	outcomes, err := l.Ingest(ctx, []*record.Record{again})
	if err != nil || len(outcomes) != 1 || outcomes[0] != Reread {
		t.Fatalf("%v %v", outcomes, err)
	}
	for asOf, want := range map[string]int{"": 1, "2012-11-06": 2, "2012-11-05": 0, "2012-11-16": 1} {
		at, err := ledger.ParseMoment(asOf)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := l.Claims(ctx, ledger.Query{AsOf: at})
		if err != nil || len(rows) != want {
			t.Errorf("as of %q: %d claims, want %d (%v)", asOf, len(rows), want, err)
		}
	}
	readings, err := l.Readings(ctx, again.Article.ID)
	if err != nil || len(readings) != 2 || readings[0].Closed == "" || readings[1].Closed != "" {
		t.Errorf("readings %+v %v", readings, err)
	}
	var asserted, denied int
	if err := l.read.QueryRow(`SELECT sum(asserted), sum(denied) FROM tally`).Scan(&asserted, &denied); err != nil || asserted != 1 || denied != 0 {
		t.Errorf("tally says asserted %d, denied %d (%v), want 1, 0", asserted, denied, err)
	}
	if wrong, err := l.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
}

func TestVerifyFindsAFlippedByte(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1"), sample("another story altogether", "1")}); err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{
		`UPDATE body SET record = CAST(x'00' || substr(record, 2) AS BLOB) WHERE reading = 1`,
		`UPDATE reading SET learned = '2011-01-01T00:00:00.000Z' WHERE id = 2`,
		`DELETE FROM journal WHERE id = 1`,
	} {
		if _, err := l.write.Exec(`SAVEPOINT s`); err != nil {
			t.Fatal(err)
		}
		if _, err := l.write.Exec(change); err != nil {
			t.Fatal(err)
		}
		// Verify reads through its own connection: let it see the change.
		if _, err := l.write.Exec(`RELEASE s`); err != nil {
			t.Fatal(err)
		}
		wrong, err := l.Verify(ctx)
		if err != nil || len(wrong) == 0 {
			t.Errorf("%s: not found (%v)", change, err)
		}
	}
}

func TestBadLedgers(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }

	if _, err := Open(ctx, path("none.db"), Options{ReadOnly: true}); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("no ledger: %v", err)
	}
	if err := os.WriteFile(path("text.db"), []byte("this is no database, it is a note of some length that says so"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, path("text.db"), Options{}); !errors.Is(err, ledger.ErrCorrupt) {
		t.Errorf("not a database: %v", err)
	}

	l := openTest(t, path("newer.db"), newClock())
	if _, err := l.write.Exec(`PRAGMA user_version = 999`); err != nil {
		t.Fatal(err)
	}
	l.Close()
	for _, readOnly := range []bool{true, false} {
		if _, err := Open(ctx, path("newer.db"), Options{ReadOnly: readOnly}); !errors.Is(err, ledger.ErrNewer) {
			t.Errorf("newer ledger, read only %v: %v", readOnly, err)
		}
	}
}

func TestLockedLedger(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "l.db")
	first := openTest(t, path, newClock())
	tx, err := first.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	second, err := Open(ctx, path, Options{Wait: 20 * time.Millisecond})
	if err == nil {
		defer second.Close()
		_, err = second.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1")})
	}
	if !errors.Is(err, ledger.ErrLocked) {
		t.Errorf("locked: %v", err)
	}
	// A reader is not kept out.
	reader, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("reading while another writes: %v", err)
	}
	defer reader.Close()
	if _, err := reader.Claims(ctx, ledger.Query{}); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("skipped: the superuser may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "l.db"), Options{}); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("read-only folder: %v", err)
	}
}

func TestBackup(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	l := openTest(t, filepath.Join(dir, "l.db"), newClock())
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1")}); err != nil {
		t.Fatal(err)
	}
	if err := l.Backup(ctx, filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	second, err := Open(ctx, filepath.Join(dir, "copy.db"), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if rows, err := second.Claims(ctx, ledger.Query{}); err != nil || len(rows) != 2 {
		t.Errorf("the copy holds %d claims (%v)", len(rows), err)
	}
}
