package quote

import (
	"strings"
	"testing"
	"time"

	"annals/internal/doc"
	"annals/internal/model"
	"pgregory.net/rapid"
)

// quotesOf are the quotations of a text as strings, marks included.
func quotesOf(t testing.TB, r *reading, text string) []string {
	t.Helper()
	d := r.parse(t, text)
	var out []string
	for _, q := range readMarks(d) {
		out = append(out, d.Slice(q.Span))
	}
	return out
}

func TestMarks(t *testing.T) {
	r := newReading(t)
	for _, c := range []struct{ name, text, want string }{
		{"straight", `He said "go" and left.`, `"go"`},
		{"curly", `He said “go” and left.`, `“go”`},
		{"low", `He said „go” and left.`, `„go”`},
		{"angle", `He said «go» and left.`, `«go»`},
		{"TeX", "He said ``go'' and left.", "``go''"},
		{"nested single", `"She said 'go' to me," he said.`, `"She said 'go' to me,"|'go'`},
		{"double in single", `'She said "go" to me,' he said.`, `'She said "go" to me,'|"go"`},
		{"apostrophes", `The rebels' leader isn't from the '90s.`, ``},
		{"inches", `The wall is 6'2" high and the "gate" is lower.`, `"gate"`},
		{"unclosed at the end", `He said: "We will go.`, `"We will go.`},
		{"unclosed before another", `"We will go, he said. "They will stay."`, `"We will go, he said.|"They will stay."`},
		{"stray closing", `We will go,” he said.`, ``},
		{"two paragraphs", "\"We will go.\n\n\"They will stay,\" he said.", "\"We will go.|\"They will stay,\""},
		{"possessive inside single", `'The rebels' leader lied,' he said.`, `'The rebels' leader lied,'`},
	} {
		if got := strings.Join(quotesOf(t, r, c.text), "|"); got != c.want {
			t.Errorf("%s: quotations of %s are %s, expected %s", c.name, c.text, got, c.want)
		}
	}
}

// TestExamples: the table finds the cue of every row in the row's own example.
func TestExamples(t *testing.T) {
	r := newReading(t)
	rules := *r.quote
	rules.weights = nil
	failed := 0
	for i := range r.quote.cues.rows {
		row := &r.quote.cues.rows[i]
		found := false
		for _, stage := range [...]*Stage{&rules, r.quote} {
			d := r.parse(t, row.Example)
			if err := stage.Annotate(d); err != nil {
				t.Fatal(err)
			}
			for _, a := range d.Attributions {
				found = found || strings.Contains(a.Rule, row.ID) && (a.Act == row.Act && a.Value == row.Value || a.Act == "hearsay")
			}
		}
		if !found {
			failed++
			t.Logf("%s is not found in its example: %s", row.ID, row.Example)
		}
	}
	if total := len(r.quote.cues.rows); failed*20 > total {
		t.Errorf("%d of %d rows are not found in their own examples", failed, total)
	}
}

// checkAttributions states what holds of every reading.
func checkAttributions(t interface{ Errorf(string, ...any) }, d *doc.Doc) {
	if err := d.Check(); err != nil {
		t.Errorf("%v", err)
	}
	for i, a := range d.Attributions {
		if !acts[a.Act] || !values[a.Value] {
			t.Errorf("attribution %d has act %q and value %q", i, a.Act, a.Value)
		}
		if a.Confidence < 0 || a.Confidence > 1 {
			t.Errorf("attribution %d has the confidence %v", i, a.Confidence)
		}
		if len(a.Cue) == 0 || len(a.Content) == 0 && a.Act != "refuse" {
			t.Errorf("attribution %d has no cue or no content", i)
		}
		if a.Outer == doc.None {
			continue
		}
		if int(a.Outer) >= i {
			t.Errorf("attribution %d lies in %d, which does not stand before it", i, a.Outer)
			continue
		}
		for _, role := range [][]doc.Span{a.Source, a.Content} {
			for _, s := range role {
				if !heldBy(d.Attributions[a.Outer].Content, s) {
					t.Errorf("attribution %d leaves the content it lies in", i)
				}
			}
		}
	}
	for i, q := range d.Quotes {
		if q.Outer != doc.None && !d.Quotes[q.Outer].Contains(q.Span) {
			t.Errorf("quote %d leaves the one it lies in", i)
		}
	}
}

func heldBy(outer []doc.Span, s doc.Span) bool {
	for _, o := range outer {
		if o.Contains(s) {
			return true
		}
	}
	return false
}

func TestAnyWordsAndMarks(t *testing.T) {
	r := newReading(t)
	words := []string{"\"", "“", "”", "‘", "’", "'", "said", "says", "that", "the minister", "He", "denied", "quoted", "as saying", "by", "according to",
		"troops", "left", ",", ".", ":", "–", "\n\n", "reportedly", "told", "reporters", "who", "accused", "of", "arming", "them", "to"}
	rapid.Check(t, func(p *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(p, "words"), " ")
		d := r.parse(t, text)
		if err := r.quote.Annotate(d); err != nil {
			p.Fatal(err)
		}
		checkAttributions(p, d)
		again := r.parse(t, text)
		if err := r.quote.Annotate(again); err != nil {
			p.Fatal(err)
		}
		if describeAll(d) != describeAll(again) {
			p.Fatalf("two readings differ")
		}
	})
}

func FuzzAnnotate(f *testing.F) {
	r := newReading(f)
	f.Add(`"We will go," he said. "They" 'stay' “now.`)
	f.Add("Reporter: Why?\n\nMinister: Because.\n\n\"No.\" – Jane Roe")
	f.Add("X was quoted by Y as saying that Z reportedly denied W, according to V.")
	f.Fuzz(func(t *testing.T, text string) {
		d := r.parse(t, text)
		if err := r.quote.Annotate(d); err != nil {
			t.Fatal(err)
		}
		checkAttributions(t, d)
	})
}

// TestLongAndUnbalanced: the time grows with the text and not with its square.
func TestLongAndUnbalanced(t *testing.T) {
	r := newReading(t)
	for _, unit := range []string{"\"'a ", "“She said ", "'tis \" ", "The minister said \"no and ", "He said that "} {
		d := r.parse(t, strings.Repeat(unit, 50_000/len(strings.Fields(unit))))
		start := time.Now()
		if err := r.quote.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if spent := time.Since(start); spent > 20*time.Second {
			t.Errorf("%d words of %q took %v", len(d.Tokens), unit, spent)
		} else {
			t.Logf("%d words of %q took %v", len(d.Tokens), unit, spent)
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	r := newReading(b)
	text := strings.Repeat("The foreign minister told state television on Monday that the talks had failed. \"We do not take sides,\" he said. \"We never have.\"\n\n"+
		"Rebels hold the north of the country and two of its three ports. A spokesman for the army denied that shells had hit the school, adding that an inquiry was under way.\n\n"+
		"The price of wheat rose for a third week, according to the ministry, which blamed the drought. Trucks waited at the border for two days.\n\n", 20)
	d := r.parse(b, text)
	b.ReportAllocs()
	for b.Loop() {
		if err := r.quote.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}

// TestModelSaysWhereItCameFrom: the model file tells what it was trained on, how, and what it scored.
func TestModelSaysWhereItCameFrom(t *testing.T) {
	file, err := model.Embedded("quote")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"data", "licence", "seed", "command", "method", "held-out"} {
		if file.Meta[key] == "" {
			t.Errorf("the model quote does not say its %s", key)
		}
	}
}
