// Package register reads the registers that users bring: the arms trade register of SIPRI, voting records of the
// United Nations, and entities of FollowTheMoney such as OpenSanctions publishes.
//
// In: the bytes of a file as it was downloaded, in whatever encoding and with whatever lines stand before the header.
// Out: one entry a row, and a refusal with its line number for every row that cannot be understood; the rows around
// it are kept. It reads streams of any length in little memory. It stores nothing, asks no network, and never
// corrects what a register says: doubtful numbers keep their doubt.
package register

import (
	"encoding/json"
	"fmt"
	"io"
)

// Kinds of files.
const (
	SIPRI    = "sipri"
	Votes    = "votes"
	Entities = "entities"
)

// Kinds of entries.
const (
	KindDeal    = "deal"
	KindVote    = "vote"
	KindBallot  = "ballot"
	KindEntity  = "entity"
	KindListing = "listing"
)

// Entry is one row of a register in the form in which a store keeps it. What Subject, Object, First and Last are
// depends on the kind:
//
//	deal     supplier and recipient (ISO 3166-1 alpha-3 or ""), year of order, last year of delivery
//	vote     symbol of the resolution or draft, "", day of the vote twice
//	ballot   symbol, country, day twice
//	entity   id, first country, "", ""
//	listing  id of the entity, program, first day, last day
type Entry struct {
	Kind            string
	Key             string // the same for the same thing in every edition of the register
	Subject, Object string
	First, Last     string   // ISO days; "": unknown or open
	Names           []string // of an entity, folded by Fold; countries that the title of a vote names
	Line            int      // first line of the row in the file
	Body            []byte   // the row as JSON: Deal, Vote, Ballot, Entity or Listing
}

// Refusal says why a row was left out.
type Refusal struct {
	Line   int
	Reason string
}

func (r Refusal) Error() string { return fmt.Sprintf("line %d: %s", r.Line, r.Reason) }

// Sink takes what is read, in the order of the file. An error of Entry ends the reading.
type Sink struct {
	Entry  func(*Entry) error
	Refuse func(Refusal)
}

// Reader reads files. It is immutable and safe for concurrent use.
type Reader struct {
	names        *Names
	deals, votes columns
}

// NewReader loads the tables of names and columns.
func NewReader() (*Reader, error) {
	names, err := NewNames()
	if err != nil {
		return nil, err
	}
	deals, err := loadColumns(SIPRI)
	if err != nil {
		return nil, err
	}
	votes, err := loadColumns(Votes)
	if err != nil {
		return nil, err
	}
	return &Reader{names: names, deals: deals, votes: votes}, nil
}

// Read reads a file of the kind. It fails when the file as a whole cannot be understood, or when the sink fails.
func (g *Reader) Read(kind string, in io.Reader, to Sink) error {
	switch kind {
	case SIPRI:
		return g.readSIPRI(in, to)
	case Votes:
		return g.readVotes(in, to)
	case Entities:
		return g.readEntities(in, to)
	}
	return fmt.Errorf("there is no kind of register %q; the kinds are %s, %s and %s", kind, SIPRI, Votes, Entities)
}

// body is the stored form of a row: plain structs of strings and numbers always marshal.
func body(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return out
}

// seen remembers the line on which each key first stood.
type seen map[string]int

// again is the line on which the key stood before, or 0, and remembers it.
func (s seen) again(key string, line int) int {
	before := s[key]
	if before == 0 {
		s[key] = line
	}
	return before
}
