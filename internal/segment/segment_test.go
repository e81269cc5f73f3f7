package segment

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"annals/internal/doc"
)

func stage(t testing.TB) *Stage {
	t.Helper()
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func segmented(t testing.TB, s *Stage, text string) *doc.Doc {
	t.Helper()
	d := &doc.Doc{Text: text}
	if err := s.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return d
}

// shown writes sentences apart with " ‖ ", tokens with " ", the words of a multiword token with "·".
func shown(d *doc.Doc) string {
	var out strings.Builder
	multiword := 0
	for i, s := range d.Sentences {
		if i > 0 {
			out.WriteString(" ‖ ")
		}
		for t := s.First; t < s.Last; t++ {
			for multiword < len(d.Multiwords) && d.Multiwords[multiword].Last <= t {
				multiword++
			}
			switch {
			case t == s.First:
			case multiword < len(d.Multiwords) && d.Multiwords[multiword].First < t:
				out.WriteString("·")
			default:
				out.WriteString(" ")
			}
			out.WriteString(d.Tokens[t].Form)
		}
	}
	return out.String()
}

// coversText tells whether the tokens hold every character that is no space, once and in order.
func coversText(t interface{ Fatalf(string, ...any) }, d *doc.Doc) {
	at := int32(0)
	for i, tok := range d.Tokens {
		if tok.Start < at || tok.End <= tok.Start {
			t.Fatalf("token %d [%d,%d) overlaps the one before it, which ends at %d, in %q", i, tok.Start, tok.End, at, d.Text)
		}
		onlySpace(t, d.Text[at:tok.Start], d.Text)
		if tok.Form != d.Text[tok.Start:tok.End] {
			t.Fatalf("token %d has the form %q over %q", i, tok.Form, d.Text[tok.Start:tok.End])
		}
		at = tok.End
	}
	onlySpace(t, d.Text[at:], d.Text)
}

func onlySpace(t interface{ Fatalf(string, ...any) }, gap, text string) {
	for i := 0; i < len(gap); {
		c, size := classAt(gap, i)
		if c != space {
			t.Fatalf("%q lies in no token of %q", gap, text)
		}
		i += size
	}
}

func TestProperties(t *testing.T) {
	s := stage(t)
	pieces := []string{"The", "army", "U.S.", "Gen.", "Nov.", "5", ".", "...", "\"", "“", "”", "(", ")", "don't", "it’s", "1,000", "$5bn", "–", "-", "al-Assad",
		" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "é", "世", "http://x.y/z?a=b", "a@b.c", "'", ",", "?!", "#tag", "\u00a0", "MR.", "cannot", "’", "İ", "\xff"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(rt, "pieces"), "")
		d := &doc.Doc{Text: text}
		if err := s.Annotate(d); err != nil {
			rt.Fatal(err)
		}
		if err := d.Check(); err != nil {
			rt.Fatal(err)
		}
		coversText(rt, d)
	})
}

// TestParagraphsApart reads paragraphs one by one and together.
func TestParagraphsApart(t *testing.T) {
	s := stage(t)
	paragraphs := []string{
		"The U.S. said on Nov. 5 that it would send Gen. Roe. He didn't answer.",
		"\"We won't go,\" he said. \"Not now.\"",
		"MORE THAN 1,000 PEOPLE WERE KILLED IN THE ATTACK, MR. ROE SAID. THE U.N. WAS TOLD.",
		"Prices rose 1.5 percent (to $3.20). Then they fell...",
	}
	var apart []string
	for _, p := range paragraphs {
		apart = append(apart, shown(segmented(t, s, p)))
	}
	if got, want := shown(segmented(t, s, strings.Join(paragraphs, "\n\n"))), strings.Join(apart, " ‖ "); got != want {
		t.Errorf("together:\n%s\napart:\n%s", got, want)
	}
}

func TestLongSentenceIsCut(t *testing.T) {
	s := stage(t)
	d := segmented(t, s, strings.Repeat("word and, ", 25000))
	for i, sentence := range d.Sentences {
		if n := sentence.Last - sentence.First; n > longest {
			t.Fatalf("sentence %d has %d tokens", i, n)
		}
		if i+1 < len(d.Sentences) && d.Tokens[sentence.Last-1].Form != "," {
			t.Fatalf("sentence %d was cut after %q", i, d.Tokens[sentence.Last-1].Form)
		}
	}
	if n := len(d.Sentences); n < 75 || n > 160 {
		t.Errorf("75,000 tokens became %d sentences", n)
	}
}

