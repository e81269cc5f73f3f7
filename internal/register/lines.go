package register

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// longest is the longest line and the longest row that is read, in bytes.
const longest = 4 << 20

// head is how much of a file is looked at to recognise its encoding.
const head = 4096

// line is a line of the file in UTF-8, without its end.
type line struct {
	number int // from 1
	text   string
	fault  string // why the line cannot be read, or ""
}

// lines reads a file line by line. Lines that are not UTF-8 are taken as Windows-1252, of which Latin-1 is a part:
// such files often mix the two.
type lines struct {
	in     *bufio.Reader
	number int
	back   []line // lines put back, last one first
	end    bool
}

// signatures of files that are no text, by how they begin.
var signatures = []struct{ start, what string }{
	{"PK\x03\x04", "a ZIP archive or office document; unpack it, or save its table as CSV"},
	{"\xd0\xcf\x11\xe0", "an old office document; save its table as CSV"},
	{"{\\rtf", "an RTF document; download the register as CSV"},
	{"%PDF-", "a PDF file"}, {"\x1f\x8b", "a gzip file; unpack it first"}, {"SQLite format 3", "a SQLite database"},
	{"BZh", "a bzip2 file; unpack it first"}, {"\x28\xb5\x2f\xfd", "a zstd file; unpack it first"},
}

func newLines(in io.Reader) (*lines, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	start, err := buffered.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(start, []byte(s.start)) {
			return nil, fmt.Errorf("this is %s", s.what)
		}
	}
	endian, wide := utf16(start)
	switch {
	case wide:
		decoder := unicode.UTF16(endian, unicode.UseBOM).NewDecoder()
		return &lines{in: bufio.NewReaderSize(decoder.Reader(buffered), 64<<10)}, nil
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("reading the file: %w", err)
		}
	}
	return &lines{in: buffered}, nil
}

// utf16 recognises UTF-16 by its mark, or by the zeros beside Latin letters.
func utf16(start []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	}
	zeros := [2]int{}
	for i, c := range start {
		if c == 0 {
			zeros[i&1]++
		}
	}
	enough := len(start) / 5
	switch {
	case zeros[1] > enough && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > enough && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// next is the next line; ok is false at the end of the file.
func (l *lines) next() (out line, ok bool, err error) {
	if n := len(l.back); n > 0 {
		out = l.back[n-1]
		l.back = l.back[:n-1]
		return out, true, nil
	}
	if l.end {
		return line{}, false, nil
	}
	raw, long, err := l.raw()
	if errors.Is(err, io.EOF) {
		l.end, err = true, nil
		if len(raw) == 0 && !long {
			return line{}, false, nil
		}
	}
	if err != nil {
		return line{}, false, fmt.Errorf("reading the file after line %d: %w", l.number, err)
	}
	l.number++
	out = line{number: l.number}
	switch {
	case long:
		out.fault = fmt.Sprintf("the line is longer than %d MiB", longest>>20)
	case bytes.IndexByte(raw, 0) >= 0:
		out.fault = "the line holds a zero byte: this is not text"
	default:
		out.text = decode(raw)
	}
	return out, true, nil
}

// raw is the bytes of a line without its end. Of a line that is too long nothing is kept.
func (l *lines) raw() (out []byte, long bool, err error) {
	for {
		part, err := l.in.ReadSlice('\n')
		if !long && len(out)+len(part) <= longest {
			out = append(out, part...)
		} else {
			out, long = nil, true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return bytes.TrimRight(out, "\r\n"), long, err
	}
}

// putBack gives lines back, to be read again in their order.
func (l *lines) putBack(again []line) {
	for i := len(again) - 1; i >= 0; i-- {
		l.back = append(l.back, again[i])
	}
}

func decode(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil { // every byte has a meaning there
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(text)
}
