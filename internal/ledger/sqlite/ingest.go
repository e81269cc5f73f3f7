package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"sync"

	"annals/internal/ledger"
	"annals/record"
)

// Outcome is what an ingest did with a record.
type Outcome string

// Outcomes.
const (
	Added     Outcome = "added"     // the article is new
	Corrected Outcome = "corrected" // the article is new, and replaces an earlier text of the same article
	Reread    Outcome = "reread"    // the article was there, and another run has now read it
	Already   Outcome = "already"   // this run had read the article before: nothing to do
)

// Ingest adds records in one transaction: after it returns without an error, all of them are kept for ever. The same
// article read by the same run is taken once. The outcomes are in the order of the records. The ledger holds on to the
// records until they are matched; nobody may write to them.
func (l *Ledger) Ingest(ctx context.Context, records []*record.Record) ([]Outcome, error) {
	ready, err := l.packer.all(records)
	if err != nil {
		return nil, err
	}
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("ingesting: %w", classify(err))
	}
	outcomes := make([]Outcome, len(records))
	w, err := l.writer(ctx, tx)
	for i := 0; err == nil && i < len(ready); i++ {
		if outcomes[i], err = w.add(&ready[i]); err != nil {
			err = fmt.Errorf("the article %s: %w", records[i].Article.ID, err)
		}
	}
	if err == nil {
		err = w.flush()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ingesting: %w", classify(err)), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("ingesting: %w", classify(err))
	}
	l.known.add(w.actors)
	l.unmatched.add(w.readings)
	return outcomes, nil
}

// all packs records on all cores, before anything is locked.
func (k *packer) all(records []*record.Record) ([]packed, error) {
	ready := make([]packed, len(records))
	err := onAllCores(len(records), func(i int) (err error) {
		if ready[i], err = k.pack(records[i]); err != nil {
			err = fmt.Errorf("packing the article %s: %w", records[i].Article.ID, err)
		}
		return err
	})
	return ready, err
}

