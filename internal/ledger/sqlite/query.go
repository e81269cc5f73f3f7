package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
)

const defaultLimit = 100

// filter collects the conditions of a query and their arguments.
type filter struct {
	where []string
	args  []any
}

func (f *filter) add(condition string, args ...any) {
	f.where = append(f.where, condition)
	f.args = append(f.args, args...)
}

// in adds "column is one of values".
func (f *filter) in(column string, values []string) {
	if len(values) > 0 {
		f.add(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", anyList(values)...)
	}
}

func anyList(values []string) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// prefix adds "column begins with one of values".
func (f *filter) prefix(column string, values []string) {
	if len(values) == 0 {
		return
	}
	var parts []string
	var args []any
	for _, v := range values {
		parts = append(parts, column+" GLOB ?")
		args = append(args, glob(v)+"*")
	}
	f.add("("+strings.Join(parts, " OR ")+")", args...)
}

// glob takes the special signs of GLOB out of a value.
func glob(v string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(v)
}

// overlaps adds "the days [from, to] share one with the interval"; unknown days do not.
func (f *filter) overlaps(from, to string, i civil.Interval) {
	if i.IsZero() {
		return
	}
	f.add("(" + from + " <> '' OR " + to + " <> '')")
	if !i.To.IsZero() {
		f.add(from+" <= ?", i.To.String())
	}
	if !i.From.IsZero() {
		f.add("("+to+" >= ? OR "+to+" = '')", i.From.String())
	}
}

// party adds "on one of these sides is a party that fits one of the values".
func (f *filter) party(values []string, sides string) {
	if len(values) == 0 {
		return
	}
	var parts []string
	var args []any
	for _, v := range values {
		switch {
		case isCountry(v):
			parts = append(parts, "p.country = ?")
			args = append(args, v)
		case strings.ToUpper(v) == v && len(v) > 3:
			parts = append(parts, "p.actor IN (SELECT row FROM actor WHERE code GLOB ?)")
			args = append(args, glob(v)+"*")
		default:
			parts = append(parts, "p.actor IN (SELECT row FROM actor WHERE id = ? OR id LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\')")
			args = append(args, v, like(strings.ReplaceAll(v, " ", "-")), like(v))
		}
	}
	f.add("c.row IN (SELECT p.claim FROM party p WHERE p.side IN ("+sides+") AND ("+strings.Join(parts, " OR ")+"))", args...)
}

func isCountry(v string) bool {
	return len(v) == 3 && strings.ToUpper(v) == v && strings.ToLower(v) != v
}

func like(v string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(v) + "%"
}

// text adds a full-text condition; every value is taken as a phrase, never as syntax.
func (f *filter) text(values []string) {
	if len(values) == 0 {
		return
	}
	var phrases []string
	for _, v := range values {
		phrases = append(phrases, `"`+strings.ReplaceAll(v, `"`, `""`)+`"`)
	}
	f.add("c.sentence_id IN (SELECT rowid FROM sentence_text WHERE sentence_text MATCH ?)", strings.Join(phrases, " AND "))
}

func newFilter(q ledger.Query) *filter {
	f := new(filter)
	if q.AsOf == "" {
		f.add("c.closed = ?", open)
	} else {
		f.add("c.learned <= ? AND c.closed > ?", q.AsOf, q.AsOf)
	}
	f.pair(&q)
	f.party(q.Actor, "0")
	f.party(q.Recipient, "1")
	f.party(q.Party, "0, 1")
	f.party(q.Source, "2, 3")
	f.in("c.type", q.Type)
	f.in("c.mode", q.Mode)
	f.prefix("c.cameo", q.CAMEO)
	f.in("c.polarity", q.Polarity)
	f.in("c.modality", q.Modality)
	f.in("c.act", q.Act)
	f.in("c.value", q.Value)
	f.in("c.publisher", q.Publisher)
	f.in("c.place", q.Place)
	f.overlaps("c.happened", "c.ended", q.Happened)
	f.overlaps("c.said", "c.said_end", q.Said)
	f.overlaps("c.reported", "c.reported", q.Reported)
	f.text(q.Text)
	if q.Realised != nil {
		f.add("c.realised = ?", *q.Realised)
	}
	if q.Article != "" {
		f.add("c.article = ?", q.Article)
	}
	if q.Proposition != "" {
		f.add("c.proposition = ?", q.Proposition)
	}
	if q.Happening != "" {
		f.add("c.row IN (SELECT v.claim FROM member m JOIN voice v ON v.telling = m.telling WHERE m.happening = ? AND "+duringText("m", q.AsOf)+")", append([]any{q.Happening}, duringArgs(q.AsOf)...)...)
	}
	if q.MinConfidence > 0 {
		f.add("c.confidence >= ?", q.MinConfidence)
	}
	return f
}

// pair answers the commonest question, one country and another in a span of days, from one index.
func (f *filter) pair(q *ledger.Query) {
	if len(q.Actor) != 1 || len(q.Recipient) != 1 || !isCountry(q.Actor[0]) || !isCountry(q.Recipient[0]) {
		return
	}
	from, to := "", open
	if !q.Reported.From.IsZero() {
		from = q.Reported.From.String()
	}
	if !q.Reported.To.IsZero() {
		to = q.Reported.To.String()
	}
	f.add("c.row IN (SELECT claim FROM dyad WHERE actor = ? AND recipient = ? AND reported BETWEEN ? AND ?)", q.Actor[0], q.Recipient[0], from, to)
	q.Actor, q.Recipient = nil, nil
}

const claimColumns = `c.id, c.article, c.publisher, c.reported, c.learned, c.closed, c.type, c.mode, c.cameo, p.actors, p.recipients, c.chain, c.act, c.polarity, c.modality, c.value, c.realised,
	c.happened, c.ended, c.place, c.confidence, c.sentence, c.proposition`

// Claims are the claims that fit, newest report first.
func (l *Ledger) Claims(ctx context.Context, q ledger.Query) ([]ledger.ClaimRow, error) {
	f := newFilter(q)
	rows, err := l.read.QueryContext(ctx, `SELECT `+claimColumns+` FROM claims c JOIN proposition p ON p.id = c.proposition WHERE `+strings.Join(f.where, " AND ")+
		` ORDER BY c.reported DESC, c.row LIMIT ?`, append(f.args, limit(q))...)
	if err != nil {
		return nil, fmt.Errorf("asking for claims: %w", classify(err))
	}
	return scanClaims(rows)
}

func limit(q ledger.Query) int {
	if q.Limit <= 0 {
		return defaultLimit
	}
	return q.Limit
}

func scanClaims(rows *sql.Rows) ([]ledger.ClaimRow, error) {
	defer rows.Close()
	var out []ledger.ClaimRow
	for rows.Next() {
		var r ledger.ClaimRow
		var actors, recipients, chain string
		if err := rows.Scan(&r.ID, &r.Article, &r.Publisher, &r.Reported, &r.Learned, &r.Closed, &r.Type, &r.Mode, &r.CAMEO, &actors, &recipients, &chain, &r.Act, &r.Polarity,
			&r.Modality, &r.Value, &r.Realised, &r.From, &r.To, &r.Place, &r.Confidence, &r.Sentence, &r.Proposition); err != nil {
			return nil, fmt.Errorf("asking for claims: %w", classify(err))
		}
		r.Actors, r.Recipients, r.Chain = names(actors), names(recipients), names(chain)
		if r.Closed == open {
			r.Closed = ""
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for claims: %w", classify(err))
	}
	return out, nil
}

// names reads a stored JSON list; the ledger wrote it, so a list that cannot be read is shown as it is.
func names(list string) []string {
	out := []string{}
	if json.Unmarshal([]byte(list), &out) != nil {
		return []string{list}
	}
	return out
}

// Articles are all articles, newest first, from an offset on.
func (l *Ledger) Articles(ctx context.Context, offset, limit int) ([]ledger.ArticleRow, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT a.id, a.title, a.publisher, a.date, a.place, a.url, a.learned,
			(SELECT count(*) FROM reading r JOIN claim c ON c.reading = r.id WHERE r.article = a.id AND r.closed = '9999')
		FROM article a ORDER BY a.date DESC, a.id LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("asking for articles: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.ArticleRow
	for rows.Next() {
		var r ledger.ArticleRow
		if err := rows.Scan(&r.ID, &r.Title, &r.Publisher, &r.Date, &r.Place, &r.URL, &r.Learned, &r.Claims); err != nil {
			return nil, fmt.Errorf("asking for articles: %w", classify(err))
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for articles: %w", classify(err))
	}
	return out, nil
}

// Readings are all readings of an article, oldest first.
func (l *Ledger) Readings(ctx context.Context, article string) ([]ledger.Reading, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT b.form, b.record, u.name, u.version, u.models, r.learned, r.closed
		FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.article = ? ORDER BY r.id`, article)
	if err != nil {
		return nil, fmt.Errorf("asking for the article %s: %w", article, classify(err))
	}
	defer rows.Close()
	var out []ledger.Reading
	for rows.Next() {
		var form int
		var body []byte
		var version, models string
		var r ledger.Reading
		if err := rows.Scan(&form, &body, &r.Run, &version, &models, &r.Learned, &r.Closed); err != nil {
			return nil, fmt.Errorf("asking for the article %s: %w", article, classify(err))
		}
		if r.Record, err = unpack(form, body, version, models); err != nil {
			return nil, fmt.Errorf("asking for the article %s: %w (%v)", article, ledger.ErrCorrupt, err)
		}
		if r.Closed == open {
			r.Closed = ""
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for the article %s: %w", article, classify(err))
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("asking for the article %s: %w", article, ledger.ErrNotFound)
	}
	return out, nil
}

// Article is the present reading of an article.
func (l *Ledger) Article(ctx context.Context, article string) (*ledger.Reading, error) {
	readings, err := l.Readings(ctx, article)
	if err != nil {
		return nil, err
	}
	return &readings[len(readings)-1], nil
}

// Find tells which article holds a claim.
func (l *Ledger) Find(ctx context.Context, claim string) (article string, err error) {
	err = l.read.QueryRowContext(ctx, `SELECT article FROM claims WHERE id = ? ORDER BY row DESC LIMIT 1`, claim).Scan(&article)
	if err == sql.ErrNoRows {
		return "", fmt.Errorf("asking for the claim %s: %w", claim, ledger.ErrNotFound)
	} else if err != nil {
		return "", fmt.Errorf("asking for the claim %s: %w", claim, classify(err))
	}
	return article, nil
}
