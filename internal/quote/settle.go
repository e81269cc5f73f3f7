package quote

import (
	"slices"

	"annals/internal/doc"
)

// snap lets a content that opens with a quotation hold the whole of it, unless the cue stands inside the marks.
func (x *Text) snap(c *claim) {
	for i := range c.content {
		r := &c.content[i]
		if q := x.quote[r.first]; q != doc.None && x.atoms[r.first].mark == opening && x.quote[r.last-1] == q && x.quote[c.cueHead] != q {
			for int(r.last) < len(x.quote) && x.quote[r.last] == q {
				r.last++
			}
		}
		if q := x.quote[r.last-1]; q != doc.None && x.atoms[r.last-1].mark == closing && x.quote[r.first] == q && x.quote[c.cueHead] != q {
			for r.first > 0 && x.quote[r.first-1] == q {
				r.first--
			}
		}
	}
	c.content = merge(c.content)
}

// merge joins runs that overlap or touch.
func merge(rs []run) []run {
	slices.SortFunc(rs, func(a, b run) int { return int(a.first - b.first) })
	out := rs[:0]
	for _, r := range rs {
		if n := len(out); n > 0 && out[n-1].last >= r.first {
			out[n-1].last = max(out[n-1].last, r.last)
			continue
		}
		out = append(out, r)
	}
	return out
}

// settle decides between claims that contend for the same words: the surest has them. One whose cue lies in the
// content of a surer one stays when it can be a claim inside that claim; one that also has words of its own keeps those.
func (x *Text) settle(claims []claim) []claim {
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return int(1e6*claims[b].confidence) - int(1e6*claims[a].confidence)
	})
	owner := make([]int32, len(x.doc.Tokens)) // the claim whose content a token is
	for t := range owner {
		owner[t] = doc.None
	}
	inCue := make([]bool, len(x.doc.Tokens))
	lost := make([]bool, len(claims))
	for _, i := range order {
		c := &claims[i]
		if touches(inCue, c.cue) {
			lost[i] = true
			continue
		}
		inside := owner[c.cue[0].first] != doc.None
		if !inside {
			c.content = withoutTaken(c.content, owner, claims)
		}
		if inside && !nestable(c) || !inside && !mostlyFree(c.content, owner) {
			lost[i] = true
			continue
		}
		own(owner, c, int32(i))
		for _, r := range c.cue {
			for t := r.first; t < r.last; t++ {
				inCue[t] = true
			}
		}
	}
	out := claims[:0]
	for i := range claims {
		if !lost[i] {
			out = append(out, claims[i])
		}
	}
	return out
}

// withoutTaken leaves out the parts of a content that are what somebody else says beside it, not inside it: of two
// paragraphs in marks, each with its own "he said", the linker may give both to the first.
func withoutTaken(content []run, owner []int32, claims []claim) []run {
	if len(content) < 2 {
		return content // the whole of it: mostlyFree decides
	}
	kept := make([]run, 0, len(content))
	for _, r := range content {
		taken := int32(0)
		for t := r.first; t < r.last; t++ {
			if o := owner[t]; o != doc.None && !anyOverlaps(content, claims[o].cue) {
				taken++
			}
		}
		if 2*taken < r.size() {
			kept = append(kept, r)
		}
	}
	return kept
}

// mostlyFree tells whether at least half of a content belongs to no other claim; so does none.
func mostlyFree(content []run, owner []int32) bool {
	all, free := int32(0), int32(0)
	for _, r := range content {
		for t := r.first; t < r.last; t++ {
			all++
			if owner[t] == doc.None {
				free++
			}
		}
	}
	return 2*free >= all
}

// stack gives claims whose cue lies in the content of another that stands before them their outer claim.
func (x *Text) stack(claims []claim) []claim {
	owner := make([]int32, len(x.doc.Tokens))
	for t := range owner {
		owner[t] = doc.None
	}
	x.siblings(claims)
	out := claims[:0]
	for _, c := range claims {
		at := owner[c.cue[0].first]
		if c.rule == "carried-speaker" {
			at = doc.None
		}
		if at != doc.None {
			c.content = within(c.content, out[at].content)
			if c.depth = out[at].depth + 1; c.depth >= maxDepth || len(c.content) == 0 {
				continue
			}
			c.source = within(c.source, out[at].content)
			c.outer = at
		}
		own(owner, &c, int32(len(out)))
		out = append(out, c)
	}
	return out
}

// siblings parts two cues of one subject: in "said the port was safe and denied that …" the denial is no part of what
// was said first, though the parse and the linker may hang it there.
func (x *Text) siblings(claims []claim) {
	d := x.doc
	for i := range claims {
		inner := &claims[i]
		and := inner.cue[0].first - 1
		if i == 0 || and < 0 || d.Tokens[and].UPOS != "CCONJ" || x.quote[and] != doc.None || inner.rule != "model" && inner.rule != "model+subject" && inner.rule != "parse+model" {
			continue
		}
		outer := &claims[i-1]
		if len(outer.source) == 0 || outer.cue[0].last > and || d.Tokens[outer.cueHead].XPOS != d.Tokens[inner.cueHead].XPOS {
			continue
		}
		for j := range outer.content {
			if r := &outer.content[j]; r.holds(inner.cue[0].first) && r.first < and && r.first >= outer.cue[0].last {
				r.last = and
				inner.source, inner.sourceHead = outer.source, outer.sourceHead
			}
		}
	}
}

// parted ends a content where the speaker's next verb of saying begins, which the parse joins to the cue by "and", and makes a claim
// of that verb: "condemned the raid and denied reports that officers had led it".
func (x *Text) parted(claims, parsed []claim) []claim {
	d := x.doc
	taken := make([]bool, len(d.Tokens))
	for i := range claims {
		for _, r := range claims[i].cue {
			for t := r.first; t < r.last; t++ {
				taken[t] = true
			}
		}
	}
	for i := range claims {
		outer := claims[i]
		if len(outer.source) == 0 || len(outer.content) == 0 || outer.content[0].first < outer.cue[len(outer.cue)-1].last {
			continue
		}
		for k := range parsed {
			inner := parsed[k]
			and := inner.cue[0].first - 1
			if inner.row == nil || touches(taken, inner.cue) || !x.goesOnSaying(outer.cueHead, inner.cueHead, and) {
				continue
			}
			for j := range outer.content {
				if r := &outer.content[j]; r.holds(inner.cueHead) && r.first < and {
					r.last = and
					inner.source, inner.sourceHead = outer.source, outer.sourceHead
					inner.confidence = min(ruleConfidence(&inner), outer.confidence)
					claims = append(claims, inner)
					break
				}
			}
		}
	}
	byText(claims)
	return claims
}

// goesOnSaying tells whether a verb is joined to a cue by the "and" at a token, and has no subject of its own.
func (x *Text) goesOnSaying(cue, verb, and int32) bool {
	d := x.doc
	if and < 0 || d.Tokens[and].UPOS != "CCONJ" || x.quote[and] != doc.None || d.Tokens[verb].UPOS != "VERB" || d.Tokens[verb].Deprel != "conj" || d.Tokens[verb].Head != cue {
		return false
	}
	return finiteTags[d.Tokens[cue].XPOS] && (finiteTags[d.Tokens[verb].XPOS] || d.Tokens[verb].XPOS == "VBN") && d.Child(verb, "nsubj", "nsubj:pass", "aux", "aux:pass") == doc.None
}
