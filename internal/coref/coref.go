// Package coref finds which phrases refer to the same person or thing.
//
// In: tokens, arcs, mentions and actors, and the model "coref". Out: doc.Chains with the reason of every link,
// further mentions that a chain needs (appended, so that indexes into doc.Mentions stay good), and the actor of a
// chain given to all its mentions. Certain links are made by rule (a sieve, after Lee et al. 2013), the rest by a
// log-linear ranker of antecedents over surface features (after Durrett and Klein 2013). Work grows with the number
// of phrases times a fixed window. It never splits what a rule has joined, and never finds actors by itself.
package coref

import (
	"slices"
	"sync"

	"annals/internal/doc"
	"annals/internal/lexicon"
	"annals/internal/model"
)

// Stage makes chains. It is immutable and safe for concurrent use.
type Stage struct {
	words *words
	rank  *model.Linear // nil: rules only
	pool  *sync.Pool
}

// New opens the model and reads the tables.
func New(lex *lexicon.Lexicon) (*Stage, error) {
	file, err := model.Embedded("coref")
	if err != nil {
		return nil, err
	}
	return Open(lex, file)
}

// Open is New with a given model file.
func Open(lex *lexicon.Lexicon, file *model.File) (*Stage, error) {
	s, err := NewUntrained(lex)
	if err != nil {
		return nil, err
	}
	if s.rank, err = model.OpenLinear(file, "rank"); err != nil {
		return nil, err
	}
	return s, nil
}

// NewUntrained is a stage that links by rule alone: for the trainer and for tests.
func NewUntrained(*lexicon.Lexicon) (*Stage, error) {
	w, err := readWords()
	if err != nil {
		return nil, err
	}
	return &Stage{words: w, pool: &sync.Pool{New: func() any { return &work{} }}}, nil
}

// Name of the stage.
func (s *Stage) Name() string { return "coref" }

// Reads tells the layers it needs.
func (s *Stage) Reads() doc.Layer {
	return doc.LayerSentences | doc.LayerTokens | doc.LayerSyntax | doc.LayerMentions | doc.LayerActors
}

// Writes tells the layer it makes.
func (s *Stage) Writes() doc.Layer { return doc.LayerChains }

// Annotate makes the chains of d.
func (s *Stage) Annotate(d *doc.Doc) error {
	w := s.pool.Get().(*work)
	defer s.pool.Put(w)
	s.prepare(d, w)
	s.sieve(w)
	if s.rank != nil {
		s.rankAll(w)
	}
	w.write()
	w.doc = nil
	d.Done |= doc.LayerChains
	return nil
}

// work is the reusable memory of one document.
type work struct {
	doc    *doc.Doc
	nodes  []node
	at     []int32 // node whose head a token is, or None
	quotes []quote
	inside []int32 // quotation a token lies in, as index + 1; 0 outside

	parent   []int32 // union-find over nodes
	chains   []chainInfo
	links    []link
	linked   []bool // nodes that have an antecedent
	byHead   map[uint64][]int32
	features []uint64
	single   [1]int32
}

// link joins a node to an earlier one.
type link struct {
	node, antecedent int32
	rule             string
}

// chainInfo is what is known of a chain, kept at its root.
type chainInfo struct {
	size     int32
	gender   uint8
	number   uint8
	kind     uint8 // entity type
	named    bool
	person   int32 // actor of a known person, or None
	last     int32 // latest node
	subjects int32
}

func (s *Stage) prepare(d *doc.Doc, w *work) {
	w.doc = d
	w.findQuotes()
	s.collect(w)
	n := len(w.nodes)
	w.parent = grow(w.parent, n)
	w.chains = grow(w.chains, n)
	w.linked = grow(w.linked, n)
	w.links = w.links[:0]
	for i := range w.nodes {
		node := &w.nodes[i]
		w.parent[i] = int32(i)
		w.linked[i] = false
		w.chains[i] = chainInfo{size: 1, gender: node.gender, number: node.number, kind: node.kind, named: node.form == doc.NameMention, person: w.knownPerson(node), last: int32(i)}
		if node.role == subjectRole {
			w.chains[i].subjects = 1
		}
	}
}

// find is the root of a node's chain.
func (w *work) find(i int32) int32 {
	for w.parent[i] != i {
		w.parent[i] = w.parent[w.parent[i]]
		i = w.parent[i]
	}
	return i
}

// knownPerson is the actor of a node where that is one certain person, in all articles the same; else None.
func (w *work) knownPerson(n *node) int32 {
	if n.actor == doc.None || n.pronoun != 0 || w.doc.Actors[n.actor].Kind != "person" || w.doc.Actors[n.actor].Anonymous {
		return doc.None
	}
	return n.actor
}

