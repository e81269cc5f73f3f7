package sqlite

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"annals/internal/ledger"
)

// Runs are the versions and models that have read articles, the one that read last first.
func (l *Ledger) Runs(ctx context.Context) ([]ledger.RunRow, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT u.name, u.version, count(*), sum(r.closed = '9999'), min(r.learned), max(r.learned)
		FROM run u JOIN reading r ON r.run = u.id GROUP BY u.id ORDER BY max(r.id) DESC`)
	if err != nil {
		return nil, fmt.Errorf("asking for the runs: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.RunRow
	for rows.Next() {
		var r ledger.RunRow
		if err := rows.Scan(&r.Name, &r.Version, &r.Readings, &r.Open, &r.First, &r.Last); err != nil {
			return nil, fmt.Errorf("asking for the runs: %w", classify(err))
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for the runs: %w", classify(err))
	}
	return out, nil
}

// Pairs yields the articles that two runs have read, in the order in which they were learnt, with both readings: of
// those articles in which either run has found a claim that fits the query. An article that one run read and another
// text of which the other run read, as its correction, is no pair.
func (l *Ledger) Pairs(ctx context.Context, q ledger.Query, before, after string) iter.Seq2[ledger.ReadingPair, error] {
	return func(yield func(ledger.ReadingPair, error) bool) {
		articles, err := l.readByBoth(ctx, q, before, after)
		if err != nil {
			yield(ledger.ReadingPair{}, fmt.Errorf("comparing the runs %s and %s: %w", before, after, classify(err)))
			return
		}
		for _, article := range articles {
			pair, err := l.pair(ctx, article, before, after)
			if !yield(pair, err) || err != nil {
				return
			}
		}
	}
}

func (l *Ledger) readByBoth(ctx context.Context, q ledger.Query, before, after string) ([]string, error) {
	query := `SELECT x.article FROM reading x JOIN reading y ON y.article = x.article
		WHERE x.run = (SELECT id FROM run WHERE name = ?) AND y.run = (SELECT id FROM run WHERE name = ?)`
	args := []any{before, after}
	if f := newFilter(q); len(f.where) > 1 {
		query += ` AND x.article IN (SELECT c.article FROM claims c WHERE ` + strings.Join(f.where[1:], " AND ") + `)` // open or closed
		args = append(args, f.args[1:]...)
	}
	rows, err := l.read.QueryContext(ctx, query+` ORDER BY x.id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var article string
		if err := rows.Scan(&article); err != nil {
			return nil, err
		}
		out = append(out, article)
	}
	return out, rows.Err()
}

func (l *Ledger) pair(ctx context.Context, article, before, after string) (ledger.ReadingPair, error) {
	pair := ledger.ReadingPair{Article: article}
	readings, err := l.Readings(ctx, article)
	if err != nil {
		return pair, err
	}
	find := func(run string) ledger.Reading {
		at := slices.IndexFunc(readings, func(r ledger.Reading) bool { return r.Run == run })
		return readings[max(at, 0)] // both were found a moment ago, and readings do not go away
	}
	pair.Before, pair.After = find(before), find(after)
	return pair, nil
}

// LastTwo are the last two readings of an article, whoever read them; an article that was read once and corrects
// another is paired with that one's last reading.
func (l *Ledger) LastTwo(ctx context.Context, article string) (ledger.ReadingPair, error) {
	pair := ledger.ReadingPair{Article: article}
	readings, err := l.Readings(ctx, article)
	if err != nil {
		return pair, err
	}
	if len(readings) == 1 {
		var replaced string
		if err := l.read.QueryRowContext(ctx, `SELECT replaces FROM article WHERE id = ?`, article).Scan(&replaced); err != nil {
			return pair, fmt.Errorf("asking for what the article %s replaces: %w", article, classify(err))
		}
		if replaced == "" {
			return pair, fmt.Errorf("comparing readings of the article %s: it was read once, and it corrects no other: %w", article, ledger.ErrNotFound)
		}
		earlier, err := l.Readings(ctx, replaced)
		if err != nil {
			return pair, err
		}
		readings = append(earlier, readings...)
	}
	pair.Before, pair.After = readings[len(readings)-2], readings[len(readings)-1]
	return pair, nil
}
