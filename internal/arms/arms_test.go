package arms

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/internal/civil"
)

func load(t *testing.T) *Register {
	t.Helper()
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func on(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each case names what must be found, as "id: words", and what must not be there.
func TestCheck(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		name, from, to, day, until string
		recipient, item, contract  string
		want                       []string
		not                        []string // ids, or bodies that must be silent
		silent                     []string
	}{
		{name: "Russia to Syria: no UN embargo, the EU's binds its members, the League its own", from: "RUS", to: "SYR", day: "2012-11-05",
			want: []string{"EU-SYR-2011: in force, does not bind this supplier", "LAS-SYR-2011: in force, does not bind this supplier"}, silent: []string{"UN"}},
		{name: "Qatar to Syria: the League's binds", from: "QAT", to: "SYR", day: "2012-11-05", want: []string{"LAS-SYR-2011: in force and applies", "EU-SYR-2011: in force, does not bind this supplier"}},
		{name: "France to Syria: the EU's binds", from: "FRA", to: "SYR", day: "2012-11-05", want: []string{"EU-SYR-2011: in force and applies"}},
		{name: "Syria: the EU's gone", from: "FRA", to: "SYR", day: "2013-06-01", not: []string{"EU-SYR-2011"}, silent: []string{"UN", "EU"}},
		{name: "Libya, the day before", from: "RUS", to: "LBY", day: "2011-02-25", not: []string{"UN-LBY-2011"}, silent: []string{"UN"}},
		{name: "Libya, the day", from: "RUS", to: "LBY", day: "2011-02-26", want: []string{"UN-LBY-2011: in force and applies"}},
		{name: "Iran under 1929", from: "RUS", to: "IRN", day: "2015-01-01", item: "major", want: []string{"UN-IRN-2010: in force and applies"}},
		{name: "Iran, not in the seven categories", from: "RUS", to: "IRN", day: "2015-01-01", item: "other", want: []string{"UN-IRN-2010: in force, not for these arms"}},
		{name: "Iran after the expiry", from: "DEU", to: "IRN", day: "2020-10-19", want: []string{"EU-IRN-2007: in force and applies"}, silent: []string{"UN"}},
		{name: "Bosnia under the embargo on Yugoslavia", from: "TUR", to: "BIH", day: "1994-01-01", want: []string{"UN-YUG-1991: in force and applies", "EU-BIH-1991: in force, does not bind this supplier"}},
		{name: "Iraq 2006, the government", from: "USA", to: "IRQ", day: "2006-05-01", recipient: "government", want: []string{"UN-IRQ-NGF-2004: in force, not for this kind of recipient"}},
		{name: "Iraq 2006, others", from: "USA", to: "IRQ", day: "2006-05-01", recipient: "non-state", want: []string{"UN-IRQ-NGF-2004: in force and applies"}},
		{name: "Congo 2004", from: "ZAF", to: "COD", day: "2004-06-01", recipient: "government", want: []string{"UN-COD-2003: in force, not for this kind of recipient"}},
		{name: "North Korea 2010, small arms", from: "DEU", to: "PRK", day: "2010-06-01", item: "small-arms", want: []string{"UN-PRK-2006: in force, not for these arms", "EU-PRK-2006: in force and applies"}},
		{name: "Haiti 1993: suspended", from: "USA", to: "HTI", day: "1993-09-15", want: []string{"UN-HTI-1993: suspended then"}},
		{name: "South Sudan 2017", from: "DEU", to: "SSD", day: "2017-05-01", want: []string{"EU-SSD-2011: in force and applies"}, silent: []string{"UN"}},
		{name: "Russia 2014, an older contract", from: "FRA", to: "RUS", day: "2014-08-01", contract: "2013-01-01", want: []string{"EU-RUS-2014: in force; exempt by the day of the contract"}},
		{name: "Russia 2014, contract unknown", from: "FRA", to: "RUS", day: "2014-08-01", want: []string{"EU-RUS-2014: in force; whether it applies is unknown"}},
		{name: "an interval over the start", from: "RUS", to: "LBY", day: "2011-01-01", until: "2011-12-31", want: []string{"UN-LBY-2011: applies on part of these days"}},
		{name: "a voluntary call", from: "FRA", to: "ZAF", day: "1970-01-01", want: []string{"UN-ZAF-1963: a call that binds nobody"}},
		{name: "Britain has left", from: "GBR", to: "SYR", day: "2012-11-05", want: []string{"EU-SYR-2011: in force and applies"}},
		{name: "Britain has left, later", from: "GBR", to: "VEN", day: "2022-01-01", want: []string{"EU-VEN-2017: in force, does not bind this supplier"}},
		{name: "a measure of one state binds that state", from: "USA", to: "SYR", day: "2012-11-05", want: []string{"USA-SYR-1979: in force and applies", "EU-SYR-2011: in force, does not bind this supplier"}},
		{name: "and no other", from: "RUS", to: "SYR", day: "2012-11-05", want: []string{"USA-SYR-1979: in force, does not bind this supplier"}},
		{name: "a row that is uncertain", from: "NGA", to: "LBR", day: "1993-01-01", want: []string{"ECOWAS-LBR-1992: whether it was in force is unknown: the row is uncertain", "UN-LBR-1992: in force and applies"}},
		{name: "no supplier named", to: "SYR", day: "2012-11-05", want: []string{"EU-SYR-2011: in force; whether it applies is unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := Question{From: c.from, To: c.to, Recipient: c.recipient, Item: c.item}
			q.On = civil.Interval{From: on(t, c.day), To: on(t, c.day)}
			if c.until != "" {
				q.On.To = on(t, c.until)
			}
			if c.contract != "" {
				q.Contract = on(t, c.contract)
			}
			table, err := r.Check(q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range table.Findings {
				got = append(got, f.Embargo.ID+": "+f.Words())
			}
			for _, w := range c.want {
				if !slices.Contains(got, w) {
					t.Errorf("not found: %s\ngot %q", w, got)
				}
			}
			for _, n := range c.not {
				if slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, n+":") }) {
					t.Errorf("%s must not be there", n)
				}
			}
			for _, b := range c.silent {
				if !slices.Contains(table.Silent, b) {
					t.Errorf("the %s must be silent; got %q", b, got)
				}
			}
		})
	}
}

