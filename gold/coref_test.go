package gold

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/coref"
	"annals/internal/doc"
	"annals/internal/lexicon"
	"annals/train/corpus"
)

// TestAccuracyCoreference scores chains on GUM's development part, over its tokens, singletons left out. A pronoun
// is right when its predicted chain holds one of the earlier phrases of its annotated chain.
func TestAccuracyCoreference(t *testing.T) {
	r := openMentionReader(t)
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	stage, err := coref.New(lex)
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	gold := shared(t, "data", "coref", "gum-dev.jsonl.gz")
	docs, err := corpus.Read(gold, corpus.ReadChains)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	write := json.NewEncoder(&out)
	pronouns, right := 0, 0
	for _, c := range docs {
		r.read(t, c.Doc)
		if err := stage.Annotate(c.Doc); err != nil {
			t.Fatal(err)
		}
		if err := c.Doc.Check(); err != nil {
			t.Error(err)
		}
		tokens := make([]string, len(c.Doc.Tokens))
		for i := range tokens {
			tokens[i] = c.Doc.Tokens[i].Form
		}
		clusters := predicted(c.Doc)
		if err := write.Encode(map[string]any{"doc_id": c.ID, "tokens": tokens, "clusters": clusters}); err != nil {
			t.Fatal(err)
		}
		n, ok := pronounLinks(c, clusters)
		pronouns, right = pronouns+n, right+ok
	}
	path := filepath.Join(t.TempDir(), "system.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	result := score(t, "score_coref.py", gold, path)
	all := result["all"].(map[string]any)
	for _, metric := range []string{"mentions", "muc", "b3", "ceafe", "lea"} {
		m := all[metric].(map[string]any)
		t.Logf("%-8s P %.2f R %.2f F1 %.2f", metric, m["p"], m["r"], m["f1"])
	}
	floor(t, "GUM dev CoNLL average", all["conll"].(map[string]any)["f1"].(float64), 53.3)
	floor(t, "GUM dev pronouns in the right chain, %", 100*float64(right)/float64(pronouns), 81)
}

func predicted(d *doc.Doc) [][][2]int32 {
	out := [][][2]int32{}
	for _, chain := range d.Chains {
		var c [][2]int32
		for _, m := range chain.Mentions {
			c = append(c, [2]int32{d.Mentions[m].First, d.Mentions[m].Last})
		}
		out = append(out, c)
	}
	return out
}

var pronounForms = " i me my mine myself we us our ours he him his himself she her hers herself it its itself they them their theirs themselves "

// pronounLinks counts the annotated pronouns that have an earlier phrase in their chain, and those whose predicted
// chain holds such a phrase.
func pronounLinks(c corpus.Chained, clusters [][][2]int32) (all, right int) {
	chainOf := map[[2]int32]int{}
	for i, cluster := range clusters {
		for _, s := range cluster {
			chainOf[s] = i + 1
		}
	}
	for _, cluster := range c.Clusters {
		for _, s := range cluster {
			if s[1]-s[0] != 1 || !strings.Contains(pronounForms, " "+strings.ToLower(c.Tokens[s[0]].Form)+" ") {
				continue
			}
			earlier, found := false, false
			for _, o := range cluster {
				if o[0] < s[0] {
					earlier = true
					found = found || chainOf[s] != 0 && chainOf[o] == chainOf[s]
				}
			}
			if earlier {
				all++
				if found {
					right++
				}
			}
		}
	}
	return all, right
}
