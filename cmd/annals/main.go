// Command annals reads newswire and records who did what to whom, when, where, how much – and according to whom.
package main

import (
	"os"

	"annals/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
