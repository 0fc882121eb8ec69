import java.util.concurrent.*;
class Future {
  static int boom(int n) { return 1 / n; }
  public static void main(String[] args) throws Exception {
    CompletableFuture.supplyAsync(() -> boom(0)).thenApply(x -> x + 1).get();
  }
}
