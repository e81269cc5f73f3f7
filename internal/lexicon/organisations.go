package lexicon

import "annals/internal/civil"

// Organisation is a body, an armed group, a party, a company, an outlet, or an entity that calls itself a state.
type Organisation struct {
	ID       string // "security-council"
	Name     string
	Kind     string // igo, organisation, armed-group, outlet
	Country  string // ISO3; UNO, EUR, IGO, NGO, IMG, MNC or ISM for those without a country; "" when unknown
	Code     string // CAMEO style: IGOUNO
	Sectors  []string
	Parent   string // id
	Known    bool   // its acronym is understood in a story about any country: "PKK", "BBC"
	From, To civil.Date
}

// Collective is an actor without a membership: "Western powers". It is never expanded to states.
type Collective struct {
	ID      string
	Name    string
	Country string // where the phrase implies one
	Code    string
	Sectors []string
}

// Role is a family of common nouns for those who act: "lawmaker", "rebels", "police".
type Role struct {
	ID      string
	Country string   // UNO or NGO where the noun implies one
	Sectors []string // primary first; empty when the noun tells none
	Group   bool     // a body of people even in the singular: "army", "police"
}

func (l *Lexicon) loadOrganisations() error {
	for _, table := range []string{"bodies", "organisations", "groups", "entities", "outlets"} {
		r, err := openRows(table)
		if err != nil {
			return err
		}
		for r.next() {
			o := Organisation{
				ID: r.cell("id"), Name: r.cell("name"), Kind: r.cell("kind"), Country: r.cell("country"), Code: r.cell("code"),
				Sectors: r.list("sectors"), Parent: r.cell("parent"), From: r.day("from", false), To: r.day("to", true),
				Known: r.cell("known") == "yes",
			}
			i := int32(len(l.Organisations))
			if _, taken := l.organisation[o.ID]; taken {
				r.fail("the id %q is taken", o.ID)
			}
			l.organisation[o.ID] = i
			l.Organisations = append(l.Organisations, o)
			l.name(Reading{Kind: OrganisationName, Index: i}, o.Name)
			l.name(Reading{Kind: OrganisationName, Index: i}, r.list("aliases")...)
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// Organisation is the row of an id, or nil.
func (l *Lexicon) Organisation(id string) *Organisation {
	if i, ok := l.organisation[id]; ok {
		return &l.Organisations[i]
	}
	return nil
}

func (l *Lexicon) loadCollectives() error {
	r, err := openRows("collectives")
	if err != nil {
		return err
	}
	for r.next() {
		c := Collective{ID: r.cell("id"), Name: r.cell("name"), Country: r.cell("country"), Code: r.cell("code"), Sectors: r.list("sectors")}
		i := int32(len(l.Collectives))
		l.Collectives = append(l.Collectives, c)
		l.name(Reading{Kind: CollectiveName, Plural: true, Index: i}, c.Name)
		l.name(Reading{Kind: CollectiveName, Plural: true, Index: i}, r.list("aliases")...)
	}
	return r.err
}

func (l *Lexicon) loadRoles() error {
	r, err := openRows("agents")
	if err != nil {
		return err
	}
	for r.next() {
		i := int32(len(l.Roles))
		l.Roles = append(l.Roles, Role{ID: r.cell("id"), Country: r.cell("country"), Sectors: r.list("sectors"), Group: r.cell("group") == "yes"})
		l.name(Reading{Kind: RoleNoun, Index: i}, r.list("forms")...)
		l.name(Reading{Kind: RoleNoun, Plural: true, Index: i}, r.list("plurals")...)
	}
	return r.err
}
