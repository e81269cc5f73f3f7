package onto

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func load(t testing.TB) *Ontology {
	t.Helper()
	o, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCounts(t *testing.T) {
	o := load(t)
	modes := 0
	for _, typ := range o.Types {
		modes += len(typ.Modes)
	}
	if len(o.Types) != 17 || modes != 67 || len(o.Contexts) != 37 {
		t.Errorf("%d types with STATEMENT, %d modes, %d contexts; want 17, 67, 37", len(o.Types), modes, len(o.Contexts))
	}
	if len(o.Codes) < 290 {
		t.Errorf("%d CAMEO codes", len(o.Codes))
	}
}

func TestScores(t *testing.T) {
	o := load(t)
	for _, c := range []struct {
		typ, mode string
		want      float64
		quad      int
	}{
		{"AID", "", 10, 2}, {"ASSAULT", "unconventional", -10, 4}, {"ASSAULT", "beat", -7.5, 4}, {"REQUEST", "assist", 0.5, 3},
		{"ACCUSE", "", -3, 3}, {"CONSULT", "visit", 4, 1}, {"PROTEST", "vandalize", -5, 4}, {"SANCTION", "expel", -5.5, 4}, {"STATEMENT", "", 0, 0},
	} {
		if got := o.Score(c.typ, c.mode); got != c.want || o.Quad(c.typ) != c.quad {
			t.Errorf("%s %s: score %v, quad %d", c.typ, c.mode, got, o.Quad(c.typ))
		}
	}
}

func TestNearest(t *testing.T) {
	o := load(t)
	for _, c := range []struct {
		typ, mode string
		contexts  []string
		want      string
	}{
		{"AID", "", []string{"military"}, "072"}, {"COOPERATE", "", []string{"military"}, "062"}, {"COOPERATE", "", nil, "060"},
		{"CONSULT", "", nil, "040"}, {"CONSULT", "visit", nil, "042"}, {"ACCUSE", "disapprove", nil, "110"},
		{"ASSAULT", "aerial", []string{"military"}, "195"}, {"ASSAULT", "suicide-attack", nil, "183"}, {"COERCE", "arrest", []string{"legal"}, "173"},
		{"AGREE", "", []string{"military"}, "0312"}, {"REJECT", "yield", []string{"diplomatic"}, "129"}, {"STATEMENT", "", nil, "010"},
		{"SANCTION", "discontinue", []string{"economic"}, "163"}, {"AID", "", []string{"human_security"}, "073"}, {"MOBILIZE", "troops", []string{"military"}, "152"},
		{"nothing", "", nil, ""},
	} {
		if got := o.Nearest(c.typ, c.mode, c.contexts); got != c.want {
			t.Errorf("%s %s %v: got %s, want %s", c.typ, c.mode, c.contexts, got, c.want)
		}
	}
}

func TestFromCAMEO(t *testing.T) {
	o := load(t)
	for code, want := range map[string]string{"190": "ASSAULT", "19": "ASSAULT", "0833": "CONCEDE", "0871": "RETREAT", "163": "SANCTION", "010": "STATEMENT",
		"192": "COERCE", "1712": "ASSAULT", "1999": "ASSAULT", "0211": "REQUEST"} {
		if got, _, _, ok := o.FromCAMEO(code); got != want || !ok {
			t.Errorf("%s: %s", code, got)
		}
	}
	if _, _, _, ok := o.FromCAMEO("99"); ok {
		t.Error("99 was read")
	}
}

// Every combination of the vocabulary has a nearest code, and that code is of the same type.
func TestNearestKeepsType(t *testing.T) {
	o := load(t)
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom(o.Types).Draw(t, "type")
		mode := ""
		if len(typ.Modes) > 0 {
			mode = rapid.SampledFrom(typ.Modes).Draw(t, "mode").Code
		}
		var contexts []string
		for _, c := range rapid.SliceOfN(rapid.SampledFrom(o.Contexts), 0, 3).Draw(t, "contexts") {
			contexts = append(contexts, c.Code)
		}
		code, ok := o.CAMEO(o.Nearest(typ.Code, mode, contexts))
		if !ok || code.Type != typ.Code {
			t.Fatalf("%s %s %v → %v", typ.Code, mode, contexts, code)
		}
	})
}

func TestCheck(t *testing.T) {
	o := load(t)
	if o.Check("AID", "", []string{"military"}) != nil || o.Check("AID", "drone", nil) == nil || o.Check("HELP", "", nil) == nil || o.Check("AID", "", []string{"x"}) == nil {
		t.Error("Check passes the wrong ones")
	}
	if !o.IsSector("GOV") || !o.IsSector("IGO") || o.IsSector("XXX") {
		t.Error("sectors")
	}
	if !slices.ContainsFunc(o.Sectors, func(s Sector) bool { return s.NonState }) {
		t.Error("no non-state codes")
	}
}
