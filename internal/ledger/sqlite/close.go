package sqlite

import (
	"strings"

	"annals/record"
)

// close ends the system interval of the article's present reading and takes its claims out of the counts.
func (w *writer) close(article string) error {
	var reading int64
	if found, err := w.row(`SELECT id FROM reading WHERE article = ? AND closed = ?`, []any{article, open}, &reading); err != nil || !found {
		return err
	}
	if err := w.flush(); err != nil { // the reading may be one of this transaction
		return err
	}
	counts, err := w.counted(reading)
	if err != nil {
		return err
	}
	if err := w.tally(counts); err != nil {
		return err
	}
	if err := w.exec(`UPDATE reading SET closed = ? WHERE id = ?`, w.now, reading); err != nil {
		return err
	}
	return w.journal("closing", reading, nil)
}

// counted is what a reading has added to the counts, to be taken away. It comes from the rows that were kept, not
// from the record, so that a newer version takes away what the older one added.
func (w *writer) counted(reading int64) (*counts, error) {
	s, err := w.prepare(`SELECT c.row, c.type, c.reported, c.realised, c.polarity, c.modality, coalesce(p.side, -1), coalesce(p.country, '')
		FROM claim c LEFT JOIN party p ON p.claim = c.row AND p.side <= 1 WHERE c.reading = ? ORDER BY c.row, p.side, p.position`)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(w.ctx, reading)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	taken := newCounts()
	var at int64
	var of struct {
		claim          record.Claim
		kind, reported string
		row            claimRow
	}
	take := func() { taken.add(of.row.dyads(), of.kind, of.reported, &of.claim, -1) }
	for rows.Next() {
		var row int64
		var side int
		var country, kind, reported string
		var claim record.Claim
		if err := rows.Scan(&row, &kind, &reported, &claim.Realised, &claim.Polarity, &claim.Modality, &side, &country); err != nil {
			return nil, err
		}
		if row != at {
			if at != 0 {
				take()
			}
			at, of.claim, of.kind, of.reported, of.row = row, claim, kind, reported, claimRow{}
		}
		if side >= 0 {
			of.row.parties = append(of.row.parties, partyRow{side, &record.Actor{Country: country}})
		}
	}
	if at != 0 {
		take()
	}
	return taken, rows.Err()
}

// replaced is the article that a new one corrects: the same address, or the same name from the same publisher on the
// same day, and mostly the same words. An address that now shows another story is not a correction.
func (w *writer) replaced(p *packed) (string, error) {
	a := &p.record.Article
	var earlier string
	found := false
	var err error
	const standing = ` AND NOT EXISTS (SELECT 1 FROM article b WHERE b.replaces = article.id) ORDER BY learned DESC, id LIMIT 1`
	if a.URL != "" {
		found, err = w.row(`SELECT id FROM article WHERE url = ?`+standing, []any{a.URL}, &earlier)
	}
	if err == nil && !found && a.Name != "" && a.Publisher != "" && a.Date != "" {
		found, err = w.row(`SELECT id FROM article WHERE publisher = ? AND name = ? AND date = ?`+standing, []any{a.Publisher, a.Name, a.Date}, &earlier)
	}
	if err != nil || !found {
		return "", err
	}
	var form int
	var body []byte
	var version, models string
	if found, err = w.row(`SELECT b.form, b.record, u.version, u.models FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.article = ? ORDER BY r.id DESC LIMIT 1`,
		[]any{earlier}, &form, &body, &version, &models); err != nil || !found {
		return "", err
	}
	before, err := unpack(form, body, version, models)
	if err != nil || !mostlySame(before.Article.Text, a.Text) {
		return "", err
	}
	return earlier, nil
}

// mostlySame holds when the shorter text shares at least half of its different words with the longer one.
func mostlySame(a, b string) bool {
	words := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, word := range strings.Fields(strings.ToLower(s)) {
			out[word] = true
		}
		return out
	}
	few, many := words(a), words(b)
	if len(few) > len(many) {
		few, many = many, few
	}
	shared := 0
	for word := range few {
		if many[word] {
			shared++
		}
	}
	return 2*shared >= len(few)
}
