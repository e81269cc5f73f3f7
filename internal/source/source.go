// Package source brings articles in: files, folders, patterns, JSON Lines and standard input.
//
// In: what the command line names. Out: items of raw bytes with what is known about each, one at a time and in a
// fixed order. A broken file or line is an error that names it, and the rest goes on. It never looks into a text.
package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	// MaxFile is the largest file that is read as one article, in bytes: no news story is a hundredth of it.
	MaxFile = 8 << 20
	// MaxLine is the longest line of JSON Lines, in bytes.
	MaxLine = 16 << 20
)

// Item is an article as it came.
type Item struct {
	Name string // file name, or file name and line
	Body []byte
	Meta Meta
}

// Meta is what the source says about an article; empty strings are unknown.
type Meta struct {
	ID, Title, Publisher, URL, Date string
	IsText                          bool // Body is text already, not a file to be decoded
}

// Error says which input could not be read.
type Error struct {
	Name string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("reading %s: %v", e.Name, e.Err) }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Open yields the articles that the arguments name: "-" is standard input, a folder all files below it, a pattern
// with * ? [ ] what it matches. Files that end in .jsonl hold one article a line. An error comes with an item that
// has only a name.
func Open(args []string, stdin io.Reader) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, arg := range args {
			for _, name := range expand(arg) {
				if !one(name, stdin, yield) {
					return
				}
			}
		}
	}
}

// expand is the files behind an argument; one that names nothing stays, so that reading it says what is wrong.
func expand(arg string) []string {
	if arg == "-" {
		return []string{arg}
	}
	if strings.ContainsAny(arg, "*?[") {
		if _, err := os.Stat(arg); err != nil {
			if matches, err := filepath.Glob(arg); err == nil && len(matches) > 0 {
				slices.Sort(matches)
				var out []string
				for _, m := range matches {
					out = append(out, below(m)...)
				}
				return out
			}
		}
	}
	return below(arg)
}

func below(name string) []string {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}
	}
	var out []string
	walk := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			out = append(out, path) // opening it will say why
			return nil
		case entry.IsDir() && path != name && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.Type().IsRegular() && !strings.HasPrefix(entry.Name(), "."):
			out = append(out, path)
		}
		return nil
	})
	if walk != nil {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// one yields what a single file holds and tells whether to go on.
func one(name string, stdin io.Reader, yield func(Item, error) bool) bool {
	if name == "-" {
		return standardInput(stdin, yield)
	}
	f, err := os.Open(name)
	if err != nil {
		return yield(Item{Name: name}, &Error{name, cause(err)})
	}
	defer f.Close()
	if strings.HasSuffix(name, ".jsonl") {
		return lines(name, f, yield)
	}
	return whole(name, f, yield)
}

// standardInput is JSON Lines when its first line is a JSON object, else one article.
func standardInput(stdin io.Reader, yield func(Item, error) bool) bool {
	in := bufio.NewReaderSize(stdin, 64<<10)
	start, err := in.Peek(in.Size() / 2)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return yield(Item{Name: "-"}, &Error{"standard input", err})
	}
	if trimmed := bytes.TrimLeft(start, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		return lines("-", in, yield)
	}
	return whole("-", in, yield)
}

func whole(name string, in io.Reader, yield func(Item, error) bool) bool {
	body, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	if err == nil && len(body) > MaxFile {
		err = fmt.Errorf("the file is larger than %d MB, which is no article; give its articles one a line, as .jsonl", MaxFile>>20)
	}
	if err != nil {
		return yield(Item{Name: name}, &Error{name, cause(err)})
	}
	return yield(Item{Name: name, Body: body}, nil)
}

// line is one article of JSON Lines; the keys are those of the stand-off contract, and what corpora use.
type line struct {
	DocID     string  `json:"doc_id"`
	ID        string  `json:"id"`
	Text      *string `json:"text"`
	Date      string  `json:"date"`
	DCT       string  `json:"dct"`
	Title     string  `json:"title"`
	Publisher string  `json:"publisher"`
	Source    any     `json:"source"` // a publisher's name, or in some corpora something else
	URL       string  `json:"url"`
}

func lines(name string, in io.Reader, yield func(Item, error) bool) bool {
	for line := range split(in, MaxLine) {
		at := fmt.Sprintf("%s:%d", name, line.number)
		item, err := Item{Name: at}, line.err
		if err == nil {
			item, err = parseLine(at, line.body)
		}
		if err != nil {
			err = &Error{at, err}
		}
		if !yield(item, err) {
			return false
		}
	}
	return true
}

func parseLine(name string, body []byte) (Item, error) {
	var l line
	if err := json.Unmarshal(body, &l); err != nil {
		return Item{Name: name}, fmt.Errorf("the line is not a JSON object of an article: %w", err)
	}
	if l.Text == nil {
		return Item{Name: name}, errors.New(`the line has no key "text"`)
	}
	item := Item{Name: name, Body: []byte(*l.Text), Meta: Meta{ID: l.DocID, Title: l.Title, Publisher: l.Publisher, URL: l.URL, Date: l.Date, IsText: true}}
	if item.Meta.ID == "" {
		item.Meta.ID = l.ID
	}
	if item.Meta.Date == "" {
		item.Meta.Date = l.DCT
	}
	if s, ok := l.Source.(string); ok && item.Meta.Publisher == "" {
		item.Meta.Publisher = s
	}
	return item, nil
}

// cause takes the path out of a file error: the message names the input already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
