// Package lawtest tests the house itself: who may import whom, which third-party module lives where, and that every
// package begins with its paragraph. Each ban carries its reason. docs/architecture.md explains the laws.
package lawtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "annals"

// stages are the rooms that meet only in doc.
var stages = []string{"clean", "segment", "syntax", "when", "amount", "entity", "actor", "where", "coref", "quote", "event", "petrarch"}

// below is what a stage may stand on.
var below = []string{"internal/doc", "internal/civil", "internal/lexicon", "internal/gazetteer", "internal/weapon", "internal/numeral", "internal/onto", "internal/model", "data"}

// allowed says which packages of the project a package may import, where that is limited.
var allowed = map[string][]string{
	"record":             {},
	"internal/civil":     {},
	"internal/doc":       {"internal/civil"},
	"internal/model":     {},
	"internal/onto":      {"data"},
	"internal/lexicon":   {"internal/civil", "internal/doc", "data"},
	"internal/gazetteer": {"internal/civil", "data"},
	"internal/weapon":    {"internal/doc", "data"},
	"internal/numeral":   {"internal/doc", "data"},
	"internal/conllu":    {"internal/doc"},
	"internal/standoff":  {"internal/doc"},
	"internal/source":    {"internal/clean", "internal/civil"},
	"internal/match":     {"record", "internal/civil", "internal/onto"},
	"internal/arms":      {"record", "internal/civil", "data"},
	"internal/register":  {"internal/civil", "internal/ledger", "data"},
	"internal/ledger":    {"record", "internal/civil", "internal/onto"},
	"internal/export":    {"record", "internal/onto", "internal/ledger", "internal/civil", "internal/gazetteer", "internal/standoff", "data"},
	"data":               {},
	"cmd/annals":         {"internal/cli"},
	"annals":             {"internal/pipeline", "internal/civil", "record"},
}

// confined says where a third-party module may be imported, and why only there.
var confined = map[string]struct {
	in  []string
	why string
}{
	"modernc.org/sqlite":                     {[]string{"internal/ledger/sqlite"}, "the rest of the house knows a store, not its driver"},
	"github.com/alecthomas/kong":             {[]string{"internal/cli"}, "the grammar of the command line is the command line's"},
	"codeberg.org/readeck/go-readability/v2": {[]string{"internal/clean"}, "HTML ends where text begins"},
	"golang.org/x/net":                       {[]string{"internal/clean"}, "HTML ends where text begins"},
	"github.com/parquet-go/parquet-go":       {[]string{"internal/export"}, "file formats of other programs are written in one place"},
	"golang.org/x/text":                      {[]string{"internal/clean", "internal/lexicon", "internal/gazetteer", "internal/register"}, "inside, all text is UTF-8; tables fold accents"},
}

// pure are the packages in which reading is a function of the article, its date and the models.
var pure = append([]string{"internal/pipeline", "internal/doc", "internal/civil", "internal/lexicon", "internal/gazetteer", "internal/weapon",
	"internal/onto", "internal/model", "internal/conllu", "internal/standoff", "record", "annals"}, stagePaths()...)

// impure is what they must not import, and why.
var impure = map[string]string{
	"os":           "reading touches no disk",
	"net":          "reading touches no network",
	"net/http":     "reading touches no network",
	"database/sql": "reading knows no store",
	"log":          "a library does not log",
	"log/slog":     "a library does not log",
	"math/rand":    "the same article gives the same bytes",
	"math/rand/v2": "the same article gives the same bytes",
}

func stagePaths() []string {
	var out []string
	for _, s := range stages {
		out = append(out, "internal/"+s)
	}
	return out
}

// source is one Go file that is not a test.
type source struct {
	pkg, file string
	ast       *ast.File
}

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".." || entry.Name() == "testdata" || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(path.Dir(filepath.ToSlash(file)), "../")
		if pkg == ".." {
			pkg = module
		}
		out = append(out, source{pkg, file, tree})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 10 {
		t.Fatalf("only %d Go files found: the walk is broken", len(out))
	}
	return out
}

