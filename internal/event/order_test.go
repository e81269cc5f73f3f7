package event_test

import (
	"testing"

	"annals/internal/doc"
)

// The first event of a sentence is what the sentence is about, whatever else it mentions.
func TestSalience(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Kenya condemned the bombing of a market in Somalia.", "ACCUSE"},
		{"Police arrested two men who had attacked the embassy.", "COERCE"},
		{"The bishop called for talks between Chad and Sudan.", "REQUEST"},
		{"Norway promised to send aid to Haiti after the fighting.", "AGREE"},
		{"The rebels released two soldiers captured in an ambush.", "RETREAT"},
		{"Chad accused Sudan of arming bandits.", "ACCUSE"},
		{"Serbia rejected a plan to withdraw troops from the valley.", "REJECT"},
		{"Thousands marched against the arrest of the editor, police said.", "PROTEST"},
		{"Iran threatened to close the strait if it is attacked.", "THREATEN"},
		{"The king met the envoy, who had criticised the government.", "CONSULT"},
	} {
		d := read(t, c.text)
		if len(d.Events) == 0 || d.Events[0].Type != c.want {
			t.Errorf("%q begins with %s, want %s\n%s", c.text, show(d), c.want, tree(d))
		}
	}
}

// A happening told in the lead and again below is one: the later telling points at the earlier, and other happenings of
// the kind do not.
func TestOneHappening(t *testing.T) {
	for _, c := range []struct {
		name, text, typ string
		again           bool
	}{
		{"told again", "Gunmen killed five farmers in Sudan on Sunday, police said.\n\nThe gunmen killed the farmers in their sleep.", "ASSAULT", true},
		{"by name, then by nationality", "Kenya closed its border with Somalia on Monday.\n\nThe Kenyan closure of the Somali border angered traders. Kenya closed the border with Somalia at dawn.", "COERCE", true},
		{"another victim", "Gunmen killed a priest in Sudan on Sunday.\n\nSoldiers killed a driver in Chad.", "ASSAULT", false},
		{"denied is not told again", "Iran attacked Iraq on Sunday.\n\nIran did not attack Iraq, its minister said.", "ASSAULT", false},
		{"another day", "Iran attacked Iraq on Sunday.\n\nIran attacked Iraq in March 2010.", "ASSAULT", false},
		{"planned is not done", "Peru sent tents to Haiti.\n\nPeru will send tents to Haiti next week.", "AID", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, c.text)
			again, n := false, 0
			for i := range d.Events {
				if d.Events[i].Type == c.typ {
					n++
					again = again || d.Events[i].SameAs != doc.None
				}
			}
			if n < 2 || again != c.again {
				t.Errorf("linked %v, want %v, of %d: %s", again, c.again, n, show(d))
			}
		})
	}
}
