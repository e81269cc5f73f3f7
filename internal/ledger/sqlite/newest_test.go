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

// The events that are looked at are those that come first among all.
func TestNewestEventsAreTheFirst(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	v := newVariations(baseRecords(t), 31)
	records := strikes()
	for range 40 {
		records = append(records, v.next())
	}
	if _, err := l.Ingest(ctx, records); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Match(ctx); err != nil {
		t.Fatal(err)
	}
	happenings := 0
	for _, query := range []string{"", "reported:2012", "reported:2012-06..2013-05", "actor:USA", v.words[0], v.words[0] + " reported:2013", "type:ASSAULT", "polarity:negative reported:2012..2014", "source:USA reported:2012.."} {
		for _, asOf := range []string{"", "2030"} {
			for _, most := range []int{1, 3, 10, 30, 99, 100_000} {
				q, err := ledger.ParseQuery(query)
				if err != nil {
					t.Fatal(err)
				}
				if q.AsOf, err = ledger.ParseMoment(asOf); err != nil {
					t.Fatal(err)
				}
				q.Limit = most
				q.Agreed = most%3 == 0 // of some
				want, err := l.events(ctx, q, newFilter(q))
				if err != nil {
					t.Fatal(err)
				}
				got, err := l.Events(ctx, q)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%q as of %q, at most %d: %d events, want %d, or others (%v)", query, asOf, most, len(got), len(want), err)
				}
				for _, e := range got {
					if e.Happening != "" {
						happenings++
					}
				}
			}
		}
	}
	if happenings == 0 {
		t.Error("no event was a happening of several tellings: the test has tested nothing")
	}
}

// What is counted from the tallies is what a recount gives; as of a later moment the claims themselves are counted.
func TestTalliesAreARecount(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	v := newVariations(baseRecords(t), 37)
	for range 20 {
		r := v.next()
		again := *r
		again.Run.Version += "+"
		if _, err := l.Ingest(ctx, []*record.Record{r, &again}); err != nil {
			t.Fatal(err)
		}
	}
	kept := map[string]int{}
	for _, query := range []string{"", "reported:2012", "reported:2012-06..", "type:AID,ASSAULT", "actor:USA", "actor:USA recipient:RUS reported:..2013", "polarity:negative"} {
		for _, by := range [][]string{{"month", "type"}, {"day"}, {"type"}, {"year", "actor", "recipient"}, {"actor", "recipient", "type"}, {"week", "actor"}, {"type", "polarity"}} {
			q, err := ledger.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			kept[inTally(q, by)]++
			got, err := l.Counts(ctx, q, by)
			if err != nil {
				t.Fatal(err)
			}
			if q.AsOf, err = ledger.ParseMoment("2030"); err != nil {
				t.Fatal(err)
			}
			want, err := l.Counts(ctx, q, by)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%q by %v: %d rows, want %d, or others (%v)", query, by, len(got), len(want), err)
			}
		}
	}
	if kept["tally"] == 0 || kept["tally_day"] == 0 || kept[""] == 0 {
		t.Errorf("%v: not every way was tested", kept)
	}
}
