package main

import (
	"fmt"

	pkgerrors "github.com/pkg/errors"
)

type Order struct {
	Number int
	Prices map[string]int
}

func total(order *Order) int {
	return order.Prices["sum"] // HERE total
}

func pick(prices []int, at int) int {
	return prices[at] // HERE pick
}

func load(number int) error {
	return pkgerrors.WithStack(fmt.Errorf("order %d has no lines", number)) // HERE load
}
