class NoMessage {
  static class Odd extends Exception {}
  public static void main(String[] args) throws Odd { throw new Odd(); }
}
