package petrarch

import "strings"

// discards reads one phrase a line; "+" drops the whole story, else the sentence; a final "_" asks for a word's end.
func (imp *importer) discards(lines []line) {
	for _, l := range lines {
		imp.at.Line = int32(l.number)
		text := strings.TrimSpace(l.text)
		if text == "" {
			continue
		}
		d := Discard{Story: text[0] == '+', Whole: strings.HasSuffix(text, "_"), Row: imp.at}
		d.Phrase = phrase(strings.TrimPrefix(text, "+"))
		if before, _, ok := strings.Cut(d.Phrase, "["); ok { // the older files write PHRASE [###]
			d.Phrase = strings.TrimSpace(before)
		}
		if d.Phrase == "" {
			imp.refuse("%q names no phrase to discard", text)
			continue
		}
		imp.dict.Discards = append(imp.dict.Discards, d)
	}
}

// issues reads "phrase [CODE]" inside <ISSUE CATEGORY="…"> … </ISSUE>, with n:, v: and + expanded, and phrases to be
// passed over that begin with "~" or "~~".
func (imp *importer) issues(lines []line) {
	category := ""
	for _, l := range lines {
		imp.at.Line = int32(l.number)
		text := strings.TrimSpace(l.text)
		switch upper := strings.ToUpper(text); {
		case text == "":
		case strings.HasPrefix(upper, "<ISSUE"):
			_, name, _ := strings.Cut(text, `"`)
			name, _, closed := strings.Cut(name, `"`)
			if !closed || name == "" {
				imp.refuse(`expected <ISSUE CATEGORY="…"> and found %q`, text)
			}
			category = name
		case strings.HasPrefix(upper, "</ISSUE"):
			category = ""
		case text[0] == '<':
			imp.refuse("%q is neither an issue nor a comment", text)
		case strings.HasPrefix(text, "~~"):
			imp.issue(text[2:], "", "")
		case text[0] == '~':
			imp.issue(text[1:], category, "")
		default:
			name, code, _, ok := bracketed(text)
			if !ok || code == "" {
				imp.refuse("an issue needs a code such as [ATROCITY], and %q has none", text)
				continue
			}
			imp.issue(name, category, code)
		}
	}
}

func (imp *importer) issue(text, category, code string) {
	forms := []string{""}
	for _, word := range strings.Fields(strings.ToUpper(strings.ReplaceAll(text, "_", " "))) {
		var variants []string
		switch {
		case strings.HasPrefix(word, "N:"):
			variants = []string{word[2:], plural(word[2:])}
		case strings.HasPrefix(word, "V:"):
			variants = append([]string{word[2:]}, inflections(word[2:])...)
		default:
			variants = []string{strings.ReplaceAll(word, "+", " ")} // a hyphen is read as a blank everywhere
		}
		var next []string
		for _, f := range forms {
			for _, w := range variants {
				next = append(next, strings.TrimSpace(f+" "+w))
			}
		}
		if forms = next; len(forms) > maxExpanded {
			imp.refuse("%q stands for more than a thousand phrases", text)
			return
		}
	}
	if forms[0] == "" {
		imp.refuse("an issue phrase is missing here")
		return
	}
	for _, f := range forms {
		imp.dict.Issues = append(imp.dict.Issues, Issue{Category: category, Phrase: f, Code: code, Row: imp.at})
	}
}
