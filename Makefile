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

train:
	go run ./train all

dist:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -buildid=" -o dist/annals ./cmd/annals
