import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ibatis.reflection.SystemMetaObject;

/** A form whose fields are named by whoever fills it in. */
public class MybatisBracket {
  public static void main(String[] args) {
    try {
      SystemMetaObject.forObject(new HashMap<>()).getValue("[");
    } catch (Exception e) {
      Logger.getLogger("form").log(Level.SEVERE, "request 31 failed", e);
    }
  }
}
