package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/record"
)

// result is what a command left behind.
type result struct {
	code     int
	out, err string
}

func annals(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(args, strings.NewReader(stdin), &out, &errs)
	return result{code, out.String(), errs.String()}
}

const story = `ANKARA, March 3 (Example Wire) - Turkish warplanes bombed rebel positions in northern Iraq on Monday, killing at least 12 fighters, the defence ministry said.

"We will not stop," Defence Minister Hulusi Akar told reporters.
`

func file(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadForAPerson(t *testing.T) {
	r := annals(t, "", "read", file(t, "story.txt", story), "--date", "2020-03-03")
	if r.code != exitOK {
		t.Fatalf("exit %d: %s", r.code, r.err)
	}
	for _, want := range []string{"Example Wire · ANKARA · 2020-03-03", "Turkey", "ASSAULT", "[bombed]", "Actors", "Figures"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the output does not hold %q:\n%s", want, r.out)
		}
	}
	if strings.Contains(r.out, "\x1b[") {
		t.Error("colour was written to what is no terminal")
	}
}

func TestReadAsJSON(t *testing.T) {
	path := file(t, "story.txt", story)
	first := annals(t, "", "read", path, "--json", "--date", "2020-03-03")
	var rec record.Record
	if err := json.Unmarshal([]byte(first.out), &rec); err != nil || rec.Schema != record.Schema || len(rec.Claims) == 0 {
		t.Fatalf("%v, schema %d, %d claims", err, rec.Schema, len(rec.Claims))
	}
	text := []rune(rec.Article.Text)
	for _, c := range rec.Claims {
		for _, e := range c.Evidence {
			if string(text[e.Start:e.End]) != e.Exact {
				t.Errorf("evidence %q is at %d–%d, where the text has %q", e.Exact, e.Start, e.End, string(text[e.Start:e.End]))
			}
		}
	}
	if second := annals(t, "", "read", path, "--json", "--date", "2020-03-03"); second.out != first.out {
		t.Error("the same article gave other bytes")
	}
	if lines := annals(t, "", "read", path, path, "--jsonl", "--date", "2020-03-03"); strings.Count(lines.out, "\n") != 2 {
		t.Errorf("--jsonl wrote %d lines for two articles", strings.Count(lines.out, "\n"))
	}
}

// Bad input gets a clear error or a smaller record, never a panic.
func TestBadInput(t *testing.T) {
	sentence := strings.Repeat("the army and ", 17_000) + "went home."
	for name, c := range map[string]struct {
		file, body string
		args       []string
		code       int
		says       string // on standard error
	}{
		"empty":            {"a.txt", "", nil, exitFailure, "empty"},
		"blank":            {"a.txt", " \n\t\n", nil, exitFailure, "empty"},
		"binary":           {"a.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" + strings.Repeat("\x00\x01\x02\xff", 500), nil, exitFailure, "text"},
		"invalid UTF-8":    {"a.txt", "The minister went to Par\xe9s on Monday, officials in the capital said.", nil, exitOK, ""},
		"unbalanced marks": {"a.txt", `"We will go, he said. "They "stay, the minister added.`, nil, exitOK, ""},
		"no date":          {"a.txt", "The army killed ten rebels on Monday.", nil, exitOK, ""},
		"future date":      {"a.txt", "The army killed ten rebels on Monday.", []string{"--date", "2999-01-01"}, exitOK, ""},
		"bad date":         {"a.txt", "The army killed ten rebels.", []string{"--date", "yesterday"}, exitUsage, "YYYY-MM-DD"},
		"another language": {"a.txt", "Der Minister hat am Montag erklärt, dass die Armee nicht in die Stadt gehen wird und dass die Gespräche mit der Opposition weitergehen.", nil, exitFailure, "--force"},
		"forced":           {"a.txt", "Der Minister hat am Montag erklärt, dass die Armee nicht in die Stadt gehen wird und dass die Gespräche mit der Opposition weitergehen.", []string{"--force"}, exitOK, ""},
		"page, no body":    {"a.html", "<html><head><title>x</title></head></html>", nil, exitFailure, "text"},
		"long sentence":    {"a.txt", sentence, nil, exitOK, ""},
		"only marks":       {"a.txt", "… — “” () !!! ???", nil, exitOK, ""},
		"one letter":       {"a.txt", "a", nil, exitOK, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := annals(t, "", append([]string{"read", file(t, c.file, c.body)}, c.args...)...)
			if r.code != c.code || !strings.Contains(r.err, c.says) {
				t.Errorf("exit %d, want %d; said %q, want %q in it", r.code, c.code, r.err, c.says)
			}
		})
	}
}

