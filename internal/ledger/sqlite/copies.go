package sqlite

import "annals/internal/match"

// copies enters a story among those that later ones may copy, and tells which story it copies itself: that one's voices
// are its voices. The zero story means none.
func (m *matching) copies(e *entry) (match.Story, error) {
	a := &e.record.Article
	var first int64
	if _, err := m.row(`SELECT min(id) FROM reading WHERE article = ?`, []any{a.ID}, &first); err != nil {
		return match.Story{}, err
	}
	if first != e.reading { // a text is compared once
		return m.original(a.ID)
	}
	near := make(map[int64]bool)
	var hashes []int64
	for _, band := range e.sketch.Bands {
		if band == 0 {
			continue
		}
		hash := int64(band)
		hashes = append(hashes, hash)
		for _, other := range m.entering.byBand[hash] {
			near[other] = true
		}
	}
	if err := m.eachOf(`SELECT article FROM band WHERE hash IN (`, `)`, hashes, nil, func(other int64) { near[other] = true }); err != nil {
		return match.Story{}, err
	}
	delete(near, e.reading)
	for _, hash := range hashes {
		m.band(hash, e.reading)
	}
	var best match.Link
	var original string
	for other := range near {
		r, _, err := m.record(other)
		if err != nil {
			return match.Story{}, err
		}
		if r == nil {
			continue
		}
		l, ok := match.NewSketch(r.Article.Text).Copies(e.sketch)
		if ok && (original == "" || l.Overlap > best.Overlap || l.Overlap == best.Overlap && r.Article.ID < original) {
			best, original = l, r.Article.ID
		}
	}
	if original == "" {
		return match.Story{}, nil
	}
	m.done.Copies++
	if err := m.exec(`INSERT INTO copy (article, original, overlap, inside, reason, learned)
		VALUES (?1, coalesce((SELECT original FROM copy WHERE article = ?2), ?2), ?3, ?4, ?5, ?6)`, a.ID, original, best.Overlap, best.Inside, best.Reason, m.now); err != nil {
		return match.Story{}, err
	}
	return m.original(a.ID)
}

// original is the story that an article copies.
func (m *matching) original(article string) (match.Story, error) {
	var id string
	var reading int64
	found, err := m.row(`SELECT c.original, (SELECT min(r.id) FROM reading r WHERE r.article = c.original) FROM copy c WHERE c.article = ?`, []any{article}, &id, &reading)
	if err != nil || !found {
		return match.Story{}, err
	}
	r, _, err := m.record(reading)
	if err != nil || r == nil {
		return match.Story{}, err
	}
	return match.Story{ID: id, Origin: match.Origin(&r.Article)}, nil
}
