package entity

import (
	"strings"
	"testing"

	"annals/internal/doc"
)

func TestMarkedPhrase(t *testing.T) {
	for _, c := range []struct{ name, parse, mention, want string }{
		{"a count is a quantity of its own", `
			Seven seven NUM 3 nummod
			mortar mortar NOUN 3 compound
			teams team NOUN 4 nsubj Number=Plur
			fired fire VERB 0 root`, "Seven mortar teams", "mortar teams"},
		{"a count after an article stays", `
			The the DET 3 det
			two two NUM 3 nummod
			leaders leader NOUN 4 nsubj Number=Plur
			met meet VERB 0 root`, "The two leaders", "The two leaders"},
		{"of belongs to the phrase, in does not", `
			Members member NOUN 7 nsubj Number=Plur
			of of ADP 4 case
			the the DET 4 det
			tribe tribe NOUN 1 nmod
			in in ADP 6 case
			exile exile NOUN 1 nmod
			returned return VERB 0 root`, "Members of the tribe in exile", "Members of the tribe"},
	} {
		d := parsed(t, c.parse)
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		found := false
		for _, m := range d.Mentions {
			if d.Slice(m.Span) == c.mention {
				found = true
				if got := d.Slice(m.Phrase); got != c.want {
					t.Errorf("%s: got %q, want %q", c.name, got, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%s: no mention %q", c.name, c.mention)
		}
	}
}

func TestTitlesOfNames(t *testing.T) {
	d := parsed(t, `
		The the DET 3 det
		Turkish Turkish ADJ 3 amod
		Minister minister NOUN 9 nsubj
		, , PUNCT 6 punct
		Gen Gen PROPN 7 compound
		. . PUNCT 5 punct
		Ali Ali PROPN 3 appos
		Demir Demir PROPN 7 flat
		left leave VERB 0 root`)
	m := doc.Mention{First: 6, Last: 8, Head: 6, Kind: doc.NameMention}
	if first, last := markedPhrase(d, &m); first != 4 || last != 8 {
		t.Errorf("the phrase of the name is tokens %d to %d, want 4 to 8", first, last)
	}
}

// TestStretches shows which words the tagger looks at: those beside a capital or a number, bridges between them, and
// words it knows nothing of.
func TestStretches(t *testing.T) {
	s := untrained(t)
	s.clusters = openClusters(string(WriteClusters([]Cluster{{"ministry", 1, 1, 1}, {"of", 1, 1, 1}, {"the", 1, 1, 1}, {"said", 1, 1, 1},
		{"that", 1, 1, 1}, {"talks", 1, 1, 1}, {"would", 1, 1, 1}, {"resume", 1, 1, 1}, {"soon", 1, 1, 1}, {"with", 1, 1, 1}, {"ultra", 1, 1, 1}, {"and", 1, 1, 1}})))
	for text, want := range map[string]string{
		"the talks would resume soon":                     "",
		"talks with the Ministry of the Sea would resume": "the Ministry of the Sea would",
		"that would resume with ultra - Orthodox and":     "ultra - Orthodox and",
		"the talks with jihadists would resume":           "jihadists",
		"THE TALKS WOULD RESUME":                          "THE TALKS WOULD RESUME",
	} {
		d := randomDoc(text, 1)
		w := newScratch()
		s.read(d, w)
		var got []string
		for first, last := w.stretch(d.Sentences[0], 0); first < last; first, last = w.stretch(d.Sentences[0], last) {
			for i := first; i < last; i++ {
				got = append(got, d.Tokens[i].Form)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: the tagger looks at %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

func TestRuns(t *testing.T) {
	s := untrained(t)
	d := randomDoc("Talks with the Ministry of Health and Welfare in Cairo ended .", 1)
	w := newScratch()
	s.read(d, w)
	outer, inner := w.runs[w.words[4].outer], w.words[4].inner
	if outer.first != 3 || outer.last != 10 || inner != noRun {
		t.Errorf("the run around \"of\" is tokens %d to %d with the inner run %d", outer.first, outer.last, inner)
	}
	if r := w.runs[w.words[5].inner]; r.first != 5 || r.last != 6 || r.position(5) != 3 {
		t.Errorf("the inner run of \"Health\" is tokens %d to %d", r.first, r.last)
	}
	if w.words[10].outer != noRun {
		t.Error("a word written small opens no run")
	}
}

func TestPlacesOfTheGazetteer(t *testing.T) {
	s := untrained(t)
	d := randomDoc("from New Delhi to Aleppo and Xyzzyville", 1)
	w := newScratch()
	s.read(d, w)
	position := func(i int) uint64 { return w.words[i].place & 3 }
	if w.words[1].place == 0 || position(1) != 0 || position(2) != 2 || w.words[1].place>>2 != w.words[2].place>>2 {
		t.Errorf("New Delhi has the codes %d %d", w.words[1].place, w.words[2].place)
	}
	if w.words[4].place == 0 || position(4) != 3 {
		t.Errorf("Aleppo has the code %d", w.words[4].place)
	}
	if w.words[0].place != 0 || w.words[6].place != 0 {
		t.Error("a preposition or an unknown name is a place")
	}
}

func TestImpersonal(t *testing.T) {
	s := untrained(t)
	tells := strings.Repeat("The town lies on the river and was founded by monks . ", 8)
	for text, want := range map[string]bool{
		tells:                          true,
		tells + "said said today":      false,
		"The town lies on the river .": false, // too short to tell
	} {
		d := randomDoc(text, 1)
		w := newScratch()
		s.read(d, w)
		if w.plain != want {
			t.Errorf("%q: impersonal is %v", text[:20], w.plain)
		}
	}
}
