package sqlite

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"annals/internal/ledger"
	"annals/record"
)

// A reader never waits for a writer: while half of a story stands in a transaction that does not end, readers answer
// at once, as if it were not there.
func TestReadersDoNotWait(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "l.db")
	l := openTest(t, path, newClock())
	if _, err := l.Ingest(ctx, []*record.Record{sample("weapons go qatar denies", "1")}); err != nil {
		t.Fatal(err)
	}
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := l.writer(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	half, err := l.packer.pack(sample("another story altogether", "1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.add(&half); err != nil { // its claims wait: the story stands by half
		t.Fatal(err)
	}
	// A reader that had to wait for the writer would wait for as long as it is told to, and fail.
	other, err := Open(ctx, path, Options{ReadOnly: true, Wait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	look := func(want int) {
		t.Helper()
		soon, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		var readers sync.WaitGroup
		for range 20 {
			readers.Go(func() {
				claims, err := other.Claims(soon, ledger.Query{})
				articles, err2 := other.Articles(soon, 0, 10)
				if err != nil || err2 != nil || len(claims) != 2*want || len(articles) != want {
					t.Errorf("a reader saw %d claims of %d articles, want %d articles (%v, %v)", len(claims), len(articles), want, err, err2)
				}
			})
		}
		readers.Wait()
	}
	look(1)
	if err := w.flush(); err != nil {
		t.Fatal(err)
	}
	look(1) // the story is whole, and not yet committed
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	look(2)
}

// Many readers at work while stories come in and are read again see every story whole or not at all, and never the
// claims of two readings of it.
func TestReadersSeeWholeStories(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "l.db")
	l := openTest(t, path, newClock())
	if _, err := l.write.Exec(`PRAGMA synchronous = OFF`); err != nil {
		t.Fatal(err)
	}
	v := newVariations(baseRecords(t), 5)
	const batches, batch = 12, 5
	var all [][]*record.Record
	whole := map[string]int{} // claims of each article
	for range batches {
		var some []*record.Record
		for range batch {
			r := v.next()
			whole[r.Article.ID] = len(r.Claims)
			some = append(some, r)
		}
		all = append(all, some)
	}
	var done atomic.Bool
	var looks atomic.Int64
	var readers sync.WaitGroup
	for n := range 8 {
		reader, err := Open(ctx, path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { reader.Close() })
		readers.Go(func() {
			for !done.Load() {
				rows, err := reader.Claims(ctx, ledger.Query{Limit: 1_000_000})
				if err != nil {
					t.Errorf("a reader was kept out: %v", err)
					return
				}
				seen := map[string]int{}
				for _, r := range rows {
					seen[r.Article]++
				}
				for article, claims := range seen {
					if claims != whole[article] {
						t.Errorf("a reader saw %d claims of the %d of article %s", claims, whole[article], article)
						return
					}
				}
				if n == 0 { // one of them checks everything, and makes a copy
					if wrong, err := reader.Verify(ctx); err != nil || len(wrong) > 0 {
						t.Errorf("verify during an ingest: %v %v", wrong, err)
						return
					}
				}
				looks.Add(1)
			}
		})
	}
	for i := range all {
		if _, err := l.Ingest(ctx, all[i]); err != nil {
			t.Error(err)
		}
		if i == batches/2 {
			copied(t, l, whole)
		}
		again := all[i/2] // an earlier batch, by a newer run
		for _, r := range again {
			newer := *r
			newer.Run = record.Run{Version: r.Run.Version + "+", Models: r.Run.Models}
			if _, err := l.Ingest(ctx, []*record.Record{&newer}); err != nil {
				t.Error(err)
			}
		}
	}
	done.Store(true)
	readers.Wait()
	if looks.Load() < 8 {
		t.Errorf("the readers looked %d times: the test has tested nothing", looks.Load())
	}
}

// copied backs the ledger up while it is in use, and looks whether the copy is sound and whole.
func copied(t *testing.T, l *Ledger, whole map[string]int) {
	t.Helper()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "copy.db")
	if err := l.Backup(ctx, path); err != nil {
		t.Error(err)
		return
	}
	c, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	if wrong, err := c.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("the copy is not sound: %v %v", wrong, err)
	}
	articles, err := c.Articles(ctx, 0, 1_000_000)
	if err != nil || len(articles) == 0 {
		t.Errorf("the copy holds %d articles (%v)", len(articles), err)
	}
	for _, a := range articles {
		if a.Claims != whole[a.ID] {
			t.Errorf("the copy has %d claims of the %d of article %s", a.Claims, whole[a.ID], a.ID)
		}
	}
}
