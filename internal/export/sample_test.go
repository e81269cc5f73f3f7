package export

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

// awkward holds what formats trip over: separators, quotes, line ends, a no-break space, signs beyond the first plane.
const awkward = "“Tab\there”, \"quoted\"; line\nend\u00a0and 🕊 𝔛"

// sampleRecords are three articles. Two tell of one sale on one day; one denies, one plans, one is plain speech.
func sampleRecords() []*record.Record {
	russia := record.Actor{ID: "russia", Name: "Russia", Kind: "state", Code: "RUS", Country: "RUS", Mentions: 2}
	syria := record.Actor{ID: "syria", Name: "Syria", Kind: "state", Code: "SYR", Country: "SYR", Mentions: 2}
	lavrov := record.Actor{ID: "sergei-lavrov", Name: "Sergei Lavrov", Kind: "person", Code: "RUSGOV", Country: "RUS", Sectors: []string{"GOV"}, Role: "foreign minister", Mentions: 1}
	wire := record.Actor{ID: "example-wire", Name: "Example Wire", Kind: "outlet", Sectors: []string{"JRN"}}
	sale := record.Proposition{
		ID: "p1", Type: "AID", Contexts: []string{"military"}, CAMEO: "072", Actors: []record.Party{{Actor: "russia", Text: "Moscow"}},
		Recipients: []record.Party{{Actor: "syria", Text: "Syria"}}, Items: []record.Item{{Text: "four jets", Category: "aircraft", Count: "4"}},
		Time: record.Time{Value: "2012-11-04", From: "2012-11-04", To: "2012-11-04", Source: "timex"}, Amounts: []int{0},
	}
	low := 1e9
	first := article("Example Wire", "2012-11-05", "", "Jets for Syria", "Moscow sold four jets to Syria on Sunday, Lavrov said. Qatar denied that it gave arms. Rome will ship boats to Libya. Turkey regretted it.")
	first.Actors = []record.Actor{russia, syria, lavrov, wire,
		{ID: "qatar", Name: "Qatar", Kind: "state", Code: "QAT", Country: "QAT"}, {ID: "italy-government", Name: "government of Italy", Kind: "government", Code: "ITAGOV", Country: "ITA", Sectors: []string{"GOV"}},
		{ID: "libya", Name: "Libya", Kind: "state", Code: "LBY", Country: "LBY"}, {ID: "turkey", Name: "Turkey", Kind: "state", Code: "TUR", Country: "TUR"}}
	first.Amounts = []record.Amount{{Kind: "money", Value: "1000000000", Low: &low, Currency: "USD", Of: "jets"}}
	first.Propositions = []record.Proposition{sale,
		{ID: "p2", Type: "AID", Contexts: []string{"military"}, CAMEO: "072", Actors: []record.Party{{Actor: "qatar", Text: "it"}}, Time: record.Time{To: "2012-11-05", Source: "tense"}},
		{ID: "p3", Type: "AID", Contexts: []string{"military"}, CAMEO: "072", Actors: []record.Party{{Actor: "italy-government", Text: "Rome"}}, Recipients: []record.Party{{Actor: "libya", Text: "Libya"}},
			Time: record.Time{From: "2012-11-05", Source: "tense"}},
		{ID: "p4", Type: "STATEMENT", CAMEO: "018", Actors: []record.Party{{Actor: "turkey", Text: "Turkey"}}, Time: record.Time{To: "2012-11-05", Source: "tense"}}}
	first.Claims = []record.Claim{
		claim(first, "c1", "p1", 0, "positive", "asserted", "sold", "sergei-lavrov", "example-wire"),
		claim(first, "c2", "p2", 1, "negative", "asserted", "gave", "qatar", "example-wire"),
		claim(first, "c3", "p3", 2, "positive", "future", "ship", "example-wire"),
		claim(first, "c4", "p4", 3, "positive", "asserted", "regretted", "example-wire")}

	second := article("Other Wire", "2012-11-06", "https://www.example.org/sale?id=1", "Sale confirmed", "Russia sold jets to Syria. Rebels killed 12 soldiers near Aleppo. Egypt and Iran met in Cairo. Some say Moscow may sell more.")
	second.Actors = []record.Actor{russia, syria, {ID: "rebels", Name: "rebels", Kind: "role", Sectors: []string{"REB"}, Anonymous: true}, {ID: "soldiers", Name: "soldiers", Kind: "role", Sectors: []string{"MIL"}, Anonymous: true},
		{ID: "egypt", Name: "Egypt", Kind: "state", Code: "EGY", Country: "EGY"}, {ID: "iran", Name: "Iran", Kind: "state", Code: "IRN", Country: "IRN"}, {ID: "other-wire", Name: "Other Wire", Kind: "outlet"}}
	second.Places = []record.Place{{Name: "Aleppo", GeonameID: 170063, Lat: 36.2012, Lon: 37.1612, Country: "SYR", Precision: "city"}, {Name: "Cairo", GeonameID: 360630, Lat: 30.0626, Lon: 31.2497, Country: "EGY", Precision: "city"}}
	second.Casualties = []record.Casualty{{Effect: "DEATH", Number: 12, Low: 12, High: 12, Scope: "incident"}, {Effect: "DEATH", Number: 32000, Low: 32000, High: -1, Scope: "cumulative"}}
	sale.Items, sale.Amounts = nil, nil
	second.Propositions = []record.Proposition{sale,
		{ID: "p5", Type: "ASSAULT", Mode: "firearms", Contexts: []string{"military"}, CAMEO: "193", Actors: []record.Party{{Actor: "rebels", Text: "Rebels", Country: "SYR"}},
			Recipients: []record.Party{{Actor: "soldiers", Text: "12 soldiers", Country: "SYR"}}, Place: to(0), Casualties: []int{0, 1}, Time: record.Time{To: "2012-11-06", Source: "tense"}},
		{ID: "p6", Type: "CONSULT", CAMEO: "040", Actors: []record.Party{{Actor: "egypt", Text: "Egypt"}, {Actor: "iran", Text: "Iran"}}, Place: to(1), Time: record.Time{From: "2012-11-01", To: "2012-11-06", Source: "timex"}},
		{ID: "p7", Type: "AID", CAMEO: "072", Actors: []record.Party{{Actor: "russia", Text: "Moscow"}}, Time: record.Time{}}}
	second.Claims = []record.Claim{
		claim(second, "c5", "p1", 0, "positive", "asserted", "sold", "other-wire"),
		claim(second, "c6", "p5", 1, "positive", "asserted", "killed", "other-wire"),
		claim(second, "c7", "p6", 2, "positive", "asserted", "met", "other-wire"),
		claim(second, "c8", "p7", 3, "positive", "possible", "sell", "other-wire")}

	third := article(awkward, "", "", awkward, "Zeta accused “"+awkward+"”. End.")
	third.Actors = []record.Actor{{ID: "zeta", Name: awkward, Kind: "person", Code: "IGOUNO", Country: "UNO"}, {ID: "awkward", Name: awkward, Kind: "outlet"}}
	third.Propositions = []record.Proposition{{ID: "p8", Type: "ACCUSE", CAMEO: "112", Actors: []record.Party{{Actor: "zeta", Text: "Zeta"}}, Recipients: []record.Party{{Text: awkward}},
		Time: record.Time{From: "2012-10-01", To: "2012-10-31", Source: "timex"}}, {ID: "p9", Type: "ACCUSE", CAMEO: "112", Actors: []record.Party{{Actor: "zeta", Text: "Zeta"}}}}
	third.Claims = []record.Claim{claim(third, "c9", "p8", 0, "positive", "asserted", "accused", "awkward"), claim(third, "c0", "p9", 1, "positive", "asserted", "accused", "awkward")}
	return []*record.Record{first, second, third}
}

