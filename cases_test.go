package annals_test

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals"
	"annals/record"
)

// want is the expectation file of a case; testdata/cases/README.md explains its keys.
type want struct {
	File  string `json:"file"`
	Date  string `json:"date"`
	Facts []fact `json:"facts"`
	Never []fact `json:"never"`
	Open  []fact `json:"open"`
	Slips []fact `json:"slips"`
	First int    `json:"first"`
}

type fact struct {
	About      string    `json:"about"`
	Type       anyOf     `json:"type"`
	Mode       string    `json:"mode"`
	CAMEO      string    `json:"cameo"`
	Actors     *[]string `json:"actors"`
	Recipients *[]string `json:"recipients"`
	Parties    *[]string `json:"parties"`
	Chain      []string  `json:"chain"`
	Act        anyOf     `json:"act"`
	Polarity   string    `json:"polarity"`
	Modality   anyOf     `json:"modality"`
	Tense      string    `json:"tense"`
	Status     string    `json:"status"`
	Realised   *bool     `json:"realised"`
	Historical *bool     `json:"historical"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Said       string    `json:"said"`
	Place      string    `json:"place"`
	Amount     string    `json:"amount"`
	Currency   string    `json:"currency"`
	Count      string    `json:"count"`
	Killed     int64     `json:"killed"`
	Injured    int64     `json:"injured"`
	Approx     bool      `json:"approx"`
	Scope      string    `json:"scope"`
	Item       string    `json:"item"`
	Condition  string    `json:"condition"`
	Basis      string    `json:"basis"`
	Anonymous  bool      `json:"anonymous"`
}

// anyOf is one string or a list of alternatives; empty fits everything.
type anyOf []string

func (a *anyOf) UnmarshalJSON(body []byte) error {
	var one string
	if json.Unmarshal(body, &one) == nil {
		*a = anyOf{one}
		return nil
	}
	return json.Unmarshal(body, (*[]string)(a))
}

func (a anyOf) fits(s string) bool { return len(a) == 0 || slices.Contains(a, s) }

func TestCases(t *testing.T) {
	reader, err := annals.Open()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("testdata/cases/*/want.json")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cases found (%v)", err)
	}
	for _, path := range folders {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) { runCase(t, reader, path) })
	}
}

func runCase(t *testing.T, reader *annals.Reader, path string) {
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var w want
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err != nil {
		t.Fatalf("reading %s: %v", path, err)
	}
	text, err := os.ReadFile(cmp.Or(w.File, filepath.Join(filepath.Dir(path), "article.txt")))
	if os.IsNotExist(err) {
		t.Skipf("skipped: the story %s is not here", w.File)
	} else if err != nil {
		t.Fatal(err)
	}
	rec, err := reader.Read(context.Background(), annals.Article{Text: string(text), Date: w.Date})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Facts {
		if f.meets(rec) == nil {
			t.Errorf("not learnt: %s", f.About)
		}
	}
	for _, f := range w.Open {
		if f.meets(rec) != nil {
			t.Errorf("learnt at last, move it to the facts: %s", f.About)
		}
		t.Logf("known gap: %s", f.About)
	}
	for _, f := range w.Never {
		if c := f.meets(rec); c != nil {
			t.Errorf("must not be said: %s (claim %s, %s)", f.About, c.ID, c.Rule)
		}
	}
	for _, f := range w.Slips {
		if f.meets(rec) == nil {
			t.Errorf("no longer said, move it to what must never be said: %s", f.About)
		}
		t.Logf("known slip: %s", f.About)
	}
	t.Logf("%d of %d facts (%d at first sight), %d of %d things that must not be said are", len(w.Facts),
		len(w.Facts)+len(w.Open), w.First, len(w.Slips), len(w.Never)+len(w.Slips))
}

// meets is the first claim that meets the fact, nil if none does.
func (f *fact) meets(rec *record.Record) *record.Claim {
	i := slices.IndexFunc(rec.Claims, func(c record.Claim) bool { return f.fits(rec, &c) })
	if i < 0 {
		return nil
	}
	return &rec.Claims[i]
}

// fits tells whether a claim meets every key that the fact gives.
func (f *fact) fits(rec *record.Record, c *record.Claim) bool {
	p := rec.PropositionByID(c.Proposition)
	same := func(want, got string) bool { return want == "" || want == got }
	is := func(want *bool, got bool) bool { return want == nil || *want == got }
	return f.Type.fits(p.Type) && same(f.Mode, p.Mode) && same(f.CAMEO, p.CAMEO) && f.Act.fits(c.Act) && f.Modality.fits(c.Modality) &&
		same(f.Polarity, c.Polarity) && same(f.Tense, c.Tense) && same(f.Status, c.Status) &&
		is(f.Realised, c.Realised) && is(f.Historical, c.Historical) &&
		fitsSide(rec, f.Actors, p.Actors) && fitsSide(rec, f.Recipients, p.Recipients) &&
		fitsSide(rec, f.Parties, slices.Concat(p.Actors, p.Recipients)) && f.fitsChain(rec, c) &&
		same(f.From, p.Time.From) && same(f.To, p.Time.To) && f.fitsSaid(c) && f.fitsPlace(rec, p) && f.fitsFigures(rec, p) &&
		f.fitsItem(p) && strings.Contains(c.Condition, f.Condition) && strings.Contains(c.Basis, f.Basis)
}

func fitsSide(rec *record.Record, want *[]string, got []record.Party) bool {
	if want == nil {
		return true
	}
	if len(*want) == 0 {
		return !slices.ContainsFunc(got, func(p record.Party) bool { return p.Actor != "" })
	}
	for _, w := range *want {
		if !slices.ContainsFunc(got, func(p record.Party) bool { return isParty(rec, w, p.Actor, p.Text) }) {
			return false
		}
	}
	return true
}

func isParty(rec *record.Record, want, id, text string) bool {
	low := strings.ToLower(want)
	if strings.Contains(strings.ToLower(text), low) || id != "" && strings.Contains(id, low) {
		return true
	}
	a := rec.ActorByID(id)
	return a != nil && (a.Code == want || a.Country == want)
}

func (f *fact) fitsChain(rec *record.Record, c *record.Claim) bool {
	if len(f.Chain) == 1 && f.Chain[0] == "own" {
		return len(c.Chain) == 1
	}
	if len(f.Chain) > 0 && len(c.Chain) <= len(f.Chain) {
		return false
	}
	for i, w := range f.Chain {
		if !isParty(rec, w, c.Chain[i], "") {
			return false
		}
	}
	if f.Anonymous {
		a := rec.ActorByID(c.Chain[0])
		return a != nil && a.Anonymous
	}
	return true
}

func (f *fact) fitsSaid(c *record.Claim) bool {
	return f.Said == "" || c.Said.From != "" && c.Said.From <= f.Said && f.Said <= c.Said.To
}

func (f *fact) fitsPlace(rec *record.Record, p *record.Proposition) bool {
	return f.Place == "" || p.Place != nil && rec.Places[*p.Place].Name == f.Place
}

func (f *fact) fitsFigures(rec *record.Record, p *record.Proposition) bool {
	if f.Amount != "" || f.Count != "" {
		found := slices.ContainsFunc(p.Amounts, func(i int) bool {
			a := rec.Amounts[i]
			return a.Value == cmp.Or(f.Amount, f.Count) && (f.Currency == "" || a.Currency == f.Currency)
		})
		if !found {
			return false
		}
	}
	return f.fitsToll(rec, p, "DEATH", f.Killed) && f.fitsToll(rec, p, "INJURY", f.Injured)
}

// fitsToll tells whether the proposition counts so many people hurt. "More than 400" is met by 400: its record counts from 401 on.
func (f *fact) fitsToll(rec *record.Record, p *record.Proposition, effect string, number int64) bool {
	return number == 0 || slices.ContainsFunc(p.Casualties, func(i int) bool {
		k := rec.Casualties[i]
		counts := k.Number == number || k.High < 0 && k.Low == number+1
		return k.Effect == effect && counts && k.Approx == f.Approx && (f.Scope == "" || k.Scope == f.Scope)
	})
}

func (f *fact) fitsItem(p *record.Proposition) bool {
	return f.Item == "" || slices.ContainsFunc(p.Items, func(i record.Item) bool { return strings.Contains(strings.ToLower(i.Text), f.Item) })
}
