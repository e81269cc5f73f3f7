package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/record"
)

// writeRecords writes records as annals read --jsonl does.
func writeRecords(t *testing.T, path string, records ...*record.Record) string {
	t.Helper()
	var out strings.Builder
	for _, r := range records {
		body, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(body, '\n'))
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What annals read prints, in both of its JSON forms, is what annals ingest --records takes.
func TestIngestRecords(t *testing.T) {
	dir := t.TempDir()
	path := file(t, "story.txt", story)
	for _, form := range []string{"--json", "--jsonl"} {
		records := filepath.Join(dir, form)
		read := annals(t, "", "read", form, path, "--date", "2020-03-03")
		if err := os.WriteFile(records, []byte(read.out+read.out), 0o644); err != nil {
			t.Fatal(err)
		}
		db := filepath.Join(dir, form+".db")
		r := annals(t, "", "ingest", "--records", records, "--ledger", db)
		if r.code != exitOK || strings.Count(r.out, "added\t") != 1 || strings.Count(r.out, "already\t") != 1 {
			t.Fatalf("%s: exit %d, %q %q", form, r.code, r.out, r.err)
		}
		fields := strings.Split(strings.SplitN(r.out, "\n", 2)[0], "\t")
		if shown := annals(t, "", "show", fields[1], "--json", "--ledger", db); shown.out != annals(t, "", "read", "--json", path, "--date", "2020-03-03").out {
			t.Errorf("%s: the record came back as\n%s", form, shown.out)
		}
	}
}

// Broken records are named by line, and the rest is kept.
func TestIngestBrokenRecords(t *testing.T) {
	dir := t.TempDir()
	good, other, bad := plainRecord(1, 2), plainRecord(2, 2), plainRecord(3, 2)
	bad.Claims[1].Proposition = "p0"
	path := writeRecords(t, filepath.Join(dir, "r.jsonl"), good, bad, other)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body = append(body, "\n{\"schema\": 1, \nnot json\n[]\n{\n  \"schema\": 1,\n"...)
	if err := os.WriteFile(path, body, 0o644); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "l.db")
	r := annals(t, "", "ingest", "--records", path, "--ledger", db)
	if r.code != exitPartial || strings.Count(r.out, "added\t") != 2 {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
	for _, want := range []string{`r.jsonl:2: claim c3-1: its proposition "p0"`, "r.jsonl:5", "r.jsonl:6", "r.jsonl:7", "r.jsonl:8: the record does not end"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("standard error does not say %q:\n%s", want, r.err)
		}
	}
	if r := annals(t, "", "ingest", "--records", "--date", "2012-11-05", path, "--ledger", db); r.code != exitUsage {
		t.Errorf("--records with --date: exit %d", r.code)
	}
	if r := annals(t, "", "verify", "--ledger", db); r.code != exitOK {
		t.Errorf("verify: exit %d, %q", r.code, r.out)
	}
}

