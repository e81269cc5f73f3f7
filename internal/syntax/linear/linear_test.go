package linear

import (
	"slices"
	"strings"
	"testing"

	"annals/internal/doc"

	"pgregory.net/rapid"
)

func TestLemmaRulesMakeTheirLemma(t *testing.T) {
	for _, c := range [][2]string{{"went", "go"}, {"Went", "go"}, {"cities", "city"}, {"Syria", "Syria"}, {"RUNS", "run"}, {"été", "être"}, {"is", "be"}, {"x", ""}} {
		r := RuleFor(c[0], c[1])
		if got := string(r.Apply([]byte(c[0]), nil)); got != c[1] && c[1] != "" {
			t.Errorf("%s by %+v is %s, want %s", c[0], r, got, c[1])
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		form, lemma := rapid.StringMatching(`[a-zA-Zé]{1,8}`).Draw(r, "form"), rapid.StringMatching(`[a-zé]{1,8}`).Draw(r, "lemma")
		if got := string(RuleFor(form, lemma).Apply([]byte(form), nil)); got != lemma {
			r.Fatalf("%s became %s, want %s", form, got, lemma)
		}
	})
}

func TestLemmaTable(t *testing.T) {
	rules := map[uint64]int{}
	for i := range 500 {
		rules[hashBytes([]byte{byte(i), byte(i >> 8)})] = i % 7
	}
	slots := WriteLemmaTable(rules)
	l := &Lemmatiser{slots: string(slots), mask: uint32(len(slots)/lemmaSlot - 1)}
	for key, want := range rules {
		if got, ok := l.rule(key); !ok || got != want {
			t.Fatalf("rule %d, %v, want %d", got, ok, want)
		}
	}
	if _, ok := l.rule(12345); ok {
		t.Error("a strange key has a rule")
	}
}

func tokens(text string) []doc.Token {
	var out []doc.Token
	for _, form := range strings.Fields(text) {
		out = append(out, doc.Token{Form: form})
	}
	return out
}

func TestCaseOf(t *testing.T) {
	for text, want := range map[string]TextCase{
		"THE ARMY HAS REPORTED AN ATTACK":         Capitals,
		"Russia Says Arms Sales Continue":         Titles,
		"The army of Syria said on Monday it won": Usual,
		"NATO and the UN said":                    Usual,
		"12 , 13 .":                               Usual,
		"":                                        Usual,
		"Moscow Agrees to Sell Tanks to the Rebels": Titles,
	} {
		if got := CaseOf(tokens(text)); got != want {
			t.Errorf("%q is read as case %d, want %d", text, got, want)
		}
	}
}

func TestLexiconRoundTrip(t *testing.T) {
	entries := []Entry{{"army", 3, 2, HabitMixed, 9}, {"syria", 500, 60, HabitTitle, 0}, {"é", 1, 1, HabitLower, 1}}
	l := &Lexicon{dictionary: &Dictionary{}, slots: string(WriteLexicon(entries))}
	l.mask = uint32(len(l.slots)/lexiconSlot - 1)
	for _, e := range entries {
		got := l.entry(hashBytes([]byte(e.Lower)))
		if got.fine != uint64(e.Fine) || got.coarse != uint64(e.Coarse) || got.raw != e.Habit || got.kinds != uint64(e.Kinds) {
			t.Errorf("%s came back as %+v", e.Lower, got)
		}
	}
	if got := l.entry(hashBytes([]byte("rebels"))); got != (entry{}) {
		t.Errorf("an unknown word has the entry %+v", got)
	}
}

// TestAnyPathMakesATree takes random legal actions: whatever the weights say, the end is a tree with one root.
func TestAnyPathMakesATree(t *testing.T) {
	actions := NewActions([]string{"shift", "left nsubj", "left root", "right obj"})
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(r, "words")
		words := make([]Word, n, n+1)
		words = append(words, Root)
		m := &Machine{Actions: actions}
		heads, made := make([]int32, n), make([]Action, n)
		for i := range heads {
			heads[i] = None
		}
		state := m.Start(words)
		steps := 0
		for ; !m.Final(&state); steps++ {
			moves, fromRoot := m.Legal(&state)
			a := rapid.SampledFrom(actions.Choices(moves, fromRoot)).Draw(r, "action")
			m.record(&state, a, heads, made)
			state = m.Apply(&state, a)
		}
		if steps != 2*n {
			r.Fatalf("%d words took %d actions", n, steps)
		}
		roots := 0
		for i, h := range heads {
			if h == int32(n) {
				roots++
			}
			for up := 0; h != int32(n); up++ {
				if h == None || up > n {
					r.Fatalf("word %d has no way to the root: %v", i, heads)
				}
				h = heads[h]
			}
		}
		if roots != 1 {
			r.Fatalf("%d roots: %v", roots, heads)
		}
	})
}

// hashWeights gives every feature a weight of its own for one class.
type hashWeights int

func (n hashWeights) Weigh(features []uint64, ends []int32, rows [][]int32) {
	at := int32(0)
	for list, end := range ends {
		for ; at < end; at++ {
			rows[list][features[at]%uint64(n)] += int32(features[at] >> 40 % 1000)
		}
	}
}

// TestKeptScoresAreTheScores walks at random through parses of one sentence, as a beam does, and compares the scores
// put together from kept groups with those of all features.
func TestKeptScoresAreTheScores(t *testing.T) {
	actions := NewActions([]string{"shift", "left nsubj", "left root", "left det", "right obj", "right obl"})
	weights := hashWeights(len(actions.Moves))
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(r, "words")
		words := make([]Word, n, n+1)
		for i := range words {
			kind := rapid.Uint64Range(1, 4).Draw(r, "kind")
			words[i] = Word{Lower: kind, Tag: kind * 5, Fine: kind * 7, Coarse: kind % 2}
		}
		words = append(words, Root)
		m := &Machine{Actions: actions}
		var scorer Scorer[int32]
		scorer.Forget(len(actions.Moves))
		start := m.Start(words)
		for range rapid.IntRange(1, 6).Draw(r, "walks") {
			for state := start; !m.Final(&state); {
				want := make([]int32, len(actions.Moves))
				features := m.Features(&state, nil)
				weights.Weigh(features, []int32{int32(len(features))}, [][]int32{want})
				if got := scorer.Score(m, &state, weights); !slices.Equal(got, want) {
					r.Fatalf("kept scores are %v, those of all features %v", got, want)
				}
				moves, fromRoot := m.Legal(&state)
				state = m.Apply(&state, rapid.SampledFrom(actions.Choices(moves, fromRoot)).Draw(r, "action"))
			}
		}
	})
}
