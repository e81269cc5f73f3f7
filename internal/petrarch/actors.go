package petrarch

import (
	"fmt"
	"strings"

	"annals/internal/civil"
)

// actors reads an actor file: a head phrase with or without codes, synonyms that begin with "+", and indented lines
// with dated codes for the head and its synonyms.
func (imp *importer) actors(lines []line) {
	from := len(imp.dict.Actors) // the entries of the head that is open
	for _, l := range lines {
		imp.at.Line = int32(l.number)
		text := strings.TrimSpace(l.text)
		switch {
		case text == "":
		case strings.HasPrefix(text, "["):
			imp.datedLine(text, from)
		case strings.HasPrefix(text, "+"):
			if from == len(imp.dict.Actors) {
				imp.refuse("the synonym %q stands before any actor", text)
				continue
			}
			name, codes, ok := imp.actorLine(text[1:])
			if !ok {
				continue
			}
			codes = append(append([]DatedCode{}, imp.dict.Actors[from].Codes...), codes...)
			imp.dict.Actors = append(imp.dict.Actors, Actor{Phrase: name, Codes: codes, Row: imp.at})
		default:
			from = len(imp.dict.Actors)
			if name, codes, ok := imp.actorLine(text); ok {
				imp.dict.Actors = append(imp.dict.Actors, Actor{Phrase: name, Codes: codes, Row: imp.at})
			}
		}
	}
}

// actorLine reads "PHRASE [CODE] [CODE dates]…".
func (imp *importer) actorLine(text string) (name string, codes []DatedCode, ok bool) {
	before, _, found := strings.Cut(text, "[")
	name = phrase(before)
	if name == "" || strings.ContainsAny(name, "<>!&~{}") {
		imp.refuse("%q is not a phrase for an actor", strings.TrimSpace(before))
		return "", nil, false
	}
	if !found {
		return name, nil, true
	}
	codes, ok = imp.datedCodes(text[len(before):])
	return name, codes, ok
}

// datedLine adds the codes of an indented line to the head and its synonyms.
func (imp *importer) datedLine(text string, from int) {
	if from == len(imp.dict.Actors) {
		imp.refuse("the code %q stands before any actor", text)
		return
	}
	codes, ok := imp.datedCodes(text)
	if !ok {
		return
	}
	for i := from; i < len(imp.dict.Actors); i++ {
		imp.dict.Actors[i].Codes = append(imp.dict.Actors[i].Codes, codes...)
	}
}

// datedCodes reads "[CODE dates][CODE dates]…". One bad code refuses the row.
func (imp *importer) datedCodes(text string) ([]DatedCode, bool) {
	var out []DatedCode
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		before, inside, after, ok := bracketed(text)
		if !ok || strings.TrimSpace(before) != "" {
			imp.refuse("expected codes in brackets, such as [USAGOV 20010120-20090120], and found %q", text)
			return nil, false
		}
		code, err := parseDatedCode(inside)
		if err != nil {
			imp.refuse("%v", err)
			return nil, false
		}
		code.Row = imp.at
		out, text = append(out, code), after
	}
	return out, true
}

// parseDatedCode reads "CODE", "CODE <date", "CODE >date" and "CODE date-date".
func parseDatedCode(s string) (DatedCode, error) {
	at := strings.IndexAny(s, " \t<>")
	if at < 0 {
		at = len(s)
	}
	out := DatedCode{Code: strings.ToUpper(s[:at])}
	if out.Code == "" || strings.ContainsAny(out.Code, "[]{}") {
		return out, fmt.Errorf("[%s] has no code", s)
	}
	days := strings.Join(strings.Fields(s[at:]), "")
	if days == "" {
		return out, nil
	}
	var err error
	switch {
	case days[0] == '<': // before that day
		if out.To, err = parseDay(days[1:]); err == nil {
			out.To = out.To.AddDays(-1)
		}
	case days[0] == '>':
		out.From, err = parseDay(days[1:])
	default:
		first, last, ok := strings.Cut(days, "-")
		if !ok {
			return out, fmt.Errorf("[%s]: expected <day, >day or day-day behind the code", s)
		}
		if out.From, err = parseDay(first); err == nil {
			out.To, err = parseDay(last)
		}
		if err == nil && out.To.Before(out.From) {
			return out, fmt.Errorf("[%s] ends before it begins", s)
		}
	}
	if err != nil {
		return out, fmt.Errorf("[%s]: %w", s, err)
	}
	return out, nil
}

// parseDay reads YYYYMMDD or YYMMDD; two-digit years up to 30 are of this century.
func parseDay(s string) (civil.Date, error) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || len(s) > 8 {
			return civil.Date{}, fmt.Errorf("%q is not a day as YYYYMMDD or YYMMDD", s)
		}
		n = n*10 + int(c-'0')
	}
	year, month, day := n/10000, n/100%100, n%100
	switch {
	case len(s) == 6 && year <= 30:
		year += 2000
	case len(s) == 6:
		year += 1900
	case len(s) != 8:
		return civil.Date{}, fmt.Errorf("%q is not a day as YYYYMMDD or YYMMDD", s)
	}
	if year < 1 || month < 1 || month > 12 || day < 1 || day > civil.DaysIn(year, month) {
		return civil.Date{}, fmt.Errorf("there is no day %q", s)
	}
	return civil.Of(year, month, day), nil
}
