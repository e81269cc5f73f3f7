package arms

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"annals/internal/civil"
)

// apart is how many days may lie between two undated reports that are still taken to tell of one transfer.
const apart = 31

// Transfer is what sources say about one supply of arms: their tellings, grouped. The grouping is coarse on purpose –
// supplier, recipient, days, kind of arms – and loses nothing: each telling stays whole.
type Transfer struct {
	ID        string    `json:"id"`
	Supplier  Side      `json:"supplier"`
	Recipient Side      `json:"recipient"`
	Near      string    `json:"near,omitempty"` // see Telling
	From      string    `json:"from,omitempty"` // days on which the law is looked up
	To        string    `json:"to,omitempty"`
	Guessed   bool      `json:"days_of_report,omitempty"` // no source dates it: they are the days of the reports
	Tellings  []Telling `json:"tellings"`
}

// Group makes transfers of tellings. A telling with several suppliers or recipients stands in several transfers.
// The newest come first; the order of the tellings given does not count.
func Group(list []Telling) []Transfer {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Telling) int {
		return cmp.Or(cmp.Compare(a.Reported, b.Reported), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Claim, b.Claim))
	})
	var groups []group
	for i := range list {
		for _, supplier := range oneAtLeast(list[i].Suppliers) {
			for _, recipient := range oneAtLeast(list[i].Recipients) {
				groups = place(groups, &list[i], supplier, recipient)
			}
		}
	}
	out := make([]Transfer, 0, len(groups))
	for i := range groups {
		out = append(out, groups[i].transfer())
	}
	slices.SortStableFunc(out, func(a, b Transfer) int {
		return cmp.Or(cmp.Compare(latest(b), latest(a)), cmp.Compare(a.Supplier.key(), b.Supplier.key()), cmp.Compare(a.Recipient.key(), b.Recipient.key()), cmp.Compare(b.To, a.To), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// nobody stands for a side that is not named.
var nobody = Side{Kind: "unknown"}

func oneAtLeast(sides []Side) []Side {
	if len(sides) == 0 {
		return []Side{nobody}
	}
	return sides
}

// key tells sides apart: a state is its government and whoever speaks for it.
func (s Side) key() string {
	if s.Country != "" && s.Kind != "non-state" {
		return s.Country
	}
	return "~" + cmp.Or(s.Actor, strings.ToLower(s.Name)) + "/" + s.Country
}

// group is a transfer in the making.
type group struct {
	supplier, recipient Side
	members             []*Telling
}

func place(groups []group, t *Telling, supplier, recipient Side) []group {
	for i := range groups {
		g := &groups[i]
		if g.supplier.key() == supplier.key() && g.recipient.key() == recipient.key() && slices.ContainsFunc(g.members, func(m *Telling) bool { return oneTransfer(m, t) }) {
			if !slices.Contains(g.members, t) {
				g.members = append(g.members, t)
			}
			return groups
		}
	}
	return append(groups, group{supplier, recipient, []*Telling{t}})
}

// oneTransfer tells whether two claims on the same parties may be about one supply: the same proposition, or like arms
// at a like time, both of them behind us or both ahead.
func oneTransfer(a, b *Telling) bool {
	switch {
	case a.Proposition == b.Proposition:
		return true
	case a.Near != b.Near || ahead(a) != ahead(b) || !alike(a.Goods, b.Goods):
		return false
	}
	x, y := a.days(), b.days()
	if !a.Dated && !b.Dated {
		return !x.From.IsZero() && !y.From.IsZero() && abs(x.From.DaysSince(y.From)) <= apart
	}
	return x.Overlaps(y)
}

func ahead(t *Telling) bool { return t.Modality != "asserted" && t.Modality != "possible" }

// alike tells whether two lists of arms may be of the same kind: one does not say, or they share a category.
func alike(a, b []Goods) bool {
	if vague(a) || vague(b) {
		return true
	}
	return slices.ContainsFunc(a, func(x Goods) bool {
		return x.Category != "unspecified" && slices.ContainsFunc(b, func(y Goods) bool { return x.Category == y.Category })
	})
}

func vague(goods []Goods) bool {
	return !slices.ContainsFunc(goods, func(g Goods) bool { return g.Category != "" && g.Category != "unspecified" })
}

// days are those that the text gives, or else that of the report.
func (t *Telling) days() civil.Interval {
	if t.Dated {
		from, to := day(t.From), day(t.To)
		if from.IsZero() {
			from = to
		}
		if to.IsZero() {
			to = from
		}
		if !from.IsZero() && !to.Before(from) {
			return civil.Interval{From: from, To: to}
		}
	}
	d := day(t.Reported)
	return civil.Interval{From: d, To: d}
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		return civil.Date{}
	}
	return d
}

func abs(n int) int { return max(n, -n) }

func (g *group) transfer() Transfer {
	t := Transfer{ID: g.id(), Supplier: g.supplier, Recipient: g.recipient, Guessed: true}
	var days civil.Interval
	for _, m := range g.members {
		t.Tellings = append(t.Tellings, *m)
		t.Near = cmp.Or(t.Near, m.Near)
		if m.Dated { // days that a source gives are worth more than the days of reports
			if t.Guessed {
				days = civil.Interval{}
			}
			t.Guessed = false
		}
		if m.Dated == !t.Guessed {
			days = span(days, m.days())
		}
	}
	t.From, t.To = days.From.String(), days.To.String()
	return t
}

// id comes from the oldest claim's proposition; where that names several parties, the pair's place among them follows.
func (g *group) id() string {
	first := g.members[0]
	id := "t" + strings.TrimPrefix(first.Proposition, "p")
	suppliers, recipients := oneAtLeast(first.Suppliers), oneAtLeast(first.Recipients)
	if len(suppliers)*len(recipients) == 1 {
		return id
	}
	return id + "-" + strconv.Itoa(slices.Index(suppliers, g.supplier)*len(recipients)+slices.Index(recipients, g.recipient)+1)
}

// PropositionOf is the proposition behind the id of a transfer.
func PropositionOf(transfer string) string {
	id, _, _ := strings.Cut(transfer, "-")
	return "p" + strings.TrimPrefix(id, "t")
}

// span is the days from the first of two intervals to the last.
func span(a, b civil.Interval) civil.Interval {
	if a.IsZero() {
		return b
	}
	if !b.From.IsZero() && b.From.Before(a.From) {
		a.From = b.From
	}
	if a.To.Before(b.To) {
		a.To = b.To
	}
	return a
}

func latest(t Transfer) string {
	out := ""
	for i := range t.Tellings {
		out = max(out, t.Tellings[i].Reported)
	}
	return out
}

// Question is what the register of embargoes is asked about a transfer. ok is false when no day or no country is known.
func (t *Transfer) Question() (q Question, ok bool) {
	q = Question{From: t.Supplier.Country, To: cmp.Or(t.Recipient.Country, t.Near), On: civil.Interval{From: day(t.From), To: day(t.To)}, Item: t.item()}
	if t.Recipient.Kind != "unknown" {
		q.Recipient = t.Recipient.Kind
	}
	return q, q.To != "" && !q.On.From.IsZero() && !q.On.To.IsZero()
}

// item is the one scope of arms that all sources name, or "".
func (t *Transfer) item() string {
	scope := ""
	for i := range t.Tellings {
		for _, g := range t.Tellings[i].Goods {
			of := ""
			switch {
			case g.Category == "" || g.Category == "unspecified":
				continue
			case g.Register == "SALW":
				of = "small-arms"
			case g.Register != "":
				of = "major"
			default:
				of = "other"
			}
			if scope != "" && scope != of {
				return ""
			}
			scope = of
		}
	}
	return scope
}

// Has tells whether a proposition or claim is told of here.
func (t *Transfer) Has(id string) bool {
	return slices.ContainsFunc(t.Tellings, func(m Telling) bool { return m.Proposition == id || m.Claim == id })
}
