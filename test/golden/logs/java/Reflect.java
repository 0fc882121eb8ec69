class Reflect {
  public static void hidden() { throw new SecurityException("no"); }
  static { if (System.getProperty("boom") != null) throw new RuntimeException("static"); }
  public static void main(String[] args) throws Exception { Reflect.class.getMethod("hidden").invoke(null); }
}
