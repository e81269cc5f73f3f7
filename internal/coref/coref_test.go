package coref

import (
	"fmt"
	"slices"
	"strings"
	"testing"

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
	s, err := NewUntrained(lex)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// parsed makes a document from lines of "form lemma UPOS head relation [feats]"; an empty line ends a sentence.
func parsed(t testing.TB, lines string) *doc.Doc {
	t.Helper()
	var b strings.Builder
	n := 0
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		f := strings.Fields(line)
		if len(f) == 0 {
			b.WriteString("\n")
			n = 0
			continue
		}
		feats := "_"
		if len(f) > 5 {
			feats = f[5]
		}
		n++
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t_\t%s\t%s\t%s\t_\t_\n", n, f[0], f[1], f[2], feats, f[3], f[4])
	}
	docs, err := conllu.Read(strings.NewReader(b.String() + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

// addName adds a name of a type over tokens [first, last), its head the first.
func addName(d *doc.Doc, kind string, first, last int32) {
	d.Mentions = append(d.Mentions, doc.Mention{Span: d.TokenSpan(first, last), First: first, Last: last, Head: first,
		Type: kind, Kind: doc.NameMention, Actor: doc.None})
}

func TestSieve(t *testing.T) {
	type mention struct {
		kind        string
		first, last int32
	}
	for _, c := range []struct {
		rule, parse string
		names       []mention
		want        string // chain, phrases parted by " = "; "" for none
	}{
		{"name-exact", `
			Syria Syria PROPN 2 nsubj
			denied deny VERB 0 root
			it it PRON 2 obj

			Syria Syria PROPN 2 nsubj
			agreed agree VERB 0 root`, []mention{{"LOC", 0, 1}, {"LOC", 3, 4}}, "Syria = Syria"},
		{"name-exact", `
			Jordan Jordan PROPN 2 nsubj
			denied deny VERB 0 root

			Jordan Jordan PROPN 2 nsubj
			agreed agree VERB 0 root`, []mention{{"LOC", 0, 1}, {"PER", 2, 3}}, ""},
		{"name-surname", `
			Ana Ana PROPN 3 nsubj
			Costa Costa PROPN 1 flat
			left leave VERB 0 root

			Costa Costa PROPN 2 nsubj
			returned return VERB 0 root`, []mention{{"PER", 0, 2}, {"PER", 3, 4}}, "Ana Costa = Costa"},
		{"name-acronym", `
			Hill Hill PROPN 3 nsubj
			Army Army PROPN 1 flat
			left leave VERB 0 root

			HA HA PROPN 2 nsubj
			returned return VERB 0 root`, []mention{{"ORG", 0, 2}, {"ORG", 3, 4}}, "Hill Army = HA"},
		{"apposition", `
			Costa Costa PROPN 5 nsubj
			, , PUNCT 4 punct
			the the DET 4 det
			envoy envoy NOUN 1 appos
			left leave VERB 0 root`, []mention{{"PER", 0, 1}}, "Costa = the envoy"},
		{"predicate", `
			Costa Costa PROPN 4 nsubj
			is be AUX 4 cop
			the the DET 4 det
			envoy envoy NOUN 0 root`, []mention{{"PER", 0, 1}}, "Costa = the envoy"},
		{"relative-pronoun", `
			Costa Costa PROPN 4 nsubj
			who who PRON 3 nsubj PronType=Rel
			resigned resign VERB 1 acl:relcl
			left leave VERB 0 root`, []mention{{"PER", 0, 1}}, "Costa who resigned = who"},
		{"name-title", `
			Minister minister NOUN 2 nmod:desc
			Ana Ana PROPN 4 nsubj
			Costa Costa PROPN 2 flat
			left leave VERB 0 root

			The the DET 2 det
			minister minister NOUN 3 nsubj
			returned return VERB 0 root`, []mention{{"PER", 1, 3}}, "Minister Ana Costa = The minister"},
		{"quote-speaker", `
			" " PUNCT 3 punct
			I I PRON 3 nsubj
			agree agree VERB 5 ccomp
			" " PUNCT 3 punct
			said say VERB 0 root
			Costa Costa PROPN 5 nsubj`, []mention{{"PER", 5, 6}}, "I = Costa"},
		{"parallel-subject", `
			Chad Chad PROPN 2 nsubj
			sold sell VERB 0 root
			grain grain NOUN 2 obj
			and and CCONJ 6 cc
			it it PRON 6 nsubj
			agreed agree VERB 2 conj`, []mention{{"LOC", 0, 1}}, "Chad = it"},
		{"name-surname", `
			Ana Ana PROPN 3 nsubj
			Costa Costa PROPN 1 flat
			left leave VERB 0 root

			She she PRON 2 nsubj
			accused accuse VERB 0 root
			Costa Costa PROPN 2 obj`, []mention{{"PER", 0, 2}, {"PER", 5, 6}}, "Ana Costa = Costa"}, // and not "she"
		{"relative-pronoun", `
			It it PRON 3 nsubj
			was be AUX 3 cop
			Chad Chad PROPN 0 root
			that that PRON 5 nsubj PronType=Dem
			sold sell VERB 3 acl:relcl`, []mention{{"LOC", 2, 3}}, "Chad that sold = that"}, // a cleft: its "it" means nothing
		{"quote-speaker", `
			" " PUNCT 3 punct
			We we PRON 3 nsubj
			agree agree VERB 7 ccomp
			" " PUNCT 3 punct
			the the DET 6 det
			daily daily NOUN 7 nsubj
			quoted quote VERB 0 root
			Costa Costa PROPN 7 obj
			as as SCONJ 10 mark
			saying say VERB 7 advcl`, []mention{{"PER", 7, 8}}, "We = Costa"},
	} {
		d := parsed(t, c.parse)
		for _, m := range c.names {
			addName(d, m.kind, m.first, m.last)
		}
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		if got := chains(d); got != c.want {
			t.Errorf("%s: got %q, want %q", c.rule, got, c.want)
		}
		for _, chain := range d.Chains {
			for _, l := range chain.Links {
				if l.Rule != c.rule {
					t.Errorf("the chain %q has the reason %s, want %s", chains(d), l.Rule, c.rule)
				}
			}
		}
		sound(t, d)
	}
}

func chains(d *doc.Doc) string {
	var all []string
	for _, chain := range d.Chains {
		var phrases []string
		for _, m := range chain.Mentions {
			phrases = append(phrases, d.Slice(d.Mentions[m].Span))
		}
		all = append(all, strings.Join(phrases, " = "))
	}
	return strings.Join(all, "; ")
}

// sound checks what every result must fulfil.
func sound(t *testing.T, d *doc.Doc) {
	t.Helper()
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	seen := map[int32]bool{}
	for _, chain := range d.Chains {
		if len(chain.Mentions) < 2 || len(chain.Links) != len(chain.Mentions)-1 {
			t.Errorf("a chain of %d mentions has %d links", len(chain.Mentions), len(chain.Links))
		}
		for _, m := range chain.Mentions {
			if seen[m] {
				t.Errorf("mention %d is in two chains, or twice in one", m)
			}
			seen[m] = true
		}
		for _, l := range chain.Links {
			if l.Rule == "" || !slices.Contains(chain.Mentions, l.Mention) || !slices.Contains(chain.Mentions, l.Antecedent) {
				t.Errorf("the link %+v lies outside its chain or has no reason", l)
			}
		}
	}
}

func TestActorsSpread(t *testing.T) {
	d := parsed(t, `
		Costa Costa PROPN 4 nsubj
		, , PUNCT 4 punct
		the the DET 4 det
		envoy envoy NOUN 0 root`)
	d.Tokens[3].Head, d.Tokens[3].Deprel, d.Tokens[0].Head, d.Tokens[0].Deprel = 0, "appos", doc.None, "root"
	d.IndexArcs()
	addName(d, "PER", 0, 1)
	d.Actors = []doc.Actor{{ID: "costa", Name: "Ana Costa"}}
	d.Mentions[0].Actor = 0
	if err := untrained(t).Annotate(d); err != nil {
		t.Fatal(err)
	}
	for i, m := range d.Mentions {
		if m.Actor != 0 {
			t.Errorf("mention %d, %q, has the actor %d", i, d.Slice(m.Span), m.Actor)
		}
	}
}

func trained(t testing.TB) *Stage {
	if lex, err := lexicon.Load(); err == nil {
		if file, err := model.Embedded("coref"); err == nil {
			if s, err := Open(lex, file); err == nil {
				return s
			}
		}
	}
	return untrained(t)
}

// FuzzAnnotate reads any words with any arcs and quotation marks: whatever comes, the chains are sound.
func FuzzAnnotate(f *testing.F) {
	f.Add("The army said it would leave . “ We go , ” he said .", uint64(3))
	f.Add("\" \" “ “ ” \xff é Ī 3 -- U.S. 's", uint64(9))
	s := trained(f)
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		d := randomDoc(text, seed)
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		sound(t, d)
	})
}

// randomDoc makes one sentence of the words of a text, with arcs, tags and names drawn from seed.
func randomDoc(text string, seed uint64) *doc.Doc {
	d := &doc.Doc{Text: text, Done: doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax}
	tags := []string{"NOUN", "PROPN", "PRON", "VERB", "DET", "ADJ", "PUNCT", "NUM"}
	relations := []string{"nsubj", "obj", "nmod", "compound", "acl:relcl", "appos", "det", "flat", "obl", "conj", "nmod:poss"}
	at := 0
	for _, form := range strings.Fields(text) {
		start := at + strings.Index(text[at:], form)
		at = start + len(form)
		i := uint64(len(d.Tokens))
		if i%20 == 0 {
			if i > 0 {
				d.Sentences[len(d.Sentences)-1].Last = int32(i)
				d.Sentences[len(d.Sentences)-1].End = d.Tokens[i-1].End
			}
			d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Start: int32(start)}, First: int32(i)})
		}
		seed = seed*6364136223846793005 + 1442695040888963407
		token := doc.Token{Span: doc.Span{Start: int32(start), End: int32(at)}, Form: form, Lemma: strings.ToLower(form), Head: doc.None, Deprel: "root",
			UPOS: tags[seed>>40%uint64(len(tags))], Sentence: int32(len(d.Sentences) - 1)}
		if i%20 > 0 {
			token.Head, token.Deprel = int32(i-i%20+seed>>33%(i%20)), relations[seed>>50%uint64(len(relations))]
		}
		if token.UPOS == "PROPN" {
			d.Mentions = append(d.Mentions, doc.Mention{Span: token.Span, First: int32(i), Last: int32(i) + 1, Head: int32(i), Type: "PER", Actor: doc.None})
		}
		d.Tokens = append(d.Tokens, token)
	}
	if n := len(d.Tokens); n > 0 {
		d.Sentences[len(d.Sentences)-1].Last = int32(n)
		d.Sentences[len(d.Sentences)-1].End = d.Tokens[n-1].End
	}
	d.IndexArcs()
	return d
}

