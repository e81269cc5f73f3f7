package lexicon

import (
	"regexp"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/civil"
)

func load(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sectors are the PLOVER sectors and the codes of those without a country, from the ontology's table.
func sectors(t *testing.T) map[string]bool {
	t.Helper()
	table, err := data.Read("onto_sectors")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, row := range table.Rows {
		known[row[0]] = true
	}
	return known
}

func TestCountriesAreConsistent(t *testing.T) {
	l := load(t)
	iso3, iso2 := regexp.MustCompile(`^[A-Z]{3}$`), regexp.MustCompile(`^[A-Z]{2}$`)
	seen := map[string]bool{}
	for i := range l.Countries {
		c := &l.Countries[i]
		if !iso3.MatchString(c.ISO3) || !iso2.MatchString(c.ISO2) || seen[c.ISO3] || c.Name == "" {
			t.Errorf("%s %s %q: a bad or repeated code, or no name", c.ISO3, c.ISO2, c.Name)
		}
		seen[c.ISO3] = true
		if c.Currency != "" && !iso3.MatchString(c.Currency) {
			t.Errorf("%s: currency %q", c.ISO3, c.Currency)
		}
		for _, other := range append([]string{c.Sovereign}, c.Successors...) {
			if other != "" && l.Country(other) == nil {
				t.Errorf("%s refers to %s, which is not in the table", c.ISO3, other)
			}
		}
		if (len(c.Successors) > 0) != !c.To.IsZero() {
			t.Errorf("%s: a state that is gone has an end and a successor, another has neither", c.ISO3)
		}
		if !c.From.IsZero() && !c.From.Before(c.To) {
			t.Errorf("%s: from %v to %v", c.ISO3, c.From, c.To)
		}
	}
	if len(l.Countries) < 240 {
		t.Errorf("%d countries", len(l.Countries))
	}
}

func TestOrganisationsAreConsistent(t *testing.T) {
	l, known := load(t), sectors(t)
	kinds := map[string]bool{"igo": true, "organisation": true, "armed-group": true, "outlet": true}
	for i := range l.Organisations {
		o := &l.Organisations[i]
		if !kinds[o.Kind] || o.Name == "" || o.ID == "" {
			t.Errorf("%s: kind %q, name %q", o.ID, o.Kind, o.Name)
		}
		if o.Country != "" && l.Country(o.Country) == nil && !known[o.Country] {
			t.Errorf("%s: country %q is neither a country nor a code for those without", o.ID, o.Country)
		}
		if len(o.Code)%3 != 0 {
			t.Errorf("%s: code %q is not made of triples", o.ID, o.Code)
		}
		if o.Country != "" && l.Country(o.Country) != nil && !strings.HasPrefix(o.Code, o.Country) {
			t.Errorf("%s: code %q does not begin with %s", o.ID, o.Code, o.Country)
		}
		checkSectors(t, o.ID, o.Sectors, known)
		if o.Parent != "" && l.Organisation(o.Parent) == nil {
			t.Errorf("%s: parent %q is not in the tables", o.ID, o.Parent)
		}
		if !o.From.IsZero() && !o.To.IsZero() && o.To.Before(o.From) {
			t.Errorf("%s: from %v to %v", o.ID, o.From, o.To)
		}
	}
	for _, c := range l.Collectives {
		checkSectors(t, c.ID, c.Sectors, known)
	}
	for _, r := range l.Roles {
		checkSectors(t, r.ID, r.Sectors, known)
	}
	for _, o := range l.Offices {
		checkSectors(t, o.ID, o.Sectors, known)
		if o.Country != "" && l.Country(o.Country) == nil && l.Organisation(o.Country) == nil {
			t.Errorf("office %s: %q is no country and no organisation", o.ID, o.Country)
		}
	}
	for _, m := range l.Metonyms {
		checkSectors(t, m.ID, m.Sectors, known)
		if l.Country(m.Country) == nil {
			t.Errorf("metonym %s: no country %q", m.ID, m.Country)
		}
	}
}

func checkSectors(t *testing.T, id string, sectors []string, known map[string]bool) {
	t.Helper()
	for _, s := range sectors {
		if !known[s] {
			t.Errorf("%s: sector %q is not in the ontology", id, s)
		}
	}
}

// TestEveryNameLeadsToItsRow checks that no name of a table is lost on the way into the index.
func TestEveryNameLeadsToItsRow(t *testing.T) {
	l := load(t)
	leads := func(name string, kind Kind, index int) {
		t.Helper()
		for _, r := range l.Lookup(name) {
			if r.Kind == kind && r.Index == int32(index) {
				return
			}
		}
		t.Errorf("%q does not lead to row %d of kind %d", name, index, kind)
	}
	for i := range l.Countries {
		leads(l.Countries[i].Name, CountryName, i)
		for _, a := range l.Countries[i].Adjectives {
			leads(a, CountryAdjective, i)
		}
	}
	for i := range l.Organisations {
		leads(l.Organisations[i].Name, OrganisationName, i)
	}
	for i := range l.Persons {
		leads(l.Persons[i].Name, PersonName, i)
	}
	for i := range l.Collectives {
		leads(l.Collectives[i].Name, CollectiveName, i)
	}
}

// TestAliasesAreUnique forbids a name that two organisations share: nobody could tell which is meant.
func TestAliasesAreUnique(t *testing.T) {
	l := load(t)
	for i := range l.names.count[1:] {
		organisations := map[int32]bool{}
		for _, r := range l.names.entry(int32(i)) {
			if r.Kind == OrganisationName {
				organisations[r.Index] = true
			}
		}
		if len(organisations) > 1 {
			var ids []string
			for o := range organisations {
				ids = append(ids, l.Organisations[o].ID)
			}
			t.Errorf("one name for %v", ids)
		}
	}
}

func TestTermsAreConsistent(t *testing.T) {
	l := load(t)
	offices, unique := map[string]bool{}, map[string]bool{}
	for _, o := range l.Offices {
		offices[o.ID] = true
		unique[o.ID] = unique[o.ID] || o.Unique
	}
	ids := map[string]bool{}
	for i := range l.Persons {
		p := &l.Persons[i]
		if ids[p.ID] {
			t.Errorf("two persons have the id %s", p.ID)
		}
		ids[p.ID] = true
		if p.First >= p.Last {
			t.Errorf("%s has no term", p.Name)
		}
	}
	for i := range l.Terms {
		term := &l.Terms[i]
		if !offices[term.Office] {
			t.Errorf("%s: office %q is not in the table of offices", l.Persons[term.Person].Name, term.Office)
		}
		if term.Certainty != "sure" && term.Certainty != "probable" {
			t.Errorf("%s: certainty %q", l.Persons[term.Person].Name, term.Certainty)
		}
		if !unique[term.Office] || term.Certainty != "sure" || term.From.IsZero() || term.To.IsZero() {
			continue
		}
		middle := term.From.AddDays(term.To.DaysSince(term.From) / 2)
		if got, ok := l.Holder(term.Of, term.Office, middle); !ok || got.Person != term.Person {
			t.Errorf("%s of %s on %v is not known to be %s", term.Office, term.Of, middle, l.Persons[term.Person].Name)
		}
	}
}

func TestHolder(t *testing.T) {
	l := load(t)
	for _, c := range []struct{ of, office, day, want string }{
		{"RUS", "foreign minister", "2012-11-05", "Sergei Lavrov"},
		{"RUS", "foreign minister", "2003-01-01", "Igor Ivanov"},
		{"EGY", "foreign minister", "2012-11-05", "Mohamed Kamel Amr"},
		{"SYR", "president", "1999-05-01", "Hafez al-Assad"},
		{"SYR", "president", "2000-07-01", ""}, // between father and son
		{"USA", "president", "2001-01-19", "Bill Clinton"},
		{"USA", "president", "2001-01-21", "George W. Bush"},
		{"USA", "president", "2001-01-20", ""}, // two on one day
		{"united-nations", "secretary-general", "2012-11-05", "Ban Ki-moon"},
		{"nato", "secretary-general", "1996-01-01", "Javier Solana"},
		{"european-union", "high representative for foreign affairs", "2012-11-05", "Catherine Ashton"},
		{"USA", "president", "1850-01-01", ""},
		{"XXX", "president", "2012-01-01", ""},
	} {
		day, err := civil.Parse(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if term, ok := l.Holder(c.of, c.office, day); ok {
			got = l.Persons[term.Person].Name
		}
		if got != c.want {
			t.Errorf("%s of %s on %s is %q, want %q", c.office, c.of, c.day, got, c.want)
		}
	}
	if p, ok := l.Person("George Bush", civil.Of(1990, 6, 1)); !ok || l.Persons[p].Name != "George H. W. Bush" {
		t.Error("George Bush in 1990 is not the father")
	}
	if p, ok := l.Person("Lavrov", civil.Of(2012, 6, 1)); ok {
		t.Errorf("the family name alone stands for %s", l.Persons[p].Name)
	}
}
