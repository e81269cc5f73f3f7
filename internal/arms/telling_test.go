package arms_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/arms"
	"annals/internal/civil"
	"annals/internal/pipeline"
	"annals/record"

	"pgregory.net/rapid"
)

func newTeller(t testing.TB) *arms.Teller {
	t.Helper()
	teller, err := arms.NewTeller()
	if err != nil {
		t.Fatal(err)
	}
	return teller
}

func newReader(t testing.TB) *pipeline.Reader {
	t.Helper()
	reader, err := pipeline.New()
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func read(t testing.TB, reader *pipeline.Reader, text string) *record.Record {
	t.Helper()
	d, err := reader.Annotate(pipeline.Article{Text: text, Date: civil.Of(2013, 5, 3)})
	if err != nil {
		t.Fatal(err)
	}
	return reader.Record(d)
}

// words is "supplier > recipient status".
func words(m *arms.Telling) string {
	codes := func(sides []arms.Side) string {
		var out []string
		for _, s := range sides {
			out = append(out, s.Country)
		}
		return strings.Join(out, ",")
	}
	return codes(m.Suppliers) + " > " + codes(m.Recipients) + " " + m.Status
}

// Every row of the table finds its example.
func TestTellingExamples(t *testing.T) {
	table, err := data.Read("arms_tellings")
	if err != nil {
		t.Fatal(err)
	}
	example, err := table.Column("example")
	if err != nil {
		t.Fatal(err)
	}
	want, err := table.Column("want")
	if err != nil {
		t.Fatal(err)
	}
	teller, reader := newTeller(t), newReader(t)
	for i, row := range table.Rows {
		var got []string
		list := teller.Tellings(read(t, reader, row[example]))
		for j := range list {
			got = append(got, strings.Join(strings.Fields(words(&list[j])), " "))
		}
		if row[want] == "" && len(got) == 0 {
			continue
		}
		if !slices.Contains(got, strings.Join(strings.Fields(row[want]), " ")) {
			t.Errorf("line %d: %q gives %q, want %q", table.Lines[i], row[example], got, row[want])
		}
	}
}

func TestTellings(t *testing.T) {
	teller, reader := newTeller(t), newReader(t)
	for text, want := range map[string]string{
		"Norway refused to sell frigates to Chile, the ministry said.":                "NOR > CHL refused",
		"Saudi Arabia has ordered 12 attack helicopters from the United States.":      "USA > SAU ordered",
		"Israel said Iran had supplied missiles to Lebanon.":                          "IRN > LBN delivered",
		"The general ordered missile strikes on the town on Monday.":                  "",
		"Turkey dispatched 30 fully equipped ambulances to Nepal.":                    "",
		"Militants seized rifles and mortars in the town of Gao on Monday.":           "",
		"Peru's defence ministry sent 12 tanks to Peru's northern army on Friday.":    "",
		"Turkey sent tents and food to Nepal.":                                        "",
		"France and Germany held talks on military cooperation in Paris on Thursday.": "",
	} {
		list := teller.Tellings(read(t, reader, text))
		var got []string
		for i := range list {
			got = append(got, words(&list[i]))
		}
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestGoodsHaveTheirClasses(t *testing.T) {
	list := newTeller(t).Tellings(read(t, newReader(t), "India bought 36 Rafale fighter jets from France for $8 billion last year."))
	if len(list) != 1 || len(list[0].Goods) != 1 || list[0].Goods[0] != (arms.Goods{Text: "36 Rafale fighter jets", Category: "combat aircraft", Register: "IV", SIPRI: "aircraft", Number: "36"}) {
		t.Errorf("goods: %+v", list)
	}
	if len(list) != 1 || len(list[0].Value) != 1 || list[0].Value[0].Value != "8000000000" || list[0].From != "2012-01-01" {
		t.Errorf("value: %+v", list)
	}
}

// tellings are drawn from a small world, so that some of them meet.
func tellings(t *rapid.T) []arms.Telling {
	side := rapid.SampledFrom([]arms.Side{{Name: "Norway", Country: "NOR", Kind: "government"}, {Name: "Chile", Country: "CHL", Kind: "government"}, {Actor: "rebels", Name: "rebels", Kind: "non-state"}, {Name: "", Kind: "unknown"}})
	day := rapid.SampledFrom([]string{"", "2012-01-01", "2012-01-20", "2012-06-01", "2013-01-01"})
	n := 0
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) arms.Telling {
		n++
		m := arms.Telling{
			Claim: "c" + string(rune('a'+n)), Proposition: rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "proposition"), Article: rapid.SampledFrom([]string{"a1", "a2"}).Draw(t, "article"),
			Suppliers: rapid.SliceOfN(side, 0, 2).Draw(t, "suppliers"), Recipients: rapid.SliceOfN(side, 0, 2).Draw(t, "recipients"), Reported: day.Draw(t, "reported"),
			Modality: rapid.SampledFrom([]string{"asserted", "future"}).Draw(t, "modality"), From: day.Draw(t, "from"), Dated: rapid.Bool().Draw(t, "dated"),
			Goods: []arms.Goods{{Category: rapid.SampledFrom([]string{"unspecified", "battle tank", "combat aircraft"}).Draw(t, "category")}},
		}
		m.To = m.From
		return m
	}), 0, 12).Draw(t, "tellings")
}

// Every telling stands in a transfer of its parties, whole, and the order in which tellings come does not count.
func TestGroupLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := tellings(t)
		groups := arms.Group(list)
		seen := map[string]int{}
		for _, g := range groups {
			if len(g.Tellings) == 0 {
				t.Fatal("a transfer of which nobody tells")
			}
			for _, m := range g.Tellings {
				seen[m.Claim]++
			}
			if g.From > g.To {
				t.Fatalf("days %s … %s", g.From, g.To)
			}
		}
		for _, m := range list {
			if seen[m.Claim] == 0 {
				t.Fatalf("the claim %s is lost", m.Claim)
			}
		}
		ids := func(groups []arms.Transfer) string {
			var out strings.Builder
			for _, g := range groups {
				out.WriteString(g.ID + g.Supplier.Name + g.Recipient.Name)
				for _, m := range g.Tellings {
					out.WriteString(" " + m.Claim)
				}
				out.WriteString("\n")
			}
			return out.String()
		}
		turned := slices.Clone(list)
		slices.Reverse(turned)
		if a, b := ids(groups), ids(arms.Group(turned)); a != b {
			t.Fatalf("in another order:\n%s\n%s", a, b)
		}
	})
}

// No part that speaks of transfers says whether they were lawful in that word.
func TestNoWordOfVerdict(t *testing.T) {
	files := []string{"../cli/transfers.go", "../cli/embargo.go", "../serve/transfers.go", "../serve/ui/transfer.html", "../serve/ui/transfers.html", "../transfer/transfer.go"}
	own, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, own...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(?i)\b(il)?legal(ly)?\b`).Match(body) {
			t.Errorf("%s gives a verdict", file)
		}
	}
}
