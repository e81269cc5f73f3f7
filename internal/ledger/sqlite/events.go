package sqlite

import (
	"context"
	"fmt"
	"strings"

	"annals/internal/ledger"
)

// stances of a claim c, as conditions.
const (
	asserts = "c.realised"
	denies  = "(NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted')"
)

// sourceOf is whose word a claim is; claims that are not matched have their own articles for sources.
const sourceOf = "coalesce(v.source, c.article || '/' || json_extract(c.chain, '$[0]'))"

// Events are the happenings behind the claims that fit – what an article tells that is matched with nothing is one of its
// own –, each with its tally, newest first. With q.Agreed, only
// those that two or more independent sources assert and nobody denies.
func (l *Ledger) Events(ctx context.Context, q ledger.Query) ([]ledger.EventRow, error) {
	f := newFilter(q)
	having := ""
	if q.Agreed {
		having = "HAVING m.happening IS NOT NULL AND count(DISTINCT CASE WHEN " + asserts + " THEN " + sourceOf + " END) > 1 AND sum(" + denies + ") = 0"
	}
	args := append(duringArgs(q.AsOf), f.args...)
	rows, err := l.read.QueryContext(ctx, `SELECT coalesce(m.happening, ''), p.id, p.type, p.mode, p.cameo, p.actors, p.recipients, p.happened, p.ended, p.place,
			sum(`+asserts+`), sum(`+denies+`), sum(NOT `+asserts+` AND NOT `+denies+`), count(DISTINCT c.article), count(DISTINCT coalesce(y.original, c.article)), max(c.reported),
			json_group_array(DISTINCT `+sourceOf+`) FILTER (WHERE `+asserts+`), json_group_array(DISTINCT `+sourceOf+`) FILTER (WHERE `+denies+`)
		FROM claims c JOIN proposition p ON p.id = c.proposition LEFT JOIN voice v ON v.claim = c.row LEFT JOIN member m ON m.telling = v.telling AND `+duringText("m", q.AsOf)+`
		LEFT JOIN copy y ON y.article = c.article WHERE `+strings.Join(f.where, " AND ")+`
		GROUP BY coalesce(m.happening, v.telling, p.id) `+having+` ORDER BY max(c.reported) DESC, coalesce(m.happening, p.id), v.telling LIMIT ?`, append(args, limit(q))...)
	if err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.EventRow
	for rows.Next() {
		var r ledger.EventRow
		var actors, recipients, asserted, denied string
		if err := rows.Scan(&r.Happening, &r.Proposition, &r.Type, &r.Mode, &r.CAMEO, &actors, &recipients, &r.From, &r.To, &r.Place, &r.Asserted, &r.Denied, &r.Other,
			&r.Articles, &r.Stories, &r.Latest, &asserted, &denied); err != nil {
			return nil, fmt.Errorf("asking for events: %w", classify(err))
		}
		r.Actors, r.Recipients, r.AssertedBy, r.DeniedBy = names(actors), names(recipients), names(asserted), names(denied)
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	return out, nil
}
