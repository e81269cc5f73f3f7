package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// MaxRecord is the longest record, in bytes: a record is an article many times over.
const MaxRecord = 256 << 20

// numbered is a line and its number, from 1; err says why there is no line.
type numbered struct {
	number   int
	body     []byte // without the white space around it; good until the next
	indented bool
	err      error
}

// split yields the lines of in that are not blank. A line longer than most is an error of its own, and the next
// line is read all the same; an error of reading is the last.
func split(in io.Reader, most int) iter.Seq[numbered] {
	return func(yield func(numbered) bool) {
		r := bufio.NewReaderSize(in, 64<<10)
		var line []byte
		for number := 1; ; number++ {
			line = line[:0]
			long := false
			part, err := r.ReadSlice('\n')
			for errors.Is(err, bufio.ErrBufferFull) {
				if long = long || len(line)+len(part) > most; !long {
					line = append(line, part...)
				}
				part, err = r.ReadSlice('\n')
			}
			if long = long || len(line)+len(part) > most; !long {
				line = append(line, part...)
			}
			at := numbered{number: number, body: bytes.TrimSpace(line)}
			at.indented = !bytes.HasPrefix(line, at.body)
			switch {
			case long:
				at.body, at.err = nil, fmt.Errorf("the line is longer than %d MB", most>>20)
			case err != nil && !errors.Is(err, io.EOF):
				at.body, at.err = nil, cause(err)
			}
			if (at.err != nil || len(at.body) > 0) && !yield(at) || err != nil {
				return
			}
		}
	}
}

// Records yields the records that the arguments name, as `annals read --json` and `--jsonl` write them, undecoded: one
// a line, or from a line "{" to the next line "}". The name of an item holds the line at which it begins.
func Records(args []string, stdin io.Reader) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, arg := range args {
			for _, name := range expand(arg) {
				if !recordsOf(name, stdin, yield) {
					return
				}
			}
		}
	}
}

func recordsOf(name string, stdin io.Reader, yield func(Item, error) bool) bool {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return yield(Item{Name: name}, &Error{name, cause(err)})
		}
		defer f.Close()
		in = f
	}
	var whole []byte // of a record over several lines
	begins := 0
	fail := func(number int, err error) bool {
		at := fmt.Sprintf("%s:%d", name, number)
		return yield(Item{Name: at}, &Error{at, err})
	}
	for line := range split(in, MaxRecord) {
		switch {
		case line.err != nil:
			if !fail(line.number, line.err) {
				return false
			}
		case begins == 0 && (line.indented || string(line.body) != "{"):
			if !yield(Item{Name: fmt.Sprintf("%s:%d", name, line.number), Body: bytes.Clone(line.body)}, nil) {
				return false
			}
		case begins == 0:
			begins, whole = line.number, append([]byte(nil), '{')
		case len(whole)+len(line.body) > MaxRecord:
			return fail(begins, fmt.Errorf("the record is longer than %d MB", MaxRecord>>20))
		default:
			whole = append(append(whole, '\n'), line.body...)
			if string(line.body) == "}" && !line.indented {
				if !yield(Item{Name: fmt.Sprintf("%s:%d", name, begins), Body: whole}, nil) {
					return false
				}
				begins, whole = 0, nil
			}
		}
	}
	if begins > 0 {
		return fail(begins, errors.New("the record does not end"))
	}
	return true
}
