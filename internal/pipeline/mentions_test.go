package pipeline

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/doc"
)

// TestMentionCases holds the names and nominals of every row of testdata/mentions.tsv to what must and what must
// never be found. A case is a row; anyone can add one.
func TestMentionCases(t *testing.T) {
	r := open1(t)
	file, err := os.Open("testdata/mentions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(cells[0], "#") || cells[0] == "id" {
			continue
		}
		if len(cells) != 5 {
			t.Fatalf("the case %q has %d columns, not 5", cells[0], len(cells))
		}
		cases++
		found, words := mentionsOf(t, r, cells[1])
		for want := range strings.SplitSeq(cells[2], "; ") {
			if want != "" && !slices.Contains(found, want) {
				t.Errorf("%s: %q is not found, but %q", cells[0], want, found)
			}
		}
		for never := range strings.SplitSeq(cells[3], "; ") {
			if never != "" && slices.Contains(words, never) {
				t.Errorf("%s: %q is found as a mention", cells[0], never)
			}
		}
	}
	if cases == 0 {
		t.Fatal("the table holds no case")
	}
}

// mentionsOf reads a text and returns its typed names and nominals, "words/TYPE", a star after nominals, and their words.
func mentionsOf(t *testing.T, r *Reader, text string) (found, words []string) {
	t.Helper()
	d, err := r.Annotate(Article{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range d.Mentions {
		if m.Type == "" || m.Kind == doc.PronounMention {
			continue
		}
		star := ""
		if m.Kind == doc.NominalMention {
			star = "*"
		}
		found = append(found, d.Slice(m.Span)+"/"+m.Type+star)
		words = append(words, d.Slice(m.Span))
	}
	return found, words
}

// TestOutletNamedLater reads a lead that leaves the outlet unnamed: the chain of its claim has the name that follows.
func TestOutletNamedLater(t *testing.T) {
	r := open1(t)
	d, err := r.Annotate(Article{Date: civil.Of(2019, 5, 7), Text: "Chad will sell four old jets this year, the defence minister told a Kenyan newspaper on Monday.\n\n" +
		"Defence Minister Idriss Moussa told the Daily Nation in an interview that the army had enough of them.\n"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Record(d).Claims {
		if slices.Contains(c.Chain, "daily-nation") {
			return
		}
	}
	t.Error("no claim of the lead has the newspaper in its chain")
}
