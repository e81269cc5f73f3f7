package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/internal/petrarch"
	"annals/internal/pipeline"
	"annals/record"
)

type dictCommand struct {
	Import dictImportCommand `cmd:"" help:"Read dictionary files into one file for --dict. Rows that cannot be understood are named and left out (exit status 3)."`
}

type dictImportCommand struct {
	Paths []string `arg:"" name:"path" help:"Dictionary files, or folders of them: actors, agents, verbs, discards, issues."`
	Out   string   `required:"" help:"File to write." placeholder:"FILE"`
}

// Run reads the dictionaries, names the rows that were refused, and writes the rest.
func (c *dictImportCommand) Run(s *streams) error {
	files, err := dictionaryFiles(c.Paths)
	if err != nil {
		return err
	}
	dict, faults := petrarch.Import(files)
	for _, f := range faults {
		fmt.Fprintf(s.err, "annals: %v\n", f)
	}
	if dict.Empty() {
		return fmt.Errorf("importing the dictionary: nothing in %s could be read", strings.Join(c.Paths, ", "))
	}
	data, err := dict.Encode()
	if err == nil {
		err = os.WriteFile(c.Out, data, 0o644)
	}
	if err != nil {
		return fmt.Errorf("importing the dictionary: %w", err)
	}
	fmt.Fprintf(s.err, "wrote %s: %s\n", c.Out, dict.Summary())
	if len(faults) > 0 {
		return errRefused(len(faults))
	}
	return nil
}

// dictionaryFiles reads the files, those of a folder in order of name. Hidden files are passed over.
func dictionaryFiles(paths []string) ([]petrarch.File, error) {
	var out []petrarch.File
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if name != path && strings.HasPrefix(entry.Name(), ".") {
				if entry.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if entry.IsDir() {
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			out = append(out, petrarch.File{Name: name, Text: string(text)})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("reading the dictionary files: %w", err)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("reading the dictionary files: there are none in %s", strings.Join(paths, ", "))
	}
	return out, nil
}

// openReader opens the reader with the dictionary in a file, or without one.
func openReader(dictionary string) (*pipeline.Reader, error) {
	if dictionary == "" {
		return pipeline.New()
	}
	data, err := os.ReadFile(dictionary)
	if err != nil {
		return nil, fmt.Errorf("opening the dictionary: %w", err)
	}
	return pipeline.NewWithDictionary(data)
}

// codings prints what the dictionary says, in the order of the text.
func (r *renderer) codings(v *view) {
	if len(v.rec.Codings) == 0 {
		return
	}
	rows := [][]string{{"source", "code", "target", "words", "claim", "row"}}
	for i := range v.rec.Codings {
		k := &v.rec.Codings[i]
		code := k.Code
		if k.Negated {
			code = "not " + code
		}
		claim := ""
		if at := slices.IndexFunc(v.rec.Claims, func(c record.Claim) bool { return k.Claim != "" && c.ID == k.Claim }); at >= 0 {
			claim = fmt.Sprint(at + 1)
		}
		said := fmt.Sprintf("%s … %s … %s", oneLine(k.Source.Text), v.text(k.Anchor), oneLine(k.Target.Text))
		rows = append(rows, []string{k.Source.Code, code, k.Target.Code, said, claim, strings.TrimPrefix(k.Rule, "petrarch:")})
	}
	r.table("Codings by the dictionary", rows)
}
