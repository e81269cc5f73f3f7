// Package lexicon holds what annals knows by name: countries and their people, seats of government, holders of
// offices with their terms, international bodies, armed groups, outlets, role nouns, collective actors.
//
// In: the tables of package data, read once by Load. Out: rows as plain structs, and a longest-match lookup of
// names over tokens. Every name leads to all of its readings ("Jordan" is a country and a family name); choosing
// among them is the work of the stages. It never reads an article's meaning, holds no global and writes nothing.
package lexicon

import (
	"sync"

	"annals/internal/civil"
)

// Kind tells what a name is the name of.
type Kind uint8

// Kinds of names. Index in a Reading is the row in the Lexicon's slice that the comment names.
const (
	CountryName      Kind = iota + 1 // "Syria": Countries
	CountryAdjective                 // "Syrian": Countries
	CountryPerson                    // "a Syrian", "Turk": Countries
	CountryPeople                    // "Syrians", "Turks": Countries
	CapitalName                      // "Damascus": Countries
	MetonymName                      // "the Kremlin": Metonyms
	RegionName                       // "Middle East": Regions
	PersonName                       // "Sergei Lavrov": Persons
	OrganisationName                 // "Security Council", "Hezbollah", "al-Ahram": Organisations
	CollectiveName                   // "Western powers": Collectives
	RoleNoun                         // "lawmakers", "police": Roles
	OfficeName                       // "foreign minister": Offices
)

// Reading is one thing that a name can stand for.
type Reading struct {
	Kind    Kind
	Plural  bool // the form is a plural: "ministers", "Syrians"
	Surname bool // a family name alone: stands for nobody unless the document has named the person in full
	Index   int32

	capital, upper uint32 // parts that must be capitalised, or wholly upper-case, in the text
	next           int32
}

// Lexicon is the tables and the index of their names. It is read-only and safe for concurrent use.
type Lexicon struct {
	Countries     []Country
	Metonyms      []Metonym
	Regions       []Region
	Persons       []Person
	Terms         []Term // of all persons, each person's together
	Organisations []Organisation
	Collectives   []Collective
	Roles         []Role
	Offices       []Office

	names        trie
	everyday     []uint64 // hashes of acronyms that are everyday words
	country      map[string]int32
	organisation map[string]int32
	scratch      sync.Pool
	holders      map[holding][]int32 // terms of an office
}

// holding is an office of a country: "RUS", "foreign minister".
type holding struct{ country, office string }

// Load reads the tables. It costs a few milliseconds; do it once.
func Load() (*Lexicon, error) {
	l := &Lexicon{
		names:        newTrie(1 << 15),
		country:      make(map[string]int32, 256),
		holders:      make(map[holding][]int32, 1<<10),
		organisation: make(map[string]int32, 1<<10),
	}
	for _, word := range everyday {
		l.everyday = append(l.everyday, nameParts(nil, word)[0].hash)
	}
	l.scratch.New = func() any { return new([]part) }
	for _, load := range []func() error{
		l.loadCountries, l.loadMetonyms, l.loadRegions, l.loadOrganisations, l.loadCollectives,
		l.loadRoles, l.loadOffices, l.loadPersons,
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	l.names.freeze()
	return l, nil
}

// Country is the row of an ISO 3166-1 alpha-3 code, or nil.
func (l *Lexicon) Country(iso3 string) *Country {
	if i, ok := l.country[iso3]; ok {
		return &l.Countries[i]
	}
	return nil
}

// within tells whether d lies between from and to, both in; a zero one is open.
func within(d, from, to civil.Date) bool {
	return (from.IsZero() || !d.Before(from)) && (to.IsZero() || !to.Before(d))
}
