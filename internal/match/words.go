package match

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a stem with its weight: the hash of the stem with the weight in its two lowest bits.
type Word uint32

// Weights of words.
const (
	commonWord Word = iota // in every other report of its kind
	plainWord
	nameWord // capitalised inside a sentence
	weightBits
)

// hashBits are those of a word that are kept: two stems of one pair of sentences hardly ever share them.
const hashBits = 0xFFFFFC

func (w Word) stem() Word { return w &^ weightBits }

func (w Word) weight() float64 {
	switch w & weightBits {
	case commonWord:
		return 0.3
	case plainWord:
		return 1
	}
	return 1.8
}

// Words are sorted, each stem once.
type Words []Word

// MarshalText packs three bytes a word.
func (w Words) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 3*len(w))
	for _, x := range w {
		raw = append(raw, byte(x>>16), byte(x>>8), byte(x))
	}
	return base64.RawStdEncoding.AppendEncode(nil, raw), nil
}

// UnmarshalText reads what MarshalText writes.
func (w *Words) UnmarshalText(text []byte) error {
	raw, err := base64.RawStdEncoding.AppendDecode(nil, text)
	if err != nil || len(raw)%3 != 0 {
		return fmt.Errorf("reading the words of a telling: they are not whole")
	}
	*w = make(Words, 0, len(raw)/3)
	for ; len(raw) > 0; raw = raw[3:] {
		*w = append(*w, Word(raw[0])<<16|Word(raw[1])<<8|Word(raw[2]))
	}
	return nil
}

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
			weight := plainWord
			switch {
			case commonWords[s], slices.ContainsFunc(lands, func(l string) bool { return strings.HasPrefix(lower, l) }):
				weight = commonWord
			case unicode.IsUpper(start) && !first:
				weight = nameWord
			}
			h := fnv.New32a()
			h.Write([]byte(s))
			out = append(out, Word(h.Sum32())&hashBits|weight)
		}
		first = ends
	}
	return once(out)
}

// once sorts words and keeps each stem with its greatest weight.
func once(words Words) Words {
	slices.SortFunc(words, func(a, b Word) int { return cmp.Or(cmp.Compare(a.stem(), b.stem()), cmp.Compare(b, a)) })
	return slices.CompactFunc(words, func(a, b Word) bool { return a.stem() == b.stem() })
}

// union has the greater weight of each word.
func union(a, b Words) Words { return once(append(slices.Clone(a), b...)) }

// eachShared hands over the words that both have.
func eachShared(a, b Words, use func(x, y Word)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i].stem(), b[j].stem(); {
		case x < y:
			i++
		case x > y:
			j++
		default:
			use(a[i], b[j])
			i, j = i+1, j+1
		}
	}
}

// details counts the words that both share and that not every report has, and the lesser number of such words.
func details(a, b Words) (shared, of int) {
	telling := func(words Words) (n int) {
		for _, w := range words {
			if w&weightBits > commonWord {
				n++
			}
		}
		return n
	}
	eachShared(a, b, func(x, y Word) {
		if min(x&weightBits, y&weightBits) > commonWord {
			shared++
		}
	})
	return shared, min(telling(a), telling(b))
}

// cosine of two bags of words.
func cosine(a, b Words) float64 {
	length := func(words Words) (sum float64) {
		for _, w := range words {
			sum += w.weight() * w.weight()
		}
		return sum
	}
	both := 0.0
	eachShared(a, b, func(x, y Word) { both += x.weight() * y.weight() })
	if both == 0 {
		return 0
	}
	return both / math.Sqrt(length(a)*length(b))
}

// commonWords stand in so many reports of conflict that they tell little. They are stems.
var commonWords = stems(`killed kill killing people civilian civilians attack attacks attacked forces force government army military troops soldiers fighters rebels rebel
	militants terrorists groups group war conflict fighting clashes area areas city town village province country president minister official officials spokesman
	statement reported report reports according state states injured wounded dead death deaths including air strike strikes airstrikes raid raids bomb bombs bombing
	shelling shelled fire security opposition regime international monitor monitoring observatory human rights source sources added near control held part number
	several dozens hundreds least around left took place targeted hit carried agency day week month today night early late published publication date tags topic updated related url`)

func stems(list string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		out[stem(w)] = true
	}
	return out
}
