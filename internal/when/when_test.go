package when

import (
	"regexp"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/civil"
	"annals/internal/doc"
	"annals/internal/doc/doctest"

	"pgregory.net/rapid"
)

// written is the day on which the examples of the tables are read, a Tuesday.
var written = civil.Of(2015, 6, 16)

func annotate(t testing.TB, s *Stage, text string, date civil.Date) *doc.Doc {
	t.Helper()
	d := doctest.Plain(text)
	d.Date = date
	if err := s.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

// found writes the expressions of a document as the tables do: "span=VALUE MOD; …", "-" for none.
func found(d *doc.Doc, mods bool) string {
	var out []string
	for _, x := range d.Timexes {
		s := d.Slice(x.Span) + "=" + x.Value
		if mods && x.Mod != "" {
			s += " " + x.Mod
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, "; ")
}

func TestEveryRuleReadsItsExample(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.grammar.rules {
		d := annotate(t, s, r.example, written)
		if got, plain := found(d, true), found(d, false); got != r.expected && plain != r.expected {
			t.Errorf("rule %s reads %q as\n got %s\nwant %s", r.id, r.example, got, r.expected)
		}
	}
}

func TestEveryModifierReadsItsExample(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range s.grammar.modifiers {
		if got := found(annotate(t, s, m.example, written), true); got != m.expected {
			t.Errorf("modifier %s reads %q as\n got %s\nwant %s", m.id, m.example, got, m.expected)
		}
	}
}

func TestRuleIDsAreUnique(t *testing.T) {
	for _, name := range []string{"when_rules", "when_mods"} {
		table, err := data.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, row := range table.Rows {
			if seen[row[0]] {
				t.Errorf("%s: the id %s is taken twice", name, row[0])
			}
			seen[row[0]] = true
		}
	}
}

// timex3 is the shape of every value that may be written: ISO-TimeML values with X for what is not known.
var timex3 = regexp.MustCompile(`^(` +
	`(PAST|PRESENT|FUTURE)_REF` +
	`|PXX|P(\d+(\.\d+)?|X)(Y|M|W|D|Q|WE|DE|CE|ML)` +
	`|P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?` +
	`|PT(\d+(\.\d+)?|X)[HMS]` +
	`|(BC)?[\dX]{1,4}(-(Q[1-4X]|H[12]|SP|SU|FA|WI|W[\dX]{2}(-(WE|[1-7]))?|[\dX]{2}(-[\dX]{2})?))?(T([\dX]{2}(:[\dX]{2})?Z?|MO|AF|EV|NI|DT))?` +
	`)$`)

// TestValuesAreTIMEX3 reads every example of the tables on days around the borders of weeks and years, and without a day.
func TestValuesAreTIMEX3(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	days := []civil.Date{{}, civil.Of(2004, 2, 29), civil.Of(2008, 12, 31), civil.Of(2009, 1, 1), civil.Of(2012, 11, 5), civil.Of(2016, 1, 3), civil.Of(2020, 12, 31), civil.Of(2027, 1, 1)}
	for _, r := range s.grammar.rules {
		for _, day := range days {
			d := annotate(t, s, r.example, day)
			for _, x := range d.Timexes {
				checkTimex(t, d, &x)
			}
		}
	}
}

// checkTimex holds what every expression must fulfil.
func checkTimex(t *testing.T, d *doc.Doc, x *doc.Timex) {
	t.Helper()
	text := d.Slice(x.Span)
	if !timex3.MatchString(x.Value) || x.Value == "P" || x.Value == "PT" {
		t.Errorf("%q (rule %s) has the value %q, which is no TIMEX3", text, x.Rule, x.Value)
	}
	if !strings.Contains(" DATE TIME DURATION SET ", " "+x.Type+" ") || x.Mod != "" && !modNames[x.Mod] || x.Rule == "" || x.Anchor == "" {
		t.Errorf("%q has the type %q, modifier %q, rule %q, anchor %q", text, x.Type, x.Mod, x.Rule, x.Anchor)
	}
	if i := x.Interval; !i.From.IsZero() && !i.To.IsZero() && i.To.Before(i.From) {
		t.Errorf("%q runs from %s to %s", text, i.From, i.To)
	}
	if x.Interval.IsZero() {
		return
	}
	// The interval of a calendar value is the one its value names.
	if day, err := civil.Parse(x.Value); err == nil && x.Type != "DURATION" && (x.Interval.From != day || x.Interval.To != day) {
		t.Errorf("%q = %s has the interval %s to %s", text, x.Value, x.Interval.From, x.Interval.To)
	}
	if x.Grain == "week" && isoWeekday(x.Interval.From) != 1 && x.Type == "DATE" {
		t.Errorf("%q = %s begins on %s, no Monday", text, x.Value, x.Interval.From)
	}
}

// TestThisHoldsTheDayOfWriting: intervals of "this …" and "today" contain their anchor, those of "last …" end before it,
// those of "next …" begin after it.
func TestThisHoldsTheDayOfWriting(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		day := civil.Of(rapid.IntRange(1850, 2150).Draw(rt, "year"), rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 31).Draw(rt, "day"))
		unit := rapid.SampledFrom([]string{"week", "month", "quarter", "year", "decade", "century"}).Draw(rt, "unit")
		for _, direction := range []string{"this", "last", "next"} {
			d := annotate(t, s, "It was open "+direction+" "+unit+".", day)
			if len(d.Timexes) != 1 {
				rt.Fatalf("%s %s: found %s", direction, unit, found(d, true))
			}
			i := d.Timexes[0].Interval
			switch ok := i.Contains(day); {
			case direction == "this" && !ok, direction == "last" && !i.To.Before(day), direction == "next" && !day.Before(i.From):
				rt.Fatalf("on %s, %s %s is %s to %s", day, direction, unit, i.From, i.To)
			}
		}
	})
}