// A file of 100 MB is no article: it is refused before it fills the memory.
func TestHugeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.txt")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(100 << 20); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if r := annals(t, "", "read", path); r.code != exitFailure || !strings.Contains(r.err, ".jsonl") {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{}, exitOK, ""},
		{[]string{"--help"}, exitOK, ""},
		{[]string{"read", "--help"}, exitOK, ""},
		{[]string{"version"}, exitOK, ""},
		{[]string{"fly"}, exitUsage, "fly"},
		{[]string{"read"}, exitUsage, "input"},
		{[]string{"read", "no-such-file.txt"}, exitFailure, "no-such-file.txt"},
		{[]string{"annotate", "--layers", "tokens,colours"}, exitUsage, "colours"},
		{[]string{"serve", "--listen", "0.0.0.0:80", "--ledger", "none.db"}, exitUsage, "127.0.0.1"},
	} {
		r := annals(t, "", c.args...)
		if r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%q: exit %d, want %d; said %q", c.args, r.code, c.code, r.err)
		}
	}
	help := annals(t, "", "--help").out
	for _, want := range []string{"read", "annotate", "ingest", "Exit status"} {
		if !strings.Contains(help, want) {
			t.Errorf("the help does not speak of %q", want)
		}
	}
}

func TestPartialSuccess(t *testing.T) {
	good := file(t, "good.txt", story)
	r := annals(t, "", "read", good, "missing.txt", "--jsonl")
	if r.code != exitPartial || strings.Count(r.out, "\n") != 1 || !strings.Contains(r.err, "missing.txt") {
		t.Errorf("exit %d, %d lines, said %q", r.code, strings.Count(r.out, "\n"), r.err)
	}
}

func TestAnnotate(t *testing.T) {
	in := `{"doc_id":"x","text":"Café: Russia denied it.","date":"2012-11-05"}` + "\n" + `{"doc_id":"y","text":""}` + "\n" + "broken\n"
	r := annals(t, in, "annotate")
	if r.code != exitPartial || !strings.Contains(r.err, "-:3") {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines:\n%s", len(lines), r.out)
	}
	var d struct {
		DocID  string `json:"doc_id"`
		Tokens []struct {
			Start, End int
			Form       string
		} `json:"tokens"`
		Events *[]any `json:"events"`
	}
	if err := json.Unmarshal([]byte(lines[0]), &d); err != nil || d.DocID != "x" || d.Events == nil {
		t.Fatalf("%v %+v", err, d)
	}
	text := []rune("Café: Russia denied it.")
	for _, token := range d.Tokens {
		if string(text[token.Start:token.End]) != token.Form {
			t.Errorf("token %q is at %d–%d in code points", token.Form, token.Start, token.End)
		}
	}
	if only := annals(t, `{"text":"Go."}`, "annotate", "--layers", "sentences"); strings.Contains(only.out, `"tokens"`) || !strings.Contains(only.out, `"sentences":[[0,3]]`) {
		t.Errorf("--layers sentences wrote %s", only.out)
	}
}

func TestAnnotateFormats(t *testing.T) {
	in := `{"doc_id":"x","text":"Sergei Lavrov didn't go to Cairo.","date":"2012-11-05"}`
	conllu := annals(t, in, "annotate", "--format", "conllu")
	if !strings.Contains(conllu.out, "\tn't\tnot\t") || !strings.Contains(conllu.out, "3-4\tdidn't") || !strings.Contains(conllu.out, "SpaceAfter=No") {
		t.Errorf("CoNLL-U:\n%s", conllu.out)
	}
	again := annals(t, conllu.out, "annotate", "--input", "conllu", "--format", "conllu")
	if again.code != exitOK || again.out != conllu.out {
		t.Errorf("reading our own CoNLL-U gave (exit %d)\n%s\nwant\n%s", again.code, again.out, conllu.out)
	}
	if bio := annals(t, in, "annotate", "--format", "bio"); !strings.Contains(bio.out, "Sergei\tB-PER\nLavrov\tI-PER\n") {
		t.Errorf("BIO:\n%s", bio.out)
	}
	if web := annals(t, in, "annotate", "--format", "webannotation"); !strings.Contains(web.out, `"TextQuoteSelector"`) {
		t.Errorf("web annotation:\n%s", web.out)
	}
	if bad := annals(t, "1\tx\n", "annotate", "--input", "conllu"); bad.code != exitFailure || !strings.Contains(bad.err, "line 1") {
		t.Errorf("broken CoNLL-U: exit %d, %q", bad.code, bad.err)
	}
}

