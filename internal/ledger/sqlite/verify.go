package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
)

// Verify reads the whole ledger: SQLite's own check, the hash chain of the journal over every stored record, and
// whether readings, closings and claims agree. It returns what is wrong, in words; nothing means sound.
func (l *Ledger) Verify(ctx context.Context) ([]string, error) {
	var wrong []string
	rows, err := l.read.QueryContext(ctx, `PRAGMA integrity_check`)
	if err != nil {
		return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			rows.Close()
			return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
		}
		if line != "ok" {
			wrong = append(wrong, "the file is damaged: "+line)
		}
	}
	if err := rows.Close(); err != nil {
		return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	chain, err := l.verifyChain(ctx)
	return append(wrong, chain...), err
}

func (l *Ledger) verifyChain(ctx context.Context) ([]string, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT j.id, j.kind, j.reading, j.time, j.hash, b.record, r.learned, r.closed
		FROM journal j LEFT JOIN reading r ON r.id = j.reading LEFT JOIN body b ON b.reading = j.reading ORDER BY j.id`)
	if err != nil {
		return nil, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	defer rows.Close()
	var wrong []string
	var before []byte
	entries := int64(0)
	for rows.Next() {
		var id, reading int64
		var kind, at string
		var hash, body []byte
		var learned, closed sql.NullString
		if err := rows.Scan(&id, &kind, &reading, &at, &hash, &body, &learned, &closed); err != nil {
			return wrong, fmt.Errorf("verifying the ledger: %w", classify(err))
		}
		entries++
		content := body
		switch {
		case !learned.Valid:
			wrong = append(wrong, fmt.Sprintf("journal entry %d speaks of reading %d, which is gone", id, reading))
		case kind == "reading" && learned.String != at, kind == "closing" && closed.String != at:
			wrong = append(wrong, fmt.Sprintf("the times of reading %d are not those of the journal", reading))
		}
		if kind == "closing" {
			content = nil
		}
		if id != entries {
			wrong = append(wrong, fmt.Sprintf("journal entry %d is missing", entries))
			entries = id
		}
		if !bytes.Equal(hash, link(before, kind, reading, at, content)) {
			wrong = append(wrong, fmt.Sprintf("journal entry %d does not fit what it stands for (reading %d): something was changed after it was written", id, reading))
		}
		before = hash
	}
	if err := rows.Err(); err != nil {
		return wrong, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	var lost int
	if err := l.read.QueryRowContext(ctx, `SELECT count(*) FROM reading WHERE id NOT IN (SELECT reading FROM journal WHERE kind = 'reading')`).Scan(&lost); err != nil {
		return wrong, fmt.Errorf("verifying the ledger: %w", classify(err))
	}
	if lost > 0 {
		wrong = append(wrong, fmt.Sprintf("%d readings are not in the journal", lost))
	}
	return wrong, nil
}

// Backup writes a consistent copy of the ledger to path, which must not exist, while others go on reading and writing.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	if _, err := l.read.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("backing the ledger up to %s: %w", path, classify(err))
	}
	return nil
}
