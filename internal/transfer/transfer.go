// Package transfer lays what sources say about supplies of arms beside the registers that the user has imported and
// the law in force that day.
//
// In: an open ledger and a question. Out: one dossier a transfer: every source's own word with its sentence, the rows
// of the trade register and the votes between the same parties, the instruments that bear on those days. The parts
// stand side by side; nothing is added up, and no verdict is drawn. It reads no text and writes nothing.
package transfer

import (
	"cmp"
	"context"
	"slices"

	"annals/internal/arms"
	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/register"
)

// mostArticles is how many articles, the newest, are looked through for one question.
const mostArticles = 500

// mostRows is how many rows of a register a dossier shows.
const mostRows = 40

// Question asks for transfers.
type Question struct {
	ledger.Query                // which claims count
	From, To     string         // supplier and recipient, ISO 3166-1 alpha-3; "" is any
	On           civil.Interval // days that the transfer must touch, and on which the law is looked up; zero: all, and each transfer's own days
	Limit        int            // transfers; 0: 50
}

// Dossier is a transfer with what stands beside it.
type Dossier struct {
	arms.Transfer
	Tally     []Tally                      `json:"tally"`
	Law       *arms.View                   `json:"law"` // null where no day or no country is known
	Deals     []sqlite.Kept[register.Deal] `json:"deals"`
	MoreDeals bool                         `json:"more_deals,omitempty"`
	Votes     []Vote                       `json:"imported_votes"`
	Listed    []sqlite.Listed              `json:"listed"`
	Imported  map[string]bool              `json:"imported"` // which kinds of registers the ledger holds
}

// Tally counts the claims of one status and the sources behind them: whoever speaks innermost counts once, and so do
// copies of one text in the publisher's own voice.
type Tally struct {
	Status  string `json:"status"` // "" where a claim has none
	Claims  int    `json:"claims"`
	Sources int    `json:"sources"`
}

// Vote is a vote of an imported register, with the ballots of the transfer's parties.
type Vote struct {
	sqlite.Kept[register.Vote]
	Ballots []register.Ballot `json:"ballots"`
}

// Answer is a list of dossiers, newest first. More says that older articles or transfers were not looked at.
type Answer struct {
	Dossiers []Dossier `json:"transfers"`
	More     bool      `json:"more,omitempty"`
}

// Desk holds the tables that dossiers are made with. It is immutable and safe for concurrent use.
type Desk struct {
	teller *arms.Teller
	law    *arms.Register
}

// New loads the tables.
func New() (*Desk, error) {
	teller, err := arms.NewTeller()
	if err != nil {
		return nil, err
	}
	law, err := arms.Load()
	if err != nil {
		return nil, err
	}
	return &Desk{teller: teller, law: law}, nil
}

// Find answers a question.
func (d *Desk) Find(ctx context.Context, l *sqlite.Ledger, q Question) (Answer, error) {
	transfers, more, err := d.transfers(ctx, l, q)
	if err != nil {
		return Answer{}, err
	}
	limit := cmp.Or(q.Limit, 50)
	if len(transfers) > limit {
		transfers, more = transfers[:limit], true
	}
	out := Answer{Dossiers: []Dossier{}, More: more}
	for i := range transfers {
		dossier, err := d.dossier(ctx, l, &transfers[i], q)
		if err != nil {
			return Answer{}, err
		}
		out.Dossiers = append(out.Dossiers, *dossier)
	}
	return out, nil
}

