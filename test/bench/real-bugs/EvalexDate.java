import com.ezylang.evalex.Expression;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A table in which people write formulas. */
public class EvalexDate {
  public static void main(String[] args) {
    try {
      System.out.println(new Expression("DT_DATE_NEW()").evaluate());
    } catch (Exception e) {
      Logger.getLogger("table").log(Level.SEVERE, "cell B7", e);
    }
  }
}
