package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
)

type disputesCommand struct{ queryFlags }

// Run lists the disputes of which a claim fits, newest first, each with the chain and the sentence of both sides.
func (c *disputesCommand) Run(ctx context.Context, s *streams) error {
	rows := func(l *sqlite.Ledger, q ledger.Query) ([]ledger.DisputeRow, error) { return l.Disputes(ctx, q) }
	return ask(ctx, &c.queryFlags, s, rows, func(colour palette, d ledger.DisputeRow) { showDispute(s, colour, &d, 1) })
}

// disputeWords say what kind of dispute it is.
var disputeWords = map[string]string{"denied": "asserted and denied", "figure": "figures", "culprit": "who did it"}

// showDispute prints a dispute with at most so many claims a position.
func showDispute(s *streams, colour palette, d *ledger.DisputeRow, most int) {
	topic := ""
	if d.Topic != "" {
		topic = " of " + strings.ToLower(d.Topic)
	}
	fmt.Fprintf(s.out, "%s  %s%s  %s\n", d.Newest, colour.bold(disputeWords[d.Kind]), topic, colour.dim(d.ID+" in "+d.Happening))
	for i, p := range d.Positions {
		if most == 1 && i > 1 {
			fmt.Fprintf(s.out, "  and %s\n", count(len(d.Positions)-2, "position more", "positions more"))
			break
		}
		fmt.Fprintf(s.out, "  %s\n", colour.bold(p.Label))
		for n, c := range p.Claims {
			if n == most {
				fmt.Fprintf(s.out, "    and %s\n", count(len(p.Claims)-most, "claim more", "claims more"))
				break
			}
			showClaim(s, colour, &c)
		}
	}
	fmt.Fprintln(s.out)
}

// showClaim prints who says it, and the sentence.
func showClaim(s *streams, colour palette, c *ledger.ClaimRow) {
	fmt.Fprintf(s.out, "    %s · %s · %s · %s\n", c.Reported, colour.cyan(strings.Join(c.Chain, " ‹ ")), c.Act, colour.dim(c.ID+" in "+c.Article))
	for _, line := range wrap(c.Sentence, width(s)-6) {
		fmt.Fprintf(s.out, "      %s\n", line)
	}
}

// dispute shows one dispute with all its claims.
func (c *showCommand) dispute(ctx context.Context, s *streams, l *sqlite.Ledger) error {
	d, err := l.Dispute(ctx, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s, d)
	}
	showDispute(s, newPalette(s.out, s.env), d, len(d.Positions)+1000)
	return nil
}

// happening shows all claims on a happening, and why they are taken to be of one.
func (c *showCommand) happening(ctx context.Context, s *streams, l *sqlite.Ledger) error {
	at, err := ledger.ParseMoment(c.AsOf)
	if err != nil {
		return usagef("reading --as-of: %v", err)
	}
	h, err := l.Happening(ctx, c.ID, at)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s, h)
	}
	render := renderer{out: s.out, colour: newPalette(s.out, s.env), width: width(s)}
	for i := range h.Claims {
		r := &h.Claims[i]
		fmt.Fprintf(s.out, "%s  %s %s  %s\n", render.colour.bold(who(r.Actors, r.Recipients)), r.Type, r.Mode, stanceWords(r.Polarity, r.Modality, r.Value))
		showClaim(s, render.colour, r)
	}
	showLinks(&render, h.Links)
	showDecisions(&render, h.Decisions)
	return nil
}

func writeJSON(s *streams, value any) error {
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// showLinks tells why tellings are of one happening.
func showLinks(r *renderer, links []ledger.LinkRow) {
	rows := [][]string{{"telling", "is of one happening with", "score", "because"}}
	for _, k := range links {
		var because []string
		for _, reason := range k.Reasons {
			because = append(because, fmt.Sprintf("%s %+.2f", reason.Feature, reason.Adds))
		}
		if k.By != "" && !strings.HasPrefix(k.By, "rules") {
			because = append(because, k.By)
		}
		if k.Closed != "" {
			because = append(because, "until "+k.Closed)
		}
		rows = append(rows, []string{k.Proposition + " in " + k.Article, k.AntecedentProposition + " in " + k.AntecedentArticle, fmt.Sprintf("%.2f", k.Score), strings.Join(because, "; ")})
	}
	r.table("Links", rows)
}

func showDecisions(r *renderer, decisions []ledger.Decision) {
	rows := [][]string{{"decision", "what", "when", "why"}}
	for _, d := range decisions {
		what := fmt.Sprintf("%s %s in %s, %s in %s", d.Kind, d.Proposition, d.Article, d.Proposition2, d.Article2)
		if d.Undone != "" {
			what += ", undone " + d.Undone
		}
		rows = append(rows, []string{fmt.Sprint(d.ID), what, d.Time, d.Why})
	}
	r.table("Decisions", rows)
}