// TestWeekdayLiesWithinAWeek: a bare weekday is the day of writing or one of the six before it, whatever the day.
func TestWeekdayLiesWithinAWeek(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		day := civil.Of(rapid.IntRange(1850, 2150).Draw(rt, "year"), rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 31).Draw(rt, "day"))
		name := rapid.SampledFrom([]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}).Draw(rt, "weekday")
		d := annotate(t, s, "He arrived on "+name+".", day)
		got := d.Timexes[0].Interval.From
		if back := day.DaysSince(got); back < 0 || back > 6 || got.Weekday().String() != name {
			rt.Fatalf("on %s %s, %s is %s", day.Weekday(), day, name, got)
		}
	})
}

func TestISOWeekBorders(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day              civil.Date
		this, last, next string
	}{
		{civil.Of(2004, 12, 31), "2004-W53", "2004-W52", "2005-W01"},
		{civil.Of(2005, 1, 2), "2004-W53", "2004-W52", "2005-W01"},
		{civil.Of(2008, 12, 29), "2009-W01", "2008-W52", "2009-W02"},
		{civil.Of(2009, 12, 31), "2009-W53", "2009-W52", "2010-W01"},
		{civil.Of(2015, 12, 28), "2015-W53", "2015-W52", "2016-W01"},
		{civil.Of(2016, 1, 3), "2015-W53", "2015-W52", "2016-W01"},
		{civil.Of(2020, 12, 31), "2020-W53", "2020-W52", "2021-W01"},
		{civil.Of(2026, 12, 31), "2026-W53", "2026-W52", "2027-W01"},
		{civil.Of(2027, 1, 3), "2026-W53", "2026-W52", "2027-W01"},
		{civil.Of(2012, 1, 1), "2011-W52", "2011-W51", "2012-W01"},
	} {
		for direction, want := range map[string]string{"this": c.this, "last": c.last, "next": c.next} {
			if got := found(annotate(t, s, "It was open "+direction+" week.", c.day), false); got != direction+" week="+want {
				t.Errorf("on %s: got %s, want %s", c.day, got, want)
			}
		}
	}
}

func TestWithoutADayNothingIsResolved(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"He arrived on Monday.":                 "Monday=XXXX-WXX-1",
		"He arrived yesterday.":                 "yesterday=XXXX-XX-XX",
		"He arrived last week.":                 "last week=XXXX-WXX",
		"He arrived last year.":                 "last year=XXXX",
		"He arrived in November.":               "November=XXXX-11",
		"He arrived on Nov. 5.":                 "Nov. 5=XXXX-11-05",
		"He arrived in 2010.":                   "2010=2010",
		"He arrived three days ago.":            "three days ago=XXXX-XX-XX",
		"He arrived on March 9, 2014, and left": "March 9, 2014=2014-03-09",
	} {
		d := annotate(t, s, text, civil.Date{})
		if got := found(d, false); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if !d.Date.IsZero() {
			t.Errorf("%q: took %s for the date of the article", text, d.Date)
		}
	}
}

