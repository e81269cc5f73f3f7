package when

import (
	"slices"
	"strings"
	"testing"

	"annals/internal/civil"

	"pgregory.net/rapid"
)

// anyDay draws a day; days past the end of a month run over into the next.
func anyDay(rt *rapid.T) civil.Date {
	return civil.Of(rapid.IntRange(1850, 2150).Draw(rt, "year"), rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 31).Draw(rt, "day"))
}

// TestAnyTextOnAnyDay reads examples of the tables in any order on any day: every value is TIMEX3, every interval fits its
// value, every anchor names an expression before, and reading the document again changes nothing.
func TestAnyTextOnAnyDay(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var text []string
		for range rapid.IntRange(1, 6).Draw(rt, "sentences") {
			text = append(text, s.grammar.rules[rapid.IntRange(0, len(s.grammar.rules)-1).Draw(rt, "rule")].example)
		}
		d := annotate(t, s, strings.Join(text, "\n"), anyDay(rt))
		for i := range d.Timexes {
			x := &d.Timexes[i]
			checkTimex(t, d, x)
			if n, ok := strings.CutPrefix(x.Anchor, "timex:"); ok && atoi(n) >= i {
				rt.Fatalf("%q has the anchor %s, which is not before it (%d)", d.Slice(x.Span), x.Anchor, i)
			}
		}
		first := slices.Clone(d.Timexes)
		if err := s.Annotate(d); err != nil {
			rt.Fatal(err)
		}
		if !slices.Equal(first, d.Timexes) {
			rt.Fatalf("%q read again gives %s", d.Text, found(d, true))
		}
	})
}

// TestAValueStandsForItself: a day that was resolved, written out in full, is that day whenever it is read.
func TestAValueStandsForItself(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		phrase := rapid.SampledFrom([]string{"yesterday", "on Sunday", "last Friday", "on March 9", "last March 9", "on the 9th", "the day before last Monday", "three days ago", "a year ago today"}).Draw(rt, "phrase")
		d := annotate(t, s, "He arrived "+phrase+".", anyDay(rt))
		if len(d.Timexes) != 1 {
			rt.Fatalf("%s: found %s", phrase, found(d, false))
		}
		value := d.Timexes[0].Value
		again := annotate(t, s, "He arrived on "+value+".", anyDay(rt))
		if got := found(again, false); got != value+"="+value {
			rt.Fatalf("%s, resolved to %s, is read as %s", phrase, value, got)
		}
	})
}

// TestUnitsAgoHoldTheirDay: the stretch that lies n units back holds the day that lies n units back.
func TestUnitsAgoHoldTheirDay(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		day, n := anyDay(rt), rapid.IntRange(2, 12).Draw(rt, "n")
		for name, want := range map[string]civil.Date{
			"days": day.AddDays(-n), "weeks": day.AddDays(-7 * n), "years": civil.Of(int(day.Year)-n, 6, 1),
		} {
			d := annotate(t, s, "He arrived "+format(n, 1)+" "+name+" ago.", day)
			if len(d.Timexes) != 1 || !d.Timexes[0].Interval.Contains(want) {
				rt.Fatalf("on %s, %d %s ago is %s, which does not hold %s", day, n, name, found(d, false), want)
			}
		}
	})
}
