package entity

import (
	"strings"

	"annals/internal/doc"
)

// pronounTypes are the pronouns that refer, with the type that they have by themselves.
var pronounTypes = map[string]string{
	"i": "PER", "me": "PER", "my": "PER", "mine": "PER", "myself": "PER",
	"he": "PER", "him": "PER", "his": "PER", "himself": "PER",
	"she": "PER", "her": "PER", "hers": "PER", "herself": "PER",
	"who": "PER", "whom": "PER",
	"you": "", "your": "", "yours": "", "yourself": "", "yourselves": "",
	"we": "", "us": "", "our": "", "ours": "", "ourselves": "",
	"they": "", "them": "", "their": "", "theirs": "", "themselves": "",
	"it": "", "its": "", "itself": "", "whose": "", "which": "", "that": "",
}

// relative are those of them that count only as relative pronouns.
var relative = map[string]bool{"who": true, "whom": true, "whose": true, "which": true, "that": true}

// pronouns adds a mention for each pronoun that refers to somebody or something: not the "it" of "it rained".
func (s *Stage) pronouns(d *doc.Doc, taken []bool) {
	var buffer [16]byte
	for t := range d.Tokens {
		token := &d.Tokens[t]
		if taken[t] || len(token.Form) > 10 || token.UPOS != "PRON" && token.UPOS != "DET" {
			continue
		}
		form := appendLower(buffer[:0], token.Form)
		kind, ok := pronounTypes[string(form)]
		if !ok || strings.HasPrefix(token.Deprel, "expl") || string(form) == "it" && d.IsCleft(int32(t)) {
			continue
		}
		if relative[string(form)] && !isRelative(d, int32(t)) {
			continue
		}
		d.Mentions = append(d.Mentions, doc.Mention{
			Span: token.Span, First: int32(t), Last: int32(t) + 1, Head: int32(t),
			Type: kind, Kind: doc.PronounMention, Actor: doc.None, Rule: "pronoun",
		})
	}
}

// isRelative tells whether a pronoun opens a relative clause, rather than a question or a complement.
func isRelative(d *doc.Doc, t int32) bool {
	if d.Feature(t, "PronType") == "Rel" {
		return true
	}
	for h := d.Tokens[t].Head; h != doc.None; h = d.Tokens[h].Head {
		switch d.Tokens[h].Deprel {
		case "acl:relcl":
			return true
		case "root", "ccomp", "advcl", "parataxis", "xcomp":
			return false
		}
	}
	return false
}

// appendLower appends s with ASCII letters made small.
func appendLower(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return out
}
