class Printed {
  static void work() { throw new UnsupportedOperationException("not yet"); }
  public static void main(String[] args) {
    System.out.println("INFO start");
    try { work(); } catch (RuntimeException e) { e.printStackTrace(); }
    System.out.println("INFO between");
    try { work(); } catch (RuntimeException e) { new RuntimeException("wrapped", e).printStackTrace(); }
    System.out.println("INFO end");
  }
}
