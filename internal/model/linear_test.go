package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// classNames makes n class names: the three shapes of values and rows are at 128, 256 and above.
func classNames(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint("c", i)
	}
	return out
}

// randomWeights has rows of one, two and many weights, whole numbers up to 127 so that the scale is 1.
func randomWeights(r *rand.Rand, classes, features int) map[uint64][]float32 {
	weights := map[uint64][]float32{}
	for i := range features {
		row := make([]float32, classes)
		for range 1 + i%5 {
			row[r.IntN(classes)] = float32(r.IntN(255) - 127)
		}
		weights[mix(uint64(i)+1)] = row
	}
	weights[mix(1)][0] = 127
	return weights
}

func openWeights(t testing.TB, classes int, weights map[uint64][]float32) *Linear {
	t.Helper()
	b := NewBuilder("test", nil)
	if err := AddLinear(b, "x", classNames(classes), weights); err != nil {
		t.Fatal(err)
	}
	body, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(string(body))
	if err != nil {
		t.Fatal(err)
	}
	l, err := OpenLinear(f, "x")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLinearKeepsEveryWeight(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, classes := range []int{2, 128, 129, 256, 257, 700} {
		weights := randomWeights(r, classes, 3000)
		l := openWeights(t, classes, weights)
		lost := 0
		for f, want := range weights {
			got := make([]int32, classes)
			l.Score([]uint64{f}, got)
			for c := range want {
				if got[c] != int32(want[c]) {
					lost++
					break
				}
			}
		}
		if lost > 2 { // two features with one tag in one bucket: expected once in twenty thousand
			t.Errorf("%d classes: %d of %d features have foreign weights", classes, lost, len(weights))
		}
	}
}

func TestLinearKeepsStrangersOut(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	l := openWeights(t, 4, randomWeights(r, 4, 50000))
	hits := 0
	for range 100000 {
		scores := make([]int32, 4)
		l.Score([]uint64{r.Uint64()}, scores)
		if slices.Max(scores) > 0 || slices.Min(scores) < 0 {
			hits++
		}
	}
	if hits > 40 {
		t.Errorf("%d of 100000 unseen features have a weight, expected about 12", hits)
	}
}

// TestBatches scores many features at once and one at a time.
func TestBatches(t *testing.T) {
	weights := randomWeights(rand.New(rand.NewPCG(11, 12)), 90, 400)
	l := openWeights(t, 90, weights)
	var features []uint64
	for i := range 100 {
		features = append(features, mix(uint64(i*7%500)+1))
	}
	together, alone := make([]int32, 90), make([]int32, 90)
	l.Score(features, together)
	for i := range features {
		l.Score(features[i:i+1], alone)
	}
	if !slices.Equal(together, alone) {
		t.Error("a batch scores otherwise than its features one by one")
	}
}

// TestWeighIsScoreListByList puts the borders of lists everywhere, also where batches end and where lists are empty.
func TestWeighIsScoreListByList(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	l := openWeights(t, 90, randomWeights(r, 90, 400))
	for range 200 {
		var features []uint64
		var ends []int32
		var rows, want [][]int32
		for range 1 + r.IntN(6) {
			list := make([]uint64, r.IntN(50))
			for i := range list {
				list[i] = mix(uint64(r.IntN(500)) + 1)
			}
			features = append(features, list...)
			ends = append(ends, int32(len(features)))
			rows, want = append(rows, make([]int32, 90)), append(want, make([]int32, 90))
			l.Score(list, want[len(want)-1])
		}
		l.Weigh(features, ends, rows)
		for i := range want {
			if !slices.Equal(rows[i], want[i]) {
				t.Fatalf("lists ending at %v: list %d scores otherwise than alone", ends, i)
			}
		}
	}
}

// TestLevels checks that a wide range of weights keeps its proportions.
func TestLevels(t *testing.T) {
	weights := map[uint64][]float32{}
	for i := range 150 {
		weights[mix(uint64(i)+1)] = []float32{float32(i*i) / 100, 0}
	}
	l := openWeights(t, 2, weights)
	for f, want := range weights {
		got := make([]int32, 2)
		l.Score([]uint64{f}, got)
		if value := float32(got[0]) * l.Scale(); value < want[0]*0.9-0.02 || value > want[0]*1.1+0.02 {
			t.Errorf("the weight %v came back as %v", want[0], value)
		}
	}
}

func TestLinearBytesRepeat(t *testing.T) {
	weights := randomWeights(rand.New(rand.NewPCG(5, 6)), 9, 500)
	var first []byte
	for i := range 3 {
		b := NewBuilder("test", nil)
		if err := AddLinear(b, "x", classNames(9), weights); err != nil {
			t.Fatal(err)
		}
		body, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = body
		} else if string(body) != string(first) {
			t.Fatal("the same weights gave other bytes")
		}
	}
}

func TestScoreDoesNotAllocate(t *testing.T) {
	weights := randomWeights(rand.New(rand.NewPCG(7, 8)), 100, 500)
	l := openWeights(t, 100, weights)
	features := []uint64{mix(1), mix(2), mix(3), 12345}
	scores := make([]int32, 100)
	if n := testing.AllocsPerRun(100, func() { l.Score(features, scores) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParse(f *testing.F) {
	b := NewBuilder("test", map[string]string{"a": "b"})
	b.Add("x", []byte("body"))
	body, err := b.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(body))
	f.Fuzz(func(t *testing.T, data string) {
		file, err := Parse(data)
		if err != nil {
			return
		}
		if _, err := file.Section("x"); err == nil {
			_, _ = OpenLinear(file, "x") // must not panic
		}
	})
}

func BenchmarkLinearScore(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 10))
	l := openWeights(b, 100, randomWeights(r, 100, 400000))
	features := make([]uint64, 1<<14)
	for i := range features {
		if i%2 == 0 {
			features[i] = mix(uint64(r.IntN(400000)) + 1)
		} else {
			features[i] = r.Uint64()
		}
	}
	scores := make([]int32, 100)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		at := n * 64 % len(features)
		l.Score(features[at:at+64], scores)
		n++
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n)/64, "ns/feature")
}
