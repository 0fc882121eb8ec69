import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.text.StringEscapeUtils;

/** A table of prices that is read from a file of which a line was cut off. */
public class TextUnescape {
  public static void main(String[] args) {
    try {
      System.out.println(StringEscapeUtils.unescapeCsv("\""));
    } catch (Exception e) {
      Logger.getLogger("prices").log(Level.SEVERE, "line 7 was not read", e);
    }
  }
}
