package lexicon

import (
	"fmt"

	"annals/data"
	"annals/internal/civil"
)

// Country is a state, a dependency, or a state that is gone.
type Country struct {
	ISO3, ISO2 string // KOS and XK for Kosovo
	Name       string
	Aliases    []string
	Adjectives []string
	People     []string // one of them: "Turk"
	Peoples    []string // all of them: "Turks"
	Capitals   []string // today's seat first
	Currency   string   // ISO 4217
	Region     string   // continent
	Subregion  string
	Sovereign  string     // ISO3 of the state a dependency belongs to, or ""
	From, To   civil.Date // of a state that is gone
	Successors []string
}

// State is the code that acts of the country are counted to: its own, or its sovereign's.
func (c *Country) State() string {
	if c.Sovereign != "" {
		return c.Sovereign
	}
	return c.ISO3
}

// Adjective is the usual one ("Syrian"), or the name where there is none.
func (c *Country) Adjective() string {
	if len(c.Adjectives) > 0 {
		return c.Adjectives[0]
	}
	return c.Name
}

// Metonym is a building or seat that stands for those in it: "the Kremlin".
type Metonym struct {
	ID      string
	Name    string
	Country string
	Actor   string   // who is meant: "government of Russia"
	Sectors []string // of those meant
	Place   bool     // may be meant as a place too
}

// Region is a part of the world that is no state.
type Region struct {
	ID, Name, Adjective string
}

// rows is a cursor over a table that turns the first fault into an error with its line.
type rows struct {
	table   *data.Table
	columns map[string]int
	at      int
	err     error
}

func openRows(name string) (*rows, error) {
	table, err := data.Read(name)
	if err != nil {
		return nil, err
	}
	r := &rows{table: table, columns: make(map[string]int, len(table.Columns)), at: -1}
	for i, c := range table.Columns {
		r.columns[c] = i
	}
	return r, nil
}

func (r *rows) next() bool {
	r.at++
	return r.err == nil && r.at < len(r.table.Rows)
}

func (r *rows) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("reading the table %s: line %d: %s", r.table.Name, r.table.Lines[r.at], fmt.Sprintf(format, args...))
	}
}

func (r *rows) cell(column string) string {
	i, ok := r.columns[column]
	if !ok {
		r.fail("there is no column %q", column)
		return ""
	}
	return r.table.Rows[r.at][i]
}

func (r *rows) list(column string) []string { return data.List(r.cell(column)) }

func (r *rows) date(column string) civil.Date {
	s := r.cell(column)
	if s == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(s)
	if err != nil {
		r.fail("%v", err)
	}
	return d
}

// name gives every form in forms the reading.
func (l *Lexicon) name(reading Reading, forms ...string) {
	var buffer [12]part
	for _, form := range forms {
		if form == "" {
			continue
		}
		parts := nameParts(buffer[:0], form)
		l.names.add(parts, reading)
		if len(parts) == 1 && parts[0].upper && !parts[0].dotted && len(form) > 3 && !readsAsWord(form) {
			parts[0].upper = false // British copy writes "Nato", "Farc"
			l.names.add(parts, reading)
		}
	}
}

// readsAsWord tells whether an acronym with one capital is an everyday word or name.
func readsAsWord(form string) bool {
	switch form {
	case "MEND", "CARE", "ARENA", "PACE", "AMAL", "MILF", "WHO", "APEC", "LURD", "KRT", "CAIR":
		return true
	}
	return false
}

func (l *Lexicon) loadCountries() error {
	r, err := openRows("countries")
	if err != nil {
		return err
	}
	for r.next() {
		c := Country{
			ISO3: r.cell("iso3"), ISO2: r.cell("iso2"), Name: r.cell("name"), Aliases: r.list("aliases"),
			Adjectives: r.list("adjectives"), People: r.list("people"), Peoples: r.list("peoples"),
			Capitals: r.list("capital"), Currency: r.cell("currency"), Region: r.cell("region"),
			Subregion: r.cell("subregion"), Sovereign: r.cell("sovereign"),
			From: r.date("from"), To: r.date("to"), Successors: r.list("successor"),
		}
		i := int32(len(l.Countries))
		l.Countries = append(l.Countries, c)
		l.country[c.ISO3] = i
		l.name(Reading{Kind: CountryName, Index: i}, c.Name)
		l.name(Reading{Kind: CountryName, Index: i}, c.Aliases...)
		l.name(Reading{Kind: CountryAdjective, Index: i}, c.Adjectives...)
		l.name(Reading{Kind: CountryPerson, Index: i}, c.People...)
		l.name(Reading{Kind: CountryPeople, Index: i, Plural: true}, c.Peoples...)
		l.name(Reading{Kind: CapitalName, Index: i}, c.Capitals...)
	}
	return r.err
}

func (l *Lexicon) loadMetonyms() error {
	r, err := openRows("metonyms")
	if err != nil {
		return err
	}
	for r.next() {
		m := Metonym{
			ID: r.cell("id"), Name: r.cell("name"), Country: r.cell("country"), Actor: r.cell("actor"),
			Sectors: r.list("sectors"), Place: r.cell("place") == "yes",
		}
		i := int32(len(l.Metonyms))
		l.Metonyms = append(l.Metonyms, m)
		l.name(Reading{Kind: MetonymName, Index: i}, m.Name)
		l.name(Reading{Kind: MetonymName, Index: i}, r.list("aliases")...)
	}
	return r.err
}

func (l *Lexicon) loadRegions() error {
	r, err := openRows("regions")
	if err != nil {
		return err
	}
	for r.next() {
		i := int32(len(l.Regions))
		g := Region{ID: r.cell("id"), Name: r.cell("name"), Adjective: r.cell("adjective")}
		l.Regions = append(l.Regions, g)
		l.name(Reading{Kind: RegionName, Index: i}, g.Name)
		l.name(Reading{Kind: RegionName, Index: i}, r.list("aliases")...)
	}
	return r.err
}
