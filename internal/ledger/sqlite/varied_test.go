package sqlite

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"annals/internal/civil"
	"annals/internal/pipeline"
	"annals/record"
)

// baseRecords are what the variations start from: the records of the file that $ANNALS_RECORDS names (the output of
// annals read --jsonl), or that of the example story.
func baseRecords(tb testing.TB) []*record.Record {
	tb.Helper()
	if path := os.Getenv("ANNALS_RECORDS"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		var out []*record.Record
		for in := json.NewDecoder(bufio.NewReader(f)); in.More(); {
			r := new(record.Record)
			if err := in.Decode(r); err != nil {
				tb.Fatal(err)
			}
			out = append(out, r)
		}
		return out
	}
	text, err := os.ReadFile("../../../examples/arms-for-syria.txt")
	if err != nil {
		tb.Fatal(err)
	}
	reader, err := pipeline.New()
	if err != nil {
		tb.Fatal(err)
	}
	d, err := reader.Annotate(pipeline.Article{Text: string(text), Publisher: "Example Wire", Date: civil.Of(2012, 11, 5)})
	if err != nil {
		tb.Fatal(err)
	}
	return []*record.Record{reader.Record(d)}
}

// states stand in the place of those of a base record. The first are the busiest, as in the news.
var states = strings.Fields("USA RUS SYR CHN IRN ISR TUR GBR FRA DEU IRQ UKR PRK KOR JPN SAU EGY LBY PAK IND AFG YEM QAT JOR LBN SDN SSD NGA MLI SOM ETH KEN COD RWA VEN COL MEX BRA CUB POL HUN GRC ITA ESP SWE FIN ARM AZE GEO")

// variations makes any number of different records out of a few: other days, other states, other words, other ids. As in
// the news, some tell again what another told before, as another agency has it: with other words, with figures of their
// own, with a denial; and some print an agency's story as it is. The same seed gives the same records.
type variations struct {
	base  []*record.Record
	words []string // in the order in which they are met: the early ones are drawn often
	rng   *rand.Rand
	zipf  *rand.Zipf
	made  int
	plots []plot // of late, to be told again
}

// plot is what two tellings of one story share.
type plot struct {
	base      *record.Record
	day       string
	countries map[string]string // in the place of those of the base
	salt      uint64            // of the ids of its propositions
	told      int               // how often
}

// Of a hundred stories, so many tell again one of the latest, and of these so many are copies; of the claims of those that
// are no copies, so many are denials, and of their counts of victims so many are others.
const (
	retold, ofLate        = 25, 200
	asCopies              = 10
	deniedNow, countedNow = 8, 40
)

// agencies stand in the place of that of a base record.
var agencies = strings.Fields("Reuters AFP Xinhua TASS ANSA EFE Kyodo Yonhap")

func newVariations(base []*record.Record, seed uint64) *variations {
	v := &variations{base: base, rng: rand.New(rand.NewPCG(seed, 1))}
	seen := map[string]bool{}
	for _, r := range base {
		for _, word := range strings.FieldsFunc(r.Article.Text, func(c rune) bool { return !unicode.IsLetter(c) }) {
			if len(word) >= 4 && unicode.IsLower(rune(word[0])) && !seen[word] {
				seen[word] = true
				v.words = append(v.words, word)
			}
		}
	}
	v.zipf = rand.NewZipf(v.rng, 1.1, 8, uint64(len(v.words)-1))
	return v
}

// state draws a country.
func (v *variations) state() string {
	return states[min(int(v.rng.ExpFloat64()*float64(len(states))/4), len(states)-1)]
}

// next is a record that nobody has seen. It passes record.Check.
func (v *variations) next() *record.Record {
	v.made++
	p := v.plot()
	copies := p.told > 1 && v.rng.IntN(100) < asCopies
	r := *p.base
	moved := v.reword(&r, agencies[(p.told-1)%len(agencies)], copies)
	shift := func(s *record.Span) { s.Start, s.End = moved[s.Start], moved[s.End] }
	r.Article.Date = p.day
	r.Article.Name = fmt.Sprintf("story-%d", v.made)
	rename := v.actors(&r, p.countries)
	propositions := v.propositions(&r, rename, p)
	r.Amounts, r.Casualties = append([]record.Amount(nil), r.Amounts...), append([]record.Casualty(nil), r.Casualties...)
	for i := range r.Amounts {
		shift(&r.Amounts[i].Evidence)
	}
	for i := range r.Casualties {
		shift(&r.Casualties[i].Evidence)
	}
	text := []rune(r.Article.Text)
	r.Claims = append([]record.Claim(nil), r.Claims...)
	for i := range r.Claims {
		c := &r.Claims[i]
		c.ID, c.Proposition, c.Reported = fmt.Sprintf("c%016x", v.rng.Uint64()), propositions[c.Proposition], p.day
		c.Said = record.Time{From: p.day, To: p.day, Source: "document"}
		shift(&c.Sentence)
		c.Chain = append([]string(nil), c.Chain...)
		for j := range c.Chain {
			c.Chain[j] = rename[c.Chain[j]]
		}
		c.Evidence = append([]record.Evidence(nil), c.Evidence...)
		for j := range c.Evidence {
			e := &c.Evidence[j]
			e.Start, e.End = moved[e.Start], moved[e.End]
			quote(e, text)
		}
	}
	if p.told > 1 && !copies {
		v.differ(&r)
	}
	return &r
}

