package model

// Feature hashing: a feature is the template that made it and the values it saw, folded into 64 bits.
// The functions are fixed for ever: a model file is only as good as the hash it was trained with.

// HashString is a 64-bit hash of s (FNV-1a with a final mix).
func HashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// Feature folds a template number and one value into a feature.
func Feature(template uint32, a uint64) uint64 {
	return mix(a ^ uint64(template)*0x9E3779B97F4A7C15)
}

// Join folds a further value into a feature; order counts.
func Join(feature, value uint64) uint64 {
	return mix(feature*0xBF58476D1CE4E5B9 + value + 0x94D049BB133111EB)
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}