func TestDocumentDate(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text, dateline, want, source string
	}{
		{"full date in the dateline", "CAIRO, Nov 5, 2012 (Reuters) - Talks began on Monday.", "CAIRO, Nov 5, 2012 (Reuters) -", "2012-11-05", "dateline"},
		{"full date on a line of its own", "Talks begin in Cairo\nNov. 5, 2012\nThe envoys met on Sunday.", "", "2012-11-05", "text"},
		{"label", "Published: 5 November 2012\nThe envoys met on Sunday.", "", "2012-11-05", "text"},
		{"dateline without a year", "CAIRO, Nov 5 (Reuters) - Talks began. The war started in 2011 and grew in 2012.", "CAIRO, Nov 5 (Reuters) -", "", ""},
		{"weekday beside a date", "Talks began.\nThe envoys met on Monday, Nov. 5, after the war of 2011.", "", "2012-11-05", "weekday"},
		{"weekday in the dateline", "CAIRO, Monday, Nov 5 (Reuters) - Talks began. The war grew in 2011.", "CAIRO, Monday, Nov 5 (Reuters) -", "2012-11-05", "weekday"},
		{"a date of the story", "He was born on Nov. 5, 1950, in Homs.", "", "", ""},
		{"nothing", "The envoys met on Sunday.", "", "", ""},
	} {
		d := doctest.Plain(c.text)
		if i := strings.Index(c.text, c.dateline); c.dateline != "" {
			d.Head.Dateline = doc.Span{Start: int32(i), End: int32(i + len(c.dateline))}
		}
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if d.Date.String() != c.want || d.DateSource != c.source {
			t.Errorf("%s: got %s from %q, want %s from %q", c.name, d.Date, d.DateSource, c.want, c.source)
		}
	}
}

// TestDatelineBeforePublication: the days of a story start from its dateline, where a paper printed it some days later.
func TestDatelineBeforePublication(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, published, dateline, text, want string }{
		{"printed two days later", "2017-01-02", "CAIRO, Dec 31 (Reuters) -", "Talks began yesterday.", "Dec 31=2016-12-31; yesterday=2016-12-30"},
		{"the next day", "2012-11-06", "CAIRO, Nov 5 (Reuters) -", "Talks began on Tuesday.", "Nov 5=2012-11-05; Tuesday=2012-11-06"},
		{"the same day", "2012-11-05", "CAIRO, Nov 5 (Reuters) -", "Talks began yesterday.", "Nov 5=2012-11-05; yesterday=2012-11-04"},
		{"in an archive, years later", "2015-06-16", "CAIRO, Nov 5, 2012 (Reuters) -", "Talks began yesterday.", "Nov 5, 2012=2012-11-05; yesterday=2015-06-15"},
		{"without a day", "2012-11-06", "CAIRO (Reuters) -", "Talks began yesterday.", "yesterday=2012-11-05"},
	} {
		d := doctest.Plain(c.dateline + " " + c.text)
		d.Head.Dateline = doc.Span{End: int32(len(c.dateline))}
		if d.Date, err = civil.Parse(c.published); err != nil {
			t.Fatal(err)
		}
		if err := s.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if got := found(d, false); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	s, err := New()
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range s.grammar.rules {
		f.Add(r.example)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, day := range []civil.Date{{}, written} {
			d := annotate(t, s, text, day)
			again := annotate(t, s, text, day)
			end := int32(0)
			for i := range d.Timexes {
				x := d.Timexes[i]
				checkTimex(t, d, &x)
				if x != again.Timexes[i] {
					t.Fatalf("reading %q twice gives %+v and %+v", text, x, again.Timexes[i])
				}
				if x.Start < end || x.First < 0 || x.Last <= x.First {
					t.Fatalf("expression %+v starts before %d", x, end)
				}
				end = x.End
			}
		}
	})
}

// BenchmarkAnnotate measures the stage on tokens that are there already.
func BenchmarkAnnotate(b *testing.B) {
	s, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, r := range s.grammar.rules {
		text.WriteString(r.example + "\nOfficials gave no further details of what had been said in the talks with the delegation from the north.\n")
	}
	d := doctest.Plain(text.String())
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		d.Date = written
		if err := s.Annotate(d); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAnchors(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	d := annotate(t, s, "He spoke yesterday.\nThe law passed on March 9, 2014; three days later he resigned.", written)
	var anchors []string
	for _, x := range d.Timexes {
		anchors = append(anchors, x.Anchor)
	}
	if got := strings.Join(anchors, " "); got != "document none timex:1" {
		t.Errorf("anchors are %q", got)
	}
}
