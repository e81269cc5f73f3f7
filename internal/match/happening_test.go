package match

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// raid is a telling of an air raid on a town, by one source.
func raid(article, source, sentence string, change func(*Telling)) Telling {
	t := Telling{
		Article: article, Proposition: "p" + article, Type: "ASSAULT", Mode: "aerial", First: 41000, Last: 41000, Dated: true, Reported: 41000,
		Recipients: []Who{{Class: "civilian", Head: "people"}}, Place: &Spot{ID: 7, Name: "Velm", Lat: 10, Lon: 20, Country: "ARV"},
		Story:  bag("Raid on the market of Velm", nil),
		Voices: []Voice{{Claim: "c" + article, Source: source, Stance: Asserts, Words: bag(sentence, nil)}},
	}
	if change != nil {
		change(&t)
	}
	return t
}

const market = "Jets bombed the crowded fish market of Velm, rescuers said."

func count1(low, high int64) func(*Telling) {
	return func(t *Telling) {
		t.Voices[0].Figures = []Figure{{Effect: "DEATH", Of: "people", Low: low, High: high}}
	}
}

func helps(kind, mode string, actors []Who, stance int) func(*Telling) {
	return func(t *Telling) {
		t.Type, t.Mode, t.Actors = kind, mode, actors
		t.Voices[0].Stance, t.Voices[0].Denies = stance, stance == Denies
	}
}

// A toll that is raised is a step on the way.
func TestRisingTolls(t *testing.T) {
	for sentence, want := range map[string]bool{
		"Television raised the death toll of the blast, saying 22 died.": true, "The toll has since risen to 22.": true, "The ministry put the toll at 22.": false, "Smoke rose over 22 bodies.": false,
	} {
		if rising.MatchString(sentence) != want {
			t.Errorf("%q: rising is %v", sentence, !want)
		}
	}
}

// TestPlacesWithoutPoint: two places that no table knows do not lie near each other, nor far from one that is known.
func TestPlacesWithoutPoint(t *testing.T) {
	velm, known := Spot{Name: "Velm", Country: "ARV"}, Spot{ID: 7, Name: "Ostra", Lat: 14, Lon: 20, Country: "ARV"}
	for name, c := range map[string]struct {
		other Spot
		want  float64
	}{
		"the same name":             {velm, placeSame},
		"another name":              {Spot{Name: "Ostra", Country: "ARV"}, 0},
		"one that is known":         {known, 0},
		"the name in another place": {Spot{Name: "Velm", Country: "BOR"}, 0},
	} {
		var s sum
		if s.place(&velm, &c.other); s.total != c.want {
			t.Errorf("%s: %v, want %v", name, s.total, c.want)
		}
	}
}

func TestScoreOfOneHappening(t *testing.T) {
	m, err := NewMatcher()
	if err != nil {
		t.Fatal(err)
	}
	first := raid("a", "x", market, nil)
	for name, c := range map[string]struct {
		change func(*Telling)
		one    bool
	}{
		"told again":          {nil, true},
		"another town":        {func(t *Telling) { t.Place = &Spot{ID: 8, Name: "Ostra", Lat: 14, Lon: 20, Country: "ARV"} }, false},
		"a suburb":            {func(t *Telling) { t.Place = &Spot{ID: 9, Name: "Old Velm", Lat: 10.1, Lon: 20, Country: "ARV"} }, true},
		"six days later":      {func(t *Telling) { t.First, t.Last = 41006, 41006 }, false},
		"the next day":        {func(t *Telling) { t.First, t.Last = 41001, 41001 }, true},
		"another culprit":     {func(t *Telling) { t.Actors = []Who{{ID: "velm-front", Class: "insurgent", Country: "ARV"}} }, true},
		"a family of its own": {func(t *Telling) { t.Type = "AID" }, false},
		"soldiers, by the road": {func(t *Telling) {
			t.Recipients = []Who{{Class: "state"}}
			t.Mode = "explosives"
			t.Voices[0].Words = nil
		}, false},
	} {
		second := raid("b", "y", "A fish market was bombed from the air on Monday.", c.change)
		score, reasons := m.Score(&first, &second)
		if (score >= LinkScore) != c.one {
			t.Errorf("%s: score %v from %v, want one happening: %v", name, score, reasons, c.one)
		}
	}
}

