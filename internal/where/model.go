package where

// openWeights gives the weights of the shipped model.
func openWeights() (Weights, error) { return Rules, nil }
