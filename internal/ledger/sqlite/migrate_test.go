package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"reflect"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// writeVersion1 makes a ledger as the first version wrote it: every claim with its sentence, its times and its names.
func writeVersion1(t *testing.T, path string, records ...*record.Record) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(migrations[0] + "; PRAGMA application_id = 1634627180; PRAGMA user_version = 1")
	var hash []byte
	const learned = "2012-11-06T12:00:00.000Z"
	row := 0
	for i, r := range records {
		name, models, err := runName(&r.Run)
		if err != nil {
			t.Fatal(err)
		}
		body, err := new(packer).deflated(r)
		if err != nil {
			t.Fatal(err)
		}
		reading := int64(i + 1)
		exec(`INSERT INTO run (id, name, version, models) VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING`, name, r.Run.Version, models)
		a := r.Article
		exec(`INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)`, a.ID, a.Title, a.Publisher, a.Date, a.Place, a.URL, learned)
		exec(`INSERT INTO reading (id, article, run, learned, record) VALUES (?, ?, 1, ?, ?)`, reading, a.ID, learned, body)
		hash = link(hash, "reading", reading, learned, body)
		exec(`INSERT INTO journal (kind, reading, time, hash) VALUES ('reading', ?, ?, ?)`, reading, learned, hash)
		for _, actor := range r.Actors {
			exec(`INSERT INTO actor VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, actor.ID, actor.Name, actor.Kind, actor.Code, actor.Country)
		}
		for _, c := range claimRows(r) {
			row++
			k, p := c.claim, c.proposition
			exec(`INSERT INTO proposition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, p.ID, p.Type, p.Mode, p.CAMEO, c.actors, c.recipients, c.place, p.Time.From, p.Time.To)
			exec(`INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '9999')`, row, k.ID, reading, a.ID, p.ID, a.Publisher, c.chain, k.Act, k.Polarity,
				k.Modality, k.Value, k.Realised, p.Type, p.Mode, p.CAMEO, c.place, p.Time.From, p.Time.To, k.Said.From, k.Said.To, k.Reported, k.Confidence, c.sentence, learned)
			exec(`INSERT INTO claim_text (rowid, sentence) VALUES (?, ?)`, row, c.sentence)
			for i, party := range c.parties {
				exec(`INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)`, row, party.side, i, party.actor.ID, party.actor.Country, party.actor.Code, k.Reported)
			}
			asserted, denied, other := stance(k)
			for _, d := range c.dyads() {
				exec(`INSERT INTO dyad VALUES (?, ?, ?, ?, ?)`, row, d.actor, d.recipient, p.Type, k.Reported)
				exec(`INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET asserted = asserted + excluded.asserted, denied = denied + excluded.denied, other = other + excluded.other`,
					k.Reported, d.actor, d.recipient, p.Type, asserted, denied, other)
			}
		}
	}
}

// A ledger of the first version answers after the migrations as one that was written today.
func TestMigrationFromVersion1(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	records := []*record.Record{sample("weapons go qatar denies", "1"), sample("another story altogether", "1")}
	old := filepath.Join(dir, "old.db")
	writeVersion1(t, old, records...)
	if _, err := Open(ctx, old, Options{ReadOnly: true}); err == nil {
		t.Error("an older ledger was opened for reading without a word")
	}
	migrated := openTest(t, old, newClock())
	fresh := openTest(t, filepath.Join(dir, "new.db"), newClock())
	if _, err := fresh.Ingest(ctx, records); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{``, `actor:RUS recipient:SYR`, `party:lavrov`, `source:lavrov`, `source:RUSGOV`, `party:QAT`, `text:weapon`, `text:altogether`, `type:AID`, `article:` + records[1].Article.ID} {
		q, err := ledger.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.Claims(ctx, q)
		if err != nil || query == `` && len(want) != 4 {
			t.Fatalf("%s: %d claims, %v", query, len(want), err)
		}
		if got, err := migrated.Claims(ctx, q); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", query, err, got, want)
		}
	}
	if wrong, err := migrated.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
	for _, r := range records {
		if reading, err := migrated.Article(ctx, r.Article.ID); err != nil || !reflect.DeepEqual(reading.Record, r) {
			t.Errorf("the record came back as %+v, %v", reading, err)
		}
	}
	// What was written before can be closed, and counts then as nothing.
	again := sample("weapons go qatar denies", "2")
	if outcomes, err := migrated.Ingest(ctx, []*record.Record{again}); err != nil || outcomes[0] != Reread {
		t.Fatalf("%v %v", outcomes, err)
	}
	var asserted int
	if err := migrated.read.QueryRow(`SELECT sum(asserted) FROM tally`).Scan(&asserted); err != nil || asserted != 2 {
		t.Errorf("the tally asserts %d, want 2 (%v)", asserted, err)
	}
}
