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

// variations makes any number of different records out of a few: other days, other states, other words, other ids.
// The same seed gives the same records.
type variations struct {
	base  []*record.Record
	words []string // in the order in which they are met: the early ones are drawn often
	rng   *rand.Rand
	zipf  *rand.Zipf
	made  int
}

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
	r := *v.base[v.rng.IntN(len(v.base))]
	moved := v.reword(&r)
	shift := func(s *record.Span) { s.Start, s.End = moved[s.Start], moved[s.End] }
	day := time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, v.rng.IntN(3*365)).Format(time.DateOnly)
	r.Article.Date = day
	r.Article.Name = fmt.Sprintf("story-%d", v.made)
	rename := v.actors(&r)
	propositions := v.propositions(&r, rename, day)
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
		c.ID, c.Proposition, c.Reported = fmt.Sprintf("c%016x", v.rng.Uint64()), propositions[c.Proposition], day
		c.Said = record.Time{From: day, To: day, Source: "document"}
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
	return &r
}

// reword replaces a third of the longer words and tells where each code point has gone.
func (v *variations) reword(r *record.Record) []int {
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
		case end-i >= 4 && unicode.IsLower(old[i]) && v.rng.IntN(3) == 0:
			for j := i; j < end; j++ {
				moved[j] = len(text)
			}
			text = append(text, []rune(v.words[v.zipf.Uint64()])...)
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
func (v *variations) actors(r *record.Record) (rename map[string]string) {
	rename = map[string]string{}
	countries := map[string]string{}
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
func (v *variations) propositions(r *record.Record, rename map[string]string, day string) map[string]string {
	ids := map[string]string{}
	r.Propositions = append([]record.Proposition(nil), r.Propositions...)
	for i := range r.Propositions {
		p := &r.Propositions[i]
		old := p.ID
		p.Actors, p.Recipients = renamed(p.Actors, rename), renamed(p.Recipients, rename)
		if p.Time.From != "" || p.Time.To != "" {
			p.Time.From, p.Time.To = day, day
		}
		sum := sha256.Sum256(fmt.Append(nil, old, p.Actors, p.Recipients, v.rng.IntN(8)))
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
