package lexicon

import "annals/internal/civil"

// Person is someone who holds or held an office, or leads a group.
type Person struct {
	ID      string // "sergei-lavrov"
	Name    string
	Gender  string // m, f or ""
	Country string // of the offices, ISO3; or UNO, NAT, … for those of bodies
	First   int32  // Terms[First:Last]
	Last    int32
}

// Term is the time a person held an office.
type Term struct {
	Person    int32
	Country   string // ISO3, or the code of a body
	Office    string // id of an office: "foreign minister"
	Sectors   []string
	From, To  civil.Date // open when zero; the last day is in
	Certainty string     // sure, probable
	Rule      string     // row
}

// Organisation is a body, an armed group, a party, a company, an outlet.
type Organisation struct {
	ID       string // "security-council"
	Name     string
	Kind     string // igo, organisation, armed-group, outlet
	Country  string // ISO3, IGO, NGO, MNC, …; "" when it has none
	Code     string // CAMEO style: IGOUNO
	Sectors  []string
	Parent   string // id
	From, To civil.Date
}

// Collective is an actor without a membership: "Western powers". It is never expanded to states.
type Collective struct {
	ID      string
	Name    string
	Country string // where the phrase implies one
	Sectors []string
}

// Role is a common noun for someone who acts: "lawmaker", "rebels", "police".
type Role struct {
	ID      string
	Sectors []string // primary first; empty when the word alone tells none ("official" tells GOV, "man" nothing)
	Group   bool     // a body of people even in the singular: "army", "police"
}

// Office is a post that one person holds at a time: "foreign minister".
type Office struct {
	ID      string
	Country string // where the title is used in this sense, or "" for anywhere
	Sectors []string
}
