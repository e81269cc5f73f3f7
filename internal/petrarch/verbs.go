package petrarch

import (
	"fmt"
	"strings"
)

// verbReader reads a verb file. A block is a header "--- NAME [CODE] ---" (or a verb that follows the patterns of
// the block before it, as the older files have it), its verbs, and its patterns.
type verbReader struct {
	*importer
	block     int32 // -1: none is open
	code      Code  // of the block
	patterned bool  // the block has patterns already
	set       int   // synonym set that is open, or -1
	plurals   bool  // its nouns have plurals
}

func (imp *importer) verbs(lines []line) {
	v := verbReader{importer: imp, block: -1, set: -1}
	v.declare(lines)
	for _, l := range lines {
		imp.at.Line = int32(l.number)
		text := strings.TrimSpace(l.text)
		if text == "" || text[0] != '+' {
			v.set = -1
		}
		switch {
		case text == "":
		case strings.HasPrefix(text, "---"):
			v.header(text)
		case text[0] == '&':
			v.openSynset(text)
		case v.set >= 0:
			v.member(text)
		case text[0] == '~':
			v.transform(text)
		case text[0] == '-', text[0] == '*':
			v.pattern(text)
		case text[0] == '<':
			imp.refuse("%q is neither a verb nor a comment", text)
		default:
			v.verb(text)
		}
	}
}

// declare notes the names of all synonym sets first: a pattern may use one that is defined further down.
func (v *verbReader) declare(lines []line) {
	for _, l := range lines {
		text := strings.TrimSpace(l.text)
		if !strings.HasPrefix(text, "&") {
			continue
		}
		name, _ := synsetName(text)
		if _, known := v.synsets[name]; !known && name != "&" {
			v.synsets[name] = len(v.dict.Synsets)
			v.dict.Synsets = append(v.dict.Synsets, Synset{Name: name, Row: Row{v.at.File, int32(l.number)}})
		}
	}
}

// synsetName splits a label: one that ends in "_" has no automatic plurals.
func synsetName(text string) (name string, plurals bool) {
	name = strings.Fields(strings.ToUpper(text))[0]
	return strings.TrimRight(name, "_"), !strings.HasSuffix(name, "_")
}

func (v *verbReader) openSynset(text string) {
	name, plurals := synsetName(text)
	set, ok := v.synsets[name]
	if !ok {
		v.refuse("a synonym set needs a name behind the &")
		return
	}
	v.set, v.plurals = set, plurals
}

// member adds "+PHRASE" to the open set, with its plural, or "+&SET", another set.
func (v *verbReader) member(text string) {
	text = strings.TrimSpace(strings.Trim(strings.TrimSpace(text[1:]), "(){}"))
	name := phrase(text)
	set := &v.dict.Synsets[v.set]
	switch {
	case name == "":
		v.refuse("a synonym needs a word behind the +")
	case name[0] == '&':
		label, _ := synsetName(name)
		if _, ok := v.synsets[label]; !ok {
			v.refuse("there is no synonym set %s in this file or those before it", label)
			return
		}
		set.Phrases = append(set.Phrases, label)
	default:
		set.Phrases = append(set.Phrases, name)
		if v.plurals && !strings.HasSuffix(text, "_") {
			set.Phrases = append(set.Phrases, plural(name))
		}
	}
}

// header reads "--- NAME [CODE] ---".
func (v *verbReader) header(text string) {
	_, inside, _, ok := bracketed(text)
	v.code = Code{}
	if ok {
		code, err := parseCode(inside)
		if err != nil {
			v.refuse("%v; the verbs of the block get no code of their own", err)
		}
		v.code = code
	}
	v.begin()
}

func (v *verbReader) begin() {
	v.block, v.patterned = v.blocks, false
	v.blocks++
}

// parseCode reads "CODE" and "CODE:REVERSE".
func parseCode(s string) (Code, error) {
	forward, reverse, _ := strings.Cut(strings.ReplaceAll(s, " ", ""), ":")
	if forward == "" || strings.ContainsAny(forward+reverse, "[]{}") {
		return Code{}, fmt.Errorf("[%s] is not a code", s)
	}
	return Code{present(forward), present(reverse)}, nil
}

// verb reads "VERB {FORM FORM} [CODE]". Words are joined by "_" or a blank; "+" marks the one that is inflected.
func (v *verbReader) verb(text string) {
	if v.block < 0 || v.patterned {
		v.code = Code{}
		v.begin()
	}
	code := v.code
	rest := cutBraces(text)
	name, inside, _, ok := bracketed(rest)
	if strings.Contains(rest, "[") {
		if !ok {
			v.refuse("the code of %q is not closed by ]", text)
			return
		}
		var err error
		if code, err = parseCode(inside); err != nil {
			v.refuse("%v", err)
			return
		}
	}
	words, head, problem := verbWords(name)
	if problem != "" {
		v.refuse("%s", problem)
		return
	}
	add := func(words []string, head int, base bool) {
		v.dict.Verbs = append(v.dict.Verbs, Verb{Words: words, Head: head, Base: base, Block: v.block, Code: code, Row: v.at})
	}
	add(words, head, true)
	open, close := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if open < 0 || close < open {
		for _, form := range inflections(words[head]) {
			inflected := append([]string(nil), words...)
			inflected[head] = form
			add(inflected, head, false)
		}
		return
	}
	for _, form := range strings.Fields(text[open+1 : close]) {
		words, head, problem := verbWords(form)
		if problem != "" {
			v.refuse("%s", problem)
			continue
		}
		add(words, head, false)
	}
}

// verbWords splits a verb into its words and finds the inflected one: the one marked "+", else the first.
func verbWords(name string) (words []string, head int, problem string) {
	for _, w := range strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return r == '_' || r == ' ' || r == '\t' || r == '-' }) {
		if strings.HasPrefix(w, "+") {
			w, head = w[1:], len(words)
		}
		if w == "" || strings.ContainsAny(w, "+*$%^&<>[](){}~!") {
			return nil, 0, fmt.Sprintf("%q is not a verb", strings.TrimSpace(name))
		}
		words = append(words, w)
	}
	if len(words) == 0 {
		return nil, 0, "a verb is missing here"
	}
	return words, head, ""
}

// inflections are the regular forms: -S, -ED, -ING with the usual changes of -E and -Y.
func inflections(word string) []string {
	if len(word) < 2 {
		return nil
	}
	stem, last := word[:len(word)-1], word[len(word)-1]
	switch {
	case last == 'E':
		return []string{word + "S", word + "D", stem + "ING"}
	case last == 'Y' && !strings.ContainsRune("AEIOU", rune(word[len(word)-2])):
		return []string{stem + "IES", stem + "IED", word + "ING"}
	case last == 'S', last == 'X', last == 'Z', strings.HasSuffix(word, "CH"), strings.HasSuffix(word, "SH"):
		return []string{word + "ES", word + "ED", word + "ING"}
	}
	return []string{word + "S", word + "ED", word + "ING"}
}