// BenchmarkAnnotate reads a long document: the time a word must not grow with its length.
func BenchmarkAnnotate(b *testing.B) {
	s := trained(b)
	for _, size := range []int{500, 50_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			words := strings.Fields("The army said it would leave the town . “ We go , ” he told the rebels in Cairo .")
			var text strings.Builder
			for i := range size {
				text.WriteString(words[i%len(words)] + " ")
			}
			d := randomDoc(text.String(), 5)
			mentions := len(d.Mentions)
			b.ReportAllocs()
			for b.Loop() {
				d.Mentions = d.Mentions[:mentions]
				if err := s.Annotate(d); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// TestContinuedSpeaker: a pronoun that opens the sentence after a quotation is its speaker, not who is named in it;
// another person in the subject's place ends that.
func TestContinuedSpeaker(t *testing.T) {
	const quotation = `
		" " PUNCT 3 punct
		Nobody nobody PRON 3 nsubj
		backs back VERB 6 ccomp
		Okoro Okoro PROPN 3 obj
		" " PUNCT 3 punct
		said say VERB 0 root
		Costa Costa PROPN 6 nsubj
`
	for _, c := range []struct{ parse, want string }{
		{quotation + `
			He he PRON 2 nsubj
			accused accuse VERB 0 root
			envoys envoy NOUN 2 obj`, "Costa = He"},
		{quotation + `
			Lind Lind PROPN 2 nsubj
			left leave VERB 0 root

			He he PRON 2 nsubj
			slept sleep VERB 0 root`, ""},
		{quotation + `
			Reports report NOUN 4 nsubj
			on on ADP 3 case
			Lind Lind PROPN 1 nmod
			followed follow VERB 0 root

			He he PRON 2 nsubj
			slept sleep VERB 0 root`, ""},
	} {
		d := parsed(t, c.parse)
		addName(d, "PER", 3, 4)
		addName(d, "PER", 6, 7)
		for i := 7; i < len(d.Tokens); i++ {
			if d.Tokens[i].Form == "Lind" {
				addName(d, "PER", int32(i), int32(i)+1)
			}
		}
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		if got := chains(d); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		sound(t, d)
	}
}

// TestTwoPersons: a comma between two known persons is no apposition, whatever the parse says.
func TestTwoPersons(t *testing.T) {
	for _, c := range []struct {
		second int32
		want   string
	}{{1, ""}, {0, "Costa = Lind"}} {
		d := parsed(t, `
			Costa Costa PROPN 0 root
			, , PUNCT 3 punct
			Lind Lind PROPN 1 appos`)
		addName(d, "PER", 0, 1)
		addName(d, "PER", 2, 3)
		d.Actors = []doc.Actor{{ID: "costa", Kind: "person"}, {ID: "lind", Kind: "person"}}
		d.Mentions[0].Actor, d.Mentions[1].Actor = 0, c.second
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		if got := chains(d); got != c.want {
			t.Errorf("actors 0 and %d: got %q, want %q", c.second, got, c.want)
		}
	}
}

// TestStateNoun: "the emirate" is the state that was the subject before it.
func TestStateNoun(t *testing.T) {
	for kind, want := range map[string]string{"state": "Qatar = The emirate", "person": ""} {
		d := parsed(t, `
			Qatar Qatar PROPN 2 nsubj
			denied deny VERB 0 root
			reports report NOUN 2 obj

			The the DET 2 det
			emirate emirate NOUN 3 nsubj
			called call VERB 0 root`)
		addName(d, "LOC", 0, 1)
		d.Actors = []doc.Actor{{ID: "qatar", Kind: kind}}
		d.Mentions[0].Actor = 0
		if err := untrained(t).Annotate(d); err != nil {
			t.Fatal(err)
		}
		if got := chains(d); got != want {
			t.Errorf("an actor of the kind %s: got %q, want %q", kind, got, want)
		}
	}
}
