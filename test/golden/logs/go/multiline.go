package main

import "errors"

func main() { panic(errors.New("three rows failed:\n  row 1\nrow 2\n\nrow 3")) }
