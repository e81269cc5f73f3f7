package match

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"annals/internal/civil"
)

const (
	veto = "Russia and China vetoed a draft resolution of the Security Council on the war in Arvania on Tuesday, diplomats said. The draft would have condemned the shelling of the port of Velm."
	late = "Moscow and Beijing blocked a Security Council draft that would have condemned the shelling of Velm, a port of Arvania. Diplomats said the two vetoed the resolution on Tuesday."
	corn = "Farmers in the plains of Ostra expect a poor harvest of corn after a summer without rain, the agriculture ministry said. Prices of feed have doubled since June."
	feed = "The price of feed has doubled in Ostra, where farmers fear for the corn harvest after months without rain, according to the ministry of agriculture."
	poll = "Voters in Kalvia choose a parliament on Sunday; the ruling party leads the opposition by three points in the latest survey of the institute Demos."
)

func stories(texts ...string) []Story {
	var out []Story
	for _, t := range texts {
		out = append(out, Story{Text: t})
	}
	return out
}

func TestClusterJoinsStoriesOnOneHappening(t *testing.T) {
	got := Cluster(stories(veto, corn, late, poll, feed), DefaultSettings)
	if want := []int{0, 1, 0, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestClusterKeepsFarDatesApart(t *testing.T) {
	s := stories(veto, late, corn, poll)
	s[0].Date, s[1].Date = civil.Of(2011, 10, 4), civil.Of(2012, 2, 4)
	if got := Cluster(s, DefaultSettings); got[0] == got[1] {
		t.Error("two vetoes four months apart were taken for one")
	}
}

func TestDuplicates(t *testing.T) {
	long := strings.Repeat(veto+" "+corn+" ", 3)
	d := NewDuplicates()
	var got []string
	for _, text := range []string{long, strings.ToUpper(long), long + " " + poll, corn, feed, long[:len(long)/2]} {
		reason := "-"
		if links := d.Add(text); len(links) > 0 {
			reason = links[0].Reason
		}
		got = append(got, reason)
	}
	if want := []string{"-", "same-text", "same-opening", "-", "-", "same-opening"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDuplicatesOfShortTexts(t *testing.T) {
	d := NewDuplicates()
	for i, text := range []string{"", "", "Go.", "go", "…"} {
		links := d.Add(text)
		if (len(links) > 0) != (i == 3) {
			t.Errorf("%q: %v", text, links)
		}
	}
}

// Whatever the texts are, groups are numbered from 0 without gaps, and a story and its copy are never parted.
func TestClusterProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.SampledFrom([]string{veto, late, corn, feed, poll, "", "a b c"}), 1, 12).Draw(t, "texts")
		got := Cluster(stories(texts...), DefaultSettings)
		next := 0
		for i, g := range got {
			if g > next {
				t.Fatalf("group %d before group %d", g, next)
			}
			next = max(next, g+1)
			for j := range i {
				if texts[i] == texts[j] && len(texts[i]) > 20 && got[i] != got[j] && len(slices.Compact(slices.Sorted(slices.Values(texts)))) > 1 {
					t.Fatalf("stories %d and %d are the same text in two groups", i, j)
				}
			}
		}
	})
}

func FuzzDuplicates(f *testing.F) {
	f.Add(veto, late)
	f.Fuzz(func(t *testing.T, a, b string) {
		d := NewDuplicates()
		d.Add(a)
		for _, l := range d.Add(b) {
			if l.Overlap < 0 || l.Overlap > 1 || l.Inside < l.Overlap {
				t.Fatalf("overlap %v, inside %v", l.Overlap, l.Inside)
			}
		}
	})
}

func BenchmarkDuplicates(b *testing.B) {
	d := NewDuplicates()
	text := strings.Repeat(veto+" "+corn+" ", 4)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d.Add(text)
		d.filed = make(map[uint64][]int32)
	}
}
