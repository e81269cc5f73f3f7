package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/model"
	"annals/internal/syntax"
	"annals/internal/syntax/linear"
	"annals/train/corpus"
	"annals/train/crf"
)

// namesCorpora are the corpora of the model "names", each with what its types can mean among ours. A type that is
// not listed, and "O", may be anything that the corpus does not annotate.
var namesCorpora = []struct {
	file   string
	types  map[string][]string
	silent []string // types that the corpus leaves unmarked
}{
	{"worldwide-train", map[string][]string{
		"PER": {"PER"}, "ORG": {"ORG"}, "LOC": {"LOC"}, "FAC": {"FAC"}, "NORP": {"NORP"}, "MISC": {"MISC"}, "PRODUCT": {"PRODUCT"},
		"DATE": {"DATE"}, "MONEY": {"MONEY"},
	}, nil},
	{"wikigold-train", map[string][]string{
		"PER": {"PER"}, "ORG": {"ORG"}, "LOC": {"LOC", "FAC"}, "MISC": {"MISC", "NORP", "PRODUCT", "FAC"},
	}, []string{"DATE", "MONEY"}},
	{"crossner_politics-train", map[string][]string{
		"person": {"PER"}, "politician": {"PER"}, "politicalparty": {"ORG"}, "organisation": {"ORG"}, "country": {"LOC"}, "location": {"LOC", "FAC"},
		"election": {"MISC"}, "event": {"MISC"}, "misc": {"MISC", "NORP", "PRODUCT", "ORG"},
	}, []string{"DATE", "MONEY"}},
}

const (
	namesRuns  = 4
	namesLeast = 0.03 // weights below are left out: the mean of four runs has many that only one of them needed
)

// trainNames trains the tagger of names: a linear-chain conditional random field, the mean of four runs.
func trainNames(o options) error {
	lex, err := lexicon.Load()
	if err != nil {
		return err
	}
	clusters, err := readClusters(o)
	if err != nil {
		return err
	}
	stage, err := entity.NewUntrained(lex, string(clusters))
	if err != nil {
		return err
	}
	grammar, err := syntax.New()
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(o.seed, 1))
	var data []crf.Sequence
	for _, c := range namesCorpora {
		docs, err := corpus.Read(filepath.Join(o.data, "ner", c.file+".bio.gz"), corpus.ReadBIO)
		if err != nil {
			return err
		}
		for _, t := range docs {
			if err := grammar.Annotate(t.Doc); err != nil {
				return err
			}
			allowed := allowedLabels(t, c.types, c.silent)
			data = appendSequences(data, stage, t.Doc, allowed)
			if loud := recase(t.Doc, random); loud != nil {
				if err := grammar.Annotate(loud); err != nil {
					return err
				}
				data = appendSequences(data, stage, loud, allowed)
			}
		}
	}
	settings := crf.Options{Labels: entity.Labels, Follows: entity.Follows, Starts: entity.Starts, Ends: entity.Ends,
		Epochs: 12, Rate: 0.05, Decay: 0.85, L1: 0.45, Least: 2, Runs: namesRuns, Seed: o.seed, Progress: os.Stdout}
	trained, err := crf.Train(data, settings)
	if err != nil {
		return err
	}
	trained.Rows = model.Prune(trained.Rows, namesLeast)
	b := model.NewBuilder("names", map[string]string{
		"data": "worldwide-train, wikigold-train, crossner_politics-train", "seed": fmt.Sprint(o.seed), "command": "go run ./train names",
		"licence": "corpora: see docs/models.md",
	})
	if err := model.AddRows(b, "names", entity.LabelNames(), trained.Rows, trained.Scale(2000)); err != nil {
		return err
	}
	if err := b.AddJSON("names.transitions", trained.Transitions); err != nil {
		return err
	}
	b.Add("clusters", clusters)
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	if err := scoreNames(o, lex, grammar, body); err != nil {
		return err
	}
	return writeModel(o, "names", body)
}

// appendSequences adds the stretches of a document as training sequences.
func appendSequences(data []crf.Sequence, stage *entity.Stage, d *doc.Doc, allowed []uint64) []crf.Sequence {
	for _, stretch := range stage.Observations(d) {
		data = append(data, crf.Sequence{Features: stretch.Features, Allowed: allowed[stretch.First:stretch.Last]})
	}
	return data
}

// allowedLabels turns the tags of a corpus into sets of labels.
func allowedLabels(t corpus.Tagged, types map[string][]string, silent []string) []uint64 {
	outside := uint64(1) << entity.Outside
	for _, kind := range silent {
		for place := entity.Begin; place <= entity.Single; place++ {
			outside |= 1 << entity.Label(kind, place)
		}
	}
	allowed := make([]uint64, len(t.Tags))
	for _, s := range t.Sentences {
		for i := s.First; i < s.Last; i++ {
			kinds := types[typeOf(t.Tags[i])]
			if kinds == nil {
				allowed[i] = outside
				continue
			}
			begins := i == s.First || t.Tags[i][0] == 'B' || typeOf(t.Tags[i-1]) != typeOf(t.Tags[i])
			ends := i+1 == s.Last || t.Tags[i+1][0] == 'B' || typeOf(t.Tags[i+1]) != typeOf(t.Tags[i])
			place := entity.Inside
			switch {
			case begins && ends:
				place = entity.Single
			case begins:
				place = entity.Begin
			case ends:
				place = entity.End
			}
			for _, kind := range kinds {
				allowed[i] |= 1 << entity.Label(kind, place)
			}
		}
	}
	return allowed
}