func TestLedgerCommands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	if r := annals(t, "", "claims", "--ledger", db); r.code != exitNoLedger {
		t.Errorf("claims without a ledger: exit %d, %q", r.code, r.err)
	}
	path := file(t, "story.txt", story)
	for i, want := range []string{"added\t", "already\t"} {
		r := annals(t, "", "ingest", path, "--ledger", db, "--date", "2020-03-03")
		if r.code != exitOK || !strings.HasPrefix(r.out, want) {
			t.Fatalf("ingest %d: exit %d, %q %q", i, r.code, r.out, r.err)
		}
	}
	claims := annals(t, "", "claims", "type:ASSAULT", "--ledger", db, "--json")
	var row struct{ ID, Article string }
	line, _, _ := strings.Cut(claims.out, "\n")
	if err := json.Unmarshal([]byte(line), &row); err != nil {
		t.Fatalf("%v: %q", err, claims.out)
	}
	for _, args := range [][]string{
		{"claims", "actor:TUR"}, {"events"}, {"show", row.ID}, {"show", row.Article}, {"why", row.ID}, {"verify"},
	} {
		r := annals(t, "", append(args, "--ledger", db)...)
		if r.code != exitOK || r.out == "" {
			t.Errorf("%q: exit %d, %q", args, r.code, r.err)
		}
	}
	for _, args := range [][]string{{"show", "c00"}, {"why", "a00"}} {
		if r := annals(t, "", append(args, "--ledger", db)...); r.code != exitFailure || !strings.Contains(r.err, "nothing under that id") {
			t.Errorf("%q: exit %d, %q", args, r.code, r.err)
		}
	}
	if r := annals(t, "", "claims", "colour:red", "--ledger", db); r.code != exitUsage || !strings.Contains(r.err, "column 1") {
		t.Errorf("bad query: exit %d, %q", r.code, r.err)
	}
	copyTo := filepath.Join(t.TempDir(), "copy.db")
	if r := annals(t, "", "backup", copyTo, "--ledger", db); r.code != exitOK {
		t.Errorf("backup: exit %d, %q", r.code, r.err)
	}
}

// An archive gives the same bytes whichever core reads what.
func TestOrder(t *testing.T) {
	var in strings.Builder
	for i := range 60 {
		body, err := json.Marshal(map[string]string{"doc_id": string(rune('a' + i%26)), "text": strings.Repeat(story, 1+i%5)})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(body)
		in.WriteByte('\n')
	}
	first := annals(t, in.String(), "annotate", "--layers", "sentences")
	second := annals(t, in.String(), "annotate", "--layers", "sentences")
	if first.out != second.out || strings.Count(first.out, "\n") != 60 {
		t.Error("two runs over an archive differ")
	}
}

