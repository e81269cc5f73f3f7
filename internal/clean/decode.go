package clean

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrEmpty is returned for a source without a single character to read.
var ErrEmpty = errors.New("reading an article: it is empty; nothing was read")

// largest keeps byte offsets inside int32 with room for growth by decoding.
const largest = 512 << 20

// signatures of files that are not text, by how they begin.
var signatures = []struct{ start, what string }{
	{"%PDF-", "a PDF file"}, {"PK\x03\x04", "a ZIP archive or office document"}, {"\x1f\x8b", "a gzip file"}, {"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"}, {"GIF8", "a GIF image"}, {"\x7fELF", "a program"}, {"MZ\x90", "a program"}, {"SQLite format 3", "a SQLite database"},
	{"\xd0\xcf\x11\xe0", "an old office document"}, {"Rar!", "a RAR archive"}, {"BZh", "a bzip2 file"}, {"7z\xbc\xaf", "a 7z archive"}, {"\x28\xb5\x2f\xfd", "a zstd file"},
}

// decode turns bytes into UTF-8 with "\n" as the only line end. Every byte is accounted for in the offsets.
func decode(raw []byte, hint Hint, html bool) (string, *Offsets, error) {
	if len(raw) > largest {
		return "", nil, fmt.Errorf("reading an article: it has %d bytes, more than %d; split it", len(raw), largest)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(raw, []byte(s.start)) {
			return "", nil, fmt.Errorf("reading an article: this is %s, not text; convert it to text or HTML first", s.what)
		}
	}
	enc, skip := encodingOf(raw, hint, html)
	if enc == nil {
		if at := bytes.IndexByte(raw, 0); at >= 0 {
			return "", nil, fmt.Errorf("reading an article: byte %d is 0, so this is not text; convert it to text or HTML first", at)
		}
	}
	if at, ok := tooManyControls(raw); enc == nil && ok {
		return "", nil, fmt.Errorf("reading an article: it holds many control characters, the first at byte %d, so this is not text; convert it to text or HTML first", at)
	}
	var w writer
	w.text.Grow(len(raw))
	var inner *Offsets
	if enc == nil {
		decodeUTF8(&w, raw, skip)
	} else {
		var first writer
		if err := decodeWith(&first, raw, skip, enc); err != nil {
			return "", nil, err
		}
		inner = first.offsets(nil)
		decodeUTF8(&w, []byte(first.text.String()), 0)
	}
	text := w.text.String()
	if strings.TrimSpace(text) == "" {
		return "", nil, ErrEmpty
	}
	return text, w.offsets(inner), nil
}

// encodingOf is the encoding of raw, nil for UTF-8, and the length of its byte order mark.
func encodingOf(raw []byte, hint Hint, html bool) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return nil, 3
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	if endian, ok := wideWithoutMark(raw); ok {
		return unicode.UTF16(endian, unicode.IgnoreBOM), 0
	}
	good, bad := sequences(raw)
	if bad == 0 {
		return nil, 0 // whatever was declared: text that is valid UTF-8 with such characters is UTF-8
	}
	if _, parameters, err := mime.ParseMediaType(hint.ContentType); err == nil && parameters["charset"] != "" {
		if enc, name := charset.Lookup(parameters["charset"]); enc != nil && name != "utf-8" {
			return enc, 0
		}
	}
	if html {
		if enc, name, certain := charset.DetermineEncoding(raw[:min(len(raw), 1024)], ""); certain && name != "utf-8" {
			return enc, 0
		}
	}
	if good >= bad {
		return nil, 0
	}
	enc, _ := charset.Lookup("windows-1252")
	return enc, 0
}

// wideWithoutMark recognises UTF-16 of mostly Latin text by its zeros.
func wideWithoutMark(raw []byte) (unicode.Endianness, bool) {
	head := raw[:min(len(raw), 512)&^1]
	zeros := [2]int{}
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	enough := len(head) / 5
	switch {
	case len(head) < 8:
	case zeros[1] > enough && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > enough && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// sequences counts the valid UTF-8 sequences beyond ASCII, and the bytes that belong to none.
func sequences(raw []byte) (good, bad int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good, bad
}

// tooManyControls tells whether more than one byte in fifty is a control character that no text has.
func tooManyControls(raw []byte) (first int, many bool) {
	n := 0
	first = -1
	head := raw[:min(len(raw), 64<<10)]
	for i, c := range head {
		if c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b || c == 0x7f {
			n++
			if first < 0 {
				first = i
			}
		}
	}
	return first, n > 3 && n*50 > len(head)
}

const replacement = "\uFFFD"

func decodeUTF8(w *writer, raw []byte, at int) {
	start := at
	flush := func(to int) {
		if to > start {
			w.same(string(raw[start:to]), start)
		}
	}
	for i := at; i < len(raw); {
		c := raw[i]
		switch {
		case c == '\r':
			flush(i)
			size := 1
			if i+1 < len(raw) && raw[i+1] == '\n' {
				size = 2
			}
			w.put("\n", i, size)
			i += size
			start = i
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && size == 1 || isMarker(r) {
				flush(i)
				w.put(replacement, i, size)
				start = i + size
			}
			i += size
		}
	}
	flush(len(raw))
}

// decodeWith decodes one character after another, so that each one's bytes are known.
func decodeWith(w *writer, raw []byte, at int, enc encoding.Encoding) error {
	decoder := enc.NewDecoder()
	var out [utf8.UTFMax]byte
	for at < len(raw) {
		n, size := 0, 0
		for room := 1; room <= len(out) && size == 0; room++ {
			var err error
			n, size, err = decoder.Transform(out[:room], raw[at:min(len(raw), at+64)], at+64 >= len(raw))
			if err != nil && !errors.Is(err, transform.ErrShortDst) && !errors.Is(err, transform.ErrShortSrc) {
				return fmt.Errorf("reading an article: decoding it at byte %d: %w", at, err)
			}
		}
		if size == 0 { // nothing decodes: keep the place of the byte
			w.put(replacement, at, 1)
			at++
			continue
		}
		if n > 0 {
			w.put(string(out[:n]), at, size)
		}
		at += size
	}
	return nil
}
