package entity

import (
	"strings"
	"testing"

	"annals/data"
	"annals/internal/conllu"
	"annals/internal/doc"
	"annals/internal/lexicon"
	"annals/internal/model"
)

func untrained(t testing.TB) *Stage {
	t.Helper()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewUntrained(lex, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// parsed makes a document of one sentence from lines of "form lemma UPOS head relation [feats]".
func parsed(t testing.TB, lines string) *doc.Doc {
	t.Helper()
	var b strings.Builder
	n := 0
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		f := strings.Fields(line)
		feats := "_"
		if len(f) > 5 {
			feats = f[5]
		}
		n++
		b.WriteString(strings.Join([]string{itoa(n), f[0], f[1], f[2], "_", feats, f[3], f[4], "_", "_"}, "\t") + "\n")
	}
	docs, err := conllu.Read(strings.NewReader(b.String() + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

func TestNominalsAndPronouns(t *testing.T) {
	for _, c := range []struct{ name, parse, want string }{
		{"a phrase keeps what identifies and drops the relative clause", `
			A a DET 2 det
			spokesman spokesman NOUN 9 nsubj
			for for ADP 5 case
			the the DET 5 det
			ministry ministry NOUN 2 nmod
			who who PRON 7 nsubj PronType=Rel
			resigned resign VERB 2 acl:relcl
			has have AUX 9 aux
			returned return VERB 0 root`, "A spokesman for the ministry/PER the ministry/ORG who/PER"},
		{"several people are a group", `
			About about ADV 2 advmod
			30 30 NUM 3 nummod
			protesters protester NOUN 4 nsubj Number=Plur
			marched march VERB 0 root`, "About 30 protesters/ORG"},
		{"a noun that qualifies another is no mention", `
			Government government NOUN 2 compound
			forces force NOUN 3 nsubj Number=Plur
			withdrew withdraw VERB 0 root`, "Government forces/ORG"},
		{"weather has no actor", `
			It it PRON 2 expl
			rained rain VERB 0 root
			on on ADP 5 case
			their their PRON 5 nmod:poss
			camp camp NOUN 2 obl`, "their camp/FAC their/"},
		{"weapons by name and by noun", `
			Heavy heavy ADJ 3 amod
			machine machine NOUN 3 compound
			guns gun NOUN 4 nsubj Number=Plur
			destroyed destroy VERB 0 root
			Kalashnikovs Kalashnikov PROPN 4 obj`, "Heavy machine guns/WEAPON Kalashnikovs/WEAPON"},
		{"a question word is not relative", `
			Who who PRON 2 nsubj PronType=Int
			fired fire VERB 0 root`, ""},
	} {
		d := parsed(t, c.parse)
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range d.Mentions {
			got = append(got, d.Slice(m.Span)+"/"+m.Type)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, strings.Join(got, " "), c.want)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestLabels(t *testing.T) {
	names := LabelNames()
	if len(names) != Labels {
		t.Fatalf("%d names for %d labels", len(names), Labels)
	}
	legal := 0
	for a := range Labels {
		for b := range Labels {
			if !Follows(a, b) {
				continue
			}
			legal++
			if strings.HasPrefix(names[a], "B-") && names[b] != "I-"+names[a][2:] && names[b] != "E-"+names[a][2:] {
				t.Errorf("%s may be followed by %s", names[a], names[b])
			}
		}
	}
	if want := 21*21 + 2*10*2; legal != want {
		t.Errorf("%d legal pairs, want %d", legal, want)
	}
}

func TestVoice(t *testing.T) {
	for text, want := range map[string]uint64{
		"RUSSIA SENDS ARMS TO SYRIA":                       loudVoice,
		"Minister Says Talks Will Resume Next Month":       titleVoice,
		"The minister said talks would resume next month.": plainVoice,
		"U.N.": plainVoice,
	} {
		var tokens []doc.Token
		for _, form := range strings.Fields(text) {
			tokens = append(tokens, doc.Token{Form: form})
		}
		if got := voice(tokens); got != want {
			t.Errorf("%q has the voice %d, want %d", text, got, want)
		}
	}
}

func TestRings(t *testing.T) {
	d := parsed(t, "Kato Kato PROPN 0 root\nmet meet VERB 1 dep\nkato kato NOUN 1 dep\n, , PUNCT 1 punct\nKato Kato PROPN 1 dep")
	w := newScratch()
	untrained(t).read(d, w)
	if a, b, c := w.words[0].same, w.words[2].same, w.words[4].same; a != 2 || b != 4 || c != 0 {
		t.Errorf("the ring of Kato is 0→%d, 2→%d, 4→%d", a, b, c)
	}
}

func TestClusters(t *testing.T) {
	rows := []Cluster{{"grain", 7, 3, 1}, {"lavrov", 9, 2, 4}}
	c := openClusters(string(WriteClusters(rows)))
	for _, r := range rows {
		if fine, coarse, habit := c.find(hashLower(r.Word)); fine != uint64(r.Fine) || coarse != uint64(r.Coarse) || habit != uint64(r.Habit) {
			t.Errorf("%s has the classes %d %d %d", r.Word, fine, coarse, habit)
		}
	}
	if fine, _, _ := c.find(hashLower("unseen")); fine != 0 {
		t.Errorf("an unseen word has the class %d", fine)
	}
}

// TestNounTableExamples holds every row of the table to its example: the stage's nouns must know a word of it.
func TestNounTableExamples(t *testing.T) {
	table, err := data.Read(nounTable)
	if err != nil {
		t.Fatal(err)
	}
	s := untrained(t)
	example, _ := table.Column("example")
	id, _ := table.Column("id")
	for _, row := range table.Rows {
		found := false
		for _, word := range strings.Fields(strings.ToLower(row[example])) {
			word = strings.Trim(word, ".,")
			for _, form := range []string{word, strings.TrimSuffix(word, "s"), strings.TrimSuffix(word, "es")} {
				if n, ok := s.nouns[form]; ok && n.rule == nounTable+":"+row[id] {
					found = true
				}
			}
		}
		if !found {
			t.Errorf("row %s: its example %q holds none of its nouns", row[id], row[example])
		}
	}
}

// FuzzAnnotate reads any words with any arcs: whatever comes, the document stays sound.
func FuzzAnnotate(f *testing.F) {
	f.Add("The Syrian army said it would leave Aleppo .", uint64(3))
	f.Add("“ \xff é Ī 3 -- U.S. 's", uint64(9))
	s := untrained(f)
	if lex, err := lexicon.Load(); err == nil {
		if file, err := model.Embedded("names"); err == nil {
			if trained, err := Open(lex, file); err == nil {
				s = trained
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		d := randomDoc(text, seed)
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// randomDoc makes one sentence of the words of a text, with arcs and tags drawn from seed.
func randomDoc(text string, seed uint64) *doc.Doc {
	d := &doc.Doc{Text: text, Done: doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax}
	tags := []string{"NOUN", "PROPN", "PRON", "VERB", "DET", "ADJ", "PUNCT", "NUM"}
	relations := []string{"nsubj", "obj", "nmod", "compound", "acl:relcl", "appos", "det", "flat", "obl", "conj"}
	at := 0
	for _, form := range strings.Fields(text) {
		start := at + strings.Index(text[at:], form)
		at = start + len(form)
		i := uint64(len(d.Tokens))
		seed = seed*6364136223846793005 + 1442695040888963407
		token := doc.Token{Span: doc.Span{Start: int32(start), End: int32(at)}, Form: form, Lemma: strings.ToLower(form), Head: doc.None, Deprel: "root",
			UPOS: tags[seed>>40%uint64(len(tags))]}
		if i > 0 {
			token.Head, token.Deprel = int32(seed>>33%i), relations[seed>>50%uint64(len(relations))]
		}
		d.Tokens = append(d.Tokens, token)
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{Start: 0, End: int32(len(text))}, First: 0, Last: int32(len(d.Tokens))}}
	d.IndexArcs()
	return d
}

func BenchmarkAnnotate(b *testing.B) {
	lex, err := lexicon.Load()
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(lex)
	if err != nil {
		b.Skip(err)
	}
	d := randomDoc(strings.Repeat("The Russian foreign minister Ivan Petrov told reporters in Cairo on Monday that the rebels had left . ", 60), 5)
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}
