// Package gold measures annals against annotated corpora: go test ./gold -run Accuracy -v prints every figure of
// docs/accuracy.md, and the floors in the tests keep them from falling. The corpora and scorers are not part of the
// project; where they are missing, the tests say so and are skipped. Nothing imports this package.
package gold

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// shared is the path of a file of the corpora or scorers; the test is skipped where it is missing.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: %s is not here", filepath.Join(parts...))
	}
	return path
}

// score runs a scorer with --json and decodes what it prints.
func score(t *testing.T, tool string, args ...string) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(run(t, tool, append(args, "--json")...), &out); err != nil {
		t.Fatalf("reading what %s printed: %v", tool, err)
	}
	return out
}

// run runs a scorer and returns its standard output.
func run(t *testing.T, tool string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("python3", append([]string{shared(t, "tools", tool)}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("running %s: %v\n%s", tool, err, stderr.Bytes())
	}
	return out
}

// floor fails the test when a figure lies below what has been reached before.
func floor(t *testing.T, what string, got, least float64) {
	t.Helper()
	t.Logf("%-40s %6.2f  (floor %.2f)", what, got, least)
	if got < least {
		t.Errorf("%s fell to %.2f, below its floor %.2f", what, got, least)
	}
}
