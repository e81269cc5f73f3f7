package sqlite

import (
	"context"
	"fmt"
	"strings"

	"annals/internal/ledger"
)

// Actors are the actors of the claims that were known at a time ("": now), those of most claims first. Each of the values
// is a country, the beginning of a code, or part of an id or a name; an actor that fits one is listed. None: all are.
func (l *Ledger) Actors(ctx context.Context, values []string, at string, most int) ([]ledger.ActorRow, error) {
	f := new(filter)
	f.during("r", at)
	f.actors(values)
	rows, err := l.read.QueryContext(ctx, `SELECT a.id, a.name, a.kind, a.code, a.country, count(DISTINCT p.claim), count(DISTINCT CASE WHEN p.side = 0 THEN p.claim END),
			count(DISTINCT CASE WHEN p.side = 1 THEN p.claim END), count(DISTINCT CASE WHEN p.side > 1 THEN p.claim END), coalesce(min(nullif(c.reported, '')), ''), max(c.reported)
		FROM actor a JOIN party p ON p.actor = a.row JOIN claim c ON c.row = p.claim JOIN reading r ON r.id = c.reading
		WHERE `+strings.Join(f.where, " AND ")+` GROUP BY a.row ORDER BY count(DISTINCT p.claim) DESC, a.id LIMIT ?`, append(f.args, limit(ledger.Query{Limit: most}))...)
	if err != nil {
		return nil, fmt.Errorf("asking for actors: %w", classify(err))
	}
	defer rows.Close()
	out := []ledger.ActorRow{}
	for rows.Next() {
		var r ledger.ActorRow
		if err := rows.Scan(&r.ID, &r.Name, &r.Kind, &r.Code, &r.Country, &r.Claims, &r.Acts, &r.Receives, &r.Speaks, &r.First, &r.Last); err != nil {
			return nil, fmt.Errorf("asking for actors: %w", classify(err))
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for actors: %w", classify(err))
	}
	return out, nil
}

// actors adds "the actor a fits one of the values".
func (f *filter) actors(values []string) {
	if len(values) == 0 {
		return
	}
	var parts []string
	var args []any
	for _, v := range values {
		if isCountry(v) {
			parts = append(parts, "a.country = ?")
			args = append(args, v)
			continue
		}
		fits, with := actorFits(v)
		parts = append(parts, fits)
		args = append(args, with...)
	}
	f.add("a.row IN (SELECT a.row FROM actor a WHERE "+strings.Join(parts, " OR ")+")", args...)
}

// actorFits is "the actor has this code, or a part of this name": the values of a party that are no countries.
func actorFits(v string) (condition string, args []any) {
	if strings.ToUpper(v) == v && len(v) > 3 {
		return "code GLOB ?", []any{glob(v) + "*"}
	}
	return `id = ? OR id LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\'`, []any{v, like(strings.ReplaceAll(v, " ", "-")), like(v)}
}
