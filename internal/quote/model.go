package quote

import "annals/internal/model"

// weights is the trained part of the stage.
type weights struct {
	tagger, linker *chain
	calibration    Calibration
}

// Open makes a stage of a model file.
func Open(f *model.File) (*Stage, error) {
	s, err := Untrained()
	if err != nil {
		return nil, err
	}
	w := &weights{}
	if w.tagger, err = openChain(f, "tagger", TagLabels, TagFollows); err != nil {
		return nil, err
	}
	if w.linker, err = openChain(f, "linker", LinkLabels, LinkFollows); err != nil {
		return nil, err
	}
	if err := f.JSON("calibration", &w.calibration); err != nil {
		return nil, err
	}
	s.weights = w
	return s, nil
}

// Untrained makes a stage that has rules alone; training starts from it.
func Untrained() (*Stage, error) {
	cues, err := readCues()
	if err != nil {
		return nil, err
	}
	return &Stage{cues: cues}, nil
}
