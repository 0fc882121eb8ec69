import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.lang3.reflect.MethodUtils;

/** A server that calls what it is asked for by name. */
public class LangMethod {
  public static void main(String[] args) {
    try {
      MethodUtils.invokeMethod("text", "nothing", new Object[] {"a"}, new Class<?>[] {null});
    } catch (Exception e) {
      Logger.getLogger("server").log(Level.SEVERE, "call 12 failed", e);
    }
  }
}
