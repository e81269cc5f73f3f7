package cli

import (
	"iter"
	"runtime"
	"sync"
)

// ordered applies work to each input on all cores and yields the results in the order of the inputs. At most two
// inputs a core are held at a time, so that memory does not grow with the archive.
func ordered[In, Out any](inputs iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		workers := runtime.GOMAXPROCS(0)
		type job struct {
			in     In
			result chan Out
		}
		jobs := make(chan job)
		queue := make(chan chan Out, 2*workers)
		stop := make(chan struct{})
		var running sync.WaitGroup
		for range workers {
			running.Go(func() {
				for j := range jobs {
					j.result <- work(j.in)
				}
			})
		}
		running.Go(func() {
			defer close(queue)
			defer close(jobs)
			for in := range inputs {
				j := job{in, make(chan Out, 1)}
				select {
				case queue <- j.result:
				case <-stop:
					return
				}
				jobs <- j
			}
		})
		defer running.Wait()
		defer close(stop)
		for result := range queue {
			if !yield(<-result) {
				return
			}
		}
	}
}
