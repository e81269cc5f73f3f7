package petrarch

import (
	"slices"
	"strings"
)

// maxExpanded bounds what the substitution marks of one row may grow into.
const maxExpanded = 1000

// agents reads an agent file: "PHRASE {PLURAL} [~CODE]" and sets "!NAME! = A, B" that are put in for their mark.
func (imp *importer) agents(lines []line) {
	sets := map[string][]string{}
	for _, l := range lines {
		imp.at.Line = int32(l.number)
		text := strings.TrimSpace(l.text)
		switch {
		case text == "":
		case text[0] == '!' && strings.Contains(text, "=") && !strings.Contains(text, "["):
			imp.substitution(text, sets)
		default:
			imp.agent(text, sets)
		}
	}
}

func (imp *importer) substitution(text string, sets map[string][]string) {
	name, list, _ := strings.Cut(text, "=")
	name = strings.ToUpper(strings.TrimSpace(name))
	if len(name) < 3 || strings.Count(name, "!") != 2 || name[len(name)-1] != '!' {
		imp.refuse("expected a set such as !PERSON! = MAN, WOMAN and found %q", text)
		return
	}
	var words []string
	for word := range strings.SplitSeq(list, ",") {
		if word = phrase(word); word != "" {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		imp.refuse("the set %s is empty", name)
		return
	}
	sets[name] = words
}

func (imp *importer) agent(text string, sets map[string][]string) {
	before, inside, _, ok := bracketed(cutBraces(text))
	code := strings.ToUpper(strings.ReplaceAll(inside, " ", ""))
	prefix := strings.HasSuffix(code, "~")
	if code = strings.Trim(code, "~"); !ok || code == "" || !strings.Contains(inside, "~") {
		imp.refuse("an agent needs a code such as [~GOV] or [NGO~], and %q has none", text)
		return
	}
	name := phrase(before)
	if name == "" {
		imp.refuse("%q names no agent", text)
		return
	}
	forms, problem := agentForms(name, text, sets)
	if problem != "" {
		imp.refuse("%s", problem)
		return
	}
	if present(code) == "" {
		code = ""
	}
	for _, form := range forms {
		imp.dict.Agents = append(imp.dict.Agents, Agent{Phrase: form, Code: code, Before: prefix, Row: imp.at})
	}
}

// cutBraces removes the plural from a row, when it stands before the code.
func cutBraces(text string) string {
	open, close := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if bracket := strings.IndexByte(text, '['); open < 0 || close < open || bracket >= 0 && bracket < open {
		return text
	}
	return text[:open] + " " + text[close+1:]
}

// agentForms are the phrase and its plural, or the phrases that a substitution makes.
func agentForms(name, text string, sets map[string][]string) (forms []string, problem string) {
	if strings.Contains(name, "!") {
		return expand(name, sets)
	}
	forms = []string{name}
	open, close := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if bracket := strings.IndexByte(text, '['); open >= 0 && open < close && (bracket < 0 || open < bracket) {
		if given := phrase(text[open+1 : close]); given != "" {
			forms = append(forms, given)
		}
		return forms, ""
	}
	return append(forms, plural(name)), ""
}

// expand puts every word of a set in for its mark, for all marks of the phrase.
func expand(name string, sets map[string][]string) (forms []string, problem string) {
	forms = []string{name}
	for slices.ContainsFunc(forms, func(f string) bool { return strings.Contains(f, "!") }) {
		var next []string
		for _, f := range forms {
			open := strings.IndexByte(f, '!')
			if open < 0 {
				next = append(next, f)
				continue
			}
			length := strings.IndexByte(f[open+1:], '!')
			if length < 0 {
				return nil, "the mark in " + name + " is not closed by !"
			}
			mark := f[open : open+length+2]
			words, ok := sets[mark]
			if !ok {
				return nil, "there is no set " + mark + " above this line"
			}
			for _, w := range words {
				next = append(next, phrase(f[:open]+w+f[open+length+2:]))
			}
		}
		if forms = next; len(forms) > maxExpanded {
			return nil, name + " stands for more than a thousand phrases"
		}
	}
	return forms, ""
}

// plural is the regular plural as the dictionaries define it: -Y becomes -IES, -SS becomes -SSES, else -S.
func plural(name string) string {
	switch {
	case strings.HasSuffix(name, "Y"):
		return name[:len(name)-1] + "IES"
	case strings.HasSuffix(name, "SS"):
		return name + "ES"
	}
	return name + "S"
}