// One is the dossier of a transfer by its id, or by that of a claim's proposition in it.
func (d *Desk) One(ctx context.Context, l *sqlite.Ledger, id, at string) (*Dossier, error) {
	proposition := arms.PropositionOf(id)
	claims, err := l.Claims(ctx, ledger.Query{Proposition: proposition, AsOf: at, Limit: 1000})
	if err != nil {
		return nil, err
	}
	var articles []string
	for _, c := range claims {
		if !slices.Contains(articles, c.Article) {
			articles = append(articles, c.Article)
		}
	}
	first, err := d.tellings(ctx, l, articles, at)
	if err != nil {
		return nil, err
	}
	first = slices.DeleteFunc(first, func(t arms.Telling) bool { return t.Proposition != proposition })
	if len(first) == 0 {
		return nil, ledger.ErrNotFound
	}
	// The other claims on the same parties may belong to it.
	q := Question{From: country(first[0].Suppliers), To: cmp.Or(country(first[0].Recipients), first[0].Near)}
	q.AsOf = at
	transfers, _, err := d.transfers(ctx, l, q)
	if err != nil {
		return nil, err
	}
	for _, exact := range []bool{true, false} {
		for i := range transfers {
			if transfers[i].ID == id || !exact && transfers[i].Has(proposition) {
				return d.dossier(ctx, l, &transfers[i], q)
			}
		}
	}
	return nil, ledger.ErrNotFound
}

func country(sides []arms.Side) string {
	for _, s := range sides {
		if s.Country != "" {
			return s.Country
		}
	}
	return ""
}

// transfers are those that fit, without what stands beside them.
func (d *Desk) transfers(ctx context.Context, l *sqlite.Ledger, q Question) (out []arms.Transfer, more bool, err error) {
	party := cmp.Or(q.From, q.To) // with a supplier, the recipient may be one that the claim leaves open
	var parties []string
	if party != "" {
		parties = []string{party}
	}
	articles, err := l.ArmsArticles(ctx, q.Query, parties, mostArticles+1)
	if err != nil {
		return nil, false, err
	}
	if len(articles) > mostArticles {
		articles, more = articles[:mostArticles], true
	}
	list, err := d.tellings(ctx, l, articles, q.AsOf)
	if err != nil {
		return nil, false, err
	}
	if list, err = fitting(ctx, l, list, q.Query); err != nil {
		return nil, false, err
	}
	for _, t := range arms.Group(list) {
		if fits(&t, q) {
			out = append(out, t)
		}
	}
	return out, more, nil
}

// tellings reads what the articles tell, in the reading of the time.
func (d *Desk) tellings(ctx context.Context, l *sqlite.Ledger, articles []string, at string) ([]arms.Telling, error) {
	var out []arms.Telling
	for _, article := range articles {
		readings, err := l.Readings(ctx, article)
		if err != nil {
			return nil, err
		}
		for i := range readings {
			if sqlite.KnownAt(&readings[i], at) {
				out = append(out, d.teller.Tellings(readings[i].Record)...)
			}
		}
	}
	return out, nil
}

// fitting keeps the tellings whose claims fit the filters of the query, where it has any.
func fitting(ctx context.Context, l *sqlite.Ledger, list []arms.Telling, q ledger.Query) ([]arms.Telling, error) {
	bare := ledger.Query{AsOf: q.AsOf, Limit: q.Limit}
	if q.Equal(&bare) {
		return list, nil
	}
	fit := map[string]bool{}
	var articles []string
	for i := range list {
		if !slices.Contains(articles, list[i].Article) {
			articles = append(articles, list[i].Article)
		}
	}
	for _, article := range articles {
		if q.Article != "" && q.Article != article {
			continue
		}
		of := q
		of.Article, of.Limit = article, 10_000
		claims, err := l.Claims(ctx, of)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			fit[c.ID] = true
		}
	}
	return slices.DeleteFunc(list, func(t arms.Telling) bool { return !fit[t.Claim] }), nil
}

func fits(t *arms.Transfer, q Question) bool {
	if q.From != "" && t.Supplier.Country != q.From && !stopped(t, q.From) {
		return false
	}
	if q.To != "" && cmp.Or(t.Recipient.Country, t.Near) != q.To && !stopped(t, q.To) {
		return false
	}
	return q.On.IsZero() || t.Interval().Overlaps(q.On) && !t.Interval().IsZero()
}

// stopped tells whether the country stopped the transfer: of what was intercepted, often no more is known.
func stopped(t *arms.Transfer, country string) bool {
	for i := range t.Tellings {
		if slices.ContainsFunc(t.Tellings[i].Stoppers, func(s arms.Side) bool { return s.Country == country }) {
			return true
		}
	}
	return false
}

