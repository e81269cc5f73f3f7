package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/register"
)

type importCommand struct {
	ledgerFlag
	Kind  string   `arg:"" enum:"sipri,votes,entities" help:"sipri: the trade register of the SIPRI Arms Transfers Database, CSV. votes: voting records of the United Nations, CSV, a row for each country or for each draft. entities: FollowTheMoney, one JSON object a line, as OpenSanctions publishes them."`
	Files []string `arg:"" name:"file" help:"Files as they were downloaded, in any encoding. The same file twice is one file."`
	JSON  bool     `name:"json" help:"Print one JSON object a file."`
}

// importReport is what is printed of a file.
type importReport struct {
	File string `json:"file"`
	Kind string `json:"kind"`
	sqlite.Imported
	Refused int `json:"refused"`
}

// Run imports the files, one after another. A row that cannot be read is named on standard error; the rest is kept.
func (c *importCommand) Run(ctx context.Context, s *streams) error {
	reader, err := register.NewReader()
	if err != nil {
		return err
	}
	l, err := c.open(ctx, s, false)
	if err != nil {
		return err
	}
	defer l.Close()
	in := importing{ctx: ctx, s: s, reader: reader, ledger: l, kind: c.Kind}
	failed, refused, kept := 0, 0, 0
	for _, name := range c.Files {
		report, err := in.file(name)
		if ofTheLedger(err) {
			return err
		}
		if err != nil {
			failed++
			fmt.Fprintf(s.err, "annals: %v\n", err)
			continue
		}
		refused += report.Refused
		kept += report.Added + report.Changed + report.Same
		if report.Known {
			kept++
		}
		if err := c.print(s, report); err != nil {
			return err
		}
	}
	switch {
	case failed > 0:
		return errPartial{failed, len(c.Files)}
	case refused > 0 && kept == 0:
		return errors.New("no row could be understood: nothing was imported")
	case refused > 0:
		return errRefused(refused)
	}
	return nil
}

// ofTheLedger tells whether an error is the ledger's, so that the next file would fare no better.
func ofTheLedger(err error) bool {
	for _, kind := range []error{context.Canceled, ledger.ErrLocked, ledger.ErrReadOnly, ledger.ErrCorrupt} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

func (c *importCommand) print(s *streams, r *importReport) error {
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		return out.Encode(r)
	}
	if r.Known {
		_, err := fmt.Fprintf(s.out, "%s: this file was imported before; nothing was done\n", r.File)
		return err
	}
	_, err := fmt.Fprintf(s.out, "%s: added %d, changed %d, knew %d already, refused %d\n", r.File, r.Added, r.Changed, r.Same, r.Refused)
	return err
}

type importing struct {
	ctx    context.Context
	s      *streams
	reader *register.Reader
	ledger *sqlite.Ledger
	kind   string
}

// file imports one file. It is read twice: its digest names it before its rows are taken.
func (in *importing) file(name string) (*importReport, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("importing a register: %w", err)
	}
	defer f.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, f); err != nil {
		return nil, fmt.Errorf("importing %s: %w", name, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("importing %s: %w", name, err)
	}
	report := &importReport{File: name, Kind: in.kind}
	file := sqlite.RegisterFile{Kind: in.kind, Name: filepath.Base(name), SHA256: hex.EncodeToString(digest.Sum(nil))}
	report.Imported, err = in.ledger.Import(in.ctx, file, func(emit func(*register.Entry) error) error {
		err := in.reader.Read(in.kind, f, register.Sink{Entry: emit, Refuse: func(r register.Refusal) {
			report.Refused++
			fmt.Fprintf(in.s.err, "annals: %s: %v\n", name, r)
		}})
		if err != nil {
			return fmt.Errorf("importing %s: %w", name, err)
		}
		return nil
	})
	return report, err
}
