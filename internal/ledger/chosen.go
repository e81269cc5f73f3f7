package ledger

import "annals/record"

// Chosen is a claim that a query chose, with the record that holds it. The pointers lead into the record, which
// other claims share: nobody writes to it.
type Chosen struct {
	Record      *record.Record
	Claim       *record.Claim
	Proposition *record.Proposition
	Learned     string // when the ledger took the reading in, RFC 3339, UTC

	// Happening is the cluster of tellings that the claim is part of, "" when its telling is matched with none.
	Happening string
	// Day is the day that event data count the happening to: the first day known of it, else the last, else the day
	// of the report; "" when nothing is known. All claims of a Happening have the same one.
	Day string
}

// Event names what the claim is about: its happening, else its proposition, which is told of one Day.
func (c *Chosen) Event() string {
	if c.Happening != "" {
		return c.Happening
	}
	return c.Proposition.ID
}

// Order is the order in which a ledger gives out what a query chose. Neither depends on the order of ingest.
type Order int

const (
	ByReport Order = iota // day of the report, article, place in the article
	ByEvent               // day and name of the event, then as by report: the claims on one event come together
)
