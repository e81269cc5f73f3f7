package cli

import (
	"context"
	"fmt"
	"strings"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
)

type eventsCommand struct {
	queryFlags
	Agreed bool `help:"Only those that two or more independent sources assert and nobody denies."`
}

// Run lists the happenings behind the claims that fit, each with its tally by stance and by independent source.
func (c *eventsCommand) Run(ctx context.Context, s *streams) error {
	rows := func(l *sqlite.Ledger, q ledger.Query) ([]ledger.EventRow, error) {
		q.Agreed = c.Agreed
		return l.Events(ctx, q)
	}
	return ask(ctx, &c.queryFlags, s, rows, func(colour palette, r ledger.EventRow) {
		days := strings.Trim(r.From+" … "+r.To, " …")
		if r.From == r.To {
			days = r.From
		}
		fmt.Fprintf(s.out, "%-12s %s  %s %s %s\n", days, colour.bold(who(r.Actors, r.Recipients)), r.Type, r.Mode, r.Place)
		id := r.Proposition
		if r.Happening != "" {
			id = r.Happening
		}
		fmt.Fprintf(s.out, "    asserted by %s · denied by %s · other %d · in %s · %s\n", sources(r.Asserted, r.AssertedBy), sources(r.Denied, r.DeniedBy), r.Other,
			count(r.Stories, "independent story", "independent stories"), colour.dim(id))
		for _, side := range []struct {
			word string
			by   []string
		}{{"asserted", r.AssertedBy}, {"denied", r.DeniedBy}} {
			if len(r.AssertedBy)+len(r.DeniedBy) > 1 && len(side.by) > 0 {
				fmt.Fprintf(s.out, "    %s: %s\n", side.word, colour.cyan(strings.Join(sourceNames(side.by), ", ")))
			}
		}
	})
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sources tells how many independent sources stand behind claims.
func sources(claims int, by []string) string {
	if claims == 0 {
		return "none"
	}
	return count(len(by), "source", "sources")
}

// sourceNames are for people: a source without a name, "officials", is known by its story alone.
func sourceNames(keys []string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		if article, name, ok := strings.Cut(key, "/"); ok {
			key = name + " in " + article
		}
		out[i] = key
	}
	return out
}
