package sqlite

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"

	"annals/internal/register"
)

// sealed is a batch of an import as it stands in the ledger.
type sealed struct {
	id, file int64
	of       RegisterFile
	time     string
	hash     []byte
}

// registers goes over the chain of batches of the imported registers: every row that was appended, every one that was
// closed, in their order.
func (v *verification) registers() error {
	var batches []sealed
	err := v.each(`SELECT b.id, b.file, coalesce(f.kind, ''), coalesce(f.name, ''), coalesce(f.sha256, ''), b.time, b.hash
		FROM register_batch b LEFT JOIN register_file f ON f.id = b.file ORDER BY b.id`, nil, func(scan func(...any) error) error {
		var b sealed
		err := scan(&b.id, &b.file, &b.of.Kind, &b.of.Name, &b.of.SHA256, &b.time, &b.hash)
		batches = append(batches, b)
		return err
	})
	if err != nil {
		return err
	}
	var before []byte
	next := int64(1)
	for i := range batches {
		b := &batches[i]
		if b.id != next {
			v.fault("batch %d of the imported registers is missing", next)
		}
		sum := sha256.New()
		head(sum, before, b.id, b.file, b.of, b.time)
		if err := v.hashBatch(sum, b); err != nil {
			return err
		}
		if !bytes.Equal(sum.Sum(nil), b.hash) {
			v.fault("batch %d of the imported registers (from %s) was changed after it was written", b.id, b.of.Name)
		}
		before, next = b.hash, b.id+1
	}
	return v.none(`SELECT count(*) FROM register_entry WHERE batch NOT IN (SELECT id FROM register_batch) OR closed_by IS NULL AND closed <> '9999'`,
		"%d entries of imported registers belong to no batch, or were closed by none")
}

func (v *verification) hashBatch(sum hash.Hash, b *sealed) error {
	err := v.each(`SELECT row, kind, key, subject, object, first, last, line, body FROM register_entry WHERE batch = ? ORDER BY row`, []any{b.id}, func(scan func(...any) error) error {
		var row int64
		var e register.Entry
		err := scan(&row, &e.Kind, &e.Key, &e.Subject, &e.Object, &e.First, &e.Last, &e.Line, &e.Body)
		hashEntry(sum, row, &e)
		return err
	})
	if err != nil {
		return err
	}
	return v.each(`SELECT row, closed FROM register_entry WHERE closed_by = ? ORDER BY row`, []any{b.id}, func(scan func(...any) error) error {
		var row int64
		var closed string
		err := scan(&row, &closed)
		if closed != b.time {
			v.fault("entry %d of the imported registers was closed at another time than its batch says", row)
		}
		fmt.Fprintf(sum, "closed %d\x00", row)
		return err
	})
}
