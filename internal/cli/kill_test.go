package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"annals/internal/ledger/sqlite"
	"annals/record"
)

// TestMain lets the test program be annals itself, so that a test can start it and kill it.
func TestMain(m *testing.M) {
	if os.Getenv("ANNALS_TEST_PROGRAM") != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// program is a command of annals as a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), "ANNALS_TEST_PROGRAM=1")
	return c
}

// plainRecord is the record of a made-up story with so many claims.
func plainRecord(n, claims int) *record.Record {
	sentence := fmt.Sprintf("Convoy %d crossed the river at dawn and reached the depot.", n)
	text := strings.Repeat(sentence+" ", claims)
	sum := sha256.Sum256([]byte(text))
	r := &record.Record{
		Schema: record.Schema, Run: record.Run{Version: "test"},
		Article: record.Article{ID: record.ArticleID(text), Text: text, SHA256: hex.EncodeToString(sum[:]), Publisher: "Example Wire", Date: "2012-11-05"},
		Actors:  []record.Actor{{ID: "publisher", Name: "Example Wire", Kind: "outlet"}, {ID: "russia", Name: "Russia", Kind: "state", Code: "RUS", Country: "RUS"}},
	}
	for i := range claims {
		p := record.Proposition{ID: fmt.Sprintf("p%d-%d", n%50, i), Type: "AID", Actors: []record.Party{{Actor: "russia"}}}
		at := i * (len(sentence) + 1)
		r.Propositions = append(r.Propositions, p)
		r.Claims = append(r.Claims, record.Claim{ID: fmt.Sprintf("c%d-%d", n, i), Proposition: p.ID, Chain: []string{"publisher"}, Act: "report", Polarity: "positive",
			Modality: "asserted", Realised: true, Value: "CT+", Reported: "2012-11-05", Sentence: record.Span{Start: at, End: at + len(sentence)}})
	}
	return r
}

// killing is a ledger that is written by programs that are killed.
type killing struct {
	t            *testing.T
	path         string
	acks         string          // what the programs have written on standard output
	acknowledged map[string]bool // ids of articles
	claims       map[string]int  // of every article that there is
}

// run starts an ingest and kills it after a while, unless it has ended by itself. It tells whether it was killed.
func (k *killing) run(input string, after time.Duration) bool {
	k.t.Helper()
	out, err := os.OpenFile(k.acks, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		k.t.Fatal(err)
	}
	defer out.Close()
	c := program(k.t, "ingest", "--records", "--batch", "5", "--ledger", k.path, input)
	var errs bytes.Buffer
	c.Stdout, c.Stderr = out, &errs
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	killer := time.AfterFunc(after, func() { c.Process.Kill() }) // SIGKILL
	err = c.Wait()
	killer.Stop()
	if err != nil && c.ProcessState.ExitCode() != -1 {
		k.t.Fatalf("the ingest failed: %v: %s", err, errs.String())
	}
	return err != nil
}

// check reads what was acknowledged and what is there: nothing of the first is lost, nothing of the second is there
// twice or by half.
func (k *killing) check() {
	k.t.Helper()
	body, err := os.ReadFile(k.acks)
	if err != nil {
		k.t.Fatal(err)
	}
	lines := strings.Split(string(body), "\n")
	for _, line := range lines[:len(lines)-1] { // what follows the last end of line acknowledges nothing
		if fields := strings.Split(line, "\t"); len(fields) == 3 {
			k.acknowledged[fields[1]] = true
		}
	}
	if len(k.acknowledged) == 0 { // it may have been killed before there was a ledger
		return
	}
	l, err := sqlite.Open(context.Background(), k.path, sqlite.Options{ReadOnly: true})
	if err != nil {
		k.t.Fatal(err)
	}
	defer l.Close()
	wrong, err := l.Verify(context.Background())
	if err != nil || len(wrong) > 0 {
		k.t.Fatalf("after the kill the ledger is not sound: %v %v", wrong, err)
	}
	articles, err := l.Articles(context.Background(), 0, 1_000_000)
	if err != nil {
		k.t.Fatal(err)
	}
	stored := map[string]bool{}
	for _, a := range articles {
		if stored[a.ID] {
			k.t.Fatalf("the article %s is there twice", a.ID)
		}
		stored[a.ID] = true
		if a.Claims != k.claims[a.ID] {
			k.t.Fatalf("the article %s has %d claims of %d", a.ID, a.Claims, k.claims[a.ID])
		}
		readings, err := l.Readings(context.Background(), a.ID)
		if err != nil || len(readings) != 1 || len(readings[0].Record.Claims) != a.Claims {
			k.t.Fatalf("the article %s has %d readings, %v", a.ID, len(readings), err)
		}
	}
	for id := range k.acknowledged {
		if !stored[id] {
			k.t.Fatalf("the article %s was acknowledged and is lost", id)
		}
	}
}

// An ingest is killed again and again, at random moments, and started again: no acknowledged article is lost, none is
// there twice. $ANNALS_KILLS sets how often; the full test is 200.
func TestKillDuringIngest(t *testing.T) {
	kills := 12
	if s := os.Getenv("ANNALS_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		kills = n
	}
	const stories = 150
	dir := t.TempDir()
	input := filepath.Join(dir, "records.jsonl")
	claims := map[string]int{}
	var lines bytes.Buffer
	out := json.NewEncoder(&lines)
	for n := range stories {
		r := plainRecord(n, 1+n%12)
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		claims[r.Article.ID] = len(r.Claims)
		if err := out.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(input, lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(200, 9))
	fresh := func(n int) *killing {
		return &killing{t: t, path: filepath.Join(dir, fmt.Sprintf("%d.db", n)), acks: filepath.Join(dir, fmt.Sprintf("%d.acks", n)), acknowledged: map[string]bool{}, claims: claims}
	}
	k := fresh(0)
	start := time.Now()
	k.run(input, time.Hour)
	whole := time.Since(start)
	k.check()
	if len(k.acknowledged) != stories {
		t.Fatalf("an ingest that nobody kills acknowledged %d of %d articles", len(k.acknowledged), stories)
	}
	killed, between, ledgers := 0, 0, 1
	for k = fresh(1); killed < kills; {
		before := len(k.acknowledged)
		if k.run(input, time.Duration(rng.Int64N(int64(whole)))) {
			killed++
		}
		k.check()
		switch n := len(k.acknowledged); {
		case n == stories:
			ledgers++
			k = fresh(ledgers)
		case n > before:
			between++
		}
	}
	k.run(input, time.Hour)
	if k.check(); len(k.acknowledged) != stories {
		t.Errorf("at the end %d of %d articles are acknowledged", len(k.acknowledged), stories)
	}
	t.Logf("%d kills, %d of them between two acknowledgements, over %d ledgers", killed, between, ledgers)
	if between == 0 {
		t.Error("no kill came while articles were being taken in: the test has tested nothing")
	}
}
