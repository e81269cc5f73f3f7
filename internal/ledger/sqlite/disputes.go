package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annals/internal/ledger"
	"annals/internal/match"
)

// disputes works out again what is disputed in the happenings that have changed: what is no longer disputed ends, what
// is new is appended.
func (m *matching) disputes(changed map[string]bool) error {
	var happenings []string
	for h := range changed {
		happenings = append(happenings, h)
	}
	slices.Sort(happenings)
	for _, h := range happenings {
		members, err := m.members(h)
		if err != nil {
			return err
		}
		standing := make(map[string]int64)
		if err := m.each(`SELECT row, id FROM dispute WHERE happening = ? AND closed = ?`, []any{h, open}, func(scan func(...any) error) error {
			var row int64
			var id string
			err := scan(&row, &id)
			standing[id] = row
			return err
		}); err != nil {
			return err
		}
		for _, d := range m.rules.Disputes(members) {
			id := disputeID(h, &d)
			if _, ok := standing[id]; ok {
				delete(standing, id)
				continue
			}
			if err := m.dispute(id, h, &d); err != nil {
				return err
			}
		}
		for _, row := range standing {
			if err := m.exec(`UPDATE dispute SET closed = ? WHERE row = ?`, m.now, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// disputeID names a dispute by all that is in it.
func disputeID(happening string, d *match.Dispute) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x1f%s\x1f%s", happening, d.Kind, d.Topic)
	for _, p := range d.Positions {
		fmt.Fprintf(h, "\x1e%s", p.Label)
		for _, c := range p.Claims {
			fmt.Fprintf(h, "\x1f%s", c.Voice.Claim)
		}
	}
	return "d" + hex.EncodeToString(h.Sum(nil)[:8])
}

func (m *matching) dispute(id, happening string, d *match.Dispute) error {
	var labels []string
	newest, oldest := match.NoDay, match.NoDay
	for _, p := range d.Positions {
		labels = append(labels, p.Label)
		for _, c := range p.Claims {
			newest = max(newest, c.Telling.Reported)
			if oldest == match.NoDay || c.Telling.Reported < oldest {
				oldest = c.Telling.Reported
			}
		}
	}
	var row int64
	if _, err := m.row(`INSERT INTO dispute (id, happening, kind, topic, labels, newest, oldest, learned) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING row`,
		[]any{id, happening, d.Kind, d.Topic, jsonList(labels), match.DayString(newest), match.DayString(oldest), m.now}, &row); err != nil {
		return err
	}
	var claims []any
	for i, p := range d.Positions {
		for rank, c := range p.Claims {
			var claim int64
			found, err := m.row(`SELECT c.row FROM claim c JOIN reading r ON r.id = c.reading WHERE c.id = ? AND r.closed = ? ORDER BY c.row DESC LIMIT 1`, []any{c.Voice.Claim, open}, &claim)
			if err != nil {
				return err
			}
			if found {
				claims = append(claims, row, i, rank, claim)
			}
		}
	}
	return m.insert("dispute_claim", 4, "", claims)
}

// Disputes are the disputes of which a claim fits, newest first.
func (l *Ledger) Disputes(ctx context.Context, q ledger.Query) ([]ledger.DisputeRow, error) {
	fits := &filter{claim: "+dc.claim"} // the claims of a dispute are few: they are not looked up by their index
	fits.query(q)
	f := new(filter)
	f.during("d", q.AsOf)
	if !q.Reported.IsZero() { // a claim of the dispute lies between its oldest and its newest
		from, to := daysOf(q.Reported)
		f.add("d.newest >= ? AND d.oldest <= ?", from, to)
	}
	if narrows(q) {
		f.add("EXISTS (SELECT 1 FROM dispute_claim dc JOIN claims c ON c.row = dc.claim WHERE dc.dispute = d.row AND "+strings.Join(fits.where, " AND ")+")", fits.args...)
	}
	return l.disputes(ctx, f, limit(q))
}

// narrows tells whether a query has any filter.
func narrows(q ledger.Query) bool {
	q.AsOf, q.Limit = "", 0
	return len(newFilter(q).where) > 1
}

// Dispute finds one by its id, also when it has ended.
func (l *Ledger) Dispute(ctx context.Context, id string) (*ledger.DisputeRow, error) {
	f := new(filter)
	f.add("d.id = ?", id)
	found, err := l.disputes(ctx, f, 1)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("asking for the dispute %s: %w", id, ledger.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

// during adds "was known at that time" for a table with an interval of system time.
func (f *filter) during(table, at string) {
	if at == "" {
		f.add(table+".closed = ?", open)
		return
	}
	f.add(table+".learned <= ? AND "+table+".closed > ?", at, at)
}

func (l *Ledger) disputes(ctx context.Context, f *filter, most int) ([]ledger.DisputeRow, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT d.row, d.id, d.happening, d.kind, d.topic, d.labels, d.newest, d.learned, d.closed FROM dispute d WHERE `+
		strings.Join(f.where, " AND ")+` ORDER BY d.newest DESC, d.row LIMIT ?`, append(f.args, most)...)
	if err != nil {
		return nil, fmt.Errorf("asking for disputes: %w", classify(err))
	}
	defer rows.Close()
	var out []ledger.DisputeRow
	var ids []int64
	for rows.Next() {
		var d ledger.DisputeRow
		var row int64
		var labels string
		if err := rows.Scan(&row, &d.ID, &d.Happening, &d.Kind, &d.Topic, &labels, &d.Newest, &d.Learned, &d.Closed); err != nil {
			return nil, fmt.Errorf("asking for disputes: %w", classify(err))
		}
		if d.Closed == open {
			d.Closed = ""
		}
		for _, label := range names(labels) {
			d.Positions = append(d.Positions, ledger.PositionRow{Label: label, Claims: []ledger.ClaimRow{}})
		}
		out, ids = append(out, d), append(ids, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("asking for disputes: %w", classify(err))
	}
	for i := range out {
		if err := l.positions(ctx, ids[i], &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// positions fills in the claims of a dispute.
func (l *Ledger) positions(ctx context.Context, row int64, d *ledger.DisputeRow) error {
	at := []int{}
	rows, err := l.read.QueryContext(ctx, `SELECT position FROM dispute_claim WHERE dispute = ? ORDER BY position, rank`, row)
	if err != nil {
		return fmt.Errorf("asking for the claims of the dispute %s: %w", d.ID, classify(err))
	}
	for rows.Next() {
		at = append(at, 0)
		if err := rows.Scan(&at[len(at)-1]); err != nil {
			rows.Close()
			return fmt.Errorf("asking for the claims of the dispute %s: %w", d.ID, classify(err))
		}
	}
	if err := rows.Close(); err != nil {
		return fmt.Errorf("asking for the claims of the dispute %s: %w", d.ID, classify(err))
	}
	rows, err = l.read.QueryContext(ctx, `SELECT `+claimColumns+` FROM dispute_claim dc JOIN claims c ON c.row = dc.claim JOIN proposition p ON p.id = c.proposition
		WHERE dc.dispute = ? ORDER BY dc.position, dc.rank`, row)
	if err != nil {
		return fmt.Errorf("asking for the claims of the dispute %s: %w", d.ID, classify(err))
	}
	claims, err := scanClaims(rows)
	if err != nil {
		return err
	}
	for i, c := range claims {
		if i < len(at) && at[i] < len(d.Positions) {
			p := &d.Positions[at[i]]
			p.Claims = append(p.Claims, c)
		}
	}
	return nil
}

// reasons reads the stored reasons of a link.
func reasons(stored string) []ledger.Reason {
	out := []ledger.Reason{}
	for part := range strings.SplitSeq(stored, ";") {
		feature, adds, _ := strings.Cut(part, "=")
		if n, err := strconv.ParseFloat(adds, 64); err == nil {
			out = append(out, ledger.Reason{Feature: feature, Adds: n})
		}
	}
	return out
}
