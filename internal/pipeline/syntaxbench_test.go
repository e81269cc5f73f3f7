package pipeline

import (
	"syscall"
	"testing"
	"time"

	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/segment"
	"annals/internal/syntax"
)

// BenchmarkSyntax tags and parses wire stories, as BenchmarkRead does between the other stages: no sentence comes
// twice, so that the caches are as cold as they are in an archive. Where the machine is shared, words a second of
// processor time tell more than words a second.
func BenchmarkSyntax(b *testing.B) {
	headline, err := clean.NewHeadline()
	if err != nil {
		b.Fatal(err)
	}
	segmenter, err := segment.New()
	if err != nil {
		b.Fatal(err)
	}
	parser, err := syntax.New()
	if err != nil {
		b.Fatal(err)
	}
	var docs []*doc.Doc
	words := 0
	for _, a := range wire(b, 200) {
		d := &doc.Doc{Text: a.Text, Date: a.Date}
		for _, s := range []Stage{headline, segmenter} {
			if err := s.Annotate(d); err != nil {
				b.Fatal(err)
			}
			d.Done |= s.Writes()
		}
		words += len(d.Tokens)
		docs = append(docs, d)
	}
	b.ReportAllocs()
	rounds, spent := 0, processorTime(b)
	for b.Loop() {
		rounds++
		for _, d := range docs {
			if err := parser.Annotate(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(rounds*words)/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(rounds*words)/(processorTime(b)-spent).Seconds(), "words/cpu-s")
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
