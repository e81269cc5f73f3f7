// Package doctest lays plain tokens over short texts, for the tests of packages that read tokens and must not import
// the stage that makes them.
//
// In: a text, one sentence a line. Out: a document with sentences and tokens but no syntax. It cuts at blanks, sets
// punctuation apart as Universal Dependencies does, and knows nothing more of language.
package doctest

import (
	"strings"
	"unicode/utf8"

	"annals/internal/doc"
)

// Plain lays sentences and tokens over a text. Every line is a sentence; marks stand alone but inside numbers, and a
// dot stays with an abbreviation of the list, with a single letter, and with "a.m." and its like.
func Plain(text string) *doc.Doc {
	d := &doc.Doc{Text: text, Done: doc.LayerSentences | doc.LayerTokens}
	start := 0
	for line := range strings.Lines(text) {
		end := start + len(strings.TrimRight(line, "\n"))
		first := int32(len(d.Tokens))
		for _, word := range fields(text, start, end) {
			cut(d, word)
		}
		if last := int32(len(d.Tokens)); last > first {
			d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Start: d.Tokens[first].Start, End: d.Tokens[last-1].End}, First: first, Last: last})
		}
		start += len(line)
	}
	return d
}

func fields(text string, start, end int) (out []doc.Span) {
	from := -1
	for i := start; i <= end; i++ {
		if i == end || text[i] <= ' ' {
			if from >= 0 {
				out = append(out, doc.Span{Start: int32(from), End: int32(i)})
			}
			from = -1
		} else if from < 0 {
			from = i
		}
	}
	return out
}

// cut sets marks apart: at both ends of a word, and hyphens, slashes and money signs inside.
func cut(d *doc.Doc, word doc.Span) {
	text := d.Text
	from := word.Start
	for i := word.Start; i < word.End; {
		r, size := utf8.DecodeRuneInString(text[i:word.End])
		next := i + int32(size)
		switch {
		case strings.ContainsRune("()[]\";!?%–—…$£€¥#-/", r),
			r == ',' && !between(text, i, word),
			r == '.' && next == word.End && !abbreviation(text[from:i]),
			r == ':' && !between(text, i, word),
			(r == '\'' || r == '’') && (i == word.Start || next == word.End):
			add(d, from, i)
			add(d, i, next)
			from = next
		case (r == '\'' || r == '’') && word.End-i == int32(size)+1 && (text[word.End-1] == 's'):
			add(d, from, i)
			from = i
		}
		i = next
	}
	add(d, from, word.End)
}

// between tells whether the mark at i stands between digits.
func between(text string, i int32, word doc.Span) bool {
	return i > word.Start && i+1 < word.End && digit(text[i-1]) && digit(text[i+1])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

const abbreviations = " jan feb mar apr jun jul aug sept sep oct nov dec mr mrs dr gen lt col maj no "

func abbreviation(word string) bool {
	return len(word) == 1 && !digit(word[0]) || strings.Contains(word, ".") && !digit(word[len(word)-1]) || strings.Contains(abbreviations, " "+strings.ToLower(word)+" ")
}

func add(d *doc.Doc, start, end int32) {
	if start < end {
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Start: start, End: end}, Form: d.Text[start:end], Head: doc.None, Sentence: int32(len(d.Sentences))})
	}
}
