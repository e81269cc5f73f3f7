package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// strike is a story of one sentence: an air raid on the market of Velm, with a count of the dead and somebody who says so.
func strike(publisher, day, source, culprit, text string, dead int64, denied bool) *record.Record {
	r := &record.Record{
		Schema:  record.Schema,
		Run:     record.Run{Version: "1", Models: map[string]string{"tagger": "00"}},
		Article: record.Article{ID: record.ArticleID(text), Title: "Market of Velm", Publisher: publisher, Date: day, Text: text},
		Actors: []record.Actor{
			{ID: "arvania-army", Name: "army of Arvania", Kind: "organisation", Code: "ARVMIL", Country: "ARV", Sectors: []string{"MIL"}},
			{ID: "velm-front", Name: "Velm Front", Kind: "armed-group", Code: "ARVREB", Country: "ARV", Sectors: []string{"REB"}},
			{ID: "people", Name: "people", Kind: "role", Sectors: []string{"CVL"}, Anonymous: true},
			{ID: source, Name: source, Kind: "organisation", Code: "ARV"},
			{ID: "wire", Name: publisher, Kind: "outlet"},
		},
		Places: []record.Place{{Name: "Velm", GeonameID: 7, Lat: 10, Lon: 20, Country: "ARV", Precision: "city"}},
	}
	place := 0
	sentence := record.Span{Start: 0, End: len([]rune(text))}
	p := record.Proposition{Type: "ASSAULT", Mode: "aerial", Recipients: []record.Party{{Actor: "people", Text: "people"}}, Place: &place,
		Time: record.Time{From: day, To: day, Source: "timex"}}
	if culprit != "" {
		p.Actors = []record.Party{{Actor: culprit, Text: culprit}}
	}
	if dead > 0 {
		p.Casualties = []int{0}
		at := strings.Index(text, fmt.Sprint(dead))
		r.Casualties = []record.Casualty{{Effect: "DEATH", Number: dead, Low: dead, High: dead, Scope: "incident", Evidence: record.Span{Start: at, End: at + 2}}}
	}
	p.ID = "p" + publisher
	c := record.Claim{ID: "c" + publisher, Proposition: p.ID, Chain: []string{source, "wire"}, Act: "assert", Polarity: "positive", Modality: "asserted", Value: "CT+", Realised: true,
		Reported: day, Sentence: sentence, Confidence: 0.9}
	if denied {
		c.Act, c.Polarity, c.Value, c.Realised = "deny", "negative", "CT-", false
	}
	r.Propositions, r.Claims = []record.Proposition{p}, []record.Claim{c}
	return r
}

func strikes() []*record.Record {
	return []*record.Record{
		strike("alpha", "2012-11-05", "rescuers", "arvania-army", "Army jets bombed the crowded fish market of Velm on Monday and killed 31 people, rescuers said.", 31, false),
		strike("beta", "2012-11-05", "ministry", "", "The bombs on the crowded fish market of Velm killed 12 people on Monday, the ministry said.", 12, false),
		strike("gamma", "2012-11-06", "general-staff", "arvania-army", "The general staff denied that army jets had bombed the fish market of Velm.", 0, true),
		strike("delta", "2012-11-05", "town-council", "velm-front", "Rockets of the Velm Front hit the crowded fish market of Velm on Monday, the town council said.", 0, false),
		strike("omega", "2012-12-24", "rescuers", "arvania-army", "Jets bombed the grain harbour of Velm on Monday and killed 44 people, rescuers said.", 44, false),
	}
}

