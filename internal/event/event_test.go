package event_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"annals/internal/conllu"
	"annals/internal/doc"
	"annals/internal/event"
	"annals/internal/lexicon"
	"annals/internal/onto"
)

func stage(t testing.TB) *event.Stage {
	t.Helper()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	ontology, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := event.New(lex, ontology)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// story is a passage with most constructions, for the properties and the benchmark.
const story = `CAIRO, Nov 5 (Reuters) - Ghana is supplying rifles to Togo under old contracts, its defence minister told a Kenyan newspaper.
The minister denied arming the rebels and said Ghana would not deliver helicopters while the fighting continued.
France and Britain condemned the shelling of Lome on Friday, in which about 40 people were killed.
"We will never attack our neighbours," the minister said. Two journalists were arrested after the protest, according to the police.
The president is due to meet the envoy of the United Nations on Thursday.`

// Reading the same text twice gives the same events, every index points somewhere, and the document's arcs are left alone.
func TestProperties(t *testing.T) {
	s := stage(t)
	a, b := read(t, story), read(t, story)
	if !reflect.DeepEqual(a.Events, b.Events) {
		t.Error("two readings differ")
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	if len(a.Events) < 8 {
		t.Errorf("%d events: %s", len(a.Events), show(a))
	}
	tokens := append([]doc.Token(nil), a.Tokens...)
	var children [][]int32
	for i := range a.Tokens {
		children = append(children, append([]int32(nil), a.Children(int32(i))...))
	}
	if err := s.Annotate(a); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(tokens, a.Tokens) {
		t.Error("the stage changed tokens")
	}
	for i := range a.Tokens {
		if len(children[i])+len(a.Children(int32(i))) > 0 && !reflect.DeepEqual(children[i], append([]int32(nil), a.Children(int32(i))...)) {
			t.Fatalf("the stage changed the arcs below token %d", i)
		}
	}
	ontology, err := onto.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range a.Events {
		if err := ontology.Check(e.Type, e.Mode, e.Contexts); err != nil {
			t.Errorf("event %d: %v", i, err)
		}
		if _, ok := ontology.CAMEO(e.CAMEO); !ok {
			t.Errorf("event %d has the CAMEO code %q", i, e.CAMEO)
		}
		if e.Rule == "" || e.Confidence <= 0 || e.Confidence > 1 {
			t.Errorf("event %d: rule %q, confidence %v", i, e.Rule, e.Confidence)
		}
	}
}

// An empty document, one without the later layers, and one of a single word have no trouble.
func TestSmall(t *testing.T) {
	s := stage(t)
	for _, d := range []*doc.Doc{{}, {Text: "Attack", Tokens: []doc.Token{{Span: doc.Span{Start: 0, End: 6}, Form: "Attack", Head: doc.None}},
		Sentences: []doc.Sentence{{Span: doc.Span{Start: 0, End: 6}, First: 0, Last: 1}}}} {
		d.IndexArcs()
		if err := s.Annotate(d); err != nil {
			t.Error(err)
		}
		if d.Done&doc.LayerEvents == 0 {
			t.Error("the layer is not marked as read")
		}
	}
}

// What a story of the kind says, event by event: the facts that every reading of such stories must give.
func TestStory(t *testing.T) {
	d := read(t, story)
	for _, want := range []string{
		"AID: Ghana > Togo", "AID neg:  > rebels", "AID neg future|conditional: ", "ACCUSE/disapprove: France, Britain", "ASSAULT: > people",
		"COERCE/arrest: > journalists", "CONSULT scheduled: president > envoy",
	} {
		ok := false
		for i := range d.Events {
			ok = ok || fits(d, &d.Events[i], want)
		}
		if !ok {
			t.Errorf("no event %q in %s", want, show(d))
		}
	}
	for i := range d.Events {
		e := &d.Events[i]
		if e.Type == "AID" && strings.Contains(d.Slice(e.Span), "under old contracts") && d.Slice(e.Basis) == "" {
			t.Error("the supply has no basis")
		}
		if len(e.Casualties) > 0 && len(e.Actors) > 0 {
			t.Errorf("the dead of Lome have a killer: %s", show(d))
		}
	}
}

// The wire story that the project began with, where it is at hand.
func TestFirstStory(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "mission", "article.txt"))
	if err != nil {
		t.Skip("skipped: the story is not here")
	}
	d := read(t, string(body))
	for _, want := range []string{
		"AID: Moscow > Syria", "COOPERATE hist: Russia > Syria", "REJECT conditional|future: Russia", "ACCUSE: > foreign powers", "AID: foreign powers > opposition",
		"COERCE hypothetical: > government", "AID neg: Western powers", "SUPPORT: Western powers > rebels", "AID neg: Qatar", "AID: Qatar", "AID neg conditional|future: Moscow > Syria",
		"REJECT/yield: Russia, China", "PROTEST: ", "ASSAULT: > people", "CONSULT: Lavrov > Brahimi", "CONSULT scheduled: Lavrov > minister",
	} {
		ok := false
		for i := range d.Events {
			ok = ok || fits(d, &d.Events[i], want)
		}
		if !ok {
			t.Errorf("no event %q", want)
		}
	}
}

// FuzzAnnotate reads arbitrary trees: no parse, however wrong, may stop the stage or leave an index that points nowhere.
func FuzzAnnotate(f *testing.F) {
	s := stage(f)
	f.Add("1\tGhana\tGhana\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tattacked\tattack\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tTogo\tTogo\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n")
	f.Add("1\tthreatened\tthreaten\tVERB\tVBD\t_\t0\troot\t_\t_\n2\tto\tto\tPART\tTO\t_\t3\tmark\t_\t_\n3\tkill\tkill\tVERB\tVB\t_\t1\txcomp\t_\t_\n4\tthem\tthey\tPRON\tPRP\t_\t3\tobj\t_\t_\n\n")
	f.Add("1\tsanctions\tsanction\tNOUN\tNNS\t_\t3\tnsubj:pass\t_\t_\n2\twere\tbe\tAUX\tVBD\t_\t3\taux:pass\t_\t_\n3\timposed\timpose\tVERB\tVBN\t_\t0\troot\t_\t_\n4\tif\tif\tSCONJ\tIN\t_\t5\tmark\t_\t_\n5\tattacked\tattack\tVERB\tVBN\t_\t3\tadvcl\t_\t_\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		docs, err := conllu.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, d := range docs {
			if len(d.Tokens) > 200 || d.Check() != nil {
				continue
			}
			if err := s.Annotate(d); err != nil {
				t.Fatal(err)
			}
			if err := d.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// BenchmarkAnnotate measures the stage alone over a story.
func BenchmarkAnnotate(b *testing.B) {
	s := stage(b)
	d := read(b, story)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
		n += len(d.Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}
