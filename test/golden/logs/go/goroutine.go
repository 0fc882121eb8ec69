package main

import (
	"fmt"
	"sync"
)

func work(wg *sync.WaitGroup, n int) {
	defer wg.Done()
	rows := []int{1, 2}
	fmt.Println(rows[n])
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go work(&wg, 5)
	wg.Wait()
}
