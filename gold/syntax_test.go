package gold

import (
	"strings"
	"testing"

	"annals/internal/doc"
	"annals/internal/syntax"
)

// relations are those that events and attributions live on.
var relations = []string{"nsubj", "nsubj:pass", "obj", "iobj", "obl", "ccomp", "xcomp", "advcl", "conj", "appos"}

func TestAccuracySyntaxEWT(t *testing.T) {
	syntaxOf(t, "EWT", "en_ewt-dev", "", map[string]float64{"upos": 95.7, "xpos": 95.0, "feats": 95.2, "lemma": 97.2, "uas": 86.1, "las": 83.1, "clas": 79.0})
}

func TestAccuracySyntaxGUM(t *testing.T) {
	syntaxOf(t, "GUM", "en_gum-dev", "", map[string]float64{"upos": 97.0, "xpos": 96.6, "feats": 93.8, "lemma": 98.0, "uas": 86.2, "las": 83.4, "clas": 79.1})
}

func TestAccuracySyntaxGUMNews(t *testing.T) {
	syntaxOf(t, "GUM news", "en_gum-dev", "GUM_news_", map[string]float64{"upos": 97.4, "xpos": 97.0, "feats": 95.2, "lemma": 98.0, "uas": 87.8, "las": 86.0, "clas": 82.6})
}

// syntaxOf reads the documents of a treebank whose ids begin with prefix, from gold tokens, and scores the result.
func syntaxOf(t *testing.T, name, treebank, prefix string, floors map[string]float64) {
	want := treebankDocs(t, treebank, prefix)
	got := treebankDocs(t, treebank, prefix)
	stage, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range got {
		for i := range d.Tokens {
			tok := &d.Tokens[i]
			tok.UPOS, tok.XPOS, tok.Feats, tok.Lemma, tok.Deprel, tok.Head = "", "", "", "", "", doc.None
		}
		if err := stage.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
	figures := score(t, "score_ud.py", treebankFileOf(t, "gold", want), treebankFileOf(t, "pred", got))
	for _, what := range []string{"upos", "xpos", "feats", "lemma", "uas", "las", "clas"} {
		floor(t, name+" "+what, f1(t, figures, what), floors[what])
	}
	for _, relation := range relations {
		t.Logf("%-40s %6.2f", name+" "+relation, relationF1(want, got, func(d *doc.Doc, i int32) bool {
			have := d.Tokens[i].Deprel
			return have == relation || relation == "obl" && strings.HasPrefix(have, "obl:") && have != "obl:agent"
		}))
	}
	t.Logf("%-40s %6.2f", name+" negation", relationF1(want, got, negates))
}

// negates tells whether token i is "not" or "n't" that denies its head.
func negates(d *doc.Doc, i int32) bool {
	form := strings.ToLower(d.Tokens[i].Form)
	return (form == "not" || form == "n't" || form == "n’t") && d.Tokens[i].Deprel == "advmod"
}

// relationF1 compares the arcs that is selects, head included.
func relationF1(want, got []*doc.Doc, is func(*doc.Doc, int32) bool) float64 {
	both, wanted, found := 0, 0, 0
	for n := range want {
		for i := range want[n].Tokens {
			w, g := is(want[n], int32(i)), is(got[n], int32(i))
			if w {
				wanted++
			}
			if g {
				found++
			}
			if w && g && want[n].Tokens[i].Head == got[n].Tokens[i].Head {
				both++
			}
		}
	}
	return 200 * float64(both) / float64(max(wanted+found, 1))
}

// treebankFileOf writes documents to a file and returns its name.
func treebankFileOf(t *testing.T, name string, docs []*doc.Doc) string {
	t.Helper()
	f := conlluFile(t, name)
	for _, d := range docs {
		f.write(t, d)
	}
	return f.close(t)
}
