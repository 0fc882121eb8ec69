package main

import (
	"errors"
	"os"

	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func load() error { return errors.New("no such product") }

func main() {
	switch os.Args[1] {
	case "zap":
		l, _ := zap.NewProduction()
		l.Info("start", zap.Int("errors", 0))
		l.Error("order failed", zap.Error(load()), zap.Int("order", 7))
		l.Warn("slow", zap.String("url", "/error?code=500"))
		defer func() { recover() }()
		l.DPanic("odd state")
		l.Panic("giving up", zap.Error(load()))
	case "zapdev":
		l, _ := zap.NewDevelopment()
		l.Info("start", zap.Int("errors", 0))
		l.Error("order failed", zap.Error(load()), zap.Int("order", 7))
		l.Warn("slow")
		l.Info("end")
	case "zapcolor":
		c := zap.NewDevelopmentConfig()
		c.EncoderConfig.EncodeLevel = zapcore.CapitalColorLevelEncoder
		l, _ := c.Build()
		l.Info("start")
		l.Error("order failed", zap.Error(load()))
		l.Info("end")
	default:
		if os.Args[1] == "logrusjson" {
			logrus.SetFormatter(&logrus.JSONFormatter{})
		}
		if os.Args[1] == "logrustty" {
			logrus.SetFormatter(&logrus.TextFormatter{ForceColors: true})
		}
		logrus.WithField("errors", 0).Info("start")
		logrus.WithError(load()).WithField("order", 7).Error("order failed")
		logrus.Warning("last error was 3 days ago")
		logrus.WithField("url", "http://shop/error").Info("served")
		logrus.WithError(load()).Fatal("giving up")
	}
}
