package match

import (
	"slices"
	"strings"

	"annals/record"
)

// sentence is what the words of a sentence tell, whoever speaks in it: several claims share one.
type sentence struct {
	text     string
	lower    string // between spaces
	words    Words
	aside    bool
	refers   bool
	contrast bool
}

// sentence reads a sentence once a story.
func (c *cutter) sentence(at record.Span) *sentence {
	if s, ok := c.sentences[at]; ok {
		return s
	}
	text := string(c.text[at.Start:at.End])
	s := &sentence{text: text, lower: " " + strings.ToLower(text) + " ", words: bag(text, c.lands), refers: refers.MatchString(text)}
	s.aside, s.contrast = s.has(additions), s.has(contrasts)
	c.sentences[at] = s
	return s
}

// has tells whether a sentence has one of the phrases, which stand between spaces.
func (s *sentence) has(phrases []string) bool {
	return slices.ContainsFunc(phrases, func(w string) bool { return strings.Contains(s.lower, w) })
}
