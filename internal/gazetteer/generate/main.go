// Command generate writes the place table from unpacked registry packages and the tables data/where_*.tsv.
//
// In: a folder of packages, as README.md beside this file lists them. Out: places.bin. It never fetches anything.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"annals/internal/gazetteer"
)

// largest is the size that the table must not exceed.
const largest = 5 << 20

func main() {
	sources := flag.String("sources", filepath.Join("..", "..", "build", "gazetteer"), "folder of unpacked packages")
	out := flag.String("out", "places.bin", "file to write")
	flag.Parse()
	if err := run(*sources, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(sources, out string) error {
	table, err := Generate(sources)
	if err != nil {
		return err
	}
	if len(table) > largest {
		return fmt.Errorf("writing %s: %d bytes, more than %d; raise the least populations in towns.go", out, len(table), largest)
	}
	if err := os.WriteFile(out, table, 0o644); err != nil {
		return fmt.Errorf("writing the table of places: %w", err)
	}
	fmt.Printf("wrote %s (%d bytes)\n", out, len(table))
	return nil
}

// Generate reads the packages and gives the table's bytes.
func Generate(folder string) ([]byte, error) {
	var b builder
	for _, step := range []func(string) error{
		b.readCountries, b.readDivisions, b.readTowns, b.readAlternates, b.readSpellings, b.readRegions,
	} {
		if err := step(folder); err != nil {
			return nil, err
		}
	}
	return gazetteer.Write(b.finish())
}
