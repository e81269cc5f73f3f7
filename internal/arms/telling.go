package arms

import (
	"fmt"
	"slices"
	"strings"

	"annals/data"
	"annals/record"
)

// Side is a party to a transfer as one claim names it.
type Side struct {
	Actor   string `json:"actor,omitempty"`
	Name    string `json:"name"`
	Country string `json:"country,omitempty"`            // ISO 3166-1 alpha-3
	Context bool   `json:"country_of_context,omitempty"` // the context gives the country, not the actor's name
	Kind    string `json:"kind"`                         // government, non-state, unknown: what the scope of embargoes turns on
}

// Goods are the arms that a claim names, with the classes that registers give them.
type Goods struct {
	Text     string `json:"text"`
	Category string `json:"category,omitempty"`
	Register string `json:"un_register,omitempty"` // I to VII, or SALW
	SIPRI    string `json:"sipri_class,omitempty"`
	Number   string `json:"number,omitempty"`
}

// Money is a sum that a claim names. It compares with no TIV.
type Money struct {
	Value    string `json:"value"`
	Currency string `json:"currency,omitempty"`
	Year     int    `json:"year,omitempty"`
	Approx   bool   `json:"approx,omitempty"`
}

// Telling is one source's word on a transfer: a claim, with what bears on a transfer drawn out of it.
type Telling struct {
	Claim       string  `json:"claim"`
	Proposition string  `json:"proposition"`
	Article     string  `json:"article"`
	Publisher   string  `json:"publisher,omitempty"`
	Suppliers   []Side  `json:"suppliers,omitempty"`
	Recipients  []Side  `json:"recipients,omitempty"`
	Stoppers    []Side  `json:"stoppers,omitempty"` // who intercepted it
	Near        string  `json:"near,omitempty"`     // where the recipient's country is not said: the one country to which the article's other claims send arms
	Goods       []Goods `json:"goods,omitempty"`
	Value       []Money `json:"value,omitempty"`
	Basis       string  `json:"basis,omitempty"`
	Status      string  `json:"status,omitempty"` // alleged, denied, announced, ordered, in delivery, delivered, suspended, refused, intercepted; "" when the claim says none of them

	Chain     []string `json:"chain"` // names, innermost speaker first, publisher last
	Act       string   `json:"act"`
	Cue       string   `json:"cue,omitempty"`
	Polarity  string   `json:"polarity"`
	Modality  string   `json:"modality"`
	Stance    string   `json:"stance"` // FactBank
	Condition string   `json:"condition,omitempty"`
	Said      string   `json:"said,omitempty"`
	Reported  string   `json:"reported,omitempty"`
	From      string   `json:"from,omitempty"` // when it happened, as the claim has it
	To        string   `json:"to,omitempty"`
	Dated     bool     `json:"dated"` // the text itself gives these days
	Sentence  string   `json:"sentence"`
}

// Teller finds tellings in records. It is immutable and safe for concurrent use.
type Teller struct {
	rules   []tellingRule
	classes map[string]Goods // category → register classes
}

// tellingRule is a row of arms_tellings.
type tellingRule struct {
	kind, cameo                  string
	rules                        []string // beginnings; none: any
	unless                       []string // ends of items that are no goods
	weapon                       bool
	supplier, recipient, stopper string
	status                       string
}

// NewTeller reads the tables.
func NewTeller() (*Teller, error) {
	t := &Teller{classes: map[string]Goods{}}
	var use []string
	err := each("arms_tellings", func(r *row) {
		if r.cell("id") == "use" {
			use = data.List(r.cell("unless"))
			return
		}
		rule := tellingRule{kind: r.cell("type"), cameo: r.cell("cameo"), rules: data.List(r.cell("rule")), weapon: r.cell("item") == "weapon",
			supplier: r.cell("supplier"), recipient: r.cell("recipient"), stopper: r.cell("stopper"), status: r.cell("status")}
		for _, side := range []string{rule.supplier, rule.recipient, rule.stopper} {
			if !slices.Contains([]string{"", "actors", "recipients"}, side) {
				r.fail(fmt.Errorf("%q is no side of a claim: want actors or recipients", side))
			}
		}
		if rule.unless = data.List(r.cell("unless")); slices.Equal(rule.unless, []string{"@use"}) {
			rule.unless = use
		}
		t.rules = append(t.rules, rule)
	})
	if err != nil {
		return nil, err
	}
	return t, each("amount_weapons", func(r *row) {
		if _, known := t.classes[r.cell("category")]; !known {
			t.classes[r.cell("category")] = Goods{Register: r.cell("register"), SIPRI: strings.ReplaceAll(r.cell("sipri"), ";", ",")}
		}
	})
}

