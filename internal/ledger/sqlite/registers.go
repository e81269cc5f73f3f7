package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/internal/register"
)

// Provenance tells where an imported row stands, and when the ledger learnt it.
type Provenance struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Line    int    `json:"line"`
	Learned string `json:"learned"`
	Closed  string `json:"closed,omitempty"` // when a later edition said otherwise
}

// Kept is a row of a register with its provenance.
type Kept[T any] struct {
	Row  T          `json:"row"`
	From Provenance `json:"from"`
}

// registerFilter chooses entries of a kind as they were known at a moment of system time; "" is now.
func registerFilter(kind, at string) *filter {
	f := new(filter)
	f.add("e.kind = ?", kind)
	if at == "" {
		f.add("e.closed = ?", open)
		return f
	}
	f.add("b.time <= ? AND e.closed > ?", at, at)
	return f
}

// entries asks for rows of a register. More than limit are cut off, and more says so.
func entries[T any](ctx context.Context, l *Ledger, f *filter, order string, limit int) (out []Kept[T], more bool, err error) {
	rows, err := l.read.QueryContext(ctx, `SELECT e.body, f.name, f.sha256, e.line, b.time, e.closed
		FROM register_entry e JOIN register_batch b ON b.id = e.batch JOIN register_file f ON f.id = b.file
		WHERE `+strings.Join(f.where, " AND ")+` ORDER BY `+order+`, e.row LIMIT ?`, append(f.args, limit+1)...)
	if err != nil {
		return nil, false, fmt.Errorf("asking the imported registers: %w", classify(err))
	}
	defer rows.Close()
	for rows.Next() {
		var kept Kept[T]
		var body string
		if err := rows.Scan(&body, &kept.From.File, &kept.From.SHA256, &kept.From.Line, &kept.From.Learned, &kept.From.Closed); err != nil {
			return nil, false, fmt.Errorf("asking the imported registers: %w", classify(err))
		}
		if err := json.Unmarshal([]byte(body), &kept.Row); err != nil {
			return nil, false, fmt.Errorf("asking the imported registers: %w (%v)", ledger.ErrCorrupt, err)
		}
		if kept.From.Closed == open {
			kept.From.Closed = ""
		}
		out = append(out, kept)
	}
	if err := rows.Err(); err != nil {
		return nil, false, fmt.Errorf("asking the imported registers: %w", classify(err))
	}
	if len(out) > limit {
		return out[:limit], true, nil
	}
	return out, false, nil
}

// HasRegister tells whether anything of a kind of file was ever imported.
func (l *Ledger) HasRegister(ctx context.Context, kind string) (bool, error) {
	var n int
	err := l.read.QueryRowContext(ctx, `SELECT count(*) FROM register_file f WHERE kind = ? AND EXISTS (SELECT 1 FROM register_batch b WHERE b.file = f.id)`, kind).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("asking the imported registers: %w", classify(err))
	}
	return n > 0, nil
}

// Deals are those of the trade register between two states, by code, whose years from order to last delivery touch
// the days; an empty supplier stands for any.
func (l *Ledger) Deals(ctx context.Context, supplier, recipient string, days civil.Interval, at string, limit int) ([]Kept[register.Deal], bool, error) {
	f := registerFilter(register.KindDeal, at)
	if supplier != "" {
		f.add("e.subject = ?", supplier)
	}
	f.add("e.object = ?", recipient)
	f.overlaps("e.first", "e.last", days)
	return entries[register.Deal](ctx, l, f, "e.first", limit)
}

// VotesOn are the imported votes whose titles name the country, or that have one of the symbols, until a day; newest
// first.
func (l *Ledger) VotesOn(ctx context.Context, country string, symbols []string, until civil.Date, at string, limit int) ([]Kept[register.Vote], bool, error) {
	f := registerFilter(register.KindVote, at)
	f.add("e.first <= ?", until.String())
	args := []any{country}
	for _, s := range symbols {
		args = append(args, s)
	}
	f.add("(e.row IN (SELECT entry FROM register_name WHERE name = ?) OR e.subject IN (''"+strings.Repeat(", ?", len(symbols))+"))", args...)
	return entries[register.Vote](ctx, l, f, "e.first DESC", limit)
}

