package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"annals/internal/ledger"
)

// codebook lists the columns of each format and their types, from testdata/codebooks.tsv.
func codebook(t *testing.T) map[string][][2]string {
	t.Helper()
	body, err := os.ReadFile("testdata/codebooks.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][2]string{}
	for line := range strings.Lines(string(body)) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 3 && cells[0] != "format" {
			out[cells[0]] = append(out[cells[0]], [2]string{cells[1], cells[2]})
		}
	}
	return out
}

// table reads a file as a stranger would: fields between tabs, or RFC 4180.
func table(t *testing.T, format, body string) [][]string {
	t.Helper()
	if format == "acled" || format == "ftm-statements" || format == "csv" {
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		return rows
	}
	var rows [][]string
	for line := range strings.Lines(body) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return rows
}

var withHeader = []string{"polecat", "icews", "acled", "ftm-statements"}

func TestColumnsAreThoseOfTheCodebooks(t *testing.T) {
	counts := map[string]int{"gdelt-events": 61, "gdelt-mentions": 16, "polecat": 40, "icews": 20, "phoenix": 26, "acled": 31, "ftm-statements": 14}
	own := map[string][]string{"gdelt-events": gdeltEventColumns, "gdelt-mentions": gdeltMentionColumns, "polecat": polecatColumns, "icews": icewsColumns, "phoenix": phoenixColumns,
		"acled": acledColumns, "ftm-statements": statementColumns}
	for format, columns := range codebook(t) {
		var names []string
		for _, c := range columns {
			names = append(names, c[0])
		}
		if len(names) != counts[format] || !slices.Equal(own[format], names) {
			t.Errorf("%s writes the columns\n%v\nand the codebook has %d\n%v", format, own[format], counts[format], names)
		}
		bodies, report := written(t, format, Stances, sampleRecords())
		rows := table(t, format, bodies[0])
		if slices.Contains(withHeader, format) {
			if !slices.Equal(rows[0], names) {
				t.Errorf("%s: the header is %v", format, rows[0])
			}
			rows = rows[1:]
		}
		if format != "ftm-statements" && len(rows) != report.Rows || len(rows) == 0 {
			t.Errorf("%s: %d rows, and %d were reported", format, len(rows), report.Rows)
		}
		for _, row := range rows {
			if len(row) != len(columns) {
				t.Fatalf("%s: a row of %d cells, not %d: %q", format, len(row), len(columns), row)
			}
			for i, cell := range row {
				if !fits(cell, columns[i][1], format) {
					t.Errorf("%s: %s is %q, which is no %s", format, columns[i][0], cell, columns[i][1])
				}
			}
		}
	}
}

var cameoCode = regexp.MustCompile(`^(0[1-9]|1[0-9]|20)[0-9]{0,2}$`)

// fits tells whether a cell can be read as its type.
func fits(cell, kind, format string) bool {
	if strings.HasSuffix(kind, "?") && (cell == "" || cell == "None" && format == "polecat") {
		return true
	}
	day := func(layout string) bool { _, err := time.Parse(layout, cell); return err == nil }
	switch strings.TrimSuffix(kind, "?") {
	case "integer":
		_, err := strconv.ParseInt(cell, 10, 64)
		return err == nil
	case "float":
		_, err := strconv.ParseFloat(cell, 64)
		return err == nil
	case "flag":
		return cell == "0" || cell == "1"
	case "yyyymmdd":
		return day("20060102")
	case "stamp":
		return day("20060102150405")
	case "date":
		return day("2006-01-02")
	case "cameo":
		return cameoCode.MatchString(cell)
	case "fips":
		return cell == "" || len(cell) == 2
	}
	return true
}

// TestFacts reads each format of events back and looks for what the sample says: who did what to whom, when.
func TestFacts(t *testing.T) {
	for format, c := range map[string]struct {
		columns []int
		facts   []string
	}{
		"gdelt-events": {[]int{1, 7, 17, 26, 29, 30}, []string{"20121104 RUS SYR 072 2 8.3", "20121105 QAT  016 1 -2", "20121105 ITA LBY 0332 1 5.2", "20121101 EGY IRN 040 1 1", "20121106 SYR SYR 193 4 -10"}},
		"icews":        {[]int{1, 2, 6, 8, 10}, []string{"2012-11-04 Russia 072 Syria Syria", "2012-11-01 Iran 040 Egypt Egypt", "2012-11-06 rebels 193 soldiers Syria"}},
		"phoenix":      {[]int{1, 5, 9, 13, 15}, []string{"20121104 RUS SYR 072 2", "20121105 ITAGOV LBY 0332 1", "20121106 SYRREB SYRMIL 193 4"}},
		"polecat":      {[]int{1, 2, 8, 16, 5}, []string{"2012-11-04 AID RUS SYR MATERIAL COOPERATION", "2012-11-05 AGREE ITA LBY VERBAL COOPERATION", "2012-11-05 REJECT QAT None VERBAL CONFLICT", "2012-11-01 CONSULT EGY; IRN None VERBAL COOPERATION"}},
		"acled":        {[]int{1, 5, 6, 7, 10, 13, 21, 28}, []string{"2012-11-06 Battles Armed clash rebels soldiers 12 Aleppo 12"}},
	} {
		bodies, _ := written(t, format, []Stance{Denied, Planned}, sampleRecords())
		var got []string
		for _, row := range table(t, format, bodies[0]) {
			var cells []string
			for _, i := range c.columns {
				cells = append(cells, row[i])
			}
			got = append(got, strings.Join(cells, " "))
		}
		for _, fact := range c.facts {
			if !slices.Contains(got, fact) {
				t.Errorf("%s does not say %q, but %q", format, fact, got)
			}
		}
	}
}

// TestRowIDsAreStable: the same event has the same id in an export of more, and ids tell events apart.
func TestRowIDsAreStable(t *testing.T) {
	for _, format := range []string{"gdelt-events", "icews", "phoenix", "polecat", "acled"} {
		all, _ := written(t, format, Stances, sampleRecords())
		one, _ := written(t, format, nil, sampleRecords()[1:2])
		ids := map[string]bool{}
		for _, row := range table(t, format, all[0]) {
			if ids[row[0]] {
				t.Errorf("%s: the id %s is there twice", format, row[0])
			}
			ids[row[0]] = true
		}
		for _, row := range table(t, format, one[0]) {
			if !ids[row[0]] {
				t.Errorf("%s: the id %s is new in a smaller export", format, row[0])
			}
		}
	}
}

// TestAHappeningIsOneEvent: tellings that the ledger takes for one happening make one row, told by the fullest of
// them, with the id of the happening whatever its day.
func TestAHappeningIsOneEvent(t *testing.T) {
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	format, err := Find("gdelt-events")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, day := range []string{"2012-11-06", "2012-11-05"} {
		var out bytes.Buffer
		claims := func(yield func(ledger.Chosen, error) bool) {
			for c := range choose(sampleRecords(), ledger.ByEvent) {
				if c.Claim.ID == "c6" || c.Claim.ID == "c7" {
					c.Happening, c.Day = "h1", day
					if !yield(c, nil) {
						return
					}
				}
			}
		}
		if _, err := tables.write(format, []io.Writer{&out}, nil, claims); err != nil {
			t.Fatal(err)
		}
		rows := table(t, "gdelt-events", out.String())
		if len(rows) != 1 || rows[0][26] != "193" || rows[0][31] != "2" {
			t.Fatalf("the happening is %q", rows)
		}
		ids = append(ids, rows[0][0])
	}
	if ids[0] != ids[1] {
		t.Error("the id of a happening changes with its day")
	}
}
