package match

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a stem with its weight in tenths.
type Word struct {
	Hash   uint32
	Weight uint8
}

// Words are sorted by hash, each once.
type Words []Word

// MarshalText packs five bytes a word.
func (w Words) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 5*len(w))
	for _, x := range w {
		raw = append(binary.BigEndian.AppendUint32(raw, x.Hash), x.Weight)
	}
	return base64.RawStdEncoding.AppendEncode(nil, raw), nil
}

// UnmarshalText reads what MarshalText writes.
func (w *Words) UnmarshalText(text []byte) error {
	raw, err := base64.RawStdEncoding.AppendDecode(nil, text)
	if err != nil || len(raw)%5 != 0 {
		return fmt.Errorf("reading the words of a telling: they are not whole")
	}
	for ; len(raw) > 0; raw = raw[5:] {
		*w = append(*w, Word{binary.BigEndian.Uint32(raw), raw[4]})
	}
	return nil
}

// Weights of words.
const (
	plainWord  = 10
	nameWord   = 18 // capitalised inside a sentence
	commonWord = 3  // in every other report of its kind
)

// bag is the stems of a text, each once, sorted by hash. Figures are left out: they are compared apart. Lands are
// beginnings of words that tell little.
func bag(text string, lands []string) Words {
	var out Words
	first := true
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\n' && r != '.' }) {
		ends := strings.ContainsAny(w, ".\n")
		w = strings.Trim(w, ".\n")
		start, _ := utf8.DecodeRuneInString(w)
		lower := strings.ToLower(w)
		if s := stem(lower); s != "" && !unicode.IsDigit(start) {
			weight := uint8(plainWord)
			switch {
			case commonWords[s], slices.ContainsFunc(lands, func(l string) bool { return strings.HasPrefix(lower, l) }):
				weight = commonWord
			case unicode.IsUpper(start) && !first:
				weight = nameWord
			}
			h := fnv.New32a()
			h.Write([]byte(s))
			out = append(out, Word{h.Sum32(), weight})
		}
		first = ends
	}
	slices.SortFunc(out, func(a, b Word) int {
		return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(b.Weight, a.Weight))
	})
	return slices.CompactFunc(out, func(a, b Word) bool { return a.Hash == b.Hash })
}

// union has the greater weight of each word.
func union(a, b Words) Words {
	out := append(slices.Clone(a), b...)
	slices.SortFunc(out, func(a, b Word) int {
		return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(b.Weight, a.Weight))
	})
	return slices.CompactFunc(out, func(a, b Word) bool { return a.Hash == b.Hash })
}

// details counts the words that both share and that not every report has, and the lesser number of such words.
func details(a, b Words) (shared, of int) {
	x, y := 0, 0
	for _, w := range a {
		if w.Weight > commonWord {
			x++
		}
	}
	for _, w := range b {
		if w.Weight > commonWord {
			y++
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].Hash < b[j].Hash:
			i++
		case a[i].Hash > b[j].Hash:
			j++
		default:
			if min(a[i].Weight, b[j].Weight) > commonWord {
				shared++
			}
			i, j = i+1, j+1
		}
	}
	return shared, min(x, y)
}

// cosine of two bags of words.
func cosine(a, b Words) float64 {
	var both, x, y float64
	for _, w := range a {
		x += float64(w.Weight) * float64(w.Weight)
	}
	for _, w := range b {
		y += float64(w.Weight) * float64(w.Weight)
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].Hash < b[j].Hash:
			i++
		case a[i].Hash > b[j].Hash:
			j++
		default:
			both += float64(a[i].Weight) * float64(b[j].Weight)
			i, j = i+1, j+1
		}
	}
	if both == 0 {
		return 0
	}
	return both / math.Sqrt(x*y)
}

// commonWords stand in so many reports of conflict that they tell little. They are stems.
var commonWords = stems(`killed kill killing people civilian civilians attack attacks attacked forces force government army military troops soldiers fighters rebels rebel
	militants terrorists groups group war conflict fighting clashes area areas city town village province country president minister official officials spokesman
	statement reported report reports according state states injured wounded dead death deaths including air strike strikes airstrikes raid raids bomb bombs bombing
	shelling shelled fire security opposition regime international monitor monitoring observatory human rights source sources added near control held part number
	several dozens hundreds least around left took place targeted hit carried agency day week month today night early late`)

func stems(list string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		out[stem(w)] = true
	}
	return out
}
