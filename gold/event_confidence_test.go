package gold

import (
	"fmt"
	"math"
	"testing"

	"annals/internal/doc"
	"annals/internal/pipeline"
)

// TestAccuracyEventConfidence asks whether the confidence of events can be taken at its word: of the events between the
// labelled pair of phrases (PLV, dev) that are put forward as having happened, how many have the labelled type, by
// confidence. The corpus labels a refused or promised act by the refusal or promise, so those are left aside.
func TestAccuracyEventConfidence(t *testing.T) {
	corpus := shared(t, "data", "events", "plv.dev.jsonl")
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	type bin struct{ n, right, sum float64 }
	bins := make([]bin, 5)
	for _, row := range eventRows(t, corpus) {
		d, err := reader.Annotate(pipeline.Article{ID: row.ID, Text: row.Text})
		if err != nil {
			t.Fatal(err)
		}
		source, target := eventPhrase(t, row, "SRC"), eventPhrase(t, row, "TAR")
		for i := range d.Events {
			e := &d.Events[i]
			if e.Type == "STATEMENT" || e.Polarity != "positive" || e.Modality != "asserted" || !isOnSide(e.Actors, source) || !isOnSide(e.Recipients, target) {
				continue
			}
			b := &bins[min(int(e.Confidence*5), 4)]
			b.n++
			b.sum += float64(e.Confidence)
			if e.Type == row.Event || row.Event == "YIELD" && (e.Type == "CONCEDE" || e.Type == "RETREAT") {
				b.right++
			}
		}
	}
	total, gap := 0.0, 0.0
	for i, b := range bins {
		if b.n == 0 {
			continue
		}
		t.Logf("%-40s n %3.0f  confidence %.2f  right %.2f", fmt.Sprintf("PLV dev, confidence %.1f to %.1f", float64(i)/5, float64(i+1)/5), b.n, b.sum/b.n, b.right/b.n)
		total += b.n
		gap += math.Abs(b.sum - b.right)
	}
	floor(t, "PLV dev, confidence, 100 - calibration gap", 100-100*gap/total, 94)
}

// isOnSide tells whether a participant overlaps a phrase; a phrase that is not given asks for nobody.
func isOnSide(side []doc.Participant, phrase doc.Span) bool {
	if phrase.Len() == 0 {
		return true
	}
	for _, p := range side {
		if p.Span.Overlaps(phrase) {
			return true
		}
	}
	return false
}
