package petrarch

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// File is one dictionary file.
type File struct {
	Name string // its base name is kept in the rule ids
	Text string
}

// kinds of dictionary files.
const (
	actorFile   = "actors"
	agentFile   = "agents"
	verbFile    = "verbs"
	discardFile = "discards"
	issueFile   = "issues"
)

// Import reads dictionary files. Rows that cannot be understood are returned as faults, in order of files and lines;
// everything else is in the dictionary. Which kind a file is tells its name (…actors…, …agents…, …verbs…, …discards…,
// …issue…) or else its content.
func Import(files []File) (*Dictionary, []Fault) {
	imp := importer{dict: &Dictionary{}, synsets: map[string]int{}}
	for _, f := range files {
		imp.file(f)
	}
	return imp.dict, imp.faults
}

type importer struct {
	dict    *Dictionary
	faults  []Fault
	at      Row
	synsets map[string]int // name without the trailing "_" → index into dict.Synsets
	blocks  int32
}

func (imp *importer) file(f File) {
	imp.at = Row{File: int32(len(imp.dict.Files))}
	imp.dict.Files = append(imp.dict.Files, path.Base(strings.ReplaceAll(f.Name, `\`, "/")))
	if !utf8.ValidString(f.Text) {
		imp.at.Line = 1
		imp.refuse("the file is not UTF-8; save it as UTF-8 or ASCII")
		return
	}
	lines := stripComments(f.Text)
	if last := len(lines) - 1; last >= 0 && lines[last].unclosed {
		imp.at.Line = int32(lines[last].number)
		imp.refuse("the comment <!-- is never closed by -->; the rest of the file was not read")
		lines = lines[:last]
	}
	switch kindOf(f.Name, lines) {
	case actorFile:
		imp.actors(lines)
	case agentFile:
		imp.agents(lines)
	case verbFile:
		imp.verbs(lines)
	case discardFile:
		imp.discards(lines)
	case issueFile:
		imp.issues(lines)
	default:
		imp.at.Line = 1
		imp.refuse("cannot tell what kind of dictionary this is; put actors, agents, verbs, discards or issues into its name")
	}
}

// kindOf tells the kind of a file by its name, else by what its lines look like.
func kindOf(name string, lines []line) string {
	name = strings.ToLower(path.Base(name))
	for _, k := range []struct{ part, kind string }{
		{"actors", actorFile}, {"agents", agentFile}, {"verb", verbFile}, {"discard", discardFile}, {"issue", issueFile},
	} {
		if strings.Contains(name, k.part) {
			return k.kind
		}
	}
	count := map[string]int{}
	for _, l := range lines {
		switch text := strings.TrimSpace(l.text); {
		case strings.HasPrefix(text, "<ISSUE"):
			count[issueFile]++
		case strings.HasPrefix(text, "---"), strings.HasPrefix(text, "- "), strings.HasPrefix(text, "&"):
			count[verbFile]++
		case strings.Contains(text, "[~"), strings.Contains(text, "~]"):
			count[agentFile]++
		case strings.HasSuffix(text, "]"):
			count[actorFile]++
		}
	}
	best := ""
	for _, kind := range []string{issueFile, verbFile, agentFile, actorFile} {
		if count[kind] > 0 && (best == "" || count[kind] > count[best]) {
			best = kind
		}
	}
	return best
}

func (imp *importer) refuse(format string, args ...any) {
	imp.faults = append(imp.faults, Fault{imp.dict.Files[imp.at.File], int(imp.at.Line), fmt.Sprintf(format, args...)})
}

// Summary counts the entries, in words.
func (d *Dictionary) Summary() string {
	dated := 0
	for i := range d.Actors {
		dated += len(d.Actors[i].Codes)
	}
	blocks := slices.MaxFunc(append(d.Verbs, Verb{Block: -1}), func(a, b Verb) int { return cmp.Compare(a.Block, b.Block) }).Block + 1
	return fmt.Sprintf("%d files: %d actor phrases with %d codes, %d agent phrases, %d verb forms in %d blocks, %d patterns, %d synonym sets, %d transformations, %d discards, %d issue phrases",
		len(d.Files), len(d.Actors), dated, len(d.Agents), len(d.Verbs), blocks, len(d.Patterns), len(d.Synsets), len(d.Retells), len(d.Discards), len(d.Issues))
}

// Empty tells that nothing was understood.
func (d *Dictionary) Empty() bool {
	return len(d.Actors)+len(d.Agents)+len(d.Verbs)+len(d.Synsets)+len(d.Discards)+len(d.Issues) == 0
}
