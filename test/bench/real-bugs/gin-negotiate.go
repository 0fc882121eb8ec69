// An endpoint that offers a picture in one form; gin's recovery logs what panics.
package main

import (
	"net/http"
	"net/http/httptest"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery())
	router.GET("/picture", func(c *gin.Context) {
		c.String(http.StatusOK, c.NegotiateFormat("image/tiff"))
	})
	request := httptest.NewRequest(http.MethodGet, "/picture", nil)
	request.Header.Set("Accept", "image/tiff-fx")
	router.ServeHTTP(httptest.NewRecorder(), request)
}