// twoPersons tells whether two chains mean two different known persons: nothing may join those, however the parse
// reads a comma between them.
func (w *work) twoPersons(a, b int32) bool {
	x, y := w.chains[w.find(a)].person, w.chains[w.find(b)].person
	return x != doc.None && y != doc.None && x != y
}

// join links a node to an antecedent and keeps the reason. It tells whether they were apart and may be one.
func (w *work) join(node, antecedent int32, rule string) bool {
	if antecedent > node {
		node, antecedent = antecedent, node
	}
	a, b := w.find(antecedent), w.find(node)
	if a == b || w.twoPersons(a, b) || w.coArgument(node, antecedent) || w.coArgument(antecedent, node) {
		return false
	}
	root, other := min(a, b), max(a, b)
	w.parent[other] = root
	into, from := &w.chains[root], w.chains[other]
	into.size += from.size
	into.subjects += from.subjects
	into.last = max(into.last, from.last)
	into.named = into.named || from.named
	if into.person == doc.None {
		into.person = from.person
	}
	if into.gender == unknown {
		into.gender = from.gender
	}
	if into.number == unknown {
		into.number = from.number
	}
	if into.kind == unknown {
		into.kind = from.kind
	}
	w.links = append(w.links, link{node, antecedent, rule})
	w.linked[node] = true
	return true
}

// write turns the joined nodes into chains of mentions, and gives each chain's actor to its mentions.
func (w *work) write() {
	d := w.doc
	d.Chains = d.Chains[:0]
	number := make([]int32, len(w.nodes)) // chain of a root, plus 1
	for i := range w.nodes {
		root := w.find(int32(i))
		if w.chains[root].size < 2 {
			continue
		}
		if number[root] == 0 {
			d.Chains = append(d.Chains, doc.Chain{})
			number[root] = int32(len(d.Chains))
		}
		chain := &d.Chains[number[root]-1]
		chain.Mentions = append(chain.Mentions, w.mention(int32(i)))
	}
	for _, l := range w.links {
		chain := &d.Chains[number[w.find(l.node)]-1]
		chain.Links = append(chain.Links, doc.Link{Mention: w.nodes[l.node].written, Antecedent: w.nodes[l.antecedent].written, Rule: l.rule})
	}
	for i := range d.Chains {
		c := &d.Chains[i]
		slices.SortStableFunc(c.Links, func(a, b doc.Link) int { return int(d.Mentions[a.Mention].First - d.Mentions[b.Mention].First) })
	}
	w.spreadActors(number)
}

// mention is the mention of a node, added where no stage before has made one with its span.
func (w *work) mention(i int32) int32 {
	n := &w.nodes[i]
	d := w.doc
	if n.mention != doc.None && d.Mentions[n.mention].First == n.first && d.Mentions[n.mention].Last == n.last {
		n.written = n.mention
		return n.written
	}
	m := doc.Mention{Span: d.TokenSpan(n.first, n.last), First: n.first, Last: n.last, Head: n.head, Kind: doc.NominalMention, Actor: doc.None, Rule: "coref"}
	if n.form == doc.PronounMention {
		m.Kind = doc.PronounMention
	}
	n.written = int32(len(d.Mentions))
	d.Mentions = append(d.Mentions, m)
	return n.written
}

// spreadActors gives the actor of a chain's first mention that has one, names before others, to all that have none.
func (w *work) spreadActors(number []int32) {
	d := w.doc
	actor := make([]int32, len(d.Chains))
	for i := range actor {
		actor[i] = doc.None
	}
	for _, names := range []bool{true, false} {
		for i := range w.nodes {
			n := &w.nodes[i]
			c := number[w.find(int32(i))]
			if c > 0 && actor[c-1] == doc.None && n.mention != doc.None && names == (n.form == doc.NameMention) {
				actor[c-1] = d.Mentions[n.mention].Actor
			}
		}
	}
	for i := range w.nodes {
		n := &w.nodes[i]
		c := number[w.find(int32(i))]
		if c == 0 || actor[c-1] == doc.None {
			continue
		}
		for _, m := range []int32{n.mention, n.written} {
			if m != doc.None && (d.Mentions[m].Actor == doc.None || w.standsFor(d.Mentions[m].Actor, actor[c-1])) {
				d.Mentions[m].Actor = actor[c-1]
			}
		}
	}
}

// standsFor tells whether an actor is only a role – "the minister", "the newspaper" – that another one of its chain, known
// by name, fills. Roles of two countries stay apart.
func (w *work) standsFor(role, named int32) bool {
	r, n := &w.doc.Actors[role], &w.doc.Actors[named]
	if role == named || !r.Anonymous || r.Kind != "role" || n.Anonymous || n.Kind != "person" && n.Kind != "outlet" {
		return false
	}
	return r.Country == "" || n.Country == "" || r.Country == n.Country
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
