package syntax

import (
	"slices"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/doc"

	"pgregory.net/rapid"
)

// sentenceDoc is a document of one sentence whose tokens are forms.
func sentenceDoc(forms []string) *doc.Doc {
	return docOf([][]string{forms})
}

func docOf(sentences [][]string) *doc.Doc {
	d := &doc.Doc{Done: doc.LayerSentences | doc.LayerTokens}
	var text strings.Builder
	for n, forms := range sentences {
		s := doc.Sentence{First: int32(len(d.Tokens))}
		s.Start = int32(text.Len())
		for i, form := range forms {
			if i > 0 {
				text.WriteByte(' ')
			}
			start := int32(text.Len())
			text.WriteString(form)
			d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: start, End: int32(text.Len())}, Form: form, Head: doc.None, Sentence: int32(n)})
		}
		s.Last, s.End = int32(len(d.Tokens)), int32(text.Len())
		d.Sentences = append(d.Sentences, s)
		text.WriteByte('\n')
	}
	d.Text = text.String()
	return d
}

func stage(t testing.TB) *Stage {
	t.Helper()
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wire is sentences as a wire writes them, in our own words, with arcs "dependent relation head" that they must have.
var wire = []struct{ text, arcs string }{
	{"More than 200 people were killed in the shelling .", "people nsubj:pass killed; were aux:pass killed; shelling obl killed"},
	{"The minister told reporters that the talks had failed .", "minister nsubj told; reporters iobj told; failed ccomp told; that mark failed; talks nsubj failed"},
	{"The president told the newspaper that he would resign .", "president nsubj told; newspaper iobj told; resign ccomp told"},
	{"Ali Hassan , a spokesman for the group , denied the report .", "Ali nsubj denied; Hassan flat Ali; spokesman appos Ali; report obj denied"},
	{"Officials said the two countries had signed a contract in March .", "Officials nsubj said; signed ccomp said; countries nsubj signed; contract obj signed"},
	{"Moscow sold the army tanks and helicopters last year .", "Moscow nsubj sold; helicopters conj tanks; and cc helicopters"},
	{"The rebels , who control the town , fired rockets at the airport .", "rebels nsubj fired; control acl:relcl rebels; rockets obj fired; airport obl fired; who nsubj control"},
	{"The government has not sent weapons to the rebels .", "government nsubj sent; not advmod sent; has aux sent; weapons obj sent"},
	{"The president met the foreign minister in Cairo on Sunday .", "president nsubj met; minister obj met; Cairo obl met"},
	{"Troops seized the port and arrested dozens of men .", "Troops nsubj seized; port obj seized; arrested conj seized; dozens obj arrested"},
	{"The ministry on Sunday denied the report .", "ministry nsubj denied; Sunday obl denied"},
	{"The bombing of the crowded fish market killed 12 civilians on Tuesday , the Red Cross said .", "Cross nsubj said; civilians obj killed; killed ccomp said; bombing nsubj killed"},
	{"It gives the rebels logistical and humanitarian help .", "logistical amod help; humanitarian conj logistical"},
	{"Norway , which is a friend of Kenya and called for talks , has left .", "called conj friend; friend acl:relcl Norway"},
	{"Chad accused Libya of arming the rebels .", "Libya obj accused; of mark arming; arming advcl accused"},
	{"The army wants to buy new jets .", "army nsubj wants; buy xcomp wants; jets obj buy"},
	{"The ship was attacked by pirates off the coast .", "ship nsubj:pass attacked; pirates obl:agent attacked"},
}

func TestWireSentences(t *testing.T) {
	s := stage(t)
	for _, c := range wire {
		d := sentenceDoc(strings.Fields(c.text))
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		for _, arc := range strings.Split(c.arcs, "; ") {
			want := strings.Fields(arc)
			if !hasArc(d, want[0], want[1], want[2]) {
				t.Errorf("%s\n\thas no arc %s; got %s", c.text, arc, arcOf(d, want[0]))
			}
		}
	}
}

func hasArc(d *doc.Doc, dependent, relation, head string) bool {
	for _, t := range d.Tokens {
		if t.Form == dependent && t.Deprel == relation && t.Head != doc.None && d.Tokens[t.Head].Form == head {
			return true
		}
	}
	return false
}

func arcOf(d *doc.Doc, form string) string {
	for _, t := range d.Tokens {
		if t.Form != form {
			continue
		}
		head := "root"
		if t.Head != doc.None {
			head = d.Tokens[t.Head].Form
		}
		return t.Form + " " + t.Deprel + " " + head + " (" + t.UPOS + ")"
	}
	return ""
}

// TestCapitals reads a sentence in capitals like the same sentence in usual letters.
func TestCapitals(t *testing.T) {
	s := stage(t)
	text := "THE ARMY SAID THAT REBELS HAD ATTACKED A BRIDGE NEAR THE CAPITAL"
	upper, lower := sentenceDoc(strings.Fields(text)), sentenceDoc(strings.Fields(strings.ToLower(text)))
	for _, d := range []*doc.Doc{upper, lower} {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	for i := range upper.Tokens {
		u, l := upper.Tokens[i], lower.Tokens[i]
		if u.UPOS != l.UPOS || u.Head != l.Head || u.Deprel != l.Deprel {
			t.Errorf("%s: %s %s %d in capitals, %s %s %d else", u.Form, u.UPOS, u.Deprel, u.Head, l.UPOS, l.Deprel, l.Head)
		}
	}
}

// TestVerbsOfSaying reads the example of each row of data/syntax_speech.tsv: the verb is the root, it has a subject
// before it, and what is said is its ccomp.
func TestVerbsOfSaying(t *testing.T) {
	table, err := data.Read("syntax_speech")
	if err != nil {
		t.Fatal(err)
	}
	word, err := table.Column("word")
	if err != nil {
		t.Fatal(err)
	}
	example, err := table.Column("example")
	if err != nil {
		t.Fatal(err)
	}
	s := stage(t)
	for i, row := range table.Rows {
		d := sentenceDoc(strings.Fields(strings.NewReplacer(",", " ,", ".", " .").Replace(row[example])))
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		relations := map[string]bool{}
		for _, tok := range d.Tokens {
			if tok.Head != doc.None && d.Tokens[tok.Head].Head == doc.None && slices.Contains(strings.Fields(row[word]), d.Tokens[tok.Head].Form) {
				relations[tok.Deprel] = true
			}
		}
		if !relations["nsubj"] || !relations["ccomp"] {
			t.Errorf("line %d: %q: a verb of the row is no root with nsubj and ccomp", table.Lines[i], row[example])
		}
	}
}

// TestNoSaying reads sentences that end like one with a speaker, and have none.
func TestNoSaying(t *testing.T) {
	for text, root := range map[string]string{
		"The minister stood up , said a prayer and left the room .": "stood",
		"He pulled out of the race , the army said to be his own .": "pulled",
	} {
		d := sentenceDoc(strings.Fields(text))
		if err := stage(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		for _, tok := range d.Tokens {
			if tok.Head == doc.None && tok.Form != root {
				t.Errorf("%q: %q is the root, want %q", text, tok.Form, root)
			}
		}
	}
}

// TestTreesAreTrees reads any tokens at all.
func TestTreesAreTrees(t *testing.T) {
	s := stage(t)
	token := rapid.OneOf(rapid.SampledFrom([]string{"the", "said", ",", ".", "``", "and", "Russia", "of", "12", "(", "who", "not", "IN"}), rapid.StringN(1, 8, 30))
	rapid.Check(t, func(r *rapid.T) {
		d := docOf(rapid.SliceOfN(rapid.SliceOfN(token, 0, 40), 0, 4).Draw(r, "sentences"))
		if err := s.Annotate(d); err != nil {
			r.Fatal(err)
		}
		if err := wellFormed(d); err != "" {
			r.Fatal(err)
		}
	})
}

// wellFormed tells what is wrong with the syntax of d, or "".
func wellFormed(d *doc.Doc) string {
	if err := d.Check(); err != nil {
		return err.Error()
	}
	for _, tok := range d.Tokens {
		if tok.UPOS == "" || tok.XPOS == "" || tok.Deprel == "" {
			return "a token has no tag or relation: " + tok.Form
		}
		if (tok.Head == doc.None) != (tok.Deprel == "root") {
			return "a token is root by head or by relation alone: " + tok.Form
		}
	}
	return ""
}

func FuzzAnnotate(f *testing.F) {
	s := stage(f)
	for _, c := range wire {
		f.Add(c.text)
	}
	f.Add("\xff\xfe ½ 한국어 …… ''")
	f.Fuzz(func(t *testing.T, text string) {
		d := sentenceDoc(strings.Fields(text))
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := wellFormed(d); err != "" {
			t.Fatal(err)
		}
	})
}

// TestRepeats reads a document twice, and sentences alone and together: the same must come out.
func TestRepeats(t *testing.T) {
	s := stage(t)
	var sentences [][]string
	for _, c := range wire {
		sentences = append(sentences, strings.Fields(c.text))
	}
	together, again := docOf(sentences), docOf(sentences)
	for _, d := range []*doc.Doc{together, again} {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	at := 0
	for _, forms := range sentences {
		alone := sentenceDoc(forms)
		if err := s.Annotate(alone); err != nil {
			t.Fatal(err)
		}
		for _, a := range alone.Tokens {
			b := together.Tokens[at]
			if b != again.Tokens[at] {
				t.Errorf("%s was read in two ways", b.Form)
			}
			if a.UPOS != b.UPOS || a.XPOS != b.XPOS || a.Feats != b.Feats || a.Lemma != b.Lemma || a.Deprel != b.Deprel {
				t.Errorf("%s is read in another way alone", a.Form)
			}
			at++
		}
	}
}

// TestLongSentence reads a sentence of fifty thousand words.
func TestLongSentence(t *testing.T) {
	d := sentenceDoc(strings.Fields(strings.Repeat("rebels and soldiers said that ", 10000)))
	if err := stage(t).Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := wellFormed(d); err != "" {
		t.Error(err)
	}
}

// wireDoc is a document of some thousand words.
func wireDoc() *doc.Doc {
	var sentences [][]string
	for range 40 {
		for _, c := range wire {
			sentences = append(sentences, strings.Fields(c.text))
		}
	}
	return docOf(sentences)
}

func TestNoAllocationPerToken(t *testing.T) {
	s, d := stage(t), wireDoc()
	n := testing.AllocsPerRun(5, func() {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	})
	if n > 20 {
		t.Errorf("%v allocations for %d tokens", n, len(d.Tokens))
	}
}

func BenchmarkAnnotate(b *testing.B) {
	s, d := stage(b), wireDoc()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n*len(d.Tokens))/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}
