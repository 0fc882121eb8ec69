// A gateway whose last backend has gone; net/http logs what panics.
package main

import (
	"net/http"
	"net/http/httptest"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func main() {
	gateway := echo.New()
	gateway.Use(middleware.Proxy(middleware.NewRandomBalancer(nil)))
	server := httptest.NewServer(gateway)
	defer server.Close()
	if response, err := http.Get(server.URL + "/orders"); err == nil {
		response.Body.Close()
	}
}
