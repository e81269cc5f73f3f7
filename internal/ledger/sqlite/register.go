package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
	"slices"

	"annals/internal/ledger"
	"annals/internal/register"
)

// batchSize is how many entries of a register are taken in one transaction.
const batchSize = 2000

// RegisterFile is a file that is imported.
type RegisterFile struct {
	Kind, Name, SHA256 string
}

// Imported counts what an import has done.
type Imported struct {
	Added   int  `json:"added"`   // new entries
	Changed int  `json:"changed"` // entries that differ from the last edition, which is closed
	Same    int  `json:"same"`    // entries that the ledger had
	Known   bool `json:"known"`   // this very file was imported before: nothing was done
}

// Import takes the entries that read passes to emit, in batches: what a finished batch held is kept for ever, and an
// import that was broken off is finished by repeating it. The same file twice is one file.
func (l *Ledger) Import(ctx context.Context, file RegisterFile, read func(emit func(*register.Entry) error) error) (Imported, error) {
	im := importer{ctx: ctx, ledger: l, file: file}
	complete := 0
	err := l.read.QueryRowContext(ctx, `SELECT complete FROM register_file WHERE kind = ? AND sha256 = ?`, file.Kind, file.SHA256).Scan(&complete)
	if err != nil && err != sql.ErrNoRows {
		return Imported{}, fmt.Errorf("importing %s: %w", file.Name, classify(err))
	}
	if complete == 1 {
		im.counts.Known = true
		return im.counts, read(func(*register.Entry) error { return nil })
	}
	if err := read(im.take); err != nil {
		return im.counts, errors.Join(err, im.flush(false))
	}
	return im.counts, im.flush(true)
}

type importer struct {
	ctx     context.Context
	ledger  *Ledger
	file    RegisterFile
	waiting []*register.Entry
	counts  Imported
}

func (im *importer) take(e *register.Entry) error {
	im.waiting = append(im.waiting, e)
	if len(im.waiting) < batchSize {
		return nil
	}
	return im.flush(false)
}

// flush writes what waits in one transaction.
func (im *importer) flush(last bool) error {
	if len(im.waiting) == 0 && !last {
		return nil
	}
	tx, err := im.ledger.write.BeginTx(im.ctx, nil)
	if err != nil {
		return fmt.Errorf("importing %s: %w", im.file.Name, classify(err))
	}
	counts := im.counts
	if err := im.batch(tx, last); err != nil {
		im.counts = counts
		return errors.Join(fmt.Errorf("importing %s: %w", im.file.Name, classify(err)), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		im.counts = counts
		return fmt.Errorf("importing %s: %w", im.file.Name, classify(err))
	}
	im.waiting = im.waiting[:0]
	return nil
}

func (im *importer) batch(tx *sql.Tx, last bool) error {
	w := &writer{ctx: im.ctx, tx: tx, now: ledger.FormatMoment(im.ledger.now()), statements: map[string]*sql.Stmt{}}
	b := registerBatch{w: w, sum: sha256.New()}
	if err := b.begin(im.file); err != nil {
		return err
	}
	for _, e := range im.waiting {
		if err := b.add(e, &im.counts); err != nil {
			return err
		}
	}
	if err := b.end(); err != nil || !last {
		return err
	}
	return w.exec(`UPDATE register_file SET complete = 1 WHERE kind = ? AND sha256 = ?`, im.file.Kind, im.file.SHA256)
}

// registerBatch is one transaction of an import.
type registerBatch struct {
	w       *writer
	id, row int64
	sum     hash.Hash
	closed  []int64
	added   bool
}

// begin numbers the batch and takes the chain up where the last one ended. System time does not run backwards.
func (b *registerBatch) begin(file RegisterFile) error {
	w := b.w
	if err := w.exec(`INSERT INTO register_file (kind, name, sha256, complete) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING`, file.Kind, file.Name, file.SHA256); err != nil {
		return err
	}
	var id int64
	if _, err := w.row(`SELECT id FROM register_file WHERE kind = ? AND sha256 = ?`, []any{file.Kind, file.SHA256}, &id); err != nil {
		return err
	}
	var before []byte
	var last string
	if _, err := w.row(`SELECT id, time, hash FROM register_batch ORDER BY id DESC LIMIT 1`, nil, &b.id, &last, &before); err != nil {
		return err
	}
	if _, err := w.row(`SELECT coalesce(max(row), 0) FROM register_entry`, nil, &b.row); err != nil {
		return err
	}
	w.now = max(w.now, last)
	b.id++
	head(b.sum, before, b.id, id, file, w.now)
	return w.exec(`INSERT INTO register_batch (id, file, time, hash) VALUES (?, ?, ?, ?)`, b.id, id, w.now, []byte{})
}

// head hashes what a batch says of itself.
func head(sum hash.Hash, before []byte, batch, id int64, file RegisterFile, now string) {
	sum.Write(before)
	fmt.Fprintf(sum, "\x00%d\x00%d\x00%s\x00%s\x00%s\x00%s\x00", batch, id, file.Kind, file.Name, file.SHA256, now)
}

// add appends an entry, closes the one that it corrects, or finds that it is there.
func (b *registerBatch) add(e *register.Entry, counts *Imported) error {
	w := b.w
	var row int64
	var body string
	known, err := w.row(`SELECT row, body FROM register_entry WHERE kind = ? AND key = ? AND closed = ?`, []any{e.Kind, e.Key, open}, &row, &body)
	switch {
	case err != nil:
		return err
	case known && body == string(e.Body):
		counts.Same++
		return nil
	case known:
		counts.Changed++
		b.closed = append(b.closed, row)
		if err := w.exec(`UPDATE register_entry SET closed = ?, closed_by = ? WHERE row = ?`, w.now, b.id, row); err != nil {
			return err
		}
	default:
		counts.Added++
	}
	b.row++
	b.added = true
	hashEntry(b.sum, b.row, e)
	if err := w.exec(`INSERT INTO register_entry (row, kind, key, subject, object, first, last, batch, line, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.row, e.Kind, e.Key, e.Subject, e.Object, e.First, e.Last, b.id, e.Line, string(e.Body)); err != nil {
		return err
	}
	var names []any
	for _, name := range e.Names {
		names = append(names, name, b.row)
	}
	return w.insert("register_name (name, entry)", 2, " ON CONFLICT DO NOTHING", names)
}

func hashEntry(sum hash.Hash, row int64, e *register.Entry) {
	fmt.Fprintf(sum, "%d\x00%s\x00%s\x00%s\x00%s\x00%s\x00%s\x00%d\x00%s\x00", row, e.Kind, e.Key, e.Subject, e.Object, e.First, e.Last, e.Line, e.Body)
}

// end seals the batch; one that changed nothing is not kept.
func (b *registerBatch) end() error {
	if !b.added {
		return b.w.exec(`DELETE FROM register_batch WHERE id = ?`, b.id)
	}
	slices.Sort(b.closed)
	for _, row := range b.closed {
		fmt.Fprintf(b.sum, "closed %d\x00", row)
	}
	return b.w.exec(`UPDATE register_batch SET hash = ? WHERE id = ?`, b.sum.Sum(nil), b.id)
}
