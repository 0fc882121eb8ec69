package com.acme.shop;

import java.util.Map;
import java.util.concurrent.*;
import java.util.function.*;

public class Main {
    record Log(Consumer<String> info, Consumer<String> error, BiConsumer<String, Throwable> exception, BiConsumer<String, Throwable> warn, Consumer<String> fatal) {}

    static Log make(String kind) throws Exception {
        if (kind.startsWith("log4j2")) {
            System.setProperty("log4j2.configurationFile", "/srv/shop/java/" + kind + ".xml");
            var l = org.apache.logging.log4j.LogManager.getLogger(Orders.class);
            return new Log(l::info, l::error, l::error, l::warn, l::fatal);
        }
        if (kind.startsWith("logback")) {
            System.setProperty("logback.configurationFile", "/srv/shop/java/" + kind + ".xml");
            var l = org.slf4j.LoggerFactory.getLogger(Orders.class);
            return new Log(l::info, l::error, l::error, l::warn, null);
        }
        if (kind.equals("reload4j")) {
            org.apache.log4j.BasicConfigurator.configure(new org.apache.log4j.ConsoleAppender(new org.apache.log4j.PatternLayout("%d{ISO8601} %-5p [%t] %c{1}:%L - %m%n")));
            var l = org.apache.log4j.Logger.getLogger(Orders.class);
            return new Log(l::info, l::error, l::error, l::warn, l::fatal);
        }
        if (kind.startsWith("jul")) {
            if (kind.equals("jul-line")) System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$-7s [%3$s] %5$s%6$s%n");
            var l = java.util.logging.Logger.getLogger(Orders.class.getName());
            return new Log(l::info, l::severe, (m, t) -> l.log(java.util.logging.Level.SEVERE, m, t), (m, t) -> l.log(java.util.logging.Level.WARNING, m, t), null);
        }
        if (kind.equals("tinylog")) return new Log(m -> org.tinylog.Logger.info(m), m -> org.tinylog.Logger.error(m), (m, t) -> org.tinylog.Logger.error(t, m), (m, t) -> org.tinylog.Logger.warn(t, m), null);
        if (kind.equals("system")) {
            var l = System.getLogger("com.acme.shop.Orders");
            return new Log(m -> System.out.println(m), m -> System.err.println("ERROR " + m), (m, t) -> { System.err.println(m); t.printStackTrace(); }, null, null);
        }
        throw new IllegalArgumentException(kind);
    }

    static Throwable caught(Runnable r) {
        try { r.run(); } catch (Throwable t) { return t; }
        return null;
    }

    public static void main(String[] args) throws Exception {
        Log log = make(args[0]);
        log.info.accept("started, no errors");
        switch (args[1]) {
            case "error" -> log.error.accept("order 17 has no lines");
            case "exception" -> log.exception.accept("total of order 17 failed", caught(() -> Orders.total(Map.of())));
            case "chained" -> log.exception.accept("loading failed", caught(() -> Orders.load(17)));
            case "fatal" -> log.fatal.accept("cannot reach the store");
            case "multiline" -> log.error.accept("3 orders failed:\n  17: no lines\n  18: no price");
            case "warning" -> log.warn.accept("retrying order 17", caught(() -> Orders.total(Map.of())));
            case "info" -> log.info.accept("error rate is 0, last Exception was handled");
            case "crash" -> Orders.load(17);
            case "future" -> CompletableFuture.supplyAsync(() -> Orders.total(Map.of())).join();
            case "thread" -> { var t = new Thread(() -> Orders.total(Map.of()), "worker-1"); t.start(); t.join(); }
            case "overflow" -> over(0);
        }
        log.info.accept("going on");
    }

    static int over(int n) { return over(n + 1) + 1; }
}
