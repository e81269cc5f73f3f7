package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"annals/internal/serve"
)

type serveCommand struct {
	ledgerFlag
	Listen string `default:"127.0.0.1:8080" help:"Address to listen on; only this machine by default."`
	Debug  bool   `help:"Log every request."`
}

func (c *serveCommand) Run(ctx context.Context, s *streams) error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return usagef("--listen wants an address such as 127.0.0.1:8080, not %q", c.Listen)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usagef("--listen %s would open the ledger to other machines, and this server asks nobody for a password; use 127.0.0.1 and put a proxy before it", c.Listen)
	}
	l, err := c.open(ctx, s, true)
	if err != nil {
		return err
	}
	defer l.Close()
	level := slog.LevelInfo
	if c.Debug {
		level = slog.LevelDebug
	}
	server, err := serve.New(l, slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level})))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", c.Listen, err)
	}
	fmt.Fprintf(s.err, "annals serves http://%s – end with Ctrl-C\n", listener.Addr())
	return server.Run(ctx, listener)
}
