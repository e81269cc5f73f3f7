package amount

import (
	"math"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/doc"
	"annals/internal/doc/doctest"
)

func stage(t testing.TB) *Stage {
	t.Helper()
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func annotate(t testing.TB, s *Stage, text string) *doc.Doc {
	t.Helper()
	d := doctest.Plain(text)
	if err := s.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestQuantities(t *testing.T) {
	s := stage(t)
	for _, c := range []struct {
		text      string
		kind      string
		low, high float64
		value     string
		bound     string
		unit      string // currency or normal unit
		change    string
	}{
		{"The deal is worth $1 billion.", "money", 1e9, 1e9, "1000000000", "eq", "USD", "="},
		{"The raid killed 7-8 civilians.", "count", 7, 8, "7-8", "range", "", "="},
		{"The deal is worth US$40 billion.", "money", 4e10, 4e10, "40000000000", "eq", "USD", "="},
		{"The deal is worth $1bn.", "money", 1e9, 1e9, "1000000000", "eq", "USD", "="},
		{"The deal is worth 2.3m euros.", "money", 2.3e6, 2.3e6, "2300000", "eq", "EUR", "="},
		{"The deal is worth £20.1 billion.", "money", 2.01e10, 2.01e10, "20100000000", "eq", "GBP", "="},
		{"The deal is worth A$5 million.", "money", 5e6, 5e6, "5000000", "eq", "AUD", "="},
		{"The deal is worth Rs 2 crore.", "money", 2e7, 2e7, "20000000", "eq", "INR", "="},
		{"The deal is worth 500 million roubles.", "money", 5e8, 5e8, "500000000", "eq", "RUB", "="},
		{"The deal is worth 30 million Syrian pounds.", "money", 3e7, 3e7, "30000000", "eq", "SYP", "="},
		{"The deal is worth 30 million Australian dollars.", "money", 3e7, 3e7, "30000000", "eq", "AUD", "="},
		{"The deal is worth half a billion dollars.", "money", 5e8, 5e8, "500000000", "eq", "USD", "="},
		{"The deal is worth several million dollars.", "money", 2e6, 9e6, "", "vague", "USD", "="},
		{"The deal is worth $3-5 million.", "money", 3e6, 5e6, "3000000-5000000", "range", "USD", "="},
		{"The fee is between 5% and 6%.", "percent", 5, 6, "5-6", "range", "percentage", "="},
		{"The fee went from 1 per cent to 1.5 per cent.", "percent", 1, 1.5, "1-1.5", "range", "percentage", "="},
		{"Exports fell 20 percent.", "percent", 20, 20, "20", "eq", "percentage", "down"},
		{"Exports rose by about 20 percent.", "percent", 20, 20, "20", "approx", "percentage", "up"},
		{"About 12 soldiers left.", "count", 12, 12, "12", "approx", "", "~"},
		{"More than 500 left.", "count", 501, 0, "500", "min", "", ">"},
		{"At least 12 soldiers left.", "count", 12, 0, "12", "min", "", ">"},
		{"Fewer than 12 soldiers left.", "count", 0, 11, "12", "max", "", "<"},
		{"Nearly 2.5 million left.", "count", 0, 2.5e6, "2500000", "max-approx", "", "~"},
		{"Between 20 and 30 men left.", "count", 20, 30, "20-30", "range", "", "="},
		{"It weighs 60 tonnes.", "mass", 60, 60, "60", "eq", "metric ton", "="},
		{"It lies 5 km away.", "length", 5, 5, "5", "eq", "kilometre", "="},
		{"The wall is 37m high.", "length", 37, 37, "37", "eq", "metre", "="},
		{"It covers 32m2 here.", "area", 32, 32, "32", "eq", "square metre", "="},
		{"A third of the army left.", "fraction", 1. / 3, 1. / 3, "0.3333333333333333", "eq", "", "="},
		{"Two-thirds of them left.", "fraction", 2. / 3, 2. / 3, "0.6666666666666666", "eq", "", "="},
		{"It was minus 40 degrees.", "angle", -40, -40, "-40", "eq", "degree", "="},
	} {
		d := annotate(t, s, c.text)
		if len(d.Quantities) != 1 {
			t.Errorf("%q: found %d quantities: %+v", c.text, len(d.Quantities), d.Quantities)
			continue
		}
		q := d.Quantities[0]
		unit := q.NormalizedUnit
		if q.Kind == "money" {
			unit = q.Currency
		}
		if q.Kind != c.kind || math.Abs(q.Low-c.low) > 1e-9*math.Abs(c.low) || math.Abs(q.High-c.high) > 1e-9*math.Abs(c.high) ||
			q.Value != c.value || q.Bound != c.bound || c.unit != "" && unit != c.unit || q.Change != c.change {
			t.Errorf("%q: got %s %g to %g, value %q, %s, unit %q, change %s", c.text, q.Kind, q.Low, q.High, q.Value, q.Bound, unit, q.Change)
		}
	}
}

func TestNoQuantities(t *testing.T) {
	s := stage(t)
	for _, text := range []string{
		"The F-16 and the A330 flew.", "Resolution no. 1973 passed.", "Category 4 was reached.", "No one left.", "He wore an iPhone 11 shirt.",
		"People died 07-08-2013 in Velm.", "The army killed 2013-08-07 in a raid.", "Velm, 31-08-2014 – Shells fell.",
	} {
		if d := annotate(t, s, text); len(d.Quantities) > 0 {
			t.Errorf("%q: found %+v", text, d.Quantities)
		}
	}
}

func TestEveryVagueCountAndBoundReadsItsExample(t *testing.T) {
	s := stage(t)
	for _, v := range s.tables.vagues {
		if d := annotate(t, s, "They saw "+v.example+"."); len(d.Quantities) != 1 || d.Quantities[0].Low != v.low || d.Quantities[0].High != v.high {
			t.Errorf("%q: got %+v, want %g to %g", v.example, d.Quantities, v.low, v.high)
		}
	}
	for _, b := range s.tables.bounds {
		if d := annotate(t, s, "They saw "+b.example+"."); len(d.Quantities) != 1 || d.Quantities[0].Bound != b.bound || d.Quantities[0].Value != "12" {
			t.Errorf("bound %s: %q gives %+v", b.id, b.example, d.Quantities)
		}
	}
}

func TestEveryUnitAndCurrencyIsRead(t *testing.T) {
	s := stage(t)
	units, err := data.Read("amount_units")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range units.Rows {
		word := data.List(row[1])[0]
		if strings.ContainsAny(word, "/°") || len(word) == 1 && word != "%" {
			continue
		}
		if d := annotate(t, s, "It was 12 "+word+" then."); len(d.Quantities) != 1 || d.Quantities[0].NormalizedUnit != row[0] {
			t.Errorf("unit %s: 12 %s gives %+v", row[0], word, d.Quantities)
		}
	}
	currencies, err := data.Read("amount_currencies")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range currencies.Rows {
		for _, sign := range data.List(row[2]) {
			if d := annotate(t, s, "It cost "+sign+"12 then."); len(d.Quantities) != 1 || d.Quantities[0].Currency != row[0] {
				t.Errorf("currency %s: %s12 gives %+v", row[0], sign, d.Quantities)
			}
		}
	}
}

func TestMoneyCodesAreISO(t *testing.T) {
	for _, c := range stage(t).tables.currencies {
		if len(c.code) != 3 || strings.ToUpper(c.code) != c.code {
			t.Errorf("%q is no ISO 4217 code", c.code)
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	s := stage(f)
	for _, text := range []string{"About $3-5 million, up 20% from 1/2 to 7 km (4 miles).", "US$ £ 5bn 10m2 half a dozen or so men", "from 30 mph to 45, minus-5 to 200", "a third of 0 %"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := annotate(t, s, text)
		again := annotate(t, s, text)
		end := int32(0)
		for i, q := range d.Quantities {
			if q != again.Quantities[i] {
				t.Fatalf("reading %q twice gives %+v and %+v", text, q, again.Quantities[i])
			}
			if q.Start < end || math.IsNaN(q.Low) || q.Kind == "" || q.Bound == "" {
				t.Fatalf("quantity %+v of %q after byte %d", q, text, end)
			}
			end = q.Start
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	s := stage(b)
	d := doctest.Plain(strings.Repeat("About 32,000 people have been killed since the revolt began, activists say, and trade fell 20 percent to $1.3 billion.\n", 200))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
}
