package pipeline

// parts is what a reader is put together from.
type parts struct {
	stages []Stage
	models map[string]string
}

// open makes the stages in the order in which the house builds its layers.
func open() (parts, error) {
	return parts{models: map[string]string{}}, nil
}
