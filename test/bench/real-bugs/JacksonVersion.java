import com.fasterxml.jackson.core.Version;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A plug-in host that compares versions, of which one says nothing of a snapshot. */
public class JacksonVersion {
  public static void main(String[] args) {
    try {
      System.out.println(new Version(2, 8, 4, "", "acme", "orders").equals(new Version(2, 8, 4, null, "acme", "orders")));
      System.out.println(new Version(2, 8, 4, null, "acme", "orders").equals(new Version(2, 8, 4, "", "acme", "orders")));
      System.out.println(new Version(0, 0, 0, null, null, null).equals(Version.unknownVersion()));
    } catch (Exception e) {
      Logger.getLogger("plugins").log(Level.SEVERE, "orders.jar was not loaded", e);
    }
  }
}
