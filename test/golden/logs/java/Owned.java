import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Map;

/** A head with the name of a logger, as many layouts write it, above traces of every kind. */
public class Owned {
    static final Map<String, Integer> PRICES = Map.of("tea", 3);

    static class OrderFailed extends RuntimeException {
        OrderFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static void error(String message, Throwable thrown) {
        System.out.println(new SimpleDateFormat("yyyy-MM-dd HH:mm:ss,SSS").format(new Date()) + " ERROR [w] shop.orders: " + message);
        if (thrown != null) thrown.printStackTrace(System.out);
    }

    static int total(String name) {
        if (!PRICES.containsKey(name)) throw new IllegalStateException("no price for " + name);
        return PRICES.get(name);
    }

    static void place(String name) {
        try {
            total(name);
        } catch (IllegalStateException cause) {
            throw new OrderFailed("cannot place " + name, cause);
        }
    }

    static void attempt(String message, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException thrown) {
            error(message, thrown);
        }
    }

    public static void main(String[] args) {
        attempt("request aborted", () -> total("milk"));
        attempt("request aborted", () -> place("milk"));
        attempt("java.io.IOException: retried in vain", () -> total("milk"));
        attempt("request aborted", () -> {
            String none = PRICES.size() > 5 ? "" : null;
            throw new NullPointerException(none);
        });
        attempt("request aborted\nit was order 7", () -> total("milk"));
        error("request aborted", null);
    }
}
