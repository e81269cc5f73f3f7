package sqlite

import (
	"context"
	"fmt"
	"math"
	"strings"

	"annals/internal/ledger"
)

// mostWalked bounds the claims of a span of days that are walked whatever else a query asks.
const mostWalked = 50_000

// newest is the filter of a query of which only the newest claims are wanted. What fits many claims is not looked up: the
// claims are walked newest first until enough of them fit.
func (l *Ledger) newest(ctx context.Context, q ledger.Query) (*filter, error) {
	lead, args, alone := leadOf(q)
	if lead == "" {
		return newFilter(q), nil
	}
	count := func(from string, most int64, args ...any) (n int64, err error) {
		if err = l.read.QueryRowContext(ctx, "SELECT count(*) FROM ("+from+" LIMIT ?)", append(args, most)...).Scan(&n); err != nil {
			err = fmt.Errorf("asking for claims: %w", classify(err))
		}
		return n, err
	}
	steps := int64(math.MaxInt64) // of a walk
	if !q.Reported.IsZero() {
		from, to := daysOf(q.Reported)
		span := new(filter) // what the index of days knows of the query
		span.add("c.reported BETWEEN ? AND ?", from, to)
		span.in("c.polarity", q.Polarity)
		n, err := count("SELECT 1 FROM claim c WHERE "+strings.Join(span.where, " AND "), mostWalked, span.args...)
		if err != nil {
			return nil, err
		}
		if n < mostWalked {
			steps = n
		}
	}
	if alone {
		// To look up all that fits costs as many steps as fit; to walk costs as many as lie between those that fit, for each that
		// is wanted. At the root of the product both cost the same.
		var all float64
		if err := l.read.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM claim").Scan(&all); err != nil {
			return nil, fmt.Errorf("asking for claims: %w", classify(err))
		}
		steps = min(steps, int64(math.Ceil(math.Sqrt(float64(limit(q))*all))))
	}
	if steps == math.MaxInt64 {
		return newFilter(q), nil
	}
	hits, err := count(lead, steps+1, args...)
	if err != nil {
		return nil, err
	}
	f := &filter{walk: hits > steps}
	f.query(q)
	return f, nil
}

// leadOf is the condition of a query by which its claims are looked up, as a question: words, or one country on one side where
// no days are given; "" when there is none, or something that fits few. It tells whether that is the only condition, but for
// days.
func leadOf(q ledger.Query) (lead string, args []any, alone bool) {
	const parties = "SELECT 1 FROM party WHERE country = ? AND side IN ("
	country := func(values []string) bool { return len(values) == 1 && isCountry(values[0]) }
	rest := q
	rest.Reported = ledger.Query{}.Reported
	switch days := !q.Reported.IsZero(); {
	case q.Article != "" || q.Proposition != "" || q.Happening != "" || country(q.Actor) && country(q.Recipient):
		return "", nil, false
	case len(q.Text) > 0:
		lead, args, rest.Text = "SELECT rowid FROM sentence_text WHERE sentence_text MATCH ?", []any{phrases(q.Text)}, nil
	case country(q.Source):
		lead, args, rest.Source = parties+sourceSides+")", []any{q.Source[0]}, nil
	case country(q.Actor) && !days:
		lead, args, rest.Actor = parties+actorSide+")", []any{q.Actor[0]}, nil
	case country(q.Recipient) && !days:
		lead, args, rest.Recipient = parties+recipientSide+")", []any{q.Recipient[0]}, nil
	default:
		return "", nil, false
	}
	return lead, args, !narrows(rest)
}
