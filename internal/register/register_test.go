package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"annals/data"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// got is what a reading gave: entries and refusals by line.
type got struct {
	entries []Entry
	refused map[int]string
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := NewReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t testing.TB, kind string, in io.Reader) (got, error) {
	t.Helper()
	return readWith(newReader(t), kind, in)
}

func readWith(r *Reader, kind string, in io.Reader) (got, error) {
	g := got{refused: map[int]string{}}
	err := r.Read(kind, in, Sink{
		Entry:  func(e *Entry) error { g.entries = append(g.entries, *e); return nil },
		Refuse: func(r Refusal) { g.refused[r.Line] = r.Reason },
	})
	return g, err
}

func mustRead(t testing.TB, kind, text string) got {
	t.Helper()
	g, err := read(t, kind, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func open[T any](t testing.TB, e Entry) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(e.Body, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// The three forms in which SIPRI has exported its register, filled with deals that never were.
const (
	oneRowADeal = `"Transfers of major weapons from All countries to All countries, deals of any year."
"A '?' marks what is uncertain; TIVs are in millions."

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: 1 Jan 2026 9:10:08 AM

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Syria,Russia,2007,?,12,?,Lynx-2M,SAM system,8,,2010; 2011; 2012,New,"$200 m deal; said to be ""rebuilt""",30,360,240
Syria rebels*,unknown supplier(s),2012,?,(40),,Wasp,anti-tank missile,40,?,2012-2013,Second hand,,0.04,1.6,1.6
NATO**,Côte d'Ivoire,,,1,,Heron,reconnaissance drone,,,,New,,,,
`
	oneRowAYear = `Trade register
SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production
71,Sweden,Thailand,Kite,light combat aircraft,Aircraft,2008,No,6,No,2011,Yes,New,1,12.5,75,No
71,Sweden,Thailand,Kite,light combat aircraft,Aircraft,2008,No,6,No,2012,No,New,1,12.5,75,No
71,Sweden,Thailand,Kite,light combat aircraft,Aircraft,2008,No,7,No,2012,No,New,1,12.5,87.5,No
`
	semicolons = `SIPRI Transfers Database


 Database search results for buyer 'All Countries' and seller  'All Countries'

Deal ID;Seller;Buyer;Designation;Description;Armament category;Order date;Order date is estimate;Numbers delivered;Numbers delivered is estimate;Delivery year;Delivery year is estimate;Status;SIPRI estimate;TIV deal unit;TIV delivery values;Local production
9;Soviet Union;Viet Nam;Falcon;fighter aircraft;Aircraft;1979;Yes;10;Yes;1980;No;New;0,14;0,14;1,4;No

`
)

func TestSIPRI(t *testing.T) {
	g := mustRead(t, SIPRI, oneRowADeal)
	if len(g.entries) != 3 || len(g.refused) != 0 {
		t.Fatalf("%d entries, refused %v", len(g.entries), g.refused)
	}
	first := open[Deal](t, g.entries[0])
	if first.Supplier != (Party{"Russia", "RUS", "state"}) || first.Recipient.Code != "SYR" || first.Ordered != 2007 || !first.OrderedGuess || first.Number != (Count{12, true, true}) ||
		first.Delivered != (Count{8, true, false}) || fmt.Sprint(first.Years) != "[2010 2011 2012]" || first.Comments != `$200 m deal; said to be "rebuilt"` || first.TIVOrder.Value != 360 {
		t.Errorf("got %+v", first)
	}
	if e := g.entries[0]; e.Line != 8 || e.Subject != "RUS" || e.Object != "SYR" || e.First != "2007-01-01" || e.Last != "2012-12-31" {
		t.Errorf("entry %+v", e)
	}
	rebels := open[Deal](t, g.entries[1])
	if rebels.Recipient != (Party{"Syria rebels", "SYR", "non-state"}) || rebels.Supplier.Kind != "unknown" || rebels.Number != (Count{40, true, true}) || fmt.Sprint(rebels.Years) != "[2012 2013]" {
		t.Errorf("got %+v", rebels)
	}
	group := open[Deal](t, g.entries[2])
	if group.Recipient.Kind != "group" || group.Supplier.Code != "CIV" || group.Number.Estimate || group.Delivered.Known || g.entries[2].First != "" {
		t.Errorf("got %+v", group)
	}

	g = mustRead(t, SIPRI, oneRowAYear)
	if len(g.entries) != 2 || !strings.Contains(g.refused[5], "line 4 already") {
		t.Fatalf("%d entries, refused %v", len(g.entries), g.refused)
	}
	kite := open[Deal](t, g.entries[0])
	if kite.ID != "71" || !kite.YearsGuess || kite.OrderedGuess || kite.Category != "Aircraft" || kite.TIVUnit.Value != 12.5 || kite.Local != "No" {
		t.Errorf("got %+v", kite)
	}

	g = mustRead(t, SIPRI, semicolons)
	if len(g.entries) != 1 {
		t.Fatalf("refused %v", g.refused)
	}
	falcon := open[Deal](t, g.entries[0])
	if falcon.Supplier != (Party{"Soviet Union", "RUS", "state"}) || falcon.Recipient.Code != "VNM" || !falcon.OrderedGuess || !falcon.Delivered.Estimate || falcon.TIVUnit.Value != 0.14 {
		t.Errorf("got %+v", falcon)
	}
}

// The same bytes in another encoding are the same deals.
func TestEncodings(t *testing.T) {
	want := mustRead(t, SIPRI, oneRowADeal)
	for name, encode := range map[string]func(string) (string, error){
		"UTF-8 with a mark":       func(s string) (string, error) { return "\ufeff" + s, nil },
		"Latin-1":                 charmap.ISO8859_1.NewEncoder().String,
		"Windows-1252":            charmap.Windows1252.NewEncoder().String,
		"UTF-16 with a mark":      unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String,
		"UTF-16, big end first":   unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String,
		"UTF-16 without a mark":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String,
		"UTF-16BE without a mark": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String,
		"lines of Windows":        func(s string) (string, error) { return strings.ReplaceAll(s, "\n", "\r\n"), nil },
		"no newline at the end":   func(s string) (string, error) { return strings.TrimSuffix(s, "\n"), nil },
	} {
		text, err := encode(oneRowADeal)
		if err != nil {
			t.Fatal(err)
		}
		g := mustRead(t, SIPRI, text)
		if len(g.entries) != len(want.entries) || len(g.refused) > 0 {
			t.Errorf("%s: %d entries, refused %v", name, len(g.entries), g.refused)
			continue
		}
		for i := range g.entries {
			if string(g.entries[i].Body) != string(want.entries[i].Body) || g.entries[i].Line != want.entries[i].Line {
				t.Errorf("%s: entry %d is %s on line %d", name, i, g.entries[i].Body, g.entries[i].Line)
			}
		}
	}
}

const dealHeader = "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"

func dealRow(designation string) string {
	return "Iraq,France,1985,,4,,Heron " + designation + ",helicopter,4,,1986,New,,1,4,4\n"
}

// A bad row is refused with its line and its reason; its neighbours are kept.
func TestBadRowsOfSIPRI(t *testing.T) {
	for name, c := range map[string]struct {
		rows   string // between two good rows, on line 3
		reason string
		good   int // rows kept besides the two
	}{
		"an absurd year":           {"Iraq,France,85,,4,,H,h,4,,1986,New,,1,4,4\n", "the year 85 lies outside", 0},
		"a far year":               {"Iraq,France,1985,,4,,H,h,4,,19866,New,,1,4,4\n", "the year 19866 lies outside", 0},
		"a backward range":         {"Iraq,France,1985,,4,,H,h,4,,1988-1986,New,,1,4,4\n", "ends before it begins", 0},
		"a word for a number":      {"Iraq,France,1985,,four,,H,h,4,,1986,New,,1,4,4\n", `number ordered: "four" is not a number`, 0},
		"a negative number":        {"Iraq,France,1985,,-4,,H,h,4,,1986,New,,1,4,4\n", "is not a number", 0},
		"no supplier":              {"Iraq,,1985,,4,,H,h,4,,1986,New,,1,4,4\n", "names no supplier", 0},
		"a row cut short":          {"Iraq,France,1985,,4,,H\n", "has 7 cells, the header names 16", 0},
		"a row too long":           {"Iraq,France,1985,,4,,H,h,4,,1986,New,,1,4,4,x\n", "has 17 cells", 0},
		"empty cells too many":     {"Iraq,France,1985,,4,,H,h,4,,1986,New,,1,4,4,,,\n", "", 1},
		"an open quotation mark":   {"Iraq,France,1985,,4,,\"H,h,4,,1986,New,,1,4,4\n", "never closed", 0},
		"a zero byte":              {"Iraq,France,1985,,4,,H\x00,h,4,,1986,New,,1,4,4\n", "zero byte", 0},
		"a field of 10 MB":         {"Iraq,France,1985,,4,," + strings.Repeat("x", 10<<20) + ",h,4,,1986,New,,1,4,4\n", "longer than", 0},
		"a mark inside a cell":     {"Iraq,France,1985,,4,,5\" gun,h,4,,1986,New,,1,4,4\n", "", 1},
		"a cell of two lines":      {"Iraq,France,1985,,4,,\"H\nI\",h,4,,1986,New,,1,4,4\n", "", 1},
		"a blank line":             {"\n", "", 0},
		"a note below":             {"Source: SIPRI\n", "", 0},
		"an open mark closed late": {"Iraq,France,1985,,4,,\"H,h,4,,1986,New,,1,4,4\n" + dealRow("2") + "Iraq,France,1985,,4,,\"H\",h,4,,1986,New,,1,4,4\n", "quotation mark is opened", 2},
	} {
		g := mustRead(t, SIPRI, dealHeader+dealRow("1")+c.rows+dealRow("9"))
		if len(g.entries) != 2+c.good {
			t.Errorf("%s: %d rows kept, want %d; refused %v", name, len(g.entries), 2+c.good, g.refused)
			continue
		}
		if last := open[Deal](t, g.entries[len(g.entries)-1]); last.Designation != "Heron 9" {
			t.Errorf("%s: the row after it is lost", name)
		}
		if !strings.Contains(g.refused[3], c.reason) || (c.reason == "") != (len(g.refused) == 0) {
			t.Errorf("%s: refused %v, want %q on line 3", name, g.refused, c.reason)
		}
	}
}

func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct{ kind, text, says string }{
		"empty":            {SIPRI, "", "empty"},
		"no header":        {SIPRI, "a,b\n1,2\n", "header with the columns supplier, recipient, designation"},
		"an archive":       {Votes, "PK\x03\x04rest", "save its table as CSV"},
		"an RTF":           {SIPRI, `{\rtf1 Trade register}`, "download the register as CSV"},
		"votes without":    {Votes, "resolution,date\nS/RES/1,1946-01-25\n", "header with the columns resolution or draft"},
		"an unknown kind":  {"gdelt", "", "the kinds are"},
		"gzip of entities": {Entities, "\x1f\x8b\x08", "unpack it first"},
	} {
		if _, err := read(t, c.kind, strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestVotes(t *testing.T) {
	g := mustRead(t, Votes, `undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,meeting,title,vote_note,total_yes,total_no,total_abstentions,total_non_voting,undl_link
1,RUS,RUSSIAN FEDERATION,N,2012-07-19,67,,S/2012/538,S/PV.6810,Middle East,,11.0,2.0,2.0,0,https://example.org/1
1,GBR,UNITED KINGDOM,Y,2012-07-19,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,,CÔTE D'IVOIRE,A,20120719,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,GBR,UNITED KINGDOM,N,2012-07-19,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,FRA,FRANCE,maybe,2012-07-19,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,FRA,FRANCE,X,2012-07-20,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,FRA,FRANCE,X,2012-13-20,67,,S/2012/539,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,FRA,FRANCE,X,2012-07-19,67,,,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
1,FRA,FRANCE,,2012-07-19,67,,S/2012/538,S/PV.6810,Middle East,,11,2,2,0,https://example.org/1
`)
	if len(g.entries) != 5 {
		t.Fatalf("%d entries, refused %v", len(g.entries), g.refused)
	}
	vote := open[Vote](t, g.entries[0])
	if g.entries[0].Kind != KindVote || vote.Symbol != "S/2012/538" || vote.For.Value != 11 || vote.Date != "2012-07-19" {
		t.Errorf("got %+v", vote)
	}
	for i, want := range []Ballot{{Country: "RUS", Vote: "no"}, {Country: "GBR", Vote: "yes"}, {Country: "CIV", Vote: "abstain"}, {Country: "FRA", Vote: "absent"}} {
		if b := open[Ballot](t, g.entries[i+1]); b.Country != want.Country || b.Vote != want.Vote || b.Date != "2012-07-19" {
			t.Errorf("ballot %d is %+v, want %+v", i, b, want)
		}
	}
	for line, reason := range map[int]string{5: "line 3 already", 6: "is no vote", 7: "2012-07-19 on line 2", 8: "is not a day", 9: "no resolution"} {
		if !strings.Contains(g.refused[line], reason) {
			t.Errorf("line %d: %q, want %q", line, g.refused[line], reason)
		}
	}

	g = mustRead(t, Votes, "date,draft,topic,vetoed_by,for,against,abstain\n2012-02-04,S/2012/77,Syria,\"Russia; CHN\",13,2,0\n2012-02-04,S/2012/78,Syria,Atlantis,13,2,0\n")
	if len(g.entries) != 1 || !strings.Contains(g.refused[3], "Atlantis") {
		t.Fatalf("entries %+v, refused %v", g.entries, g.refused)
	}
	if v := open[Vote](t, g.entries[0]); fmt.Sprint(v.VetoedBy) != "[RUS CHN]" || v.Against.Value != 2 || v.Title != "Syria" {
		t.Errorf("got %+v", v)
	}
}

func TestEntities(t *testing.T) {
	g := mustRead(t, Entities, `{"id":"ex-1","schema":"Company","caption":"Example Arms Export","properties":{"name":["Example Arms Export"],"alias":["EAE","Ex. Arms"],"country":["ru"],"topics":["sanction"],"sanctions":[{"id":"ex-s1","schema":"Sanction","properties":{"authority":["Council"],"program":["EX-SYR"],"startDate":["2011-05-10"],"endDate":["2012"],"country":["eu"]}}]},"datasets":["ex_list"],"first_seen":"2021-01-01T00:00:00","last_seen":"2026-01-01"}
{"id":"ex-2","schema":"Person","caption":"Ada Lindqvist","properties":{"name":["Ada Lindqvist"]},"datasets":["ex_list"]}
{"id":"ex-s2","schema":"Sanction","properties":{"entity":["ex-2"],"programId":["EX-2"],"startDate":["2014-07"]},"datasets":["ex_list"]}
{"id":"ex-3","schema":"Address","properties":{"full":["1 Main Street"]}}
{"id":"ex-2","schema":"Person","caption":"Another","properties":{"name":["Another"]}}
{"id":"ex-4","schema":"Person","caption":"Cut off","prop
{"schema":"Person","caption":"No id"}
{"id":"ex-5","schema":"Person","properties":{}}
{"id":"ex-s3","schema":"Sanction","properties":{"entity":["ex-2"],"startDate":["2014-13"]}}
{"id":"ex-s4","schema":"Sanction","properties":{"entity":["ex-2"],"startDate":["2014"],"endDate":["2013"]}}
{"id":"ex-6","schema":"Vessel","caption":"Gull","properties":{"name":"Gull","flag":["sy"]}}
`+`{"id":"ex-7","schema":"Person","caption":"`+strings.Repeat("x", 10<<20)+`"}`+"\n")
	var kinds []string
	for _, e := range g.entries {
		kinds = append(kinds, e.Kind+" "+e.Subject)
	}
	if got := strings.Join(kinds, ", "); got != "entity ex-1, listing ex-1, entity ex-2, listing ex-2, entity ex-6" {
		t.Fatalf("got %s; refused %v", got, g.refused)
	}
	if e := g.entries[0]; e.Object != "RUS" || fmt.Sprint(e.Names) != "[example arms export eae ex arms]" {
		t.Errorf("entity %+v", e)
	}
	if e := g.entries[1]; e.First != "2011-05-10" || e.Last != "2012-12-31" || open[Listing](t, e).Program != "EX-SYR" || open[Listing](t, e).Datasets[0] != "ex_list" {
		t.Errorf("listing %+v", e)
	}
	if e := g.entries[3]; e.First != "2014-07-01" || e.Last != "" {
		t.Errorf("listing %+v", e)
	}
	for line, reason := range map[int]string{5: "line 2 already", 6: "cut short", 7: "no id", 8: "no name", 9: "is not a day", 10: "ends (2013) before", 12: "longer than"} {
		if !strings.Contains(g.refused[line], reason) {
			t.Errorf("line %d: %q, want %q", line, g.refused[line], reason)
		}
	}
	if len(g.refused) != 7 {
		t.Errorf("refused %v", g.refused)
	}
}

func TestASinkThatFailsEndsTheReading(t *testing.T) {
	full := errors.New("the disk is full")
	for kind, text := range map[string]string{SIPRI: oneRowADeal, Votes: "draft,date,yes\nS/1,2012-01-01,3\n", Entities: `{"id":"a","schema":"Person","caption":"A"}`} {
		err := newReader(t).Read(kind, strings.NewReader(text), Sink{Entry: func(*Entry) error { return full }, Refuse: func(Refusal) {}})
		if !errors.Is(err, full) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// Every row of the tables finds its example.
func TestTables(t *testing.T) {
	columnsOf, err := data.Read("register_columns")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range columnsOf.Rows {
		c, err := loadColumns(row[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := c.fields([]string{row[5]})[0]; got != row[2] {
			t.Errorf("row %s: %q is the field %q", row[0], row[5], got)
		}
	}
	names, err := NewNames()
	if err != nil {
		t.Fatal(err)
	}
	table, err := data.Read("register_names")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table.Rows {
		if got := names.Country(row[4]); got != row[1] {
			t.Errorf("row %s: %q is %q", row[0], row[4], got)
		}
		if names.Code(row[1]) != row[1] {
			t.Errorf("row %s: there is no country %s", row[0], row[1])
		}
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]Count{
		"12": {12, true, false}, "1,500": {1500, true, false}, "1,234,567": {1234567, true, false}, "0.14": {0.14, true, false}, "0,14": {0.14, true, false}, "12?": {12, true, true},
		"(12)": {12, true, true}, "c. 12": {12, true, true}, "~1 500": {1500, true, true}, "": {}, "-": {}, "?": {}, "n/a": {}, "11.0": {11, true, false},
	} {
		if got, err := number(in); err != nil || got != want {
			t.Errorf("number(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"2008": "[2008]", "2008; 2010": "[2008 2010]", "2008-2010": "[2008 2009 2010]", "2008–10": "[2008 2009 2010]", "(2008)": "[2008]", "2008?": "[2008]", "": "[]"} {
		if got, _, err := years(in); err != nil || fmt.Sprint(got) != want {
			t.Errorf("years(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"x", "2008-", "1-2", "20008", "2010-2008", "1e400"} {
		if got, _, err := years(in); err == nil {
			t.Errorf("years(%q) = %v", in, got)
		}
	}
	for _, in := range []string{"NaN", "Inf", "1e400", "-3", "0x10", "four"} {
		if got, err := number(in); err == nil && got.Known {
			t.Errorf("number(%q) = %v", in, got)
		}
	}
}

// Whatever a cell holds, quoting it and splitting the row gives it back.
func TestSplitGivesBackWhatWasQuoted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching(`[ -~é“\n]{0,12}`), 1, 6).Draw(t, "cells")
		delimiter := rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delimiter")
		var quoted []string
		for _, c := range cells {
			quoted = append(quoted, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
		}
		got, open, ragged := split(strings.Join(quoted, string(delimiter)), delimiter)
		if open || ragged || fmt.Sprintf("%q", got) != fmt.Sprintf("%q", cells) {
			t.Fatalf("%q came back as %q (open %v, ragged %v)", cells, got, open, ragged)
		}
	})
}

// Every line of a file is read, refused, blank or part of another row: nothing is lost without a word.
func TestNoRowIsLost(t *testing.T) {
	r := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		good := 0
		var text strings.Builder
		text.WriteString(dealHeader)
		for i, bad := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "", "short,row\n", "Iraq,France,1,,4,,H,h,4,,1986,New,,1,4,4\n"}), 0, 20).Draw(t, "rows") {
			if bad == "" {
				good++
				bad = dealRow(fmt.Sprint(i))
			}
			text.WriteString(bad)
		}
		entries, refused := 0, 0
		err := r.Read(SIPRI, strings.NewReader(text.String()), Sink{Entry: func(*Entry) error { entries++; return nil }, Refuse: func(Refusal) { refused++ }})
		if err != nil || entries != good || entries+refused != strings.Count(text.String(), "\n")-1 {
			t.Fatalf("%d entries of %d, %d refused: %v", entries, good, refused, err)
		}
	})
}

func TestLargeFilesAreReadInLittleMemory(t *testing.T) {
	rows := 20_000
	reader, writer := io.Pipe()
	go func() {
		fmt.Fprintln(writer, "resolution,date,ms_code,ms_vote")
		for i := range rows {
			fmt.Fprintf(writer, "A/RES/%d,2012-01-02,%s,Y\n", i/4, []string{"FRA", "GBR", "RUS", "CHN"}[i%4])
		}
		writer.Close()
	}()
	n := 0
	err := newReader(t).Read(Votes, reader, Sink{Entry: func(*Entry) error { n++; return nil }, Refuse: func(r Refusal) { t.Error(r) }})
	if err != nil || n != rows+rows/4 {
		t.Errorf("%d entries, %v", n, err)
	}
}

// The extract that the workplace shares is read without a refusal; skipped where it is missing.
func TestSharedFiles(t *testing.T) {
	for name, c := range map[string]struct {
		kind string
		rows int
	}{
		"sipri_extract.csv": {SIPRI, 1490}, "arms_votes.csv": {Votes, 11}, "vetoes.csv": {Votes, 200},
	} {
		f, err := os.Open("../../../shared/data/domain/" + name)
		if err != nil {
			t.Skipf("skipped: %v", err)
		}
		g, err := read(t, c.kind, f)
		f.Close()
		if err != nil || len(g.entries) < c.rows {
			t.Errorf("%s: %d entries, %v, refused %v", name, len(g.entries), err, g.refused)
		}
		for _, e := range g.entries {
			if e.Kind != KindDeal {
				continue
			}
			d := open[Deal](t, e)
			for _, p := range []Party{d.Supplier, d.Recipient} {
				if p.Kind == "unknown" && p.Code == "" && p.Name != "unknown supplier(s)" || p.Kind == "non-state" && p.Code == "" {
					t.Errorf("%s: line %d: %+v", name, e.Line, p)
				}
			}
		}
		t.Logf("%s: %d entries, %d refused %v", name, len(g.entries), len(g.refused), g.refused)
	}
}

func fuzz(f *testing.F, kind string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, in []byte) {
		g, err := readWith(r, kind, strings.NewReader(string(in)))
		if err != nil {
			return
		}
		lines := strings.Count(string(in), "\n") + 1
		if len(in) > 1 && (in[0] == 0 || in[1] == 0 || in[0] >= 0xfe) { // UTF-16 has other line ends
			return
		}
		for _, e := range g.entries {
			if e.Line < 1 || e.Line > lines || e.Key == "" || !json.Valid(e.Body) || string(e.Body) == "null" {
				t.Fatalf("entry %+v in %d lines", e, lines)
			}
		}
		for line, reason := range g.refused {
			if line < 1 || line > lines || reason == "" {
				t.Fatalf("refusal of line %d in %d lines: %q", line, lines, reason)
			}
		}
	})
}

func FuzzSIPRI(f *testing.F) { fuzz(f, SIPRI, oneRowADeal, oneRowAYear, semicolons, dealHeader) }

func FuzzVotes(f *testing.F) {
	fuzz(f, Votes, "resolution,date,ms_code,ms_vote\nS/RES/1,2012-01-02,FRA,Y\n", "draft;date;vetoed_by;yes\nS/1;2012-01-02;Russia;3\n")
}

func FuzzEntities(f *testing.F) {
	fuzz(f, Entities, `{"id":"a","schema":"Person","caption":"A","properties":{"name":["A"],"sanctions":[{"id":"s","properties":{"startDate":["2012"]}}]}}`, `{"id":"s","schema":"Sanction","properties":{"entity":["a"]}}`)
}

func BenchmarkSIPRI(b *testing.B) {
	var text strings.Builder
	text.WriteString(dealHeader)
	for i := range 1000 {
		text.WriteString(dealRow(fmt.Sprint(i)))
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	r := newReader(b)
	for b.Loop() {
		if err := r.Read(SIPRI, strings.NewReader(text.String()), Sink{Entry: func(*Entry) error { return nil }, Refuse: func(r Refusal) { b.Fatal(r) }}); err != nil {
			b.Fatal(err)
		}
	}
}
