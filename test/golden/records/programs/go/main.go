package main

import (
	"context"
	"errors"
	"log"
	"log/slog"
	"os"
	"time"

	"github.com/apex/log/handlers/logfmt"
	apex "github.com/apex/log"
	charm "github.com/charmbracelet/log"
	"github.com/golang/glog"
	"github.com/hashicorp/go-hclog"
	"github.com/rs/zerolog"
	zpkg "github.com/rs/zerolog/pkgerrors"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"k8s.io/klog/v2"
)

type logger struct {
	info, err func(string)
	exception func(string, error)
	fatal     func(string)
	warn      func(string, error)
}

func make_(kind string) logger {
	switch kind {
	case "log":
		return logger{info: func(s string) { log.Print(s) }, err: func(s string) { log.Print("ERROR: " + s) }, exception: func(s string, e error) { log.Printf("%s: %+v", s, e) }, fatal: func(s string) { log.Print("FATAL: " + s) }, warn: func(s string, e error) { log.Printf("WARN: %s: %v", s, e) }}
	case "slog-text", "slog-json":
		var h slog.Handler = slog.NewTextHandler(os.Stderr, nil)
		if kind == "slog-json" {
			h = slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true})
		}
		l := slog.New(h)
		return logger{info: func(s string) { l.Info(s) }, err: func(s string) { l.Error(s) }, exception: func(s string, e error) { l.Error(s, "err", e) }, fatal: func(s string) { l.Log(context.Background(), slog.LevelError+4, s) }, warn: func(s string, e error) { l.Warn(s, "err", e) }}
	case "logrus-text", "logrus-json":
		l := logrus.New()
		if kind == "logrus-json" {
			l.SetFormatter(&logrus.JSONFormatter{})
		} else {
			l.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
		}
		l.ExitFunc = func(int) {}
		return logger{info: func(s string) { l.Info(s) }, err: func(s string) { l.Error(s) }, exception: func(s string, e error) { l.WithError(e).Error(s) }, fatal: func(s string) { l.Fatal(s) }, warn: func(s string, e error) { l.WithError(e).Warn(s) }}
	case "zap-prod", "zap-dev", "zap-console":
		var z *zap.Logger
		if kind == "zap-prod" {
			z, _ = zap.NewProduction(zap.WithFatalHook(noFatal{}))
		} else if kind == "zap-dev" {
			z, _ = zap.NewDevelopment(zap.WithFatalHook(noFatal{}))
		} else {
			c := zap.NewProductionConfig()
			c.Encoding = "console"
			c.EncoderConfig.EncodeTime = zapcore.ISO8601TimeEncoder
			z, _ = c.Build(zap.WithFatalHook(noFatal{}))
		}
		return logger{info: func(s string) { z.Info(s) }, err: func(s string) { z.Error(s) }, exception: func(s string, e error) { z.Error(s, zap.Error(e)) }, fatal: func(s string) { z.Fatal(s) }, warn: func(s string, e error) { z.Warn(s, zap.Error(e)) }}
	case "zerolog", "zerolog-console":
		zerolog.ErrorStackMarshaler = zpkg.MarshalStack
		l := zerolog.New(os.Stderr).With().Timestamp().Logger()
		if kind == "zerolog-console" {
			l = l.Output(zerolog.ConsoleWriter{Out: os.Stderr, NoColor: true, TimeFormat: time.RFC3339})
		}
		return logger{info: func(s string) { l.Info().Msg(s) }, err: func(s string) { l.Error().Msg(s) }, exception: func(s string, e error) { l.Error().Stack().Err(e).Msg(s) }, fatal: func(s string) { l.WithLevel(zerolog.FatalLevel).Msg(s) }, warn: func(s string, e error) { l.Warn().Err(e).Msg(s) }}
	case "charm", "charm-logfmt", "charm-json":
		l := charm.NewWithOptions(os.Stderr, charm.Options{ReportTimestamp: true})
		if kind == "charm-logfmt" {
			l.SetFormatter(charm.LogfmtFormatter)
		}
		if kind == "charm-json" {
			l.SetFormatter(charm.JSONFormatter)
		}
		return logger{info: func(s string) { l.Info(s) }, err: func(s string) { l.Error(s) }, exception: func(s string, e error) { l.Error(s, "err", e) }, fatal: func(s string) { l.Log(charm.FatalLevel, s) }, warn: func(s string, e error) { l.Warn(s, "err", e) }}
	case "klog":
		klog.LogToStderr(true)
		return logger{info: func(s string) { klog.InfoS(s) }, err: func(s string) { klog.ErrorS(nil, s) }, exception: func(s string, e error) { klog.ErrorS(e, s, "order", 17) }, fatal: nil, warn: func(s string, e error) { klog.Warningf("%s: %v", s, e) }}
	case "glog":
		return logger{info: func(s string) { glog.Info(s) }, err: func(s string) { glog.Error(s) }, exception: func(s string, e error) { glog.Errorf("%s: %v", s, e) }, fatal: nil, warn: func(s string, e error) { glog.Warningf("%s: %v", s, e) }}
	case "hclog", "hclog-json":
		l := hclog.New(&hclog.LoggerOptions{Name: "shop", JSONFormat: kind == "hclog-json"})
		return logger{info: func(s string) { l.Info(s) }, err: func(s string) { l.Error(s) }, exception: func(s string, e error) { l.Error(s, "error", e) }, fatal: nil, warn: func(s string, e error) { l.Warn(s, "error", e) }}
	case "apex-logfmt":
		apex.SetHandler(logfmt.New(os.Stderr))
		return logger{info: func(s string) { apex.Info(s) }, err: func(s string) { apex.Error(s) }, exception: func(s string, e error) { apex.WithError(e).Error(s) }, fatal: nil, warn: func(s string, e error) { apex.WithError(e).Warn(s) }}
	}
	panic("unknown " + kind)
}

type noFatal struct{}

func (noFatal) OnWrite(*zapcore.CheckedEntry, []zapcore.Field) {}

func main() {
	l := make_(os.Args[1])
	l.info("started, no errors")
	switch os.Args[2] {
	case "error":
		l.err("order 17 has no lines")
	case "exception":
		l.exception("loading failed", load(17))
	case "fatal":
		l.fatal("cannot reach the store")
	case "multiline":
		l.err("3 orders failed:\n  17: no lines\n  18: no price")
	case "warning":
		l.warn("retrying order 17", errors.New("no lines"))
	case "info":
		l.info("error rate is 0, last Exception was handled")
	case "nil":
		total(nil)
	case "index":
		pick([]int{1}, 5)
	case "panic-error":
		panic(load(17))
	case "goroutine":
		go pick([]int{1}, 7)
		time.Sleep(time.Second)
	case "deadlock":
		<-make(chan int)
	case "nilmap":
		(&Order{}).Prices["x"] = 1 // HERE nilmap
	}
	glog.Flush()
	l.info("going on")
	glog.Flush()
}