// onAllCores does n pieces of work.
func onAllCores(n int, work func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var running sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		running.Go(func() {
			for i := range next {
				errs[i] = work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	running.Wait()
	return errors.Join(errs...)
}

// writer is one transaction of appending.
type writer struct {
	ctx        context.Context
	tx         *sql.Tx
	now        string
	statements map[string]*sql.Stmt
	known      *knownActors
	actors     map[string]int64 // rows of those made in this transaction
	runs       map[string]int64
	readings   map[int64]*record.Record // those added in this transaction
	waiting    waiting

	reading, claim, sentence int64  // numbers given last
	hash                     []byte // of the last entry of the journal
}

// waiting are rows that go into their tables together, at the end of the transaction: each page is touched once, and
// the text index is written once.
type waiting struct {
	propositions, claims, sentences, parties, dyads []any
	counts                                          *counts
}

// knownActors are rows of actors that are kept for good. Another program may add some; nobody takes any away.
type knownActors struct {
	lock sync.Mutex
	rows map[string]int64
}

// most actors that are remembered: a few megabytes.
const mostKnown = 1 << 16

func (k *knownActors) get(id string) (int64, bool) {
	k.lock.Lock()
	defer k.lock.Unlock()
	row, ok := k.rows[id]
	return row, ok
}

func (k *knownActors) add(rows map[string]int64) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.rows == nil || len(k.rows) > mostKnown {
		k.rows = map[string]int64{}
	}
	maps.Copy(k.rows, rows)
}

// writer begins a transaction where the last one ended. Its moment is never before that of the last one, whatever
// the clock says: system time does not run backwards.
func (l *Ledger) writer(ctx context.Context, tx *sql.Tx) (*writer, error) {
	w := &writer{ctx: ctx, tx: tx, now: ledger.FormatMoment(l.now()), statements: map[string]*sql.Stmt{}, known: &l.known, actors: map[string]int64{}, runs: map[string]int64{},
		readings: map[int64]*record.Record{}, waiting: waiting{counts: newCounts()}}
	row := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT max(id) FROM reading), 0), coalesce((SELECT max(row) FROM claim), 0), coalesce((SELECT max(id) FROM sentence), 0)`)
	if err := row.Scan(&w.reading, &w.claim, &w.sentence); err != nil {
		return nil, err
	}
	var last string
	err := tx.QueryRowContext(ctx, `SELECT hash, time FROM journal ORDER BY id DESC LIMIT 1`).Scan(&w.hash, &last)
	if err != nil && err != sql.ErrNoRows {
		return nil, err
	}
	w.now = max(w.now, last)
	return w, nil
}

// prepare makes a statement once a transaction.
func (w *writer) prepare(query string) (*sql.Stmt, error) {
	if s, ok := w.statements[query]; ok {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, query)
	if err == nil {
		w.statements[query] = s
	}
	return s, err
}

func (w *writer) exec(query string, args ...any) error {
	s, err := w.prepare(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(w.ctx, args...)
	return err
}

// row scans the one row of an answer; found tells whether there was one.
func (w *writer) row(query string, args []any, to ...any) (found bool, err error) {
	s, err := w.prepare(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(to...)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}

// insert appends rows of some columns to a table, many a statement: a call of the store costs more than a row.
func (w *writer) insert(into string, columns int, conflict string, values []any) error {
	const most = 32
	group := "(?" + strings.Repeat(", ?", columns-1) + ")"
	for len(values) > 0 {
		n := 1
		for n < most && 2*n*columns <= len(values) {
			n *= 2
		}
		if err := w.exec("INSERT OR ROLLBACK INTO "+into+" VALUES "+group+strings.Repeat(", "+group, n-1)+conflict, values[:n*columns]...); err != nil {
			return err
		}
		values = values[n*columns:]
	}
	return nil
}

func (w *writer) add(p *packed) (Outcome, error) {
	run, err := w.run(p)
	if err != nil {
		return "", err
	}
	a := &p.record.Article
	var known, replacement string
	found, err := w.row(`SELECT id, coalesce((SELECT b.id FROM article b WHERE b.replaces = a.id LIMIT 1), '') FROM article a WHERE id = ?`, []any{a.ID}, &known, &replacement)
	if err != nil {
		return "", err
	}
	if !found {
		return w.article(p, run)
	}
	var reading int64
	if found, err = w.row(`SELECT id FROM reading WHERE article = ? AND run = ?`, []any{a.ID, run}, &reading); err != nil || found {
		return Already, err
	}
	if err := w.close(a.ID); err != nil {
		return "", err
	}
	if err := w.read(p, run); err != nil || replacement == "" {
		return Reread, err
	}
	return Reread, w.close(a.ID) // a text that was corrected stays replaced, whoever reads it again
}

// article adds a new article; where it corrects another, that one's reading ends.
func (w *writer) article(p *packed, run int64) (Outcome, error) {
	a, outcome := &p.record.Article, Added
	replaced, err := w.replaced(p)
	if err != nil {
		return "", err
	}
	if replaced != "" {
		outcome = Corrected
		if err := w.close(replaced); err != nil {
			return "", err
		}
	}
	if err := w.exec(`INSERT INTO article (id, title, publisher, date, place, url, learned, name, replaces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Title, a.Publisher, a.Date, a.Place, a.URL, w.now, a.Name, replaced); err != nil {
		return "", err
	}
	return outcome, w.read(p, run)
}

