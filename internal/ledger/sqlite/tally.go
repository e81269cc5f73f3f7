package sqlite

import (
	"cmp"
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

// counts gathers what a reading adds to the tally or takes from it, each cell once.
type counts struct {
	cells map[cell]*[3]int // asserted, denied, other
}

type cell struct {
	day string
	dyad
	kind string
}

func newCounts() *counts { return &counts{map[cell]*[3]int{}} }

func (k *counts) add(d dyad, kind, day string, c *record.Claim, sign int) {
	at := cell{day, d, kind}
	if k.cells[at] == nil {
		k.cells[at] = new([3]int)
	}
	asserted, denied, other := stance(c)
	k.cells[at][0] += sign * asserted
	k.cells[at][1] += sign * denied
	k.cells[at][2] += sign * other
}

// tally brings the counts of open claims up to date.
func (w *writer) tally(k *counts) error {
	at := make([]cell, 0, len(k.cells))
	for c := range k.cells {
		at = append(at, c)
	}
	slices.SortFunc(at, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.actor, b.actor), cmp.Compare(a.recipient, b.recipient), cmp.Compare(a.kind, b.kind))
	})
	var values []any
	for _, c := range at {
		n := k.cells[c]
		values = append(values, c.day, c.actor, c.recipient, c.kind, n[0], n[1], n[2])
	}
	return w.insert("tally (day, actor, recipient, type, asserted, denied, other)", 7,
		` ON CONFLICT DO UPDATE SET asserted = asserted + excluded.asserted, denied = denied + excluded.denied, other = other + excluded.other`, values)
}
