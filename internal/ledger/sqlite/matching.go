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

// matchedAtOnce is how many entries of the journal one transaction of matching takes in: of more, each page is written
// fewer times.
const matchedAtOnce = 100

// Match brings happenings, copies and disputes up to date with all that was ingested: it follows the journal from where
// it stopped, so that it can be stopped or killed at any moment. Each telling is linked to the best antecedent among
// all that share a key with it and lie within some days, and so the happenings do not depend on the order in which
// articles were ingested – but for copies, which speak with the voice of the first that came, and for decisions.
func (l *Ledger) Match(ctx context.Context) (ledger.Matched, error) { return l.match(ctx, 1) }

// MatchBulk does the same, but leaves the last entries of the journal alone while they are too few to be worth a
// transaction. It may run beside an ingest: what it does depends on the journal, not on when it is called.
func (l *Ledger) MatchBulk(ctx context.Context) (ledger.Matched, error) {
	return l.match(ctx, matchedAtOnce)
}

func (l *Ledger) match(ctx context.Context, least int) (ledger.Matched, error) {
	var done ledger.Matched
	for {
		more, err := l.matchSome(ctx, least, &done)
		if err != nil {
			return done, fmt.Errorf("matching: %w", classify(err))
		}
		if !more {
			return done, nil
		}
	}
}

func (l *Ledger) matchSome(ctx context.Context, least int, done *ledger.Matched) (more bool, err error) {
	if err := l.matcher(); err != nil {
		return false, err
	}
	after, next, err := l.ahead(ctx)
	if err != nil || len(next) < least {
		return false, err
	}
	if err := onAllCores(len(next), func(i int) error { return l.prepare(ctx, &next[i]) }); err != nil {
		return false, err
	}
	err = l.matching(ctx, func(m *matching) error {
		m.done = done
		var now int64
		if _, err := m.row(`SELECT journal FROM matched`, nil, &now); err != nil || now != after {
			return err // another program has matched these meanwhile
		}
		return m.follow(next)
	})
	return true, err
}

// matcher makes the rules ready.
func (l *Ledger) matcher() error {
	l.matchOnce.Do(func() {
		l.rules, l.rulesErr = match.NewMatcher()
		l.tellings = make(map[int64]*match.Telling)
	})
	return l.rulesErr
}

// matching is a transaction in which tellings come, go and are linked.
type matching struct {
	*writer
	rules     *match.Matcher
	tellings  map[int64]*match.Telling // those met so far, kept from one transaction to the next
	links     map[int64]linked         // of tellings, as they stand now
	touched   map[int64]bool           // whose trees have changed
	decisions []ledger.Decision        // that stand
	done      *ledger.Matched

	old, last int64 // number of the last telling before this transaction, and now
	entering  entering
}

// mostKept bounds the tellings that are kept in memory.
const mostKept = 60_000

// matching runs a change of links in one transaction, and brings memberships and disputes in line with it.
func (l *Ledger) matching(ctx context.Context, change func(*matching) error) error {
	if err := l.matcher(); err != nil {
		return err
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
		m := &matching{writer: w, rules: l.rules, tellings: l.tellings, links: make(map[int64]linked), touched: make(map[int64]bool), done: new(ledger.Matched)}
		if m.decisions, err = m.standing(); err == nil {
			_, err = m.row(`SELECT coalesce(max(id), 0) FROM telling`, nil, &m.old)
			m.last = m.old
		}
		if err == nil {
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
func (m *matching) follow(next []entry) (err error) {
	for i := range next {
		switch e := &next[i]; e.kind {
		case "reading":
			err = m.take(e)
		case "closing":
			err = m.drop(e.reading)
		}
		if err != nil {
			return fmt.Errorf("entry %d of the journal: %w", next[i].id, err)
		}
	}
	return errors.Join(m.enter(), m.exec(`UPDATE matched SET journal = ?`, next[len(next)-1].id))
}

// take enters the tellings of a reading, unless another has replaced it since: then only later stories may copy its text.
func (m *matching) take(e *entry) error {
	var closed string
	if _, err := m.row(`SELECT closed FROM reading WHERE id = ?`, []any{e.reading}, &closed); err != nil {
		return err
	}
	from, err := m.copies(e)
	if err != nil || closed != open {
		return err
	}
	m.done.Readings++
	if from.ID != "" {
		if err := e.tell(m.rules, from); err != nil {
			return err
		}
	}
	claims, err := m.claimRows(e.reading)
	if err != nil {
		return err
	}
	if len(e.tellings) > 0 {
		m.entering.stories = append(m.entering.stories, e.reading, e.words)
	}
	first := m.last + 1
	for i := range e.tellings {
		m.let(&e.tellings[i], e.reading, claims)
	}
	for i := range e.tellings {
		if err := m.place(first+int64(i), &e.tellings[i]); err != nil {
			return err
		}
	}
	m.done.Tellings += len(e.tellings)
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

// place links a new telling to its best antecedent, and links to it those later ones that fit nothing before as well.
func (m *matching) place(id int64, t *told) error {
	near, err := m.near(id, t.telling.Day(), t.keys)
	if err != nil {
		return err
	}
	best := proposal{telling: id}
	for _, n := range near {
		o, err := m.telling(n)
		if err != nil {
			return err
		}
		score, reasons := m.rules.Score(t.telling, o)
		if score < match.LinkScore {
			continue
		}
		if o.Before(t.telling) {
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
	return m.mergeAgain(id, t.telling)
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
	near, err := m.near(id, t.Day(), m.rules.Keys(t))
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
	if err := m.enter(); err != nil { // the reading may be one of this transaction
		return err
	}
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
