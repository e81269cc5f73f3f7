package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"annals/internal/conllu"
	"annals/internal/doc"
	"annals/internal/pipeline"
	"annals/internal/source"
	"annals/internal/standoff"
)

type annotateCommand struct {
	Files  []string `arg:"" optional:"" name:"input" help:"Files of JSON lines (or CoNLL-U with --input conllu); standard input without any."`
	Input  string   `enum:"jsonl,conllu" default:"jsonl" help:"What the input is: jsonl (one article a line) or conllu (tokenised text: its sentences and words are kept)."`
	Keep   bool     `name:"keep-syntax" help:"With --input conllu: keep its tags, lemmas and arcs too, instead of reading them afresh."`
	Format string   `enum:"jsonl,conllu,bio,webannotation" default:"jsonl" help:"What to write: jsonl, conllu, bio or webannotation."`
	Layers string   `help:"Layers to write, separated by commas; all by default." placeholder:"LIST"`
	Dict   string   `help:"Code with this dictionary besides, as annals dict import wrote it." placeholder:"FILE"`
	Date   string   `help:"Document date of articles that bring none of their own." placeholder:"DATE"`
}

func (c *annotateCommand) Run(s *streams) error {
	layers, err := standoff.ParseLayers(c.Layers)
	if err != nil {
		return errUsage{err}
	}
	reader, err := openReader(c.Dict)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	write := c.writer(out, reader, layers)
	if c.Input == "conllu" {
		err = c.conllu(s, reader, write)
	} else {
		err = c.articles(s, reader, write)
	}
	if flush := out.Flush(); err == nil {
		err = flush
	}
	return err
}

func (c *annotateCommand) writer(out io.Writer, reader *pipeline.Reader, layers []string) func(*doc.Doc) error {
	identity := standoff.Identity{Version: pipeline.Version, Schema: standoff.Schema, Models: reader.Models()}
	switch c.Format {
	case "conllu":
		return func(d *doc.Doc) error { return conllu.Write(out, d) }
	case "bio":
		return func(d *doc.Doc) error { return standoff.WriteBIO(out, d) }
	case "webannotation":
		return func(d *doc.Doc) error { return standoff.WriteWebAnnotation(out, d, identity, layers) }
	}
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return func(d *doc.Doc) error { return lines.Encode(standoff.Encode(d, identity, layers)) }
}

// articles annotates JSON lines. The text is taken as it is: nothing is cleaned, so offsets are those of the input.
func (c *annotateCommand) articles(s *streams, reader *pipeline.Reader, write func(*doc.Doc) error) error {
	in := inputs{Files: c.Files, Date: c.Date, Force: true}
	if len(in.Files) == 0 {
		in.Files = []string{"-"}
	}
	return in.readAll(s, reader, false, func(r reading) error { return write(r.doc) })
}

// conllu annotates tokenised text; documents are read one file at a time.
func (c *annotateCommand) conllu(s *streams, reader *pipeline.Reader, write func(*doc.Doc) error) error {
	date, err := (&inputs{Date: c.Date}).date()
	if err != nil {
		return err
	}
	files := c.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	failed := 0
	for _, name := range files {
		docs, err := readCoNLLU(name, s.in)
		if err != nil {
			failed++
			fmt.Fprintf(s.err, "annals: %v\n", &source.Error{Name: name, Err: err})
			continue
		}
		for _, d := range docs {
			d.Date = date
			if !c.Keep {
				d.DropSyntax()
			}
			if err := reader.Continue(d); err != nil {
				return err
			}
			if err := write(d); err != nil {
				return err
			}
		}
	}
	if failed > 0 {
		return errPartial{failed, len(files)}
	}
	return nil
}

func readCoNLLU(name string, stdin io.Reader) ([]*doc.Doc, error) {
	if name == "-" {
		return conllu.Read(stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return conllu.Read(f)
}
