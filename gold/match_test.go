package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/match"
)

// article is a line of the news corpora.
type article struct {
	ID, Title, Text, Date, Cluster string
}

// articles reads a gzipped file of JSON lines.
func articles(t testing.TB, path string) []article {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []article
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), 64<<20)
	for lines.Scan() {
		var a article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAccuracyClusters measures B-cubed F (Bagga and Baldwin 1998) of stories grouped by happening, at one setting.
func TestAccuracyClusters(t *testing.T) {
	stories := map[string][]match.Story{}
	want := map[string][]string{}
	for _, a := range articles(t, shared(t, "data", "news", "clusters_dev.jsonl.gz")) {
		set, _, _ := strings.Cut(a.Cluster, "/")
		date, _ := civil.Parse(a.Date) // some have none
		stories[set] = append(stories[set], match.Story{ID: a.ID, Title: a.Title, Text: a.Text, Date: date})
		want[set] = append(want[set], a.Cluster)
	}
	for set, least := range map[string]float64{"wn": 86, "ecb": 83} {
		floor(t, "clusters "+set+", B-cubed F", 100*bCubed(match.Cluster(stories[set], match.DefaultSettings), want[set]), least)
	}
}

func bCubed(got []int, want []string) float64 {
	var precision, recall float64
	for i := range got {
		var both, system, gold float64
		for j := range got {
			s, g := got[i] == got[j], want[i] == want[j]
			if s {
				system++
			}
			if g {
				gold++
			}
			if s && g {
				both++
			}
		}
		precision += both / system
		recall += both / gold
	}
	precision, recall = precision/float64(len(got)), recall/float64(len(got))
	return 2 * precision * recall / (precision + recall)
}

// TestAccuracyDuplicates measures near-duplicates in an archive of 1987. Gold: stories whose first 400 characters after
// the dateline were seen before; every one must be found. Precision: of the links found, the share whose texts really overlap – half of the
// shorter text's words stand in the other in order – which is computed apart from the shingles that found them.
func TestAccuracyDuplicates(t *testing.T) {
	all := articles(t, shared(t, "data", "news", "reuters21578.jsonl.gz"))
	index := match.NewDuplicates()
	seen := map[string]bool{}
	var repeats, found, links, right float64
	for _, a := range all {
		_, opening, ok := strings.Cut(a.Text, " - ")
		if !ok {
			opening = a.Text
		}
		opening = opening[:min(len(opening), 400)]
		got := index.Add(a.Text)
		if seen[opening] {
			repeats++
			if len(got) > 0 {
				found++
			}
		}
		seen[opening] = true
		for _, l := range got {
			links++
			if commonWords(all[l.A].Text, all[l.B].Text) >= 0.5 {
				right++
			}
		}
	}
	t.Logf("%d stories, %.0f exact repeats, %.0f links", len(all), repeats, links)
	floor(t, "exact repeats found, per cent", 100*found/repeats, 100)
	floor(t, "links between texts that overlap, per cent", 100*right/links, 98)
}

// commonWords is the longest common subsequence of the words of two texts, as a share of the shorter.
func commonWords(a, b string) float64 {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for i := range x {
		diagonal := 0
		for j := range y {
			above := row[j+1]
			if x[i] == y[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return float64(row[len(y)]) / float64(min(len(x), len(y)))
}
