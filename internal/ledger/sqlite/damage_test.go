package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// everything is all that a ledger says.
func everything(l *Ledger) (said []any, err error) {
	ctx := context.Background()
	add := func(value any, e error) {
		said = append(said, value)
		if err == nil {
			err = e
		}
	}
	articles, e := l.Articles(ctx, 0, 1000)
	add(articles, e)
	for _, a := range articles {
		readings, e := l.Readings(ctx, a.ID)
		add(readings, e)
	}
	for _, query := range []string{"", "actor:RUS", "party:SYR type:AID", "text:weapon", "text:convoy", "source:lavrov", "polarity:negative", "reported:2012-11"} {
		q, e := ledger.ParseQuery(query)
		add(nil, e)
		for _, asOf := range []string{"", "2012-11-06T12:00:00.000Z"} {
			q.AsOf, q.Limit = asOf, 1000
			claims, e := l.Claims(ctx, q)
			add(claims, e)
			events, e := l.Events(ctx, q)
			add(events, e)
		}
	}
	counts, e := l.Counts(ctx, ledger.Query{}, []string{"day", "actor", "recipient", "type"})
	add(counts, e)
	runs, e := l.Runs(ctx)
	add(runs, e)
	return said, err
}

// A flipped bit anywhere in the file is found by opening or verifying the ledger, or else changes nothing that the
// ledger says. $ANNALS_FLIPS sets how many are tried, one after the other.
func TestVerifyFindsAnyFlippedBit(t *testing.T) {
	flips := 150
	if s := os.Getenv("ANNALS_FLIPS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		flips = n
	}
	ctx, c, dir := context.Background(), newClock(), t.TempDir()
	path := filepath.Join(dir, "l.db")
	l := openTest(t, path, c)
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1"), sample("another convoy altogether", "1")}); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.AddDate(0, 0, 1)
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "2")}); err != nil {
		t.Fatal(err)
	}
	before, err := everything(l)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Most of a small file is empty: half of the flips are aimed at what is written.
	var written []int
	for i, b := range file {
		if b != 0 {
			written = append(written, i)
		}
	}
	rng := rand.New(rand.NewPCG(6, 6))
	found := 0
	for n := range flips {
		at, bit := rng.IntN(len(file)), rng.IntN(8)
		if n%2 == 0 {
			at = written[rng.IntN(len(written))]
		}
		damaged := append([]byte(nil), file...)
		damaged[at] ^= 1 << bit
		name := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		if says := fault(name); says != "" {
			found++
			continue
		}
		l, err := Open(ctx, name, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		after, err := everything(l)
		l.Close()
		if err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("bit %d of byte %d (page %d) was flipped: verify finds nothing, and the answers are others (%v)", bit, at, at/4096+1, err)
		}
	}
	t.Logf("%d of %d flips were found, the others changed nothing", found, flips)
	if found < flips/4 {
		t.Error("hardly any flip was found: the test has tested nothing")
	}
}

// fault is what opening or verifying a ledger finds wrong, or "".
func fault(path string) string {
	l, err := Open(context.Background(), path, Options{ReadOnly: true})
	if err != nil {
		return err.Error()
	}
	defer l.Close()
	wrong, err := l.Verify(context.Background())
	if err != nil {
		return err.Error()
	}
	if len(wrong) > 0 {
		return wrong[0]
	}
	return ""
}

// Rows dropped, added and changed behind annals' back are found, whatever the table.
func TestVerifyFindsForgedRows(t *testing.T) {
	ctx, c, dir := context.Background(), newClock(), t.TempDir()
	for n, change := range []string{
		`DELETE FROM claim WHERE row = 2`,
		`DELETE FROM party WHERE claim = 1 AND side = 0`,
		`DELETE FROM dyad WHERE claim = 1`,
		`DELETE FROM tally`,
		`DELETE FROM tally_day`,
		`DELETE FROM article WHERE id = (SELECT min(id) FROM article)`,
		`DELETE FROM body WHERE reading = 1`,
		`DELETE FROM proposition WHERE id = 'p1'`,
		`DELETE FROM actor WHERE id = 'russia'`,
		`DELETE FROM sentence WHERE id = 1`,
		`DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)`,
		`DELETE FROM journal`,
		`INSERT INTO claim SELECT 99, 'c99', reading, proposition, sentence, chain, act, polarity, modality, value, realised, type, mode, cameo, place, happened, ended, said, said_end, reported, confidence FROM claim WHERE row = 1`,
		`INSERT INTO party SELECT claim, 3, 9, actor, country FROM party WHERE claim = 1 AND position = 0`,
		`INSERT INTO dyad VALUES ('QAT', 'SYR', '2012-11-05', 1)`,
		`INSERT INTO tally VALUES ('2012-11-05', 'QAT', 'SYR', 'AID', 1, 0, 0)`,
		`INSERT INTO sentence VALUES (99, 'Nobody said this.')`,
		`INSERT INTO sentence_text (rowid, text) VALUES (1, 'tanks')`,
		`INSERT INTO proposition SELECT 'p99', type, mode, cameo, actors, recipients, place, happened, ended FROM proposition LIMIT 1`,
		`INSERT INTO article SELECT 'a99', title, publisher, date, place, url, learned, name, replaces FROM article LIMIT 1`,
		`UPDATE claim SET polarity = 'negative' WHERE row = 1`,
		`UPDATE claim SET proposition = 'p2' WHERE row = 1`,
		`UPDATE party SET country = 'QAT' WHERE claim = 1 AND side = 0`,
		`UPDATE sentence SET text = 'Nothing was sent.' WHERE id = 1`,
		`UPDATE proposition SET type = 'ASSAULT' WHERE id = 'p1'`,
		`UPDATE actor SET name = 'Qatar' WHERE id = 'russia'`,
		`UPDATE article SET title = 'No arms'`,
		`UPDATE article SET replaces = 'a99' WHERE id = (SELECT min(id) FROM article)`,
		`UPDATE reading SET closed = '9998' WHERE closed = '9999'`,
		`UPDATE reading SET run = 2 WHERE id = 2`,
		`UPDATE run SET models = '{}'`,
		`UPDATE tally SET denied = denied + 1`,
		`UPDATE tally_day SET asserted = asserted + 1`,
		`UPDATE journal SET time = '2012-11-06T12:00:00.001Z' WHERE id = 1`,
		`DROP INDEX claim_id`,
		`CREATE TABLE mine (x)`,
	} {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		l := openTest(t, path, c)
		if _, err := l.write.Exec(`PRAGMA synchronous = OFF`); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1"), sample("another convoy altogether", "1"), sample("weapons go qatar denies", "2")}); err != nil {
			t.Fatal(err)
		}
		if says := fault(path); says != "" {
			t.Fatalf("before %s: %s", change, says)
		}
		done, err := l.write.Exec(change)
		if err != nil {
			t.Fatalf("%s: %v", change, err)
		}
		if rows, err := done.RowsAffected(); err == nil && rows == 0 && change[:1] != "C" && change[:2] != "DR" {
			t.Fatalf("%s: changed nothing", change)
		}
		if says := fault(path); says == "" {
			t.Errorf("%s: not found", change)
		}
		l.Close()
	}
}
