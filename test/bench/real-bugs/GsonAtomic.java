import com.google.gson.Gson;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A service that reads counters, of which one is null. */
public class GsonAtomic {
  public static void main(String[] args) {
    try {
      System.out.println(new Gson().fromJson("[1,null,3]", AtomicLongArray.class));
    } catch (Exception e) {
      Logger.getLogger("counters").log(Level.SEVERE, "could not read the counters", e);
    }
  }
}
