package petrarch

import (
	"fmt"
	"strings"
)

// pattern reads "- before * after [CODE]". A blank between two elements lets other words stand between them, "_"
// does not; braces and brackets of PETRARCH2 group words and are read as blanks.
func (v *verbReader) pattern(text string) {
	if v.block < 0 {
		v.refuse("the pattern stands before any verb")
		return
	}
	v.patterned = true
	before, inside, _, ok := bracketed(strings.TrimPrefix(text, "-"))
	if at := strings.LastIndexByte(text, '['); at >= 0 {
		before = strings.TrimPrefix(text[:at], "-")
		_, inside, _, ok = bracketed(text[at:])
	}
	if !ok {
		v.refuse("the pattern has no code in [ ]")
		return
	}
	code, err := parseCode(inside)
	if err != nil {
		v.refuse("%v", err)
		return
	}
	elements, verb, err := v.elements(before)
	if err != nil {
		v.refuse("%v", err)
		return
	}
	v.dict.Patterns = append(v.dict.Patterns, Pattern{Block: v.block, Elements: elements, Verb: verb, Code: code, Row: v.at})
}

// elements splits the text of a pattern.
func (v *verbReader) elements(text string) (out []Element, verb int, err error) {
	switch {
	case strings.ContainsAny(text, "|[]"):
		return nil, 0, fmt.Errorf("alternatives in a pattern are not read; write them as a synonym set")
	case strings.Count(text, "{") != strings.Count(text, "}"), strings.Count(text, "(") != strings.Count(text, ")"):
		return nil, 0, fmt.Errorf("a brace or bracket of the pattern is not closed")
	}
	verb = -1
	tight := false
	for _, part := range splitPattern(text) {
		if part == "_" {
			tight = len(out) > 0
			continue
		}
		if part == " " {
			tight = false
			continue
		}
		element, err := v.element(part)
		if err != nil {
			return nil, 0, err
		}
		if element[0].Kind == VerbElement {
			if verb >= 0 {
				return nil, 0, fmt.Errorf("the pattern has two verbs *")
			}
			verb = len(out)
		}
		element[0].Tight = tight
		out = append(out, element...)
		tight = false
	}
	if verb < 0 {
		return nil, 0, fmt.Errorf("the pattern has no verb *")
	}
	return out, verb, nil
}

// splitPattern cuts a pattern into words, "_" between words, and " ".
func splitPattern(text string) []string {
	var out []string
	text = strings.ToUpper(strings.ReplaceAll(text, "**", "*"))
	for len(text) > 0 {
		at := strings.IndexAny(text, " \t_(){},")
		if at < 0 {
			at = len(text)
		}
		if at > 0 {
			out = append(out, text[:at])
			text = text[at:]
			continue
		}
		if text[0] == '_' {
			out = append(out, "_")
		} else {
			out = append(out, " ")
		}
		text = text[1:]
	}
	return out
}

// element reads one part; a word with a hyphen gives several elements.
func (v *verbReader) element(part string) ([]Element, error) {
	switch part {
	case "*":
		return []Element{{Kind: VerbElement}}, nil
	case "$":
		return []Element{{Kind: SourceElement}}, nil
	case "+":
		return []Element{{Kind: TargetElement}}, nil
	case "%":
		return []Element{{Kind: CompoundElement}}, nil
	case "^":
		return []Element{{Kind: SkipElement}}, nil
	}
	if part[0] == '&' {
		if _, ok := v.synsets[part]; !ok {
			return nil, fmt.Errorf("there is no synonym set %s in this file or those before it", part)
		}
		return []Element{{Kind: SynsetElement, Text: part}}, nil
	}
	if strings.ContainsAny(part, "*$+%^&") {
		return nil, fmt.Errorf("%q is neither a word nor a sign of a pattern", part)
	}
	var out []Element
	for _, w := range words(part) {
		out = append(out, Element{Kind: WordElement, Text: w, Tight: len(out) > 0})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%q is no word", part)
	}
	return out, nil
}

// transform reads "~ a (a b VERB) VERB = a b CODE".
func (v *verbReader) transform(text string) {
	left, right, ok := strings.Cut(strings.ToUpper(text[1:]), "=")
	fields := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(left))
	result := strings.Fields(right)
	if !ok || len(fields) != 7 || fields[1] != "(" || fields[5] != ")" || len(result) != 3 {
		v.refuse("expected a transformation such as ~ a (a b Q) SAY = a b Q and found %q", text)
		return
	}
	sides := map[string]bool{fields[0]: true, fields[2]: true, fields[3]: true}
	for _, r := range result[:2] {
		if !sides[r] || r == "." || r == "_" {
			v.refuse("the result of the transformation names %q, which its left side does not", r)
			return
		}
	}
	v.dict.Retells = append(v.dict.Retells, Transform{
		Outer: fields[0], Source: fields[2], Target: fields[3], Inner: fields[4], Verb: fields[6],
		Result: [3]string{result[0], result[1], result[2]}, Row: v.at,
	})
}
