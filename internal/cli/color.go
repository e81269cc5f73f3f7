package cli

import (
	"io"
	"os"
)

// palette paints for a terminal, or marks with brackets where there is no colour.
type palette struct{ on bool }

// newPalette obeys NO_COLOR (https://no-color.org) and paints only on a terminal.
func newPalette(w io.Writer, env func(string) string) palette {
	f, ok := w.(*os.File)
	if !ok || env("NO_COLOR") != "" || env("TERM") == "dumb" {
		return palette{}
	}
	info, err := f.Stat()
	return palette{on: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p palette) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) bold(s string) string   { return p.paint("1", s) }
func (p palette) dim(s string) string    { return p.paint("2", s) }
func (p palette) red(s string) string    { return p.paint("31", s) }
func (p palette) green(s string) string  { return p.paint("32", s) }
func (p palette) yellow(s string) string { return p.paint("33", s) }
func (p palette) cyan(s string) string   { return p.paint("36", s) }

// mark shows evidence: underlined on a terminal, in brackets elsewhere.
func (p palette) mark(s string) string {
	if p.on {
		return p.paint("4;33", s)
	}
	return "[" + s + "]"
}
