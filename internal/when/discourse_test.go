package when

import "testing"

// TestWhatWasMentionedBefore: expressions that take their meaning from those before them.
func TestWhatWasMentionedBefore(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"a year earlier is the same quarter", "First-quarter profit was $3 million.\nIt had been $2 million a year earlier.",
			"First-quarter=2015-Q1; a year earlier=2014-Q1"},
		{"after nine months it is the year", "First-quarter profit was $3 million.\nFor the nine months it was $9 million, up from $7 million a year earlier.",
			"First-quarter=2015-Q1; the nine months=P9M; a year earlier=2014"},
		{"an earlier quarter does not become the one reported on", "First-quarter profit was $3 million after a poor fourth quarter of 2014.\nSales for the quarter rose from a year ago.",
			"First-quarter=2015-Q1; fourth quarter of 2014=2014-Q4; the quarter=2015-Q1; a year ago=2014-Q1"},
		{"nor does one that is expected", "First-quarter profit was $3 million.\nThe flood will cost it $1 million in the third quarter of 2015.\nSales in the latest period rose.",
			"First-quarter=2015-Q1; the third quarter of 2015=2015-Q3; the latest period=2015-Q1"},
		{"last year beside a quarter's figure", "First-quarter profit was $3 million, compared with $2 million last year.", "First-quarter=2015-Q1; last year=2014-Q1"},
		{"last year elsewhere", "First-quarter profit was $3 million.\nThe plant was sold last year.", "First-quarter=2015-Q1; last year=2014"},
		{"the quarter ended", "In the quarter ended April 30 profit rose.", "the quarter=2015-Q1; April 30=2015-04-30"},
		{"that day goes back to a day", "He arrived on March 9, 2014.\nThe war had begun in 2011.\nHe spoke that day.", "March 9, 2014=2014-03-09; 2011=2011; that day=2014-03-09"},
		{"what follows before is its complement", "He arrived on March 9, 2014.\nHe spoke the night before the vote.", "March 9, 2014=2014-03-09"},
		{"a history dates by its years", "The war began in 1936.\nMadrid held out in 1937.\nOn 7 March the army attacked.\nIn April 1938 it reached the sea, and by June it had the coast.\nIt ended in 1939.\nExiles left until 1945, and some in 1946.",
			"1936=1936; 1937=1937; 7 March=1937-03-07; April 1938=1938-04; June=1938-06; 1939=1939; 1945=1945; 1946=1946"},
		{"news that names years does not", "The war began in 1936, and ended in 1939.\nExiles left until 1945, and some in 1946.\nHe came in 2011, he said on Sunday, and left on 7 March.",
			"1936=1936; 1939=1939; 1945=1945; 1946=1946; 2011=2011; Sunday=2015-06-14; 7 March=2015-03-07"},
		{"before the calendar nothing is reckoned", "The city fell in 480 BC.\nThe following year it was built again.", "480 BC=BC0480; The following year=XXXX"},
	} {
		if got := found(annotate(t, s, c.text, written), false); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}
