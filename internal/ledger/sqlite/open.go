// Package sqlite is the ledger as one SQLite file: append-only, with full-text search and as-of queries.
//
// In: records. Out: rows and records, as they are known now or were known at a time. A new reading of an article
// closes the system interval of the one before; nothing is overwritten. Reading never blocks on writing (WAL): a
// reader sees all of a story or nothing of it. It never reads an article's text.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	driver "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"

	"annals/internal/ledger"
	"annals/internal/match"
)

// applicationID marks the file as a ledger of annals ("annl").
const applicationID = 0x616e6e6c

// Ledger is an open ledger. It is safe for concurrent use; one writer works at a time.
type Ledger struct {
	path  string
	write *sql.DB // one connection; nil when opened for reading
	read  *sql.DB
	now   func() time.Time

	packer packer
	known  knownActors

	unmatched unmatched
	matchOnce sync.Once
	rules     *match.Matcher
	rulesErr  error
	tellings  map[int64]*match.Telling // kept from one transaction of matching to the next; only the writer's transaction touches it
}

// Options choose how a ledger is opened.
type Options struct {
	ReadOnly bool             // fail when there is none, never write
	Now      func() time.Time // the clock of system time; time.Now when nil
	Wait     time.Duration    // how long to wait for another writer; 5 s when 0
}

// Open opens the ledger at path, or makes one, and brings it to the present shape.
func Open(ctx context.Context, path string, o Options) (*Ledger, error) {
	l := &Ledger{path: path, now: o.Now}
	if l.now == nil {
		l.now = time.Now
	}
	if err := l.open(ctx, o); err != nil {
		l.Close()
		return nil, fmt.Errorf("opening the ledger %s: %w", path, classify(err))
	}
	return l, nil
}

func (l *Ledger) open(ctx context.Context, o Options) error {
	if _, err := os.Stat(l.path); errors.Is(err, os.ErrNotExist) {
		if o.ReadOnly {
			return ledger.ErrNone
		}
		if err := os.MkdirAll(filepath.Dir(l.path), 0o755); err != nil {
			return err
		}
	}
	wait := o.Wait
	if wait == 0 {
		wait = 5 * time.Second
	}
	var err error
	if !o.ReadOnly {
		if l.write, err = connect(l.path, wait, "rwc", "_txlock=immediate"); err != nil {
			return err
		}
		l.write.SetMaxOpenConns(1)
		if err := l.migrate(ctx); err != nil {
			return err
		}
	}
	if l.read, err = connect(l.path, wait, "ro", ""); err != nil {
		return err
	}
	l.read.SetMaxOpenConns(8)
	return l.checkVersion(ctx, l.read)
}

func connect(path string, wait time.Duration, mode, extra string) (*sql.DB, error) {
	q := url.Values{"mode": {mode}}
	pragmas := []string{fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()), "cache_size(-64000)"}
	if mode != "ro" {
		// A commit has reached the disk when it returns (FULL). The log grows to 32 MB before it is written into the
		// file, so that a page that many stories touch is written once. References are checked by Verify: looking each
		// up as it is written costs a quarter of the ingest.
		pragmas = append(pragmas, "journal_mode(WAL)", "synchronous(FULL)", "wal_autocheckpoint(8000)", "foreign_keys(0)")
	}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode() + "&" + extra}).String())
}

func (l *Ledger) checkVersion(ctx context.Context, db *sql.DB) error {
	var id, version int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case id != applicationID:
		return errors.New("this SQLite file is not a ledger of annals")
	case version > len(migrations):
		return ledger.ErrNewer
	case version < len(migrations):
		return errors.New("the ledger has the shape of an older annals; run annals ingest once to bring it up to date")
	}
	return nil
}

// migrate takes the steps that the ledger has not taken, each in a transaction of its own.
func (l *Ledger) migrate(ctx context.Context) error {
	var id, version, tables int
	row := l.write.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)")
	if err := row.Scan(&id, &version, &tables); err != nil {
		return err
	}
	switch {
	case tables > 0 && id != applicationID:
		return errors.New("this SQLite file is not a ledger of annals")
	case version > len(migrations):
		return ledger.ErrNewer
	}
	for ; version < len(migrations); version++ {
		tx, err := l.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		step := migrations[version] + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version+1)
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return errors.Join(fmt.Errorf("bringing the ledger to version %d: %w", version+1, err), tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the log into the file and lets it go.
func (l *Ledger) Close() error {
	var errs []error
	for _, db := range []*sql.DB{l.read, l.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// classify turns what the driver says into what the house can branch on.
func classify(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		if errors.Is(err, os.ErrPermission) {
			return fmt.Errorf("%w (%v)", ledger.ErrReadOnly, err)
		}
		return err
	}
	kind := error(nil)
	switch e.Code() & 0xff {
	case code.SQLITE_BUSY, code.SQLITE_LOCKED:
		kind = ledger.ErrLocked
	case code.SQLITE_READONLY, code.SQLITE_PERM, code.SQLITE_CANTOPEN:
		kind = ledger.ErrReadOnly
	case code.SQLITE_CORRUPT, code.SQLITE_NOTADB:
		kind = ledger.ErrCorrupt
	default:
		return err
	}
	return fmt.Errorf("%w (%v)", kind, err)
}

// open is the end of the system interval of what is known now.
const open = "9999"
