package quote

import (
	"slices"
	"strings"

	"annals/internal/doc"
)

// maxDepth is how deep claims inside claims are followed.
const maxDepth = 3

// nested finds, among the claims that the parse shows, those that lie inside the content of another: "A said that B
// denied that C". They become claims of their own.
func (x *Text) nested(outer, parsed []claim) []claim {
	all := slices.Clone(outer)
	n := len(x.doc.Tokens)
	taken, owner := make([]bool, n), make([]int32, n)
	for t := range owner {
		owner[t] = doc.None
	}
	for i := range outer {
		for _, r := range outer[i].cue {
			for t := r.first; t < r.last; t++ {
				taken[t] = true
			}
		}
		own(owner, &outer[i], int32(i))
	}
	for i := range parsed {
		c := parsed[i]
		at := owner[c.cue[0].first]
		if at == doc.None || !nestable(&c) || x.selfReport(&c) || !x.told(&c) || touches(taken, c.cue) || all[at].depth+1 >= maxDepth {
			continue
		}
		c.content, c.source = within(c.content, all[at].content), within(c.source, all[at].content)
		if len(c.content) == 0 || anyOverlaps(c.content, c.cue) {
			continue
		}
		c.outer, c.depth = at, all[at].depth+1
		c.confidence = ruleConfidence(&c) * all[at].confidence
		c.rule = "nested-" + c.rule
		own(owner, &c, int32(len(all)))
		all = append(all, c)
	}
	return all
}

// own notes whose content the tokens of a claim's content are; claims are read from the outside in.
func own(owner []int32, c *claim, index int32) {
	for _, r := range c.content {
		for t := r.first; t < r.last; t++ {
			owner[t] = index
		}
	}
}

func touches(taken []bool, rs []run) bool {
	for _, r := range rs {
		for t := r.first; t < r.last; t++ {
			if taken[t] {
				return true
			}
		}
	}
	return false
}

// nestable tells whether a claim by rule is worth an entry of its own inside another: somebody's speech act, not a wish
// or a view, which the events inside show as their modality.
func nestable(c *claim) bool {
	if c.row == nil {
		return false
	}
	switch c.row.Act {
	case "assert", "deny", "confirm", "accuse", "report", "rule", "hearsay", "warn", "promise", "demand", "refuse", "ask":
	default:
		return false
	}
	switch c.frame {
	case "clause", "quote", "as", "according-to", "adverb", "raised", "of", "gerund":
		return true
	case "to":
		return c.row.Act == "promise" || c.row.Act == "refuse"
	case "object":
		return c.row.Act == "deny" || c.row.Act == "confirm"
	}
	return false
}

// told tells whether a claim inside another is told as something that somebody did say: its verb is finite, under no
// modal and no condition, and its source is somebody rather than anybody.
func (x *Text) told(c *claim) bool {
	d := x.doc
	if c.frame == "adverb" || c.frame == "raised" || c.frame == "according-to" {
		return true
	}
	if x.isUnreal(c) || len(c.source) == 0 || !finiteTags[d.Tokens[c.cueHead].XPOS] && d.Child(c.cueHead, "aux", "aux:pass") == doc.None {
		return false
	}
	if mark := d.Child(c.cueHead, "mark", "advmod"); mark != doc.None && conditions[strings.ToLower(d.Tokens[mark].Form)] {
		return false
	}
	return !anybody[strings.ToLower(d.Tokens[c.sourceHead].Form)]
}

var conditions = map[string]bool{"if": true, "when": true, "whenever": true, "unless": true, "whether": true, "before": true, "until": true}

// anybody are sources that are nobody in particular, or no speaker at all.
var anybody = map[string]bool{"this": true, "that": true, "these": true, "those": true, "which": true, "anyone": true, "anybody": true, "everyone": true,
	"everybody": true, "someone": true, "somebody": true, "people": true, "what": true, "some": true, "many": true, "others": true, "one": true}

// selfReport recognises the speaker's own "I say that …" inside words in marks, and speech of nobody.
func (x *Text) selfReport(c *claim) bool {
	if c.sourceHead == doc.None {
		return c.frame != "raised" && c.frame != "adverb" && c.frame != "according-to"
	}
	switch lemmaOf(&x.doc.Tokens[c.sourceHead]) {
	case "i", "we", "you", "one", "it":
		return true
	}
	return false
}

// within cuts runs to those of the outer content.
func within(rs, outer []run) []run {
	var out []run
	for _, r := range rs {
		for _, o := range outer {
			if x := (run{max(r.first, o.first), min(r.last, o.last)}); !x.empty() {
				out = append(out, x)
			}
		}
	}
	return out
}