// plot is a new one, or one of the latest once more.
func (v *variations) plot() *plot {
	if len(v.plots) > 0 && v.rng.IntN(100) < retold {
		p := &v.plots[v.rng.IntN(len(v.plots))]
		p.told++
		return p
	}
	p := plot{base: v.base[v.rng.IntN(len(v.base))], countries: map[string]string{}, salt: v.rng.Uint64N(8), told: 1,
		day: time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, v.rng.IntN(3*365)).Format(time.DateOnly)}
	if len(v.plots) < ofLate {
		v.plots = append(v.plots, p)
		return &v.plots[len(v.plots)-1]
	}
	at := v.made % ofLate
	v.plots[at] = p
	return &v.plots[at]
}

// differ makes a record deny some of what it asserts, in the name of those who are said to have done it, and count otherwise.
func (v *variations) differ(r *record.Record) {
	for i := range r.Casualties {
		if n := &r.Casualties[i]; n.Low == n.High && v.rng.IntN(100) < countedNow {
			n.Low += 2 + n.Low/3
			n.Number, n.High = n.Low, n.Low
		}
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		p := r.PropositionByID(c.Proposition)
		if !c.Realised || len(p.Actors) == 0 || p.Actors[0].Actor == "" || v.rng.IntN(100) >= deniedNow {
			continue
		}
		c.Act, c.Cue, c.Polarity, c.Modality, c.Value, c.Realised = "deny", "denied", "negative", "asserted", "CT-", false
		c.Chain = []string{p.Actors[0].Actor, c.Chain[len(c.Chain)-1]}
	}
}

// reword replaces a third of the longer words – none in a copy – and the agency, and tells where each code point has gone.
func (v *variations) reword(r *record.Record, agency string, copies bool) []int {
	old := []rune(r.Article.Text)
	var text []rune
	moved := make([]int, len(old)+1)
	for i := 0; i < len(old); {
		end := i
		for end < len(old) && unicode.IsLetter(old[end]) {
			end++
		}
		switch {
		case end == i:
			end = i + 1
			moved[i] = len(text)
			text = append(text, old[i])
		case string(old[i:end]) == agencies[0], !copies && end-i >= 4 && unicode.IsLower(old[i]) && v.rng.IntN(3) == 0:
			word := agency
			if unicode.IsLower(old[i]) {
				word = v.words[v.zipf.Uint64()]
			}
			for j := i; j < end; j++ {
				moved[j] = len(text)
			}
			text = append(text, []rune(word)...)
		default:
			for j := i; j < end; j++ {
				moved[j] = len(text)
				text = append(text, old[j])
			}
		}
		i = end
	}
	moved[len(old)] = len(text)
	text = append(text, []rune(fmt.Sprintf("\nStory %d.", v.made))...)
	r.Article.Text = string(text)
	r.Article.ID = record.ArticleID(r.Article.Text)
	sum := sha256.Sum256([]byte(r.Article.Text))
	r.Article.SHA256 = hex.EncodeToString(sum[:])
	return moved
}

// actors gives the record's actors other countries, one country always the same other one.
func (v *variations) actors(r *record.Record, countries map[string]string) (rename map[string]string) {
	rename = map[string]string{}
	r.Actors = append([]record.Actor(nil), r.Actors...)
	for i := range r.Actors {
		a := &r.Actors[i]
		id := a.ID
		if a.Country != "" {
			if countries[a.Country] == "" {
				countries[a.Country] = v.state()
			}
			a.Code = countries[a.Country] + strings.TrimPrefix(a.Code, a.Country)
			a.Country = countries[a.Country]
			a.ID += "-of-" + a.Country
		}
		for other, n := rename[id], 2; other == "" && taken(rename, a.ID); n++ {
			a.ID = fmt.Sprintf("%s-%d", a.ID, n)
		}
		rename[id] = a.ID
	}
	return rename
}

func taken(rename map[string]string, id string) bool {
	for _, to := range rename {
		if to == id {
			return true
		}
	}
	return false
}

// propositions gives the record's propositions the ids that their new content would have.
func (v *variations) propositions(r *record.Record, rename map[string]string, told *plot) map[string]string {
	ids := map[string]string{}
	r.Propositions = append([]record.Proposition(nil), r.Propositions...)
	for i := range r.Propositions {
		p := &r.Propositions[i]
		old := p.ID
		p.Actors, p.Recipients = renamed(p.Actors, rename), renamed(p.Recipients, rename)
		if p.Time.From != "" || p.Time.To != "" {
			p.Time.From, p.Time.To = told.day, told.day
		}
		sum := sha256.Sum256(fmt.Append(nil, old, p.Actors, p.Recipients, told.salt))
		p.ID = "p" + hex.EncodeToString(sum[:8])
		ids[old] = p.ID
	}
	return ids
}

func renamed(parties []record.Party, rename map[string]string) []record.Party {
	out := append([]record.Party(nil), parties...)
	for i := range out {
		if out[i].Actor != "" {
			out[i].Actor = rename[out[i].Actor]
		}
	}
	return out
}

func TestVariationsAreSound(t *testing.T) {
	v, w := newVariations(baseRecords(t), 7), newVariations(baseRecords(t), 7)
	seen := map[string]bool{}
	for range 50 {
		r := v.next()
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		if seen[r.Article.ID] {
			t.Fatal("the same article twice")
		}
		seen[r.Article.ID] = true
		if again := w.next(); again.Article.ID != r.Article.ID || again.Claims[0].ID != r.Claims[0].ID {
			t.Fatal("the same seed gave another record")
		}
	}
}
