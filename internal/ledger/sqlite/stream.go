package sqlite

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"annals/internal/ledger"
	"annals/record"
)

// eventDay is the day that a claim alone counts its happening to.
const eventDay = `CASE WHEN c.happened <> '' THEN c.happened WHEN c.ended <> '' THEN c.ended ELSE c.reported END`

// chosenClaims are the claims with their happenings. All claims on a happening count it to one day: the earliest on
// which one of them has it happen, before days that are only the beginning of a longer time. The marks are conditions
// on what was known at a time.
const chosenClaims = `SELECT c.id, c.reading, c.learned, c.proposition, coalesce(m.happening, '') AS happening, coalesce(h.day, ` + eventDay + `) AS day
	FROM claims c LEFT JOIN voice v ON v.claim = c.row LEFT JOIN member m ON m.telling = v.telling AND %[1]s
	LEFT JOIN (SELECT m.happening AS id, coalesce(min(CASE WHEN c.happened <> '' AND c.happened = c.ended THEN c.happened END), min(` + eventDay + `)) AS day
		FROM member m JOIN voice v ON v.telling = m.telling JOIN claims c ON c.row = v.claim WHERE %[1]s AND %[2]s GROUP BY m.happening) h ON h.id = m.happening`

// openRecords is how many unpacked records Stream holds at a time.
const openRecords = 64

// Stream gives every claim that fits, one by one, in an order that does not depend on the order of ingest; the limit
// of the query does not count. It holds a few records in memory, whatever the size of the ledger. An error ends the
// stream and comes with the zero value.
func (l *Ledger) Stream(ctx context.Context, q ledger.Query, order ledger.Order) iter.Seq2[ledger.Chosen, error] {
	return func(yield func(ledger.Chosen, error) bool) {
		if err := l.stream(ctx, q, order, func(c ledger.Chosen) bool { return yield(c, nil) }); err != nil {
			yield(ledger.Chosen{}, fmt.Errorf("asking for claims: %w", classify(err)))
		}
	}
}

func (l *Ledger) stream(ctx context.Context, q ledger.Query, order ledger.Order, yield func(ledger.Chosen) bool) error {
	f := newFilter(q)
	by := "c.reported, c.article, c.row"
	if order == ledger.ByEvent {
		by = "day, coalesce(nullif(happening, ''), c.proposition), " + by
	}
	during := duringArgs(q.AsOf)
	query := fmt.Sprintf(chosenClaims, duringText("m", q.AsOf), duringText("c", q.AsOf)) + ` WHERE ` + strings.Join(f.where, " AND ") + ` ORDER BY ` + by
	rows, err := l.read.QueryContext(ctx, query, slices.Concat(during, during, during, f.args)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	records := shelf{ledger: l, of: make(map[int64]*openRecord, openRecords)}
	for rows.Next() {
		var id, proposition string
		var reading int64
		var c ledger.Chosen
		if err := rows.Scan(&id, &reading, &c.Learned, &proposition, &c.Happening, &c.Day); err != nil {
			return err
		}
		r, err := records.get(ctx, reading)
		if err != nil {
			return err
		}
		c.Record, c.Claim, c.Proposition = r.record, r.claims[id], r.propositions[proposition]
		if c.Claim == nil || c.Proposition == nil {
			return fmt.Errorf("the record of the article %s has lost the claim %s: %w", r.record.Article.ID, id, ledger.ErrCorrupt)
		}
		if !yield(c) {
			return nil
		}
	}
	return rows.Err()
}

// shelf keeps the records that were used last.
type shelf struct {
	ledger *Ledger
	of     map[int64]*openRecord
	clock  int
}

type openRecord struct {
	record       *record.Record
	claims       map[string]*record.Claim
	propositions map[string]*record.Proposition
	used         int
}

func (s *shelf) get(ctx context.Context, reading int64) (*openRecord, error) {
	s.clock++
	if r, ok := s.of[reading]; ok {
		r.used = s.clock
		return r, nil
	}
	var form int
	var body []byte
	var version, models string
	row := s.ledger.read.QueryRowContext(ctx, `SELECT b.form, b.record, u.version, u.models FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.id = ?`, reading)
	if err := row.Scan(&form, &body, &version, &models); err != nil {
		return nil, err
	}
	rec, err := unpack(form, body, version, models)
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ledger.ErrCorrupt, err)
	}
	r := &openRecord{record: rec, claims: make(map[string]*record.Claim, len(rec.Claims)), propositions: make(map[string]*record.Proposition, len(rec.Propositions)), used: s.clock}
	for i := range rec.Claims {
		r.claims[rec.Claims[i].ID] = &rec.Claims[i]
	}
	for i := range rec.Propositions {
		r.propositions[rec.Propositions[i].ID] = &rec.Propositions[i]
	}
	if len(s.of) >= openRecords {
		s.drop()
	}
	s.of[reading] = r
	return r, nil
}

// drop puts away the record that was not used for longest.
func (s *shelf) drop() {
	oldest, at := s.clock+1, int64(0)
	for reading, r := range s.of {
		if r.used < oldest {
			oldest, at = r.used, reading
		}
	}
	delete(s.of, at)
}
