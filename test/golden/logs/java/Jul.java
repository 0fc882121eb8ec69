import java.util.logging.*;
class Jul {
  static final Logger LOG = Logger.getLogger("com.example.shop");
  static void work() { throw new IllegalStateException("no stock"); }
  public static void main(String[] args) {
    LOG.info("start");
    try { work(); } catch (RuntimeException e) { LOG.log(Level.SEVERE, "order 7 failed", e); }
    LOG.warning("slow");
    try { work(); } catch (RuntimeException e) { LOG.log(Level.WARNING, "retried", e); }
    LOG.severe("disk full");
    LOG.info("end");
  }
}
