package serve

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"annals/internal/ledger/sqlite"
	"annals/record"
)

func story() *record.Record {
	text := "Qatar <denied> sending arms — to Aleppo.\nA second line."
	evidence := func(role, exact string) record.Evidence {
		start := len([]rune(text[:strings.Index(text, exact)]))
		return record.Evidence{Role: role, Start: start, End: start + len([]rune(exact)), Exact: exact}
	}
	place := 0
	return &record.Record{
		Schema: record.Schema, Run: record.Run{Version: "test"},
		Article: record.Article{ID: "a1", Title: "Arms & <men>", Publisher: "Example Wire", Date: "2012-11-05", Text: text},
		Actors:  []record.Actor{{ID: "qatar", Name: "Qatar", Kind: "state", Country: "QAT"}, {ID: "wire", Name: "Example Wire", Kind: "outlet"}},
		Places:  []record.Place{{Name: "Aleppo", Country: "SYR"}},
		Propositions: []record.Proposition{{ID: "p1", Type: "AID", Actors: []record.Party{{Actor: "qatar", Text: "Qatar"}},
			Recipients: []record.Party{{Text: "unnamed <rebels>"}}, Place: &place}},
		Claims: []record.Claim{{ID: "c1", Proposition: "p1", Chain: []string{"qatar", "wire"}, Act: "deny", Cue: "denied", Polarity: "negative", Modality: "asserted", Value: "CT-",
			Reported: "2012-11-05", Sentence: record.Span{Start: 0, End: 39}, Evidence: []record.Evidence{evidence("anchor", "sending"), evidence("actor", "Qatar"), evidence("place", "Aleppo")}}},
	}
}

func site(t *testing.T) *Server {
	t.Helper()
	l, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "l.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if _, err := l.Ingest(context.Background(), []*record.Record{story()}); err != nil {
		t.Fatal(err)
	}
	s, err := New(l, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPages(t *testing.T) {
	handler := site(t).Handler()
	for path, want := range map[string]struct {
		status int
		holds  []string
	}{
		"/":                                 {200, []string{`href="/article/a1"`, "Arms &amp; &lt;men&gt;"}},
		"/article/a1":                       {200, []string{`data-marks="0:anchor"`, `>Aleppo</span>`, "holds that it did not happen", "Qatar ‹ Example Wire", "&lt;denied&gt;", "unnamed &lt;rebels&gt;"}},
		"/claims?q=actor:QAT":               {200, []string{"/article/a1#c1", "CT-"}},
		"/claims?q=actor:RUS":               {200, []string{"No claim fits"}},
		"/claims?q=colour:red":              {400, []string{"column 1"}},
		"/events":                           {200, []string{"proposition:p1", "Aleppo"}},
		"/article/none":                     {404, []string{"holds nothing under that id"}},
		"/?page=0":                          {400, []string{"page must be"}},
		"/nowhere":                          {404, nil},
		"/ui/reader.js":                     {200, []string{"evidence"}},
		"/healthz":                          {200, []string{"ok"}},
		"/readyz":                           {200, []string{"ready"}},
		"/api/v1/articles":                  {200, []string{`"id":"a1"`}},
		"/api/v1/articles/a1":               {200, []string{`"exact":"sending"`}},
		"/api/v1/articles/none":             {404, []string{"error"}},
		"/api/v1/claims?q=type:AID&limit=5": {200, []string{`"act":"deny"`}},
		"/api/v1/claims?limit=x":            {400, []string{"limit must be"}},
		"/api/v1/events?q=actor:RUS":        {200, []string{"[]"}},
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want.status {
			t.Errorf("%s: status %d, want %d", path, w.Code, want.status)
		}
		for _, part := range want.holds {
			if !strings.Contains(w.Body.String(), part) {
				t.Errorf("%s does not hold %q:\n%s", path, part, w.Body.String())
			}
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s has no content security policy", path)
		}
	}
}

// The text on the page is the text of the article, character for character.
func TestPiecesKeepTheText(t *testing.T) {
	rec := story()
	var lines []string
	for _, p := range paragraphs(rec) {
		line := ""
		for _, piece := range p {
			line += piece.Text
		}
		lines = append(lines, line)
	}
	if got := strings.Join(lines, "\n"); got != rec.Article.Text {
		t.Errorf("got %q", got)
	}
}

func TestArticleAsJSONIsTheRecord(t *testing.T) {
	w := httptest.NewRecorder()
	site(t).Handler().ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/articles/a1", nil))
	var rec record.Record
	if err := json.Unmarshal(w.Body.Bytes(), &rec); err != nil || rec.Article.Text != story().Article.Text {
		t.Errorf("%v %+v", err, rec.Article)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	s := site(t)
	go func() { done <- s.Run(ctx, listener) }()
	answer, err := http.Get("http://" + listener.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || string(body) != "ok\n" {
		t.Errorf("%q %v", body, err)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the server did not end")
	}
}
