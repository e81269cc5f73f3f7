package gold

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/syntax"
	"annals/train/corpus"
)

// mentionReader makes syntax and mentions over given tokens.
type mentionReader struct {
	syntax *syntax.Stage
	entity *entity.Stage
}

func openMentionReader(t *testing.T) *mentionReader {
	t.Helper()
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := syntax.New()
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	names, err := entity.New(lex)
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	return &mentionReader{grammar, names}
}

func (r *mentionReader) read(t *testing.T, d *doc.Doc) {
	t.Helper()
	if err := r.syntax.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := r.entity.Annotate(d); err != nil {
		t.Fatal(err)
	}
}

// TestAccuracyNames scores names on the development parts, over the tokens of the annotation. Worldwide's dates and
// amounts of money are other stages' work; wikigold has one MISC for what we keep apart; re3d marks the longest
// phrase, nominal and pronoun too.
func TestAccuracyNames(t *testing.T) {
	r := openMentionReader(t)
	for _, c := range []struct {
		file, rename string
		nominals     bool
		least        float64
	}{
		{"worldwide-dev", "DATE=O,MONEY=O,WEAPON=PRODUCT", false, 75.8},
		{"wikigold-dev", "NORP=MISC,PRODUCT=MISC,WEAPON=MISC,FAC=LOC", false, 67},
		{"re3d-dev", "DATE=O,MONEY=O,QUANTITY=O,MILPLATFORM=WEAPON,VEHICLE=WEAPON,FAC=LOC,PRODUCT=WEAPON,MISC=O", true, 48.5},
	} {
		gold := shared(t, "data", "ner", c.file+".bio.gz")
		docs, err := corpus.Read(gold, corpus.ReadBIO)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		for _, tagged := range docs {
			r.read(t, tagged.Doc)
			writeTags(&out, tagged.Doc, c.nominals)
		}
		path := filepath.Join(t.TempDir(), "system.bio")
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		result := score(t, "score_ner.py", gold, path, "--map", c.rename)
		for _, kind := range []string{"PER", "ORG", "LOC", "FAC", "NORP", "WEAPON", "PRODUCT", "MISC", "span"} {
			if of, ok := result[kind].(map[string]any); ok {
				t.Logf("%s %s: %.1f", c.file, kind, of["f1"])
			}
		}
		floor(t, c.file+" micro F1", result["micro"].(map[string]any)["f1"].(float64), c.least)
	}
}

// writeTags writes the longest mentions of a document as BIO tags; without nominals, names only.
func writeTags(out *bytes.Buffer, d *doc.Doc, nominals bool) {
	tags := make([]string, len(d.Tokens))
	best := make([]int32, len(d.Tokens)) // length of the mention that owns the token
	for i := range tags {
		tags[i] = "O"
	}
	for _, m := range d.Mentions {
		kind := m.Type
		if m.Kind == doc.PronounMention && kind == "" {
			kind = "ORG" // re3d: groups
		}
		if kind == "" || !nominals && m.Kind != doc.NameMention {
			continue
		}
		if nominals && m.Kind == doc.NameMention {
			m.First = withTitle(d, m)
		}
		length, free := m.Last-m.First, true
		for t := m.First; t < m.Last; t++ {
			free = free && best[t] < length
		}
		if !free {
			continue
		}
		for t := m.First; t < m.Last; t++ {
			best[t], tags[t] = length, "I-"+kind
		}
		tags[m.First] = "B-" + kind
	}
	for _, s := range d.Sentences {
		for t := s.First; t < s.Last; t++ {
			out.WriteString(d.Tokens[t].Form + "\t" + tags[t] + "\n")
		}
		out.WriteByte('\n')
	}
}

// withTitle is the first token of a name with its article and title, which re3d marks as part of it.
func withTitle(d *doc.Doc, m doc.Mention) int32 {
	first := m.First
	for first > 0 && d.Tokens[first-1].Sentence == d.Tokens[first].Sentence {
		t := &d.Tokens[first-1]
		if t.Head < m.First || t.Head >= m.Last {
			break
		}
		switch t.Deprel {
		case "det", "nmod:desc", "compound", "amod", "nummod":
			first--
		default:
			return first
		}
	}
	return first
}
