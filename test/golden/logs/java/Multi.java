class Multi {
  public static void main(String[] args) {
    throw new IllegalArgumentException("bad rows:\n  row 1: no price\nrow 2: no name\n\nsee log");
  }
}
