package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/record"
)

// tree lists what matching has made of a ledger, whatever numbers it gave: links with scores, memberships, disputes, copies.
func tree(t *testing.T, l *Ledger) string {
	t.Helper()
	var out []string
	for _, query := range []string{
		`SELECT a.article || a.proposition || '>' || b.article || b.proposition || k.score || k.by FROM link k JOIN telling a ON a.id = k.telling JOIN telling b ON b.id = k.antecedent WHERE k.closed = '9999'`,
		`SELECT t.article || t.proposition || ':' || m.happening FROM member m JOIN telling t ON t.id = m.telling WHERE m.closed = '9999'`,
		`SELECT id || happening || kind || topic || labels FROM dispute WHERE closed = '9999'`,
		`SELECT article || '=' || original || overlap FROM copy`,
		`SELECT count(*) || ' keys' FROM telling_key`,
		`SELECT count(*) || ' voices' FROM voice v JOIN telling t ON t.id = v.telling WHERE t.closed = '9999'`,
		`SELECT count(*) || ' bands' FROM band`,
	} {
		rows, err := l.read.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// difference lists the lines that only one of two texts has.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, line := range x {
		if !slices.Contains(y, line) {
			out = append(out, "+ "+line)
		}
	}
	for _, line := range y {
		if !slices.Contains(x, line) {
			out = append(out, "- "+line)
		}
	}
	return strings.Join(out, "\n")
}

// What is matched beside an ingest, in bulk, is what is matched after each batch.
func TestMatchBesideIsMatch(t *testing.T) {
	ctx := context.Background()
	v := newVariations(baseRecords(t), 23)
	var records []*record.Record
	for i := range 2*matchedAtOnce + 30 {
		r := v.next()
		records = append(records, r)
		if i%40 == 39 { // read again by another run
			again := *r
			again.Run.Version += "+"
			records = append(records, &again)
		}
	}
	stepwise, beside := openTest(t, filepath.Join(t.TempDir(), "a.db"), newClock()), openTest(t, filepath.Join(t.TempDir(), "b.db"), newClock())
	b := beside.MatchBeside(ctx)
	for batch := range slices.Chunk(records, 20) {
		if _, err := stepwise.Ingest(ctx, batch); err != nil {
			t.Fatal(err)
		}
		if _, err := stepwise.Match(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := beside.Ingest(ctx, batch); err != nil {
			t.Fatal(err)
		}
		b.Ingested()
	}
	if err := b.Finish(); err != nil {
		t.Fatal(err)
	}
	want, got := tree(t, stepwise), tree(t, beside)
	if got != want {
		t.Errorf("matched beside the ingest, and not after each batch, or the other way round:\n%s", difference(got, want))
	}
	if !strings.Contains(want, "rules") || !strings.Contains(want, "=") {
		t.Error("nothing was linked, or nothing was a copy: the test has tested nothing")
	}
	if len(beside.unmatched.records) > 0 {
		t.Errorf("%d records are still held", len(beside.unmatched.records))
	}
}

func TestMatchBulkLeavesFewAlone(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	if _, err := l.Ingest(ctx, strikes()); err != nil {
		t.Fatal(err)
	}
	if done, err := l.MatchBulk(ctx); err != nil || done.Readings != 0 {
		t.Fatalf("matched %d readings of %d that are too few (%v)", done.Readings, len(strikes()), err)
	}
	for i := range matchedAtOnce {
		text := fmt.Sprintf("Army jets bombed harbour number %d of Velm and killed 31 people, rescuers said.", i)
		r := strike(fmt.Sprintf("wire-%d", i), "2012-11-05", "rescuers", "arvania-army", text, 31, false)
		if _, err := l.Ingest(ctx, []*record.Record{r}); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := l.MatchBulk(ctx); err != nil || done.Readings != matchedAtOnce {
		t.Fatalf("matched %d readings, want one transaction of %d (%v)", done.Readings, matchedAtOnce, err)
	}
}
