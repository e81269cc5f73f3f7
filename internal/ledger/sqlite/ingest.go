package sqlite

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"annals/record"
)

// Outcome is what an ingest did with a record.
type Outcome string

// Outcomes.
const (
	Added   Outcome = "added"   // the article is new
	Reread  Outcome = "reread"  // the article was there, and another run has now read it
	Already Outcome = "already" // this run had read the article before: nothing to do
)

// Ingest adds records in one transaction: after it returns without an error, all of them are kept for ever. The same
// article read by the same run is taken once. The outcomes are in the order of the records.
func (l *Ledger) Ingest(ctx context.Context, records []*record.Record) ([]Outcome, error) {
	bodies := make([][]byte, len(records))
	for i, r := range records {
		body, err := pack(r)
		if err != nil {
			return nil, fmt.Errorf("ingesting the article %s: %w", r.Article.ID, err)
		}
		bodies[i] = body
	}
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("ingesting: %w", classify(err))
	}
	w := writer{ctx: ctx, tx: tx, now: timestamp(l.now()), statements: map[string]*sql.Stmt{}}
	outcomes := make([]Outcome, len(records))
	for i, r := range records {
		if outcomes[i], err = w.add(r, bodies[i]); err != nil {
			return nil, errors.Join(fmt.Errorf("ingesting the article %s: %w", r.Article.ID, classify(err)), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("ingesting: %w", classify(err))
	}
	return outcomes, nil
}

// pack is the stored form of a record.
func pack(r *record.Record) ([]byte, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unpack(body []byte) (*record.Record, error) {
	in := flate.NewReader(bytes.NewReader(body))
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	r := new(record.Record)
	return r, json.Unmarshal(data, r)
}

// writer is one transaction of appending.
type writer struct {
	ctx        context.Context
	tx         *sql.Tx
	now        string
	statements map[string]*sql.Stmt
}

// exec runs a statement that is prepared once a transaction.
func (w *writer) exec(query string, args ...any) (sql.Result, error) {
	s, ok := w.statements[query]
	if !ok {
		var err error
		if s, err = w.tx.PrepareContext(w.ctx, query); err != nil {
			return nil, err
		}
		w.statements[query] = s
	}
	return s.ExecContext(w.ctx, args...)
}

func (w *writer) add(r *record.Record, body []byte) (Outcome, error) {
	run, err := w.run(r)
	if err != nil {
		return "", err
	}
	a := &r.Article
	added, err := w.exec(`INSERT INTO article (id, title, publisher, date, place, url, learned) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		a.ID, a.Title, a.Publisher, a.Date, a.Place, a.URL, w.now)
	if err != nil {
		return "", err
	}
	if n, err := added.RowsAffected(); err != nil || n > 0 {
		return Added, errors.Join(err, w.reading(r, run, body))
	}
	known, err := w.known(a.ID, run)
	if err != nil || known {
		return Already, err
	}
	if err := w.close(a.ID); err != nil {
		return "", err
	}
	return Reread, w.reading(r, run, body)
}

// run is the row of the version and models that made a record.
func (w *writer) run(r *record.Record) (int64, error) {
	models, err := json.Marshal(r.Run.Models)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(append([]byte(r.Run.Version+"\x00"), models...))
	name := hex.EncodeToString(sum[:8])
	if _, err := w.exec(`INSERT INTO run (name, version, models) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, name, r.Run.Version, string(models)); err != nil {
		return 0, err
	}
	var id int64
	return id, w.tx.QueryRowContext(w.ctx, `SELECT id FROM run WHERE name = ?`, name).Scan(&id)
}

func (w *writer) known(article string, run int64) (bool, error) {
	var n int
	err := w.tx.QueryRowContext(w.ctx, `SELECT count(*) FROM reading WHERE article = ? AND run = ?`, article, run).Scan(&n)
	return n > 0, err
}

// close ends the system interval of the article's present reading and takes its claims out of the tallies.
func (w *writer) close(article string) error {
	var id int64
	err := w.tx.QueryRowContext(w.ctx, `SELECT id FROM reading WHERE article = ? AND closed = ?`, article, open).Scan(&id)
	if err == sql.ErrNoRows {
		return nil
	} else if err != nil {
		return err
	}
	for _, query := range []string{
		`UPDATE tally SET
			asserted = asserted - (SELECT count(*) FROM dyad d JOIN claim c ON c.row = d.claim WHERE c.reading = ?1 AND d.actor = tally.actor AND d.recipient = tally.recipient AND d.type = tally.type AND d.reported = tally.day AND c.realised),
			denied   = denied   - (SELECT count(*) FROM dyad d JOIN claim c ON c.row = d.claim WHERE c.reading = ?1 AND d.actor = tally.actor AND d.recipient = tally.recipient AND d.type = tally.type AND d.reported = tally.day AND NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted'),
			other    = other    - (SELECT count(*) FROM dyad d JOIN claim c ON c.row = d.claim WHERE c.reading = ?1 AND d.actor = tally.actor AND d.recipient = tally.recipient AND d.type = tally.type AND d.reported = tally.day AND NOT c.realised AND NOT (c.polarity = 'negative' AND c.modality = 'asserted'))
		 WHERE (day, actor, recipient, type) IN (SELECT d.reported, d.actor, d.recipient, d.type FROM dyad d JOIN claim c ON c.row = d.claim WHERE c.reading = ?1)`,
		`UPDATE claim SET closed = ?2 WHERE reading = ?1`,
		`UPDATE reading SET closed = ?2 WHERE id = ?1`,
	} {
		if _, err := w.exec(query, id, w.now); err != nil {
			return err
		}
	}
	return w.journal("closing", id, nil)
}

func (w *writer) reading(r *record.Record, run int64, body []byte) error {
	done, err := w.exec(`INSERT INTO reading (article, run, learned, record) VALUES (?, ?, ?, ?)`, r.Article.ID, run, w.now, body)
	if err != nil {
		return err
	}
	id, err := done.LastInsertId()
	if err != nil {
		return err
	}
	if err := w.journal("reading", id, body); err != nil {
		return err
	}
	for _, a := range r.Actors {
		if _, err := w.exec(`INSERT INTO actor (id, name, kind, code, country) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, a.ID, a.Name, a.Kind, a.Code, a.Country); err != nil {
			return err
		}
	}
	rows := claimRows(r)
	for i := range rows {
		if err := w.claim(id, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// journal appends an entry whose hash covers the entry before it and the content that it stands for.
func (w *writer) journal(kind string, reading int64, content []byte) error {
	var before []byte
	err := w.tx.QueryRowContext(w.ctx, `SELECT hash FROM journal ORDER BY id DESC LIMIT 1`).Scan(&before)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	_, err = w.exec(`INSERT INTO journal (kind, reading, time, hash) VALUES (?, ?, ?, ?)`, kind, reading, w.now, link(before, kind, reading, w.now, content))
	return err
}

func link(before []byte, kind string, reading int64, time string, content []byte) []byte {
	h := sha256.New()
	h.Write(before)
	fmt.Fprintf(h, "\x00%s\x00%d\x00%s\x00", kind, reading, time)
	h.Write(content)
	return h.Sum(nil)
}

// claimRow is a claim with what the tables repeat of its record, so that questions need no joins.
type claimRow struct {
	claim       *record.Claim
	proposition *record.Proposition
	article     *record.Article
	actors      string // JSON lists of names
	recipients  string
	chain       string
	place       string
	sentence    string
	parties     []partyRow
}

type partyRow struct {
	side                 int
	actor, country, code string
}

const (
	sideActor = iota
	sideRecipient
	sideSpeaker
	sideSource
)

func claimRows(r *record.Record) []claimRow {
	propositions := make(map[string]*record.Proposition, len(r.Propositions))
	for i := range r.Propositions {
		propositions[r.Propositions[i].ID] = &r.Propositions[i]
	}
	text := []rune(r.Article.Text)
	rows := make([]claimRow, 0, len(r.Claims))
	for i := range r.Claims {
		c := &r.Claims[i]
		p := propositions[c.Proposition]
		if p == nil || c.Sentence.Start < 0 || c.Sentence.End > len(text) || c.Sentence.Start > c.Sentence.End {
			continue // a record that contradicts itself loses the claim, not the article
		}
		row := claimRow{claim: c, proposition: p, article: &r.Article, sentence: strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " ")}
		if p.Place != nil && *p.Place >= 0 && *p.Place < len(r.Places) {
			row.place = r.Places[*p.Place].Name
		}
		row.actors = row.side(r, sideActor, p.Actors)
		row.recipients = row.side(r, sideRecipient, p.Recipients)
		row.chain = row.sources(r, c.Chain)
		rows = append(rows, row)
	}
	return rows
}

func (row *claimRow) side(r *record.Record, side int, parties []record.Party) string {
	var names []string
	for _, p := range parties {
		a := r.ActorByID(p.Actor)
		if a == nil {
			names = append(names, p.Text)
			continue
		}
		names = append(names, a.Name)
		row.parties = append(row.parties, partyRow{side, a.ID, a.Country, a.Code})
	}
	return jsonList(names)
}

func (row *claimRow) sources(r *record.Record, chain []string) string {
	var names []string
	for i, id := range chain {
		side := sideSource
		if i == 0 {
			side = sideSpeaker
		}
		a := r.ActorByID(id)
		if a == nil {
			a = &record.Actor{ID: id, Name: id}
		}
		names = append(names, a.Name)
		row.parties = append(row.parties, partyRow{side, a.ID, a.Country, a.Code})
	}
	return jsonList(names)
}

func jsonList(names []string) string {
	if names == nil {
		return "[]"
	}
	body, err := json.Marshal(names)
	if err != nil { // strings always marshal
		return "[]"
	}
	return string(body)
}

func (w *writer) claim(reading int64, row *claimRow) error {
	c, p := row.claim, row.proposition
	if _, err := w.exec(`INSERT INTO proposition (id, type, mode, cameo, actors, recipients, place, happened, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		p.ID, p.Type, p.Mode, p.CAMEO, row.actors, row.recipients, row.place, p.Time.From, p.Time.To); err != nil {
		return err
	}
	done, err := w.exec(`INSERT INTO claim (id, reading, article, proposition, publisher, chain, act, polarity, modality, value, realised, type, mode, cameo, place, happened, ended, said, said_end, reported, confidence, sentence, learned)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, reading, row.article.ID, p.ID, row.article.Publisher, row.chain, c.Act, c.Polarity, c.Modality, c.Value, c.Realised, p.Type, p.Mode, p.CAMEO,
		row.place, p.Time.From, p.Time.To, c.Said.From, c.Said.To, c.Reported, c.Confidence, row.sentence, w.now)
	if err != nil {
		return err
	}
	id, err := done.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := w.exec(`INSERT INTO claim_text (rowid, sentence) VALUES (?, ?)`, id, row.sentence); err != nil {
		return err
	}
	for i, party := range row.parties {
		if _, err := w.exec(`INSERT INTO party (claim, side, position, actor, country, code, reported) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, party.side, i, party.actor, party.country, party.code, c.Reported); err != nil {
			return err
		}
	}
	return w.dyads(id, row)
}

// dyads enters each pair of countries once, and counts it for its day.
func (w *writer) dyads(claim int64, row *claimRow) error {
	c := row.claim
	asserted, denied, other := stance(c)
	for _, actor := range row.countries(sideActor) {
		for _, recipient := range row.countries(sideRecipient) {
			if _, err := w.exec(`INSERT INTO dyad (claim, actor, recipient, type, reported) VALUES (?, ?, ?, ?, ?)`, claim, actor, recipient, row.proposition.Type, c.Reported); err != nil {
				return err
			}
			if _, err := w.exec(`INSERT INTO tally (day, actor, recipient, type, asserted, denied, other) VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET asserted = asserted + excluded.asserted, denied = denied + excluded.denied, other = other + excluded.other`,
				c.Reported, actor, recipient, row.proposition.Type, asserted, denied, other); err != nil {
				return err
			}
		}
	}
	return nil
}

func stance(c *record.Claim) (asserted, denied, other int) {
	switch {
	case c.Realised:
		return 1, 0, 0
	case c.Polarity == "negative" && c.Modality == "asserted":
		return 0, 1, 0
	}
	return 0, 0, 1
}

// countries of one side, each once; "" stands for a side without a known country.
func (row *claimRow) countries(side int) []string {
	var out []string
	for _, p := range row.parties {
		if p.side == side && !slices.Contains(out, p.country) {
			out = append(out, p.country)
		}
	}
	if out == nil {
		out = []string{""}
	}
	return out
}
