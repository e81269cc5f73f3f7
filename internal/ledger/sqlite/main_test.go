package sqlite

import (
	"flag"
	"os"
	"testing"
)

// TestMain tries each property thirty times unless -rapid.checks says otherwise: every try writes a ledger.
func TestMain(m *testing.M) {
	if f := flag.Lookup("rapid.checks"); f != nil {
		if err := f.Value.Set("30"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
