package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
)

const defaultLimit = 100

// filter collects the conditions of a query and their arguments.
type filter struct {
	where []string
	args  []any
	walk  bool   // the claims are walked newest first until enough fit
	claim string // column that has the row of a claim, "" for that of the claim itself
}

func (f *filter) add(condition string, args ...any) {
	f.where = append(f.where, condition)
	f.args = append(f.args, args...)
}

// row is the column that has the row of a claim.
func (f *filter) row() string { return cmp.Or(f.claim, "c.row") }

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

// reported adds "reported on one of these days", so that an index of days can be asked.
func (f *filter) reported(i civil.Interval) {
	if i.IsZero() {
		return
	}
	if i.From.IsZero() {
		f.add("c.reported > ''")
	}
	from, to := daysOf(i)
	f.add("c.reported BETWEEN ? AND ?", from, to)
}

// party adds "on one of these sides is a party that fits one of the values". With days, countries on the sides of what
// happened are found by the index of pairs, which knows the days.
func (f *filter) party(values []string, sides string, reported civil.Interval) {
	if len(values) == 0 {
		return
	}
	if sides != sourceSides && !reported.IsZero() && !slices.ContainsFunc(values, func(v string) bool { return !isCountry(v) }) {
		f.countries(values, sides, reported)
		return
	}
	var parts []string
	var args []any
	for _, v := range values {
		switch {
		case isCountry(v):
			parts = append(parts, "p.country = ?")
			args = append(args, v)
		default:
			fits, with := actorFits(v)
			parts = append(parts, "p.actor IN (SELECT row FROM actor WHERE "+fits+")")
			args = append(args, with...)
		}
	}
	fits := "p.side IN (" + sides + ") AND (" + strings.Join(parts, " OR ") + ")"
	if f.walk {
		f.add("EXISTS (SELECT 1 FROM party p WHERE p.claim = c.row AND "+fits+")", args...)
		return
	}
	f.add(f.row()+" IN (SELECT p.claim FROM party p WHERE "+fits+")", args...)
}

// Sides of parties, as the tables number them.
const (
	actorSide     = "0"
	recipientSide = "1"
	bothSides     = "0, 1"
	sourceSides   = "2, 3"
)

// countries adds "one of the countries is on one of these sides, reported on one of these days".
func (f *filter) countries(countries []string, sides string, reported civil.Interval) {
	from, to := daysOf(reported)
	var parts []string
	var args []any
	for _, c := range countries {
		if sides != recipientSide {
			parts = append(parts, dyadsOfActor)
			args = append(args, c, c, c, from, to)
		}
		if sides != actorSide {
			parts = append(parts, dyadsOfRecipient)
			args = append(args, c, from, to)
		}
	}
	f.add(f.row()+" IN ("+strings.Join(parts, " UNION ALL ")+")", args...)
}

// The claims of a country on one side and of days: the index of pairs is asked for each country on the other side. Which those
// are is found by jumping from one to the next in the index.
const (
	dyadsOfActor = `SELECT d.claim FROM (WITH RECURSIVE other (country) AS (SELECT min(recipient) FROM dyad WHERE actor = ?
			UNION ALL SELECT (SELECT min(recipient) FROM dyad WHERE actor = ? AND recipient > country) FROM other WHERE country IS NOT NULL) SELECT country FROM other) o
		CROSS JOIN dyad d WHERE d.actor = ? AND d.recipient = o.country AND d.reported BETWEEN ? AND ?`
	dyadsOfRecipient = `SELECT d.claim FROM (WITH RECURSIVE other (country) AS (SELECT min(actor) FROM dyad
			UNION ALL SELECT (SELECT min(actor) FROM dyad WHERE actor > country) FROM other WHERE country IS NOT NULL) SELECT country FROM other) o
		CROSS JOIN dyad d WHERE d.actor = o.country AND d.recipient = ? AND d.reported BETWEEN ? AND ?`
)

// daysOf are the ends of an interval of days as the tables write them; open ends are before and after every day.
func daysOf(i civil.Interval) (from, to string) {
	from, to = "", open
	if !i.From.IsZero() {
		from = i.From.String()
	}
	if !i.To.IsZero() {
		to = i.To.String()
	}
	return from, to
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
	column := "c.sentence_id"
	if f.walk {
		column = "+" + column // not by its index
	}
	f.add(column+" IN (SELECT rowid FROM sentence_text WHERE sentence_text MATCH ?)", phrases(values))
}

// phrases is a full-text condition: all of the values, each as a phrase.
func phrases(values []string) string {
	var out []string
	for _, v := range values {
		out = append(out, `"`+strings.ReplaceAll(v, `"`, `""`)+`"`)
	}
	return strings.Join(out, " AND ")
}

func newFilter(q ledger.Query) *filter {
	f := new(filter)
	f.query(q)
	return f
}

// query adds the conditions of a query on the view claims, called c.
func (f *filter) query(q ledger.Query) {
	if q.AsOf == "" {
		f.add("c.closed = ?", open)
	} else {
		f.add("c.learned <= ? AND c.closed > ?", q.AsOf, q.AsOf)
	}
	f.pair(&q)
	f.party(q.Actor, actorSide, q.Reported)
	f.party(q.Recipient, recipientSide, q.Reported)
	f.party(q.Party, bothSides, q.Reported)
	f.party(q.Source, sourceSides, q.Reported)
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
	f.reported(q.Reported)
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
		f.add(f.row()+" IN (SELECT v.claim FROM member m JOIN voice v ON v.telling = m.telling WHERE m.happening = ? AND "+duringText("m", q.AsOf)+")", append([]any{q.Happening}, duringArgs(q.AsOf)...)...)
	}
	if q.MinConfidence > 0 {
		f.add("c.confidence >= ?", q.MinConfidence)
	}
}

// pair answers the commonest question, one country and another in a span of days, from one index.
func (f *filter) pair(q *ledger.Query) {
	if len(q.Actor) != 1 || len(q.Recipient) != 1 || !isCountry(q.Actor[0]) || !isCountry(q.Recipient[0]) {
		return
	}
	from, to := daysOf(q.Reported)
	f.add(f.row()+" IN (SELECT claim FROM dyad WHERE actor = ? AND recipient = ? AND reported BETWEEN ? AND ?)", q.Actor[0], q.Recipient[0], from, to)
	q.Actor, q.Recipient = nil, nil
}

const claimColumns = `c.id, c.article, c.publisher, c.reported, c.learned, c.closed, c.type, c.mode, c.cameo, p.actors, p.recipients, c.chain, c.act, c.polarity, c.modality, c.value, c.realised,
	c.happened, c.ended, c.place, c.confidence, c.sentence, c.proposition`

// Claims are the claims that fit, newest report first.
func (l *Ledger) Claims(ctx context.Context, q ledger.Query) ([]ledger.ClaimRow, error) {
	f, err := l.newest(ctx, q)
	if err != nil {
		return nil, err
	}
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