// Tellings are the claims of a record that tell of transfers of arms, in the order of the record.
func (t *Teller) Tellings(r *record.Record) []Telling {
	text := []rune(r.Article.Text)
	var out []Telling
	for i := range r.Claims {
		c := &r.Claims[i]
		p := r.PropositionByID(c.Proposition)
		if p == nil || c.Sentence.Start < 0 || c.Sentence.End > len(text) || c.Sentence.Start > c.Sentence.End {
			continue
		}
		rule := t.ruleFor(c, p)
		if rule == nil {
			continue
		}
		told := Telling{
			Claim: c.ID, Proposition: p.ID, Article: r.Article.ID, Publisher: r.Article.Publisher,
			Suppliers: sides(r, p, rule.supplier), Recipients: sides(r, p, rule.recipient), Stoppers: sides(r, p, rule.stopper),
			Goods: t.goods(p), Value: sums(r, p), Basis: c.Basis, Status: status(r, c, p, rule),
			Act: c.Act, Cue: c.Cue, Polarity: c.Polarity, Modality: c.Modality, Stance: c.Value, Condition: c.Condition, Said: said(c), Reported: c.Reported,
			From: p.Time.From, To: p.Time.To, Dated: p.Time.Source == "timex", Sentence: strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " "),
		}
		if told.within() || told.captured() {
			continue
		}
		for _, id := range c.Chain {
			told.Chain = append(told.Chain, actorName(r, id))
		}
		out = append(out, told)
	}
	near(out)
	return out
}

func (t *Teller) ruleFor(c *record.Claim, p *record.Proposition) *tellingRule {
	for i := range t.rules {
		if rule := &t.rules[i]; rule.fits(c, p) {
			return rule
		}
	}
	return nil
}

func (rule *tellingRule) fits(c *record.Claim, p *record.Proposition) bool {
	if rule.kind != p.Type || !strings.HasPrefix(p.CAMEO, rule.cameo) {
		return false
	}
	if len(rule.rules) > 0 && !slices.ContainsFunc(rule.rules, func(r string) bool { return strings.HasPrefix(c.Rule, r) }) {
		return false
	}
	weapons, used := 0, 0
	for _, item := range p.Items {
		switch {
		case rule.used(item.Text):
			used++
		case item.Category != "":
			weapons++
		}
	}
	return weapons > 0 || !rule.weapon && used == 0 && !rule.used(anchor(c))
}

// anchor is the word that names the event: "equipped" alone tells of no arms, nor does "support".
func anchor(c *record.Claim) string {
	for i := range c.Evidence {
		if c.Evidence[i].Role == "anchor" {
			return c.Evidence[i].Exact
		}
	}
	return ""
}

// used tells whether an item names a use of arms, not arms that change hands.
func (rule *tellingRule) used(text string) bool {
	words := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	return slices.ContainsFunc(rule.unless, func(end string) bool { return words == end || strings.HasSuffix(words, " "+end) })
}

func (t *Teller) goods(p *record.Proposition) []Goods {
	var out []Goods
	for _, i := range p.Items {
		if i.Category == "" && namesParty(i.Text, p) { // the sentence gave the one who receives for what is received
			continue
		}
		classes := t.classes[i.Category]
		out = append(out, Goods{Text: strings.Join(strings.Fields(i.Text), " "), Category: i.Category, Register: classes.Register, SIPRI: classes.SIPRI, Number: i.Count})
	}
	return out
}

// within tells whether the supply stays inside one state.
func (t *Telling) within() bool {
	if len(t.Suppliers) == 0 || len(t.Recipients) == 0 {
		return false
	}
	home := t.Suppliers[0].Country
	return home != "" && !slices.ContainsFunc(slices.Concat(t.Suppliers, t.Recipients), func(s Side) bool { return s.Country != home || s.Kind == "non-state" })
}

// captured tells whether fighters took the arms: spoils of war, not a transfer that was stopped.
func (t *Telling) captured() bool {
	return slices.ContainsFunc(t.Stoppers, func(s Side) bool { return s.Kind == "non-state" })
}

