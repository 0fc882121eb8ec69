import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A reader of feeds, one of which has a guard whose marks stand at the end of the buffer. */
public class GsonBuffer {
  public static void main(String[] args) {
    try (JsonReader reader = new JsonReader(new StringReader(" ".repeat(1020) + ")]}'\n1"))) {
      reader.setLenient(true);
      System.out.println(reader.nextInt());
    } catch (Exception e) {
      Logger.getLogger("feeds").log(Level.SEVERE, "could not read the feed", e);
    }
  }
}
