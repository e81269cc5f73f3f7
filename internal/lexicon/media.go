package lexicon

import "strings"

// MediumUse is what a noun for a medium may do in a phrase; its values are those of the table "media".
type MediumUse string

// Uses of the nouns for media.
const (
	AfterName MediumUse = "after-name" // says what the outlet is whose name stands before it: "the al-Ahram daily"
	Unnamed   MediumUse = "unnamed"    // stands for an outlet that is named later: "told an Egyptian newspaper"
	Channel   MediumUse = "channel"    // heads the phrase through which something was told: "on a morning show"
)

// MediumNouns reads the nouns for media that have a use, in lower case.
func MediumNouns(use MediumUse) (map[string]bool, error) {
	r, err := openRows("media")
	if err != nil {
		return nil, err
	}
	nouns := map[string]bool{}
	for r.next() {
		for _, has := range r.list("uses") {
			switch MediumUse(has) {
			case use:
				for _, noun := range r.list("nouns") {
					nouns[strings.ToLower(noun)] = true
				}
			case AfterName, Unnamed, Channel:
			default:
				r.fail("%q is no use of a noun for a medium; take %s, %s or %s", has, AfterName, Unnamed, Channel)
			}
		}
	}
	return nouns, r.err
}
