package export

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/record"
)

// group collects the claims on one event of one day, which come one after the other.
type group struct{ claims []member }

type member struct {
	ledger.Chosen
	stance Stance
}

func (g *group) holds(c *ledger.Chosen) bool {
	return len(g.claims) > 0 && g.claims[0].Event() == c.Event() && g.claims[0].Day == c.Day
}

func (g *group) add(c ledger.Chosen, s Stance) { g.claims = append(g.claims, member{c, s}) }

// write hands over the group, one event a stance, and empties it.
func (g *group) write(s sink, r *Report) error {
	if len(g.claims) == 0 {
		return nil
	}
	for _, stance := range append([]Stance{Realised}, Stances...) {
		e := event{stance: stance, key: g.key()}
		if stance != Realised {
			e.key += "\x1f" + string(stance)
		}
		for i := range g.claims {
			if g.claims[i].stance == stance {
				e.claims = append(e.claims, g.claims[i].Chosen)
			}
		}
		if len(e.claims) == 0 {
			continue
		}
		day, err := civil.Parse(g.claims[0].Day)
		if err != nil {
			r.leave("claims without a day", len(e.claims))
			continue
		}
		e.telling = fullest(e.claims)
		e.day, e.precision = day, precision(e.proposition().Time)
		if err := s.event(&e, r); err != nil {
			return err
		}
	}
	g.claims = g.claims[:0]
	return nil
}

// key names the event, whatever else is exported: a happening by its id, a proposition by its id and its day.
func (g *group) key() string {
	c := &g.claims[0]
	if c.Happening != "" {
		return c.Happening
	}
	return c.Event() + "\x1f" + c.Day
}

// fullest is the first claim whose proposition tells most of who and where.
func fullest(claims []ledger.Chosen) *ledger.Chosen {
	best, most := &claims[0], -1
	for i := range claims {
		p := claims[i].Proposition
		told := min(len(p.Actors), 1) + min(len(p.Recipients), 1)
		if p.Place != nil {
			told++
		}
		if told > most {
			best, most = &claims[i], told
		}
	}
	return best
}

// event is what claims of one stance say of one happening on one day, first report first.
type event struct {
	key       string
	telling   *ledger.Chosen // the claim whose proposition stands for all
	day       civil.Date
	precision int // 1: the day is known, 2: the week, 3: less
	stance    Stance
	claims    []ledger.Chosen
}

func (e *event) first() *ledger.Chosen { return &e.claims[0] }

func (e *event) proposition() *record.Proposition { return e.telling.Proposition }

// actors and recipients are those that the telling names.
func (e *event) actors() []side { return sides(e.telling.Record, e.proposition().Actors) }

func (e *event) recipients() []side { return sides(e.telling.Record, e.proposition().Recipients) }

// precision tells how well the day of a happening is known, on the scale of ACLED's time_precision.
func precision(t record.Time) int {
	from, errFrom := civil.Parse(t.From)
	to, errTo := civil.Parse(t.To)
	switch {
	case errFrom != nil || errTo != nil:
		return 3
	case from == to:
		return 1
	case to.DaysSince(from) < 8:
		return 2
	}
	return 3
}

// number is an id made of parts: 53 bits, so that programs which keep numbers as floating point keep it whole.
func number(parts ...string) int64 {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 11)
}

// name is an id made of parts: a letter and 16 hexadecimal digits.
func name(letter string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return letter + hex.EncodeToString(sum[:8])
}

// side is a party of an event; the zero side is nobody.
type side struct {
	actor   *record.Actor // nil when the party is not resolved
	text    string        // the words of the first report
	implied bool
	context string // the country that the context gives, where the actor has none
}

func (s side) name() string {
	if s.actor != nil {
		return s.actor.Name
	}
	return s.text
}

// code is the actor's own, or made of the country that the context gives and what the actor is.
func (s side) code() string {
	switch {
	case s.actor != nil && s.actor.Code != "":
		return s.actor.Code
	case s.context == "":
		return ""
	}
	sector := at(s.sectors(), 0)
	if len(sector) != 3 {
		sector = ""
	}
	return s.context + sector
}

