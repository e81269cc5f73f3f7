// Package serve shows a ledger over HTTP: pages for people, JSON for programs, health for machines.
//
// In: requests. Out: articles, claims, events and disputes of the ledger, and a reader that shows an article with its claims
// beside the text. It never reads an article and never writes to the ledger.
package serve

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"annals/internal/ledger"
	"annals/internal/ledger/sqlite"
	"annals/internal/transfer"
)

//go:embed ui/*.html ui/*.css ui/*.js
var files embed.FS

// Server answers requests about one ledger.
type Server struct {
	ledger *sqlite.Ledger
	log    *slog.Logger
	pages  *template.Template
	desk   *transfer.Desk
}

// New makes a server for an open ledger.
func New(l *sqlite.Ledger, log *slog.Logger) (*Server, error) {
	pages, err := template.New("").Funcs(functions).ParseFS(files, "ui/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading the pages: %w", err)
	}
	desk, err := transfer.New()
	if err != nil {
		return nil, err
	}
	return &Server{ledger: l, log: log, pages: pages, desk: desk}, nil
}

// Handler is the whole site.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.articles))
	mux.HandleFunc("GET /article/{id}", s.page(s.article))
	mux.HandleFunc("GET /claims", s.page(s.claims))
	mux.HandleFunc("GET /events", s.page(s.events))
	mux.HandleFunc("GET /disputes", s.page(s.disputes))
	mux.HandleFunc("GET /disputes/{id}", s.page(s.dispute))
	mux.HandleFunc("GET /transfers", s.page(s.transfers))
	mux.HandleFunc("GET /transfers/{id}", s.page(s.transfer))
	mux.Handle("GET /ui/", http.FileServerFS(files))
	mux.HandleFunc("GET /api/v1/articles", s.api(s.apiArticles))
	mux.HandleFunc("GET /api/v1/articles/{id}", s.api(s.apiArticle))
	mux.HandleFunc("GET /api/v1/claims", s.api(s.apiClaims))
	mux.HandleFunc("GET /api/v1/events", s.api(s.apiEvents))
	mux.HandleFunc("GET /api/v1/transfers", s.api(s.apiTransfers))
	mux.HandleFunc("GET /api/v1/transfers/{id}", s.api(s.apiTransfer))
	mux.HandleFunc("GET /api/v1/disputes", s.api(s.apiDisputes))
	mux.HandleFunc("GET /api/v1/disputes/{id}", s.api(s.apiDispute))
	mux.HandleFunc("GET /api/v1/happenings/{id}", s.api(s.apiHappening))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	return s.guard(mux)
}

// Run serves on the listener until the context ends, then lets the requests in flight finish.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return fmt.Errorf("ending the server: %w", err)
	}
	return nil
}

// guard sets the headers that every answer carries, logs, and turns a panic into an error page.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		defer func() {
			if p := recover(); p != nil {
				s.log.Error("a request failed", "path", r.URL.Path, "panic", fmt.Sprint(p))
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
			s.log.Debug("request", "method", r.Method, "path", r.URL.Path, "took", time.Since(start))
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if _, err := s.ledger.Articles(r.Context(), 0, 1); err != nil {
		http.Error(w, "the ledger does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// page renders what a handler found; the page is complete before its first byte is sent.
func (s *Server) page(find func(*http.Request) (name string, value any, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, value, err := find(r)
		status := http.StatusOK
		if err != nil {
			status = statusOf(err)
			name, value = "error.html", map[string]any{"Title": http.StatusText(status), "Message": err.Error()}
			if status == http.StatusInternalServerError {
				s.log.Error("a page failed", "path", r.URL.Path, "error", err)
			}
		}
		var body bytes.Buffer
		if err := s.pages.ExecuteTemplate(&body, name, value); err != nil {
			s.log.Error("a page failed", "path", r.URL.Path, "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		w.Write(body.Bytes())
	}
}

func (s *Server) api(find func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		value, err := find(r)
		status := http.StatusOK
		if err != nil {
			status = statusOf(err)
			value = map[string]string{"error": err.Error()}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		if err := out.Encode(value); err != nil {
			s.log.Debug("an answer was cut short", "path", r.URL.Path, "error", err)
		}
	}
}

func statusOf(err error) int {
	var query *ledger.QueryError
	var bad badRequest
	switch {
	case errors.As(err, &query), errors.As(err, &bad):
		return http.StatusBadRequest
	case errors.Is(err, ledger.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, ledger.ErrLocked):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

type badRequest string

func (b badRequest) Error() string { return string(b) }

const pageSize = 50

// offset reads ?page=, counted from 1.
func offset(r *http.Request) (page, at int, err error) {
	page = 1
	if v := r.URL.Query().Get("page"); v != "" {
		if page, err = strconv.Atoi(v); err != nil || page < 1 || page > 1_000_000 {
			return 0, 0, badRequest("page must be a number from 1 on, not " + strconv.Quote(v))
		}
	}
	return page, (page - 1) * pageSize, nil
}

// query reads ?q= and ?limit= and ?as_of=.
func query(r *http.Request) (ledger.Query, error) {
	q, err := ledger.ParseQuery(r.URL.Query().Get("q"))
	if err != nil {
		return q, err
	}
	if v := r.URL.Query().Get("limit"); v != "" {
		if q.Limit, err = strconv.Atoi(v); err != nil || q.Limit < 1 || q.Limit > 10_000 {
			return q, badRequest("limit must be a number from 1 to 10000, not " + strconv.Quote(v))
		}
	}
	if q.AsOf, err = ledger.ParseMoment(r.URL.Query().Get("as_of")); err != nil {
		return q, badRequest("reading as_of: " + err.Error())
	}
	return q, nil
}

func (s *Server) apiArticles(r *http.Request) (any, error) {
	_, at, err := offset(r)
	if err != nil {
		return nil, err
	}
	rows, err := s.ledger.Articles(r.Context(), at, pageSize)
	return nonNil(rows), err
}

func (s *Server) apiArticle(r *http.Request) (any, error) {
	reading, err := s.ledger.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return reading.Record, nil
}

func (s *Server) apiClaims(r *http.Request) (any, error) {
	q, err := query(r)
	if err != nil {
		return nil, err
	}
	rows, err := s.ledger.Claims(r.Context(), q)
	return nonNil(rows), err
}

func (s *Server) apiEvents(r *http.Request) (any, error) {
	q, err := query(r)
	if err != nil {
		return nil, err
	}
	rows, err := s.ledger.Events(r.Context(), q)
	return nonNil(rows), err
}

func (s *Server) apiDisputes(r *http.Request) (any, error) {
	q, err := query(r)
	if err != nil {
		return nil, err
	}
	rows, err := s.ledger.Disputes(r.Context(), q)
	return nonNil(rows), err
}

func (s *Server) apiDispute(r *http.Request) (any, error) {
	return s.ledger.Dispute(r.Context(), r.PathValue("id"))
}

func (s *Server) apiHappening(r *http.Request) (any, error) {
	q, err := query(r)
	if err != nil {
		return nil, err
	}
	return s.ledger.Happening(r.Context(), r.PathValue("id"), q.AsOf)
}

func nonNil[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