func TestDictionary(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{
		"own.actors.txt": "EGYPT [EGY]\nJORDAN [JOR]\nBAD [XXX 2001]\n",
		"own.verbs.txt":  "--- PRAISE [051] ---\nPRAISE\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "own.dict")
	r := annals(t, "", "dict", "import", dir, "--out", out)
	if r.code != exitPartial || !strings.Contains(r.err, "own.actors.txt:3: ") || !strings.Contains(r.err, "2 actor phrases") {
		t.Fatalf("exit %d: %s", r.code, r.err)
	}
	story := file(t, "story.txt", "Egypt praised Jordan on Monday.\n")
	r = annals(t, "", "read", story, "--date", "2012-11-05", "--dict", out)
	if r.code != exitOK || !strings.Contains(r.out, "Codings by the dictionary") || !strings.Contains(r.out, "own.verbs.txt:2") {
		t.Errorf("exit %d: %s\n%s", r.code, r.err, r.out)
	}
	r = annals(t, "", "read", "--json", story, "--date", "2012-11-05", "--dict", out)
	var rec record.Record
	if err := json.Unmarshal([]byte(r.out), &rec); err != nil || len(rec.Codings) != 1 || rec.Codings[0].Rule != "petrarch:own.verbs.txt:2" || rec.Codings[0].Claim == "" {
		t.Errorf("%v: %+v", err, rec.Codings)
	}
	if rec.Run.Models["dictionary"] == "" {
		t.Error("the run does not name the dictionary")
	}
	r = annals(t, `{"text":"Egypt praised Jordan."}`, "annotate", "--dict", out, "--layers", "codings")
	if r.code != exitOK || !strings.Contains(r.out, `"codings":[{"anchor":[6,13]`) {
		t.Errorf("exit %d: %s\n%s", r.code, r.err, r.out)
	}
	for _, bad := range [][]string{
		{"read", story, "--dict", story},
		{"read", story, "--dict", filepath.Join(dir, "none")},
		{"dict", "import", filepath.Join(dir, "none"), "--out", out},
		{"dict", "import", story, "--out", filepath.Join(dir, "x")},
	} {
		if r := annals(t, "", bad...); r.code != exitFailure {
			t.Errorf("%v: exit %d: %s", bad, r.code, r.err)
		}
	}
}

func TestExport(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	if r := annals(t, "", "ingest", file(t, "story.txt", story), "--ledger", db, "--date", "2020-03-03"); r.code != exitOK {
		t.Fatalf("ingest: exit %d, %q", r.code, r.err)
	}
	claims := annals(t, "", "claims", "--ledger", db, "--json")
	lines := annals(t, "", "export", "--format", "jsonl", "--ledger", db)
	if n := strings.Count(claims.out, "\n"); n == 0 || lines.code != exitOK || strings.Count(lines.out, "\n") != n || !strings.Contains(lines.err, "wrote") {
		t.Errorf("exit %d, %d lines for %d claims: %q", lines.code, strings.Count(lines.out, "\n"), n, lines.err)
	}
	if only := annals(t, "", "export", "type:ASSAULT", "--format", "csv", "--ledger", db); only.code != exitOK || !strings.Contains(only.out, "ASSAULT") {
		t.Errorf("exit %d, %q %q", only.code, only.out, only.err)
	}
	for _, format := range []string{"gdelt-events", "gdelt-mentions", "polecat", "icews", "phoenix", "plover", "acled", "webannotation", "ftm", "ftm-statements"} {
		a := annals(t, "", "export", "--format", format, "--include", "all", "--ledger", db)
		b := annals(t, "", "export", "--format", format, "--include", "all", "--ledger", db)
		if a.code != exitOK || a.out != b.out {
			t.Errorf("%s: exit %d, %q; two exports of one ledger are the same: %v", format, a.code, a.err, a.out == b.out)
		}
	}
	dir := t.TempDir()
	for i, code := range []int{exitOK, exitFailure} { // a file that exists is never written over
		if r := annals(t, "", "export", "--format", "parquet", "-o", filepath.Join(dir, "out.parquet"), "--ledger", db); r.code != code {
			t.Errorf("export %d: exit %d, want %d: %q", i, r.code, code, r.err)
		}
	}
	if body, err := os.ReadFile(filepath.Join(dir, "out.parquet")); err != nil || !bytes.HasPrefix(body, []byte("PAR1")) {
		t.Errorf("the file is no Parquet (%v)", err)
	}
	if r := annals(t, "", "export", "--format", "gdelt", "--out", filepath.Join(dir, "gdelt"), "--ledger", db); r.code != exitOK {
		t.Errorf("gdelt: exit %d, %q", r.code, r.err)
	}
	if files, err := os.ReadDir(filepath.Join(dir, "gdelt")); err != nil || len(files) != 2 {
		t.Errorf("gdelt wrote %v, %v", files, err)
	}
	for _, wrong := range [][]string{{"--format", "xls"}, {"--format", "gdelt"}, {"--format", "csv", "--include", "sometimes"}, {"--format", "csv", "colour:red"}} {
		if r := annals(t, "", append([]string{"export", "--ledger", db}, wrong...)...); r.code != exitUsage {
			t.Errorf("%v: exit %d, %q", wrong, r.code, r.err)
		}
	}
	if r := annals(t, "", "export", "--format", "csv", "--ledger", filepath.Join(dir, "none.db")); r.code != exitNoLedger {
		t.Errorf("without a ledger: exit %d", r.code)
	}
}
