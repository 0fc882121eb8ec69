// A program that is started by another one with no arguments at all.
package main

import (
	"context"
	"log"

	"github.com/urfave/cli/v3"
)

func main() {
	command := &cli.Command{Action: func(context.Context, *cli.Command) error { return nil }}
	if err := command.Run(context.Background(), []string{}); err != nil {
		log.Fatal(err)
	}
}