func namesParty(text string, p *record.Proposition) bool {
	return slices.ContainsFunc(slices.Concat(p.Actors, p.Recipients), func(party record.Party) bool { return party.Text != "" && strings.Contains(text, party.Text) })
}

func sums(r *record.Record, p *record.Proposition) []Money {
	var out []Money
	for _, i := range p.Amounts {
		if i < 0 || i >= len(r.Amounts) || r.Amounts[i].Kind != "money" {
			continue
		}
		a := &r.Amounts[i]
		out = append(out, Money{Value: a.Value, Currency: a.Currency, Year: a.Year, Approx: a.Approx})
	}
	return out
}

// status is the claim's, in the words of a transfer. A thing not done because somebody refuses to do it is refused,
// not denied.
func status(r *record.Record, c *record.Claim, p *record.Proposition, rule *tellingRule) string {
	switch {
	case c.Status == "denied" && c.Act != "deny" && refusedThere(r, c, p):
		return "refused"
	case c.Status == "delivery":
		return "in delivery"
	case c.Status == "":
		return rule.status
	}
	return c.Status
}

// refusedThere tells whether the same sentence holds a refusal by the one who would have supplied.
func refusedThere(r *record.Record, c *record.Claim, p *record.Proposition) bool {
	for i := range r.Claims {
		other := &r.Claims[i]
		if other.Sentence != c.Sentence || other.Polarity != "positive" {
			continue
		}
		if q := r.PropositionByID(other.Proposition); q != nil && q.Type == "REJECT" && slices.ContainsFunc(q.Actors, func(a record.Party) bool {
			return slices.ContainsFunc(p.Actors, func(b record.Party) bool { return a.Actor != "" && a.Actor == b.Actor })
		}) {
			return true
		}
	}
	return false
}

func said(c *record.Claim) string {
	switch {
	case c.Said.Value != "":
		return c.Said.Value
	case c.Said.To != "":
		return "until " + c.Said.To
	}
	return ""
}

func sides(r *record.Record, p *record.Proposition, which string) []Side {
	parties := p.Actors
	switch which {
	case "":
		return nil
	case "recipients":
		parties = p.Recipients
	}
	var out []Side
	for _, party := range parties {
		s := Side{Name: strings.Join(strings.Fields(party.Text), " "), Kind: "unknown"}
		if a := r.ActorByID(party.Actor); a != nil {
			s = Side{Actor: a.ID, Name: a.Name, Country: stateOf(a), Kind: kindOf(a)}
		}
		if s.Country == "" && party.Country != "" {
			s.Country, s.Context = party.Country, true
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// notStates are codes that stand where a country would: bodies and bands of many countries.
var notStates = []string{"IMG", "IGO", "NGO", "MNC", "UNO", "INT"}

func stateOf(a *record.Actor) string {
	if slices.Contains(notStates, a.Country) {
		return ""
	}
	return a.Country
}

// kindOf tells states and their organs from those who fight or oppose them.
func kindOf(a *record.Actor) string {
	for _, sector := range []string{"REB", "UAF", "OPP", "SEP"} {
		if slices.Contains(a.Sectors, sector) {
			return "non-state"
		}
	}
	switch a.Kind {
	case "state", "government":
		return "government"
	case "armed-group":
		return "non-state"
	}
	if slices.Contains(a.Sectors, "GOV") && a.Country != "" || slices.Contains(a.Sectors, "MIL") && a.Country != "" {
		return "government"
	}
	return "unknown"
}

func actorName(r *record.Record, id string) string {
	if a := r.ActorByID(id); a != nil {
		return a.Name
	}
	return id
}

// near looks for the one country to which an article's claims send arms, and lends it to the claims that leave the
// recipient's country open. It is an inference, and is shown as one.
func near(list []Telling) {
	country := ""
	for i := range list {
		for _, s := range list[i].Recipients {
			switch {
			case s.Country == "" || s.Country == country:
			case country == "":
				country = s.Country
			default:
				return
			}
		}
	}
	for i := range list {
		if !slices.ContainsFunc(list[i].Recipients, func(s Side) bool { return s.Country != "" }) && !slices.ContainsFunc(list[i].Suppliers, func(s Side) bool { return s.Country == country }) {
			list[i].Near = country
		}
	}
}
