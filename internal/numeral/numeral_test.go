package numeral

import (
	"fmt"
	"strings"
	"testing"

	"annals/internal/doc/doctest"
)

func read(s *Scanner, text string) string {
	d := doctest.Plain(text)
	var out []string
	for _, item := range s.Scan(d, 0, int32(len(d.Tokens)), nil) {
		switch item.Kind {
		case Cardinal:
			out = append(out, fmt.Sprintf("%g", item.Value))
		case Ordinal:
			out = append(out, fmt.Sprintf("%gth", item.Value))
		default:
			out = append(out, d.Slice(item.Span))
		}
	}
	return strings.Join(out, " ")
}

func TestScan(t *testing.T) {
	s := NewScanner([]string{"million", "week"})
	for _, c := range []struct{ text, want string }{
		{"32,000 people", "32000 people"},
		{"2.5 million people", "2.5e+06 people"},
		{"half a million dollars", "500000 dollars"},
		{"half a dozen tanks", "6 tanks"},
		{"two dozen men", "24 men"},
		{"a dozen men and a half", "12 men and a half"},
		{"a man", "a man"},
		{"twenty-two men", "22 men"},
		{"twenty two men", "22 men"},
		{"the twenty-first century", "the 21th century"},
		{"21st and 22nd", "21th and 22th"},
		{"two hundred and five", "205"},
		{"two thousand three hundred and forty-one", "2341"},
		{"a hundred and two thousand men", "102000 men"},
		{"one and a half million", "1.5e+06"},
		{"a million and a half", "1.5e+06"},
		{"two and a half years", "2.5 years"},
		{"10 1/2 miles", "10.5 miles"},
		{"2½ miles", "2.5 miles"},
		{"1/4 mile", "0.25 mile"},
		{"1/2/2012", "1 / 2 / 2012"},
		{"5 December 2012", "5 December 2012"},
		{"at 10 a.m. on the 3rd", "at 10 a.m. on the 3th"},
		{"1,2,3", "1 , 2 , 3"},
		{"a five-million-dollar deal", "a 5e+06 - dollar deal"},
		{"nineteen ninety-seven", "19 97"},
		{"2 crore rupees", "2e+07 rupees"},
		{"ten or fifteen", "10 or 15"},
		{"three hundred", "300"},
		{"THIRTY-FIVE SOLDIERS", "35 SOLDIERS"},
		{"one hundred million", "1e+08"},
		{"1990s", "1990 s"},
		{"3-5 million", "3 - 5e+06"},
	} {
		if got := read(s, c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestVocabulary(t *testing.T) {
	s := NewScanner([]string{"week", "a.m."})
	d := doctest.Plain("A Week at 9 a.m. passed")
	items := s.Scan(d, 0, int32(len(d.Tokens)), nil)
	got := ""
	for _, i := range items {
		got += s.Name(i.Word) + "|"
	}
	if got != "|week|||a.m.||" {
		t.Errorf("got %q", got)
	}
}

func FuzzScan(f *testing.F) {
	s := NewScanner([]string{"week"})
	f.Add("half a million and 2 1/2, 1/2/3 twenty-first")
	f.Add("½ – ’99 1,000,00 a.m. o'clock hundred and")
	f.Fuzz(func(t *testing.T, text string) {
		d := doctest.Plain(text)
		end := int32(0)
		for _, item := range s.Scan(d, 0, int32(len(d.Tokens)), nil) {
			if item.Start < end || item.End <= item.Start || item.First < 0 || item.Last <= item.First || int(item.Last) > len(d.Tokens) {
				t.Fatalf("item %+v after byte %d of %q", item, end, text)
			}
			end = item.End
		}
	})
}

func BenchmarkScan(b *testing.B) {
	s := NewScanner([]string{"week"})
	d := doctest.Plain(strings.Repeat("About 32,000 people have been killed in twenty months, officials said on Monday after the talks. ", 100))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	var items []Item
	for b.Loop() {
		items = s.Scan(d, 0, int32(len(d.Tokens)), items[:0])
	}
}