// dossier lays the registers and the law beside a transfer.
func (d *Desk) dossier(ctx context.Context, l *sqlite.Ledger, t *arms.Transfer, q Question) (*Dossier, error) {
	out := &Dossier{Transfer: *t, Deals: []sqlite.Kept[register.Deal]{}, Votes: []Vote{}, Listed: []sqlite.Listed{}, Imported: map[string]bool{}}
	for _, kind := range []string{register.SIPRI, register.Votes, register.Entities} {
		has, err := l.HasRegister(ctx, kind)
		if err != nil {
			return nil, err
		}
		out.Imported[kind] = has
	}
	var err error
	if out.Tally, err = tally(ctx, l, t); err != nil {
		return nil, err
	}
	question, known := t.Question()
	if !q.On.From.IsZero() && !q.On.To.IsZero() {
		question.On, known = q.On, question.To != ""
	}
	if known {
		table, err := d.law.Check(question)
		if err != nil {
			return nil, err
		}
		view := table.View()
		out.Law = &view
		if err := out.registers(ctx, l, question, q.AsOf); err != nil {
			return nil, err
		}
	}
	listed, err := l.ListedAs(ctx, names(t), question.On, q.AsOf)
	if err != nil {
		return nil, err
	}
	out.Listed = append(out.Listed, listed...)
	return out, nil
}

// tally counts by status, in the order in which the statuses come.
func tally(ctx context.Context, l *sqlite.Ledger, t *arms.Transfer) ([]Tally, error) {
	var articles []string
	for i := range t.Tellings {
		if !slices.Contains(articles, t.Tellings[i].Article) {
			articles = append(articles, t.Tellings[i].Article)
		}
	}
	originals, err := l.OriginalsOf(ctx, articles)
	if err != nil {
		return nil, err
	}
	var out []Tally
	seen := map[string]bool{}
	for i := range t.Tellings {
		m := &t.Tellings[i]
		at := slices.IndexFunc(out, func(c Tally) bool { return c.Status == m.Status })
		if at < 0 {
			at = len(out)
			out = append(out, Tally{Status: m.Status})
		}
		out[at].Claims++
		source := "article " + cmp.Or(originals[m.Article], m.Article)
		if len(m.Chain) > 1 {
			source = "speaker " + m.Chain[0]
		}
		if key := m.Status + "\x1f" + source; !seen[key] {
			seen[key] = true
			out[at].Sources++
		}
	}
	return out, nil
}

func (o *Dossier) registers(ctx context.Context, l *sqlite.Ledger, q arms.Question, at string) error {
	if o.Imported[register.SIPRI] && q.From != "" {
		deals, more, err := l.Deals(ctx, q.From, q.To, q.On, at, mostRows)
		if err != nil {
			return err
		}
		o.Deals, o.MoreDeals = append(o.Deals, deals...), more
	}
	if !o.Imported[register.Votes] {
		return nil
	}
	var symbols []string
	for _, v := range o.Law.Votes {
		symbols = append(symbols, v.Draft)
	}
	votes, _, err := l.VotesOn(ctx, q.To, symbols, q.On.To, at, mostRows)
	if err != nil {
		return err
	}
	for _, v := range votes {
		ballots, err := l.BallotsOf(ctx, v.Row.Symbol, slices.DeleteFunc([]string{q.From, q.To}, func(s string) bool { return s == "" }), at)
		if err != nil {
			return err
		}
		vote := Vote{Kept: v, Ballots: []register.Ballot{}}
		for _, b := range ballots {
			vote.Ballots = append(vote.Ballots, b.Row)
		}
		o.Votes = append(o.Votes, vote)
	}
	return nil
}

// names are those of the parties and of who speaks, each once.
func names(t *arms.Transfer) []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	add(t.Supplier.Name)
	add(t.Recipient.Name)
	for i := range t.Tellings {
		m := &t.Tellings[i]
		for _, s := range slices.Concat(m.Suppliers, m.Recipients, m.Stoppers) {
			add(s.Name)
		}
		if len(m.Chain) > 0 {
			add(m.Chain[0])
		}
	}
	return out
}
