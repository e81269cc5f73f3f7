package ledger

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"annals/internal/civil"
)

// Query chooses claims. Every filter that is set must fit; within a filter with several values one must.
// The zero query chooses everything.
type Query struct {
	Actor, Recipient, Party []string // country, code prefix, or part of an id or name; Party is either side
	Source                  []string // anyone in the source chain
	Publisher               []string
	Type, Mode, CAMEO       []string // CAMEO by prefix
	Polarity, Modality      []string
	Act, Value              []string
	Realised                *bool
	Happened                civil.Interval // the event's days share one with it
	Said                    civil.Interval
	Reported                civil.Interval
	Place                   []string
	Text                    []string // words or phrases of the sentence
	Article                 string
	Proposition             string
	Happening               string
	MinConfidence           float64
	Agreed                  bool   // of events: only those that two independent sources assert and nobody denies
	AsOf                    string // what the ledger knew at this moment, as ParseMoment gives it; "": now
	Limit                   int    // 0: 100
}

// QueryError points at the column of the query that cannot be understood.
type QueryError struct {
	Query  string
	Column int // 1-based, in code points
	Reason string
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("reading the query: column %d: %s\n  %s\n  %s^", e.Column, e.Reason, e.Query, strings.Repeat(" ", e.Column-1))
}

// field is a filter of the query language.
type field struct {
	name, help string
	set        func(q *Query, value string) error
}

func list(get func(*Query) *[]string) func(*Query, string) error {
	return func(q *Query, v string) error {
		to := get(q)
		*to = append(*to, strings.Split(v, ",")...)
		return nil
	}
}

func oneOf(get func(*Query) *[]string, allowed ...string) func(*Query, string) error {
	return func(q *Query, v string) error {
		for _, part := range strings.Split(v, ",") {
			if !slices.Contains(allowed, part) {
				return fmt.Errorf("%q is none of %s", part, strings.Join(allowed, ", "))
			}
			*get(q) = append(*get(q), part)
		}
		return nil
	}
}

func days(get func(*Query) *civil.Interval) func(*Query, string) error {
	return func(q *Query, v string) error {
		interval, err := ParseDays(v)
		*get(q) = interval
		return err
	}
}

// fields is the whole query language; docs/query.md is its manual.
var fields = []field{
	{"actor", "who did it: country (RUS), code (RUSGOV) or part of a name", list(func(q *Query) *[]string { return &q.Actor })},
	{"recipient", "to whom", list(func(q *Query) *[]string { return &q.Recipient })},
	{"party", "either side", list(func(q *Query) *[]string { return &q.Party })},
	{"source", "anyone in the source chain", list(func(q *Query) *[]string { return &q.Source })},
	{"publisher", "who published the article", list(func(q *Query) *[]string { return &q.Publisher })},
	{"type", "PLOVER type: AID, ASSAULT …", list(func(q *Query) *[]string { return &q.Type })},
	{"mode", "PLOVER mode", list(func(q *Query) *[]string { return &q.Mode })},
	{"cameo", "CAMEO code or its beginning", list(func(q *Query) *[]string { return &q.CAMEO })},
	{"polarity", "positive or negative", oneOf(func(q *Query) *[]string { return &q.Polarity }, "positive", "negative")},
	{"modality", "asserted, possible …", oneOf(func(q *Query) *[]string { return &q.Modality },
		"asserted", "possible", "obligation", "conditional", "future", "hypothetical", "scheduled")},
	{"act", "assert, deny, accuse …", list(func(q *Query) *[]string { return &q.Act })},
	{"value", "FactBank value: CT+ …", oneOf(func(q *Query) *[]string { return &q.Value }, "CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U")},
	{"realised", "yes or no", setRealised},
	{"happened", "days: 2012, 2012-11, 2012-11-05, 2012-11..2013-02", days(func(q *Query) *civil.Interval { return &q.Happened })},
	{"said", "when the source said it", days(func(q *Query) *civil.Interval { return &q.Said })},
	{"reported", "when it was published", days(func(q *Query) *civil.Interval { return &q.Reported })},
	{"place", "name of the place", list(func(q *Query) *[]string { return &q.Place })},
	{"text", "words of the sentence; quote a phrase", func(q *Query, v string) error { q.Text = append(q.Text, v); return nil }},
	{"article", "id of the article", func(q *Query, v string) error { q.Article = v; return nil }},
	{"proposition", "id of the proposition", func(q *Query, v string) error { q.Proposition = v; return nil }},
	{"happening", "id of the happening", func(q *Query, v string) error { q.Happening = v; return nil }},
	{"confidence", "at least this much, 0 to 1", setConfidence},
}

// Fields names the filters with a line of help each, in the order of the manual.
func Fields() [][2]string {
	var out [][2]string
	for _, f := range fields {
		out = append(out, [2]string{f.name, f.help})
	}
	return out
}

