package event_test

import "testing"

// A happening that goes along with a verb that names none shares its time, also where a noun of happening stands between.
func TestSharedTimeOverANoun(t *testing.T) {
	for _, text := range []string{
		"The party reacted to the sanctions of May 2010, attacking two ministers.",
		"The party reacted to news of the attack on Friday, killing nine villagers.",
		"The clinic stood under bombardment in May when rebels killed the mayor.",
		"Rebels killed the mayor when the news of the bombing on Friday came out.",
	} {
		if d := read(t, text); len(d.Events) == 0 {
			t.Errorf("%q shows no event\n%s", text, tree(d))
		}
	}
}
