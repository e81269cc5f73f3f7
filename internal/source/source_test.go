package source

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func collect(args []string, stdin string) (names []string, items []Item, errs []error) {
	for item, err := range Open(args, strings.NewReader(stdin)) {
		names = append(names, item.Name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		items = append(items, item)
	}
	return names, items, errs
}

func write(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFoldersAndPatternsComeInOrder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.txt", "two")
	write(t, dir, "a.txt", "one")
	write(t, dir, "deep/c.txt", "three")
	write(t, dir, ".hidden", "no")
	write(t, dir, ".git/x", "no")
	_, items, errs := collect([]string{dir}, "")
	if len(errs) > 0 || len(items) != 3 || string(items[0].Body) != "one" || string(items[2].Body) != "three" {
		t.Errorf("folder: %v %v", items, errs)
	}
	_, items, errs = collect([]string{filepath.Join(dir, "*.txt")}, "")
	if len(errs) > 0 || len(items) != 2 {
		t.Errorf("pattern: %v %v", items, errs)
	}
}

func TestBrokenInputsAreNamedAndTheRestGoesOn(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good.txt", "text")
	jsonl := write(t, dir, "many.jsonl", "{\"doc_id\":\"x\",\"text\":\"one\",\"dct\":\"2012-11-05\"}\n\nnot json\n{\"title\":\"no text\"}\n{\"id\":7}\n{\"text\":\"\"}\n")
	names, items, errs := collect([]string{filepath.Join(dir, "missing.txt"), good, jsonl}, "")
	if len(errs) != 4 || len(items) != 3 {
		t.Fatalf("%d errors, %d items: %v", len(errs), len(items), errs)
	}
	var e *Error
	if !errors.As(errs[1], &e) || e.Name != jsonl+":3" {
		t.Errorf("the broken line is called %v", errs[1])
	}
	if items[1].Meta.ID != "x" || items[1].Meta.Date != "2012-11-05" || !items[1].Meta.IsText {
		t.Errorf("metadata %+v", items[1].Meta)
	}
	if len(names) != 7 {
		t.Errorf("names %q", names)
	}
}

func TestStandardInput(t *testing.T) {
	_, items, errs := collect([]string{"-"}, "CAIRO (Example Wire) - A story.")
	if len(errs) > 0 || len(items) != 1 || items[0].Meta.IsText {
		t.Errorf("text: %v %v", items, errs)
	}
	_, items, errs = collect([]string{"-"}, "\n{\"text\":\"a\"}\n{\"text\":\"b\"}")
	if len(errs) > 0 || len(items) != 2 || string(items[1].Body) != "b" {
		t.Errorf("json lines: %v %v", items, errs)
	}
	_, items, errs = collect([]string{"-"}, "")
	if len(errs) > 0 || len(items) != 1 || len(items[0].Body) != 0 {
		t.Errorf("nothing: %v %v", items, errs)
	}
}

func TestStoppingEarly(t *testing.T) {
	for range Open([]string{"-"}, strings.NewReader("{\"text\":\"a\"}\n{\"text\":\"b\"}")) {
		break
	}
}

func FuzzLines(f *testing.F) {
	f.Add("{\"text\":\"a\"}\n{")
	f.Fuzz(func(t *testing.T, s string) {
		for item, err := range Open([]string{"-"}, strings.NewReader(s)) {
			if err == nil && item.Name == "" {
				t.Fatal("an item without a name")
			}
		}
	})
}
