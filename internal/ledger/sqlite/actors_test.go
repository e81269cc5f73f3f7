package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

func TestActorsAreListedWithTheirClaims(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, filepath.Join(t.TempDir(), "l.db"), newClock())
	if _, err := l.Ingest(ctx, strikes()); err != nil {
		t.Fatal(err)
	}
	again := *strikes()[0] // another run reads a story: its claims are not counted twice
	again.Run.Version = "2"
	if _, err := l.Ingest(ctx, []*record.Record{&again}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		values string
		want   string // ids, those of most claims first
	}{
		{"ARV", "arvania-army velm-front"},
		{"ARVMIL", "arvania-army"},
		{"velm front", "velm-front"},
		{"ARVREB,rescu", "rescuers velm-front"},
		{"nobody", ""},
	} {
		got, err := l.Actors(ctx, strings.Split(c.values, ","), "", 0)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, a := range got {
			ids = append(ids, a.ID)
		}
		if s := strings.Join(ids, " "); s != c.want {
			t.Errorf("%q: %s, want %s", c.values, s, c.want)
		}
	}
	all, err := l.Actors(ctx, nil, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	checkArmy(t, all)
	if got, err := l.Actors(ctx, nil, "1990", 0); err != nil || len(got) != 0 {
		t.Errorf("%d actors were known before anything was (%v)", len(got), err)
	}
	if got, err := l.Actors(ctx, nil, "", 2); err != nil || len(got) != 2 {
		t.Errorf("%d actors, want 2 (%v)", len(got), err)
	}
}

func checkArmy(t *testing.T, rows []ledger.ActorRow) {
	t.Helper()
	for _, a := range rows {
		if a.ID != "arvania-army" {
			continue
		}
		want := ledger.ActorRow{ID: "arvania-army", Name: "army of Arvania", Kind: "organisation", Code: "ARVMIL", Country: "ARV", Claims: 3, Acts: 3, First: "2012-11-05", Last: "2012-12-24"}
		if a != want {
			t.Errorf("got %+v, want %+v", a, want)
		}
		return
	}
	t.Errorf("the army is not among %d actors", len(rows))
}
