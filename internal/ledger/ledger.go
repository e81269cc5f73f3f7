// Package ledger is the vocabulary of the store that keeps records for ever: what can be asked of it, what it
// answers, and what can be wrong with it.
//
// In: a query as text or as a value. Out: rows. The store itself is a package below this one; nothing here opens a
// file or reads an article.
package ledger

import (
	"errors"

	"annals/record"
)

// What can be wrong with a ledger. The store wraps these; callers branch on them.
var (
	ErrNone     = errors.New("there is no ledger there")
	ErrLocked   = errors.New("another program is writing to the ledger; wait for it to end, or stop it")
	ErrNewer    = errors.New("the ledger was written by a newer annals; use that version or newer")
	ErrCorrupt  = errors.New("the ledger is damaged; restore it from a backup (annals backup writes one)")
	ErrReadOnly = errors.New("the ledger may not be written; check the permissions of the file and its folder")
	ErrNotFound = errors.New("the ledger holds nothing under that id")
)

// ArticleRow is an article in a list.
type ArticleRow struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Date      string `json:"date,omitempty"`
	Place     string `json:"place,omitempty"`
	URL       string `json:"url,omitempty"`
	Learned   string `json:"learned"` // when the ledger took it in, RFC 3339, UTC
	Claims    int    `json:"claims"`
}

// ClaimRow is a claim in a list, with what a list shows of its proposition.
type ClaimRow struct {
	ID         string   `json:"id"`
	Article    string   `json:"article"`
	Publisher  string   `json:"publisher,omitempty"`
	Reported   string   `json:"reported,omitempty"`
	Learned    string   `json:"learned"`
	Closed     string   `json:"closed,omitempty"` // when a later reading replaced it
	Type       string   `json:"type"`
	Mode       string   `json:"mode,omitempty"`
	CAMEO      string   `json:"cameo,omitempty"`
	Actors     []string `json:"actors"`
	Recipients []string `json:"recipients"`
	Chain      []string `json:"chain"`
	Act        string   `json:"act"`
	Polarity   string   `json:"polarity"`
	Modality   string   `json:"modality"`
	Value      string   `json:"value"`
	Realised   bool     `json:"realised"`
	From       string   `json:"from,omitempty"` // when it happened
	To         string   `json:"to,omitempty"`
	Place      string   `json:"place,omitempty"`
	Confidence float64  `json:"confidence"`
	Sentence   string   `json:"sentence"`

	Proposition string `json:"proposition"`
}

// EventRow is a happening, or a proposition that is matched with no other, with a tally of the stances that the claims
// on it take. What is shown of it is that of its newest claim. Independent sources are counted once, whatever they say
// how often: somebody known by name wherever he is quoted, an agency in every paper that prints it; copies of a story are one story.
type EventRow struct {
	Happening   string   `json:"happening,omitempty"`
	Proposition string   `json:"proposition"`
	Type        string   `json:"type"`
	Mode        string   `json:"mode,omitempty"`
	CAMEO       string   `json:"cameo,omitempty"`
	Actors      []string `json:"actors"`
	Recipients  []string `json:"recipients"`
	From        string   `json:"from,omitempty"`
	To          string   `json:"to,omitempty"`
	Place       string   `json:"place,omitempty"`
	Asserted    int      `json:"asserted"` // claims that hold that it happened
	Denied      int      `json:"denied"`   // claims that hold that it did not
	Other       int      `json:"other"`    // possible, planned, demanded …
	Articles    int      `json:"articles"`
	Stories     int      `json:"stories"`          // articles without copies
	Latest      string   `json:"latest,omitempty"` // newest report

	AssertedBy []string `json:"asserted_by"` // independent sources
	DeniedBy   []string `json:"denied_by"`
}

// ActorRow is an actor in a list, with the claims that it has a part in.
type ActorRow struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Code     string `json:"code,omitempty"`
	Country  string `json:"country,omitempty"`
	Claims   int    `json:"claims"`
	Acts     int    `json:"acts"`            // claims on what it does
	Receives int    `json:"receives"`        // on what is done to it
	Speaks   int    `json:"speaks"`          // of which it is a source
	First    string `json:"first,omitempty"` // days of the reports
	Last     string `json:"last,omitempty"`
}

// Reading is one run's record of one article, with its place in system time.
type Reading struct {
	Record  *record.Record
	Run     string // name of the run
	Learned string
	Closed  string
}

// RunRow is a version and its models that have read articles of the ledger.
type RunRow struct {
	Name     string `json:"name"` // from the version and the digests of the models
	Version  string `json:"version"`
	Readings int    `json:"readings"`
	Open     int    `json:"open"` // of those, how many nothing has replaced
	First    string `json:"first"`
	Last     string `json:"last"`
}
