package ledger

import "annals/record"

// Chosen is a claim that a query chose, with the record that holds it. The pointers lead into the record, which
// other claims share: nobody writes to it.
type Chosen struct {
	Record      *record.Record
	Claim       *record.Claim
	Proposition *record.Proposition
	Learned     string // when the ledger took the reading in, RFC 3339, UTC

	// Event names the happening: claims that tell of the same happening on the same Day have the same one.
	Event string
	// Day is the day that event data count the happening to: the first day known of it, else the last, else the day
	// of the report; "" when nothing is known.
	Day string
}

// Order is the order in which a ledger gives out what a query chose. Neither depends on the order of ingest.
type Order int

const (
	ByReport Order = iota // day of the report, article, place in the article
	ByEvent               // day and name of the event, then as by report: the claims on one event come together
)
