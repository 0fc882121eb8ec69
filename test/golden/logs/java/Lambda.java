import java.util.*; import java.util.stream.*;
class Lambda {
  interface Price { int of(String s); }
  public static void main(String[] args) {
    List.of("1", "x").stream().map(s -> new Price() { public int of(String t) { return Integer.parseInt(t); } }.of(s)).collect(Collectors.toList());
  }
}
