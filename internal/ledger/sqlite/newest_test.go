package sqlite

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// However the claims are found, they are the same in the same order.
func TestWaysToFindClaimsChangeNothing(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	v := newVariations(baseRecords(t), 11)
	var records []*record.Record
	for range 30 {
		records = append(records, v.next())
	}
	if _, err := l.Ingest(ctx, records); err != nil {
		t.Fatal(err)
	}
	ask := func(q ledger.Query, f *filter) []ledger.ClaimRow {
		t.Helper()
		rows, err := l.read.QueryContext(ctx, "SELECT "+claimColumns+" FROM claims c JOIN proposition p ON p.id = c.proposition WHERE "+strings.Join(f.where, " AND ")+
			" ORDER BY c.reported DESC, c.row LIMIT ?", append(f.args, q.Limit)...)
		if err != nil {
			t.Fatal(err)
		}
		found, err := scanClaims(rows)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	country, word := records[0].Actors[0].Country, v.words[0]
	for _, a := range records[0].Actors {
		if isCountry(a.Country) {
			country = a.Country
		}
	}
	days, walked, found := []string{"", " reported:2012", " reported:2012-06..2013-05", " reported:..2013-06", " reported:2013.."}, 0, 0
	for _, query := range []string{word, word + " " + v.words[1], "actor:" + country, "recipient:" + country, "party:" + country, "source:" + country, "actor:" + country + " polarity:positive",
		"party:USA,RUS,SYR", "actor:" + country + " recipient:USA", "actor:USA,RUS", word + " actor:" + country, "recipient:" + country + " source:USA"} {
		for _, span := range days {
			for _, most := range []int{3, 100_000} {
				q, err := ledger.ParseQuery(query + span)
				if err != nil {
					t.Fatal(err)
				}
				q.Limit = most
				// Walking asks of each claim what the tables would be asked for all.
				plain := new(filter)
				unspanned := q
				unspanned.Reported = ledger.Query{}.Reported
				plain.query(unspanned)
				plain.overlaps("c.reported", "c.reported", q.Reported)
				want := ask(q, plain)
				walk := &filter{walk: true}
				walk.query(q)
				for how, f := range map[string]*filter{"by index": newFilter(q), "by walking": walk} {
					if got := ask(q, f); !reflect.DeepEqual(got, want) {
						t.Errorf("%s%s, at most %d, %s: %d claims, want %d, or in another order", query, span, most, how, len(got), len(want))
					}
				}
				got, err := l.Claims(ctx, q)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%s%s, at most %d: %d claims, want %d, or in another order (%v)", query, span, most, len(got), len(want), err)
				}
				chosen, err := l.newest(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				if chosen.walk {
					walked++
				}
				found += len(want)
			}
		}
	}
	if walked == 0 || found == 0 {
		t.Errorf("%d queries walked and %d claims were found: nothing was tested", walked, found)
	}
}
