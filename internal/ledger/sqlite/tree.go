package sqlite

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"annals/internal/match"
)

// linked is the link of a telling that stands; the zero value when it has none.
type linked struct {
	antecedent int64
	score      float64
	by         string
}

func (m *matching) antecedent(telling int64) (linked, error) {
	l, ok := m.links[telling]
	if ok {
		return l, nil
	}
	_, err := m.row(`SELECT antecedent, score, by FROM link WHERE telling = ? AND closed = ?`, []any{telling, open}, &l.antecedent, &l.score, &l.by)
	if err == nil {
		m.links[telling] = l
	}
	return l, err
}

func (m *matching) children(telling int64) ([]int64, error) {
	var out []int64
	err := m.each(`SELECT telling FROM link WHERE antecedent = ? AND closed = ? ORDER BY telling`, []any{telling, open}, func(scan func(...any) error) error {
		out = append(out, 0)
		return scan(&out[len(out)-1])
	})
	return out, err
}

// link makes a link in the place of the one that the telling has.
func (m *matching) link(p proposal, by string) error {
	if has, err := m.antecedent(p.telling); err != nil || has == (linked{p.antecedent, p.score, by}) {
		return err
	}
	if err := m.unlink(p.telling); err != nil {
		return err
	}
	var reasons []string
	for _, r := range p.reasons {
		reasons = append(reasons, fmt.Sprintf("%s=%g", r.Feature, r.Adds))
	}
	m.touched[p.telling], m.touched[p.antecedent] = true, true
	m.links[p.telling] = linked{p.antecedent, p.score, by}
	m.done.Links++
	return m.exec(`INSERT INTO link (telling, antecedent, score, reasons, by, learned) VALUES (?, ?, ?, ?, ?, ?)`, p.telling, p.antecedent, p.score, strings.Join(reasons, ";"), by, m.now)
}

func (m *matching) unlink(telling int64) error {
	has, err := m.antecedent(telling)
	if err != nil || has.antecedent == 0 {
		return err
	}
	m.touched[telling], m.touched[has.antecedent] = true, true
	m.links[telling] = linked{}
	return m.exec(`UPDATE link SET closed = ? WHERE telling = ? AND closed = ?`, m.now, telling, open)
}

// root follows the links of a telling to the first of its tree.
func (m *matching) root(telling int64) (int64, error) {
	for {
		has, err := m.antecedent(telling)
		if err != nil || has.antecedent == 0 {
			return telling, err
		}
		telling = has.antecedent
	}
}

// below is a telling with all that are linked to it, one over another.
func (m *matching) below(telling int64) ([]int64, error) {
	out := []int64{telling}
	for i := 0; i < len(out); i++ {
		children, err := m.children(out[i])
		if err != nil {
			return nil, err
		}
		out = append(out, children...)
	}
	return out, nil
}

// settle brings memberships and disputes in line with the trees that have changed.
func (m *matching) settle() error {
	var touched []int64
	for id := range m.touched {
		touched = append(touched, id)
	}
	slices.Sort(touched)
	seen := make(map[int64]bool)
	changed := make(map[string]bool)
	for _, id := range touched {
		root, err := m.root(id)
		if err != nil {
			return err
		}
		if seen[root] {
			continue
		}
		seen[root] = true
		members, err := m.below(root)
		if err != nil {
			return err
		}
		t, err := m.telling(root)
		if err != nil {
			return err
		}
		happening := ""
		if len(members) > 1 || t.Disputed() {
			happening = happeningID(t)
		}
		for _, member := range members {
			if err := m.join(member, happening, changed); err != nil {
				return err
			}
		}
	}
	return m.disputes(changed)
}

// happeningID names a happening by its first telling.
func happeningID(t *match.Telling) string {
	sum := sha256.Sum256([]byte(t.Article + "\x1f" + t.Proposition))
	return "h" + hex.EncodeToString(sum[:8])
}

// join makes a telling a member of a happening, or of none.
func (m *matching) join(telling int64, happening string, changed map[string]bool) error {
	var before string
	if telling <= m.old { // one that has come in this transaction is a member of nothing yet
		if _, err := m.row(`SELECT happening FROM member WHERE telling = ? AND closed = ?`, []any{telling, open}, &before); err != nil {
			return err
		}
	}
	// What is disputed may change although nobody leaves: a member that stays is compared with one that comes.
	for _, h := range []string{before, happening} {
		if h != "" {
			changed[h] = true
		}
	}
	if before == happening {
		return nil
	}
	if before != "" {
		if err := m.exec(`UPDATE member SET closed = ? WHERE telling = ? AND closed = ?`, m.now, telling, open); err != nil {
			return err
		}
	}
	if happening == "" {
		return nil
	}
	return m.exec(`INSERT INTO member (telling, happening, learned) VALUES (?, ?, ?)`, telling, happening, m.now)
}

// members of a happening, in the order of match.Telling.Before.
func (m *matching) members(happening string) ([]*match.Telling, error) {
	var ids []int64
	if err := m.each(`SELECT telling FROM member WHERE happening = ? AND closed = ?`, []any{happening, open}, func(scan func(...any) error) error {
		ids = append(ids, 0)
		return scan(&ids[len(ids)-1])
	}); err != nil {
		return nil, err
	}
	var out []*match.Telling
	for _, id := range ids {
		t, err := m.telling(id)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *match.Telling) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return cmp.Compare(a.Proposition, b.Proposition)
	})
	return out, nil
}
