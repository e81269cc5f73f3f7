package event

// classifier gives a distribution of types for what the tables leave open.
type classifier struct{}

func openClassifier() (*classifier, error) { return nil, nil }
