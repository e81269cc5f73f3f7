package ledger

// Happening is a cluster of tellings: propositions of several articles that are taken to be one.
type Happening struct {
	ID        string     `json:"id"`
	Claims    []ClaimRow `json:"claims"`
	Links     []LinkRow  `json:"links"`
	Decisions []Decision `json:"decisions,omitempty"`
}

// LinkRow says that one telling is of the same happening as another, and why.
type LinkRow struct {
	Article               string   `json:"article"`
	Proposition           string   `json:"proposition"`
	AntecedentArticle     string   `json:"antecedent_article"`
	AntecedentProposition string   `json:"antecedent_proposition"`
	Score                 float64  `json:"score"`
	Reasons               []Reason `json:"reasons"`
	By                    string   `json:"by"` // "rules 1", "decision 3"
	Learned               string   `json:"learned"`
	Closed                string   `json:"closed,omitempty"`
}

// Reason is what a feature adds to the score of a link.
type Reason struct {
	Feature string  `json:"feature"`
	Adds    float64 `json:"adds"`
}

// Decision is a person's word on what is one happening; it goes before every score until it is undone.
type Decision struct {
	ID           int64  `json:"id"`
	Kind         string `json:"kind"` // merge, split, undo
	Article      string `json:"article,omitempty"`
	Proposition  string `json:"proposition,omitempty"`
	Article2     string `json:"article_2,omitempty"`
	Proposition2 string `json:"proposition_2,omitempty"`
	Target       int64  `json:"target,omitempty"` // the decision that an undo takes back
	Why          string `json:"why,omitempty"`
	Time         string `json:"time"`
	Undone       string `json:"undone,omitempty"` // when
}

// DisputeRow is two or more positions on one happening that cannot all be so. The first claims of the first two
// positions exclude each other.
type DisputeRow struct {
	ID        string        `json:"id"`
	Happening string        `json:"happening"`
	Kind      string        `json:"kind"`            // denied, figure, culprit
	Topic     string        `json:"topic,omitempty"` // what is counted
	Newest    string        `json:"newest,omitempty"`
	Learned   string        `json:"learned"`
	Closed    string        `json:"closed,omitempty"`
	Positions []PositionRow `json:"positions"`
}

// PositionRow is what some claims hold.
type PositionRow struct {
	Label  string     `json:"label"`
	Claims []ClaimRow `json:"claims"`
}

// Matched counts what a pass of matching did.
type Matched struct {
	Readings, Tellings, Links, Copies int
}
