# Each target only calls what the docs say; see CONTRIBUTING.md.
.PHONY: check test bench gold train dist

check:
	bash .ci/run

test:
	go test ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

gold:
	go test ./gold -run Accuracy -v -timeout 60m

# One program a model: each reads the models before it, which are embedded when it is built.
train:
	for m in segment lexicon dictionary words tagger parser names places coref quote event; do go run ./train $$m || exit 1; done

dist:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -buildid=" -o dist/annals ./cmd/annals