func imports(s source) []string {
	var out []string
	for _, i := range s.ast.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

func TestImportsObeyTheLaw(t *testing.T) {
	for _, s := range sources(t) {
		list, limited := allowed[s.pkg]
		room := stageOf(s.pkg)
		if room != "" {
			list, limited = below, true
		}
		for _, i := range imports(s) {
			own, ours := strings.CutPrefix(i, module+"/")
			if limited && ours && !slices.Contains(list, own) && (room == "" || stageOf(own) != room) {
				t.Errorf("%s imports %s: %s may stand on %v only", s.file, own, s.pkg, list)
			}
			if ours && (own == "gold" || strings.HasPrefix(own, "train") && !strings.HasPrefix(s.pkg, "train") && s.pkg != "gold") {
				t.Errorf("%s imports %s: what measures and trains is not part of the product", s.file, own)
			}
			if ours && stageOf(own) != "" && stageOf(own) != room && s.pkg != "internal/pipeline" && s.pkg != "internal/source" && s.pkg != "internal/cli" && !strings.HasPrefix(s.pkg, "train") && s.pkg != "gold" {
				t.Errorf("%s imports the stage %s: only pipeline puts stages together", s.file, own)
			}
			if own == "internal/doc" && (s.pkg == "internal/serve" || s.pkg == "internal/ledger" || s.pkg == "internal/match") {
				t.Errorf("%s imports doc: above the pipeline there are records", s.file)
			}
		}
	}
}

// stageOf is the stage that a package is, or is a part of, or "".
func stageOf(pkg string) string {
	name, ok := strings.CutPrefix(pkg, "internal/")
	room, _, _ := strings.Cut(name, "/")
	if !ok || !slices.Contains(stages, room) {
		return ""
	}
	return room
}

func TestThirdPartyModulesAreConfined(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasPrefix(s.pkg, "train") || strings.HasSuffix(s.pkg, "/generate") {
			continue // not in the shipped binary
		}
		for _, i := range imports(s) {
			for name, ban := range confined {
				if (i == name || strings.HasPrefix(i, name+"/")) && !slices.Contains(ban.in, s.pkg) {
					t.Errorf("%s imports %s, which lives in %v alone: %s", s.file, i, ban.in, ban.why)
				}
			}
			first, _, _ := strings.Cut(i, "/")
			if strings.Contains(first, ".") && !slices.ContainsFunc(keys(confined), func(name string) bool { return i == name || strings.HasPrefix(i, name+"/") }) {
				t.Errorf("%s imports %s, a module without a home: add it to this test and to docs/dependencies.md, or do without", s.file, i)
			}
		}
	}
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestReadingIsPure(t *testing.T) {
	for _, s := range sources(t) {
		if !slices.Contains(pure, s.pkg) {
			continue
		}
		for _, i := range imports(s) {
			if why, banned := impure[i]; banned {
				t.Errorf("%s imports %s: %s", s.file, i, why)
			}
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if id, ok := call.X.(*ast.Ident); ok && id.Name == "time" && (call.Sel.Name == "Now" || call.Sel.Name == "Since") {
				t.Errorf("%s reads the clock: the article's date is an argument", s.file)
			}
			return true
		})
	}
}

func TestNoInitAndNoVagueNames(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains([]string{"util", "utils", "helpers", "common", "manager"}, s.ast.Name.Name) {
			t.Errorf("%s: a package is a noun of the field, not %q", s.file, s.ast.Name.Name)
		}
		for _, d := range s.ast.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "init" && f.Recv == nil {
				t.Errorf("%s has an init function: wiring is done by plain calls that can be searched for", s.file)
			}
		}
	}
}

func TestEveryPackageHasItsParagraph(t *testing.T) {
	paragraphs := map[string]int{}
	for _, s := range sources(t) {
		paragraphs[s.pkg] += 0
		if s.ast.Doc != nil {
			paragraphs[s.pkg] += len(s.ast.Doc.Text())
		}
	}
	for pkg, length := range paragraphs {
		if length < 80 {
			t.Errorf("package %s has a paragraph of %d characters: say what goes in, what comes out and what it never does", pkg, length)
		}
	}
}

func TestFilesCanBeReadInOneSitting(t *testing.T) {
	for _, s := range sources(t) {
		if ast.IsGenerated(s.ast) {
			continue
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if lines := fset.File(tree.Pos()).LineCount(); lines > 800 {
			t.Errorf("%s has %d lines: a room too large to know", s.file, lines)
		}
	}
}
