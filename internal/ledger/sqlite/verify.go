package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// mostFaults is how many faults of one kind are told one by one.
const mostFaults = 20

// verification is one look at the whole ledger, as it is at one moment whoever writes meanwhile.
type verification struct {
	ctx        context.Context
	tx         *sql.Tx
	statements map[string]*sql.Stmt
	wrong      []string
}

// prepare makes a statement once a look.
func (v *verification) prepare(query string) (*sql.Stmt, error) {
	if s, ok := v.statements[query]; ok {
		return s, nil
	}
	s, err := v.tx.PrepareContext(v.ctx, query)
	if err == nil {
		v.statements[query] = s
	}
	return s, err
}

// row scans the one row of an answer; sql.ErrNoRows when there is none.
func (v *verification) row(query string, args []any, to ...any) error {
	s, err := v.prepare(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(v.ctx, args...).Scan(to...)
}

func (v *verification) fault(format string, args ...any) {
	v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
}

// Verify reads the whole ledger: SQLite's own check, the shape of the tables, the hash chain of the journal over
// every stored record, and every row that repeats something of a record. It returns what is wrong, in words; nothing
// means sound.
func (l *Ledger) Verify(ctx context.Context) ([]string, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	defer tx.Rollback()
	v := &verification{ctx: ctx, tx: tx, statements: map[string]*sql.Stmt{}}
	for _, check := range []func() error{v.file, v.shape, v.references, v.chain, v.readings, v.tally, v.registers, v.words} {
		if err := check(); err != nil {
			if len(v.wrong) > 0 { // a damaged file cannot be read to its end: what was found says so already
				v.fault("the check could not go on: %v", err)
				return v.wrong, nil
			}
			return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
		}
	}
	return v.wrong, nil
}

// each calls use for every row of an answer.
func (v *verification) each(query string, args []any, use func(scan func(...any) error) error) error {
	s, err := v.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(v.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// none tells a fault when a count is not zero.
func (v *verification) none(query, fault string) error {
	var n int
	if err := v.row(query, nil, &n); err != nil {
		return err
	}
	if n != 0 {
		v.fault(fault, n)
	}
	return nil
}

func (v *verification) file() error {
	return v.each(`PRAGMA integrity_check(20)`, nil, func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		if err == nil && line != "ok" {
			v.fault("the file is damaged: %s", line)
		}
		return err
	})
}

// shape compares the tables, indexes and views with those that the migrations make.
func (v *verification) shape() error {
	const schema = `SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_stat%' ESCAPE '\'`
	read := func(query func(use func(scan func(...any) error) error) error) (map[string]string, error) {
		out := map[string]string{}
		return out, query(func(scan func(...any) error) error {
			var name, text string
			err := scan(&name, &text)
			out[name] = text
			return err
		})
	}
	have, err := read(func(use func(func(...any) error) error) error { return v.each(schema, nil, use) })
	if err != nil {
		return err
	}
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each connection would be a database of its own
	for _, step := range migrations {
		if _, err := fresh.ExecContext(v.ctx, step); err != nil {
			return err
		}
	}
	want, err := read(func(use func(func(...any) error) error) error {
		rows, err := fresh.QueryContext(v.ctx, schema)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := use(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if have[name] != want[name] {
			v.fault("the %s is not as annals makes it", name)
		}
		delete(have, name)
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		v.fault("the %s is none of annals", name)
	}
	return nil
}

func (v *verification) references() error {
	faults := 0
	return v.each(`PRAGMA foreign_key_check`, nil, func(scan func(...any) error) error {
		var table, parent string
		var row, key sql.NullInt64
		err := scan(&table, &row, &parent, &key)
		if faults++; err == nil && faults <= mostFaults {
			v.fault("row %d of the table %s speaks of a row of %s that is not there", row.Int64, table, parent)
		}
		return err
	})
}

// chain follows the hashes of the journal over all that was appended, and checks that the readings and their times
// are those of the journal.
func (v *verification) chain() error {
	decided, err := v.decided()
	if err != nil {
		return err
	}
	var before []byte
	entries := int64(0)
	err = v.each(`SELECT j.id, j.kind, j.reading, j.time, j.hash, b.record, r.learned, r.closed
		FROM journal j LEFT JOIN reading r ON r.id = j.reading AND j.kind <> 'decision' LEFT JOIN body b ON b.reading = j.reading AND j.kind = 'reading' ORDER BY j.id`, nil, func(scan func(...any) error) error {
		var id, reading int64
		var kind, at string
		var hash, content []byte
		var learned, closed sql.NullString
		if err := scan(&id, &kind, &reading, &at, &hash, &content, &learned, &closed); err != nil {
			return err
		}
		entries++
		if d, ok := decided[reading]; kind == "decision" {
			content, learned.Valid = d, ok
			delete(decided, reading)
		}
		switch {
		case !learned.Valid && kind == "decision":
			v.fault("journal entry %d speaks of decision %d, which is gone", id, reading)
		case !learned.Valid:
			v.fault("journal entry %d speaks of reading %d, which is gone", id, reading)
		case kind == "reading" && learned.String != at, kind == "closing" && closed.String != at:
			v.fault("the times of reading %d are not those of the journal", reading)
		}
		if id != entries {
			v.fault("journal entry %d is missing", entries)
			entries = id
		}
		if !bytes.Equal(hash, link(before, kind, reading, at, content)) {
			v.fault("journal entry %d does not fit what it stands for (%s %d): something was changed after it was written", id, kind, reading)
		}
		before = hash
		return nil
	})
	if err != nil {
		return err
	}
	if len(decided) > 0 {
		v.fault("%d decisions are not in the journal", len(decided))
	}
	for _, check := range [][2]string{
		{`SELECT count(*) FROM reading WHERE id NOT IN (SELECT reading FROM journal WHERE kind = 'reading')`, "%d readings are not in the journal"},
		{`SELECT count(*) FROM reading WHERE closed <> '9999' AND id NOT IN (SELECT reading FROM journal WHERE kind = 'closing')`, "%d readings are closed, and the journal does not say so"},
		{`SELECT count(*) FROM body WHERE reading NOT IN (SELECT id FROM reading)`, "%d stored records belong to no reading"},
		{`SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM reading)`, "%d articles have no reading"},
		{`SELECT count(*) FROM article WHERE replaces <> '' AND (replaces NOT IN (SELECT id FROM article) OR replaces IN (SELECT article FROM reading WHERE closed = '9999'))`,
			"%d articles correct another that is not there, or that still stands"},
	} {
		if err := v.none(check[0], check[1]); err != nil {
			return err
		}
	}
	return nil
}

// tally counts anew what is kept by day, pair and type, and by day and type.
func (v *verification) tally() error {
	const kept = `SELECT day, actor, recipient, type, asserted, denied, other FROM tally WHERE asserted <> 0 OR denied <> 0 OR other <> 0`
	const counted = `SELECT c.reported, d.actor, d.recipient, c.type, sum(c.realised), sum(NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted'),
			sum(NOT c.realised AND NOT (c.polarity = 'negative' AND c.modality = 'asserted'))
		FROM dyad d JOIN claim c ON c.row = d.claim JOIN reading r ON r.id = c.reading WHERE r.closed = '9999' GROUP BY 1, 2, 3, 4`
	const days = `SELECT day, type, asserted, denied, other FROM tally_day WHERE asserted <> 0 OR denied <> 0 OR other <> 0`
	const recounted = `SELECT c.reported, c.type, sum(c.realised), sum(NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted'),
			sum(NOT c.realised AND NOT (c.polarity = 'negative' AND c.modality = 'asserted'))
		FROM claim c JOIN reading r ON r.id = c.reading WHERE r.closed = '9999' GROUP BY 1, 2`
	return errors.Join(
		v.none(apart(kept, counted), "%d counts of the tally are not those of the claims"),
		v.none(apart(days, recounted), "%d counts of the tally by day are not those of the claims"),
	)
}

// apart counts the rows that only one of two questions answers.
func apart(a, b string) string {
	return `SELECT (SELECT count(*) FROM (` + a + ` EXCEPT ` + b + `)) + (SELECT count(*) FROM (` + b + ` EXCEPT ` + a + `))`
}

// words indexes every sentence anew, in a table that goes away with the look, and compares the words.
func (v *verification) words() error {
	for _, query := range []string{
		`CREATE VIRTUAL TABLE temp.anew USING fts5 (text, content='', columnsize=0, tokenize='porter unicode61 remove_diacritics 2')`,
		`CREATE VIRTUAL TABLE temp.anew_words USING fts5vocab ('temp', 'anew', 'row')`,
		`CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab ('main', 'sentence_text', 'row')`,
		`INSERT INTO temp.anew (rowid, text) SELECT id, text FROM sentence`,
	} {
		if _, err := v.tx.ExecContext(v.ctx, query); err != nil {
			return err
		}
	}
	const kept, anew = `SELECT term, doc, cnt FROM temp.kept_words`, `SELECT term, doc, cnt FROM temp.anew_words`
	return v.none(apart(kept, anew), "%d words of the text index are not those of the sentences")
}

// Backup writes a consistent copy of the ledger to path, which must not exist, while others go on reading and writing.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	if _, err := l.read.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("backing the ledger up to %s: %w", path, classify(err))
	}
	return nil
}
