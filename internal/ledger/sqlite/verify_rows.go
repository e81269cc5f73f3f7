package sqlite

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"

	"annals/record"
)

// repeated is what has been met of the rows that several records share: the first record wrote them.
type repeated struct {
	propositions map[[8]byte]bool
	actors       map[string]bool
	articles     map[string]bool

	claims, parties, dyads, sentences int64
}

// readings compares every row that repeats something of a record with the record.
func (v *verification) readings() error {
	if err := v.runs(); err != nil {
		return err
	}
	type reading struct {
		id      int64
		article string
		learned string
	}
	var all []reading
	err := v.each(`SELECT id, article, learned FROM reading ORDER BY id`, nil, func(scan func(...any) error) error {
		var r reading
		err := scan(&r.id, &r.article, &r.learned)
		all = append(all, r)
		return err
	})
	if err != nil {
		return err
	}
	met := &repeated{propositions: map[[8]byte]bool{}, actors: map[string]bool{}, articles: map[string]bool{}}
	faults := len(v.wrong)
	for _, r := range all {
		var form int
		var body []byte
		var version, models string
		err := v.row(`SELECT b.form, b.record, u.version, u.models FROM reading r JOIN body b ON b.reading = r.id JOIN run u ON u.id = r.run WHERE r.id = ?`, []any{r.id},
			&form, &body, &version, &models)
		if err == sql.ErrNoRows {
			v.fault("reading %d has lost its record or its run", r.id)
			continue
		} else if err != nil {
			return err
		}
		rec, err := unpack(form, body, version, models)
		if err != nil {
			v.fault("the record of reading %d cannot be read: %v", r.id, err)
			continue
		}
		if rec.Article.ID != r.article {
			v.fault("reading %d is of the article %s, and its record of %s", r.id, r.article, rec.Article.ID)
		}
		if err := v.reading(r.id, r.learned, rec, met); err != nil {
			return err
		}
		if len(v.wrong) > faults+mostFaults {
			v.fault("and so on: the rows of later readings were not compared")
			return nil
		}
	}
	return v.totals(met)
}

// runs checks that every run has the name that its version and models give it.
func (v *verification) runs() error {
	return v.each(`SELECT name, version, models FROM run`, nil, func(scan func(...any) error) error {
		var name, version, models string
		if err := scan(&name, &version, &models); err != nil {
			return err
		}
		if name != nameOfRun(version, models) {
			v.fault("the version or the models of the run %s were changed", name)
		}
		return nil
	})
}

