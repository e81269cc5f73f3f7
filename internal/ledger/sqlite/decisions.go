package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"annals/internal/ledger"
	"annals/internal/match"
)

// standing are the decisions that nobody has taken back, oldest first.
func (m *matching) standing() ([]ledger.Decision, error) {
	var out []ledger.Decision
	err := m.each(decisions+` WHERE d.kind <> 'undo' AND u.id IS NULL ORDER BY d.id`, nil, func(scan func(...any) error) error {
		d, err := scanDecision(scan)
		out = append(out, d)
		return err
	})
	return out, err
}

const decisions = `SELECT d.id, d.kind, d.article, d.proposition, d.article_2, d.proposition_2, d.target, d.why, d.time, coalesce(u.time, '')
	FROM decision d LEFT JOIN decision u ON u.target = d.id AND u.kind = 'undo'`

func scanDecision(scan func(...any) error) (ledger.Decision, error) {
	var d ledger.Decision
	err := scan(&d.ID, &d.Kind, &d.Article, &d.Proposition, &d.Article2, &d.Proposition2, &d.Target, &d.Why, &d.Time, &d.Undone)
	return d, err
}

// decide appends a decision and its entry in the journal.
func (m *matching) decide(d *ledger.Decision) error {
	d.Time = m.now
	if _, err := m.row(`INSERT INTO decision (kind, article, proposition, article_2, proposition_2, target, why, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		[]any{d.Kind, d.Article, d.Proposition, d.Article2, d.Proposition2, d.Target, d.Why, d.Time}, &d.ID); err != nil {
		return err
	}
	return m.journal("decision", d.ID, decisionContent(d))
}

// decisionContent is what the journal's hash covers.
func decisionContent(d *ledger.Decision) []byte {
	kept := *d
	kept.Undone = "" // that is told by another entry
	body, err := json.Marshal(kept)
	if err != nil { // strings and numbers always marshal
		return nil
	}
	return body
}

// Merge decides that two happenings are one. Each is named by the id of a happening, a claim or a proposition.
func (l *Ledger) Merge(ctx context.Context, a, b, why string) (ledger.Decision, error) {
	var d ledger.Decision
	err := l.matching(ctx, func(m *matching) error {
		x, y, err := m.findBoth(a, b)
		if err != nil {
			return err
		}
		if d, err = m.decision("merge", x, y, why); err != nil {
			return err
		}
		return m.merge(&d, x, y)
	})
	if err != nil {
		return d, fmt.Errorf("merging %s and %s: %w", a, b, classify(err))
	}
	return d, nil
}

// findBoth are the tellings that two ids name.
func (m *matching) findBoth(a, b string) (x, y int64, err error) {
	if x, err = m.find(a); err != nil {
		return 0, 0, err
	}
	y, err = m.find(b)
	return x, y, err
}

func (m *matching) decision(kind string, x, y int64, why string) (ledger.Decision, error) {
	a, err := m.telling(x)
	if err != nil {
		return ledger.Decision{}, err
	}
	b, err := m.telling(y)
	if err != nil {
		return ledger.Decision{}, err
	}
	d := ledger.Decision{Kind: kind, Article: a.Article, Proposition: a.Proposition, Article2: b.Article, Proposition2: b.Proposition, Why: why}
	return d, m.decide(&d)
}

// merge links the later root to the earlier one.
func (m *matching) merge(d *ledger.Decision, x, y int64) error {
	x, err := m.root(x)
	if err != nil {
		return err
	}
	if y, err = m.root(y); err != nil {
		return err
	}
	if x == y {
		return nil
	}
	a, err := m.telling(x)
	if err != nil {
		return err
	}
	b, err := m.telling(y)
	if err != nil {
		return err
	}
	if a.Before(b) {
		x, y = y, x
	}
	return m.link(proposal{telling: x, antecedent: y}, decidedBy(d.ID))
}

func decidedBy(id int64) string { return fmt.Sprintf("decision %d", id) }

// mergeAgain obeys the decisions about a telling that has come back in another reading.
func (m *matching) mergeAgain(id int64, t *match.Telling) error {
	for i := range m.decisions {
		d := &m.decisions[i]
		if d.Kind != "merge" {
			continue
		}
		article, proposition := d.Article, d.Proposition
		switch {
		case t.Article == d.Article && t.Proposition == d.Proposition:
			article, proposition = d.Article2, d.Proposition2
		case t.Article != d.Article2 || t.Proposition != d.Proposition2:
			continue
		}
		if err := m.enter(); err != nil { // the other may be one of this transaction
			return err
		}
		other, found, err := m.standingTelling(article, proposition)
		if err != nil {
			return err
		}
		if found {
			if err := m.merge(d, id, other); err != nil {
				return err
			}
		}
	}
	return nil
}

// Split decides that two tellings are not of one happening. The weakest link between them is cut.
func (l *Ledger) Split(ctx context.Context, a, b, why string) (ledger.Decision, error) {
	var d ledger.Decision
	err := l.matching(ctx, func(m *matching) error {
		x, y, err := m.findBoth(a, b)
		if err != nil {
			return err
		}
		if x == y {
			return errors.New("both are the same telling; name two claims of one happening, as annals show lists them")
		}
		if d, err = m.decision("split", x, y, why); err != nil {
			return err
		}
		m.decisions = append(m.decisions, d)
		return m.cut(x, y)
	})
	if err != nil {
		return d, fmt.Errorf("splitting %s and %s: %w", a, b, classify(err))
	}
	return d, nil
}

// cut parts two tellings of one tree; what is cut off looks for another antecedent.
func (m *matching) cut(x, y int64) error {
	up, err := m.upwards(x)
	if err != nil {
		return err
	}
	other, err := m.upwards(y)
	if err != nil {
		return err
	}
	if up[len(up)-1] != other[len(other)-1] {
		return nil // they are apart already, and stay so
	}
	var path []int64 // every telling whose own link lies between the two
	for _, id := range up {
		if !slices.Contains(other, id) {
			path = append(path, id)
		}
	}
	for _, id := range other {
		if !slices.Contains(up, id) {
			path = append(path, id)
		}
	}
	weakest, least := int64(0), 0.0
	for _, id := range path {
		has, err := m.antecedent(id)
		if err != nil {
			return err
		}
		if weakest == 0 || has.score < least {
			weakest, least = id, has.score
		}
	}
	if err := m.unlink(weakest); err != nil {
		return err
	}
	return m.search(weakest)
}

// upwards is a telling and all above it, up to its root.
func (m *matching) upwards(telling int64) ([]int64, error) {
	out := []int64{telling}
	for {
		has, err := m.antecedent(out[len(out)-1])
		if err != nil || has.antecedent == 0 {
			return out, err
		}
		out = append(out, has.antecedent)
	}
}

// forbidden tells whether a link would bring together what a decision keeps apart.
func (m *matching) forbidden(telling, antecedent int64) (bool, error) {
	if !slices.ContainsFunc(m.decisions, func(d ledger.Decision) bool { return d.Kind == "split" }) {
		return false, nil
	}
	below, err := m.below(telling)
	if err != nil {
		return false, err
	}
	root, err := m.root(antecedent)
	if err != nil {
		return false, err
	}
	tree, err := m.below(root)
	if err != nil {
		return false, err
	}
	holds := func(ids []int64, article, proposition string) (bool, error) {
		for _, id := range ids {
			t, err := m.telling(id)
			if err != nil || t.Article == article && t.Proposition == proposition {
				return err == nil, err
			}
		}
		return false, nil
	}
	tree = slices.DeleteFunc(tree, func(id int64) bool { return slices.Contains(below, id) })
	for _, d := range m.decisions {
		if d.Kind != "split" {
			continue
		}
		for _, way := range [2][2]string{{d.Article, d.Proposition}, {d.Article2, d.Proposition2}} {
			here, err := holds(below, way[0], way[1])
			if err != nil || !here {
				if err != nil {
					return false, err
				}
				continue
			}
			there := [2]string{d.Article2, d.Proposition2}
			if way == there {
				there = [2]string{d.Article, d.Proposition}
			}
			if apart, err := holds(tree, there[0], there[1]); err != nil || apart {
				return apart, err
			}
		}
	}
	return false, nil
}

// Undo takes a decision back; the scores speak again.
func (l *Ledger) Undo(ctx context.Context, decision int64, why string) (ledger.Decision, error) {
	var undo ledger.Decision
	err := l.matching(ctx, func(m *matching) error {
		at := slices.IndexFunc(m.decisions, func(d ledger.Decision) bool { return d.ID == decision })
		if at < 0 {
			return fmt.Errorf("there is no decision %d that stands: %w", decision, ledger.ErrNotFound)
		}
		d := m.decisions[at]
		undo = ledger.Decision{Kind: "undo", Target: decision, Why: why}
		if err := m.decide(&undo); err != nil {
			return err
		}
		m.decisions = slices.Delete(m.decisions, at, at+1)
		return m.undone(&d)
	})
	if err != nil {
		return undo, fmt.Errorf("undoing decision %d: %w", decision, classify(err))
	}
	return undo, nil
}

// undone links again by score what a decision had linked or kept apart.
func (m *matching) undone(d *ledger.Decision) error {
	var loose []int64
	if d.Kind == "merge" {
		if err := m.each(`SELECT telling FROM link WHERE by = ? AND closed = ?`, []any{decidedBy(d.ID), open}, func(scan func(...any) error) error {
			loose = append(loose, 0)
			return scan(&loose[len(loose)-1])
		}); err != nil {
			return err
		}
		for _, id := range loose {
			if err := m.unlink(id); err != nil {
				return err
			}
		}
	} else {
		for _, key := range [2][2]string{{d.Article, d.Proposition}, {d.Article2, d.Proposition2}} {
			id, found, err := m.standingTelling(key[0], key[1])
			if err != nil {
				return err
			}
			if found {
				up, err := m.upwards(id)
				if err != nil {
					return err
				}
				loose = append(loose, up[len(up)-1]) // what was cut off is a root, or found another tree
			}
		}
	}
	for _, id := range loose {
		if err := m.search(id); err != nil {
			return err
		}
	}
	return nil
}

// find is the telling that an id means: the first of a happening, that of a claim, or the only one of a proposition.
func (m *matching) find(id string) (int64, error) {
	var query string
	switch {
	case strings.HasPrefix(id, "h"):
		query = `SELECT telling FROM member WHERE happening = ? AND closed = ?`
	case strings.HasPrefix(id, "c"):
		query = `SELECT v.telling FROM claim c JOIN voice v ON v.claim = c.row JOIN telling t ON t.id = v.telling WHERE c.id = ? AND t.closed = ?`
	case strings.HasPrefix(id, "p"):
		query = `SELECT id FROM telling WHERE proposition = ? AND closed = ?`
	default:
		return 0, fmt.Errorf("%s is no id of a happening (h…), claim (c…) or proposition (p…)", id)
	}
	var found []int64
	if err := m.each(query, []any{id, open}, func(scan func(...any) error) error {
		found = append(found, 0)
		return scan(&found[len(found)-1])
	}); err != nil {
		return 0, err
	}
	switch {
	case len(found) == 0:
		return 0, fmt.Errorf("%s: %w, or it tells too little to be matched", id, ledger.ErrNotFound)
	case id[0] == 'h':
		return m.root(found[0])
	case len(found) > 1:
		return 0, fmt.Errorf("%s is told by %d articles; name the claim of one of them (annals show %s lists them)", id, len(found), id)
	}
	return found[0], nil
}

// standingTelling is the telling of a proposition in an article, if it stands.
func (m *matching) standingTelling(article, proposition string) (id int64, found bool, err error) {
	found, err = m.row(`SELECT id FROM telling WHERE proposition = ? AND article = ? AND closed = ?`, []any{proposition, article, open}, &id)
	return id, found, err
}

// decided is what the journal must cover of every decision, by its number.
func (v *verification) decided() (map[int64][]byte, error) {
	out := make(map[int64][]byte)
	err := v.each(decisions, nil, func(scan func(...any) error) error {
		d, err := scanDecision(scan)
		out[d.ID] = decisionContent(&d)
		return err
	})
	return out, err
}
