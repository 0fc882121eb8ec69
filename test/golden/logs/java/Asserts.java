class Asserts {
  public static void main(String[] args) { int n = 3; assert n < 2 : "n is " + n; }
}
