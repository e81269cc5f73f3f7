package amount

import (
	"fmt"

	"annals/data"
)

// verbsWithUp make another sense of "up": "gave up 17 seats".
var verbsWithUp = map[string]bool{"gave": true, "give": true, "given": true, "giving": true, "came": true, "come": true, "made": true, "make": true, "picked": true, "set": true, "took": true}

func (t *tables) readChanges() error {
	table, err := data.Read("amount_changes")
	if err != nil {
		return err
	}
	for i, row := range table.Rows {
		if row[1] != "up" && row[1] != "down" {
			return fmt.Errorf("reading the table amount_changes: line %d has the change %q, neither up nor down", table.Lines[i], row[1])
		}
		t.words[t.word(row[0])].change = row[1]
	}
	return nil
}

// changeOf is the direction a quantity moves in: its number follows a word of change directly or after "by", or a word
// of change follows it ("5 percent higher"). What follows "to" is where the movement ends.
func (r *reader) changeOf(first, last int) string {
	for i := first - 1; i >= 0 && i >= first-4; i-- {
		if c := r.word(i).change; c != "" {
			if c == "up" && r.name(i) == "up" && verbsWithUp[r.name(i-1)] {
				return ""
			}
			return c
		}
		switch r.name(i) {
		case "to", "from", "at", "of", "and", "than", "a", "the":
			return ""
		}
		if r.isMark(i, ',') || r.isMark(i, ';') || r.isMark(i, '.') || r.isMark(i, '(') {
			return ""
		}
		if r.isMark(i, '+') {
			return "up"
		}
	}
	switch r.name(last) {
	case "higher", "lower", "up", "down", "rise", "increase", "jump", "gain", "drop", "fall", "decline", "decrease", "growth":
		return r.word(last).change
	}
	return ""
}
