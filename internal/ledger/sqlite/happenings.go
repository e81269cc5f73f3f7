package sqlite

import (
	"context"
	"fmt"
	"strings"

	"annals/internal/ledger"
)

// Happening shows a happening as it was known at a time ("": now): its claims, its links with their reasons, and what
// people decided about it.
func (l *Ledger) Happening(ctx context.Context, id, at string) (*ledger.Happening, error) {
	out := &ledger.Happening{ID: id}
	var err error
	if out.Claims, err = l.Claims(ctx, ledger.Query{Happening: id, AsOf: at, Limit: 10_000}); err != nil {
		return nil, err
	}
	if len(out.Claims) == 0 {
		return nil, fmt.Errorf("asking for the happening %s: %w", id, ledger.ErrNotFound)
	}
	f := new(filter)
	f.add("k.telling IN (SELECT m.telling FROM member m WHERE m.happening = ? AND "+duringText("m", at)+")", append([]any{id}, duringArgs(at)...)...)
	f.during("k", at)
	if out.Links, err = l.links(ctx, f); err != nil {
		return nil, err
	}
	out.Decisions, err = l.decisionsAbout(ctx, id)
	return out, err
}

// duringText and duringArgs are the condition that filter.during adds.
func duringText(table, at string) string {
	f := new(filter)
	f.during(table, at)
	return f.where[0]
}

func duringArgs(at string) []any {
	f := new(filter)
	f.during("", at)
	return f.args
}

// Links are the links of the telling that a claim is part of: to its antecedent, and of others to it. Also those that
// no longer stand.
func (l *Ledger) Links(ctx context.Context, claim string) ([]ledger.LinkRow, error) {
	f := new(filter)
	const telling = `(SELECT v.telling FROM claim c JOIN voice v ON v.claim = c.row WHERE c.id = ?)`
	f.add("(k.telling IN "+telling+" OR k.antecedent IN "+telling+")", claim, claim)
	return l.links(ctx, f)
}

func (l *Ledger) links(ctx context.Context, f *filter) ([]ledger.LinkRow, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT t.article, t.proposition, a.article, a.proposition, k.score, k.reasons, k.by, k.learned, k.closed
		FROM link k JOIN telling t ON t.id = k.telling JOIN telling a ON a.id = k.antecedent WHERE `+strings.Join(f.where, " AND ")+` ORDER BY k.id`, f.args...)
	if err != nil {
		return nil, fmt.Errorf("asking for links: %w", classify(err))
	}
	defer rows.Close()
	out := []ledger.LinkRow{}
	for rows.Next() {
		var k ledger.LinkRow
		var body string
		if err := rows.Scan(&k.Article, &k.Proposition, &k.AntecedentArticle, &k.AntecedentProposition, &k.Score, &body, &k.By, &k.Learned, &k.Closed); err != nil {
			return nil, fmt.Errorf("asking for links: %w", classify(err))
		}
		if k.Closed == open {
			k.Closed = ""
		}
		k.Reasons = reasons(body)
		out = append(out, k)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for links: %w", classify(err))
	}
	return out, nil
}

// decisionsAbout are the decisions that name a telling which is or was part of a happening, oldest first.
func (l *Ledger) decisionsAbout(ctx context.Context, happening string) ([]ledger.Decision, error) {
	const tellings = `(SELECT t.article, t.proposition FROM member m JOIN telling t ON t.id = m.telling WHERE m.happening = ?)`
	rows, err := l.read.QueryContext(ctx, decisions+` WHERE d.kind <> 'undo' AND ((d.article, d.proposition) IN `+tellings+` OR (d.article_2, d.proposition_2) IN `+tellings+`) ORDER BY d.id`,
		happening, happening)
	if err != nil {
		return nil, fmt.Errorf("asking for decisions: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.Decision
	for rows.Next() {
		d, err := scanDecision(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("asking for decisions: %w", classify(err))
		}
		out = append(out, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for decisions: %w", classify(err))
	}
	return out, nil
}
