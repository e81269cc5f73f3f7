package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Entity is a person, firm, body or vessel of a FollowTheMoney data set.
type Entity struct {
	ID        string   `json:"id"`
	Schema    string   `json:"schema"`
	Caption   string   `json:"caption"`
	Names     []string `json:"names"`
	Countries []string `json:"countries,omitempty"` // ISO 3166-1 alpha-3, or as given where there is none
	Topics    []string `json:"topics,omitempty"`
	Programs  []string `json:"programs,omitempty"`
	Datasets  []string `json:"datasets,omitempty"`
	FirstSeen string   `json:"first_seen,omitempty"`
	LastSeen  string   `json:"last_seen,omitempty"`
}

// Listing is a sanction on an entity: what FollowTheMoney calls Sanction.
type Listing struct {
	ID        string   `json:"id,omitempty"`
	Entity    string   `json:"entity"`
	Authority string   `json:"authority,omitempty"`
	Program   string   `json:"program,omitempty"`
	Countries []string `json:"countries,omitempty"` // that list
	Start     string   `json:"start,omitempty"`     // as given: a day, month or year
	End       string   `json:"end,omitempty"`
	Reason    string   `json:"reason,omitempty"`
	Source    string   `json:"source,omitempty"`
	Datasets  []string `json:"datasets,omitempty"`
}

// ftm is a line of the file. A property is a list whose members are strings or nested entities.
type ftm struct {
	ID         string                     `json:"id"`
	Schema     string                     `json:"schema"`
	Caption    string                     `json:"caption"`
	Properties map[string]json.RawMessage `json:"properties"`
	Datasets   []string                   `json:"datasets"`
	FirstSeen  string                     `json:"first_seen"`
	LastSeen   string                     `json:"last_seen"`
}

// relations are schemas without a name of their own, or that say nothing about who is who.
var relations = []string{"Address", "Identification", "Passport", "Ownership", "Directorship", "Membership", "Employment", "Family", "Associate", "Representation", "UnknownLink",
	"Occupancy", "Position", "Succession", "Similar", "Payment", "BankAccount", "CryptoWallet", "Security", "Article", "Documentation", "Mention", "Note", "Page", "Document", "Pages", "Folder"}

func (g *Reader) readEntities(in io.Reader, to Sink) error {
	l, err := newLines(in)
	if err != nil {
		return err
	}
	e := entityReader{names: g.names, to: to, known: seen{}}
	for {
		text, ok, err := l.next()
		if err != nil || !ok {
			return err
		}
		if text.fault != "" {
			to.Refuse(Refusal{text.number, text.fault})
			continue
		}
		if strings.TrimSpace(text.text) == "" {
			continue
		}
		if reason, err := e.read(text); err != nil {
			return err
		} else if reason != nil {
			to.Refuse(Refusal{text.number, reason.Error()})
		}
	}
}

type entityReader struct {
	names *Names
	to    Sink
	known seen
}

