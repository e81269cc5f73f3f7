package sqlite

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"annals/record"
)

// dyad is a pair of countries; "" stands for a side without a known one.
type dyad struct{ actor, recipient string }

// dyads of a claim, each pair once.
func (row *claimRow) dyads() []dyad {
	var out []dyad
	for _, actor := range row.countries(sideActor) {
		for _, recipient := range row.countries(sideRecipient) {
			out = append(out, dyad{actor, recipient})
		}
	}
	return out
}

// counts gathers what a reading adds to the tallies or takes from them, each cell once.
type counts struct {
	pairs map[cell]*[3]int // asserted, denied, other
	days  map[cell]*[3]int // without a pair: each claim once
}

type cell struct {
	day string
	dyad
	kind string
}

func (c cell) order(o cell) int {
	return cmp.Or(cmp.Compare(c.day, o.day), cmp.Compare(c.actor, o.actor), cmp.Compare(c.recipient, o.recipient), cmp.Compare(c.kind, o.kind))
}

func newCounts() *counts { return &counts{map[cell]*[3]int{}, map[cell]*[3]int{}} }

// add counts a claim, or takes it away where the sign is -1.
func (k *counts) add(dyads []dyad, kind, day string, c *record.Claim, sign int) {
	count(k.days, cell{day: day, kind: kind}, c, sign)
	for _, d := range dyads {
		count(k.pairs, cell{day, d, kind}, c, sign)
	}
}

func count(cells map[cell]*[3]int, at cell, c *record.Claim, sign int) {
	if cells[at] == nil {
		cells[at] = new([3]int)
	}
	asserted, denied, other := stance(c)
	cells[at][0] += sign * asserted
	cells[at][1] += sign * denied
	cells[at][2] += sign * other
}

// tally brings the counts of open claims up to date.
func (w *writer) tally(k *counts) error {
	const more = ` ON CONFLICT DO UPDATE SET asserted = asserted + excluded.asserted, denied = denied + excluded.denied, other = other + excluded.other`
	var pairs, days []any
	for _, c := range slices.SortedFunc(maps.Keys(k.pairs), cell.order) {
		n := k.pairs[c]
		pairs = append(pairs, c.day, c.actor, c.recipient, c.kind, n[0], n[1], n[2])
	}
	for _, c := range slices.SortedFunc(maps.Keys(k.days), cell.order) {
		n := k.days[c]
		days = append(days, c.day, c.kind, n[0], n[1], n[2])
	}
	return errors.Join(
		w.insert("tally (day, actor, recipient, type, asserted, denied, other)", 7, more, pairs),
		w.insert("tally_day (day, type, asserted, denied, other)", 5, more, days),
	)
}
