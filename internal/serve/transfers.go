package serve

import (
	"cmp"
	"net/http"
	"strings"

	"annals/internal/ledger"
	"annals/internal/transfer"
)

// transferQuestion reads ?q=, ?from=, ?to=, ?on=, ?limit= and ?as_of=.
func transferQuestion(r *http.Request) (transfer.Question, error) {
	filters, err := query(r)
	if err != nil {
		return transfer.Question{}, err
	}
	values := r.URL.Query()
	q := transfer.Question{Query: filters, From: strings.ToUpper(values.Get("from")), To: strings.ToUpper(values.Get("to")), Limit: filters.Limit}
	if days := values.Get("on"); days != "" {
		if q.On, err = ledger.ParseDays(days); err != nil {
			return q, badRequest("on: " + err.Error())
		}
	}
	return q, nil
}

func (s *Server) findTransfers(r *http.Request) (transfer.Answer, error) {
	q, err := transferQuestion(r)
	if err != nil {
		return transfer.Answer{}, err
	}
	return s.desk.Find(r.Context(), s.ledger, q)
}

func (s *Server) transfers(r *http.Request) (string, any, error) {
	answer, err := s.findTransfers(r)
	if err != nil {
		return "", nil, err
	}
	values := r.URL.Query()
	return "transfers.html", map[string]any{
		"Title": "Transfers of arms", "Query": values.Get("q"), "From": values.Get("from"), "To": values.Get("to"), "On": values.Get("on"),
		"Transfers": answer.Dossiers, "More": answer.More, "Fields": ledger.Fields(),
	}, nil
}

func (s *Server) transfer(r *http.Request) (string, any, error) {
	d, err := s.findTransfer(r)
	if err != nil {
		return "", nil, err
	}
	title := "Arms, " + cmp.Or(d.Supplier.Name, "not named") + " → " + cmp.Or(d.Recipient.Name, "not named")
	return "transfer.html", map[string]any{"Title": title, "Transfer": d}, nil
}

func (s *Server) findTransfer(r *http.Request) (*transfer.Dossier, error) {
	at, err := ledger.ParseMoment(r.URL.Query().Get("as_of"))
	if err != nil {
		return nil, badRequest("reading as_of: " + err.Error())
	}
	return s.desk.One(r.Context(), s.ledger, r.PathValue("id"), at)
}

func (s *Server) apiTransfers(r *http.Request) (any, error) { return s.findTransfers(r) }

func (s *Server) apiTransfer(r *http.Request) (any, error) { return s.findTransfer(r) }
