package clean

import (
	"strings"
	"unicode"
)

// functionWords are the commonest words of languages that news is written in and that English is taken for: closed
// classes, chosen so that few are shared.
var functionWords = map[string]string{
	"en": "the of and to in a is that for it was with as his on be at by had are but from have they which or were an would there their been has when who will more no if out said not this he its we after about",
	"fr": "le la les des du de et un une dans est que qui pour pas sur au avec il sont aux ce cette par plus ne se ses été était ont mais",
	"de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer",
	"es": "el los las del que y en un una por con para se su al lo como más pero sus este ya entre cuando ha sobre fue han también desde",
	"it": "il di che e la un per non una sono del della con nel ha alla le si da dei come anche più gli al delle è ma questo",
	"pt": "o os do da dos das que e em um uma para com não por se na no mais ao como foi mas são pelo pela sua seu também",
	"nl": "de het een van en in is dat op te zijn met voor niet aan er door ook als maar naar bij uit werd heeft om dan nog",
	"sv": "och att det som en på är av för med den till inte har de ett om var jag men sig från vid",
	"pl": "w i na z się do nie że jest to o jak za od przez po dla ale czy tym oraz przy który",
	"tr": "ve bir bu için de da ile olarak daha olan en çok gibi sonra kadar olduğu göre ancak",
	"id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan oleh juga ke karena telah",
}

// wordIndex leads from a function word to its languages.
var wordIndex = func() map[string][]string {
	index := map[string][]string{}
	for lang, words := range functionWords {
		for w := range strings.FieldsSeq(words) {
			index[w] = append(index[w], lang)
		}
	}
	return index
}()

// Bounds on what is looked at, and on what counts as evidence.
const (
	languageSample  = 20000 // bytes
	fewestLetters   = 20
	enoughWords     = 12
	englishShare    = 0.12 // of the words are function words in running English; headlines and lists have fewer
	latinShare      = 0.6
	clearerThanHere = 1.2 // another language must have so many times the function words of English
)

// language guesses what a text is written in: by its script, then by function words.
func language(text string) string {
	sample := strings.ToValidUTF8(text[:min(len(text), languageSample)], "")
	latin, letters := 0, 0
	scripts := map[string]int{}
	for _, r := range sample {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x250 || unicode.Is(unicode.Latin, r) {
			latin++
			continue
		}
		scripts[scriptOf(r)]++
	}
	if letters < fewestLetters {
		return ""
	}
	if float64(latin) < latinShare*float64(letters) {
		return mostFrequent(scripts)
	}
	words := 0
	counts := map[string]int{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(sample), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for _, lang := range wordIndex[w] {
			counts[lang]++
		}
	}
	if words < enoughWords {
		return ""
	}
	best := mostFrequent(counts)
	english := counts["en"]
	if best != "en" && float64(counts[best]) > clearerThanHere*float64(english) {
		return best
	}
	if float64(english) >= englishShare*float64(words) {
		return "en"
	}
	if words < 4*enoughWords {
		return ""
	}
	return "und"
}

// scriptOf names the script of a letter that is not Latin.
func scriptOf(r rune) string {
	for _, name := range []string{"Cyrillic", "Arabic", "Han", "Hebrew", "Greek", "Devanagari", "Hangul", "Hiragana", "Katakana", "Thai", "Bengali", "Tamil", "Georgian", "Armenian"} {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	return "und"
}

// mostFrequent is the key with the highest count, the first in the alphabet of equals, "und" of none.
func mostFrequent(counts map[string]int) string {
	best := "und"
	for key, n := range counts {
		if n > counts[best] || n == counts[best] && key < best {
			best = key
		}
	}
	return best
}
