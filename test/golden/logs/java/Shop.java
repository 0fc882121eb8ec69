import java.util.List;
import java.util.logging.Logger;

public class Shop {
  private static final Logger LOG = Logger.getLogger("shop");

  static int price(String text) {
    return Integer.parseInt(text);
  }

  static void checkout(List<String> cart) {
    try {
      cart.forEach(Shop::price);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("order refused\nsee the manual", e);
    }
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT,%1$tL %4$-7s [main] %3$s - %5$s%6$s%n");
    LOG.info("starting");
    try {
      checkout(List.of("12", "x3"));
    } catch (IllegalStateException e) {
      LOG.log(java.util.logging.Level.SEVERE, "cannot check out", e);
    }
    LOG.info("closing");
    try (AutoCloseable door = () -> { throw new java.io.IOException("door stuck"); }) {
      Object[] shelf = new Object[1];
      System.out.println(shelf[0].toString());
    }
  }
}
