class Crash {
  public static void main(String[] args) throws Exception {
    var f = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    f.setAccessible(true);
    ((sun.misc.Unsafe) f.get(null)).putAddress(0, 0);
  }
}
