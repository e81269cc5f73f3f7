package linear

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"annals/data"
	"annals/internal/model"
)

func dictionaryOf(words []string, kinds []uint8) *Dictionary {
	slots := WriteDictionary(words, kinds)
	return &Dictionary{size: uint64(len(slots) / dictionarySlot), slots: string(slots)}
}

func (d *Dictionary) of(word string) uint64 { return d.kinds([]byte(word), hashBytes([]byte(word))) }

func TestDictionaryKinds(t *testing.T) {
	d := dictionaryOf([]string{"big", "carry", "gentle", "gun", "late", "march", "smith", "stop", "wage"},
		[]uint8{KindAdjective, KindVerb, KindAdjective, KindNoun, KindAdjective, KindNoun | KindVerb | KindName, KindNoun | KindSurname, KindVerb, KindNoun | KindVerb})
	for word, want := range map[string]uint64{
		"gun":         uint64(KindNoun),
		"guns":        kindPlural,
		"marches":     kindPlural | kindThird,
		"carries":     kindThird,
		"carried":     kindPast,
		"stopped":     kindPast,
		"stopping":    kindGerund,
		"waged":       kindPast,
		"waging":      kindGerund,
		"bigger":      kindComparative,
		"latest":      kindSuperlative,
		"gently":      kindManner,
		"smith":       uint64(KindNoun | KindSurname),
		"machine-gun": uint64(KindNoun) | kindCompound,
		"war-waging":  kindGerund | kindCompound,
		"gunned-":     0,
		"rebel":       0,
		"s":           0,
		"ed":          0,
		"":            0,
		"-":           0,
		"gun" + string(make([]byte, LongestEntry)): 0,
	} {
		if want != 0 {
			want |= kindKnown
		}
		if got := d.of(word); got != want {
			t.Errorf("%q has the kinds %b, want %b", word, got, want)
		}
	}
}

// TestDictionaryRoundTrip finds every entry again, and few of the words that are none.
func TestDictionaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfDistinct(rapid.StringMatching(`[b-k]{2,10}`), rapid.ID).Draw(r, "words")
		kinds := make([]uint8, len(words))
		for i := range kinds {
			kinds[i] = rapid.Uint8Range(1, 127).Draw(r, "kinds")
		}
		d := dictionaryOf(words, kinds)
		for i, w := range words {
			if got := d.entry(hashBytes([]byte(w))); got != kinds[i] {
				r.Errorf("%s came back as %b, want %b", w, got, kinds[i])
			}
		}
	})
}

// shipped is the dictionary in the binary.
func shipped(t testing.TB) *Dictionary {
	t.Helper()
	f, err := model.Embedded("dictionary")
	if err != nil {
		t.Fatal(err)
	}
	d, err := OpenDictionary(f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDictionaryKnowsTheNews asks the shipped dictionary for words that the treebanks hardly hold.
func TestDictionaryKnowsTheNews(t *testing.T) {
	d := shipped(t)
	for word, want := range map[string]uint64{
		"howitzers": kindPlural, "mortar": uint64(KindNoun), "interdicted": kindPast, "defusing": kindGerund, "warily": uint64(KindAdverb),
		"tbilisi": uint64(KindName), "gonzalez": uint64(KindSurname), "rebecca": uint64(KindGiven),
	} {
		if got := d.of(word); got&want == 0 {
			t.Errorf("%s has the kinds %b, want %b among them", word, got, want)
		}
	}
}

// TestIrregularVerbs finds every form of data/irregular_verbs.tsv in the shipped dictionary and one of them in each example.
func TestIrregularVerbs(t *testing.T) {
	d := shipped(t)
	table, err := data.Read("irregular_verbs")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table.Rows {
		past, participle, example := row[2], row[3], row[4]
		for _, form := range []string{past, participle} {
			if d.of(form)&kindPast == 0 {
				t.Errorf("%s: the dictionary does not know %s as a past; run go run ./train dictionary", row[0], form)
			}
		}
		if !strings.Contains(example, past) && !strings.Contains(example, participle) {
			t.Errorf("%s: the example has neither %s nor %s", row[0], past, participle)
		}
	}
}

func FuzzDictionary(f *testing.F) {
	d := dictionaryOf([]string{"gun", "stop"}, []uint8{KindNoun, KindVerb})
	for _, seed := range []string{"guns", "stopped", "a-b-", "--", "é", "iest", "ss-es"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, word []byte) {
		if got := d.kinds(word, hashBytes(word)); got != 0 && got&kindKnown == 0 {
			t.Errorf("%q has the kinds %b without the mark of the dictionary", word, got)
		}
	})
}

func BenchmarkDictionary(b *testing.B) {
	d := dictionaryOf([]string{"gun", "stop"}, []uint8{KindNoun, KindVerb})
	word := []byte("stopping")
	hash := hashBytes(word)
	for b.Loop() {
		d.kinds(word, hash)
	}
}