func typeOf(tag string) string {
	if len(tag) > 2 {
		return tag[2:]
	}
	return ""
}

// recase copies some documents in the voice of old wires and headlines: all letters capitals, or every long word
// capitalised. It returns nil for the others.
func recase(d *doc.Doc, random *rand.Rand) *doc.Doc {
	draw := random.Float64()
	if draw > 0.10 {
		return nil
	}
	loud := *d
	loud.Tokens = append([]doc.Token(nil), d.Tokens...)
	for i := range loud.Tokens {
		form := loud.Tokens[i].Form
		if draw < 0.07 {
			form = strings.ToUpper(form)
		} else if len(form) > 3 {
			form = strings.ToUpper(form[:1]) + form[1:]
		}
		loud.Tokens[i].Form = form
	}
	return &loud
}

// scoreNames prints the scores of a finished model on the development part of Worldwide.
func scoreNames(o options, lex *lexicon.Lexicon, grammar *syntax.Stage, body []byte) error {
	file, err := model.Parse(string(body))
	if err != nil {
		return err
	}
	stage, err := entity.Open(lex, file)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		file string
		as   map[string]string
	}{
		{"worldwide-dev", map[string]string{"DATE": "", "MONEY": "", "WEAPON": "PRODUCT"}},
		{"wikigold-dev", map[string]string{"NORP": "MISC", "PRODUCT": "MISC", "WEAPON": "MISC", "FAC": "LOC"}},
	} {
		docs, err := corpus.Read(filepath.Join(o.data, "ner", c.file+".bio.gz"), corpus.ReadBIO)
		if err != nil {
			return err
		}
		gold, found, right := map[string]int{}, map[string]int{}, map[string]int{}
		for _, t := range docs {
			if err := grammar.Annotate(t.Doc); err != nil {
				return err
			}
			if err := stage.Annotate(t.Doc); err != nil {
				return err
			}
			countNames(t, c.as, gold, found, right)
		}
		fmt.Printf("%s:", c.file)
		for _, kind := range []string{"all", "PER", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC"} {
			fmt.Printf(" %s %.1f (%d)", kind, 200*float64(right[kind])/float64(max(1, gold[kind]+found[kind])), gold[kind])
		}
		fmt.Println()
	}
	return nil
}

// countNames counts the names of the annotation, those found, and those that are both.
func countNames(t corpus.Tagged, as map[string]string, gold, found, right map[string]int) {
	type name struct {
		first, last int32
		kind        string
	}
	rename := func(kind string) string {
		if to, ok := as[kind]; ok {
			return to
		}
		return kind
	}
	have := map[name]bool{}
	for _, s := range t.Sentences {
		for i := s.First; i < s.Last; i++ {
			kind := typeOf(t.Tags[i])
			if kind == "" {
				continue
			}
			first := i
			for i+1 < s.Last && t.Tags[i+1][0] == 'I' && typeOf(t.Tags[i+1]) == kind {
				i++
			}
			if kind = rename(kind); kind != "" {
				have[name{first, i + 1, kind}] = true
				gold[kind]++
				gold["all"]++
			}
		}
	}
	for _, m := range t.Mentions {
		if m.Kind != doc.NameMention {
			continue
		}
		kind := rename(m.Type)
		found[kind]++
		found["all"]++
		if have[name{m.First, m.Last, kind}] {
			right[kind]++
			right["all"]++
		}
	}
}

// namesTexts are the collections whose words are looked up for the table of word classes.
var namesTexts = []string{"reuters21578", "isot_reuters", "fakes_syria", "muc34", "hyperpartisan"}

// readClusters copies the word classes of the model "lexicon" for the words that occur in the news.
func readClusters(o options) ([]byte, error) {
	file, err := model.Embedded("lexicon")
	if err != nil {
		return nil, err
	}
	lexicon, err := linear.OpenLexicon(file, &linear.Dictionary{}) // word classes are asked for, not kinds
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, name := range namesTexts {
		_, err := corpus.Read(filepath.Join(o.data, "news", name+".jsonl.gz"), func(r io.Reader) (bool, error) {
			lines := bufio.NewScanner(r)
			lines.Buffer(nil, 64<<20)
			for lines.Scan() {
				var article struct{ Text string }
				if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
					return false, err
				}
				for word := range strings.FieldsFuncSeq(article.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) {
					seen[strings.ToLower(word)] = true
					seen[strings.ToLower(strings.TrimRight(word, "."))] = true
				}
			}
			return true, lines.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	words := slices.Sorted(maps.Keys(seen))
	var rows []entity.Cluster
	var scratch []linear.Word
	var arena []byte
	for _, word := range words {
		w := lexicon.Words([]doc.Token{{Form: word}}, &scratch, &arena)
		for i := range w {
			if w[i].Fine != 0 && word != "" {
				rows = append(rows, entity.Cluster{Word: word, Fine: uint16(w[i].Fine), Coarse: uint8(w[i].Coarse), Habit: uint8(w[i].Habit)})
				break
			}
		}
	}
	fmt.Printf("%d words with classes\n", len(rows))
	return entity.WriteClusters(rows), nil
}
