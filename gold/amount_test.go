package gold

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/amount"
	"annals/internal/doc"
	"annals/internal/weapon"
)

// amountStages are the stages up to quantities and casualties.
func amountStages(t testing.TB) []stage {
	t.Helper()
	amounts, err := amount.New()
	if err != nil {
		t.Fatal(err)
	}
	return append(timeStages(t), amounts)
}

type predictedQuantity struct {
	Value          string `json:"value"`
	Unit           string `json:"unit"`
	NormalizedUnit string `json:"normalized_unit"`
	Change         string `json:"change"`
}

type predictedCasualty struct {
	Effect string `json:"effect"`
	Number *int64 `json:"number,omitempty"`
	Low    *int64 `json:"low,omitempty"`
	High   *int64 `json:"high,omitempty"`
}

// predictAmounts writes what the stages find in a corpus of quantities or of casualties.
func predictAmounts(t *testing.T, gold string) string {
	t.Helper()
	stages := amountStages(t)
	path := filepath.Join(t.TempDir(), "pred.jsonl")
	if kept := os.Getenv("ANNALS_KEEP"); kept != "" {
		path = filepath.Join(kept, strings.TrimSuffix(filepath.Base(gold), ".jsonl.gz")+".pred.jsonl")
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	jsonLines(t, gold, func(line []byte) {
		var in struct {
			ID    string `json:"id"`
			DocID string `json:"doc_id"`
			Text  string `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			t.Fatal(err)
		}
		d := through(t, stages, in.Text, "")
		prediction := map[string]any{"id": in.ID, "quantities": quantitiesOf(d)}
		if in.DocID != "" {
			prediction = map[string]any{"doc_id": in.DocID, "casualties": casualtiesOf(d)}
		}
		if err := encoder.Encode(prediction); err != nil {
			t.Fatal(err)
		}
	})
	return path
}

func quantitiesOf(d *doc.Doc) []predictedQuantity {
	out := []predictedQuantity{}
	for _, q := range d.Quantities {
		value := q.Value
		if value == "" {
			value = strconv.FormatFloat(q.Low, 'f', -1, 64) + "-" + strconv.FormatFloat(q.High, 'f', -1, 64)
		}
		if low, high, isRange := strings.Cut(value, "-"); isRange && low != "" && q.Bound == "range" {
			value = decimal(low) + "-" + decimal(high)
		}
		out = append(out, predictedQuantity{value, q.Unit, q.NormalizedUnit, q.Change})
	}
	return out
}

// decimal writes a number as the corpus writes the ends of its ranges, which the scorer compares as strings: "15.0".
func decimal(number string) string {
	if strings.Contains(number, ".") {
		return number
	}
	return number + ".0"
}

// casualtiesOf leaves subsets out: the corpus counts victims, not groups of victims.
func casualtiesOf(d *doc.Doc) []predictedCasualty {
	out := []predictedCasualty{}
	for _, k := range d.Casualties {
		if k.Effect != "DEATH" && k.Effect != "INJURY" || k.SubsetOf != doc.None || k.Number == 0 {
			continue
		}
		c := predictedCasualty{Effect: k.Effect, Low: &k.Low}
		if k.Number >= 0 {
			c.Number = &k.Number
		}
		if k.High >= 0 {
			c.High = &k.High
		}
		out = append(out, c)
	}
	return out
}

var scoreLine = regexp.MustCompile(`(?m)^(\S+(?: number)?)\s+P\s+([\d.]+) R\s+([\d.]+) F1\s+([\d.]+)`)

// amountScores runs the scorer of quantities, which prints a line a measure.
func amountScores(t *testing.T, gold, pred string) map[string]float64 {
	t.Helper()
	scores := map[string]float64{}
	for _, m := range scoreLine.FindAllStringSubmatch(string(run(t, "score_quantity.py", gold, pred)), -1) {
		value, err := strconv.ParseFloat(m[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		scores[m[1]] = value
	}
	return scores
}

func TestAccuracyQuantities(t *testing.T) {
	for _, c := range []struct {
		corpus              string
		value, change, unit float64 // floors
	}{
		{"newsquant_dev", 91, 84.5, 60},
		{"recognizers_currency_dev", 81, 66, 50},
		{"recognizers_dimension_dev", 87, 76, 62},
	} {
		t.Run(c.corpus, func(t *testing.T) {
			gold := shared(t, "data", "quantities", c.corpus+".jsonl.gz")
			scores := amountScores(t, gold, predictAmounts(t, gold))
			floor(t, c.corpus+" value F1", scores["value"], c.value)
			floor(t, c.corpus+" value+change F1", scores["value+change"], c.change)
			floor(t, c.corpus+" value+unit F1", scores["value+unit"], c.unit)
		})
	}
}

func TestAccuracyCasualties(t *testing.T) {
	gold := shared(t, "data", "quantities", "muc_casualties_dev.jsonl.gz")
	scores := amountScores(t, gold, predictAmounts(t, gold))
	floor(t, "MUC casualties interval F1", scores["interval"], 44.5)
	floor(t, "MUC casualties exact number F1", scores["exact number"], 44.5)
}

// effectNames maps the words of the table of phrases to effects.
var effectNames = map[string]string{"killed": "DEATH", "wounded": "INJURY", "displaced": "DISPLACED", "detained": "DETAINED"}

// TestAccuracyQuantityPhrases reads a table of phrases: text, kind, low, high, best, bound, unit, effect; kind "-" where
// nothing must be found.
func TestAccuracyQuantityPhrases(t *testing.T) {
	stages := amountStages(t)
	amounts := stages[len(stages)-1].(*amount.Stage)
	weapons, err := weapon.New()
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	tableRows(t, shared(t, "data", "quantities", "phrases.tsv"), func(cells []string) {
		for len(cells) < 8 {
			cells = append(cells, "")
		}
		d := through(t, stages, cells[0], "2012-11-05")
		all++
		ok := false
		switch cells[1] {
		case "-":
			ok = len(d.Quantities) == 0
		case "casualty":
			for _, k := range d.Casualties {
				ok = ok || sameCasualty(&k, cells)
			}
		case "weapon":
			hits := weapons.Find(d, 0, int32(len(d.Tokens)))
			ok = len(hits) > 0 && strings.HasPrefix(cells[6], hits[0].Register) && strings.HasSuffix(cells[6], hits[0].SIPRI) || cells[6] == "VII(a)/air defence" && len(hits) > 0 && hits[0].SIPRI == "air defence systems"
			ok = ok && (cells[2] == "" || len(d.Quantities) > 0 && sameBounds(d.Quantities[0].Low, d.Quantities[0].High, cells))
		default:
			for _, q := range d.Quantities {
				factor := 1.0
				if _, f, has := amounts.Base(q.NormalizedUnit); has {
					factor = f
				}
				ok = ok || q.Kind == cells[1] && sameBounds(q.Low*factor, q.High*factor, cells) && q.Bound == cells[5] && (cells[1] != "money" || q.Currency == cells[6])
			}
		}
		if ok {
			right++
			return
		}
		t.Logf("%q: want %q", cells[0], cells[1:])
		for _, q := range d.Quantities {
			t.Logf("    quantity %q %+v", d.Slice(q.Span), q)
		}
		for _, k := range d.Casualties {
			t.Logf("    casualty %q %+v", d.Slice(k.Span), k)
		}
	})
	floor(t, "quantity phrases right", float64(right), float64(all))
}

// sameBounds compares an interval with the cells low and high, where an empty cell is open.
func sameBounds(low, high float64, cells []string) bool {
	for i, v := range []float64{low, high} {
		if cells[2+i] == "" {
			continue
		}
		want, err := strconv.ParseFloat(cells[2+i], 64)
		if err != nil || math.Abs(v-want) > 1e-3*math.Max(1, math.Abs(want)) {
			return false
		}
	}
	return true
}

func sameCasualty(k *doc.Casualty, cells []string) bool {
	effect, mark, _ := strings.Cut(cells[7], "(")
	if k.Effect != effectNames[effect] || (mark == "subset)") != (k.SubsetOf != doc.None) || mark == "cumulative)" && k.Scope != "cumulative" {
		return false
	}
	return sameBounds(float64(k.Low), float64(k.High), cells)
}

// TestCasualtyTriggersReadTheirExamples reads the examples of data/amount_casualties.tsv with the shipped models.
func TestCasualtyTriggersReadTheirExamples(t *testing.T) {
	table, err := data.Read("amount_casualties")
	if err != nil {
		t.Fatal(err)
	}
	stages := amountStages(t)
	for _, row := range table.Rows {
		var got []string
		for _, k := range through(t, stages, row[4], "2012-11-05").Casualties {
			switch {
			case k.High < 0:
				got = append(got, fmt.Sprintf("%s %d-", k.Effect, k.Low))
			case k.Low != k.High:
				got = append(got, fmt.Sprintf("%s %d-%d", k.Effect, k.Low, k.High))
			default:
				got = append(got, fmt.Sprintf("%s %d", k.Effect, k.Low))
			}
		}
		if strings.Join(got, "; ") != row[5] {
			t.Errorf("%s: %q gives %q, want %q", row[0], row[4], strings.Join(got, "; "), row[5])
		}
	}
}

// TestCasualtyReadings are turns of phrase that need the parse.
func TestCasualtyReadings(t *testing.T) {
	stages := amountStages(t)
	for _, c := range []struct{ text, want string }{
		{"Nobody was killed when the roof fell.", "DEATH 0 incident"},
		{"The rebels threatened to kill five hostages.", ""},
		{"The pilot was not injured.", ""},
		{"Some 9,000 people have been killed since the revolt began.", "DEATH 9000 cumulative"},
		{"Gunmen killed two officers on Monday, police said.", "DEATH 2 incident"},
		{"A nurse was killed and six others wounded in the blast.", "DEATH 1 incident; INJURY 6 incident"},
		{"The blast killed 13 people, including four children.", "DEATH 13 incident; DEATH 4 incident subset"},
		{"The raid killed 80 people. The dead included six women.", "DEATH 80 incident; DEATH 6 incident subset"},
		{"Among the injured were two French nuns.", "INJURY 2 incident"},
		{"Nine farmers lost their lives when gunmen attacked a village.", "DEATH 9 incident"},
		{"A suicide bomber took the lives of seven policemen.", "DEATH 7 incident"},
		{"The number of dead climbed to 61.", "DEATH 61 incident"},
		{"The new drug saved 14 lives, doctors said.", ""},
	} {
		var got []string
		for _, k := range through(t, stages, c.text, "2012-11-05").Casualties {
			s := fmt.Sprintf("%s %d %s", k.Effect, k.Number, k.Scope)
			if k.SubsetOf != doc.None {
				s += " subset"
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%q gives %q, want %q", c.text, strings.Join(got, "; "), c.want)
		}
	}
}

// BenchmarkTimesAndAmounts measures the two stages on news that has its syntax already.
func BenchmarkTimesAndAmounts(b *testing.B) {
	stages := amountStages(b)
	var docs []*doc.Doc
	size := 0
	jsonLines(b, shared(b, "data", "news", "isot_reuters.jsonl.gz"), func(line []byte) {
		if len(docs) == 100 {
			return
		}
		var in struct {
			Text string `json:"text"`
			Date string `json:"date"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			b.Fatal(err)
		}
		docs = append(docs, through(b, stages, in.Text, in.Date))
		size += len(in.Text)
	})
	for i, name := range []string{"when", "amount"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					if err := stages[2+i].Annotate(d); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
