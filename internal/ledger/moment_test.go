package ledger

import "testing"

func TestParseMoment(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"2012-11-06":                     "2012-11-06T23:59:59.999Z",
		"2012-02":                        "2012-02-29T23:59:59.999Z",
		"2012":                           "2012-12-31T23:59:59.999Z",
		"2012-11-06T12:00:00Z":           "2012-11-06T12:00:00.000Z",
		"2012-11-06T01:30:00.25+02:00":   "2012-11-05T23:30:00.250Z",
		"2012-11-06T12:00:00.123456789Z": "2012-11-06T12:00:00.123Z",
	} {
		if got, err := ParseMoment(in); err != nil || got != want {
			t.Errorf("%q is %q, want %q (%v)", in, got, want, err)
		}
	}
	for _, in := range []string{"yesterday", "2012-13-01", "2012-11-06T25:00:00Z", "2012-11-06 12:00"} {
		if got, err := ParseMoment(in); err == nil {
			t.Errorf("%q was read as %q", in, got)
		}
	}
}
