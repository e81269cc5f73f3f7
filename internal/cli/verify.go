package cli

import (
	"context"
	"fmt"
)

type verifyCommand struct{ ledgerFlag }

// Run reads the whole ledger and says what is wrong with it.
func (c *verifyCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	wrong, err := l.Verify(ctx)
	if err != nil {
		return err
	}
	for _, w := range wrong {
		fmt.Fprintln(s.out, w)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %d things are wrong with the ledger; restore it from a backup", errCheckFailed, len(wrong))
	}
	fmt.Fprintln(s.out, "the ledger is sound")
	return nil
}

type backupCommand struct {
	ledgerFlag
	To string `arg:"" help:"File to write; it must not exist."`
}

// Run copies the ledger while others go on reading and writing.
func (c *backupCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Backup(ctx, c.To)
}