// BallotsOf are how countries voted on a resolution or draft.
func (l *Ledger) BallotsOf(ctx context.Context, symbol string, countries []string, at string) ([]Kept[register.Ballot], error) {
	f := registerFilter(register.KindBallot, at)
	f.add("e.subject = ?", symbol)
	f.in("e.object", countries)
	out, _, err := entries[register.Ballot](ctx, l, f, "e.object", 1000)
	return out, err
}

// Listed is an entity of an imported list, with its listings.
type Listed struct {
	Entity   Kept[register.Entity]    `json:"entity"`
	Name     string                   `json:"name"` // the name that fits, folded: why it is shown
	Listings []Kept[register.Listing] `json:"listings"`
}

// ListedAs finds entities one of whose names is exactly one of the names, case and accents apart, with the listings
// that touch the days. Whether it is the same person or firm, a name cannot tell.
func (l *Ledger) ListedAs(ctx context.Context, names []string, days civil.Interval, at string) ([]Listed, error) {
	var out []Listed
	for _, name := range names {
		folded := register.Fold(name)
		if folded == "" {
			continue
		}
		f := registerFilter(register.KindEntity, at)
		f.add("e.row IN (SELECT entry FROM register_name WHERE name = ?)", folded)
		found, _, err := entries[register.Entity](ctx, l, f, "e.subject", 20)
		if err != nil {
			return nil, err
		}
		for _, entity := range found {
			listings, err := l.listingsOf(ctx, entity.Row.ID, days, at)
			if err != nil {
				return nil, err
			}
			out = append(out, Listed{Entity: entity, Name: folded, Listings: listings})
		}
	}
	return out, nil
}

func (l *Ledger) listingsOf(ctx context.Context, entity string, days civil.Interval, at string) ([]Kept[register.Listing], error) {
	f := registerFilter(register.KindListing, at)
	f.add("e.subject = ?", entity)
	if !days.To.IsZero() {
		f.add("e.first <= ?", days.To.String())
	}
	if !days.From.IsZero() {
		f.add("(e.last = '' OR e.last >= ?)", days.From.String())
	}
	out, _, err := entries[register.Listing](ctx, l, f, "e.first", 100)
	return out, err
}

// ArmsArticles are the articles whose claims may tell of transfers of arms and fit the query, newest first. parties
// are countries each of which must be a side of such a claim.
func (l *Ledger) ArmsArticles(ctx context.Context, q ledger.Query, parties []string, limit int) ([]string, error) {
	f := newFilter(q)
	f.add(`(c.type = 'AID' OR c.type = 'COOPERATE' AND c.cameo GLOB '06*' OR c.type = 'SANCTION' AND c.cameo GLOB '1622*' OR c.type = 'COERCE' AND c.cameo GLOB '1711*')`)
	for _, p := range parties {
		f.party([]string{p}, bothSides, q.Reported)
	}
	rows, err := l.read.QueryContext(ctx, `SELECT c.article FROM claims c WHERE `+strings.Join(f.where, " AND ")+` GROUP BY c.article ORDER BY max(c.reported) DESC, c.article LIMIT ?`, append(f.args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("asking for transfers: %w", classify(err))
	}
	return scanStrings(rows)
}

// OriginalsOf tells which of the articles are copies of which others, as the ledger has found them.
func (l *Ledger) OriginalsOf(ctx context.Context, articles []string) (map[string]string, error) {
	f := new(filter)
	f.in("article", articles)
	if len(f.where) == 0 {
		return nil, nil
	}
	rows, err := l.read.QueryContext(ctx, `SELECT article, original FROM copy WHERE `+f.where[0], f.args...)
	if err != nil {
		return nil, fmt.Errorf("asking for copies: %w", classify(err))
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var article, original string
		if err := rows.Scan(&article, &original); err != nil {
			return nil, fmt.Errorf("asking for copies: %w", classify(err))
		}
		out[article] = original
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for copies: %w", classify(err))
	}
	return out, nil
}

func scanStrings(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("asking for transfers: %w", classify(err))
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for transfers: %w", classify(err))
	}
	return out, nil
}

// KnownAt tells whether a reading is what the ledger knew at a moment of system time; "" is now.
func KnownAt(r *ledger.Reading, at string) bool {
	if at == "" {
		return r.Closed == ""
	}
	return r.Learned <= at && (r.Closed == "" || r.Closed > at)
}
