// A converter of API descriptions, as an HTTP service: net/http logs the panic.
package main

import (
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

const upload = `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/upload":{"post":{"requestBody":{"content":{
"multipart/form-data":{"schema":{"type":"object","properties":{"documents":{"type":"array","items":{"$ref":"#/components/schemas/Document"}}}}}}},
"responses":{"200":{"description":"ok"}}}}},"components":{"schemas":{"Document":{"type":"object"}}}}`

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var document openapi3.T
		if err := document.UnmarshalJSON([]byte(upload)); err != nil {
			log.Println(err)
		}
		_, err := openapi2conv.FromV3(&document)
		log.Println(err)
	}))
	defer server.Close()
	http.Get(server.URL)
}