func (s side) country() string {
	if s.actor != nil && s.actor.Country != "" {
		return s.actor.Country
	}
	return s.context
}

func (s side) sectors() []string {
	if s.actor != nil {
		return s.actor.Sectors
	}
	return nil
}

// key tells sides apart in ids.
func (s side) key() string {
	if s.actor != nil {
		return s.actor.ID
	}
	if s.text == "" {
		return ""
	}
	return "“" + strings.ToLower(s.text)
}

func sides(r *record.Record, parties []record.Party) []side {
	var out []side
	for _, p := range parties {
		s := side{actor: r.ActorByID(p.Actor), text: p.Text, implied: p.Implied, context: p.Country}
		if !slices.ContainsFunc(out, func(o side) bool { return o.key() == s.key() }) {
			out = append(out, s)
		}
	}
	return out
}

// symmetric are the types in which PLOVER writes all who take part as actors.
var symmetric = []string{"AGREE", "CONSULT", "COOPERATE", "ASSAULT"}

// pair is an event as dyadic data sets have it: one actor, one recipient.
type pair struct{ actor, recipient side }

func (p *pair) key() string { return p.actor.key() + "\x1f" + p.recipient.key() }

// pairs expands the lists of both sides. Those who act together without a recipient, in a type where that means with
// one another, make a pair in each direction, as CAMEO's coders write it.
func (e *event) pairs() []pair {
	actors, recipients := e.actors(), e.recipients()
	var out []pair
	if len(recipients) == 0 && len(actors) > 1 && slices.Contains(symmetric, e.proposition().Type) {
		for i := range actors {
			for j := range actors {
				if i != j {
					out = append(out, pair{actors[i], actors[j]})
				}
			}
		}
		return out
	}
	if len(actors) == 0 {
		actors = []side{{}}
	}
	if len(recipients) == 0 {
		recipients = []side{{}}
	}
	for _, a := range actors {
		for _, b := range recipients {
			out = append(out, pair{a, b})
		}
	}
	return out
}

// reports counts the claims, the articles and the publishers behind an event.
func (e *event) reports() (mentions, articles, publishers int) {
	seenArticles, seenPublishers := map[string]bool{}, map[string]bool{}
	for i := range e.claims {
		a := &e.claims[i].Record.Article
		seenArticles[a.ID] = true
		seenPublishers[a.Publisher] = true
	}
	return len(e.claims), len(seenArticles), len(seenPublishers)
}

// learned is when the ledger first heard of the event.
func (e *event) learned() string {
	first := e.claims[0].Learned
	for i := range e.claims {
		first = min(first, e.claims[i].Learned)
	}
	return first
}

// toll is the lowest number of people that the claims report for an effect, -1 when none does. Totals of a longer
// time are no toll of one event.
func (e *event) toll(effect string) int64 {
	lowest := int64(-1)
	for i := range e.claims {
		n := claimToll(&e.claims[i], effect)
		if n >= 0 && (lowest < 0 || n < lowest) {
			lowest = n
		}
	}
	return lowest
}

// claimToll adds up the counts of one record that are not part of one another.
func claimToll(c *ledger.Chosen, effect string) int64 {
	sum := int64(-1)
	for _, i := range c.Proposition.Casualties {
		if i < 0 || i >= len(c.Record.Casualties) {
			continue
		}
		k := &c.Record.Casualties[i]
		n := max(k.Number, k.Low)
		if k.Effect != effect || k.Scope == "cumulative" || k.SubsetOf != nil || n < 0 {
			continue
		}
		sum = max(sum, 0) + n
	}
	return sum
}

// citation names an article where it has no address.
func citation(a *record.Article) string {
	if a.URL != "" {
		return a.URL
	}
	parts := []string{}
	for _, s := range []string{a.Publisher, a.Date, a.Title} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(append(parts, "annals:"+a.ID), ", ")
}

// speaker is the innermost source of a claim, when that is not the publisher.
func speaker(c *ledger.Chosen) side {
	if len(c.Claim.Chain) < 2 {
		return side{}
	}
	id := c.Claim.Chain[0]
	if a := c.Record.ActorByID(id); a != nil {
		return side{actor: a, text: a.Name}
	}
	return side{text: id}
}