func article(publisher, date, url, title, text string) *record.Record {
	return &record.Record{Schema: record.Schema, Run: record.Run{Version: "test"},
		Article: record.Article{ID: record.ArticleID(text), Publisher: publisher, Date: date, URL: url, Title: title, SHA256: strings.Repeat("ab", 32), Text: text}}
}

// claim stands in the n-th sentence, which ends with a full stop.
func claim(r *record.Record, id, proposition string, n int, polarity, modality, anchor string, chain ...string) record.Claim {
	start := 0
	sentences := strings.SplitAfter(r.Article.Text, ". ")
	for _, s := range sentences[:n] {
		start += len([]rune(s))
	}
	words := strings.TrimSpace(sentences[n])
	c := record.Claim{ID: id, Proposition: proposition, Chain: chain, Act: "assert", Polarity: polarity, Modality: modality, Value: "CT+",
		Realised: polarity == "positive" && modality == "asserted", Said: record.Time{To: r.Article.Date}, Reported: r.Article.Date,
		Sentence: record.Span{Start: start, End: start + len([]rune(words))}, SentenceIndex: n, Confidence: 0.875, Rule: "v-" + anchor}
	p := r.PropositionByID(proposition)
	mark := func(role, exact string) {
		if before, _, ok := strings.Cut(words, exact); ok && exact != "" {
			at := start + len([]rune(before))
			c.Evidence = append(c.Evidence, record.Evidence{Role: role, Start: at, End: at + len([]rune(exact)), Exact: exact})
		}
	}
	mark("anchor", anchor)
	for _, a := range p.Actors {
		mark("actor", a.Text)
	}
	for _, a := range p.Recipients {
		mark("recipient", a.Text)
	}
	return c
}

// choose gives the claims of records in the order that a ledger gives them.
func choose(records []*record.Record, order ledger.Order) iter.Seq2[ledger.Chosen, error] {
	var all []ledger.Chosen
	for n, r := range records {
		for i := range r.Claims {
			c := ledger.Chosen{Record: r, Claim: &r.Claims[i], Proposition: r.PropositionByID(r.Claims[i].Proposition), Learned: fmt.Sprintf("2012-11-07T08:30:0%d.000Z", n)}
			if c.Proposition == nil {
				continue // the ledger keeps no such claim
			}
			c.Day = cmp.Or(c.Proposition.Time.From, c.Proposition.Time.To, c.Claim.Reported)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b ledger.Chosen) int {
		by := cmp.Or(cmp.Compare(a.Claim.Reported, b.Claim.Reported), cmp.Compare(a.Record.Article.ID, b.Record.Article.ID))
		if order == ledger.ByEvent {
			by = cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Event(), b.Event()), by)
		}
		return by
	})
	return func(yield func(ledger.Chosen, error) bool) {
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// sharedTables are read once for all tests.
var sharedTables = sync.OnceValues(loadTables)

// written is the files of a format.
func written(t testing.TB, format string, include []Stance, records []*record.Record) ([]string, Report) {
	t.Helper()
	f, err := Find(format)
	if err != nil {
		t.Fatal(err)
	}
	files := make([]bytes.Buffer, max(len(f.Files), 1))
	out := make([]io.Writer, len(files))
	for i := range files {
		out[i] = &files[i]
	}
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	report, err := tables.write(f, out, include, choose(records, f.Order))
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	var bodies []string
	for i := range files {
		bodies = append(bodies, files[i].String())
	}
	return bodies, report
}