// Where an embargo covers a part of a country only, the finding says so.
func TestAreasAreTold(t *testing.T) {
	for _, c := range []struct{ to, day, id, words string }{
		{"COD", "2004-06-01", "UN-COD-2003", "North and South Kivu and Ituri"}, {"SDN", "2006-06-01", "UN-SDN-DARFUR-2005", "Darfur only"}, {"LBR", "1995-06-01", "UN-LBR-1992", "ECOMOG"},
	} {
		day := on(t, c.day)
		table, err := load(t).Check(Question{To: c.to, On: civil.Interval{From: day, To: day}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(table.Findings, func(f Finding) bool {
			return f.Embargo.ID == c.id && strings.Contains(strings.Join(f.Notes, "; "), c.words)
		}) {
			t.Errorf("%s on %s: %s does not tell of %q", c.to, c.day, c.id, c.words)
		}
	}
}

func TestVotesThatPreventedAnEmbargoOnSyria(t *testing.T) {
	day := civil.Of(2012, 11, 5)
	table, err := load(t).Check(Question{From: "RUS", To: "SYR", On: civil.Interval{From: day, To: day}})
	if err != nil {
		t.Fatal(err)
	}
	vetoed := 0
	for _, v := range table.Votes {
		if v.Outcome == "vetoed" && slices.Contains(v.VetoedBy, "RUS") && slices.Contains(v.VetoedBy, "CHN") {
			vetoed++
		}
		if day.Before(v.Date) {
			t.Errorf("the vote of %s is later", v.Date)
		}
	}
	if vetoed != 3 {
		t.Errorf("%d drafts vetoed by Russia and China, want 3", vetoed)
	}
	if len(table.Absences) != 1 {
		t.Errorf("absences: %+v", table.Absences)
	}
}

func TestCheckRefusesNoDays(t *testing.T) {
	if _, err := load(t).Check(Question{From: "RUS", To: "SYR"}); err == nil {
		t.Error("a question without days was answered")
	}
}

// The tables hold nothing that the code does not know.
func TestTables(t *testing.T) {
	r := load(t)
	iso := regexp.MustCompile(`^([A-Z]{3}|\*)$`)
	ids := map[string]bool{}
	for _, e := range r.Embargoes {
		if ids[e.ID] || len(e.Terms) == 0 {
			t.Errorf("embargo %s is there twice, or has no terms", e.ID)
		}
		ids[e.ID] = true
		for _, c := range e.Covers {
			if !iso.MatchString(c) {
				t.Errorf("embargo %s covers %q", e.ID, c)
			}
		}
		if !slices.Contains([]string{"UN", "EU", "LAS", "ECOWAS", "OSCE", "USA"}, e.Body) || !slices.Contains([]string{"mandatory", "political", "voluntary"}, e.Force) ||
			!slices.Contains([]string{"sure", "probable", "uncertain"}, e.Certainty) {
			t.Errorf("embargo %s: body %q, force %q, certainty %q", e.ID, e.Body, e.Force, e.Certainty)
		}
		for _, term := range e.Terms {
			if !slices.Contains([]string{"all", "government", "non-state"}, term.Recipients) || !slices.Contains([]string{"all", "major", "not-small-arms", "repression", "exports", "undefined"}, term.Items) ||
				!slices.Contains([]string{"in force", "suspended", "disputed"}, term.Status) {
				t.Errorf("embargo %s: recipients %q, items %q, status %q", e.ID, term.Recipients, term.Items, term.Status)
			}
		}
	}
	if !slices.IsSortedFunc(r.Votes, func(a, b Vote) int { return a.Date.Compare(b.Date) }) {
		t.Error("the votes are not in order")
	}
	for _, m := range r.members {
		if !iso.MatchString(m.member) {
			t.Errorf("member %q", m.member)
		}
	}
}

// The check shows law and register side by side; it gives no verdict.
func TestNoVerdict(t *testing.T) {
	for _, file := range []string{"check.go", "register.go"} {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(?i)"[^"]*\b(il)?legal\b[^"]*"`).Match(body) {
			t.Errorf("%s says legal or illegal", file)
		}
	}
}
