package cli

import (
	"context"
	"errors"
	"fmt"

	"annals/internal/ledger"
)

// Exit codes are part of the interface: scripts branch on them. docs/exit-codes.md explains each.
const (
	exitOK           = 0
	exitFailure      = 1
	exitUsage        = 2
	exitPartial      = 3 // some inputs could not be read; they are named on standard error
	exitCheckFailed  = 4 // a check ran and found what it looks for
	exitNoLedger     = 10
	exitLocked       = 11
	exitNewer        = 12 // the ledger was written by a newer annals
	exitInterrupted  = 130
	exitCodesSummary = "Exit status: 0 ok, 1 failure, 2 usage, 3 partial (named on standard error), 4 check failed, 10 no ledger, 11 ledger locked, 12 ledger newer than this program, 130 interrupted."
)

// errPartial says that some inputs failed; each has been named already.
type errPartial struct{ failed, total int }

func (e errPartial) Error() string {
	return fmt.Sprintf("%d of %d inputs could not be read", e.failed, e.total)
}

// errRefused says how many rows of a dictionary or register were refused; each has been named already, and the rest was kept.
type errRefused int

func (e errRefused) Error() string {
	return fmt.Sprintf("%d rows could not be understood and were left out", int(e))
}

// errUsage marks an error as the caller's.
type errUsage struct{ error }

func usagef(format string, args ...any) error { return errUsage{fmt.Errorf(format, args...)} }

// exitCode is the one place where errors become exit codes.
func exitCode(err error) int {
	var partial errPartial
	var usage errUsage
	var query *ledger.QueryError
	var refused errRefused
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &partial):
		if partial.failed == partial.total {
			return exitFailure
		}
		return exitPartial
	case errors.As(err, &refused):
		return exitPartial
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &query):
		return exitUsage
	case errors.Is(err, errCheckFailed):
		return exitCheckFailed
	case errors.Is(err, ledger.ErrNone):
		return exitNoLedger
	case errors.Is(err, ledger.ErrLocked), errors.Is(err, ledger.ErrReadOnly):
		return exitLocked
	case errors.Is(err, ledger.ErrNewer):
		return exitNewer
	}
	return exitFailure
}

// errCheckFailed says that a check ran and found what it looks for.
var errCheckFailed = errors.New("the check failed")
