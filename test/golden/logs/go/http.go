package main

import (
	"fmt"
	"net"
	"net/http"
)

func shop(w http.ResponseWriter, r *http.Request) {
	var prices map[string]*int
	fmt.Fprintln(w, *prices["tea"])
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(l, http.HandlerFunc(shop))
	http.Get("http://" + l.Addr().String())
	fmt.Println("served")
}
