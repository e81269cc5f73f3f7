package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/internal/register"
)

// deals is a trade register of deals that never were, in an edition.
func deals(rows ...string) string {
	return "SIPRI AT Database ID,Supplier,Recipient,Designation,Order date,Numbers delivered,Delivery year\n" + strings.Join(rows, "\n") + "\n"
}

func importText(t *testing.T, l *Ledger, kind, name, text string) Imported {
	t.Helper()
	reader, err := register.NewReader()
	if err != nil {
		t.Fatal(err)
	}
	counts, err := l.Import(context.Background(), RegisterFile{Kind: kind, Name: name, SHA256: "sum of " + text}, func(emit func(*register.Entry) error) error {
		return reader.Read(kind, strings.NewReader(text), register.Sink{Entry: emit, Refuse: func(r register.Refusal) { t.Error(r) }})
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func moment(t *testing.T, s string) string {
	t.Helper()
	at, err := ledger.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A later edition closes what it corrects, adds what is new, and leaves the rest; what was known before stays known.
func TestImportKeepsEditions(t *testing.T) {
	ctx, c := context.Background(), newClock()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
	first := deals("1,Sweden,Thailand,Kite,2008,6,2011", "2,Sweden,Thailand,Heron,2009,1,2012")
	second := deals("1,Sweden,Thailand,Kite,2008,7,2011", "2,Sweden,Thailand,Heron,2009,1,2012", "3,Sweden,Thailand,Wasp,2010,4,2012")
	for i, step := range []struct {
		text string
		want Imported
	}{
		{first, Imported{Added: 2}},
		{first, Imported{Known: true}},
		{second, Imported{Added: 1, Changed: 1, Same: 1}},
		{second, Imported{Known: true}},
		{first, Imported{Known: true}}, // an old edition does not undo a newer one
	} {
		if got := importText(t, l, register.SIPRI, fmt.Sprintf("edition %d.csv", i), step.text); got != step.want {
			t.Errorf("step %d: %+v, want %+v", i, got, step.want)
		}
		c.now = c.now.AddDate(0, 0, 1)
	}
	all := civil.Interval{From: civil.Of(2000, 1, 1), To: civil.Of(2020, 1, 1)}
	for at, want := range map[string]string{"": "7 1 4", "2012-11-06": "6 1", "2012-11-05": "", "2012-11-08": "7 1 4"} {
		kept, more, err := l.Deals(ctx, "SWE", "THA", all, moment(t, at), 10)
		if err != nil || more {
			t.Fatal(err, more)
		}
		var numbers []string
		for _, k := range kept {
			numbers = append(numbers, fmt.Sprint(k.Row.Delivered.Value))
		}
		if got := strings.Join(numbers, " "); got != want {
			t.Errorf("as of %q: %s, want %s", at, got, want)
		}
	}
	if wrong, err := l.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
}

// An import that is broken off keeps its finished batches, and is finished by repeating it.
func TestBrokenOffImport(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	entry := func(i int) *register.Entry {
		return &register.Entry{Kind: register.KindBallot, Key: fmt.Sprint(i), Subject: "A/RES/1", Object: "FRA", First: "2012-01-01", Last: "2012-01-01", Line: i + 2, Body: []byte(`{"symbol":"A/RES/1"}`)}
	}
	file := RegisterFile{Kind: register.Votes, Name: "votes.csv", SHA256: "sum"}
	pulled := errors.New("the plug was pulled")
	counts, err := l.Import(ctx, file, func(emit func(*register.Entry) error) error {
		for i := range batchSize + 10 {
			if err := emit(entry(i)); err != nil {
				return err
			}
		}
		return pulled
	})
	if !errors.Is(err, pulled) || counts.Added != batchSize+10 {
		t.Errorf("%+v %v", counts, err)
	}
	counts, err = l.Import(ctx, file, func(emit func(*register.Entry) error) error {
		for i := range batchSize + 20 {
			if err := emit(entry(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if want := (Imported{Added: 10, Same: batchSize + 10}); err != nil || counts != want {
		t.Errorf("%+v %v, want %+v", counts, err, want)
	}
	if wrong, err := l.Verify(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
}

func TestVerifyFindsAChangedRegister(t *testing.T) {
	for _, change := range []string{
		`UPDATE register_entry SET body = replace(body, 'Kite', 'Hawk') WHERE row = 1`,
		`UPDATE register_entry SET closed = '9999', closed_by = NULL WHERE row = 1`,
		`UPDATE register_entry SET line = 99 WHERE row = 2`,
		`UPDATE register_file SET name = 'another.csv'`,
		`DELETE FROM register_entry WHERE row = 2`,
		`DELETE FROM register_entry WHERE batch = 2; DELETE FROM register_batch WHERE id = 2`,
	} {
		c := newClock()
		l := openTest(t, filepath.Join(t.TempDir(), "l.db"), c)
		importText(t, l, register.SIPRI, "a.csv", deals("1,Sweden,Thailand,Kite,2008,6,2011", "2,Sweden,Thailand,Heron,2009,1,2012"))
		c.now = c.now.AddDate(0, 0, 1)
		importText(t, l, register.SIPRI, "b.csv", deals("1,Sweden,Thailand,Kite,2008,7,2011"))
		if _, err := l.write.Exec(`PRAGMA foreign_keys = 0; DELETE FROM register_name; ` + change); err != nil {
			t.Fatal(err)
		}
		wrong, err := l.Verify(context.Background())
		if err != nil || len(wrong) == 0 {
			t.Errorf("%s: not found (%v)", change, err)
		}
	}
}

func TestVotesAndLists(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	importText(t, l, register.Votes, "votes.csv", `resolution,date,ms_code,ms_vote,title
A/RES/1,2012-02-01,RUS,N,The situation in Syria
A/RES/1,2012-02-01,FRA,Y,The situation in Syria
A/RES/2,2012-03-01,RUS,Y,Oceans
A/RES/3,2013-03-01,RUS,Y,The situation in Syria
`)
	votes, _, err := l.VotesOn(ctx, "SYR", []string{"A/RES/2"}, civil.Of(2012, 12, 31), "", 10)
	if err != nil || len(votes) != 2 || votes[0].Row.Symbol != "A/RES/2" || votes[1].Row.Symbol != "A/RES/1" {
		t.Errorf("%+v %v", votes, err)
	}
	ballots, err := l.BallotsOf(ctx, "A/RES/1", []string{"RUS"}, "")
	if err != nil || len(ballots) != 1 || ballots[0].Row.Vote != "no" || ballots[0].From.Line != 2 {
		t.Errorf("%+v %v", ballots, err)
	}
	importText(t, l, register.Entities, "e.json", `{"id":"e1","schema":"Company","caption":"Éxample Arms","properties":{"alias":["EXA"],"sanctions":[{"id":"s1","schema":"Sanction","properties":{"program":["P"],"startDate":["2011"],"endDate":["2012-06"]}}]}}`+"\n")
	for day, want := range map[civil.Date]int{civil.Of(2010, 1, 1): 0, civil.Of(2011, 7, 1): 1, civil.Of(2012, 6, 30): 1, civil.Of(2012, 7, 1): 0} {
		listed, err := l.ListedAs(ctx, []string{"example arms", "nobody"}, civil.Interval{From: day, To: day}, "")
		if err != nil || len(listed) != 1 || len(listed[0].Listings) != want {
			t.Errorf("%v: %+v %v", day, listed, err)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	l, err := Open(context.Background(), filepath.Join(b.TempDir(), "l.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	n := 0
	for b.Loop() {
		_, err := l.Import(context.Background(), RegisterFile{Kind: register.Votes, Name: "v", SHA256: fmt.Sprint(n)}, func(emit func(*register.Entry) error) error {
			for range batchSize {
				n++
				e := &register.Entry{Kind: register.KindBallot, Key: fmt.Sprintf("A/RES/%d\x1fFRA", n), Subject: fmt.Sprintf("A/RES/%d", n), Object: "FRA", First: "2012-01-01", Last: "2012-01-01", Body: []byte(`{"symbol":"A/RES/1","country":"FRA","vote":"yes"}`)}
				if err := emit(e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
