package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"annals/record"
)

// processorTime is what this process has used on all cores: on a busy machine it says more than the clock does.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkIngest measures stories a second with records that are read already, without and with matching, in batches of 20
// as annals ingest has them.
func BenchmarkIngest(b *testing.B) {
	for _, matched := range []bool{false, true} {
		b.Run(fmt.Sprintf("matched=%t", matched), func(b *testing.B) { benchmarkIngest(b, matched) })
	}
}

func benchmarkIngest(b *testing.B, matched bool) {
	ctx, path := context.Background(), filepath.Join(b.TempDir(), "l.db")
	l, err := Open(ctx, path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	v := newVariations(baseRecords(b), 1)
	stories, claims, busy := 0, 0, time.Duration(0)
	for b.Loop() {
		b.StopTimer()
		records := make([]*record.Record, 500)
		for i := range records {
			records[i] = v.next()
			claims += len(records[i].Claims)
		}
		stories += len(records)
		runtime.GC() // what making them has left is not the ingest's
		b.StartTimer()
		before := processorTime(b)
		ingestAll(b, l, records, matched)
		busy += processorTime(b) - before
	}
	b.ReportMetric(float64(stories)/b.Elapsed().Seconds(), "stories/s")
	b.ReportMetric(float64(busy.Microseconds())/1000/float64(stories), "cpu-ms/story")
	b.ReportMetric(float64(claims)/float64(stories), "claims/story")
	if _, err := l.write.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		b.Fatal(err)
	}
	if info, err := os.Stat(path); err == nil {
		b.ReportMetric(float64(info.Size())/float64(stories), "B/story")
	}
}

// ingestAll ingests records in batches, and matches them beside that.
func ingestAll(b *testing.B, l *Ledger, records []*record.Record, matched bool) {
	b.Helper()
	ctx := context.Background()
	var beside *Beside
	if matched {
		beside = l.MatchBeside(ctx)
	}
	for batch := range slices.Chunk(records, 20) {
		if _, err := l.Ingest(ctx, batch); err != nil {
			b.Fatal(err)
		}
		if matched {
			beside.Ingested()
		}
	}
	if matched {
		if err := beside.Finish(); err != nil {
			b.Fatal(err)
		}
	}
}
