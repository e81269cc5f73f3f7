package lexicon

import (
	"strings"

	"annals/internal/civil"
)

// Person is someone who holds or held an office, or leads a group.
type Person struct {
	ID     string // "sergei-lavrov"
	Name   string
	Gender string // m, f or ""
	First  int32  // Terms[First:Last]
	Last   int32
}

// Term is the time a person held an office.
type Term struct {
	Person    int32
	Of        string // ISO3, or the id of an organisation
	Country   string // ISO3, or UNO, EUR, IGO, IMG, … for those of an organisation; "" when it has none
	Office    string // id of an office: "foreign minister"
	Code      string // of the organisation, CAMEO style; "" for an office of a state
	Sectors   []string
	From, To  civil.Date // open when zero; the last day is in
	Certainty string     // sure, probable
}

// At tells whether the term covers a day. A term without any date covers none for certain.
func (t *Term) At(d civil.Date) bool {
	return !(t.From.IsZero() && t.To.IsZero()) && within(d, t.From, t.To)
}

// Office is a title that names a post: "foreign minister". Titles of one post in several countries share its id.
type Office struct {
	ID      string
	Country string // where the title is used in this sense: ISO3 or the id of an organisation; "" for anywhere
	Sectors []string
	Unique  bool // one person at a time holds it
}

func (l *Lexicon) loadOffices() error {
	r, err := openRows("offices")
	if err != nil {
		return err
	}
	for r.next() {
		i := int32(len(l.Offices))
		l.Offices = append(l.Offices, Office{
			ID: r.cell("id"), Country: r.cell("country"), Sectors: r.list("sectors"), Unique: r.cell("unique") == "yes",
		})
		l.name(Reading{Kind: OfficeName, Index: i}, r.list("forms")...)
		l.name(Reading{Kind: OfficeName, Index: i, Plural: true}, r.list("plurals")...)
	}
	return r.err
}

func (l *Lexicon) loadPersons() error {
	r, err := openRows("officeholders")
	if err != nil {
		return err
	}
	sectors := make(map[string][]string, len(l.Offices))
	for i := range l.Offices {
		if _, ok := sectors[l.Offices[i].ID]; !ok {
			sectors[l.Offices[i].ID] = l.Offices[i].Sectors
		}
	}
	byName := make(map[string]int32, 1<<10)
	var terms []Term
	var aliases [][]string
	for r.next() {
		name, of := r.cell("name"), r.cell("of")
		key := name
		if royal(name) { // two kings Abdullah reigned at once
			key += " of " + of
		}
		p, ok := byName[key]
		if !ok {
			p = int32(len(l.Persons))
			byName[key] = p
			l.Persons = append(l.Persons, Person{ID: Slug(key), Name: name, Gender: r.cell("gender")})
			aliases = append(aliases, nil)
		}
		aliases[p] = append(aliases[p], r.list("aliases")...)
		t := Term{Person: p, Of: of, Country: of, Office: r.cell("office"), From: r.day("from", false), To: r.day("to", true), Certainty: r.cell("certainty")}
		t.Sectors = sectors[t.Office]
		if o := l.Organisation(of); o != nil {
			t.Country, t.Code = o.Country, o.Code
			if o.Kind != "igo" || len(t.Sectors) == 0 {
				t.Sectors = o.Sectors
			}
		} else if l.Country(of) == nil {
			r.fail("there is no country and no organisation %q", of)
		} else if len(t.Sectors) == 0 { // the leader or spokesman of a state
			t.Sectors = []string{"GOV"}
		}
		if !t.From.IsZero() && !t.To.IsZero() && t.To.Before(t.From) {
			r.fail("the term ends before it begins")
		}
		terms = append(terms, t)
	}
	if r.err != nil {
		return r.err
	}
	l.groupTerms(terms)
	for p := range l.Persons {
		l.namePerson(int32(p), aliases[p])
	}
	return nil
}

// groupTerms puts each person's terms together, in the order of the table.
func (l *Lexicon) groupTerms(terms []Term) {
	count := make([]int32, len(l.Persons)+1)
	for i := range terms {
		count[terms[i].Person+1]++
	}
	for p := range l.Persons {
		count[p+1] += count[p]
		l.Persons[p].First, l.Persons[p].Last = count[p], count[p+1]
	}
	l.Terms = make([]Term, len(terms))
	for _, t := range terms {
		at := count[t.Person]
		count[t.Person]++
		l.Terms[at] = t
		key := holding{t.Of, t.Office}
		l.holders[key] = append(l.holders[key], at)
	}
}

func (l *Lexicon) namePerson(p int32, aliases []string) {
	person := &l.Persons[p]
	whole, family := Reading{Kind: PersonName, Index: p}, Reading{Kind: PersonName, Index: p, Surname: true}
	for _, name := range append([]string{person.Name}, aliases...) {
		l.name(whole, name)
		if bare := withoutArticle(name); bare != name {
			l.name(whole, bare, strings.Replace(name, "al-", "el-", 1))
		}
		surname := l.surname(person, name)
		if surname != "" && surname != name {
			l.name(family, surname)
			if bare := withoutArticle(surname); bare != surname {
				l.name(family, bare)
			}
		}
	}
}

