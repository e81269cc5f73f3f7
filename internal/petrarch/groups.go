package petrarch

import (
	"slices"

	"annals/internal/doc"
)

// pronouns gives personal pronouns the code that their chain has, so that "he" can be a side.
func (r *reading) pronouns() {
	for i := range r.doc.Chains {
		var codes []string
		rule := ""
		for _, m := range r.doc.Chains[i].Mentions {
			mention := &r.doc.Mentions[m]
			x := &r.sentences[r.doc.Tokens[mention.Head].Sentence]
			if x.discard != nothing {
				continue
			}
			if c := x.chunkAt(mention.Head); c != nil {
				if len(c.codes) > 0 {
					codes, rule = c.codes, c.rule
				}
				continue
			}
			if mention.Kind == doc.PronounMention && r.doc.Tokens[mention.Head].XPOS == "PRP" && len(codes) > 0 {
				x.chunks = append(x.chunks, chunk{first: mention.First, last: mention.Last, head: mention.Head, codes: slices.Clone(codes), rule: rule, group: doc.None})
			}
		}
	}
	for i := range r.sentences {
		slices.SortStableFunc(r.sentences[i].chunks, func(a, b chunk) int { return int(a.first - b.first) })
	}
}

// chunkAt is the chunk that holds a token, or nil.
func (x *sentence) chunkAt(token int32) *chunk {
	for i := range x.chunks {
		if x.chunks[i].first <= token && token < x.chunks[i].last {
			return &x.chunks[i]
		}
	}
	return nil
}

// group puts chunks that are joined by commas and "and" together; every other chunk is a group of its own. What
// agents the first brings, those that follow it without any share: "lawmakers in Fornost and Gondor".
func (x *sentence) group() {
	for i := 0; i < len(x.chunks); {
		end, joined := i+1, i+1 // joined: behind the last chunk that an "and" brings
		for end < len(x.chunks) && x.joins(end-1, end) != 0 {
			end++
			if x.joins(end-2, end-1) == 'a' {
				joined = end
			}
		}
		from := i
		if joined-i > 2 && x.adverbial(i) {
			x.addGroup(i, i+1)
			from++
		}
		x.addGroup(from, joined)
		i = joined
	}
}

func (x *sentence) addGroup(from, to int) {
	var members []int32
	for i := from; i < to; i++ {
		x.chunks[i].group = int32(len(x.groups))
		members = append(members, int32(i))
		if i > from && len(x.chunks[i].codes) > 0 && !x.hasAgent(i) {
			x.addAgents(&x.chunks[i], x.leadingAgents(from))
		}
	}
	x.groups = append(x.groups, members)
}

func (x *sentence) hasAgent(i int) bool {
	return slices.ContainsFunc(x.chunks[i].marks, func(m int32) bool { return x.marks[m].agent })
}

// leadingAgents are the agents of a chunk that stand before its actor, with a preposition between.
func (x *sentence) leadingAgents(i int) (out []int32) {
	c := &x.chunks[i]
	for _, m := range c.marks {
		if !x.marks[m].agent {
			continue
		}
		for t := c.first; t < c.last; t++ {
			if x.doc.Tokens[t].UPOS == "ADP" && x.atoms[x.marks[m].last-1].token < t {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

// joins tells how two neighbouring chunks are joined: 'a' by "and" or "or", 'c' by a comma alone, 0 not at all.
func (x *sentence) joins(i, j int) byte {
	a, b := &x.chunks[i], &x.chunks[j]
	if a.last == b.first {
		return 0
	}
	how := byte('c')
	for t := a.last; t < b.first; t++ {
		switch token := &x.doc.Tokens[t]; {
		case token.UPOS == "CCONJ":
			how = 'a'
		case token.Form != "," && token.Form != "both" && token.Form != "either":
			return 0
		}
	}
	if x.doc.IsRelation(b.head, "nsubj") && !x.doc.IsRelation(a.head, "nsubj") && x.doc.Tokens[b.head].Head > b.head {
		return 0 // a new clause: "Gondor warned Bree, and Arnor left"
	}
	return how
}

// adverbial tells whether a chunk opens the sentence behind a preposition: "In Gondor, Arnor and Bree agreed".
func (x *sentence) adverbial(i int) bool {
	first, _ := x.bounds()
	at := x.chunks[i].first
	return at > first && at <= first+2 && x.doc.Tokens[at-1].UPOS == "ADP"
}
