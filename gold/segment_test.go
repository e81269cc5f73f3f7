package gold

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/conllu"
	"annals/internal/doc"
	"annals/internal/segment"
)

// The figures are F1 of the CoNLL 2018 shared task's definitions, from raw text: paragraphs end with a line end,
// nothing else of the treebank is shown to the segmenter.

func TestAccuracySegmentEWT(t *testing.T) {
	scoreSegment(t, "EWT", "en_ewt-dev", "", 99.35, 99.0, 87)
}

func TestAccuracySegmentGUM(t *testing.T) {
	scoreSegment(t, "GUM", "en_gum-dev", "", 99.7, 99.7, 95)
}

func TestAccuracySegmentGUMNews(t *testing.T) {
	scoreSegment(t, "GUM news", "en_gum-dev", "GUM_news_", 99.8, 99.8, 98)
}

func scoreSegment(t *testing.T, name, treebank, genre string, tokens, words, sentences float64) {
	goldDocs := treebankDocs(t, treebank, genre)
	stage, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	gold, pred := conlluFile(t, "gold"), conlluFile(t, "pred")
	for _, g := range goldDocs {
		p := &doc.Doc{ID: g.ID, Text: g.Text}
		if err := stage.Annotate(p); err != nil {
			t.Fatal(err)
		}
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", g.ID, err)
		}
		hangOnFirst(p)
		gold.write(t, g)
		pred.write(t, p)
	}
	figures := score(t, "score_ud.py", gold.close(t), pred.close(t))
	floor(t, name+" tokens", f1(t, figures, "tokens"), tokens)
	floor(t, name+" words", f1(t, figures, "words"), words)
	floor(t, name+" sentences", f1(t, figures, "sentences"), sentences)
}

// treebankDocs reads the documents of a treebank whose id begins with prefix.
func treebankDocs(t *testing.T, name, prefix string) []*doc.Doc {
	t.Helper()
	f, err := os.Open(shared(t, "data", "ud", name+".conllu.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := conllu.Read(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	var chosen []*doc.Doc
	for _, d := range docs {
		if strings.HasPrefix(d.ID, prefix) {
			chosen = append(chosen, d)
		}
	}
	return chosen
}

// hangOnFirst gives each sentence a flat tree, because the scorer wants heads.
func hangOnFirst(d *doc.Doc) {
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			d.Tokens[i].Head, d.Tokens[i].Deprel = s.First, "dep"
		}
		d.Tokens[s.First].Head, d.Tokens[s.First].Deprel = doc.None, "root"
	}
	d.Done |= doc.LayerSyntax
}

// treebankFile is a CoNLL-U file in the making.
type treebankFile struct {
	file *os.File
	out  *bufio.Writer
}

func conlluFile(t *testing.T, name string) *treebankFile {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), name+".conllu"))
	if err != nil {
		t.Fatal(err)
	}
	return &treebankFile{f, bufio.NewWriter(f)}
}

func (f *treebankFile) write(t *testing.T, d *doc.Doc) {
	t.Helper()
	if err := conllu.Write(f.out, d); err != nil {
		t.Fatal(err)
	}
}

func (f *treebankFile) close(t *testing.T) string {
	t.Helper()
	if err := f.out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.file.Close(); err != nil {
		t.Fatal(err)
	}
	return f.file.Name()
}

// f1 is the F1 of a metric in what score_ud.py printed.
func f1(t *testing.T, figures map[string]any, metric string) float64 {
	t.Helper()
	all, _ := figures["all"].(map[string]any)
	row, ok := all[metric].(map[string]any)
	if !ok {
		t.Fatalf("score_ud.py printed no %s: %v", metric, figures)
	}
	value, ok := row["f1"].(float64)
	if !ok {
		t.Fatalf("score_ud.py printed no F1 of %s: %v", metric, row)
	}
	return value
}
