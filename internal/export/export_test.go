package export

import (
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/internal/ledger"
	"annals/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares all text formats, with everything in them that they can carry, to files that a person has looked at.
func TestGolden(t *testing.T) {
	for _, f := range Formats() {
		if f.Name == "parquet" {
			continue // its bytes are the library's; parquet_test.go reads them back
		}
		bodies, _ := written(t, f.Name, Stances, sampleRecords())
		for i, body := range bodies {
			file := filepath.Join("testdata", "golden", f.Name)
			if f.Files != nil {
				file += "." + f.Files[i]
			}
			if *update {
				if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil || string(want) != body {
				t.Errorf("%s differs from what is written (%v); look at it and run go test -update:\n%s", file, err, body)
			}
		}
	}
}

func TestTheSameClaimsGiveTheSameBytes(t *testing.T) {
	for _, name := range Names() {
		a, _ := written(t, name, nil, sampleRecords())
		b, _ := written(t, name, nil, sampleRecords())
		if !slices.Equal(a, b) {
			t.Errorf("%s: the same claims gave other bytes", name)
		}
	}
}

func TestEmptyLedger(t *testing.T) {
	header := map[string]int{"csv": 1, "polecat": 1, "icews": 1, "acled": 1, "ftm-statements": 1}
	for _, name := range Names() {
		bodies, report := written(t, name, nil, nil)
		if report.Rows != 0 {
			t.Errorf("%s: %d rows from nothing", name, report.Rows)
		}
		for _, body := range bodies {
			if name != "parquet" && strings.Count(body, "\n") != header[name] {
				t.Errorf("%s: an empty ledger gives %q", name, body)
			}
		}
	}
}

func TestStances(t *testing.T) {
	for want, c := range map[Stance]record.Claim{
		Realised: {Realised: true, Polarity: "positive", Modality: "asserted"}, Denied: {Polarity: "negative", Modality: "future"}, Possible: {Polarity: "positive", Modality: "possible"},
		Planned: {Polarity: "positive", Modality: "scheduled"}, Demanded: {Polarity: "positive", Modality: "obligation"}, Conditional: {Polarity: "positive", Modality: "hypothetical"},
	} {
		if got := StanceOf(&c); got != want {
			t.Errorf("%+v is %s, want %s", c, got, want)
		}
	}
	if got, err := ParseStances("denied, possible"); err != nil || !slices.Equal(got, []Stance{Denied, Possible}) {
		t.Errorf("got %v %v", got, err)
	}
	if got, err := ParseStances("none"); err != nil || got == nil || len(got) != 0 {
		t.Errorf("none is %v %v", got, err)
	}
	if _, err := ParseStances("sometimes"); err == nil {
		t.Error("an unknown stance was taken")
	}
}

// TestDefaultLeavesOutWhatAFormatCannotCarry: of the sample, the events formats take realised claims alone.
func TestDefaultLeavesOutWhatAFormatCannotCarry(t *testing.T) {
	for _, f := range Formats() {
		_, report := written(t, f.Name, nil, sampleRecords())
		left := report.Left["claims that are denied"] + report.Left["claims that are planned"] + report.Left["claims that are possible"]
		if f.Every != (left == 0) || !f.Every && left != 3 {
			t.Errorf("%s: %d claims left out by stance: %v", f.Name, left, report.Reasons())
		}
	}
}

func TestErrorsEndTheExport(t *testing.T) {
	broken := func(yield func(ledger.Chosen, error) bool) { yield(ledger.Chosen{}, ledger.ErrCorrupt) }
	for _, f := range Formats() {
		out := []io.Writer{io.Discard, io.Discard}
		if _, err := Write(f, out, nil, broken); !errors.Is(err, ledger.ErrCorrupt) || !strings.Contains(err.Error(), f.Name) {
			t.Errorf("%s: %v", f.Name, err)
		}
		full := []io.Writer{full{}, full{}}
		if _, err := Write(f, full, Stances, choose(sampleRecords(), f.Order)); !errors.Is(err, errFull) {
			t.Errorf("%s on a full disk: %v", f.Name, err)
		}
	}
	if _, err := Find("xls"); err == nil || !strings.Contains(err.Error(), "gdelt") {
		t.Errorf("an unknown format: %v", err)
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestPythonReadsIt reads the text formats with nothing but Python's standard library.
func TestPythonReadsIt(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	dir := t.TempDir()
	for _, name := range []string{"jsonl", "csv", "acled", "polecat", "icews", "gdelt-events", "gdelt-mentions", "phoenix", "plover", "ftm", "ftm-statements", "parquet"} {
		bodies, _ := written(t, name, Stances, sampleRecords())
		if err := os.WriteFile(filepath.Join(dir, name), []byte(bodies[0]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, "testdata/read.py", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
