package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"annals/internal/transfer"
)

const dealsFile = `Trade register
Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Syria,Russia,2007,?,12,?,Lynx-2M,SAM system,8,,2010; 2011; 2012,New,,30,360,240
Syria,Russia,7,,12,,Lynx-2M,SAM system,8,,2010,New,,30,360,240
Syria,Russia,2008,,12,,Cut
`

func TestImport(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	deals := file(t, "deals.csv", dealsFile)
	r := annals(t, "", "import", "sipri", deals, "--ledger", db)
	if r.code != exitPartial || !strings.Contains(r.out, "added 1, changed 0, knew 0 already, refused 2") {
		t.Errorf("exit %d: %q %q", r.code, r.out, r.err)
	}
	for _, want := range []string{deals + ": line 4: order: the year 7 lies outside", deals + ": line 5: the row has 7 cells"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("standard error does not say %q:\n%s", want, r.err)
		}
	}
	if r = annals(t, "", "import", "sipri", deals, "--ledger", db); r.code != exitPartial || !strings.Contains(r.out, "imported before") {
		t.Errorf("again: exit %d: %q %q", r.code, r.out, r.err)
	}
	good := file(t, "votes.csv", "draft,date,vetoed_by,yes,no,abstain\nS/2012/77,2012-02-04,Russia; China,13,2,0\n")
	if r = annals(t, "", "import", "votes", good, "--ledger", db, "--json"); r.code != exitOK || !strings.Contains(r.out, `"added":1`) {
		t.Errorf("votes: exit %d: %q %q", r.code, r.out, r.err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no such file":          {[]string{"sipri", filepath.Join(t.TempDir(), "none.csv")}, exitFailure, "none.csv"},
		"one file of two":       {[]string{"votes", good, file(t, "x.csv", "a,b\n1,2\n")}, exitPartial, "header"},
		"no row at all":         {[]string{"votes", file(t, "y.csv", "draft,date,yes\nS/1,2012-13-01,3\n")}, exitFailure, "no row could be understood"},
		"an unknown kind":       {[]string{"gdelt", good}, exitUsage, "sipri"},
		"entities that are CSV": {[]string{"entities", good}, exitFailure, "no JSON object"},
	} {
		r := annals(t, "", append(append([]string{"import"}, c.args...), "--ledger", db)...)
		if r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%s: exit %d, want %d: %q", name, r.code, c.code, r.err)
		}
	}
	if r = annals(t, "", "verify", "--ledger", db); r.code != exitOK {
		t.Errorf("verify: exit %d: %q %q", r.code, r.out, r.err)
	}
}

func TestTransfers(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	if r := annals(t, "", "transfers", "--ledger", db); r.code != exitNoLedger {
		t.Errorf("without a ledger: exit %d, %q", r.code, r.err)
	}
	if r := annals(t, "", "ingest", "../../examples/arms-for-syria.txt", "--ledger", db, "--date", "2012-11-05"); r.code != exitOK {
		t.Fatalf("ingest: exit %d: %q", r.code, r.err)
	}
	annals(t, "", "import", "sipri", file(t, "deals.csv", dealsFile), "--ledger", db)
	r := annals(t, "", "transfers", "--from", "rus", "--to", "SYR", "--ledger", db)
	for _, want := range []string{
		"in delivery  asserted (CT+)", "Sergei Lavrov ‹ al-Ahram ‹ Example Wire", "1000000000 USD of 2011", "in its own voice", "refused  not, conditional (U)", "UN Register IV",
		"12? × Lynx-2M (SAM system), delivered 8 in 2010…2012", "deals.csv line 3", "EU-SYR-2011", "in force, does not bind this supplier", "LAS-SYR-2011", "USA-SYR-1979",
		"(in force on part of these days)", "the register has no arms embargo of the UN on SYR", "vetoed by CHN, RUS", "side by side",
	} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the output does not hold %q:\n%s", want, r.out)
		}
	}
	if r.code != exitOK || strings.Contains(r.out, "Qatar") {
		t.Errorf("exit %d, or Qatar among transfers from Russia", r.code)
	}
	if r = annals(t, "", "transfers", "--brief", "--ledger", db); !strings.Contains(r.out, "Qatar ‹ Example Wire · deny") || !strings.Contains(r.out, "Western powers") || strings.Contains(r.out, "EU-SYR-2011") {
		t.Errorf("brief:\n%s", r.out)
	}
	lines := annals(t, "", "transfers", "--json", "--on", "2011-06", "--ledger", db)
	var d transfer.Dossier
	if err := json.Unmarshal([]byte(lines.out), &d); err != nil || d.Law == nil || d.Law.First != "2011-06-01" || len(d.Deals) != 1 {
		t.Fatalf("%v: %s", err, lines.out)
	}
	if r = annals(t, "", "show", d.ID, "--ledger", db); r.code != exitOK || !strings.Contains(r.out, "1000000000 USD") {
		t.Errorf("show %s: exit %d: %q %q", d.ID, r.code, r.out, r.err)
	}
	for _, args := range [][]string{{"--on", "yesterday"}, {"--on", "2011", "--between", "2011..2012"}, {"colour:red"}} {
		if r = annals(t, "", append(append([]string{"transfers"}, args...), "--ledger", db)...); r.code != exitUsage {
			t.Errorf("%q: exit %d: %q", args, r.code, r.err)
		}
	}
}

func TestListed(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	list := file(t, "e.json", `{"id":"e1","schema":"Company","caption":"Éxample Arms","properties":{"alias":["EXA"],"country":["ru"],"sanctions":[{"id":"s1","schema":"Sanction","properties":{"authority":["Council"],"program":["P"],"startDate":["2011"],"endDate":["2012-06"]}}]}}`+"\n")
	if r := annals(t, "", "import", "entities", list, "--ledger", db); r.code != exitOK {
		t.Fatalf("exit %d: %q", r.code, r.err)
	}
	for day, want := range map[string]string{"": "Council P 2011…2012-06", "2012": "Council P 2011…2012-06", "2013": "no listing in these days"} {
		args := []string{"listed", "example arms", "--ledger", db}
		if day != "" {
			args = append(args, "--on", day)
		}
		if r := annals(t, "", args...); r.code != exitOK || !strings.Contains(r.out, want) {
			t.Errorf("on %q: exit %d: %q %q", day, r.code, r.out, r.err)
		}
	}
	if r := annals(t, "", "listed", "Example", "--ledger", db); r.code != exitOK || !strings.Contains(r.err, "no imported list") {
		t.Errorf("part of a name: exit %d: %q %q", r.code, r.out, r.err)
	}
}
