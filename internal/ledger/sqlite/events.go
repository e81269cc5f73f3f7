package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
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

// latest is the day and the number of the newest claim, whose row the columns that are not counted are taken from.
const (
	latest    = "max(printf('%s/%012d', c.reported, c.row))"
	latestDay = "substr(" + latest + ", 1, length(" + latest + ") - 13)"
)

// eventOf joins the tellings and happenings of claims c; what is agreed upon is matched.
func eventOf(q ledger.Query) string {
	join := "LEFT"
	if q.Agreed {
		join = ""
	}
	return join + ` JOIN voice v ON v.claim = c.row ` + join + ` JOIN member m ON m.telling = v.telling AND ` + duringText("m", q.AsOf)
}

// Events are the happenings behind the claims that fit – what an article tells that is matched with nothing is one of its
// own –, each with its tally, newest first. With q.Agreed, only those that two or more independent sources assert and
// nobody denies; what is matched with nothing is none of them.
func (l *Ledger) Events(ctx context.Context, q ledger.Query) ([]ledger.EventRow, error) {
	most := min(limit(q), 1<<32) // so that it can be multiplied
	if q.Agreed {
		most *= 4 // most are not agreed upon
	}
	for ; ; most *= 4 {
		f, err := l.newest(ctx, q)
		if err != nil {
			return nil, err
		}
		newest, err := l.newestEvents(ctx, q, f, most)
		if err != nil || len(newest) == 0 {
			return nil, err
		}
		if err := f.events(newest, q.AsOf); err != nil {
			return nil, err
		}
		out, err := l.events(ctx, q, f)
		if err != nil || len(newest) < most || len(out) >= limit(q) {
			return out, err
		}
	}
}

func (l *Ledger) events(ctx context.Context, q ledger.Query, f *filter) ([]ledger.EventRow, error) {
	having := ""
	if q.Agreed {
		having = "HAVING count(DISTINCT CASE WHEN " + asserts + " THEN " + sourceOf + " END) > 1 AND sum(" + denies + ") = 0"
	}
	args := append(duringArgs(q.AsOf), f.args...)
	rows, err := l.read.QueryContext(ctx, `SELECT coalesce(m.happening, ''), p.id, p.type, p.mode, p.cameo, p.actors, p.recipients, p.happened, p.ended, p.place,
			sum(`+asserts+`), sum(`+denies+`), sum(NOT `+asserts+` AND NOT `+denies+`), count(DISTINCT c.article), count(DISTINCT coalesce(y.original, c.article)), `+latest+`,
			json_group_array(DISTINCT `+sourceOf+`) FILTER (WHERE `+asserts+`), json_group_array(DISTINCT `+sourceOf+`) FILTER (WHERE `+denies+`)
		FROM claims c JOIN proposition p ON p.id = c.proposition `+eventOf(q)+`
		LEFT JOIN copy y ON y.article = c.article WHERE `+strings.Join(f.where, " AND ")+`
		GROUP BY coalesce(m.happening, v.telling, p.id) `+having+` ORDER BY `+latestDay+` DESC, coalesce(m.happening, p.id), v.telling LIMIT ?`, append(args, limit(q))...)
	if err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	return scanEvents(rows)
}

func scanEvents(rows *sql.Rows) ([]ledger.EventRow, error) {
	defer rows.Close()
	var out []ledger.EventRow
	for rows.Next() {
		var r ledger.EventRow
		var actors, recipients, asserted, denied string
		if err := rows.Scan(&r.Happening, &r.Proposition, &r.Type, &r.Mode, &r.CAMEO, &actors, &recipients, &r.From, &r.To, &r.Place, &r.Asserted, &r.Denied, &r.Other,
			&r.Articles, &r.Stories, &r.Latest, &asserted, &denied); err != nil {
			return nil, fmt.Errorf("asking for events: %w", classify(err))
		}
		r.Latest, _, _ = strings.Cut(r.Latest, "/")
		r.Actors, r.Recipients, r.AssertedBy, r.DeniedBy = names(actors), names(recipients), names(asserted), names(denied)
		slices.Sort(r.AssertedBy)
		slices.Sort(r.DeniedBy)
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	return out, nil
}

// event is what claims on one happening share, or on what an article tells that is matched with nothing.
type event struct {
	happening   string
	proposition string // where there is no happening
	telling     int64  // likewise; 0 for what tells too little to be matched
}

func (e event) order(o event) int {
	return cmp.Or(cmp.Compare(cmp.Or(e.happening, e.proposition), cmp.Or(o.happening, o.proposition)), cmp.Compare(e.telling, o.telling))
}

// newestEvents are the events that come first, so many at most. Claims are looked at from the newest day on, until there are
// enough events at the end of a day: all that are told on earlier days alone come after them.
func (l *Ledger) newestEvents(ctx context.Context, q ledger.Query, f *filter, most int) ([]event, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT c.reported, c.proposition, coalesce(v.telling, 0), coalesce(m.happening, '') FROM claims c `+eventOf(q)+`
		WHERE `+strings.Join(f.where, " AND ")+` ORDER BY c.reported DESC`, append(duringArgs(q.AsOf), f.args...)...)
	if err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	defer rows.Close()
	var out, today []event
	seen, before := make(map[event]bool), ""
	for rows.Next() {
		var e event
		var day string
		if err := rows.Scan(&day, &e.proposition, &e.telling, &e.happening); err != nil {
			return nil, fmt.Errorf("asking for events: %w", classify(err))
		}
		if day != before {
			slices.SortFunc(today, event.order)
			if out = append(out, today...); len(out) >= most {
				return out[:most], nil
			}
			before, today = day, nil
		}
		if e.happening != "" {
			e = event{happening: e.happening}
		}
		if !seen[e] {
			seen[e] = true
			today = append(today, e)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for events: %w", classify(err))
	}
	slices.SortFunc(today, event.order)
	out = append(out, today...)
	return out[:min(len(out), most)], nil
}

// events adds "the claim is on one of these events", and may let in some that come after all of them.
func (f *filter) events(events []event, at string) error {
	happenings, tellings, propositions := []string{}, []int64{}, []string{}
	for _, e := range events {
		switch {
		case e.happening != "":
			happenings = append(happenings, e.happening)
		case e.telling != 0:
			tellings = append(tellings, e.telling)
		default:
			propositions = append(propositions, e.proposition)
		}
	}
	var lists [3]string
	for i, list := range [3]any{happenings, tellings, propositions} {
		body, err := json.Marshal(list)
		if err != nil {
			return err
		}
		lists[i] = string(body)
	}
	f.add(`c.row IN (SELECT v.claim FROM json_each(?) e CROSS JOIN member m ON m.happening = e.value AND `+duringText("m", at)+` CROSS JOIN voice v ON v.telling = m.telling
		UNION ALL SELECT v.claim FROM json_each(?) e CROSS JOIN voice v ON v.telling = e.value
		UNION ALL SELECT k.row FROM json_each(?) e CROSS JOIN claim k ON k.proposition = e.value)`, append(append([]any{lists[0]}, duringArgs(at)...), lists[1], lists[2])...)
	return nil
}