func TestDisputeRules(t *testing.T) {
	m, err := NewMatcher()
	if err != nil {
		t.Fatal(err)
	}
	state := []Who{{ID: "arvania-army", Class: "state", Country: "ARV"}}
	other := []Who{{ID: "ostra-army", Class: "state", Country: "OST"}}
	for name, c := range map[string]struct {
		a, b func(*Telling)
		want string
	}{
		"other figures":                 {count1(31, 31), count1(12, 12), FigureDispute},
		"bounds that fit":               {count1(31, 31), count1(12, -1), ""},
		"more than 19 and 19":           {count1(19, 19), count1(20, -1), ""},
		"a part of the dead":            {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Figures[0].Part = true }, ""},
		"over a longer time":            {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Figures[0].Sum = true }, ""},
		"soldiers and people":           {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Figures[0].Of = "state" }, ""},
		"a rising toll":                 {count1(12, 12), func(t *Telling) { count1(31, 31)(t); t.Reported++ }, ""},
		"a later, smaller toll":         {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Reported++ }, FigureDispute},
		"the story's own sum":           {func(t *Telling) { count1(31, 31)(t); t.Voices[0].Own = true }, func(t *Telling) { count1(12, 12)(t); t.Article = "a"; t.Voices[0].Refers = true }, ""},
		"less in the story's own voice": {func(t *Telling) { count1(12, 12)(t); t.Voices[0].Own = true }, func(t *Telling) { count1(31, 31)(t); t.Article = "a"; t.Voices[0].Refers = true }, FigureDispute},
		"a step of a toll":              {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Figures[0].Rising = true }, ""},
		"a toll above its step":         {count1(12, 12), func(t *Telling) { count1(31, 31)(t); t.Voices[0].Figures[0].Rising = true }, FigureDispute},
		"help that is denied":           {helps("AID", "food", state, Asserts), helps("AID", "food", state, Denies), DeniedDispute},
		"other help":                    {helps("AID", "food", state, Asserts), helps("AID", "money", state, Denies), ""},
		"help of somebody":              {helps("AID", "food", nil, Asserts), helps("AID", "food", state, Denies), ""},
		"told aside":                    {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Aside = true }, ""},
		"one source twice":              {count1(31, 31), func(t *Telling) { count1(12, 12)(t); t.Voices[0].Source = "x" }, ""},
		"two states":                    {func(t *Telling) { t.Actors = state; t.Place = nil }, func(t *Telling) { t.Actors = other; t.Place = nil }, ""},
		"two armies at one place":       {func(t *Telling) { t.Actors = state }, func(t *Telling) { t.Actors = other }, CulpritDispute},
		"a fight of both":               {func(t *Telling) { t.Actors = state; t.Mutual = true }, func(t *Telling) { t.Actors = other }, ""},
		"denied by the accused": {func(t *Telling) { t.Actors = state },
			func(t *Telling) { t.Actors = state; t.Voices[0].Stance, t.Voices[0].Denies = Denies, true }, DeniedDispute},
		"another is cleared": {func(t *Telling) { t.Actors = state },
			func(t *Telling) { t.Actors = other; t.Voices[0].Stance, t.Voices[0].Denies = Denies, true }, ""},
	} {
		sentence := market
		if name == "two states" { // nothing but the kind agrees
			sentence = "A raid was reported from the coast."
		}
		a, b := raid("a", "x", market, c.a), raid("b", "y", sentence, c.b)
		got := ""
		if found := m.Disputes([]*Telling{&a, &b}); len(found) > 0 {
			got = found[0].Kind
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Whatever two tellings are, their score is the same either way round, and the groups do not depend on the order.
func TestScoresAreSymmetricAndGroupsOrderless(t *testing.T) {
	m, err := NewMatcher()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(rt, "n")
		var all []Telling
		for i := range n {
			all = append(all, raid(string(rune('a'+i)), "s", rapid.SampledFrom([]string{market, "The fish market of Velm was hit.", "A harbour burned."}).Draw(rt, "sentence"), func(t *Telling) {
				t.Reported += rapid.IntRange(0, 4).Draw(rt, "reported")
				t.First, t.Last = t.Reported, t.Reported
				if low := rapid.Int64Range(0, 40).Draw(rt, "low"); low > 0 {
					count1(low, low+rapid.Int64Range(0, 9).Draw(rt, "more"))(t)
				}
				if rapid.Bool().Draw(rt, "elsewhere") {
					t.Place = &Spot{ID: 8, Name: "Ostra", Lat: 14, Lon: 20}
				}
			}))
		}
		x, _ := m.Score(&all[0], &all[1])
		y, _ := m.Score(&all[1], &all[0])
		if x != y || math.IsNaN(x) {
			rt.Fatalf("%v one way, %v the other", x, y)
		}
		names := func(tellings []Telling) []string {
			var out []string
			roots := Roots(m.Happenings(tellings))
			for i := range tellings {
				out = append(out, tellings[i].Article+" of "+tellings[roots[i]].Article)
			}
			slices.Sort(out)
			return out
		}
		forward := names(all)
		slices.Reverse(all)
		if backward := names(all); !slices.Equal(forward, backward) {
			rt.Fatalf("%v forwards, %v backwards", forward, backward)
		}
	})
}

func TestWordsKeepTheirForm(t *testing.T) {
	words := bag("The army of Arvania bombed Velm on Monday, killing 31 people", []string{"arvan"})
	text, err := words.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var back Words
	if err := back.UnmarshalText(text); err != nil || !slices.Equal(words, back) {
		t.Errorf("%v came back as %v (%v)", words, back, err)
	}
	if err := back.UnmarshalText([]byte("ab")); err == nil {
		t.Error("half a word was read")
	}
}

func BenchmarkScore(b *testing.B) {
	m, err := NewMatcher()
	if err != nil {
		b.Fatal(err)
	}
	x, y := raid("a", "x", market, count1(31, 31)), raid("b", "y", market, count1(12, 12))
	for b.Loop() {
		m.Score(&x, &y)
	}
}
