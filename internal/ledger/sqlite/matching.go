package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"annals/internal/ledger"
	"annals/internal/match"
	"annals/record"
)

// matchedAtOnce is how many entries of the journal one transaction of matching takes in.
const matchedAtOnce = 40

// Match brings happenings, copies and disputes up to date with all that was ingested: it follows the journal from where
// it stopped, so that it can be stopped or killed at any moment. Each telling is linked to the best antecedent among
// all that share a key with it and lie within some days, and so the happenings do not depend on the order in which
// articles were ingested – but for copies, which speak with the voice of the first that came, and for decisions.
func (l *Ledger) Match(ctx context.Context) (ledger.Matched, error) {
	var done ledger.Matched
	for {
		more, err := l.matchSome(ctx, &done)
		if err != nil {
			return done, fmt.Errorf("matching: %w", classify(err))
		}
		if !more {
			return done, nil
		}
	}
}

func (l *Ledger) matchSome(ctx context.Context, done *ledger.Matched) (more bool, err error) {
	err = l.matching(ctx, func(m *matching) error {
		m.done = done
		more, err = m.follow()
		return err
	})
	return more, err
}

// matching is a transaction in which tellings come, go and are linked.
type matching struct {
	*writer
	rules     *match.Matcher
	tellings  map[int64]*match.Telling // those met so far, kept from one transaction to the next
	touched   map[int64]bool           // whose trees have changed
	decisions []ledger.Decision        // that stand
	done      *ledger.Matched
}

// mostKept bounds the tellings that are kept in memory.
const mostKept = 60_000

