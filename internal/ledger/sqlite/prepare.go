package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"annals/internal/ledger"
	"annals/internal/match"
	"annals/record"
)

// entry is an entry of the journal that matching has not come to yet. Whatever needs no look at other stories is worked
// out before the transaction begins, on all cores: the one writer is what an ingest waits for.
type entry struct {
	id, reading int64
	kind        string

	record   *record.Record
	sketch   match.Sketch
	words    string // of the story
	tellings []told // as if the story were no copy
}

// told is a telling with what the tables keep of it.
type told struct {
	telling *match.Telling
	body    string
	keys    []int64
}

// unmatched are the records that were ingested of late, so that matching need not unpack them.
type unmatched struct {
	lock    sync.Mutex
	records map[int64]*record.Record // by reading
}

// mostUnmatched bounds them: some forty megabytes.
const mostUnmatched = 4 * matchedAtOnce

func (u *unmatched) add(readings map[int64]*record.Record) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.records == nil {
		u.records = make(map[int64]*record.Record)
	}
	for reading, r := range readings {
		if len(u.records) < mostUnmatched {
			u.records[reading] = r
		}
	}
}

func (u *unmatched) take(reading int64) *record.Record {
	u.lock.Lock()
	defer u.lock.Unlock()
	r := u.records[reading]
	delete(u.records, reading)
	return r
}

// ahead are the next entries of the journal after the one that matching has come to.
func (l *Ledger) ahead(ctx context.Context) (after int64, next []entry, err error) {
	if err := l.read.QueryRowContext(ctx, `SELECT journal FROM matched`).Scan(&after); err != nil {
		return 0, nil, err
	}
	rows, err := l.read.QueryContext(ctx, `SELECT id, reading, kind FROM journal WHERE id > ? ORDER BY id LIMIT ?`, after, matchedAtOnce)
	if err != nil {
		return 0, nil, err
	}
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.id, &e.reading, &e.kind); err != nil {
			return 0, nil, errors.Join(err, rows.Close())
		}
		next = append(next, e)
	}
	return after, next, errors.Join(rows.Err(), rows.Close())
}

// prepare works out what an entry tells.
func (l *Ledger) prepare(ctx context.Context, e *entry) error {
	if e.kind != "reading" {
		return nil
	}
	if e.record = l.unmatched.take(e.reading); e.record == nil {
		var form int
		var body []byte
		var version, models string
		err := l.read.QueryRowContext(ctx, `SELECT b.form, b.record, u.version, u.models FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.id = ?`, e.reading).
			Scan(&form, &body, &version, &models)
		if err != nil {
			return err
		}
		if e.record, err = unpack(form, body, version, models); err != nil {
			return fmt.Errorf("reading %d: %w (%v)", e.reading, ledger.ErrCorrupt, err)
		}
	}
	e.sketch = match.NewSketch(e.record.Article.Text)
	return e.tell(l.rules, match.Story{})
}

// tell cuts the record of an entry into tellings; from is the story that it copies.
func (e *entry) tell(rules *match.Matcher, from match.Story) error {
	tellings := match.Tellings(e.record, from)
	e.tellings = make([]told, len(tellings))
	for i := range tellings {
		t := &tellings[i]
		body, err := json.Marshal(t)
		if err != nil {
			return err
		}
		e.tellings[i] = told{t, string(body), rules.Keys(t)}
	}
	if len(tellings) > 0 {
		words, err := tellings[0].Story.MarshalText()
		if err != nil {
			return err
		}
		e.words = string(words)
	}
	return nil
}
