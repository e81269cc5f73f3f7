package perceptron

import (
	"testing"
)

// id spreads a small number over 64 bits, as feature hashes are spread.
func id(n int) uint64 { return uint64(n+1) * 0x9E3779B97F4A7C15 }

// TestAveraged checks the lazy average against the sum it stands for.
func TestAveraged(t *testing.T) {
	p := New([]string{"a", "b"})
	feature := []uint64{42}
	var sum, weight float64
	for step := range 10 {
		if step%3 == 0 {
			p.Update(feature, 1, float32(step))
			weight += float64(step)
		}
		p.Tick()
		sum += weight
	}
	rows := p.Averaged(1)
	if len(rows) != 1 || len(rows[0].Weights) != 1 || rows[0].Weights[0].Class != 1 {
		t.Fatalf("rows %v", rows)
	}
	if got, want := rows[0].Weights[0].Value, float32(sum/10); got != want {
		t.Errorf("average %v, want %v", got, want)
	}
	if rows := p.Averaged(100); len(rows) != 0 {
		t.Errorf("a feature with 4 updates was kept where 100 are asked for")
	}
}

// TestRowsGrow updates many features for many classes and reads every weight back.
func TestRowsGrow(t *testing.T) {
	const classes, features = 40, 50000
	p := New(make([]string, classes))
	for f := range features {
		for c := range f % classes {
			p.Update([]uint64{id(f)}, c, float32(f%7+c))
		}
	}
	for f := range features {
		scores := make([]float32, classes)
		p.Score([]uint64{id(f)}, scores)
		for c := range scores {
			want := float32(0)
			if c < f%classes {
				want = float32(f%7 + c)
			}
			if scores[c] != want {
				t.Fatalf("feature %d, class %d: %v, want %v", f, c, scores[c], want)
			}
		}
	}
}

// TestLearns teaches two words their classes.
func TestLearns(t *testing.T) {
	p := New([]string{"a", "b"})
	for range 5 {
		for class := range 2 {
			features := []uint64{id(1), id(100 + class)}
			scores := make([]float32, 2)
			p.Score(features, scores)
			if best := Best(scores); best != class {
				p.Update(features, class, 1)
				p.Update(features, best, -1)
			}
			p.Tick()
		}
	}
	l, err := p.Model(1)
	if err != nil {
		t.Fatal(err)
	}
	for class := range 2 {
		scores := make([]int32, 2)
		l.Score([]uint64{id(1), id(100 + class)}, scores)
		if scores[class] <= scores[1-class] {
			t.Errorf("class %d: scores %v", class, scores)
		}
	}
}

func TestRival(t *testing.T) {
	for _, c := range []struct {
		scores []float32
		right  int
		want   int
	}{
		{[]float32{3, 2, 1}, 0, 1}, {[]float32{1, 2, 3}, 0, 2}, {[]float32{-1, -2}, 1, 0}, {[]float32{0, 5, 5}, 0, 1},
	} {
		if got := Rival(c.scores, c.right); got != c.want {
			t.Errorf("the rival of %d in %v is %d, want %d", c.right, c.scores, got, c.want)
		}
	}
}