// matching runs a change of links in one transaction, and brings memberships and disputes in line with it.
func (l *Ledger) matching(ctx context.Context, change func(*matching) error) error {
	l.matchOnce.Do(func() {
		l.rules, l.rulesErr = match.NewMatcher()
		l.tellings = make(map[int64]*match.Telling)
	})
	if l.rulesErr != nil {
		return l.rulesErr
	}
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	// The one connection for writing is ours until the transaction ends, and the kept tellings with it.
	if len(l.tellings) > mostKept {
		clear(l.tellings)
	}
	w, err := l.writer(ctx, tx)
	if err == nil {
		m := &matching{writer: w, rules: l.rules, tellings: l.tellings, touched: make(map[int64]bool), done: new(ledger.Matched)}
		if m.decisions, err = m.standing(); err == nil {
			err = change(m)
		}
		if err == nil {
			err = m.settle()
		}
	}
	if err != nil {
		clear(l.tellings) // some may never have been kept
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// follow takes in the next entries of the journal.
func (m *matching) follow() (more bool, err error) {
	type entry struct {
		id, reading int64
		kind        string
	}
	rows, err := m.tx.QueryContext(m.ctx, `SELECT id, reading, kind FROM journal WHERE id > (SELECT journal FROM matched) ORDER BY id LIMIT ?`, matchedAtOnce)
	if err != nil {
		return false, err
	}
	var entries []entry
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.id, &e.reading, &e.kind); err != nil {
			rows.Close()
			return false, err
		}
		entries = append(entries, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(entries) == 0 {
		return false, err
	}
	for _, e := range entries {
		switch e.kind {
		case "reading":
			err = m.take(e.reading)
		case "closing":
			err = m.drop(e.reading)
		}
		if err != nil {
			return false, fmt.Errorf("entry %d of the journal: %w", e.id, err)
		}
	}
	return len(entries) == matchedAtOnce, m.exec(`UPDATE matched SET journal = ?`, entries[len(entries)-1].id)
}

// take enters the tellings of a reading, unless another has replaced it since.
func (m *matching) take(reading int64) error {
	r, standing, err := m.record(reading)
	if err != nil || !standing {
		return err
	}
	m.done.Readings++
	from, err := m.copies(r, reading)
	if err != nil {
		return err
	}
	claims, err := m.claimRows(reading)
	if err != nil {
		return err
	}
	tellings := match.Tellings(r, from)
	if len(tellings) > 0 {
		words, err := tellings[0].Story.MarshalText()
		if err == nil {
			err = m.exec(`INSERT INTO story (reading, words) VALUES (?, ?)`, reading, string(words))
		}
		if err != nil {
			return err
		}
	}
	ids := make([]int64, len(tellings))
	for i := range tellings {
		if ids[i], err = m.enter(&tellings[i], reading, claims); err != nil {
			return err
		}
	}
	for i := range tellings {
		if err := m.place(ids[i], &tellings[i]); err != nil {
			return err
		}
	}
	m.done.Tellings += len(tellings)
	return nil
}

func (m *matching) record(reading int64) (r *record.Record, standing bool, err error) {
	var form int
	var body []byte
	var version, models, closed string
	found, err := m.row(`SELECT b.form, b.record, u.version, u.models, r.closed FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.id = ?`,
		[]any{reading}, &form, &body, &version, &models, &closed)
	if err != nil || !found {
		return nil, false, err
	}
	r, err = unpack(form, body, version, models)
	return r, closed == open, err
}

// claimRows are the rows of a reading's claims by id.
func (m *matching) claimRows(reading int64) (map[string]int64, error) {
	out := make(map[string]int64)
	err := m.each(`SELECT row, id FROM claim WHERE reading = ?`, []any{reading}, func(scan func(...any) error) error {
		var row int64
		var id string
		err := scan(&row, &id)
		out[id] = row
		return err
	})
	return out, err
}

// each runs a query and hands every row over.
func (m *matching) each(query string, args []any, use func(scan func(...any) error) error) error {
	s, err := m.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(m.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// enter appends a telling with its keys and voices.
func (m *matching) enter(t *match.Telling, reading int64, claims map[string]int64) (int64, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	var id int64
	if _, err := m.row(`INSERT INTO telling (article, proposition, reading, body, learned) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		[]any{t.Article, t.Proposition, reading, string(body), m.now}, &id); err != nil {
		return 0, err
	}
	var keys, voices []any
	for _, key := range m.rules.Keys(t) {
		keys = append(keys, key, t.Day(), id)
	}
	for _, v := range t.Voices {
		if row, ok := claims[v.Claim]; ok {
			voices = append(voices, row, id, v.Source)
		}
	}
	m.tellings[id] = t
	return id, errors.Join(m.insert("telling_key", 3, "", keys), m.insert("voice", 3, " ON CONFLICT DO NOTHING", voices))
}

// telling reads a telling that was entered before.
func (m *matching) telling(id int64) (*match.Telling, error) {
	if t, ok := m.tellings[id]; ok {
		return t, nil
	}
	var body, story string
	found, err := m.row(`SELECT t.body, s.words FROM telling t JOIN story s ON s.reading = t.reading WHERE t.id = ?`, []any{id}, &body, &story)
	if err != nil {
		return nil, err
	}
	t := new(match.Telling)
	if !found || json.Unmarshal([]byte(body), t) != nil || t.Story.UnmarshalText([]byte(story)) != nil {
		return nil, fmt.Errorf("telling %d: %w", id, ledger.ErrCorrupt)
	}
	m.tellings[id] = t
	return t, nil
}

// near are the tellings that stand, share a key with t and lie close in time, but for t itself.
func (m *matching) near(id int64, t *match.Telling) ([]int64, error) {
	var out []int64
	for _, key := range m.rules.Keys(t) {
		err := m.each(`SELECT telling FROM telling_key WHERE key = ? AND day BETWEEN ? AND ?`, []any{key, t.Day() - match.Window, t.Day() + match.Window},
			func(scan func(...any) error) error {
				var other int64
				err := scan(&other)
				if other != id {
					out = append(out, other)
				}
				return err
			})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// place links a new telling to its best antecedent, and links to it those later ones that fit nothing before as well.
func (m *matching) place(id int64, t *match.Telling) error {
	near, err := m.near(id, t)
	if err != nil {
		return err
	}
	best := proposal{telling: id}
	for _, n := range near {
		o, err := m.telling(n)
		if err != nil {
			return err
		}
		score, reasons := m.rules.Score(t, o)
		if score < match.LinkScore {
			continue
		}
		if o.Before(t) {
			if err := m.better(&best, proposal{id, n, score, reasons}); err != nil {
				return err
			}
		} else if err := m.offer(proposal{n, id, score, reasons}); err != nil {
			return err
		}
	}
	if best.antecedent != 0 {
		if err := m.link(best, rules); err != nil {
			return err
		}
	}
	return m.mergeAgain(id, t)
}

// rules names who links by score.
const rules = "rules " + match.Version

// proposal is a link that is not yet made.
type proposal struct {
	telling, antecedent int64
	score               float64
	reasons             []match.Reason
}

// better keeps the better of two antecedents: the higher score, then the earlier one.
func (m *matching) better(best *proposal, p proposal) error {
	if best.antecedent != 0 && p.score < best.score {
		return nil
	}
	if best.antecedent != 0 && p.score == best.score {
		a, err := m.telling(best.antecedent)
		if err != nil {
			return err
		}
		b, err := m.telling(p.antecedent)
		if err != nil || !b.Before(a) {
			return err
		}
	}
	forbidden, err := m.forbidden(p.telling, p.antecedent)
	if err == nil && !forbidden {
		*best = p
	}
	return err
}

// offer gives a telling that was there before a new antecedent, if that is better than the one it has.
func (m *matching) offer(p proposal) error {
	has, err := m.antecedent(p.telling)
	if err != nil || has.by != "" && has.by != rules {
		return err
	}
	best := proposal{p.telling, has.antecedent, has.score, nil}
	if err := m.better(&best, p); err != nil || best.antecedent != p.antecedent {
		return err
	}
	return m.link(p, rules)
}

// search gives a telling the best antecedent there is, or none.
func (m *matching) search(id int64) error {
	t, err := m.telling(id)
	if err != nil {
		return err
	}
	near, err := m.near(id, t)
	if err != nil {
		return err
	}
	best := proposal{telling: id}
	for _, n := range near {
		o, err := m.telling(n)
		if err != nil {
			return err
		}
		if !o.Before(t) {
			continue
		}
		if score, reasons := m.rules.Score(t, o); score >= match.LinkScore {
			if err := m.better(&best, proposal{id, n, score, reasons}); err != nil {
				return err
			}
		}
	}
	if best.antecedent == 0 {
		return nil
	}
	return m.link(best, rules)
}

// drop ends the tellings of a reading that was replaced; what was linked to them looks for another antecedent.
func (m *matching) drop(reading int64) error {
	var ids []int64
	if err := m.each(`SELECT id FROM telling WHERE reading = ? AND closed = ?`, []any{reading, open}, func(scan func(...any) error) error {
		ids = append(ids, 0)
		return scan(&ids[len(ids)-1])
	}); err != nil {
		return err
	}
	var orphans []int64
	for _, id := range ids {
		t, err := m.telling(id)
		if err != nil {
			return err
		}
		for _, key := range m.rules.Keys(t) {
			if err := m.exec(`DELETE FROM telling_key WHERE key = ? AND day = ? AND telling = ?`, key, t.Day(), id); err != nil {
				return err
			}
		}
		children, err := m.children(id)
		if err != nil {
			return err
		}
		for _, child := range children {
			if err := m.unlink(child); err != nil {
				return err
			}
			if !slices.Contains(ids, child) {
				orphans = append(orphans, child)
			}
		}
		if err := errors.Join(m.unlink(id), m.exec(`UPDATE telling SET closed = ? WHERE id = ?`, m.now, id)); err != nil {
			return err
		}
	}
	for _, id := range orphans {
		if err := m.search(id); err != nil {
			return err
		}
	}
	return nil
}
