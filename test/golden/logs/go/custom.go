package main

import (
	"fmt"
)

type CartError struct {
	Code int
	Why  string
}

func (e *CartError) Error() string { return fmt.Sprintf("cart %d: %s", e.Code, e.Why) }

func main() {
	defer fmt.Println("deferred")
	defer func() {
		r := recover()
		panic(fmt.Errorf("again: %w", r.(error)))
	}()
	panic(&CartError{7, "sold out"})
}