// run is the row of the version and models that made a record.
func (w *writer) run(p *packed) (int64, error) {
	if id, ok := w.runs[p.run]; ok {
		return id, nil
	}
	if err := w.exec(`INSERT INTO run (name, version, models) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, p.run, p.version, p.models); err != nil {
		return 0, err
	}
	var id int64
	_, err := w.row(`SELECT id FROM run WHERE name = ?`, []any{p.run}, &id)
	w.runs[p.run] = id
	return id, err
}

// read appends a reading with all that is asked of it.
func (w *writer) read(p *packed, run int64) error {
	w.reading++
	w.readings[w.reading] = p.record
	if err := w.exec(`INSERT INTO reading (id, article, run, learned) VALUES (?, ?, ?, ?)`, w.reading, p.record.Article.ID, run, w.now); err != nil {
		return err
	}
	if err := w.exec(`INSERT INTO body (reading, form, record) VALUES (?, ?, ?)`, w.reading, p.form, p.body); err != nil {
		return err
	}
	if err := w.journal("reading", w.reading, p.body); err != nil {
		return err
	}
	return w.claims(p.rows)
}

// journal appends an entry whose hash covers the entry before it and the content that it stands for.
func (w *writer) journal(kind string, reading int64, content []byte) error {
	w.hash = link(w.hash, kind, reading, w.now, content)
	return w.exec(`INSERT INTO journal (kind, reading, time, hash) VALUES (?, ?, ?, ?)`, kind, reading, w.now, w.hash)
}

func link(before []byte, kind string, reading int64, time string, content []byte) []byte {
	h := sha256.New()
	h.Write(before)
	fmt.Fprintf(h, "\x00%s\x00%d\x00%s\x00", kind, reading, time)
	h.Write(content)
	return h.Sum(nil)
}

// claims lets the claims of the present reading wait, with all that belongs to them.
func (w *writer) claims(rows []claimRow) error {
	q := &w.waiting
	at := map[string]int64{} // sentences of this reading
	for i := range rows {
		row := &rows[i]
		c, p := row.claim, row.proposition
		w.claim++
		sentence, ok := at[row.sentence]
		if !ok {
			w.sentence++
			sentence = w.sentence
			at[row.sentence] = sentence
			q.sentences = append(q.sentences, sentence, row.sentence)
		}
		q.propositions = append(q.propositions, p.ID, p.Type, p.Mode, p.CAMEO, row.actors, row.recipients, row.place, p.Time.From, p.Time.To)
		q.claims = append(q.claims, w.claim, c.ID, w.reading, p.ID, sentence, row.chain, c.Act, c.Polarity, c.Modality, c.Value, c.Realised, p.Type, p.Mode, p.CAMEO,
			row.place, p.Time.From, p.Time.To, c.Said.From, c.Said.To, c.Reported, c.Confidence)
		for position, party := range row.parties {
			actor, err := w.actor(party.actor)
			if err != nil {
				return err
			}
			q.parties = append(q.parties, w.claim, party.side, position, actor, party.actor.Country)
		}
		dyads := row.dyads()
		for _, d := range dyads {
			q.dyads = append(q.dyads, d.actor, d.recipient, c.Reported, w.claim)
		}
		q.counts.add(dyads, p.Type, c.Reported, c, 1)
	}
	return nil
}

// flush writes the rows that wait.
func (w *writer) flush() error {
	q := w.waiting
	w.waiting = waiting{counts: newCounts()}
	if err := errors.Join(
		w.insert("proposition (id, type, mode, cameo, actors, recipients, place, happened, ended)", 9, " ON CONFLICT DO NOTHING", q.propositions),
		w.insert("sentence (id, text)", 2, "", q.sentences),
		w.insert("claim", 21, "", q.claims),
		w.insert("party", 5, "", q.parties),
		w.insert("dyad", 4, "", q.dyads),
		w.tally(q.counts),
	); err != nil {
		return err
	}
	// One row a statement: a statement of many rows would make the text index write what it holds each time.
	for i := 0; i < len(q.sentences); i += 2 {
		if err := w.exec(`INSERT INTO sentence_text (rowid, text) VALUES (?, ?)`, q.sentences[i], q.sentences[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// actor is the row of an actor, made when there is none.
func (w *writer) actor(a *record.Actor) (int64, error) {
	row, ok := w.actors[a.ID]
	if !ok {
		row, ok = w.known.get(a.ID)
	}
	if ok {
		return row, nil
	}
	found, err := w.row(`SELECT row FROM actor WHERE id = ?`, []any{a.ID}, &row)
	if err == nil && !found {
		_, err = w.row(`INSERT INTO actor (id, name, kind, code, country) VALUES (?, ?, ?, ?, ?) RETURNING row`, []any{a.ID, a.Name, a.Kind, a.Code, a.Country}, &row)
	}
	w.actors[a.ID] = row
	return row, err
}