// withoutArticle is "Bashar Assad" for "Bashar al-Assad".
func withoutArticle(name string) string {
	for _, article := range []string{"al-", "el-", "Al-", "El-"} {
		if before, after, ok := strings.Cut(name, article); ok && (before == "" || strings.HasSuffix(before, " ")) && after != "" {
			return before + after
		}
	}
	return name
}

// surname is the part of a name that copy uses alone after the first mention: the last word with its particles, or the
// first word where the family name comes first.
func (l *Lexicon) surname(p *Person, name string) string {
	words := strings.Fields(name)
	if len(words) > 1 && (words[len(words)-1] == "Jr" || words[len(words)-1] == "Jr.") {
		words = words[:len(words)-1]
	}
	if royal(name) {
		return strings.Join(words[1:], " ")
	}
	if len(words) < 2 {
		return ""
	}
	for i := p.First; i < p.Last; i++ {
		switch l.Terms[i].Of {
		case "CHN", "TWN", "HKG", "KOR", "PRK":
			return words[0]
		}
	}
	first := len(words) - 1
	for first > 1 && particle(words[first-1]) {
		first--
	}
	return strings.Join(words[first:], " ")
}

func particle(word string) bool {
	switch word {
	case "de", "der", "van", "Van", "von", "zu", "bin", "Bin", "la", "La", "Le", "Di", "Del", "del", "da", "dos", "De", "al", "Al", "el", "El", "Abu", "Ben", "Aboul", "Abdel", "Abdul", "ul":
		return true
	}
	return false
}

func royal(name string) bool {
	title, _, ok := strings.Cut(name, " ")
	switch title {
	case "King", "Queen", "Emperor", "Pope", "Sultan":
		return ok
	}
	return false
}

// Holder is the term of whoever held an office of a country (ISO3) or organisation (id) on a day; ok is false when
// nobody did as far as we know, or when the table cannot tell which of two did.
func (l *Lexicon) Holder(of, office string, day civil.Date) (term *Term, ok bool) {
	for _, i := range l.holders[holding{of, office}] {
		t := &l.Terms[i]
		if !t.At(day) {
			continue
		}
		if term != nil && term.Person != t.Person {
			return nil, false
		}
		term = t
	}
	return term, term != nil
}

// Held tells whether the register knows any holder of the office.
func (l *Lexicon) Held(of, office string) bool { return len(l.holders[holding{of, office}]) > 0 }

// Persons whose full name this is, as indexes; none for a family name alone.
func (l *Lexicon) Named(name string) []int32 {
	var found []int32
	for _, r := range l.Lookup(name) {
		if r.Kind == PersonName && !r.Surname {
			found = append(found, r.Index)
		}
	}
	return found
}

// Person is the bearer of a full name who was in office on the day, or the only bearer.
func (l *Lexicon) Person(name string, day civil.Date) (person int32, ok bool) {
	named := l.Named(name)
	if len(named) == 1 {
		return named[0], true
	}
	person = -1
	for _, p := range named {
		if _, in := l.TermAt(p, day); in {
			if person >= 0 {
				return -1, false
			}
			person = p
		}
	}
	return person, person >= 0
}

// TermAt is what a person was on a day: the term that covers it, the later one of two.
func (l *Lexicon) TermAt(person int32, day civil.Date) (term *Term, ok bool) {
	p := &l.Persons[person]
	for i := p.First; i < p.Last; i++ {
		if t := &l.Terms[i]; t.At(day) && (term == nil || term.From.Before(t.From)) {
			term = t
		}
	}
	return term, term != nil
}

// TermsOf are all terms of a person.
func (l *Lexicon) TermsOf(person int32) []Term {
	p := &l.Persons[person]
	return l.Terms[p.First:p.Last]
}

// day reads a date that may be a bare year or month: its first day, or its last one at the end of a term.
func (r *rows) day(column string, end bool) civil.Date {
	s := r.cell(column)
	switch {
	case s == "":
		return civil.Date{}
	case len(s) == 4 && end:
		s += "-12-31"
	case len(s) == 4:
		s += "-01-01"
	case len(s) == 7:
		d, err := civil.Parse(s + "-01")
		if err != nil {
			r.fail("%v", err)
		}
		if end {
			return d.AddMonths(1).AddDays(-1)
		}
		return d
	}
	d, err := civil.Parse(s)
	if err != nil {
		r.fail("%v", err)
	}
	return d
}

// Slug is a name as an id: lower case, letters outside ASCII kept, everything else a hyphen.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(name) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c > 127 && c != '’' && c != '‘':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(c)
		case c == '.' || c == '\'' || c == '’' || c == '‘':
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return "unnamed"
	}
	return b.String()
}