func TestHeadlineBreaks(t *testing.T) {
	s := stage(t)
	text := "Minister denies sale\nBy Jane Roe\nCAIRO (Reuters) - The minister denied it. He left.\n(Reporting by Jane Roe; Editing by John Doe)"
	d := &doc.Doc{Text: text, Done: doc.LayerHeadline}
	span := func(part string) doc.Span {
		i := int32(strings.Index(text, part))
		return doc.Span{Start: i, End: i + int32(len(part))}
	}
	d.Head = doc.Headline{Title: span("Minister denies sale"), Byline: span("By Jane Roe"), Dateline: span("CAIRO (Reuters) -"), SignOff: span("(Reporting by Jane Roe; Editing by John Doe)")}
	if err := s.Annotate(d); err != nil {
		t.Fatal(err)
	}
	var kinds []doc.SentenceKind
	for _, s := range d.Sentences {
		kinds = append(kinds, s.Kind)
	}
	want := []doc.SentenceKind{doc.InTitle, doc.InByline, doc.InDateline, doc.InBody, doc.InBody, doc.InSignOff}
	if len(kinds) != len(want) {
		t.Fatalf("got %d sentences: %s", len(kinds), shown(d))
	}
	for i := range want {
		if kinds[i] != want[i] {
			t.Errorf("sentence %d (%s) is of kind %d, want %d", i, d.Slice(d.Sentences[i].Span), kinds[i], want[i])
		}
	}
}

func TestWrappedText(t *testing.T) {
	s := stage(t)
	wrapped := "The government said on Monday that it would send no more troops to the\nnorth of the island, where rebels have held three towns since the spring\nand where the army has lost some two hundred men. The rebels said that\nthey would go on.\n    Talks are due to begin in the capital on Friday, two diplomats said, and\nit is not clear who will come.\n"
	if d := segmented(t, s, wrapped); len(d.Sentences) != 3 || d.Sentences[2].Paragraph != 1 {
		t.Errorf("wrapped text became %d sentences: %s", len(d.Sentences), shown(d))
	}
	lines := "Talks begin\nThe talks begin on Friday\nNobody knows who comes\n"
	if d := segmented(t, s, lines); len(d.Sentences) != 3 || d.Sentences[2].Paragraph != 2 {
		t.Errorf("three lines became %d sentences: %s", len(d.Sentences), shown(d))
	}
}

func FuzzAnnotate(f *testing.F) {
	for _, text := range []string{"", "Mr. Roe's don't-know.", "A\r\n\r\nB", "\xff\xfe", "“a” … 'b'", strings.Repeat("a.", 300), "THE U.S. ARMY\nWON'T GO.", "n't 's ’t"} {
		f.Add(text)
	}
	s := stage(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := segmented(t, s, text)
		coversText(t, d)
	})
}

func BenchmarkAnnotate(b *testing.B) {
	s := stage(b)
	text := strings.Repeat("CAIRO (Reuters) - The U.S. said on Nov. 5 that it wouldn't send Gen. Roe's men to the Syrian-held town, where 1,500 people live. \"We won't go,\" he said.\n", 400)
	words := 0
	b.ReportAllocs()
	for b.Loop() {
		d := &doc.Doc{Text: text}
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}

// TestNewswire reads testdata/newswire.tsv.
func TestNewswire(t *testing.T) {
	body, err := os.ReadFile("testdata/newswire.tsv")
	if err != nil {
		t.Fatal(err)
	}
	s := stage(t)
	rows := 0
	for i, line := range strings.Split(string(body), "\n") {
		if line == "" || line[0] == '#' && strings.HasPrefix(line, "# ") || line == "text\twant" {
			continue
		}
		text, want, ok := strings.Cut(line, "\t")
		if !ok {
			if !strings.HasPrefix(line, "#") {
				t.Errorf("line %d has no tab", i+1)
			}
			continue
		}
		rows++
		if got := shown(segmented(t, s, strings.ReplaceAll(text, `\n`, "\n"))); got != want {
			t.Errorf("line %d: %s\n got  %s\n want %s", i+1, text, got, want)
		}
	}
	if rows < 50 {
		t.Errorf("only %d rows were read", rows)
	}
}

// TestDateline: a dateline is a sentence of its own, whatever marks it holds, and the story begins behind it.
func TestDateline(t *testing.T) {
	s := stage(t)
	for _, dateline := range []string{"SAN SALVADOR, 3 JAN 90 (ACAN-EFE) -- [TEXT]", "MOSCOW, November 5. /TASS/.", "CAIRO (AP) —"} {
		d := &doc.Doc{Text: dateline + " The army left. Nobody stayed.", Done: doc.LayerHeadline}
		d.Head.Dateline = doc.Span{End: int32(len(dateline))}
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if len(d.Sentences) != 3 || d.Sentences[0].Kind != doc.InDateline || d.Sentences[1].Kind != doc.InBody {
			t.Errorf("got %s", shown(d))
		}
	}
}
