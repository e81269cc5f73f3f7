package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"annals/internal/ledger"
)

// dimension is how claims and the tally are grouped by something; an empty tally expression says that the tally
// does not know it.
type dimension struct{ claim, tally string }

var dimensionOf = map[string]dimension{
	"day":       {"c.reported", "t.day"},
	"week":      {"coalesce(strftime('%G-W%V', nullif(c.reported, '')), '')", "coalesce(strftime('%G-W%V', nullif(t.day, '')), '')"},
	"month":     {"substr(c.reported, 1, 7)", "substr(t.day, 1, 7)"},
	"year":      {"substr(c.reported, 1, 4)", "substr(t.day, 1, 4)"},
	"happened":  {"c.happened", ""},
	"type":      {"c.type", "t.type"},
	"mode":      {"c.mode", ""},
	"cameo":     {"c.cameo", ""},
	"actor":     {"d.actor", "t.actor"},
	"recipient": {"d.recipient", "t.recipient"},
	"publisher": {"c.publisher", ""},
	"act":       {"c.act", ""},
	"polarity":  {"c.polarity", ""},
	"modality":  {"c.modality", ""},
	"value":     {"c.value", ""},
	"place":     {"c.place", ""},
}

// Counts are the claims that fit, counted by some dimensions, in the order of their values. By actor or recipient,
// only the countries that the query names are counted, if it names some. The limit of the query is not applied.
func (l *Ledger) Counts(ctx context.Context, q ledger.Query, by []string) ([]ledger.CountRow, error) {
	for _, name := range by {
		if _, ok := dimensionOf[name]; !ok {
			return nil, fmt.Errorf("counting claims: there is nothing called %q to count by", name)
		}
	}
	query, args := recount(q, by)
	if tally := inTally(q, by); tally != "" {
		query, args = fromTally(tally, q, by)
	}
	rows, err := l.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("counting claims: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.CountRow
	for rows.Next() {
		r := ledger.CountRow{By: make([]string, len(by))}
		to := make([]any, 0, len(by)+3)
		for i := range by {
			to = append(to, &r.By[i])
		}
		if err := rows.Scan(append(to, &r.Asserted, &r.Denied, &r.Other)...); err != nil {
			return nil, fmt.Errorf("counting claims: %w", classify(err))
		}
		r.Claims = r.Asserted + r.Denied + r.Other
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("counting claims: %w", classify(err))
	}
	return out, nil
}

// inTally tells which counts that are kept answer the question, "" when none do: they know the present alone. Those by day,
// pair and type count a claim once a pair, so both sides must be asked for; those by day and type know no sides.
func inTally(q ledger.Query, by []string) (tally string) {
	actor, recipient := slices.Contains(by, "actor"), slices.Contains(by, "recipient")
	rest := q
	rest.Type, rest.Reported = nil, ledger.Query{}.Reported
	switch other := func(v string) bool { return !isCountry(v) }; {
	case actor && recipient && !slices.ContainsFunc(q.Actor, other) && !slices.ContainsFunc(q.Recipient, other):
		tally, rest.Actor, rest.Recipient = "tally", nil, nil
	case !actor && !recipient:
		tally = "tally_day"
	}
	for _, name := range by {
		if dimensionOf[name].tally == "" {
			return ""
		}
	}
	if !isZero(rest) {
		return ""
	}
	return tally
}

// isZero tells whether a query chooses everything that is known now.
func isZero(q ledger.Query) bool {
	f := newFilter(q)
	return len(f.where) == 1 && q.AsOf == ""
}

func fromTally(tally string, q ledger.Query, by []string) (string, []any) {
	f := new(filter)
	f.add("t.asserted + t.denied + t.other > 0")
	f.in("t.actor", q.Actor)
	f.in("t.recipient", q.Recipient)
	f.in("t.type", q.Type)
	if !q.Reported.From.IsZero() || !q.Reported.To.IsZero() {
		f.add("t.day <> ''")
	}
	if !q.Reported.From.IsZero() {
		f.add("t.day >= ?", q.Reported.From.String())
	}
	if !q.Reported.To.IsZero() {
		f.add("t.day <= ?", q.Reported.To.String())
	}
	keys := expressions(by, func(d dimension) string { return d.tally })
	return "SELECT " + keys + ", sum(t.asserted), sum(t.denied), sum(t.other) FROM " + tally + " t WHERE " + strings.Join(f.where, " AND ") + groups(len(by)), f.args
}

func recount(q ledger.Query, by []string) (string, []any) {
	f := newFilter(q)
	from := "claims c"
	if slices.Contains(by, "actor") || slices.Contains(by, "recipient") {
		from = pairsOfClaims(by)
		f.side("d.actor", q.Actor, slices.Contains(by, "actor"))
		f.side("d.recipient", q.Recipient, slices.Contains(by, "recipient"))
	}
	keys := expressions(by, func(d dimension) string { return d.claim })
	return "SELECT " + keys + `, sum(c.realised), sum(NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted'),
		sum(NOT c.realised AND NOT (c.polarity = 'negative' AND c.modality = 'asserted')) FROM ` + from + " WHERE " + strings.Join(f.where, " AND ") + groups(len(by)), f.args
}

// pairsOfClaims joins claims to the countries of the sides that are asked for, each once a claim.
func pairsOfClaims(by []string) string {
	var sides []string
	for _, side := range []string{"actor", "recipient"} {
		if slices.Contains(by, side) {
			sides = append(sides, side)
		}
	}
	if len(sides) == 2 {
		return "dyad d JOIN claims c ON c.row = d.claim"
	}
	return "(SELECT DISTINCT claim, " + sides[0] + " FROM dyad) d JOIN claims c ON c.row = d.claim"
}

// side keeps a dimension to the countries that the query names on that side.
func (f *filter) side(column string, values []string, asked bool) {
	if !asked || slices.ContainsFunc(values, func(v string) bool { return !isCountry(v) }) {
		return
	}
	f.in(column, values)
}

func expressions(by []string, of func(dimension) string) string {
	var out []string
	for _, name := range by {
		out = append(out, of(dimensionOf[name]))
	}
	return strings.Join(out, ", ")
}

func groups(n int) string {
	var places []string
	for i := range n {
		places = append(places, fmt.Sprint(i+1))
	}
	list := strings.Join(places, ", ")
	return " GROUP BY " + list + " ORDER BY " + list
}
