package sqlite

import (
	"encoding/json"
	"slices"
	"strings"

	"annals/record"
)

// claimRow is a claim with what the tables repeat of its record, so that questions need no joins.
type claimRow struct {
	claim       *record.Claim
	proposition *record.Proposition
	article     *record.Article
	actors      string // JSON lists of names
	recipients  string
	chain       string
	place       string
	sentence    string
	parties     []partyRow
}

type partyRow struct {
	side  int
	actor *record.Actor
}

const (
	sideActor = iota
	sideRecipient
	sideSpeaker
	sideSource
)

func claimRows(r *record.Record) []claimRow {
	propositions := make(map[string]*record.Proposition, len(r.Propositions))
	for i := range r.Propositions {
		propositions[r.Propositions[i].ID] = &r.Propositions[i]
	}
	text := []rune(r.Article.Text)
	rows := make([]claimRow, 0, len(r.Claims))
	for i := range r.Claims {
		c := &r.Claims[i]
		p := propositions[c.Proposition]
		if p == nil || c.Sentence.Start < 0 || c.Sentence.End > len(text) || c.Sentence.Start > c.Sentence.End {
			continue // a record that contradicts itself loses the claim, not the article
		}
		row := claimRow{claim: c, proposition: p, article: &r.Article, sentence: strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " ")}
		if p.Place != nil && *p.Place >= 0 && *p.Place < len(r.Places) {
			row.place = r.Places[*p.Place].Name
		}
		row.actors = row.side(r, sideActor, p.Actors)
		row.recipients = row.side(r, sideRecipient, p.Recipients)
		row.chain = row.sources(r, c.Chain)
		rows = append(rows, row)
	}
	return rows
}

func (row *claimRow) side(r *record.Record, side int, parties []record.Party) string {
	var names []string
	for _, p := range parties {
		a := r.ActorByID(p.Actor)
		if a == nil {
			names = append(names, p.Text)
			continue
		}
		names = append(names, a.Name)
		if a.Country == "" && p.Country != "" { // the context's country is the party's here, not the actor's everywhere
			here := *a
			here.Country = p.Country
			a = &here
		}
		row.parties = append(row.parties, partyRow{side, a})
	}
	return jsonList(names)
}

func (row *claimRow) sources(r *record.Record, chain []string) string {
	var names []string
	for i, id := range chain {
		side := sideSource
		if i == 0 {
			side = sideSpeaker
		}
		a := r.ActorByID(id)
		if a == nil {
			a = &record.Actor{ID: id, Name: id}
		}
		names = append(names, a.Name)
		row.parties = append(row.parties, partyRow{side, a})
	}
	return jsonList(names)
}

func jsonList(names []string) string {
	if names == nil {
		return "[]"
	}
	body, err := json.Marshal(names)
	if err != nil { // strings always marshal
		return "[]"
	}
	return string(body)
}

func stance(c *record.Claim) (asserted, denied, other int) {
	switch {
	case c.Realised:
		return 1, 0, 0
	case c.Polarity == "negative" && c.Modality == "asserted":
		return 0, 1, 0
	}
	return 0, 0, 1
}

// countries of one side, each once; "" stands for a side without a known country.
func (row *claimRow) countries(side int) []string {
	var out []string
	for _, p := range row.parties {
		if p.side == side && !slices.Contains(out, p.actor.Country) {
			out = append(out, p.actor.Country)
		}
	}
	if out == nil {
		out = []string{""}
	}
	return out
}
