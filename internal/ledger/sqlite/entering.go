package sqlite

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"annals/internal/match"
)

// entering are rows that go into the tables of matching together, sorted as the tables are, so that each page is touched
// once. What later stories of the same transaction look for among them is found by maps.
type entering struct {
	stories, tellings, voices []any
	keys                      []filed
	bands                     []banded
	byKey                     map[int64][]filed
	byBand                    map[int64][]int64
}

// filed is a telling under one of its keys.
type filed struct{ key, day, telling int64 }

// banded is a story, named by the number of its first reading, under one of the hashes of its text.
type banded struct{ hash, article int64 }

// let makes a telling wait with its keys and voices, and numbers it.
func (m *matching) let(t *told, reading int64, claims map[string]int64) {
	e := &m.entering
	if e.byKey == nil {
		e.byKey = make(map[int64][]filed)
	}
	m.last++
	id := m.last
	e.tellings = append(e.tellings, id, t.telling.Article, t.telling.Proposition, reading, t.body, m.now)
	for _, key := range t.keys {
		f := filed{key, int64(t.telling.Day()), id}
		e.keys = append(e.keys, f)
		e.byKey[key] = append(e.byKey[key], f)
	}
	for i := range t.telling.Voices {
		v := &t.telling.Voices[i]
		if row, ok := claims[v.Claim]; ok {
			e.voices = append(e.voices, row, id, v.Source)
		}
	}
	if t.telling.Disputed() {
		m.touched[id] = true
	}
	m.tellings[id] = t.telling
	m.links[id] = linked{}
}

// band makes a story wait under a hash of its text.
func (m *matching) band(hash, article int64) {
	e := &m.entering
	if e.byBand == nil {
		e.byBand = make(map[int64][]int64)
	}
	e.bands = append(e.bands, banded{hash, article})
	e.byBand[hash] = append(e.byBand[hash], article)
}

// enter writes the rows that wait.
func (m *matching) enter() error {
	e := m.entering
	m.entering = entering{}
	slices.SortFunc(e.keys, func(a, b filed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.day, b.day), cmp.Compare(a.telling, b.telling))
	})
	slices.SortFunc(e.bands, func(a, b banded) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.article, b.article)) })
	keys, bands := make([]any, 0, 3*len(e.keys)), make([]any, 0, 2*len(e.bands))
	for _, f := range e.keys {
		keys = append(keys, f.key, f.day, f.telling)
	}
	for _, b := range e.bands {
		bands = append(bands, b.hash, b.article)
	}
	return errors.Join(
		m.insert("story (reading, words)", 2, "", e.stories),
		m.insert("telling (id, article, proposition, reading, body, learned)", 6, "", e.tellings),
		m.insert("telling_key", 3, "", keys),
		m.insert("voice", 3, " ON CONFLICT DO NOTHING", e.voices),
		m.insert("band", 2, " ON CONFLICT DO NOTHING", bands),
	)
}

// near are the tellings that stand, share a key with one of that day and lie close in time, but for itself.
func (m *matching) near(id int64, day int, keys []int64) ([]int64, error) {
	var out []int64
	from, to := int64(day-match.Window), int64(day+match.Window)
	for _, key := range keys {
		for _, f := range m.entering.byKey[key] {
			if from <= f.day && f.day <= to && f.telling != id {
				out = append(out, f.telling)
			}
		}
	}
	err := m.eachOf(`SELECT telling FROM telling_key WHERE key IN (`, `) AND day BETWEEN ? AND ?`, keys, []any{from, to}, func(other int64) {
		if other != id {
			out = append(out, other)
		}
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

// eachOf asks for the numbers that are filed under one of the hashes, in as few statements as there are sizes of lists:
// the last hash fills up the list.
func (m *matching) eachOf(before, after string, hashes []int64, args []any, use func(int64)) error {
	if len(hashes) == 0 {
		return nil
	}
	size := 8
	for size < len(hashes) {
		size *= 2
	}
	all := make([]any, 0, size+len(args))
	for i := range size {
		all = append(all, hashes[min(i, len(hashes)-1)])
	}
	return m.each(before+"?"+strings.Repeat(", ?", size-1)+after, append(all, args...), func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		use(n)
		return err
	})
}
