package linear

// Weigher adds weights of features to scores. Several lists of features come at once, one after the other: the
// weights of those before ends[i], and not before the end of the list before, go to rows[i].
type Weigher[T int32 | float32] interface {
	Weigh(features []uint64, ends []int32, rows [][]T)
}

// Scorer scores the actions after a state. It keeps the scores of groups of features, which many states of a sentence
// share, as long as neither the sentence nor the weights change.
type Scorer[T int32 | float32] struct {
	caches   [groups]groupCache[T]
	classes  int
	scores   []T
	features []uint64 // of the groups whose scores are not kept
	ends     []int32  // of each of these
	missing  [][]T    // its row
	rows     [groups][]T
}

// groupCache keeps the scores of one group of features, each in the one place where its key may lie.
type groupCache[T int32 | float32] struct {
	keys   [cachedKeys]uint64 // key + 1, 0 for none
	scores []T                // one row of scores a place
}

const cachedKeys = 64 // a power of two

// place is where the scores of a key lie, and whether they are there.
func (c *groupCache[T]) place(key uint64, classes int) (row []T, have bool) {
	at := int(fold(key, 0) % cachedKeys)
	row = c.scores[at*classes : (at+1)*classes]
	have = c.keys[at] == key+1
	c.keys[at] = key + 1
	return row, have
}

// Forget empties the caches: a sentence begins, or the weights have changed.
func (s *Scorer[T]) Forget(classes int) {
	s.classes = classes
	sized(&s.scores, classes)
	for group := range s.caches {
		clear(s.caches[group].keys[:])
		sized(&s.caches[group].scores, cachedKeys*classes)
	}
}

// Score is the scores of all actions after a state. They stand until the next call.
func (s *Scorer[T]) Score(m *Machine, state *State, weights Weigher[T]) []T {
	s.features, s.ends, s.missing = s.features[:0], s.ends[:0], s.missing[:0]
	v := m.view(state)
	for group := range groups {
		row, have := s.caches[group].place(v.key(group), s.classes)
		s.rows[group] = row
		if !have {
			clear(row)
			s.features = v.group(group, s.features)
			s.ends = append(s.ends, int32(len(s.features)))
			s.missing = append(s.missing, row)
		}
	}
	weights.Weigh(s.features, s.ends, s.missing)
	s.add()
	return s.scores
}

// add adds up the rows of the groups.
func (s *Scorer[T]) add() {
	r := &s.rows
	n := s.classes
	out := s.scores[:n]
	r0, r1, r2, r3, r4, r5 := r[0][:n], r[1][:n], r[2][:n], r[3][:n], r[4][:n], r[5][:n]
	r6, r7, r8, r9, r10, r11 := r[6][:n], r[7][:n], r[8][:n], r[9][:n], r[10][:n], r[11][:n]
	for i := range out {
		out[i] = r0[i] + r1[i] + r2[i] + r3[i] + r4[i] + r5[i] + r6[i] + r7[i] + r8[i] + r9[i] + r10[i] + r11[i]
	}
}
