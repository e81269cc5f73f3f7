package entity

// The tagger labels each token with a type and its place in the name: begin, inside, end or single (BIOES).
// DATE and MONEY are kept inside the tagger only: without them "May" and "Bitcoin" would be pushed into other types.

// types are the entity types of the tagger; those from dateType on are not written.
var types = [...]string{"PER", "ORG", "LOC", "FAC", "NORP", "WEAPON", "PRODUCT", "MISC", "DATE", "MONEY"}

const dateType = 8

// Outside is the label of a token that belongs to no name.
const Outside = 0

// Places of a token in a name.
const (
	Begin = iota
	Inside
	End
	Single
)

// Labels is the number of labels.
const Labels = 1 + 4*len(types)

// Label is the label of a place in a name of a type. An unknown type gives Outside.
func Label(kind string, place int) int {
	for i, t := range types {
		if t == kind {
			return 1 + 4*i + place
		}
	}
	return Outside
}

// split is the inverse of Label for labels other than Outside.
func split(label int) (kind, place int) { return (label - 1) / 4, (label - 1) % 4 }

// LabelNames are the labels in order: "O", "B-PER", "I-PER", "E-PER", "S-PER", "B-ORG", …
func LabelNames() []string {
	names := []string{"O"}
	for _, t := range types {
		for _, p := range []string{"B-", "I-", "E-", "S-"} {
			names = append(names, p+t)
		}
	}
	return names
}

// Starts tells whether a label may open a sentence.
func Starts(label int) bool {
	if label == Outside {
		return true
	}
	_, place := split(label)
	return place == Begin || place == Single
}

// Ends tells whether a label may close a sentence.
func Ends(label int) bool {
	if label == Outside {
		return true
	}
	_, place := split(label)
	return place == End || place == Single
}

// Follows tells whether label b may come right after label a.
func Follows(a, b int) bool {
	if Ends(a) {
		return Starts(b)
	}
	if b == Outside {
		return false
	}
	kind, _ := split(a)
	next, place := split(b)
	return kind == next && (place == Inside || place == End)
}
