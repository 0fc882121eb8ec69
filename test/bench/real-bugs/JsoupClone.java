import java.util.logging.Level;
import java.util.logging.Logger;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.nodes.Entities;

/** A page that escapes two texts, each with settings of its own. */
public class JsoupClone {
  public static void main(String[] args) {
    OutputSettings settings = new OutputSettings();
    try {
      for (OutputSettings own : new OutputSettings[] {settings.clone(), settings.clone()}) System.out.println(Entities.escape("a < b", own));
    } catch (Exception e) {
      Logger.getLogger("page").log(Level.SEVERE, "could not show the page", e);
    }
  }
}
