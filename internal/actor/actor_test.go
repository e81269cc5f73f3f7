package actor

import (
	"os"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
)

type annotator interface{ Annotate(*doc.Doc) error }

// grammar are the stages that the cases need before this one.
func grammar(t testing.TB) []annotator {
	t.Helper()
	headline, err := clean.NewHeadline()
	if err != nil {
		t.Fatal(err)
	}
	segmenter, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := syntax.New()
	if err != nil {
		t.Skipf("skipped: the parser's model is not here: %v", err)
	}
	return []annotator{headline, segmenter, parser}
}

func open(t testing.TB) *Stage {
	t.Helper()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mark makes a mention of the last place where a text stands.
func mark(d *doc.Doc, text, kind string) bool {
	at := strings.LastIndex(d.Text, text)
	if at < 0 {
		return false
	}
	first, last := d.TokensIn(doc.Span{Start: int32(at), End: int32(at + len(text))})
	if first == last {
		return false
	}
	m := doc.Mention{Span: d.TokenSpan(first, last), First: first, Last: last, Head: last - 1, Type: kind, Actor: doc.None}
	for t := last - 1; t >= first; t-- {
		if h := d.Tokens[t].Head; h < first || h >= last {
			m.Head = t
			break
		}
	}
	if nominal, ok := strings.CutPrefix(kind, "n:"); ok {
		m.Type, m.Kind = nominal, doc.NominalMention
	}
	d.Mentions = append(d.Mentions, m)
	d.Done |= doc.LayerMentions
	return true
}

func TestCases(t *testing.T) {
	body, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	stages, stage := grammar(t), open(t)
	for n, line := range strings.Split(string(body), "\n") {
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "date\t") {
			continue
		}
		c := append(strings.Split(line, "\t"), "", "", "", "")
		d := &doc.Doc{Text: c[1]}
		if c[0] != "" {
			if d.Date, err = civil.Parse(c[0]); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range stages {
			if err := s.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		if !mark(d, c[2], c[3]) {
			t.Errorf("line %d: %q is not in the text, or no tokens of it", n+1, c[2])
			continue
		}
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Errorf("line %d: %v", n+1, err)
		}
		if got, want := outcome(d), strings.Join([]string{c[4], c[5], c[6]}, " "); got != want {
			t.Errorf("line %d: %s: %q is %q, want %q", n+1, c[1], c[2], got, want)
		}
	}
}

// outcome is the actor of the only mention, as the table writes it.
func outcome(d *doc.Doc) string {
	m := &d.Mentions[0]
	if m.Actor == doc.None {
		return "-  "
	}
	a := &d.Actors[m.Actor]
	var flags []string
	if m.Metonym {
		flags = append(flags, "metonym")
	}
	if a.Anonymous {
		flags = append(flags, "anonymous")
	}
	if a.Inferred {
		flags = append(flags, "inferred")
	}
	return strings.Join([]string{a.ID, a.Code, strings.Join(flags, " ")}, " ")
}

func TestPublisherIsAlwaysAnActor(t *testing.T) {
	stage := open(t)
	for _, c := range []struct{ publisher, id string }{{"Reuters", "reuters"}, {"", "publisher"}, {"The Evening Lantern", "the-evening-lantern"}} {
		d := &doc.Doc{Publisher: c.publisher}
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if len(d.Actors) != 1 || d.Actors[0].ID != c.id || d.Actors[0].Kind != "outlet" {
			t.Errorf("publisher %q: actors %+v, want %s", c.publisher, d.Actors, c.id)
		}
	}
}

func TestOneActorForManyNames(t *testing.T) {
	stages, stage := grammar(t), open(t)
	d := &doc.Doc{Text: "Sergei Lavrov met reporters. The Russian foreign minister was tired. Lavrov left early.", Date: civil.Of(2012, 11, 5)}
	for _, s := range stages {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	mark(d, "Sergei Lavrov", "PER")
	mark(d, "The Russian foreign minister", "n:PER")
	mark(d, "Lavrov", "PER")
	if err := stage.Annotate(d); err != nil {
		t.Fatal(err)
	}
	for i := range d.Mentions {
		if d.Mentions[i].Actor != d.Mentions[0].Actor {
			t.Errorf("%q has the actor %d, want %d", d.Slice(d.Mentions[i].Span), d.Mentions[i].Actor, d.Mentions[0].Actor)
		}
	}
	if d.Actors[d.Mentions[0].Actor].Inferred {
		t.Error("Lavrov is inferred, though the text names him")
	}
}

func TestReadingTwiceGivesTheSame(t *testing.T) {
	stages, stage := grammar(t), open(t)
	d := &doc.Doc{Text: "Turkish police held two Syrians in Ankara. Hasan Ali, a Turkish lawmaker, said so.", Date: civil.Of(2012, 11, 5)}
	for _, s := range stages {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	mark(d, "Turkish police", "n:ORG")
	mark(d, "Hasan Ali", "PER")
	var before []string
	for range 3 {
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		var now []string
		for _, a := range d.Actors {
			now = append(now, a.ID+a.Code+a.Name)
		}
		if before != nil && strings.Join(before, "|") != strings.Join(now, "|") {
			t.Errorf("first %v, then %v", before, now)
		}
		before = now
	}
}

// FuzzAnnotate feeds arbitrary words with arbitrary arcs and mentions.
func FuzzAnnotate(f *testing.F) {
	f.Add("The Russian foreign minister told al-Ahram 's daily in Cairo", uint64(7))
	f.Add("U.S. - backed rebels , Hasan Ali , a Turkish lawmaker", uint64(99))
	f.Add("' 's the a , of", uint64(3))
	stage := open(f)
	relations := []string{"nsubj", "obj", "amod", "compound", "nmod:poss", "appos", "conj", "obl", "case", "flat", "nmod", "det"}
	tags := []string{"NOUN", "PROPN", "VERB", "ADP", "PUNCT", "ADJ", "DET"}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		d := sketch(text, seed, relations, tags)
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// sketch is a document of blank-separated words with arcs and mentions drawn from seed.
func sketch(text string, seed uint64, relations, tags []string) *doc.Doc {
	d := &doc.Doc{Text: text}
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	at := 0
	for _, word := range strings.Split(text, " ") {
		if word != "" {
			d.Tokens = append(d.Tokens, doc.Token{
				Span: doc.Span{Start: int32(at), End: int32(at + len(word))}, Form: word, UPOS: tags[next(len(tags))], Deprel: relations[next(len(relations))],
			})
		}
		at += len(word) + 1
	}
	n := len(d.Tokens)
	if n == 0 {
		return d
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: int32(len(text))}, Last: int32(n)}}
	for i := range d.Tokens {
		d.Tokens[i].Head = int32(i) - 1 // a chain is a tree
		if i > 0 && next(3) == 0 {
			d.Tokens[i].Head = int32(next(i))
		}
	}
	d.Done = doc.LayerTokens | doc.LayerSyntax | doc.LayerSentences
	d.IndexArcs()
	kinds := []string{"PER", "ORG", "LOC", "NORP", "FAC", ""}
	for range 1 + next(6) {
		first := next(n)
		last := first + 1 + next(n-first)
		d.Mentions = append(d.Mentions, doc.Mention{
			Span: d.TokenSpan(int32(first), int32(last)), First: int32(first), Last: int32(last), Head: int32(first + next(last-first)),
			Type: kinds[next(len(kinds))], Kind: doc.MentionKind(next(3)), Actor: doc.None,
		})
	}
	return d
}

func BenchmarkAnnotate(b *testing.B) {
	stages, stage := grammar(b), open(b)
	text := strings.Repeat("The Russian foreign minister told an Egyptian newspaper that Moscow would sell no helicopters to Damascus while the fighting went on. "+
		"Hasan Ali, a Turkish lawmaker, met Syrian rebels near Aleppo, and Western powers said they backed the opposition. ", 50)
	d := &doc.Doc{Text: text, Date: civil.Of(2012, 11, 5)}
	for _, s := range stages {
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
	for i := range d.Tokens {
		if d.Tokens[i].UPOS == "PROPN" || d.Tokens[i].UPOS == "NOUN" {
			kind := doc.NameMention
			if d.Tokens[i].UPOS == "NOUN" {
				kind = doc.NominalMention
			}
			d.Mentions = append(d.Mentions, doc.Mention{Span: d.Tokens[i].Span, First: int32(i), Last: int32(i) + 1, Head: int32(i), Type: "PER", Kind: kind, Actor: doc.None})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := stage.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// TestOfficeBeforeAName gives nobody of the register where a title stands before a stranger's name.
func TestOfficeBeforeAName(t *testing.T) {
	stages, stage := grammar(t), open(t)
	d := &doc.Doc{Text: "The court was wrong, Senate Majority Leader Ana Costa, a Republican, said in a statement.", Date: civil.Of(2017, 7, 19)}
	for _, s := range stages {
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	mark(d, "Senate Majority Leader", "n:PER")
	mark(d, "Ana Costa", "PER")
	if err := stage.Annotate(d); err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Actors {
		if a.Inferred {
			t.Errorf("%s was inferred from the register", a.ID)
		}
	}
}