// read passes on the entities of a line, or says why the line is refused; err is the sink's.
func (e *entityReader) read(l line) (reason, err error) {
	var f ftm
	if err := json.Unmarshal([]byte(l.text), &f); err != nil {
		return fmt.Errorf("the line is no JSON object of FollowTheMoney: %w; it may be cut short", err), nil
	}
	switch {
	case f.ID == "" || f.Schema == "":
		return errors.New("the entity has no id or no schema"), nil
	case slices.Contains(relations, f.Schema):
		return nil, nil
	}
	if before := e.known.again(f.ID, l.number); before > 0 {
		return fmt.Errorf("the entity %s stands on line %d already", shorten(f.ID), before), nil
	}
	var entries []*Entry
	if f.Schema == "Sanction" {
		entries, reason = e.sanction(&f, "", l.number)
	} else {
		entries, reason = e.entity(&f, l.number)
	}
	if reason != nil {
		return reason, nil
	}
	for _, entry := range entries {
		if err := e.to.Entry(entry); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// entity gives the entity and the sanctions nested in it.
func (e *entityReader) entity(f *ftm, line int) ([]*Entry, error) {
	out := &Entity{ID: f.ID, Schema: f.Schema, Caption: f.Caption, Datasets: f.Datasets, FirstSeen: f.FirstSeen, LastSeen: f.LastSeen, Topics: f.texts("topics"), Programs: appendNew(f.texts("program"), f.texts("programId")...)}
	out.Names = appendNew(nil, append(append(append([]string{f.Caption}, f.texts("name")...), f.texts("alias")...), f.texts("previousName")...)...)
	if len(out.Names) == 0 {
		return nil, fmt.Errorf("the entity %s has no name", shorten(f.ID))
	}
	if out.Caption == "" {
		out.Caption = out.Names[0]
	}
	for _, property := range []string{"country", "nationality", "citizenship", "jurisdiction", "flag"} {
		out.Countries = appendNew(out.Countries, e.countries(f.texts(property))...)
	}
	for _, given := range []string{f.FirstSeen, f.LastSeen} {
		if given == "" {
			continue
		}
		if _, err := days(given); err != nil {
			return nil, err
		}
	}
	entry := &Entry{Kind: KindEntity, Key: f.ID, Subject: f.ID, Line: line, Body: body(out)}
	if len(out.Countries) > 0 {
		entry.Object = out.Countries[0]
	}
	for _, name := range out.Names {
		if folded := Fold(name); folded != "" {
			entry.Names = appendNew(entry.Names, folded)
		}
	}
	entries := []*Entry{entry}
	for _, nested := range f.nested("sanctions") {
		if nested.Datasets == nil {
			nested.Datasets = f.Datasets
		}
		listing, err := e.sanction(&nested, f.ID, line)
		if err != nil {
			return nil, err
		}
		entries = append(entries, listing...)
	}
	return entries, nil
}

// sanction gives a listing for each entity that it names, or for the one in which it is nested.
func (e *entityReader) sanction(f *ftm, inside string, line int) ([]*Entry, error) {
	entities := f.texts("entity")
	if inside != "" {
		entities = []string{inside}
	}
	if len(entities) == 0 {
		return nil, fmt.Errorf("the sanction %s names no entity", shorten(f.ID))
	}
	var out []*Entry
	for _, entity := range entities {
		s := &Listing{
			ID: f.ID, Entity: entity, Authority: f.text("authority"), Program: f.text("program", "programId"), Countries: e.countries(f.texts("country")),
			Start: f.text("startDate", "listingDate"), End: f.text("endDate"), Reason: f.text("reason"), Source: f.text("sourceUrl", "programUrl"), Datasets: f.Datasets,
		}
		entry := &Entry{Kind: KindListing, Key: f.ID + "\x1f" + entity, Subject: entity, Object: s.Program, Line: line, Body: body(s)}
		if s.Start != "" {
			interval, err := days(s.Start)
			if err != nil {
				return nil, err
			}
			entry.First = interval.From.String()
		}
		if s.End != "" {
			interval, err := days(s.End)
			if err != nil {
				return nil, err
			}
			entry.Last = interval.To.String()
		}
		if entry.First != "" && entry.Last != "" && entry.Last < entry.First {
			return nil, fmt.Errorf("the sanction ends (%s) before it begins (%s)", s.End, s.Start)
		}
		out = append(out, entry)
	}
	return out, nil
}

func (e *entityReader) countries(given []string) []string {
	var out []string
	for _, g := range given {
		code := e.names.Code(g)
		if code == "" {
			code = strings.ToUpper(g)
		}
		out = appendNew(out, code)
	}
	return out
}

// texts are the members of a property that are strings. A property that is a string itself counts too.
func (f *ftm) texts(property string) []string {
	raw := f.Properties[property]
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return appendNew(nil, one)
	}
	var many []json.RawMessage
	if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	var out []string
	for _, m := range many {
		if json.Unmarshal(m, &one) == nil {
			out = appendNew(out, one)
		}
	}
	return out
}

// text is the first string of the first of the properties that has one.
func (f *ftm) text(properties ...string) string {
	for _, p := range properties {
		if all := f.texts(p); len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

// nested are the members of a property that are entities.
func (f *ftm) nested(property string) []ftm {
	var many []json.RawMessage
	if json.Unmarshal(f.Properties[property], &many) != nil {
		return nil
	}
	var out []ftm
	for _, m := range many {
		var inner ftm
		if json.Unmarshal(m, &inner) == nil && inner.ID != "" {
			out = append(out, inner)
		}
	}
	return out
}

func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
