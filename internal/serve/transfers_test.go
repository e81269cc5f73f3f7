package serve

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"annals/internal/ledger/sqlite"
	"annals/internal/register"
	"annals/internal/transfer"
	"annals/record"
)

// arming is a record of a story: Russia supplies arms to Syria, a minister says; Qatar does not, it says.
func arming() *record.Record {
	text := "Russia <ships> jets to Syria, Sergei Lavrov said. Qatar denied sending arms."
	return &record.Record{
		Schema: record.Schema, Run: record.Run{Version: "test"},
		Article: record.Article{ID: record.ArticleID(text), Publisher: "Example Wire", Date: "2012-11-05", Text: text},
		Actors: []record.Actor{
			{ID: "russia", Name: "Russia", Kind: "state", Code: "RUS", Country: "RUS"}, {ID: "syria", Name: "Syria", Kind: "state", Code: "SYR", Country: "SYR"},
			{ID: "qatar", Name: "Qatar", Kind: "state", Code: "QAT", Country: "QAT"}, {ID: "lavrov", Name: "Sergei Lavrov", Kind: "person", Country: "RUS"}, {ID: "wire", Name: "Example Wire", Kind: "outlet"},
		},
		Propositions: []record.Proposition{
			{ID: "p0000000000000001", Type: "AID", CAMEO: "072", Actors: []record.Party{{Actor: "russia", Text: "Russia"}}, Recipients: []record.Party{{Actor: "syria", Text: "Syria"}},
				Items: []record.Item{{Text: "jets <new>", Category: "combat aircraft"}}, Time: record.Time{From: "2012-11-05", To: "2012-11-05", Source: "document"}},
			{ID: "p0000000000000002", Type: "AID", CAMEO: "072", Actors: []record.Party{{Actor: "qatar", Text: "Qatar"}}, Items: []record.Item{{Text: "arms", Category: "unspecified"}}},
		},
		Claims: []record.Claim{
			{ID: "c0000000000000001", Proposition: "p0000000000000001", Chain: []string{"lavrov", "wire"}, Act: "assert", Cue: "said", Polarity: "positive", Modality: "asserted", Value: "CT+", Realised: true,
				Status: "delivery", Reported: "2012-11-05", Sentence: record.Span{Start: 0, End: 49}},
			{ID: "c0000000000000002", Proposition: "p0000000000000002", Chain: []string{"qatar", "wire"}, Act: "deny", Cue: "denied", Polarity: "negative", Modality: "asserted", Value: "CT-",
				Status: "denied", Reported: "2012-11-05", Sentence: record.Span{Start: 50, End: 76}, SentenceIndex: 1},
		},
	}
}

func TestTransferPages(t *testing.T) {
	s := site(t)
	ctx := context.Background()
	if _, err := s.ledger.Ingest(ctx, []*record.Record{arming()}); err != nil {
		t.Fatal(err)
	}
	reader, err := register.NewReader()
	if err != nil {
		t.Fatal(err)
	}
	const deals = "SIPRI AT Database ID,Supplier,Recipient,Designation,Order date,Order date is estimate,Numbers delivered,Delivery year\n1,Russia,Syria,<Kite>,2010,Yes,6,2012\n"
	_, err = s.ledger.Import(ctx, sqlite.RegisterFile{Kind: register.SIPRI, Name: "deals.csv", SHA256: "1"}, func(emit func(*register.Entry) error) error {
		return reader.Read(register.SIPRI, strings.NewReader(deals), register.Sink{Entry: emit, Refuse: func(r register.Refusal) { t.Error(r) }})
	})
	if err != nil {
		t.Fatal(err)
	}
	handler := s.Handler()
	for path, want := range map[string]struct {
		status int
		holds  []string
	}{
		"/transfers": {200, []string{`href="/transfers/t0000000000000001"`, "in delivery", "Sergei Lavrov ‹ Example Wire", "denied", "EU-SYR-2011: in force, does not bind this supplier", "UN: none"}},
		"/transfers/t0000000000000001": {200, []string{"jets &lt;new&gt;", "UN Register IV", "&lt;Kite&gt;", "2010?", "deals.csv line 2", "EU-SYR-2011", "LAS-SYR-2011", "USA-SYR-1979",
			"The register has no arms embargo of the UN on SYR", "vetoed by CHN, RUS", "#c0000000000000001", "&lt;ships&gt;", "side by side"}},
		"/transfers/t0000000000000002":                {200, []string{"Qatar (QAT)", "send arms to SYR", "LAS-SYR-2011", "in force and applies"}},
		"/transfers?from=rus&to=SYR&on=2012":          {200, []string{"Lavrov"}},
		"/transfers?from=USA":                         {200, []string{"No claim tells of a transfer"}},
		"/transfers?on=never":                         {400, []string{"on: "}},
		"/transfers?q=colour:red":                     {400, []string{"column 1"}},
		"/transfers/t1":                               {404, []string{"holds nothing"}},
		"/api/v1/transfers/t1":                        {404, []string{"error"}},
		"/api/v1/transfers?from=RUS&limit=5":          {200, []string{`"status":"in delivery"`, `"instruments":[{"id":"LAS-SYR-2011"`, `"designation":"<Kite>"`}},
		"/api/v1/transfers/t0000000000000001?as_of=x": {400, []string{"as_of"}},
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want.status {
			t.Errorf("%s: status %d, want %d:\n%s", path, w.Code, want.status, w.Body.String())
		}
		for _, part := range want.holds {
			if !strings.Contains(w.Body.String(), part) {
				t.Errorf("%s does not hold %q:\n%s", path, part, w.Body.String())
			}
		}
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/transfers/t0000000000000001", nil))
	var d transfer.Dossier
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || d.ID != "t0000000000000001" || d.Law == nil || len(d.Law.Votes) == 0 {
		t.Errorf("%v %s", err, w.Body.String())
	}
}
