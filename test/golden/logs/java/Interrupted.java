class Interrupted {
  static class Wrapper extends Exception {
    Wrapper(Throwable c) { super("wrapper", c); addSuppressed(new java.io.IOException("suppressed in wrapper")); }
    @Override public String toString() { return "Wrapper[code=7]: custom text"; }
  }
  public static void main(String[] args) throws Exception {
    throw new Wrapper(new java.util.concurrent.TimeoutException());
  }
}
