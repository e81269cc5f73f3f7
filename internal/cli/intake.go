package cli

import (
	"cmp"
	"fmt"
	"iter"

	"annals/internal/civil"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/pipeline"
	"annals/internal/source"
	"annals/record"
)

// inputs are the flags of every command that reads articles.
type inputs struct {
	Files     []string `arg:"" name:"input" help:"Files, folders, patterns, or - for standard input. Files that end in .jsonl hold one article a line."`
	Date      string   `help:"Publication date (YYYY-MM-DD) of articles that bring none of their own." placeholder:"DATE"`
	Publisher string   `help:"Publisher of articles that bring none of their own." placeholder:"NAME"`
	Dict      string   `help:"Code with this dictionary besides, as annals dict import wrote it." placeholder:"FILE"`
	Force     bool     `help:"Read texts that do not look like English all the same."`
}

// date checks the flag once, before anything is read.
func (in *inputs) date() (civil.Date, error) {
	if in.Date == "" {
		return civil.Date{}, nil
	}
	date, err := civil.Parse(in.Date)
	if err != nil {
		return date, errUsage{err}
	}
	return date, nil
}

// reading is an article read, or the reason why it was not.
type reading struct {
	name   string
	doc    *doc.Doc
	record *record.Record
	err    error
}

// readAll reads every article of the inputs.
func (in *inputs) readAll(s *streams, reader *pipeline.Reader, withRecord bool, use func(reading) error) error {
	date, err := in.date()
	if err != nil {
		return err
	}
	read := func(i source.Item) reading { return in.read(reader, i, date, withRecord) }
	return eachResult(s, source.Open(in.Files, s.in), read, use)
}

// eachResult applies read to every item on all cores and hands the results over in the order of the items. What use
// returns ends the work; an item that cannot be read does not: it is named on standard error and counted.
func eachResult(s *streams, items iter.Seq2[source.Item, error], read func(source.Item) reading, use func(reading) error) error {
	type input struct {
		item source.Item
		err  error
	}
	inputs := func(yield func(input) bool) {
		for item, err := range items {
			if !yield(input{item, err}) {
				return
			}
		}
	}
	work := func(i input) reading {
		if i.err != nil {
			return reading{name: i.item.Name, err: i.err}
		}
		return read(i.item)
	}
	failed, total := 0, 0
	for r := range ordered(inputs, work) {
		total++
		if r.err != nil {
			failed++
			fmt.Fprintf(s.err, "annals: %v\n", r.err)
			continue
		}
		if err := use(r); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errPartial{failed, total}
	}
	return nil
}

func (in *inputs) read(reader *pipeline.Reader, item source.Item, date civil.Date, withRecord bool) reading {
	r := reading{name: item.Name}
	article, err := in.article(item, date)
	if err == nil {
		r.doc, err = reader.Annotate(article)
	}
	if err != nil {
		r.err = &source.Error{Name: item.Name, Err: err}
		return r
	}
	if withRecord {
		r.record = reader.Record(r.doc)
	}
	return r
}

// article decodes an item. What the item says of itself goes before the flags. Text that came as JSON is taken as
// it is, so that offsets are those of the input.
func (in *inputs) article(item source.Item, date civil.Date) (pipeline.Article, error) {
	read, err := in.decode(item)
	if err != nil {
		return pipeline.Article{}, err
	}
	if !read.IsEnglish() && !in.Force {
		return pipeline.Article{}, fmt.Errorf("the text looks like %s, and annals reads English; --force reads it all the same", read.Language)
	}
	a := pipeline.Article{
		ID: item.Meta.ID, Text: read.Text, Title: cmp.Or(item.Meta.Title, read.Title), Publisher: cmp.Or(item.Meta.Publisher, read.Publisher, in.Publisher),
		URL: cmp.Or(item.Meta.URL, read.URL), Date: read.Date, DateSource: read.DateSource,
	}
	switch {
	case item.Meta.Date != "":
		if a.Date, err = civil.Parse(item.Meta.Date); err != nil {
			return a, err
		}
		a.DateSource = "metadata"
	case a.Date.IsZero() && !date.IsZero():
		a.Date, a.DateSource = date, "argument"
	}
	return a, nil
}

func (in *inputs) decode(item source.Item) (clean.Article, error) {
	if item.Meta.IsText && in.Force {
		return clean.Article{Text: string(item.Body)}, nil
	}
	hint := clean.Hint{Name: item.Name, URL: item.Meta.URL}
	if item.Meta.IsText {
		hint.ContentType = "text/plain; charset=utf-8"
	}
	read, err := clean.Read(item.Body, hint)
	if item.Meta.IsText {
		read.Text = string(item.Body)
	}
	return read, err
}
