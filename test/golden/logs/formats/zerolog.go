package main

import (
	"errors"
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

func load() error { return errors.New("no such product") }

func main() {
	if len(os.Args) > 1 {
		log.Logger = log.Output(zerolog.ConsoleWriter{Out: os.Stderr, NoColor: os.Args[1] == "plain"})
	}
	log.Info().Int("errors", 0).Msg("start")
	log.Error().Err(load()).Int("order", 7).Msg("order failed")
	log.Warn().Msg("last error was 3 days ago")
	log.Info().Str("url", "/error?code=500").Msg("served")
	log.Fatal().Err(load()).Msg("giving up")
}
