package cli

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// raids are two tellings of one raid, with tolls that exclude each other, and one of another town.
var raids = []string{
	"VELM, Syria, March 3 - Army jets bombed the crowded fish market of Aleppo on Tuesday and killed 31 civilians, rescuers said.\n",
	"DAMASCUS, March 3 - The bombing of the crowded fish market of Aleppo killed 12 civilians on Tuesday, the Red Cross said.\n",
	"DERAA, Syria, March 3 - Gunmen killed 9 soldiers near Deraa on Tuesday, the Red Cross said.\n",
}

// What people decide goes before the scores, and can be taken back.
func TestMergeAndSplit(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	on := func(args ...string) result { return annals(t, "", append(args, "--ledger", db)...) }
	for i, text := range raids {
		path := file(t, string(rune('a'+i))+".txt", text)
		if r := on("ingest", path, "--date", "2020-03-03"); r.code != exitOK {
			t.Fatalf("ingest: exit %d, %s", r.code, r.err)
		}
	}
	dispute := regexp.MustCompile(`d[0-9a-f]{16}`)
	listed := on("disputes", "--json")
	id := dispute.FindString(listed.out)
	if listed.code != exitOK || id == "" || strings.Count(listed.out, "\n") != 1 {
		t.Fatalf("disputes: exit %d, want one dispute, got %q %s", listed.code, listed.out, listed.err)
	}
	shown := on("show", id)
	for _, part := range []string{"figures", "31", "12", "killed 31 civilians", "killed 12 civilians"} {
		if !strings.Contains(shown.out, part) {
			t.Errorf("show %s does not hold %q:\n%s", id, part, shown.out)
		}
	}
	claims := regexp.MustCompile(`"id":"(c[0-9a-f]{16})"`).FindAllStringSubmatch(listed.out, -1)
	if len(claims) < 2 {
		t.Fatalf("the dispute names %d claims: %s", len(claims), listed.out)
	}
	split := on("split", claims[0][1], claims[len(claims)-1][1], "--why", "two raids")
	if split.code != exitOK || !strings.Contains(split.out, "split") {
		t.Fatalf("split: exit %d, %q %s", split.code, split.out, split.err)
	}
	if after := on("disputes"); strings.Contains(after.out, "killed 31") {
		t.Errorf("what was split is still disputed:\n%s", after.out)
	}
	if r := on("show", regexp.MustCompile(`h[0-9a-f]{16}`).FindString(listed.out)); !strings.Contains(r.out, "two raids") {
		t.Errorf("the happening does not tell of the decision:\n%s%s", r.out, r.err)
	}
	number := regexp.MustCompile(`decision (\d+)`).FindStringSubmatch(split.out)
	if r := on("split", "--undo", number[1], "--why", "one after all"); r.code != exitOK {
		t.Fatalf("undo: exit %d, %s", r.code, r.err)
	}
	if after := on("disputes"); !strings.Contains(after.out, "killed 31") {
		t.Errorf("undoing the split does not bring the dispute back:\n%s", after.out)
	}
	// The third story is of another happening until a person says otherwise.
	third := regexp.MustCompile(`c[0-9a-f]{16}`).FindString(on("claims", `text:"9 soldiers"`, "--json").out)
	merge := on("merge", claims[0][1], third, "--why", "one battle")
	if merge.code != exitOK || !strings.Contains(merge.out, "merge") {
		t.Fatalf("merge: exit %d, %q %s", merge.code, merge.out, merge.err)
	}
	if why := on("why", third); !strings.Contains(why.out, strings.Fields(merge.out)[0]+" "+strings.Fields(merge.out)[1]) {
		t.Errorf("annals why does not tell of the merge:\n%s", why.out)
	}
	if r := on("verify"); r.code != exitOK {
		t.Errorf("verify: exit %d, %s%s", r.code, r.out, r.err)
	}
}

func TestDecisionsAreAsked(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	if r := annals(t, "", "ingest", file(t, "a.txt", raids[0]), "--date", "2020-03-03", "--ledger", db); r.code != exitOK {
		t.Fatal(r.err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"one id":      {[]string{"merge", "c0000000000000000"}, exitUsage, "two ids"},
		"no id":       {[]string{"split"}, exitUsage, "two ids"},
		"ids to undo": {[]string{"split", "c0", "c1", "--undo", "1"}, exitUsage, "two ids"},
		"unknown ids": {[]string{"merge", "c0000000000000000", "c0000000000000001"}, exitFailure, "holds nothing"},
		"no decision": {[]string{"merge", "--undo", "7"}, exitFailure, "holds nothing"},
		"bad query":   {[]string{"disputes", "colour:red"}, exitUsage, "column 1"},
	} {
		if r := annals(t, "", append(c.args, "--ledger", db)...); r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%s: exit %d, want %d; %q does not say %q", name, r.code, c.code, r.err, c.says)
		}
	}
}
