package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"annals/internal/doc"
	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/onto"
	"annals/record"
)

type showCommand struct {
	ledgerFlag
	ID   string `arg:"" help:"Id of an article (a…), claim (c…), proposition (p…), happening (h…), dispute (d…) or transfer of arms (t…)."`
	AsOf string `help:"Show a happening or transfer as it was known on this day, or at this moment." placeholder:"DATE"`
	JSON bool   `name:"json" help:"Print JSON."`
}

func (c *showCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	switch {
	case strings.HasPrefix(c.ID, "h"):
		return c.happening(ctx, s, l)
	case strings.HasPrefix(c.ID, "d"):
		return c.dispute(ctx, s, l)
	case strings.HasPrefix(c.ID, "t"):
		return c.transfer(ctx, s, l)
	}
	if strings.HasPrefix(c.ID, "p") {
		list := claimsCommand{queryFlags{ledgerFlag: c.ledgerFlag, Query: []string{"proposition:" + c.ID}, Limit: 1000, JSON: c.JSON}}
		return list.Run(ctx, s)
	}
	rec, claim, err := find(ctx, l, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		var value any = rec
		if claim != nil {
			value = claim
		}
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(value)
	}
	ontology, err := onto.Load()
	if err != nil {
		return err
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), ontology: ontology, width: width(s)}
	return render.only(rec, claim)
}

// find is the record of an article, or the record and the claim of a claim.
func find(ctx context.Context, l *sqlite.Ledger, id string) (*record.Record, *record.Claim, error) {
	article := id
	if strings.HasPrefix(id, "c") {
		var err error
		if article, err = l.Find(ctx, id); err != nil {
			return nil, nil, err
		}
	}
	readings, err := l.Readings(ctx, article)
	if err != nil {
		return nil, nil, err
	}
	if article == id {
		return readings[len(readings)-1].Record, nil, nil
	}
	for i := len(readings) - 1; i >= 0; i-- { // an older reading may hold the claim
		rec := readings[i].Record
		for j := range rec.Claims {
			if rec.Claims[j].ID == id {
				return rec, &rec.Claims[j], nil
			}
		}
	}
	return nil, nil, fmt.Errorf("showing the claim %s: %w", id, ledger.ErrNotFound)
}

type whyCommand struct {
	ledgerFlag
	ID string `arg:"" help:"Id of a claim (c…)."`
}

// Run shows how a claim was read: claim, sentence, spans, rules, models.
func (c *whyCommand) Run(ctx context.Context, s *streams) error {
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	rec, claim, err := find(ctx, l, c.ID)
	if err != nil {
		return err
	}
	if claim == nil {
		return usagef("why asks about a claim (c…), and %s is an article; annals show %s lists its claims", c.ID, c.ID)
	}
	ontology, err := onto.Load()
	if err != nil {
		return err
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), ontology: ontology, explain: true, width: width(s)}
	if err := render.only(rec, claim); err != nil {
		return err
	}
	if err := render.reasons(rec, claim); err != nil {
		return err
	}
	links, err := l.Links(ctx, c.ID)
	if err != nil {
		return err
	}
	showLinks(&render, links)
	return nil
}

// reasons lists the evidence and the rules behind a claim.
func (r *renderer) reasons(rec *record.Record, c *record.Claim) error {
	rows := [][]string{{"evidence", "characters", "words"}}
	for _, e := range c.Evidence {
		rows = append(rows, []string{e.Role, fmt.Sprintf("%d–%d", e.Start, e.End), oneLine(e.Exact)})
	}
	r.table("Evidence", rows)
	rows = [][]string{{"actor", "code", "by"}}
	p := rec.PropositionByID(c.Proposition)
	if p == nil {
		return errors.New("the record has lost the proposition of this claim")
	}
	seen := map[string]bool{}
	for _, party := range append(append([]record.Party{}, p.Actors...), p.Recipients...) {
		if a := rec.ActorByID(party.Actor); a != nil && !seen[a.ID] {
			seen[a.ID] = true
			rows = append(rows, []string{a.Name, a.Code, a.Rule})
		}
	}
	for _, id := range c.Chain {
		if a := rec.ActorByID(id); a != nil && !seen[a.ID] {
			seen[a.ID] = true
			rows = append(rows, []string{a.Name, a.Code, a.Rule})
		}
	}
	r.table("Actors", rows)
	rows = [][]string{{"figure", "in the text", "by"}}
	v := view{rec: rec, points: doc.NewPoints(rec.Article.Text)}
	for _, i := range p.Amounts {
		a := &rec.Amounts[i]
		rows = append(rows, []string{amount(a), oneLine(v.text(a.Evidence)), a.Rule})
	}
	for _, i := range p.Casualties {
		k := &rec.Casualties[i]
		rows = append(rows, []string{casualties(k), oneLine(v.text(k.Evidence)), k.Rule})
	}
	r.table("Figures", rows)
	r.run(rec)
	return nil
}