func setRealised(q *Query, v string) error {
	yes := v == "yes" || v == "true"
	if !yes && v != "no" && v != "false" {
		return fmt.Errorf("%q is neither yes nor no", v)
	}
	q.Realised = &yes
	return nil
}

func setConfidence(q *Query, v string) error {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 0 || f > 1 {
		return fmt.Errorf("%q is not a number from 0 to 1", v)
	}
	q.MinConfidence = f
	return nil
}

// ParseQuery reads `actor:RUS type:AID text:"fighter planes"`. A bare word is a word of the sentence.
func ParseQuery(s string) (Query, error) {
	var q Query
	p := queryParser{query: s, rest: []rune(s)}
	for p.skipSpace(); len(p.rest) > 0; p.skipSpace() {
		column := p.column()
		name, hasName := p.name()
		valueColumn := p.column()
		value, err := p.value()
		if err != nil {
			return Query{}, err
		}
		if !hasName {
			q.Text = append(q.Text, value)
			continue
		}
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if at < 0 {
			return Query{}, p.fail(column, fmt.Sprintf("there is no filter %q; the filters are %s", name, fieldNames()))
		}
		if value == "" {
			return Query{}, p.fail(valueColumn, "the filter "+name+" has no value")
		}
		if err := fields[at].set(&q, value); err != nil {
			return Query{}, p.fail(valueColumn, err.Error())
		}
	}
	return q, nil
}

func fieldNames() string {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

type queryParser struct {
	query string
	rest  []rune
}

func (p *queryParser) column() int { return len([]rune(p.query)) - len(p.rest) + 1 }

func (p *queryParser) fail(column int, reason string) error {
	return &QueryError{Query: p.query, Column: column, Reason: reason}
}

func (p *queryParser) skipSpace() {
	for len(p.rest) > 0 && unicode.IsSpace(p.rest[0]) {
		p.rest = p.rest[1:]
	}
}

// name takes "actor:" and leaves the value.
func (p *queryParser) name() (string, bool) {
	for i, r := range p.rest {
		if r == ':' && i > 0 {
			name := string(p.rest[:i])
			p.rest = p.rest[i+1:]
			return name, true
		}
		if !unicode.IsLetter(r) {
			break
		}
	}
	return "", false
}

// value takes a word or a quoted phrase.
func (p *queryParser) value() (string, error) {
	if len(p.rest) > 0 && p.rest[0] == '"' {
		column := p.column()
		for i := 1; i < len(p.rest); i++ {
			if p.rest[i] == '"' {
				value := string(p.rest[1:i])
				p.rest = p.rest[i+1:]
				return value, nil
			}
		}
		return "", p.fail(column, "the quotation mark is not closed")
	}
	n := 0
	for n < len(p.rest) && !unicode.IsSpace(p.rest[n]) {
		n++
	}
	value := string(p.rest[:n])
	p.rest = p.rest[n:]
	return value, nil
}

// ParseDays reads a day, a month, a year, or two of them joined by "..", either of which may be left out.
func ParseDays(s string) (civil.Interval, error) {
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		return parsePeriod(s)
	}
	var out civil.Interval
	if from != "" {
		first, err := parsePeriod(from)
		if err != nil {
			return civil.Interval{}, err
		}
		out.From = first.From
	}
	if to != "" {
		last, err := parsePeriod(to)
		if err != nil {
			return civil.Interval{}, err
		}
		out.To = last.To
	}
	if !out.From.IsZero() && !out.To.IsZero() && out.To.Before(out.From) {
		return civil.Interval{}, fmt.Errorf("%q ends before it begins", s)
	}
	return out, nil
}

func parsePeriod(s string) (civil.Interval, error) {
	bad := fmt.Errorf("%q is not a day, month or year (2012-11-05, 2012-11, 2012)", s)
	parts := strings.Split(s, "-")
	numbers := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n <= 0 {
			return civil.Interval{}, bad
		}
		numbers[i] = n
	}
	if numbers[0] > 9999 || len(numbers) > 1 && numbers[1] > 12 || len(numbers) > 2 && numbers[2] > civil.DaysIn(numbers[0], numbers[1]) {
		return civil.Interval{}, bad
	}
	switch len(numbers) {
	case 1:
		return civil.Interval{From: civil.Of(numbers[0], 1, 1), To: civil.Of(numbers[0], 12, 31)}, nil
	case 2:
		return civil.Interval{From: civil.Of(numbers[0], numbers[1], 1), To: civil.Of(numbers[0], numbers[1], civil.DaysIn(numbers[0], numbers[1]))}, nil
	case 3:
		d := civil.Of(numbers[0], numbers[1], numbers[2])
		return civil.Interval{From: d, To: d}, nil
	}
	return civil.Interval{}, bad
}

// Equal tells whether two queries choose the same.
func (q *Query) Equal(other *Query) bool { return reflect.DeepEqual(q, other) }
