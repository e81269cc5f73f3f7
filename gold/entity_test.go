package gold

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
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
		{"worldwide-dev", "DATE=O,MONEY=O,WEAPON=PRODUCT", false, 77.6},
		{"wikigold-dev", "NORP=MISC,PRODUCT=MISC,WEAPON=MISC,FAC=LOC", false, 74.9},
		{"re3d-dev", "DATE=O,MONEY=O,QUANTITY=O,MILPLATFORM=WEAPON,VEHICLE=WEAPON,FAC=LOC,PRODUCT=WEAPON,MISC=O", true, 61.5},
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

// writeTags writes the longest mentions of a document as BIO tags: names alone, or the phrases of names and nominals
// with the pronouns that re3d marks, those that are subjects by their form.
func writeTags(out *bytes.Buffer, d *doc.Doc, nominals bool) {
	tags := make([]string, len(d.Tokens))
	best := make([]int32, len(d.Tokens)) // length of the mention that owns the token
	for i := range tags {
		tags[i] = "O"
	}
	for _, m := range d.Mentions {
		kind, first, last := m.Type, m.First, m.Last
		switch {
		case !nominals && m.Kind != doc.NameMention:
			continue
		case nominals && m.Kind == doc.PronounMention:
			kind = subjectPronouns[strings.ToLower(d.Tokens[m.First].Form)]
		case nominals:
			for ; d.Tokens[first].Start > m.Phrase.Start; first-- {
			}
			for ; d.Tokens[first].Start < m.Phrase.Start; first++ {
			}
			for ; d.Tokens[last-1].End > m.Phrase.End; last-- {
			}
		}
		if kind == "" {
			continue
		}
		length, free := last-first, true
		for t := first; t < last; t++ {
			free = free && best[t] < length
		}
		if !free {
			continue
		}
		for t := first; t < last; t++ {
			best[t], tags[t] = length, "I-"+kind
		}
		tags[first] = "B-" + kind
	}
	for _, s := range d.Sentences {
		for t := s.First; t < s.Last; t++ {
			out.WriteString(d.Tokens[t].Form + "\t" + tags[t] + "\n")
		}
		out.WriteByte('\n')
	}
}

// subjectPronouns are the pronouns that re3d marks, with the types it gives them: speakers and groups.
var subjectPronouns = map[string]string{"i": "PER", "he": "PER", "she": "PER", "we": "ORG", "they": "ORG"}
