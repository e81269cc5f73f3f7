package coref

import (
	"strings"
	"testing"

	"annals/data"
)

// TestGenderTableExamples holds every row to its example: the words of the row and their gender occur in it.
func TestGenderTableExamples(t *testing.T) {
	table, err := data.Read("coref_genders")
	if err != nil {
		t.Fatal(err)
	}
	w, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	example, errA := table.Column("example")
	gender, errB := table.Column("gender")
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	for i, row := range table.Rows {
		found := false
		for word := range strings.FieldsSeq(strings.ToLower(row[example])) {
			found = found || w.nouns[strings.Trim(word, ".,")] == genders[row[gender]]
		}
		if !found {
			t.Errorf("line %d: the example %q holds no word of gender %s", table.Lines[i], row[example], row[gender])
		}
	}
}

func TestGivenNamesBearOneGender(t *testing.T) {
	table, err := data.Read("given_names")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, row := range table.Rows {
		for _, name := range data.List(row[0]) {
			if before, ok := seen[name]; ok && before != row[1] {
				t.Errorf("%s is given as %s and %s", name, before, row[1])
			}
			seen[name] = row[1]
		}
	}
	if len(seen) < 500 {
		t.Errorf("only %d given names were read", len(seen))
	}
}
