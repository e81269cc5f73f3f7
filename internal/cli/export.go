package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"annals/internal/export"
)

type exportCommand struct {
	ledgerFlag
	Query   []string `arg:"" optional:"" help:"Filters, as for claims; docs/query.md lists them."`
	Format  string   `required:"" help:"What to write: ${exportFormats}." placeholder:"NAME"`
	Out     string   `short:"o" help:"File to write, or folder for gdelt; it must not be there yet. By default standard output." placeholder:"PATH"`
	Include string   `help:"Besides what its source holds to have happened: denied, possible, planned, demanded, conditional, all or none. By default none for formats of events, all for formats of claims." placeholder:"LIST"`
	AsOf    string   `help:"Export what the ledger knew on this day, or at this moment." placeholder:"DATE"`
}

// Run writes what the query chooses. Rows go to the file or to standard output; what was left out is told on standard error.
func (c *exportCommand) Run(ctx context.Context, s *streams) error {
	format, err := export.Find(c.Format)
	if err != nil {
		return errUsage{err}
	}
	var include []export.Stance
	if c.Include != "" {
		if include, err = export.ParseStances(c.Include); err != nil {
			return usagef("reading --include: %v", err)
		}
	}
	flags := queryFlags{Query: c.Query, AsOf: c.AsOf}
	q, err := flags.query()
	if err != nil {
		return err
	}
	if format.Files != nil && c.Out == "" {
		return usagef("%s is %d files: say --out FOLDER", format.Name, len(format.Files))
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	var report export.Report
	write := func(out []io.Writer) error {
		report, err = export.Write(format, out, include, l.Stream(ctx, q, format.Order))
		return err
	}
	if c.Out == "" {
		err = write([]io.Writer{s.out})
	} else {
		err = writeFiles(exportPaths(&format, c.Out), write)
	}
	if err != nil {
		return err
	}
	tellExport(s, &report)
	return nil
}

// exportPaths are the files of a format.
func exportPaths(f *export.Format, out string) []string {
	if f.Files == nil {
		return []string{out}
	}
	var paths []string
	for _, name := range f.Files {
		paths = append(paths, filepath.Join(out, name))
	}
	return paths
}

// writeFiles makes files that are not there yet; when writing fails, none of them is left.
func writeFiles(paths []string, write func([]io.Writer) error) (err error) {
	var files []io.Writer
	var made []*os.File
	defer func() {
		for _, f := range made {
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			for _, f := range made {
				os.Remove(f.Name())
			}
		}
	}()
	for _, path := range paths {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
		made, files = append(made, f), append(files, f)
	}
	return write(files)
}

func tellExport(s *streams, r *export.Report) {
	fmt.Fprintf(s.err, "wrote %d rows from %d claims", r.Rows, r.Claims)
	if reasons := r.Reasons(); len(reasons) > 0 {
		fmt.Fprintf(s.err, "; left out: %s", strings.Join(reasons, ", "))
	}
	fmt.Fprintln(s.err)
}