func matched(t *testing.T, records []*record.Record, batch int) *Ledger {
	t.Helper()
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	for part := range slices.Chunk(records, batch) {
		if _, err := l.Ingest(ctx, part); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Match(ctx); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// happenings lists who tells what together, whatever the names of the happenings.
func happenings(t *testing.T, l *Ledger, asOf string) string {
	t.Helper()
	asOf, err := ledger.ParseMoment(asOf)
	if err != nil {
		t.Fatal(err)
	}
	events, err := l.Events(context.Background(), ledger.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range events {
		if e.Happening == "" {
			continue
		}
		claims, err := l.Claims(context.Background(), ledger.Query{Happening: e.Happening, AsOf: asOf})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range claims {
			ids = append(ids, c.ID[1:])
		}
		slices.Sort(ids)
		out = append(out, strings.Join(ids, " "))
	}
	slices.Sort(out)
	return strings.Join(out, " | ")
}

func TestMatchFindsHappeningsInEveryOrder(t *testing.T) {
	const want = "alpha beta delta gamma"
	records := strikes()
	for n := range 120 {
		order := permutation(len(records), n)
		shuffled := make([]*record.Record, len(records))
		for i, at := range order {
			shuffled[i] = records[at]
		}
		if n%7 != 0 { // some of the orders
			continue
		}
		l := matched(t, shuffled, 1+n%3)
		if got := happenings(t, l, ""); got != want {
			t.Fatalf("order %v: got %q, want %q", order, got, want)
		}
	}
}

// permutation is the nth order of k things.
func permutation(k, n int) []int {
	var left, out []int
	for i := range k {
		left = append(left, i)
	}
	for ; k > 0; k-- {
		at := n % k
		n /= k
		out = append(out, left[at])
		left = slices.Delete(left, at, at+1)
	}
	return out
}

func TestDisputesOfEachKind(t *testing.T) {
	ctx := context.Background()
	l := matched(t, strikes(), 2)
	disputes, err := l.Disputes(ctx, ledger.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, d := range disputes {
		kinds = append(kinds, d.Kind+":"+d.Positions[0].Label+"/"+d.Positions[1].Label)
		if len(d.Positions[0].Claims) == 0 || len(d.Positions[1].Claims) == 0 {
			t.Errorf("%s: a position without claims", d.ID)
		}
		if again, err := l.Dispute(ctx, d.ID); err != nil || again.Kind != d.Kind {
			t.Errorf("%s: %v %v", d.ID, again, err)
		}
	}
	slices.Sort(kinds)
	if want := []string{"culprit:arvania-army/velm-front", "denied:asserted/denied", "figure:12/31"}; !slices.Equal(kinds, want) {
		t.Errorf("got %q, want %q", kinds, want)
	}
	for query, want := range map[string]int{"act:deny": 1, "reported:2012-11-05": 3, "reported:2012-12": 0, "source:ministry": 1, "text:rockets": 1, "publisher:omega": 0} {
		q, err := ledger.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := l.Disputes(ctx, q); err != nil || len(got) != want {
			t.Errorf("%s: %d disputes, want %d (%v)", query, len(got), want, err)
		}
	}
}

func TestTalliesCountIndependentSources(t *testing.T) {
	records := strikes()[:2]
	again := strike("alpha2", "2012-11-06", "rescuers", "arvania-army", "Army jets killed 31 people in the crowded fish market of Velm on Monday, the rescuers said again.", 31, false)
	l := matched(t, append(records, again), 3)
	events, err := l.Events(context.Background(), ledger.Query{})
	if err != nil || len(events) != 1 {
		t.Fatalf("%+v %v", events, err)
	}
	e := events[0]
	if e.Asserted != 3 || len(e.AssertedBy) != 2 || e.Stories != 3 {
		t.Errorf("asserted %d by %v in %d stories, want 3 by two sources in 3", e.Asserted, e.AssertedBy, e.Stories)
	}
	agreed, err := l.Events(context.Background(), ledger.Query{Agreed: true})
	if err != nil || len(agreed) != 1 {
		t.Errorf("agreed: %+v %v", agreed, err)
	}
}

func TestCopiesAreOneStory(t *testing.T) {
	long := strings.Repeat("Army jets bombed the crowded fish market of Velm on Monday and killed 31 people, rescuers said. ", 1) +
		"The harbour burned all night while boats brought the wounded across the bay to the hospital of Ostra, where nurses ran short of blood and bandages before dawn."
	a := strike("first", "2012-11-05", "rescuers", "arvania-army", long, 31, false)
	b := strike("second", "2012-11-06", "rescuers", "arvania-army", "UPDATE 2 "+long, 31, false)
	l := matched(t, []*record.Record{a, b}, 1)
	events, err := l.Events(context.Background(), ledger.Query{})
	if err != nil || len(events) != 1 || events[0].Stories != 1 || events[0].Articles != 2 {
		t.Errorf("%+v %v", events, err)
	}
}

func TestDecisionsGoBeforeScoresAndCanBeUndone(t *testing.T) {
	ctx, c := context.Background(), newClock()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
	if _, err := l.Ingest(ctx, strikes()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Match(ctx); err != nil {
		t.Fatal(err)
	}
	next := func() { c.now = c.now.AddDate(0, 0, 1) }
	next()
	split, err := l.Split(ctx, "calpha", "cgamma", "the denial speaks of another raid")
	if err != nil {
		t.Fatal(err)
	}
	if got := happenings(t, l, ""); strings.Contains(got, "alpha") && strings.Contains(got, "gamma") && !strings.Contains(got, "|") {
		t.Errorf("after the split: %q", got)
	}
	next()
	if _, err := l.Merge(ctx, "calpha", "comega", ""); err != nil {
		t.Fatal(err)
	}
	if got := happenings(t, l, ""); !strings.Contains(got, "alpha") || !strings.Contains(got, "omega") {
		t.Errorf("after the merge: %q", got)
	}
	next()
	// A new reading of the article does not make the ledger forget.
	again := strikes()[4]
	again.Run.Version = "2"
	if _, err := l.Ingest(ctx, []*record.Record{again}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Match(ctx); err != nil {
		t.Fatal(err)
	}
	if got := happenings(t, l, ""); !strings.Contains(got, "omega") {
		t.Errorf("after reading again: %q", got)
	}
	next()
	for _, id := range []int64{split.ID, split.ID + 1} {
		if _, err := l.Undo(ctx, id, "on second thoughts"); err != nil {
			t.Fatal(err)
		}
	}
	if got := happenings(t, l, ""); got != "alpha beta delta gamma" {
		t.Errorf("after undoing both: %q", got)
	}
	if got := happenings(t, l, "2012-11-06"); got != "alpha beta delta gamma" {
		t.Errorf("as of the first day: %q", got)
	}
	if got := happenings(t, l, "2012-11-08"); !strings.Contains(got, "omega") {
		t.Errorf("as of the day of the merge: %q", got)
	}
	if _, err := l.Undo(ctx, split.ID, ""); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("undoing twice: %v", err)
	}
	if wrong, err := l.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
	if _, err := l.write.Exec(`UPDATE decision SET why = 'because' WHERE id = 1`); err != nil {
		t.Fatal(err)
	}
	if wrong, err := l.Verify(ctx); err != nil || len(wrong) == 0 {
		t.Errorf("a changed decision was not found (%v)", err)
	}
}

func TestDecisionsAboutUnknownIDs(t *testing.T) {
	ctx := context.Background()
	l := matched(t, strikes()[:2], 2)
	for _, ids := range [][2]string{{"cnobody", "calpha"}, {"x1", "calpha"}, {"calpha", "hnothing"}} {
		if _, err := l.Merge(ctx, ids[0], ids[1], ""); err == nil {
			t.Errorf("merging %v: no error", ids)
		}
	}
	if _, err := l.Split(ctx, "calpha", "calpha", ""); err == nil {
		t.Error("a claim was split from itself")
	}
}
