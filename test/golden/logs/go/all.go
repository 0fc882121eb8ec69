package main

import "time"

func idle() { time.Sleep(time.Hour) }

func main() {
	go idle()
	time.Sleep(10 * time.Millisecond)
	panic("stop")
}
