// A service that reads its configuration again when it has changed, into the same place; net/http logs the panic.
package main

import (
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/pelletier/go-toml/v2"
)

func main() {
	var config struct {
		Params map[string]string `toml:"params"`
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := toml.Unmarshal([]byte(`params = {a="1",b="2"}`), &config); err != nil {
			log.Println(err)
		}
	}))
	defer server.Close()
	http.Get(server.URL)
	http.Get(server.URL)
}
