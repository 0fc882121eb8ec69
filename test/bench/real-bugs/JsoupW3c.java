import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;

/** An indexer that turns pages into documents of its own. */
public class JsoupW3c {
  public static void main(String[] args) {
    try {
      new W3CDom().convert(Jsoup.parse("<div></div>"), DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
    } catch (Exception e) {
      Logger.getLogger("index").log(Level.SEVERE, "page 7", e);
    }
  }
}
