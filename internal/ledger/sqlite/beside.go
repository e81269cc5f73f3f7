package sqlite

import "context"

// Beside is matching at work beside an ingest: while one transaction is written, the next one is made ready.
type Beside struct {
	ledger *Ledger
	ctx    context.Context
	wake   chan struct{}
	failed chan error
}

// MatchBeside begins to match in bulk what is ingested from now on. Finish or Stop must be called.
func (l *Ledger) MatchBeside(ctx context.Context) *Beside {
	b := &Beside{ledger: l, ctx: ctx, wake: make(chan struct{}, 1), failed: make(chan error, 1)}
	go func() {
		defer close(b.failed)
		for range b.wake {
			if _, err := l.MatchBulk(ctx); err != nil {
				b.failed <- err
				return
			}
		}
	}()
	return b
}

// Ingested says that there is more to match. It never waits.
func (b *Beside) Ingested() {
	select {
	case b.wake <- struct{}{}:
	default: // it knows
	}
}

// Finish matches what is left. It tells what went wrong, now or before: what was ingested is kept all the same, and the
// next Match takes it up.
func (b *Beside) Finish() error {
	if err := b.Stop(); err != nil {
		return err
	}
	_, err := b.ledger.Match(b.ctx)
	return err
}

// Stop waits for the transaction that is at work and leaves the rest to the next Match.
func (b *Beside) Stop() error {
	close(b.wake)
	return <-b.failed
}
