package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/internal/doc"
	"annals/internal/model"
	"annals/internal/segment"
	"annals/internal/syntax/linear"
)

const (
	fineClasses   = 500
	coarseClasses = 60
	clusterRounds = 12
	rareWord      = 5 // words seen less often are left out of the lexicon
)

// newsTexts are the collections of unlabelled text that words are clustered by. Only counts are taken from them.
var newsTexts = []string{"reuters21578", "isot_reuters", "fakes_syria", "muc34", "hyperpartisan"}

// trainLexicon writes lexicon.model: word clusters and habits of writing.
func trainLexicon(o options) error {
	b := model.NewBuilder("lexicon", map[string]string{"data": strings.Join(append(newsTexts, treebanks...), " "), "seed": fmt.Sprint(o.seed),
		"command": "go run ./train lexicon"})
	c := newCounter()
	if err := c.readAll(o); err != nil {
		return err
	}
	words := c.vocabulary(rareWord)
	sentences := c.numbered(words)
	b1 := newBigrams(len(words), sentences)
	fine := cluster(b1, fineClasses, clusterRounds)
	coarse := cluster(b1.merge(fine, fineClasses), coarseClasses, 3*clusterRounds)
	entries := make([]linear.Entry, len(words))
	var kinds numbering
	kinds.of("")
	for i, w := range words {
		entries[i] = linear.Entry{Lower: w, Fine: uint16(fine[i]) + 1, Coarse: uint8(coarse[fine[i]]) + 1, Habit: c.words[w].habit(), Kinds: uint16(kinds.of(c.words[w].kinds()))}
	}
	b.Add("words", linear.WriteLexicon(entries))
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	showClusters(words, fine, c)
	return writeModel(o, "lexicon", body)
}

// showClusters prints a few clusters, for the eye.
func showClusters(words []string, fine []int32, c *counter) {
	byClass := make([][]string, fineClasses)
	for i, w := range words {
		byClass[fine[i]] = append(byClass[fine[i]], w)
	}
	for i := 0; i < fineClasses; i += fineClasses / 10 {
		list := byClass[i]
		slices.SortFunc(list, func(a, b string) int { return cmp.Compare(c.words[b].count, c.words[a].count) })
		fmt.Printf("lexicon: class %d: %s\n", i, strings.Join(list[:min(12, len(list))], " "))
	}
}

// habits are how a word, in lower case, was seen.
type habits struct {
	count                 int
	lower, title, capital int            // inside sentences of usual case
	tags                  map[string]int // in the treebanks
}

// kinds names the tags that make up a tenth of a word's uses in the treebanks, "" when it was seen too seldom: a
// tagger must meet words without kinds in training too.
func (u *habits) kinds() string {
	seen := 0
	for _, n := range u.tags {
		seen += n
	}
	if seen < rareWord {
		return ""
	}
	var names []string
	for name, n := range u.tags {
		if 10*n >= seen {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}

func (u *habits) habit() uint8 {
	seen := u.lower + u.title + u.capital
	switch {
	case seen < 3:
		return linear.HabitUnknown
	case 10*u.lower >= 9*seen:
		return linear.HabitLower
	case 10*u.capital >= 7*seen:
		return linear.HabitCapitals
	case 10*(u.title+u.capital) >= 9*seen:
		return linear.HabitTitle
	}
	return linear.HabitMixed
}

// counter collects words and sentences.
type counter struct {
	words     map[string]*habits
	sentences [][]string
}

func newCounter() *counter { return &counter{words: map[string]*habits{}} }

func (c *counter) readAll(o options) error {
	stage, err := segment.New()
	if err != nil {
		return err
	}
	for _, name := range newsTexts {
		if err := readNews(o, name, func(text string) error {
			d := &doc.Doc{Text: text}
			if err := stage.Annotate(d); err != nil {
				return err
			}
			for _, s := range d.Sentences {
				c.add(d.Tokens[s.First:s.Last])
			}
			return nil
		}); err != nil {
			return err
		}
		fmt.Printf("lexicon: %d words and %d sentences after %s\n", len(c.words), len(c.sentences), name)
	}
	trees, err := readTrees(o, treebanks...)
	if err != nil {
		return err
	}
	for _, t := range trees {
		c.add(t.tokens)
		for i := range t.tokens {
			u := c.words[strings.ToLower(linear.Masked(t.tokens[i].Form))]
			if u.tags == nil {
				u.tags = map[string]int{}
			}
			u.tags[class(&t.tokens[i])]++
		}
	}
	return nil
}

// readNews calls use with the text of every article of a collection.
func readNews(o options, name string, use func(text string) error) error {
	path := filepath.Join(o.data, "news", name+".jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("reading news: %w; give the folder of training data with -data", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("reading the news in %s: %w", path, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(make([]byte, 1<<20), 64<<20)
	for lines.Scan() {
		var article struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			return fmt.Errorf("reading the news in %s: %w", path, err)
		}
		if err := use(article.Text); err != nil {
			return err
		}
	}
	return lines.Err()
}

func (c *counter) add(tokens []doc.Token) {
	forms := make([]string, len(tokens))
	for i := range tokens {
		forms[i] = tokens[i].Form
	}
	usual := linear.CaseOf(tokens) == linear.Usual
	sentence := make([]string, len(tokens))
	for i, form := range forms {
		w := strings.ToLower(linear.Masked(form))
		sentence[i] = w
		u := c.words[w]
		if u == nil {
			u = &habits{}
			c.words[w] = u
		}
		u.count++
		if !usual || i == 0 || i > 0 && !wordlike(forms[i-1]) {
			continue
		}
		switch {
		case form == w:
			u.lower++
		case form == strings.ToUpper(form) && len(form) > 1:
			u.capital++
		default:
			u.title++
		}
	}
	c.sentences = append(c.sentences, sentence)
}

// wordlike tells a word from a mark after which a sentence or a quotation may begin.
func wordlike(form string) bool {
	return strings.ContainsAny(strings.ToLower(form), "abcdefghijklmnopqrstuvwxyz") || form == ","
}

// vocabulary is the words seen at least so often, the most frequent first.
func (c *counter) vocabulary(least int) []string {
	var out []string
	for w, u := range c.words {
		if u.count >= least {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(c.words[b].count, c.words[a].count), cmp.Compare(a, b))
	})
	return out
}

func (c *counter) numbered(words []string) [][]int32 {
	number := make(map[string]int32, len(words))
	for i, w := range words {
		number[w] = int32(i)
	}
	out := make([][]int32, len(c.sentences))
	for i, s := range c.sentences {
		for _, w := range s {
			n, ok := number[w]
			if !ok {
				n = -1
			}
			out[i] = append(out[i], n)
		}
	}
	return out
}
