package transfer

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"annals/internal/arms"
	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/pipeline"
	"annals/internal/register"
	"annals/record"
)

// registerFile is a trade register of the user's own making, with deals that never were.
const registerFile = `Trade register
Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Syria,Soviet Union,1985,,10,,Old Lynx,tank,10,,1986,New,,1,10,10
Syria,Russia,2007,?,12,?,Lynx-2M,SAM system,8,,2010; 2011; 2012,New,said to be rebuilt,30,360,240
Syria rebels*,unknown supplier(s),2012,?,40,?,Wasp,anti-tank missile,40,?,2012,Second hand,,0.04,1.6,1.6
`

const voteFile = `undl_id,ms_code,ms_name,ms_vote,date,resolution,draft,title,total_yes,total_no,total_abstentions
1,RUS,RUSSIAN FEDERATION,A,2012-02-16,A/RES/66/253,A/66/L.36,The situation in the Syrian Arab Republic,137,12,17
1,SYR,SYRIAN ARAB REPUBLIC,N,2012-02-16,A/RES/66/253,A/66/L.36,The situation in the Syrian Arab Republic,137,12,17
2,RUS,RUSSIAN FEDERATION,Y,2014-02-22,S/RES/2139,S/2014/116,The situation in the Syrian Arab Republic,15,0,0
`

const entityFile = `{"id":"ex-1","schema":"Person","caption":"Sergei LAVROV","properties":{"name":["Sergei Lavrov"],"country":["ru"]},"datasets":["ex"]}
{"id":"ex-s","schema":"Sanction","properties":{"entity":["ex-1"],"authority":["Example Council"],"program":["EX"],"startDate":["2022-02-25"]}}
`

