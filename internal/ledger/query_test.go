package ledger

import (
	"errors"
	"strings"
	"testing"

	"annals/internal/civil"
)

func TestParseQuery(t *testing.T) {
	q, err := ParseQuery(`actor:RUS,SYR recipient:SYR type:AID polarity:negative said:2012-11 source:lavrov text:"fighter planes" embargo realised:no confidence:0.5`)
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Actor) != 2 || q.Actor[1] != "SYR" || q.Recipient[0] != "SYR" || q.Source[0] != "lavrov" || q.MinConfidence != 0.5 || q.Realised == nil || *q.Realised {
		t.Errorf("got %+v", q)
	}
	if len(q.Text) != 2 || q.Text[0] != "fighter planes" || q.Text[1] != "embargo" {
		t.Errorf("text is %q", q.Text)
	}
	if q.Said != (civil.Interval{From: civil.Of(2012, 11, 1), To: civil.Of(2012, 11, 30)}) {
		t.Errorf("said is %v", q.Said)
	}
}

func TestQueryErrorsPointAtTheColumn(t *testing.T) {
	for query, column := range map[string]int{
		`actor:RUS colour:red`:    11,
		`type:AID polarity:maybe`: 19,
		`said:yesterday`:          6,
		`text:"fighter planes`:    6,
		`actor: type:AID`:         7,
		`“é” reported:2012-13`:    14,
		`confidence:2`:            12,
	} {
		_, err := ParseQuery(query)
		var bad *QueryError
		if !errors.As(err, &bad) {
			t.Errorf("%s: got %v, want a query error", query, err)
			continue
		}
		if bad.Column != column {
			t.Errorf("%s: error at column %d, want %d", query, bad.Column, column)
		}
		if !strings.HasSuffix(err.Error(), "^") {
			t.Errorf("%s: the message does not point: %v", query, err)
		}
	}
}

func TestParseDays(t *testing.T) {
	for in, want := range map[string]string{
		"2012":          "2012-01-01 2012-12-31",
		"2012-02":       "2012-02-01 2012-02-29",
		"2012-11-05":    "2012-11-05 2012-11-05",
		"2011..2012-03": "2011-01-01 2012-03-31",
		"..2012":        " 2012-12-31",
		"2012-11-05..":  "2012-11-05 ",
	} {
		got, err := ParseDays(in)
		if err != nil || got.From.String()+" "+got.To.String() != want {
			t.Errorf("%s: got %v %v, want %s (%v)", in, got.From, got.To, want, err)
		}
	}
	for _, in := range []string{"", "2012-13", "2012-02-30", "2013..2012", "12-11-5x", "0"} {
		if got, err := ParseDays(in); err == nil {
			t.Errorf("%q was read as %v", in, got)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	f.Add(`actor:RUS text:"a b" said:2012..`)
	f.Fuzz(func(t *testing.T, s string) {
		_, err := ParseQuery(s)
		var bad *QueryError
		if errors.As(err, &bad) && (bad.Column < 1 || bad.Column > len([]rune(s))+1) {
			t.Fatalf("column %d in a query of %d code points", bad.Column, len([]rune(s)))
		}
	})
}
