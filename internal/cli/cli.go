// Package cli is the command line: one file a command, terminal output, exit codes, and the wiring of the parts.
//
// In: arguments and the three standard streams. Out: data on standard output, everything else on standard error, an
// exit code. It decides nothing about texts.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"annals/internal/export"
)

// grammar is the table of contents of the command line.
type grammar struct {
	Read      readCommand      `cmd:"" help:"Read articles and print what they say, for a person or as JSON."`
	Annotate  annotateCommand  `cmd:"" help:"Write the layers of each article in a stand-off format, for programs."`
	Ingest    ingestCommand    `cmd:"" help:"Read articles into the ledger. The same article twice is one article."`
	Claims    claimsCommand    `cmd:"" help:"List claims of the ledger that fit a query."`
	Events    eventsCommand    `cmd:"" help:"List what the ledger's claims are about, each with who asserts and who denies it."`
	Actors    actorsCommand    `cmd:"" help:"List the actors that the ledger knows, each with its claims, sides and days."`
	Counts    countsCommand    `cmd:"" help:"Count claims by day, month, type, country … and stance, as a table."`
	Runs      runsCommand      `cmd:"" help:"List the versions and models that have read articles of the ledger."`
	Diff      diffCommand      `cmd:"" help:"Show what another run, or a correction, has changed: claims gone, new, and read differently."`
	Disputes  disputesCommand  `cmd:"" help:"List what sources disagree about: asserted and denied, other figures, other culprits."`
	Merge     mergeCommand     `cmd:"" help:"Decide that two happenings are one."`
	Split     splitCommand     `cmd:"" help:"Decide that two claims are not of one happening."`
	Match     matchCommand     `cmd:"" help:"Find happenings, copies and disputes of what was ingested with --no-match."`
	Show      showCommand      `cmd:"" help:"Show an article, a claim, a proposition, a happening or a dispute of the ledger."`
	Why       whyCommand       `cmd:"" help:"Show how a claim was read: its evidence, rules, registers and models."`
	Verify    verifyCommand    `cmd:"" help:"Check that nothing in the ledger was changed or lost."`
	Backup    backupCommand    `cmd:"" help:"Write a copy of the ledger, while it is in use."`
	Embargo   embargoCommand   `cmd:"" help:"Show the arms embargoes that bear on a transfer on a day, whom they bind, and the votes behind them."`
	Export    exportCommand    `cmd:"" help:"Write claims or events for other programs: Parquet, CSV, GDELT, POLECAT, ICEWS and others."`
	Dict      dictCommand      `cmd:"" help:"Make a dictionary of your own, in the formats of PETRARCH and TABARI, ready for --dict."`
	Transfers transfersCommand `cmd:"" help:"Show what sources say of transfers of arms, beside the imported registers and the embargoes of those days. No verdict."`
	Import    importCommand    `cmd:"" help:"Keep registers that you have downloaded: SIPRI's trade register, voting records, lists of entities."`
	Listed    listedCommand    `cmd:"" help:"Look names up in the lists of entities that you have imported, on a day."`
	Serve     serveCommand     `cmd:"" help:"Show the ledger in a browser, on this machine."`
	Version   versionCommand   `cmd:"" help:"Print the version, the models and how this program was built."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
}

// Main runs one command and returns the exit code.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // a reader that goes away is seen as an error of writing, and ends us quietly
	s := &streams{in: in, out: out, err: errs, env: os.Getenv}
	err := run(ctx, args, s)
	if err == nil || errors.Is(err, syscall.EPIPE) { // the reader of our output went away: not our failure
		return exitOK
	}
	fmt.Fprintf(errs, "annals: %v\n", err)
	return exitCode(err)
}

func run(ctx context.Context, args []string, s *streams) error {
	var g grammar
	ended, code := false, 0 // set when the parser itself has answered, as --help does
	parser, err := kong.New(&g,
		kong.Name("annals"),
		kong.Description("annals reads newswire and records who did what to whom, when, where, how much – and according to whom.\n\n"+exitCodesSummary),
		kong.Vars{"exportFormats": strings.Join(export.Names(), ", ")},
		kong.Writers(s.out, s.err),
		kong.Exit(func(c int) { ended, code = true, c }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return fmt.Errorf("building the command line: %w", err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case ended && code == 0:
		return nil
	case err != nil:
		return errUsage{fmt.Errorf("%w; see annals --help", err)}
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(s)
}
