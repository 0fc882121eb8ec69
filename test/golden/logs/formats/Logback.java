import org.slf4j.*;
class Logback {
  static final Logger LOG = LoggerFactory.getLogger("com.example.shop.Cart");
  static int pay(int n) { return 10 / n; }
  public static void main(String[] args) {
    LOG.info("start, errors=0");
    try { try { pay(0); } catch (ArithmeticException e) { throw new IllegalStateException("order 7", e); } }
    catch (IllegalStateException e) { LOG.error("order failed", e); LOG.warn("retried", e); }
    LOG.info("served /error");
    LOG.error("giving up");
  }
}