// reading compares the rows of one reading with its record.
func (v *verification) reading(id int64, learned string, r *record.Record, met *repeated) error {
	rows := claimRows(r)
	if !met.articles[r.Article.ID] {
		met.articles[r.Article.ID] = true
		a := &r.Article
		if err := v.same("the article "+a.ID, `SELECT title, publisher, date, place, url, learned, CASE name WHEN '' THEN ?2 ELSE name END FROM article WHERE id = ?1`, []any{a.ID, a.Name},
			[]string{a.Title, a.Publisher, a.Date, a.Place, a.URL, learned, a.Name}); err != nil {
			return err
		}
	}
	var claims, parties []string
	texts := map[string]bool{} // of sentences
	for i := range rows {
		row := &rows[i]
		c, p := row.claim, row.proposition
		claims = append(claims, line(c.ID, p.ID, row.sentence, row.chain, c.Act, c.Polarity, c.Modality, c.Value, c.Realised, p.Type, p.Mode, p.CAMEO,
			row.place, p.Time.From, p.Time.To, c.Said.From, c.Said.To, c.Reported, c.Confidence))
		for position, party := range row.parties {
			parties = append(parties, line(i, party.side, position, party.actor.ID, party.actor.Country))
			if err := v.actor(party.actor, met); err != nil {
				return err
			}
		}
		texts[row.sentence] = true
		if err := v.proposition(row, met); err != nil {
			return err
		}
	}
	met.claims, met.parties, met.sentences = met.claims+int64(len(claims)), met.parties+int64(len(parties)), met.sentences+int64(len(texts))
	var have, sides []string
	var numbers []int64
	err := v.each(`SELECT c.row, c.id, c.proposition, s.text, c.chain, c.act, c.polarity, c.modality, c.value, c.realised, c.type, c.mode, c.cameo,
			c.place, c.happened, c.ended, c.said, c.said_end, c.reported, c.confidence
		FROM claim c JOIN sentence s ON s.id = c.sentence WHERE c.reading = ? ORDER BY c.row`, []any{id}, func(scan func(...any) error) error {
		var row int64
		var s [17]string
		var realised bool
		var confidence float64
		err := scan(&row, &s[0], &s[1], &s[2], &s[3], &s[4], &s[5], &s[6], &s[7], &realised, &s[8], &s[9], &s[10], &s[11], &s[12], &s[13], &s[14], &s[15], &s[16], &confidence)
		numbers = append(numbers, row)
		have = append(have, line(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], realised, s[8], s[9], s[10], s[11], s[12], s[13], s[14], s[15], s[16], confidence))
		return err
	})
	if err != nil {
		return err
	}
	if !slices.Equal(have, claims) {
		v.fault("the claims of reading %d are not those of its record", id)
		return nil
	}
	at := map[int64]int{}
	for i, row := range numbers {
		at[row] = i
		for _, d := range rows[i].dyads() {
			met.dyads++
			if err := v.same(fmt.Sprintf("the pair %s–%s of claim %s", d.actor, d.recipient, rows[i].claim.ID), `SELECT count(*) FROM dyad WHERE actor = ? AND recipient = ? AND reported = ? AND claim = ?`,
				[]any{d.actor, d.recipient, rows[i].claim.Reported, row}, []string{"1"}); err != nil {
				return err
			}
		}
	}
	err = v.each(`SELECT p.claim, p.side, p.position, a.id, p.country FROM claim c JOIN party p ON p.claim = c.row JOIN actor a ON a.row = p.actor WHERE c.reading = ? ORDER BY c.row, p.position`,
		[]any{id}, func(scan func(...any) error) error {
			var row int64
			var side, position int
			var actor, country string
			err := scan(&row, &side, &position, &actor, &country)
			sides = append(sides, line(at[row], side, position, actor, country))
			return err
		})
	if err != nil {
		return err
	}
	if !slices.Equal(sides, parties) {
		v.fault("the actors, recipients or sources of reading %d are not those of its record", id)
	}
	return nil
}

// line makes one text of the columns of a row.
func line(values ...any) string { return fmt.Sprintf("%q", values) }

// same compares the columns of one row.
func (v *verification) same(what, query string, args []any, want []string) error {
	have, to := make([]string, len(want)), make([]any, len(want))
	for i := range have {
		to[i] = &have[i]
	}
	err := v.row(query, args, to...)
	if err == sql.ErrNoRows {
		v.fault("%s is gone", what)
		return nil
	}
	if err == nil && !slices.Equal(have, want) {
		v.fault("%s is not as its record has it", what)
	}
	return err
}

func (v *verification) actor(a *record.Actor, met *repeated) error {
	if met.actors[a.ID] {
		return nil
	}
	met.actors[a.ID] = true
	var name, kind, code, country string
	err := v.row(`SELECT name, kind, code, country FROM actor WHERE id = ?`, []any{a.ID}, &name, &kind, &code, &country)
	if err == sql.ErrNoRows {
		v.fault("the actor %s is gone", a.ID)
		return nil
	}
	if err == nil && (name != a.Name || kind != a.Kind || code != a.Code || country != a.Country) {
		v.fault("the actor %s is not as its first record has it", a.ID)
	}
	return err
}

func (v *verification) proposition(row *claimRow, met *repeated) error {
	p := row.proposition
	sum := sha256.Sum256([]byte(p.ID))
	if key := [8]byte(sum[:8]); met.propositions[key] {
		return nil
	} else {
		met.propositions[key] = true
	}
	return v.same("the proposition "+p.ID, `SELECT type, mode, cameo, actors, recipients, place, happened, ended FROM proposition WHERE id = ?`, []any{p.ID},
		[]string{p.Type, p.Mode, p.CAMEO, row.actors, row.recipients, row.place, p.Time.From, p.Time.To})
}

// totals finds rows that no record accounts for.
func (v *verification) totals(met *repeated) error {
	for _, t := range []struct {
		table string
		want  int64
	}{{"claim", met.claims}, {"party", met.parties}, {"dyad", met.dyads}, {"sentence", met.sentences}, {"proposition", int64(len(met.propositions))}} {
		var n int64
		if err := v.row(`SELECT count(*) FROM `+t.table, nil, &n); err != nil {
			return err
		}
		if n != t.want {
			v.fault("the table %s has %d rows, and the records account for %d", t.table, n, t.want)
		}
	}
	return nil
}
