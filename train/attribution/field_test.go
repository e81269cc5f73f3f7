package attribution

import (
	"testing"

	"annals/internal/quote"
)

// TestFieldLearns: a feature that always goes with a label ends up with the largest weight for it, and the same data
// and seed give the same weights.
func TestFieldLearns(t *testing.T) {
	var data []sequence
	for range 50 {
		data = append(data, sequence{features: [][]uint64{{1, 9}, {2, 9}, {3, 9}}, labels: []uint8{0, 3, 4}})
	}
	settings := Settings{Epochs: 4, Rate: 0.1, L2: 0.001, Least: 1}
	m := trainField(data, len(quote.LinkLabels), quote.LinkFollows, settings, 1, nil)
	for _, row := range m.rows {
		if row.Feature > 3 {
			continue
		}
		want := [...]uint16{0, 0, 3, 4}[row.Feature]
		best := row.Weights[0]
		for _, w := range row.Weights {
			if w.Value > best.Value {
				best = w
			}
		}
		if best.Class != want {
			t.Errorf("feature %d is for label %d, expected %d", row.Feature, best.Class, want)
		}
	}
	again := trainField(data, len(quote.LinkLabels), quote.LinkFollows, settings, 1, nil)
	if len(again.rows) != len(m.rows) || again.transitions[3][4] != m.transitions[3][4] {
		t.Error("two runs differ")
	}
}