type desk struct {
	t      *testing.T
	ledger *sqlite.Ledger
	*Desk
	now time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2012, 11, 6, 12, 0, 0, 0, time.UTC)}
	var err error
	if d.ledger, err = sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "l.db"), sqlite.Options{Now: func() time.Time { return d.now }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.ledger.Close() })
	if d.Desk, err = New(); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) read(text string) {
	d.t.Helper()
	reader, err := pipeline.New()
	if err != nil {
		d.t.Fatal(err)
	}
	read, err := reader.Annotate(pipeline.Article{Text: text, Date: civil.Of(2012, 11, 5)})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.ledger.Ingest(context.Background(), []*record.Record{reader.Record(read)}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) take(kind, name, text string) {
	d.t.Helper()
	reader, err := register.NewReader()
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = d.ledger.Import(context.Background(), sqlite.RegisterFile{Kind: kind, Name: name, SHA256: name}, func(emit func(*register.Entry) error) error {
		return reader.Read(kind, strings.NewReader(text), register.Sink{Entry: emit, Refuse: func(r register.Refusal) { d.t.Error(r) }})
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) find(q Question) []Dossier {
	d.t.Helper()
	answer, err := d.Find(context.Background(), d.ledger, q)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.Dossiers
}

// told looks for a transfer of which somebody says something; an empty status is any.
func told(list []Dossier, supplier, speaker, status string) *Dossier {
	for i := range list {
		d := &list[i]
		if d.Supplier.Country != supplier && d.Supplier.Actor != supplier {
			continue
		}
		for _, m := range d.Tellings {
			if (status == "" || m.Status == status) && m.Chain[0] == speaker {
				return d
			}
		}
	}
	return nil
}

func instruments(d *Dossier) []string {
	var out []string
	for _, f := range d.Law.Instruments {
		out = append(out, f.ID+": "+f.Words)
	}
	return out
}

func story(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/arms-for-syria.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkSyria is what both tellings of the story must show.
func checkSyria(t *testing.T, list []Dossier, publisher string) {
	t.Helper()
	lavrov := told(list, "RUS", "Sergei Lavrov", "")
	if lavrov == nil {
		t.Fatalf("Lavrov's word is missing among %d transfers", len(list))
	}
	if lavrov.Recipient.Country != "SYR" || lavrov.Law == nil || !slices.Equal(lavrov.Law.Silent, []string{"UN"}) || len(lavrov.Law.Absences) != 1 {
		t.Errorf("law beside Lavrov: %+v", lavrov.Law)
	}
	for _, want := range []string{"EU-SYR-2011: in force, does not bind this supplier", "LAS-SYR-2011: in force, does not bind this supplier", "USA-SYR-1979: in force, does not bind this supplier"} {
		if !slices.Contains(instruments(lavrov), want) {
			t.Errorf("beside Lavrov there is no %q, only %q", want, instruments(lavrov))
		}
	}
	vetoed := 0
	for _, v := range lavrov.Law.Votes {
		if v.Outcome == "vetoed" && slices.Equal(v.VetoedBy, []string{"CHN", "RUS"}) {
			vetoed++
		}
	}
	if vetoed != 3 {
		t.Errorf("%d vetoes beside Lavrov, want 3", vetoed)
	}
	if len(lavrov.Tally) == 0 || lavrov.Tally[0].Sources != 1 {
		t.Errorf("all that Lavrov says is one source: %+v", lavrov.Tally)
	}
	sale := told(list, "RUS", publisher, "delivered")
	if sale == nil {
		t.Fatal("the sale of last year is missing")
	}
	if sale.From != "2011-01-01" || sale.To != "2011-12-31" || len(sale.Tellings[0].Value) != 1 || sale.Tellings[0].Value[0].Value != "1000000000" || sale.Tellings[0].Value[0].Currency != "USD" {
		t.Errorf("the sale is %s … %s, %+v", sale.From, sale.To, sale.Tellings[0].Value)
	}
	if at := slices.IndexFunc(sale.Law.Instruments, func(f arms.InstrumentView) bool { return f.ID == "EU-SYR-2011" }); at < 0 || sale.Law.Instruments[at].InForce != "partly" {
		t.Errorf("the embargo of May 2011 was in force on part of the year: %+v", sale.Law.Instruments)
	}
	qatar := told(list, "QAT", "Qatar", "denied")
	if qatar == nil || !slices.Contains(instruments(qatar), "LAS-SYR-2011: in force and applies") && qatar.Near == "SYR" {
		t.Errorf("Qatar's denial: %+v", qatar)
	}
	if told(list, "western-powers", "Western powers", "denied") == nil {
		t.Error("the denial of the Western powers is missing")
	}
	refused := told(list, "RUS", "Russian official", "refused")
	if refused == nil || !slices.ContainsFunc(refused.Tellings[0].Goods, func(g arms.Goods) bool { return g.Register == "IV" && g.SIPRI == "aircraft" }) {
		t.Errorf("the refusal of combat aircraft: %+v", refused)
	}
}

func TestStory(t *testing.T) {
	d := newDesk(t)
	d.read(story(t))
	checkSyria(t, d.find(Question{}), "Example Wire")
	if list := d.find(Question{From: "RUS", To: "SYR"}); len(list) != 3 {
		t.Errorf("%d transfers from Russia to Syria, want 3", len(list))
	}
	if list := d.find(Question{To: "SYR", On: civil.Interval{From: civil.Of(2011, 6, 1), To: civil.Of(2011, 6, 30)}}); len(list) != 1 || list[0].Law.First != "2011-06-01" {
		t.Errorf("in June 2011: %+v", list)
	}
	if list := d.find(Question{From: "QAT", To: "SYR"}); len(list) != 1 || list[0].Near != "SYR" {
		t.Errorf("from Qatar: %+v", list)
	}
	if list := d.find(Question{From: "USA"}); len(list) != 0 {
		t.Errorf("from the United States: %+v", list)
	}
	q, err := ledger.ParseQuery(`text:"combat jets"`)
	if err != nil {
		t.Fatal(err)
	}
	if list := d.find(Question{Query: q}); len(list) != 1 || list[0].Tellings[0].Status != "refused" {
		t.Errorf("combat jets: %+v", list)
	}
}

// The canonical article is not part of the project; skipped where it is missing.
func TestCanonicalArticle(t *testing.T) {
	text, err := os.ReadFile("../../../shared/mission/article.txt")
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	d := newDesk(t)
	d.read(string(text))
	checkSyria(t, d.find(Question{}), "Reuters")
}

// Registers stand beside the claims, with the line that they come from.
func TestRegistersBeside(t *testing.T) {
	d := newDesk(t)
	d.read(story(t))
	before := told(d.find(Question{}), "RUS", "Sergei Lavrov", "in delivery")
	if before.Imported[register.SIPRI] || len(before.Deals) > 0 {
		t.Errorf("deals without a register: %+v", before.Deals)
	}
	d.now = d.now.AddDate(0, 0, 3)
	d.take(register.SIPRI, "register.csv", registerFile)
	d.take(register.Votes, "votes.csv", voteFile)
	d.take(register.Entities, "entities.json", entityFile)
	list := d.find(Question{})
	lavrov := told(list, "RUS", "Sergei Lavrov", "in delivery")
	if len(lavrov.Deals) != 1 || lavrov.Deals[0].Row.Designation != "Lynx-2M" || lavrov.Deals[0].From.File != "register.csv" || lavrov.Deals[0].From.Line != 4 {
		t.Errorf("deals: %+v", lavrov.Deals)
	}
	if len(lavrov.Votes) != 1 || lavrov.Votes[0].Row.Symbol != "A/RES/66/253" || len(lavrov.Votes[0].Ballots) != 2 || lavrov.Votes[0].Ballots[0].Vote != "abstain" {
		t.Errorf("votes until then: %+v", lavrov.Votes)
	}
	if len(lavrov.Listed) != 1 || lavrov.Listed[0].Name != "sergei lavrov" || len(lavrov.Listed[0].Listings) != 0 {
		t.Errorf("listed: %+v", lavrov.Listed)
	}
	// As known before the import there are none.
	at, err := ledger.ParseMoment("2012-11-07")
	if err != nil {
		t.Fatal(err)
	}
	past := told(d.find(Question{Query: ledger.Query{AsOf: at}}), "RUS", "Sergei Lavrov", "in delivery")
	if past == nil || len(past.Deals)+len(past.Votes)+len(past.Listed) > 0 {
		t.Errorf("as known on 7 November: %+v", past)
	}
}

// A transfer is found again by its id, and by the proposition of any of its claims.
func TestOne(t *testing.T) {
	d := newDesk(t)
	d.read(story(t))
	for _, want := range d.find(Question{}) {
		got, err := d.One(context.Background(), d.ledger, want.ID, "")
		if err != nil || got.ID != want.ID || len(got.Tellings) != len(want.Tellings) {
			t.Errorf("%s: %+v, %v", want.ID, got, err)
		}
	}
	if _, err := d.One(context.Background(), d.ledger, "t0000000000000000", ""); err == nil {
		t.Error("a transfer that is not there was found")
	}
}

// The table gives no verdict: the word stands in nothing that it prints but the words of sources and instruments.
func TestNoVerdict(t *testing.T) {
	d := newDesk(t)
	d.read(story(t))
	for _, dossier := range d.find(Question{}) {
		for i := range dossier.Tellings {
			dossier.Tellings[i].Sentence = ""
		}
		body, err := json.Marshal(dossier)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(?i)\b(il)?legal(ly)?\b`).Match(body) {
			t.Errorf("%s", body)
		}
	}
}
