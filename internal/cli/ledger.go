package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"annals/internal/ledger/sqlite"
)

// ledgerFlag is the flag of every command that works on a ledger.
type ledgerFlag struct {
	Ledger string `env:"ANNALS_LEDGER" help:"Ledger file; by default annals/ledger.db in the user's data folder." placeholder:"FILE"`
}

// path of the ledger: the flag, $ANNALS_LEDGER, or the place that the XDG base directory specification gives.
func (f *ledgerFlag) path(s *streams) (string, error) {
	if f.Ledger != "" {
		return f.Ledger, nil
	}
	if data := s.env("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "annals", "ledger.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("finding the ledger: there is no home folder; say --ledger FILE")
	}
	return filepath.Join(home, ".local", "share", "annals", "ledger.db"), nil
}

func (f *ledgerFlag) open(ctx context.Context, s *streams, readOnly bool) (*sqlite.Ledger, error) {
	path, err := f.path(s)
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, path, sqlite.Options{ReadOnly: readOnly})
}