func TestRunsAndDiff(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "l.db")
	first, second := plainRecord(1, 3), plainRecord(1, 3)
	second.Run.Version = "next"
	second.Claims[0].Polarity, second.Claims[0].Realised = "negative", false
	second.Claims = second.Claims[:2]
	if r := annals(t, "", "ingest", "--records", writeRecords(t, filepath.Join(dir, "1.jsonl"), first, plainRecord(2, 1)), "--ledger", db); r.code != exitOK {
		t.Fatal(r.err)
	}
	if r := annals(t, "", "diff", "--ledger", db); r.code != exitUsage || !strings.Contains(r.err, "needs two") {
		t.Errorf("a diff of one run: exit %d, %q", r.code, r.err)
	}
	if r := annals(t, "", "ingest", "--records", writeRecords(t, filepath.Join(dir, "2.jsonl"), second), "--ledger", db); !strings.HasPrefix(r.out, "reread\t") {
		t.Fatal(r.out, r.err)
	}
	runs := annals(t, "", "runs", "--json", "--ledger", db)
	names := strings.Split(strings.TrimSpace(runs.out), "\n")
	var newest, oldest struct {
		Name string
		Open int
	}
	if len(names) != 2 || json.Unmarshal([]byte(names[0]), &newest) != nil || json.Unmarshal([]byte(names[1]), &oldest) != nil || newest.Open != 1 || oldest.Open != 1 {
		t.Fatalf("runs: %q", runs.out)
	}
	for _, args := range [][]string{{"diff"}, {"diff", first.Article.ID}, {"diff", "type:AID", "--run", oldest.Name[:6], "--run", newest.Name}, {"diff", first.Article.ID, "--run", oldest.Name}} {
		r := annals(t, "", append(args, "--ledger", db)...)
		if r.code != exitOK || !strings.Contains(r.out, "polarity    positive → negative") || !strings.Contains(r.out, "\n  - AID") || !strings.Contains(r.err, "compared 1 articles: 1 claims alike, 1 changed, 1 gone, 0 new") {
			t.Errorf("%q: exit %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	back := annals(t, "", "diff", "--json", "--run", newest.Name, "--run", oldest.Name, "--ledger", db)
	if strings.Count(back.out, "\n") != 2 || !strings.Contains(back.out, `"kind":"new"`) || !strings.Contains(back.out, `"before":"negative","after":"positive"`) {
		t.Errorf("the other way round: %s", back.out)
	}
	if none := annals(t, "", "diff", "type:ASSAULT", "--ledger", db); none.out != "" || none.code != exitOK {
		t.Errorf("a query that nothing fits: exit %d, %q", none.code, none.out)
	}
	for _, args := range [][]string{{"diff", "--run", "zz"}, {"diff", "--run", newest.Name}, {"diff", "--run", "a", "--run", "b", "--run", "c"}} {
		if r := annals(t, "", append(args, "--ledger", db)...); r.code != exitUsage {
			t.Errorf("%q: exit %d, %q", args, r.code, r.err)
		}
	}
}

// A corrected text under the same address replaces the earlier one, and the difference can be asked for.
func TestCorrection(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	lines := func(text string) string {
		body, err := json.Marshal(map[string]string{"text": text, "url": "https://example.com/raid", "date": "2020-03-03"})
		if err != nil {
			t.Fatal(err)
		}
		return string(body) + "\n"
	}
	first := annals(t, lines(story), "ingest", "-", "--ledger", db)
	second := annals(t, lines(strings.Replace(story, "at least 12", "at least 9", 1)), "ingest", "-", "--ledger", db)
	if !strings.HasPrefix(first.out, "added\t") || !strings.HasPrefix(second.out, "corrected\t") {
		t.Fatalf("%q %q %s", first.out, second.out, second.err)
	}
	id := strings.Split(second.out, "\t")[1]
	if r := annals(t, "", "diff", id, "--ledger", db); r.code != exitOK || !strings.Contains(r.out, "casualties") || !strings.Contains(r.out, "~ ASSAULT") {
		t.Errorf("exit %d: %s %s", r.code, r.out, r.err)
	}
	if claims := annals(t, "", "claims", "--ledger", db); strings.Contains(claims.out, "at least 12") || !strings.Contains(claims.out, "at least 9") {
		t.Errorf("the earlier text still stands: %s", claims.out)
	}
	// Another story under that address is no correction.
	other := "CAIRO, March 4 (Example Wire) - The president of Egypt met the prime minister of Italy on Wednesday and signed a trade deal, state television said."
	if r := annals(t, lines(other), "ingest", "-", "--ledger", db); !strings.HasPrefix(r.out, "added\t") {
		t.Errorf("another story: %q %q", r.out, r.err)
	}
	if r := annals(t, "", "verify", "--ledger", db); r.code != exitOK {
		t.Errorf("verify: %s", r.out)
	}
}

func TestCounts(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "l.db")
	denied := plainRecord(2, 1)
	denied.Claims[0].Polarity, denied.Claims[0].Realised = "negative", false
	denied.Claims[0].Reported = ""
	if r := annals(t, "", "ingest", "--records", writeRecords(t, filepath.Join(dir, "r.jsonl"), plainRecord(1, 3), denied), "--ledger", db); r.code != exitOK {
		t.Fatal(r.err)
	}
	for _, c := range []struct{ args, want string }{
		{"--by month,type --csv", "month,type,asserted,denied,other,claims\n,AID,0,1,0,1\n2012-11,AID,3,0,0,3\n"},
		{"--by month,actor,recipient --csv", "month,actor,recipient,asserted,denied,other,claims\n,RUS,,0,1,0,1\n2012-11,RUS,,3,0,0,3\n"},
		{"polarity:negative --by actor --json", `{"by":["RUS"],"asserted":0,"denied":1,"other":0,"claims":1}` + "\n"},
		{"reported:2012-11 --by week", "week      asserted  denied  other  claims\n2012-W45  3         0       0      3\n"},
		{"--as-of 2012-11 --by type --csv", "type,asserted,denied,other,claims\n"},
	} {
		if r := annals(t, "", append(append([]string{"counts"}, strings.Fields(c.args)...), "--ledger", db)...); r.code != exitOK || r.out != c.want {
			t.Errorf("counts %s: exit %d\n%s\nwant\n%s%s", c.args, r.code, r.out, c.want, r.err)
		}
	}
	for _, args := range []string{"--by colour", "--by day,day", "--as-of yesterday", "colour:red"} {
		if r := annals(t, "", append(append([]string{"counts"}, strings.Fields(args)...), "--ledger", db)...); r.code != exitUsage {
			t.Errorf("counts %s: exit %d, %q", args, r.code, r.err)
		}
	}
}
